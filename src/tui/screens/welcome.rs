//! The first run: what the program is, which archives were found by name, three ways to begin.

use super::{Page, Step};
use crate::text;
use crate::tui::canvas::{Canvas, Cell, Mark};
use crate::tui::draw::index_fact;
use crate::tui::keys::{Action, Context};
use crate::tui::layout;
use crate::tui::look::{Role, Sample};
use crate::tui::model::{Cx, Effect, Found, Reply, Said};
use crate::tui::widgets::list::{List, Pane};
use crate::tui::widgets::wrap::wrapped;
use crate::tui::words::{bytes, count, listed};
use ratatui::layout::{Position, Rect};

const ABOUT: &str = "tellall reads the data archives that companies give you, and shows you what each of them holds. Everything \
                     stays on this computer: tellall never opens a network connection.";

#[derive(Debug, Default)]
pub struct Welcome {
    list: List,
    found: Vec<Found>,
    marked: Vec<bool>,
    /// Number of the question for archives; 0 before it was asked.
    ask: u64,
    /// Folders that were looked at; `None`: no answer has come.
    folders: Option<Vec<String>>,
}

impl Welcome {
    /// Rows above the list, for a width and height.
    fn about(inner: Rect) -> Vec<String> {
        if inner.height < 12 {
            Vec::new()
        } else {
            wrapped(ABOUT, usize::from(inner.width.saturating_sub(4).min(92)), 2000)
        }
    }

    fn rows(inner: Rect) -> Rect {
        let above = Self::about(inner).len() as u16;
        let head = if above == 0 { 2 } else { above + 4 };
        let rows = layout::below(inner, head);
        layout::top(rows, rows.height.saturating_sub(4))
    }

    fn marked_paths(&self) -> Vec<std::path::PathBuf> {
        let marked = self.found.iter().zip(&self.marked).filter(|(_, marked)| **marked);
        marked.flat_map(|(found, _)| found.paths.iter().cloned()).collect()
    }

    fn import(&self) -> Vec<Step> {
        let paths = self.marked_paths();
        if paths.is_empty() {
            return vec![Step::Say(Said::note("no archive is marked; space marks, o types a path"))];
        }
        vec![Step::Do(Effect::Import(paths))]
    }

    fn sample(cx: &Cx<'_>) -> Vec<Step> {
        match cx.look.sample {
            Sample::Offered => vec![Step::Do(Effect::Sample), Step::Say(Said::note("making up sample data…"))],
            _ => vec![Step::Say(Said::note("this build carries no sample data"))],
        }
    }

    fn draw_list(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, rows: Rect) {
        for (at, y) in self.list.visible(rows, self.found.len()) {
            let Some(found) = self.found.get(at) else { continue };
            let marked = self.marked.get(at).copied().unwrap_or_default();
            let guess = match (found.paths.len(), &found.company) {
                (2.., _) => count(found.paths.len() as u64, "part") + " found",
                (_, Some(_)) => "by its name".to_owned(),
                (_, None) => "will look inside".to_owned(),
            };
            let wide = rows.width >= 70;
            let (company, why) = if wide { (12, 16) } else { (9, 0) };
            let name = rows.width.saturating_sub(2 + 3 + 9 + company + why + 6);
            let cells = [
                Cell::new(if marked { "[x]" } else { "[ ]" }, 3).role(Role::Strong),
                Cell::new(cx.look.value(&found.name), name),
                Cell::new(bytes(found.bytes), 8).right(),
                Cell::new(found.company.as_deref().unwrap_or("unknown"), company),
                Cell::new(guess, why).role(Role::Dim),
            ];
            canvas.row(rows, y, Mark::of(at == self.list.cursor, true), &cells);
        }
    }

    /// What was looked at, and what for.
    fn head(&self, room: usize) -> String {
        let Some(folders) = &self.folders else { return "Looking for archives by name…".to_owned() };
        match (folders.is_empty(), self.found.is_empty()) {
            (true, _) => "No folder was looked at. How to begin:".to_owned(),
            (_, true) => fitting(
                format!("No archive was found in {}. How to get one:", listed(folders)),
                "No archive was found. How to get one:",
                room,
            ),
            (_, false) => {
                let found = format!("Found in {}", listed(folders));
                fitting(format!("{found} (names looked at only, nothing opened):"), &format!("{found}:"), room)
            }
        }
    }

