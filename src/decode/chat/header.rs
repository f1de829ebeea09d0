//! The beginning of a message: date and time in the way of some phone, in one of four frames.
//!
//! ```text
//! 1/2/24, 3:04 PM - Rosa Quill: hello        Android
//! [02.01.24, 15:04:05] Rosa Quill: hello     iOS since 2018
//! 02.01.17, 15:04:05: Rosa Quill: hello      iOS before
//! 2024-01-02 15:04 Rosa Quill: hello         programs that read Signal
//! ```

use super::date::{Calendar, Number};
use super::marks::{is_blank, is_mark};
use super::scan::Scan;

/// What stands around date and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Frame {
    /// `[…] `
    Bracket,
    /// `… - `
    Dash,
    /// `…: `
    Colon,
    /// Nothing: an ISO date and a time without seconds, which is how logs look, too.
    Bare,
}

/// The way one phone writes headers. All headers of one export are of one class; a pasted chat is of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Class {
    pub frame: Frame,
    pub time_first: bool,
    /// Between the numbers of the date: `/`, `.`, `-`, a blank, or `年` for all the words of East Asia.
    pub separator: char,
    pub clock_separator: char,
    pub seconds: bool,
    /// The word beside the time.
    pub half: HalfStyle,
    /// Whether the year has four digits.
    pub long_year: bool,
}

/// How the half of the day is written, which tells much about the country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HalfStyle {
    Nothing,
    /// 下午, 오후
    EastAsian,
    /// AM, PM
    Capitals,
    /// p. m., μ.μ., and words such as klo.
    Other,
}

/// The time of day as written; a half of the day as its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock<'a> {
    pub hour: u16,
    pub minute: u16,
    pub second: u16,
    pub half: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a> {
    pub class: Class,
    /// Date and time as written, without the frame.
    pub written: &'a str,
    /// The numbers of the date in the order in which they stand.
    pub numbers: [Number; 3],
    pub calendar: Calendar,
    pub clock: Clock<'a>,
    /// Sender and body, or the words of the app.
    pub rest: &'a str,
}

/// The parts of a date as they stand.
struct Day {
    numbers: [Number; 3],
    separator: char,
    calendar: Calendar,
}

struct Hour<'a> {
    clock: Clock<'a>,
    separator: char,
    seconds: bool,
    half: HalfStyle,
}

impl<'a> Header<'a> {
    /// The header at the beginning of a line, if one is there.
    pub fn read(line: &'a str) -> Option<Self> {
        Self::framed(line).or_else(|| Self::bare(line))
    }

    /// An ISO date, a time without seconds, and a sender.
    fn bare(line: &'a str) -> Option<Self> {
        let mut scan = Scan::new(line);
        let mut number = |most: u8, end: char| {
            let number = scan.number(most).filter(|number| number.digits == most)?;
            scan.eat(end).then_some(number)
        };
        let numbers = [number(4, '-')?, number(2, '-')?, number(2, ' ')?];
        let (hour, minute) = (number(2, ':')?.value, number(2, ' ')?.value);
        let rest = scan.rest();
        rest.contains(": ").then_some(())?;
        let class = Class {
            frame: Frame::Bare,
            time_first: false,
            separator: '-',
            clock_separator: ':',
            seconds: false,
            half: HalfStyle::Nothing,
            long_year: true,
        };
        let clock = Clock { hour, minute, second: 0, half: None };
        let written = line.get(..line.len() - rest.len())?.trim_end();
        Some(Self { class, written, numbers, calendar: Calendar::default(), clock, rest })
    }

    fn framed(line: &'a str) -> Option<Self> {
        let mut scan = Scan::new(line);
        scan.skip(|c| is_mark(c) || is_blank(c));
        let bracketed = scan.eat('[');
        scan.skip(|c| is_mark(c) || is_blank(c));
        let from = scan.rest();
        let time_first = starts_with_time(scan);
        let (day, hour) = if time_first { time_and_day(&mut scan)? } else { day_and_time(&mut scan)? };
        let written = from.get(..from.len() - scan.rest().len())?.trim_end_matches(|c| is_blank(c) || is_mark(c));
        let (frame, rest) =
            if bracketed { bracket(scan)? } else { dash(scan).or_else(|| colon(scan, hour.seconds))? };
        let class = Class {
            frame,
            time_first,
            separator: day.separator,
            clock_separator: hour.separator,
            seconds: hour.seconds,
            half: hour.half,
            long_year: day.numbers.iter().any(|number| number.digits == 4),
        };
        Some(Self { class, written, numbers: day.numbers, calendar: day.calendar, clock: hour.clock, rest })
    }
}

fn day_and_time<'a>(scan: &mut Scan<'a>) -> Option<(Day, Hour<'a>)> {
    let day = day(scan)?;
    gap(scan)?;
    Some((day, hour(scan)?))
}

