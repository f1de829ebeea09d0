//! Where: records that hold coordinates, gathered once into small cells of the earth. A record stands where the first of its
//! coordinates is; zero and zero is how devices write "not known".

use super::Only;
use super::hours::{each_row, groups, keep_first};
use crate::classify;
use crate::index::{FieldMeta, Segment, Store};
use crate::query::Hit;
use crate::record::{SEPARATOR, Time};
use std::collections::HashMap;
use std::ops::Range;

/// Cells that are kept apart; with more, ten by ten become one.
const MOST: usize = 1 << 18;

/// Millionths of a degree, to the north and to the east.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Point {
    pub north: i64,
    pub east: i64,
}

/// A part of the earth, in thousandths of a degree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    pub north: Range<i64>,
    pub east: Range<i64>,
}

/// The records of a small square.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Its south-western corner, in thousandths of a degree.
    pub north: i64,
    pub east: i64,
    pub records: u64,
    /// Of the places of its records: divided by their number, the middle of them.
    pub sum: Point,
}

/// All records that tell where they were made. A record that snapshots share counts once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places {
    /// From south to north, then from west to east.
    pub cells: Vec<Cell>,
    /// How wide and high a cell is, in thousandths of a degree: 1, 10, 100 or 1000.
    pub side: i64,
    pub records: u64,
    /// Sentences about parts that could not be read; their records are missing.
    pub unread: Vec<String>,
}

impl Point {
    fn of((north, east): (f64, f64)) -> Option<Self> {
        let known = north.abs() <= 90.0 && east.abs() <= 180.0 && (north, east) != (0.0, 0.0);
        let millionths = |degrees: f64, most: f64| (degrees.min(most - 1e-6) * 1e6).round() as i64;
        known.then(|| Self { north: millionths(north, 90.0), east: millionths(east, 180.0) })
    }

    /// The corner of the cell it is in.
    fn corner(self, side: i64) -> (i64, i64) {
        let corner = |millionths: i64| millionths.div_euclid(1000 * side) * side;
        (corner(self.north), corner(self.east))
    }
}

/// Walks all records once.
pub fn places(store: &Store, only: &Only) -> Places {
    let mut gathered = Gathered { side: 1, cells: HashMap::new() };
    let mut records = 0;
    let unread = each(store, only, &mut |_, _, point| {
        records += 1;
        gathered.add(point);
    });
    let cells = gathered.cells.into_iter();
    let mut cells: Vec<Cell> =
        cells.map(|((north, east), (records, sum))| Cell { north, east, records, sum }).collect();
    cells.sort_unstable_by_key(|cell| (cell.north, cell.east));
    Places { cells, side: gathered.side, records, unread }
}

/// Records of an area from oldest to newest, those without time last, at most `most` of them; and how many there are.
pub fn hits_in(store: &Store, only: &Only, area: &Area, most: usize) -> (Vec<Hit>, u64) {
    let mut found: Vec<(i64, Hit)> = Vec::new();
    let mut total = 0;
    // The map has told what could not be read.
    each(store, only, &mut |hit, time, point| {
        let (north, east) = point.corner(1);
        if area.north.contains(&north) && area.east.contains(&east) {
            total += 1;
            found.push((time.map_or(i64::MAX, |time| time.ms), hit));
            if found.len() >= most.saturating_mul(2).max(1 << 16) {
                keep_first(&mut found, most);
            }
        }
    });
    keep_first(&mut found, most);
    (found.into_iter().map(|(_, hit)| hit).collect(), total)
}

#[derive(Debug)]
struct Gathered {
    side: i64,
    cells: HashMap<(i64, i64), (u64, Point)>,
}

impl Gathered {
    fn add(&mut self, point: Point) {
        self.put(point.corner(self.side), 1, point);
        if self.cells.len() > MOST && self.side < 1000 {
            self.side *= 10;
            let side = self.side;
            for ((north, east), (records, sum)) in std::mem::take(&mut self.cells) {
                self.put((north.div_euclid(side) * side, east.div_euclid(side) * side), records, sum);
            }
        }
    }

    fn put(&mut self, corner: (i64, i64), more: u64, at: Point) {
        let (records, sum) = self.cells.entry(corner).or_default();
        *records += more;
        *sum = Point { north: sum.north + at.north, east: sum.east + at.east };
    }
}

/// Calls `visit` with each record that tells where, and gives sentences about what could not be read.
fn each(store: &Store, only: &Only, visit: &mut dyn FnMut(Hit, Option<Time>, Point)) -> Vec<String> {
    let mut unread = Vec::new();
    for (number, segment) in store.segments.iter().enumerate() {
        let readings = readings(segment, only);
        if readings.iter().all(Vec::is_empty) {
            continue;
        }
        for at in segment.batches_of(&|shape| readings.get(shape).is_some_and(|all| !all.is_empty())) {
            match segment.batch(at) {
                Ok(batch) => each_row(store, number, at, &batch, &mut |row| {
                    if !only.holds_time(batch.time_of(row)) {
                        return;
                    }
                    let Some(readings) = readings.get(batch.shape[row] as usize).filter(|all| !all.is_empty()) else {
                        return;
                    };
                    let values: Vec<&str> = batch.values.value(row).split(SEPARATOR).collect();
                    if let Some(point) = readings.iter().find_map(|reading| reading.point(&values)) {
                        let hit = Hit { segment: number as u32, batch: at as u32, row: row as u32 };
                        visit(hit, batch.time_of(row), point);
                    }
                }),
                Err(error) => unread.push(error.to_string()),
            }
        }
    }
    unread.dedup();
    unread
}

