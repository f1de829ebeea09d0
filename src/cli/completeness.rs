//! `tellall completeness`

use super::args::OfExport;
use super::table::{Side, Table, day, number};
use super::{Context, Outcome};
use crate::report;
use serde_json::json;

pub fn run(context: &Context, args: &OfExport) -> anyhow::Result<Outcome> {
    let store = context.store()?;
    let rows = report::completeness(&store, &context.sheets()?, args.export.as_deref());
    if context.args.json {
        context.print.json(&json!({ "completeness": rows, "retention": report::retention(&store) }))?;
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
    for export in &rows {
        let missing = export.sections.iter().filter_map(|section| Some((section, section.ask.as_ref()?)));
        for (section, ask) in missing {
            context.print.line(&format!("{}, {}: {ask}", export.export, section.name))?;
        }
        for sentence in &export.beyond {
            context.print.line(&format!("{}: {sentence}", export.export))?;
        }
    }
    let mut table = Table::new(&[
        ("company", Side::Left),
        ("category", Side::Left),
        ("oldest", Side::Left),
        ("newest", Side::Left),
    ]);
    for row in report::retention(&store).iter().filter(|_| args.export.is_none()) {
        table.row(&[&row.company, &row.category_label, day(Some(&row.oldest)), day(Some(&row.newest))]);
    }
    if args.export.is_none() && !rows.is_empty() {
        table.print(&context.print)?;
    }
    Ok(Outcome::of(!rows.is_empty()))
}
