//! The cursor of a list, and what part of the list shows.

use crate::tui::keys::Action;
use ratatui::layout::Rect;

/// A selected row and the first row that shows. The list itself is somewhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct List {
    pub cursor: usize,
    pub top: usize,
}

/// A list on the screen: where its rows are, and how many there are.
#[derive(Debug)]
pub struct Pane<'a> {
    pub rows: Rect,
    pub list: &'a mut List,
    pub length: usize,
}

impl Pane<'_> {
    /// Moves the cursor as the action says; false if the action is no movement.
    pub fn act(&mut self, action: Action) -> bool {
        let half = (usize::from(self.rows.height) / 2).max(1);
        let cursor = self.list.cursor;
        self.list.cursor = match action {
            Action::Down => cursor.saturating_add(1),
            Action::Up => cursor.saturating_sub(1),
            Action::HalfDown => cursor.saturating_add(half),
            Action::HalfUp => cursor.saturating_sub(half),
            Action::First => 0,
            Action::Last => usize::MAX,
            _ => return false,
        };
        self.settle();
        true
    }

    /// Brings the cursor inside the list and the view around the cursor.
    pub fn settle(&mut self) {
        let height = usize::from(self.rows.height).max(1);
        let last = self.length.saturating_sub(1);
        self.list.cursor = self.list.cursor.min(last);
        let lowest = self.list.cursor.saturating_sub(height - 1);
        let end = self.length.saturating_sub(height);
        self.list.top = self.list.top.clamp(lowest, self.list.cursor).min(end.max(lowest));
    }

    /// The row at a line of the screen.
    pub fn row_at(&self, y: u16) -> Option<usize> {
        let row = self.list.top + usize::from(y.checked_sub(self.rows.y)?);
        (y < self.rows.bottom() && row < self.length).then_some(row)
    }
}

impl List {
    pub fn at(cursor: usize) -> Self {
        Self { cursor, top: 0 }
    }

    /// The rows that show, with their line on the screen.
    pub fn visible(&self, rows: Rect, length: usize) -> impl Iterator<Item = (usize, u16)> + use<> {
        (self.top..length).zip(rows.top()..rows.bottom())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(from: List, length: usize, action: Action) -> List {
        let mut list = from;
        Pane { rows: Rect::new(0, 5, 10, 4), list: &mut list, length }.act(action);
        list
    }

    #[test]
    fn the_view_follows_the_cursor_and_no_further() {
        let down = (0..5).fold(List::default(), |list, _| moved(list, 9, Action::Down));
        assert_eq!(down, List { cursor: 5, top: 2 });
        assert_eq!(moved(down, 9, Action::Up), List { cursor: 4, top: 2 });
        assert_eq!(moved(down, 9, Action::Last), List { cursor: 8, top: 5 });
        assert_eq!(moved(down, 9, Action::First), List { cursor: 0, top: 0 });
    }

    #[test]
    fn an_empty_list_has_its_cursor_at_the_top() {
        for action in [Action::Down, Action::Up, Action::Last, Action::HalfDown] {
            assert_eq!(moved(List::default(), 0, action), List::default());
        }
    }

    #[test]
    fn a_list_that_shrank_takes_its_cursor_along() {
        assert_eq!(moved(List { cursor: 80, top: 78 }, 3, Action::Up), List { cursor: 2, top: 0 });
    }

    #[test]
    fn a_click_finds_the_row_that_shows_there() {
        let mut list = List { cursor: 3, top: 2 };
        let pane = Pane { rows: Rect::new(0, 5, 10, 4), list: &mut list, length: 4 };
        assert_eq!([4, 5, 6, 7, 9].map(|y| pane.row_at(y)), [None, Some(2), Some(3), None, None]);
    }
}
