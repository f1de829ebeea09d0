//! How the IDs screen is drawn.

use super::{EVIDENCE, GRID, Ids, Page, WHY};
use crate::record::Origin;
use crate::report::{Certainty, EvidenceReport, SharedIdentifier};
use crate::tui::canvas::{Canvas, Cell, Mark};
use crate::tui::data::{kind_word, origin_at};
use crate::tui::layout;
use crate::tui::look::Role;
use crate::tui::model::Cx;
use crate::tui::widgets::empty;
use crate::tui::widgets::wrap::wrapped;
use crate::tui::words::count;
use ratatui::layout::{Position, Rect};

const LEGEND: &str = "G you gave  O observed  I inferred  M made  C from others  * not yours";

/// Bytes of a value or a rule that are told.
const MOST: usize = 500;

impl Ids {
    pub(super) fn draw_grid(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        if area.is_empty() {
            return;
        }
        let focused = self.focus == GRID;
        let title = format!("Who holds which identifier{}", self.narrow.note());
        let note =
            if self.least > 1 { format!("at least {}", count(self.least as u64, "company")) } else { String::new() };
        let inner = canvas.pane(area, cx.frame.boxed, focused, &title, &note);
        let grid = Grid::of(inner.width - self.marks.width(focused), cx.data.companies.len(), self.column);
        let mut head = grid.head(cx);
        self.marks.tick(focused, None, &mut head);
        canvas.row(layout::top(inner, 1), inner.y, Mark::None, &head);
        let (rows, legend) = Self::grid_rows(inner);
        if self.rows.is_empty() {
            let otherwise = "No number, address or account was found in these archives.";
            empty::draw(canvas, rows, &empty::narrowed(cx, self.narrow.is_on(), otherwise));
        }
        for (at, y) in self.list.visible(rows, self.rows.len()) {
            let Some(id) = self.rows.get(at).and_then(|&row| cx.data.shared.identifiers.get(row)) else { continue };
            let selected = at == self.list.cursor;
            let column = if selected { self.column } else { 0 };
            let mut cells = grid.row(id, column, cx);
            self.marks.tick(focused, self.markable(at, cx).as_ref(), &mut cells);
            canvas.row(rows, y, Mark::of(selected, focused), &cells);
        }
        for (line, y) in legend.iter().zip(rows.bottom()..inner.bottom()) {
            canvas.put(inner.x + 2, y, inner.width.saturating_sub(2), line, Role::Dim);
        }
    }

    /// The rows of the grid below its head, and the lines of the legend below them.
    pub(super) fn grid_rows(inner: Rect) -> (Rect, Vec<String>) {
        let legend = wrapped(LEGEND, usize::from(inner.width.saturating_sub(2)), LEGEND.len());
        let below = layout::below(inner, 1);
        (layout::top(below, below.height.saturating_sub(legend.len() as u16)), legend)
    }

    pub(super) fn draw_why(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        if area.is_empty() {
            return;
        }
        let focused = self.focus == WHY;
        let inner = canvas.pane(area, cx.frame.boxed, focused, "Why these are the same", "");
        if focused {
            canvas.cursor = Some(Position { x: inner.x, y: inner.y });
        }
        let lines = self.why_lines(cx, inner.width);
        for (at, y) in self.why.visible(inner, lines.len()) {
            let Some((role, line)) = lines.get(at) else { continue };
            let mark = Mark::of(focused && at == self.why.cursor, focused);
            canvas.row(inner, y, mark, &[Cell::new(line.as_str(), inner.width.saturating_sub(2)).role(*role)]);
        }
    }

    /// How sure it is and by which rule; then what each company wrote, and below values made equal, what made them so.
    pub(super) fn why_lines(&self, cx: &Cx<'_>, width: u16) -> Vec<(Role, String)> {
        let Some(id) = self.selected(cx) else { return Vec::new() };
        let width = usize::from(width.saturating_sub(3));
        let sure = match id.certainty {
            Certainty::Certain => "Certain",
            Certainty::Likely => "Likely",
        };
        let mut lines = Vec::new();
        let mut say = |role, text: &str, indent: usize| {
            let wrapped = wrapped(text, width.saturating_sub(indent), MOST);
            lines.extend(wrapped.into_iter().map(|line| (role, format!("{:indent$}{line}", ""))));
        };
        say(Role::Strong, &format!("{sure}: {}.", id.why), 0);
        let mut told = "";
        for (at, evidence) in id.evidence.iter().enumerate() {
            let written = cx.look.value(&evidence.as_written);
            say(Role::Text, &format!("{:<10} {written}", cx.data.name(&evidence.company)), 0);
            // A rule stands once, below all values it made equal.
            if id.evidence.get(at + 1).is_none_or(|next| next.rule != evidence.rule) && told != evidence.rule {
                told = &evidence.rule;
                say(Role::Dim, &evidence.rule, 2);
            }
        }
        say(Role::Dim, "Equal names alone are never proof.", 0);
        lines.dedup();
        lines
    }

