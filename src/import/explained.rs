//! Reads what an export says of itself: the meaning of its fields, and how many records its files hold.

use super::entry;
use crate::container::{Archive, Unit};
use crate::decode::Decoder;
use crate::emit::{Emitter, Paths, Rules};
use crate::recognise;
use crate::record::{FieldId, FieldNote, Identifier, Row, Sink};
use crate::sheets::{
    EntryPath, EntryPattern, FieldPattern, GlossaryForm, GlossaryRule, ManifestRule, Part, Section, Sheet,
};
use std::collections::HashMap;
use std::io::Read;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Bytes of an entry that are read for this.
const MOST: u64 = 16 << 20;

/// Explanations kept of one export, and characters of each.
const MOST_EXPLANATIONS: usize = 20_000;
const LONGEST: usize = 1000;

/// What the company says of its files and fields, in its own words.
#[derive(Debug, Default)]
pub struct Glossary {
    /// By file; the field is empty for the file as a whole.
    said: HashMap<String, Vec<(String, String)>>,
    count: usize,
}

impl Glossary {
    /// What the glossaries of an export say.
    pub fn of(sheet: Option<&Sheet>, parts: &[Archive]) -> Self {
        let mut glossary = Self::default();
        if let Some(rule) = sheet.and_then(|sheet| sheet.glossary.as_ref()) {
            each(parts, &rule.files, &mut |_, bytes| glossary.read(rule, bytes));
        }
        glossary
    }

    fn read(&mut self, rule: &GlossaryRule, bytes: &[u8]) {
        match &rule.form {
            GlossaryForm::List => self.list(&String::from_utf8_lossy(bytes)),
            GlossaryForm::Table { file, field, description } => {
                let column = |name: &str| FieldPattern::parse(&format!("\"{name}\"")).into_iter().collect::<Vec<_>>();
                let wanted = [column(file), field.as_deref().map(column).unwrap_or_default(), column(description)];
                let mut taken = Taken::new(&[], wanted.iter().map(Vec::as_slice).collect());
                decode(Decoder::Csv, &Section::default(), bytes, &mut taken);
                for row in taken.rows {
                    if let [Some(file), field, Some(said)] = row.as_slice() {
                        self.add(file, field.as_deref().unwrap_or_default(), said);
                    }
                }
            }
        }
    }

    /// The name of a file, then `- field: what it means`; other lines below it go on with what was said, or speak of the file.
    fn list(&mut self, text: &str) {
        let (mut file, mut field, mut said) = (String::new(), String::new(), String::new());
        for line in text.trim_start_matches('\u{feff}').lines().map(str::trim).chain(["---"]) {
            let is_rule = line.len() > 2 && line.chars().all(|c| matches!(c, '-' | '=' | '*' | '_'));
            let banner = line.starts_with("==") || line.starts_with('#');
            if is_rule || banner {
                self.add(&file, &field, &std::mem::take(&mut said));
                file.clear();
                field.clear();
            } else if is_file_name(line) {
                self.add(&file, &field, &std::mem::take(&mut said));
                line.trim_end_matches(':').clone_into(&mut file);
                field.clear();
            } else if let Some((name, meaning)) = field_line(line) {
                self.add(&file, &field, &std::mem::take(&mut said));
                name.clone_into(&mut field);
                meaning.clone_into(&mut said);
            } else if !line.is_empty() && !file.is_empty() {
                said.push_str(if said.is_empty() { "" } else { " " });
                said.push_str(line);
            }
        }
    }

    fn add(&mut self, file: &str, field: &str, said: &str) {
        let said = said.trim();
        if file.trim().is_empty() || said.is_empty() || self.count >= MOST_EXPLANATIONS {
            return;
        }
        self.count += 1;
        let said = said.chars().take(LONGEST).collect();
        self.said.entry(file_key(file)).or_default().push((field.trim().to_owned(), said));
    }

