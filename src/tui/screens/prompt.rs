//! Asks for the path of an archive or folder.

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

#[derive(Debug, Default)]
pub struct Prompt {
    line: Line,
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

    fn act(&mut self, action: Action, _: &Cx<'_>) -> Option<Vec<Step>> {
        match action {
            Action::Open if self.line.text().trim().is_empty() => Some(vec![Step::Close]),
            Action::Open => {
                let path = PathBuf::from(self.line.text().trim());
                Some(vec![Step::Close, Step::Do(Effect::Import(vec![path]))])
            }
            _ => None,
        }
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let area = layout::middle(cx.frame.body, 76, 5);
        canvas.clear(area);
        let inner = canvas.pane(area, true, true, "Import", "Enter import · Esc leave");
        canvas.put(
            inner.x + 1,
            inner.y,
            inner.width,
            "Path of an archive, a folder, or a folder of archives:",
            Role::Dim,
        );
        let row = Rect { x: inner.x + 1, y: inner.y + 1, width: inner.width.saturating_sub(2), height: 1 };
        self.line.draw(canvas, row, "", true);
    }
}
