//! The conversation reader: one for all messengers. It knows how many messages there are and when they were; what was written comes
//! page by page as it is looked at, so that the longest conversation scrolls at once.

mod draw;
pub(in crate::tui::screens) mod message;

use super::record::Wanted as WantedRecord;
use super::{Opening, Page, Step};
use crate::report::{Line as Message, Thread};
use crate::tui::canvas::Canvas;
use crate::tui::keys::{Action, Context};
use crate::tui::layout;
use crate::tui::model::{Cx, Effect, Place, Reply, Said, Sought, WantedThread};
use crate::tui::photo;
use crate::tui::widgets::date::{self, Came, DateLine};
use crate::tui::widgets::line::Line;
use crate::tui::widgets::list::{List, Pane};
use crate::tui::words::{count, grouped};
use ratatui::layout::Rect;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Messages that are asked for at a time.
const PAGE: usize = 100;
/// Messages beyond the cursor that are asked for before they show.
const AHEAD: usize = 60;
/// Pages kept on each side of the cursor's.
const KEPT: usize = 4;
/// Messages shown above the one that somebody came to see.
const CONTEXT: usize = 4;

#[derive(Debug, Clone)]
pub struct Reader {
    wanted: WantedThread,
    /// What was searched for, to be marked and to be followed with `n`.
    query: String,
    /// The last question for the conversation, and the state of the index it was asked of.
    asked: Option<(u64, u64)>,
    state: State,
    list: List,
    /// The first message that shows.
    top: usize,
    pages: BTreeMap<usize, Vec<Message>>,
    /// Questions for pages that are under way.
    waiting: Vec<(u64, usize)>,
    /// The message that is being sought, and what to say if there is none.
    seeking: Option<(u64, &'static str)>,
    /// The date being typed.
    date: DateLine,
    density: Density,
}

#[derive(Debug, Clone)]
enum State {
    Waiting,
    Here(Arc<Thread>),
    Absent(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Density {
    /// A name on each line.
    Named,
    /// A name where somebody else begins to write.
    Grouped,
}

impl Reader {
    /// Reads a conversation from its end.
    pub fn of(id: &str) -> Self {
        Self::new(WantedThread::Id(id.to_owned()), String::new())
    }

    /// Reads the conversation of a message, at this message.
    pub fn at(place: Place, query: String) -> Self {
        Self::new(WantedThread::With(place), query)
    }

    fn new(wanted: WantedThread, query: String) -> Self {
        Self {
            wanted,
            query,
            asked: None,
            state: State::Waiting,
            list: List::default(),
            top: 0,
            pages: BTreeMap::new(),
            waiting: Vec::new(),
            seeking: None,
            date: DateLine::default(),
            density: Density::Named,
        }
    }

    fn thread(&self) -> Option<&Arc<Thread>> {
        match &self.state {
            State::Here(thread) => Some(thread),
            _ => None,
        }
    }

    fn length(&self) -> usize {
        self.thread().map_or(0, |thread| thread.rows.len())
    }

    fn message(&self, at: usize) -> Option<&Message> {
        self.pages.get(&(at / PAGE))?.get(at % PAGE)
    }

    fn inner(cx: &Cx<'_>) -> Rect {
        layout::inner(cx.frame.body, cx.frame.boxed)
    }

    /// Asks for the pages around the cursor that are not here, and lets go of those far from it.
    fn ask_pages(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        let Some(thread) = self.thread().map(Arc::clone) else { return Vec::new() };
        let Some((_, epoch)) = self.asked else { return Vec::new() };
        let (cursor, last) = (self.list.cursor, thread.rows.len().saturating_sub(1));
        let wanted = cursor.saturating_sub(AHEAD) / PAGE..=(cursor + AHEAD).min(last) / PAGE;
        let here = cursor / PAGE;
        self.pages.retain(|&page, _| page.abs_diff(here) <= KEPT);
        let mut steps = Vec::new();
        for page in wanted {
            let under_way = self.waiting.iter().any(|(_, waiting)| *waiting == page);
            if self.pages.contains_key(&page) || under_way {
                continue;
            }
            let ask = cx.ask();
            self.waiting.push((ask, page));
            let (thread, query) = (Arc::clone(&thread), self.query.clone());
            steps.push(Step::Do(Effect::Lines { ask, epoch, thread, query, from: page * PAGE, count: PAGE }));
        }
        steps
    }

    /// Goes to a message, with some before it in view.
    fn go(&mut self, at: usize, cx: &Cx<'_>) -> Vec<Step> {
        self.list.cursor = at.min(self.length().saturating_sub(1));
        self.top = self.list.cursor.saturating_sub(CONTEXT);
        self.moved(cx)
    }

    /// Brings the view around the cursor: messages are of different heights.
    fn settle(&mut self, cx: &Cx<'_>) {
        self.top = self.first_shown(Self::inner(cx), cx);
    }

    fn seek(&mut self, sought: Sought, otherwise: &'static str, cx: &Cx<'_>) -> Vec<Step> {
        let (Some(thread), Some((_, epoch))) = (self.thread().map(Arc::clone), self.asked) else { return Vec::new() };
        let ask = cx.ask();
        self.seeking = Some((ask, otherwise));
        vec![Step::Do(Effect::Seek { ask, epoch, thread, from: self.list.cursor, sought })]
    }

    fn next_match(&mut self, forward: bool, cx: &Cx<'_>) -> Vec<Step> {
        if self.query.trim().is_empty() {
            return vec![Step::Say(Said::note("no search to follow; / searches everything"))];
        }
        let otherwise = if forward { "no match below" } else { "no match above" };
        self.seek(Sought::Match { query: self.query.clone(), forward }, otherwise, cx)
    }

    fn jump_to_reply(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        let answered = self.message(self.list.cursor).and_then(|message| message.reply_to.clone());
        match answered {
            Some(id) => self.seek(Sought::Id(id), "what it answers is not in the archive", cx),
            None => vec![Step::Say(Said::note("this message answers no other, as far as the archive tells"))],
        }
    }

    fn go_to_date(&mut self, came: &Came, cx: &Cx<'_>) -> Vec<Step> {
        match came {
            Came::Date(typed) => {
                let at = self.thread().map_or(0, |thread| thread.at_time(typed.ms));
                self.go(at, cx)
            }
            Came::NoDate => vec![Step::Say(date::no_date())],
            Came::Nothing => Vec::new(),
        }
    }

    fn open(&self) -> Vec<Step> {
        let Some(message) = self.message(self.list.cursor) else { return Vec::new() };
        let wanted = WantedRecord::Place {
            export: message.export.clone(),
            entry: message.entry.clone(),
            locator: message.locator.clone(),
            value: message.text.clone().unwrap_or_default(),
        };
        vec![Step::Push(Opening::Record(wanted))]
    }

    /// Half a screen of messages, by their heights.
    fn half(&mut self, down: bool, cx: &Cx<'_>) -> Vec<Step> {
        let mut left = usize::from(Self::inner(cx).height / 2).max(1);
        let last = self.length().saturating_sub(1);
        while left > 0 {
            let next = if down { self.list.cursor + 1 } else { self.list.cursor.saturating_sub(1) };
            if next > last || next == self.list.cursor {
                break;
            }
            self.list.cursor = next;
            left = left.saturating_sub(self.height(next, Self::inner(cx), cx));
        }
        self.moved(cx)
    }
}

impl Page for Reader {
    fn context(&self) -> Context {
        Context::Reader
    }

    fn is_typing(&self) -> bool {
        self.date.is_open()
    }

    fn line(&mut self) -> Option<&mut Line> {
        self.date.line()
    }

    fn typed(&mut self, _: &Cx<'_>) -> Vec<Step> {
        Vec::new()
    }

    fn panes(&mut self, cx: &Cx<'_>) -> Vec<Pane<'_>> {
        let length = self.length();
        vec![Pane { rows: Self::inner(cx), list: &mut self.list, length }]
    }

    fn row_under(&self, y: u16, cx: &Cx<'_>) -> Option<Option<usize>> {
        Some(self.message_under(y, Self::inner(cx), cx))
    }

    fn offers(&self, action: Action, _: &Cx<'_>) -> bool {
        match action {
            Action::NextMatch => !self.query.trim().is_empty(),
            Action::JumpToReply => self.message(self.list.cursor).is_some_and(|message| message.reply_to.is_some()),
            _ => true,
        }
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Option<Vec<Step>> {
        if self.date.is_open() {
            return self.date.act(action).map(|came| self.go_to_date(&came, cx));
        }
        match action {
            Action::Open => Some(self.open()),
            Action::HalfDown => Some(self.half(true, cx)),
            Action::HalfUp => Some(self.half(false, cx)),
            Action::NextMatch => Some(self.next_match(true, cx)),
            Action::PreviousMatch => Some(self.next_match(false, cx)),
            Action::JumpToReply => Some(self.jump_to_reply(cx)),
            Action::GoToDate => {
                self.date.open();
                Some(Vec::new())
            }
            Action::Density => {
                self.density = if self.density == Density::Named { Density::Grouped } else { Density::Named };
                self.settle(cx);
                Some(Vec::new())
            }
            Action::Left => Some(vec![Step::Run(Action::Back)]),
            _ => None,
        }
    }

    fn moved(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        self.settle(cx);
        self.ask_pages(cx)
    }

    fn refresh(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        if self.asked.is_some_and(|(_, epoch)| epoch == cx.data.epoch) {
            return self.moved(cx);
        }
        let ask = cx.ask();
        self.asked = Some((ask, cx.data.epoch));
        vec![Step::Do(Effect::Thread { ask, wanted: self.wanted.clone() })]
    }

    fn receive(&mut self, ask: u64, reply: &Reply, cx: &Cx<'_>) -> Vec<Step> {
        match reply {
            Reply::Thread(found) if self.asked.is_some_and(|(asked, _)| asked == ask) => {
                let first = !matches!(self.state, State::Here(_));
                (self.pages, self.waiting, self.seeking) = (BTreeMap::new(), Vec::new(), None);
                match found {
                    Ok((thread, at)) => {
                        self.state = State::Here(Arc::clone(thread));
                        // After an import one goes on reading where one was.
                        self.go(if first { *at } else { self.list.cursor }, cx)
                    }
                    Err(why) => {
                        self.state = State::Absent(why.clone());
                        Vec::new()
                    }
                }
            }
            Reply::Lines { lines, .. } => {
                if let Some(place) = self.waiting.iter().position(|(waiting, _)| *waiting == ask) {
                    let (_, page) = self.waiting.swap_remove(place);
                    self.pages.insert(page, lines.clone());
                    self.settle(cx);
                }
                Vec::new()
            }
            Reply::Sought(found) => match (self.seeking.take_if(|(asked, _)| *asked == ask), found) {
                (None, _) => Vec::new(),
                (Some(_), Some(at)) => self.go(*at, cx),
                (Some((_, otherwise)), None) => vec![Step::Say(Said::note(otherwise))],
            },
            _ => Vec::new(),
        }
    }

    fn value(&self, _: &Cx<'_>) -> Option<String> {
        let message = self.message(self.list.cursor)?;
        message.text.clone().or_else(|| message.attachments.first().map(|file| file.name.clone()))
    }

    fn photo(&self, _: &Cx<'_>) -> Option<photo::Wanted> {
        let message = self.message(self.list.cursor)?;
        let named: Vec<String> = message.attachments.iter().map(|file| file.written.clone()).collect();
        let (export, near) = (message.export.clone(), message.entry.clone());
        (!named.is_empty()).then_some(photo::Wanted { export, near, named })
    }

    fn crumb(&self, cx: &Cx<'_>) -> String {
        let Some(thread) = self.thread() else { return "Conversation".to_owned() };
        let about = &thread.conversation;
        let people = count(about.members.len() as u64, "writer");
        format!("{} › {} › {people}", cx.data.name(&about.company), cx.look.name(&about.title))
    }

    fn settings(&self, _: &Cx<'_>) -> String {
        match self.length() {
            0 => String::new(),
            length => format!("message {} of {}", grouped(self.list.cursor as u64 + 1), grouped(length as u64)),
        }
    }

    fn fact(&self, _: &Cx<'_>) -> String {
        self.thread().map_or(String::new(), |thread| count(thread.conversation.messages, "message"))
    }

    fn status(&self, cx: &Cx<'_>) -> String {
        let message = self.message(self.list.cursor);
        message
            .map(|message| format!("{} › {}", cx.look.export(&message.export), cx.look.name(&message.locator)))
            .unwrap_or_default()
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        self.draw_messages(cx, canvas);
    }
}
