//! Records for a few named people alone: they go to a section of their own.

use super::{Draft, Emitter, Meaning, Node, Seen};
use crate::record::{FieldId, FieldNote, Role};
use crate::sheets::RestFields;
use regex::Regex;

impl Seen {
    /// Takes another name of those who may see the record.
    pub(super) fn tell(&mut self, name: &str, everybody: &Regex) {
        match self {
            Self::ByEverybody => {}
            _ if everybody.is_match(name) => *self = Self::ByEverybody,
            Self::Untold => *self = Self::Named(vec![name.to_owned()]),
            Self::Named(people) if people.iter().any(|known| known == name) => {}
            Self::Named(people) => people.push(name.to_owned()),
        }
    }
}

impl Emitter<'_> {
    /// The section a finished record belongs to. One for named people alone has a thread that they name, and its fields are those of
    /// the section that it moves to.
    pub(super) fn section_by_audience(&mut self, draft: &mut Draft, section: u16) -> u16 {
        let (Some(audience), Seen::Named(people)) = (&self.rules.section.audience, &draft.audience) else {
            return section;
        };
        let names: Vec<&str> = people.iter().map(|one| self.paths.names.of(one)).collect();
        let title = names.join(", ");
        let thread = self.sink.thread(&people.join(" "));
        self.sink.name_thread(thread, &title);
        draft.thread = Some(thread);
        for field in &mut draft.fields {
            *field = self.field_moved(*field, &audience.fields);
        }
        for found in &mut draft.identifiers {
            found.field = self.field_moved(found.field, &audience.fields);
        }
        self.paths.named
    }

    /// The field of the same path in the section of the named.
    fn field_moved(&mut self, field: FieldId, rules: &RestFields) -> FieldId {
        if let Some(&moved) = self.paths.moved.get(&field) {
            return moved;
        }
        let Some(at) = self.paths.nodes.iter().position(|place| place.field == Some(field)) else { return field };
        let node = Node(at as u32);
        let place = &self.paths.nodes[at];
        let (role, rank, record) = (place.meaning.note.role, place.meaning.note.rank, place.record);
        let depth = record.map_or(0, |record| self.parts(record).len());
        let mut meaning = Meaning::default();
        self.identity((&rules.fields, rules.whose), &mut meaning, &self.parts(node), depth, role == Role::Text);
        let mut path = String::new();
        self.write_path(node, &mut path, false);
        let note = FieldNote { role, rank, rules: meaning.note.rules };
        let moved = self.sink.field(self.paths.named, if path.is_empty() { "." } else { &path }, &note);
        self.paths.moved.insert(field, moved);
        moved
    }
}
