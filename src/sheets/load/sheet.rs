//! The parts of a sheet that hold for the whole company.

use super::section::{self, Defaults, field_rules};
use crate::sheets::find::Finder;
use crate::sheets::{
    ArchiveName, EntryPattern, Evidence, FolderNames, Layout, Request, RestFields, Section, Sheet, Skip,
};
use crate::tables::{At, Table, instead};
use regex::Regex;

/// Groups that a regex over archive names may have.
const GROUPS: [&str; 7] = ["family", "account", "date", "year", "month", "day", "part"];

pub fn read(mut table: Table<'_>) -> Sheet {
    let id = table.needed("id", "the company's short name, as used for files and commands");
    check_id(&table, &id);
    let name = table.needed("name", "the name people know the company by").value;
    let controller = table.needed("controller", "who answers for the data, as a letter would address them").value;
    let family = table.text("family").map(|text| text.value);
    let mojibake = table.boolean("mojibake").unwrap_or(false);
    let gathers = table.boolean("gathers").unwrap_or(false);
    let request = table.table("request").map(request).unwrap_or_default();
    let archives = table.tables("archive").into_iter().filter_map(archive).collect();
    let detect: Vec<Evidence> = table.tables("detect").into_iter().map(evidence).collect();
    let layouts = table.tables("layout").into_iter().map(layout).collect();
    let defaults = table.table("defaults").map(Defaults::read).unwrap_or_default();
    let fields = table.table("fields").map(field_rules).unwrap_or_default();
    let sections = sections(table.tables("section"), &defaults);
    let skip = table.tables("skip").into_iter().map(skip).collect();
    let folders = table.tables("folders").into_iter().filter_map(folder_names).collect();
    let names = table.tables("names").into_iter().map(section::name_rule).collect();
    let glossary = table.table("glossary").map(section::glossary);
    let manifest = table.table("manifest").map(section::manifest);
    check_evidence(&table, &detect);
    table.finish();
    let finder = Finder::of(&sections);
    let (id, digest) = (id.value, String::new());
    Sheet {
        id,
        name,
        controller,
        family,
        request,
        archives,
        detect,
        layouts,
        mojibake,
        fields,
        gathers,
        sections,
        skip,
        folders,
        names,
        glossary,
        manifest,
        digest,
        finder,
    }
}

fn check_id(table: &Table<'_>, id: &At<String>) {
    let right = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_');
    if !id.value.bytes().all(right) {
        table.wrong(id.line, format!("`{}` is no id", id.value), "use small letters, digits, `-` and `_` alone");
    }
}

fn check_evidence(table: &Table<'_>, detect: &[Evidence]) {
    let sum: u32 = detect.iter().map(|sign| sign.weight).fold(0, u32::saturating_add);
    if sum < Evidence::ENOUGH {
        let what = format!("the weights of all `[[detect]]` add up to {sum}, so no archive is ever recognised");
        table.wrong(0, what, format!("give signs that add up to {} or more", Evidence::ENOUGH));
    }
}

fn request(mut table: Table<'_>) -> Request {
    let request = Request {
        place: table.needed("place", "where a person asks for the export").value,
        steps: table.texts("steps").into_iter().map(|step| step.value).collect(),
        wait: table.text("wait").map(|text| text.value),
    };
    table.finish();
    request
}

fn archive(mut table: Table<'_>) -> Option<ArchiveName> {
    let name = table.needed("name", "a regular expression over file names of archives");
    let regex = table.parse("name", &name, regex);
    for group in regex.iter().flat_map(Regex::capture_names).flatten() {
        if !GROUPS.contains(&group) {
            table.wrong(name.line, format!("unknown group `{group}`"), instead(group, &GROUPS));
        }
    }
    table.finish();
    regex.map(|regex| ArchiveName { regex })
}

