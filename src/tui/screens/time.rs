//! 4 Time: records over the years, down to the hour; how they share out; and the records of a day.

mod draw;
pub mod events;
mod table;

use super::record::Wanted;
use super::search::filters::narrowed;
use super::{Opening, Page, Step, Target};
use crate::report::{Clock, Hours, Moment, Only, civil_of, hour_of};
use crate::tui::canvas::Canvas;
use crate::tui::keys::{Action, Context};
use crate::tui::layout::{self, Class};
use crate::tui::model::{Cx, Effect, Reply};
use crate::tui::narrowed::Heeds;
use crate::tui::widgets::date::{self, Came, DateLine};
use crate::tui::widgets::heat;
use crate::tui::widgets::line::Line;
use crate::tui::widgets::list::{List, Pane};
use crate::tui::widgets::marks::{Marked, Marks};
use crate::tui::words::{count, grouped};
use events::Events;
use jiff::civil::DateTime;
use ratatui::layout::Rect;
use std::sync::Arc;
use table::{By, Sums, Table, Zoom};

const GRID: usize = 0;
const LANES: usize = 1;
const EVENTS: usize = 2;

#[derive(Debug, Default)]
pub struct TimePage {
    focus: usize,
    view: View,
    /// The selected hour; of a longer period any hour in it.
    at: DateTime,
    grid: List,
    lanes: List,
    events: Events,
    /// The date being typed.
    date: DateLine,
    /// Number of the question for the hours, for which state of the index and by which clock.
    asked: Option<(u64, u64, Clock)>,
    hours: Option<Arc<Hours>>,
    /// What is counted in the sums.
    counted: Only,
    marks: Marks,
    sums: Sums,
    table: Table,
}

/// What a person chose to see.
#[derive(Debug, Default)]
struct View {
    zoom: Zoom,
    by: By,
    ink: heat::Ink,
    /// The list holds what has no time.
    untimed: bool,
}

#[derive(Debug, Clone, Copy, Default)]
struct Regions {
    grid: Rect,
    lanes: Rect,
    events: Rect,
}

impl TimePage {
    fn regions(&self, cx: &Cx<'_>) -> Regions {
        let body = cx.frame.body;
        let mut regions = Regions::default();
        match cx.frame.class {
            Class::One => *regions.of(self.focus) = body,
            Class::Two => {
                let (upper, lower) = layout::stack(body, 8);
                regions.grid = upper;
                *regions.of(self.focus.max(LANES)) = lower;
            }
            Class::Wide => {
                let lanes = (self.table.lanes.len() as u16 + 2).clamp(3, body.height / 5 + 1);
                let (upper, events) = layout::stack(body, body.height / 3);
                let (grid, below) = layout::stack(upper, lanes);
                regions = Regions { grid, lanes: below, events };
            }
        }
        regions
    }

    fn has_no_times(&self) -> bool {
        self.hours.as_ref().is_none_or(|hours| hours.lanes.iter().all(|lane| lane.hours.is_empty()))
    }

    /// Puts what is shown in line with what is selected.
    fn arrange(&mut self, cx: &Cx<'_>) {
        let Some(hours) = &self.hours else { return };
        let name = |company: &str| cx.data.name(company).to_owned();
        self.table = Table::of(hours, &self.sums, self.view.zoom, self.view.by, self.at, cx.only(), &name);
        self.grid.cursor = self.table.row;
    }

    /// Goes to the year or month that all screens are narrowed to, and to what is meant, unless it is there.
    fn follow(&mut self, cx: &Cx<'_>) {
        if let Some(period) = cx.only().period.filter(|period| !period.hours().contains(&hour_of(self.at))) {
            self.at = period.first_day().at(0, 0, 0, 0);
            self.view.zoom = if period.month.is_some() { Zoom::Month } else { Zoom::Year };
        }
        if let Some(last) = self.sums.last().filter(|_| self.sums.between(self.view.zoom.span(self.at)) == 0) {
            self.at = civil_of(last);
        }
    }

    /// Sums up anew, for other records, and asks for the records of the period.
    fn recount(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        if let Some(hours) = &self.hours {
            self.sums = Sums::of(hours, cx.only());
        }
        if self.counted != *cx.only() || self.at == DateTime::default() {
            self.follow(cx);
        }
        self.counted = cx.only().clone();
        self.turn(cx)
    }

    /// The period is another one.
    fn turn(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        self.arrange(cx);
        if self.hours.is_none() {
            return Vec::new();
        }
        let (start, end) = self.view.zoom.span(self.at);
        let hour_ms = |hour: i32| i64::from(hour) * 3_600_000;
        let moment = if self.view.untimed { Moment::Untimed } else { Moment::Between(hour_ms(start)..hour_ms(end)) };
        let (clock, only) = (cx.look.clock.clone(), cx.only().clone());
        let ask = self.events.expect(cx);
        vec![Step::Do(Effect::Moment { ask, clock, only, moment })]
    }

