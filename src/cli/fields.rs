//! `tellall fields`

use super::args::Fields;
use super::table::{Side, Table, day, number};
use super::{Context, Outcome};
use crate::report::{self, FieldFilter};
use serde_json::json;

pub fn run(context: &Context, args: &Fields) -> anyhow::Result<Outcome> {
    let filter = FieldFilter { company: args.company.clone(), category: args.category.clone(), origin: args.origin };
    let fields = report::fields(&context.store()?, &filter, context.values());
    if context.args.json {
        context.print.json(&json!({ "fields": fields }))?;
        return Ok(Outcome::of(!fields.is_empty()));
    }
    let explained = fields.iter().any(|field| field.description.is_some());
    let mut heads = vec![
        ("company", Side::Left),
        ("section", Side::Left),
        ("field", Side::Left),
        ("category", Side::Left),
        ("how", Side::Left),
        ("records", Side::Right),
        ("distinct", Side::Right),
        ("first", Side::Left),
        ("example", Side::Left),
    ];
    if explained {
        heads.push(("in the company's words", Side::Left));
    }
    let mut table = Table::new(&heads);
    for field in &fields {
        let (records, distinct) = (number(field.records), number(field.distinct));
        let mut cells = vec![
            &field.company,
            &field.section,
            field.label.as_deref().unwrap_or(&field.field),
            &field.category_label,
            field.origin.id(),
            &records,
            &distinct,
            day(field.first.as_deref()),
            field.examples.first().map(String::as_str).unwrap_or_default(),
        ];
        if explained {
            cells.push(field.description.as_deref().unwrap_or_default());
        }
        table.row(&cells);
    }
    if !fields.is_empty() {
        table.print(&context.print)?;
    }
    Ok(Outcome::of(!fields.is_empty()))
}
