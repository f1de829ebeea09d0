//! One section of a sheet, and the rules for fields.

use super::nearest::{either, instead};
use super::sheet::regex;
use super::table::{At, Notes, Table};
use crate::classify;
use crate::decode::Decoder;
use crate::decode::time::Clock;
use crate::record::{Direction, IdKind, Kind, Origin};
use crate::sheets::{Choice, EntryPattern, FieldPattern, FieldRule, NameRule, Recipient, Section, ThreadName, Whose};

/// What choices are about.
const ABOUT: [&str; 7] = ["ads", "sharing", "tracking", "face", "location", "contacts", "other"];

/// What every section has besides its own.
#[derive(Debug, Default, Clone)]
pub struct Defaults {
    /// For sections that tell where their records are; the others find them by structure.
    records: Vec<FieldPattern>,
    time: Vec<(FieldPattern, Clock)>,
    who: Vec<FieldPattern>,
    text: Vec<FieldPattern>,
}

impl Defaults {
    pub fn read(mut table: Table<'_>) -> Self {
        let defaults = Self {
            records: table.parsed("records", field),
            time: table.parsed("time", timed),
            who: table.parsed("who", field),
            text: table.parsed("text", field),
        };
        table.finish();
        defaults
    }
}

/// Where a section stands in its file, for mistakes that show when all are read.
pub struct Place<'t> {
    notes: &'t Notes,
    id: usize,
    rest: usize,
    /// A part of another section.
    pub is_part: bool,
}

impl Place<'_> {
    /// Notes a section whose id is taken.
    pub fn is_new<'s>(&self, section: &Section, mut before: impl Iterator<Item = &'s Section>) {
        if before.any(|other| other.id == section.id) {
            self.notes.add(self.id, format!("a second section `{}`", section.id), "give it an id of its own");
        }
    }

    pub fn rest_exists<'s>(&self, section: &Section, mut all: impl Iterator<Item = &'s Section>) {
        if let Some(rest) = &section.rest
            && !all.any(|other| other.id == *rest)
        {
            let what = format!("section `{}`: `rest` names `{rest}`, which is no section", section.id);
            self.notes.add(self.rest, what, "add such a section, or take the line out");
        }
    }

    /// Notes a section that no entry reaches, neither by name nor as the rest of another.
    pub fn is_read<'s>(&self, section: &Section, mut all: impl Iterator<Item = &'s Section>) {
        let is_rest = all.any(|other| other.rest.as_deref() == Some(section.id.as_str()));
        if section.files.is_empty() && section.keys.is_empty() && !is_rest && !self.is_part {
            let what = format!("section `{}` reads nothing", section.id);
            self.notes.add(self.id, what, "add `files = [\"…\"]` or `keys = [\"…\"]`");
        }
    }
}

/// A section and its parts, each with its place.
pub fn read<'t>(mut table: Table<'t>, defaults: &Defaults) -> Vec<(Section, Place<'t>)> {
    let parts = table.tables("part");
    let mut read = vec![section(table, defaults, false)];
    read.extend(parts.into_iter().map(|part| section(part, defaults, true)));
    read
}

fn section<'t>(mut table: Table<'t>, defaults: &Defaults, is_part: bool) -> (Section, Place<'t>) {
    let id = table.needed("id", "its short name, unique in the sheet");
    table.name = format!("section `{}`", id.value);
    let rest = table.text("rest");
    let place = Place { notes: table.notes, id: id.line, rest: rest.as_ref().map_or(0, |rest| rest.line), is_part };
    let mut section = Section { id: id.value, rest: rest.map(|rest| rest.value), ..Section::default() };
    if is_part {
        structure(&mut table, &mut section, &Defaults::default());
        check_part(&table, &section);
    } else {
        entries(&mut table, &mut section);
        structure(&mut table, &mut section, defaults);
    }
    roles(&mut table, &mut section, defaults);
    meaning(&mut table, &mut section);
    remarks(&mut table, &mut section);
    check_meaning(&table, &section);
    table.finish();
    (section, place)
}

/// Which entries the section reads, and how.
fn entries(table: &mut Table<'_>, section: &mut Section) {
    section.files = table.parsed("files", EntryPattern::parse);
    section.keys = table.texts("keys").into_iter().map(|key| key.value).collect();
    let head = table.text("head");
    section.head = head.and_then(|head| table.parse("head", &head, regex));
    section.decoder = table.word("decoder", &Decoder::ALL.map(Decoder::id), Decoder::from_id);
    section.mojibake = table.boolean("mojibake");
    section.instead = table.parsed("instead", EntryPattern::parse);
    section.columns = table.texts("columns").into_iter().map(|column| column.value).collect();
    section.pairs = table.boolean("pairs").unwrap_or(false);
}

