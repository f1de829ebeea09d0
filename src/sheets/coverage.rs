//! How much of what is known of a company's files its sheet explains: each key path should get a category and an origin.
//!
//! `src/schemas/ID.txt` lists what is known of them: an entry on a line of its own, below it its key paths, each behind a tab. Paths are
//! written as in sheets; `{}` stands for a key that is data.

use super::{EntryPath, FieldPattern, FieldRule, Part, Section, Sheet};
use serde_json::{Map, Value};

/// The lists compiled in, by company id: every file of `src/schemas`. Not every company has one.
pub const SCHEMAS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/schemas.rs"));

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

    fn add(&mut self, sheet: &Sheet, section: Option<&Section>, entry: &str, path: &str) {
        self.paths += 1;
        if section.is_some_and(|section| is_explained(sheet, section, &parts(path))) {
            self.explained += 1;
        } else {
            self.unexplained.push(format!("{entry} {path}"));
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
        let mut lines = schema.lines().filter(|line| !line.starts_with('#')).peekable();
        while let Some(entry) = lines.next() {
            let mut paths = Vec::new();
            while let Some(path) = lines.next_if(|line| line.starts_with('\t')) {
                paths.push(path.trim_start());
            }
            let section = self.section_of(&EntryPath::new(entry), head(entry, &paths).as_bytes());
            let section = section.and_then(|at| self.sections.get(at));
            coverage.entries += 1;
            if section.is_none() {
                coverage.unnamed.push(entry.to_owned());
            }
            for path in paths {
                coverage.add(self, section, entry, path);
            }
        }
        coverage
    }
}

/// How an entry with these paths may begin: a header line, or JSON that holds each once.
fn head(entry: &str, paths: &[&str]) -> String {
    if entry.to_lowercase().ends_with(".csv") {
        return paths.join(",");
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

fn is_explained(sheet: &Sheet, section: &Section, parts: &[Part<'_>]) -> bool {
    let (section, depth) = section_at(sheet, section, parts);
    let rule = rule(sheet, section, parts, depth);
    let category = rule.and_then(|rule| rule.category.as_ref()).or(section.category.as_ref());
    let origin = rule.and_then(|rule| rule.origin).or(section.origin);
    category.is_some() && origin.is_some()
}

/// The section or part whose record a path lies in, and where in the path that record begins; what lies in none is of the rest.
fn section_at<'s>(sheet: &'s Sheet, section: &'s Section, parts: &[Part<'_>]) -> (&'s Section, usize) {
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

/// Where decoders find records if a sheet tells none: the elements of the first list.
fn structural(parts: &[Part<'_>], section: &Section) -> usize {
    if !section.records.is_empty() || parts.first() == Some(&Part::Key("label_values")) {
        return 0;
    }
    parts.iter().position(|part| *part == Part::Item).map_or(0, |at| at + 1)
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