    /// What is said of the field at `path` in an entry, else of the entry as a whole.
    pub fn of_field(&self, entry: &str, path: &str) -> Option<&str> {
        let said = self.said.get(&file_key(entry)).or_else(|| self.said.get(&file_key(without_part(entry))))?;
        let keys: Vec<&str> = keys_of(path).collect();
        // The longest name that the path ends in: `emailChange.changedAt` before `changedAt`.
        let fits = |(field, _): &&(String, String)| !field.is_empty() && ends_in(&keys, field);
        let best = said.iter().filter(fits).max_by_key(|(field, _)| keys_of(field).count());
        best.or_else(|| said.iter().find(|(field, _)| field.is_empty())).map(|(_, said)| said.as_str())
    }
}

/// The keys of a path, without brackets and dots.
fn keys_of(path: &str) -> impl Iterator<Item = &str> {
    path.split('.').map(|key| key.trim_end_matches("[]")).filter(|key| !key.is_empty())
}

fn ends_in(keys: &[&str], field: &str) -> bool {
    let field: Vec<&str> = keys_of(field).collect();
    keys.ends_with(&field)
}

/// `data/Tweets.js` → `tweets`: the form in which files are compared.
fn file_key(name: &str) -> String {
    let key = EntryPath::new(name.trim()).base().to_owned();
    match key.rsplit_once('.') {
        Some((stem, extension)) if extension.len() <= 5 => stem.to_owned(),
        _ => key,
    }
}

/// `tweets-part1.js` → `tweets`: files that go on share their explanation.
fn without_part(name: &str) -> &str {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let bare = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    let bare = bare.strip_suffix("part").unwrap_or(bare);
    if bare.len() == stem.len() { name } else { bare.trim_end_matches(['-', '_', '.', ' ']) }
}

