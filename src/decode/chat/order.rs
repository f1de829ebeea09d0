//! In which order a chat writes day, month and year: told by all its dates together, since one date seldom tells.

use super::date::{Calendar, Number, Order};
use super::header::{Class, HalfStyle, Header};
use jiff::civil::Date;

/// The app's first year: an order that makes an earlier one of two digits is not meant.
const FIRST_YEAR: i16 = 2009;

/// How well each order fits the dates seen so far.
#[derive(Debug, Clone, Default)]
pub struct Fit {
    scores: [Score; 3],
    /// Some date means one day by day first and another by month first.
    differs: bool,
}

#[derive(Debug, Clone, Copy, Default)]
struct Score {
    /// Dates that are none in this order.
    impossible: u64,
    /// Dates before the one above them: messages are sorted.
    decreases: u64,
    last: Option<Date>,
    first_and_last: Option<(Date, Date)>,
}

/// The order taken, and whether the dates themselves decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    pub order: Order,
    /// Another order that fits as well.
    pub rival: Option<Order>,
}

impl Fit {
    pub fn add(&mut self, header: &Header<'_>) {
        let days = Order::ALL.map(|order| plausible(order, header.numbers, header.calendar));
        for (score, day) in self.scores.iter_mut().zip(days) {
            score.add(day);
        }
        self.differs |= days[0] != days[1];
    }

    /// The order that fits best. With nothing to choose by, what phones that write like `class` mostly mean.
    pub fn decide(&self, class: Class) -> Decision {
        let by_custom = customary(class);
        let faults = |order: &Order| self.score(*order).faults();
        let best = by_custom.into_iter().min_by_key(faults).unwrap_or(Order::DayMonthYear);
        let rival = match best {
            Order::DayMonthYear => Order::MonthDayYear,
            Order::MonthDayYear => Order::DayMonthYear,
            Order::YearMonthDay => return Decision { order: best, rival: None },
        };
        if !self.differs || faults(&best) < faults(&rival) {
            return Decision { order: best, rival: None };
        }
        let shorter = self.score(rival).span() < self.score(best).span();
        let (order, rival) = if shorter { (rival, best) } else { (best, rival) };
        Decision { order, rival: Some(rival) }
    }

    fn score(&self, order: Order) -> Score {
        self.scores[order as usize]
    }
}

impl Score {
    fn add(&mut self, day: Option<Date>) {
        let Some(day) = day else {
            self.impossible += 1;
            return;
        };
        self.decreases += u64::from(self.last.is_some_and(|last| day < last));
        self.last = Some(day);
        let (first, last) = self.first_and_last.unwrap_or((day, day));
        self.first_and_last = Some((first.min(day), last.max(day)));
    }

    fn faults(&self) -> (u64, u64) {
        (self.impossible, self.decreases)
    }

    /// Days from the first to the last.
    fn span(&self) -> i32 {
        self.first_and_last.map_or(0, |(first, last)| (last - first).get_days())
    }
}

fn plausible(order: Order, numbers: [Number; 3], calendar: Calendar) -> Option<Date> {
    let long = numbers.iter().any(|number| number.digits == 4);
    order.day(numbers, calendar).filter(|day| long || day.year() >= FIRST_YEAR)
}

/// Orders by how usual they are among phones that write like this: the United States write short years, slashes, AM and PM.
fn customary(class: Class) -> [Order; 3] {
    use Order::{DayMonthYear, MonthDayYear, YearMonthDay};
    match (class.half, class.separator) {
        (HalfStyle::EastAsian, _) | (_, '年') => [YearMonthDay, DayMonthYear, MonthDayYear],
        (HalfStyle::Capitals, '/') if !class.long_year => [MonthDayYear, DayMonthYear, YearMonthDay],
        _ => [DayMonthYear, MonthDayYear, YearMonthDay],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], expected: Order, rival: Option<Order>) {
        let mut fit = Fit::default();
        let headers: Vec<_> = lines.iter().map(|line| Header::read(line).expect("a header")).collect();
        for header in &headers {
            fit.add(header);
        }
        assert_eq!(fit.decide(headers[0].class), Decision { order: expected, rival }, "{lines:?}");
    }

    #[test]
    fn one_number_above_twelve_decides_for_the_whole_chat() {
        check(&["01/02/24, 15:04 - a: b", "13/02/24, 15:04 - a: b"], Order::DayMonthYear, None);
        check(&["01/02/24, 15:04 - a: b", "02/13/24, 15:04 - a: b"], Order::MonthDayYear, None);
        check(&["[15-01-20 02:22:56] a: b", "[16-01-20 02:22:56] a: b"], Order::DayMonthYear, None);
        check(&["2024/01/02, 15:04 - a: b"], Order::YearMonthDay, None);
        check(&["22/12/30, 15:04 - a: b", "22/12/31, 15:04 - a: b", "23/1/1, 15:04 - a: b"], Order::YearMonthDay, None);
    }

    #[test]
    fn messages_are_sorted_so_the_order_that_runs_backwards_is_wrong() {
        let days = ["01/11/23", "05/12/23", "02/01/24", "01/02/24"].map(|day| format!("{day}, 15:04 - a: b"));
        check(&days.each_ref().map(String::as_str), Order::DayMonthYear, None);
        let days = ["11/01/23", "12/05/23", "01/02/24", "02/01/24"].map(|day| format!("{day}, 15:04 - a: b"));
        check(&days.each_ref().map(String::as_str), Order::MonthDayYear, None);
    }

    #[test]
    fn the_shorter_chat_is_likelier_but_the_doubt_is_told() {
        check(&["01/02/24, 15:04 - a: b", "02/02/24, 15:04 - a: b"], Order::DayMonthYear, Some(Order::MonthDayYear));
        check(&["02/01/24, 15:04 - a: b", "02/02/24, 15:04 - a: b"], Order::MonthDayYear, Some(Order::DayMonthYear));
    }

    #[test]
    fn a_single_date_is_read_by_custom() {
        check(&["1/2/24, 3:04 PM - a: b"], Order::MonthDayYear, Some(Order::DayMonthYear));
        check(&["01/02/2024, 3:04 pm - a: b"], Order::DayMonthYear, Some(Order::MonthDayYear));
        check(&["1.2.24, 15:04 - a: b"], Order::DayMonthYear, Some(Order::MonthDayYear));
        check(&["1/2/24, 3:04 p. m. - a: b"], Order::DayMonthYear, Some(Order::MonthDayYear));
        check(&["1/2/24, 3:04 pm - a: b"], Order::DayMonthYear, Some(Order::MonthDayYear));
        check(&["11.2.24 klo 15.04 - a: b"], Order::DayMonthYear, Some(Order::MonthDayYear));
        check(&["24/1/2 下午3:04 - a: b"], Order::YearMonthDay, None);
        check(&["1.1.24, 15:04 - a: b"], Order::DayMonthYear, None);
    }

    #[test]
    fn one_broken_date_does_not_turn_the_order() {
        check(
            &["13/02/24, 15:04 - a: b", "14/02/24, 15:04 - a: b", "02/14/24, 15:04 - a: b"],
            Order::DayMonthYear,
            None,
        );
    }
}
