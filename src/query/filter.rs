//! Filters: `name:value`. The table here is the list of them; parser, offers and mistakes read it.

use super::dates;
use crate::record::{Kind, Origin};
use crate::spelling::nearest;
use std::ops::Range;

/// A `name:value` filter. Several values mean any of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// Id or name of a company.
    Company(Vec<String>),
    /// Id or name of a section.
    Section(Vec<String>),
    Kind(Vec<Kind>),
    /// Path, last keys of a path, or label of a field.
    Field(Vec<String>),
    Category(Vec<String>),
    Origin(Vec<Origin>),
    /// Part of the name of who wrote or did it.
    From(Vec<String>),
    /// Part of the title of a thread.
    In(Vec<String>),
    /// Part of the title of a thread, or of the name of somebody who wrote in it.
    With(Vec<String>),
    /// Spans of wall-clock milliseconds.
    Time(Vec<Range<i64>>),
    /// Spans of milliseconds since midnight, by the wall clock.
    At(Vec<Range<i64>>),
    Has(Vec<Thing>),
    /// Holds a value of a special category (Art. 9 or 10 GDPR).
    Sensitive,
    Export(Vec<String>),
    /// An identifier, in any spelling, that is the account owner's own.
    Mine(Vec<String>),
    /// An identifier, in any spelling, that is somebody else's.
    Others(Vec<String>),
    /// An identifier, in any spelling, whosesoever it is.
    Id(Vec<String>),
}

/// What a record may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    Time,
    Place,
    Link,
    Media,
    Photo,
    Phone,
    Email,
}

/// One value of a filter, as it stands in the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    pub text: String,
    pub start: usize,
    pub end: usize,
    /// The end of a query that is still being typed: it may be half a word.
    pub unfinished: bool,
}

/// What is known of a filter.
#[derive(Debug)]
pub struct FilterName {
    pub name: &'static str,
    pub short: Option<&'static str>,
    /// What stands behind the colon, in words.
    pub takes: &'static str,
    read: fn(&[Value]) -> Read,
}

/// The filter; nothing yet, as its only value is unfinished; or the value that is wrong and what was expected.
type Read = Result<Option<Filter>, (usize, String)>;

/// All filters, in the order of the contract.
pub const FILTERS: [FilterName; 21] = [
    named("company", Some("co"), "a company", |values| Ok(Some(Filter::Company(texts(values))))),
    named("section", None, "a section", |values| Ok(Some(Filter::Section(texts(values))))),
    named("kind", None, "a kind of record", |values| words(values, &kinds(), Filter::Kind)),
    named("field", None, "a field's path or last key", |values| Ok(Some(Filter::Field(texts(values))))),
    named("category", Some("cat"), "a category of data", |values| Ok(Some(Filter::Category(texts(values))))),
    named("origin", Some("how"), "an origin", |values| words(values, &ORIGINS, Filter::Origin)),
    named("from", None, "the name of who wrote or did it", |values| Ok(Some(Filter::From(texts(values))))),
    named("in", None, "the name of a conversation", |values| Ok(Some(Filter::In(texts(values))))),
    named("with", None, "the name of somebody in the conversation", |values| Ok(Some(Filter::With(texts(values))))),
    named("before", None, DATE, |values| times(values, |span| i64::MIN..span.start)),
    named("after", None, DATE, |values| times(values, |span| span.end..i64::MAX)),
    named("on", None, DATE, |values| times(values, |span| span)),
    named("during", None, DATE, |values| times(values, |span| span)),
    named("at", None, HOURS, hours),
    named("has", None, "time, place, link, media, photo, phone or email", |values| words(values, &THINGS, Filter::Has)),
    named("is", None, "sensitive", |values| words(values, &[("sensitive", ())], |_| Filter::Sensitive)),
    named("export", None, "an export", |values| Ok(Some(Filter::Export(texts(values))))),
    named("archive", None, "an export", |values| Ok(Some(Filter::Export(texts(values))))),
    named("mine", None, "an identifier of yours", |values| Ok(Some(Filter::Mine(texts(values))))),
    named("others", None, "an identifier of somebody else", |values| Ok(Some(Filter::Others(texts(values))))),
    named("id", None, "an identifier, in any spelling", |values| Ok(Some(Filter::Id(texts(values))))),
];

const DATE: &str = "a year, month or day: 2019, 2019-05, 2019-05-03";

const HOURS: &str = "morning, afternoon, evening, night or an hour (18, 18:30)";

/// Parts of a day: hours from and to. The night goes over midnight.
const PARTS_OF_DAY: [(&str, &[(i64, i64)]); 4] =
    [("morning", &[(5, 12)]), ("afternoon", &[(12, 17)]), ("evening", &[(17, 22)]), ("night", &[(22, 24), (0, 5)])];

const MINUTE: i64 = 60_000;

const THINGS: [(&str, Thing); 7] = [
    ("time", Thing::Time),
    ("place", Thing::Place),
    ("link", Thing::Link),
    ("media", Thing::Media),
    ("photo", Thing::Photo),
    ("phone", Thing::Phone),
    ("email", Thing::Email),
];

const ORIGINS: [(&str, Origin); 12] = [
    ("provided", Origin::Provided),
    ("given", Origin::Provided),
    ("observed", Origin::Observed),
    ("inferred", Origin::Inferred),
    ("derived", Origin::Inferred),
    ("generated", Origin::Generated),
    ("made", Origin::Generated),
    ("third-party", Origin::ThirdParty),
    ("thirdparty", Origin::ThirdParty),
    ("others", Origin::ThirdParty),
    ("other", Origin::ThirdParty),
    ("collected", Origin::ThirdParty),
];

