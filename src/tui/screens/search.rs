//! 3 Search: all records of all companies, as one types. The newest come first, counts and facets follow; a mistake leaves the
//! last good results where they are.

mod acts;
mod answers;
mod draw;
mod empty;
pub mod filters;
mod preview;

use super::record::Wanted;
use super::{Page, Step};
use crate::query::{Counts, HitView, Order};
use crate::report::{Line as Message, Only};
use crate::tui::canvas::Canvas;
use crate::tui::keys::{Action, Context};
use crate::tui::layout::{self, Class};
use crate::tui::model::{Cx, Offer, Place, Reply};
use crate::tui::widgets::line::Line;
use crate::tui::widgets::list::{List, Pane};
use crate::tui::widgets::marks::{Marked, Marks};
use crate::tui::words::{count, grouped};
use filters::Facet;
use ratatui::layout::Rect;

/// The pane of the query.
pub const INPUT: usize = 0;
const RESULTS: usize = 1;
const FACETS: usize = 2;
const PREVIEW: usize = 3;
/// Rows before the end of the results at which the next page is asked for.
const AHEAD: usize = 25;
const OFFERS: usize = 3;
/// Messages of its conversation shown before a hit.
const BEFORE: usize = 2;

#[derive(Debug, Default)]
pub struct Search {
    line: Line,
    focus: usize,
    order: Order,
    /// What was asked last: number, text, order, state of the index.
    asked: Option<Asked>,
    results: Results,
    /// With the number of the question they answer.
    counts: Option<(u64, Counts)>,
    /// Those of the facets: each group as if nothing of its own were chosen.
    facet_counts: Option<Counts>,
    offers: Vec<Offer>,
    mistake: Option<Mistake>,
    facets: List,
    marks: Marks,
    /// What all screens were narrowed to when the query was last put in line with it.
    carried: Only,
    /// The person changed the query since.
    changed: bool,
    preview: Preview,
    /// The input has no rows of its own, yet every pane needs a list.
    input: List,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Asked {
    ask: u64,
    text: String,
    order: Order,
    epoch: u64,
}

/// Hits, as far as they were asked for. `ask` tells which question they answer: until the answer comes, the old ones stay.
#[derive(Debug, Default)]
struct Results {
    ask: u64,
    hits: Vec<HitView>,
    more: bool,
    waiting: bool,
    list: List,
    /// The record under the cursor before the same question was asked of a newer index.
    kept: Option<Place>,
}

#[derive(Debug, Default)]
struct Preview {
    off: bool,
    list: List,
    around: Option<Around>,
}

/// The conversation around a hit, once it has come.
#[derive(Debug)]
struct Around {
    ask: u64,
    place: Place,
    /// Nothing, if it stands in no conversation.
    lines: Vec<Message>,
}

#[derive(Debug)]
struct Mistake {
    start: usize,
    expected: String,
}

#[derive(Debug, Clone, Copy, Default)]
struct Regions {
    input: Rect,
    results: Rect,
    facets: Rect,
    preview: Rect,
}

impl Search {
    fn regions(&self, cx: &Cx<'_>) -> Regions {
        let body = cx.frame.body;
        let rows = if cx.frame.class == Class::Wide { 4 } else { 2 };
        let (input, rest) = (layout::top(body, rows), layout::below(body, rows));
        let none = Regions { input, ..Regions::default() };
        match (cx.frame.class, self.focus) {
            (Class::Wide, _) if self.preview.off => {
                let (results, facets) = layout::beside(rest, rest.width.saturating_sub(36));
                Regions { results, facets, ..none }
            }
            (Class::Wide, _) => {
                let (results, lower) = layout::stack(rest, rest.height / 2);
                let (facets, preview) = layout::beside(lower, 36);
                Regions { results, facets, preview, ..none }
            }
            (Class::Two, _) if self.preview.off && self.focus != FACETS => Regions { results: rest, ..none },
            (Class::Two, focus) => {
                let (results, lower) = layout::stack(rest, rest.height * 2 / 5);
                match focus {
                    FACETS => Regions { results, facets: lower, ..none },
                    _ => Regions { results, preview: lower, ..none },
                }
            }
            (Class::One, FACETS) => Regions { facets: rest, ..none },
            (Class::One, PREVIEW) => Regions { preview: rest, ..none },
            (Class::One, _) => Regions { results: rest, ..none },
        }
    }

    /// Rows of the list of results: the offers, then the hits.
    fn length(&self) -> usize {
        self.offers.len() + self.results.hits.len()
    }

    fn hit(&self) -> Option<&HitView> {
        self.results.hits.get(self.results.list.cursor.checked_sub(self.offers.len())?)
    }

    fn facet_rows(&self, cx: &Cx<'_>) -> Vec<Facet> {
        let counts = self.facet_counts.as_ref();
        counts.map(|counts| filters::facets(counts, self.line.text(), cx.data)).unwrap_or_default()
    }

    /// The counts of what is typed now, if they have come.
    fn current_counts(&self) -> Option<&Counts> {
        let ask = self.asked.as_ref()?.ask;
        self.counts.as_ref().filter(|(of, _)| *of == ask).map(|(_, counts)| counts)
    }