/// A line that is nothing but the name of a file.
fn is_file_name(line: &str) -> bool {
    let name = line.trim_end_matches(':');
    let stem = name.rsplit_once('.').filter(|(stem, extension)| {
        !stem.is_empty() && (2..=5).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    stem.is_some_and(|(stem, _)| !stem.contains([':', ' ']) && stem.len() <= 120)
}

/// `- field: what it means`
fn field_line(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix(['-', '*', '•'])?.trim_start();
    let (name, meaning) = rest.split_once(':')?;
    let is_name = !name.is_empty() && name.len() <= 120 && !name.trim().contains(' ');
    is_name.then(|| (name.trim(), meaning.trim()))
}

/// How many records each file holds, by the export's own count.
#[derive(Debug, Default)]
pub struct Manifest {
    /// The entry that tells it, the file, the number.
    pub lines: Vec<Counted>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Counted {
    pub told_by: String,
    pub file: EntryPath,
    pub as_written: String,
    pub count: u64,
}

impl Manifest {
    pub fn of(sheet: Option<&Sheet>, parts: &[Archive]) -> Self {
        let mut manifest = Self::default();
        if let Some(rule) = sheet.and_then(|sheet| sheet.manifest.as_ref()) {
            each(parts, &rule.files, &mut |entry, bytes| manifest.read(rule, entry, bytes));
        }
        manifest
    }

    fn read(&mut self, rule: &ManifestRule, entry: &str, bytes: &[u8]) {
        let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
        let Some(decoder) = recognise::decoder_of(entry, || head.to_vec()) else { return };
        let mut taken = Taken::new(&rule.section.records, vec![&rule.file, &rule.count]);
        decode(decoder, &rule.section, bytes, &mut taken);
        for row in taken.rows {
            if let [Some(file), Some(count)] = row.as_slice()
                && let Ok(count) = count.trim().parse()
            {
                let path = EntryPath::new(file);
                // Several parts of one export repeat what holds for all of them.
                if !self.lines.iter().any(|known| known.file == path) {
                    self.lines.push(Counted { told_by: entry.to_owned(), file: path, as_written: file.clone(), count });
                }
            }
        }
    }
}

impl Counted {
    /// Whether this is the count of an entry: its path ends as the manifest names it.
    pub fn is_of(&self, entry: &str) -> bool {
        let path = EntryPath::new(entry);
        path.key.strip_suffix(&self.file.key).is_some_and(|before| before.is_empty() || before.ends_with('/'))
    }

    /// What is wrong, if neither the elements of the entry's list nor its records are as many.
    pub fn differs(&self, elements: u64, records: u64) -> Option<String> {
        if self.count == elements || self.count == records {
            return None;
        }
        let read = if elements > 0 { elements } else { records };
        Some(format!("the archive's manifest says {} records, {read} were read", self.count))
    }
}

/// Calls `visit` with name and bytes of every entry that a pattern fits. What cannot be read is passed over: it is told of when
/// records are read.
fn each(parts: &[Archive], files: &[EntryPattern], visit: &mut dyn FnMut(&str, &[u8])) {
    for archive in parts {
        let paths = recognise::paths(archive);
        let wanted = |entry: usize| files.iter().any(|pattern| pattern.matches(&paths[entry]));
        let mut take = |entry: usize, reader: &mut dyn Read| {
            let mut buffer = Vec::new();
            if let Ok(bytes) = entry::read_whole(reader, MOST, &mut buffer) {
                visit(&archive.entries[entry].name, bytes);
            }
        };
        for unit in archive.units() {
            match unit {
                Unit::One(entry) if wanted(entry) => {
                    if let Ok(mut reader) = archive.read(entry) {
                        take(entry, &mut reader);
                    }
                }
                Unit::One(_) => {}
                Unit::Sequence(entries) => {
                    let Some(last) = entries.iter().copied().rfind(|&entry| wanted(entry)) else {
                        continue;
                    };
                    // A sequence that breaks is told of by the walk that reads its records.
                    let _ = archive.walk(&entries, &mut |entry, reader| {
                        if wanted(entry) {
                            take(entry, reader);
                        }
                        if entry == last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                    });
                }
            }
        }
    }
}

fn decode(decoder: Decoder, section: &Section, bytes: &[u8], taken: &mut Taken<'_>) {
    let mut paths = Paths::new(0, 0, false);
    let rules = Rules { section, shared: &[] };
    // A decoder that panics, or an entry that is damaged, tells when the records are read.
    let _ = catch_unwind(AssertUnwindSafe(|| {
        let mut emitter = Emitter::new(rules, &mut paths, taken, "");
        let _ = decoder.decode(&mut &*bytes, &mut emitter);
        emitter.finish();
    }));
}

/// A [`Sink`] that keeps a few values of each record.
struct Taken<'a> {
    records: &'a [FieldPattern],
    /// For each value: the places it may stand at, in order of preference.
    wanted: Vec<&'a [FieldPattern]>,
    /// For each field: which value it may be, and how much it is wanted.
    fields: Vec<(String, Option<(usize, usize)>)>,
    rows: Vec<Vec<Option<String>>>,
}

impl<'a> Taken<'a> {
    fn new(records: &'a [FieldPattern], wanted: Vec<&'a [FieldPattern]>) -> Self {
        Self { records, wanted, fields: Vec::new(), rows: Vec::new() }
    }

    fn role(&self, path: &str) -> Option<(usize, usize)> {
        let parts = crate::classify::parts_of(path);
        let is_record = |depth: &usize| self.records.iter().any(|record| record.matches(&parts[..*depth]));
        let depth = (0..=parts.len()).rev().find(is_record).unwrap_or(0);
        let at = |pattern: &FieldPattern| {
            let place: &[Part<'_>] = if pattern.from_root { &parts } else { &parts[depth..] };
            pattern.matches(place)
        };
        self.wanted.iter().enumerate().find_map(|(value, places)| places.iter().position(at).map(|rank| (value, rank)))
    }
}

impl Sink for Taken<'_> {
    fn field(&mut self, _section: u16, path: &str, _note: &FieldNote) -> FieldId {
        let known = self.fields.iter().position(|(known, _)| known == path);
        let at = known.unwrap_or_else(|| {
            self.fields.push((path.to_owned(), self.role(path)));
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
        let mut values: Vec<Option<(usize, String)>> = vec![None; self.wanted.len()];
        for (&field, value) in row.fields.iter().zip(row.each()) {
            let role = self.fields.get(field as usize).and_then(|(_, role)| *role);
            if let Some((which, rank)) = role
                && values[which].as_ref().is_none_or(|(known, _)| rank < *known)
            {
                values[which] = Some((rank, value.to_owned()));
            }
        }
        if self.rows.len() < MOST_EXPLANATIONS && values.iter().any(Option::is_some) {
            self.rows.push(values.into_iter().map(|value| value.map(|(_, value)| value)).collect());
        }
    }

    fn identifier(&mut self, _field: FieldId, _identifier: &Identifier<'_>) {}

    fn problem(&mut self, _locator: &str, _what: &str) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    const README: &str = "\u{feff}Your archive\n\n============\nIDENTIFIERS\n============\n\naccount.js\n- email: The address of\nthe account.\n\
        - emailChange.changedAt: When it changed.\n- changedAt: When anything did.\n--------\nlike.js\nPosts you liked.\n";

    fn glossary(rule: &GlossaryRule, text: &str) -> Glossary {
        let mut glossary = Glossary::default();
        glossary.read(rule, text.as_bytes());
        glossary
    }

    #[test]
    fn a_list_explains_fields_below_the_names_of_files() {
        let glossary = glossary(&GlossaryRule::default(), README);
        let said = |entry, path| glossary.of_field(entry, path);
        assert_eq!(said("data/account.js", "[].account.email"), Some("The address of the account."));
        assert_eq!(said("data/account.js", "[].x.emailChange.changedAt"), Some("When it changed."));
        assert_eq!(said("data/account.js", "[].changedAt"), Some("When anything did."));
        assert_eq!(said("data/account.js", "[].account.username"), None);
        assert_eq!(said("data/ip-audit.js", "[].email"), None);
    }

    #[test]
    fn what_is_said_of_a_file_holds_for_its_fields_and_its_parts() {
        let glossary = glossary(&GlossaryRule::default(), README);
        assert_eq!(glossary.of_field("like.js", "[].like.tweetId"), Some("Posts you liked."));
        assert_eq!(glossary.of_field("data/like-part12.js", "[].like.tweetId"), Some("Posts you liked."));
    }

    #[test]
    fn a_table_explains_files_and_fields() {
        let form = GlossaryForm::Table {
            file: "File Name".to_owned(),
            field: Some("Field".to_owned()),
            description: "Description".to_owned(),
        };
        let rule = GlossaryRule { files: Vec::new(), form };
        let glossary = glossary(
            &rule,
            "File Name,Field,Description\nCart History.csv,,Your cart\nCart History.csv,Price,\"What it cost, then\"\n",
        );
        assert_eq!(glossary.of_field("Orders/Cart History.csv", "Price"), Some("What it cost, then"));
        assert_eq!(glossary.of_field("Orders/Cart History.csv", "Item"), Some("Your cart"));
    }

    #[test]
    fn a_count_differs_if_it_is_neither_that_of_elements_nor_of_records() {
        let counted = |count| Counted {
            told_by: "manifest.js".to_owned(),
            file: EntryPath::new("data/like.js"),
            as_written: "data/like.js".to_owned(),
            count,
        };
        assert_eq!(counted(12).differs(12, 40), None);
        assert_eq!(counted(40).differs(12, 40), None);
        let said = "the archive's manifest says 12 records, 11 were read";
        assert_eq!(counted(12).differs(11, 11).as_deref(), Some(said));
        assert!(counted(1).is_of("twitter-2024/data/like.js"));
        assert!(!counted(1).is_of("data/unlike.js") && !counted(1).is_of("data/like.json"));
    }
}
