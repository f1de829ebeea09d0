//! What a person does on the Search screen.

use super::{FACETS, INPUT, PREVIEW, RESULTS, Search, filters};
use crate::query::Order;
use crate::report::Only;
use crate::tui::data::Data;
use crate::tui::keys::Action;
use crate::tui::model::{Cx, Effect, Place, Said};
use crate::tui::screens::choose::{Choice, Choose};
use crate::tui::screens::reader::Reader;
use crate::tui::screens::record::Wanted;
use crate::tui::screens::{Opening, Step, Target};
use crate::tui::searches::Change;
use crate::tui::widgets::line::Line;
use crate::tui::widgets::list::List;

impl Search {
    /// Shows the answer to a query, with the cursor on its first record.
    pub fn show_query(&mut self, text: &str, cx: &Cx<'_>) -> Vec<Step> {
        self.focus = RESULTS;
        (self.carried, self.changed) = (cx.only().clone(), false);
        self.set_text(text.to_owned(), cx)
    }

    /// Goes on with the query from where it ends.
    pub fn type_on(&mut self, text: &str, cx: &Cx<'_>) -> Vec<Step> {
        (self.focus, self.changed) = (INPUT, true);
        let before = self.line.text().trim_end();
        let all = if before.is_empty() { text.to_owned() } else { format!("{before} {text}") };
        self.set_text(all, cx)
    }

    /// Shows the answer to a query that was saved.
    pub fn show_saved(&mut self, name: &str, cx: &Cx<'_>) -> Vec<Step> {
        match cx.trail.searches.saved.get(name) {
            Some(query) => self.show_query(query, cx),
            None => vec![Step::Say(Said::trouble(format!("no search is saved as {name}")))],
        }
    }

    /// Puts what all screens are narrowed to into the query, if it is another than before.
    pub fn carry_in(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        if self.carried == *cx.only() {
            return Vec::new();
        }
        let text = filters::narrowed(self.line.text(), &self.carried, cx.only());
        self.carried = cx.only().clone();
        let blank = if text.is_empty() { "" } else { " " };
        self.set_text(format!("{text}{blank}"), cx)
    }

    /// What the person narrowed the query to, if they did and it is another than that of all screens.
    pub fn carry_out(&mut self, cx: &Cx<'_>) -> Option<Only> {
        if !std::mem::take(&mut self.changed) {
            return None;
        }
        self.carried = filters::only_of(self.line.text(), cx.data);
        Some(self.carried.clone()).filter(|only| only != cx.only())
    }

    pub(super) fn set_text(&mut self, text: String, cx: &Cx<'_>) -> Vec<Step> {
        self.line = Line::new(text);
        self.ask(cx)
    }

    pub(super) fn open(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        match self.focus {
            INPUT => self.enter_results(),
            FACETS => self.edit_by_facet(cx, filters::toggled),
            _ => self.open_result(cx),
        }
    }

    /// From the query into its answer: then it was meant, and is worth remembering.
    fn enter_results(&mut self) -> Vec<Step> {
        self.focus = RESULTS;
        let text = self.line.text().trim();
        if text.is_empty() || self.mistake.is_some() || filters::is_one_letter(text) {
            return Vec::new();
        }
        vec![Step::Do(Effect::Searches(Change::Searched(text.to_owned())))]
    }

