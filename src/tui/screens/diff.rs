//! What changed between two exports of an account: added, gone, different.

use super::{Page, Step, Target};
use crate::report::Diff;
use crate::tui::canvas::{Canvas, Cell, Mark};
use crate::tui::keys::{Action, Context};
use crate::tui::layout;
use crate::tui::look::Role;
use crate::tui::model::{Cx, Effect, Reply};
use crate::tui::widgets::empty;
use crate::tui::widgets::list::{List, Pane};
use crate::tui::widgets::narrow::Narrow;
use crate::tui::words::{count, grouped};

#[derive(Debug, Clone, Default)]
pub struct DiffPage {
    before: String,
    after: String,
    ask: u64,
    state: State,
    list: List,
    narrow: Narrow,
    lines: Vec<Line>,
    rows: Vec<usize>,
}

#[derive(Debug, Clone, Default)]
enum State {
    #[default]
    Waiting,
    Here,
    Absent(String),
}

/// One change, ready to be drawn.
#[derive(Debug, Clone)]
struct Line {
    kind: &'static str,
    change: String,
    what: String,
    before: String,
    after: String,
    /// What shows its records.
    query: Option<String>,
}

impl DiffPage {
    /// Of two exports by id, the older first.
    pub fn new(before: &str, after: &str) -> Self {
        Self { before: before.to_owned(), after: after.to_owned(), ..Self::default() }
    }

    fn selected(&self) -> Option<&Line> {
        self.lines.get(*self.rows.get(self.list.cursor)?)
    }

    fn order(&mut self) {
        self.rows =
            self.narrow.pass(self.lines.iter().map(|line| format!("{} {} {}", line.kind, line.change, line.what)));
    }
}

fn lines(diff: &Diff, after: &str) -> Vec<Line> {
    let lists = [
        ("section", &diff.sections),
        ("category", &diff.categories),
        ("recipient", &diff.recipients),
        ("identifier", &diff.identifiers),
        ("field", &diff.fields),
    ];
    let mut lines = Vec::new();
    for (kind, changes) in lists {
        lines.extend(changes.iter().map(|change| Line {
            kind,
            change: change.change.clone(),
            what: change.what.clone(),
            before: grouped(change.before),
            after: grouped(change.after),
            query: query(kind, &change.what, after).filter(|_| change.after > 0),
        }));
    }
    lines.extend(diff.choices.iter().map(|choice| Line {
        kind: "choice",
        change: choice.change.clone(),
        what: choice.what.clone(),
        before: choice.before.clone().unwrap_or_default(),
        after: choice.after.clone().unwrap_or_default(),
        query: None,
    }));
    lines
}

fn query(kind: &str, what: &str, export: &str) -> Option<String> {
    match kind {
        "section" => Some(format!("export:\"{export}\" section:\"{what}\"")),
        "field" => what
            .split_once(" · ")
            .map(|(section, field)| format!("export:\"{export}\" section:\"{section}\" field:\"{field}\"")),
        _ => None,
    }
}

impl Page for DiffPage {
    fn context(&self) -> Context {
        Context::Diff
    }

    fn is_typing(&self) -> bool {
        self.narrow.typing
    }

