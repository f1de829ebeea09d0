//! Map (`m` in Time): where records were made. A number counts the records of a square; Enter lists them.

mod coast;
mod draw;
mod grid;

use super::record::Wanted;
use super::time::events::Events;
use super::{Opening, Page, Step};
use crate::report::{Only, Places};
use crate::tui::canvas::Canvas;
use crate::tui::keys::{Action, Context};
use crate::tui::layout::{self, Class};
use crate::tui::model::{Cx, Effect, Reply};
use crate::tui::narrowed::Heeds;
use crate::tui::widgets::list::{List, Pane};
use crate::tui::widgets::marks::{Marked, Marks};
use crate::tui::words::{count, grouped};
use grid::{Cluster, HEIGHT, Square, WIDTH, Zoom, degrees};
use ratatui::layout::Rect;
use std::sync::Arc;

const MAP: usize = 0;
const LIST: usize = 1;
const RECORDS: usize = 2;

#[derive(Debug, Default)]
pub struct MapPage {
    focus: usize,
    /// The squares as text stand in place of the map.
    text: bool,
    marks: Marks,
    zoom: Zoom,
    /// The selected square, and the south-western one that shows.
    at: Square,
    corner: Square,
    /// Has no rows: the map moves by squares.
    still: List,
    list: List,
    records: Events,
    /// Number of the question for the places, for which state of the index, and for which records.
    asked: Option<(u64, u64, Only)>,
    places: Option<Arc<Places>>,
    /// Squares with records at this zoom, most first.
    clusters: Vec<Cluster>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Regions {
    map: Rect,
    list: Rect,
    records: Rect,
}

impl MapPage {
    fn regions(&self, cx: &Cx<'_>) -> Regions {
        let body = cx.frame.body;
        let mut regions = Regions::default();
        let (upper, lower) = match cx.frame.class {
            Class::One if self.focus == RECORDS => (Rect::default(), body),
            Class::One => (body, Rect::default()),
            // The list is the whole screen until it is opened.
            _ if self.text && self.focus != RECORDS => (body, Rect::default()),
            Class::Two | Class::Wide => layout::stack(body, (body.height / 4).max(6)),
        };
        *(if self.text { &mut regions.list } else { &mut regions.map }) = upper;
        *(if self.focus == RECORDS || self.text { &mut regions.records } else { &mut regions.list }) = lower;
        // One pane at a time: the list is asked for with its own key, or by going to it.
        if cx.frame.class == Class::One && self.focus == LIST {
            regions = Regions { list: body, ..Regions::default() };
        }
        regions
    }

    /// Where squares are drawn, and how many find room.
    fn window(&self, cx: &Cx<'_>) -> (Rect, Square) {
        let inner = layout::inner(self.regions(cx).map, cx.frame.boxed);
        let size = Square { north: i64::from(inner.height / HEIGHT), east: i64::from(inner.width / WIDTH) };
        let area = Rect { width: inner.width / WIDTH * WIDTH, height: inner.height / HEIGHT * HEIGHT, ..inner };
        (area, Square { north: size.north.max(1), east: size.east.max(1) })
    }

    fn cluster(&self) -> Option<&Cluster> {
        self.clusters.iter().find(|cluster| cluster.square == self.at)
    }

    /// Puts the window and the list in line with the selected square.
    fn arrange(&mut self, cx: &Cx<'_>) {
        let (_, size) = self.window(cx);
        self.at = self.zoom.kept(self.at);
        self.corner = self.zoom.window(self.corner, self.at, size);
        if let Some(row) = self.clusters.iter().position(|cluster| cluster.square == self.at) {
            self.list.cursor = row;
        }
    }

    /// Goes to the square with the most records.
    fn begin(&mut self, cx: &Cx<'_>) {
        let Some(places) = &self.places else { return };
        let columns = layout::inner(cx.frame.body, cx.frame.boxed).width;
        self.zoom = Zoom::of_world(columns);
        self.clusters = self.zoom.clusters(places);
        self.at = self.clusters.first().map(|cluster| cluster.square).unwrap_or_default();
        self.arrange(cx);
    }

