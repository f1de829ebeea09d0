//! The only way to the buffer: every string passes the gate here, whether it is ours or came out of an archive.

use crate::text;
use crate::tui::layout;
use crate::tui::look::{Look, Role};
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use std::borrow::Cow;
use std::num::NonZeroU16;
use unicode_segmentation::UnicodeSegmentation;

/// A frame being drawn.
#[derive(Debug)]
pub struct Canvas<'a> {
    pub buffer: &'a mut Buffer,
    pub look: &'a Look,
    /// Where the terminal's own cursor goes: screen readers, braille displays and input methods follow it.
    pub cursor: Option<Position>,
}

/// One column of a row.
#[derive(Debug, Clone)]
pub struct Cell<'a> {
    pub text: Cow<'a, str>,
    pub width: u16,
    pub align: Align,
    pub role: Role,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

impl<'a> Cell<'a> {
    pub fn new(text: impl Into<Cow<'a, str>>, width: u16) -> Self {
        Self { text: text.into(), width, align: Align::Left, role: Role::Text }
    }

    pub fn right(self) -> Self {
        Self { align: Align::Right, ..self }
    }

    pub fn role(self, role: Role) -> Self {
        Self { role, ..self }
    }
}

/// How a row stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    None,
    /// Selected, in the pane that has the keys.
    Cursor,
    /// Selected, in another pane.
    Rest,
}

impl Mark {
    pub fn of(selected: bool, focused: bool) -> Self {
        match (selected, focused) {
            (true, true) => Self::Cursor,
            (true, false) => Self::Rest,
            (false, _) => Self::None,
        }
    }
}

impl Canvas<'_> {
    /// Writes `text` at a place, cut to `columns`, and gives the columns it took.
    pub fn put(&mut self, x: u16, y: u16, columns: u16, text: &str, role: Role) -> u16 {
        self.put_styled(x, y, columns, text, self.look.style(role))
    }

    /// As [`Canvas::put`], with a style of one's own.
    pub fn put_styled(&mut self, x: u16, y: u16, columns: u16, text: &str, style: Style) -> u16 {
        let columns = columns.min(self.buffer.area.right().saturating_sub(x));
        if !self.buffer.area.contains(Position { x, y }) || columns == 0 {
            return 0;
        }
        let safe = shown(text, usize::from(columns));
        let mut used = 0u16;
        for cluster in safe.graphemes(true) {
            let width = text::cluster_width(cluster) as u16;
            if width == 0 || used + width > columns {
                continue;
            }
            self.put_cluster(x + used, y, cluster, width, style);
            used += width;
        }
        used
    }

    fn put_cluster(&mut self, x: u16, y: u16, cluster: &str, width: u16, style: Style) {
        let Some(cell) = self.buffer.cell_mut((x, y)) else { return };
        cell.set_symbol(cluster).set_style(style);
        // Ratatui 0.30.2 counts half-width sound marks twice with unicode-width 0.2.3.
        if let (Some(forced), true) = (NonZeroU16::new(width), cluster.contains(['\u{ff9e}', '\u{ff9f}'])) {
            cell.set_diff_option(CellDiffOption::ForcedWidth(forced));
        }
        for behind in 1..width {
            if let Some(cell) = self.buffer.cell_mut((x + behind, y)) {
                cell.reset();
                cell.set_style(style);
            }
        }
    }

    /// Writes `text` so that it ends at the right edge of `area`'s row.
    pub fn put_right(&mut self, area: Rect, y: u16, text: &str, role: Role) {
        let safe = shown(text, usize::from(area.width)).into_owned();
        let width = text::width(&safe) as u16;
        self.put(area.right().saturating_sub(width), y, width, &safe, role);
    }

    /// A row of columns, with a blank between two. The first column of the screen holds the mark.
    pub fn row(&mut self, area: Rect, y: u16, mark: Mark, cells: &[Cell<'_>]) {
        if y < area.y || y >= area.bottom() {
            return;
        }
        let mut x = area.x;
        if mark != Mark::None {
            self.put(x, y, 1, ">", Role::Strong);
        }
        x += 2.min(area.width);
        for cell in cells {
            let room = cell.width.min(area.right().saturating_sub(x));
            self.cell(x, y, room, cell);
            x = (x + cell.width + 1).min(area.right());
        }
        self.stand_out(area, y, mark);
    }

    fn cell(&mut self, x: u16, y: u16, room: u16, cell: &Cell<'_>) {
        let area = Rect { x, y, width: room, height: 1 };
        match cell.align {
            Align::Left => {
                self.put(x, y, room, &cell.text, cell.role);
            }
            Align::Right => self.put_right(area, y, &cell.text, cell.role),
        }
    }

    /// Styles a whole row by its mark and puts the terminal's cursor on a selected one.
    pub fn stand_out(&mut self, area: Rect, y: u16, mark: Mark) {
        let row = Rect { y, height: 1, ..area }.intersection(self.buffer.area);
        match mark {
            Mark::None => {}
            Mark::Rest => self.buffer.set_style(row, self.look.style(Role::Rest)),
            Mark::Cursor => {
                self.reverse(row);
                self.cursor = Some(Position { x: row.x, y });
            }
        }
    }

    /// Turns reverse on, and off where it was on, so that matches stay visible in the selected row.
    fn reverse(&mut self, row: Rect) {
        for x in row.left()..row.right() {
            if let Some(cell) = self.buffer.cell_mut((x, row.y)) {
                cell.modifier.toggle(Modifier::REVERSED);
            }
        }
    }

    /// The border of a pane, or its title rule where borders do not fit; gives what is left inside.
    pub fn pane(&mut self, area: Rect, boxed: bool, focused: bool, title: &str, note: &str) -> Rect {
        if boxed {
            self.border(area, focused);
        } else {
            self.rule(area, focused);
        }
        let inset = u16::from(boxed) + 1;
        let row = Rect { x: area.x + inset.min(area.width), width: area.width.saturating_sub(inset * 2), ..area };
        let role = if focused { Role::Title } else { Role::Text };
        let used = if title.is_empty() { 0 } else { self.put(row.x, row.y, row.width, &format!(" {title} "), role) };
        let note = format!(" {note} ");
        if note.len() > 2 && text::width(&note) < usize::from(row.width - used.min(row.width)) {
            self.put_right(row, row.y, &note, Role::Dim);
        }
        layout::inner(area, boxed)
    }

    fn rule(&mut self, area: Rect, focused: bool) {
        let line = if focused { "━" } else { "─" };
        let role = if focused { Role::FocusBorder } else { Role::Border };
        self.put(area.x, area.y, area.width, &line.repeat(usize::from(area.width)), role);
    }

    fn border(&mut self, area: Rect, focused: bool) {
        if area.width < 2 || area.height < 2 {
            return;
        }
        let [line, side, nw, ne, sw, se] = if focused {
            ["━", "┃", "┏", "┓", "┗", "┛"]
        } else {
            ["─", "│", "┌", "┐", "└", "┘"]
        };
        let role = if focused { Role::FocusBorder } else { Role::Border };
        let middle = line.repeat(usize::from(area.width - 2));
        self.put(area.x, area.y, area.width, &format!("{nw}{middle}{ne}"), role);
        self.put(area.x, area.bottom() - 1, area.width, &format!("{sw}{middle}{se}"), role);
        for y in area.y + 1..area.bottom() - 1 {
            self.put(area.x, y, 1, side, role);
            self.put(area.right() - 1, y, 1, side, role);
        }
    }

    /// Blanks an area, for what is drawn over a screen.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        for y in area.top()..area.bottom() {
            for x in area.left()..area.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.reset();
                }
            }
        }
    }
}

