//! Photo: one picture of the archive, as large as the screen. It is read and decoded by a worker and never unpacked to disk.

use super::{Opening, Page, Step};
use crate::tui::canvas::Canvas;
use crate::tui::keys::{Action, Context};
use crate::tui::layout;
use crate::tui::look::{Ink, Role, Strokes};
use crate::tui::model::{Cx, Effect, Reply, Said};
use crate::tui::photo::{Drawn, Images, Photo, Pixels, Room, Wanted};
use crate::tui::widgets::list::Pane;
use crate::tui::words::bytes;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Style};

#[derive(Debug, Clone)]
pub struct PhotoPage {
    wanted: Wanted,
    /// The last question, and the room it was asked for.
    asked: Option<(u64, Room)>,
    state: State,
}

#[derive(Debug, Clone)]
enum State {
    Waiting,
    Here(Photo),
    Absent(String),
}

/// Shows a photo, or says why not.
pub fn step(wanted: Option<Wanted>, images: Images) -> Step {
    match (wanted, images) {
        (_, Images::Off(why)) => Step::Say(Said::note(why)),
        (None, _) => Step::Say(Said::note("no photo belongs to what is selected")),
        (Some(wanted), _) => {
            Step::Push(Opening::Photo(Box::new(PhotoPage { wanted, asked: None, state: State::Waiting })))
        }
    }
}

impl PhotoPage {
    /// Below a line about the photo.
    fn area(cx: &Cx<'_>) -> Rect {
        layout::below(layout::inner(cx.frame.body, cx.frame.boxed), 1)
    }

    fn room(cx: &Cx<'_>) -> Room {
        let area = Self::area(cx);
        // Who wants no colour or no signs gets shades, whatever the terminal can do.
        let plain = cx.look.ink == Ink::Mono || cx.look.strokes == Strokes::Ascii;
        let images = if plain { Images::Halfblocks } else { cx.look.images };
        Room { columns: area.width, rows: area.height, images, cell: cx.look.cell }
    }

    fn place(&self) -> &str {
        match &self.state {
            State::Here(photo) => &photo.entry,
            _ => &self.wanted.near,
        }
    }
}

impl Page for PhotoPage {
    fn context(&self) -> Context {
        Context::Photo
    }

    fn panes(&mut self, _: &Cx<'_>) -> Vec<Pane<'_>> {
        Vec::new()
    }

    fn offers(&self, action: Action, _: &Cx<'_>) -> bool {
        action != Action::Open
    }

    fn act(&mut self, action: Action, _: &Cx<'_>) -> Option<Vec<Step>> {
        match action {
            Action::Photo => Some(vec![Step::Close]),
            Action::Left => Some(vec![Step::Run(Action::Back)]),
            Action::Open => Some(Vec::new()),
            _ => None,
        }
    }

    fn refresh(&mut self, cx: &Cx<'_>) -> Vec<Step> {
        let room = Self::room(cx);
        if self.asked.is_some_and(|(_, asked)| asked == room) {
            return Vec::new();
        }
        let ask = cx.ask();
        (self.asked, self.state) = (Some((ask, room)), State::Waiting);
        vec![Step::Do(Effect::Photo { ask, wanted: Box::new(self.wanted.clone()), room })]
    }

    fn receive(&mut self, ask: u64, reply: &Reply, _: &Cx<'_>) -> Vec<Step> {
        if let (true, Reply::Photo(photo)) = (self.asked.is_some_and(|(asked, _)| asked == ask), reply) {
            self.state = match photo {
                Ok(photo) => State::Here(photo.clone()),
                Err(why) => State::Absent(why.clone()),
            };
        }
        Vec::new()
    }

    fn value(&self, _: &Cx<'_>) -> Option<String> {
        Some(self.place().to_owned())
    }

    fn picture(&self, cx: &Cx<'_>) -> Option<(Position, Photo)> {
        let State::Here(photo) = &self.state else { return None };
        let Drawn::Escapes { columns, rows, .. } = &photo.drawn else { return None };
        let at = middle(Self::area(cx), *columns, *rows);
        (!cx.look.hides()).then(|| (Position { x: at.x, y: at.y }, photo.clone()))
    }

    fn crumb(&self, _: &Cx<'_>) -> String {
        "Photo".to_owned()
    }

    fn status(&self, cx: &Cx<'_>) -> String {
        format!("{} › {}", cx.look.export(&self.wanted.export), cx.look.name(self.place()))
    }

    fn draw(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let inner = canvas.pane(cx.frame.body, cx.frame.boxed, true, "Photo", "p close");
        canvas.cursor = Some(Position { x: inner.x, y: inner.y });
        let says = match &self.state {
            State::Waiting => "Reading the archive…".to_owned(),
            State::Absent(why) => format!("Not shown: {why}."),
            State::Here(_) if cx.look.hides() => "Values are hidden, photos too.".to_owned(),
            State::Here(photo) => {
                let (width, height) = photo.size;
                let name = photo.entry.rsplit('/').next().unwrap_or_default();
                format!("{name}, {width}×{height}, {}", bytes(photo.bytes))
            }
        };
        canvas.put(inner.x + 1, inner.y, inner.width.saturating_sub(1), &says, Role::Text);
        if let (State::Here(photo), false) = (&self.state, cx.look.hides())
            && let Drawn::Pixels(pixels) = &photo.drawn
        {
            draw_pixels(canvas, Self::area(cx), pixels);
        }
    }
}

fn middle(area: Rect, columns: u16, rows: u16) -> Rect {
    let (width, height) = (columns.min(area.width), rows.min(area.height));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// Two pixels a cell.
fn draw_pixels(canvas: &mut Canvas<'_>, area: Rect, pixels: &Pixels) {
    let place = middle(area, pixels.width as u16, pixels.height.div_ceil(2) as u16);
    let plain = canvas.look.ink == Ink::Mono || canvas.look.strokes == Strokes::Ascii;
    for y in 0..place.height {
        for x in 0..place.width {
            let pixel = |down| pixels.at(u32::from(x), u32::from(y) * 2 + down);
            let (upper, lower) = (pixel(0), pixel(1));
            let (sign, style) = if plain {
                (shade(upper, lower, canvas.look.strokes), Style::new())
            } else {
                let [fg, bg] = [upper, lower].map(|[red, green, blue]| Color::Rgb(red, green, blue));
                ("▀", Style::new().fg(fg).bg(bg))
            };
            canvas.put_styled(place.x + x, place.y + y, 1, sign, style);
        }
    }
}

/// How bright two pixels are, as a sign.
fn shade(upper: [u8; 3], lower: [u8; 3], strokes: Strokes) -> &'static str {
    let signs: &[&str] = match strokes {
        Strokes::Unicode => &[" ", "░", "▒", "▓", "█"],
        Strokes::Ascii => &[" ", ".", ":", "-", "=", "+", "*", "#", "%", "@"],
    };
    let bright = |[red, green, blue]: [u8; 3]| u32::from(red) * 3 + u32::from(green) * 6 + u32::from(blue);
    let at = (bright(upper) + bright(lower)) as usize * signs.len() / (2 * 10 * 256);
    signs.get(at).copied().unwrap_or(" ")
}