    /// `2,026 records`; `…` until they are counted, `≈` if not all could be.
    fn amount(&self, noun: &str) -> String {
        match self.current_counts() {
            None => "…".to_owned(),
            Some(counts) if counts.exact => count(counts.count, noun),
            Some(counts) => format!("≈ {}", count(counts.count, noun)),
        }
    }

    /// Whether the hits answer what is typed now.
    fn is_current(&self) -> bool {
        self.asked.as_ref().is_some_and(|asked| asked.ask == self.results.ask)
    }
}

impl Page for Search {
    fn context(&self) -> Context {
        Context::Search
    }

    fn is_typing(&self) -> bool {
        self.focus == INPUT
    }

    fn panes(&mut self, cx: &Cx<'_>) -> Vec<Pane<'_>> {
        let (regions, boxed) = (self.regions(cx), cx.frame.boxed);
        let facets = self.facet_rows(cx).len();
        let length = self.length();
        let inner = layout::inner(regions.preview, boxed);
        let preview = if regions.preview.is_empty() { 0 } else { self.preview_lines(cx, inner.width).len() };
        vec![
            Pane { rows: regions.input, list: &mut self.input, length: 0 },
            Pane { rows: layout::inner(regions.results, boxed), list: &mut self.results.list, length },
            Pane { rows: layout::inner(regions.facets, boxed), list: &mut self.facets, length: facets },
            Pane { rows: inner, list: &mut self.preview.list, length: preview },
        ]
    }

    fn focus(&self) -> usize {
        self.focus
    }

    fn set_focus(&mut self, pane: usize) {
        self.focus = pane;
        if pane == PREVIEW {
            self.preview.off = false;
        }
    }

    fn offers(&self, action: Action, _: &Cx<'_>) -> bool {
        match action {
            Action::Mark | Action::NotLike if self.focus == FACETS => true,
            Action::Mark | Action::NotLike => self.hit().is_some(),
            Action::ReadConversation => self.hit().is_some_and(|hit| hit.thread.is_some()),
            Action::Open if self.focus == RESULTS || self.focus == PREVIEW => self.length() > 0,
            Action::Down => self.length() > 0,
            _ => true,
        }
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Option<Vec<Step>> {
        match (action, self.focus) {
            (Action::Open, _) => Some(self.open(cx)),
            (_, INPUT) => self.act_on_input(action, cx),
            (Action::Up, RESULTS) if self.results.list.cursor == 0 => {
                self.focus = INPUT;
                Some(Vec::new())
            }
            _ => self.act_on_results(action, cx),
        }
    }

    fn moved(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        self.follow_cursor(cx)
    }

    fn refresh(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        self.ask(cx)
    }

    fn receive(&mut self, ask: u64, reply: &Reply, cx: &Cx<'_>) -> Vec<Step> {
        self.take(ask, reply);
        self.ask_around(cx)
    }

    fn line(&mut self) -> Option<&mut Line> {
        Some(&mut self.line)
    }

    fn back(&mut self, _: &Cx<'_>) -> bool {
        let inside = self.focus == FACETS || self.focus == PREVIEW;
        if inside {
            self.focus = RESULTS;
        }
        inside
    }

    fn value(&self, _: &Cx<'_>) -> Option<String> {
        let hit = self.hit()?;
        hit.text.clone().or_else(|| hit.values.first().map(|(_, value)| value.clone()))
    }

    fn spot(&self, _: &Cx<'_>) -> Option<Wanted> {
        self.hit().map(|view| Wanted::View(Box::new(view.clone())))
    }

    fn records(&self, _: &Cx<'_>) -> Option<String> {
        let text = self.line.text().trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn crumb(&self, _: &Cx<'_>) -> String {
        "Search".to_owned()
    }

    fn marks(&mut self) -> Option<&mut Marks> {
        Some(&mut self.marks)
    }

    fn markable(&self, row: usize, _: &Cx<'_>) -> Option<Marked> {
        let at = row.checked_sub(self.offers.len()).filter(|_| self.focus == RESULTS)?;
        self.results.hits.get(at).map(|hit| Marked::Record(Place::of(hit)))
    }

    fn has_more(&self) -> bool {
        self.results.more
    }

    fn typed(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        self.changed = true;
        self.refresh(cx)
    }

    fn settings(&self, _: &Cx<'_>) -> String {
        self.order_words()
    }

    fn fact(&self, _: &Cx<'_>) -> String {
        self.amount("record")
    }

    fn status(&self, cx: &Cx<'_>) -> String {
        let marked = self.marks.note();
        let Some(hit) = self.hit() else { return format!("{marked}{}", self.fact(cx)) };
        let place = grouped((self.results.list.cursor + 1 - self.offers.len()) as u64);
        format!("{marked}{place} of {} · {} › {}", self.fact(cx), hit.company_name, cx.look.name(&hit.entry))
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let regions = self.regions(cx);
        self.draw_results(cx, canvas, regions.results);
        self.draw_facets(cx, canvas, regions.facets);
        self.draw_preview(cx, canvas, regions.preview);
        self.draw_input(cx, canvas, regions.input);
    }
}
