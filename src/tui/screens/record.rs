//! Record: one record whole, each field with its category and how the company got it, and the place it was read from.

use super::reader::Reader;
use super::{Opening, Page, Step};
use crate::query::{Hit, HitView};
use crate::tui::canvas::{Canvas, Cell, Mark};
use crate::tui::keys::{Action, Context};
use crate::tui::layout;
use crate::tui::look::Role;
use crate::tui::model::{Cx, Effect, Place, Reply, Said};
use crate::tui::photo;
use crate::tui::widgets::list::{List, Pane};
use crate::tui::widgets::narrow::Narrow;
use crate::tui::widgets::wrap::wrapped;
use crate::tui::words::count;
use ratatui::layout::{Position, Rect};

/// Bytes of one value that are laid out; `y` copies the whole.
const MOST: usize = 64 << 10;
/// Lines that show before the value somebody came to see.
const CONTEXT: usize = 5;

/// Which record.
#[derive(Debug, Clone)]
pub enum Wanted {
    View(Box<HitView>),
    Hit {
        epoch: u64,
        hit: Hit,
    },
    /// `value` is what somebody came to see.
    Place {
        export: String,
        entry: String,
        locator: String,
        value: String,
    },
}

#[derive(Debug)]
pub struct RecordPage {
    wanted: Wanted,
    ask: u64,
    state: State,
    list: List,
    narrow: Narrow,
    lines: Vec<Line>,
}

#[derive(Debug)]
enum State {
    Waiting,
    Here(Box<HitView>),
    Absent(String),
}

/// A line of the page, and the value it belongs to.
#[derive(Debug)]
struct Line {
    value: Option<usize>,
    role: Role,
    text: String,
}

impl RecordPage {
    pub fn new(wanted: Wanted) -> Self {
        let state = match &wanted {
            Wanted::View(view) => State::Here(view.clone()),
            _ => State::Waiting,
        };
        Self { wanted, ask: 0, state, list: List::default(), narrow: Narrow::default(), lines: Vec::new() }
    }

    fn view(&self) -> Option<&HitView> {
        match &self.state {
            State::Here(view) => Some(view),
            _ => None,
        }
    }

    fn question(&self, ask: u64) -> Option<Effect> {
        match &self.wanted {
            Wanted::View(_) => None,
            Wanted::Hit { epoch, hit } => Some(Effect::View { ask, epoch: *epoch, hit: *hit }),
            Wanted::Place { export, entry, locator, .. } => {
                Some(Effect::Find { ask, export: export.clone(), entry: entry.clone(), locator: locator.clone() })
            }
        }
    }

    fn inner(cx: &Cx<'_>) -> Rect {
        layout::inner(cx.frame.body, cx.frame.boxed)
    }

    fn lay_out(&mut self, cx: &Cx<'_>) {
        let width = usize::from(Self::inner(cx).width.saturating_sub(3));
        let lines = self.view().map(|view| {
            let mut lines = head(view, cx);
            let names = view.values.iter().map(|(path, value)| format!("{path} {value}"));
            for at in self.narrow.pass(names) {
                value_lines(view, at, cx, width, &mut lines);
            }
            lines
        });
        self.lines = lines.unwrap_or_default();
    }

    /// Puts the cursor on what somebody came to see: the value that proves something, or the first that matches the search
    /// and is more than the name of who wrote it.
    fn seek(&mut self) {
        let Some(view) = self.view() else { return };
        let at = if let Wanted::Place { value, .. } = &self.wanted {
            view.values.iter().position(|(_, held)| held.contains(value.as_str()))
        } else {
            let mut found = view.matches.iter().map(|found| found.value);
            found.find(|&at| view.values.get(at).map(|(_, value)| value) != view.who.as_ref())
        };
        let Some(name) = at.and_then(|at| self.lines.iter().position(|line| line.value == Some(at))) else { return };
        // Its name stands above a value, and something before it tells what it is about.
        self.list = List { cursor: name + 1, top: name.saturating_sub(CONTEXT) };
    }