fn time_and_day<'a>(scan: &mut Scan<'a>) -> Option<(Day, Hour<'a>)> {
    let hour = hour(scan)?;
    gap(scan)?;
    Some((day(scan)?, hour))
}

fn bracket(mut scan: Scan<'_>) -> Option<(Frame, &str)> {
    scan.skip(|c| is_mark(c) || is_blank(c));
    scan.eat(']').then_some(())?;
    scan.skip(is_blank);
    Some((Frame::Bracket, scan.rest()))
}

fn dash(mut scan: Scan<'_>) -> Option<(Frame, &str)> {
    let before = scan.skip(|c| is_mark(c) || is_blank(c));
    let dash = scan.next_if(|c| matches!(c, '-' | '–' | '—'));
    scan.skip(is_mark);
    let after = scan.skip(is_blank);
    (before > 0 && dash.is_some() && (after > 0 || scan.rest().is_empty())).then_some((Frame::Dash, scan.rest()))
}

fn colon(mut scan: Scan<'_>, seconds: bool) -> Option<(Frame, &str)> {
    let ends = scan.eat(':') && scan.skip(is_blank) > 0;
    (ends && seconds).then_some((Frame::Colon, scan.rest()))
}

/// Vietnamese writes the time before the date.
fn starts_with_time(mut scan: Scan<'_>) -> bool {
    scan.number(2).is_some() && matches!(scan.peek(), Some(':' | '：'))
}

/// Between date and time: a comma, blanks, or both.
fn gap(scan: &mut Scan<'_>) -> Option<()> {
    let before = scan.skip(|c| is_mark(c) || is_blank(c));
    let comma = scan.next_if(|c| matches!(c, ',' | '،' | '、'));
    let after = scan.skip(|c| is_mark(c) || is_blank(c));
    (before + after > 0 || comma.is_some()).then_some(())
}

fn day(scan: &mut Scan<'_>) -> Option<Day> {
    let before = Calendar::before(scan);
    let first = scan.number(4)?;
    let separator = date_separator(scan)?;
    let second = scan.number(4)?;
    date_separator(scan).filter(|&other| other == separator)?;
    let third = scan.number(4)?;
    let mut tail = *scan;
    tail.skip(is_mark);
    // Hungarian and Korean end the date with a full stop, Chinese and Korean with the word for day.
    if tail.next_if(|c| matches!(c, '.' | '日' | '일')).is_some() {
        *scan = tail;
    }
    let calendar = before.or_else(|| Calendar::after(scan)).unwrap_or_default();
    Some(Day { numbers: [first, second, third], separator, calendar })
}

fn date_separator(scan: &mut Scan<'_>) -> Option<char> {
    let blanks = scan.skip(|c| is_mark(c) || is_blank(c));
    let found = scan.next_if(|c| matches!(c, '/' | '.' | '-' | '年' | '月' | '년' | '월'));
    scan.skip(|c| is_mark(c) || is_blank(c));
    match found {
        Some('月' | '년' | '월') => Some('年'),
        None if blanks > 0 => Some(' '),
        found => found,
    }
}

fn hour<'a>(scan: &mut Scan<'a>) -> Option<Hour<'a>> {
    let before = scan.word();
    let hour = scan.number(2)?;
    let separator = scan.next_if(|c| matches!(c, ':' | '.' | '：'))?;
    let minute = scan.number(2).filter(|minute| minute.digits == 2)?;
    let mut further = *scan;
    let second = if further.eat(separator) { further.number(2).filter(|second| second.digits == 2) } else { None };
    if second.is_some() {
        *scan = further;
    }
    // Where words stand on both sides, the first only joins date and time.
    let half = scan.word().or(before);
    let clock = Clock { hour: hour.value, minute: minute.value, second: second.map_or(0, |second| second.value), half };
    Some(Hour { clock, separator, seconds: second.is_some(), half: half.map_or(HalfStyle::Nothing, style) })
}