/// How a place is read from the values of a record.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Reading {
    /// Two values, at these positions, in so many parts of a degree.
    Pair { north: usize, east: usize, parts: f64 },
    /// One value that holds both.
    Text(usize),
}

impl Reading {
    fn point(self, values: &[&str]) -> Option<Point> {
        let degrees = |at: usize, parts: f64| Some(values.get(at)?.trim().parse::<f64>().ok()? / parts);
        Point::of(match self {
            Self::Pair { north, east, parts } => (degrees(north, parts)?, degrees(east, parts)?),
            Self::Text(at) => classify::degrees_of(values.get(at)?)?,
        })
    }
}

/// For each shape the places of it that tell where, in order; none for records that are not meant.
fn readings(segment: &Segment, only: &Only) -> Vec<Vec<Reading>> {
    let catalog = &segment.catalog;
    let named: Vec<Named> = catalog.fields.iter().map(Named::of).collect();
    let shapes = catalog.shapes.iter().zip(groups(segment));
    let of_shape = |fields: &[u32]| of_names(fields.iter().map(|&field| named.get(field as usize)));
    shapes.map(|(shape, group)| if only.holds(&group) { of_shape(&shape.fields) } else { Vec::new() }).collect()
}

fn of_names<'a>(fields: impl Iterator<Item = Option<&'a Named>>) -> Vec<Reading> {
    let mut found = Vec::new();
    // The half of a pair that came first, by what its name has in common with the other half.
    let mut waiting: HashMap<&str, (Axis, usize)> = HashMap::new();
    for (at, named) in fields.enumerate() {
        match named {
            Some(Named::Text) => found.push(Reading::Text(at)),
            Some(Named::Half { axis, stem, parts }) => match waiting.remove(stem.as_str()) {
                Some((Axis::EastFirst, east)) => found.push(Reading::Pair { north: at, east, parts: *parts }),
                Some((Axis::NorthFirst, north)) => found.push(Reading::Pair { north, east: at, parts: *parts }),
                Some((Axis::North, north)) if *axis == Axis::East => {
                    found.push(Reading::Pair { north, east: at, parts: *parts });
                }
                Some((Axis::East, east)) if *axis == Axis::North => {
                    found.push(Reading::Pair { north: at, east, parts: *parts });
                }
                _ => drop(waiting.insert(stem, (*axis, at))),
            },
            Some(Named::Other) | None => {}
        }
    }
    found
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Axis {
    North,
    East,
    /// One name for both, longitude first: the `coordinates` of `GeoJSON`.
    EastFirst,
    /// Latitude first: the `geo.coordinates` of posts, which stands beside `GeoJSON` since before 2012.
    NorthFirst,
}

/// What a field is for a place.
#[derive(Debug, PartialEq)]
enum Named {
    Half { axis: Axis, stem: String, parts: f64 },
    Text,
    Other,
}

impl Named {
    fn of(field: &FieldMeta) -> Self {
        match field.category.as_deref() {
            Some("gps" | "location") => Self::of_path(&field.path),
            _ => Self::Other,
        }
    }

    fn of_path(path: &str) -> Self {
        let mut words = words(path);
        let parts = if words.iter().any(|word| word == "e7") { 1e7 } else { 1.0 };
        if path.ends_with("coordinates[]") {
            let axis = if path.ends_with("geo.coordinates[]") { Axis::NorthFirst } else { Axis::EastFirst };
            return Self::Half { axis, stem: path.to_owned(), parts };
        }
        let axis = |word: &String| match word.as_str() {
            "lat" | "latitude" => Some(Axis::North),
            "lon" | "lng" | "long" | "longitude" => Some(Axis::East),
            _ => None,
        };
        let Some(at) = words.iter().rposition(|word| axis(word).is_some()) else { return Self::Text };
        let both = at > 0 && axis(&words[at - 1]).is_some_and(|before| Some(before) != axis(&words[at]));
        match axis(&words.remove(at)) {
            Some(axis) if !both => Self::Half { axis, stem: words.join(" "), parts },
            _ => Self::Text,
        }
    }
}

/// `position.centerLatE7` → position, center, lat, e7.
fn words(path: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for c in path.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && was_small) {
            words.push(String::new());
        }
        if let (true, Some(word)) = (c.is_alphanumeric(), words.last_mut()) {
            word.extend(c.to_lowercase());
        }
        was_small = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests;
