//! `tellall exports`

use super::table::{Side, Table, day, number};
use super::{Context, Outcome};
use crate::report::{self, ExportReport};
use serde_json::json;

pub fn run(context: &Context) -> anyhow::Result<Outcome> {
    let exports = report::exports(&context.store()?);
    if context.args.json {
        context.print.json(&json!({ "exports": exports }))?;
    } else {
        print(context, &exports)?;
    }
    Ok(Outcome::of(!exports.is_empty()))
}

/// One line for each export.
pub fn print(context: &Context, exports: &[ExportReport]) -> anyhow::Result<()> {
    if exports.is_empty() {
        context.print.say("nothing imported yet\ntry: tellall import ARCHIVE");
        return Ok(());
    }
    let mut table = Table::new(&[
        ("export", Side::Left),
        ("records", Side::Right),
        ("fields", Side::Right),
        ("entries", Side::Right),
        ("failed", Side::Right),
        ("first", Side::Left),
        ("last", Side::Left),
    ]);
    for export in exports {
        table.row(&[
            &export.id,
            &number(export.records),
            &number(export.fields),
            &number(export.entries.total),
            &number(export.entries.failed),
            day(export.first.as_deref()),
            day(export.last.as_deref()),
        ]);
    }
    Ok(table.print(&context.print)?)
}
