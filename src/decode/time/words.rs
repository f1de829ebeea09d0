//! Dates as people write them, in the languages of exports: "mar. 15, 2025 3:52 pm", "Montag, 2. Januar 2017 um 15:04",
//! "2017年1月2日 15:04". First the time of day is cut out with its zone; what is left must be a date and little else.

use super::iso::digits;
use super::number::thousandths;
use super::{Zoned, at, months, zones};
use crate::record::Time;
use jiff::civil;

/// Words that say nothing, between and around the parts of a date.
const FILLERS: &[&str] = &[
    "at", "on", "of", "the", "st", "nd", "rd", "th", "um", "am", "uhr", "der", "den", "le", "à", "er", "h", "de",
    "del", "d", "a", "à", "al", "las", "la", "les", "el", "alle", "ore", "às", "as", "om", "op", "uur", "kl", "klo",
    "klokken", "o", "godz", "v", "ve", "ora", "saat", "в", "г", "о", "р", "на", "στις", "στη", "lúc", "ngày", "năm",
    "pukul", "jam", "r", "yil", "hour",
];

/// Words before a time of day that may be written with a full stop: "klo 15.04".
const CLOCK_WORDS: &[&str] = &["klo", "kl", "pukul", "klokken", "ore"];

/// Words that a date may hold though we do not know them: the day of the week is seldom more than two.
const MOST_UNKNOWN: usize = 2;

/// Reads a text that is a date, with or without a time of day.
pub fn read(text: &str) -> Option<Time> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let Some(clock) = Clock::find(text) else { return date(text, "", false).and_then(Time::day) };
    let date = date(clock.before, clock.after, true)?;
    at(date.to_datetime(clock.time), clock.zone)
}

/// A time of day found in a text.
struct Clock<'a> {
    time: civil::Time,
    zone: Zoned,
    before: &'a str,
    after: &'a str,
}

/// Hour and minute as written, and where they stand.
struct Hands<'a> {
    hour: u32,
    minute: u32,
    before: &'a str,
    after: &'a str,
    /// Seconds may follow.
    colon: bool,
}

impl<'a> Clock<'a> {
    fn find(text: &'a str) -> Option<Self> {
        let hands = Hands::find(text)?;
        let (second, ms, after) = if hands.colon { seconds(hands.after) } else { (0, 0, hands.after) };
        let (half, before, after) = half_of_day(hands.before, after);
        let hour = match half {
            Some(Half::First) if hands.hour == 12 => 0,
            Some(Half::Second) if hands.hour < 12 => hands.hour + 12,
            _ => hands.hour,
        };
        let part = |n: u32| i8::try_from(n).ok();
        let time = civil::Time::new(part(hour)?, part(hands.minute)?, part(second.min(59))?, ms * 1_000_000).ok()?;
        let open = after.trim_start().trim_start_matches('(');
        let (zone, after) = zones::prefix(open).unwrap_or((Zoned::Unknown, after));
        Some(Self { time, zone, before, after })
    }
}

impl<'a> Hands<'a> {
    fn find(text: &'a str) -> Option<Self> {
        Self::by_mark(text, &[':', '：'], true)
            .or_else(|| Self::by_mark(text, &['時', '时', '시', '点', 'h'], false))
            .or_else(|| Self::by_stop(text))
    }

    fn by_mark(text: &'a str, marks: &[char], colon: bool) -> Option<Self> {
        text.match_indices(marks).find_map(|(place, mark)| {
            let (before, hour) = last_number(text.get(..place)?.trim_end_matches(' '))?;
            let rest = text.get(place + mark.len()..)?;
            let (minute, after) = digits(if colon { rest } else { rest.trim_start() }, 2, 2)?;
            let after = after.strip_prefix(['分', '분']).unwrap_or(after);
            let ended = !after.starts_with(|c: char| c.is_ascii_digit());
            (hour < 24 && minute < 60 && ended).then_some(Self { hour, minute, before, after, colon })
        })
    }

    /// "klo 15.04": only where a word says that a time follows, since dates have full stops too.
    fn by_stop(text: &'a str) -> Option<Self> {
        text.match_indices('.').find_map(|(place, _)| {
            let (before, hour) = last_number(text.get(..place)?)?;
            let word = before.trim_end_matches(['.', ' ']).rsplit(' ').next()?.to_lowercase();
            let (minute, after) = digits(text.get(place + 1..)?, 2, 2)?;
            let said = CLOCK_WORDS.contains(&word.as_str()) && hour < 24 && minute < 60;
            said.then_some(Self { hour, minute, before, after, colon: false })
        })
    }
}