    fn go(&mut self, hour: i32, cx: &Cx<'_>) -> Vec<Step> {
        let (first, last) = (
            hour_of(jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0)),
            hour_of(jiff::civil::date(2100, 12, 31).at(23, 0, 0, 0)),
        );
        self.at = civil_of(hour.clamp(first, last));
        self.view.untimed = false;
        self.turn(cx)
    }

    fn shift(&mut self, periods: i64, cx: &Cx<'_>) -> Vec<Step> {
        let to = self.view.zoom.shifted(self.at, periods);
        self.go(hour_of(to), cx)
    }

    fn zoom(&mut self, zoom: Option<Zoom>, cx: &Cx<'_>) -> Vec<Step> {
        let Some(zoom) = zoom else { return Vec::new() };
        self.view.zoom = zoom;
        self.grid = List::default();
        self.turn(cx)
    }

    fn go_to_date(&mut self, came: &Came, cx: &Cx<'_>) -> Vec<Step> {
        let typed = match came {
            Came::Date(typed) => typed,
            Came::NoDate => return vec![Step::Say(date::no_date())],
            Came::Nothing => return Vec::new(),
        };
        self.view.zoom = match typed.parts {
            1 => Zoom::Year,
            2 => Zoom::Month,
            _ => Zoom::Day,
        };
        self.focus = GRID;
        self.go((typed.ms / 3_600_000) as i32, cx)
    }

    /// Enter: from a period to its records, from a lane to it alone, from a record into it.
    fn open(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        match self.focus {
            GRID => {
                self.focus = EVENTS;
                Vec::new()
            }
            LANES => {
                let Some(lane) = self.table.lanes.get(self.lanes.cursor) else { return Vec::new() };
                vec![Step::Narrow(cx.only().turned(&lane.only))]
            }
            _ => self.spot(cx).map(|wanted| Step::Push(Opening::Record(wanted))).into_iter().collect(),
        }
    }

    /// The query for what is selected. It knows days; an hour is searched by its day.
    fn query(&self, cx: &Cx<'_>) -> String {
        let when = match self.view.zoom {
            _ if self.view.untimed => "-has:time".to_owned(),
            Zoom::Year => format!("on:{:04}", self.at.year()),
            Zoom::Month => format!("on:{:04}-{:02}", self.at.year(), self.at.month()),
            Zoom::Day | Zoom::Hour => format!("on:{}", self.at.date()),
        };
        narrowed(&when, &Only::default(), &Only { period: None, ..cx.only().clone() })
    }

    fn search(&self, cx: &Cx<'_>) -> Vec<Step> {
        vec![Step::Open(Target::Query(format!("{} ", self.query(cx)))), Step::Run(Action::SearchAll)]
    }

    fn turn_untimed(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        self.view.untimed = !self.view.untimed;
        self.focus = if self.view.untimed { EVENTS } else { GRID };
        self.turn(cx)
    }

    fn untimed(&self) -> String {
        match self.table.without {
            0 => String::new(),
            1 => " · 1 record has no usable time (u lists it)".to_owned(),
            many => format!(" · {} records have no usable time (u lists them)", grouped(many)),
        }
    }
}

impl Regions {
    fn of(&mut self, pane: usize) -> &mut Rect {
        match pane {
            GRID => &mut self.grid,
            LANES => &mut self.lanes,
            _ => &mut self.events,
        }
    }
}

impl Page for TimePage {
    fn context(&self) -> Context {
        Context::Time
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
        let (regions, boxed) = (self.regions(cx), cx.frame.boxed);
        let lanes = self.table.lanes.len();
        vec![
            Pane { rows: draw::grid_rows(regions.grid, boxed), list: &mut self.grid, length: self.table.rows.len() },
            Pane { rows: layout::inner(regions.lanes, boxed), list: &mut self.lanes, length: lanes },
            self.events.pane(layout::inner(regions.events, boxed)),
        ]
    }

    fn focus(&self) -> usize {
        self.focus
    }

    fn set_focus(&mut self, pane: usize) {
        self.focus = pane;
    }

