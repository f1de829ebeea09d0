//! `tellall people`: names are shown, since they are what is asked for; phones and addresses are hidden without `--reveal`.

use super::args::People;
use super::table::{Side, Table, number};
use super::{Context, Outcome};
use crate::index::fold::folded;
use crate::report::{self, Decisions, Person};
use crate::spelling;
use anyhow::Context as _;

pub fn run(context: &Context, args: &People) -> anyhow::Result<Outcome> {
    let store = context.store()?;
    let mut decisions: Decisions = match store.note(report::PEOPLE)? {
        Some(bytes) => serde_json::from_slice(&bytes).context("reading which people you joined")?,
        None => Decisions::default(),
    };
    if let Some(id) = args.accept.as_ref().or(args.undo.as_ref()) {
        let known = report::people(&store, &decisions, &context.args.owner, context.values()).suggestions;
        if !known.iter().any(|suggestion| suggestion.id == *id) {
            let near = spelling::nearest(id, known.iter().map(|suggestion| suggestion.id.as_str()));
            let cure =
                near.map_or_else(|| "tellall people lists them".to_owned(), |near| format!("did you mean {near}?"));
            anyhow::bail!("no suggestion is called {id}\n{cure}");
        }
        let allowed = decisions.dismissed.remove(id);
        let changed =
            if args.accept.is_some() { decisions.accepted.insert(id.clone()) } else { decisions.accepted.remove(id) };
        let changed = changed || allowed;
        if changed {
            store.keep_note(&store.lock()?, report::PEOPLE, &serde_json::to_vec_pretty(&decisions)?)?;
        }
    }
    let mut found = report::people(&store, &decisions, &context.args.owner, context.values());
    if let Some(name) = &args.name {
        let name = folded(name);
        found.people.retain(|person| is_called(person, &name));
        let known: Vec<&str> = found.people.iter().map(|person| person.id.as_str()).collect();
        found.suggestions.retain(|suggestion| suggestion.people.iter().any(|id| known.contains(&id.as_str())));
    }
    if context.args.json {
        context.print.json(&found)?;
        return Ok(Outcome::of(!found.people.is_empty()));
    }
    let mut table = Table::new(&[
        ("name", Side::Left),
        ("companies", Side::Left),
        ("known by", Side::Left),
        ("messages", Side::Right),
    ]);
    for person in &found.people {
        let known: Vec<&str> = person.identifiers.iter().map(|identifier| identifier.value.as_str()).collect();
        table.row(&[&person.name, &person.companies.join(", "), &known.join(", "), &number(person.messages)]);
    }
    if !found.people.is_empty() {
        table.print(&context.print)?;
    }
    for suggestion in found.suggestions.iter().filter(|suggestion| !suggestion.dismissed) {
        let (done, option) = if suggestion.accepted { ("joined", "--undo") } else { ("the same person?", "--accept") };
        context.print.say(&format!("{}: {done} tellall people {option} {}", suggestion.name, suggestion.id));
    }
    Ok(Outcome::of(!found.people.is_empty()))
}

fn is_called(person: &Person, name: &str) -> bool {
    let values = person.identifiers.iter().map(|identifier| &identifier.value);
    person.names.iter().chain(values).chain([&person.id]).any(|known| folded(known).contains(name))
}
