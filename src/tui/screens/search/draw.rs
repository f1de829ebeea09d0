//! How the Search screen is drawn.

use super::filters::{self, State};
use super::preview::shown_value;
use super::{FACETS, INPUT, RESULTS, Search};
use crate::query::HitView;
use crate::record::{Time, Zone};
use crate::text;
use crate::tui::canvas::{self, Canvas, Cell, Mark};
use crate::tui::layout::{self, Class};
use crate::tui::look::Role;
use crate::tui::model::{Cx, Place};
use crate::tui::widgets::marks::Marked;
use crate::tui::widgets::snippet;
use crate::tui::widgets::wrap::wrapped;
use crate::tui::words::{count, grouped};
use ratatui::layout::{Position, Rect};

/// What can be typed, as much as finds room; Help lists all.
const LANGUAGE: &str = "words  \"a phrase\"  -not  a OR b  /regex/  co: from: with: in: kind: cat: after: at: has: is:";

impl Search {
    pub(super) fn draw_input(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let focused = self.focus == INPUT;
        let (row, below) = if area.height >= 4 {
            let inner = canvas.pane(area, true, focused, "Search", &self.offered_keys(cx));
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
        if let Some(mistake) = &self.mistake {
            return self.draw_mistake(mistake, canvas, row);
        }
        let typing = self.focus == INPUT;
        let help = if self.line.is_empty() { Some(LANGUAGE.to_owned()) } else { filters::hint(self.line.text()) };
        match help.filter(|_| typing) {
            Some(help) if boxed => {
                canvas.put(row.x + 2, row.y, row.width - 2, &help, Role::Dim);
            }
            Some(help) if !self.line.is_empty() => canvas.put_right(row, row.y, &format!(" {help} "), Role::Dim),
            None if boxed => {
                canvas.put(row.x + 2, row.y, row.width - 2, &self.found(cx), Role::Dim);
            }
            _ => canvas.put_right(row, row.y, &format!(" {} ", self.found(cx)), Role::Dim),
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

    /// `Ctrl-r earlier · Ctrl-s save · F1 all filters`
    fn offered_keys(&self, cx: &Cx<'_>) -> String {
        let hints = [("input.searches", "earlier"), ("input.save", "save"), ("input.help", "all filters")];
        let hints = hints.map(|(id, words)| cx.keymap.hint(id, words));
        hints.into_iter().filter(|hint| !hint.is_empty() && self.focus == INPUT).collect::<Vec<_>>().join(" · ")
    }

    fn found(&self, cx: &Cx<'_>) -> String {
        let companies = self.current_counts().map_or(0, |counts| counts.companies.len() as u64);
        match self.current_counts() {
            None if cx.data.is_empty() => "nothing imported yet".to_owned(),
            None if filters::is_one_letter(self.line.text()) => "type one letter more".to_owned(),
            None => "searching…".to_owned(),
            Some(counts) => {
                let more = cx.keymap.hint("search.count", "counts all");
                let (about, more) = if counts.exact { ("", String::new()) } else { ("≈ ", format!(" · {more}")) };
                format!("{about}{} in {}{more}", count(counts.count, "record"), count(companies, "company"))
            }
        }
    }

    pub(super) fn draw_results(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        if area.is_empty() {
            return;
        }
        let focused = self.focus == RESULTS;
        let note = match self.current_counts() {
            None => "…".to_owned(),
            Some(counts) if counts.exact => grouped(counts.count),
            Some(counts) => format!("≈ {}", grouped(counts.count)),
        };
        let inner = canvas.pane(area, cx.frame.boxed, focused, "Results", &note);
        if focused {
            canvas.cursor = Some(Position { x: inner.x, y: inner.y });
        }
        if self.length() == 0 {
            let width = inner.width.saturating_sub(2);
            let lines = wrapped(&self.emptiness(cx), usize::from(width), 2000);
            for (line, y) in lines.iter().zip(inner.y..inner.bottom()) {
                canvas.put(inner.x + 2, y, width, line, Role::Dim);
            }
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

    fn draw_hit(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, rows: Rect, y: u16, mark: Mark, hit: &HitView) {
        let dim = if self.is_current() { Role::Text } else { Role::Dim };
        let mut cells = hit_cells(hit, cx, rows.width);
        self.marks.tick(true, Some(&Marked::Record(Place::of(hit))), &mut cells);
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
        let keys = [cx.keymap.hint("open", "only"), cx.keymap.hint("search.not_like", "not")].join(" · ");
        let title = format!("Narrow ({})", cx.keymap.key_of("search.facets"));
        let inner = canvas.pane(area, cx.frame.boxed, focused, &title, if focused { &keys } else { "" });
        if focused {
            canvas.cursor = Some(Position { x: inner.x, y: inner.y });
        }
        let facets = self.facet_rows(cx);
        if facets.is_empty() {
            let says = if self.current_counts().is_some() { "Nothing to narrow." } else { "No counts yet." };
            canvas.put(inner.x + 2, inner.y, inner.width.saturating_sub(2), says, Role::Dim);
        }
        for (at, y) in self.facets.visible(inner, facets.len()) {
            let Some(facet) = facets.get(at) else { continue };
            let about = if self.facet_counts.as_ref().is_some_and(|counts| !counts.exact) { "≈ " } else { "" };
            let (tick, number) = match (&facet.filter, facet.state) {
                (None, _) => ("", String::new()),
                (Some(_), State::Open) => ("[ ] ", format!("{about}{}", grouped(facet.count))),
                (Some(_), State::Chosen) => ("[x] ", format!("{about}{}", grouped(facet.count))),
                (Some(_), State::Excluded) => ("[-] ", format!("({about}{})", grouped(facet.count))),
            };
            let role = if facet.filter.is_none() { Role::Strong } else { Role::Text };
            let cells = [
                Cell::new(format!("{tick}{}", facet.label), inner.width.saturating_sub(13)).role(role),
                Cell::new(number, 10).right(),
            ];
            canvas.row(inner, y, Mark::of(focused && at == self.facets.cursor, focused), &cells);
        }
    }
}

/// When, where, in what conversation, who: as much as finds room.
fn hit_cells(hit: &HitView, cx: &Cx<'_>, width: u16) -> Vec<Cell<'static>> {
    let place = hit.thread.as_ref().map_or_else(|| hit.section_name.clone(), |thread| cx.look.name(thread));
    let who = hit.who.as_ref().map_or_else(|| hit.kind.id().to_owned(), |who| cx.look.name(who));
    let short: String = hit.company_name.chars().take(3).collect();
    match width {
        90.. => vec![
            Cell::new(full_time(hit.time, cx), 16),
            Cell::new(hit.company_name.clone(), 9),
            Cell::new(place, 14),
            Cell::new(who, 10),
        ],
        60.. => {
            vec![Cell::new(short_time(hit.time, cx), 11), Cell::new(short, 3), Cell::new(place, 10), Cell::new(who, 8)]
        }
        _ => vec![Cell::new(full_time(hit.time, cx).chars().take(10).collect::<String>(), 10), Cell::new(who, 6)],
    }
}

/// `2026-10-30 18:57`
fn full_time(time: Option<Time>, cx: &Cx<'_>) -> String {
    let Some(time) = time.map(|time| cx.look.time(time)) else { return "no time".to_owned() };
    let civil = time.civil();
    match time.zone {
        Zone::Day => civil.date().to_string(),
        _ => format!("{} {:02}:{:02}", civil.date(), civil.hour(), civil.minute()),
    }
}

/// `10-30 18:57` in the current year, else the date.
fn short_time(time: Option<Time>, cx: &Cx<'_>) -> String {
    let full = full_time(time, cx);
    let year = time.map(|time| cx.look.time(time).year());
    let this_year = cx.look.today.is_some_and(|today| year == Some(today.year()));
    let cut = if this_year { full.get(5..) } else { full.get(..10) };
    cut.unwrap_or(&full).to_owned()
}
