//! `tellall label`: corrects what kind of data a field is.

use super::args::Label;
use super::table::{Side, Table};
use super::{Context, Outcome};
use crate::index::{Correction, Corrections, Store};
use serde_json::json;
use std::fmt::Write as _;

pub fn run(context: &Context, args: &Label) -> anyhow::Result<Outcome> {
    let store = context.store()?;
    match args.field.as_deref() {
        Some([company, section, field]) => correct(context, args, &store, [company, section, field]),
        _ if args.sheet => {
            for line in sheet_lines(&store.corrections).lines() {
                context.print.line(line)?;
            }
            Ok(Outcome::of(!store.corrections.labels.is_empty()))
        }
        _ => list(context, &store),
    }
}

fn correct(
    context: &Context,
    args: &Label,
    store: &Store,
    [company, section, field]: [&String; 3],
) -> anyhow::Result<Outcome> {
    let mut corrections = store.corrections.clone();
    if args.undo {
        anyhow::ensure!(
            corrections.remove(company, section, field),
            "you corrected no such field\ntellall label lists what you did"
        );
    } else {
        anyhow::ensure!(
            args.category.is_some() || args.origin.is_some(),
            "nothing to correct\nsay --category, --origin or --undo"
        );
        let held = store.segments.iter().filter(|segment| segment.manifest.company == *company).any(|segment| {
            let sections = &segment.catalog.sections;
            let of = |number: u16| sections.get(usize::from(number)).is_some_and(|known| known.id == *section);
            segment.catalog.fields.iter().any(|known| known.path == *field && of(known.section))
        });
        anyhow::ensure!(
            held,
            "{company} holds no field {field} in {section}\ntellall fields --company {company} lists them"
        );
        corrections.add(Correction {
            company: company.clone(),
            section: section.clone(),
            field: field.clone(),
            category: args.category.clone(),
            origin: args.origin,
        });
    }
    store.correct(&store.lock()?, &corrections)?;
    context.print.say("kept beside the exports; reports and searches follow it from now on");
    Ok(Outcome::Done)
}

fn list(context: &Context, store: &Store) -> anyhow::Result<Outcome> {
    let labels = &store.corrections.labels;
    if context.args.json {
        context.print.json(&json!({ "labels": labels }))?;
        return Ok(Outcome::of(!labels.is_empty()));
    }
    let heads = ["company", "section", "field", "category", "how they got it"];
    let mut table = Table::new(&heads.map(|head| (head, Side::Left)));
    for one in labels {
        let category = one.category.as_deref().unwrap_or("–");
        let origin = one.origin.map_or("–", crate::record::Origin::id);
        table.row(&[&one.company, &one.section, &one.field, category, origin]);
    }
    if !labels.is_empty() {
        table.print(&context.print)?;
    }
    Ok(Outcome::of(!labels.is_empty()))
}

/// The corrections as `[section.fields]` of the companies' sheets (`docs/sheets.md`).
fn sheet_lines(corrections: &Corrections) -> String {
    let mut labels: Vec<&Correction> = corrections.labels.iter().collect();
    labels.sort_by_key(|one| (&one.company, &one.section, &one.field));
    let mut lines = String::new();
    let mut above = None;
    for one in labels {
        if above != Some((&one.company, &one.section)) {
            // Writing to a String cannot fail.
            let _ = writeln!(lines, "# {}.toml, section \"{}\"\n[section.fields]", one.company, one.section);
            above = Some((&one.company, &one.section));
        }
        let category = one.category.as_ref().map(|category| format!("category = \"{category}\""));
        let origin = one.origin.map(|origin| format!("origin = \"{}\"", origin.id()));
        let rule: Vec<String> = category.into_iter().chain(origin).collect();
        let _ = writeln!(lines, "\"**.{}\" = {{ {} }}", last_key(&one.field), rule.join(", "));
    }
    lines
}

/// The field in its record, as far as a rule for any depth needs it.
fn last_key(field: &str) -> &str {
    field.rsplit('.').next().unwrap_or(field)
}
