//! How the map is drawn.

use super::coast;
use super::grid::{Cluster, HEIGHT, Square, WIDTH};
use super::{LIST, MAP, MapPage};
use crate::tui::canvas::{Canvas, Cell, Mark};
use crate::tui::look::{Role, Strokes};
use crate::tui::model::Cx;
use crate::tui::widgets::empty;
use crate::tui::widgets::heat::Scale;
use crate::tui::words::{count, percent};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::symbols::Marker;
use ratatui::widgets::Widget;
use ratatui::widgets::canvas::Canvas as Painting;

/// Squares below which the coast is told by too few points; thousandths of a degree.
const COAST: i64 = 500;

impl MapPage {
    pub(super) fn draw_map(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        if area.is_empty() {
            return;
        }
        let focused = self.focus == MAP;
        let note = if cx.frame.class >= crate::tui::layout::Class::Two {
            "a number counts the records of its square"
        } else {
            "records by square"
        };
        let inner = canvas.pane(area, cx.frame.boxed, focused, "Where", note);
        if focused {
            canvas.cursor = Some(Position { x: inner.x, y: inner.y });
        }
        if let Some(says) = self.emptiness(cx).or_else(|| hidden(cx)) {
            empty::draw(canvas, inner, &says);
            return;
        }
        let (window, size) = self.window(cx);
        if self.zoom.side() >= COAST {
            self.draw_coast(canvas, window);
        } else {
            self.draw_graticule(canvas, window, size);
        }
        let scale = Scale::of(self.clusters.first().map_or(0, |most| most.records));
        for cluster in &self.clusters {
            if let Some(square) = self.on_screen(cluster.square.north, cluster.square.east, window) {
                self.draw_cluster(canvas, square, cluster, scale);
            }
        }
        self.draw_selected(canvas, window, focused);
    }

    fn emptiness(&self, cx: &Cx<'_>) -> Option<String> {
        let found = self.places.as_ref().map(|places| !places.cells.is_empty());
        let nothing = match (found, cx.only().is_all()) {
            (Some(true), _) => return None,
            (None, _) => "Collecting the places…".to_owned(),
            (Some(false), true) => "No record tells where it was made.".to_owned(),
            (Some(false), false) => {
                let again = cx.keymap.hint("map.clear", "shows those of all records");
                format!("None of these records tells where it was made. {again}")
            }
        };
        Some(empty::why(cx, false, nothing.trim_end()))
    }

    /// Where a square is drawn, if it shows.
    fn on_screen(&self, north: i64, east: i64, window: Rect) -> Option<Rect> {
        let column = u16::try_from(east - self.corner.east).ok()?;
        let row = u16::try_from(north - self.corner.north).ok()?;
        let x = window.x.checked_add(column.checked_mul(WIDTH)?)?;
        let y = window.bottom().checked_sub((row + 1).checked_mul(HEIGHT)?)?;
        let square = Rect { x, y, width: WIDTH, height: HEIGHT };
        (window.intersection(square) == square).then_some(square)
    }

    fn draw_coast(&self, canvas: &mut Canvas<'_>, window: Rect) {
        let corner = self.zoom.area(self.corner);
        let reach = |start: i64, cells: u16, each: u16| {
            let start = start as f64 / 1000.0;
            [start, start + self.zoom.side() as f64 / 1000.0 * f64::from(cells / each)]
        };
        let seen = coast::Window {
            east: reach(corner.east.start, window.width, WIDTH),
            north: reach(corner.north.start, window.height, HEIGHT),
        };
        let plain = canvas.look.strokes == Strokes::Ascii;
        let mut painted = Buffer::empty(Rect { x: 0, y: 0, ..window });
        Painting::default()
            .marker(if plain { Marker::Dot } else { Marker::Braille })
            .x_bounds(seen.east)
            .y_bounds(seen.north)
            .paint(|paper| coast::draw(paper, seen))
            .render(painted.area, &mut painted);
        for y in 0..window.height {
            for x in 0..window.width {
                let symbol = painted.cell((x, y)).map_or(" ", |cell| cell.symbol());
                if symbol != " " && symbol != "\u{2800}" {
                    let symbol = if plain { "." } else { symbol };
                    canvas.put(window.x + x, window.y + y, 1, symbol, Role::Dim);
                }
            }
        }
    }

