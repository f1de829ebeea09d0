//! Records by hour, company, kind and category: gathered once for a state of the index, then every question about when is
//! answered from it.

use super::clock::Clock;
use super::fields::category_of;
use super::only::{Group, Only};
use crate::index::catalog::Shape;
use crate::index::cores::{self, Turns};
use crate::index::{Catalog, Numbers, Segment, Store, StoreError};
use crate::query::Hit;
use crate::record::{Kind, Time, Zone};
use jiff::Span;
use jiff::civil::{DateTime, date};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

pub const HOUR_MS: i64 = 3_600_000;

/// Records of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    pub group: Group,
    /// Hours since 1970 and records, in order.
    pub hours: Vec<(i32, u64)>,
    /// Of those in `hours`, at midnight, because only their day is written.
    pub days_only: u64,
    /// Records without time.
    pub without: u64,
}

/// All records by hour. A record that snapshots share counts once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hours {
    pub lanes: Vec<Lane>,
    /// Sentences about parts that could not be read; their records are missing.
    pub unread: Vec<String>,
}

/// Which records are to be listed.
#[derive(Debug, Clone, PartialEq)]
pub enum Moment {
    /// Milliseconds on the clock.
    Between(Range<i64>),
    Untimed,
}

/// Hours from 1970 to this wall clock.
pub fn hour_of(civil: DateTime) -> i32 {
    let days = civil.date().since(date(1970, 1, 1)).map_or(0, |span| span.get_days());
    days * 24 + i32::from(civil.hour())
}

/// The wall clock so many hours after 1970 began.
pub fn civil_of(hour: i32) -> DateTime {
    date(1970, 1, 1).saturating_add(Span::new().days(hour.div_euclid(24))).at(hour.rem_euclid(24) as i8, 0, 0, 0)
}

/// A lane while it is gathered.
#[derive(Debug, Default)]
struct Gathered {
    hours: HashMap<i32, u64>,
    days_only: u64,
    without: u64,
    /// The hour that came last, and how often in a row: neighbours in an archive mostly share it.
    run: Option<(i32, u64)>,
}

impl Gathered {
    fn add(&mut self, time: Option<Time>, clock: &Clock) {
        let Some(time) = time else {
            self.without += 1;
            return;
        };
        self.days_only += u64::from(time.zone == Zone::Day);
        let hour = clock.wall_ms(time).div_euclid(HOUR_MS) as i32;
        match &mut self.run {
            Some((last, times)) if *last == hour => *times += 1,
            run => {
                if let Some((last, times)) = run.replace((hour, 1)) {
                    *self.hours.entry(last).or_default() += times;
                }
            }
        }
    }

    fn finish(mut self, group: Group) -> Lane {
        if let Some((last, times)) = self.run.take() {
            *self.hours.entry(last).or_default() += times;
        }
        let mut hours: Vec<(i32, u64)> = self.hours.into_iter().collect();
        hours.sort_unstable();
        Lane { group, hours, days_only: self.days_only, without: self.without }
    }
}

/// Walks the times of all records once, on all cores.
pub fn hours(store: &Store, clock: &Clock) -> Hours {
    let groups: Vec<Vec<Group>> = store.segments.iter().map(|segment| groups(segment)).collect();
    let mut distinct: Vec<&Group> = groups.iter().flatten().collect();
    distinct.sort();
    distinct.dedup();
    let lane = |group: &Group| distinct.binary_search(&group).unwrap_or_default();
    let lanes: Vec<Vec<usize>> = groups.iter().map(|groups| groups.iter().map(lane).collect()).collect();
    let of_segment = |(number, segment): (usize, &Arc<Segment>)| (0..segment.batches()).map(move |at| (number, at));
    let batches: Vec<(usize, usize)> = store.segments.iter().enumerate().flat_map(of_segment).collect();
    let nothing = || -> Vec<Gathered> { distinct.iter().map(|_| Gathered::default()).collect() };
    let gathered = cores::on_all(batches.len(), &|turns: Turns<'_>| {
        let (mut found, mut unread) = (nothing(), Vec::new());
        for &(number, at) in turns.filter_map(|turn| batches.get(turn)) {
            if let Err(error) = gather(store, (number, at), &lanes[number], clock, &mut found) {
                unread.push((number, at, error.to_string()));
            }
        }
        (found, unread)
    });
    let (mut sums, mut unread) = (nothing(), Vec::new());
    for (found, sentences) in gathered {
        sums.iter_mut().zip(found).for_each(|(sum, one)| sum.join(one));
        unread.extend(sentences);
    }
    unread.sort();
    let mut unread: Vec<String> = unread.into_iter().map(|(.., sentence)| sentence).collect();
    unread.dedup();
    let lanes = distinct.into_iter().zip(sums).map(|(group, lane)| lane.finish(group.clone()));
    Hours { lanes: lanes.filter(|lane| lane.without > 0 || !lane.hours.is_empty()).collect(), unread }
}

