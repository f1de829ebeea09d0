//! 4 Time: records over the years, and what happened on a day.

use super::Page;
use crate::tui::canvas::Canvas;
use crate::tui::keys::Context;
use crate::tui::model::Cx;
use crate::tui::widgets::list::Pane;

#[derive(Debug, Clone, Default)]
pub struct TimePage {}

impl Page for TimePage {
    fn context(&self) -> Context {
        Context::Time
    }

    fn panes(&mut self, _: &Cx<'_>) -> Vec<Pane<'_>> {
        Vec::new()
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        canvas.pane(cx.frame.body, true, true, "Time", "");
    }
}
