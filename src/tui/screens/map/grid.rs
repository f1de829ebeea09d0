//! The earth in squares, and the part of it that shows. Squares are numbered from the south pole and the date line.

use crate::report::{Area, Cell, Places, Point};
use crate::tui::words::grouped;
use std::cmp::Reverse;
use std::collections::HashMap;

/// Sides of squares, in thousandths of a degree, by zoom. Each square lies in one square of the zoom before.
const SIDES: [i64; 11] = [60_000, 30_000, 10_000, 5000, 1000, 500, 100, 50, 10, 5, 1];
/// Columns and rows of a square on the screen: characters are about twice as high as wide.
pub const WIDTH: u16 = 6;
pub const HEIGHT: u16 = 3;

const SOUTH: i64 = -90_000;
const WEST: i64 = -180_000;

/// A square, by its number to the north and to the east.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, PartialOrd, Ord)]
pub struct Square {
    pub north: i64,
    pub east: i64,
}

/// The records of a square.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cluster {
    pub square: Square,
    pub records: u64,
    /// The middle of the places of its records.
    pub middle: Point,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Zoom(usize);

impl Zoom {
    /// The closest one that shows all of the earth in so many columns.
    pub fn of_world(columns: u16) -> Self {
        let fits = |side: &i64| 360_000 / side * i64::from(WIDTH) <= i64::from(columns);
        Self(SIDES.iter().rposition(fits).unwrap_or_default())
    }

    pub fn closer(self, places: &Places) -> Option<Self> {
        SIDES.get(self.0 + 1).filter(|side| **side % places.side.max(1) == 0).map(|_| Self(self.0 + 1))
    }

    pub fn farther(self) -> Option<Self> {
        self.0.checked_sub(1).map(Self)
    }

    /// Thousandths of a degree.
    pub fn side(self) -> i64 {
        SIDES[self.0.min(SIDES.len() - 1)]
    }

    /// Digits after the point that tell one square from the next.
    pub fn digits(self) -> usize {
        match self.side() {
            100.. => 2,
            10.. => 3,
            _ => 4,
        }
    }

    /// How high a square is: `6,672 km`, `111 m`. A degree to the north is 111.2 km.
    pub fn words(self) -> String {
        let metres = self.side().unsigned_abs() * 1112 / 10;
        if metres < 10_000 {
            format!("{} m", grouped(metres))
        } else {
            format!("{} km", grouped((metres + 500) / 1000))
        }
    }

    pub fn square(self, point: Point) -> Square {
        let of = |millionths: i64, least: i64| (millionths.div_euclid(1000) - least).div_euclid(self.side());
        self.kept(Square { north: of(point.north, SOUTH), east: of(point.east, WEST) })
    }

    /// Squares there are, to the north and to the east.
    fn squares(self) -> Square {
        Square { north: 180_000 / self.side(), east: 360_000 / self.side() }
    }

    /// The nearest square that there is.
    pub fn kept(self, square: Square) -> Square {
        let all = self.squares();
        Square { north: square.north.clamp(0, all.north - 1), east: square.east.clamp(0, all.east - 1) }
    }

    /// Whether a point lies in a square.
    pub fn holds(self, square: Square, point: Point) -> bool {
        self.square(point) == square
    }

    pub fn area(self, square: Square) -> Area {
        let of = |number: i64, least: i64| least + number * self.side()..least + (number + 1) * self.side();
        Area { north: of(square.north, SOUTH), east: of(square.east, WEST) }
    }

    pub fn middle(self, square: Square) -> Point {
        let of = |number: i64, least: i64| (2 * least + (2 * number + 1) * self.side()) * 500;
        Point { north: of(square.north, SOUTH), east: of(square.east, WEST) }
    }

