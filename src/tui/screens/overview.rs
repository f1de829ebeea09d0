//! 1 Overview: which companies hold how much, of what categories, since when; and what is worth a look.

mod draw;

use super::search::filters::narrowed;
use super::{Opening, Page, Step, Target};
use crate::report::{Only, Period};
use crate::tui::canvas::Canvas;
use crate::tui::data::Data;
use crate::tui::draw::index_fact;
use crate::tui::findings::Proof;
use crate::tui::keys::{Action, Context};
use crate::tui::layout::{self, Class};
use crate::tui::model::{Cx, Said};
use crate::tui::narrowed::Heeds;
use crate::tui::widgets::heat;
use crate::tui::widgets::list::{List, Pane};
use crate::tui::widgets::narrow::Narrow;
use crate::tui::words::{count, day};
use ratatui::layout::Rect;

/// The pane of companies or categories, and that of findings.
const MAIN: usize = 0;
const FINDINGS: usize = 1;

#[derive(Debug, Default)]
pub struct Overview {
    view: View,
    sort: Sort,
    lower: Lower,
    focus: usize,
    companies: List,
    categories: List,
    /// Column of the matrix.
    column: usize,
    ink: heat::Ink,
    findings: List,
    narrow: Narrow,
    /// Companies, or rows of the matrix, in the order shown.
    rows: Vec<usize>,
    /// What is selected, by company id or category: it stays so when an import brings in others.
    held: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum View {
    #[default]
    Companies,
    Matrix,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Sort {
    #[default]
    Records,
    Fields,
    Since,
    Name,
}

impl Sort {
    fn next(self) -> Self {
        match self {
            Self::Records => Self::Fields,
            Self::Fields => Self::Since,
            Self::Since => Self::Name,
            Self::Name => Self::Records,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Records => "records",
            Self::Fields => "fields",
            Self::Since => "since",
            Self::Name => "name",
        }
    }
}

/// What stands below the list where not everything finds room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Lower {
    #[default]
    Findings,
    Detail,
    Chart,
}

/// Where the parts stand; what has no room is `None`.
#[derive(Debug, Clone, Copy, Default)]
struct Regions {
    main: Option<Rect>,
    detail: Option<Rect>,
    chart: Option<Rect>,
    findings: Option<Rect>,
}

impl Overview {
    fn regions(&self, cx: &Cx<'_>) -> Regions {
        let body = cx.frame.body;
        match cx.frame.class {
            Class::Wide => wide(body),
            Class::Two => {
                let (upper, lower) = layout::stack(body, 8);
                Regions { main: Some(upper), ..self.lower(lower) }
            }
            Class::One if self.focus == FINDINGS => self.lower(body),
            Class::One => Regions { main: Some(body), ..Regions::default() },
        }
    }

    fn lower(&self, area: Rect) -> Regions {
        match self.lower {
            Lower::Findings => Regions { findings: Some(area), ..Regions::default() },
            Lower::Detail => Regions { detail: Some(area), ..Regions::default() },
            Lower::Chart => Regions { chart: Some(area), ..Regions::default() },
        }
    }

    /// Rows of the main list, below its head and above its foot.
    fn main_rows(area: Rect, boxed: bool) -> Rect {
        layout::below(layout::inner(area, boxed), 1)
    }

    fn list(&self) -> List {
        match self.view {
            View::Companies => self.companies,
            View::Matrix => self.categories,
        }
    }

    /// The selected company or category.
    fn selected(&self) -> Option<usize> {
        self.rows.get(self.list().cursor).copied()
    }

