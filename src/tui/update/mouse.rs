//! What clicks and the wheel do.

use super::{act, go, run, top};
use crate::tui::keys::Action;
use crate::tui::model::{Cx, Effect, Model};
use crate::tui::screens::Page;

/// The pane under a place of the screen, and the row there.
fn pane_at(page: &mut dyn Page, cx: &Cx<'_>, x: u16, y: u16) -> Option<(usize, Option<usize>)> {
    let inside = |pane: &crate::tui::widgets::list::Pane<'_>| pane.rows.contains(ratatui::layout::Position { x, y });
    let found = page.panes(cx).iter().enumerate().find(|(_, pane)| inside(pane)).map(|(at, pane)| (at, pane.row_at(y)));
    found.map(|(at, row)| (at, page.row_under(y, cx).unwrap_or(row)))
}

/// A click selects a row; a click on the selected row opens it; a click on a tab goes there.
pub(super) fn on_click(model: &mut Model, x: u16, y: u16) -> Vec<Effect> {
    if y == model.frame().tabs.y && !model.stack.last().is_some_and(|layer| layer.screen.is_overlay()) {
        return crate::tui::draw::tab_at(model, x).map_or_else(Vec::new, |tab| go(model, tab, false));
    }
    let opens = top(model, |page, cx| {
        let (pane, row) = pane_at(page, cx, x, y)?;
        let focused = page.focus() == pane;
        page.set_focus(pane);
        let mut panes = page.panes(cx);
        let pane = panes.get_mut(pane)?;
        let selected = std::mem::replace(&mut pane.list.cursor, row?) == row?;
        Some(selected && focused)
    });
    match opens {
        Some(true) => act(model, Action::Open),
        Some(false) => {
            let steps = top(model, |page, cx| page.moved(cx));
            run(model, steps)
        }
        None => Vec::new(),
    }
}

pub(super) fn on_wheel(model: &mut Model, x: u16, y: u16, down: bool) -> Vec<Effect> {
    let action = if down { Action::Down } else { Action::Up };
    let steps = top(model, |page, cx| {
        let pane = pane_at(page, cx, x, y).map_or(page.focus(), |(pane, _)| pane);
        let mut panes = page.panes(cx);
        let Some(pane) = panes.get_mut(pane) else { return Vec::new() };
        for _ in 0..3 {
            pane.act(action);
        }
        page.moved(cx)
    });
    run(model, steps)
}
