//! Values become rows: roles read, identifiers kept, secrets masked.

use super::{Draft, Emitter, Found, Identify, MOST_DIGESTS, MOST_KNOWN, MOST_REST, Node, Step};
use crate::classify::{self, secret};
use crate::decode::cap;
use crate::decode::markup::Plain;
use crate::decode::time::Clock;
use crate::record::{FieldId, IdKind, Identifier, Role, Row, SEPARATOR, ValueType};
use crate::sheets::ThreadName;

/// The first moment of 1970, as the clocks of some zone show it: a time that was never set.
fn is_never(value: &str) -> bool {
    ["1970-01-01", "1969-12-31", "01.01.1970", "31.12.1969"].iter().any(|day| value.starts_with(day))
}

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
        let plain = meaning.markup.filter(|_| !meaning.secret).and_then(|markup| markup.plain(value));
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
        let meaning = &self.paths.nodes[node.0 as usize].meaning;
        let is_secret = meaning.secret || meaning.secret_by_name.is_some_and(|name| name.holds(value, kind));
        let masked = if is_secret {
            Some(secret::mask("secret", value))
        } else if kind == ValueType::String {
            secret::without_secrets(value)
        } else {
            None
        };
        // The time of a secret is none.
        let timed = if is_secret && meaning.time.is_some() { value } else { masked.as_deref().unwrap_or(value) };
        let told = self.read_roles(node, timed, kind);
        let kind = if is_secret { kind } else { told };
        let value = masked.as_deref().unwrap_or(value);
        if !is_secret {
            self.identify(node, field, value, kind);
        }
        let meaning = &self.paths.nodes[node.0 as usize].meaning;
        let (who, unique, audience) = (meaning.who, meaning.unique, meaning.audience);
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
        self.values += 1;
        if let Some(rank) = who
            && draft.who.is_none_or(|(known, ..)| rank < known)
        {
            let end = draft.values.len() as u32;
            draft.who = Some((rank, end - value.len() as u32, end));
        }
        if audience && let Some(rule) = &self.rules.section.audience {
            draft.audience.tell(value, &rule.everybody);
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
        self.give(&mut draft, self.paths.rest);
        let (thread, title) = (draft.thread, draft.title.take());
        draft.clear();
        (draft.thread, draft.title) = (thread, title);
        draft.place.push('.');
        self.open[0] = draft;
    }

    /// Time, who and thread, where the place has these roles. Gives the type the value turned out to have.
    pub(super) fn read_roles(&mut self, node: Node, value: &str, kind: ValueType) -> ValueType {
        let meaning = &self.paths.nodes[node.0 as usize].meaning;
        let (title, is_key) = (meaning.thread, meaning.thread_key);
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
                // Nor does an id that holds none.
                None if clocks.iter().any(|clock| matches!(clock, Clock::Snowflake(_) | Clock::Tid)) => {}
                None => self.not_a_time(node, value),
            }
        }
        if (title.is_some() || is_key) && self.is_of_people(node) {
            self.add_person(node, value);
        } else if title.is_some() || is_key {
            let meaning = &self.paths.nodes[node.0 as usize].meaning;
            let name = meaning.within.as_ref().and_then(|within| within.all(value).next()).map(str::to_owned);
            self.read_thread(node, name.as_deref().unwrap_or(value), title, is_key);
        }
        kind
    }

    pub(super) fn not_a_time(&mut self, node: Node, value: &str) {
        // Zero, negative seconds and words for nothing are how exports write "never"; that is no problem of the archive. Nor is what the
        // sheet knows.
        if self.rules.is_no_time(value)
            || value.parse::<i64>().is_ok_and(|n| n <= 0)
            || classify::is_nothing(value)
            || is_never(value)
        {
            return;
        }
        let mut place = String::new();
        self.write_path(node, &mut place, true);
        let shown: String = value.chars().take(40).collect();
        self.problem(&place, &format!("not a time: {shown:?}"));
    }

    /// Whether the value is one of a list of people: bare, or in an object where the whole entry is one conversation.
    fn is_of_people(&self, node: Node) -> bool {
        let place = &self.paths.nodes[node.0 as usize];
        let is_item = |node: Node| self.paths.nodes[node.0 as usize].part == Step::Item;
        let key = &self.rules.section.thread_key;
        let by_entry = self.open.len() == 1 && matches!(key, Some(ThreadName::Folder | ThreadName::Stem));
        place.part == Step::Item || by_entry && place.parent.is_some_and(is_item)
    }

    /// Whether `node` is one of the people being gathered: the list goes on behind it.
    pub(super) fn is_person(&self, node: Node) -> bool {
        let people = self.people.as_ref().map(|(people, _)| *people);
        people.is_some_and(|people| self.paths.nodes[people.0 as usize].parent == Some(node))
            && self.paths.nodes[node.0 as usize].part == Step::Item
    }

    /// A list of people names their conversation as a whole, once it ends.
    fn add_person(&mut self, node: Node, name: &str) {
        let name = self.paths.names.of(name);
        let (_, people) = self.people.get_or_insert_with(|| (node, String::new()));
        if !people.is_empty() {
            people.push_str(", ");
        }
        people.push_str(name);
    }

    pub(super) fn close_people(&mut self) {
        if let Some((node, people)) = self.people.take() {
            let meaning = &self.paths.nodes[node.0 as usize].meaning;
            let (title, is_key) = (meaning.thread, meaning.thread_key);
            self.read_thread(node, &people, title, is_key);
        }
    }

    /// The key makes the thread, and the title names it, whichever comes first. Without a key the title is the thread.
    fn read_thread(&mut self, node: Node, value: &str, rank: Option<u8>, is_key: bool) {
        if is_key {
            let thread = self.sink.thread(value);
            self.set_thread(thread);
            let title = self.open.last_mut().and_then(|draft| draft.title.take());
            if let Some((_, title)) = title.filter(|(_, title)| !title.is_empty()) {
                self.sink.name_thread(thread, &self.paths.names.of_title(&title));
            }
        }
        let Some(rank) = rank else { return };
        let whole_entry = self.open.len() == 1;
        let part = self.paths.nodes[node.0 as usize].section_part;
        let key = &self.rules.section_or_part(part).thread_key;
        let of_record = self.open.last().and_then(|draft| draft.thread).filter(|_| !whole_entry);
        let known = of_record.or(if whole_entry || key.is_some() { self.thread } else { None });
        let told = self.open.last().and_then(|draft| draft.title.as_ref()).map(|(known, _)| *known);
        if told.is_some_and(|told| told < rank) {
            return;
        }
        let thread = match (known, key) {
            (Some(thread), _) => thread,
            (None, Some(ThreadName::Field(_))) => {
                self.keep_title(rank, value);
                return;
            }
            (None, _) => {
                let thread = self.sink.thread(value);
                self.set_thread(thread);
                thread
            }
        };
        self.sink.name_thread(thread, &self.paths.names.of_title(value));
        self.keep_title(rank, "");
    }

    /// Keeps the title until the key comes; an empty one has been told.
    fn keep_title(&mut self, rank: u8, title: &str) {
        if let Some(draft) = self.open.last_mut() {
            draft.title = Some((rank, title.to_owned()));
        }
    }

    fn set_thread(&mut self, thread: u32) {
        if self.open.len() == 1 {
            self.thread = Some(thread);
        } else if let Some(draft) = self.open.last_mut() {
            draft.thread = Some(thread);
        }
    }

    /// The thread of a record: its own, that of a record around it, that of the entry.
    fn thread_of(&mut self, draft: &mut Draft) -> Option<u32> {
        if let Some(title) = draft.untold() {
            draft.thread = Some(self.thread_called(&title));
        }
        for at in (0..self.open.len()).rev() {
            if draft.thread.is_some() {
                break;
            }
            if let Some(title) = self.open[at].untold() {
                self.open[at].thread = Some(self.thread_called(&title));
            }
            draft.thread = self.open[at].thread;
        }
        draft.thread.or(self.thread)
    }

    fn thread_called(&mut self, title: &str) -> u32 {
        let thread = self.sink.thread(title);
        self.sink.name_thread(thread, self.paths.names.of_thread(title));
        thread
    }

    /// The thread of a record that lies in an element of the list at the root, where the elements are conversations: they are called
    /// by the entry and their number.
    pub(super) fn thread_of_item(&mut self, node: Node) -> Option<u32> {
        let part = self.paths.nodes[node.0 as usize].section_part;
        let section = self.rules.section_or_part(part);
        if !section.thread.contains(&ThreadName::Item) || self.paths.nodes[0].item.is_none() {
            return None;
        }
        let title = format!("{} {}", self.stem, self.paths.nodes[0].index + 1);
        let thread = self.sink.thread(&title);
        self.sink.name_thread(thread, &title);
        Some(thread)
    }

    pub(super) fn begin_thread(&mut self) {
        let section = self.rules.section;
        let by_file = |name: &ThreadName| match name {
            ThreadName::Folder => Some((self.folder, self.folder.rsplit('/').next().unwrap_or_default())),
            ThreadName::Stem => Some((self.stem, self.stem)),
            ThreadName::Field(_) | ThreadName::Item => None,
        };
        let key = section.thread_key.as_ref().and_then(by_file).or_else(|| section.thread.first().and_then(by_file));
        let title = section.thread.iter().find_map(by_file);
        if let Some((key, fallback)) = key {
            let thread = self.sink.thread(key);
            self.sink.name_thread(thread, self.paths.names.of_thread(title.map_or(fallback, |(_, title)| title)));
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
        if rule.is_none()
            && let (Some(within), Identify::As(id, mine)) = (&meaning.within, meaning.identify)
        {
            let within = within.clone();
            return within.all(value).for_each(|part| self.keep_identifier(field, id, mine, part));
        }
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
        if self.keep_one(field, kind, mine, value) || !matches!(kind, IdKind::Email | IdKind::Phone | IdKind::Ip) {
            return;
        }
        // Several in one value: `rosa@example.com; rosa@example.org`.
        for piece in value.split([',', ';', '|', '\n']).map(str::trim).filter(|piece| piece.len() < value.len()) {
            self.keep_one(field, kind, mine, piece);
        }
    }

    /// Keeps a value if it is an identifier.
    fn keep_one(&mut self, field: FieldId, kind: IdKind, mine: bool, value: &str) -> bool {
        let known = self.paths.known.number(kind, value);
        let is_one = self.paths.known.values.get(known as usize).is_some_and(|(_, normal)| normal.is_some());
        if is_one && let Some(draft) = self.open.last_mut() {
            draft.identifiers.push(Found { field, kind, known, mine });
        }
        is_one
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

    pub(super) fn give(&mut self, draft: &mut Draft, section: u16) {
        if draft.fields.is_empty() {
            return;
        }
        self.rows += 1;
        let section = self.section_by_audience(draft, section);
        let thread = self.thread_of(draft);
        self.give_identifiers(draft);
        let part = |(start, end): (u32, u32)| draft.values.get(start as usize..end as usize);
        let whole = (draft.whole && !self.rules.section.unique.is_empty()).then_some(draft.values.as_str());
        let who = draft.who.and_then(|(_, start, end)| part((start, end))).map(|who| self.paths.names.of(who));
        self.sink.row(&Row {
            section,
            time: draft.time.map(|(_, time)| time),
            who,
            thread,
            place: &draft.place,
            at: draft.at,
            fields: &draft.fields,
            types: &draft.types,
            ends: &draft.ends,
            values: &draft.values,
            unique: draft.unique.and_then(part).or(whole),
        });
    }
}

impl Draft {
    /// Whether a value of the record is this.
    pub(super) fn says(&self, value: &str) -> bool {
        self.values.split(SEPARATOR).any(|known| known == value)
    }

    /// The title of a thread that got no key by now: it is the thread.
    fn untold(&mut self) -> Option<String> {
        let waits = self.thread.is_none() && self.title.as_ref().is_some_and(|(_, title)| !title.is_empty());
        if waits { self.title.take().map(|(_, title)| title) } else { None }
    }

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
