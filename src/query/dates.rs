//! Years, months and days as a query writes them, as spans of wall-clock time.

use jiff::civil::{Date, date};
use std::ops::Range;

const DAY: i64 = 86_400_000;

/// Milliseconds of wall clock since 1970, read as if it were UTC.
pub fn wall_ms(day: Date) -> i64 {
    i64::from(date(1970, 1, 1).until(day).map_or(0, |span| span.get_days())) * DAY
}

/// The span of `2019`, `2019-05` or `2019-05-03`. `None` if it is none of these, or outside 1970–2100.
pub fn span(text: &str) -> Option<Range<i64>> {
    let parts: Vec<&str> = text.split('-').collect();
    let widths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    if !matches!(widths.as_slice(), [4] | [4, 1..=2] | [4, 1..=2, 1..=2]) {
        return None;
    }
    let numbers = parts.iter().map(|part| number(part)).collect::<Option<Vec<i16>>>()?;
    let (first, next) = match *numbers.as_slice() {
        [year] => (day(year, 1, 1)?, day(year + 1, 1, 1)?),
        [year, 12] => (day(year, 12, 1)?, day(year + 1, 1, 1)?),
        [year, month] => (day(year, month, 1)?, day(year, month + 1, 1)?),
        [year, month, of] => day(year, month, of).and_then(|first| Some((first, first.tomorrow().ok()?)))?,
        _ => return None,
    };
    (1970..=2100).contains(&first.year()).then(|| wall_ms(first)..wall_ms(next))
}

/// Tells the years of wall-clock times, many of them in little time.
#[derive(Debug)]
pub struct Years {
    /// When each year begins, from [`Years::FIRST`] on.
    starts: Vec<i64>,
}

impl Years {
    /// A year earlier and later than times have: zones may shift a wall clock out of 1970–2100.
    const FIRST: i16 = 1969;
    const LAST: i16 = 2101;
    /// How many years there are.
    pub const COUNT: usize = (Self::LAST - Self::FIRST + 1) as usize;

    pub fn new() -> Self {
        Self { starts: (Self::FIRST..=Self::LAST).map(|year| wall_ms(date(year, 1, 1))).collect() }
    }

    /// The number of a time's year: 0 for the first or what is before it.
    pub fn number(&self, wall_ms: i64) -> usize {
        const MEAN: i64 = 31_556_952_000;
        let first = self.starts.first().copied().unwrap_or_default();
        let guess = wall_ms.saturating_sub(first).div_euclid(MEAN).clamp(0, Self::COUNT as i64 - 1) as usize;
        // The guess by the mean length is right, or one off.
        match (self.starts.get(guess), self.starts.get(guess + 1)) {
            (Some(start), _) if wall_ms < *start => guess.saturating_sub(1),
            (_, Some(next)) if wall_ms >= *next => guess + 1,
            _ => guess,
        }
    }

    /// The year of a number.
    pub fn year(number: usize) -> i16 {
        Self::FIRST + number as i16
    }
}

fn number(digits: &str) -> Option<i16> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

fn day(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_a_month_and_a_day_are_spans() {
        let days = |from: Date, to: Date| Some(wall_ms(from)..wall_ms(to));
        assert_eq!(span("2019"), days(date(2019, 1, 1), date(2020, 1, 1)));
        assert_eq!(span("2019-05"), days(date(2019, 5, 1), date(2019, 6, 1)));
        assert_eq!(span("2019-12"), days(date(2019, 12, 1), date(2020, 1, 1)));
        assert_eq!(span("2020-02-29"), days(date(2020, 2, 29), date(2020, 3, 1)));
        assert_eq!(span("1970"), Some(0..365 * 86_400_000));
        assert_eq!(span("2019-5-3"), span("2019-05-03"));
    }

    #[test]
    fn years_begin_and_end_at_midnight() {
        let years = Years::new();
        let year = |ms| Years::year(years.number(ms));
        for expected in 1970..=2101 {
            let start = wall_ms(date(expected, 1, 1));
            assert_eq!(year(start), expected);
            assert_eq!(year(start - 1), expected - 1);
        }
        assert_eq!((year(i64::MIN), year(i64::MAX)), (1969, 2101));
    }

    #[test]
    fn what_is_no_date_is_no_span() {
        for text in
            ["", "19", "2019-", "2019-13", "2019-02-30", "soon", "2019-05-03-01", "1969", "2101", "+019", "20190503"]
        {
            assert_eq!(span(text), None, "{text}");
        }
    }
}