    fn ways(&self, cx: &Cx<'_>, room: usize) -> Vec<String> {
        let marked = self.marked.iter().filter(|marked| **marked).count() as u64;
        let size =
            self.found.iter().zip(&self.marked).filter(|(_, marked)| **marked).map(|(found, _)| found.bytes).sum();
        let mut ways = vec![
            fitting(
                "o      type the path of an archive or folder".to_owned(),
                "o      type the path of an archive",
                room,
            ),
            fitting("a      how do I get my data from a company?".to_owned(), "a      how do I get my data?", room),
        ];
        if marked > 0 {
            let import = format!("Enter  import the {marked} marked ({})", bytes(size));
            let whole = format!("{import}; the index takes about as much as the text in them");
            ways.insert(0, fitting(whole, &import, room));
        }
        if cx.look.sample == Sample::Offered {
            ways.push("d      try it with made-up sample data".to_owned());
        }
        ways
    }
}

/// A sentence, or a shorter one where it does not fit.
fn fitting(whole: String, short: &str, room: usize) -> String {
    if text::width(&whole) <= room { whole } else { short.to_owned() }
}

impl Page for Welcome {
    fn context(&self) -> Context {
        Context::Welcome
    }

    fn panes(&mut self, cx: &Cx<'_>) -> Vec<Pane<'_>> {
        let rows = Self::rows(layout::inner(cx.frame.body, cx.frame.boxed));
        vec![Pane { rows, list: &mut self.list, length: self.found.len() }]
    }

    fn offers(&self, action: Action, _: &Cx<'_>) -> bool {
        match action {
            Action::Mark => !self.found.is_empty(),
            Action::Open => self.marked.contains(&true),
            _ => true,
        }
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Option<Vec<Step>> {
        match action {
            Action::Open => Some(self.import()),
            Action::Sample => Some(Self::sample(cx)),
            Action::Mark => {
                if let Some(marked) = self.marked.get_mut(self.list.cursor) {
                    *marked = !*marked;
                    self.list.cursor += 1;
                }
                Some(Vec::new())
            }
            _ => None,
        }
    }

    fn refresh(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        if self.ask != 0 {
            return Vec::new();
        }
        self.ask = cx.ask();
        vec![Step::Do(Effect::Archives { ask: self.ask })]
    }

    fn receive(&mut self, ask: u64, reply: &Reply, _: &Cx<'_>) -> Vec<Step> {
        if let (true, Reply::Archives { found, folders }) = (ask == self.ask, reply) {
            self.found.clone_from(found);
            self.marked = found.iter().map(|found| found.company.is_some()).collect();
            self.folders = Some(folders.clone());
        }
        Vec::new()
    }

    fn value(&self, _: &Cx<'_>) -> Option<String> {
        self.found.get(self.list.cursor).map(|found| found.name.clone())
    }

    fn crumb(&self, _: &Cx<'_>) -> String {
        "Welcome".to_owned()
    }

    fn fact(&self, cx: &Cx<'_>) -> String {
        index_fact(cx)
    }

    fn status(&self, _: &Cx<'_>) -> String {
        format!("{} found by name, nothing opened", count(self.found.len() as u64, "archive"))
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let inner = canvas.pane(cx.frame.body, cx.frame.boxed, true, "Welcome", "");
        let rows = Self::rows(inner);
        let x = inner.x + 2;
        let room = inner.width.saturating_sub(3);
        for (line, y) in Self::about(inner).iter().zip(inner.y + 1..rows.y) {
            canvas.put(x, y, room, line, Role::Text);
        }
        canvas.put(x, rows.y.saturating_sub(2), room, &self.head(usize::from(room)), Role::Strong);
        canvas.cursor = Some(Position { x, y: rows.y.saturating_sub(2) });
        self.draw_list(cx, canvas, rows);
        let shown = rows.height.min(self.found.len() as u16);
        for (way, y) in
            self.ways(cx, usize::from(room)).iter().zip(rows.y + shown + u16::from(shown > 0)..inner.bottom())
        {
            canvas.put(x, y, room, way, Role::Text);
        }
    }
}
