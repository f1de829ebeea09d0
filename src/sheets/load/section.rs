//! One section of a sheet, and the rules for fields.

use super::sheet::regex;
use crate::classify;
use crate::decode::Decoder;
use crate::decode::markup::Markup;
use crate::decode::time::Clock;
use crate::record::{Direction, IdKind, Kind, Origin};
use crate::sheets::{
    Audience, Choice, EntryPattern, FieldPattern, FieldRule, GlossaryForm, GlossaryRule, ManifestRule, NameOf,
    NameRule, Recipient, RestFields, Section, ThreadName, Whose, Within,
};
use crate::tables::{At, Notes, Table, either, instead};

/// What choices are about.
const ABOUT: [&str; 7] = ["ads", "sharing", "tracking", "face", "location", "contacts", "other"];

/// What every section has besides its own.
#[derive(Debug, Default, Clone)]
pub struct Defaults {
    /// For sections that tell where their records are; the others find them by structure.
    records: Vec<FieldPattern>,
    time: Vec<(FieldPattern, Clock)>,
    no_time: Vec<String>,
    who: Vec<FieldPattern>,
    text: Vec<FieldPattern>,
}

impl Defaults {
    pub fn read(mut table: Table<'_>) -> Self {
        let defaults = Self {
            records: table.parsed("records", field),
            time: table.parsed("time", timed),
            no_time: table.texts("no_time").into_iter().map(|text| text.value).collect(),
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
    audience: usize,
    repeats: usize,
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

    /// Notes other sections that are named here and are not there.
    pub fn named_exist(&self, section: &Section, ids: &[&str]) {
        let named = [
            (self.rest, "rest", section.rest.as_ref()),
            (self.audience, "audience", section.audience.as_ref().map(|audience| &audience.section)),
            (self.repeats, "repeats", section.repeats.as_ref()),
        ];
        for (line, key, id) in named.into_iter().filter_map(|(line, key, id)| Some((line, key, id?))) {
            if !ids.contains(&id.as_str()) {
                let what = format!("section `{}`: `{key}` names `{id}`, which is no section", section.id);
                self.notes.add(line, what, "add such a section, or take the line out");
            }
        }
    }

    /// Notes a section that no entry reaches, neither by name nor through another.
    pub fn is_read<'s>(&self, section: &Section, mut all: impl Iterator<Item = &'s Section>) {
        let leads_here = |other: &Section| {
            let audience = other.audience.as_ref().map(|audience| &audience.section);
            [other.rest.as_ref(), audience].contains(&Some(&section.id))
        };
        if section.files.is_empty() && section.keys.is_empty() && !all.any(leads_here) && !self.is_part {
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
    let repeats = table.text("repeats");
    let audience = table.table("audience");
    let line = |text: &Option<At<String>>| text.as_ref().map_or(0, |text| text.line);
    let place = Place {
        notes: table.notes,
        id: id.line,
        rest: line(&rest),
        audience: audience.as_ref().map_or(0, |audience| audience.line),
        repeats: line(&repeats),
        is_part,
    };
    let mut section = Section {
        id: id.value,
        rest: rest.map(|rest| rest.value),
        repeats: repeats.map(|repeats| repeats.value),
        audience: audience.and_then(self::audience),
        ..Section::default()
    };
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
    let columns = |header: At<String>| header.value.split(',').map(|column| column.trim().to_owned()).collect();
    section.headers = table.texts("header").into_iter().map(columns).collect();
    section.heading = table.boolean("heading").unwrap_or(false);
}

/// Where the records are.
fn structure(table: &mut Table<'_>, section: &mut Section, defaults: &Defaults) {
    section.records = table.parsed("records", field);
    if !section.records.is_empty() {
        section.records.extend(defaults.records.iter().cloned());
    }
    section.keyed = table.parsed("keyed", field);
    section.tuples = table.parsed("tuples", field);
    section.nothing = table.parsed("nothing", field);
    section.inherit = table.texts("inherit").into_iter().map(|key| key.value).collect();
    section.unique = table.parsed("unique", field);
}

/// When, who, where, what. A default does not replace what the section says: it comes behind it.
fn roles(table: &mut Table<'_>, section: &mut Section, defaults: &Defaults) {
    section.time = table.parsed("time", timed);
    section.no_time = table.texts("no_time").into_iter().map(|text| text.value).collect();
    section.who = table.parsed("who", field);
    section.text = table.parsed("text", field);
    section.pieces = table.parsed("pieces", field);
    section.markup = table.word("markup", &Markup::ALL, Markup::from_id);
    section.thread = table.parsed("thread", thread);
    let key = table.text("thread_key");
    section.thread_key = key.and_then(|key| table.parse("thread_key", &key, thread));
    section.time.extend(defaults.time.iter().cloned());
    section.no_time.extend(defaults.no_time.iter().cloned());
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
    rule.section.fields = table.table("fields").map(field_rules).unwrap_or_default();
    rule.id = places(&mut table, "id", "the field that holds the id");
    rule.name = places(&mut table, "name", "the field that holds the name");
    rule.forms = table.parsed("forms", form_of_id);
    rule.only = table.word("only", &["who", "thread"], |word| match word {
        "who" => Some(NameOf::Who),
        "thread" => Some(NameOf::Thread),
        _ => None,
    });
    rule.within = within(&mut table).map(|within| within.0);
    table.finish();
    rule
}

/// A regular expression with a group for the part that matters.
fn within(table: &mut Table<'_>) -> Option<Within> {
    let within = table.text("within")?;
    table.parse("within", &within, part_within).map(Within)
}

fn form_of_id(text: &str) -> Result<String, String> {
    let is_form = text.matches("{id}").count() == 1 && text.len() > "{id}".len();
    if is_form {
        Ok(text.to_owned())
    } else {
        Err(format!("`{text}`: write the form with `{{id}}` in it, such as `c{{id}}`"))
    }
}

fn part_within(text: &str) -> Result<regex::Regex, String> {
    let found = regex(text)?;
    if found.captures_len() < 2 {
        return Err("no group in round brackets for the part that matters".to_owned());
    }
    Ok(found)
}

fn meaning(table: &mut Table<'_>, section: &mut Section) {
    section.kind = table.word("kind", &Kind::ALL.map(Kind::id), Kind::from_id);
    section.category = category(table);
    section.origin = origin(table);
    section.whose = table.word("whose", &["mine", "others", "mixed"], whose).unwrap_or_default();
    section.fields = table.table("fields").map(field_rules).unwrap_or_default();
    section.recipients = table.one_or_more("recipient").into_iter().filter_map(recipient).collect();
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
        empty: table.text("empty").map(|text| text.value),
        json: table.boolean("json").unwrap_or(false),
        split: table.text("split").map(|text| text.value),
        value: table.text("value").map(|text| text.value),
        within: within(&mut table),
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
    let within = within(&mut table);
    let (also, detail) = (table.parsed("also", field), table.parsed("detail", field));
    let direction = table.word("direction", &["gave", "received", "targeted"], direction);
    if direction.is_none() {
        table.wrong(table.line, format!("{} has no right `direction`", table.name), "use gave, received or targeted");
    }
    let basis = table.needed("basis", "how the third party is involved, in words").value;
    let held_at = table.parsed("where", field);
    let only = value_form(&mut table).map(|form| (held_at, form));
    if only.is_some() && only.as_ref().is_some_and(|(places, _)| places.is_empty()) {
        table.wrong(
            table.line,
            format!("{} has `is` without `where`", table.name),
            "add `where = \"…\"`: the field it looks at",
        );
    }
    table.finish();
    Some(Recipient { name, within, also, detail, direction: direction?, basis, only })
}

/// What the section of the named says of fields is filled in when all sections are read.
fn audience(mut table: Table<'_>) -> Option<Audience> {
    let places = places(&mut table, "named", "the field that names who may see the record");
    let everybody = table.needed("everybody", "the form of a name that stands for everybody");
    let everybody = table.parse("everybody", &everybody, regex);
    let section = table.needed("section", "the section of records for named people alone").value;
    table.finish();
    Some(Audience { places, everybody: everybody?, section, fields: RestFields::default() })
}

fn choice(mut table: Table<'_>) -> Choice {
    let what = table.needed("what", "the field that names the choice, or a sentence").value;
    let value = places(&mut table, "value", "the field that holds what was chosen");
    let about = table.needed("about", &either(&ABOUT));
    if !about.value.is_empty() && !ABOUT.contains(&about.value.as_str()) {
        table.wrong(about.line, format!("`{}` is no `about`", about.value), instead(&about.value, &ABOUT));
    }
    let is = value_form(&mut table);
    let except = table.texts("except").into_iter().map(|text| known_category(&table, text)).collect();
    table.finish();
    Choice { what, value, about: about.value, is, except }
}

/// `is`: the form a value must have.
fn value_form(table: &mut Table<'_>) -> Option<regex::Regex> {
    let form = table.text("is")?;
    table.parse("is", &form, regex)
}

/// Entries that explain fields.
pub fn glossary(mut table: Table<'_>) -> GlossaryRule {
    let files = entries_of(&mut table, "entries that explain the fields");
    let is_table = table.word("form", &["list", "table"], |word| match word {
        "list" => Some(false),
        "table" => Some(true),
        _ => None,
    });
    let form = if is_table == Some(true) {
        GlossaryForm::Table {
            file: table.needed("file", "the column that names the file").value,
            field: table.text("field").map(|text| text.value),
            description: table.needed("description", "the column that explains it").value,
        }
    } else {
        GlossaryForm::List
    };
    table.finish();
    GlossaryRule { files, form }
}

/// Entries that tell how many records each file holds.
pub fn manifest(mut table: Table<'_>) -> ManifestRule {
    let mut rule =
        ManifestRule { files: entries_of(&mut table, "entries that count the records"), ..ManifestRule::default() };
    structure(&mut table, &mut rule.section, &Defaults::default());
    rule.file = places(&mut table, "file", "the field that names the file");
    rule.count = places(&mut table, "count", "the field that tells how many records it holds");
    table.finish();
    rule
}

fn entries_of(table: &mut Table<'_>, why: &str) -> Vec<EntryPattern> {
    let files = table.parsed("files", EntryPattern::parse);
    if files.is_empty() {
        table.wrong(
            table.line,
            format!("{} has no right `files`", table.name),
            format!("add `files = [\"…\"]`: {why}"),
        );
    }
    files
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
    Some(known_category(table, text))
}

fn known_category(table: &Table<'_>, text: At<String>) -> String {
    let known: Vec<&str> = classify::categories().iter().map(|category| category.id.as_str()).collect();
    let is_known = text.value == classify::TECHNICAL || classify::category(&text.value).is_some();
    if !known.is_empty() && !is_known {
        let what = format!("{}: `{}` is no category", table.name, text.value);
        table.wrong(text.line, what, instead(&text.value, &known));
    }
    text.value
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
        "{item}" => Ok(ThreadName::Item),
        _ if text.starts_with('{') => Err(format!("`{text}`: use {{folder}}, {{stem}}, {{item}} or a field")),
        _ => field(text).map(ThreadName::Field),
    }
}