/// The number of one or two digits that `text` ends in, and what stands before it.
fn last_number(text: &str) -> Option<(&str, u32)> {
    let count = text.bytes().rev().take(3).take_while(u8::is_ascii_digit).count();
    let start = text.len().checked_sub(count)?;
    let number = text.get(start..).filter(|_| (1..=2).contains(&count))?;
    Some((text.get(..start)?, number.parse().ok()?))
}

/// `:09.123`
fn seconds(text: &str) -> (u32, i32, &str) {
    let Some((second, rest)) = text.strip_prefix(':').and_then(|rest| digits(rest, 2, 2)) else { return (0, 0, text) };
    let length = rest.strip_prefix(['.', ',']).map_or(0, |r| r.bytes().take_while(u8::is_ascii_digit).count());
    match (rest.get(1..=length), rest.get(length + 1..)) {
        (Some(fraction), Some(after)) if length > 0 => (second, thousandths(fraction) as i32, after),
        _ => (second, 0, rest),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    First,
    Second,
}

/// Written after the time of day, in lower case and without blanks and stops.
const HALVES_AFTER: &[(&str, Half)] = &[
    ("am", Half::First),
    ("pm", Half::Second),
    ("πμ", Half::First),
    ("μμ", Half::Second),
    ("öö", Half::First),
    ("ös", Half::Second),
    ("sa", Half::First),
    ("ch", Half::Second),
    ("ص", Half::First),
    ("م", Half::Second),
    ("dop", Half::First),
    ("odp", Half::Second),
];

/// Written before it.
const HALVES_BEFORE: &[(&str, Half)] = &[
    ("上午", Half::First),
    ("下午", Half::Second),
    ("午前", Half::First),
    ("午後", Half::Second),
    ("오전", Half::First),
    ("오후", Half::Second),
];

/// Which half of the day a twelve-hour clock means, and the texts around it without the word.
fn half_of_day<'a>(before: &'a str, after: &'a str) -> (Option<Half>, &'a str, &'a str) {
    let trimmed = before.trim_end();
    for (word, half) in HALVES_BEFORE {
        if let Some(rest) = trimmed.strip_suffix(word) {
            return (Some(*half), rest, after);
        }
    }
    for (word, half) in HALVES_AFTER {
        if let Some(rest) = strip_spaced(after, word) {
            return (Some(*half), before, rest);
        }
    }
    (None, before, after)
}

/// Strips a word that may be written with blanks and full stops between its letters: " p. m.".
fn strip_spaced<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut wanted = word.chars();
    let mut next = wanted.next();
    let mut end = 0;
    for (at, c) in text.char_indices() {
        match next {
            Some(letter) if c.to_lowercase().eq(std::iter::once(letter)) => next = wanted.next(),
            Some(_) if c == '.' || c.is_whitespace() => {}
            None if c == '.' => return text.get(at + 1..),
            None if c.is_alphabetic() => return None,
            None => return text.get(at..),
            Some(_) => return None,
        }
        end = at + c.len_utf8();
    }
    next.is_none().then(|| text.get(end..)).flatten()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Year,
    Month,
    Day,
}

#[derive(Debug, Clone, Copy)]
struct Number {
    value: u32,
    digits: usize,
    unit: Option<Unit>,
    /// The first mark between it and the number before it, if only marks and blanks stand between.
    mark: Option<char>,
    spaced: bool,
}

/// What a text without its time of day is made of.
#[derive(Debug, Default)]
struct Parts {
    numbers: Vec<Number>,
    month: Option<i8>,
    unknown: usize,
    /// "tháng": the next number is a month.
    month_follows: bool,
}

