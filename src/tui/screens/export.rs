//! Export: what to write, in which form, how much of the values, where; and the command line that does the same.

mod draw;
mod form;

use super::{Opening, Page, Step};
use crate::export::{Format, Job, Others, Shown, SummaryForm, What};
use crate::query::{Place, Ticket};
use crate::tui::canvas::Canvas;
use crate::tui::keys::{Action, Context, Tab};
use crate::tui::layout;
use crate::tui::model::{Cx, Effect, ExportNews, Reply, Said};
use crate::tui::widgets::line::Line;
use crate::tui::widgets::list::{List, Pane};
use crate::tui::widgets::marks::Marks;
use crate::tui::words::{bytes, count};
use clap::ValueEnum as _;
use ratatui::layout::Rect;
use std::path::PathBuf;

/// The lines of the form, in their order.
const WHAT: usize = 0;
const FORMAT: usize = 1;
const VALUES: usize = 2;
const OTHERS: usize = 3;
const TO: usize = 4;
const ROWS: usize = 5;

#[derive(Debug, Clone, Default)]
pub struct Export {
    list: List,
    subjects: Vec<Subject>,
    /// The choice of each line but the last.
    chosen: [usize; TO],
    to: Line,
    /// The path was typed by the person: it stays when the rest changes.
    typed: bool,
    typing: bool,
    /// Where names that complete the path are asked for, and the question about the size.
    asks: (u64, u64),
    size: Option<(u64, Option<u64>)>,
    state: State,
}

#[derive(Debug, Clone, Default)]
enum State {
    #[default]
    Asking,
    /// The number of the question, what stops it, records written.
    Writing(u64, Ticket, u64),
    /// Asked once more, since values are full.
    Asked(u64, Ticket),
    Ended(Result<String, String>),
}

/// What can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Subject {
    /// The records this screen shows, or all for an empty query.
    Records {
        label: String,
        query: String,
    },
    Marked(Vec<Place>),
    Summary,
    Report {
        label: &'static str,
        name: &'static str,
    },
}

impl Subject {
    fn is_records(&self) -> bool {
        matches!(self, Self::Records { .. } | Self::Marked(_))
    }
}

impl Export {
    /// `tab` is the screen below, `query` what finds the records it shows, `searched` what was searched last, `marked` the records
    /// that are marked on it.
    pub fn new(tab: Option<Tab>, query: Option<String>, searched: Option<String>, marked: &Marks) -> Self {
        let mut subjects = Vec::new();
        let records = |label: &str, query: String| Subject::Records { label: label.to_owned(), query };
        // What was marked was marked to be written.
        let (places, found) = (marked.places(), format!("Records of {} marked", marked.words()));
        subjects.extend((!places.is_empty()).then_some(Subject::Marked(places)));
        subjects.extend(marked.query().map(|query| records(&found, query)));
        let report = |label, name| Subject::Report { label, name };
        match tab {
            Some(Tab::Overview) => subjects.push(report("This screen: categories by company", "matrix")),
            Some(Tab::Fields) => subjects.push(report("This screen: fields held", "fields")),
            Some(Tab::Ids) => subjects.push(report("This screen: shared identifiers", "shared")),
            Some(Tab::Ads) => subjects.push(report("This screen: businesses", "recipients")),
            _ => {}
        }
        if let Some(query) = query.filter(|_| tab != Some(Tab::Search)) {
            subjects.push(records("Records of the selected row", query));
        }
        subjects.extend(searched.map(|query| records("Search results", query)));
        subjects.push(Subject::Summary);
        subjects.push(records("All records", String::new()));
        let mut export = Self { subjects, ..Self::default() };
        export.tame();
        export
    }

    fn subject(&self) -> &Subject {
        self.subjects.get(self.chosen[WHAT]).unwrap_or(&Subject::Summary)
    }

    fn shown(&self) -> Shown {
        match (self.subject(), self.chosen[VALUES]) {
            (subject, 0) if subject.is_records() => Shown::None,
            (subject, 1) if subject.is_records() => Shown::Masked,
            (_, 0) => Shown::Masked,
            _ => Shown::Full,
        }
    }

    fn others(&self) -> Others {
        match self.chosen[OTHERS] {
            0 => Others::Drop,
            1 => Others::Number,
            _ => Others::Keep,
        }
    }

    fn format(&self) -> Format {
        Format::value_variants().get(self.chosen[FORMAT]).copied().unwrap_or(Format::Jsonl)
    }

