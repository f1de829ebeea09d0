//! How much of what is known of a company's files its sheet explains: each key path should get a category and an origin.

use tellall::sheets::{EntryPath, FieldPattern, FieldRule, Part, Section, Sheet};

#[derive(Debug, Default)]
pub struct Coverage {
    pub entries: usize,
    pub paths: usize,
    /// Paths with category and origin.
    pub explained: usize,
    /// Paths with a rule of their own, beyond what holds for the whole section.
    pub by_rule: usize,
    /// Entries without a section.
    pub unnamed: Vec<String>,
    /// Paths without category or origin, behind their entry.
    pub unexplained: Vec<String>,
}

/// Measures a sheet by a schema: lines of an entry, a tab, and its key paths with blanks between; tabs, where keys hold blanks.
pub fn measure(sheet: &Sheet, schema: &str) -> Coverage {
    let mut coverage = Coverage::default();
    let lines = schema.lines().filter(|line| !line.starts_with('#'));
    for (entry, paths) in lines.filter_map(|line| line.split_once('\t')) {
        let between = if paths.contains('\t') { '\t' } else { ' ' };
        let head = head(paths.split(between));
        let section = sheet.section_of(&EntryPath::new(entry), head.as_bytes()).map(|at| &sheet.sections[at]);
        coverage.entries += 1;
        if section.is_none() {
            coverage.unnamed.push(entry.to_owned());
        }
        for path in paths.split(between).filter(|path| !path.is_empty()) {
            coverage.add(sheet, section, entry, path);
        }
    }
    coverage
}

impl Coverage {
    fn add(&mut self, sheet: &Sheet, section: Option<&Section>, entry: &str, path: &str) {
        self.paths += 1;
        let Some(section) = section else { return };
        let parts = parts(path);
        let (section, depth) = section_at(sheet, section, &parts);
        let rule = rule(sheet, section, &parts, depth);
        self.by_rule += usize::from(rule.is_some_and(|rule| rule.category.is_some()));
        if is_explained(section, rule) {
            self.explained += 1;
        } else {
            self.unexplained.push(format!("{entry} {path}"));
        }
    }

    pub fn summary(&self) -> String {
        let Self { entries, paths, explained, by_rule, unnamed, .. } = self;
        let named = entries - unnamed.len();
        format!(
            "entries named: {named} of {entries}; key paths explained: {explained} of {paths}; by a rule of their own: {by_rule}"
        )
    }
}

/// How an entry with these paths may begin: its top-level keys.
fn head<'p>(paths: impl Iterator<Item = &'p str>) -> String {
    let keys: Vec<&str> =
        paths.map(|path| path.trim_start_matches("[].").split(['.', '[']).next().unwrap_or(path)).collect();
    let members: Vec<String> = keys.iter().filter(|key| !key.is_empty()).map(|key| format!("\"{key}\": 1")).collect();
    format!("{{{}}}", members.join(", "))
}

fn is_explained(section: &Section, rule: Option<&FieldRule>) -> bool {
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

fn parts(path: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    for key in path.split('.') {
        let name = key.trim_end_matches("[]");
        if !name.is_empty() {
            parts.push(Part::Key(name));
        }
        parts.extend(std::iter::repeat_n(Part::Item, (key.len() - name.len()) / 2));
    }
    parts
}

#[test]
fn a_sheet_that_knows_nothing_covers_nothing() {
    let empty = "id = 'x'\nname = 'X'\ncontroller = 'X'\n[[detect]]\npaths = ['x']\nweight = 10\nsays = 'x'\n";
    let coverage = measure(&Sheet::parse(empty).expect("the sheet is right"), "a.json\tb c[].d\n");
    assert_eq!((coverage.unnamed.len(), coverage.paths, coverage.explained), (1, 2, 0));
}

#[test]
fn rules_count_from_the_record_a_path_lies_in() {
    let sheet = "id = 'x'\nname = 'X'\ncontroller = 'X'\n[[detect]]\npaths = ['x']\nweight = 10\nsays = 'x'\n\
        [[section]]\nid = 'a'\nname = 'A'\nfiles = ['a']\nrecords = ['b[]']\ncategory = 'usage'\n[section.fields]\n'c' = { category = 'ip', origin = 'observed' }\n";
    let coverage = measure(&Sheet::parse(sheet).expect("the sheet is right"), "a.json\tb[].c\tb[].d e\t\n");
    assert_eq!((coverage.by_rule, coverage.explained), (1, 1));
    assert_eq!(coverage.unexplained, ["a.json b[].d e"]);
}
