//! What ids stand for, as the export itself tells: senders and threads are shown by name.

use crate::classify::parts_of;
use crate::record::{FieldId, FieldNote, Identifier, Row, SEPARATOR, Sink};
use crate::sheets::{FieldPattern, NameOf, NameRule};
use hashbrown::HashMap;
use regex::{Captures, Regex};
use std::borrow::Cow;

/// Names kept of one export: more people than anybody writes to.
const MOST: usize = 1 << 20;

/// Members whose names make the name of a conversation.
const MOST_MEMBERS: usize = 12;

type ById = HashMap<Box<str>, Box<str>, foldhash::fast::RandomState>;

/// Ids and their names. The name read first holds, that of an earlier rule before that of a later one.
#[derive(Debug, Default)]
pub struct Names {
    by_id: ById,
    /// Ids that stand for one thing as a sender and for another as a thread: two counters that both begin at 1.
    people: ById,
    threads: ById,
    /// How ids are written inside texts.
    within: Vec<Regex>,
}

impl Names {
    /// The name an id stands for, or the text itself.
    pub fn of<'t>(&'t self, id: &'t str) -> &'t str {
        self.name(&self.people, id).unwrap_or(id)
    }

    /// The name a thread's id stands for, or the text itself.
    pub fn of_thread<'t>(&'t self, id: &'t str) -> &'t str {
        self.name(&self.threads, id).unwrap_or(id)
    }

    fn name<'n>(&'n self, special: &'n ById, id: &str) -> Option<&'n str> {
        let told = |names: &'n ById| if names.is_empty() { None } else { names.get(id) };
        told(special).or_else(|| told(&self.by_id)).map(|name| &**name)
    }

    /// The title of a conversation: one that is called by the ids of its members, `17-23`, is called by their names.
    pub fn of_title<'t>(&'t self, title: &'t str) -> Cow<'t, str> {
        let named = self.of_thread(title);
        let is_of_ids = named == title && title.bytes().all(|b| b.is_ascii_digit() || b == b'-') && title.contains('-');
        if self.by_id.is_empty() || !is_of_ids {
            return Cow::Borrowed(named);
        }
        // A date is no list of members: at least one must be known.
        let ids = || title.split('-');
        if !ids().any(|id| self.by_id.contains_key(id)) {
            return Cow::Borrowed(title);
        }
        Cow::Owned(ids().map(|id| self.of(id)).collect::<Vec<_>>().join(", "))
    }

    /// A text with the ids in it replaced by `@` and their names; `None` if there are none.
    pub fn in_text(&self, text: &str) -> Option<String> {
        let mut told = None;
        for id in &self.within {
            let named = |found: &Captures<'_>| {
                let name = found.get(1).and_then(|id| self.name(&self.people, id.as_str()));
                name.map_or_else(|| found[0].to_owned(), |name| format!("@{name}"))
            };
            let before = told.as_deref().unwrap_or(text);
            if let Cow::Owned(after) = id.replace_all(before, named) {
                told = Some(after);
            }
        }
        told
    }

    /// Takes the names that a later rule told.
    pub fn join(&mut self, later: Self) {
        let Self { by_id, people, threads, within } = later;
        for (known, more) in [(&mut self.by_id, by_id), (&mut self.people, people), (&mut self.threads, threads)] {
            for (id, name) in more {
                if known.len() < MOST {
                    known.entry(id).or_insert(name);
                }
            }
        }
        let is_new = |within: &Regex, known: &[Regex]| known.iter().all(|known| known.as_str() != within.as_str());
        for within in within {
            if is_new(&within, &self.within) {
                self.within.push(within);
            }
        }
    }

    /// Looks up names that are themselves ids, or lists of such: a chat called by the number of a person, or by its members.
    #[must_use]
    pub fn resolved(self) -> Self {
        let told = |names: &ById| -> ById { names.iter().map(|(id, name)| (id.clone(), self.told(name))).collect() };
        let (by_id, people, threads) = (told(&self.by_id), told(&self.people), told(&self.threads));
        Self { by_id, people, threads, ..self }
    }

    fn told(&self, name: &str) -> Box<str> {
        let names: Vec<&str> = name.split(SEPARATOR).map(|name| self.of(name)).collect();
        names.join(", ").into()
    }

    /// Takes what the records of one entry tell, by the rule that reads it.
    pub fn reader<'n>(&'n mut self, rule: &'n NameRule) -> Reader<'n> {
        if let Some(within) = &rule.within
            && !self.within.iter().any(|known| known.as_str() == within.as_str())
        {
            self.within.push(within.clone());
        }
        Reader { names: self, rule, fields: Vec::new() }
    }
}