    fn open_result(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        if let Some(offer) = self.offers.get(self.results.list.cursor) {
            let text = filters::with_offer(self.line.text(), &offer.filter);
            return self.set_text(text, cx);
        }
        let wanted = self.hit().map(|view| Wanted::View(Box::new(view.clone())));
        wanted.map(|wanted| Step::Push(Opening::Record(wanted))).into_iter().collect()
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

    /// Changes the query by the facet under the cursor.
    fn edit_by_facet(&mut self, cx: &Cx<'_>, edit: fn(&str, (&str, &str), &Data) -> String) -> Vec<Step> {
        let rows = self.facet_rows(cx);
        let Some((name, value)) = rows.get(self.facets.cursor).and_then(|facet| facet.filter.as_ref()) else {
            return Vec::new();
        };
        let text = edit(self.line.text(), (name, value), cx.data);
        self.changed = true;
        self.set_text(text, cx)
    }

    /// Esc in the query: clears it; when it is clear, leaves it.
    fn leave_input(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        // What all screens are narrowed to stays: it is cleared with a key of its own.
        let narrowed = filters::narrowed("", &Only::default(), cx.only());
        if !self.line.is_empty() && self.line.text().trim() != narrowed {
            let blank = if narrowed.is_empty() { "" } else { " " };
            return self.set_text(format!("{narrowed}{blank}"), cx);
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

    /// Goes on counting where it stopped with an estimate.
    fn count_on(&self) -> Vec<Step> {
        match (self.current_counts(), &self.asked) {
            (Some(counts), Some(asked)) if !counts.exact && counts.unread.is_empty() => {
                vec![Step::Do(Effect::CountOn { ask: asked.ask }), Step::Say(Said::note("counting to the end…"))]
            }
            (Some(counts), _) if counts.exact => vec![Step::Say(Said::note("all are counted"))],
            (Some(_), _) => {
                vec![Step::Say(Said::trouble("a part of the index cannot be read: not all can be counted"))]
            }
            (None, _) => vec![Step::Say(Said::note("still counting"))],
        }
    }

    fn turn_order(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        let at = Order::ALL.iter().position(|order| *order == self.order).unwrap_or_default();
        self.order = Order::ALL[(at + 1) % Order::ALL.len()];
        let mut steps = self.ask(cx);
        steps.push(Step::Say(Said::note(self.order_words())));
        steps
    }

    /// Asks what of the selected record is to be left out of the search.
    fn not_like(&self, cx: &Cx<'_>) -> Vec<Step> {
        let Some(hit) = self.hit() else { return Vec::new() };
        let name = |name: &str| cx.look.name(name);
        let from = hit.who.as_ref().map(|who| (format!("from {}", name(who)), "from", who));
        let thread = hit.thread.as_ref().map(|thread| (format!("in {}", name(thread)), "in", thread));
        let company = Some((format!("of {}", hit.company_name), "co", &hit.company));
        let section = Some((format!("in the section {}", hit.section_name), "section", &hit.section));
        let choice = |(what, filter, value): (String, &str, &String)| Choice {
            text: format!("nothing {what}"),
            note: format!("-{filter}:"),
            step: Step::Open(Target::Query(filters::excluded(self.line.text(), (filter, value), cx.data))),
            aside: String::new(),
            is_private: false,
        };
        let choices = [from, thread, company, section].into_iter().flatten().map(choice).collect();
        vec![Step::Push(Opening::Choose(Box::new(Choose::new("Not like this", choices))))]
    }

    /// To the next or previous match: within what the preview shows, then in the next or previous record.
    fn walk_matches(&mut self, forward: bool, cx: &Cx<'_>) -> Vec<Step> {
        if let Some(row) = self.next_in_preview(forward, cx) {
            self.preview.list.cursor = row;
            return Vec::new();
        }
        let cursor = self.results.list.cursor;
        let next = if forward { Some(cursor + 1).filter(|next| *next < self.length()) } else { cursor.checked_sub(1) };
        let Some(next) = next else {
            return vec![Step::Say(Said::note(if forward { "no match below" } else { "no match above" }))];
        };
        self.results.list.cursor = next;
        self.preview.list = List::default();
        self.moved_on(cx)
    }

    /// The row of the preview with the next match; what shows at first counts as seen.
    fn next_in_preview(&self, forward: bool, cx: &Cx<'_>) -> Option<usize> {
        let area = self.regions(cx).preview;
        if area.is_empty() {
            return None;
        }
        let lines = self.preview_lines(cx, crate::tui::layout::inner(area, cx.frame.boxed).width);
        let mut matching = lines.iter().enumerate().filter(|(_, line)| line.is_match()).map(|(at, _)| at);
        let first = matching.clone().next()?;
        let now = self.preview.list.cursor.max(first);
        if forward { matching.find(|at| *at > now) } else { matching.rfind(|at| *at < now) }
    }

    pub(super) fn act_on_results(&mut self, action: Action, cx: &Cx<'_>) -> Option<Vec<Step>> {
        Some(match action {
            Action::Facets | Action::Filter => self.turn_facets(),
            Action::ClearFilters => {
                self.changed = true;
                let text = filters::without_filters(self.line.text());
                self.set_text(text, cx)
            }
            Action::Numbers => self.count_on(),
            Action::Sort => self.turn_order(cx),
            Action::Preview => {
                self.preview.off = !self.preview.off;
                Vec::new()
            }
            Action::Left if self.focus != RESULTS => {
                self.focus = RESULTS;
                Vec::new()
            }
            Action::ReadConversation => self.read(),
            Action::Right if self.focus == RESULTS => self.open_result(cx),
            Action::NotLike if self.focus == FACETS => self.edit_by_facet(cx, filters::excluded),
            Action::NotLike => self.not_like(cx),
            Action::NextMatch => self.walk_matches(true, cx),
            Action::PreviousMatch => self.walk_matches(false, cx),
            Action::Mark if self.focus == FACETS => self.edit_by_facet(cx, filters::toggled),
            _ => return None,
        })
    }

    pub(super) fn act_on_input(&mut self, action: Action, cx: &Cx<'_>) -> Option<Vec<Step>> {
        match action {
            Action::Back => Some(self.leave_input(cx)),
            Action::Down | Action::NextPane | Action::HalfDown => Some(self.enter_results()),
            Action::Up | Action::HalfUp => Some(Vec::new()),
            _ => None,
        }
    }

    /// The cursor stands on another record now.
    fn moved_on(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        let mut steps = self.ask_more();
        steps.extend(self.ask_around(cx));
        steps
    }

    pub(super) fn follow_cursor(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        if self.focus != PREVIEW {
            self.preview.list = List::default();
        }
        self.moved_on(cx)
    }

    /// How the hits are ordered; where only some of them are, of how many.
    pub(super) fn order_words(&self) -> String {
        let words = match self.order {
            Order::Newest => return "newest first".to_owned(),
            Order::Oldest => return "oldest first".to_owned(),
            Order::Best => "best match first",
            Order::Conversation => "by conversation",
            Order::Company => "by company",
        };
        let newest = crate::query::NEWEST as u64;
        let is_part = self.current_counts().is_some_and(|counts| counts.count > newest);
        if is_part {
            format!("{words}, of the newest {}", crate::tui::words::grouped(newest))
        } else {
            words.to_owned()
        }
    }
}