    fn zoom(&mut self, zoom: Option<Zoom>, cx: &Cx<'_>) {
        let (Some(zoom), Some(places)) = (zoom, &self.places) else { return };
        let middle = self.cluster().map_or_else(|| self.zoom.middle(self.at), |cluster| cluster.middle);
        let (wider, before) = (std::mem::replace(&mut self.zoom, zoom), self.at);
        self.clusters = zoom.clusters(places);
        // The middle of records far apart may lie where there is none: zooming in leads to the most of them.
        let most = self.clusters.iter().find(|cluster| wider.holds(before, cluster.middle));
        let closer = zoom > wider;
        self.at = most.filter(|_| closer).map_or_else(|| zoom.square(middle), |cluster| cluster.square);
        let (_, size) = self.window(cx);
        self.corner = Square { north: self.at.north - size.north / 2, east: self.at.east - size.east / 2 };
        self.left_records();
        self.arrange(cx);
    }

    fn shift(&mut self, north: i64, east: i64, cx: &Cx<'_>) {
        self.at = self.zoom.kept(Square { north: self.at.north + north, east: self.at.east + east });
        self.left_records();
        self.arrange(cx);
    }

    /// The square before or after in the list of squares.
    fn turn(&mut self, by: isize, cx: &Cx<'_>) {
        let known = self.cluster().is_some();
        let row = if known { self.list.cursor.saturating_add_signed(by) } else { self.list.cursor };
        if let Some(cluster) = self.clusters.get(row.min(self.clusters.len().saturating_sub(1))) {
            self.at = cluster.square;
        }
        self.left_records();
        self.arrange(cx);
    }

    /// The list of records is of another square: it goes.
    fn left_records(&mut self) {
        self.records = Events::default();
        if self.focus == RECORDS {
            self.focus = self.home();
        }
    }

    fn home(&self) -> usize {
        if self.text { LIST } else { MAP }
    }

    fn open(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        if self.focus == RECORDS {
            return self.spot(cx).map(|wanted| Step::Push(Opening::Record(wanted))).into_iter().collect();
        }
        if self.cluster().is_none() {
            return Vec::new();
        }
        self.focus = RECORDS;
        let ask = self.records.expect(cx);
        vec![Step::Do(Effect::InArea { ask, only: cx.only().clone(), area: self.zoom.area(self.at) })]
    }

    fn ask(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        let ask = cx.ask();
        self.asked = Some((ask, cx.data.epoch, cx.only().clone()));
        vec![Step::Do(Effect::Places { ask, only: cx.only().clone() })]
    }

    /// The place of a cluster, if it may be shown.
    fn place(&self, cluster: &Cluster, cx: &Cx<'_>) -> String {
        if cx.look.hides() { "••••".to_owned() } else { degrees(cluster.middle, self.zoom.digits()) }
    }

    /// Moves on the map; false if the action is no such movement.
    fn steer(&mut self, action: Action, cx: &Cx<'_>) -> bool {
        let half = (self.window(cx).1.north / 2).max(1);
        let (north, east) = match action {
            Action::Up => (1, 0),
            Action::Down => (-1, 0),
            Action::Left => (0, -1),
            Action::Right => (0, 1),
            Action::HalfUp => (half, 0),
            Action::HalfDown => (-half, 0),
            _ => return false,
        };
        self.shift(north, east, cx);
        true
    }
}

impl Page for MapPage {
    fn context(&self) -> Context {
        Context::Map
    }

