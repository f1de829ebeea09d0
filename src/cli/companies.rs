//! `tellall companies`

use super::args::CompaniesCommand;
use super::table::{Side, Table};
use super::{Context, Outcome};
use crate::sheets::Sheet;
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
                "sections": sheet.sections.len(), "layouts": layouts.collect::<Vec<_>>(), "request": sheet.request.place,
            })
        });
        context.print.json(&json!({ "companies": rows.collect::<Vec<_>>() }))?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&[
        ("id", Side::Left),
        ("company", Side::Left),
        ("sections", Side::Right),
        ("exports seen of", Side::Left),
    ]);
    for sheet in &sheets.all {
        table.row(&[&sheet.id, &sheet.name, &sheet.sections.len().to_string(), &layouts(sheet)]);
    }
    table.print(&context.print)?;
    Ok(Outcome::Done)
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