fn style(word: &str) -> HalfStyle {
    if matches!(word, "AM" | "PM") {
        HalfStyle::Capitals
    } else if word.contains(|c| matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')) {
        HalfStyle::EastAsian
    } else {
        HalfStyle::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a header and shows it: numbers, time, half, rest.
    fn check(line: &str, expected: &str) {
        let shown = Header::read(line).map(|header| {
            let [a, b, c] = header.numbers.map(|number| number.value);
            let Clock { hour, minute, second, half } = header.clock;
            format!("{a} {b} {c} {hour}:{minute}:{second} {}|{}", half.unwrap_or("-"), header.rest)
        });
        assert_eq!(shown.as_deref().unwrap_or("none"), expected, "{line:?}");
    }

    #[test]
    fn android_headers_of_many_countries_are_read() {
        check("1/2/24, 3:04 PM - Rosa: hi", "1 2 24 3:4:0 PM|Rosa: hi");
        check("1/2/24, 3:04\u{202f}PM - Rosa: hi", "1 2 24 3:4:0 PM|Rosa: hi");
        check("1/2/24, 3:04\u{a0}p. m. - Rosa: hi", "1 2 24 3:4:0 p. m.|Rosa: hi");
        check("1/2/24 at 3:04 pm - Rosa: hi", "1 2 24 3:4:0 pm|Rosa: hi");
        check("02.01.24, 15:04 - Rosa: hi", "2 1 24 15:4:0 -|Rosa: hi");
        check("2/1/24 klo 15.04 - Rosa: hi", "2 1 24 15:4:0 klo|Rosa: hi");
        check("2022-03-18 15:04 – Rosa: hi", "2022 3 18 15:4:0 -|Rosa: hi");
        check("2022. 03. 18. 15:04 - Rosa: hi", "2022 3 18 15:4:0 -|Rosa: hi");
        check("2022. 3. 18. 오후 3:04 - Rosa: hi", "2022 3 18 3:4:0 오후|Rosa: hi");
        check("2022/3/18 下午3:04 - Rosa: hi", "2022 3 18 3:4:0 下午|Rosa: hi");
        check("2022年3月18日 15:04 - Rosa: hi", "2022 3 18 15:4:0 -|Rosa: hi");
        check("١٨\u{200f}/٣\u{200f}/٢٠٢٢، ٣:٠٤ م - Rosa: hi", "18 3 2022 3:4:0 م|Rosa: hi");
        check("۱۸/۳/۲۰۲۲،\u{200f} ۱۵:۰۴ - Rosa: hi", "18 3 2022 15:4:0 -|Rosa: hi");
        check("१८/३/२२, ३:०४ अपराह्न - Rosa: hi", "18 3 22 3:4:0 अपराह्न|Rosa: hi");
        check("15:04, 18/03/2022 - Rosa: hi", "18 3 2022 15:4:0 -|Rosa: hi");
    }

    #[test]
    fn ios_headers_of_many_countries_are_read() {
        check("[3/18/22, 2:56:00 PM] Rosa: hi", "3 18 22 2:56:0 PM|Rosa: hi");
        check("\u{200e}[18/03/22 14:56:00] Rosa: \u{200e}x", "18 3 22 14:56:0 -|Rosa: \u{200e}x");
        check("[18.03.22, 21.41.35] Rosa: hi", "18 3 22 21:41:35 -|Rosa: hi");
        check("[14:56:00, 18/03/2022] Rosa: hi", "18 3 2022 14:56:0 -|Rosa: hi");
        check("[01/01/19 11:25] Rosa: hi", "1 1 19 11:25:0 -|Rosa: hi");
        check("[18/3/2565 BE 14:56:00] Rosa: hi", "18 3 2565 14:56:0 -|Rosa: hi");
        check("[R4/3/18 14:56:00] Rosa: hi", "4 3 18 14:56:0 -|Rosa: hi");
        check("02.01.17, 15:04:05: Rosa: hi", "2 1 17 15:4:5 -|Rosa: hi");
        check("2024-01-02 15:04 Rosa: hi", "2024 1 2 15:4:0 -|Rosa: hi");
    }

    #[test]
    fn lines_that_only_begin_like_a_header_are_none() {
        check("1/2/24, 3:04 PM", "none");
        check("1/2 of it, 3:04 - no", "none");
        check("call me 1/2/24, 3:04 - please", "none");
        check("[1/2/24, 3:04:05 Rosa: hi", "none");
        check("2024-01-02 15:04 a note", "none");
        check("1.2/24, 3:04 - Rosa: hi", "none");
        check("12345/1/24, 3:04 - Rosa: hi", "none");
        check("", "none");
    }

    #[test]
    fn the_date_is_kept_as_written() {
        let header = Header::read("[18/3/2565 BE 14:56:00] Rosa: hi").expect("a header");
        assert_eq!(header.written, "18/3/2565 BE 14:56:00");
        let header = Header::read("1/2/24, 3:04\u{202f}PM - Rosa: hi").expect("a header");
        assert_eq!(header.written, "1/2/24, 3:04\u{202f}PM");
    }

    #[test]
    fn classes_differ_where_phones_differ() {
        let class = |line| Header::read(line).map(|header| header.class);
        assert_eq!(class("1/2/24, 3:04 PM - Rosa: hi"), class("11/12/24, 10:04 AM - Ben: x"));
        assert_ne!(class("1/2/24, 3:04 PM - Rosa: hi"), class("1/2/24, 15:04 - Rosa: hi"));
        assert_ne!(class("1/2/24, 15:04 - Rosa: hi"), class("1/2/2024, 15:04 - Rosa: hi"));
        assert_ne!(class("1/2/24, 15:04 - Rosa: hi"), class("[1/2/24, 15:04] Rosa: hi"));
    }
}
