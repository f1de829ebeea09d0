//! What the preview shows of the selected record: the conversation around it, or its values, the telling ones first.

use super::{PREVIEW, Search};
use crate::query::HitView;
use crate::report::Line as Message;
use crate::tui::canvas::{Canvas, Mark};
use crate::tui::look::Role;
use crate::tui::model::{Cx, Place};
use crate::tui::screens::reader::message;
use crate::tui::widgets::snippet::{self, Piece};
use ratatui::layout::{Position, Rect};
use std::ops::Range;

/// Bytes of one value that the preview lays out; the record shows more.
const PREVIEW_BYTES: usize = 4 << 10;
/// Lines after which no further value is begun: the preview is laid out anew with every key.
const PREVIEW_LINES: usize = 200;
/// Rows of one message around a hit.
const PREVIEW_ROWS: usize = 12;

/// A line of the preview.
pub(super) enum Shown {
    Plain(Role, String),
    Pieces(Vec<Piece>),
}

impl Shown {
    /// Whether what was searched for stands in it.
    pub(super) fn is_match(&self) -> bool {
        matches!(self, Self::Pieces(pieces) if pieces.iter().any(|piece| piece.matched))
    }
}

impl Search {
    pub(super) fn draw_preview(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        if area.is_empty() {
            return;
        }
        let focused = self.focus == PREVIEW;
        let inner = canvas.pane(area, cx.frame.boxed, focused, "Preview", &cx.keymap.hint("search.next", "next match"));
        if focused {
            canvas.cursor = Some(Position { x: inner.x, y: inner.y });
        }
        let lines = self.preview_lines(cx, inner.width);
        for (at, y) in self.preview.list.visible(inner, lines.len()) {
            let width = inner.width.saturating_sub(2);
            match lines.get(at) {
                Some(Shown::Plain(role, text)) => {
                    canvas.put(inner.x + 2, y, width, text, *role);
                }
                Some(Shown::Pieces(pieces)) => {
                    snippet::put(canvas, inner.x + 4, y, width.saturating_sub(2), pieces);
                }
                None => {}
            }
            // Away from the preview only a match that was walked to stands out.
            let selected = at == self.preview.list.cursor && (focused || at > 0);
            canvas.stand_out(inner, y, Mark::of(selected, focused));
        }
    }

    /// The selected record in lines.
    pub(super) fn preview_lines(&self, cx: &Cx<'_>, width: u16) -> Vec<Shown> {
        let Some(hit) = self.hit() else { return Vec::new() };
        let width = usize::from(width.saturating_sub(7)).max(8);
        let around = self.preview.around.as_ref().filter(|around| around.place == Place::of(hit));
        if let Some(around) = around.filter(|around| !around.lines.is_empty()) {
            return conversation_lines(hit, &around.lines, cx, width);
        }
        let mut lines = vec![Shown::Plain(Role::Strong, format!("{} › {}", hit.company_name, hit.section_name))];
        let time = hit.time.map_or("no time".to_owned(), |time| cx.look.time(time).to_string());
        let who = hit.who.iter().chain(&hit.thread).map(|name| cx.look.name(name));
        let about: Vec<String> = [time].into_iter().chain(who).collect();
        lines.push(Shown::Plain(Role::Text, about.join(" · ")));
        for at in telling(hit) {
            let Some((path, value)) = hit.values.get(at) else { continue };
            if lines.len() > PREVIEW_LINES {
                lines.push(Shown::Plain(Role::Dim, "… the record shows the rest".to_owned()));
                break;
            }
            lines.push(Shown::Plain(Role::Dim, path.clone()));
            if cx.look.hides() {
                lines.push(Shown::Plain(Role::Text, format!("  {}", cx.look.value(value))));
            } else {
                lines.extend(
                    snippet::flow(value, &matches_in(hit, at), width, PREVIEW_BYTES).into_iter().map(Shown::Pieces),
                );
            }
        }
        lines.push(Shown::Plain(Role::Dim, format!("{}, {}", cx.look.name(&hit.entry), hit.place)));
        lines
    }
}

/// What was said before and after a hit.
fn conversation_lines(hit: &HitView, around: &[Message], cx: &Cx<'_>, width: usize) -> Vec<Shown> {
    let thread = hit.thread.as_ref().map(|thread| cx.look.name(thread)).unwrap_or_default();
    let mut lines = vec![Shown::Plain(Role::Strong, format!("{} › {thread}", hit.company_name))];
    for said in around {
        let time = said.time.as_deref().and_then(|time| time.get(..16)).unwrap_or_default().replace('T', " ");
        lines.push(Shown::Plain(Role::Dim, format!("{time}  {}", message::who(said, cx.look))));
        for row in message::rows(said, cx.look, width, PREVIEW_ROWS) {
            lines.push(match row {
                message::Row::Plain(role, text) => Shown::Plain(role, format!("  {text}")),
                message::Row::Pieces(pieces) => Shown::Pieces(pieces),
            });
        }
    }
    lines.push(Shown::Plain(Role::Dim, format!("{}, {}", cx.look.name(&hit.entry), hit.place)));
    lines
}

fn matches_in(hit: &HitView, value: usize) -> Vec<Range<usize>> {
    hit.matches.iter().filter(|found| found.value == value).map(|found| found.start..found.end).collect()
}

/// The values of a hit, the most telling first: those that match, then the text, then the others as they stand. A matching name
/// that has a column of its own is no news.
fn telling(hit: &HitView) -> Vec<usize> {
    let rank = |at: usize| {
        let value = hit.values.get(at).map(|(_, value)| value);
        match hit.matches.iter().any(|found| found.value == at) {
            true if value != hit.who.as_ref() => 0,
            _ if value.is_some() && value == hit.text.as_ref() => 1,
            true => 2,
            false => 3,
        }
    };
    let mut order: Vec<usize> = (0..hit.values.len()).collect();
    order.sort_by_key(|&at| rank(at));
    order
}

/// The value to show in one line.
pub(super) fn shown_value(hit: &HitView) -> (&str, Vec<Range<usize>>) {
    let at = telling(hit).first().copied().unwrap_or(0);
    (hit.values.get(at).map_or("", |(_, value)| value.as_str()), matches_in(hit, at))
}
