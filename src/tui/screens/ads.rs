//! 7 Ads: who told whom about the person, what companies concluded, what was chosen, where they disagree. Only what the archives say.

mod draw;
mod flows;
mod parties;
mod proofs;

use super::record::Wanted;
use super::{Opening, Page, Step, Target};
use crate::query::Place;
use crate::record::Origin;
use crate::report::{ChoiceReport, FieldHeld};
use crate::tui::canvas::Canvas;
use crate::tui::keys::{Action, Context};
use crate::tui::layout::{self, Class};
use crate::tui::model::Cx;
use crate::tui::narrowed::Heeds;
use crate::tui::widgets::list::{List, Pane};
use crate::tui::widgets::marks::{Marked, Marks};
use crate::tui::widgets::narrow::Narrow;
use crate::tui::words::{count, day};
use flows::{Flow, Form, flows};
use parties::{Party, parties};
use proofs::Proof;
use ratatui::layout::Rect;
use std::cmp::Reverse;

const LIST: usize = 0;
const EVIDENCE: usize = 1;

#[derive(Debug, Clone, Default)]
pub struct Ads {
    view: View,
    sort: Sort,
    list: List,
    evidence: List,
    focus: usize,
    narrow: Narrow,
    marks: Marks,
    /// Third parties, joined over companies, directions and bases.
    parties: Vec<Party>,
    flows: Vec<Flow>,
    form: Form,
    rows: Vec<Row>,
}

/// What is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum View {
    #[default]
    Businesses,
    Concluded,
    Choices,
    Contradictions,
    Flows,
}

impl View {
    const ALL: [Self; 5] = [Self::Businesses, Self::Concluded, Self::Choices, Self::Contradictions, Self::Flows];

    fn next(self) -> Self {
        let at = Self::ALL.iter().position(|view| *view == self).unwrap_or(0);
        Self::ALL[(at + 1) % Self::ALL.len()]
    }

    fn word(self) -> &'static str {
        match self {
            Self::Businesses => "businesses",
            Self::Concluded => "what they concluded",
            Self::Choices => "what you chose",
            Self::Contradictions => "contradictions",
            Self::Flows => "flows",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Sort {
    #[default]
    Times,
    Name,
    Last,
}

impl Sort {
    fn next(self) -> Self {
        match self {
            Self::Times => Self::Last,
            Self::Last => Self::Name,
            Self::Name => Self::Times,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Times => "times",
            Self::Last => "last",
            Self::Name => "name",
        }
    }
}

/// A line of the list: a number in the list of its view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Party(usize),
    Field(usize),
    Choice(usize),
    /// A matter, and one side of it.
    Side(usize, usize),
    Flow(usize),
}

#[derive(Debug, Clone, Copy, Default)]
struct Regions {
    list: Rect,
    about: Rect,
    evidence: Rect,
}

impl Ads {
    fn regions(&self, cx: &Cx<'_>) -> Regions {
        let (body, none) = (cx.frame.body, Regions::default());
        match (cx.frame.class, self.focus) {
            (Class::One, LIST) => {
                let (list, about) = layout::stack(body, layout::strip(body));
                Regions { list, about, ..none }
            }
            (Class::One, _) => Regions { evidence: body, ..none },
            (Class::Two, LIST) => {
                let (list, about) = layout::stack(body, 8);
                Regions { list, about, ..none }
            }
            (Class::Two, _) => {
                let (list, evidence) = layout::stack(body, 8);
                Regions { list, evidence, ..none }
            }
            (Class::Wide, _) => {
                let (list, lower) = layout::stack(body, 12);
                let (about, evidence) = layout::beside(lower, body.width * 3 / 5);
                Regions { list, about, evidence }
            }
        }
    }

    fn selected(&self) -> Option<Row> {
        self.rows.get(self.list.cursor).copied()
    }

    fn party(&self) -> Option<&Party> {
        match self.selected()? {
            Row::Party(at) => self.parties.get(at),
            _ => None,
        }
    }

