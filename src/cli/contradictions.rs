//! `tellall contradictions`

use super::table::{Side, Table};
use super::{Context, Outcome};
use crate::report;
use serde_json::json;

pub fn run(context: &Context) -> anyhow::Result<Outcome> {
    let found = report::contradictions(&context.store()?, &context.sheets()?, context.values());
    if context.args.json {
        context.print.json(&json!({ "contradictions": found }))?;
        return Ok(Outcome::of(!found.is_empty()));
    }
    let mut table = Table::new(&[
        ("about", Side::Left),
        ("says", Side::Left),
        ("company", Side::Left),
        ("field", Side::Left),
        ("how they got it", Side::Left),
        ("record", Side::Left),
    ]);
    for one in &found {
        for side in &one.sides {
            table.row(&[&one.about, &side.value, &side.company, &side.field, side.origin.label(), &side.locator]);
        }
    }
    if !found.is_empty() {
        table.print(&context.print)?;
    }
    Ok(Outcome::of(!found.is_empty()))
}