/// Where the records are.
fn structure(table: &mut Table<'_>, section: &mut Section, defaults: &Defaults) {
    section.records = table.parsed("records", field);
    if !section.records.is_empty() {
        section.records.extend(defaults.records.iter().cloned());
    }
    section.keyed = table.parsed("keyed", field);
    section.inherit = table.texts("inherit").into_iter().map(|key| key.value).collect();
    section.unique = table.parsed("unique", field);
}

/// When, who, where, what. A default does not replace what the section says: it comes behind it.
fn roles(table: &mut Table<'_>, section: &mut Section, defaults: &Defaults) {
    section.time = table.parsed("time", timed);
    section.who = table.parsed("who", field);
    section.text = table.parsed("text", field);
    section.markup = table.word("markup", &["html"], |word| (word == "html").then_some(true)).unwrap_or(false);
    section.thread = table.parsed("thread", thread);
    let key = table.text("thread_key");
    section.thread_key = key.and_then(|key| table.parse("thread_key", &key, thread));
    section.time.extend(defaults.time.iter().cloned());
    section.who.extend(defaults.who.iter().cloned());
    // The heading of a message is its sender: what the section says of a place goes before what is usual.
    let told = |text: &&FieldPattern| !section.who.contains(text);
    section.text.extend(defaults.text.iter().filter(told).cloned());
}

/// Entries that tell what ids stand for.
pub fn name_rule(mut table: Table<'_>) -> NameRule {
    let mut rule = NameRule { files: table.parsed("files", EntryPattern::parse), ..NameRule::default() };
    if rule.files.is_empty() {
        table.wrong(table.line, "names: no right `files`", "add `files = [\"…\"]`: entries that tell the names");
    }
    let head = table.text("head");
    rule.head = head.and_then(|head| table.parse("head", &head, regex));
    rule.decoder = table.word("decoder", &Decoder::ALL.map(Decoder::id), Decoder::from_id);
    rule.section.columns = table.texts("columns").into_iter().map(|column| column.value).collect();
    structure(&mut table, &mut rule.section, &Defaults::default());
    rule.id = places(&mut table, "id", "the field that holds the id");
    rule.name = places(&mut table, "name", "the field that holds the name");
    let within = table.text("within");
    rule.within = within.and_then(|within| table.parse("within", &within, id_within));
    table.finish();
    rule
}

fn id_within(text: &str) -> Result<regex::Regex, String> {
    let found = regex(text)?;
    if found.captures_len() < 2 {
        return Err("no group in round brackets that holds the id".to_owned());
    }
    Ok(found)
}

fn meaning(table: &mut Table<'_>, section: &mut Section) {
    section.kind = table.word("kind", &Kind::ALL.map(Kind::id), Kind::from_id);
    section.category = category(table);
    section.origin = origin(table);
    section.whose = table.word("whose", &["mine", "others", "mixed"], whose).unwrap_or_default();
    section.fields = table.table("fields").map(field_rules).unwrap_or_default();
    section.recipient = table.table("recipient").and_then(recipient);
    section.choice = table.table("choice").map(choice);
}

fn remarks(table: &mut Table<'_>, section: &mut Section) {
    section.name = table.needed("name", "what people see").value;
    section.expected = table.boolean("expected").unwrap_or(false);
    section.half = table.boolean("half").unwrap_or(false);
    section.note = table.text("note").map(|text| text.value);
    section.seen = table.text("seen").map(|text| text.value);
    section.layouts = table.texts("layouts").into_iter().map(|layout| layout.value).collect();
}

/// A part is known by where its records are.
fn check_part(table: &Table<'_>, section: &Section) {
    if section.records.is_empty() {
        let what = format!("{} is a part and has no right `records`", table.name);
        table.wrong(
            table.line,
            what,
            "add `records = [\"…\"]`: where its records are in the entries of the section above",
        );
    }
}

/// A section that tells neither its category nor that of a field says nothing about the person's data.
fn check_meaning(table: &Table<'_>, section: &Section) {
    let is_told = section.category.is_some() || section.fields.iter().any(|(_, rule)| rule.category.is_some());
    if !is_told {
        let cure = "add `category = \"…\"`, or rules with a category under [section.fields]";
        table.wrong(table.line, format!("{} has no category", table.name), cure);
    }
}

/// Rules in the order of the file: the first that fits a field holds.
pub fn field_rules(table: Table<'_>) -> Vec<(FieldPattern, FieldRule)> {
    let read = |(pattern, rule): (At<String>, Table<'_>)| {
        let place = rule.parse("field", &pattern, field);
        let rule = field_rule(rule);
        place.map(|place| (place, rule))
    };
    table.entries().into_iter().filter_map(read).collect()
}

