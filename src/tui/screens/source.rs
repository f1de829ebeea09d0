//! The place in the archive where a record is written.

use super::Page;
use crate::tui::canvas::Canvas;
use crate::tui::keys::Context;
use crate::tui::model::Cx;
use crate::tui::widgets::list::Pane;

#[derive(Debug, Clone, Default)]
pub struct SourcePage {}

impl Page for SourcePage {
    fn context(&self) -> Context {
        Context::Source
    }

    fn panes(&mut self, _: &Cx<'_>) -> Vec<Pane<'_>> {
        Vec::new()
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        canvas.pane(cx.frame.body, true, true, "Source", "");
    }
}
