//! Lines to read: what was said so far, what this program is, what a report of a bug needs.

use super::{Page, Step};
use crate::tui::canvas::{Canvas, Cell, Mark};
use crate::tui::keys::{Action, Context};
use crate::tui::layout;
use crate::tui::model::{Cx, Said, Tone};
use crate::tui::widgets::list::{List, Pane};
use crate::tui::widgets::wrap::wrapped;

#[derive(Debug, Clone)]
pub struct Note {
    title: &'static str,
    lines: Vec<String>,
    /// As wide as the screen takes them.
    wrapped: Vec<String>,
    list: List,
}

impl Note {
    fn new(title: &'static str, lines: Vec<String>) -> Self {
        Self { title, lines, wrapped: Vec::new(), list: List::default() }
    }

    /// All messages, newest first.
    pub fn of_log(log: &[Said]) -> Self {
        let mark = |tone| match tone {
            Tone::Ok => "ok",
            Tone::Note => "i ",
            Tone::Trouble => "! ",
        };
        let lines = log.iter().rev().map(|said| format!("{} {}", mark(said.tone), said.text));
        Self::new("Messages, newest first", lines.collect())
    }

    pub fn about() -> Self {
        let lines = [
            concat!("tellall ", env!("CARGO_PKG_VERSION")),
            "Search what companies hold about you, and see what ties them together.",
            "",
            "Nothing leaves this computer: the program holds no code that opens a connection.",
            "Archives are only read. The index is readable by you alone.",
            "",
            concat!("Licence: ", env!("CARGO_PKG_LICENSE")),
        ];
        Self::new("About", lines.map(str::to_owned).to_vec())
    }

    /// Versions and counts only: no value, no name, no path.
    pub fn report(cx: &Cx<'_>, size: (u16, u16)) -> Self {
        let records: u64 = cx.data.exports.iter().map(|export| export.records).sum();
        let failed = cx.trail.log.iter().filter(|said| said.tone == Tone::Trouble).count();
        let lines = vec![
            format!("tellall {}", env!("CARGO_PKG_VERSION")),
            format!("system: {} {}", std::env::consts::OS, std::env::consts::ARCH),
            format!("screen: {}x{}", size.0, size.1),
            format!("theme: {}", cx.look.ink.id()),
            format!("drawing: {:?}", cx.look.strokes).to_lowercase(),
            format!("keys of the person's own: {}", cx.keymap.dropped().len()),
            format!("companies: {}", cx.data.companies.len()),
            format!("exports: {}", cx.data.exports.len()),
            format!("records: {records}"),
            format!("damaged parts of the index: {}", cx.data.damaged.len()),
            format!("messages of trouble: {failed}"),
        ];
        Self::new("For a report of a bug: versions and counts, no data", lines)
    }
}

impl Page for Note {
    fn context(&self) -> Context {
        Context::Guide
    }

    fn panes(&mut self, cx: &Cx<'_>) -> Vec<Pane<'_>> {
        let rows = layout::inner(cx.frame.body, cx.frame.boxed);
        vec![Pane { rows, list: &mut self.list, length: self.wrapped.len() }]
    }

    fn offers(&self, action: Action, _: &Cx<'_>) -> bool {
        // Lines alone: nothing to open, narrow or go to.
        !matches!(action, Action::Open | Action::Filter | Action::NextPane)
    }

    fn refresh(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        let room = usize::from(layout::inner(cx.frame.body, cx.frame.boxed).width.saturating_sub(3)).max(1);
        let of = |line: &String| match wrapped(line, room, 2000) {
            lines if lines.is_empty() => vec![String::new()],
            lines => lines,
        };
        self.wrapped = self.lines.iter().flat_map(of).collect();
        Vec::new()
    }

    fn value(&self, _: &Cx<'_>) -> Option<String> {
        (!self.lines.is_empty()).then(|| self.lines.join("\n"))
    }

    fn crumb(&self, _: &Cx<'_>) -> String {
        self.title.to_owned()
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let hint = cx.keymap.hint("yank", "copy all");
        let inner = canvas.pane(cx.frame.body, cx.frame.boxed, true, self.title, &hint);
        for (at, y) in self.list.visible(inner, self.wrapped.len()) {
            let Some(line) = self.wrapped.get(at) else { continue };
            let cells = [Cell::new(line.as_str(), inner.width.saturating_sub(2))];
            canvas.row(inner, y, Mark::of(at == self.list.cursor, true), &cells);
        }
        if self.wrapped.is_empty() {
            canvas.put(inner.x + 2, inner.y, inner.width, "Nothing was said so far.", crate::tui::look::Role::Dim);
        }
    }
}
