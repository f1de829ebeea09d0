//! Import: what each archive's import does, and what came of it. The rest of the program stays usable meanwhile.

use super::{Opening, Page, Step};
use crate::import::{ExportProgress, Step as Stage, Stop};
use crate::report::ExportReport;
use crate::tui::canvas::{Canvas, Cell, Mark};
use crate::tui::importing::stop_question;
use crate::tui::keys::{Action, Context};
use crate::tui::layout::{self, Class};
use crate::tui::look::{Look, Role};
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
    /// The cursor was put on what is being read.
    placed: bool,
}

/// A line of what happened, and what Enter opens there.
struct Note {
    role: Role,
    text: String,
    opens: Option<Opening>,
}

/// Rows of the middle pane, its frame included.
const NOW: u16 = 6;
/// Rows of the first pane beside the archives themselves, and the least it has while something is read.
const AROUND: u16 = 5;
const LEAST: u16 = 8;

#[derive(Default)]
struct Regions {
    archives: Rect,
    now: Rect,
    notes: Rect,
}

impl Import {
    fn regions(&self, cx: &Cx<'_>) -> Regions {
        let body = cx.frame.body;
        let shows_now = cx.work.running && body.height >= 18;
        match (cx.frame.class, self.focus) {
            (Class::One, 1) => Regions { notes: body, ..Regions::default() },
            (Class::One, _) => Regions { archives: body, ..Regions::default() },
            _ => {
                let least = if shows_now { LEAST } else { body.height / 2 };
                let wanted = (cx.work.lines.len() as u16).saturating_add(AROUND).max(least);
                let (archives, rest) = layout::stack(body, body.height - wanted.min(body.height * 3 / 5));
                let (now, notes) = if shows_now {
                    layout::stack(rest, rest.height.saturating_sub(NOW))
                } else {
                    (Rect::default(), rest)
                };
                Regions { archives, now, notes }
            }
        }
    }

    /// Rows of the list: between the head and the sum of all.
    fn rows(cx: &Cx<'_>, archives: Rect) -> Rect {
        let (rows, _) = layout::stack(layout::below(layout::inner(archives, cx.frame.boxed), 1), 2);
        rows
    }

    fn notes(cx: &Cx<'_>, width: u16) -> Vec<Note> {
        let mut notes = Vec::new();
        for newer in cx.work.newer.iter().filter(|newer| newer.is_open(&cx.data.exports)) {
            let (question, answers) = newer.question(cx.look);
            let (export, older) = (cx.look.export(&newer.export), cx.look.export(&newer.older));
            let says = format!("{export} came beside {older}: Enter asks whether to keep both");
            push(&mut notes, width, Role::Strong, &says, Some(&Opening::Ask { question, answers }));
        }
        // Outcomes come when all of a batch is over, one for each line; what is over before is told by its line.
        for line in cx.work.lines.iter().skip(cx.work.ended.len()).rev() {
            match &line.outcome {
                Some(Ok(id)) => {
                    let says = format!(
                        "{} is in: {}, {}",
                        cx.look.export(id),
                        count(line.records, "record"),
                        count(line.problems, "problem")
                    );
                    push(&mut notes, width, Role::Good, &says, Some(&Opening::Ledger));
                }
                Some(Err(why)) => push(&mut notes, width, Role::Problem, &cx.look.value(why), None),
                None => {}
            }
        }
        for outcome in cx.work.ended.iter().rev() {
            match outcome {
                Ok(report) => {
                    let opens = if report.entries.failed > 0 { Opening::Failures } else { Opening::Ledger };
                    push(&mut notes, width, Role::Good, &ended_well(report, cx.look), Some(&opens));
                    for warning in &report.warnings {
                        push(&mut notes, width, Role::Text, &format!("  {}", cx.look.value(warning)), None);
                    }
                }
                Err(why) => push(&mut notes, width, Role::Problem, &cx.look.value(why), None),
            }
        }
        let safe = "Archives are opened read-only and never unpacked to disk; nothing leaves this computer.";
        push(&mut notes, width, Role::Dim, safe, None);
        notes
    }

    fn cancel(&self, cx: &Cx<'_>) -> Vec<Step> {
        let line = self.list.cursor;
        let says = match cx.work.lines.get(line).map(|shown| shown.step) {
            _ if !cx.work.running => "no import is running",
            Some(Stage::Finished | Stage::Already) => "it is in already",
            Some(Stage::Failed | Stage::Cancelled) => "it is over already",
            Some(Stage::Waiting) => {
                let leave_out = Effect::StopImport { line: Some(line), how: Stop::RollBack };
                let again = cx.keymap.hint("import.add", "adds it again");
                return vec![Step::Do(leave_out), Step::Say(Said::note(format!("it is left out. {again}")))];
            }
            Some(Stage::Committing) => "it is being written; that cannot be stopped any more",
            Some(Stage::Opening | Stage::Reading) => return vec![Step::Push(stop(cx, Some(line)))],
            None => return vec![Step::Push(stop(cx, None))],
        };
        vec![Step::Say(Said::note(says))]
    }

