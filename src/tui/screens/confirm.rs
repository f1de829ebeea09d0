//! A question before something is stopped. "No" is chosen unless `y` is typed.

use super::{Page, Step};
use crate::tui::canvas::Canvas;
use crate::tui::keys::{Action, Context};
use crate::tui::layout;
use crate::tui::look::Role;
use crate::tui::model::{Cx, Effect};
use crate::tui::widgets::list::Pane;
use crate::tui::widgets::wrap::wrapped;
use ratatui::layout::Position;

#[derive(Debug)]
pub struct Confirm {
    question: String,
    yes: Effect,
}

impl Confirm {
    pub fn new(question: String, yes: Effect) -> Self {
        Self { question, yes }
    }
}

impl Page for Confirm {
    fn context(&self) -> Context {
        Context::Confirm
    }

    fn panes(&mut self, _: &Cx<'_>) -> Vec<Pane<'_>> {
        Vec::new()
    }

    fn act(&mut self, action: Action, _: &Cx<'_>) -> Option<Vec<Step>> {
        match action {
            Action::Yes => Some(vec![Step::Close, Step::Do(self.yes.clone())]),
            Action::Interrupt => Some(vec![Step::Close, Step::Do(Effect::CancelImport)]),
            _ => None,
        }
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let lines = wrapped(&self.question, usize::from(cx.frame.body.width.min(60) - 4), 2000);
        let area = layout::middle(cx.frame.body, 60, lines.len() as u16 + 4);
        canvas.clear(area);
        let inner = canvas.pane(area, true, true, "Question", "");
        for (line, y) in lines.iter().zip(inner.y..inner.bottom()) {
            canvas.put(inner.x + 1, y, inner.width.saturating_sub(1), line, Role::Text);
        }
        let y = inner.bottom().saturating_sub(1);
        canvas.put(inner.x + 1, y, inner.width, "y yes    [ n no ]", Role::Strong);
        canvas.cursor = Some(Position { x: inner.x + 12, y });
    }
}
