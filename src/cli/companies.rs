//! `tellall companies`

use super::args::CompaniesCommand;
use super::table::{Side, Table};
use super::{Context, Outcome};
use crate::sheets::{Coverage, Sheet};
use anyhow::Context as _;
use serde_json::json;
use std::path::Path;

pub fn run(context: &Context, command: Option<&CompaniesCommand>) -> anyhow::Result<Outcome> {
    match command {
        Some(CompaniesCommand::Check { file }) => check(context, file),
        None => list(context),
    }
}

fn list(context: &Context) -> anyhow::Result<Outcome> {
    let sheets = context.sheets()?;
    let layouts = |sheet: &Sheet| sheet.layouts.iter().map(|layout| layout.when.clone()).collect::<Vec<_>>().join("; ");
    if context.args.json {
        let rows = sheets.all.iter().map(|sheet| {
            let layouts = sheet.layouts.iter().map(|layout| json!({ "id": layout.id, "when": layout.when }));
            json!({
                "id": sheet.id, "name": sheet.name, "controller": sheet.controller, "family": sheet.family,
                "sections": sheet.sections.len(), "coverage": coverage(sheet), "layouts": layouts.collect::<Vec<_>>(), "request": sheet.request.place,
            })
        });
        context.print.json(&json!({ "companies": rows.collect::<Vec<_>>() }))?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&[
        ("id", Side::Left),
        ("company", Side::Left),
        ("sections", Side::Right),
        ("explained", Side::Right),
        ("exports seen of", Side::Left),
    ]);
    for sheet in &sheets.all {
        table.row(&[&sheet.id, &sheet.name, &sheet.sections.len().to_string(), &explained(sheet), &layouts(sheet)]);
    }
    table.print(&context.print)?;
    context.print.say("explained: of the fields known to stand in its exports, those whose meaning and origin are told; -: none are known for sure");
    Ok(Outcome::Done)
}

/// Measured by the list of the company's key paths, for people.
fn explained(sheet: &Sheet) -> String {
    let of = |coverage: Coverage| format!("{} % of {}", coverage.percent(), coverage.paths);
    sheet.coverage().map_or_else(|| "-".to_owned(), of)
}

/// Measured by the list of the company's key paths; null if there is none.
fn coverage(sheet: &Sheet) -> Option<serde_json::Value> {
    let of = |coverage: Coverage| json!({ "explained": coverage.explained, "known": coverage.paths });
    sheet.coverage().map(of)
}

fn check(context: &Context, file: &Path) -> anyhow::Result<Outcome> {
    let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    match Sheet::parse(&text) {
        Ok(sheet) => {
            context.print.say(&format!("{}: {} sections, no mistakes", sheet.id, sheet.sections.len()));
            Ok(Outcome::Done)
        }
        Err(mistakes) => {
            for mistake in mistakes {
                context.print.line(&format!("{}: {mistake}", file.display()))?;
            }
            Ok(Outcome::Trouble)
        }
    }
}