    /// To the next or previous value that holds what was searched for, or what somebody came to see.
    fn walk_matches(&mut self, forward: bool) -> Vec<Step> {
        let Some(view) = self.view() else { return Vec::new() };
        let came_for =
            |held: &str| matches!(&self.wanted, Wanted::Place { value, .. } if held.contains(value.as_str()));
        let is_match = |at: &usize| {
            view.matches.iter().any(|found| found.value == *at)
                || view.values.get(*at).is_some_and(|(_, held)| came_for(held))
        };
        // The name of a value stands above it.
        let row = |at| self.lines.iter().position(|line| line.value == Some(at)).map(|name| name + 1);
        let mut rows = (0..view.values.len()).filter(is_match).filter_map(row);
        let cursor = self.list.cursor;
        let next = if forward { rows.find(|row| *row > cursor) } else { rows.rfind(|row| *row < cursor) };
        match next {
            Some(row) => self.list.cursor = row,
            None if forward => return vec![Step::Say(Said::note("no match below"))],
            None => return vec![Step::Say(Said::note("no match above"))],
        }
        Vec::new()
    }

    /// Opens a message in its conversation.
    fn read(&self) -> Vec<Step> {
        let Some(view) = self.view() else { return Vec::new() };
        if view.thread.is_none() {
            return vec![Step::Say(Said::note("this record is in no conversation"))];
        }
        let reader = Reader::at(Place::of(view), view.matched().map(|text| format!("\"{text}\"")).unwrap_or_default());
        vec![Step::Push(Opening::Reader(Box::new(reader)))]
    }

    fn place(&self) -> Option<String> {
        self.view().map(|view| format!("{} › {} › {}", view.export, view.entry, view.place))
    }
}

/// Whose, when, who, where.
fn head(view: &HitView, cx: &Cx<'_>) -> Vec<Line> {
    let line = |role, name: &str, text: String| Line { value: None, role, text: format!("{name:<8}{text}") };
    let mut lines =
        vec![line(Role::Strong, "what", format!("{} › {} ({})", view.company_name, view.section_name, view.kind.id()))];
    lines.push(line(Role::Text, "when", view.time.map_or("no time".to_owned(), |time| cx.look.time(time).to_string())));
    lines.extend(view.who.iter().map(|who| line(Role::Text, "who", cx.look.name(who))));
    lines.extend(view.thread.iter().map(|thread| line(Role::Text, "in", cx.look.name(thread))));
    lines.push(line(Role::Text, "export", cx.look.export(&view.export)));
    lines.push(line(Role::Text, "entry", cx.look.name(&view.entry)));
    lines.push(line(Role::Text, "place", view.place.clone()));
    lines.push(Line { value: None, role: Role::Text, text: String::new() });
    lines
}

/// A field: its path, what is known of it, its value.
fn value_lines(view: &HitView, at: usize, cx: &Cx<'_>, width: usize, lines: &mut Vec<Line>) {
    let Some((path, value)) = view.values.get(at) else { return };
    let field = cx.data.field(&view.company, &view.section, path);
    let known = field.map_or_else(String::new, |field| {
        let special = if field.special { " ▲" } else { "" };
        format!("  ·  {}{special}  ·  {} {}", field.category_label, field.origin.letter(), field.origin.label())
    });
    lines.push(Line { value: Some(at), role: Role::Dim, text: format!("{path}{known}") });
    if let Some(said) = field.and_then(|field| field.description.as_deref()) {
        let said = cx.look.value(&format!("“{said}”"));
        let said = wrapped(&said, width.saturating_sub(2), MOST);
        lines.extend(said.into_iter().map(|text| Line { value: Some(at), role: Role::Dim, text: format!("  {text}") }));
    }
    let shown = cx.look.value(value);
    let wrapped = wrapped(&shown, width.saturating_sub(2), MOST);
    lines.extend(wrapped.into_iter().map(|text| Line { value: Some(at), role: Role::Text, text: format!("  {text}") }));
}

impl Page for RecordPage {
    fn context(&self) -> Context {
        Context::Record
    }

    fn is_typing(&self) -> bool {
        self.narrow.typing
    }

