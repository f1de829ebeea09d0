//! Values become rows: roles read, identifiers kept, secrets masked.

use super::{Draft, Emitter, Found, Identify, MOST_DIGESTS, MOST_KNOWN, MOST_REST, Node, Step};
use crate::classify;
use crate::decode::cap;
use crate::decode::markup::{self, Plain};
use crate::record::{FieldId, IdKind, Identifier, Role, Row, SEPARATOR, ValueType};
use crate::sheets::ThreadName;

impl Emitter<'_> {
    pub(super) fn key_as_value(&mut self, node: Node) {
        let name = std::mem::take(&mut self.paths.nodes[node.0 as usize].name);
        let key = self.add_key_field(node);
        self.push(key, &name, ValueType::String);
        self.paths.nodes[node.0 as usize].name = name;
    }

    /// The field that holds the key of a keyed element: `datr_stats_v2.{}.key()`.
    pub(super) fn add_key_field(&mut self, node: Node) -> Node {
        const KEY: &str = "key()";
        let known = self.paths.nodes[node.0 as usize].children.iter().find(|(key, _)| **key == *KEY);
        if let Some((_, found)) = known {
            return *found;
        }
        let found = self.add(node, Step::Key(KEY.into()));
        self.paths.nodes[node.0 as usize].children.push((KEY.into(), found));
        found
    }

    pub(super) fn push(&mut self, node: Node, value: &str, kind: ValueType) {
        let meaning = &self.paths.nodes[node.0 as usize].meaning;
        let plain = if meaning.markup && !meaning.secret { markup::plain(value) } else { None };
        match plain {
            Some(plain) => self.push_plain(node, &plain, kind),
            None => self.push_as_is(node, value, kind),
        }
    }

    /// The text of a value with markup, and what its elements tell as fields below it: `content.a.href`.
    fn push_plain(&mut self, node: Node, plain: &Plain, kind: ValueType) {
        if !plain.text.is_empty() {
            self.push_as_is(node, &plain.text, kind);
        }
        for fact in &plain.facts {
            let element = self.key(node, &fact.element);
            let place = fact.attribute.as_ref().map_or(element, |attribute| self.key(element, attribute));
            self.push_as_is(place, &fact.value, ValueType::String);
        }
    }

    fn push_as_is(&mut self, node: Node, value: &str, kind: ValueType) {
        let field = self.field(node);
        let kind = self.read_roles(node, value, kind);
        let secret;
        let value = if self.paths.nodes[node.0 as usize].meaning.secret {
            secret = format!("‹secret, {} characters›", value.chars().count());
            secret.as_str()
        } else {
            self.identify(node, field, value, kind);
            value
        };
        let meaning = &self.paths.nodes[node.0 as usize].meaning;
        let (who, unique) = (meaning.who, meaning.unique);
        let named = if meaning.note.role == Role::Text { self.paths.names.in_text(value) } else { None };
        let value = named.as_deref().unwrap_or(value);
        let Some(draft) = self.open.last_mut() else { return };
        if draft.full || draft.values.len() + value.len() > cap::RECORD {
            if !draft.full {
                draft.full = true;
                let place = draft.place.replace('*', &draft.at.to_string());
                self.problem(&place, "the record is larger than 64 MiB; the rest of it is left out");
            }
            return;
        }
        draft.append(field, value, kind);
        if who && draft.who.is_none() {
            let end = draft.values.len() as u32;
            draft.who = Some((end - value.len() as u32, end));
        }
        if unique && draft.unique.is_none() {
            let end = draft.values.len() as u32;
            draft.unique = Some((end - value.len() as u32, end));
        }
        if self.open.len() == 1 && self.open[0].fields.len() >= MOST_REST {
            self.flush_rest();
        }
    }

    pub(super) fn flush_rest(&mut self) {
        let mut draft = std::mem::take(&mut self.open[0]);
        self.give(&draft, self.paths.rest);
        draft.clear();
        draft.place.push('.');
        self.open[0] = draft;
    }

    /// Time, who and thread, where the place has these roles. Gives the type the value turned out to have.
    pub(super) fn read_roles(&mut self, node: Node, value: &str, kind: ValueType) -> ValueType {
        let meaning = &self.paths.nodes[node.0 as usize].meaning;
        let (is_thread, is_key) = (meaning.thread, meaning.thread_key);
        let mut kind = kind;
        // A decoder that gives a time has read it itself: no clock of the sheet knows that text.
        if kind != ValueType::Time
            && let Some((priority, clocks)) = &meaning.time
        {
            let priority = *priority;
            match clocks.iter().find_map(|clock| clock.read(value)) {
                Some(time) => {
                    kind = ValueType::Time;
                    if let Some(draft) = self.open.last_mut()
                        && draft.time.is_none_or(|(known, _)| priority < known)
                    {
                        draft.time = Some((priority, time));
                    }
                }
                // A place that only looks like a time by its name, or is one of many, owes nobody one.
                None if priority == u8::MAX => {}
                None => self.not_a_time(node, value),
            }
        }
        if is_thread || is_key {
            self.read_thread(value, is_thread, is_key);
        }
        kind
    }

    pub(super) fn not_a_time(&mut self, node: Node, value: &str) {
        // Zero and negative seconds are how exports write "never", and so are words without a figure ("Not Available"): that is no
        // problem of the archive.
        let is_word = !value.chars().any(char::is_numeric);
        if is_word || value.parse::<i64>().is_ok_and(|n| n <= 0) {
            return;
        }
        let mut place = String::new();
        self.write_path(node, &mut place, true);
        let shown: String = value.chars().take(40).collect();
        self.problem(&place, &format!("not a time: {shown:?}"));
    }

    pub(super) fn read_thread(&mut self, value: &str, title: bool, key: bool) {
        let whole_entry = self.open.len() == 1;
        // Without a key a title is the thread, and a record that tells its own is not in that of the entry.
        let of_record = title && !whole_entry && self.rules.section.thread_key.is_none();
        let told = self.thread.or_else(|| self.open.last().and_then(|draft| draft.thread));
        if key || of_record || told.is_none() {
            let thread = self.sink.thread(value);
            if whole_entry {
                self.thread = Some(thread);
            } else if let Some(draft) = self.open.last_mut() {
                draft.thread = Some(thread);
            }
        }
        if title {
            let thread = self.open.last().and_then(|draft| draft.thread).or(self.thread);
            if let Some(thread) = thread {
                self.sink.name_thread(thread, self.paths.names.of(value));
            }
        }
    }

    pub(super) fn begin_thread(&mut self) {
        let section = self.rules.section;
        let by_file = |name: &ThreadName| match name {
            ThreadName::Folder => Some((self.folder, self.folder.rsplit('/').next().unwrap_or_default())),
            ThreadName::Stem => Some((self.stem, self.stem)),
            ThreadName::Field(_) => None,
        };
        let key = section.thread_key.as_ref().and_then(by_file).or_else(|| section.thread.first().and_then(by_file));
        let title = section.thread.iter().find_map(by_file);
        if let Some((key, fallback)) = key {
            let thread = self.sink.thread(key);
            self.sink.name_thread(thread, self.paths.names.of(title.map_or(fallback, |(_, title)| title)));
            self.thread = Some(thread);
        }
    }

    pub(super) fn identify(&mut self, node: Node, field: FieldId, value: &str, kind: ValueType) {
        if kind == ValueType::Boolean {
            return;
        }
        let meaning = &self.paths.nodes[node.0 as usize].meaning;
        // Rules for a form of value stand before the one for all values: the first that fits holds.
        let rule = meaning.conditional.iter().find(|(pattern, ..)| classify::value_is(pattern, value));
        let found = rule.map(|(_, id, mine)| (*id, *mine)).or_else(|| match meaning.identify {
            Identify::No => None,
            Identify::As(id, mine) => Some((id, mine)),
            Identify::Sniff => classify::sniff(value).map(|id| (id, false)),
        });
        // A known kind of identifier may be written as the digest of one.
        let found = found.map(|(id, mine)| match id {
            IdKind::Email | IdKind::Phone if classify::is_digest(value) => (IdKind::Hash, mine),
            id => (id, mine),
        });
        if let Some((id, mine)) = found {
            if id == IdKind::Hash {
                let place = &mut self.paths.nodes[node.0 as usize];
                place.digests += 1;
                if place.digests > MOST_DIGESTS {
                    return;
                }
            }
            self.keep_identifier(field, id, mine, value);
        }
    }

    pub(super) fn keep_identifier(&mut self, field: FieldId, kind: IdKind, mine: bool, value: &str) {
        let known = self.paths.known.number(kind, value);
        let is_one = self.paths.known.values.get(known as usize).is_some_and(|(_, normal)| normal.is_some());
        if is_one && let Some(draft) = self.open.last_mut() {
            draft.identifiers.push(Found { field, kind, known, mine });
        }
    }

    pub(super) fn give_identifiers(&mut self, draft: &Draft) {
        for found in &draft.identifiers {
            if let Some((as_written, Some(normal))) = self.paths.known.values.get(found.known as usize) {
                let identifier = Identifier {
                    kind: found.kind,
                    normal: &normal.value,
                    as_written,
                    rule: &normal.rule,
                    mine: found.mine,
                };
                self.sink.identifier(found.field, &identifier);
            }
        }
        // Drafts that are still open hold numbers of known values.
        let held = self.open.iter().any(|draft| !draft.identifiers.is_empty());
        if self.paths.known.values.len() >= MOST_KNOWN && !held {
            self.paths.known.clear();
        }
    }

    pub(super) fn give(&mut self, draft: &Draft, section: u16) {
        if draft.fields.is_empty() {
            return;
        }
        self.rows += 1;
        self.give_identifiers(draft);
        let part = |(start, end): (u32, u32)| draft.values.get(start as usize..end as usize);
        let who = draft.who.and_then(part).map(|who| self.paths.names.of(who));
        self.sink.row(&Row {
            section,
            time: draft.time.map(|(_, time)| time),
            who,
            thread: draft.thread.or(self.thread),
            place: &draft.place,
            at: draft.at,
            fields: &draft.fields,
            types: &draft.types,
            ends: &draft.ends,
            values: &draft.values,
            unique: draft.unique.and_then(part),
        });
    }
}

impl Draft {
    pub(super) fn append(&mut self, field: FieldId, value: &str, kind: ValueType) {
        if !self.ends.is_empty() {
            self.values.push(SEPARATOR);
        }
        // Without a branch per byte this is vectorised, and values are short.
        if value.bytes().fold(0, |found, byte| found | u8::from(byte == SEPARATOR as u8)) != 0 {
            self.values.extend(value.chars().map(|c| if c == SEPARATOR { '␟' } else { c }));
        } else {
            self.values.push_str(value);
        }
        self.fields.push(field);
        self.types.push(kind);
        self.ends.push(self.values.len() as u32);
    }
}
