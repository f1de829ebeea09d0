//! Source: the place in the archive where a record is written, with what stands around it. Read-only; nothing is unpacked.

mod draw;
mod find;

use super::record::Wanted;
use super::{Opening, Page, Step};
use crate::source::{Fold, Form, Line};
use crate::tui::canvas::Canvas;
use crate::tui::keys::{Action, Context};
use crate::tui::layout;
use crate::tui::model::{Cx, Effect, Opened, Reply};
use crate::tui::photo;
use crate::tui::widgets::list::{List, Pane};
use crate::tui::widgets::narrow::Narrow;
use crate::tui::widgets::wrap::wrapped;
use crate::tui::words::{count, grouped};
use ratatui::layout::Rect;
use std::path::PathBuf;

/// Lines that show before the place.
const CONTEXT: usize = 6;
/// Bytes of one line that are laid out.
const MOST: usize = 64 << 10;
/// Columns of a table's cell, at most.
const CELL: usize = 28;

#[derive(Debug, Clone)]
pub struct SourcePage {
    wanted: Wanted,
    ask: u64,
    state: State,
    list: List,
    /// What is sought with `f`: it finds and does not hide.
    narrow: Narrow,
    /// What was searched for when the person came here.
    searched: String,
    /// One for each line: whether what is below it is folded away.
    folded: Vec<bool>,
    rows: Vec<Row>,
    /// Lines that hold what is sought.
    found: Vec<usize>,
    /// The first column of a table that shows.
    column: usize,
    widths: Vec<usize>,
}

#[derive(Debug, Clone)]
enum State {
    Waiting,
    Here(Box<Opened>),
    Absent(String),
}

/// A row of the screen, and the line it belongs to.
#[derive(Debug, Clone)]
struct Row {
    line: usize,
    /// The first of the rows of its line.
    first: bool,
    name: String,
    text: String,
}

impl SourcePage {
    pub fn new(wanted: Wanted) -> Self {
        let searched = match &wanted {
            Wanted::View(view) => view.matched().unwrap_or_default().to_owned(),
            _ => String::new(),
        };
        Self {
            searched,
            wanted,
            ask: 0,
            state: State::Waiting,
            list: List::default(),
            narrow: Narrow::default(),
            folded: Vec::new(),
            rows: Vec::new(),
            found: Vec::new(),
            column: 0,
            widths: Vec::new(),
        }
    }

    fn here(&self) -> Option<&Opened> {
        match &self.state {
            State::Here(opened) => Some(opened),
            _ => None,
        }
    }

    fn is_table(&self) -> bool {
        self.here().is_some_and(|here| here.around.form == Form::Table)
    }

    fn lines(&self) -> &[Line] {
        self.here().map_or(&[], |here| here.around.lines.as_slice())
    }

    /// Where the rows stand: below what is said of the source, and below the head of a table.
    fn area(&self, cx: &Cx<'_>) -> Rect {
        let above = 1 + u16::from(self.is_table());
        layout::below(layout::inner(cx.frame.body, cx.frame.boxed), above)
    }

    fn at_line(&self) -> usize {
        self.rows.get(self.list.cursor).map_or(0, |row| row.line)
    }

    fn lay_out(&mut self, cx: &Cx<'_>) {
        let width = usize::from(self.area(cx).width);
        let (mut rows, mut hidden_below) = (Vec::new(), None);
        for (at, line) in self.lines().iter().enumerate() {
            if hidden_below.is_some_and(|depth| line.depth > depth) {
                continue;
            }
            hidden_below = self.folded.get(at).is_some_and(|folded| *folded).then_some(line.depth);
            if self.is_table() && at == 0 {
                continue;
            }
            self.rows_of(at, line, width, cx, &mut rows);
        }
        self.rows = rows;
        self.measure(cx);
    }

    fn rows_of(&self, at: usize, line: &Line, width: usize, cx: &Cx<'_>, rows: &mut Vec<Row>) {
        let text = match (self.is_table(), line.fold) {
            (true, _) => String::new(),
            (_, Fold::Leaf) => line.cells.iter().map(|cell| cx.look.value(cell)).collect(),
            // How much is inside, in words of ours.
            _ => line.cells.concat(),
        };
        let room = width.saturating_sub(draw::before(line, self.number_width()) + name_width(line)).max(8);
        for (nth, text) in wrapped(&text, room, MOST).into_iter().enumerate() {
            let name = if nth == 0 { line.name.clone() } else { String::new() };
            rows.push(Row { line: at, first: nth == 0, name, text });
        }
    }

    fn number_width(&self) -> usize {
        let last = self.lines().iter().rev().find_map(|line| line.number);
        last.map_or(0, |number| number.to_string().len())
    }

