//! What full exports hold, what these do, how to ask for the rest; and how far back it all goes.

use super::diff::DiffPage;
use super::{Opening, Page, Step, Target};
use crate::report::{Completeness, ExportReport, SectionCompleteness};
use crate::tui::canvas::{Canvas, Cell, Mark};
use crate::tui::keys::{Action, Context};
use crate::tui::layout::{self, Class};
use crate::tui::look::Role;
use crate::tui::model::{Cx, Said};
use crate::tui::widgets::empty;
use crate::tui::widgets::list::{List, Pane};
use crate::tui::widgets::narrow::Narrow;
use crate::tui::widgets::wrap::wrapped;
use crate::tui::words::{count, day, grouped};
use ratatui::layout::Rect;

#[derive(Debug, Clone, Default)]
pub struct CompletenessPage {
    view: View,
    list: List,
    narrow: Narrow,
    rows: Vec<Row>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum View {
    /// Sections by export.
    #[default]
    Sections,
    /// The oldest record of each category.
    Oldest,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Export(usize),
    Section(usize, usize),
    Oldest(usize),
}

impl CompletenessPage {
    fn regions(cx: &Cx<'_>) -> (Rect, Rect) {
        match cx.frame.class {
            Class::One => layout::stack(cx.frame.body, layout::strip(cx.frame.body)),
            _ => layout::stack(cx.frame.body, 7),
        }
    }

    fn order(&mut self, cx: &Cx<'_>) {
        let ties = &cx.data.ties;
        self.rows = match self.view {
            View::Sections => {
                let mut rows = Vec::new();
                for (at, export) in ties.completeness.iter().enumerate() {
                    let names = export
                        .sections
                        .iter()
                        .map(|section| format!("{} {} {}", export.export, section.name, section.state));
                    let mut passing = self.narrow.pass(names);
                    // What is not there is what one comes for.
                    passing.sort_by_key(|&section| (rank(&export.sections[section]), section));
                    if !passing.is_empty() || !self.narrow.is_on() {
                        rows.push(Row::Export(at));
                    }
                    rows.extend(passing.into_iter().map(|section| Row::Section(at, section)));
                }
                rows
            }
            View::Oldest => {
                let names = ties.retention.iter().map(|row| format!("{} {}", row.company, row.category_label));
                let mut rows = self.narrow.pass(names);
                rows.sort_by(|&a, &b| ties.retention[a].oldest.cmp(&ties.retention[b].oldest));
                rows.into_iter().map(Row::Oldest).collect()
            }
        };
    }

    fn selected(&self) -> Option<Row> {
        self.rows.get(self.list.cursor).copied()
    }