    fn open(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        if self.focus == 0 {
            let line = cx.work.lines.get(self.list.cursor);
            if line.is_some_and(|line| matches!(line.outcome, Some(Ok(_)))) {
                return vec![Step::Push(Opening::Ledger)];
            }
            self.focus = 1;
            return Vec::new();
        }
        let width = layout::inner(self.regions(cx).notes, cx.frame.boxed).width.saturating_sub(3);
        let opens = Self::notes(cx, width).into_iter().nth(self.notes.cursor).and_then(|note| note.opens);
        opens.map(Step::Push).into_iter().collect()
    }

    fn draw_lines(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let hint = |id: &str, words: &str| cx.keymap.hint(id, words);
        let going = if cx.work.paused { "go on" } else { "pause" };
        let note = if cx.work.running {
            [("import.pause", going), ("import.cancel", "cancel this"), ("import.cancel_all", "cancel all")]
                .map(|(id, words)| hint(id, words))
                .join(" · ")
        } else {
            hint("import.add", "add")
        };
        let inner = canvas.pane(area, cx.frame.boxed, self.focus == 0, "Archives", &note);
        let rows = Self::rows(cx, area);
        let head = ["Archive", "Step", "Done", "Records", "Notes"].map(str::to_owned);
        canvas.row(layout::top(inner, 1), inner.y, Mark::None, &line_cells(head, inner.width, Role::Dim));
        if cx.work.lines.is_empty() {
            let says = if cx.work.running {
                "Looking at the paths…".to_owned()
            } else {
                format!("Nothing is being imported. {}", hint("import.add", "adds an archive."))
            };
            canvas.put(rows.x + 2, rows.y, rows.width.saturating_sub(2), &says, Role::Dim);
            canvas.cursor = Some(Position { x: rows.x + 2, y: rows.y });
        }
        for (at, y) in self.list.visible(rows, cx.work.lines.len()) {
            let Some(line) = cx.work.lines.get(at) else { continue };
            let mark = Mark::of(at == self.list.cursor, self.focus == 0);
            canvas.row(rows, y, mark, &line_cells(texts(line, cx.look), rows.width, Role::Text));
        }
        let all = layout::below(inner, 1 + rows.height);
        if all.height > 0 && !cx.work.lines.is_empty() {
            let room = all.width.saturating_sub(3);
            canvas.put(all.x + 2, all.bottom() - 1, room, &all_of_it(cx, all.width), Role::Strong);
        }
    }

    fn draw_notes(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let problems = cx.work.sum(|line| line.problems + line.failed);
        let note = format!("{} · Enter opens", count(problems, "problem"));
        let inner = canvas.pane(area, cx.frame.boxed, self.focus == 1, "What happened", &note);
        let notes = Self::notes(cx, inner.width.saturating_sub(3));
        for (at, y) in self.notes.visible(inner, notes.len()) {
            let Some(note) = notes.get(at) else { continue };
            let mark = Mark::of(at == self.notes.cursor && self.focus == 1, true);
            canvas.row(inner, y, mark, &[Cell::new(note.text.as_str(), inner.width).role(note.role)]);
        }
    }
}

fn push(notes: &mut Vec<Note>, width: u16, role: Role, text: &str, opens: Option<&Opening>) {
    let lines = wrapped(text, usize::from(width), 4000);
    notes.extend(lines.into_iter().map(|text| Note { role, text, opens: opens.cloned() }));
}

fn stop(cx: &Cx<'_>, line: Option<usize>) -> Opening {
    let (question, answers) = stop_question(cx.work, line, cx.look);
    Opening::Ask { question, answers }
}

/// `All ████░░░░ 23.5 of 52.2 GB · 18,204 records/s · about 24 min left`
fn all_of_it(cx: &Cx<'_>, width: u16) -> String {
    let (done, total) = (cx.work.sum(|line| line.done), cx.work.sum(|line| line.total));
    let bar = if width < 70 { String::new() } else { bars::bar(done, total, usize::from(width / 5).min(30)) + " " };
    let mut says = vec![format!("{bar}{}% of {}", percent(done, total), bytes(total))];
    if cx.work.paused {
        says.push(format!("paused; {}", cx.keymap.hint("import.pause", "goes on")));
    } else if cx.work.running {
        says.extend(cx.work.pace.left(total.saturating_sub(done)));
        says.extend(cx.work.pace.records().map(|rate| format!("{} records/s", grouped(rate))));
    }
    if !cx.work.waiting.is_empty() {
        let paths = cx.work.waiting.iter().flatten().count() as u64;
        says.push(format!("then {}", count(paths, "more path")));
    }
    format!("All {}", says.join(" · "))
}

