//! Every clock of the exports, into one [`Time`] that keeps "zone unknown".

mod iso;
mod months;
mod number;
mod words;
mod zones;

use crate::digit;
use crate::record::Time;
use jiff::civil;

/// How a field writes time. Sheets name clocks by [`Clock::parse`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clock {
    /// `auto`: a number by its magnitude, a text by the known forms.
    Auto,
    /// `utc`: as `auto`; what tells no zone is in UTC, as the company says.
    Utc,
    /// `bst`: as `auto`; `BST` is British Summer Time.
    Bst,
    /// `s`: unix seconds.
    Seconds,
    /// `ms`
    Millis,
    /// `us`
    Micros,
    /// `ns`
    Nanos,
    /// `webkit`: microseconds since 1601.
    Webkit,
    /// `cocoa`: seconds since 2001.
    Cocoa,
    /// `snowflake:EPOCH_MS`: the time inside an id, milliseconds in the high bits above 22.
    Snowflake(i64),
    /// `tid`: the time inside an id of thirteen letters and digits, microseconds in the high bits above 10.
    Tid,
    /// `text:FORMAT`: a strptime format of the `jiff` crate; without an offset in it the zone is unknown.
    Text(String),
}

const WEBKIT_MS: i64 = -11_644_473_600_000;
/// Ids of the first minute after their epoch are small numbers, counted one by one before there were times in them.
const SNOWFLAKES_BEGIN: i64 = 60_000;
const COCOA_MS: i64 = 978_307_200_000;

impl Clock {
    /// The clock a sheet names; the error is a sentence for the sheet's author.
    pub fn parse(text: &str) -> Result<Self, String> {
        Ok(match text {
            "auto" => Self::Auto,
            "utc" => Self::Utc,
            "bst" => Self::Bst,
            "s" => Self::Seconds,
            "ms" => Self::Millis,
            "us" => Self::Micros,
            "ns" => Self::Nanos,
            "webkit" => Self::Webkit,
            "cocoa" => Self::Cocoa,
            "tid" => Self::Tid,
            _ => match text.split_once(':') {
                Some(("text", format)) => Self::Text(format.to_owned()),
                Some(("snowflake", epoch)) => Self::Snowflake(
                    epoch.parse().map_err(|_| format!("`{text}`: the epoch is a number of milliseconds"))?,
                ),
                _ => {
                    return Err(format!(
                        "`{text}` is no clock: use auto, utc, s, ms, us, ns, webkit, cocoa, bst, tid, snowflake:EPOCH or text:FORMAT"
                    ));
                }
            },
        })
    }

    /// Reads a value. `None` if it is not a time, or none inside 1970–2100.
    pub fn read(&self, value: &str) -> Option<Time> {
        let value = bare(value);
        match self {
            Self::Auto => auto(value),
            Self::Utc => auto(value).map(Time::or_utc),
            Self::Bst => auto(value).map(|time| zones::with_british_summer(value, time)),
            // A company that writes the field otherwise in other years or languages is read if it cannot be mistaken.
            Self::Text(format) => by_format(format, value).or_else(|| auto(value)),
            Self::Seconds => number::millis(value, number::Unit::Second).and_then(Time::utc_ms),
            Self::Millis => number::millis(value, number::Unit::Milli).and_then(Time::utc_ms),
            Self::Micros => number::millis(value, number::Unit::Micro).and_then(Time::utc_ms),
            Self::Nanos => number::millis(value, number::Unit::Nano).and_then(Time::utc_ms),
            Self::Webkit => since(WEBKIT_MS, number::millis(value, number::Unit::Micro)),
            Self::Cocoa => since(COCOA_MS, number::millis(value, number::Unit::Second)),
            Self::Tid => tid(value).and_then(Time::utc_ms),
            Self::Snowflake(epoch) => {
                let ms = value.parse::<i64>().ok().map(|id| id >> 22);
                since(*epoch, ms.filter(|&ms| ms >= SNOWFLAKES_BEGIN))
            }
        }
    }
}

/// The milliseconds in an id written in the 32 letters and digits of its own alphabet.
fn tid(value: &str) -> Option<i64> {
    const ALPHABET: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";
    let digit = |letter: u8| ALPHABET.iter().position(|&known| known == letter);
    if value.len() != 13 {
        return None;
    }
    let id = value.bytes().try_fold(0u64, |id, letter| Some(id << 5 | digit(letter)? as u64))?;
    // 13 digits of 5 bits are one more than there are: the highest is 0.
    i64::try_from(id).ok().map(|id| (id >> 10) / 1000)
}

/// Without blanks around it and without the quotes that Discord writes into its values.
fn bare(value: &str) -> &str {
    let value = value.trim();
    value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).map_or(value, str::trim)
}

fn since(epoch: i64, ms: Option<i64>) -> Option<Time> {
    ms.and_then(|ms| ms.checked_add(epoch)).and_then(Time::utc_ms)
}

/// Longest text that can be a time: a weekday, a date, a time and a zone written out.
const LONGEST: usize = 120;

fn auto(value: &str) -> Option<Time> {
    let first = *value.as_bytes().first()?;
    if value.len() > LONGEST {
        return None;
    }
    if value.chars().any(|c| !c.is_ascii() && digit::worth(c).is_some()) {
        return auto(&digit::in_ascii(value));
    }
    if first.is_ascii_digit() {
        if let Some(time) = number::by_magnitude(value) {
            return Some(time);
        }
        if let Some(time) = iso::read(value) {
            return Some(time);
        }
    }
    words::read(value)
}

fn by_format(format: &str, value: &str) -> Option<Time> {
    let broken = jiff::fmt::strtime::parse(format, value).ok()?;
    if let (Ok(civil), Some(offset)) = (broken.to_datetime(), broken.offset()) {
        return Time::at_offset(civil, i16::try_from(offset.seconds() / 60).ok()?);
    }
    if broken.hour().is_none() {
        return broken.to_date().ok().and_then(Time::day);
    }
    broken.to_datetime().ok().and_then(Time::local)
}

/// What a text tells of the zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Zoned {
    Minutes(i16),
    Unknown,
}

fn at(civil: civil::DateTime, zone: Zoned) -> Option<Time> {
    match zone {
        Zoned::Minutes(minutes) => Time::at_offset(civil, minutes),
        Zoned::Unknown => Time::local(civil),
    }
}

#[cfg(test)]
mod tests;
