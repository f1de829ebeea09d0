//! What a person wants to see only: a company, a kind of records, a category, a year or a month.

use super::clock::Clock;
use super::hours::{HOUR_MS, hour_of};
use crate::record::{Kind, Time};
use jiff::civil::{Date, date};
use std::ops::Range;

/// Which records are meant; what is empty means all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Only {
    pub company: Option<String>,
    pub kind: Option<Kind>,
    /// By its label: records that hold a field of it.
    pub category: Option<String>,
    pub period: Option<Period>,
}

/// A year, or a month of it, by the wall clock of the export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    pub year: i16,
    /// 1 to 12.
    pub month: Option<i8>,
}

/// What records have in common that are counted together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Group {
    pub company: String,
    pub kind: Kind,
    /// Labels of the categories of all their fields, in order.
    pub categories: Vec<String>,
}

impl Only {
    /// Whether records of a group may be meant: of some period, if one is meant.
    pub fn holds(&self, group: &Group) -> bool {
        self.company.as_ref().is_none_or(|company| *company == group.company)
            && self.kind.is_none_or(|kind| kind == group.kind)
            && self.category.as_ref().is_none_or(|category| group.categories.contains(category))
    }

    pub fn holds_time(&self, time: Option<Time>) -> bool {
        self.period.is_none_or(|period| time.is_some_and(|time| period.holds(time)))
    }

    /// With the parts of another; a part that both have is taken out.
    #[must_use]
    pub fn turned(&self, other: &Self) -> Self {
        fn turn<T: Clone + PartialEq>(own: Option<&T>, other: Option<&T>) -> Option<T> {
            if other.is_none() { own.cloned() } else { other.filter(|_| own != other).cloned() }
        }
        Self {
            company: turn(self.company.as_ref(), other.company.as_ref()),
            kind: turn(self.kind.as_ref(), other.kind.as_ref()),
            category: turn(self.category.as_ref(), other.category.as_ref()),
            period: turn(self.period.as_ref(), other.period.as_ref()),
        }
    }

    /// Whether it has all parts of another.
    pub fn has(&self, part: &Self) -> bool {
        (part.company.is_none() || part.company == self.company)
            && (part.kind.is_none() || part.kind == self.kind)
            && (part.category.is_none() || part.category == self.category)
            && (part.period.is_none() || part.period == self.period)
    }

    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }
}

impl Period {
    /// Of `2019` or `2019-05`.
    pub fn read(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-').map_or((text, None), |(year, month)| (year, Some(month)));
        let number =
            |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten();
        let year = number(year).filter(|year| (1970..=2100).contains(year) && text.len() >= 4)?;
        let Some(month) = month else { return Some(Self { year, month: None }) };
        let month =
            number(month).and_then(|month| i8::try_from(month).ok()).filter(|month| (1..=12).contains(month))?;
        Some(Self { year, month: Some(month) })
    }

    /// As [`Period::read`] takes it, and as filters do.
    pub fn id(self) -> String {
        match self.month {
            None => format!("{:04}", self.year),
            Some(month) => format!("{:04}-{month:02}", self.year),
        }
    }

    /// Its months, keyed `YYYY * 12 + (month - 1)`.
    pub fn months(self) -> Range<i32> {
        let first = i32::from(self.year) * 12 + i32::from(self.month.unwrap_or(1)) - 1;
        first..first + if self.month.is_some() { 1 } else { 12 }
    }

    /// The month so many after 0000-01.
    pub fn of_month(number: i32) -> Self {
        Self { year: number.div_euclid(12) as i16, month: Some(number.rem_euclid(12) as i8 + 1) }
    }

    pub fn first_day(self) -> Date {
        date(self.year, self.month.unwrap_or(1), 1)
    }

    /// Hours since 1970.
    pub fn hours(self) -> Range<i32> {
        let next = Self::of_month(self.months().end).first_day();
        hour_of(self.first_day().at(0, 0, 0, 0))..hour_of(next.at(0, 0, 0, 0))
    }

    pub fn holds(self, time: Time) -> bool {
        let hours = self.hours();
        (i64::from(hours.start) * HOUR_MS..i64::from(hours.end) * HOUR_MS).contains(&Clock::Written.wall_ms(time))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_read_as_it_is_written() {
        for text in ["2019", "2019-05", "1970-12", "2100"] {
            assert_eq!(Period::read(text).map(Period::id).as_deref(), Some(text));
        }
        for text in ["", "19", "2019-13", "2019-", "2019-05-03", "+2019", "9999", "-2019"] {
            assert_eq!(Period::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_period_holds_what_its_wall_clock_tells() {
        let evening = |day| Time::at_offset(date(2019, 12, day).at(23, 30, 0, 0), -480).expect("a time");
        let (year, month) = (Period::read("2019").expect("a year"), Period::read("2019-12").expect("a month"));
        assert!(year.holds(evening(31)) && month.holds(evening(31)), "it is 2020 in UTC only");
        assert!(!Period::read("2019-11").expect("a month").holds(evening(1)));
        assert_eq!(year.hours().len(), 365 * 24);
        assert_eq!((month.months(), Period::of_month(month.months().end).id()), (24239..24240, "2020-01".to_owned()));
    }

    #[test]
    fn a_part_is_set_replaced_and_taken_out_and_the_others_stay() {
        let company = |id: &str| Only { company: Some(id.to_owned()), ..Only::default() };
        let year = Only { period: Period::read("2019"), ..Only::default() };
        let both = company("facebook").turned(&year);
        assert_eq!(both, Only { period: Period::read("2019"), ..company("facebook") });
        assert!(both.has(&year) && both.has(&company("facebook")) && !both.has(&company("x")) && !year.has(&both));
        assert_eq!(both.turned(&company("x")), Only { period: Period::read("2019"), ..company("x") });
        assert_eq!(both.turned(&company("facebook")), year);
    }

    #[test]
    fn a_group_is_meant_by_any_of_its_categories() {
        let group = Group {
            company: "facebook".into(),
            kind: Kind::Message,
            categories: vec!["Communications".into(), "Location".into()],
        };
        let of = |category: &str| Only { category: Some(category.to_owned()), ..Only::default() };
        assert!(of("Location").holds(&group) && Only::default().holds(&group));
        assert!(!of("Health").holds(&group));
        assert!(!Only { company: Some("x".into()), ..of("Location") }.holds(&group));
    }
}