    fn job(&self) -> Job {
        let what = match self.subject() {
            Subject::Records { query, .. } => What::Records { query: query.clone(), format: self.format() },
            Subject::Marked(places) => What::Marked { places: places.clone(), format: self.format() },
            Subject::Summary => What::Summary(match self.chosen[FORMAT] {
                0 => SummaryForm::Html,
                1 => SummaryForm::Markdown,
                2 => SummaryForm::Json,
                _ => SummaryForm::JsonLd,
            }),
            Subject::Report { name, .. } => What::Report(name),
        };
        Job { what, values: self.shown(), others: self.others(), to: PathBuf::from(self.to.text().trim()) }
    }

    /// Where the form was begun anew: values masked, other people by numbers.
    fn tame(&mut self) {
        self.chosen[FORMAT] = 0;
        self.chosen[VALUES] = usize::from(self.subject().is_records());
        self.chosen[OTHERS] = self.chosen[VALUES];
    }

    fn turn(&mut self, forward: bool, cx: &Cx<'_>) -> Vec<Step> {
        let line = self.list.cursor;
        let choices = self.choices(line).len();
        let (Some(chosen), true) = (self.chosen.get_mut(line), choices > 0) else {
            self.typing = line == TO;
            return Vec::new();
        };
        *chosen = (*chosen + if forward { 1 } else { choices - 1 }) % choices;
        if line == WHAT {
            self.tame();
        }
        self.renew(cx)
    }

    /// The path that is offered, and the size, follow what is chosen.
    fn renew(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        if !self.typed {
            self.to = Line::new(self.offered(cx));
        }
        self.size = None;
        match self.subject() {
            Subject::Records { .. } | Subject::Marked(_) => {
                self.asks.1 = cx.ask();
                vec![Step::Do(Effect::MeasureExport { ask: self.asks.1, job: Box::new(self.job()) })]
            }
            Subject::Report { name, .. } => {
                let rows = match *name {
                    "fields" => cx.data.fields.len(),
                    "shared" => cx.data.shared.identifiers.iter().filter(|id| id.companies.len() > 1).count(),
                    "recipients" => cx.data.ties.recipients.len(),
                    _ => cx.data.matrix.rows.len(),
                };
                self.size = Some((rows as u64, None));
                Vec::new()
            }
            Subject::Summary => Vec::new(),
        }
    }

    /// Writes; full values are asked for once more.
    fn write(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        if matches!(self.state, State::Writing(..)) {
            return Vec::new();
        }
        if self.to.text().trim().is_empty() {
            return vec![Step::Say(Said::trouble("say where to write it"))];
        }
        let (ask, ticket) = (cx.ask(), Ticket::default());
        let effect = Effect::Export { ask, job: Box::new(self.job()), ticket: ticket.clone() };
        if self.shown() != Shown::Full {
            self.state = State::Writing(ask, ticket, 0);
            return vec![Step::Do(effect)];
        }
        self.state = State::Asked(ask, ticket);
        let question = "Write all values in full? The file is then as sensitive as the archives themselves.".to_owned();
        vec![Step::Push(Opening::Confirm { question, yes: Box::new(effect) })]
    }

    fn news(&mut self, ask: u64, news: &ExportNews) -> Vec<Step> {
        let current = match &self.state {
            State::Writing(known, ticket, _) | State::Asked(known, ticket) if *known == ask => Some(ticket.clone()),
            _ => None,
        };
        match (news, current) {
            (ExportNews::Size { rows, bytes }, _) if ask == self.asks.1 => self.size = Some((*rows, *bytes)),
            (ExportNews::Paths(paths), _) if ask == self.asks.0 => return self.complete(paths),
            (ExportNews::Progress(records), Some(ticket)) => self.state = State::Writing(ask, ticket, *records),
            (ExportNews::Ended(outcome), Some(_)) => {
                self.state = State::Ended(outcome.clone());
                return vec![Step::Say(match outcome {
                    Ok(said) => Said::ok(said.clone()),
                    Err(why) => Said::trouble(why.lines().next().unwrap_or_default()),
                })];
            }
            _ => {}
        }
        Vec::new()
    }

