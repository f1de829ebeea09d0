//! What the Time screen shows of the hours: a grid around the selected period, and how its records share out.

use crate::record::Kind;
use crate::report::{Hours, Only, Period, civil_of, hour_of};
use crate::tui::data::kind_plural;
use crate::tui::widgets::heat::Scale;
use crate::tui::words::{count, month};
use jiff::Span;
use jiff::civil::{Date, DateTime, date};
use std::collections::BTreeMap;

/// How long the selected period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Zoom {
    Year,
    #[default]
    Month,
    Day,
    Hour,
}

/// What the lanes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum By {
    #[default]
    Company,
    Kind,
    Category,
}

impl By {
    pub(super) fn next(self) -> Self {
        match self {
            Self::Company => Self::Kind,
            Self::Kind => Self::Category,
            Self::Category => Self::Company,
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Kind => "kind",
            Self::Category => "category",
        }
    }
}

impl Zoom {
    pub(super) fn inner(self) -> Option<Self> {
        match self {
            Self::Year => Some(Self::Month),
            Self::Month => Some(Self::Day),
            Self::Day => Some(Self::Hour),
            Self::Hour => None,
        }
    }

    pub(super) fn outer(self) -> Option<Self> {
        match self {
            Self::Year => None,
            Self::Month => Some(Self::Year),
            Self::Day => Some(Self::Month),
            Self::Hour => Some(Self::Day),
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Hour => "hour",
        }
    }

    /// `2022 › June › 18`
    pub(super) fn crumb(self, at: DateTime) -> String {
        let (year, month, day) = (at.year().to_string(), month(at.month()), at.day());
        match self {
            Self::Year => year,
            Self::Month => format!("{year} › {month}"),
            Self::Day => format!("{year} › {month} › {day}"),
            Self::Hour => format!("{year} › {month} › {day} › {:02}:00", at.hour()),
        }
    }

    /// `Saturday 18 June 2022`
    pub(super) fn title(self, at: DateTime) -> String {
        let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        let weekday = days[usize::from(at.weekday().to_monday_zero_offset().unsigned_abs()).min(6)];
        let whole = format!("{} {}", month(at.month()), at.year());
        match self {
            Self::Year => at.year().to_string(),
            Self::Month => whole,
            Self::Day => format!("{weekday} {} {whole}", at.day()),
            Self::Hour => format!("{weekday} {} {whole}, {:02}:00 to {:02}:59", at.day(), at.hour(), at.hour()),
        }
    }

    /// First hour of a period, and the first behind it.
    pub(super) fn span(self, at: DateTime) -> (i32, i32) {
        let day = at.date();
        let (first, next) = match self {
            Self::Year => (date(day.year(), 1, 1), Span::new().years(1)),
            Self::Month => (day.first_of_month(), Span::new().months(1)),
            Self::Day => (day, Span::new().days(1)),
            Self::Hour => return (hour_of(at), hour_of(at) + 1),
        };
        (hour_of(first.at(0, 0, 0, 0)), hour_of(first.saturating_add(next).at(0, 0, 0, 0)))
    }

    pub(super) fn shifted(self, at: DateTime, periods: i64) -> DateTime {
        let span = match self {
            Self::Year => Span::new().years(periods),
            Self::Month => Span::new().months(periods),
            Self::Day => Span::new().days(periods),
            Self::Hour => Span::new().hours(periods),
        };
        at.saturating_add(span)
    }

    /// The same place in another row of the grid.
    pub(super) fn in_row(self, at: DateTime, number: i16) -> DateTime {
        let by = match self {
            Self::Year | Self::Month => Span::new().years(number - at.year()),
            Self::Day => Span::new().months(number - i16::from(at.month())),
            Self::Hour => Span::new().days(number - i16::from(at.day())),
        };
        at.saturating_add(by)
    }
}

/// Records by hour, so that those of any span are two look-ups.
#[derive(Debug, Default)]
pub(super) struct Sums {
    hours: Vec<i32>,
    /// Records up to and with the hour.
    upto: Vec<u64>,
}

impl Sums {
    pub(super) fn of(hours: &Hours, only: &Only) -> Self {
        let meant = hours.lanes.iter().filter(|lane| only.holds(&lane.group));
        Self::new(meant.map(|lane| within(&lane.hours, clipped((i32::MIN, i32::MAX), only))))
    }

    fn new<'a>(lanes: impl Iterator<Item = &'a [(i32, u64)]>) -> Self {
        let mut all: Vec<(i32, u64)> = lanes.flatten().copied().collect();
        all.sort_unstable();
        let mut sum = 0u64;
        let upto = all.iter().map(|(_, records)| {
            sum = sum.saturating_add(*records);
            sum
        });
        let upto = upto.collect();
        Self { hours: all.into_iter().map(|(hour, _)| hour).collect(), upto }
    }

    /// The last hour that holds anything.
    pub(super) fn last(&self) -> Option<i32> {
        self.hours.last().copied()
    }

    pub(super) fn between(&self, (start, end): (i32, i32)) -> u64 {
        let before = |hour| match self.hours.partition_point(|&known| known < hour) {
            0 => 0,
            at => self.upto.get(at - 1).copied().unwrap_or_default(),
        };
        before(end) - before(start.min(end))
    }
}

