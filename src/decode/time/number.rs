//! Times written as numbers.

use crate::record::Time;
use jiff::civil;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Second,
    Milli,
    Micro,
    Nano,
}

/// Milliseconds in a number of `unit`s, which may have a fraction ("1700000000.123") or an exponent ("1.7E9").
pub fn millis(value: &str, unit: Unit) -> Option<i64> {
    let (whole, fraction) = match value.split_once('.') {
        Some((whole, fraction)) => (whole, fraction),
        None => (value, ""),
    };
    if let Ok(number) = whole.parse::<i64>()
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
    {
        return scaled(number, fraction, unit);
    }
    let number = value.parse::<f64>().ok().filter(|_| value.contains(['e', 'E']))?;
    let ms = number * unit.in_millis();
    (ms.abs() < 1e15).then_some(ms as i64)
}

fn scaled(number: i64, fraction: &str, unit: Unit) -> Option<i64> {
    match unit {
        Unit::Second => number.checked_mul(1000)?.checked_add(thousandths(fraction)),
        Unit::Milli => Some(number),
        Unit::Micro => Some(number.div_euclid(1000)),
        Unit::Nano => Some(number.div_euclid(1_000_000)),
    }
}

/// The first three digits of a fraction of a second: "5" is 500.
pub fn thousandths(fraction: &str) -> i64 {
    let digits = fraction.bytes().chain(std::iter::repeat(b'0')).take(3);
    digits.fold(0, |sum, byte| sum * 10 + i64::from(byte.wrapping_sub(b'0').min(9)))
}

impl Unit {
    fn in_millis(self) -> f64 {
        match self {
            Self::Second => 1e3,
            Self::Milli => 1.0,
            Self::Micro => 1e-3,
            Self::Nano => 1e-6,
        }
    }
}

/// The one reading of a number that lies inside 1973–2100: seconds, milli-, micro-, nanoseconds, microseconds since 1601,
/// or the digits of a date (20150630, 20150630143000). `None` if the value is no number, or none of these.
pub fn by_magnitude(value: &str) -> Option<Time> {
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    let rest = value.get(digits..)?;
    let is_number = rest.is_empty() || rest.starts_with('.') && digits >= 9;
    if !is_number {
        return exponent(value, rest);
    }
    let whole: i64 = value.get(..digits)?.parse().ok()?;
    match whole {
        19_700_101..=21_001_231 if digits == 8 && rest.is_empty() => compact_day(whole),
        19_700_101_000_000..=21_001_231_235_959 if digits == 14 && rest.is_empty() => compact(whole),
        100_000_000..=4_133_980_799 if rest.is_empty() => Time::utc_s(whole),
        100_000_000..=4_133_980_799 => millis(value, Unit::Second).and_then(Time::utc_ms),
        100_000_000_000..=4_133_980_799_999 => Time::utc_ms(whole),
        100_000_000_000_000..=4_133_980_799_999_999 => Time::utc_ms(whole / 1000),
        // Microseconds since 1601 as Chrome writes them: all of 1970–2100 lies between the other two.
        11_644_473_600_000_000..=15_778_454_400_000_000 => Time::utc_ms(whole / 1000 - 11_644_473_600_000),
        100_000_000_000_000_000..=4_133_980_799_999_999_999 => Time::utc_ms(whole / 1_000_000),
        _ => None,
    }
}

/// `1.7E9`, as spreadsheets and some JSON writers print seconds and milliseconds.
fn exponent(value: &str, rest: &str) -> Option<Time> {
    let looks = rest.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+'));
    if !looks || !rest.contains(['e', 'E']) {
        return None;
    }
    let number = value.parse::<f64>().ok()?;
    let ms = if number < 1e11 { number * 1000.0 } else { number };
    (1e11..4_133_980_800_000.0).contains(&ms).then_some(ms as i64).and_then(Time::utc_ms)
}

fn compact_day(digits: i64) -> Option<Time> {
    date_of(digits).and_then(Time::day)
}

fn compact(digits: i64) -> Option<Time> {
    let (date, clock) = (digits / 1_000_000, digits % 1_000_000);
    let part = |scale: i64| i8::try_from(clock / scale % 100).ok();
    let time = civil::Time::new(part(10_000)?, part(100)?, part(1)?, 0).ok()?;
    Time::local(date_of(date)?.to_datetime(time))
}

fn date_of(digits: i64) -> Option<civil::Date> {
    let part = |n: i64| i8::try_from(n).ok();
    civil::Date::new(i16::try_from(digits / 10_000).ok()?, part(digits / 100 % 100)?, part(digits % 100)?).ok()
}
