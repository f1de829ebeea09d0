//! 5 People: who is in the exports, by which accounts, what was written with them, and what companies hold about them through the
//! person's own address books. Nobody is joined without the person.

mod about;
mod draw;

use super::reader::Reader;
use super::search::filters::quoted;
use super::{Opening, Page, Step};
use crate::report::{Conversation, Person, Suggestion};
use crate::tui::canvas::Canvas;
use crate::tui::keys::{Action, Context};
use crate::tui::layout::{self, Class};
use crate::tui::model::{Cx, Effect, PeopleFound, Reply, Said, Verdict};
use crate::tui::narrowed::Heeds;
use crate::tui::widgets::list::{List, Pane};
use crate::tui::widgets::marks::{Marked, Marks};
use crate::tui::widgets::narrow::Narrow;
use crate::tui::words::count;
use ratatui::layout::Rect;
use std::collections::{BTreeMap, BTreeSet};

const LIST: usize = 0;
const THREADS: usize = 1;

#[derive(Debug, Clone, Default)]
pub struct People {
    /// The last question, and the state of the index it was asked of.
    asked: Option<(u64, u64)>,
    found: Option<Box<PeopleFound>>,
    view: View,
    list: List,
    threads: List,
    focus: usize,
    narrow: Narrow,
    marks: Marks,
    /// The company that all screens are narrowed to.
    company: Option<String>,
    /// What the list shows: numbers of people or of conversations.
    rows: Vec<usize>,
    /// Conversations by company and name of who wrote in them.
    written: BTreeMap<(String, String), Vec<usize>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum View {
    #[default]
    People,
    Conversations,
    /// In address books and lists only.
    NeverWrote,
}

impl View {
    fn next(self) -> Self {
        match self {
            Self::People => Self::Conversations,
            Self::Conversations => Self::NeverWrote,
            Self::NeverWrote => Self::People,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Conversations => "conversations",
            Self::NeverWrote => "never wrote",
        }
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Regions {
    list: Rect,
    about: Rect,
    threads: Rect,
}

impl People {
    fn regions(&self, cx: &Cx<'_>) -> Regions {
        let body = cx.frame.body;
        let rows = (self.threads_shown().len() as u16).clamp(1, 8) + 1 + u16::from(cx.frame.boxed);
        let none = Regions::default();
        match (cx.frame.class, self.focus) {
            (Class::One, LIST) => Regions { list: body, ..none },
            (Class::One, _) => {
                let (about, threads) = layout::stack(body, rows.min(body.height / 2));
                Regions { about, threads, ..none }
            }
            _ if self.view == View::Conversations => {
                let (list, about) = layout::beside(body, body.width * 55 / 100);
                Regions { list, about, ..none }
            }
            _ => {
                let (list, right) = layout::beside(body, body.width * 45 / 100);
                let (about, threads) = layout::stack(right, rows);
                Regions { list, about, threads }
            }
        }
    }

    fn person(&self) -> Option<&Person> {
        let found = self.found.as_ref().filter(|_| self.view != View::Conversations)?;
        found.people.people.get(*self.rows.get(self.list.cursor)?)
    }

    fn conversation(&self) -> Option<&Conversation> {
        let found = self.found.as_ref().filter(|_| self.view == View::Conversations)?;
        found.conversations.get(*self.rows.get(self.list.cursor)?)
    }

    /// Conversations of the selected person; the selected conversation itself.
    fn threads_shown(&self) -> Vec<&Conversation> {
        let Some(found) = &self.found else { return Vec::new() };
        let Some(person) = self.person() else { return self.conversation().into_iter().collect() };
        let of = |account: &crate::report::Account| {
            self.written.get(&(account.company.clone(), account.name.clone())).into_iter().flatten()
        };
        let numbers: BTreeSet<usize> = person.accounts.iter().flat_map(of).copied().collect();
        numbers.into_iter().filter_map(|at| found.conversations.get(at)).collect()
    }

    /// Suggestions about the selected person.
    fn suggestions(&self) -> impl Iterator<Item = &Suggestion> {
        let person = self.person().map(|person| person.id.as_str());
        let all = self.found.iter().flat_map(|found| &found.people.suggestions);
        all.filter(move |suggestion| person.is_some_and(|id| suggestion.people.iter().any(|one| one == id)))
    }

    fn order(&mut self) {
        let Some(found) = &self.found else { return };
        self.rows = if self.view == View::Conversations {
            let name = |one: &Conversation| {
                let members: Vec<&str> = one.members.iter().map(|member| member.name.as_str()).collect();
                format!("{} {} {}", one.title, one.company, members.join(" "))
            };
            let mut rows = self.narrow.pass(found.conversations.iter().map(name));
            rows.retain(|&row| found.conversations.get(row).is_some_and(|one| self.is_meant(&one.company)));
            rows
        } else {
            let people = &found.people.people;
            let wrote = self.view == View::People;
            let mut rows = self.narrow.pass(people.iter().map(|one| format!("{} {}", one.names.join(" "), one.name)));
            let is_meant = |person: &Person| person.companies.iter().any(|company| self.is_meant(company));
            rows.retain(|&row| people.get(row).is_some_and(|one| (one.messages > 0) == wrote && is_meant(one)));
            rows
        };
    }

    fn is_meant(&self, company: &str) -> bool {
        self.company.as_deref().is_none_or(|only| only == company)
    }

    fn take(&mut self, found: &PeopleFound) {
        let selected = self.person().map(|person| person.id.clone());
        self.written = BTreeMap::new();
        for (at, conversation) in found.conversations.iter().enumerate() {
            for member in &conversation.members {
                let key = (conversation.company.clone(), member.name.clone());
                self.written.entry(key).or_default().push(at);
            }
        }
        self.found = Some(Box::new(found.clone()));
        self.order();
        // Who was selected stays selected, though others may have been joined above.
        let people = &found.people.people;
        let is_same = |row: &usize| people.get(*row).map(|person| &person.id) == selected.as_ref();
        if let (Some(_), Some(at)) = (&selected, self.rows.iter().position(is_same)) {
            self.list.cursor = at;
        }
    }

    fn judge(&self, verdict: Verdict, cx: &Cx<'_>) -> Vec<Step> {
        let is_open = |one: &&Suggestion| !one.accepted && !one.dismissed;
        let mut of = self.suggestions();
        let found = if verdict == Verdict::Open { of.find(|one| !is_open(one)) } else { of.find(is_open) };
        let Some(suggestion) = found.map(|one| one.id.clone()) else {
            let says =
                if verdict == Verdict::Open { "nothing was said of this person" } else { "nothing is suggested here" };
            return vec![Step::Say(Said::note(says))];
        };
        let says = match verdict {
            Verdict::Same => "joined; M takes it back",
            Verdict::NotSame => "not suggested again; M takes it back",
            Verdict::Open => "taken back",
        };
        let ask = cx.ask();
        vec![Step::Do(Effect::Judge { ask, suggestion, verdict }), Step::Say(Said::ok(says))]
    }

    fn open(&mut self) -> Vec<Step> {
        let threads: Vec<String> = self.threads_shown().iter().map(|one| one.id.clone()).collect();
        let at = if self.focus == THREADS { self.threads.cursor } else { 0 };
        let reads = self.focus == THREADS || self.view == View::Conversations;
        if let Some(id) = threads.get(at).filter(|_| reads || threads.len() == 1) {
            return vec![Step::Push(Opening::Reader(Box::new(Reader::of(id))))];
        }
        self.focus = THREADS;
        Vec::new()
    }
}

/// What finds the records of a conversation, by its title.
fn conversation_query(one: &Conversation) -> String {
    format!("co:{} in:{}", quoted(&one.company), quoted(&one.title))
}

/// What finds the records that somebody wrote, under all names.
fn person_query(person: &Person) -> Option<String> {
    let wrote = person.accounts.iter().filter(|account| account.messages > 0);
    let queries: Vec<String> =
        wrote.map(|account| format!("co:{} from:{}", quoted(&account.company), quoted(&account.name))).collect();
    (!queries.is_empty()).then(|| queries.join(" OR "))
}

impl Page for People {
    fn context(&self) -> Context {
        Context::People
    }

    fn is_typing(&self) -> bool {
        self.narrow.typing
    }

    fn panes(&mut self, cx: &Cx<'_>) -> Vec<Pane<'_>> {
        let (regions, boxed) = (self.regions(cx), cx.frame.boxed);
        let (length, threads) = (self.rows.len(), self.threads_shown().len());
        vec![
            Pane { rows: layout::below(layout::inner(regions.list, boxed), 1), list: &mut self.list, length },
            Pane { rows: layout::inner(regions.threads, boxed), list: &mut self.threads, length: threads },
        ]
    }

    fn focus(&self) -> usize {
        self.focus
    }

    fn set_focus(&mut self, pane: usize) {
        self.focus = if self.view == View::Conversations { LIST } else { pane };
    }

    fn offers(&self, action: Action, cx: &Cx<'_>) -> bool {
        match action {
            Action::Join | Action::Dismiss => self.suggestions().any(|one| !one.accepted && !one.dismissed),
            Action::Split => self.suggestions().any(|one| one.accepted || one.dismissed),
            Action::NextPane => self.view != View::Conversations,
            Action::Open => !self.rows.is_empty(),
            Action::Mark => {
                let list = if self.focus == LIST { self.list } else { self.threads };
                self.markable(list.cursor, cx).is_some()
            }
            _ => true,
        }
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Option<Vec<Step>> {
        match action {
            Action::Open => Some(self.open()),
            Action::Right if self.focus == LIST => Some(self.open()),
            Action::Left if self.focus == THREADS => {
                self.focus = LIST;
                Some(Vec::new())
            }
            Action::View => {
                (self.view, self.list, self.focus) = (self.view.next(), List::default(), LIST);
                self.order();
                Some(self.moved(cx))
            }
            Action::Join => Some(self.judge(Verdict::Same, cx)),
            Action::Split => Some(self.judge(Verdict::Open, cx)),
            Action::Dismiss => Some(self.judge(Verdict::NotSame, cx)),
            _ => None,
        }
    }

    fn moved(&mut self, _: &Cx<'_>) -> Vec<Step> {
        if self.focus == LIST {
            self.threads = List::default();
        }
        Vec::new()
    }

    fn refresh(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        self.company.clone_from(&cx.only().company);
        self.order();
        if self.asked.is_some_and(|(_, epoch)| epoch == cx.data.epoch) {
            return Vec::new();
        }
        let ask = cx.ask();
        self.asked = Some((ask, cx.data.epoch));
        vec![Step::Do(Effect::People { ask })]
    }

    fn receive(&mut self, ask: u64, reply: &Reply, _: &Cx<'_>) -> Vec<Step> {
        // A later answer is of a later state, whatever asked for it.
        if let (Reply::People(found), Some((asked, epoch))) = (reply, self.asked)
            && ask >= asked
        {
            self.asked = Some((ask, epoch));
            self.take(found);
        }
        Vec::new()
    }

    fn narrow(&mut self) -> Option<&mut Narrow> {
        Some(&mut self.narrow)
    }

    fn back(&mut self, _: &Cx<'_>) -> bool {
        let inside = self.focus != LIST;
        self.focus = LIST;
        inside
    }

    fn value(&self, _: &Cx<'_>) -> Option<String> {
        let person = self.person().map(|person| person.name.clone());
        person.or_else(|| self.conversation().map(|one| one.title.clone()))
    }

    fn marks(&mut self) -> Option<&mut Marks> {
        Some(&mut self.marks)
    }

    fn markable(&self, row: usize, _: &Cx<'_>) -> Option<Marked> {
        let found = self.found.as_ref()?;
        let query = match (self.focus, self.view) {
            (LIST, View::Conversations) => conversation_query(found.conversations.get(*self.rows.get(row)?)?),
            (LIST, _) => person_query(found.people.people.get(*self.rows.get(row)?)?)?,
            _ => conversation_query(self.threads_shown().get(row)?),
        };
        Some(Marked::Found(query))
    }

    fn heeds(&self) -> Heeds {
        Heeds::Company
    }

    fn crumb(&self, _: &Cx<'_>) -> String {
        "People".to_owned()
    }

    fn settings(&self, _: &Cx<'_>) -> String {
        format!("view: {}", self.view.word())
    }

    fn fact(&self, _: &Cx<'_>) -> String {
        match &self.found {
            None => "…".to_owned(),
            Some(found) => about::people(found.people.people.len()),
        }
    }

    fn status(&self, cx: &Cx<'_>) -> String {
        if let Some(one) = self.conversation() {
            let marked = self.marks.note();
            return format!("{marked}{} · {}", cx.look.name(&one.title), count(one.messages, "message"));
        }
        if self.suggestions().any(|one| !one.accepted && !one.dismissed) {
            return "Nobody is joined without you: tellall only suggests".to_owned();
        }
        let name = self.person().map(|person| cx.look.name(&person.name)).unwrap_or_default();
        format!("{}{name}", self.marks.note())
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let regions = self.regions(cx);
        self.draw_list(cx, canvas, regions.list);
        self.draw_about(cx, canvas, regions.about);
        self.draw_threads(cx, canvas, regions.threads);
    }
}
