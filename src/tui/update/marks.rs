//! Marking rows, the same on every screen that has lists of things to export together.

use super::{run, top};
use crate::tui::keys::Action;
use crate::tui::model::{Cx, Effect, Model, Said};
use crate::tui::screens::{Page, Step};
use crate::tui::widgets::marks::Marked;

pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let steps = top(model, |page, cx| {
        if page.marks().is_none() {
            return vec![Step::Say(Said::note("nothing can be marked here"))];
        }
        match action {
            Action::Mark => mark(page, cx),
            Action::MarkRange => mark_range(page, cx),
            Action::MarkAll => mark_all(page, cx),
            _ => {
                if let Some(marks) = page.marks() {
                    marks.clear();
                }
                vec![Step::Say(Said::note("nothing is marked"))]
            }
        }
    });
    run(model, steps)
}

/// Cursor and length of the list that has the keys.
fn list(page: &mut dyn Page, cx: &Cx<'_>) -> (usize, usize) {
    let focus = page.focus();
    page.panes(cx).get(focus).map_or((0, 0), |pane| (pane.list.cursor, pane.length))
}

/// Marks the row, or unmarks it, and goes down.
fn mark(page: &mut dyn Page, cx: &Cx<'_>) -> Vec<Step> {
    let (cursor, _) = list(page, cx);
    let Some(marked) = page.markable(cursor, cx) else {
        return vec![Step::Say(Said::note("this row stands for no records of its own"))];
    };
    if let Some(marks) = page.marks() {
        marks.turn(marked, cursor);
    }
    let focus = page.focus();
    if let Some(pane) = page.panes(cx).get_mut(focus) {
        pane.act(Action::Down);
    }
    page.moved(cx)
}

fn mark_range(page: &mut dyn Page, cx: &Cx<'_>) -> Vec<Step> {
    let (cursor, _) = list(page, cx);
    let start = page.marks().map_or(cursor, |marks| marks.range_start(cursor));
    add(page, start.min(cursor)..start.max(cursor) + 1, cx)
}

fn mark_all(page: &mut dyn Page, cx: &Cx<'_>) -> Vec<Step> {
    let (_, length) = list(page, cx);
    add(page, 0..length, cx)
}

fn add(page: &mut dyn Page, rows: std::ops::Range<usize>, cx: &Cx<'_>) -> Vec<Step> {
    let all: Vec<Marked> = rows.filter_map(|row| page.markable(row, cx)).collect();
    let Some(marks) = page.marks() else { return Vec::new() };
    marks.add(all);
    let says = format!("{} marked", marks.words());
    let more = if page.has_more() { "; more come as you go down" } else { "" };
    vec![Step::Say(Said::note(format!("{says}{more}")))]
}