/// A row of the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Year, month or day.
    pub(super) number: i16,
    pub(super) label: String,
    pub(super) counts: Vec<u64>,
    pub(super) records: u64,
}

/// How many of the period's records a company, kind or category has.
#[derive(Debug)]
pub(super) struct Share {
    pub(super) name: String,
    pub(super) only: Only,
    pub(super) steps: Vec<u64>,
    pub(super) records: u64,
    /// What they mostly are.
    pub(super) kinds: Vec<(Kind, u64)>,
}

impl Share {
    fn add(&mut self, kind: Kind, records: u64, steps: &[u64]) {
        self.records += records;
        self.steps.iter_mut().zip(steps).for_each(|(sum, more)| *sum += more);
        match self.kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, sum)) => *sum += records,
            None => self.kinds.push((kind, records)),
        }
    }
}

#[derive(Debug)]
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
    pub(super) heads: Vec<String>,
    /// The selected row and column; no column: the whole row.
    pub(super) row: usize,
    pub(super) column: Option<usize>,
    pub(super) lanes: Vec<Share>,
    /// Of the period.
    pub(super) records: u64,
    /// Records without time.
    pub(super) without: u64,
    /// The busiest and the quietest of what the columns are, in words.
    pub(super) extremes: String,
    pub(super) scale: Scale,
}

impl Default for Table {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            heads: Vec::new(),
            row: 0,
            column: None,
            lanes: Vec::new(),
            records: 0,
            without: 0,
            extremes: String::new(),
            scale: Scale::MAGNITUDES,
        }
    }
}

impl Table {
    pub(super) fn of(
        hours: &Hours,
        sums: &Sums,
        zoom: Zoom,
        by: By,
        at: DateTime,
        only: &Only,
        name: &dyn Fn(&str) -> String,
    ) -> Self {
        let (heads, rows) = grid(sums, zoom, at);
        let number = match zoom {
            Zoom::Year | Zoom::Month => at.year(),
            Zoom::Day => i16::from(at.month()),
            Zoom::Hour => i16::from(at.day()),
        };
        let column = match zoom {
            Zoom::Year => None,
            Zoom::Month => Some(at.month() - 1),
            Zoom::Day => Some(at.day() - 1),
            Zoom::Hour => Some(at.hour()),
        };
        Self {
            row: rows.iter().position(|row| row.number == number).unwrap_or_default(),
            column: column.map(|column| usize::from(column.unsigned_abs())),
            lanes: shares(hours, zoom, by, at, only, name),
            records: sums.between(zoom.span(at)),
            without: if only.period.is_some() {
                0
            } else {
                hours.lanes.iter().filter(|lane| only.holds(&lane.group)).map(|lane| lane.without).sum()
            },
            scale: Scale::of(rows.iter().flat_map(|row| &row.counts).copied().max().unwrap_or_default()),
            extremes: extremes(zoom, at, &rows),
            heads,
            rows,
        }
    }
}

/// The heads and rows around the selected period.
fn grid(sums: &Sums, zoom: Zoom, at: DateTime) -> (Vec<String>, Vec<Row>) {
    let row = |number: i16, label: String, inner: Zoom, cells: Vec<Date>| {
        let counts: Vec<u64> = cells.iter().map(|day| sums.between(inner.span(day.at(0, 0, 0, 0)))).collect();
        Row { number, label, records: counts.iter().sum(), counts }
    };
    match zoom {
        Zoom::Year | Zoom::Month => {
            let year = |hour: Option<&i32>| hour.map_or(at.year(), |hour| civil_of(*hour).year());
            let (first, last) = (year(sums.hours.first()).min(at.year()), year(sums.hours.last()).max(at.year()));
            let months = |year| (1..=12).map(|month| date(year, month, 1)).collect();
            let heads = (1..=12).map(|number| month(number).to_owned()).collect();
            (heads, (first..=last).map(|year| row(year, year.to_string(), Zoom::Month, months(year))).collect())
        }
        Zoom::Day => {
            let days = |number| {
                let first = date(at.year(), number, 1);
                (1..=first.days_in_month()).map(|day| date(at.year(), number, day)).collect()
            };
            let label = |number| month(number).chars().take(3).collect();
            let heads = (1..=31).map(|day| day.to_string()).collect();
            (heads, (1..=12).map(|number| row(number.into(), label(number), Zoom::Day, days(number))).collect())
        }
        Zoom::Hour => {
            let days = (1..=at.date().days_in_month()).map(|day| date(at.year(), at.month(), day));
            let hourly = |day: Date| {
                let start = hour_of(day.at(0, 0, 0, 0));
                let counts: Vec<u64> = (start..start + 24).map(|hour| sums.between((hour, hour + 1))).collect();
                let weekday: String = Zoom::Day.title(day.at(0, 0, 0, 0)).chars().take(3).collect();
                Row {
                    number: day.day().into(),
                    label: format!("{weekday} {:>2}", day.day()),
                    records: counts.iter().sum(),
                    counts,
                }
            };
            ((0..24).map(|hour| format!("{hour:02}")).collect(), days.map(hourly).collect())
        }
    }
}

