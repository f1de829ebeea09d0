//! How the Time screen is drawn.

use super::{GRID, LANES, TimePage};
use crate::tui::canvas::{Canvas, Cell, Mark};
use crate::tui::data::kind_plural;
use crate::tui::layout;
use crate::tui::look::Role;
use crate::tui::model::Cx;
use crate::tui::widgets::{bars, empty, heat};
use crate::tui::words::{grouped, month};
use ratatui::layout::{Position, Rect};

/// Columns of a row's label, with the mark.
const LABEL: u16 = 9;

/// The rows of the grid, between its heads and its foot.
pub(super) fn grid_rows(area: Rect, boxed: bool) -> Rect {
    let inner = layout::below(layout::inner(area, boxed), 1);
    layout::top(inner, inner.height.saturating_sub(if inner.height > 6 { 2 } else { 1 }))
}

/// Columns from one cell to the next, and whether the sum of a row finds room.
fn pitch(width: u16, cells: u16, ink: heat::Ink) -> (u16, bool) {
    let room = width.saturating_sub(LABEL + 1);
    let wanted = if ink == heat::Ink::Numbers { 7 } else { 3 };
    let with_sum = room.saturating_sub(12) / cells.max(1);
    let sum = with_sum >= 2;
    (if sum { with_sum } else { room / cells.max(1) }.clamp(1, wanted), sum)
}

impl TimePage {
    pub(super) fn draw_grid(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        if area.is_empty() {
            return;
        }
        let focused = self.focus == GRID;
        let titles = ["Years × months", "Months × days", "Days × hours"];
        let title = titles[match self.table.heads.len() {
            31 => 1,
            24 => 2,
            _ => 0,
        }];
        let chip = super::table::chip(cx.only(), &|company| cx.data.name(company).to_owned());
        let note = chip.unwrap_or_else(|| "all records".to_owned());
        let inner = canvas.pane(area, cx.frame.boxed, focused, title, &note);
        if let Some(says) = self.emptiness(cx) {
            empty::draw(canvas, inner, &says);
            return;
        }
        let (pitch, sum) = pitch(inner.width, self.table.heads.len() as u16, self.view.ink);
        self.draw_heads(canvas, inner, pitch, sum);
        let rows = grid_rows(area, cx.frame.boxed);
        for (at, y) in self.grid.visible(rows, self.table.rows.len()) {
            let Some(row) = self.table.rows.get(at) else { continue };
            let selected = at == self.table.row;
            let role = if selected { Role::Strong } else { Role::Text };
            canvas.put(rows.x, y, 1, if selected { ">" } else { " " }, Role::Strong);
            canvas.put(rows.x + 1, y, LABEL - 2, &row.label, role);
            if selected && focused {
                canvas.cursor = Some(Position { x: rows.x, y });
            }
            let from = Position { x: rows.x + LABEL, y };
            let column = self.table.column.filter(|_| selected).map(|column| (column, focused));
            heat::draw(canvas, from, pitch, (self.view.ink, self.table.scale), &row.counts, column);
            if sum {
                canvas.put_right(sums(rows, pitch, self.table.heads.len()), y, &grouped(row.records), role);
            }
        }
        self.draw_foot(canvas, inner, rows, pitch);
    }

    fn emptiness(&self, cx: &Cx<'_>) -> Option<String> {
        let says = match (&self.hours, self.has_no_times()) {
            _ if cx.data.is_empty() => "",
            (None, _) => "Counting the hours…",
            (Some(_), true) => "No record has a time; u lists what there is.",
            (Some(_), false) => return None,
        };
        Some(empty::why(cx, false, says))
    }

    fn draw_heads(&self, canvas: &mut Canvas<'_>, inner: Rect, pitch: u16, sum: bool) {
        let cells = self.table.heads.len();
        // Where cells are narrow, every so many has its head.
        let every = if cells == 12 { 1 } else { 3usize.div_ceil(usize::from(pitch)) };
        let room = if cells == 12 { if pitch > 3 { 3 } else { 1 } } else { pitch * every as u16 };
        for (at, head) in self.table.heads.iter().enumerate().step_by(every) {
            let head: String = head.chars().take(usize::from(room)).collect();
            canvas.put(inner.x + LABEL + at as u16 * pitch, inner.y, room, &head, Role::Dim);
        }
        if sum {
            canvas.put_right(sums(inner, pitch, cells), inner.y, "records", Role::Dim);
        }
    }

