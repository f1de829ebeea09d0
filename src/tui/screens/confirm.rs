//! A question before something is stopped or taken out. Nothing happens unless one of the answers is given.

use super::{Page, Step};
use crate::text;
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
    answers: Vec<Answer>,
}

/// Something that may be answered, beside no.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Whose key gives it.
    pub action: Action,
    pub words: &'static str,
    pub effect: Effect,
}

impl Confirm {
    pub fn new(question: String, yes: Effect) -> Self {
        Self::asking(question, vec![Answer { action: Action::Yes, words: "yes", effect: yes }])
    }

    pub fn asking(question: String, answers: Vec<Answer>) -> Self {
        Self { question, answers }
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
        if action == Action::Interrupt {
            return Some(vec![Step::Close, Step::Do(Effect::CancelImport)]);
        }
        let given = self.answers.iter().find(|answer| answer.action == action)?;
        Some(vec![Step::Close, Step::Do(given.effect.clone())])
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let lines = wrapped(&self.question, usize::from(cx.frame.body.width.min(60) - 4), 2000);
        // One answer stands beside "no"; several each have their row.
        let rows = if self.answers.len() > 1 { self.answers.len() as u16 + 1 } else { 1 };
        let area = layout::middle(cx.frame.body, 60, lines.len() as u16 + rows + 3);
        canvas.clear(area);
        let inner = canvas.pane(area, true, true, "Question", "");
        let (above, below) = layout::stack(inner, rows);
        for (line, y) in lines.iter().zip(above.y..above.bottom()) {
            canvas.put(inner.x + 1, y, inner.width.saturating_sub(1), line, Role::Text);
        }
        let mut at = Position { x: below.x + 1, y: below.y };
        for answer in &self.answers {
            let says = format!("{} {}", cx.keymap.key_in(Context::Confirm, answer.action), answer.words);
            canvas.put(at.x, at.y, below.width, &says, Role::Strong);
            at = match rows {
                1 => Position { x: at.x + text::width(&says) as u16 + 4, ..at },
                _ => Position { y: at.y + 1, ..at },
            };
        }
        let at = Position { y: at.y.min(inner.bottom().saturating_sub(1)), ..at };
        let no = format!("[ {} no ]", cx.keymap.key_in(Context::Confirm, Action::Back));
        canvas.put(at.x, at.y, below.width.saturating_sub(at.x - below.x), &no, Role::Strong);
        canvas.cursor = Some(Position { x: at.x + 2, ..at });
    }
}