    /// Without a coast, the corners of the squares and their degrees show how they lie.
    fn draw_graticule(&self, canvas: &mut Canvas<'_>, window: Rect, size: Square) {
        for y in (window.y..window.bottom()).step_by(usize::from(HEIGHT)) {
            for x in (window.x..window.right()).step_by(usize::from(WIDTH)) {
                canvas.put(x, y, 1, "·", Role::Dim);
            }
        }
        let digits = self.zoom.digits();
        let degrees = |thousandths: i64| format!("{:.digits$}", thousandths as f64 / 1000.0);
        let corner = self.zoom.area(self.corner);
        for (row, y) in (1..=size.north).zip((window.y..window.bottom()).step_by(usize::from(HEIGHT)).rev()) {
            let north = corner.north.start + row * self.zoom.side();
            canvas.put(window.x + 2, y, WIDTH * 2, &degrees(north), Role::Dim);
        }
        for (column, x) in (0..size.east).zip((window.x..window.right()).step_by(usize::from(WIDTH))).step_by(2).skip(1)
        {
            let east = corner.east.start + column * self.zoom.side();
            canvas.put(x, window.bottom().saturating_sub(1), WIDTH * 2, &degrees(east), Role::Dim);
        }
    }

    /// The number stands where the middle of the records is, as far as it finds room in its square.
    fn number(&self, square: Rect, cluster: &Cluster) -> (String, Rect) {
        let number = short(cluster.records);
        let width = (number.len() as u16).min(WIDTH - 2);
        let area = self.zoom.area(cluster.square);
        let part = |at: i64, from: i64, cells: u16| {
            ((at - from * 1000).max(0) * i64::from(cells) / (self.zoom.side() * 1000)).min(i64::from(cells) - 1) as u16
        };
        let x = square.x + part(cluster.middle.east, area.east.start, WIDTH);
        let x = x.saturating_sub(width / 2).clamp(square.x + 1, square.right() - 1 - width);
        let y = square.bottom() - 1 - part(cluster.middle.north, area.north.start, HEIGHT);
        (number, Rect { x, y, width, height: 1 })
    }

    fn draw_cluster(&self, canvas: &mut Canvas<'_>, square: Rect, cluster: &Cluster, scale: Scale) {
        let (number, at) = self.number(square, cluster);
        // What is beside the number would run into it.
        canvas.put(at.x - 1, at.y, at.width + 2, &format!(" {number} "), scale.role(cluster.records));
    }

    /// Brackets around the number of the selected square, or in its middle where there is none.
    fn draw_selected(&self, canvas: &mut Canvas<'_>, window: Rect, focused: bool) {
        let Some(square) = self.on_screen(self.at.north, self.at.east, window) else { return };
        let middle = Rect { x: square.x + 1, y: square.y + 1, width: WIDTH - 2, height: 1 };
        let at = self.cluster().map_or(middle, |cluster| self.number(square, cluster).1);
        canvas.put(at.x - 1, at.y, 1, "[", Role::Strong);
        canvas.put(at.right(), at.y, 1, "]", Role::Strong);
        for x in at.left()..at.right() {
            if let Some(cell) = canvas.buffer.cell_mut((x, at.y)) {
                cell.modifier.toggle(Modifier::REVERSED);
            }
        }
        if focused {
            canvas.cursor = Some(Position { x: at.x, y: at.y });
        }
    }

    pub(super) fn draw_list(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        if area.is_empty() {
            return;
        }
        let focused = self.focus == LIST;
        let inner =
            canvas.pane(area, cx.frame.boxed, focused, "Most often", &count(self.clusters.len() as u64, "square"));
        if focused {
            canvas.cursor = Some(Position { x: inner.x, y: inner.y });
        }
        if let Some(says) = self.emptiness(cx) {
            empty::draw(canvas, inner, &says);
        }
        let all = self.places.as_ref().map_or(0, |places| places.records);
        for (row, y) in self.list.visible(inner, self.clusters.len()) {
            let Some(cluster) = self.clusters.get(row) else { continue };
            let share = match percent(cluster.records, all) {
                0 => "under 1%".to_owned(),
                share => format!("{share}%"),
            };
            let wide = inner.width >= 54;
            let cells = [
                Cell::new(format!("near {}", self.place(cluster, cx)), 22),
                Cell::new(count(cluster.records, "record"), inner.width.saturating_sub(2 + 22 + 1).min(18)).right(),
                Cell::new(share, 8).right().role(Role::Dim),
            ];
            let cells = if wide { &cells[..] } else { &cells[..2] };
            let selected = row == self.list.cursor && cluster.square == self.at;
            canvas.row(inner, y, Mark::of(selected, focused), cells);
        }
    }
}

fn hidden(cx: &Cx<'_>) -> Option<String> {
    let shows = cx.keymap.hint("values.hide", "shows them");
    cx.look.hides().then(|| format!("Places are hidden. {shows}"))
}

/// At most four columns.
fn short(records: u64) -> String {
    match records {
        0..=9999 => records.to_string(),
        10_000..=999_999 => format!("{}k", records / 1000),
        1_000_000..=999_999_999 => format!("{}M", records / 1_000_000),
        _ => "999M".to_owned(),
    }
}
