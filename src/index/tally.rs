//! What a worker counts while rows pass: records and spans by shape, values by field, months by section.

use super::catalog::Stamp;
use super::distinct::Distinct;
use super::hash;
use crate::record::{Time, ValueType};
use std::collections::BTreeMap;

/// Samples of a field that are kept for the labeller.
const MOST_SAMPLES: usize = 200;
const SAMPLE_BYTES: usize = 256;
/// Bytes of samples of one field, so that a thousand fields of long texts stay small.
const FIELD_BYTES: usize = 16 << 10;

const EXAMPLES: usize = 5;
const EXAMPLE_BYTES: usize = 200;

/// Oldest and newest of some times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    first: Stamp,
    last: Stamp,
}

impl Default for Span {
    fn default() -> Self {
        Self { first: Stamp(i64::MAX, i16::MAX), last: Stamp(i64::MIN, i16::MIN) }
    }
}

impl Span {
    pub fn add(&mut self, time: Time) {
        let stamp = Stamp::from(time);
        self.first = self.first.min(stamp);
        self.last = self.last.max(stamp);
    }

    pub fn merge(&mut self, other: &Self) {
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
    }

    pub fn first(&self) -> Option<Stamp> {
        (self.first <= self.last).then_some(self.first)
    }

    pub fn last(&self) -> Option<Stamp> {
        (self.first <= self.last).then_some(self.last)
    }
}

/// How many, and from when to when.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Extent {
    pub records: u64,
    pub span: Span,
}

impl Extent {
    pub fn add(&mut self, time: Option<Time>) {
        self.records += 1;
        if let Some(time) = time {
            self.span.add(time);
        }
    }

    pub fn merge(&mut self, other: &Self) {
        self.records += other.records;
        self.span.merge(&other.span);
    }
}

/// A value as it was first seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    hash: u64,
    entry: u32,
    pub text: Box<str>,
}

/// The values of one field.
#[derive(Debug, Clone)]
pub struct FieldTally {
    /// Stands for the path in the keys of records.
    path: u64,
    /// It is what a person reads of a record.
    pub is_text: bool,
    last: u64,
    votes: [u64; 4],
    distinct: Distinct,
    samples: Vec<Sample>,
    bytes: usize,
    /// The first entry it was seen in.
    pub entry: u32,
}

impl FieldTally {
    pub fn of(path: &str, is_text: bool) -> Self {
        Self {
            // Odd, so that multiplying by it loses nothing.
            path: hash::of(without_versions(path).as_bytes()) | 1,
            is_text,
            last: 0,
            votes: [0; 4],
            distinct: Distinct::default(),
            samples: Vec::new(),
            bytes: 0,
            entry: u32::MAX,
        }
    }

    /// Counts one value, and gives what it adds to the key of its record.
    pub fn add(&mut self, value: &str, kind: ValueType, entry: u32) -> u64 {
        let hash = hash::of(value.as_bytes());
        self.votes[vote(kind)] += 1;
        // The value of the row before (a sender, a flag) is known not to be new.
        if hash != self.last || self.entry == u32::MAX {
            self.last = hash;
            self.entry = self.entry.min(entry);
            if self.distinct.add(hash) && self.samples.len() < MOST_SAMPLES {
                self.sample(Sample { hash, entry, text: cut(value, SAMPLE_BYTES).into() });
            }
        }
        hash::mix(hash, self.path)
    }

    fn sample(&mut self, sample: Sample) {
        if self.bytes < FIELD_BYTES {
            self.bytes += sample.text.len();
            self.samples.push(sample);
        }
    }

    /// Takes in what another worker counted of this field. The samples are those that one worker alone would have kept,
    /// as long as each worker takes its entries in order.
    pub fn merge(&mut self, other: Self) {
        for (vote, more) in self.votes.iter_mut().zip(other.votes) {
            *vote += more;
        }
        self.distinct.merge(&other.distinct);
        self.entry = self.entry.min(other.entry);
        let mut all = std::mem::take(&mut self.samples);
        all.extend(other.samples);
        all.sort_by_key(|sample| sample.entry);
        let mut seen = std::collections::HashSet::new();
        all.retain(|sample| seen.insert(sample.hash));
        self.bytes = 0;
        for sample in all.into_iter().take(MOST_SAMPLES) {
            self.sample(sample);
        }
    }

