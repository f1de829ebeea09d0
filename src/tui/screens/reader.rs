//! A conversation of any messenger, read line by line.

use super::Page;
use crate::tui::canvas::Canvas;
use crate::tui::keys::Context;
use crate::tui::model::Cx;
use crate::tui::widgets::list::Pane;

#[derive(Debug, Clone, Default)]
pub struct Reader {}

impl Page for Reader {
    fn context(&self) -> Context {
        Context::Reader
    }

    fn panes(&mut self, _: &Cx<'_>) -> Vec<Pane<'_>> {
        Vec::new()
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        canvas.pane(cx.frame.body, true, true, "Reader", "");
    }
}
