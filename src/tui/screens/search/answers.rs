//! What the Search screen asks for, and what it makes of the answers. Only answers to the newest question count.

use super::{AHEAD, Around, Asked, BEFORE, Mistake, OFFERS, Preview, Results, Search, filters};
use crate::query::{Counts, HitView};
use crate::report::Line as Message;
use crate::tui::model::{Cx, Effect, Offer, Place, Reply};
use crate::tui::screens::Step;
use crate::tui::widgets::list::List;

impl Search {
    pub(super) fn ask(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        if filters::is_one_letter(self.line.text()) {
            (self.asked, self.mistake) = (None, None);
            return Vec::new();
        }
        let same =
            |asked: &Asked| asked.text == self.line.text() && asked.order == self.order && asked.epoch == cx.data.epoch;
        if self.asked.as_ref().is_some_and(same) {
            return Vec::new();
        }
        let (ask, text) = (cx.ask(), self.line.text().to_owned());
        let again = self.asked.as_ref().is_some_and(|asked| asked.text == text && asked.order == self.order);
        self.results.kept = if again { self.hit().map(Place::of) } else { None };
        self.asked = Some(Asked { ask, text: text.clone(), order: self.order, epoch: cx.data.epoch });
        self.mistake = None;
        vec![Step::Do(Effect::Search { ask, text, order: self.order })]
    }

    /// Asks for the next page when the cursor comes near the end.
    pub(super) fn ask_more(&mut self) -> Vec<Step> {
        let near = self.results.list.cursor + AHEAD >= self.length();
        if !near || !self.results.more || self.results.waiting || !self.is_current() {
            return Vec::new();
        }
        self.results.waiting = true;
        vec![Step::Do(Effect::More { ask: self.results.ask })]
    }

    /// Asks for the conversation around the selected message.
    pub(super) fn ask_around(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        let Some(place) = self.hit().filter(|hit| hit.thread.is_some()).map(Place::of) else { return Vec::new() };
        if self.preview.off || self.preview.around.as_ref().is_some_and(|around| around.place == place) {
            return Vec::new();
        }
        let ask = cx.ask();
        self.preview.around = Some(Around { ask, place: place.clone(), lines: Vec::new() });
        vec![Step::Do(Effect::Around { ask, place, query: self.line.text().to_owned() })]
    }

    pub(super) fn take(&mut self, ask: u64, reply: &Reply) {
        match reply {
            Reply::Around(found) => self.take_around(ask, found.as_ref()),
            _ if self.asked.as_ref().is_none_or(|asked| asked.ask != ask) => {}
            Reply::Page { first, views, more } => self.take_page(ask, *first, views, *more),
            Reply::Counts(counts) => self.take_counts(ask, counts),
            Reply::Facets(counts) => self.facet_counts = Some(counts.clone()),
            Reply::Offers(offers) => self.take_offers(offers),
            Reply::Mistake { start, expected, .. } => {
                self.mistake = Some(Mistake { start: *start, expected: expected.clone() });
            }
            _ => {}
        }
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
            self.marks.forget_rows();
        }
        if ask == self.results.ask {
            self.results.hits.extend_from_slice(views);
            (self.results.more, self.results.waiting) = (more, false);
        }
    }

    /// The facets of a query that narrows a group come apart, later; until then those before stay.
    fn take_counts(&mut self, ask: u64, counts: &Counts) {
        if self.facet_counts.is_none() || filters::wider(self.line.text()).is_empty() {
            self.facet_counts = Some(counts.clone());
        }
        self.counts = Some((ask, counts.clone()));
    }

    /// Offers come above the hits; the selected hit stays selected.
    fn take_offers(&mut self, offers: &[Offer]) {
        let before = self.offers.len();
        self.offers = offers.iter().take(OFFERS).cloned().collect();
        if self.results.list.cursor >= before {
            self.results.list.cursor = self.results.list.cursor - before + self.offers.len();
        }
    }

    fn take_around(&mut self, ask: u64, found: Option<&(Vec<Message>, usize)>) {
        let of_now = self.preview.around.as_mut().filter(|around| around.ask == ask);
        if let (Some(around), Some((lines, at))) = (of_now, found) {
            // The hit itself must be in view.
            around.lines = lines.iter().skip(at.saturating_sub(BEFORE)).cloned().collect();
        }
    }
}
