//! The frame around every screen: tabs, where one is, what is selected, the keys. Drawing takes a shared reference and knows
//! neither clock nor disk.

use super::bidi::{self, Bidi};
use super::canvas::Canvas;
use super::keys::{Binding, Chord, Context, Tab};
use super::layout::{self, Class, Frame};
use super::look::{Role, Sample, Strokes, draw_plainly};
use super::model::{Cx, Model, Tone};
use super::narrowed;
use super::photo::Photo;
use super::screens::{Page, Screen, is_offered};
use super::trail::AfterG;
use super::which;
use super::words::{count, percent};
use crate::text;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Draws the model into a buffer and says where the terminal's own cursor goes: on the selected row or in the line being typed.
pub fn view(model: &Model, buffer: &mut Buffer) -> Position {
    buffer.reset();
    let mut canvas = Canvas { buffer, look: &model.look, cursor: None };
    let (width, height) = (canvas.buffer.area.width, canvas.buffer.area.height);
    match layout::frame(width, height).filter(|_| (width, height) == model.size) {
        Some(frame) => draw_all(model, frame, &mut canvas),
        None => too_small(&mut canvas),
    }
    let cursor = canvas.cursor.unwrap_or_default();
    if model.look.strokes == Strokes::Ascii {
        draw_plainly(buffer);
    }
    model.look.ink.fill(buffer);
    debug_assert!(forbidden(buffer).is_none(), "a forbidden character on screen: {:?}", forbidden(buffer));
    if model.look.bidi == Bidi::Isolated {
        bidi::isolate(buffer);
    }
    cursor
}

/// The picture that the terminal is to show over the frame, and where.
pub fn picture(model: &Model) -> Option<(Position, Photo)> {
    model.stack.last()?.screen.page().picture(&model.cx())
}

/// The first character in a frame that must not reach a terminal, if one got through.
pub fn forbidden(buffer: &Buffer) -> Option<char> {
    buffer.content.iter().flat_map(|cell| cell.symbol().chars()).find(|&c| text::is_forbidden(c))
}

fn too_small(canvas: &mut Canvas<'_>) {
    let Rect { width, height, .. } = canvas.buffer.area;
    let says = format!("{width}x{height} is too small: needs {}x{}", layout::LEAST.0, layout::LEAST.1);
    canvas.put(0, 0, width, &says, Role::Text);
}

fn draw_all(model: &Model, frame: Frame, canvas: &mut Canvas<'_>) {
    let cx = model.cx();
    let overlay = model.stack.iter().rposition(|layer| !layer.screen.is_overlay()).unwrap_or(0);
    let Some(below) = model.stack.get(overlay) else { return };
    draw_frame(model, &below.screen, frame, canvas);
    for layer in model.stack.iter().skip(overlay) {
        layer.screen.page().draw(&cx, canvas);
    }
    if model.trail.after_g == AfterG::Told {
        which::draw(&cx, context(model), canvas);
    }
}

fn draw_frame(model: &Model, screen: &Screen, frame: Frame, canvas: &mut Canvas<'_>) {
    let cx = model.cx();
    let page = screen.page();
    draw_tabs(model, screen, frame, canvas);
    if let Some(row) = frame.crumb {
        let (way, chips) = (page.crumb(&cx), narrowed::chips(&cx, page.heeds()));
        let width = text::width(&chips) as u16;
        let chipped = if width == 0 { 0 } else { width + 2 };
        let hidden = if cx.look.hides() { "   values: hidden" } else { "" };
        let settings = page.settings(&cx);
        let free = row.width.saturating_sub(hidden.len() as u16 + 3);
        let settings = beside(&settings, usize::from(free).checked_sub(text::width(&way) + usize::from(chipped)));
        canvas.put_right(row, row.y, &format!("{settings}{hidden} "), Role::Dim);
        let room = free.saturating_sub(text::width(settings) as u16);
        // Where room is short the way gives way: what is left out of the numbers must be seen.
        let crumb = room.saturating_sub(chipped);
        let used = canvas.put(row.x + 1, row.y, crumb, &way, Role::Strong);
        let gap = if used == 0 { 1 } else { used + 3 };
        canvas.put(row.x + gap, row.y, (room + 1).saturating_sub(gap), &chips, Role::Title);
    }
    draw_status(model, page, &cx, frame, canvas);
    if let Some(row) = frame.hints {
        draw_hints(model, row, canvas);
    }
}

/// As many of the settings, from the last, as fit into `room`; all of them if there is none to win.
fn beside(settings: &str, room: Option<usize>) -> &str {
    let mut rest = settings;
    while room.is_some_and(|room| text::width(rest) > room) {
        rest = rest.split_once("   ").map_or("", |(_, later)| later);
    }
    rest
}

/// Each tab with its first column.
fn tabs(model: &Model) -> Vec<(Tab, u16, String)> {
    let current = current_tab(model);
    let wide = model.frame().class == Class::Wide;
    let mut x = if wide { 9 } else { 1 };
    // Names win over the fact at their right, which shows where it fits.
    let named: usize = Tab::ALL.iter().map(|tab| tab.name().len() + 4).sum();
    let whole = usize::from(x) + named <= usize::from(model.size.0);
    let short: usize = Tab::ALL.iter().map(|tab| tab.short().len() + 4).sum();
    let some = usize::from(x) + short <= usize::from(model.size.0);
    let mut out = Vec::new();
    for tab in Tab::ALL {
        let name = match (whole, some, current == Some(tab)) {
            (true, ..) | (_, false, true) => format!("{} {}", tab.digit(), tab.name()),
            (_, true, _) => format!("{} {}", tab.digit(), tab.short()),
            (_, false, false) => tab.digit().to_string(),
        };
        let shown = if current == Some(tab) { format!("[{name}]") } else { format!(" {name} ") };
        let width = text::width(&shown) as u16;
        out.push((tab, x, shown));
        x += width;
    }
    out
}

