//! What comes from outside: keys, signals, and the end of the terminal.

use crate::tui::keys::Key;
use crate::tui::model::Msg;
use anyhow::Context;
use crossbeam_channel::Sender;
use ratatui::crossterm::event::{
    self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};
use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Something from outside.
#[derive(Debug)]
pub(super) enum Happening {
    Msg(Msg),
    /// A signal that ends the program, or the terminal's end told as SIGHUP.
    End(i32),
    Suspend,
    Resumed,
}

/// How often the terminal is asked whether it still is there.
const WATCH: Duration = Duration::from_millis(100);
/// How long the screens may take to hear that they are to end, before the process is ended.
const GRACE: Duration = Duration::from_millis(400);
/// How long they may take after that to remove what must not be left behind.
const CLEARING: Duration = Duration::from_secs(4);

/// Set by the screens when they take [`Happening::End`]: they know that they are to end.
#[derive(Debug, Clone, Default)]
pub(super) struct Heard(Arc<AtomicBool>);

impl Heard {
    pub(super) fn set(&self) {
        self.0.store(true, Ordering::Release);
    }
}

/// Reads keys and the like on a thread of its own.
pub(super) fn read_input(happenings: &Sender<Happening>) -> anyhow::Result<()> {
    let out = happenings.clone();
    let read = move || {
        while let Ok(event) = event::read() {
            if let Some(msg) = translated(event)
                && out.send(Happening::Msg(msg)).is_err()
            {
                return;
            }
        }
    };
    thread("input", read)
}

fn thread(name: &str, body: impl FnOnce() + Send + 'static) -> anyhow::Result<()> {
    std::thread::Builder::new().name(format!("tellall-{name}")).spawn(body).context("starting a thread")?;
    Ok(())
}

fn translated(event: Event) -> Option<Msg> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => key_of(key).map(Msg::Key),
        Event::Paste(text) => Some(Msg::Paste(text)),
        Event::Resize(width, height) => Some(Msg::Resize { width, height }),
        Event::Mouse(mouse) => {
            let (x, y) = (mouse.column, mouse.row);
            match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => Some(Msg::Click { x, y }),
                MouseEventKind::ScrollDown => Some(Msg::Wheel { x, y, down: true }),
                MouseEventKind::ScrollUp => Some(Msg::Wheel { x, y, down: false }),
                _ => None,
            }
        }
        _ => None,
    }
}

fn key_of(key: KeyEvent) -> Option<Key> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    Some(match key.code {
        // AltGr is told as both; what it typed is a character.
        KeyCode::Char(c) if control && !alt => Key::Ctrl(c.to_ascii_lowercase()),
        KeyCode::Char(c) if alt && !control => Key::Alt(c),
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::F(1) => Key::F1,
        KeyCode::F(number @ 2..=12) => Key::F(number),
        _ => return None,
    })
}

/// Watches for signals and for the end of the terminal.
#[cfg(unix)]
pub(super) fn watch(happenings: &Sender<Happening>, heard: &Heard) -> anyhow::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])
        .context("watching for signals")?;
    let (out, known) = (happenings.clone(), heard.clone());
    thread("signals", move || {
        for signal in signals.forever() {
            match signal {
                SIGTSTP => drop(out.send(Happening::Suspend)),
                SIGCONT => drop(out.send(Happening::Resumed)),
                signal => end(&out, &known, signal),
            }
        }
    })?;
    let (out, known) = (happenings.clone(), heard.clone());
    thread("watchdog", move || {
        // Crossterm 0.29 spins for ever on a terminal that died (its issue 793): somebody else has to notice.
        while io::stdin().is_terminal() {
            std::thread::sleep(WATCH);
        }
        end(&out, &known, SIGHUP);
    })
}

/// Asks the screens to end; ends the process if they do not.
#[cfg(unix)]
fn end(out: &Sender<Happening>, heard: &Heard, signal: i32) {
    drop(out.send(Happening::End(signal)));
    std::thread::sleep(GRACE);
    super::terminal::give_back();
    if heard.0.load(Ordering::Acquire) {
        std::thread::sleep(CLEARING);
    }
    drop(signal_hook::low_level::emulate_default_handler(signal));
}

/// Ends the process as a signal would have.
#[cfg(unix)]
pub(super) fn die_of(signal: i32) -> anyhow::Result<()> {
    signal_hook::low_level::emulate_default_handler(signal).context("ending by a signal")
}

/// Stops the process until the shell continues it.
#[cfg(unix)]
pub(super) fn stop() -> anyhow::Result<()> {
    signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP).context("suspending")
}

#[cfg(not(unix))]
pub(super) fn watch(_: &Sender<Happening>, _: &Heard) -> anyhow::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn die_of(_: i32) -> anyhow::Result<()> {
    Ok(())
}

/// Windows has no job control.
#[cfg(not(unix))]
pub(super) fn stop() -> anyhow::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_the_terminal_become_keys_of_the_screens() {
        let key = |code, modifiers| key_of(KeyEvent::new(code, modifiers));
        assert_eq!(key(KeyCode::Char('G'), KeyModifiers::SHIFT), Some(Key::Char('G')));
        assert_eq!(key(KeyCode::Char('D'), KeyModifiers::CONTROL), Some(Key::Ctrl('d')));
        assert_eq!(key(KeyCode::Char('@'), KeyModifiers::CONTROL | KeyModifiers::ALT), Some(Key::Char('@')));
        assert_eq!(key(KeyCode::F(5), KeyModifiers::NONE), Some(Key::F(5)));
        assert_eq!(key(KeyCode::CapsLock, KeyModifiers::NONE), None);
    }

    #[test]
    fn released_keys_do_nothing() {
        let release = KeyEvent { kind: KeyEventKind::Release, ..KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE) };
        assert!(translated(Event::Key(release)).is_none());
    }
}
