//! Writes `docs/pictures/`: screens over the samples, as SVG.
//!
//! ```text
//! cargo run --example make_pictures
//! ```

use anyhow::{Context as _, bail};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tellall::index::Store;
use tellall::sheets::Sheets;
use tellall::tui::keys::Key;
use tellall::tui::model::Msg;
use tellall::tui::photo::Images;
use tellall::tui::work::Work;
use tellall::tui::{Look, Model, Options, Settings, update, view};
use tellall::{container, import, sample};

const SIZE: (u16, u16) = (100, 30);
/// Pixels of a cell.
const CELL: (u32, u32) = (9, 19);
/// How long a screen may take to be complete.
const PATIENCE: Duration = Duration::from_secs(60);

/// File, keys, and what shows when the screen is complete.
const PICTURES: [(&str, &str, &[&str]); 4] = [
    ("overview", "1", &["Who holds what", "Facebook"]),
    ("search", "/garden\n", &["garden", "records in", "Narrow"]),
    ("identifiers", "6", &["Identifier", "+44"]),
    ("ads", "7", &["Who told whom", "─told─>"]),
];

fn main() -> anyhow::Result<()> {
    if std::env::args().len() > 1 {
        bail!("nothing can be said to it: `cargo run --example make_pictures` draws docs/pictures/ anew");
    }
    let folder = Path::new("docs/pictures");
    fs::create_dir_all(folder).context("making docs/pictures")?;
    let samples = sample::Folder::new()?;
    for (name, keys, marks) in PICTURES {
        let buffer = screen(samples.path(), keys, marks).with_context(|| format!("drawing {name}"))?;
        fs::write(folder.join(format!("{name}.svg")), svg(&buffer)).context("writing a picture")?;
    }
    Ok(())
}

/// The index of the samples, which goes with the store.
fn store(samples: &Path) -> anyhow::Result<Store> {
    let store = Store::open_ephemeral()?;
    let (options, progress, budget) =
        (import::Options::default(), import::Progress::default(), container::Budget::default());
    import::import(&store, &Sheets::builtin(), &[samples.to_owned()], &options, &progress, &budget)?;
    Ok(store.reload()?)
}

/// A frame after some keys, once all it waits for is there.
fn screen(samples: &Path, keys: &str, marks: &[&str]) -> anyhow::Result<Buffer> {
    let (out, arrived) = crossbeam_channel::unbounded();
    let mut work = Work::start(options(samples)?, out)?;
    let today = Some(jiff::civil::date(2026, 1, 31));
    let mut model = Model::new(Look { today, ..Look::default() }, SIZE);
    work.take(tellall::tui::Effect::Load);
    let mut keys = keys.chars().map(|c| if c == '\n' { Key::Enter } else { Key::Char(c) });
    let mut loaded = false;
    loop {
        let buffer = frame(&model);
        let text: String = buffer.content.iter().map(Cell::symbol).collect();
        loaded |= model.data.loaded && !model.data.ties.completeness.is_empty();
        let waits = text.contains('…') && text.contains("Reading") || text.contains("Searching");
        let next = if loaded { keys.next().map(Msg::Key) } else { None };
        if next.is_none() && loaded && !waits && marks.iter().all(|mark| text.contains(mark)) && arrived.is_empty() {
            // What comes later than the marks, such as counts, comes soon.
            let Ok(msg) = arrived.recv_timeout(Duration::from_millis(500)) else {
                work.stop();
                return Ok(buffer);
            };
            take(&mut model, &mut work, msg);
            continue;
        }
        let msg = match next {
            Some(key) => key,
            None => match arrived.recv_timeout(PATIENCE) {
                Ok(msg) => msg,
                Err(_) => bail!("{marks:?} does not show in\n{text}"),
            },
        };
        take(&mut model, &mut work, msg);
    }
}

fn take(model: &mut Model, work: &mut Work, msg: Msg) {
    for effect in update(model, msg) {
        work.take(effect);
    }
}

fn frame(model: &Model) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
    view(model, &mut buffer);
    buffer
}

