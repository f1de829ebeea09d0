//! 6 IDs: which identifiers tie which companies together, with the evidence. Letters say how a company got one.

mod draw;

use super::record::Wanted;
use super::{Opening, Page, Step};
use crate::query::Place;
use crate::report::{EvidenceReport, SharedIdentifier};
use crate::tui::canvas::Canvas;
use crate::tui::data::evidence_at;
use crate::tui::keys::{Action, Context};
use crate::tui::layout::{self, Class};
use crate::tui::model::{Cx, Effect, Said};
use crate::tui::narrowed::Heeds;
use crate::tui::widgets::list::{List, Pane};
use crate::tui::widgets::marks::{Marked, Marks};
use crate::tui::widgets::narrow::Narrow;
use crate::tui::words::{count, grouped};
use ratatui::layout::Rect;

const GRID: usize = 0;
const EVIDENCE: usize = 1;
const WHY: usize = 2;

#[derive(Debug, Default)]
pub struct Ids {
    list: List,
    /// 0: the whole row; else the company in this column.
    column: usize,
    evidence: List,
    why: List,
    focus: usize,
    sort: Sort,
    /// Shown if at least so many companies hold it; 0: as it came.
    least: usize,
    narrow: Narrow,
    marks: Marks,
    rows: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Sort {
    /// The person's own first, then by number of companies.
    #[default]
    Companies,
    Kind,
    Value,
}

impl Sort {
    fn next(self) -> Self {
        match self {
            Self::Companies => Self::Kind,
            Self::Kind => Self::Value,
            Self::Value => Self::Companies,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Companies => "mine, then companies",
            Self::Kind => "kind",
            Self::Value => "value",
        }
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Regions {
    grid: Rect,
    why: Rect,
    evidence: Rect,
}

impl Ids {
    fn regions(&self, cx: &Cx<'_>) -> Regions {
        let body = cx.frame.body;
        let none = Regions::default();
        match (cx.frame.class, self.focus) {
            (Class::One, GRID) => Regions { grid: body, ..none },
            (Class::One, WHY) => Regions { why: body, ..none },
            (Class::One, _) => Regions { evidence: body, ..none },
            (Class::Two, WHY) => {
                let (grid, why) = layout::stack(body, 9);
                Regions { grid, why, ..none }
            }
            (Class::Two, _) => {
                let (grid, evidence) = layout::stack(body, 9);
                Regions { grid, evidence, ..none }
            }
            (Class::Wide, _) => {
                let (grid, lower) = layout::stack(body, 11);
                let (why, evidence) = layout::beside(lower, body.width * 2 / 5);
                Regions { grid, why, evidence }
            }
        }
    }

    fn selected<'a>(&self, cx: &Cx<'a>) -> Option<&'a SharedIdentifier> {
        cx.data.shared.identifiers.get(*self.rows.get(self.list.cursor)?)
    }

    /// The company of the selected cell; `None`: the whole row is selected.
    fn company<'a>(&self, cx: &Cx<'a>) -> Option<&'a str> {
        let at = self.column.checked_sub(1)?;
        cx.data.companies.get(at).map(|company| company.id.as_str())
    }

    /// The evidence of the selected row or cell.
    fn shown_evidence<'a>(&self, cx: &Cx<'a>) -> Vec<&'a EvidenceReport> {
        match (self.selected(cx), self.company(cx)) {
            (None, _) => Vec::new(),
            (Some(id), None) => id.evidence.iter().collect(),
            (Some(id), Some(company)) => evidence_at(id, company).collect(),
        }
    }

    fn order(&mut self, cx: &Cx<'_>) {
        let ids = &cx.data.shared.identifiers;
        let mut rows = self.narrow.pass(ids.iter().map(|id| format!("{} {}", id.value, id.kind.id())));
        let is_meant =
            |id: &SharedIdentifier| cx.only().company.as_ref().is_none_or(|only| id.companies.contains(only));
        rows.retain(|&row| ids[row].companies.len() >= self.least && is_meant(&ids[row]));
        match self.sort {
            Sort::Companies => {}
            Sort::Kind => rows.sort_by_key(|&row| ids[row].kind),
            Sort::Value => rows.sort_by_key(|&row| &ids[row].value),
        }
        self.rows = rows;
    }

    /// Changes how many companies must hold an identifier. Those of one company alone are asked for when first wanted.
    fn turn_least(&mut self, more: bool, cx: &Cx<'_>) -> Vec<Step> {
        let most = cx.data.companies.len().max(1);
        let now = self.least.max(1);
        self.least = if more { (now + 1).min(most) } else { now.saturating_sub(1).max(1) };
        self.order(cx);
        let says = Step::Say(Said::note(format!("held by at least {}", count(self.least as u64, "company"))));
        if !more && self.least < cx.data.shared.least {
            return vec![says, Step::Do(Effect::LoadShared { least: self.least })];
        }
        vec![says]
    }

    /// Goes to why they are the same, and from there back.
    fn turn_why(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        if self.selected(cx).is_none() {
            return vec![Step::Say(Said::note("no identifier is selected"))];
        }
        self.focus = if self.focus == WHY { GRID } else { WHY };
        Vec::new()
    }

    fn open(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        if self.focus == WHY {
            self.focus = EVIDENCE;
            return Vec::new();
        }
        if self.focus == GRID {
            self.focus = if self.shown_evidence(cx).is_empty() { GRID } else { EVIDENCE };
            return Vec::new();
        }
        self.spot(cx).map(|wanted| Step::Push(Opening::Record(wanted))).into_iter().collect()
    }
}

impl Page for Ids {
    fn context(&self) -> Context {
        Context::Ids
    }

