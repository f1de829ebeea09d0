//! What stands in place of an empty list: the cause, and the way out.

use super::wrap::wrapped;
use crate::tui::canvas::Canvas;
use crate::tui::look::Role;
use crate::tui::model::Cx;
use ratatui::layout::{Position, Rect};

const MOST: usize = 2000;

/// The nearest cause that is known; `otherwise` if it is none of those that all lists share.
pub fn why(cx: &Cx<'_>, is_narrowed: bool, otherwise: &str) -> String {
    match (is_narrowed, cx.data.loaded) {
        (true, _) => "Nothing passes the filter; Esc clears it.".to_owned(),
        (false, false) => "Reading the index…".to_owned(),
        (false, true) if cx.data.is_empty() => match cx.keymap.hint("import", "to import archives") {
            way if way.is_empty() => "Nothing imported yet.".to_owned(),
            way => format!("Nothing imported yet: press {way}."),
        },
        (false, true) => otherwise.to_owned(),
    }
}

/// As [`why`], on a screen that heeds what all screens are narrowed to.
pub fn narrowed(cx: &Cx<'_>, is_narrowed: bool, otherwise: &str) -> String {
    if cx.counts() {
        return "Counting…".to_owned();
    }
    if cx.only().is_all() {
        return why(cx, is_narrowed, otherwise);
    }
    let way = cx.keymap.hint("narrow.clear", "shows everything again");
    why(cx, is_narrowed, &format!("Nothing passes what all screens are narrowed to; {way}."))
}

/// Writes a sentence where the list would begin, in as many lines as it takes; the terminal's cursor stands on it.
pub fn draw(canvas: &mut Canvas<'_>, area: Rect, says: &str) {
    let lines = wrapped(says, usize::from(area.width.saturating_sub(3)), MOST);
    for (line, y) in lines.iter().zip(area.y..area.bottom()) {
        canvas.put(area.x + 2, y, area.width.saturating_sub(2), line, Role::Dim);
    }
    canvas.cursor = Some(Position { x: area.x, y: area.y });
}