/// Busiest and quietest cell that holds anything.
fn extremes(zoom: Zoom, at: DateTime, rows: &[Row]) -> String {
    let named = |row: &Row, column: usize| match zoom {
        Zoom::Year | Zoom::Month => format!("{} {}", month(column as i8 + 1), row.number),
        Zoom::Day => format!("{} {}", column + 1, month(row.number as i8)),
        Zoom::Hour => format!("{} {}, {column:02}:00", row.number, month(at.month())),
    };
    let cells = || {
        let cells =
            rows.iter().flat_map(|row| row.counts.iter().enumerate().map(move |(at, &records)| (records, row, at)));
        cells.filter(|(records, ..)| *records > 0)
    };
    let told =
        |(records, row, column): (u64, &Row, usize)| format!("{} ({})", named(row, column), count(records, "record"));
    // Of equals, the earlier.
    let busiest = cells().reduce(|best, next| if next.0 > best.0 { next } else { best });
    let quietest = cells().reduce(|best, next| if next.0 < best.0 { next } else { best });
    match (busiest, quietest) {
        (Some(most), Some(least)) if most.0 > least.0 => format!("busiest: {} · quietest: {}", told(most), told(least)),
        (Some(only), _) => format!("busiest: {}", told(only)),
        _ => "nothing in this period".to_owned(),
    }
}

/// The steps that a lane's columns are: months of a year, days of a month, hours of a day.
fn steps(zoom: Zoom, at: DateTime) -> Vec<(i32, i32)> {
    let day = at.date();
    match zoom {
        Zoom::Year => (1..=12).map(|month| Zoom::Month.span(date(day.year(), month, 1).at(0, 0, 0, 0))).collect(),
        Zoom::Month => {
            let days = 1..=day.days_in_month();
            days.map(|number| Zoom::Day.span(date(day.year(), day.month(), number).at(0, 0, 0, 0))).collect()
        }
        Zoom::Day | Zoom::Hour => {
            let start = hour_of(day.at(0, 0, 0, 0));
            (start..start + 24).map(|hour| (hour, hour + 1)).collect()
        }
    }
}

fn shares(hours: &Hours, zoom: Zoom, by: By, at: DateTime, only: &Only, name: &dyn Fn(&str) -> String) -> Vec<Share> {
    let steps: Vec<(i32, i32)> = steps(zoom, at).into_iter().map(|step| clipped(step, only)).collect();
    let period = clipped(zoom.span(at), only);
    let mut shares: BTreeMap<String, Share> = BTreeMap::new();
    for lane in hours.lanes.iter().filter(|lane| only.holds(&lane.group)) {
        let group = &lane.group;
        let of_category = |label: &String| (label.clone(), Only { category: Some(label.clone()), ..Only::default() });
        // A record counts once for each of its categories.
        let chosen: Vec<(String, Only)> = match by {
            By::Company => {
                vec![(name(&group.company), Only { company: Some(group.company.clone()), ..Only::default() })]
            }
            By::Kind => vec![(kind_plural(group.kind).to_owned(), Only { kind: Some(group.kind), ..Only::default() })],
            By::Category => group.categories.iter().map(of_category).collect(),
        };
        let records: u64 = within(&lane.hours, period).iter().map(|(_, records)| records).sum();
        let inside = |step: &(i32, i32)| within(&lane.hours, *step).iter().map(|(_, records)| records).sum::<u64>();
        let sums: Vec<u64> = steps.iter().map(inside).collect();
        for (shown, only) in chosen {
            let (steps, kinds) = (vec![0; steps.len()], Vec::new());
            let share =
                shares.entry(shown.clone()).or_insert_with(|| Share { name: shown, only, steps, records: 0, kinds });
            share.add(group.kind, records, &sums);
        }
    }
    let mut shares: Vec<Share> =
        shares.into_values().filter(|share| share.steps.iter().any(|step| *step > 0)).collect();
    for share in &mut shares {
        share.kinds.retain(|(_, records)| *records > 0);
        share.kinds.sort_by_key(|(kind, records)| (std::cmp::Reverse(*records), *kind));
    }
    shares.sort_by_key(|share| std::cmp::Reverse(share.records));
    shares
}

fn within(hours: &[(i32, u64)], (start, end): (i32, i32)) -> &[(i32, u64)] {
    let place = |hour: i32| hours.partition_point(|(known, _)| *known < hour);
    hours.get(place(start)..place(end)).unwrap_or_default()
}

/// The part of a span that is meant.
fn clipped((start, end): (i32, i32), only: &Only) -> (i32, i32) {
    let Some(period) = only.period.map(Period::hours) else { return (start, end) };
    let start = start.max(period.start);
    (start, end.min(period.end).max(start))
}

/// What is left in, if not everything.
pub(super) fn chip(only: &Only, name: &dyn Fn(&str) -> String) -> Option<String> {
    Some(crate::tui::narrowed::words(only, name).join(" · ")).filter(|words| !words.is_empty())
}
