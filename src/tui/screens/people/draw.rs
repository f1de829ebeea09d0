//! How the People screen is drawn.

use super::{LIST, Page, People, THREADS, View, about};
use crate::report::{Conversation, Person};
use crate::tui::canvas::{Canvas, Cell, Mark};
use crate::tui::layout;
use crate::tui::look::Role;
use crate::tui::model::Cx;
use crate::tui::widgets::empty;
use crate::tui::widgets::wrap::wrapped;
use crate::tui::words::{day, grouped};
use ratatui::layout::{Position, Rect};

/// Bytes of a line about somebody.
const MOST: usize = 2000;

impl People {
    pub(super) fn draw_list(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        if area.is_empty() {
            return;
        }
        let focused = self.focus == LIST;
        let title = match self.view {
            View::People => "People",
            View::Conversations => "Conversations",
            View::NeverWrote => "Never wrote to you",
        };
        let note = grouped(self.rows.len() as u64);
        let inner = canvas.pane(area, cx.frame.boxed, focused, &format!("{title}{}", self.narrow.note()), &note);
        canvas.cursor = Some(Position { x: inner.x, y: inner.y });
        let rows = layout::below(inner, 1);
        let width = inner.width - self.marks.width(focused);
        let mut head = self.head(width);
        self.marks.tick(focused, None, &mut head);
        canvas.row(layout::top(inner, 1), inner.y, Mark::None, &head);
        if self.rows.is_empty() {
            empty::draw(canvas, rows, &empty::narrowed(cx, self.narrow.is_on(), self.nobody()));
        }
        let Some(found) = &self.found else { return };
        for (at, y) in self.list.visible(rows, self.rows.len()) {
            let Some(&row) = self.rows.get(at) else { continue };
            let cells = if self.view == View::Conversations {
                found.conversations.get(row).map(|one| conversation_cells(one, width, cx))
            } else {
                found.people.people.get(row).map(|one| person_cells(one, width, cx))
            };
            let mut cells = cells.unwrap_or_default();
            self.marks.tick(focused, self.markable(at, cx).as_ref(), &mut cells);
            canvas.row(rows, y, Mark::of(at == self.list.cursor, focused), &cells);
        }
    }

    fn head(&self, width: u16) -> Vec<Cell<'static>> {
        let columns = Columns::of(width);
        let (name, place) = if self.view == View::Conversations { ("Title", "At") } else { ("Person", "Where") };
        let dim = |text: &'static str, width| Cell::new(text, width).role(Role::Dim);
        let mut cells = vec![dim(name, columns.name), dim(place, columns.place), dim("Messages", 8).right()];
        if columns.last > 0 {
            cells.push(dim("Last", columns.last));
        }
        cells
    }

    fn nobody(&self) -> &'static str {
        match self.view {
            _ if self.found.is_none() => "Reading…",
            View::People => "Nobody wrote to you in these archives.",
            View::Conversations => "No conversation in these archives.",
            View::NeverWrote => "Everybody here wrote to you.",
        }
    }

    pub(super) fn draw_about(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        if area.is_empty() {
            return;
        }
        let (title, lines) = match (self.person(), self.conversation()) {
            (Some(one), _) => (cx.look.name(&one.name), about::person(one, self.suggestions(), cx)),
            (_, Some(one)) => (cx.look.name(&one.title), about::conversation(one, cx)),
            _ => (String::new(), Vec::new()),
        };
        let inner = canvas.pane(area, cx.frame.boxed, false, &title, "");
        let width = usize::from(inner.width.saturating_sub(1));
        let lines: Vec<(Role, String)> =
            lines.into_iter().flat_map(|(role, line)| folded(role, &line, width)).collect();
        let room = usize::from(inner.height);
        for (at, ((role, line), y)) in lines.iter().zip(inner.y..inner.bottom()).enumerate() {
            let left = lines.len() - at;
            if at + 1 == room && left > 1 {
                let more = format!("… {left} more lines");
                canvas.put(inner.x + 1, y, inner.width.saturating_sub(1), &more, Role::Dim);
                break;
            }
            canvas.put(inner.x + 1, y, inner.width.saturating_sub(1), line, *role);
        }
    }

    pub(super) fn draw_threads(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        if area.is_empty() {
            return;
        }
        let focused = self.focus == THREADS;
        let threads = self.threads_shown();
        let inner = canvas.pane(area, cx.frame.boxed, focused, "Conversations", "Enter read");
        if focused {
            canvas.cursor = Some(Position { x: inner.x, y: inner.y });
        }
        if threads.is_empty() {
            canvas.put(inner.x + 2, inner.y, inner.width.saturating_sub(2), "None in these archives.", Role::Dim);
        }
        for (at, y) in self.threads.visible(inner, threads.len()) {
            let Some(one) = threads.get(at) else { continue };
            let mark = Mark::of(at == self.threads.cursor && focused, focused);
            let mut cells = conversation_cells(one, inner.width - self.marks.width(focused), cx);
            self.marks.tick(focused, self.markable(at, cx).as_ref(), &mut cells);
            canvas.row(inner, y, mark, &cells);
        }
    }
}

/// A line in as many rows as it takes; those below the first are indented further.
fn folded(role: Role, line: &str, width: usize) -> Vec<(Role, String)> {
    let rows = wrapped(line, width.saturating_sub(4), MOST).into_iter().enumerate();
    rows.map(|(at, row)| (role, if at == 0 { row } else { format!("    {row}") })).collect()
}

/// Columns of the list.
struct Columns {
    name: u16,
    place: u16,
    /// 0 where there is no room for the day.
    last: u16,
}

impl Columns {
    fn of(width: u16) -> Self {
        let last = if width >= 48 { 10 } else { 0 };
        let place = if width >= 80 { 30 } else { 9 };
        let taken = 2 + place + 1 + 8 + 1 + if last > 0 { last + 1 } else { 0 };
        Self { name: width.saturating_sub(taken), place, last }
    }
}

fn cells(columns: &Columns, name: String, place: String, messages: u64, last: Option<&str>) -> Vec<Cell<'static>> {
    let mut cells = vec![
        Cell::new(name, columns.name),
        Cell::new(place, columns.place),
        Cell::new(if messages == 0 { "–".to_owned() } else { grouped(messages) }, 8).right(),
    ];
    if columns.last > 0 {
        cells.push(Cell::new(day(last).to_owned(), columns.last));
    }
    cells
}

fn person_cells(person: &Person, width: u16, cx: &Cx<'_>) -> Vec<Cell<'static>> {
    let columns = Columns::of(width);
    let short = columns.place < 30;
    // Two letters tell most companies apart; the pane beside names them.
    let place: Vec<String> = person
        .companies
        .iter()
        .map(|company| cx.data.name(company))
        .map(|name| if short && person.companies.len() > 1 { name.chars().take(2).collect() } else { name.to_owned() })
        .collect();
    let place = place.join(if short { " " } else { ", " });
    cells(&columns, cx.look.name(&person.name), place, person.messages, person.last.as_deref())
}

fn conversation_cells(one: &Conversation, width: u16, cx: &Cx<'_>) -> Vec<Cell<'static>> {
    let columns = Columns::of(width);
    let place = cx.data.name(&one.company).to_owned();
    cells(&columns, cx.look.name(&one.title), place, one.messages, one.last.as_deref())
}
