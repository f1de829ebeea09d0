//! 2 Fields: company › category › field, the values of a field, and how the company got it.

mod draw;
mod tree;

use super::label::Label;
use super::record::Wanted;
use super::search::filters::narrowed;
use super::{Opening, Page, Step, Target};
use crate::report::{FieldHeld, Only, ValueHeld};
use crate::tui::canvas::Canvas;
use crate::tui::keys::{Action, Context};
use crate::tui::layout::{self, Class};
use crate::tui::model::{Cx, Effect, Reply, Said};
use crate::tui::narrowed::Heeds;
use crate::tui::widgets::list::{List, Pane};
use crate::tui::widgets::marks::{Marked, Marks};
use crate::tui::widgets::narrow::Narrow;
use crate::tui::words::count;
use ratatui::layout::Rect;
use tree::{Grouping, Tree};

const TREE: usize = 0;
const VALUES: usize = 1;
const ORIGIN: usize = 2;

#[derive(Debug, Default)]
pub struct Fields {
    tree: Tree,
    list: List,
    narrow: Narrow,
    /// What was selected before its numbers were counted anew.
    kept: Option<(tree::Key, String)>,
    marks: Marks,
    focus: usize,
    values: Values,
    origin: List,
}

/// The values of the selected field, as far as they have come.
#[derive(Debug, Default)]
struct Values {
    ask: u64,
    /// Which field was asked for, at which state of the index, in which records.
    of: Option<(usize, u64, Only)>,
    came: bool,
    held: Vec<ValueHeld>,
    total: u64,
    list: List,
}

#[derive(Debug, Clone, Copy, Default)]
struct Regions {
    tree: Rect,
    values: Rect,
    origin: Rect,
}

impl Fields {
    fn regions(&self, cx: &Cx<'_>) -> Regions {
        let body = cx.frame.body;
        let none = Regions::default();
        match (cx.frame.class, self.focus) {
            (Class::One, TREE) => Regions { tree: body, ..none },
            (Class::One, VALUES) => {
                let (values, origin) = layout::stack(body, layout::strip(body));
                Regions { values, origin, ..none }
            }
            (Class::One, _) => Regions { origin: body, ..none },
            _ => {
                let (tree, right) = layout::beside(body, (body.width / 2).clamp(30, 50));
                let (values, origin) = layout::stack(right, right.height / 2);
                Regions { tree, values, origin }
            }
        }
    }

