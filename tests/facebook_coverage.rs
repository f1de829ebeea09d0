//! How much of what is known of Facebook's files its sheet explains: each key path should get a category and an origin.

use tellall::sheets::{EntryPath, FieldPattern, FieldRule, Part, Section, Sheet, Sheets};

const SCHEMA: &str = include_str!("facebook_schema.txt");

#[derive(Debug, Default)]
struct Coverage {
    entries: usize,
    named_entries: usize,
    paths: usize,
    /// Paths with category and origin.
    explained: usize,
    /// Paths with a rule of their own, beyond what holds for the whole section.
    by_rule: usize,
    unnamed: Vec<String>,
}

fn measure(sheet: &Sheet) -> Coverage {
    let mut coverage = Coverage::default();
    let lines = SCHEMA.lines().filter(|line| !line.starts_with('#'));
    for (entry, paths) in lines.filter_map(|line| line.split_once('\t')) {
        let section = sheet.section_of(&EntryPath::new(entry), b"").map(|at| &sheet.sections[at]);
        coverage.entries += 1;
        coverage.named_entries += usize::from(section.is_some());
        if section.is_none() {
            coverage.unnamed.push(entry.to_owned());
        }
        for path in paths.split(' ').filter(|path| !path.is_empty()) {
            coverage.paths += 1;
            let rule = section.and_then(|section| rule(sheet, section, path));
            coverage.by_rule += usize::from(rule.is_some_and(|rule| rule.category.is_some()));
            coverage.explained += usize::from(section.is_some_and(|section| is_explained(section, rule)));
        }
    }
    coverage
}

fn is_explained(section: &Section, rule: Option<&FieldRule>) -> bool {
    let category = rule.and_then(|rule| rule.category.as_ref()).or(section.category.as_ref());
    let origin = rule.and_then(|rule| rule.origin).or(section.origin);
    category.is_some() && origin.is_some()
}

/// The unconditional rule for a path: counted from the innermost record it lies in.
fn rule<'s>(sheet: &'s Sheet, section: &'s Section, path: &str) -> Option<&'s FieldRule> {
    let parts = parts(path);
    let is_record = |depth: &usize| section.records.iter().any(|record| record.matches(&parts[..*depth]));
    let depth = (0..=parts.len()).rev().find(is_record).unwrap_or_else(|| structural(&parts, section));
    let hits = |pattern: &FieldPattern| pattern.matches(if pattern.from_root { &parts } else { &parts[depth..] });
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
#[allow(clippy::print_stdout)] // The number is what one runs this for.
fn nine_in_ten_key_paths_of_facebook_have_category_and_origin() {
    let sheets = Sheets::builtin();
    let coverage = measure(sheets.get("facebook").expect("Facebook is compiled in"));
    println!(
        "entries named: {} of {}; key paths explained: {} of {}; by a rule of their own: {}",
        coverage.named_entries, coverage.entries, coverage.explained, coverage.paths, coverage.by_rule
    );
    assert!(coverage.paths > 1000, "the schema was read");
    assert!(
        coverage.explained * 10 >= coverage.paths * 9,
        "explained: {} of {} key paths; no section for {:#?}",
        coverage.explained,
        coverage.paths,
        coverage.unnamed
    );
}

#[test]
fn every_known_file_of_facebook_has_a_section() {
    let sheets = Sheets::builtin();
    let coverage = measure(sheets.get("facebook").expect("Facebook is compiled in"));
    assert_eq!(coverage.unnamed, Vec::<String>::new());
}

#[test]
fn a_sheet_that_knows_nothing_covers_nothing() {
    let empty = "id = 'x'\nname = 'X'\ncontroller = 'X'\n[[detect]]\npaths = ['x']\nweight = 10\nsays = 'x'\n";
    let coverage = measure(&Sheet::parse(empty).expect("the sheet is right"));
    assert_eq!((coverage.named_entries, coverage.explained), (0, 0));
}
