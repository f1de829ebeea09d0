//! Three numbers and a calendar, read as a day once it is known in which order they stand.

use super::marks::{is_blank, is_mark};
use super::scan::Scan;
use jiff::civil::Date;

/// A number as written; how many digits it has tells years from days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    pub value: u16,
    pub digits: u8,
}

/// The order of day, month and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    DayMonthYear,
    MonthDayYear,
    YearMonthDay,
}

impl Order {
    pub const ALL: [Self; 3] = [Self::DayMonthYear, Self::MonthDayYear, Self::YearMonthDay];

    pub fn in_words(self) -> &'static str {
        match self {
            Self::DayMonthYear => "day/month/year",
            Self::MonthDayYear => "month/day/year",
            Self::YearMonthDay => "year/month/day",
        }
    }

    /// The order in a strptime format, such as `%m/%d/%y`.
    pub fn of_format(format: &str) -> Option<Self> {
        let letters = format.chars().zip(format.chars().skip(1)).filter(|(percent, _)| *percent == '%');
        let parts: String = letters.filter(|(_, letter)| "dmyY".contains(*letter)).map(|(_, letter)| letter).collect();
        match parts.to_lowercase().as_str() {
            "dmy" => Some(Self::DayMonthYear),
            "mdy" => Some(Self::MonthDayYear),
            "ymd" => Some(Self::YearMonthDay),
            _ => None,
        }
    }

    /// Year, month, day.
    fn apply(self, [a, b, c]: [Number; 3]) -> [Number; 3] {
        match self {
            Self::DayMonthYear => [c, b, a],
            Self::MonthDayYear => [c, a, b],
            Self::YearMonthDay => [a, b, c],
        }
    }

    /// The day that the numbers mean in this order. `None` if there is no such day.
    pub fn day(self, numbers: [Number; 3], calendar: Calendar) -> Option<Date> {
        let [year, month, day] = self.apply(numbers);
        // An era is written before its year.
        let era_elsewhere = matches!(calendar, Calendar::Era(_)) && self != Self::YearMonthDay;
        if month.digits > 2 || day.digits > 2 || era_elsewhere {
            return None;
        }
        calendar.day(year, month.value, day.value)
    }
}

/// How years are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Calendar {
    /// By what the year can be: Gregorian, Buddhist (Thailand) or Persian.
    #[default]
    Told,
    Buddhist,
    Persian,
    /// Years of a Japanese era, and the Gregorian year before its first.
    Era(i16),
    /// Its months begin by sight of the moon, so its days cannot be reckoned.
    Islamic,
}

/// The eras of Japan as phones write them, and the year before their first.
const ERAS: [(&str, i16); 6] = [("R", 2018), ("令和", 2018), ("H", 1988), ("平成", 1988), ("S", 1925), ("昭和", 1925)];

/// Words for calendars that follow a date.
const CALENDARS: [(&str, Calendar); 9] = [
    ("BE", Calendar::Buddhist),
    ("B.E.", Calendar::Buddhist),
    ("พ.ศ.", Calendar::Buddhist),
    ("AH", Calendar::Islamic),
    ("هـ", Calendar::Islamic),
    ("AP", Calendar::Persian),
    ("ه\u{200d}.ش.", Calendar::Persian),
    ("ه.ش.", Calendar::Persian),
    ("ه\u{200d}.ق.", Calendar::Islamic),
];

impl Calendar {
    /// The era written before a date: `R4/3/18`.
    pub fn before(scan: &mut Scan<'_>) -> Option<Self> {
        let era = ERAS.iter().find(|(name, _)| scan.eat_text(name))?;
        scan.skip(is_blank);
        Some(Self::Era(era.1))
    }

    /// The calendar written after a date: `3/18/2565 BE`.
    pub fn after(scan: &mut Scan<'_>) -> Option<Self> {
        let mut ahead = *scan;
        ahead.skip(|c| is_mark(c) || is_blank(c));
        let (_, calendar) = CALENDARS.iter().find(|(name, _)| ahead.eat_text(name))?;
        *scan = ahead;
        Some(*calendar)
    }

    fn day(self, year: Number, month: u16, day: u16) -> Option<Date> {
        let written = i16::try_from(year.value).ok()?;
        let year = match (self, year.digits) {
            (Self::Era(before), 1 | 2) => before + written,
            (Self::Buddhist, 2) => 2500 + written - BUDDHIST,
            (Self::Buddhist, 4) => written - BUDDHIST,
            (Self::Persian, 2) => return persian(1400 + written, month, day),
            (Self::Persian, 4) => return persian(written, month, day),
            (Self::Told, 2) => short_year(written),
            (Self::Told, 4) if (2400..2800).contains(&written) => written - BUDDHIST,
            (Self::Told, 4) if (1380..1430).contains(&written) => return persian(written, month, day),
            (Self::Told, 4) => written,
            _ => return None,
        };
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    }
}

