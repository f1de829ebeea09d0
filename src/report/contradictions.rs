//! Where companies, or fields of one, disagree about the owner: birth date and age, gender, name, home, language. Shown side by side
//! with their records; which of them is right is for the person to say.

use super::Values;
use super::mask::{example, mask};
use super::values::first_with;
use crate::index::fold::folded;
use crate::index::{FieldMeta, SectionMeta, Segment, Store};
use crate::record::{IdKind, Kind, Origin, ValueType};
use crate::sheets::{Sheets, Whose};
use serde::Serialize;
use std::collections::BTreeSet;

/// `contradictions --json`: one matter on which exports disagree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contradiction {
    /// `birth date`, `age`, `gender`, `name`, `home`, `language`
    pub about: String,
    pub sides: Vec<Side>,
}

/// What one field says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Side {
    pub company: String,
    pub export: String,
    pub section: String,
    pub field: String,
    pub value: String,
    pub origin: Origin,
    pub entry: String,
    /// Accepted by `tellall record EXPORT LOCATOR`.
    pub locator: String,
}

/// Fields with more values than this are lists, not statements about one person.
const MOST_VALUES: u64 = 4;

/// What is compared, the categories it is told in, and how values are understood.
type Matter = (&'static str, &'static [&'static str], fn(&str, &Statement<'_>) -> Option<Meant>);

const MATTERS: [Matter; 5] = [
    ("birth date", &["birth_date", "age"], |value, statement| born(value, statement)),
    ("gender", &["gender"], |value, _| gender(value)),
    ("name", &["name"], |value, _| full_name(value)),
    ("home", &["home"], |value, _| Some(Meant::Words(words(value)))),
    ("language", &["language"], |value, _| language(value)),
];

/// What a value says, comparable with others.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Meant {
    /// Born on a day between these, as days since 1970.
    Born(i64, i64),
    Words(BTreeSet<String>),
}

impl Meant {
    /// Whether both can be true of one person.
    fn agrees(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Born(from, to), Self::Born(first, last)) => from <= last && first <= to,
            (Self::Words(one), Self::Words(two)) => one.is_subset(two) || two.is_subset(one),
            _ => true,
        }
    }
}

/// A field that speaks of the owner.
struct Statement<'a> {
    segment: &'a Segment,
    section: &'a SectionMeta,
    field: &'a FieldMeta,
    number: u32,
}

/// Everything on which exports disagree, in a fixed order.
pub fn contradictions(store: &Store, sheets: &Sheets, values: Values) -> Vec<Contradiction> {
    let statements: Vec<Statement<'_>> =
        store.segments.iter().flat_map(|segment| statements(segment, sheets)).collect();
    MATTERS.iter().filter_map(|matter| disagreement(matter, &statements, values)).collect()
}

fn statements<'a>(segment: &'a Segment, sheets: &Sheets) -> Vec<Statement<'a>> {
    let sheet = sheets.get(&segment.manifest.company);
    let speaks = |section: &SectionMeta| {
        let whose = sheet.and_then(|sheet| sheet.section(&section.id)).map(|section| section.whose);
        section.kind == Kind::Profile && whose.is_none_or(|whose| whose != Whose::Others)
    };
    let field = |(number, field): (usize, &'a FieldMeta)| {
        let section = segment.catalog.sections.get(usize::from(field.section)).filter(|section| speaks(section))?;
        // Titles of pages and times beside a statement are none.
        let last = field.path.rsplit('.').next().unwrap_or_default();
        let is_statement = field.kind != ValueType::Time && !matches!(last, "title" | "heading" | "timestamp");
        let states = field.records > 0 && field.distinct <= MOST_VALUES && is_statement;
        states.then_some(Statement { segment, section, field, number: number as u32 })
    };
    segment.catalog.fields.iter().enumerate().filter_map(field).collect()
}