    fn company<'a>(&self, cx: &Cx<'a>) -> Option<&'a crate::report::CompanyOverview> {
        match self.view {
            View::Companies => cx.companies().get(self.selected()?),
            View::Matrix => {
                let id = cx.matrix().0.get(self.column)?;
                cx.companies().iter().find(|company| &company.id == id)
            }
        }
    }

    fn order(&self, cx: &Cx<'_>) -> Vec<usize> {
        if self.view == View::Matrix {
            return self.narrow.pass(cx.matrix().1.iter().map(|row| &row.category_label));
        }
        let companies = cx.companies();
        let mut rows = self.narrow.pass(companies.iter().map(|company| &company.name));
        match self.sort {
            Sort::Records => rows.sort_by_key(|&row| std::cmp::Reverse(companies[row].records)),
            Sort::Fields => rows.sort_by_key(|&row| std::cmp::Reverse(companies[row].fields)),
            Sort::Since => rows.sort_by_key(|&row| (companies[row].first.is_none(), companies[row].first.clone())),
            Sort::Name => rows.sort_by_key(|&row| companies[row].name.to_lowercase()),
        }
        rows
    }

    /// What a row is about, whatever its place.
    fn key(&self, cx: &Cx<'_>, row: usize) -> Option<String> {
        match self.view {
            View::Companies => cx.companies().get(row).map(|company| company.id.clone()),
            View::Matrix => cx.matrix().1.get(row).map(|row| row.category_label.clone()),
        }
    }

    /// Moves the cursor to where the row that is selected stands now. Nobody who has not moved yet has selected any: the cursor then
    /// stays at the top, though companies come in above.
    fn follow(&mut self, cx: &Cx<'_>) {
        let held = self.rows.iter().position(|&row| self.held.is_some() && self.key(cx, row) == self.held);
        let list = if self.view == View::Companies { &mut self.companies } else { &mut self.categories };
        list.cursor = held.unwrap_or(list.cursor);
        if !cx.counts() && (self.held.is_some() || list.cursor > 0) {
            self.held = self.selected().and_then(|row| self.key(cx, row));
        }
    }

    fn open(&self, cx: &Cx<'_>) -> Vec<Step> {
        if self.focus == FINDINGS {
            return match cx.data.findings.get(self.findings.cursor).map(|finding| finding.proof) {
                Some(Proof::Screen(tab)) => vec![Step::Open(Target::Tab(tab))],
                Some(Proof::Choices) => vec![Step::Open(Target::Choices)],
                Some(Proof::Contradictions) => vec![Step::Open(Target::Contradictions)],
                Some(Proof::Concluded) => vec![Step::Open(Target::Concluded)],
                Some(Proof::Failures) => vec![Step::Push(Opening::Failures)],
                Some(Proof::Import) => vec![Step::Push(Opening::Import)],
                None => Vec::new(),
            };
        }
        let target = match self.view {
            View::Companies => self.company(cx).map(|company| Target::Company(company.id.clone())),
            View::Matrix => {
                let row = self.selected().and_then(|row| cx.matrix().1.get(row));
                row.map(|row| Target::Category(row.category_label.clone()))
            }
        };
        target.map(Step::Open).into_iter().collect()
    }

    fn turn_view(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        self.view = if self.view == View::Companies { View::Matrix } else { View::Companies };
        self.narrow.clear();
        self.refresh(cx)
    }

    /// The period before or after, of those in which anything is known.
    fn turn_period(later: bool, cx: &Cx<'_>) -> Vec<Step> {
        let months = Data::months(&cx.data.companies);
        let ends = months.first_key_value().zip(months.last_key_value());
        let Some(((&first, _), (&last, _))) = ends else {
            return vec![Step::Say(Said::note("no record has a time"))];
        };
        let unit = cx.only().period.map_or(12, |period| if period.month.is_some() { 1 } else { 12 });
        let of = |month: i32| {
            let found = Period::of_month(month);
            if unit == 1 { found } else { Period { month: None, ..found } }
        };
        let next = match cx.only().period {
            None if later => return vec![Step::Say(Said::note("this is all of time already"))],
            None => Some(of(last)),
            Some(now) => {
                let month = now.months().start + if later { unit } else { -unit };
                if month.div_euclid(unit) > last.div_euclid(unit) { None } else { Some(of(month)) }
            }
        };
        if next.is_some_and(|next| next.months().end <= first) {
            return vec![Step::Say(Said::note("nothing is known of the time before"))];
        }
        vec![Step::Narrow(Only { period: next, ..cx.only().clone() })]
    }

    /// From a year to its last month with records, and back; from all of time to the last year.
    fn turn_month(closer: bool, cx: &Cx<'_>) -> Vec<Step> {
        let months = Data::months(&cx.data.companies);
        let period = cx.only().period;
        let within = period.map_or(i32::MIN..i32::MAX, Period::months);
        let last =
            months.range(within).rev().find(|(_, records)| **records > 0).map(|(month, _)| Period::of_month(*month));
        let next = match (period, closer) {
            (Some(Period { month: Some(_), .. }), true) | (None, false) => return Vec::new(),
            (None, true) => last.map(|last| Period { month: None, ..last }),
            (Some(_), true) => last.or(period),
            (Some(Period { year, month: Some(_) }), false) => Some(Period { year, month: None }),
            (Some(_), false) => None,
        };
        vec![Step::Narrow(Only { period: next, ..cx.only().clone() })]
    }

    fn turn_lower(&mut self) -> Vec<Step> {
        self.lower = match self.lower {
            Lower::Findings => Lower::Detail,
            Lower::Detail => Lower::Chart,
            Lower::Chart => Lower::Findings,
        };
        Vec::new()
    }
}

fn wide(body: Rect) -> Regions {
    let (upper, findings) = layout::stack(body, 7);
    let (upper, chart) = layout::stack(upper, 4);
    let (main, detail) = layout::beside(upper, body.width.saturating_sub((body.width / 3).clamp(34, 60)));
    Regions { main: Some(main), detail: Some(detail), chart: Some(chart), findings: Some(findings) }
}

impl Page for Overview {
    fn context(&self) -> Context {
        Context::Overview
    }

    fn is_typing(&self) -> bool {
        self.narrow.typing
    }

