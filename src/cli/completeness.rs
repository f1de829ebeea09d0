//! `tellall completeness`

use super::args::OfExport;
use super::table::{Side, Table, number};
use super::{Context, Outcome};
use crate::report;
use serde_json::json;

pub fn run(context: &Context, args: &OfExport) -> anyhow::Result<Outcome> {
    let rows = report::completeness(&context.store()?, &context.sheets()?, args.export.as_deref());
    if context.args.json {
        context.print.json(&json!({ "completeness": rows }))?;
        return Ok(Outcome::of(!rows.is_empty()));
    }
    let mut table =
        Table::new(&[("export", Side::Left), ("section", Side::Left), ("state", Side::Left), ("records", Side::Right)]);
    for export in &rows {
        for section in &export.sections {
            table.row(&[&export.export, &section.name, &section.state, &number(section.records)]);
        }
    }
    if !rows.is_empty() {
        table.print(&context.print)?;
    }
    Ok(Outcome::of(!rows.is_empty()))
}
