//! Where things stand: pure functions of the size of the terminal. Nobody remembers sizes.

use ratatui::layout::Rect;

/// The smallest terminal that is drawn in full.
pub const LEAST: (u16, u16) = (40, 12);

/// How many panes find room side by side or below each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// One pane at a time: Enter goes in, Esc comes out.
    One,
    /// A list and one pane more.
    Two,
    /// Everything.
    Wide,
}

/// The rows that all screens share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    pub tabs: Rect,
    /// Where one is, and how things are shown.
    pub crumb: Option<Rect>,
    pub body: Rect,
    pub status: Rect,
    pub hints: Option<Rect>,
    pub class: Class,
    /// Panes have borders, not only title rules.
    pub boxed: bool,
}

/// The frame of a terminal of this size; `None` if it is too small.
pub fn frame(width: u16, height: u16) -> Option<Frame> {
    if width < LEAST.0 || height < LEAST.1 {
        return None;
    }
    let row = |y| Rect::new(0, y, width, 1);
    let tall = height >= 18;
    let (above, below) = if tall { (2, 2) } else { (1, 1) };
    Some(Frame {
        tabs: row(0),
        crumb: tall.then(|| row(1)),
        body: Rect::new(0, above, width, height - above - below),
        status: row(height - below),
        hints: tall.then(|| row(height - 1)),
        class: class(width, height),
        boxed: tall && width >= 70,
    })
}

fn class(width: u16, height: u16) -> Class {
    match (width, height) {
        (100.., 28..) => Class::Wide,
        (70.., 18..) => Class::Two,
        _ => Class::One,
    }
}

/// What a border or title rule leaves of a pane; inside a border, the last column stays blank.
pub fn inner(area: Rect, boxed: bool) -> Rect {
    let side = u16::from(boxed);
    let (width, height) = (area.width.saturating_sub(3 * side), area.height.saturating_sub(1 + side));
    Rect { x: area.x + side.min(area.width), y: area.y + 1.min(area.height), width, height }
}

/// An area without its first rows.
pub fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

/// The first rows of an area.
pub fn top(area: Rect, rows: u16) -> Rect {
    Rect { height: rows.min(area.height), ..area }
}

/// Cuts an area in two, one above the other; the lower one gets `rows` if that leaves something for the upper.
pub fn stack(area: Rect, rows: u16) -> (Rect, Rect) {
    let rows = rows.min(area.height.saturating_sub(3));
    (top(area, area.height - rows), below(area, area.height - rows))
}

/// Rows of what is told of the selection, below a list that has the screen to itself.
pub fn strip(body: Rect) -> u16 {
    if body.height >= 15 { 6 } else { 4 }
}

/// Cuts an area in two, side by side; the left one gets `columns`.
pub fn beside(area: Rect, columns: u16) -> (Rect, Rect) {
    let columns = columns.min(area.width);
    (Rect { width: columns, ..area }, Rect { x: area.x + columns, width: area.width - columns, ..area })
}

/// An area in the middle of another, for what is drawn over a screen.
pub fn middle(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sizes_of_the_three_classes() {
        let classes = [(100, 30), (80, 24), (40, 12), (140, 12)].map(|(w, h)| frame(w, h).map(|frame| frame.class));
        assert_eq!(classes, [Some(Class::Wide), Some(Class::Two), Some(Class::One), Some(Class::One)]);
        assert_eq!(frame(39, 12), None);
        assert_eq!(frame(40, 11), None);
    }

    proptest! {
        #[test]
        fn every_row_is_inside_and_none_is_used_twice(width in 0u16..301, height in 0u16..101) {
            let Some(frame) = frame(width, height) else { return Ok(()) };
            let mut rows = vec![frame.tabs, frame.body, frame.status];
            rows.extend(frame.crumb);
            rows.extend(frame.hints);
            let all = Rect::new(0, 0, width, height);
            prop_assert!(rows.iter().all(|row| all.intersection(*row) == *row && row.area() > 0));
            prop_assert_eq!(rows.iter().map(|row| row.area()).sum::<u32>(), all.area());
        }

        #[test]
        fn parts_are_inside_their_area(x in 0u16..9, y in 0u16..9, w in 0u16..90, h in 0u16..60, cut in 0u16..70) {
            let area = Rect::new(x, y, w, h);
            let (upper, lower) = stack(area, cut);
            let (left, right) = beside(area, cut);
            prop_assert_eq!(upper.area() + lower.area(), area.area());
            prop_assert_eq!(left.area() + right.area(), area.area());
            for part in [inner(area, true), inner(area, false), below(area, cut), middle(area, cut, cut)] {
                prop_assert!(part.is_empty() || area.intersection(part) == part, "{part:?} of {area:?}");
            }
        }
    }
}