    /// Where the selected line is written.
    fn proofs<'a>(&self, cx: &Cx<'a>) -> Vec<Proof<'a>> {
        self.selected().map(|row| self.proofs_of(row, cx)).unwrap_or_default()
    }

    fn order(&mut self, cx: &Cx<'_>) {
        let ties = &cx.data.ties;
        let rows: Vec<Row> = match self.view {
            View::Businesses => {
                let mut rows = self
                    .narrow
                    .pass(self.parties.iter().map(|party| format!("{} {}", party.name, party.basis.join(" "))));
                match self.sort {
                    Sort::Times => {}
                    Sort::Name => rows.sort_by_key(|&row| self.parties[row].name.to_lowercase()),
                    Sort::Last => rows.sort_by(|&a, &b| self.parties[b].last.cmp(&self.parties[a].last)),
                }
                rows.into_iter().map(Row::Party).collect()
            }
            View::Concluded => {
                let fields = &cx.data.fields;
                let rows = self.narrow.pass(fields.iter().map(named));
                rows.into_iter().filter(|&row| fields[row].origin == Origin::Inferred).map(Row::Field).collect()
            }
            View::Choices => {
                let mut rows =
                    self.narrow.pass(ties.choices.iter().map(|choice| format!("{} {}", choice.what, choice.value)));
                // What is said of sharing between companies is what most people come for.
                rows.sort_by_key(|&row| (rank(&ties.choices[row]), row));
                rows.into_iter().map(Row::Choice).collect()
            }
            View::Flows => {
                let rows = self.narrow.pass(self.flows.iter().map(|flow| told(flow, Form::Words, cx)));
                rows.into_iter().map(Row::Flow).collect()
            }
            View::Contradictions => {
                let sides = ties.contradictions.iter().enumerate();
                sides.flat_map(|(matter, one)| (0..one.sides.len()).map(move |side| Row::Side(matter, side))).collect()
            }
        };
        self.rows = rows.into_iter().filter(|row| self.is_meant(*row, cx)).collect();
    }

    /// Whether a row is about the company that all screens are narrowed to.
    fn is_meant(&self, row: Row, cx: &Cx<'_>) -> bool {
        let Some(only) = cx.only().company.as_deref() else { return true };
        let ties = &cx.data.ties;
        match row {
            Row::Party(at) => self.parties.get(at).is_some_and(|party| party.companies.contains(only)),
            Row::Field(at) => cx.data.fields.get(at).is_some_and(|field| field.company == only),
            Row::Choice(at) => ties.choices.get(at).is_some_and(|choice| choice.company == only),
            Row::Flow(at) => self.flows.get(at).is_some_and(|flow| flow.company == only),
            Row::Side(matter, _) => {
                let sides = ties.contradictions.get(matter).map(|one| one.sides.as_slice()).unwrap_or_default();
                sides.iter().any(|side| side.company == only)
            }
        }
    }

    fn gather(&mut self, cx: &Cx<'_>) {
        let companies = &cx.data.companies;
        let known = |name: &str| {
            let company = companies.iter().find(|company| company.name.eq_ignore_ascii_case(name));
            company.map(|company| company.id.as_str())
        };
        self.parties = parties(&cx.data.ties.recipients);
        self.flows = flows(&self.parties, &cx.data.ties.recipients, known);
    }

    fn show(&mut self, view: View, cx: &Cx<'_>) {
        self.view = view;
        (self.list, self.evidence, self.focus) = (List::default(), List::default(), LIST);
        self.narrow.clear();
        self.order(cx);
    }

    /// Turns to what a finding or another screen points at.
    pub fn show_target(&mut self, target: &Target, cx: &Cx<'_>) -> Vec<Step> {
        let view = match target {
            Target::Choices => View::Choices,
            Target::Contradictions => View::Contradictions,
            Target::Concluded => View::Concluded,
            _ => View::Businesses,
        };
        self.gather(cx);
        self.show(view, cx);
        Vec::new()
    }

    fn open(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        if let (LIST, Some(Row::Field(at))) = (self.focus, self.selected()) {
            let query = cx.data.fields.get(at).map(field_query);
            return query.map(|query| Step::Open(Target::Query(query))).into_iter().collect();
        }
        let proofs = self.proofs(cx);
        if self.focus == LIST && proofs.len() > 1 {
            self.focus = EVIDENCE;
            return Vec::new();
        }
        let at = if self.focus == LIST { 0 } else { self.evidence.cursor };
        let wanted = proofs.get(at).map(|proof| Wanted::Place {
            export: proof.export.to_owned(),
            entry: proof.entry.to_owned(),
            locator: proof.locator.to_owned(),
            value: self.sought(cx),
        });
        wanted.map(|wanted| Step::Push(Opening::Record(wanted))).into_iter().collect()
    }

    /// What somebody came to see in the record.
    fn sought(&self, cx: &Cx<'_>) -> String {
        self.selected().map(|row| self.named_row(row, cx)).unwrap_or_default()
    }

    fn named_row(&self, row: Row, cx: &Cx<'_>) -> String {
        match row {
            Row::Party(at) => self.parties.get(at).map(|party| party.name.clone()),
            Row::Choice(at) => cx.data.ties.choices.get(at).map(|choice| choice.value.clone()),
            Row::Side(matter, side) => cx
                .data
                .ties
                .contradictions
                .get(matter)
                .and_then(|matter| matter.sides.get(side))
                .map(|side| side.value.clone()),
            Row::Flow(at) => self.flows.get(at).map(|flow| told(flow, Form::Words, cx)),
            Row::Field(_) => None,
        }
        .unwrap_or_default()
    }
}

