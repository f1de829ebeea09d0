//! `tellall ledger`

use super::args::Ledger;
use super::table::{Side, Table, number};
use super::{Context, Outcome};
use crate::report;
use serde_json::json;

pub fn run(context: &Context, args: &Ledger) -> anyhow::Result<Outcome> {
    let store = context.store()?;
    if let Some(id) = args.export.as_deref().filter(|id| store.get(id).is_none()) {
        context.print.say(&format!("no export is called {id}\n`tellall exports` lists them"));
        return Ok(Outcome::Trouble);
    }
    let lines = report::ledger(&store, args.export.as_deref(), args.fate);
    if context.args.json {
        context.print.json(&json!({ "entries": lines }))?;
        return Ok(Outcome::of(!lines.is_empty()));
    }
    let mut table = Table::new(&[
        ("fate", Side::Left),
        ("entry", Side::Left),
        ("bytes", Side::Right),
        ("section", Side::Left),
        ("records", Side::Right),
        ("problems", Side::Right),
        ("why", Side::Left),
    ]);
    for line in &lines {
        let why = line.why.as_deref().unwrap_or_default();
        let section = line.section.as_deref().unwrap_or_default();
        let size = line.size.map(number).unwrap_or_default();
        table.row(&[line.fate.id(), &line.entry, &size, section, &number(line.records), &number(line.problems), why]);
    }
    if !lines.is_empty() {
        table.print(&context.print)?;
    }
    Ok(Outcome::of(!lines.is_empty()))
}