    fn panes(&mut self, cx: &Cx<'_>) -> Vec<Pane<'_>> {
        vec![Pane { rows: Self::inner(cx), list: &mut self.list, length: self.lines.len() }]
    }

    fn offers(&self, action: Action, _: &Cx<'_>) -> bool {
        match action {
            Action::ReadConversation => self.view().is_some_and(|view| view.thread.is_some()),
            Action::Open => false,
            _ => true,
        }
    }

    fn act(&mut self, action: Action, _: &Cx<'_>) -> Option<Vec<Step>> {
        match action {
            Action::YankPlace => Some(self.place().map(|place| Step::Do(Effect::Yank(place))).into_iter().collect()),
            Action::ReadConversation => Some(self.read()),
            Action::NextMatch => Some(self.walk_matches(true)),
            Action::PreviousMatch => Some(self.walk_matches(false)),
            Action::Open => Some(Vec::new()),
            Action::Left => Some(vec![Step::Run(Action::Back)]),
            _ => None,
        }
    }

    fn refresh(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        self.lay_out(cx);
        if self.ask != 0 {
            return Vec::new();
        }
        self.ask = cx.ask();
        self.seek();
        self.question(self.ask).map(Step::Do).into_iter().collect()
    }

    fn receive(&mut self, ask: u64, reply: &Reply, cx: &Cx<'_>) -> Vec<Step> {
        if let (true, Reply::Record(record)) = (ask == self.ask, reply) {
            self.state = match record {
                Ok(view) => State::Here(view.clone()),
                Err(why) => State::Absent(why.clone()),
            };
            self.lay_out(cx);
            self.seek();
        }
        Vec::new()
    }

    fn narrow(&mut self) -> Option<&mut Narrow> {
        Some(&mut self.narrow)
    }

    fn value(&self, _: &Cx<'_>) -> Option<String> {
        let value = self.lines.get(self.list.cursor)?.value;
        let view = self.view()?;
        match value {
            Some(at) => view.values.get(at).map(|(_, value)| value.clone()),
            None => self.place(),
        }
    }

    fn spot(&self, _: &Cx<'_>) -> Option<Wanted> {
        match (&self.wanted, self.view()) {
            (Wanted::Place { .. }, Some(_)) => Some(self.wanted.clone()),
            (_, view) => view.map(|view| Wanted::View(Box::new(view.clone()))),
        }
    }

    fn photo(&self, cx: &Cx<'_>) -> Option<photo::Wanted> {
        let view = self.view()?;
        // What is selected goes before the rest; a record may be about its own entry.
        let named = self.value(cx).into_iter().chain(view.values.iter().map(|(_, value)| value.clone()));
        let named = named.chain([view.entry.clone()]).collect();
        Some(photo::Wanted { export: view.export.clone(), near: view.entry.clone(), named })
    }

    fn crumb(&self, _: &Cx<'_>) -> String {
        self.view()
            .map_or("Record".to_owned(), |view| format!("{} › {} › Record", view.company_name, view.section_name))
    }

    fn fact(&self, _: &Cx<'_>) -> String {
        self.view().map_or(String::new(), |view| count(view.values.len() as u64, "value"))
    }

    fn status(&self, cx: &Cx<'_>) -> String {
        self.place().map(|place| cx.look.name(&place)).unwrap_or_default()
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let title = format!("Record{}", self.narrow.note());
        let inner = canvas.pane(cx.frame.body, cx.frame.boxed, true, &title, "y copy value · Y copy place");
        let says = match &self.state {
            State::Waiting => "Reading…",
            State::Absent(why) => why.as_str(),
            State::Here(_) => "",
        };
        canvas.put(inner.x + 2, inner.y, inner.width.saturating_sub(2), says, Role::Text);
        canvas.cursor = Some(Position { x: inner.x, y: inner.y });
        for (at, y) in self.list.visible(inner, self.lines.len()) {
            let Some(line) = self.lines.get(at) else { continue };
            let cell = Cell::new(line.text.as_str(), inner.width.saturating_sub(2)).role(line.role);
            canvas.row(inner, y, Mark::of(at == self.list.cursor, true), &[cell]);
        }
    }
}