    fn draw_foot(&self, canvas: &mut Canvas<'_>, inner: Rect, rows: Rect, pitch: u16) {
        let width = inner.width.saturating_sub(2);
        canvas.put(inner.x + 1, rows.bottom(), width, &self.table.extremes, Role::Text);
        if rows.bottom() + 1 < inner.bottom() {
            let says = match self.view.ink {
                heat::Ink::Shades => format!("{}   # numbers", self.table.scale.legend()),
                heat::Ink::Numbers if self.widest() >= usize::from(pitch.max(2)) => heat::DIGITS.to_owned(),
                heat::Ink::Numbers => "# shades".to_owned(),
            };
            canvas.put(inner.x + 1, rows.bottom() + 1, width, &says, Role::Dim);
        }
    }

    /// Columns that the longest number of the grid takes.
    fn widest(&self) -> usize {
        let counts = self.table.rows.iter().flat_map(|row| &row.counts);
        counts.map(|&number| heat::compact(number).len()).max().unwrap_or_default()
    }

    pub(super) fn draw_lanes(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        if area.is_empty() {
            return;
        }
        let focused = self.focus == LANES;
        let steps = self.table.lanes.first().map_or(0, |lane| lane.steps.len());
        let unit = match steps {
            12 => "a month",
            24 => "an hour",
            _ => "a day",
        };
        let title = match self.view.ink {
            heat::Ink::Shades => format!("By {}, a column is {unit}", self.view.by.word()),
            heat::Ink::Numbers => format!("By {}, and when most", self.view.by.word()),
        };
        let lane = self.table.lanes.get(self.lanes.cursor);
        let is_alone = lane.is_some_and(|lane| cx.only().has(&lane.only));
        let note = if is_alone { "Enter: all again" } else { "Enter: only this" };
        let inner = canvas.pane(area, cx.frame.boxed, focused, &title, note);
        if self.table.lanes.is_empty() {
            canvas.put(inner.x + 2, inner.y, inner.width.saturating_sub(2), "Nothing in this period.", Role::Dim);
        }
        if focused {
            canvas.cursor = Some(Position { x: inner.x, y: inner.y });
        }
        let name = if inner.width >= 60 { 14 } else { 8 };
        for (at, y) in self.lanes.visible(inner, self.table.lanes.len()) {
            let Some(lane) = self.table.lanes.get(at) else { continue };
            let kinds =
                lane.kinds.iter().map(|(kind, records)| format!("{} {}", kind_plural(*kind), grouped(*records)));
            let width = steps as u16;
            let mut cells = vec![
                Cell::new(lane.name.clone(), name),
                match self.view.ink {
                    heat::Ink::Shades => Cell::new(bars::spark(&lane.steps), width).role(Role::Heat(2)),
                    heat::Ink::Numbers => Cell::new(most_told(&lane.steps), width),
                },
                Cell::new(grouped(lane.records), 9).right(),
            ];
            let rest = inner.width.saturating_sub(2 + name + 1 + width + 1 + 9 + 2);
            cells.push(Cell::new(kinds.collect::<Vec<_>>().join(", "), rest).role(Role::Dim));
            canvas.row(inner, y, Mark::of(at == self.lanes.cursor && focused, focused), &cells);
        }
    }
}

/// The month, day or hour with most records: `Jun 1,204`, `on 18: 1,204`, `14:00 1,204`.
fn most_told(steps: &[u64]) -> String {
    let most = steps.iter().enumerate().rev().max_by_key(|(_, records)| **records);
    most.map_or_else(String::new, |(at, &records)| {
        let records = grouped(records);
        match steps.len() {
            12 => format!("{} {records}", month(at as i8 + 1).chars().take(3).collect::<String>()),
            24 => format!("{at}:00 {records}"),
            _ => format!("on {}: {records}", at + 1),
        }
    })
}

/// Where the sum of a row stands.
fn sums(rows: Rect, pitch: u16, cells: usize) -> Rect {
    let x = rows.x + LABEL + pitch * cells as u16;
    Rect { x, width: 11.min(rows.right().saturating_sub(x)), ..rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_step_with_most_records_is_told_in_words() {
        let most_at = |at: usize, length: usize| -> Vec<u64> {
            (0..length).map(|step| if step == at { 1204 } else { 3 }).collect()
        };
        assert_eq!(most_told(&most_at(5, 12)), "Jun 1,204");
        assert_eq!(most_told(&most_at(17, 30)), "on 18: 1,204");
        assert_eq!(most_told(&most_at(14, 24)), "14:00 1,204");
        assert_eq!(most_told(&[]), "");
    }
}