/// The sides of a matter, if two of them cannot both be true.
fn disagreement((about, categories, read): &Matter, all: &[Statement<'_>], values: Values) -> Option<Contradiction> {
    let mut told: Vec<(Meant, &Statement<'_>, &str)> = Vec::new();
    for statement in all {
        let category = statement.field.category.as_deref();
        if category.is_some_and(|category| categories.contains(&category)) {
            let said = statement.field.examples.iter();
            told.extend(said.filter_map(|value| Some((read(value, statement)?, statement, value.as_str()))));
        }
    }
    // A field of several values (two languages) contradicts another only if none of them agrees.
    let alike = |one: &(Meant, &Statement<'_>, &str), other: &(Meant, &Statement<'_>, &str)| {
        let mut sayings = told.iter().filter(|(_, statement, _)| std::ptr::eq(*statement, other.1));
        sayings.any(|(meant, ..)| meant.agrees(&one.0))
    };
    let disputed =
        |one: &&(Meant, &Statement<'_>, &str)| told.iter().any(|other| !alike(one, other) && !alike(other, one));
    let mut sides: Vec<Side> =
        told.iter().filter(disputed).filter_map(|(_, statement, value)| side(statement, value, values)).collect();
    sides.sort();
    sides.dedup();
    (sides.len() > 1).then(|| Contradiction { about: (*about).to_owned(), sides })
}

fn side(statement: &Statement<'_>, value: &str, values: Values) -> Option<Side> {
    let Statement { segment, section, field, number } = statement;
    let (entry, place) = first_with(segment, *number, value)?;
    Some(Side {
        company: segment.manifest.company.clone(),
        export: segment.manifest.id.clone(),
        section: section.id.clone(),
        field: field.path.clone(),
        value: match values {
            Values::Shown => value.to_owned(),
            Values::Masked if field.category.as_deref() == Some("name") => mask(IdKind::Name, value),
            Values::Masked => example(field, value),
        },
        origin: field.origin,
        locator: format!("{entry}#{place}"),
        entry,
    })
}

/// Days between which somebody is born, by a birth date, a birth year, an age or a range of ages at the time of the export.
fn born(value: &str, statement: &Statement<'_>) -> Option<Meant> {
    let value = value.trim();
    if statement.field.category.as_deref() == Some("birth_date") {
        return birth_date(value);
    }
    let numbers: Vec<i16> =
        value.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect();
    let (youngest, oldest) = match numbers.as_slice() {
        [age] if value.contains('+') || value.contains('>') => (*age, 120),
        [age] => (*age, *age),
        [from, to] if from <= to => (*from, *to),
        _ => return None,
    };
    if !(5..=120).contains(&youngest) {
        return None;
    }
    let day: jiff::civil::Date = statement.segment.manifest.as_of.as_ref()?.parse().ok()?;
    let year =
        |years: i16| jiff::civil::date(1970, 1, 1).until(day.saturating_sub(jiff::Span::new().years(years))).ok();
    // The age may be of any day of the years before: a year of grace, and ages told long ago are not compared with precision.
    Some(Meant::Born(i64::from(year(oldest + 1)?.get_days()), i64::from(year((youngest - 1).max(0))?.get_days())))
}

fn birth_date(value: &str) -> Option<Meant> {
    let epoch = jiff::civil::date(1970, 1, 1);
    let days = |date: jiff::civil::Date| epoch.until(date).ok().map(|span| i64::from(span.get_days()));
    if let Some(date) = value.get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok()) {
        return Some(Meant::Born(days(date)?, days(date)?));
    }
    let year: i16 = value.parse().ok().filter(|year| (1900..2100).contains(year))?;
    Some(Meant::Born(days(jiff::civil::date(year, 1, 1))?, days(jiff::civil::date(year, 12, 31))?))
}

fn gender(value: &str) -> Option<Meant> {
    const WORDS: [(&str, &[&str]); 2] = [
        (
            "female",
            &[
                "female", "f", "woman", "w", "weiblich", "frau", "femme", "féminin", "mujer", "femenino", "donna",
                "femmina", "vrouw", "mulher", "feminino", "she", "she/her",
            ],
        ),
        (
            "male",
            &[
                "male",
                "m",
                "man",
                "männlich",
                "mann",
                "homme",
                "masculin",
                "hombre",
                "masculino",
                "uomo",
                "maschio",
                "homem",
                "he",
                "he/him",
            ],
        ),
    ];
    let plain = value.trim().to_lowercase();
    let known = WORDS.iter().find(|(_, words)| words.contains(&plain.as_str())).map(|(gender, _)| *gender);
    let unknown = ["unknown", "unspecified", "not_set", "none", "n/a", "undefined"].contains(&plain.as_str());
    let is_word = !plain.is_empty() && plain.chars().all(|c| c.is_alphabetic() || " -/_".contains(c));
    let said = known.or((is_word && !unknown).then_some(plain.as_str()))?;
    Some(Meant::Words(BTreeSet::from([said.to_owned()])))
}

/// A first name alone does not contradict a full name.
fn full_name(value: &str) -> Option<Meant> {
    let words = words(value);
    (words.len() >= 2 && !value.contains(['@', '/'])).then_some(Meant::Words(words))
}

/// The language without its country: `en_GB` is English.
fn language(value: &str) -> Option<Meant> {
    const NAMES: [(&str, &str); 12] = [
        ("english", "en"),
        ("german", "de"),
        ("deutsch", "de"),
        ("french", "fr"),
        ("français", "fr"),
        ("spanish", "es"),
        ("español", "es"),
        ("italian", "it"),
        ("italiano", "it"),
        ("portuguese", "pt"),
        ("dutch", "nl"),
        ("polish", "pl"),
    ];
    let plain = value.trim().to_lowercase();
    let first = plain.split(['-', '_', ' ', '(']).next()?;
    let code = NAMES.iter().find(|(name, _)| *name == first).map_or(first, |(_, code)| code);
    let is_code = (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase());
    is_code.then(|| Meant::Words(BTreeSet::from([code.to_owned()])))
}

fn words(value: &str) -> BTreeSet<String> {
    folded(value).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agree(read: fn(&str) -> Option<Meant>, one: &str, other: &str) -> bool {
        let (one, other) = (read(one).expect("it says something"), read(other).expect("it says something"));
        one.agrees(&other)
    }

    #[test]
    fn a_year_agrees_with_its_days_and_no_other() {
        assert!(agree(birth_date, "1987-04-12", "1987"));
        assert!(agree(birth_date, "1987-04-12", "1987-04-12T00:00:00Z"));
        assert!(!agree(birth_date, "1987-04-12", "1987-12-04"));
        assert!(!agree(birth_date, "1987-04-12", "1988"));
    }

    #[test]
    fn words_for_a_gender_agree_in_any_language() {
        assert!(agree(gender, "female", "Weiblich"));
        assert!(agree(gender, "F", "woman"));
        assert!(!agree(gender, "female", "male"));
        assert_eq!(gender("unknown"), None);
        assert_eq!(gender("0"), None);
    }

    #[test]
    fn part_of_a_name_does_not_contradict_the_whole() {
        assert!(agree(full_name, "Rosa Quill", "Rosa M. Quill"));
        assert!(!agree(full_name, "Rosa Quill", "Rosa Feather"));
        assert_eq!(full_name("Rosa"), None);
    }

    #[test]
    fn a_language_is_known_with_and_without_country() {
        assert!(agree(language, "en_GB", "English"));
        assert!(!agree(language, "en-US", "es"));
        assert_eq!(language("Europe/London"), None);
    }
}
