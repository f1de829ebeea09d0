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

/// The year of a wall-clock time, and its span.
pub fn year_of(wall_ms_of_it: i64) -> (i16, Range<i64>) {
    let days = wall_ms_of_it.div_euclid(DAY);
    // A year has 365.2425 days on average: the guess is right, or one off.
    let guess = (1970 + days * 10_000 / 3_652_425) as i16;
    let start = |year: i16| Date::new(year, 1, 1).map_or(i64::MAX, wall_ms);
    let year = (guess.saturating_sub(1)..=guess.saturating_add(1))
        .rev()
        .find(|year| start(*year) <= wall_ms_of_it)
        .unwrap_or(guess);
    (year, start(year)..start(year.saturating_add(1)))
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
        for year in 1969..=2101 {
            let start = wall_ms(date(year, 1, 1));
            assert_eq!(year_of(start).0, year);
            assert_eq!(year_of(start - 1).0, year - 1);
            assert_eq!(year_of(start).1, start..wall_ms(date(year + 1, 1, 1)));
        }
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
