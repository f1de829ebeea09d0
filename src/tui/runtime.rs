//! The only place that owns the terminal, the threads and the time.

mod signals;
mod terminal;

use crate::container::Limits;
use crate::import;
use crate::index::Store;
use crate::report::Clock;
use crate::sheets::Sheets;
use crate::tui::bidi::Bidi;
use crate::tui::keys::Keymap;
use crate::tui::look::{Colours, History, Ink, Look, Motion, Mouse, Sample, Shown, Strokes};
use crate::tui::model::{Effect, Model, Msg, Said};
use crate::tui::photo::{Drawn, Images, Photo};
use crate::tui::trail::AfterG;
use crate::tui::work::{self, Work};
use crate::tui::{draw, update, view, words};
use anyhow::{Context, bail};
use crossbeam_channel::{Receiver, RecvTimeoutError, unbounded};
use jiff::tz::TimeZone;
use ratatui::layout::Position;
use signals::{Happening, Heard};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use terminal::Screen;

/// Makes the index of made-up data, in a temporary place that goes when the store is dropped.
pub type MakeSample = dyn FnOnce() -> anyhow::Result<Store> + Send;

/// Messages taken in before the next frame, so that a flood of input cannot starve the screen.
const MESSAGES_A_FRAME: usize = 4096;
/// How long a person may think about the second key before help comes.
const HESITATION: Duration = Duration::from_millis(400);
/// Bytes that a terminal is asked to copy.
const CLIPBOARD: usize = 64 << 10;

/// Columns and rows of the terminal; `None` if there is none.
pub fn size() -> Option<(u16, u16)> {
    terminal::told()
}

/// How this person wants the screens.
#[derive(Debug)]
pub struct Settings {
    pub theme: Ink,
    pub mouse: Mouse,
    pub keymap: Keymap,
    /// What is wrong with the settings, to be said first; the command line names the lines.
    pub mistakes: Vec<String>,
    /// Ring the terminal's bell when an import ends.
    pub bell: bool,
    /// Look for archives, by their names, in the download folders.
    pub scan_downloads: bool,
    /// Remember searches.
    pub history: bool,
    /// How right-to-left text is written.
    pub bidi: Bidi,
    /// What an import may unpack.
    pub limits: Limits,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Ink::default(),
            mouse: Mouse::default(),
            keymap: Keymap::default(),
            mistakes: Vec::new(),
            bell: false,
            scan_downloads: true,
            history: true,
            bidi: Bidi::default(),
            limits: Limits::default(),
        }
    }
}

/// What a run of the screens needs.
#[expect(clippy::struct_excessive_bools, reason = "each is one option of the command line")]
pub struct Options {
    pub store: Store,
    pub sheets: Arc<Sheets>,
    /// Imported at the start, while the screens are usable.
    pub import: Vec<PathBuf>,
    pub import_options: import::Options,
    /// Values that are the person's own.
    pub owners: Vec<String>,
    /// False: bold, reverse and underline only.
    pub color: bool,
    pub settings: Settings,
    pub ascii: bool,
    pub reduced_motion: bool,
    /// The index holds made-up data: say so on every screen.
    pub demo: bool,
    pub hide_values: bool,
    /// How photos are shown.
    pub images: Images,
    /// Where searches are remembered; `None`: only for this run.
    pub state: Option<PathBuf>,
    /// Makes made-up data for `d` on the Welcome screen; without it the key is not offered.
    pub sample: Option<Box<MakeSample>>,
}

impl Options {
    fn look(&self) -> Look {
        let sample = match (self.demo, &self.sample) {
            (true, _) => Sample::Loaded,
            (false, Some(_)) => Sample::Offered,
            (false, None) => Sample::None,
        };
        Look {
            ink: if self.color { self.settings.theme } else { Ink::Mono },
            colours: if self.color { Colours::Allowed } else { Colours::Refused },
            mouse: self.settings.mouse,
            strokes: if self.ascii { Strokes::Ascii } else { Strokes::Unicode },
            values: if self.hide_values { Shown::Hidden } else { Shown::Clear },
            motion: if self.reduced_motion { Motion::Reduced } else { Motion::Full },
            sample,
            today: Some(jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()),
            clock: Clock::Written,
            zone: zone(),
            images: self.images,
            cell: terminal::cell(),
            bidi: self.settings.bidi,
            history: if self.settings.history { History::Kept } else { History::Off },
        }
    }
}

