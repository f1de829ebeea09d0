//! A line to be typed: the path of something to import, the name for a search.

use super::{Page, Step};
use crate::tui::canvas::Canvas;
use crate::tui::keys::{Action, Context};
use crate::tui::layout;
use crate::tui::look::Role;
use crate::tui::model::{Cx, Effect};
use crate::tui::widgets::line::Line;
use crate::tui::widgets::list::Pane;
use ratatui::layout::Rect;
use std::path::PathBuf;

/// What the line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Import,
    SaveSearch,
}

#[derive(Debug)]
pub struct Prompt {
    what: What,
    line: Line,
}

impl Prompt {
    pub fn new(what: What) -> Self {
        Self { what, line: Line::default() }
    }

    fn words(&self) -> (&'static str, &'static str, &'static str) {
        match self.what {
            What::Import => {
                ("Import", "Enter import · Esc leave", "Path of an archive, a folder, or a folder of archives:")
            }
            What::SaveSearch => ("Save search", "Enter save · Esc leave", "Name for this search:"),
        }
    }

    fn done(&self) -> Step {
        let typed = self.line.text().trim();
        match self.what {
            What::Import => Step::Do(Effect::Import(vec![PathBuf::from(typed)])),
            What::SaveSearch => Step::SaveSearch(typed.to_owned()),
        }
    }
}

impl Page for Prompt {
    fn context(&self) -> Context {
        Context::Input
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn panes(&mut self, _: &Cx<'_>) -> Vec<Pane<'_>> {
        Vec::new()
    }

    fn line(&mut self) -> Option<&mut Line> {
        Some(&mut self.line)
    }

    fn offers(&self, action: Action, _: &Cx<'_>) -> bool {
        action != Action::Down
    }

    fn act(&mut self, action: Action, _: &Cx<'_>) -> Option<Vec<Step>> {
        match action {
            Action::Open if self.line.text().trim().is_empty() => Some(vec![Step::Close]),
            Action::Open => Some(vec![Step::Close, self.done()]),
            _ => None,
        }
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let area = layout::middle(cx.frame.body, 76, 5);
        let (title, note, asks) = self.words();
        canvas.clear(area);
        let inner = canvas.pane(area, true, true, title, note);
        canvas.put(inner.x + 1, inner.y, inner.width, asks, Role::Dim);
        let row = Rect { x: inner.x + 1, y: inner.y + 1, width: inner.width.saturating_sub(2), height: 1 };
        self.line.draw(canvas, row, "", true);
    }
}