    fn panes(&mut self, cx: &Cx<'_>) -> Vec<Pane<'_>> {
        let (regions, boxed) = (self.regions(cx), cx.frame.boxed);
        let rows = regions.main.map_or(Rect::default(), |area| Self::main_rows(area, boxed));
        let findings = regions.findings.map_or(Rect::default(), |area| layout::inner(area, boxed));
        let list = if self.view == View::Companies { &mut self.companies } else { &mut self.categories };
        vec![
            Pane { rows, list, length: self.rows.len() },
            Pane { rows: findings, list: &mut self.findings, length: cx.data.findings.len() },
        ]
    }

    fn focus(&self) -> usize {
        self.focus
    }

    fn set_focus(&mut self, pane: usize) {
        self.focus = pane;
        if pane == FINDINGS {
            self.lower = Lower::Findings;
        }
    }

    fn offers(&self, action: Action, cx: &Cx<'_>) -> bool {
        match action {
            Action::Sort => self.view == View::Companies,
            Action::Preview => cx.frame.class != Class::Wide,
            Action::Earlier => !cx.data.is_empty(),
            Action::Later => cx.only().period.is_some(),
            Action::Down => self.rows.len() > 1,
            Action::Open => !self.rows.is_empty(),
            _ => true,
        }
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Option<Vec<Step>> {
        let last = cx.matrix().0.len().saturating_sub(1);
        match action {
            Action::Open => return Some(self.open(cx)),
            Action::View => return Some(self.turn_view(cx)),
            Action::Preview => return Some(self.turn_lower()),
            Action::Earlier => return Some(Self::turn_period(false, cx)),
            Action::Later => return Some(Self::turn_period(true, cx)),
            Action::ZoomIn => return Some(Self::turn_month(true, cx)),
            Action::ZoomOut => return Some(Self::turn_month(false, cx)),
            Action::Numbers => self.ink = self.ink.other(),
            Action::Sort => self.sort = self.sort.next(),
            Action::Left if self.view == View::Matrix => self.column = self.column.saturating_sub(1),
            Action::Right if self.view == View::Matrix => self.column = (self.column + 1).min(last),
            _ => return None,
        }
        Some(self.refresh(cx))
    }

    fn moved(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        self.held = self.selected().and_then(|row| self.key(cx, row));
        Vec::new()
    }

    fn refresh(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        self.rows = self.order(cx);
        self.follow(cx);
        self.column = self.column.min(cx.matrix().0.len().saturating_sub(1));
        Vec::new()
    }

    fn narrow(&mut self) -> Option<&mut Narrow> {
        Some(&mut self.narrow)
    }

    fn back(&mut self, _: &Cx<'_>) -> bool {
        std::mem::replace(&mut self.focus, MAIN) != MAIN
    }

    fn value(&self, cx: &Cx<'_>) -> Option<String> {
        match self.focus {
            FINDINGS => cx.data.findings.get(self.findings.cursor).map(|finding| finding.says.clone()),
            _ => self.company(cx).map(|company| company.name.clone()),
        }
    }

    fn records(&self, cx: &Cx<'_>) -> Option<String> {
        let company = self.company(cx).map(|company| company.id.clone());
        company.map(|company| narrowed("", &Only::default(), &Only { company: Some(company), ..cx.only().clone() }))
    }

    fn heeds(&self) -> Heeds {
        Heeds::All
    }

    fn crumb(&self, _: &Cx<'_>) -> String {
        "All data".to_owned()
    }

    fn settings(&self, _: &Cx<'_>) -> String {
        match self.view {
            View::Companies => format!("sort: {}", self.sort.word()),
            View::Matrix => "categories by company".to_owned(),
        }
    }

    fn fact(&self, cx: &Cx<'_>) -> String {
        index_fact(cx)
    }

    fn status(&self, cx: &Cx<'_>) -> String {
        if let Some(damage) = cx.data.damaged.first() {
            return format!("! {damage}");
        }
        let cell = self.selected().filter(|_| self.view == View::Matrix).and_then(|row| cx.matrix().1.get(row));
        match (cell, self.company(cx)) {
            (Some(row), Some(company)) => {
                let held = row.cells.get(self.column).and_then(Option::as_ref);
                let held = held.map_or("nothing".to_owned(), |cell| {
                    format!("{} in {}", count(cell.records, "record"), count(cell.fields, "field"))
                });
                format!("{} at {}: {held}", row.category_label, company.name)
            }
            (None, Some(company)) => format!(
                "{}: {}, {} to {}",
                company.name,
                count(company.records, "record"),
                day(company.first.as_deref()),
                day(company.last.as_deref())
            ),
            _ => index_fact(cx),
        }
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let regions = self.regions(cx);
        if let Some(area) = regions.main {
            self.draw_main(cx, canvas, area);
        }
        if let Some(area) = regions.detail {
            self.draw_detail(cx, canvas, area);
        }
        if let Some(area) = regions.chart {
            draw::chart(cx, self.ink, canvas, area);
        }
        if let Some(area) = regions.findings {
            self.draw_findings(cx, canvas, area);
        }
    }
}