    /// The type most values have.
    pub fn kind(&self) -> ValueType {
        let kinds = [ValueType::String, ValueType::Number, ValueType::Boolean, ValueType::Time];
        // Of equals the first counts, and max_by_key gives the last.
        kinds.into_iter().rev().max_by_key(|&kind| self.votes[vote(kind)]).unwrap_or(ValueType::String)
    }

    pub fn distinct(&self) -> (u64, bool) {
        self.distinct.count()
    }

    pub fn samples(&self) -> Vec<String> {
        self.samples.iter().map(|sample| sample.text.to_string()).collect()
    }

    pub fn examples(&self) -> Vec<String> {
        self.samples.iter().take(EXAMPLES).map(|sample| cut(&sample.text, EXAMPLE_BYTES).to_owned()).collect()
    }
}

fn vote(kind: ValueType) -> usize {
    match kind {
        ValueType::String => 0,
        ValueType::Number => 1,
        ValueType::Boolean => 2,
        ValueType::Time => 3,
    }
}

/// At most `most` bytes of `text`, cut between characters.
pub fn cut(text: &str, most: usize) -> &str {
    // A character has at most four bytes.
    let end = (0..4).filter_map(|back| most.checked_sub(back)).find(|&end| text.is_char_boundary(end));
    end.filter(|&end| end < text.len()).and_then(|end| text.get(..end)).unwrap_or(text)
}

/// Records by month. Runs of one month, which is how exports are written, cost an addition.
#[derive(Debug, Clone, Default)]
pub struct Months {
    counted: BTreeMap<i32, u64>,
    current: i32,
    run: u64,
}

impl Months {
    pub fn add(&mut self, time: Time) {
        let month = month_of(time);
        if month != self.current {
            self.rest();
            self.current = month;
        }
        self.run += 1;
    }

    fn rest(&mut self) {
        if self.run > 0 {
            *self.counted.entry(self.current).or_default() += self.run;
            self.run = 0;
        }
    }

    pub fn merge_into(mut self, all: &mut BTreeMap<i32, u64>) {
        self.rest();
        for (month, records) in self.counted {
            *all.entry(month).or_default() += records;
        }
    }
}

/// `YYYY * 12 + (month - 1)` of the wall clock as written, by integer arithmetic alone (the algorithm of Hinnant's
/// "chrono-compatible low-level date algorithms").
fn month_of(time: Time) -> i32 {
    let shift = match time.zone {
        crate::record::Zone::Offset(minutes) => i64::from(minutes) * 60_000,
        crate::record::Zone::Unknown | crate::record::Zone::Day => 0,
    };
    let days = time.ms.saturating_add(shift).div_euclid(86_400_000) + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    // Months from March on, so that the leap day is the last of its year.
    let shifted = (5 * day_of_year + 2) / 153;
    ((year_of_era + era * 400) * 12 + shifted + 2) as i32
}

