//! How much of what is known of a company's files its sheet explains: each key path should get a category and an origin.
//!
//! `src/schemas/ID.txt` lists what is known of them: an entry on a line of its own, below it its key paths, each behind a tab. Paths are
//! written as in sheets; `{}` stands for a key that is data.

use super::{EntryPath, FieldPattern, FieldRule, Part, Section, Sheet};
use crate::classify::{self, Evidence, Label};
use serde_json::{Map, Value};

/// The lists compiled in, by company id: every file of `src/schemas`. Not every company has one.
pub const SCHEMAS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/schemas.rs"));

/// A key path of the list, and what the sheet and the vocabulary say of it before any value is seen.
#[derive(Debug)]
pub struct KnownField<'a> {
    pub entry: &'a str,
    pub path: &'a str,
    /// The section it falls to; none: no section reads the entry.
    pub section: Option<&'a Section>,
    pub label: Label,
    /// The sheet itself tells category and origin.
    pub is_told: bool,
}

#[derive(Debug, Default)]
pub struct Coverage {
    pub entries: usize,
    pub paths: usize,
    /// Paths with category and origin.
    pub explained: usize,
    /// Entries without a section.
    pub unnamed: Vec<String>,
    /// Paths without category or origin, behind their entry.
    pub unexplained: Vec<String>,
}

impl Coverage {
    /// Explained paths in a hundred, rounded down: 100 is all.
    pub fn percent(&self) -> usize {
        self.explained * 100 / self.paths.max(1)
    }

    fn add(&mut self, field: &KnownField<'_>) {
        self.paths += 1;
        if field.is_told {
            self.explained += 1;
        } else {
            self.unexplained.push(format!("{} {}", field.entry, field.path));
        }
    }
}

impl Sheet {
    /// Measures the sheet by the list of its company's key paths; `None` if there is none.
    pub fn coverage(&self) -> Option<Coverage> {
        SCHEMAS.iter().find(|(id, _)| *id == self.id).map(|(_, schema)| self.coverage_of(schema))
    }

    /// Measures the sheet by a list of key paths.
    pub fn coverage_of(&self, schema: &str) -> Coverage {
        let mut coverage = Coverage::default();
        for (entry, paths) in entries(schema) {
            let section = self.section_at(entry, &paths);
            coverage.entries += 1;
            if section.is_none() {
                coverage.unnamed.push(entry.to_owned());
            }
            for path in paths {
                coverage.add(&self.known_field(section, entry, path));
            }
        }
        coverage
    }

    /// Every key path of a list, in its order, with its label.
    pub fn known_fields<'a>(&'a self, schema: &'a str) -> Vec<KnownField<'a>> {
        let of_entry = |(entry, paths): (&'a str, Vec<&'a str>)| {
            let section = self.section_at(entry, &paths);
            paths.into_iter().map(move |path| self.known_field(section, entry, path))
        };
        entries(schema).into_iter().flat_map(of_entry).collect()
    }

    /// The section that takes an entry with these paths.
    fn section_at(&self, entry: &str, paths: &[&str]) -> Option<&Section> {
        let at = self.section_of(&EntryPath::new(entry), head(entry, paths).as_bytes())?;
        self.sections.get(at)
    }

    fn known_field<'a>(&'a self, section: Option<&'a Section>, entry: &'a str, path: &'a str) -> KnownField<'a> {
        let parts = parts(path);
        let (section, depth) = section.map(|section| record_at(self, section, &parts)).unzip();
        let depth = depth.unwrap_or_default();
        let rule = section.and_then(|section| rule(self, section, &parts, depth));
        let hits = |pattern: &FieldPattern| pattern.matches(if pattern.from_root { &parts } else { &parts[depth..] });
        let section_category = section.and_then(|section| section.category.as_deref());
        let section_origin = section.and_then(|section| section.origin);
        let label = classify::label(&Evidence {
            entry,
            path: &path.replace('"', ""),
            label: rule.and_then(|rule| rule.label.as_deref()),
            samples: &[],
            rule,
            section_category,
            section_origin,
            is_text: section.is_some_and(|section| section.text.iter().any(hits)),
        });
        let category = rule.and_then(|rule| rule.category.as_deref()).or(section_category);
        let origin = rule.and_then(|rule| rule.origin).or(section_origin);
        KnownField { entry, path, section, label, is_told: category.is_some() && origin.is_some() }
    }
}

/// The entries of a list, each with its paths.
fn entries(schema: &str) -> Vec<(&str, Vec<&str>)> {
    let mut lines = schema.lines().filter(|line| !line.starts_with('#')).peekable();
    let mut entries = Vec::new();
    while let Some(entry) = lines.next() {
        let paths = std::iter::from_fn(|| lines.next_if(|line| line.starts_with('\t')).map(str::trim_start));
        entries.push((entry, paths.collect()));
    }
    entries
}

/// How an entry with these paths may begin: a header line, a title, or JSON that holds each once.
fn head(entry: &str, paths: &[&str]) -> String {
    let (name, kind) = entry.rsplit('/').next().and_then(|name| name.rsplit_once('.')).unwrap_or((entry, ""));
    match kind.to_lowercase().as_str() {
        "csv" => return paths.join(","),
        "html" => return format!("<title>{name}</title>"),
        _ => {}
    }
    let mut root = Value::Null;
    for path in paths {
        place(&mut root, &parts(path));
    }
    root.to_string().replace(":null", ":1")
}

