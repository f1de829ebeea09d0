//! The terminal: entered, drawn to, and left as it was, by whatever way the program ends.

use crate::tui::look::Mouse;
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::crossterm::clipboard::CopyToClipboard;
use ratatui::crossterm::cursor::{MoveTo, RestorePosition, SavePosition, Show};
use ratatui::crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use ratatui::crossterm::style::Print;
use ratatui::crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode, window_size,
};
use ratatui::crossterm::{execute, queue};
use ratatui::layout::{Position, Rect};
use ratatui::{TerminalOptions, Viewport};
use std::io::{self, IsTerminal, Stdout, Write, stdout};

/// Whether screens can be shown at all.
pub(super) fn is_usable() -> bool {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    !dumb && io::stdin().is_terminal() && stdout().is_terminal()
}

/// The alternate screen, raw mode, mouse and bracketed paste. Dropping it gives the terminal back.
pub(super) struct Screen {
    terminal: Terminal<CrosstermBackend<Stdout>>,
    mouse: Mouse,
    shows_progress: bool,
    /// State and percent last told.
    progress: Option<(u8, u64)>,
}

impl Screen {
    pub(super) fn enter(mouse: Mouse) -> io::Result<Self> {
        speak_of_bugs();
        set_up(mouse).inspect_err(|_| give_back())?;
        let (width, height) = measured();
        let terminal = blank(Rect::new(0, 0, width, height))?;
        Ok(Self { terminal, mouse, shows_progress: shows_progress(), progress: None })
    }

    pub(super) fn size(&mut self) -> (u16, u16) {
        let area = self.terminal.get_frame().area();
        (area.width, area.height)
    }

    /// Gives the terminal back for a while.
    #[expect(clippy::unused_self, reason = "only who holds the screen may leave it")]
    pub(super) fn leave(&mut self) {
        give_back();
    }

    /// Sets the terminal up again, as if nothing of the last frame were left.
    pub(super) fn again(&mut self) -> io::Result<()> {
        set_up(self.mouse)?;
        self.terminal = blank(self.terminal.get_frame().area())?;
        Ok(())
    }

    pub(super) fn draw(&mut self, size: (u16, u16), paint: impl FnOnce(&mut Buffer) -> Position) -> io::Result<()> {
        let area = Rect::new(0, 0, size.0, size.1);
        if self.terminal.get_frame().area() != area {
            execute!(stdout(), Clear(ClearType::All))?;
            self.terminal = blank(area)?;
        }
        // Nobody sees half a frame, with the cursor anywhere: neither people nor what reads the screen to them.
        queue!(stdout(), BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| {
            let cursor = paint(frame.buffer_mut());
            frame.set_cursor_position(cursor);
        })?;
        execute!(stdout(), EndSynchronizedUpdate)
    }

    /// Takes the mouse, or leaves it to the terminal.
    pub(super) fn give_mouse(&mut self, mouse: Mouse) -> io::Result<()> {
        self.mouse = mouse;
        capture(mouse)
    }

    /// BEL.
    #[expect(clippy::unused_self, reason = "only who holds the screen may write to it")]
    pub(super) fn ring(&mut self) -> io::Result<()> {
        stdout().write_all(b"\x07")?;
        stdout().flush()
    }

    /// Shows a picture over the frame, by the sequences of its terminal; the cursor stays where it is.
    #[expect(clippy::unused_self, reason = "only who holds the screen may write to it")]
    pub(super) fn show(&mut self, at: Position, sequences: &str) -> io::Result<()> {
        queue!(stdout(), BeginSynchronizedUpdate, SavePosition, MoveTo(at.x, at.y), Print(sequences))?;
        execute!(stdout(), RestorePosition, EndSynchronizedUpdate)
    }

    /// Takes pictures away: cells drawn anew cover most, kitty keeps its own until told.
    pub(super) fn wipe(&mut self) -> io::Result<()> {
        execute!(stdout(), Print("\x1b_Ga=d,q=2;\x1b\\"), Clear(ClearType::All))?;
        self.terminal = blank(self.terminal.get_frame().area())?;
        Ok(())
    }

