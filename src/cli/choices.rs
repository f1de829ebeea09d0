//! `tellall choices`

use super::table::{Side, Table, day};
use super::{Context, Outcome};
use crate::report;
use serde_json::json;

pub fn run(context: &Context) -> anyhow::Result<Outcome> {
    let choices = report::choices(&context.store()?, &context.sheets()?, context.values());
    if context.args.json {
        context.print.json(&json!({ "choices": choices }))?;
        return Ok(Outcome::of(!choices.is_empty()));
    }
    let mut table = Table::new(&[
        ("company", Side::Left),
        ("about", Side::Left),
        ("what", Side::Left),
        ("value", Side::Left),
        ("when", Side::Left),
    ]);
    for row in &choices {
        table.row(&[&row.company, &row.about, &row.what, &row.value, day(row.time.as_deref())]);
    }
    if !choices.is_empty() {
        table.print(&context.print)?;
    }
    Ok(Outcome::of(!choices.is_empty()))
}
