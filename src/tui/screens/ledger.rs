//! Ledger (`u`): every entry of every export with its fate, and why. Nothing is passed over in silence.

use super::{Page, Step};
use crate::record::Fate;
use crate::report::LedgerLine;
use crate::tui::canvas::{Canvas, Cell, Mark};
use crate::tui::keys::{Action, Context};
use crate::tui::layout;
use crate::tui::look::Role;
use crate::tui::model::{Cx, Effect, Reply};
use crate::tui::widgets::empty;
use crate::tui::widgets::list::{List, Pane};
use crate::tui::widgets::narrow::Narrow;
use crate::tui::widgets::wrap::wrapped;
use crate::tui::words::{count, grouped};
use ratatui::layout::Rect;

#[derive(Debug, Default)]
pub struct LedgerPage {
    list: List,
    lines: Vec<LedgerLine>,
    came: bool,
    fate: Option<Fate>,
    sort: Sort,
    narrow: Narrow,
    /// Lines that pass, in the order shown.
    rows: Vec<usize>,
    ask: u64,
    epoch: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Sort {
    #[default]
    Stored,
    Problems,
    Records,
}

impl Sort {
    fn next(self) -> Self {
        match self {
            Self::Stored => Self::Problems,
            Self::Problems => Self::Records,
            Self::Records => Self::Stored,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Stored => "as stored",
            Self::Problems => "problems",
            Self::Records => "records",
        }
    }
}

impl LedgerPage {
    /// Entries of one fate only.
    pub fn of(fate: Fate) -> Self {
        Self { fate: Some(fate), ..Self::default() }
    }

    fn areas(cx: &Cx<'_>) -> (Rect, Rect) {
        let lower = if cx.frame.boxed { 6 } else { 4 };
        layout::stack(cx.frame.body, lower)
    }

    fn order(&mut self) {
        let names = self.lines.iter().map(|line| format!("{} {}", line.entry, line.why.as_deref().unwrap_or_default()));
        let mut rows = self.narrow.pass(names);
        rows.retain(|&row| self.fate.is_none_or(|fate| self.lines[row].fate == fate));
        match self.sort {
            Sort::Stored => {}
            Sort::Problems => rows.sort_by_key(|&row| std::cmp::Reverse(self.lines[row].problems)),
            Sort::Records => rows.sort_by_key(|&row| std::cmp::Reverse(self.lines[row].records)),
        }
        self.rows = rows;
    }

    fn selected(&self) -> Option<&LedgerLine> {
        self.rows.get(self.list.cursor).and_then(|&row| self.lines.get(row))
    }

    fn next_fate(&mut self) {
        self.fate = match self.fate {
            None => Some(Fate::Failed),
            Some(Fate::Failed) => Some(Fate::Skipped),
            Some(Fate::Skipped) => Some(Fate::Generic),
            Some(Fate::Generic) => Some(Fate::Media),
            Some(Fate::Media) => Some(Fate::Read),
            Some(Fate::Read) => None,
        };
        self.list = List::default();
    }

    /// `812 entries: 5 read, 1 generic, …`
    fn totals(&self) -> String {
        let of = |fate: Fate| (fate, self.lines.iter().filter(|line| line.fate == fate).count() as u64);
        let parts: Vec<String> = Fate::ALL
            .map(of)
            .iter()
            .filter(|(_, n)| *n > 0)
            .map(|(fate, n)| format!("{} {}", grouped(*n), fate.id()))
            .collect();
        parts.join(", ")
    }
}

fn role_of(fate: Fate) -> Role {
    match fate {
        Fate::Failed => Role::Problem,
        Fate::Skipped => Role::Strong,
        _ => Role::Text,
    }
}

fn cells(texts: [String; 5], width: u16, role: Role) -> Vec<Cell<'static>> {
    let [fate, entry, section, records, problems] = texts;
    let wide = width >= 70;
    let fixed = if wide { 2 + 8 + 18 + 10 + 8 + 4 } else { 2 + 8 + 8 + 2 };
    let mut cells = vec![Cell::new(fate, 8).role(role), Cell::new(entry, width.saturating_sub(fixed))];
    if wide {
        cells.push(Cell::new(section, 18));
        cells.push(Cell::new(records, 10).right());
    }
    cells.push(Cell::new(problems, 8).right());
    cells
}

impl Page for LedgerPage {
    fn context(&self) -> Context {
        Context::Ledger
    }