    /// The selected field, if the cursor is on one.
    fn selected<'a>(&self, cx: &Cx<'a>) -> Option<(usize, &'a FieldHeld)> {
        let at = self.tree.rows.get(self.list.cursor)?.field?;
        cx.fields().get(at).map(|field| (at, field))
    }

    /// Asks for the values of the field under the cursor, unless they are here.
    fn ask_values(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        let Some((at, field)) = self.selected(cx) else {
            self.values = Values::default();
            return Vec::new();
        };
        let of = Some((at, cx.data.epoch, cx.only().clone()));
        if self.values.of == of {
            return Vec::new();
        }
        let ask = cx.ask();
        self.values = Values { ask, of, ..Values::default() };
        self.origin = List::default();
        vec![Step::Do(Effect::Values {
            ask,
            epoch: cx.data.epoch,
            field: Box::new(field.clone()),
            only: cx.only().clone(),
        })]
    }

    fn open(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        match (self.focus, self.selected(cx)) {
            // Into the group: three keys from anywhere to the first value and where it is written.
            (TREE, None) if self.tree.unfold(self.list.cursor) => {
                let steps = self.rebuild(cx);
                self.list.cursor += 1;
                [steps, self.moved(cx)].concat()
            }
            (TREE, None) => {
                self.tree.toggle(self.list.cursor);
                self.rebuild(cx)
            }
            (VALUES, Some((_, field))) => self.open_value(field, cx).into_iter().collect(),
            (TREE, Some(_)) => self.turn_to(VALUES),
            _ => Vec::new(),
        }
    }

    fn turn_to(&mut self, pane: usize) -> Vec<Step> {
        self.focus = pane;
        Vec::new()
    }

    /// A value that stands in one record opens it, any other is searched for.
    fn open_value(&self, field: &FieldHeld, cx: &Cx<'_>) -> Option<Step> {
        let value = self.values.held.get(self.values.list.cursor)?;
        if let Some(query) = value_query(field, value, cx).filter(|_| value.records > 1) {
            return Some(Step::Open(Target::Query(query)));
        }
        let (_, epoch, _) = self.values.of.as_ref()?;
        Some(Step::Push(Opening::Record(Wanted::Hit { epoch: *epoch, hit: value.hit })))
    }

    fn unfold(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        if self.selected(cx).is_some() {
            return self.turn_to(VALUES);
        }
        if self.tree.unfold(self.list.cursor) {
            return self.rebuild(cx);
        }
        self.list.cursor += 1;
        self.moved(cx)
    }

    fn fold(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        match self.tree.fold(self.list.cursor) {
            Some(parent) => {
                self.list.cursor = parent;
                self.moved(cx)
            }
            None => self.rebuild(cx),
        }
    }

    fn rebuild(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        // What is selected stays so, though others may come or go above it.
        let name = |row: &tree::Row| (row.key.clone(), row.label.clone());
        let selected = self.tree.rows.get(self.list.cursor).map(name).or(self.kept.take());
        self.tree.build(cx, &self.narrow);
        let place = self.tree.rows.iter().position(|row| selected.as_ref() == Some(&name(row)));
        self.list.cursor = place.unwrap_or(self.list.cursor);
        self.kept = selected.filter(|_| cx.counts());
        self.list.cursor = self.list.cursor.min(self.tree.rows.len().saturating_sub(1));
        self.ask_values(cx)
    }

    /// Shows one company, unfolded.
    pub fn show_company(&mut self, company: &str, cx: &Cx<'_>) -> Vec<Step> {
        self.show(Grouping::Company, company, cx)
    }

    /// Shows one category, by its label, unfolded.
    pub fn show_category(&mut self, category: &str, cx: &Cx<'_>) -> Vec<Step> {
        self.show(Grouping::Category, category, cx)
    }

    fn show(&mut self, grouping: Grouping, key: &str, cx: &Cx<'_>) -> Vec<Step> {
        self.narrow.clear();
        self.focus = TREE;
        self.tree.show_only(grouping, key);
        let steps = self.rebuild(cx);
        self.list = List::at(self.tree.place_of(key).unwrap_or(0));
        [steps, self.ask_values(cx)].concat()
    }
}

/// What finds the records of a field, of those that are meant.
fn field_query(field: &FieldHeld, cx: &Cx<'_>) -> String {
    let only = Only { company: Some(field.company.clone()), category: None, ..cx.only().clone() };
    format!("{} field:\"{}\"", narrowed("", &Only::default(), &only), field.field)
}

/// What finds the records that hold a value, if it can be typed.
fn value_query(field: &FieldHeld, value: &ValueHeld, cx: &Cx<'_>) -> Option<String> {
    let plain = value.value.len() <= 80 && !value.value.contains(['"', '\n', '\r']) && !value.value.is_empty();
    plain.then(|| format!("{} \"{}\"", field_query(field, cx), value.value))
}

impl Page for Fields {
    fn context(&self) -> Context {
        Context::Fields
    }

    fn is_typing(&self) -> bool {
        self.narrow.typing
    }

