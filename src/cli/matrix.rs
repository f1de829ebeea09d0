//! `tellall matrix`

use super::table::{Side, Table, number};
use super::{Context, Outcome};
use crate::report;

pub fn run(context: &Context) -> anyhow::Result<Outcome> {
    let matrix = report::matrix(&context.store()?);
    if context.args.json {
        context.print.json(&matrix)?;
        return Ok(Outcome::of(!matrix.rows.is_empty()));
    }
    // One line a cell: a company is a value here, and there may be forty of them.
    let mut table = Table::new(&[
        ("category", Side::Left),
        ("company", Side::Left),
        ("records", Side::Right),
        ("fields", Side::Right),
        ("how", Side::Left),
    ]);
    for row in &matrix.rows {
        for (company, cell) in matrix.companies.iter().zip(&row.cells) {
            if let Some(cell) = cell {
                let mark = if row.special { " ▲" } else { "" };
                let how: Vec<&str> = cell.origins.iter().map(|origin| origin.id()).collect();
                let label = format!("{}{mark}", row.category_label);
                table.row(&[&label, company, &number(cell.records), &number(cell.fields), &how.join(" ")]);
            }
        }
    }
    if !matrix.rows.is_empty() {
        table.print(&context.print)?;
    }
    Ok(Outcome::of(!matrix.rows.is_empty()))
}