    fn is_typing(&self) -> bool {
        self.narrow.typing
    }

    fn panes(&mut self, cx: &Cx<'_>) -> Vec<Pane<'_>> {
        let (regions, boxed) = (self.regions(cx), cx.frame.boxed);
        let evidence = self.shown_evidence(cx).len();
        let (rows, _) = Self::grid_rows(layout::inner(regions.grid, boxed));
        let why = layout::inner(regions.why, boxed);
        let lines = if why.is_empty() { 0 } else { self.why_lines(cx, why.width).len() };
        vec![
            Pane { rows, list: &mut self.list, length: self.rows.len() },
            Pane { rows: layout::inner(regions.evidence, boxed), list: &mut self.evidence, length: evidence },
            Pane { rows: why, list: &mut self.why, length: lines },
        ]
    }

    fn focus(&self) -> usize {
        self.focus
    }

    fn set_focus(&mut self, pane: usize) {
        self.focus = pane;
    }

    fn offers(&self, action: Action, cx: &Cx<'_>) -> bool {
        match action {
            Action::MoreCompanies => self.least.max(1) < cx.data.companies.len(),
            Action::Open => !self.shown_evidence(cx).is_empty(),
            Action::Why => self.selected(cx).is_some(),
            Action::Mark => self.focus != WHY && self.selected(cx).is_some(),
            _ => true,
        }
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Option<Vec<Step>> {
        match action {
            Action::Open => return Some(self.open(cx)),
            Action::Why => return Some(self.turn_why(cx)),
            Action::FewerCompanies => return Some(self.turn_least(false, cx)),
            Action::MoreCompanies => return Some(self.turn_least(true, cx)),
            Action::Sort => self.sort = self.sort.next(),
            Action::Left if self.focus == GRID => self.column = self.column.saturating_sub(1),
            Action::Right if self.focus == GRID => self.column = (self.column + 1).min(cx.data.companies.len()),
            _ => return None,
        }
        self.order(cx);
        Some(self.moved(cx))
    }

    fn moved(&mut self, _: &Cx<'_>) -> Vec<Step> {
        if self.focus == GRID {
            (self.evidence, self.why) = (List::default(), List::default());
        }
        Vec::new()
    }

    fn refresh(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        self.column = self.column.min(cx.data.companies.len());
        self.order(cx);
        // The index changed, and only what more companies hold came with it.
        if self.least > 0 && self.least < cx.data.shared.least {
            return vec![Step::Do(Effect::LoadShared { least: self.least })];
        }
        Vec::new()
    }

    fn narrow(&mut self) -> Option<&mut Narrow> {
        Some(&mut self.narrow)
    }

    fn back(&mut self, _: &Cx<'_>) -> bool {
        std::mem::replace(&mut self.focus, GRID) != GRID
    }

    fn value(&self, cx: &Cx<'_>) -> Option<String> {
        match self.focus {
            GRID => self.selected(cx).map(|id| id.value.clone()),
            WHY => self
                .selected(cx)
                .map(|_| self.why_lines(cx, u16::MAX).into_iter().map(|(_, line)| line + "\n").collect()),
            _ => self.shown_evidence(cx).get(self.evidence.cursor).map(|evidence| evidence.as_written.clone()),
        }
    }

    fn spot(&self, cx: &Cx<'_>) -> Option<Wanted> {
        let at = if self.focus == EVIDENCE { self.evidence.cursor } else { 0 };
        self.shown_evidence(cx).get(at).map(|evidence| Wanted::Place {
            export: evidence.export.clone(),
            entry: evidence.entry.clone(),
            locator: evidence.locator.clone(),
            value: evidence.as_written.clone(),
        })
    }

    fn marks(&mut self) -> Option<&mut Marks> {
        Some(&mut self.marks)
    }

    fn markable(&self, row: usize, cx: &Cx<'_>) -> Option<Marked> {
        let place = |one: &EvidenceReport| Place::at(&one.export, &one.entry, &one.locator);
        if self.focus == EVIDENCE {
            return self.shown_evidence(cx).get(row).map(|one| Marked::Record(place(one)));
        }
        let at = self.rows.get(row).filter(|_| self.focus == GRID)?;
        let id = cx.data.shared.identifiers.get(*at)?;
        Some(Marked::Records { name: id.value.clone(), places: id.evidence.iter().map(place).collect() })
    }

    fn heeds(&self) -> Heeds {
        Heeds::Company
    }

    fn crumb(&self, cx: &Cx<'_>) -> String {
        match self.company(cx) {
            Some(company) => format!("Identifiers › {}", cx.data.name(company)),
            None => "Identifiers".to_owned(),
        }
    }

    fn settings(&self, _: &Cx<'_>) -> String {
        format!("sort: {}", self.sort.word())
    }

    fn fact(&self, cx: &Cx<'_>) -> String {
        let shared = cx.data.shared.identifiers.iter().filter(|id| id.companies.len() > 1).count() as u64;
        format!("{} shared, {} listed", grouped(shared), grouped(self.rows.len() as u64))
    }

    fn status(&self, cx: &Cx<'_>) -> String {
        let Some(id) = self.selected(cx) else { return self.fact(cx) };
        let whose = if id.owner == "mine" { "yours" } else { "someone else's" };
        let held = format!("{} of {}", id.companies.len(), count(cx.data.companies.len() as u64, "company"));
        format!("{}{} · {whose} · held by {held}", self.marks.note(), cx.look.value(&id.value))
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let regions = self.regions(cx);
        self.draw_grid(cx, canvas, regions.grid);
        self.draw_why(cx, canvas, regions.why);
        self.draw_evidence(cx, canvas, regions.evidence);
    }
}