    fn panes(&mut self, cx: &Cx<'_>) -> Vec<Pane<'_>> {
        let (regions, boxed) = (self.regions(cx), cx.frame.boxed);
        let origin = self.origin_lines(cx, layout::inner(regions.origin, boxed).width).len();
        let values = &mut self.values;
        vec![
            Pane { rows: layout::inner(regions.tree, boxed), list: &mut self.list, length: self.tree.rows.len() },
            Pane {
                rows: layout::below(layout::inner(regions.values, boxed), 1),
                length: values.held.len(),
                list: &mut values.list,
            },
            Pane { rows: layout::inner(regions.origin, boxed), list: &mut self.origin, length: origin },
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
            Action::Correct => self.selected(cx).is_some(),
            Action::Mark => {
                let list = if self.focus == TREE { self.list } else { self.values.list };
                self.markable(list.cursor, cx).is_some()
            }
            Action::Right | Action::Open => !self.tree.rows.is_empty(),
            _ => true,
        }
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Option<Vec<Step>> {
        Some(match action {
            Action::Correct => {
                let field = self.selected(cx).map(|(_, field)| Label::new(field.clone()));
                return Some(match field {
                    Some(label) => vec![Step::Push(Opening::Label(Box::new(label)))],
                    None => vec![Step::Say(Said::note("select a field to say what it is"))],
                });
            }
            Action::Open => self.open(cx),
            Action::Right if self.focus == TREE => self.unfold(cx),
            Action::Left if self.focus == TREE => self.fold(cx),
            Action::Left => self.turn_to(self.focus - 1),
            Action::Right => self.turn_to(ORIGIN),
            Action::FoldAll => {
                self.tree.fold_all();
                self.rebuild(cx)
            }
            Action::View => {
                self.tree.turn_grouping();
                self.list = List::default();
                self.rebuild(cx)
            }
            _ => return None,
        })
    }

    fn moved(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        self.list.cursor = self.list.cursor.min(self.tree.rows.len().saturating_sub(1));
        self.ask_values(cx)
    }

    fn refresh(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        self.rebuild(cx)
    }

    fn receive(&mut self, ask: u64, reply: &Reply, _: &Cx<'_>) -> Vec<Step> {
        if let (true, Reply::Values { values, total }) = (ask == self.values.ask, reply) {
            self.values.held.clone_from(values);
            self.values.total = *total;
            self.values.came = true;
        }
        Vec::new()
    }

    fn narrow(&mut self) -> Option<&mut Narrow> {
        Some(&mut self.narrow)
    }

    fn back(&mut self, _: &Cx<'_>) -> bool {
        let inside = self.focus != TREE;
        self.focus = self.focus.saturating_sub(1);
        inside
    }

    fn value(&self, cx: &Cx<'_>) -> Option<String> {
        match self.focus {
            TREE => self.tree.rows.get(self.list.cursor).map(|row| row.label.clone()),
            VALUES => self.values.held.get(self.values.list.cursor).map(|value| value.value.clone()),
            _ => self.selected(cx).map(|(_, field)| format!("{} / {} / {}", field.company, field.section, field.field)),
        }
    }

    fn spot(&self, _: &Cx<'_>) -> Option<Wanted> {
        let (_, epoch, _) = self.values.of.as_ref()?;
        self.values.held.get(self.values.list.cursor).map(|value| Wanted::Hit { epoch: *epoch, hit: value.hit })
    }

    fn records(&self, cx: &Cx<'_>) -> Option<String> {
        self.selected(cx).map(|(_, field)| field_query(field, cx))
    }

    fn marks(&mut self) -> Option<&mut Marks> {
        Some(&mut self.marks)
    }

    fn markable(&self, row: usize, cx: &Cx<'_>) -> Option<Marked> {
        let field = |at: usize| cx.fields().get(at);
        let query = match self.focus {
            TREE => {
                let row = self.tree.rows.get(row)?;
                row.field.map_or_else(|| self.tree.query(row, cx), |at| Some(field_query(field(at)?, cx)))?
            }
            VALUES => value_query(self.selected(cx)?.1, self.values.held.get(row)?, cx)?,
            _ => return None,
        };
        Some(Marked::Found(query))
    }

    fn heeds(&self) -> Heeds {
        Heeds::All
    }

    fn crumb(&self, cx: &Cx<'_>) -> String {
        match self.selected(cx) {
            Some((_, field)) => {
                format!("All data › {} › {} › {}", cx.data.name(&field.company), field.category_label, field.field)
            }
            None => "All data".to_owned(),
        }
    }

    fn settings(&self, _: &Cx<'_>) -> String {
        format!("group: {}", self.tree.grouping.word())
    }

    fn fact(&self, cx: &Cx<'_>) -> String {
        count(cx.fields().len() as u64, "field")
    }

    fn status(&self, cx: &Cx<'_>) -> String {
        let marked = self.marks.note();
        let Some((_, field)) = self.selected(cx) else {
            let label = self.tree.rows.get(self.list.cursor).map_or("", |row| row.label.as_str());
            return format!("{marked}{label}");
        };
        let about = if field.distinct_exact { "" } else { "about " };
        let (values, records) = (count(field.distinct, "value"), count(field.records, "record"));
        format!("{marked}{}: {about}{values}, {records}", field.field)
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let regions = self.regions(cx);
        self.draw_tree(cx, canvas, regions.tree);
        self.draw_values(cx, canvas, regions.values);
        self.draw_origin(cx, canvas, regions.origin);
    }
}
