//! `tellall record`

use super::args::Record;
use super::{Context, Outcome};
use crate::index::{FieldMeta, Segment, Store};
use crate::query::{self, Hit, HitView, Query};
use crate::source::{self, Written};
use crate::text;
use serde_json::{Value, json};

pub fn run(context: &Context, args: &Record) -> anyhow::Result<Outcome> {
    let store = context.store()?;
    let Some(number) = store.segments.iter().position(|segment| segment.manifest.id == args.export) else {
        context.print.say(&format!("no export is called {}\n`tellall exports` lists them", args.export));
        return Ok(Outcome::Trouble);
    };
    let found = find(&store.segments[number], &args.locator)?;
    let [(batch, row)] = found.as_slice() else {
        return Ok(not_one(context, &args.locator, found.len()));
    };
    let hit = Hit { segment: number as u32, batch: *batch as u32, row: *row as u32 };
    let Some(view) = query::view(&store, &Query::default(), hit) else { return Ok(Outcome::Nothing) };
    print(context, &store, number, hit, &view)?;
    Ok(Outcome::Done)
}

fn not_one(context: &Context, locator: &str, count: usize) -> Outcome {
    if count == 0 {
        context.print.say(&format!("no record is at {locator}\n`tellall search --json` gives the locators of records"));
        return Outcome::Nothing;
    }
    context.print.say(&format!("{count} entries have a record at {locator}\nsay which: ENTRY#{locator}"));
    Outcome::Trouble
}

/// The records a locator means: one, if it names the entry.
fn find(segment: &Segment, locator: &str) -> anyhow::Result<Vec<(usize, usize)>> {
    // Entry names may hold a `#` themselves, places never do.
    if let Some((entry, place)) = locator.rsplit_once('#')
        && let Some(found) = segment.find(entry, place)?
    {
        return Ok(vec![found]);
    }
    let mut found = Vec::new();
    for entry in &segment.catalog.entries {
        found.extend(segment.find(entry, locator)?);
    }
    Ok(found)
}

fn print(context: &Context, store: &Store, number: usize, hit: Hit, view: &HitView) -> anyhow::Result<()> {
    let segment = &store.segments[number];
    let batch = segment.batch(hit.batch as usize)?;
    let shape = batch.shape.get(hit.row as usize).and_then(|&shape| segment.catalog.shapes.get(shape as usize));
    let fields: Vec<_> = shape
        .into_iter()
        .flat_map(|shape| &shape.fields)
        .filter_map(|&field| segment.catalog.fields.get(field as usize))
        .collect();
    let entry = batch.entry.get(hit.row as usize).copied().unwrap_or(u32::MAX);
    let written = source::written(segment, entry, &view.place);
    if context.args.json {
        return context.print.json(&report(view, &fields, written.ok()));
    }
    for_people(context, view, &fields)?;
    match written {
        Ok(written) => {
            context.print.line(&format!("as {} has it:", written.file))?;
            indented(context, &written.text)
        }
        Err(why) => {
            context.print.say(&format!("shown from the index: {why}"));
            Ok(())
        }
    }
}

fn report(view: &HitView, fields: &[&FieldMeta], written: Option<Written>) -> Value {
    let values = fields.iter().zip(&view.values).map(|(field, (path, value))| {
        json!({
            "field": path, "value": value, "label": field.label,
            "category": field.category.as_deref().unwrap_or("other"), "origin": field.origin,
        })
    });
    json!({
        "export": view.export, "company": view.company, "section": view.section,
        "time": view.time.map(|time| time.to_string()), "who": view.who, "thread": view.thread, "text": view.text,
        "entry": view.entry, "locator": format!("{}#{}", view.entry, view.place),
        "values": values.collect::<Vec<_>>(),
        "source": written.map(|written| json!({ "file": written.file, "text": written.text })),
    })
}

fn for_people(context: &Context, view: &HitView, fields: &[&FieldMeta]) -> anyhow::Result<()> {
    context.print.line(&format!("{} › {}", view.company_name, view.section_name))?;
    context.print.line(&format!("{} › {} › {}", view.export, view.entry, view.place))?;
    if let Some(time) = view.time {
        context.print.line(&time.to_string())?;
    }
    for (field, (path, value)) in fields.iter().zip(&view.values) {
        let category = field.category.as_deref().unwrap_or("other");
        context.print.line(&format!("  {path} [{category}, {}]", field.origin.id()))?;
        indented(context, value)?;
    }
    Ok(())
}

fn indented(context: &Context, value: &str) -> anyhow::Result<()> {
    for line in text::block(value).lines() {
        context.print.line(&format!("    {line}"))?;
    }
    Ok(())
}