    fn is_typing(&self) -> bool {
        self.narrow.typing
    }

    fn panes(&mut self, cx: &Cx<'_>) -> Vec<Pane<'_>> {
        let rows = layout::below(layout::inner(Self::areas(cx).0, cx.frame.boxed), 1);
        vec![Pane { rows, list: &mut self.list, length: self.rows.len() }]
    }

    fn offers(&self, action: Action, _: &Cx<'_>) -> bool {
        action != Action::Open
    }

    fn act(&mut self, action: Action, _: &Cx<'_>) -> Option<Vec<Step>> {
        match action {
            Action::View => self.next_fate(),
            Action::Sort => self.sort = self.sort.next(),
            Action::Open => return Some(Vec::new()),
            _ => return None,
        }
        self.order();
        Some(Vec::new())
    }

    fn refresh(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        self.order();
        if self.ask != 0 && self.epoch == cx.data.epoch {
            return Vec::new();
        }
        (self.ask, self.epoch) = (cx.ask(), cx.data.epoch);
        vec![Step::Do(Effect::Ledger { ask: self.ask })]
    }

    fn receive(&mut self, ask: u64, reply: &Reply, _: &Cx<'_>) -> Vec<Step> {
        if let (true, Reply::Ledger(lines)) = (ask == self.ask, reply) {
            self.lines.clone_from(lines);
            self.came = true;
            self.order();
        }
        Vec::new()
    }

    fn narrow(&mut self) -> Option<&mut Narrow> {
        Some(&mut self.narrow)
    }

    fn value(&self, _: &Cx<'_>) -> Option<String> {
        self.selected().map(|line| line.entry.clone())
    }

    fn crumb(&self, _: &Cx<'_>) -> String {
        format!("Ledger › {}", self.fate.map_or("all entries", Fate::id))
    }

    fn settings(&self, _: &Cx<'_>) -> String {
        format!("sort: {}", self.sort.word())
    }

    fn fact(&self, _: &Cx<'_>) -> String {
        count(self.lines.len() as u64, "entry")
    }

    fn status(&self, _: &Cx<'_>) -> String {
        if self.came { self.totals() } else { "reading the ledgers…".to_owned() }
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let (upper, lower) = Self::areas(cx);
        let title = format!("Entries and their fates{}", self.narrow.note());
        let inner = canvas.pane(upper, cx.frame.boxed, true, &title, "v next fate");
        let head = ["Fate", "Entry", "Section", "Records", "Problems"].map(str::to_owned);
        canvas.row(inner, inner.y, Mark::None, &cells(head, inner.width, Role::Dim));
        let rows = layout::below(inner, 1);
        if self.rows.is_empty() {
            let otherwise = if self.came { "No entry has this fate." } else { "Reading the ledgers…" };
            empty::draw(canvas, rows, &empty::why(cx, self.narrow.is_on(), otherwise));
        }
        for (at, y) in self.list.visible(rows, self.rows.len()) {
            let Some(line) = self.rows.get(at).and_then(|&row| self.lines.get(row)) else { continue };
            let texts = [
                line.fate.id().to_owned(),
                cx.look.value(&line.entry),
                line.section.clone().unwrap_or_default(),
                grouped(line.records),
                grouped(line.problems),
            ];
            canvas.row(rows, y, Mark::of(at == self.list.cursor, true), &cells(texts, rows.width, role_of(line.fate)));
        }
        self.draw_why(cx, canvas, lower);
    }
}

impl LedgerPage {
    fn draw_why(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let inner = canvas.pane(area, cx.frame.boxed, false, "Why", "");
        let Some(line) = self.selected() else { return };
        let usual = match line.fate {
            Fate::Read => "Read by a section of the company's sheet.",
            Fate::Generic => "No section claims it: read by its structure, searchable all the same.",
            Fate::Media => "Catalogued by name, size and what the file says of itself.",
            Fate::Skipped | Fate::Failed => "No reason was recorded.",
        };
        let why = line.why.as_deref().unwrap_or(usual);
        let text = format!("{} › {}\n{why}", cx.look.export(&line.export), cx.look.value(&line.entry));
        let lines = wrapped(&text, usize::from(inner.width.saturating_sub(2)), 4000);
        for (line, y) in lines.iter().zip(inner.y..inner.bottom()) {
            canvas.put(inner.x + 1, y, inner.width.saturating_sub(1), line, Role::Text);
        }
    }
}