/// The zone of this machine, looked up once.
fn zone() -> Option<TimeZone> {
    TimeZone::try_system().ok().filter(|zone| !zone.is_unknown())
}

/// How the screens ended.
#[derive(Debug)]
#[must_use = "a signal is obeyed by `settle`"]
pub enum End {
    Quit,
    /// The terminal is restored already; the process is to die of it, as the shell expects.
    Signal(i32),
}

impl End {
    /// Ends the process as the signal would have, if it was one. Nothing is dropped any more after that: whatever must not be
    /// left behind has to be gone before.
    pub fn settle(self) -> anyhow::Result<()> {
        match self {
            Self::Quit => Ok(()),
            Self::Signal(signal) => signals::die_of(signal),
        }
    }
}

/// Shows the screens until the person quits. The terminal is as before afterwards, whatever happens.
pub fn run(mut options: Options) -> anyhow::Result<End> {
    if !terminal::is_usable() {
        bail!(
            "the screens need a terminal on standard input and output\nuse `tellall search WORDS` or another command here"
        );
    }
    let (happenings, happened) = unbounded();
    let heard = Heard::default();
    signals::watch(&happenings, &heard)?;
    let (messages, arrived) = unbounded();
    let (look, import) = (options.look(), options.import.clone());
    let Settings { keymap, mut mistakes, bell, scan_downloads, limits, .. } = std::mem::take(&mut options.settings);
    let searches = options.state.as_deref().map(work::searches_kept).transpose();
    let searches = searches.unwrap_or_else(|error| {
        mistakes.push(format!("{error:#}"));
        None
    });
    (options.settings.scan_downloads, options.settings.limits) = (scan_downloads, limits);
    let work = Work::start(options, messages)?;
    let mut screen = Screen::enter(look.mouse).context("setting up the terminal")?;
    signals::read_input(&happenings)?;
    let mut model = Model { keymap, ..Model::new(look, screen.size()) };
    model.trail.searches = searches.unwrap_or_default();
    let (polled, started) = (Instant::now(), Instant::now());
    let mut run = Run { model, screen, work, polled, started, bell, picture: None, heard, end: None };
    run.begin(import)?;
    for mistake in mistakes.into_iter().rev() {
        run.take(Msg::Said(Said::trouble(mistake)))?;
    }
    run.draw()?;
    let end = run.turn(&happened, &arrived);
    let Run { screen, work, .. } = run;
    // The person has the terminal back before the workers are waited for.
    drop(screen);
    work.stop();
    end
}

/// A bug at the first key, for the test of how one ends. Release builds know nothing of it.
fn panic_if_asked(msg: &Msg) {
    let asked = || std::env::var_os("TELLALL_DEBUG_PANIC").is_some();
    assert!(!(cfg!(debug_assertions) && matches!(msg, Msg::Key(_)) && asked()), "a bug that was asked for");
}

struct Run {
    model: Model,
    screen: Screen,
    work: Work,
    /// When the import was last looked at.
    polled: Instant,
    started: Instant,
    bell: bool,
    /// The picture the terminal shows over the frame.
    picture: Option<(Position, Photo)>,
    heard: Heard,
    end: Option<End>,
}

impl Run {
    fn begin(&mut self, import: Vec<PathBuf>) -> anyhow::Result<()> {
        if !import.is_empty() {
            self.model.work.add(import.clone());
            self.work.take(Effect::Import(import));
        }
        self.perform(vec![Effect::Load])
    }

    /// Takes in what happens and draws, until the end.
    fn turn(&mut self, happened: &Receiver<Happening>, arrived: &Receiver<Msg>) -> anyhow::Result<End> {
        loop {
            self.wait(happened, arrived)?;
            for _ in 0..MESSAGES_A_FRAME {
                let Ok(msg) = arrived.try_recv() else { break };
                self.take(msg)?;
            }
            self.poll_import()?;
            if let Some(end) = self.end.take() {
                return Ok(end);
            }
            self.draw()?;
        }
    }

