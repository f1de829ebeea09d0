//! `tellall recipients`

use super::args::OfCompany;
use super::table::{Side, Table, day, number};
use super::{Context, Outcome};
use crate::report;
use serde_json::json;

pub fn run(context: &Context, args: &OfCompany) -> anyhow::Result<Outcome> {
    let recipients = report::recipients(&context.store()?, &context.sheets()?, args.company.as_deref());
    if context.args.json {
        context.print.json(&json!({ "recipients": recipients }))?;
        return Ok(Outcome::of(!recipients.is_empty()));
    }
    let mut table = Table::new(&[
        ("who", Side::Left),
        ("did", Side::Left),
        ("basis", Side::Left),
        ("company", Side::Left),
        ("records", Side::Right),
        ("last", Side::Left),
    ]);
    for row in &recipients {
        let (companies, records) = (row.companies.join(", "), number(row.records));
        table.row(&[&row.name, row.direction.id(), &row.basis, &companies, &records, day(row.last.as_deref())]);
    }
    if !recipients.is_empty() {
        table.print(&context.print)?;
    }
    Ok(Outcome::of(!recipients.is_empty()))
}
