//! Import: what each archive's import does, and what came of it. The rest of the program stays usable meanwhile.

use super::{Opening, Page, Step};
use crate::import::{ExportProgress, Step as Stage};
use crate::report::ExportReport;
use crate::tui::canvas::{Canvas, Cell, Mark};
use crate::tui::keys::{Action, Context};
use crate::tui::layout::{self, Class};
use crate::tui::look::Role;
use crate::tui::model::{Cx, Effect, Said};
use crate::tui::widgets::bars;
use crate::tui::widgets::list::{List, Pane};
use crate::tui::widgets::wrap::wrapped;
use crate::tui::words::{bytes, count, grouped, percent};
use ratatui::layout::{Position, Rect};

#[derive(Debug, Default)]
pub struct Import {
    list: List,
    notes: List,
    focus: usize,
}

impl Import {
    fn regions(&self, cx: &Cx<'_>) -> (Rect, Rect) {
        let body = cx.frame.body;
        match (cx.frame.class, self.focus) {
            (Class::One, 1) => (Rect::default(), body),
            (Class::One, _) => (body, Rect::default()),
            _ => layout::stack(body, body.height / 2),
        }
    }

    fn note_lines(cx: &Cx<'_>, width: u16) -> Vec<(Role, String)> {
        let mut lines = Vec::new();
        for outcome in cx.work.ended.iter().rev() {
            let (role, text) = match outcome {
                Ok(report) => (Role::Good, ended_well(report)),
                Err(why) => (Role::Problem, why.clone()),
            };
            lines.extend(wrapped(&text, usize::from(width), 4000).into_iter().map(|line| (role, line)));
            let warnings = outcome.as_ref().map_or(&[][..], |report| report.warnings.as_slice());
            lines.extend(warnings.iter().map(|warning| (Role::Text, format!("  {warning}"))));
        }
        if lines.is_empty() {
            lines = standing(cx).into_iter().map(|line| (Role::Text, line)).collect();
        }
        lines
    }

    fn cancel(cx: &Cx<'_>) -> Vec<Step> {
        if !cx.work.running {
            return vec![Step::Say(Said::note("no import is running"))];
        }
        let question = "Stop the import? What is committed stays in; what is being read is left out.".to_owned();
        vec![Step::Push(Opening::Confirm { question, yes: Box::new(Effect::CancelImport) })]
    }

    fn draw_lines(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let note = if cx.work.running { "x cancel" } else { "+ add" };
        let inner = canvas.pane(area, cx.frame.boxed, self.focus == 0, "Archives", note);
        let rows = layout::below(inner, 1);
        let head = ["Archive", "Step", "Done", "Records", "Notes"].map(str::to_owned);
        canvas.row(inner, inner.y, Mark::None, &line_cells(head, inner.width, Role::Dim));
        if cx.work.lines.is_empty() {
            let says = if cx.work.running {
                "Looking at the paths…"
            } else {
                "Nothing is being imported; + adds an archive."
            };
            canvas.put(rows.x + 2, rows.y, rows.width.saturating_sub(2), says, Role::Dim);
            canvas.cursor = Some(Position { x: rows.x + 2, y: rows.y });
        }
        for (at, y) in self.list.visible(rows, cx.work.lines.len()) {
            let Some(line) = cx.work.lines.get(at) else { continue };
            let mark = Mark::of(at == self.list.cursor, self.focus == 0);
            canvas.row(rows, y, mark, &line_cells(texts(line), rows.width, Role::Text));
        }
    }

    fn draw_notes(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let problems: u64 = cx.work.lines.iter().map(|line| line.problems + line.failed).sum();
        let title = if cx.work.ended.is_empty() { "Now" } else { "What happened" };
        let inner = canvas.pane(area, cx.frame.boxed, self.focus == 1, title, &count(problems, "problem"));
        let lines = Self::note_lines(cx, inner.width.saturating_sub(3));
        for (at, y) in self.notes.visible(inner, lines.len()) {
            let Some((role, line)) = lines.get(at) else { continue };
            let mark = Mark::of(at == self.notes.cursor && self.focus == 1, true);
            canvas.row(inner, y, mark, &[Cell::new(line.as_str(), inner.width).role(*role)]);
        }
    }
}

/// What is being read now, and how far all is.
fn standing(cx: &Cx<'_>) -> Vec<String> {
    let all = &cx.work.lines;
    let (done, total) = (all.iter().map(|line| line.done).sum(), all.iter().map(|line| line.total).sum());
    let mut lines = vec![format!("all: {} of {} ({}%)", bytes(done), bytes(total), percent(done, total))];
    for line in all.iter().filter(|line| !line.now.is_empty() && line.outcome.is_none()) {
        let entries = format!("{} of {}", grouped(line.entries), count(line.entries_total, "entry"));
        lines.push(format!("{entries} · {}", line.now));
    }
    lines.push("Archives are opened read-only and never unpacked to disk.".to_owned());
    if all.is_empty() && !cx.work.running { Vec::new() } else { lines }
}