const fn named(
    name: &'static str,
    short: Option<&'static str>,
    takes: &'static str,
    read: fn(&[Value]) -> Read,
) -> FilterName {
    FilterName { name, short, takes, read }
}

impl FilterName {
    pub fn find(name: &str) -> Option<&'static Self> {
        static TABLE: &[FilterName] = &FILTERS;
        let is = |known: &str| known.eq_ignore_ascii_case(name);
        TABLE.iter().find(|filter| is(filter.name) || filter.short.is_some_and(is))
    }

    /// Reads the values behind the colon; there is at least one.
    pub fn read(&self, values: &[Value]) -> Read {
        (self.read)(values)
    }
}

/// What was expected instead of an unknown filter: the nearest known ones.
pub fn nearest_filter(name: &str) -> String {
    let names = FILTERS.iter().flat_map(|filter| [Some(filter.name), filter.short]).flatten();
    if let Some(known) = nearest(&name.to_ascii_lowercase(), names) {
        return format!("`{known}:` (in quotes it is text)");
    }
    let all: Vec<String> = FILTERS.iter().map(|filter| format!("{}:", filter.name)).collect();
    format!("one of {} (in quotes it is text)", all.join(" "))
}

fn kinds() -> [(&'static str, Kind); 15] {
    Kind::ALL.map(|kind| (kind.id(), kind))
}

fn texts(values: &[Value]) -> Vec<String> {
    values.iter().map(|value| value.text.clone()).collect()
}

/// Values out of a closed list. An unfinished one stands for all that begin like it.
fn words<T: Copy + PartialEq>(values: &[Value], known: &[(&str, T)], filter: fn(Vec<T>) -> Filter) -> Read {
    let mut chosen = Vec::new();
    for (index, value) in values.iter().enumerate() {
        let typed = value.text.to_ascii_lowercase();
        let exact: Vec<T> = known.iter().filter(|(word, _)| *word == typed).map(|known| known.1).collect();
        let begun = known.iter().filter(|(word, _)| value.unfinished && word.starts_with(&typed)).map(|known| known.1);
        let found = if exact.is_empty() { begun.collect() } else { exact };
        if found.is_empty() {
            return Err((index, expected_word(&typed, known.iter().map(|known| known.0))));
        }
        chosen.extend(found);
    }
    Ok(Some(filter(chosen)))
}

fn expected_word<'a>(typed: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    match nearest(typed, known.clone()) {
        Some(word) => format!("`{word}`"),
        None => format!("one of {}", known.collect::<Vec<_>>().join(" ")),
    }
}

fn times(values: &[Value], part: fn(Range<i64>) -> Range<i64>) -> Read {
    let mut spans = Vec::new();
    for (index, value) in values.iter().enumerate() {
        match dates::span(&value.text) {
            Some(span) => spans.push(part(span)),
            None if value.unfinished && is_begun_date(&value.text) => {}
            None => return Err((index, DATE.to_owned())),
        }
    }
    Ok((!spans.is_empty()).then_some(Filter::Time(spans)))
}

fn hours(values: &[Value]) -> Read {
    let mut spans = Vec::new();
    for (index, value) in values.iter().enumerate() {
        let typed = value.text.to_ascii_lowercase();
        let begun = |name: &str| *name == typed || (value.unfinished && name.starts_with(&typed));
        let parts = PARTS_OF_DAY.iter().filter(|(name, _)| begun(name)).flat_map(|(_, hours)| *hours);
        let named: Vec<Range<i64>> = parts.map(|(from, to)| from * 60 * MINUTE..to * 60 * MINUTE).collect();
        match clock(&typed) {
            Some(span) => spans.push(span),
            None if !named.is_empty() => spans.extend(named),
            None if value.unfinished && typed.ends_with(':') => {}
            None => return Err((index, HOURS.to_owned())),
        }
    }
    Ok((!spans.is_empty()).then_some(Filter::At(spans)))
}

/// `18` is an hour, `18:30` a minute.
fn clock(text: &str) -> Option<Range<i64>> {
    let number = |digits: &str, below: i64| {
        let all = matches!(digits.len(), 1..=2) && digits.bytes().all(|byte| byte.is_ascii_digit());
        all.then(|| digits.parse().ok()).flatten().filter(|number| *number < below)
    };
    let start = |hour: i64, minute: i64| (hour * 60 + minute) * MINUTE;
    match text.split_once(':') {
        None => number(text, 24).map(|hour| start(hour, 0)..start(hour + 1, 0)),
        Some((hour, minute)) => {
            let (hour, minute) = (number(hour, 24)?, number(minute, 60)?);
            Some(start(hour, minute)..start(hour, minute + 1))
        }
    }
}

fn is_begun_date(text: &str) -> bool {
    text.len() < 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_filter_is_offered() {
        assert_eq!(nearest_filter("compnay"), "`company:` (in quotes it is text)");
        assert_eq!(nearest_filter("Feild"), "`field:` (in quotes it is text)");
        assert_eq!(nearest_filter("sect"), "`section:` (in quotes it is text)");
        assert!(nearest_filter("zzzzzz").starts_with("one of company: section: kind:"));
    }

    #[test]
    fn every_name_and_short_name_is_found_once() {
        let mut names: Vec<&str> = FILTERS.iter().flat_map(|f| [Some(f.name), f.short]).flatten().collect();
        assert!(names.iter().all(|name| FilterName::find(name).is_some()));
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