fn options(samples: &Path) -> anyhow::Result<Options> {
    Ok(Options {
        store: store(samples)?,
        sheets: Arc::new(Sheets::builtin()),
        import: Vec::new(),
        import_options: import::Options::default(),
        owners: Vec::new(),
        color: true,
        ascii: false,
        reduced_motion: true,
        demo: false,
        hide_values: false,
        images: Images::Halfblocks,
        settings: Settings::default(),
        state: None,
        sample: None,
    })
}

/// Text by runs of one style, over their grounds.
fn svg(buffer: &Buffer) -> String {
    let (width, height) = (u32::from(SIZE.0) * CELL.0, u32::from(SIZE.1) * CELL.1);
    let font = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace";
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-12 -12 {} {}\" font-family=\"{font}\" font-size=\"15\">\n\
         <rect x=\"-12\" y=\"-12\" width=\"{}\" height=\"{}\" rx=\"8\" fill=\"{GROUND}\"/>\n",
        width + 24,
        height + 24,
        width + 24,
        height + 24
    );
    for y in 0..SIZE.1 {
        let mut x = 0;
        while x < SIZE.0 {
            let run = Run::at(buffer, x, y);
            run.write(&mut out, x, y);
            x += run.columns;
        }
    }
    out.push_str("</svg>\n");
    out
}

const GROUND: &str = "#1d1f27";
const INK: &str = "#d7dae4";

/// Cells of a row that look alike.
struct Run {
    text: String,
    columns: u16,
    ink: &'static str,
    ground: Option<&'static str>,
    is_bold: bool,
}

impl Run {
    fn at(buffer: &Buffer, x: u16, y: u16) -> Self {
        let look = |cell: &Cell| (cell.fg, cell.bg, cell.modifier);
        let first = &buffer[(x, y)];
        let mut run = Self::of(first);
        for next in x..SIZE.0 {
            let cell = &buffer[(next, y)];
            if look(cell) != look(first) {
                break;
            }
            // A wide character is followed by a cell without one of its own.
            run.text.push_str(cell.symbol());
            run.columns += 1;
        }
        run
    }

    fn of(cell: &Cell) -> Self {
        let (ink, ground) = (colour(cell.fg), colour(cell.bg));
        let (ink, ground) = if cell.modifier.contains(Modifier::REVERSED) {
            (ground.unwrap_or(GROUND), Some(ink.unwrap_or(INK)))
        } else {
            (ink.unwrap_or(INK), ground)
        };
        Self { text: String::new(), columns: 0, ink, ground, is_bold: cell.modifier.contains(Modifier::BOLD) }
    }

    fn write(&self, out: &mut String, x: u16, y: u16) {
        let (left, top) = (u32::from(x) * CELL.0, u32::from(y) * CELL.1);
        let width = u32::from(self.columns) * CELL.0;
        if let Some(ground) = self.ground {
            let _ = writeln!(
                out,
                "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{}\" fill=\"{ground}\"/>",
                CELL.1
            );
        }
        if self.text.trim().is_empty() {
            return;
        }
        let weight = if self.is_bold { " font-weight=\"bold\"" } else { "" };
        let text = self.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let _ = writeln!(
            out,
            "<text x=\"{left}\" y=\"{}\" fill=\"{}\"{weight} xml:space=\"preserve\" textLength=\"{width}\" \
             lengthAdjust=\"spacingAndGlyphs\">{text}</text>",
            top + 15,
            self.ink
        );
    }
}

/// The sixteen colours as a common dark theme has them.
fn colour(colour: Color) -> Option<&'static str> {
    Some(match colour {
        Color::Black => "#1d1f27",
        Color::Red | Color::LightRed => "#f07178",
        Color::Green | Color::LightGreen => "#a5d47f",
        Color::Yellow | Color::LightYellow => "#f2c56b",
        Color::Blue | Color::LightBlue => "#7aa8f7",
        Color::Magenta | Color::LightMagenta => "#cf9bf0",
        Color::Cyan | Color::LightCyan => "#78d0e8",
        Color::DarkGray => "#8a90a2",
        Color::Gray | Color::White => "#d7dae4",
        _ => return None,
    })
}
