//! What is known of a person or a conversation, in lines.

use crate::report::{Conversation, Person, Suggestion};
use crate::tui::data::{kind_noun, kind_word};
use crate::tui::look::Role;
use crate::tui::model::Cx;
use crate::tui::words::{count, day, grouped, listed};
use std::collections::{BTreeMap, BTreeSet};

/// `1 person`, `1,642 people`
pub(super) fn people(number: usize) -> String {
    if number == 1 { "1 person".to_owned() } else { format!("{} people", grouped(number as u64)) }
}

type Said = (Role, String);

pub(super) fn person<'s>(person: &Person, suggestions: impl Iterator<Item = &'s Suggestion>, cx: &Cx<'_>) -> Vec<Said> {
    let mut lines = suggested(suggestions, cx);
    lines.push((Role::Strong, "Known as".to_owned()));
    for account in &person.accounts {
        let name = cx.look.name(&account.name);
        let wrote = count(account.messages, "message");
        lines.push((Role::Text, format!("  {:<10} {name}, {wrote}", cx.data.name(&account.company))));
    }
    for id in &person.identifiers {
        lines.push((Role::Text, format!("  {:<10} {}", kind_word(id.kind), cx.look.value(&id.value))));
    }
    if person.messages > 0 {
        let (first, last) = (day(person.first.as_deref()), day(person.last.as_deref()));
        lines.push((Role::Dim, format!("  {} to you, {first} – {last}", count(person.messages, "message"))));
    } else {
        lines.push((Role::Dim, "  never wrote to you".to_owned()));
    }
    if !person.why.is_empty() {
        lines.push((Role::Strong, "Why they are one".to_owned()));
        lines.extend(person.why.iter().map(|why| (Role::Text, format!("  {why}"))));
    }
    lines.extend(held(person, cx));
    lines
}

fn suggested<'s>(suggestions: impl Iterator<Item = &'s Suggestion>, cx: &Cx<'_>) -> Vec<Said> {
    let line = |one: &Suggestion| match (one.accepted, one.dismissed) {
        (true, _) => (Role::Text, format!("You joined two called {} (M takes it back)", cx.look.name(&one.name))),
        (_, true) => (Role::Dim, format!("Not the same as another {} (M takes it back)", cx.look.name(&one.name))),
        _ => {
            let ask = format!("? Another is called {}: m the same, Backspace not the same", cx.look.name(&one.name));
            (Role::Special, ask)
        }
    };
    suggestions.map(line).collect()
}

/// What companies hold about somebody who may have given them nothing.
fn held(person: &Person, cx: &Cx<'_>) -> Vec<Said> {
    let mut kinds: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for id in &person.identifiers {
        for company in &id.companies {
            kinds.entry(company).or_default().insert(kind_noun(id.kind));
        }
    }
    if kinds.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![(Role::Strong, "Companies hold about them, through you".to_owned())];
    for (company, kinds) in kinds {
        let kinds: Vec<String> = kinds.into_iter().map(str::to_owned).collect();
        lines.push((Role::Text, format!("  {:<10} {}", cx.data.name(company), listed(&kinds))));
    }
    lines
}

pub(super) fn conversation(one: &Conversation, cx: &Cx<'_>) -> Vec<Said> {
    let (first, last) = (day(one.first.as_deref()), day(one.last.as_deref()));
    let mut lines = vec![
        (Role::Text, format!("{} · {}", cx.data.name(&one.company), count(one.messages, "message"))),
        (Role::Dim, format!("{first} – {last}")),
    ];
    if one.half {
        lines.push((Role::Special, "Only your own half is in the archive.".to_owned()));
    }
    lines.push((Role::Strong, "Who wrote".to_owned()));
    for member in &one.members {
        let name = if member.you { "You".to_owned() } else { cx.look.name(&member.name) };
        lines.push((Role::Text, format!("  {:>9}  {name}", grouped(member.messages))));
    }
    lines.push((Role::Strong, "From".to_owned()));
    lines.extend(one.exports.iter().map(|export| (Role::Text, format!("  {}", cx.look.export(export)))));
    lines
}