    fn export<'a>(&self, cx: &Cx<'a>) -> Option<&'a Completeness> {
        match self.selected()? {
            Row::Export(at) | Row::Section(at, _) => cx.data.ties.completeness.get(at),
            Row::Oldest(_) => None,
        }
    }

    /// The selected export, as the index knows it.
    fn this<'a>(&self, cx: &Cx<'a>) -> Option<&'a ExportReport> {
        let export = self.export(cx)?;
        cx.data.exports.iter().find(|known| known.id == export.export)
    }

    /// Other exports of the company of the selected one, the oldest first.
    fn others<'a>(&self, cx: &Cx<'a>) -> Vec<&'a ExportReport> {
        let Some(this) = self.this(cx) else { return Vec::new() };
        let mut others: Vec<_> =
            cx.data.exports.iter().filter(|other| other.company == this.company && other.id != this.id).collect();
        others.sort_by(|a, b| a.as_of.cmp(&b.as_of));
        others
    }

    /// The export of the same account that comes before the selected one, else the one behind it.
    fn compare(&self, cx: &Cx<'_>) -> Vec<Step> {
        let Some(this) = self.this(cx) else {
            return vec![Step::Say(Said::note("select an export to compare it"))];
        };
        let others = self.others(cx);
        let same = |other: &&&ExportReport| other.account == this.account;
        let before = others.iter().filter(same).rev().find(|other| other.as_of <= this.as_of);
        let other = before.or_else(|| others.iter().find(same)).or_else(|| others.first());
        let Some(other) = other else {
            return vec![Step::Say(Said::note("there is no other export of this company to compare it with"))];
        };
        let (old, new) = if other.as_of <= this.as_of { (&other.id, &this.id) } else { (&this.id, &other.id) };
        vec![Step::Push(Opening::Diff(Box::new(DiffPage::new(old, new))))]
    }

    /// Where the records of the selected row are.
    fn target(&self, cx: &Cx<'_>) -> Option<Target> {
        let ties = &cx.data.ties;
        match self.selected() {
            Some(Row::Export(at)) => {
                ties.completeness.get(at).map(|export| Target::Query(format!("export:\"{}\"", export.export)))
            }
            Some(Row::Section(at, section)) => ties.completeness.get(at).and_then(|export| {
                let section = export.sections.get(section).filter(|section| section.records > 0)?;
                Some(Target::Query(format!("export:\"{}\" section:\"{}\"", export.export, section.section)))
            }),
            Some(Row::Oldest(at)) => ties
                .retention
                .get(at)
                .map(|row| Target::Query(format!("company:\"{}\" category:\"{}\"", row.company, row.category))),
            None => None,
        }
    }

    fn open(&self, cx: &Cx<'_>) -> Vec<Step> {
        match self.target(cx) {
            Some(target) => vec![Step::Open(target)],
            None => vec![Step::Say(Said::note("there are no records of it; below is how to ask for them"))],
        }
    }

    fn about(&self, cx: &Cx<'_>) -> Vec<String> {
        let ties = &cx.data.ties;
        match self.selected() {
            Some(Row::Section(at, section)) => {
                let section = ties.completeness.get(at).and_then(|export| export.sections.get(section));
                section.map(|section| {
                    [section.ask.clone(), section.note.clone().map(|note| format!("Note: {note}"))]
                        .into_iter()
                        .flatten()
                        .collect()
                })
            }
            Some(Row::Export(at)) => ties.completeness.get(at).map(|export| export.beyond.clone()),
            Some(Row::Oldest(at)) => ties.retention.get(at).map(|row| {
                vec![format!(
                    "{} holds {} from {} to {}.",
                    cx.data.name(&row.company),
                    row.category_label,
                    day(Some(&row.oldest)),
                    day(Some(&row.newest))
                )]
            }),
            None => None,
        }
        .unwrap_or_default()
    }
}

fn rank(section: &SectionCompleteness) -> usize {
    ["absent", "not read", "not offered", "empty"].iter().position(|state| *state == section.state).unwrap_or(4)
}

impl Page for CompletenessPage {
    fn context(&self) -> Context {
        Context::Completeness
    }

    fn is_typing(&self) -> bool {
        self.narrow.typing
    }