    fn panes(&mut self, cx: &Cx<'_>) -> Vec<Pane<'_>> {
        let rows = layout::below(layout::inner(cx.frame.body, cx.frame.boxed), 1);
        vec![Pane { rows, list: &mut self.list, length: self.rows.len() }]
    }

    fn offers(&self, action: Action, _: &Cx<'_>) -> bool {
        match action {
            Action::Open => self.selected().is_some_and(|line| line.query.is_some()),
            _ => true,
        }
    }

    fn act(&mut self, action: Action, _: &Cx<'_>) -> Option<Vec<Step>> {
        if action != Action::Open {
            return None;
        }
        Some(
            self.selected()
                .and_then(|line| line.query.clone())
                .map(|query| Step::Open(Target::Query(query)))
                .into_iter()
                .collect(),
        )
    }

    fn refresh(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        self.order();
        if matches!(self.state, State::Waiting) && self.ask == 0 && !self.before.is_empty() {
            self.ask = cx.ask();
            let (before, after) = (self.before.clone(), self.after.clone());
            return vec![Step::Do(Effect::Diff { ask: self.ask, before, after })];
        }
        Vec::new()
    }

    fn receive(&mut self, ask: u64, reply: &Reply, _: &Cx<'_>) -> Vec<Step> {
        if let (true, Reply::Diff(outcome)) = (ask == self.ask, reply) {
            self.state = match outcome {
                Ok(diff) => {
                    self.lines = lines(diff, &self.after);
                    State::Here
                }
                Err(why) => State::Absent(why.clone()),
            };
            self.order();
        }
        Vec::new()
    }

    fn narrow(&mut self) -> Option<&mut Narrow> {
        Some(&mut self.narrow)
    }

    fn value(&self, _: &Cx<'_>) -> Option<String> {
        let line = self.selected()?;
        Some(format!("{} {} {}: {} → {}", line.change, line.kind, line.what, line.before, line.after))
    }

    fn crumb(&self, cx: &Cx<'_>) -> String {
        format!("Changes › {} → {}", cx.look.export(&self.before), cx.look.export(&self.after))
    }

    fn fact(&self, _: &Cx<'_>) -> String {
        count(self.lines.len() as u64, "change")
    }

    fn status(&self, _: &Cx<'_>) -> String {
        let of = |change: &str| self.lines.iter().filter(|line| line.change == change).count() as u64;
        format!("{} added · {} gone · {} changed", grouped(of("added")), grouped(of("gone")), grouped(of("changed")))
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let title = format!("What changed{}", self.narrow.note());
        let inner = canvas.pane(cx.frame.body, cx.frame.boxed, true, &title, "Enter shows the records");
        let says = match &self.state {
            State::Waiting if self.before.is_empty() => "Open it from Completeness (g c), by d on an export.",
            State::Waiting => "Comparing.",
            State::Absent(why) => why.lines().next().unwrap_or_default(),
            State::Here if self.rows.is_empty() => "Nothing differs.",
            State::Here => "",
        };
        if self.rows.is_empty() {
            empty::draw(canvas, inner, &empty::why(cx, self.narrow.is_on(), says));
            return;
        }
        let (kind, number): (u16, u16) = match inner.width {
            75.. => (11, 12),
            58.. => (10, 9),
            _ => (0, 7),
        };
        let rest = inner.width.saturating_sub(2 + 9 + kind + 2 * (number + 1) + 2);
        let head = [("", 9), ("Kind", kind), ("What", rest), ("Before", number), ("After", number)];
        let head: Vec<Cell<'_>> = head
            .into_iter()
            .filter(|(_, width)| *width > 0)
            .map(|(name, width)| Cell::new(name, width).role(Role::Dim))
            .collect();
        canvas.row(layout::top(inner, 1), inner.y, Mark::None, &head);
        let rows = layout::below(inner, 1);
        for (at, y) in self.list.visible(rows, self.rows.len()) {
            let Some(line) = self.rows.get(at).and_then(|&row| self.lines.get(row)) else { continue };
            let sign = match line.change.as_str() {
                "added" => "+ added",
                "gone" => "- gone",
                _ => "~ changed",
            };
            let mut cells = vec![Cell::new(sign, 9)];
            if kind > 0 {
                cells.push(Cell::new(line.kind, kind));
            }
            let is_named = matches!(line.kind, "recipient" | "identifier");
            let what = if is_named { cx.look.name(&line.what) } else { line.what.clone() };
            // Numbers are no secret; what was chosen is.
            let side = |side: &str| if line.kind == "choice" { cx.look.name(side) } else { side.to_owned() };
            cells.extend([
                Cell::new(what, rest),
                Cell::new(side(&line.before), number).right(),
                Cell::new(side(&line.after), number).right(),
            ]);
            canvas.row(rows, y, Mark::of(at == self.list.cursor, true), &cells);
        }
    }
}
