//! A line of text that is being typed.

use crate::text;
use crate::tui::canvas::Canvas;
use crate::tui::keys::Edit;
use crate::tui::look::Role;
use ratatui::layout::{Position, Rect};
use tui_input::{Input, InputRequest};

/// Characters a line takes; more is not typed but pasted by accident.
const MOST: usize = 4096;

/// Text with a cursor.
#[derive(Debug, Clone, Default)]
pub struct Line(Input);

impl Line {
    pub fn new(text: impl Into<String>) -> Self {
        Self(Input::new(text.into()))
    }

    pub fn text(&self) -> &str {
        self.0.value()
    }

    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// Types one character; control characters are no text.
    pub fn push(&mut self, c: char) {
        if !c.is_control() && self.text().chars().count() < MOST {
            self.0.handle(InputRequest::InsertChar(c));
        }
    }

    /// Puts pasted text in at the cursor. Line ends become blanks, other control characters go: nothing pasted can act.
    pub fn paste(&mut self, pasted: &str) {
        let room = MOST.saturating_sub(self.text().chars().count());
        let one_line = pasted.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c });
        let clean: String = one_line.filter(|c| !c.is_control()).take(room).collect();
        let at = self.0.cursor();
        let mut all: String = self.text().chars().take(at).collect();
        all.push_str(&clean);
        all.extend(self.text().chars().skip(at));
        let cursor = at + clean.chars().count();
        self.0 = Input::new(all).with_cursor(cursor);
    }

    pub fn edit(&mut self, edit: Edit) {
        let request = match edit {
            Edit::Left => InputRequest::GoToPrevChar,
            Edit::Right => InputRequest::GoToNextChar,
            Edit::WordLeft => InputRequest::GoToPrevWord,
            Edit::WordRight => InputRequest::GoToNextWord,
            Edit::Home => InputRequest::GoToStart,
            Edit::End => InputRequest::GoToEnd,
            Edit::Backspace => InputRequest::DeletePrevChar,
            Edit::Delete => InputRequest::DeleteNextChar,
            Edit::CutWord => InputRequest::DeletePrevWord,
            Edit::CutLine => InputRequest::DeleteLine,
        };
        self.0.handle(request);
    }

    /// Draws it behind `before`; the end stays in view while typing. With `focused`, the terminal's cursor goes here.
    pub fn draw(&self, canvas: &mut Canvas<'_>, area: Rect, before: &str, focused: bool) {
        let start = canvas.put(area.x, area.y, area.width, before, Role::Strong);
        let room = usize::from(area.width.saturating_sub(start + 1));
        let (head, tail) = self.halves();
        let (cut, shown) = window(&head, room);
        let x = area.x + start;
        let mark = canvas.put(x, area.y, room as u16, cut, Role::Dim);
        let used = mark + canvas.put(x + mark, area.y, (room as u16).saturating_sub(mark), shown, Role::Text);
        let left = room as u16 - used.min(room as u16);
        canvas.put(x + used, area.y, left, &tail, Role::Text);
        if focused {
            canvas.cursor = Some(Position { x: (x + used).min(area.right().saturating_sub(1)), y: area.y });
        }
    }

    /// Columns between the start of the drawn text and byte `at` of it; `None` if that is scrolled out on the left.
    pub fn column_of(&self, at: usize, room: u16) -> Option<u16> {
        let (head, _) = self.halves();
        let before = text::line(self.text().get(..at)?).into_owned();
        let (cut, shown) = window(&head, usize::from(room));
        let hidden = text::width(&head).saturating_sub(text::width(shown));
        let column = text::width(&before).checked_sub(hidden)? + text::width(cut);
        u16::try_from(column).ok()
    }

    /// What stands before and behind the cursor, fit to be shown.
    fn halves(&self) -> (String, String) {
        let head: String = self.text().chars().take(self.0.cursor()).collect();
        let tail: String = self.text().chars().skip(self.0.cursor()).collect();
        (text::line(&head).into_owned(), text::line(&tail).into_owned())
    }
}

/// What shows of a safe text whose end must show: a mark if its start is cut, and the rest.
fn window(text: &str, columns: usize) -> (&'static str, &str) {
    if text::width(text) <= columns { ("", text) } else { ("…", end_of(text, columns.saturating_sub(1))) }
}

/// The longest end of a safe text that fits.
fn end_of(text: &str, columns: usize) -> &str {
    let mut rest = text;
    while text::width(rest) > columns {
        let first = rest.chars().next().map_or(0, char::len_utf8);
        rest = rest.get(first..).unwrap_or_default();
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pasted_control_characters_and_line_ends_do_nothing() {
        let mut line = Line::new("ab");
        line.edit(Edit::Left);
        line.paste("1\u{1b}[201~\n2\r3\u{3}");
        assert_eq!(line.text(), "a1[201~ 2 3b");
    }

    #[test]
    fn a_paste_of_megabytes_is_cut() {
        let mut line = Line::default();
        line.paste(&"x".repeat(10 << 20));
        assert_eq!(line.text().len(), MOST);
        line.push('y');
        assert_eq!(line.text().len(), MOST);
    }

    #[test]
    fn words_are_cut_as_in_a_shell() {
        let mut line = Line::new("lunch on sunday");
        line.edit(Edit::CutWord);
        assert_eq!(line.text(), "lunch on ");
        line.edit(Edit::CutLine);
        assert!(line.is_empty());
    }

    #[test]
    fn a_place_in_the_text_has_a_column() {
        let line = Line::new("日曜 after:x");
        assert_eq!(line.column_of(7, 40), Some(5));
        assert_eq!(line.column_of(0, 4), None);
        assert_eq!(line.column_of(13, 4), Some(3));
    }

    #[test]
    fn a_text_whose_start_is_out_of_view_says_so() {
        assert_eq!(window("co:facebook lunch", 17), ("", "co:facebook lunch"));
        assert_eq!(window("co:facebook lunch", 15), ("…", "facebook lunch"));
        assert_eq!(window("日曜日", 4), ("…", "日"));
    }
}