fn folder_names(mut table: Table<'_>) -> Option<FolderNames> {
    let files = table.parsed("files", EntryPattern::parse);
    if files.is_empty() {
        let cure = "add `files = [\"…\"]`: entries that tell what folders are called";
        table.wrong(table.line, "folders: no right `files`", cure);
    }
    let name = table.needed("name", "a regular expression with the groups `id` and `folder`");
    let regex = table.parse("name", &name, regex);
    let groups: Vec<&str> = regex.iter().flat_map(Regex::capture_names).flatten().collect();
    if regex.is_some() && groups != ["id", "folder"] && groups != ["folder", "id"] {
        table.wrong(name.line, "folders: not the groups `id` and `folder`", "write `(?P<id>…)` and `(?P<folder>…)`");
    }
    table.finish();
    regex.map(|regex| FolderNames { files, regex })
}

fn evidence(mut table: Table<'_>) -> Evidence {
    let paths = table.parsed("paths", EntryPattern::parse);
    if paths.is_empty() {
        table.wrong(table.line, "detect: no right `paths`", "add `paths = [\"…\"]`: entries this sign looks at");
    }
    let head = table.text("head");
    let head = head.and_then(|head| table.parse("head", &head, regex));
    let weight = table.number("weight").map_or(0, |at| at.value);
    if weight == 0 {
        let cure = format!("add `weight = …`: {} are enough to be sure", Evidence::ENOUGH);
        table.wrong(table.line, "detect: no weight", cure);
    }
    let whole = table.boolean("whole").unwrap_or(false);
    let says = table.needed("says", "what was seen, for `tellall detect`").value;
    table.finish();
    Evidence { paths, head, weight, whole, says }
}

fn layout(mut table: Table<'_>) -> Layout {
    let layout = Layout {
        id: table.needed("id", "its short name").value,
        when: table.needed("when", "when it was seen, in words").value,
        paths: table.parsed("paths", EntryPattern::parse),
    };
    table.finish();
    layout
}

fn skip(mut table: Table<'_>) -> Skip {
    let skip = Skip {
        files: table.parsed("files", EntryPattern::parse),
        why: table.needed("why", "the sentence the person reads").value,
    };
    table.finish();
    skip
}

fn sections(tables: Vec<Table<'_>>, defaults: &Defaults) -> Vec<Section> {
    let read: Vec<_> = tables.into_iter().flat_map(|table| section::read(table, defaults)).collect();
    let ids: Vec<&str> = read.iter().map(|(section, _)| section.id.as_str()).collect();
    for (at, (section, place)) in read.iter().enumerate() {
        let before = read.iter().take(at).map(|(section, _)| section);
        place.is_new(section, before);
        place.named_exist(section, &ids);
        place.is_read(section, read.iter().map(|(section, _)| section));
    }
    let fields_of = |id: Option<&String>| id.map(|id| fields_of(id, &read)).unwrap_or_default();
    let elsewhere = |(section, _): &(Section, section::Place<'_>)| {
        (fields_of(section.rest.as_ref()), fields_of(section.audience.as_ref().map(|audience| &audience.section)))
    };
    let elsewhere: Vec<(RestFields, RestFields)> = read.iter().map(elsewhere).collect();
    let mut sections: Vec<Section> = Vec::new();
    for ((mut section, place), (rest_fields, named_fields)) in read.into_iter().zip(elsewhere) {
        section.rest_fields = rest_fields;
        if let Some(audience) = &mut section.audience {
            audience.fields = named_fields;
        }
        match sections.last_mut() {
            Some(whole) if place.is_part => whole.parts.push(section),
            _ => sections.push(section),
        }
    }
    sections
}

pub fn regex(text: &str) -> Result<Regex, String> {
    let told = |error: regex::Error| {
        let error = error.to_string();
        let reason = error.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
        format!("not a regular expression: {reason}")
    };
    Regex::new(text).map_err(told)
}

/// What a section says of the fields of values that come to it from the entries of another.
fn fields_of(id: &str, all: &[(Section, section::Place<'_>)]) -> RestFields {
    let found = all.iter().find(|(other, _)| other.id == id);
    found.map_or_else(RestFields::default, |(rest, _)| RestFields { fields: rest.fields.clone(), whose: rest.whose })
}