fn current_tab(model: &Model) -> Option<Tab> {
    let below = model.stack.iter().rev().find(|layer| !layer.screen.is_overlay())?;
    match below.screen {
        Screen::Welcome(_) => Some(Tab::Overview),
        ref screen => screen.tab(),
    }
}

/// The tab at a column of the first row.
pub fn tab_at(model: &Model, x: u16) -> Option<Tab> {
    let under = |(_, start, shown): &&(Tab, u16, String)| (*start..*start + text::width(shown) as u16).contains(&x);
    tabs(model).iter().find(under).map(|(tab, _, _)| *tab)
}

fn draw_tabs(model: &Model, screen: &Screen, frame: Frame, canvas: &mut Canvas<'_>) {
    let row = frame.tabs;
    if frame.class == Class::Wide {
        canvas.put(row.x + 1, row.y, 7, "tellall", Role::Title);
    }
    let mut end = 0;
    for (tab, x, shown) in tabs(model) {
        let role = if current_tab(model) == Some(tab) { Role::Title } else { Role::Text };
        end = x + canvas.put(x, row.y, row.width.saturating_sub(x), &shown, role);
    }
    let cx = model.cx();
    let made_up = if model.look.sample == Sample::Loaded { "made-up data" } else { "" };
    let fact = screen.page().fact(&cx);
    let room = Rect { x: end + 1, width: row.right().saturating_sub(end + 2), ..row };
    let whole = [made_up, fact.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    // A fact in pieces says nothing; that data are made up is always said.
    let shown = if text::width(&whole) <= usize::from(room.width) { whole.as_str() } else { made_up };
    canvas.put_right(room, row.y, shown, Role::Dim);
}

fn draw_status(model: &Model, page: &dyn Page, cx: &Cx<'_>, frame: Frame, canvas: &mut Canvas<'_>) {
    let row = frame.status;
    let right = match (&importing(model), frame.hints) {
        (Some(import), _) => import.clone(),
        (None, Some(_)) => "local only".to_owned(),
        (None, None) => model.keymap.hint("help", "help"),
    };
    canvas.put_right(Rect { width: row.width - 1, ..row }, row.y, &right, Role::Dim);
    let room = row.width.saturating_sub(text::width(&right) as u16 + 3);
    match &model.said {
        None => canvas.put(row.x + 1, row.y, room, &page.status(cx), Role::Text),
        Some(said) => {
            let (mark, role) = match said.tone {
                Tone::Ok => ("ok", Role::Good),
                Tone::Note => ("i", Role::Strong),
                Tone::Trouble => ("!", Role::Problem),
            };
            let used = canvas.put(row.x + 1, row.y, room, mark, role);
            canvas.put(row.x + 2 + used, row.y, room.saturating_sub(used + 1), &said.text, Role::Text)
        }
    };
}

/// `importing 43%`
fn importing(model: &Model) -> Option<String> {
    let sum = |part: fn(&crate::import::ExportProgress) -> u64| model.work.lines.iter().map(part).sum::<u64>();
    let (done, total) = (sum(|line| line.done), sum(|line| line.total));
    model.work.running.then(|| format!("importing {}%", percent(done, total)))
}

/// The keys of the footer, each with what it does: those that do something here and now.
pub fn footer(model: &Model) -> Vec<(Chord, &'static Binding)> {
    let Some(layer) = model.stack.last() else { return Vec::new() };
    let (page, cx) = (layer.screen.page(), model.cx());
    let mut hints = model.keymap.hints(page.key_context(), model.look.sample);
    let is_typing = page.is_typing();
    hints.retain(
        |(_, binding)| if is_typing { page.offers(binding.action, &cx) } else { is_offered(page, binding.action, &cx) },
    );
    hints
}

fn draw_hints(model: &Model, row: Rect, canvas: &mut Canvas<'_>) {
    let hints = footer(model);
    let spelled = |key: &Chord| model.look.keys(&key.to_string());
    let help = hints.iter().find(|(_, binding)| binding.hint == "help");
    let help = help.map(|(key, binding)| format!("{} {} ", spelled(key), binding.hint)).unwrap_or_default();
    canvas.put_right(row, row.y, &help, Role::Dim);
    let right = row.right().saturating_sub(text::width(&help) as u16);
    let mut x = row.x + 1;
    for (key, binding) in hints.iter().filter(|(_, binding)| binding.hint != "help") {
        let key = spelled(key);
        let width = (text::width(&key) + text::width(binding.hint) + 3) as u16;
        if x + width > right {
            break;
        }
        x += canvas.put(x, row.y, width, &key, Role::Strong) + 1;
        x += canvas.put(x, row.y, width, binding.hint, Role::Dim) + 2;
    }
}

/// The context of the keys: that of typing, if a line has them.
fn context(model: &Model) -> Context {
    let Some(layer) = model.stack.last() else { return Context::Global };
    layer.screen.page().key_context()
}

/// `3 companies`, or what else is to be said of the index as a whole.
pub fn index_fact(cx: &Cx<'_>) -> String {
    match (cx.data.loaded, cx.data.companies.len() as u64) {
        (false, _) => "opening the index".to_owned(),
        (true, 0) => "empty index".to_owned(),
        (true, companies) => count(companies, "company"),
    }
}