/// Figures alone are a date only among words we know, unless a time of day stands beside them.
fn date(before: &str, after: &str, timed: bool) -> Option<civil::Date> {
    let mut parts = Parts::default();
    parts.take(before)?;
    parts.take(after)?;
    if parts.unknown > MOST_UNKNOWN {
        return None;
    }
    let figures = || if timed || parts.unknown == 0 { parts.by_order() } else { None };
    let (year, month, day) = parts.by_units().or_else(|| parts.by_month()).or_else(figures)?;
    civil::Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

impl Parts {
    fn take(&mut self, text: &str) -> Option<()> {
        let mut rest = text;
        let mut mark = None;
        let mut spaced = false;
        while let Some(c) = rest.chars().next() {
            if c.is_ascii_digit() {
                rest = self.number(rest, mark.take(), std::mem::take(&mut spaced))?;
            } else if c.is_alphabetic() {
                rest = self.word(rest)?;
                mark = None;
            } else {
                spaced |= c.is_whitespace();
                mark = mark.or_else(|| (!c.is_whitespace()).then_some(c));
                rest = rest.get(c.len_utf8()..)?;
            }
        }
        Some(())
    }

    /// `None` for a number that no date holds, or more numbers than a date has.
    fn number<'a>(&mut self, text: &'a str, mark: Option<char>, spaced: bool) -> Option<&'a str> {
        let (value, rest) = digits(text, 1, 4)?;
        let length = text.len() - rest.len();
        if rest.starts_with(|c: char| c.is_ascii_digit()) || length == 3 || self.numbers.len() == 3 {
            return None;
        }
        let tail = rest.trim_start_matches(' ');
        let (unit, rest) = match tail.chars().next() {
            Some(c @ ('年' | '년')) => (Some(Unit::Year), tail.get(c.len_utf8()..)?),
            Some(c @ ('月' | '월')) => (Some(Unit::Month), tail.get(c.len_utf8()..)?),
            Some(c @ ('日' | '일' | '号')) => (Some(Unit::Day), tail.get(c.len_utf8()..)?),
            _ => (std::mem::take(&mut self.month_follows).then_some(Unit::Month), rest),
        };
        self.numbers.push(Number { value, digits: length, unit, mark, spaced });
        Some(rest)
    }

    fn word<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        let end = text.find(|c: char| !c.is_alphabetic() && c != '\u{307}').unwrap_or(text.len());
        let (raw, rest) = (text.get(..end)?, text.get(end..)?);
        let word = raw.to_lowercase();
        if matches!(word.as_str(), "tháng" | "thg") {
            self.month_follows = true;
        } else if let Some(month) = months::of_word(&word) {
            // "mar. 3 mai 2017": the day of the week may look like a month; the month stands after it.
            self.month = Some(month);
        } else if !FILLERS.contains(&word.as_str()) {
            self.unknown += 1;
        }
        Some(rest)
    }

    /// 2017年1月2日, 2 tháng 1, 2017
    fn by_units(&self) -> Option<(u32, u32, u32)> {
        let of = |unit| self.numbers.iter().find(|number| number.unit == Some(unit));
        let month = of(Unit::Month)?.value;
        let plain = |most: usize| {
            self.numbers.iter().find(|n| n.unit.is_none() && (n.digits == 4) == (most == 4)).map(|n| n.value)
        };
        let year = of(Unit::Year).map(|n| n.value).or_else(|| plain(4))?;
        let day = of(Unit::Day).map(|n| n.value).or_else(|| plain(2))?;
        Some((year, month, day))
    }

    /// A month's name, a day and a year, in any order; a year of two digits comes after the day.
    fn by_month(&self) -> Option<(u32, u32, u32)> {
        let month = u32::try_from(self.month?).ok()?;
        let [first, second] = self.numbers.as_slice() else { return None };
        match (first.digits, second.digits) {
            (4, 1 | 2) => Some((first.value, month, second.value)),
            (1 | 2, 4) => Some((second.value, month, first.value)),
            (1 | 2, 2) => Some((century(second.value), month, first.value)),
            _ => None,
        }
    }

    /// Three numbers: year first; with full stops day first; else only where one of the two can be no month.
    fn by_order(&self) -> Option<(u32, u32, u32)> {
        let [first, second, third] = self.numbers.as_slice() else { return None };
        let mark = second.mark.filter(|mark| third.mark == Some(*mark))?;
        if first.digits == 4 {
            return Some((first.value, second.value, third.value));
        }
        let day_first = match mark {
            '.' => third.digits == 4 || !second.spaced,
            // Arabic writes a mark of direction before each stroke, and the day first.
            '\u{200f}' => true,
            _ => first.value > 12 || first.value == second.value,
        };
        let month_first = !matches!(mark, '.' | '\u{200f}') && second.value > 12;
        let year = match third.digits {
            4 => third.value,
            // 21/11/16 may be read from both ends.
            2 if mark == '.' || month_first || third.value > 31 => century(third.value),
            _ => return None,
        };
        match (day_first, month_first) {
            (true, false) => Some((year, second.value, first.value)),
            (false, true) => Some((year, first.value, second.value)),
            _ => None,
        }
    }
}

/// Years of two digits: 70–99 in the last century.
fn century(year: u32) -> u32 {
    if year < 70 { 2000 + year } else { 1900 + year }
}