/// Makes a place in `value`; where a path contradicts one before it, the first stays.
fn place(value: &mut Value, path: &[Part<'_>]) {
    let Some((part, below)) = path.split_first() else { return };
    match (part, &mut *value) {
        (Part::Item, Value::Null) => *value = Value::Array(vec![Value::Null]),
        (Part::Key(_), Value::Null) => *value = Value::Object(Map::new()),
        _ => {}
    }
    match (part, value) {
        (Part::Item, Value::Array(items)) => items.iter_mut().for_each(|item| place(item, below)),
        (Part::Key(key), Value::Object(members)) => place(members.entry(*key).or_insert(Value::Null), below),
        _ => {}
    }
}

/// The section or part whose record a path lies in, and where in the path that record begins; what lies in none is of the rest.
fn record_at<'s>(sheet: &'s Sheet, section: &'s Section, parts: &[Part<'_>]) -> (&'s Section, usize) {
    let begins = |section: &Section, depth: usize| section.records.iter().any(|record| record.matches(&parts[..depth]));
    for depth in (0..=parts.len()).rev() {
        let of_part = section.parts.iter().find(|part| begins(part, depth));
        if let Some(found) = of_part.or(Some(section).filter(|section| begins(section, depth))) {
            return (found, depth);
        }
    }
    let tells_records = !section.records.is_empty() || section.parts.iter().any(|part| !part.records.is_empty());
    let rest = section.rest.as_deref().filter(|_| tells_records).and_then(|rest| sheet.section(rest));
    (rest.unwrap_or(section), structural(parts, section))
}

/// The unconditional rule for a path: counted from the innermost record it lies in.
fn rule<'s>(sheet: &'s Sheet, section: &'s Section, parts: &[Part<'_>], depth: usize) -> Option<&'s FieldRule> {
    let hits = |pattern: &FieldPattern| pattern.matches(if pattern.from_root { parts } else { &parts[depth..] });
    let rules = section.fields.iter().chain(&sheet.fields);
    rules.filter(|(_, rule)| rule.value.is_none()).find(|(pattern, _)| hits(pattern)).map(|(_, rule)| rule)
}

/// Where decoders find records if a sheet tells none: the elements of the first list of objects.
fn structural(parts: &[Part<'_>], section: &Section) -> usize {
    if !section.records.is_empty() || parts.first() == Some(&Part::Key("label_values")) {
        return 0;
    }
    let of_objects = |pair: &[Part<'_>]| pair[0] == Part::Item;
    parts.windows(2).position(of_objects).map_or(0, |at| at + 1)
}

/// The steps of a path written `a.b[]."c.d"`.
fn parts(path: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        if let Some(tail) = rest.strip_prefix("[]") {
            parts.push(Part::Item);
            rest = tail;
        } else if let Some(tail) = rest.strip_prefix('.') {
            rest = tail;
        } else if let Some((key, tail)) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
            parts.push(Part::Key(key));
            rest = tail;
        } else {
            let (key, tail) = rest.split_at(end_of_key(rest));
            parts.push(Part::Key(key));
            rest = tail;
        }
    }
    parts
}

fn end_of_key(rest: &str) -> usize {
    let ends = [rest.find('.'), rest.find("[]")];
    ends.into_iter().flatten().min().unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: &str = "id = 'x'\nname = 'X'\ncontroller = 'X'\n[[detect]]\npaths = ['x']\nweight = 10\nsays = 'x'\n";

    fn measure(sections: &str, schema: &str) -> Coverage {
        Sheet::parse(&format!("{SHEET}{sections}")).expect("the sheet is right").coverage_of(schema)
    }

    #[test]
    fn a_sheet_that_knows_nothing_covers_nothing() {
        let coverage = measure("", "# a remark\na.json\n\tb\n\tc[].d\n");
        assert_eq!(coverage.unnamed, ["a.json"]);
        assert_eq!((coverage.entries, coverage.paths, coverage.explained, coverage.percent()), (1, 2, 0, 0));
    }

    #[test]
    fn rules_count_from_the_record_a_path_lies_in() {
        let section = "[[section]]\nid = 'a'\nname = 'A'\nfiles = ['a']\nrecords = ['b[]']\ncategory = 'usage'\n\
            [section.fields]\n'c' = { category = 'ip', origin = 'observed' }\n";
        let coverage = measure(section, "a.json\n\tb[].c\n\tb[].d e\n");
        assert_eq!(coverage.unexplained, ["a.json b[].d e"], "it has no origin");
        assert_eq!((coverage.explained, coverage.percent()), (1, 50));
    }

    #[test]
    fn a_key_in_quotes_may_hold_dots_and_brackets() {
        assert_eq!(parts("a.\"b.c\"[].d e"), [Part::Key("a"), Part::Key("b.c"), Part::Item, Part::Key("d e")]);
        assert_eq!(parts("[][]"), [Part::Item, Part::Item]);
    }

    /// Few keys are known of some companies; what is known is explained, and no list is for a company that is not there.
    #[test]
    fn nine_in_ten_key_paths_known_of_each_company_have_category_and_origin() {
        let sheets = crate::sheets::Sheets::builtin();
        for (company, _) in SCHEMAS {
            let sheet = sheets.get(company).unwrap_or_else(|| panic!("{company}: a list without a sheet"));
            let coverage = sheet.coverage().expect("the list is there");
            assert!(coverage.paths > 0, "{company}: the list was read");
            let missing = (&coverage.unnamed, &coverage.unexplained);
            assert!(coverage.percent() >= 90, "{company}: {} of 100: {missing:#?}", coverage.percent());
            assert_eq!(coverage.unnamed, Vec::<String>::new(), "{company}: entries without a section");
        }
    }
}