fn told(flow: &Flow, form: Form, cx: &Cx<'_>) -> String {
    flow.told(form, |company| cx.data.name(company).to_owned())
}

/// What finds the records of a field.
fn field_query(field: &FieldHeld) -> String {
    format!("company:\"{}\" field:\"{}\"", field.company, field.field)
}

fn named(field: &FieldHeld) -> String {
    format!("{} {} {}", field.company, field.label.as_deref().unwrap_or(&field.field), field.category_label)
}

/// Sharing with Facebook first, then other sharing, tracking and ads, then the rest.
fn rank(choice: &ChoiceReport) -> (Reverse<u8>, usize) {
    let about = ["sharing", "tracking", "ads"].iter().position(|about| *about == choice.about);
    (Reverse(choice.nearness()), about.unwrap_or(usize::MAX))
}

impl Page for Ads {
    fn context(&self) -> Context {
        Context::Ads
    }

    fn is_typing(&self) -> bool {
        self.narrow.typing
    }

    fn panes(&mut self, cx: &Cx<'_>) -> Vec<Pane<'_>> {
        let (regions, boxed) = (self.regions(cx), cx.frame.boxed);
        let (rows, proofs) = (self.rows.len(), self.proofs(cx).len());
        vec![
            Pane { rows: layout::below(layout::inner(regions.list, boxed), 1), list: &mut self.list, length: rows },
            Pane { rows: layout::inner(regions.evidence, boxed), list: &mut self.evidence, length: proofs },
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
            Action::Sort => self.view == View::Businesses,
            Action::Mark => {
                let list = if self.focus == LIST { self.list } else { self.evidence };
                self.markable(list.cursor, cx).is_some()
            }
            Action::Choices => self.view != View::Choices,
            Action::Filter => self.view != View::Contradictions,
            Action::Open => matches!(self.selected(), Some(Row::Field(_))) || !self.proofs(cx).is_empty(),
            _ => true,
        }
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Option<Vec<Step>> {
        match action {
            Action::Open => return Some(self.open(cx)),
            Action::View => self.show(self.view.next(), cx),
            Action::Choices => self.show(View::Choices, cx),
            Action::Numbers => self.form = if self.form == Form::Drawn { Form::Words } else { Form::Drawn },
            Action::Sort => {
                self.sort = self.sort.next();
                self.order(cx);
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    fn moved(&mut self, _: &Cx<'_>) -> Vec<Step> {
        if self.focus == LIST {
            self.evidence = List::default();
        }
        Vec::new()
    }

    fn refresh(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        self.gather(cx);
        self.order(cx);
        Vec::new()
    }

    fn narrow(&mut self) -> Option<&mut Narrow> {
        Some(&mut self.narrow)
    }

    fn back(&mut self, _: &Cx<'_>) -> bool {
        std::mem::replace(&mut self.focus, LIST) != LIST
    }

    fn value(&self, cx: &Cx<'_>) -> Option<String> {
        match self.selected()? {
            Row::Field(at) => cx.data.fields.get(at).map(|field| field.field.clone()),
            _ => Some(self.sought(cx)),
        }
    }

    fn spot(&self, cx: &Cx<'_>) -> Option<Wanted> {
        let proofs = self.proofs(cx);
        let at = if self.focus == LIST { 0 } else { self.evidence.cursor };
        proofs.get(at).map(|proof| Wanted::Place {
            export: proof.export.to_owned(),
            entry: proof.entry.to_owned(),
            locator: proof.locator.to_owned(),
            value: self.sought(cx),
        })
    }

    fn marks(&mut self) -> Option<&mut Marks> {
        Some(&mut self.marks)
    }

    fn markable(&self, row: usize, cx: &Cx<'_>) -> Option<Marked> {
        let place = |proof: &Proof<'_>| Place::at(proof.export, proof.entry, proof.locator);
        if self.focus == EVIDENCE {
            return self.proofs(cx).get(row).map(|proof| Marked::Record(place(proof)));
        }
        let row = *self.rows.get(row)?;
        if let Row::Field(at) = row {
            return cx.data.fields.get(at).map(|field| Marked::Found(field_query(field)));
        }
        let places: Vec<Place> = self.proofs_of(row, cx).iter().map(place).collect();
        (!places.is_empty()).then(|| Marked::Records { name: self.named_row(row, cx), places })
    }

    fn heeds(&self) -> Heeds {
        Heeds::Company
    }

    fn crumb(&self, _: &Cx<'_>) -> String {
        format!("Ads and sharing › {}", self.view.word())
    }

    fn settings(&self, _: &Cx<'_>) -> String {
        if self.view == View::Businesses { format!("sort: {}", self.sort.word()) } else { String::new() }
    }

    fn fact(&self, cx: &Cx<'_>) -> String {
        let ties = &cx.data.ties;
        match self.view {
            View::Businesses => count(self.parties.len() as u64, "business"),
            View::Concluded => count(self.rows.len() as u64, "field"),
            View::Choices => count(ties.choices.len() as u64, "choice"),
            View::Contradictions => count(ties.contradictions.len() as u64, "contradiction"),
            View::Flows => count(self.rows.len() as u64, "flow"),
        }
    }

    fn status(&self, cx: &Cx<'_>) -> String {
        let ties = &cx.data.ties;
        match self.selected() {
            Some(Row::Party(at)) => self.parties.get(at).map(|party| {
                let last = day(party.last.as_deref());
                let when = if last.is_empty() { String::new() } else { format!(" · last {last}") };
                format!("{} · {}{when}", cx.look.name(&party.name), count(party.records, "record"))
            }),
            Some(Row::Field(at)) => {
                cx.data.fields.get(at).map(|field| format!("{} · {}", cx.data.name(&field.company), field.why))
            }
            Some(Row::Choice(at)) => {
                ties.choices.get(at).map(|choice| format!("{} · about {}", cx.data.name(&choice.company), choice.about))
            }
            Some(Row::Side(matter, _)) => {
                ties.contradictions.get(matter).map(|matter| format!("they disagree about: {}", matter.about))
            }
            Some(Row::Flow(at)) => self.flows.get(at).map(|flow| told(flow, Form::Words, cx)),
            None => None,
        }
        .unwrap_or_else(|| self.fact(cx))
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let regions = self.regions(cx);
        self.draw_list(cx, canvas, regions.list);
        self.draw_about(cx, canvas, regions.about);
        self.draw_evidence(cx, canvas, regions.evidence);
    }
}
