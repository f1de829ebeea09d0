//! How to ask a company for one's data, and other pages to read, offline.

use super::Page;
use crate::tui::canvas::Canvas;
use crate::tui::keys::Context;
use crate::tui::model::Cx;
use crate::tui::widgets::list::Pane;

#[derive(Debug, Clone, Default)]
pub struct Guide {}

impl Page for Guide {
    fn context(&self) -> Context {
        Context::Guide
    }

    fn panes(&mut self, _: &Cx<'_>) -> Vec<Pane<'_>> {
        Vec::new()
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        canvas.pane(cx.frame.body, true, true, "Guide", "");
    }
}