fn ended_well(report: &ExportReport) -> String {
    let already = if report.already { "was in already" } else { "is in" };
    let trouble = match (report.problems_total, report.entries.failed) {
        (0, 0) => String::new(),
        (0, failed) => format!("; {} unreadable (u lists them)", count(failed, "entry")),
        (problems, 0) => format!("; {} (u lists them)", count(problems, "problem")),
        (problems, failed) => {
            format!("; {}, {} unreadable (u lists them)", count(problems, "problem"), count(failed, "entry"))
        }
    };
    format!("{} {already}: {}, {}{trouble}", report.id, count(report.records, "record"), count(report.fields, "field"))
}

fn stage_word(line: &ExportProgress) -> &'static str {
    match line.step {
        Stage::Waiting => "waiting",
        Stage::Opening => "opening",
        Stage::Reading => "reading",
        Stage::Committing => "writing",
        Stage::Finished => "finished",
        Stage::Already => "in already",
        Stage::Failed => "failed",
        Stage::Cancelled => "cancelled",
    }
}

fn texts(line: &ExportProgress) -> [String; 5] {
    let more = if line.files.len() > 1 { format!(" (+{})", line.files.len() - 1) } else { String::new() };
    let name = format!("{}{more}", line.files.first().map_or("", String::as_str));
    let done = format!("{} {:>3}%", bars::bar(line.done, line.total, 8), percent(line.done, line.total));
    let notes = match (line.failed, line.problems) {
        (0, 0) => String::new(),
        (failed, problems) => format!("{} !", grouped(failed + problems)),
    };
    [name, stage_word(line).to_owned(), done, grouped(line.records), notes]
}

fn line_cells(texts: [String; 5], width: u16, role: Role) -> Vec<Cell<'static>> {
    let [name, stage, done, records, notes] = texts;
    if width < 68 {
        let room = width.saturating_sub(2 + 10 + 13 + 2);
        return vec![Cell::new(name, room).role(role), Cell::new(stage, 10).role(role), Cell::new(done, 13).role(role)];
    }
    let room = width.saturating_sub(2 + 10 + 13 + 11 + 6 + 4);
    vec![
        Cell::new(name, room).role(role),
        Cell::new(stage, 10).role(role),
        Cell::new(done, 13).role(role),
        Cell::new(records, 11).right().role(role),
        Cell::new(notes, 6).right().role(if role == Role::Text { Role::Problem } else { role }),
    ]
}

impl Page for Import {
    fn context(&self) -> Context {
        Context::Import
    }

    fn panes(&mut self, cx: &Cx<'_>) -> Vec<Pane<'_>> {
        let (upper, lower) = self.regions(cx);
        let boxed = cx.frame.boxed;
        let notes = Self::note_lines(cx, layout::inner(lower, boxed).width.saturating_sub(3)).len();
        vec![
            Pane {
                rows: layout::below(layout::inner(upper, boxed), 1),
                list: &mut self.list,
                length: cx.work.lines.len(),
            },
            Pane { rows: layout::inner(lower, boxed), list: &mut self.notes, length: notes },
        ]
    }

    fn focus(&self) -> usize {
        self.focus
    }

    fn set_focus(&mut self, pane: usize) {
        self.focus = pane;
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Option<Vec<Step>> {
        match action {
            Action::Cancel => Some(Self::cancel(cx)),
            Action::Open => {
                self.focus = 1;
                Some(Vec::new())
            }
            _ => None,
        }
    }

    fn back(&mut self, _: &Cx<'_>) -> bool {
        std::mem::replace(&mut self.focus, 0) != 0
    }

    fn value(&self, cx: &Cx<'_>) -> Option<String> {
        cx.work.lines.get(self.list.cursor).map(|line| line.files.join(" "))
    }

    fn crumb(&self, _: &Cx<'_>) -> String {
        "Import".to_owned()
    }

    fn settings(&self, _: &Cx<'_>) -> String {
        "you can leave this screen: work goes on".to_owned()
    }

    fn fact(&self, cx: &Cx<'_>) -> String {
        if cx.work.running { "importing".to_owned() } else { crate::tui::draw::index_fact(cx) }
    }

    fn status(&self, cx: &Cx<'_>) -> String {
        if cx.work.lines.is_empty() {
            return format!("in the index: {}", crate::tui::draw::index_fact(cx));
        }
        let records = cx.work.lines.iter().map(|line| line.records).sum();
        format!("{}, {}", count(cx.work.lines.len() as u64, "export"), count(records, "record"))
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let (upper, lower) = self.regions(cx);
        if !upper.is_empty() {
            self.draw_lines(cx, canvas, upper);
        }
        if !lower.is_empty() {
            self.draw_notes(cx, canvas, lower);
        }
    }
}