    fn panes(&mut self, cx: &Cx<'_>) -> Vec<Pane<'_>> {
        let rows = layout::below(layout::inner(Self::regions(cx).0, cx.frame.boxed), 1);
        vec![Pane { rows, list: &mut self.list, length: self.rows.len() }]
    }

    fn offers(&self, action: Action, cx: &Cx<'_>) -> bool {
        match action {
            Action::Compare => !self.others(cx).is_empty(),
            Action::Open => self.target(cx).is_some(),
            _ => true,
        }
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Option<Vec<Step>> {
        match action {
            Action::Open => Some(self.open(cx)),
            Action::Compare => Some(self.compare(cx)),
            Action::View => {
                self.view = if self.view == View::Sections { View::Oldest } else { View::Sections };
                self.list = List::default();
                self.order(cx);
                Some(Vec::new())
            }
            _ => None,
        }
    }

    fn refresh(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        self.order(cx);
        Vec::new()
    }

    fn narrow(&mut self) -> Option<&mut Narrow> {
        Some(&mut self.narrow)
    }

    fn value(&self, cx: &Cx<'_>) -> Option<String> {
        let lines = self.about(cx);
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    fn crumb(&self, _: &Cx<'_>) -> String {
        match self.view {
            View::Sections => "Completeness › sections of a full export".to_owned(),
            View::Oldest => "Completeness › oldest records".to_owned(),
        }
    }

    fn fact(&self, cx: &Cx<'_>) -> String {
        let sections = cx.data.ties.completeness.iter().flat_map(|export| &export.sections);
        let missing =
            sections.filter(|section| matches!(section.state.as_str(), "absent" | "not offered" | "not read")).count();
        format!("{} not there", count(missing as u64, "section"))
    }

    fn status(&self, cx: &Cx<'_>) -> String {
        match self.view {
            View::Sections => self.export(cx).map_or_else(|| self.fact(cx), |export| cx.look.export(&export.export)),
            View::Oldest => format!("{}, the oldest first", count(self.rows.len() as u64, "category")),
        }
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let (list, about) = Self::regions(cx);
        let (title, other) = match self.view {
            View::Sections => ("What is here, and what is not", "oldest records"),
            View::Oldest => ("How far back it goes", "sections"),
        };
        let title = format!("{title}{}", self.narrow.note());
        let inner = canvas.pane(list, cx.frame.boxed, true, &title, &cx.keymap.hint("completeness.view", other));
        let columns = Columns::of(inner.width, self.view);
        canvas.row(layout::top(inner, 1), inner.y, Mark::None, &columns.head(self.view));
        let rows = layout::below(inner, 1);
        if self.rows.is_empty() {
            let otherwise = "No export in the index is of a company that tellall knows.";
            empty::draw(canvas, rows, &empty::why(cx, self.narrow.is_on(), otherwise));
        }
        for (at, y) in self.list.visible(rows, self.rows.len()) {
            if let Some(row) = self.rows.get(at) {
                canvas.row(rows, y, Mark::of(at == self.list.cursor, true), &columns.cells(*row, inner.width, cx));
            }
        }
        if !about.is_empty() {
            let inner = canvas.pane(about, cx.frame.boxed, false, "What to know of it", "");
            let width = usize::from(inner.width.saturating_sub(1));
            let lines = self.about(cx);
            let lines = lines.iter().flat_map(|line| wrapped(line, width, 600));
            for (line, y) in lines.zip(inner.y..inner.bottom()) {
                canvas.put(inner.x + 1, y, inner.width.saturating_sub(1), &line, Role::Text);
            }
        }
    }
}

/// Columns of the list: the first and the last are short, what lies between has the rest.
struct Columns {
    first: u16,
    rest: u16,
}

const LAST: u16 = 10;

impl Columns {
    fn of(width: u16, view: View) -> Self {
        let first = if view == View::Sections { 13 } else { 10 };
        Self { first, rest: width.saturating_sub(2 + first + LAST + 2) }
    }

    fn head(&self, view: View) -> [Cell<'static>; 3] {
        let [first, second, last] = match view {
            View::Sections => ["State", "Section", "Records"],
            View::Oldest => ["Oldest", "What", "Newest"],
        };
        self.three(Cell::new(first, 0).role(Role::Dim), second.to_owned(), last.to_owned())
            .map(|cell| cell.role(Role::Dim))
    }

    fn three(&self, first: Cell<'static>, second: String, last: String) -> [Cell<'static>; 3] {
        [Cell { width: self.first, ..first }, Cell::new(second, self.rest), Cell::new(last, LAST).right()]
    }

    fn cells(&self, row: Row, width: u16, cx: &Cx<'_>) -> Vec<Cell<'static>> {
        let ties = &cx.data.ties;
        match row {
            Row::Export(at) => {
                let title = |export: &Completeness| {
                    format!("{} · {}", cx.data.name(&export.company), cx.look.export(&export.export))
                };
                let title = ties.completeness.get(at).map(title).unwrap_or_default();
                vec![Cell::new(title, width.saturating_sub(2)).role(Role::Strong)]
            }
            Row::Section(at, section) => {
                let Some(section) = ties.completeness.get(at).and_then(|export| export.sections.get(section)) else {
                    return Vec::new();
                };
                let (mark, role) = match section.state.as_str() {
                    "absent" => ("! absent", Role::Problem),
                    "not read" => ("! not read", Role::Problem),
                    "not offered" => ("! not offered", Role::Problem),
                    "empty" => ("· empty", Role::Dim),
                    _ => ("  present", Role::Text),
                };
                let records = if section.records > 0 { grouped(section.records) } else { String::new() };
                self.three(Cell::new(mark, 0).role(role), section.name.clone(), records).into()
            }
            Row::Oldest(at) => {
                let Some(row) = ties.retention.get(at) else { return Vec::new() };
                let what = format!("{} · {}", cx.data.name(&row.company), row.category_label);
                let oldest = Cell::new(day(Some(&row.oldest)).to_owned(), 0);
                self.three(oldest, what, day(Some(&row.newest)).to_owned()).into()
            }
        }
    }
}