/// A [`Sink`] that keeps nothing but ids and names.
pub struct Reader<'n> {
    names: &'n mut Names,
    rule: &'n NameRule,
    /// What each field is, by its number.
    fields: Vec<(String, Place)>,
}

/// How much a field is wanted as id and as name: 0 first.
#[derive(Debug, Clone, Copy)]
struct Place {
    id: Option<usize>,
    name: Option<usize>,
}

impl Reader<'_> {
    fn place(&self, path: &str) -> Place {
        let path = if path == "." { Vec::new() } else { parts_of(path) };
        let records = &self.rule.section.records;
        let is_record = |depth: &usize| records.iter().any(|record| record.matches(&path[..*depth]));
        let depth = (0..=path.len()).rev().find(is_record).unwrap_or(0);
        let first = |patterns: &[FieldPattern]| {
            patterns.iter().position(|place| place.matches(if place.from_root { &path } else { &path[depth..] }))
        };
        Place { id: first(&self.rule.id), name: first(&self.rule.name) }
    }
}

impl Sink for Reader<'_> {
    fn field(&mut self, _section: u16, path: &str, _note: &FieldNote) -> FieldId {
        let known = self.fields.iter().position(|(known, _)| known == path);
        let at = known.unwrap_or_else(|| {
            self.fields.push((path.to_owned(), self.place(path)));
            self.fields.len() - 1
        });
        at as FieldId
    }

    fn thread(&mut self, _key: &str) -> u32 {
        0
    }

    fn name_thread(&mut self, _thread: u32, _title: &str) {}

    fn label(&mut self, _field: FieldId, _label: &str) {}

    fn row(&mut self, row: &Row<'_>) {
        let (mut id, mut name) = (None, None);
        for (&field, value) in row.fields.iter().zip(row.each()) {
            if let Some((_, place)) = self.fields.get(field as usize) {
                prefer(&mut id, place.id, value);
                prefer_all(&mut name, place.name, value);
            }
        }
        let (Some((_, id)), Some((_, name))) = (id, name) else { return };
        let name = name.join(&SEPARATOR.to_string());
        let names = match self.rule.only {
            None => &mut self.names.by_id,
            Some(NameOf::Who) => &mut self.names.people,
            Some(NameOf::Thread) => &mut self.names.threads,
        };
        if names.len() < MOST {
            for form in &self.rule.forms {
                names.entry(form.replace("{id}", id).into()).or_insert_with(|| name.as_str().into());
            }
            names.entry(id.into()).or_insert_with(|| name.into());
        }
    }

    fn identifier(&mut self, _field: FieldId, _identifier: &Identifier<'_>) {}

    fn problem(&mut self, _locator: &str, _what: &str) {}
}

/// Keeps the value of the lowest rank, the first of equals.
fn prefer<'v>(known: &mut Option<(usize, &'v str)>, rank: Option<usize>, value: &'v str) {
    if let Some(rank) = rank
        && known.is_none_or(|(before, _)| rank < before)
    {
        *known = Some((rank, value));
    }
}