    /// Widths of the columns of a table.
    fn measure(&mut self, cx: &Cx<'_>) {
        let columns = if self.is_table() { self.lines().first().map_or(0, |head| head.cells.len()) } else { 0 };
        let mut widths = vec![1; columns];
        for (at, line) in self.lines().iter().enumerate() {
            for (cell, width) in line.cells.iter().zip(&mut widths) {
                let shown = if at == 0 { cell.clone() } else { cx.look.value(cell) };
                *width = (*width).max(crate::text::width(&crate::tui::canvas::shown(&shown, CELL)));
            }
        }
        self.widths = widths;
    }

    /// Puts the cursor on a line, unfolding what it is in.
    fn go_to(&mut self, line: usize, cx: &Cx<'_>) {
        let mut depth = self.lines().get(line).map_or(0, |line| line.depth);
        for at in (0..line).rev() {
            let known = self.lines().get(at).map_or(0, |line| line.depth);
            if known < depth {
                depth = known;
                if let Some(folded) = self.folded.get_mut(at) {
                    *folded = false;
                }
            }
        }
        self.lay_out(cx);
        let Some(row) = self.rows.iter().position(|row| row.line == line) else { return };
        self.list = List { cursor: row, top: row.saturating_sub(CONTEXT) };
    }

    /// The line of the place that somebody came to see: the one with the value, or the first.
    fn seek(&mut self, cx: &Cx<'_>) {
        let Some(here) = self.here() else { return };
        let place = here.around.place.clone();
        let wanted = match &self.wanted {
            Wanted::Place { value, .. } if !bare(value).is_empty() => Some(bare(value)),
            _ => None,
        };
        let holds = |at: &usize| {
            let cells = here.around.lines.get(*at).map(|line| line.cells.as_slice()).unwrap_or_default();
            wanted.as_ref().is_some_and(|value| cells.iter().any(|cell| bare(cell).contains(value.as_str())))
        };
        let at = place.clone().find(holds).unwrap_or(place.start);
        self.go_to(at, cx);
    }

    fn fold(&mut self, cx: &Cx<'_>) {
        let at = self.at_line();
        let depth = self.lines().get(at).map_or(0, |line| line.depth);
        let opens = self.lines().get(at).is_some_and(|line| line.fold != Fold::Leaf);
        let parent = (0..at).rev().find(|&above| self.lines().get(above).is_some_and(|line| line.depth < depth));
        match (opens && !self.folded.get(at).copied().unwrap_or(true), parent) {
            (true, _) => self.set_folded(at, true, cx),
            (false, Some(parent)) => self.go_to(parent, cx),
            (false, None) => {}
        }
    }

    fn set_folded(&mut self, at: usize, folded: bool, cx: &Cx<'_>) {
        let opens = self.lines().get(at).is_some_and(|line| line.fold != Fold::Leaf);
        if let (true, Some(place)) = (opens, self.folded.get_mut(at)) {
            *place = folded;
            self.lay_out(cx);
        }
    }

    /// Everything unfolded; if it is already, as at first.
    fn turn_all(&mut self, cx: &Cx<'_>) {
        let at = self.at_line();
        let any = self.folded.iter().any(|folded| *folded);
        self.folded = self.lines().iter().map(|line| !any && line.fold == Fold::Closed).collect();
        self.go_to(at, cx);
    }

    fn sideways(&mut self, right: bool) {
        let last = self.widths.len().saturating_sub(1);
        self.column = if right { (self.column + 1).min(last) } else { self.column.saturating_sub(1) };
    }

    fn place(&self) -> Option<String> {
        self.here().map(|here| format!("{} › {} › {}", here.around.file, here.entry, here.place))
    }

    /// Asks before the entry is written to the folder the program was started in.
    fn write_copy(&self, cx: &Cx<'_>) -> Vec<Step> {
        let Some(here) = self.here() else { return Vec::new() };
        if let Some(why) = &here.missing {
            return vec![Step::Say(crate::tui::model::Said::trouble(format!("there is no entry to copy: {why}")))];
        }
        let name = here.entry.rsplit(['/', '\\']).next().unwrap_or_default();
        let plain = |c: char| if c.is_alphanumeric() || "._- ".contains(c) { c } else { '_' };
        let name: String = name.chars().map(plain).take(120).collect();
        let name = name.trim_start_matches(['.', '-', ' ']);
        let to = PathBuf::from(if name.is_empty() { "entry" } else { name });
        let question = format!(
            "Write a copy of {} to the file {} in the folder tellall was started in? It is readable by you alone.",
            cx.look.name(&here.entry),
            cx.look.name(&to.display().to_string())
        );
        let yes = Effect::CopyEntry { export: here.export.clone(), entry: here.entry.clone(), to };
        vec![Step::Push(Opening::Confirm { question, yes: Box::new(yes) })]
    }
}