fn field_rule(mut table: Table<'_>) -> FieldRule {
    let rule = FieldRule {
        category: category(&mut table),
        origin: origin(&mut table),
        id: table.word("id", &IdKind::ALL.map(IdKind::id), IdKind::from_id),
        mine: table.boolean("mine"),
        secret: table.boolean("secret").unwrap_or(false),
        json: table.boolean("json").unwrap_or(false),
        split: table.text("split").map(|text| text.value),
        value: table.text("value").map(|text| text.value),
        label: table.text("label").map(|text| text.value),
    };
    if rule.json && (rule.secret || rule.value.is_some()) {
        let cure = "give the fields inside rules of their own";
        table.wrong(table.line, format!("{}: `json` does not go with `secret` or `value`", table.name), cure);
    }
    table.finish();
    rule
}

fn recipient(mut table: Table<'_>) -> Option<Recipient> {
    let name = places(&mut table, "name", "the field that names the third party");
    let (also, detail) = (table.parsed("also", field), table.parsed("detail", field));
    let direction = table.word("direction", &["gave", "received", "targeted"], direction);
    if direction.is_none() {
        table.wrong(table.line, format!("{} has no right `direction`", table.name), "use gave, received or targeted");
    }
    let basis = table.needed("basis", "how the third party is involved, in words").value;
    table.finish();
    Some(Recipient { name, also, detail, direction: direction?, basis })
}

fn choice(mut table: Table<'_>) -> Choice {
    let what = table.needed("what", "the field that names the choice, or a sentence").value;
    let value = places(&mut table, "value", "the field that holds what was chosen");
    let about = table.needed("about", &either(&ABOUT));
    if !about.value.is_empty() && !ABOUT.contains(&about.value.as_str()) {
        table.wrong(about.line, format!("`{}` is no `about`", about.value), instead(&about.value, &ABOUT));
    }
    table.finish();
    Choice { what, value, about: about.value }
}

/// Fields of which there must be one.
fn places(table: &mut Table<'_>, key: &'static str, why: &str) -> Vec<FieldPattern> {
    let places = table.parsed(key, field);
    if places.is_empty() {
        table.wrong(table.line, format!("{} has no right `{key}`", table.name), format!("add `{key} = \"…\"`: {why}"));
    }
    places
}

/// The id of a category, checked against the vocabulary if there is one.
fn category(table: &mut Table<'_>) -> Option<String> {
    let text = table.text("category")?;
    let known: Vec<&str> = classify::categories().iter().map(|category| category.id.as_str()).collect();
    if !known.is_empty() && classify::category(&text.value).is_none() {
        let what = format!("{}: `{}` is no category", table.name, text.value);
        table.wrong(text.line, what, instead(&text.value, &known));
    }
    Some(text.value)
}

fn origin(table: &mut Table<'_>) -> Option<Origin> {
    table.word("origin", &Origin::ALL.map(Origin::id), Origin::from_id)
}

fn whose(word: &str) -> Option<Whose> {
    match word {
        "mine" => Some(Whose::Mine),
        "others" => Some(Whose::Others),
        "mixed" => Some(Whose::Mixed),
        _ => None,
    }
}

fn direction(word: &str) -> Option<Direction> {
    [Direction::Gave, Direction::Received, Direction::Targeted].into_iter().find(|direction| direction.id() == word)
}

fn field(text: &str) -> Result<FieldPattern, String> {
    if text.matches('"').count() % 2 == 1 {
        return Err(format!("`{text}`: a quotation mark is not closed"));
    }
    FieldPattern::parse(text)
}

/// `PATTERN` or `PATTERN:CLOCK`; a colon that belongs to the field stands in quotes.
fn timed(text: &str) -> Result<(FieldPattern, Clock), String> {
    let mut quoted = false;
    let colon = text.char_indices().find(|&(_, c)| {
        quoted ^= c == '"';
        c == ':' && !quoted
    });
    let (place, clock) = match colon.and_then(|(at, _)| text.split_at_checked(at)) {
        Some((place, clock)) => (place, Clock::parse(clock.trim_start_matches(':'))?),
        None => (text, Clock::Auto),
    };
    Ok((field(place)?, clock))
}

fn thread(text: &str) -> Result<ThreadName, String> {
    match text {
        "{folder}" => Ok(ThreadName::Folder),
        "{stem}" => Ok(ThreadName::Stem),
        _ if text.starts_with('{') => Err(format!("`{text}`: use {{folder}}, {{stem}} or a field")),
        _ => field(text).map(ThreadName::Field),
    }
}