    /// Sleeps until something happens; while an import runs, not longer than to its next look.
    fn wait(&mut self, happened: &Receiver<Happening>, arrived: &Receiver<Msg>) -> anyhow::Result<()> {
        let hesitates = self.model.trail.after_g == AfterG::Waits;
        let patience = match (hesitates, self.model.work.running) {
            (true, _) => HESITATION,
            (false, true) => self.pace(),
            (false, false) => Duration::from_secs(3600),
        };
        let mut select = crossbeam_channel::Select::new();
        select.recv(happened);
        select.recv(arrived);
        // Which of the two is ready does not matter: both are emptied.
        if select.ready_timeout(patience).is_err() {
            return if hesitates { self.take(Msg::Waited) } else { Ok(()) };
        }
        for _ in 0..MESSAGES_A_FRAME {
            match happened.recv_timeout(Duration::ZERO) {
                Ok(happening) => self.happen(happening)?,
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
        Ok(())
    }

    fn pace(&self) -> Duration {
        Duration::from_millis(if self.model.look.motion == Motion::Reduced { 1000 } else { 200 })
    }

    fn happen(&mut self, happening: Happening) -> anyhow::Result<()> {
        match happening {
            Happening::Msg(msg) => {
                panic_if_asked(&msg);
                self.take(msg)?;
            }
            Happening::End(signal) => {
                self.heard.set();
                self.end = Some(End::Signal(signal));
            }
            Happening::Suspend => self.suspend()?,
            Happening::Resumed => {
                self.picture = None;
                self.screen.again().context("setting up the terminal again")?;
            }
        }
        Ok(())
    }

    fn take(&mut self, msg: Msg) -> anyhow::Result<()> {
        let ended = matches!(msg, Msg::ImportEnded(_));
        if self.bell && ended {
            self.screen.ring().context("ringing the bell")?;
        }
        let effects = update(&mut self.model, msg);
        if ended {
            self.tell_terminal()?;
        }
        self.perform(effects)
    }

    fn poll_import(&mut self) -> anyhow::Result<()> {
        if !self.model.work.running || self.polled.elapsed() < self.pace() {
            return Ok(());
        }
        self.polled = Instant::now();
        let lines = self.work.progress();
        if lines != self.model.work.lines {
            self.take(Msg::Progress(lines))?;
        }
        self.take(Msg::Clock(self.started.elapsed()))?;
        self.tell_terminal()
    }

    /// How far the import is, for the terminal's tab or task bar.
    fn tell_terminal(&mut self) -> anyhow::Result<()> {
        let work = &self.model.work;
        let (done, total) = (work.sum(|line| line.done), work.sum(|line| line.total));
        let percent = work.running.then(|| words::percent(done, total));
        self.screen.progress(percent, work.paused).context("telling the terminal how far the import is")
    }

    fn perform(&mut self, effects: Vec<Effect>) -> anyhow::Result<()> {
        for effect in effects {
            match effect {
                Effect::Quit => self.end = Some(End::Quit),
                Effect::Redraw => {
                    self.picture = None;
                    self.screen.again().context("drawing anew")?;
                }
                Effect::Suspend => self.suspend()?,
                Effect::Yank(text) => self.yank(&text)?,
                Effect::Mouse(mouse) => self.screen.give_mouse(mouse).context("switching the mouse")?,
                effect => {
                    let begins = matches!(effect, Effect::Import(_));
                    self.work.take(effect);
                    if begins {
                        self.tell_terminal()?;
                    }
                }
            }
        }
        Ok(())
    }

    fn suspend(&mut self) -> anyhow::Result<()> {
        self.picture = None;
        self.screen.leave();
        signals::stop()?;
        self.screen.again().context("setting up the terminal again")
    }

    /// Asks the terminal to copy; whether it does, nobody can know.
    fn yank(&mut self, text: &str) -> anyhow::Result<()> {
        let said = if text.len() > CLIPBOARD {
            Said::trouble(format!("too long to copy: {}", words::bytes(text.len() as u64)))
        } else {
            self.screen.copy(text).context("asking the terminal to copy")?;
            let characters = words::count(text.chars().count() as u64, "character");
            Said::ok(format!("copied {characters} by OSC 52 (your terminal may refuse)"))
        };
        self.take(Msg::Said(said))
    }

    fn draw(&mut self) -> anyhow::Result<()> {
        let model = &self.model;
        let picture = draw::picture(model);
        if self.picture != picture && self.picture.take().is_some() {
            self.screen.wipe().context("taking a picture away")?;
        }
        self.screen.draw(model.size, |buffer| view(model, buffer)).context("drawing")?;
        if let (Some((at, photo)), None) = (&picture, &self.picture)
            && let Drawn::Escapes { text, .. } = &photo.drawn
        {
            self.screen.show(*at, text).context("showing a picture")?;
        }
        self.picture = picture;
        Ok(())
    }
}
