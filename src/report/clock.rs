//! The clock that times are told by.

use crate::record::{Time, Zone};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Which clock. What is written without its zone stays as written, whichever it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Clock {
    /// The wall clock of the export.
    #[default]
    Written,
    Utc,
    /// That of a zone: where the person is.
    Of(TimeZone),
}

impl Clock {
    /// The same instant by this clock.
    pub fn turned(&self, time: Time) -> Time {
        let minutes = match (self, time.zone) {
            (_, Zone::Unknown | Zone::Day) | (Self::Written, _) => return time,
            (Self::Utc, _) => 0,
            (Self::Of(zone), _) => {
                let offset = Timestamp::from_millisecond(time.ms).map(|at| zone.to_offset(at).seconds() / 60);
                offset.ok().and_then(|minutes| i16::try_from(minutes).ok()).unwrap_or_default()
            }
        };
        Time { zone: Zone::Offset(minutes), ..time }
    }

    /// Milliseconds on this clock, read as if it were UTC.
    pub fn wall_ms(&self, time: Time) -> i64 {
        let turned = self.turned(time);
        turned.ms + i64::from(turned.offset_minutes()) * 60_000
    }

    /// `as written`, `UTC`, `local, Europe/London`
    pub fn words(&self) -> String {
        match self {
            Self::Written => "as written".to_owned(),
            Self::Utc => "UTC".to_owned(),
            Self::Of(zone) => match zone.iana_name() {
                Some(name) => format!("local, {name}"),
                None => "local".to_owned(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_clock_turns_only_what_is_stated_with_its_zone() {
        let summer = TimeZone::posix("GMT0BST,M3.5.0/1,M10.5.0").expect("a zone with summer time");
        let told = |time: Option<Time>, clock: &Clock| clock.turned(time.expect("a time")).to_string();
        for (month, written, utc, local) in [
            (1, "2024-01-05T12:00:00-08:00", "2024-01-05T20:00:00Z", "2024-01-05T20:00:00Z"),
            (7, "2024-07-05T12:00:00-08:00", "2024-07-05T20:00:00Z", "2024-07-05T21:00:00+01:00"),
        ] {
            let noon = date(2024, month, 5).at(12, 0, 0, 0);
            let (there, nowhere, day) = (Time::at_offset(noon, -480), Time::local(noon), Time::day(noon.date()));
            let clocks = [Clock::Written, Clock::Utc, Clock::Of(summer.clone())];
            assert_eq!(clocks.each_ref().map(|clock| told(there, clock)), [written, utc, local]);
            for clock in &clocks {
                assert_eq!(told(nowhere, clock), written.get(..19).expect("without its zone"));
                assert_eq!(told(day, clock), written.get(..10).expect("its day"));
            }
        }
    }

    #[test]
    fn wall_clocks_of_one_instant_differ_by_their_zones() {
        let noon = Time::at_offset(date(2024, 1, 5).at(12, 0, 0, 0), -480).expect("a time");
        let east = Clock::Of(TimeZone::fixed(jiff::tz::offset(3)));
        let hours =
            [Clock::Written, Clock::Utc, east].map(|clock| clock.wall_ms(noon).rem_euclid(86_400_000) / 3_600_000);
        assert_eq!(hours, [12, 20, 23]);
    }
}
