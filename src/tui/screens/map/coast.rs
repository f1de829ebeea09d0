//! The coasts of the earth: Natural Earth at 1:50 million, public domain, as `examples/make_coast.rs` writes them.

use ratatui::style::Color;
use ratatui::widgets::canvas::{Context, Line};

const COASTS: &[u8] = include_bytes!("coast.bin");
/// Points are kept in hundredths of a degree.
const PARTS: f64 = 100.0;

/// A part of the earth, in degrees.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    pub east: [f64; 2],
    pub north: [f64; 2],
}

impl Window {
    /// Whether a straight may pass through it.
    fn may_see(&self, one: Point, other: Point) -> bool {
        let within = |one: f64, other: f64, [least, most]: [f64; 2]| one.max(other) >= least && one.min(other) <= most;
        within(one.east, other.east, self.east) && within(one.north, other.north, self.north)
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Point {
    east: f64,
    north: f64,
}

/// Draws the coasts that pass through a window.
pub fn draw(paper: &mut Context<'_>, window: Window) {
    for [one, other] in straights(COASTS).filter(|[one, other]| window.may_see(*one, *other)) {
        paper.draw(&Line { x1: one.east, y1: one.north, x2: other.east, y2: other.north, color: Color::Reset });
    }
}

/// From each point to the next of its line.
fn straights(bytes: &[u8]) -> impl Iterator<Item = [Point; 2]> {
    let mut numbers = Numbers(bytes);
    let (mut left, mut at) = (0, [0i64; 2]);
    let mut before = None;
    std::iter::from_fn(move || {
        loop {
            if left == 0 {
                (left, at, before) = (numbers.next()?, [0; 2], None);
            }
            left -= 1;
            for part in &mut at {
                *part += signed(numbers.next()?);
            }
            let point = Point { east: at[0] as f64 / PARTS, north: at[1] as f64 / PARTS };
            if let Some(before) = before.replace(point) {
                return Some([before, point]);
            }
        }
    })
}

/// Numbers of seven bits a byte, the lowest first.
struct Numbers<'a>(&'a [u8]);

impl Iterator for Numbers<'_> {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..63).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }
}

/// `0, -1, 1, -2, 2` …
fn signed(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -((number & 1).cast_signed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_its_points_from_one_to_the_next_and_lines_are_not_joined() {
        let point = |east, north| Point { east, north };
        // Three points, then two: (1.00, -1.00), (1.00, 0.00), (0.99, 0.00); (0.00, 0.01), (0.01, 0.01).
        let bytes = [3, 0xc8, 1, 0xc7, 1, 0, 0xc8, 1, 1, 0, 2, 0, 2, 2, 0];
        let found: Vec<[Point; 2]> = straights(&bytes).collect();
        assert_eq!(
            found,
            [
                [point(1.0, -1.0), point(1.0, 0.0)],
                [point(1.0, 0.0), point(0.99, 0.0)],
                [point(0.0, 0.01), point(0.01, 0.01)]
            ]
        );
    }

    #[test]
    fn the_coasts_are_whole_and_on_the_earth() {
        let mut numbers = Numbers(COASTS);
        let mut lines = 0;
        while let Some(points) = numbers.next() {
            assert_eq!(numbers.by_ref().take(2 * points as usize).count(), 2 * points as usize);
            lines += 1;
        }
        assert!(numbers.0.is_empty() && lines > 1000, "{lines}");
        for [one, other] in straights(COASTS) {
            for point in [one, other] {
                assert!(point.east.abs() <= 180.0 && point.north.abs() <= 90.0, "{point:?}");
            }
        }
    }

    /// Known places at the sea, in degrees, and how far the coast may be from them.
    #[test]
    fn coasts_are_where_they_are_known_to_be() {
        let places =
            [("Land's End", -5.72, 50.07), ("Cape of Good Hope", 18.49, -34.36), ("Cape Horn", -67.27, -55.98)];
        for (name, east, north) in places {
            let near = |point: Point| (point.east - east).hypot(point.north - north);
            let nearest = straights(COASTS).map(|[one, _]| near(one)).fold(f64::MAX, f64::min);
            assert!(nearest < 0.3, "{name}: {nearest} degrees away");
        }
    }

    #[test]
    fn what_lies_beside_a_window_is_left_out() {
        let window = Window { east: [0.0, 1.0], north: [50.0, 51.0] };
        let point = |east, north| Point { east, north };
        assert!(window.may_see(point(-1.0, 50.5), point(2.0, 50.5)));
        assert!(!window.may_see(point(1.5, 50.5), point(2.0, 50.5)));
        assert!(!window.may_see(point(0.5, 51.5), point(0.5, 60.0)));
    }
}