/// A path whose keys have lost their version tails: `friends_v2[].name` is `friends[].name` of another year.
fn without_versions(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once("_v") {
        out.push_str(before);
        let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (tail, behind) = after.split_at(digits);
        let is_version = !tail.is_empty() && (behind.is_empty() || behind.starts_with(['.', '[']));
        if !is_version {
            out.push_str("_v");
            out.push_str(tail);
        }
        rest = behind;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_tails_of_keys_do_not_make_records_differ() {
        assert_eq!(without_versions("friends_v2[].name"), "friends[].name");
        assert_eq!(without_versions("a_v12.b_v3"), "a.b");
        assert_eq!(without_versions("is_very_v.a_v2x[]"), "is_very_v.a_v2x[]");
    }

    fn time(year: i16, month: i8, day: i8, hour: i8) -> Time {
        Time::local(jiff::civil::date(year, month, day).at(hour, 59, 59, 0)).expect("inside 1970-2100")
    }

    #[test]
    fn months_are_those_of_the_calendar() {
        let mut date = jiff::civil::date(1970, 1, 2);
        while date.year() < 2101 {
            let expected = i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
            assert_eq!(month_of(time(date.year(), date.month(), date.day(), 23)), expected, "{date}");
            date = date.tomorrow().expect("far from the end of time");
        }
    }

    #[test]
    fn a_month_is_that_of_the_clock_on_the_wall() {
        let new_year = jiff::civil::date(2020, 1, 1).at(0, 30, 0, 0);
        let in_tokyo = Time::at_offset(new_year, 540).expect("inside 1970-2100");
        assert_eq!(month_of(in_tokyo), 2020 * 12);
    }

    #[test]
    fn months_are_counted_in_any_order() {
        let mut months = Months::default();
        for (year, month) in [(2019, 5), (2019, 5), (2020, 1), (2019, 5)] {
            months.add(time(year, month, 3, 4));
        }
        let mut all = BTreeMap::from([(2020 * 12, 10)]);
        months.merge_into(&mut all);
        assert_eq!(all, BTreeMap::from([(2019 * 12 + 4, 3), (2020 * 12, 11)]));
    }

    #[test]
    fn a_span_of_nothing_has_no_ends() {
        let mut span = Span::default();
        assert_eq!((span.first(), span.last()), (None, None));
        let (early, late) = (time(2001, 1, 1, 1), time(2020, 1, 1, 1));
        span.add(late);
        span.add(early);
        assert_eq!((span.first(), span.last()), (Some(early.into()), Some(late.into())));
    }

    #[test]
    fn the_type_of_a_field_is_that_of_most_values() {
        let mut field = FieldTally::of("price", false);
        field.add("n/a", ValueType::String, 0);
        field.add("3", ValueType::Number, 0);
        assert_eq!(field.kind(), ValueType::String);
        field.add("4", ValueType::Number, 0);
        assert_eq!(field.kind(), ValueType::Number);
    }

    #[test]
    fn samples_are_the_first_distinct_values_and_examples_the_first_five() {
        let mut field = FieldTally::of("text", false);
        let long = "é".repeat(300);
        for n in 0..500 {
            field.add(&format!("value {}", n / 2), ValueType::String, n);
        }
        assert_eq!(field.samples().len(), MOST_SAMPLES);
        assert_eq!(field.examples(), ["value 0", "value 1", "value 2", "value 3", "value 4"]);
        let mut field = FieldTally::of("text", false);
        field.add(&long, ValueType::String, 0);
        assert_eq!((field.samples()[0].len(), field.examples()[0].len()), (256, 200));
    }

    #[test]
    fn long_samples_stop_at_a_budget() {
        let mut field = FieldTally::of("text", false);
        for n in 0..200 {
            field.add(&format!("{n:0>256}"), ValueType::String, 0);
        }
        assert_eq!(field.samples().len(), FIELD_BYTES / SAMPLE_BYTES);
        assert_eq!(field.distinct(), (200, true));
    }

    #[test]
    fn two_workers_keep_the_samples_one_would_have_kept() {
        let values = |entry: u32| (0..60).map(move |n| format!("value {}", entry * 40 + n));
        let fill = |entries: &[u32]| {
            let mut field = FieldTally::of("text", false);
            for &entry in entries {
                for value in values(entry) {
                    field.add(&value, ValueType::String, entry);
                }
            }
            field
        };
        let alone = fill(&[0, 1, 2, 3, 4, 5, 6, 7]);
        let mut joined = fill(&[2, 3, 7]);
        joined.merge(fill(&[0, 1, 4, 5, 6]));
        assert_eq!(joined.samples(), alone.samples());
        assert_eq!(joined.distinct(), alone.distinct());
        assert_eq!(joined.entry, 0);
    }
}
