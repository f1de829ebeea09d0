//! How the Search screen is drawn.

use super::{FACETS, INPUT, PREVIEW, RESULTS, Search};
use crate::query::HitView;
use crate::record::{Time, Zone};
use crate::report::Line as Message;
use crate::text;
use crate::tui::canvas::{self, Canvas, Cell, Mark};
use crate::tui::layout::{self, Class};
use crate::tui::look::Role;
use crate::tui::model::{Cx, Place};
use crate::tui::screens::reader::message;
use crate::tui::widgets::snippet::{self, Piece};
use crate::tui::words::{count, grouped};
use ratatui::layout::{Position, Rect};
use std::ops::Range;

/// Bytes of one value that the preview lays out; the record shows more.
const PREVIEW_BYTES: usize = 4 << 10;
/// Lines after which no further value is begun: the preview is laid out anew with every key.
const PREVIEW_LINES: usize = 200;
/// Rows of one message around a hit.
const PREVIEW_ROWS: usize = 12;
const LANGUAGE: &str = "words  \"a phrase\"  -not  a OR b  /regex/  co: from: in: kind: field: cat: after: before: on:";

/// A line of the preview.
pub(super) enum Shown {
    Plain(Role, String),
    Pieces(Vec<Piece>),
}

impl Search {
    pub(super) fn draw_input(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let focused = self.focus == INPUT;
        let (row, below) = if area.height >= 4 {
            let inner = canvas.pane(area, true, focused, "Search", "");
            (Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..layout::top(inner, 1) }, inner.y + 1)
        } else {
            let rule = Rect { y: area.y + 1, height: 1, ..area };
            canvas.put(rule.x, rule.y, rule.width, &"─".repeat(usize::from(rule.width)), Role::Border);
            (Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: 1, ..area }, area.y + 1)
        };
        self.line.draw(canvas, row, "/ ", focused);
        self.draw_below_input(cx, canvas, Rect { y: below, ..row });
    }

    /// The mistake under its place; else how much was found.
    fn draw_below_input(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, row: Rect) {
        let boxed = cx.frame.class == Class::Wide;
        match (&self.mistake, self.line.is_empty()) {
            (Some(mistake), _) => self.draw_mistake(mistake, canvas, row),
            (None, true) if boxed => {
                canvas.put(row.x + 2, row.y, row.width - 2, LANGUAGE, Role::Dim);
            }
            (None, _) if boxed => {
                canvas.put(row.x + 2, row.y, row.width - 2, &self.found(cx), Role::Dim);
            }
            (None, _) => canvas.put_right(row, row.y, &format!(" {} ", self.found(cx)), Role::Dim),
        }
    }

    fn draw_mistake(&self, mistake: &super::Mistake, canvas: &mut Canvas<'_>, row: Rect) {
        let room = row.width.saturating_sub(3);
        let column = self.line.column_of(mistake.start, room).unwrap_or(0).min(room);
        let x = row.x + 2 + column;
        let says = format!(" expected {} ", mistake.expected);
        let width = text::width(&text::line(&says)) as u16;
        canvas.put(x, row.y, 1, "^", Role::Problem);
        if x + 1 + width <= row.right() || column < row.width / 2 {
            canvas.put(x + 1, row.y, row.right().saturating_sub(x + 1), &says, Role::Problem);
        } else {
            canvas.put_right(Rect { width: x - row.x, ..row }, row.y, &says, Role::Problem);
        }
    }

    fn found(&self, cx: &Cx<'_>) -> String {
        let companies = self.current_counts().map_or(0, |counts| counts.companies.len() as u64);
        match self.current_counts() {
            None if cx.data.is_empty() => "nothing imported yet".to_owned(),
            None => "searching…".to_owned(),
            Some(counts) => {
                let about = if counts.exact { "" } else { "≈ " };
                format!("{about}{} in {}", count(counts.count, "record"), count(companies, "company"))
            }
        }
    }

    pub(super) fn draw_results(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        if area.is_empty() {
            return;
        }
        let focused = self.focus == RESULTS;
        let note = self.current_counts().map_or_else(String::new, |counts| grouped(counts.count));
        let inner = canvas.pane(area, cx.frame.boxed, focused, "Results", &note);
        if focused {
            canvas.cursor = Some(Position { x: inner.x, y: inner.y });
        }
        if self.length() == 0 {
            canvas.put(inner.x + 2, inner.y, inner.width.saturating_sub(2), &self.emptiness(cx), Role::Dim);
        }
        for (at, y) in self.results.list.visible(inner, self.length()) {
            let mark = Mark::of(at == self.results.list.cursor, focused);
            let hit = at.checked_sub(self.offers.len()).and_then(|at| self.results.hits.get(at));
            match (self.offers.get(at), hit) {
                (Some(offer), _) => {
                    let says =
                        format!("{}: {}  →  {}", offer.what, cx.look.name(&offer.name), cx.look.name(&offer.filter));
                    canvas.row(inner, y, mark, &[Cell::new(says, inner.width.saturating_sub(2)).role(Role::Title)]);
                }
                (None, Some(hit)) => self.draw_hit(cx, canvas, inner, y, mark, hit),
                (None, None) => {}
            }
        }
    }

    fn emptiness(&self, cx: &Cx<'_>) -> String {
        if cx.data.is_empty() {
            return "Nothing imported yet; leave with Esc, then I imports archives.".to_owned();
        }
        let filtered = super::filters::without_filters(self.line.text()) != self.line.text();
        match (self.is_current(), filtered) {
            (false, _) => "Searching…".to_owned(),
            (true, true) => "No record passes the words and filters; c (in the results) clears the filters.".to_owned(),
            (true, false) => "No record holds these words.".to_owned(),
        }
    }

    fn draw_hit(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, rows: Rect, y: u16, mark: Mark, hit: &HitView) {
        let dim = if self.is_current() { Role::Text } else { Role::Dim };
        let mut cells = hit_cells(hit, cx, rows.width);
        for cell in &mut cells {
            cell.role = dim;
        }
        let start: u16 = cells.iter().map(|cell| cell.width + 1).sum::<u16>() + 2;
        canvas.row(rows, y, Mark::None, &cells);
        let room = rows.width.saturating_sub(start);
        if cx.look.hides() {
            canvas.put(rows.x + start, y, room, &cx.look.value(shown_value(hit).0), dim);
        } else {
            let (value, matches) = shown_value(hit);
            let pieces = snippet::pieces(canvas::head(value, 64 << 10).0, &matches, usize::from(room));
            snippet::put(canvas, rows.x + start, y, room, &pieces);
        }
        canvas.row(rows, y, mark, &[]);
    }

    pub(super) fn draw_facets(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        if area.is_empty() {
            return;
        }
        let focused = self.focus == FACETS;
        let inner = canvas.pane(area, cx.frame.boxed, focused, "Narrow (F)", if focused { "Enter" } else { "" });
        if focused {
            canvas.cursor = Some(Position { x: inner.x, y: inner.y });
        }
        let facets = self.facet_rows();
        if facets.is_empty() {
            canvas.put(inner.x + 2, inner.y, inner.width.saturating_sub(2), "No counts yet.", Role::Dim);
        }
        for (at, y) in self.facets.visible(inner, facets.len()) {
            let Some(facet) = facets.get(at) else { continue };
            let number = if facet.filter.is_some() { grouped(facet.count) } else { String::new() };
            let tick = match (&facet.filter, facet.on) {
                (None, _) => "",
                (Some(_), true) => "[x] ",
                (Some(_), false) => "[ ] ",
            };
            let role = if facet.filter.is_none() { Role::Strong } else { Role::Text };
            let cells = [
                Cell::new(format!("{tick}{}", facet.label), inner.width.saturating_sub(13)).role(role),
                Cell::new(number, 10).right(),
            ];
            canvas.row(inner, y, Mark::of(focused && at == self.facets.cursor, focused), &cells);
        }
    }

    pub(super) fn draw_preview(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        if area.is_empty() {
            return;
        }
        let focused = self.focus == PREVIEW;
        let inner = canvas.pane(area, cx.frame.boxed, focused, "Preview", "Enter opens");
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
            canvas.stand_out(inner, y, Mark::of(focused && at == self.preview.list.cursor, true));
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
        let time = hit.time.map_or("no time".to_owned(), |time| time.to_string());
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
fn shown_value(hit: &HitView) -> (&str, Vec<Range<usize>>) {
    let at = telling(hit).first().copied().unwrap_or(0);
    (hit.values.get(at).map_or("", |(_, value)| value.as_str()), matches_in(hit, at))
}

/// When, where, in what conversation, who: as much as finds room.
fn hit_cells(hit: &HitView, cx: &Cx<'_>, width: u16) -> Vec<Cell<'static>> {
    let place = hit.thread.as_ref().map_or_else(|| hit.section_name.clone(), |thread| cx.look.name(thread));
    let who = hit.who.as_ref().map_or_else(|| hit.kind.id().to_owned(), |who| cx.look.name(who));
    let short: String = hit.company_name.chars().take(3).collect();
    match width {
        90.. => vec![
            Cell::new(full_time(hit.time), 16),
            Cell::new(hit.company_name.clone(), 9),
            Cell::new(place, 14),
            Cell::new(who, 10),
        ],
        60.. => {
            vec![Cell::new(short_time(hit.time, cx), 11), Cell::new(short, 3), Cell::new(place, 10), Cell::new(who, 8)]
        }
        _ => vec![Cell::new(full_time(hit.time).chars().take(10).collect::<String>(), 10), Cell::new(who, 6)],
    }
}

/// `2026-10-30 18:57`
fn full_time(time: Option<Time>) -> String {
    let Some(time) = time else { return "no time".to_owned() };
    let civil = time.civil();
    match time.zone {
        Zone::Day => civil.date().to_string(),
        _ => format!("{} {:02}:{:02}", civil.date(), civil.hour(), civil.minute()),
    }
}

/// `10-30 18:57` in the current year, else the date.
fn short_time(time: Option<Time>, cx: &Cx<'_>) -> String {
    let full = full_time(time);
    let this_year = cx.look.today.is_some_and(|today| time.is_some_and(|time| time.year() == today.year()));
    let cut = if this_year { full.get(5..) } else { full.get(..10) };
    cut.unwrap_or(&full).to_owned()
}
