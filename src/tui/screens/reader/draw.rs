//! How a conversation is drawn. Only what shows is laid out.

use super::message::{self, Row};
use super::{Density, Reader, State};
use crate::record::Time;
use crate::text;
use crate::tui::canvas::{Canvas, Mark};
use crate::tui::look::Role;
use crate::tui::model::Cx;
use crate::tui::widgets::snippet;
use ratatui::layout::{Position, Rect};

/// From this width on, time and name have columns of their own.
const ROOMY: u16 = 56;
/// Columns of a name.
const NAME: u16 = 12;

/// Where text stands in the pane.
#[derive(Debug, Clone, Copy)]
struct Columns {
    roomy: bool,
    text: u16,
    width: u16,
}

impl Columns {
    fn of(inner: Rect) -> Self {
        let roomy = inner.width >= ROOMY;
        let text = if roomy { 2 + 5 + 2 + NAME + 1 } else { 4 };
        Self { roomy, text, width: inner.width.saturating_sub(text) }
    }
}

impl Reader {
    fn time(&self, at: usize, cx: &Cx<'_>) -> Option<Time> {
        self.thread()?.rows.get(at)?.time().map(|time| cx.look.time(time))
    }

    /// Whether a message is the first of its day.
    fn begins_day(&self, at: usize, cx: &Cx<'_>) -> bool {
        let day = |at| self.time(at, cx).map(|time| time.civil().date());
        at == 0 || day(at) != day(at - 1)
    }

    /// Whether the name stands with a message.
    fn is_named(&self, at: usize, cx: &Cx<'_>) -> bool {
        let who = |at| self.message(at).map(|message| (&message.who, message.event));
        self.density == Density::Named || self.begins_day(at, cx) || who(at) != who(at.saturating_sub(1))
    }

    fn rows_of(&self, at: usize, inner: Rect, cx: &Cx<'_>) -> Vec<Row> {
        let columns = Columns::of(inner);
        let head = usize::from(self.begins_day(at, cx)) + usize::from(!columns.roomy);
        let most = usize::from(inner.height).saturating_sub(head).max(1);
        match self.message(at) {
            Some(message) => message::rows(message, cx.look, usize::from(columns.width), most),
            None => vec![Row::Plain(Role::Dim, "…".to_owned())],
        }
    }

    /// Rows that a message takes, with the day above it.
    pub(super) fn height(&self, at: usize, inner: Rect, cx: &Cx<'_>) -> usize {
        let own_line = !Columns::of(inner).roomy && self.is_named(at, cx);
        self.rows_of(at, inner, cx).len() + usize::from(self.begins_day(at, cx)) + usize::from(own_line)
    }

    /// The first message to show so that the selected one shows whole.
    pub(super) fn first_shown(&self, inner: Rect, cx: &Cx<'_>) -> usize {
        let cursor = self.list.cursor;
        let mut left = usize::from(inner.height).saturating_sub(self.height(cursor, inner, cx));
        let mut first = cursor;
        let target = self.top.min(cursor);
        // At the end of a conversation the screen is filled from below.
        while first > 0 && (first > target || self.is_at_end(cursor)) {
            let height = self.height(first - 1, inner, cx);
            if height > left {
                break;
            }
            left -= height;
            first -= 1;
        }
        first
    }

    /// The message that is drawn at a line of the screen, its day included.
    pub(super) fn message_under(&self, y: u16, inner: Rect, cx: &Cx<'_>) -> Option<usize> {
        let mut below = usize::from(inner.y);
        (self.first_shown(inner, cx)..self.length()).take(usize::from(inner.height)).find(|&at| {
            below += self.height(at, inner, cx);
            usize::from(y) < below
        })
    }

    fn is_at_end(&self, cursor: usize) -> bool {
        cursor + 1 == self.length()
    }

    pub(super) fn draw_messages(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let half = self.thread().is_some_and(|thread| thread.conversation.half);
        let title = self.thread().map_or_else(|| "Conversation".to_owned(), |it| cx.look.name(&it.conversation.title));
        let title = if half { format!("{title} · only your half is in the archive") } else { title };
        let day = self.time(self.list.cursor, cx).map(|time| time.civil().date().to_string()).unwrap_or_default();
        let inner = canvas.pane(cx.frame.body, cx.frame.boxed, true, &title, &day);
        let says = match &self.state {
            State::Waiting => "Reading…",
            State::Absent(why) => why.as_str(),
            State::Here(_) => "",
        };
        canvas.put(inner.x + 2, inner.y, inner.width.saturating_sub(2), says, Role::Text);
        canvas.cursor = Some(Position { x: inner.x, y: inner.y });
        let mut y = inner.y;
        // Pages may have come since the view was settled.
        for at in self.first_shown(inner, cx)..self.length() {
            if y >= inner.bottom() {
                break;
            }
            y = self.draw_message(at, y, inner, cx, canvas);
        }
        self.date.draw(canvas, inner);
    }

    /// Draws a message and gives the row below it.
    fn draw_message(&self, at: usize, mut y: u16, inner: Rect, cx: &Cx<'_>, canvas: &mut Canvas<'_>) -> u16 {
        let columns = Columns::of(inner);
        if self.begins_day(at, cx) {
            let day = format!("── {} ──", message::day(self.time(at, cx)));
            let indent = inner.width.saturating_sub(text::width(&day) as u16) / 2;
            canvas.put(inner.x + indent, y, inner.width.saturating_sub(indent), &day, Role::Strong);
            y += 1;
        }
        let first = y;
        let named = self.is_named(at, cx);
        if y < inner.bottom() {
            self.draw_head(at, y, inner, (named, columns), cx, canvas);
        }
        if !columns.roomy && named {
            y += 1;
        }
        for row in self.rows_of(at, inner, cx) {
            if y >= inner.bottom() {
                break;
            }
            let x = inner.x + columns.text;
            match row {
                Row::Plain(role, text) => canvas.put(x, y, columns.width, &text, role),
                Row::Pieces(pieces) => snippet::put(canvas, x, y, columns.width, &pieces),
            };
            y += 1;
        }
        if at == self.list.cursor && first < inner.bottom() {
            canvas.put(inner.x, first, 1, ">", Role::Strong);
            canvas.stand_out(inner, first, Mark::Cursor);
        }
        y
    }

    fn draw_head(
        &self,
        at: usize,
        y: u16,
        inner: Rect,
        (named, columns): (bool, Columns),
        cx: &Cx<'_>,
        canvas: &mut Canvas<'_>,
    ) {
        let clock = message::clock(self.time(at, cx));
        let who = self.message(at).filter(|_| named).map(|message| message::who(message, cx.look)).unwrap_or_default();
        let role = if self.message(at).is_some_and(|message| message.you) { Role::Strong } else { Role::Text };
        if columns.roomy {
            canvas.put(inner.x + 2, y, 5, &clock, Role::Dim);
            canvas.put(inner.x + 9, y, NAME, &who, role);
        } else if named {
            canvas.put(inner.x + 2, y, 5, &clock, Role::Dim);
            canvas.put(inner.x + 8, y, inner.width.saturating_sub(8), &who, role);
        }
    }
}