/// Keeps the values of the lowest rank: a list of members is one name.
fn prefer_all<'v>(known: &mut Option<(usize, Vec<&'v str>)>, rank: Option<usize>, value: &'v str) {
    let Some(rank) = rank else { return };
    match known {
        Some((before, values)) if *before == rank => {
            if values.len() < MOST_MEMBERS {
                values.push(value);
            }
        }
        Some((before, _)) if *before < rank => {}
        _ => *known = Some((rank, vec![value])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Decoder;
    use crate::emit::{Emitter, Paths, Rules};

    fn read(rule: &NameRule, text: &str) -> Names {
        let mut names = Names::default();
        read_into(&mut names, rule, text);
        names
    }

    fn read_into(names: &mut Names, rule: &NameRule, text: &str) {
        let mut reader = names.reader(rule);
        let mut paths = Paths::new(0, 0, false);
        let rules = Rules { section: &rule.section, shared: &[] };
        let mut emitter = Emitter::new(rules, &mut paths, &mut reader, "users.json");
        Decoder::Json.decode(&mut text.as_bytes(), &mut emitter).expect("it is JSON");
        emitter.finish();
    }

    fn rule(id: &[&str], name: &[&str]) -> NameRule {
        let places = |texts: &[&str]| texts.iter().map(|text| FieldPattern::parse(text).expect("a place")).collect();
        let mut rule = NameRule { id: places(id), name: places(name), ..NameRule::default() };
        rule.section.records = places(&["[]"]);
        rule
    }

    #[test]
    fn an_id_is_told_by_the_first_place_that_holds_a_name() {
        let rule = rule(&["id"], &["profile.real_name", "name"]);
        let users = r#"[{"id":"U1","team":{"id":"T9"},"name":"rosa","profile":{"real_name":"Rosa Quill"}},{"id":7,"name":"ben"}]"#;
        let names = read(&rule, users);
        assert_eq!(["U1", "7", "T9", "U2"].map(|id| names.of(id)), ["Rosa Quill", "ben", "T9", "U2"]);
    }

    #[test]
    fn other_forms_of_an_id_are_told_and_an_earlier_rule_goes_before_a_later_one() {
        let mut first = rule(&["id"], &["name"]);
        first.forms = vec!["c{id}".to_owned()];
        let mut names = read(&first, r#"[{"id":"1","name":"general in Allotments"}]"#);
        names.join(read(&first, r#"[{"id":"1","name":"general"},{"id":"2","name":"seeds"}]"#));
        assert_eq!(
            ["c1", "1", "c2", "c3"].map(|id| names.of(id)),
            ["general in Allotments", "general in Allotments", "seeds", "c3"]
        );
    }

    #[test]
    fn a_conversation_without_a_name_is_called_by_its_members() {
        let mut names = Names::default();
        names
            .join(read(&rule(&["id"], &["name"]), r#"[{"id":"U1","name":"Rosa Quill"},{"id":"U2","name":"Ben Zoë"}]"#));
        names.join(read(
            &rule(&["id"], &["members[]"]),
            r#"[{"id":"D1","members":["U1","U2"]},{"id":"D2","members":["U1","U9"]}]"#,
        ));
        let names = names.resolved();
        assert_eq!(["D1", "D2"].map(|id| names.of(id)), ["Rosa Quill, Ben Zoë", "Rosa Quill, U9"]);
    }

    #[test]
    fn a_conversation_called_by_its_members_ids_is_called_by_their_names() {
        let names = read(&rule(&["id"], &["name"]), r#"[{"id":"17","name":"Rosa"},{"id":"23","name":"Ben"}]"#);
        let titles = ["17-23", "23-99", "17", "Rosa-Ben", "2024-01"].map(|title| names.of_title(title).into_owned());
        assert_eq!(titles, ["Rosa, Ben", "Ben, 99", "Rosa", "Rosa-Ben", "2024-01"]);
    }

    #[test]
    fn the_same_id_may_stand_for_a_person_and_for_a_thread_that_is_called_by_one() {
        let people = NameRule { only: Some(NameOf::Who), ..rule(&["id"], &["name"]) };
        let chats = NameRule { only: Some(NameOf::Thread), ..rule(&["chat"], &["with"]) };
        let mut names = Names::default();
        read_into(&mut names, &people, r#"[{"id":"1","name":"Rosa"},{"id":"2","name":"Ben"}]"#);
        read_into(&mut names, &chats, r#"[{"chat":"1","with":"2"},{"chat":"2","with":"a group"}]"#);
        let names = names.resolved();
        assert_eq!(["1", "2"].map(|id| names.of(id)), ["Rosa", "Ben"]);
        assert_eq!(["1", "2", "3"].map(|id| names.of_thread(id)), ["Ben", "a group", "3"]);
    }

    #[test]
    fn ids_inside_a_text_are_told_and_unknown_ones_left() {
        let mut rule = rule(&["id"], &["name"]);
        rule.within = Regex::new("<@([A-Z0-9]+)>").ok();
        let names = read(&rule, r#"[{"id":"U1","name":"Rosa"}]"#);
        assert_eq!(names.in_text("hi <@U1> and <@U2>").as_deref(), Some("hi @Rosa and <@U2>"));
        assert_eq!(names.in_text("nobody"), None);
    }
}