/// Years by which Thailand is ahead.
const BUDDHIST: i16 = 543;

/// The app began in 2009: a year from 52 on was either written in Thailand (2552 and later) or is of the century before.
fn short_year(year: i16) -> i16 {
    match year {
        0..52 => 2000 + year,
        52..89 => 2500 + year - BUDDHIST,
        _ => 1900 + year,
    }
}

/// The Persian year whose first day was 21 March 1999.
const PERSIAN_START: i16 = 1378;

/// A Persian (solar) date.
fn persian(year: i16, month: u16, day: u16) -> Option<Date> {
    let (month, day) = (i32::from(month), i32::from(day));
    let longest = match month {
        1..=6 => 31,
        7..=11 => 30,
        12 => 29 + i32::from(is_persian_leap(year)),
        _ => return None,
    };
    if !(PERSIAN_START..1480).contains(&year) || !(1..=longest).contains(&day) {
        return None;
    }
    let years: i32 = (PERSIAN_START..year).map(|year| 365 + i32::from(is_persian_leap(year))).sum();
    let months = if month <= 7 { (month - 1) * 31 } else { 186 + (month - 7) * 30 };
    let span = jiff::Span::new().try_days(years + months + day - 1).ok()?;
    jiff::civil::date(1999, 3, 21).checked_add(span).ok()
}

/// Leap years come by a cycle of 33, which is right from 1178 to 1633.
fn is_persian_leap(year: i16) -> bool {
    [1, 5, 9, 13, 17, 22, 26, 30].contains(&year.rem_euclid(33))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads `date` with the given order and shows the day.
    fn check(date: &str, order: Order, expected: &str) {
        let mut scan = Scan::new(date);
        let before = Calendar::before(&mut scan);
        let mut number = || {
            scan.skip(|c| c == '/');
            scan.number(4).expect("the test writes three numbers")
        };
        let numbers = [number(), number(), number()];
        let calendar = before.or_else(|| Calendar::after(&mut scan)).unwrap_or_default();
        let day = order.day(numbers, calendar).map(|day| day.to_string());
        assert_eq!(day.as_deref().unwrap_or("none"), expected, "{date}");
    }

    #[test]
    fn one_date_means_three_days() {
        check("3/4/05", Order::DayMonthYear, "2005-04-03");
        check("3/4/05", Order::MonthDayYear, "2005-03-04");
        check("3/4/05", Order::YearMonthDay, "none");
        check("13/4/05", Order::YearMonthDay, "2013-04-05");
    }

    #[test]
    fn years_of_other_calendars_are_reckoned() {
        check("18/3/2565", Order::DayMonthYear, "2022-03-18");
        check("18/3/65", Order::DayMonthYear, "2022-03-18");
        check("3/18/2565 BE", Order::MonthDayYear, "2022-03-18");
        check("18/3/65 พ.ศ.", Order::DayMonthYear, "2022-03-18");
        check("R4/3/18", Order::YearMonthDay, "2022-03-18");
        check("R4/3/18", Order::DayMonthYear, "none");
        check("平成31/4/30", Order::YearMonthDay, "2019-04-30");
        check("1401/1/28", Order::YearMonthDay, "2022-04-17");
        check("1399/12/30", Order::YearMonthDay, "2021-03-20");
        check("1400/12/30", Order::YearMonthDay, "none");
    }

    #[test]
    fn a_lunar_date_is_not_guessed_and_no_day_is_invented() {
        check("15/8/1443 هـ", Order::DayMonthYear, "none");
        check("31/2/22", Order::DayMonthYear, "none");
        check("99/99/99", Order::DayMonthYear, "none");
        check("18/2022/3", Order::DayMonthYear, "none");
    }

    #[test]
    fn a_format_tells_its_order() {
        assert_eq!(Order::of_format("%m/%d/%y"), Some(Order::MonthDayYear));
        assert_eq!(Order::of_format("%Y-%m-%d %H:%M"), Some(Order::YearMonthDay));
        assert_eq!(Order::of_format("%d.%m.%Y"), Some(Order::DayMonthYear));
        assert_eq!(Order::of_format("%s"), None);
    }
}