    /// OSC 9;4, for terminals that are known to show it: others take OSC 9 for a message to the person.
    pub(super) fn progress(&mut self, percent: Option<u64>, paused: bool) -> io::Result<()> {
        let state = percent.map(|percent| (if paused { 4 } else { 1 }, percent));
        if !self.shows_progress || std::mem::replace(&mut self.progress, state) == state {
            return Ok(());
        }
        let (state, percent) = state.unwrap_or((0, 0));
        write!(stdout(), "\x1b]9;4;{state};{percent}\x1b\\")?;
        stdout().flush()
    }

    /// OSC 52.
    #[expect(clippy::unused_self, reason = "only who holds the screen may write to it")]
    pub(super) fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(stdout(), CopyToClipboard::to_clipboard_from(text))
    }
}

/// A terminal that knows of nothing drawn. Its area is fixed, and it is made anew rather than cleared or resized: ratatui 0.30.2
/// asks the terminal for its cursor and size then, the answer is eaten by the input thread, and crossterm runs a program
/// (`tput`) when the size cannot be had.
fn blank(area: Rect) -> io::Result<Terminal<CrosstermBackend<Stdout>>> {
    Terminal::with_options(CrosstermBackend::new(stdout()), TerminalOptions { viewport: Viewport::Fixed(area) })
}

/// Windows Terminal, `ConEmu`, Ghostty and `WezTerm`.
fn shows_progress() -> bool {
    let is = |name: &str| std::env::var_os("TERM_PROGRAM").is_some_and(|program| program == name);
    ["WT_SESSION", "ConEmuANSI"].iter().any(|name| std::env::var_os(name).is_some()) || is("ghostty") || is("WezTerm")
}

impl Drop for Screen {
    fn drop(&mut self) {
        // The terminal may be gone.
        drop(self.progress(None, false));
        give_back();
    }
}

fn set_up(mouse: Mouse) -> io::Result<()> {
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste, Clear(ClearType::All))?;
    capture(mouse)
}

fn capture(mouse: Mouse) -> io::Result<()> {
    match mouse {
        Mouse::Ours => execute!(stdout(), EnableMouseCapture),
        Mouse::Terminal => execute!(stdout(), DisableMouseCapture),
    }
}

/// Everything back as it was. Errors are of no use to anybody here: the terminal may be gone.
pub(super) fn give_back() {
    drop(execute!(
        stdout(),
        EndSynchronizedUpdate,
        DisableBracketedPaste,
        DisableMouseCapture,
        LeaveAlternateScreen,
        Show
    ));
    drop(disable_raw_mode());
}

/// Pixels of a cell, as far as the system tells; else those of a common font.
pub(super) fn cell() -> (u16, u16) {
    let told = window_size().ok().filter(|size| size.width > 0 && size.columns > 0 && size.height > 0 && size.rows > 0);
    let cell = told.map(|size| (size.width / size.columns, size.height / size.rows));
    cell.filter(|(width, height)| *width > 0 && *height > 0).unwrap_or((10, 20))
}

/// The size as the system tells it; 80x24 if it does not.
fn measured() -> (u16, u16) {
    told().unwrap_or((80, 24))
}

/// The size as the system tells it.
pub(super) fn told() -> Option<(u16, u16)> {
    let size = window_size().ok()?;
    (size.columns > 0 && size.rows > 0).then_some((size.columns, size.rows))
}

/// A panic of the screens restores the terminal before it speaks, and says where, never what: the message might quote an
/// archive. Panics of workers are caught and told on the screen.
fn speak_of_bugs() {
    let screens = std::thread::current().id();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().id() != screens {
            return;
        }
        give_back();
        let place = panic.location().map_or_else(String::new, ToString::to_string);
        drop(writeln!(
            io::stderr(),
            "tellall: a bug at {place}\nThe terminal is restored and the index is whole; please report it."
        ));
    }));
}