/// Counts the records of a batch; `lanes` tells by shape where.
fn gather(
    store: &Store,
    (number, at): (usize, usize),
    lanes: &[usize],
    clock: &Clock,
    found: &mut [Gathered],
) -> Result<(), StoreError> {
    let batch = store.segments[number].numbers(at)?;
    each_row(store, number, at, &batch, &mut |row| {
        let lane = lanes.get(batch.shape[row] as usize).and_then(|&lane| found.get_mut(lane));
        if let Some(lane) = lane {
            lane.add(batch.time_of(row), clock);
        }
    });
    Ok(())
}

impl Gathered {
    fn join(&mut self, other: Self) {
        for (hour, times) in other.hours.into_iter().chain(other.run) {
            *self.hours.entry(hour).or_default() += times;
        }
        self.days_only += other.days_only;
        self.without += other.without;
    }
}

/// Calls `visit` with the rows of a batch that no newer snapshot holds too.
pub fn each_row(store: &Store, segment: usize, at: usize, batch: &Numbers<'_>, visit: &mut dyn FnMut(usize)) {
    match store.shadowed(segment) {
        None => (0..batch.len()).for_each(visit),
        Some(shadowed) => (0..batch.len()).filter(|&row| !shadowed.contains(at, row)).for_each(visit),
    }
}

/// The group of each shape.
pub(super) fn groups(segment: &Segment) -> Vec<Group> {
    let catalog = &segment.catalog;
    let group = |shape: &Shape| Group {
        company: segment.manifest.company.clone(),
        kind: catalog.sections.get(shape.section as usize).map_or(Kind::Other, |section| section.kind),
        categories: categories(catalog, shape),
    };
    catalog.shapes.iter().map(group).collect()
}

/// Labels of the categories of a shape's fields, in order.
fn categories(catalog: &Catalog, shape: &Shape) -> Vec<String> {
    let fields = shape.fields.iter().filter_map(|&field| catalog.fields.get(field as usize));
    let labels: BTreeSet<String> = fields.map(|field| category_of(field).1).collect();
    labels.into_iter().collect()
}

/// Records of a moment from oldest to newest, at most `most` of them, and how many there are.
pub fn hits_at(store: &Store, clock: &Clock, only: &Only, moment: &Moment, most: usize) -> (Vec<Hit>, u64) {
    let mut found: Vec<(i64, Hit)> = Vec::new();
    let mut total = 0;
    for (number, segment) in store.segments.iter().enumerate() {
        let chosen: Vec<bool> = groups(segment).iter().map(|group| only.holds(group)).collect();
        for at in (0..segment.batches()).filter(|&at| may_hold(segment, at, moment)) {
            let Ok(batch) = segment.numbers(at) else { continue };
            each_row(store, number, at, &batch, &mut |row| {
                let time = batch.time_of(row);
                let wall = time.map(|time| clock.wall_ms(time));
                let is_meant = match (moment, wall) {
                    (Moment::Between(span), Some(ms)) => span.contains(&ms),
                    (Moment::Untimed, None) => true,
                    _ => false,
                };
                if is_meant
                    && only.holds_time(time)
                    && chosen.get(batch.shape[row] as usize).is_some_and(|&chosen| chosen)
                {
                    total += 1;
                    let hit = Hit { segment: number as u32, batch: at as u32, row: row as u32 };
                    found.push((wall.unwrap_or_default(), hit));
                }
                // What can no longer be among the first is let go, so that memory is bounded.
                if found.len() >= most.saturating_mul(2).max(1 << 16) {
                    keep_first(&mut found, most);
                }
            });
        }
    }
    keep_first(&mut found, most);
    (found.into_iter().map(|(_, hit)| hit).collect(), total)
}