/// What is being read now.
fn draw_now(cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
    let inner = canvas.pane(area, cx.frame.boxed, false, "Now reading", "");
    let room = inner.width.saturating_sub(2);
    let reading = cx.work.lines.iter().find(|line| line.outcome.is_none() && line.step != Stage::Waiting);
    let says = match reading {
        None => vec!["Looking at the paths…".to_owned()],
        Some(line) => now_lines(line, cx),
    };
    for (line, y) in says.iter().zip(inner.y..inner.bottom()) {
        canvas.put(inner.x + 1, y, room, line, Role::Text);
    }
}

fn now_lines(line: &ExportProgress, cx: &Cx<'_>) -> Vec<String> {
    let whose = line.company.as_deref().unwrap_or("an export");
    let mut says = match (line.step, line.now.is_empty()) {
        (Stage::Opening, _) => vec![format!("{whose}: comparing it with what is in")],
        (Stage::Committing, _) => vec![format!("{whose}: writing the catalogue")],
        (_, true) => vec![format!("{whose}: looking at its entries")],
        (_, false) => vec![cx.look.name(&line.now)],
    };
    if let Some(size) = line.now_size {
        let (done, of) = (percent(line.now_done, size), bytes(size));
        says.push(format!("{} {done}% of {of} unpacked, read as a stream", bars::bar(line.now_done, size, 20)));
    }
    let entries = format!("{} of {}", grouped(line.entries), count(line.entries_total, "entry"));
    says.push(format!("{entries} · {} · {} so far", count(line.records, "record"), count(line.problems, "problem")));
    if cx.work.paused {
        says.push("Paused: nothing is read until you go on.".to_owned());
    }
    says
}

fn ended_well(report: &ExportReport, look: &Look) -> String {
    let id = look.export(&report.id);
    if report.already {
        let held = count(report.records, "record");
        return format!("This archive is in already, as {id} ({held}); nothing was read again.");
    }
    let trouble = match (report.problems_total, report.entries.failed) {
        (0, 0) => String::new(),
        (0, failed) => format!("; {} unreadable", count(failed, "entry")),
        (problems, 0) => format!("; {}", count(problems, "problem")),
        (problems, failed) => format!("; {}, {} unreadable", count(problems, "problem"), count(failed, "entry")),
    };
    let held = format!("{}, {}", count(report.records, "record"), count(report.fields, "field"));
    let whole = if report.incomplete { "is in, incomplete" } else { "is in" };
    format!("{id} {whole}: {held}{trouble}")
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

/// The name of the first file; while values are hidden, whose it is.
pub fn archive_name(line: &ExportProgress, look: &Look) -> String {
    match (look.hides(), &line.company) {
        (false, _) => line.files.first().cloned().unwrap_or_default(),
        (true, Some(company)) => format!("{company} archive"),
        (true, None) => "archive".to_owned(),
    }
}

fn texts(line: &ExportProgress, look: &Look) -> [String; 5] {
    let more = if line.files.len() > 1 { format!(" (+{})", line.files.len() - 1) } else { String::new() };
    let name = format!("{}{more}", archive_name(line, look));
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
        let regions = self.regions(cx);
        let notes = layout::inner(regions.notes, cx.frame.boxed);
        let length = Self::notes(cx, notes.width.saturating_sub(3)).len();
        vec![
            Pane { rows: Self::rows(cx, regions.archives), list: &mut self.list, length: cx.work.lines.len() },
            Pane { rows: notes, list: &mut self.notes, length },
        ]
    }

    fn focus(&self) -> usize {
        self.focus
    }

    fn set_focus(&mut self, pane: usize) {
        self.focus = pane;
    }

    fn refresh(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        if !std::mem::replace(&mut self.placed, true) {
            self.list.cursor = cx.work.lines.iter().position(|line| line.outcome.is_none()).unwrap_or(0);
        }
        Vec::new()
    }

    fn offers(&self, action: Action, cx: &Cx<'_>) -> bool {
        match action {
            Action::Pause | Action::Cancel | Action::CancelAll => cx.work.running,
            Action::Open => !cx.work.lines.is_empty() || !cx.work.ended.is_empty(),
            _ => true,
        }
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Option<Vec<Step>> {
        match action {
            Action::Cancel => Some(self.cancel(cx)),
            Action::CancelAll | Action::Pause if !cx.work.running => {
                Some(vec![Step::Say(Said::note("no import is running"))])
            }
            Action::CancelAll => Some(vec![Step::Push(stop(cx, None))]),
            Action::Pause => Some(vec![Step::Do(Effect::PauseImport(!cx.work.paused))]),
            Action::Open => Some(self.open(cx)),
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
        "work goes on when you leave".to_owned()
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
        let regions = self.regions(cx);
        if !regions.archives.is_empty() {
            self.draw_lines(cx, canvas, regions.archives);
        }
        if !regions.now.is_empty() {
            draw_now(cx, canvas, regions.now);
        }
        if !regions.notes.is_empty() {
            self.draw_notes(cx, canvas, regions.notes);
        }
    }
}