    /// Goes on with the path as far as all names agree.
    fn complete(&mut self, paths: &[String]) -> Vec<Step> {
        let Some(first) = paths.first() else { return vec![Step::Say(Said::note("no name goes on like this"))] };
        let agree = |so_far: usize, path: &String| {
            first.chars().zip(path.chars()).take(so_far).take_while(|(one, other)| one == other).count()
        };
        let length = paths.iter().fold(first.chars().count(), agree);
        let common: String = first.chars().take(length).collect();
        if common.chars().count() > self.to.text().chars().count() {
            self.to = Line::new(common);
        }
        if paths.len() < 2 {
            return Vec::new();
        }
        let names = paths.iter().take(8).map(|path| path.trim_end_matches('/').rsplit('/').next().unwrap_or_default());
        vec![Step::Say(Said::note(names.collect::<Vec<_>>().join("  ")))]
    }

    /// `would write 61 rows, about 48 kB`
    fn says(&self) -> String {
        match (&self.state, self.size) {
            (State::Writing(_, _, records), _) => format!("Writing… {} so far.", count(*records, "record")),
            (State::Ended(Ok(said)), _) => format!("Done: {said}."),
            (State::Ended(Err(why)), _) => format!("Not written: {why}."),
            (_, Some((rows, Some(size)))) => {
                format!("Would write {}, about {}, for you alone (0600).", count(rows, "record"), bytes(size))
            }
            (_, Some((rows, None))) => format!("Would write {}, in one file for you alone (0600).", count(rows, "row")),
            (_, None) if matches!(self.subject(), Subject::Summary) => {
                "Would write one file for you alone (0600).".to_owned()
            }
            (_, None) => "Counting…".to_owned(),
        }
    }

    fn area(cx: &Cx<'_>) -> Rect {
        layout::middle(cx.frame.body, 96, 16)
    }
}

impl Page for Export {
    fn context(&self) -> Context {
        Context::Export
    }

    fn is_typing(&self) -> bool {
        self.typing
    }

    fn panes(&mut self, cx: &Cx<'_>) -> Vec<Pane<'_>> {
        let rows = layout::top(layout::inner(Self::area(cx), true), ROWS as u16);
        vec![Pane { rows, list: &mut self.list, length: ROWS }]
    }

    fn line(&mut self) -> Option<&mut Line> {
        self.typing.then_some(&mut self.to)
    }

    fn typed(&mut self, _: &Cx<'_>) -> Vec<Step> {
        self.typed = true;
        Vec::new()
    }

    fn offers(&self, action: Action, _: &Cx<'_>) -> bool {
        match action {
            Action::Cancel => matches!(self.state, State::Writing(..)),
            Action::Down => false,
            _ => true,
        }
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Option<Vec<Step>> {
        if self.typing {
            match action {
                Action::Open | Action::Back => self.typing = false,
                Action::NextPane => {
                    self.asks.0 = cx.ask();
                    let typed = self.to.text().trim().to_owned();
                    return Some(vec![Step::Do(Effect::CompletePath { ask: self.asks.0, typed })]);
                }
                _ => return None,
            }
            return Some(Vec::new());
        }
        match action {
            Action::Right => Some(self.turn(true, cx)),
            Action::Left => Some(self.turn(false, cx)),
            Action::AddPath => {
                (self.list.cursor, self.typing) = (TO, true);
                Some(Vec::new())
            }
            Action::Open if matches!(self.state, State::Ended(Ok(_))) => Some(vec![Step::Close]),
            Action::Open => Some(self.write(cx)),
            Action::Cancel => {
                if let State::Writing(_, ticket, _) = &self.state {
                    ticket.cancel();
                }
                Some(Vec::new())
            }
            Action::Export => Some(Vec::new()),
            _ => None,
        }
    }

    fn refresh(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        if self.subjects.is_empty() {
            *self = Self::new(None, None, None, &Marks::default());
        }
        self.renew(cx)
    }

    fn receive(&mut self, ask: u64, reply: &Reply, _: &Cx<'_>) -> Vec<Step> {
        match reply {
            Reply::Export(news) => self.news(ask, news),
            _ => Vec::new(),
        }
    }

    fn back(&mut self, _: &Cx<'_>) -> bool {
        // Leaving stops what is being written: nothing goes on unseen.
        if let State::Writing(_, ticket, _) = &self.state {
            ticket.cancel();
        }
        false
    }

    fn value(&self, _: &Cx<'_>) -> Option<String> {
        Some(self.command()).filter(|command| !command.is_empty())
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        self.draw_form(cx, canvas);
    }
}