/// Letters and digits alone: a report may write a number or address in another form than the file.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn name_width(line: &Line) -> usize {
    if line.name.is_empty() { 0 } else { crate::text::width(&crate::text::line(&line.name)).min(40) + 2 }
}

impl Page for SourcePage {
    fn context(&self) -> Context {
        Context::Source
    }

    fn is_typing(&self) -> bool {
        self.narrow.typing
    }

    fn panes(&mut self, cx: &Cx<'_>) -> Vec<Pane<'_>> {
        vec![Pane { rows: self.area(cx), list: &mut self.list, length: self.rows.len() }]
    }

    fn offers(&self, action: Action, _: &Cx<'_>) -> bool {
        match action {
            Action::Right if self.is_table() => self.column + 1 < self.widths.len(),
            Action::Right => self.lines().get(self.at_line()).is_some_and(|line| line.fold != Fold::Leaf),
            Action::Open => {
                !self.is_table() && self.lines().get(self.at_line()).is_some_and(|line| line.fold != Fold::Leaf)
            }
            Action::FindNext => !self.found.is_empty(),
            Action::WriteCopy => self.here().is_some_and(|here| here.missing.is_none()),
            _ => true,
        }
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Option<Vec<Step>> {
        match action {
            Action::Left if self.is_table() => self.sideways(false),
            Action::Right if self.is_table() => self.sideways(true),
            Action::Left => self.fold(cx),
            Action::Right => self.set_folded(self.at_line(), false, cx),
            Action::Open => {
                let at = self.at_line();
                let folded = self.folded.get(at).copied().unwrap_or_default();
                self.set_folded(at, !folded, cx);
            }
            Action::FoldAll => self.turn_all(cx),
            Action::FindNext => return Some(self.next(true, cx)),
            Action::FindPrevious => return Some(self.next(false, cx)),
            Action::YankPlace => {
                return Some(self.place().map(|place| Step::Do(Effect::Yank(place))).into_iter().collect());
            }
            Action::WriteCopy => return Some(self.write_copy(cx)),
            Action::Source => {}
            _ => return None,
        }
        Some(Vec::new())
    }

    fn refresh(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        let at = self.at_line();
        self.lay_out(cx);
        self.seek_text(at, cx);
        if self.ask != 0 {
            return Vec::new();
        }
        self.ask = cx.ask();
        vec![Step::Do(Effect::Source { ask: self.ask, wanted: Box::new(self.wanted.clone()) })]
    }

    fn receive(&mut self, ask: u64, reply: &Reply, cx: &Cx<'_>) -> Vec<Step> {
        if let (true, Reply::Source(opened)) = (ask == self.ask, reply) {
            self.state = match opened {
                Ok(opened) => State::Here(opened.clone()),
                Err(why) => State::Absent(why.clone()),
            };
            self.folded = self.lines().iter().map(|line| line.fold == Fold::Closed).collect();
            self.seek(cx);
            self.seek_text(0, cx);
        }
        Vec::new()
    }

    fn narrow(&mut self) -> Option<&mut Narrow> {
        Some(&mut self.narrow)
    }

    fn value(&self, _: &Cx<'_>) -> Option<String> {
        let line = self.lines().get(self.at_line())?;
        let text = line.cells.join("\t");
        let is_json = self.here().is_some_and(|here| here.around.form == Form::Json);
        let bare = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).filter(|_| is_json);
        Some(bare.map_or(text.clone(), str::to_owned))
    }

    fn photo(&self, cx: &Cx<'_>) -> Option<photo::Wanted> {
        let here = self.here()?;
        let cells = self.lines().get(self.at_line()).map(|line| line.cells.clone()).unwrap_or_default();
        let named = self.value(cx).into_iter().chain(cells).chain([here.entry.clone()]).collect();
        Some(photo::Wanted { export: here.export.clone(), near: here.entry.clone(), named })
    }

    fn crumb(&self, cx: &Cx<'_>) -> String {
        self.here().map_or("Source".to_owned(), |here| format!("{} › Source", cx.look.name(&here.entry)))
    }

    fn settings(&self, _: &Cx<'_>) -> String {
        self.found_note()
    }

    fn fact(&self, _: &Cx<'_>) -> String {
        let lines = self.lines();
        let numbers = || lines.iter().filter_map(|line| line.number);
        match (numbers().next(), numbers().next_back()) {
            (Some(first), Some(last)) => format!("{} to {}", grouped(first), grouped(last)),
            _ => count(lines.len() as u64, "line"),
        }
    }

    fn status(&self, cx: &Cx<'_>) -> String {
        self.here().map(|here| format!("{} › {}", cx.look.name(&here.entry), here.place)).unwrap_or_default()
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        self.draw_page(cx, canvas);
    }
}