    pub(super) fn draw_evidence(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        if area.is_empty() {
            return;
        }
        let focused = self.focus == EVIDENCE;
        let evidence = self.shown_evidence(cx);
        let title = match self.company(cx) {
            Some(company) => format!("Evidence at {}", cx.data.name(company)),
            None => "Evidence".to_owned(),
        };
        let inner = canvas.pane(area, cx.frame.boxed, focused, &title, &count(evidence.len() as u64, "place"));
        if evidence.is_empty() {
            empty::draw(canvas, inner, "Not in the archive of this company.");
        }
        if focused {
            canvas.cursor = Some(Position { x: inner.x, y: inner.y });
        }
        for (at, y) in self.evidence.visible(inner, evidence.len()) {
            let Some(place) = evidence.get(at) else { continue };
            let mark = Mark::of(at == self.evidence.cursor && focused, focused);
            let mut cells = evidence_cells(place, inner.width - self.marks.width(focused), cx);
            self.marks.tick(focused, self.markable(at, cx).as_ref(), &mut cells);
            canvas.row(inner, y, mark, &cells);
        }
    }
}

/// Columns of the grid.
struct Grid {
    value: u16,
    kind: u16,
    /// Width of a company's column; 1 where they are many.
    company: u16,
    first: usize,
    shown: usize,
    held: u16,
}

impl Grid {
    fn of(width: u16, companies: usize, selected: usize) -> Self {
        let kind = if width >= 60 { 9 } else { 0 };
        // `27 of 34`
        let held = 4 + 2 * companies.to_string().len().max(1) as u16;
        let company = if width >= 70 { 4 } else { 3 };
        let least = if width >= 60 { 24 } else { 16 };
        let room = width.saturating_sub(2 + least + kind + held + 4);
        let shown = usize::from(room / (company + 1)).min(companies);
        let first = selected.saturating_sub(shown).min(companies - shown);
        let value = width.saturating_sub(2 + kind + held + 3 + shown as u16 * (company + 1));
        Self { value: value.min(44), kind, company, first, shown, held }
    }

    fn head(&self, cx: &Cx<'_>) -> Vec<Cell<'static>> {
        let mut cells = vec![Cell::new("Identifier", self.value).role(Role::Dim)];
        if self.kind > 0 {
            cells.push(Cell::new("Kind", self.kind).role(Role::Dim));
        }
        for company in cx.data.companies.iter().skip(self.first).take(self.shown) {
            let short: String = company.name.chars().take(usize::from(self.company)).collect();
            cells.push(Cell::new(short, self.company).role(Role::Dim));
        }
        cells.push(Cell::new(if self.held < 7 { "held" } else { "held by" }, self.held).right().role(Role::Dim));
        cells
    }

    fn row(&self, id: &SharedIdentifier, selected: usize, cx: &Cx<'_>) -> Vec<Cell<'static>> {
        let role = if id.owner == "mine" { Role::Strong } else { Role::Text };
        let mut cells = vec![Cell::new(cx.look.value(&id.value), self.value).role(role)];
        if self.kind > 0 {
            let kind =
                if id.owner == "mine" { kind_word(id.kind).to_owned() } else { format!("{}*", kind_word(id.kind)) };
            cells.push(Cell::new(kind, self.kind));
        }
        for (at, company) in cx.data.companies.iter().enumerate().skip(self.first).take(self.shown) {
            let letter = origin_at(id, &company.id).map_or('·', Origin::letter);
            let text = if selected == at + 1 { format!("[{letter}]") } else { format!(" {letter}") };
            cells.push(Cell::new(text, self.company).role(if letter == '·' { Role::Dim } else { Role::Text }));
        }
        cells.push(Cell::new(format!("{} of {}", id.companies.len(), cx.data.companies.len()), self.held).right());
        cells
    }
}

fn evidence_cells(place: &EvidenceReport, width: u16, cx: &Cx<'_>) -> Vec<Cell<'static>> {
    let written = cx.look.value(&place.as_written);
    let spot = format!("{} › {}", place.section, place.field);
    let company = cx.data.name(&place.company).to_owned();
    let letter = place.origin.letter().to_string();
    if width < 50 {
        let rest = width.saturating_sub(2 + 2 + 10 + 1);
        return vec![Cell::new(letter, 1), Cell::new(company, 9), Cell::new(written, rest)];
    }
    let rest = width.saturating_sub(2 + 2 + 11 + 1);
    let value = (rest / 3).min(20);
    vec![
        Cell::new(letter, 1),
        Cell::new(company, 10),
        Cell::new(written, value),
        Cell::new(format!("{spot}  {}", cx.look.name(&place.entry)), rest.saturating_sub(value + 1)).role(Role::Dim),
    ]
}