    fn offers(&self, action: Action, cx: &Cx<'_>) -> bool {
        match action {
            Action::Earlier | Action::Later => !cx.data.is_empty(),
            Action::ZoomIn => self.view.zoom.inner().is_some(),
            Action::ZoomOut => self.view.zoom.outer().is_some(),
            Action::Mark => self.focus == EVENTS && self.events.selected().is_some(),
            Action::Open if self.focus == EVENTS => self.events.selected().is_some(),
            _ => true,
        }
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Option<Vec<Step>> {
        if self.date.is_open() {
            return self.date.act(action).map(|came| self.go_to_date(&came, cx));
        }
        Some(match action {
            Action::Open => self.open(cx),
            Action::Left if self.focus == GRID => self.shift(-1, cx),
            Action::Right if self.focus == GRID => self.shift(1, cx),
            Action::Earlier => self.shift(-1, cx),
            Action::Later => self.shift(1, cx),
            Action::ZoomIn => self.zoom(self.view.zoom.inner(), cx),
            Action::ZoomOut => self.zoom(self.view.zoom.outer(), cx),
            Action::SearchAll => self.search(cx),
            Action::Untimed => self.turn_untimed(cx),
            Action::Numbers => {
                self.view.ink = self.view.ink.other();
                Vec::new()
            }
            Action::View => {
                self.view.by = self.view.by.next();
                self.lanes = List::default();
                self.arrange(cx);
                Vec::new()
            }
            Action::GoToDate => {
                self.date.open();
                Vec::new()
            }
            _ => return None,
        })
    }

    fn moved(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        match self.focus {
            GRID if self.grid.cursor != self.table.row => match self.table.rows.get(self.grid.cursor) {
                Some(row) => self.go(hour_of(self.view.zoom.in_row(self.at, row.number)), cx),
                None => Vec::new(),
            },
            EVENTS => self.events.go_on(cx),
            _ => Vec::new(),
        }
    }

    fn refresh(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        let clock = cx.look.clock.clone();
        let is_known = self.asked.as_ref().is_some_and(|(_, epoch, by)| *epoch == cx.data.epoch && *by == clock);
        if is_known && self.counted != *cx.only() {
            return self.recount(cx);
        }
        if !cx.data.loaded || is_known {
            self.arrange(cx);
            return Vec::new();
        }
        let ask = cx.ask();
        self.asked = Some((ask, cx.data.epoch, clock.clone()));
        vec![Step::Do(Effect::Hours { ask, clock })]
    }

    fn receive(&mut self, ask: u64, reply: &Reply, cx: &Cx<'_>) -> Vec<Step> {
        match reply {
            Reply::Hours(hours) if self.asked.as_ref().is_some_and(|(asked, ..)| *asked == ask) => {
                self.hours = Some(Arc::clone(hours));
                self.recount(cx)
            }
            reply => {
                self.events.receive(ask, reply);
                Vec::new()
            }
        }
    }

    fn back(&mut self, _: &Cx<'_>) -> bool {
        if self.focus != GRID || self.view.untimed {
            self.focus = GRID;
            // Going back leads to `moved`, which asks for the records of the period again.
            if std::mem::take(&mut self.view.untimed) {
                self.table.row = usize::MAX;
            }
            return true;
        }
        false
    }

    fn value(&self, _: &Cx<'_>) -> Option<String> {
        match self.focus {
            EVENTS => self.events.selected().and_then(|view| view.text.clone()),
            _ => Some(format!("{}: {}", self.view.zoom.title(self.at), count(self.table.records, "record"))),
        }
    }

    fn spot(&self, _: &Cx<'_>) -> Option<Wanted> {
        let view = self.events.selected().filter(|_| self.focus == EVENTS)?;
        Some(Wanted::View(Box::new(view.clone())))
    }

    fn records(&self, cx: &Cx<'_>) -> Option<String> {
        self.hours.as_ref().map(|_| self.query(cx))
    }

    fn marks(&mut self) -> Option<&mut Marks> {
        Some(&mut self.marks)
    }

    fn markable(&self, row: usize, _: &Cx<'_>) -> Option<Marked> {
        self.events.markable(row).filter(|_| self.focus == EVENTS)
    }

    fn heeds(&self) -> Heeds {
        Heeds::All
    }

    fn crumb(&self, _: &Cx<'_>) -> String {
        self.view.zoom.crumb(self.at)
    }

    fn settings(&self, cx: &Cx<'_>) -> String {
        let clock = cx.look.clock.words();
        format!("zoom: {}   lanes: {}   times: {clock}", self.view.zoom.word(), self.view.by.word())
    }

    fn fact(&self, _: &Cx<'_>) -> String {
        if self.hours.is_none() { String::new() } else { self.view.zoom.title(self.at) }
    }

    fn status(&self, _: &Cx<'_>) -> String {
        match (&self.hours, self.has_no_times()) {
            (None, _) => "counting the hours".to_owned(),
            (Some(_), true) => format!("no record has a time{}", self.untimed()),
            (Some(_), false) => {
                let title = self.view.zoom.title(self.at);
                format!("{}{title}: {}{}", self.marks.note(), count(self.table.records, "record"), self.untimed())
            }
        }
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let regions = self.regions(cx);
        self.draw_grid(cx, canvas, regions.grid);
        self.draw_lanes(cx, canvas, regions.lanes);
        let title = if self.view.untimed { "No usable time".to_owned() } else { self.view.zoom.title(self.at) };
        self.events.draw(cx, canvas, regions.events, self.focus == EVENTS, (&title, &self.marks));
        self.date.draw(canvas, cx.frame.body);
    }
}
