//! The one place that prints: data to stdout, talk to stderr, foreign text through the gate.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this is where printing is done")]
#![allow(clippy::unused_self, reason = "only who holds a `Print` may print")]

use super::args::Color;
use crate::text;
use serde::Serialize;
use std::fmt::Write as _;
use std::io::{self, IsTerminal as _, Write as _};

/// Where output goes and how it may look.
#[derive(Debug)]
pub struct Print {
    color: bool,
    out_is_terminal: bool,
    err_is_terminal: bool,
}

/// Whether the terminal says that it knows no escape sequences.
pub fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

impl Print {
    pub fn new(color: Color) -> Self {
        let out_is_terminal = io::stdout().is_terminal();
        let asked_off = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let color = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => out_is_terminal && !asked_off && !is_dumb(),
        };
        Self { color, out_is_terminal, err_is_terminal: io::stderr().is_terminal() && !is_dumb() }
    }

    pub fn color(&self) -> bool {
        self.color
    }

    /// Whether progress may be drawn over itself on stderr.
    pub fn shows_progress(&self) -> bool {
        self.err_is_terminal
    }

    /// One line of data for people. Everything passes the gate here, so that no caller can forget a piece of foreign text.
    pub fn line(&self, line: &str) -> io::Result<()> {
        self.as_it_is(&text::line(line))
    }

    /// A question; the answer is typed behind it.
    pub fn ask(&self, question: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        write!(out, "{}", text::line(question))?;
        out.flush()
    }

    /// Ends the line of a question. Where nobody typed the answer, it is written there, so that the transcript holds it.
    pub fn answered(&self, answer: &str) -> io::Result<()> {
        if io::stdin().is_terminal() && !answer.is_empty() { Ok(()) } else { self.line(answer) }
    }

    /// A line that stands out, where colour may be used.
    pub fn heading(&self, line: &str) -> io::Result<()> {
        let safe = text::line(line);
        self.as_it_is(&if self.color { format!("\x1b[1m{safe}\x1b[0m") } else { safe.into_owned() })
    }

    fn as_it_is(&self, line: &str) -> io::Result<()> {
        writeln!(io::stdout().lock(), "{line}")
    }

    pub fn bytes(&self, bytes: &[u8]) -> io::Result<()> {
        io::stdout().lock().write_all(bytes)
    }

    /// One JSON value: indented for people, on one line for programs.
    pub fn json(&self, value: &impl Serialize) -> anyhow::Result<()> {
        let text =
            if self.out_is_terminal { serde_json::to_string_pretty(value)? } else { serde_json::to_string(value)? };
        Ok(self.as_it_is(&plain_json(&text))?)
    }

    /// One JSON value on one line.
    pub fn json_line(&self, value: &impl Serialize) -> anyhow::Result<()> {
        Ok(self.as_it_is(&plain_json(&serde_json::to_string(value)?))?)
    }

    /// Talk: hints, warnings. Foreign text is made safe here.
    pub fn say(&self, sentence: &str) {
        for line in sentence.lines() {
            eprintln!("tellall: {}", text::line(line));
        }
    }

    /// Draws a line of progress over the last one, on a terminal only.
    pub fn progress(&self, line: &str) {
        if self.err_is_terminal {
            eprint!("\r\x1b[K{}", text::line(line));
            // Progress that cannot be shown is not worth an error.
            let _ = io::stderr().flush();
        }
    }

    /// Takes the line of progress away.
    pub fn progress_done(&self) {
        if self.err_is_terminal {
            eprint!("\r\x1b[K");
        }
    }

    /// A fault: what, and the chain of causes; what to do stands on lines of its own.
    pub fn fault(&self, error: &anyhow::Error) {
        self.say(&format!("{error:#}"));
    }
}

/// JSON text that can do nothing to a terminal: `serde_json` escapes C0 only; DEL, C1, bidirectional marks and line separators are
/// escaped here, which every JSON reader undoes.
pub fn plain_json(json: &str) -> String {
    let risky = |c: char| matches!(c, '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !json.contains(risky) {
        return json.to_owned();
    }
    let mut plain = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        if risky(c) {
            // Writing to a String cannot fail.
            let _ = write!(plain, "\\u{:04x}", c as u32);
        } else {
            plain.push(c);
        }
    }
    plain
}

/// `| head` closes the pipe; that is no error.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe))
}

#[cfg(test)]
mod tests {
    use super::plain_json;

    #[test]
    fn json_holds_nothing_a_terminal_would_obey_and_means_the_same() {
        let hostile = "\u{7f}\u{9b}31m\u{202e}\u{2066}\u{2028}é😀";
        let json = serde_json::to_string(hostile).expect("a string");
        let plain = plain_json(&json);
        assert_eq!(plain, "\"\\u007f\\u009b31m\\u202e\\u2066\\u2028é😀\"");
        let back: String = serde_json::from_str(&plain).expect("still JSON");
        assert_eq!(back, hostile);
    }
}
