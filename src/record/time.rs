//! When something was, as exactly as the export tells it.

use std::fmt;

/// What is known about the zone of a [`Time`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// The export states the instant: minutes east of UTC (0 for `Z`).
    Offset(i16),
    /// A wall-clock time; the export does not tell in which zone.
    Unknown,
    /// Only a calendar day is written.
    Day,
}

/// A moment as the export states it. Years outside 1970–2100 are not times (`security.md` 5.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    /// Milliseconds since 1970. With a known offset: of the instant in UTC; otherwise of the wall clock read as if it were UTC.
    pub ms: i64,
    pub zone: Zone,
}

const FIRST_MS: i64 = 0;
const DAY_MS: i64 = 86_400_000;
const LAST_MS: i64 = 4_133_980_800_000; // 2101-01-01T00:00:00Z

impl Time {
    /// An instant in UTC; `None` outside 1970–2100, and for 0, which exports write for "never".
    pub fn utc_ms(ms: i64) -> Option<Self> {
        (ms > FIRST_MS && ms < LAST_MS).then_some(Self { ms, zone: Zone::Offset(0) })
    }

    /// As [`Time::utc_ms`], from seconds.
    pub fn utc_s(s: i64) -> Option<Self> {
        s.checked_mul(1000).and_then(Self::utc_ms)
    }

    /// A wall-clock time without a zone. `None` outside 1970–2100, and on the day that stands for "never".
    pub fn local(civil: jiff::civil::DateTime) -> Option<Self> {
        Self::of_civil(civil, Zone::Unknown)
    }

    /// In UTC if no zone is known; a day stays a day.
    #[must_use]
    pub fn or_utc(self) -> Self {
        let zone = if self.zone == Zone::Unknown { Zone::Offset(0) } else { self.zone };
        Self { zone, ..self }
    }

    /// A calendar day. `None` outside 1970–2100.
    pub fn day(date: jiff::civil::Date) -> Option<Self> {
        Self::of_civil(date.at(0, 0, 0, 0), Zone::Day)
    }

    /// A wall-clock time at `minutes` east of UTC.
    pub fn at_offset(civil: jiff::civil::DateTime, minutes: i16) -> Option<Self> {
        let time = Self::of_civil(civil, Zone::Offset(minutes))?;
        Some(Self { ms: time.ms - i64::from(minutes) * 60_000, ..time })
    }

    fn of_civil(civil: jiff::civil::DateTime, zone: Zone) -> Option<Self> {
        let ms = jiff::tz::Offset::UTC.to_timestamp(civil).ok()?.as_millisecond();
        // The first instant of 1970 is "never", and falls on this day in any zone that a clock may show.
        let first = if zone == Zone::Unknown { DAY_MS } else { FIRST_MS };
        (first..LAST_MS).contains(&ms).then_some(Self { ms, zone })
    }

    /// The wall clock as written.
    pub fn civil(self) -> jiff::civil::DateTime {
        let shift = match self.zone {
            Zone::Offset(minutes) => i64::from(minutes) * 60_000,
            Zone::Unknown | Zone::Day => 0,
        };
        jiff::Timestamp::from_millisecond(self.ms + shift)
            .map(|stamp| jiff::tz::Offset::UTC.to_datetime(stamp))
            .unwrap_or_default()
    }

    /// Minutes east of UTC of the wall clock; 0 where the export tells none.
    pub fn offset_minutes(self) -> i16 {
        match self.zone {
            Zone::Offset(minutes) => minutes,
            Zone::Unknown | Zone::Day => 0,
        }
    }

    pub fn year(self) -> i16 {
        self.civil().year()
    }

    /// The zone as one number for a column: minutes, or the two markers.
    pub fn zone_code(self) -> i16 {
        match self.zone {
            Zone::Offset(minutes) => minutes,
            Zone::Unknown => i16::MAX,
            Zone::Day => i16::MAX - 1,
        }
    }

    /// The inverse of [`Time::zone_code`].
    pub fn from_columns(ms: i64, code: i16) -> Self {
        let zone = match code {
            i16::MAX => Zone::Unknown,
            c if c == i16::MAX - 1 => Zone::Day,
            minutes => Zone::Offset(minutes),
        };
        Self { ms, zone }
    }
}

/// RFC 3339; without an offset where the export tells none, a bare date where it tells only the day.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let civil = self.civil();
        let date = civil.date();
        if self.zone == Zone::Day {
            return write!(f, "{date}");
        }
        write!(f, "{date}T{:02}:{:02}:{:02}", civil.hour(), civil.minute(), civil.second())?;
        if civil.millisecond() != 0 {
            write!(f, ".{:03}", civil.millisecond())?;
        }
        match self.zone {
            Zone::Offset(0) => f.write_str("Z"),
            Zone::Offset(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
            Zone::Unknown | Zone::Day => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_prints_what_the_export_tells_and_no_more() {
        let civil = jiff::civil::date(2019, 5, 3).at(14, 7, 0, 0);
        let show = |time: Option<Time>| time.map(|t| t.to_string()).unwrap_or_default();
        assert_eq!(show(Time::utc_s(1_700_000_000)), "2023-11-14T22:13:20Z");
        assert_eq!(show(Time::utc_ms(1_700_000_000_123)), "2023-11-14T22:13:20.123Z");
        assert_eq!(show(Time::local(civil)), "2019-05-03T14:07:00");
        assert_eq!(show(Time::at_offset(civil, -330)), "2019-05-03T14:07:00-05:30");
        assert_eq!(show(Time::day(civil.date())), "2019-05-03");
    }

    #[test]
    fn a_time_comes_back_from_its_columns() {
        let civil = jiff::civil::date(2019, 5, 3).at(14, 7, 0, 0);
        for time in [Time::utc_s(5), Time::local(civil), Time::day(civil.date()), Time::at_offset(civil, 120)] {
            let time = time.expect("inside 1970-2100");
            assert_eq!(Time::from_columns(time.ms, time.zone_code()), time);
        }
    }

    #[test]
    fn years_that_cannot_be_are_no_times() {
        assert_eq!(Time::utc_s(-62_169_958_800), None);
        assert_eq!(Time::utc_s(0), None);
        assert_eq!(Time::local(jiff::civil::date(1970, 1, 1).at(1, 0, 0, 0)), None);
        assert_eq!(Time::utc_s(i64::MAX), None);
    }
}
