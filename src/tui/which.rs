//! What can follow a key that waits for a second one, drawn over the screen when the person hesitates.

use super::canvas::{Canvas, Cell, Mark};
use super::keys::Context;
use super::look::Role;
use super::model::Cx;
use ratatui::layout::{Position, Rect};

/// Columns of an entry.
const ENTRY: u16 = 24;

/// Draws the list at the foot of the body.
pub fn draw(cx: &Cx<'_>, context: Context, canvas: &mut Canvas<'_>) {
    let follows = cx.keymap.after_g(context);
    let body = cx.frame.body;
    let width = body.width.min(3 * ENTRY + 3);
    let across = (width.saturating_sub(3) / ENTRY).max(1);
    let rows = (follows.len() as u16).div_ceil(across).max(1);
    let height = (rows + 2).min(body.height);
    let area = Rect { x: body.right() - width, y: body.bottom() - height, width, height };
    canvas.clear(area);
    let inner = canvas.pane(area, true, true, "g, then", "any other key forgets it");
    canvas.cursor = Some(Position { x: inner.x + 2, y: inner.y });
    for (at, (second, binding)) in follows.iter().enumerate() {
        let (column, row) = (at as u16 / rows, at as u16 % rows);
        let cell = Rect { x: inner.x + column * ENTRY, width: ENTRY, ..inner };
        let name = binding.does.split(':').next().unwrap_or_default();
        let cells = [Cell::new(second.to_string(), 1).role(Role::Strong), Cell::new(name, ENTRY - 5)];
        canvas.row(cell, inner.y + row, Mark::None, &cells);
    }
}