pub(super) fn keep_first(found: &mut Vec<(i64, Hit)>, most: usize) {
    found.sort_by_key(|(ms, hit)| (*ms, hit.segment, hit.batch, hit.row));
    found.truncate(most);
}

/// Whether a batch may hold records of a moment, without decoding it. Clocks differ by less than a day.
fn may_hold(segment: &Segment, at: usize, moment: &Moment) -> bool {
    const DAY: i64 = 24 * HOUR_MS;
    match (moment, segment.span(at)) {
        (Moment::Untimed, _) => true,
        (Moment::Between(_), None) => false,
        (Moment::Between(span), Some((newest, oldest))) => {
            oldest < span.end.saturating_add(DAY) && newest >= span.start.saturating_sub(DAY)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Query, scan};
    use crate::report::tests::stored;

    #[test]
    fn hours_and_wall_clocks_are_the_same_thing() {
        let civil = date(2019, 5, 3).at(14, 0, 0, 0);
        assert_eq!(hour_of(civil), 432_470);
        assert_eq!(civil_of(432_470), civil);
        assert_eq!(civil_of(-1), date(1969, 12, 31).at(23, 0, 0, 0));
    }

    #[test]
    fn records_of_an_export_are_counted_by_the_hour_and_found_again() {
        let chat = "13/02/2024, 09:14 - Ben Okafor: Did the bakery reopen?\n\
                    13/02/2024, 09:58 - Rosa Quill: Yes\n\
                    13/02/2024, 10:00 - Rosa Quill: lunch there?\n\
                    14/02/2024, 00:05 - Ben Okafor: too late\n";
        let (_home, store) = stored("whatsapp", &[("WhatsApp Chat with Ben Okafor.txt", chat)]);
        let at = |day, hour| hour_of(date(2024, 2, day).at(hour, 0, 0, 0));
        let counted = hours(&store, &Clock::Written);
        assert_eq!(counted.unread, Vec::<String>::new());
        let messages = counted.lanes.iter().find(|lane| lane.group.kind == Kind::Message).expect("messages");
        assert_eq!(messages.hours, [(at(13, 9), 2), (at(13, 10), 1), (at(14, 0), 1)]);
        assert_eq!((messages.group.company.as_str(), messages.days_only), ("whatsapp", 0));

        let only = Only { kind: Some(Kind::Message), ..Only::default() };
        let of = |from: i32, to: i32, only: &Only, most| {
            let span = i64::from(from) * HOUR_MS..i64::from(to) * HOUR_MS;
            hits_at(&store, &Clock::Written, only, &Moment::Between(span), most)
        };
        let texts = |hits: &[Hit]| -> Vec<String> {
            let views = scan::views(&store, &Query::default(), hits).into_iter().flatten();
            views.filter_map(|view| view.text).collect()
        };
        let (hits, total) = of(at(13, 0), at(14, 0), &only, 10);
        assert_eq!(
            (texts(&hits), total),
            (vec!["Did the bakery reopen?".into(), "Yes".into(), "lunch there?".into()], 3)
        );
        let (hits, total) = of(at(13, 9), at(15, 0), &only, 2);
        assert_eq!((texts(&hits), total), (vec!["Did the bakery reopen?".into(), "Yes".into()], 4));
        let others = Only { company: Some("facebook".into()), ..Only::default() };
        assert_eq!(of(at(13, 0), at(15, 0), &others, 10), (Vec::new(), 0));
        let (untimed, count) = hits_at(&store, &Clock::Written, &only, &Moment::Untimed, 10);
        assert_eq!((untimed.len() as u64, count), (messages.without, messages.without));
    }

    #[test]
    fn neighbours_of_one_hour_are_joined_and_others_kept() {
        let time = |hour| Time::local(date(2024, 1, 5).at(hour, 30, 0, 0));
        let mut lane = Gathered::default();
        for time in [time(3), time(3), None, time(4), time(3)] {
            lane.add(time, &Clock::Written);
        }
        let start = hour_of(date(2024, 1, 5).at(3, 0, 0, 0));
        let group = Group { company: "x".into(), kind: Kind::Post, categories: vec!["Posts".into()] };
        let lane = lane.finish(group);
        assert_eq!((lane.hours, lane.without), (vec![(start, 3), (start + 1, 1)], 1));
    }
}