    /// The squares that hold records, most first.
    pub fn clusters(self, places: &Places) -> Vec<Cluster> {
        let mut found: HashMap<Square, (u64, Point)> = HashMap::new();
        for &Cell { north, east, records, sum } in &places.cells {
            let square = self.square(Point { north: north * 1000, east: east * 1000 });
            let (all, sums) = found.entry(square).or_default();
            *all += records;
            *sums = Point { north: sums.north + sum.north, east: sums.east + sum.east };
        }
        let mean = |sum: i64, records: u64| sum.div_euclid(records.max(1).cast_signed());
        let cluster = |(square, (records, sum)): (Square, (u64, Point))| {
            let middle = Point { north: mean(sum.north, records), east: mean(sum.east, records) };
            Cluster { square, records, middle }
        };
        let mut clusters: Vec<Cluster> = found.into_iter().map(cluster).collect();
        clusters.sort_unstable_by_key(|cluster| (Reverse(cluster.records), cluster.square));
        clusters
    }

    /// The south-western square of a window of so many squares that shows `at`, moved from `corner` as little as can be.
    /// What is smaller than its window stands in the middle of it.
    pub fn window(self, corner: Square, at: Square, size: Square) -> Square {
        let all = self.squares();
        let along = |corner: i64, at: i64, size: i64, all: i64| {
            if all <= size { -((size - all) / 2) } else { corner.clamp(at - size + 1, at).clamp(0, all - size) }
        };
        Square {
            north: along(corner.north, at.north, size.north, all.north),
            east: along(corner.east, at.east, size.east, all.east),
        }
    }
}

/// `51.38, -2.36`
pub fn degrees(point: Point, digits: usize) -> String {
    format!("{:.digits$}, {:.digits$}", point.north as f64 / 1e6, point.east as f64 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BATH: Point = Point { north: 51_381_100, east: -2_359_000 };

    #[test]
    fn a_square_holds_its_place_at_every_zoom() {
        for zoom in (0..SIDES.len()).map(Zoom) {
            let area = zoom.area(zoom.square(BATH));
            assert!(area.north.contains(&51_381) && area.east.contains(&-2_359), "{area:?}");
            assert_eq!(zoom.square(zoom.middle(zoom.square(BATH))), zoom.square(BATH));
            let wider = zoom.farther().map_or(180_000, Zoom::side);
            assert_eq!((180_000 % zoom.side(), wider % zoom.side()), (0, 0));
        }
    }

    #[test]
    fn the_whole_earth_shows_first() {
        assert_eq!(
            [36, 57, 77, 97, 216].map(|columns| Zoom::of_world(columns).side()),
            [60_000, 60_000, 30_000, 30_000, 10_000]
        );
    }

    #[test]
    fn clusters_are_the_sums_of_their_cells() {
        let cell = |north, east, records: u64| Cell {
            north,
            east,
            records,
            sum: Point { north: north * 1000 * records.cast_signed(), east: east * 1000 * records.cast_signed() },
        };
        let cells = vec![cell(-33_900, 151_200, 2), cell(51_380, -2_360, 3), cell(51_390, -2_350, 1)];
        let places = Places { cells, side: 1, records: 6, unread: Vec::new() };
        let found = |zoom: Zoom| -> Vec<(u64, String)> {
            zoom.clusters(&places).iter().map(|one| (one.records, degrees(one.middle, 3))).collect()
        };
        assert_eq!(found(Zoom(1)), [(4, "51.383, -2.357".to_owned()), (2, "-33.900, 151.200".to_owned())]);
        assert_eq!(found(Zoom(8)).len(), 3);
    }

    #[test]
    fn a_window_moves_as_little_as_can_be_and_holds_a_small_earth_in_its_middle() {
        let square = |north, east| Square { north, east };
        let zoom = Zoom(2);
        assert_eq!(zoom.window(square(5, 5), square(6, 20), square(4, 10)), square(5, 11));
        assert_eq!(zoom.window(square(5, 5), square(6, 6), square(4, 10)), square(5, 5));
        assert_eq!(zoom.window(square(90, 90), square(17, 35), square(4, 10)), square(14, 26));
        assert_eq!(zoom.window(square(0, 0), square(0, 0), square(20, 40)), square(-1, -2));
    }

    #[test]
    fn words_for_sides() {
        assert_eq!([0, 5, 8, 10].map(|at| Zoom(at).words()), ["6,672 km", "56 km", "1,112 m", "111 m"]);
    }
}
