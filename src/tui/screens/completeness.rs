//! What full exports hold, what these do, and how to ask for the rest.

use super::Page;
use crate::tui::canvas::Canvas;
use crate::tui::keys::Context;
use crate::tui::model::Cx;
use crate::tui::widgets::list::Pane;

#[derive(Debug, Clone, Default)]
pub struct CompletenessPage {}

impl Page for CompletenessPage {
    fn context(&self) -> Context {
        Context::Completeness
    }

    fn panes(&mut self, _: &Cx<'_>) -> Vec<Pane<'_>> {
        Vec::new()
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        canvas.pane(cx.frame.body, true, true, "Completeness", "");
    }
}
