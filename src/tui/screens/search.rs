//! 3 Search: all records of all companies, as one types. The newest come first, counts and facets follow; a mistake leaves the
//! last good results where they are.

mod draw;
pub mod filters;

use super::reader::Reader;
use super::record::Wanted;
use super::{Opening, Page, Step};
use crate::query::{Counts, HitView, Sort};
use crate::report::Line as Message;
use crate::tui::canvas::Canvas;
use crate::tui::keys::{Action, Context};
use crate::tui::layout::{self, Class};
use crate::tui::model::{Cx, Effect, Offer, Place, Reply, Said};
use crate::tui::widgets::line::Line;
use crate::tui::widgets::list::{List, Pane};
use crate::tui::words::count;
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
    sort: Sort,
    /// What was asked last: number, text, order, state of the index.
    asked: Option<Asked>,
    results: Results,
    /// With the number of the question they answer.
    counts: Option<(u64, Counts)>,
    offers: Vec<Offer>,
    mistake: Option<Mistake>,
    facets: List,
    preview: Preview,
    /// The input has no rows of its own, yet every pane needs a list.
    input: List,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Asked {
    ask: u64,
    text: String,
    sort: Sort,
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

    fn facet_rows(&self) -> Vec<Facet> {
        self.counts.as_ref().map(|(_, counts)| filters::facets(counts, self.line.text())).unwrap_or_default()
    }

    /// The counts of what is typed now, if they have come.
    fn current_counts(&self) -> Option<&Counts> {
        let ask = self.asked.as_ref()?.ask;
        self.counts.as_ref().filter(|(of, _)| *of == ask).map(|(_, counts)| counts)
    }

    /// Whether the hits answer what is typed now.
    fn is_current(&self) -> bool {
        self.asked.as_ref().is_some_and(|asked| asked.ask == self.results.ask)
    }

    fn ask(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        let same =
            |asked: &Asked| asked.text == self.line.text() && asked.sort == self.sort && asked.epoch == cx.data.epoch;
        if self.asked.as_ref().is_some_and(same) {
            return Vec::new();
        }
        let (ask, text) = (cx.ask(), self.line.text().to_owned());
        let again = self.asked.as_ref().is_some_and(|asked| asked.text == text && asked.sort == self.sort);
        self.results.kept = if again { self.hit().map(Place::of) } else { None };
        self.asked = Some(Asked { ask, text: text.clone(), sort: self.sort, epoch: cx.data.epoch });
        self.mistake = None;
        vec![Step::Do(Effect::Search { ask, text, sort: self.sort })]
    }

    /// Asks for the next page when the cursor comes near the end.
    fn ask_more(&mut self) -> Vec<Step> {
        let near = self.results.list.cursor + AHEAD >= self.length();
        if !near || !self.results.more || self.results.waiting || !self.is_current() {
            return Vec::new();
        }
        self.results.waiting = true;
        vec![Step::Do(Effect::More { ask: self.results.ask })]
    }

    fn take_page(&mut self, ask: u64, first: bool, views: &[HitView], more: bool) {
        if first {
            let kept = self.results.kept.take();
            let same = |place: &Place| views.iter().position(|view| Place::of(view) == *place);
            let at = kept.as_ref().and_then(same);
            let list = List::at(self.offers.len() + at.unwrap_or(0));
            self.results = Results { ask, list, ..Results::default() };
            if at.is_none() {
                self.preview = Preview { off: self.preview.off, ..Preview::default() };
            }
            self.mistake = None;
        }
        if ask == self.results.ask {
            self.results.hits.extend_from_slice(views);
            (self.results.more, self.results.waiting) = (more, false);
        }
    }

    /// Offers come above the hits; the selected hit stays selected.
    fn take_offers(&mut self, offers: &[Offer]) {
        let before = self.offers.len();
        self.offers = offers.iter().take(OFFERS).cloned().collect();
        if self.results.list.cursor >= before {
            self.results.list.cursor = self.results.list.cursor - before + self.offers.len();
        }
    }

    /// Shows the answer to a query, with the cursor on its first record.
    pub fn show_query(&mut self, text: &str, cx: &Cx<'_>) -> Vec<Step> {
        self.line = Line::new(text);
        self.focus = RESULTS;
        self.ask(cx)
    }

    fn set_text(&mut self, text: String, cx: &Cx<'_>) -> Vec<Step> {
        self.line = Line::new(text);
        self.ask(cx)
    }

    fn open(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        match self.focus {
            INPUT => {
                self.focus = RESULTS;
                Vec::new()
            }
            FACETS => self.choose_facet(cx),
            _ => self.open_result(cx),
        }
    }

    fn open_result(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        if let Some(offer) = self.offers.get(self.results.list.cursor) {
            let text = filters::with_offer(self.line.text(), &offer.filter);
            return self.set_text(text, cx);
        }
        let wanted = self.hit().map(|view| Wanted::View(Box::new(view.clone())));
        wanted.map(|wanted| Step::Push(Opening::Record(wanted))).into_iter().collect()
    }

    /// Asks for the conversation around the selected message.
    fn ask_around(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        let Some(place) = self.hit().filter(|hit| hit.thread.is_some()).map(Place::of) else { return Vec::new() };
        if self.preview.off || self.preview.around.as_ref().is_some_and(|around| around.place == place) {
            return Vec::new();
        }
        let ask = cx.ask();
        self.preview.around = Some(Around { ask, place: place.clone(), lines: Vec::new() });
        vec![Step::Do(Effect::Around { ask, place, query: self.line.text().to_owned() })]
    }

    fn take_around(&mut self, ask: u64, found: Option<&(Vec<Message>, usize)>) {
        let of_now = self.preview.around.as_mut().filter(|around| around.ask == ask);
        if let (Some(around), Some((lines, at))) = (of_now, found) {
            // The hit itself must be in view.
            around.lines = lines.iter().skip(at.saturating_sub(BEFORE)).cloned().collect();
        }
    }

    /// Opens the selected message in its conversation.
    fn read(&self) -> Vec<Step> {
        match self.hit() {
            Some(view) if view.thread.is_some() => {
                let reader = Reader::at(Place::of(view), self.line.text().to_owned());
                vec![Step::Push(Opening::Reader(Box::new(reader)))]
            }
            Some(_) => vec![Step::Say(Said::note("this record is in no conversation"))],
            None => Vec::new(),
        }
    }

    fn choose_facet(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        let rows = self.facet_rows();
        let Some(filter) = rows.get(self.facets.cursor).and_then(|facet| facet.filter.as_deref()) else {
            return Vec::new();
        };
        let text = filters::toggled(self.line.text(), filter);
        self.set_text(text, cx)
    }

    /// Esc in the query: clears it; when it is clear, leaves it.
    fn leave_input(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        if !self.line.is_empty() {
            return self.set_text(String::new(), cx);
        }
        self.focus = RESULTS;
        vec![Step::Run(Action::Back)]
    }

    fn turn_facets(&mut self) -> Vec<Step> {
        self.focus = if self.focus == FACETS { RESULTS } else { FACETS };
        // The first row is a heading: nothing to choose there.
        self.facets.cursor = self.facets.cursor.max(1);
        Vec::new()
    }

    fn act_on_results(&mut self, action: Action, cx: &Cx<'_>) -> Option<Vec<Step>> {
        match action {
            Action::Facets | Action::Filter => Some(self.turn_facets()),
            Action::ClearFilters => {
                let text = filters::without_filters(self.line.text());
                Some(self.set_text(text, cx))
            }
            Action::Sort => {
                self.sort = if self.sort == Sort::Newest { Sort::Oldest } else { Sort::Newest };
                Some(self.ask(cx))
            }
            Action::Preview => {
                self.preview.off = !self.preview.off;
                Some(Vec::new())
            }
            Action::Left if self.focus != RESULTS => {
                self.focus = RESULTS;
                Some(Vec::new())
            }
            Action::ReadConversation => Some(self.read()),
            Action::Right if self.focus == RESULTS => Some(self.open_result(cx)),
            _ => None,
        }
    }

    fn act_on_input(&mut self, action: Action, cx: &Cx<'_>) -> Option<Vec<Step>> {
        match action {
            Action::Back => Some(self.leave_input(cx)),
            Action::Down | Action::NextPane | Action::HalfDown => {
                self.focus = RESULTS;
                Some(Vec::new())
            }
            Action::Up | Action::HalfUp => Some(Vec::new()),
            _ => None,
        }
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
        let facets = self.facet_rows().len();
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
        if self.focus == RESULTS {
            self.preview.list = List::default();
        }
        let mut steps = self.ask_more();
        steps.extend(self.ask_around(cx));
        steps
    }

    fn refresh(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        self.ask(cx)
    }

    fn receive(&mut self, ask: u64, reply: &Reply, cx: &Cx<'_>) -> Vec<Step> {
        if let Reply::Around(found) = reply {
            self.take_around(ask, found.as_ref());
            return Vec::new();
        }
        if self.asked.as_ref().is_none_or(|asked| asked.ask != ask) {
            return Vec::new();
        }
        match reply {
            Reply::Page { first, views, more } => self.take_page(ask, *first, views, *more),
            Reply::Counts(counts) => self.counts = Some((ask, counts.clone())),
            Reply::Offers(offers) => self.take_offers(offers),
            Reply::Mistake { start, expected, .. } => {
                self.mistake = Some(Mistake { start: *start, expected: expected.clone() });
            }
            _ => {}
        }
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

    fn settings(&self, _: &Cx<'_>) -> String {
        if self.sort == Sort::Newest { "newest first".to_owned() } else { "oldest first".to_owned() }
    }

    fn fact(&self, _: &Cx<'_>) -> String {
        match self.current_counts() {
            None => "…".to_owned(),
            Some(counts) if counts.exact => count(counts.count, "record"),
            Some(counts) => format!("≈ {}", count(counts.count, "record")),
        }
    }

    fn status(&self, cx: &Cx<'_>) -> String {
        let Some(hit) = self.hit() else { return self.fact(cx) };
        let place = self.results.list.cursor + 1 - self.offers.len();
        format!("{} of {} · {} › {}", place, self.fact(cx), hit.company_name, cx.look.name(&hit.entry))
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let regions = self.regions(cx);
        self.draw_results(cx, canvas, regions.results);
        self.draw_facets(cx, canvas, regions.facets);
        self.draw_preview(cx, canvas, regions.preview);
        self.draw_input(cx, canvas, regions.input);
    }
}