    fn panes(&mut self, cx: &Cx<'_>) -> Vec<Pane<'_>> {
        let (regions, boxed) = (self.regions(cx), cx.frame.boxed);
        let length = self.clusters.len();
        vec![
            Pane { rows: layout::inner(regions.map, boxed), list: &mut self.still, length: 0 },
            Pane { rows: layout::inner(regions.list, boxed), list: &mut self.list, length },
            self.records.pane(layout::inner(regions.records, boxed)),
        ]
    }

    fn focus(&self) -> usize {
        self.focus
    }

    fn set_focus(&mut self, pane: usize) {
        self.focus = if pane == MAP { self.home() } else { pane };
    }

    fn offers(&self, action: Action, _: &Cx<'_>) -> bool {
        match action {
            _ if self.clusters.is_empty() => {
                !matches!(action, Action::ZoomIn | Action::ZoomOut | Action::Earlier | Action::Later | Action::Open)
                    && !matches!(action, Action::Numbers | Action::NextPane | Action::Mark)
            }
            Action::ZoomIn => self.places.as_ref().is_some_and(|places| self.zoom.closer(places).is_some()),
            Action::ZoomOut => self.zoom.farther().is_some(),
            // Off the squares with records, both lead back to the last of them.
            Action::Earlier => self.cluster().is_none_or(|_| self.list.cursor > 0),
            Action::Later => self.cluster().is_none_or(|_| self.list.cursor + 1 < self.clusters.len()),
            Action::Mark => self.focus == RECORDS && self.records.selected().is_some(),
            Action::Open if self.focus == RECORDS => self.records.selected().is_some(),
            Action::Open => self.cluster().is_some(),
            _ => true,
        }
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Option<Vec<Step>> {
        if self.focus == MAP && self.steer(action, cx) {
            return Some(Vec::new());
        }
        match action {
            Action::Open => return Some(self.open(cx)),
            Action::ZoomIn => {
                let closer = self.places.as_ref().and_then(|places| self.zoom.closer(places));
                self.zoom(closer, cx);
            }
            Action::ZoomOut => self.zoom(self.zoom.farther(), cx),
            Action::Earlier => self.turn(-1, cx),
            Action::Later => self.turn(1, cx),
            Action::Numbers => {
                self.text = !self.text;
                self.focus = self.home();
                self.arrange(cx);
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    fn moved(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        match self.focus {
            LIST => {
                if let Some(cluster) = self.clusters.get(self.list.cursor).filter(|one| one.square != self.at) {
                    self.at = cluster.square;
                    self.left_records();
                    self.arrange(cx);
                }
                Vec::new()
            }
            RECORDS => self.records.go_on(cx),
            _ => Vec::new(),
        }
    }

    fn refresh(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        let is_known = self.asked.as_ref().is_some_and(|(_, epoch, only)| *epoch == cx.data.epoch && only == cx.only());
        if !cx.data.loaded || is_known {
            self.arrange(cx);
            return Vec::new();
        }
        self.ask(cx)
    }

    fn receive(&mut self, ask: u64, reply: &Reply, cx: &Cx<'_>) -> Vec<Step> {
        match reply {
            Reply::Places(places) if self.asked.as_ref().is_some_and(|(asked, ..)| *asked == ask) => {
                let first = self.places.is_none() || self.clusters.is_empty();
                self.places = Some(Arc::clone(places));
                self.clusters = self.zoom.clusters(places);
                // Hits are numbers in a state of the index that is gone.
                self.left_records();
                if first { self.begin(cx) } else { self.arrange(cx) }
            }
            reply => self.records.receive(ask, reply),
        }
        Vec::new()
    }

    fn back(&mut self, _: &Cx<'_>) -> bool {
        let inner = self.focus != self.home();
        self.focus = self.home();
        inner
    }

    fn value(&self, cx: &Cx<'_>) -> Option<String> {
        match self.focus {
            RECORDS => self.records.selected().and_then(|view| view.text.clone()),
            _ => self.cluster().map(|cluster| self.place(cluster, cx)),
        }
    }

    fn spot(&self, _: &Cx<'_>) -> Option<Wanted> {
        let view = self.records.selected().filter(|_| self.focus == RECORDS)?;
        Some(Wanted::View(Box::new(view.clone())))
    }

    fn crumb(&self, _: &Cx<'_>) -> String {
        "Map".to_owned()
    }

    fn marks(&mut self) -> Option<&mut Marks> {
        Some(&mut self.marks)
    }

    fn markable(&self, row: usize, _: &Cx<'_>) -> Option<Marked> {
        self.records.markable(row).filter(|_| self.focus == RECORDS)
    }

    fn heeds(&self) -> Heeds {
        Heeds::All
    }

    fn settings(&self, _: &Cx<'_>) -> String {
        format!("squares {} high", self.zoom.words())
    }

    fn fact(&self, _: &Cx<'_>) -> String {
        self.places.as_ref().map_or_else(String::new, |places| match places.records {
            1 => "1 record tells where".to_owned(),
            many => format!("{} records tell where", grouped(many)),
        })
    }

    fn status(&self, cx: &Cx<'_>) -> String {
        match (&self.places, self.cluster()) {
            (None, _) => "collecting the places".to_owned(),
            (Some(_), Some(cluster)) => {
                format!("near {}: {}", self.place(cluster, cx), count(cluster.records, "record"))
            }
            (Some(_), None) if self.clusters.is_empty() => "no record tells where".to_owned(),
            (Some(_), None) => "no record in this square; [ goes to the last one that has".to_owned(),
        }
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let regions = self.regions(cx);
        self.draw_map(cx, canvas, regions.map);
        self.draw_list(cx, canvas, regions.list);
        let title = self.cluster().map_or_else(|| "Records".to_owned(), |one| format!("Near {}", self.place(one, cx)));
        self.records.draw(cx, canvas, regions.records, self.focus == RECORDS, (&title, &self.marks));
    }
}