/// `text` through the gate, cut to `columns`. Only as much is looked at as can be seen: a value may hold megabytes.
pub fn shown(text: &str, columns: usize) -> Cow<'_, str> {
    let (head, cut) = head(text, columns.saturating_mul(64).saturating_add(64));
    let safe = text::line(head);
    if cut {
        return Cow::Owned(text::fit(&format!("{safe}…"), columns).into_owned());
    }
    match safe {
        Cow::Borrowed(safe) => text::fit(safe, columns),
        Cow::Owned(safe) => Cow::Owned(text::fit(&safe, columns).into_owned()),
    }
}

/// The first bytes of a text, cut between characters, and whether something was cut.
pub fn head(text: &str, bytes: usize) -> (&str, bool) {
    if text.len() <= bytes {
        return (text, false);
    }
    let end = (0..=bytes).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    (text.get(..end).unwrap_or_default(), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn painted(width: u16, paint: impl FnOnce(&mut Canvas<'_>)) -> Vec<String> {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, 3));
        let look = Look::default();
        paint(&mut Canvas { buffer: &mut buffer, look: &look, cursor: None });
        (0..3)
            .map(|y| (0..width).map(|x| buffer.cell((x, y)).map_or("", |cell| cell.symbol())).collect::<String>())
            .collect()
    }

    #[test]
    fn foreign_text_passes_the_gate_and_keeps_other_columns_in_place() {
        let rows = painted(12, |canvas| {
            canvas.row(Rect::new(0, 0, 12, 1), 0, Mark::None, &[Cell::new("a\u{202e}\u{1b}[2J", 5), Cell::new("b", 2)]);
        });
        assert_eq!(rows[0], "  a␛[2J b   ");
    }

    #[test]
    fn wide_characters_never_straddle_the_edge() {
        let rows = painted(4, |canvas| {
            canvas.put(0, 0, 3, "日曜日", Role::Text);
        });
        assert_eq!(rows[0].trim_end(), "日 …");
    }

    #[test]
    fn a_value_of_megabytes_is_only_looked_at_as_far_as_it_shows() {
        let huge = "x".repeat(8 << 20);
        assert_eq!(shown(&huge, 5), "xxxx…");
        assert_eq!(head("日曜", 4), ("日", true));
    }

    #[test]
    fn a_place_outside_the_frame_is_no_place() {
        let rows = painted(4, |canvas| {
            canvas.put(9, 9, 5, "lost", Role::Text);
            canvas.border(Rect::new(3, 2, 9, 9), true);
        });
        assert_eq!(rows[0], "    ");
    }
}
