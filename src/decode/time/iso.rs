//! Dates that begin with the year, as machines write them: ISO 8601, RFC 3339, RFC 9557 and their usual neighbours.

use super::number::thousandths;
use super::{at, zones};
use crate::record::Time;
use jiff::civil;

/// Reads `2019-05-03`, `2019-05-03T14:07`, `2019/05/03 14:07:09.123 UTC`, `20190503T140709Z`, `2019-05-03 14:07:09 +02:00`…
pub fn read(value: &str) -> Option<Time> {
    let (date, rest) = date(value)?;
    if rest.is_empty() {
        return Time::day(date);
    }
    let rest = rest.strip_prefix(['T', 't', ' ', '_']).or_else(|| rest.strip_prefix(", "))?.trim_start();
    let (time, rest) = clock(rest)?;
    let zone = zones::read(rest)?;
    at(date.to_datetime(time), zone)
}

fn date(value: &str) -> Option<(civil::Date, &str)> {
    let (year, rest) = digits(value, 4, 4)?;
    let (month, day, rest) = match rest.chars().next() {
        Some(mark @ ('-' | '/' | '.')) => {
            let (month, rest) = digits(rest.strip_prefix(mark)?, 1, 2)?;
            let (day, rest) = digits(rest.strip_prefix(mark)?, 1, 2)?;
            (month, day, rest)
        }
        Some('0'..='9') => {
            let (month, rest) = digits(rest, 2, 2)?;
            let (day, rest) = digits(rest, 2, 2)?;
            (month, day, rest)
        }
        _ => return None,
    };
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Some((civil::Date::new(i16::try_from(year).ok()?, small(month)?, small(day)?).ok()?, rest))
}

/// `14:07`, `14:07:09`, `14:07:09.123456`, `140709`, `1407`.
fn clock(text: &str) -> Option<(civil::Time, &str)> {
    let (hour, rest) = digits(text, 2, 2).or_else(|| digits(text, 1, 1))?;
    let colon = rest.strip_prefix(':');
    let (minute, rest) = digits(colon.unwrap_or(rest), 2, 2)?;
    let next = if colon.is_some() { rest.strip_prefix(':') } else { Some(rest) };
    let (second, rest) = next.and_then(|next| digits(next, 2, 2)).unwrap_or((0, rest));
    let (ms, rest) = fraction(rest);
    // A leap second has no place on the time line of the exports.
    Some((civil::Time::new(small(hour)?, small(minute)?, small(second.min(59))?, ms * 1_000_000).ok()?, rest))
}

/// Milliseconds of `.123456` or `,123`.
fn fraction(text: &str) -> (i32, &str) {
    let Some(after) = text.strip_prefix(['.', ',']) else { return (0, text) };
    let length = after.bytes().take_while(u8::is_ascii_digit).count();
    match (after.get(..length), after.get(length..)) {
        (Some(digits), Some(rest)) if length > 0 => (thousandths(digits) as i32, rest),
        _ => (0, text),
    }
}

/// A number of `least` to `most` digits, and what follows it.
pub fn digits(text: &str, least: usize, most: usize) -> Option<(u32, &str)> {
    let length = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    if length < least {
        return None;
    }
    Some((text.get(..length)?.parse().ok()?, text.get(length..)?))
}

fn small(number: u32) -> Option<i8> {
    i8::try_from(number).ok()
}
