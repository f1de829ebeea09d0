//! Right-to-left text in a frame. Text is kept and drawn in the order it is written, and the terminal reorders it; what stands
//! beside it must not be drawn into that: each run of right-to-left letters is put into an isolate of its own.
//!
//! Only terminals that reorder get isolates (Unicode's UAX #9): others would show the marks, or count them.

use crate::text;
use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use std::num::NonZeroU16;

/// First strong isolate, and its end.
const OPEN: char = '\u{2068}';
const CLOSE: char = '\u{2069}';

/// Whether isolates are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Bidi {
    #[default]
    Plain,
    Isolated,
}

/// What a person asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Choice {
    /// By the terminal.
    #[default]
    Auto,
    Terminal,
    Off,
}

impl Choice {
    /// As they are written in the settings.
    pub const ALL: [(&str, Self); 3] = [("auto", Self::Auto), ("terminal", Self::Terminal), ("off", Self::Off)];

    /// What it comes to, on a terminal that `variable` tells about.
    pub fn settle(self, variable: impl Fn(&str) -> Option<String>) -> Bidi {
        let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        let program = variable("TERM_PROGRAM").unwrap_or_default();
        let reorders = || {
            // What is between here and the terminal keeps cells of its own, and need not keep marks in them.
            let passed_on = is_set("TMUX") || is_set("STY");
            let known = is_set("VTE_VERSION") || is_set("KONSOLE_VERSION") || is_set("MLTERM");
            !passed_on && (known || ["Apple_Terminal", "mintty"].contains(&program.as_str()))
        };
        match self {
            Self::Terminal => Bidi::Isolated,
            Self::Auto if reorders() => Bidi::Isolated,
            Self::Auto | Self::Off => Bidi::Plain,
        }
    }
}

/// Puts each run of right-to-left letters of a finished frame into an isolate.
pub fn isolate(buffer: &mut Buffer) {
    let width = usize::from(buffer.area.width).max(1);
    for row in buffer.content.chunks_mut(width) {
        let mut from = 0;
        while let Some((first, last)) = next_run(row, from) {
            mark(row, first, |symbol| format!("{OPEN}{symbol}"));
            mark(row, last, |symbol| format!("{symbol}{CLOSE}"));
            from = last + 1;
        }
    }
}

/// The cells of the next run at or behind `from`: from a right-to-left letter to the last one before a letter of another
/// direction, a line of the frame, or a gap.
fn next_run(row: &[Cell], from: usize) -> Option<(usize, usize)> {
    let first = (from..row.len()).find(|&at| is_right_to_left(row[at].symbol()))?;
    let (mut last, mut blanks, mut at) = (first, 0, first);
    while let Some(cell) = row.get(at) {
        let symbol = cell.symbol();
        blanks = if symbol == " " { blanks + 1 } else { 0 };
        if is_right_to_left(symbol) {
            last = at;
        } else if blanks > 1 || ends_run(symbol) {
            break;
        }
        at += text::cluster_width(symbol).max(1);
    }
    Some((first, last))
}

fn mark(row: &mut [Cell], at: usize, change: impl Fn(&str) -> String) {
    let Some(cell) = row.get_mut(at) else { return };
    let width = bare(cell.symbol()).map_or(1, text::cluster_width);
    let symbol = change(cell.symbol());
    cell.set_symbol(&symbol);
    if let Some(width) = u16::try_from(width).ok().and_then(NonZeroU16::new) {
        cell.set_diff_option(CellDiffOption::ForcedWidth(width));
    }
}

/// A symbol without the marks that [`isolate`] writes; `None` if it holds one anywhere else.
pub fn bare(symbol: &str) -> Option<&str> {
    let symbol = symbol.strip_prefix(OPEN).unwrap_or(symbol);
    let symbol = symbol.strip_suffix(CLOSE).unwrap_or(symbol);
    (!symbol.contains([OPEN, CLOSE])).then_some(symbol)
}

/// Hebrew, Arabic, Syriac, Thaana, N'Ko and the like, their presentation forms, and the scripts of the supplementary plane.
fn is_right_to_left(symbol: &str) -> bool {
    symbol.chars().next().is_some_and(|c| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}')
    })
}

/// Letters of the other direction, and what frames and charts are drawn with.
fn ends_run(symbol: &str) -> bool {
    symbol.chars().next().is_some_and(|c| c.is_alphabetic() || c == '|' || ('\u{2500}'..='\u{259f}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;

    /// A row with isolates as brackets.
    fn isolated(row: &str) -> String {
        let width = text::width(row) as u16;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
        buffer.set_string(0, 0, row, ratatui::style::Style::new());
        isolate(&mut buffer);
        let all: String = buffer.content.iter().map(Cell::symbol).collect();
        all.replace(OPEN, "[").replace(CLOSE, "]")
    }

    #[test]
    fn each_run_is_closed_before_what_stands_beside_it() {
        assert_eq!(isolated("│ متى نلتقي؟  09:12 │"), "│ [متى نلتقي؟]  09:12 │");
        assert_eq!(isolated("│דנה│12│"), "│[דנה]│12│");
        assert_eq!(isolated("to דנה כהן, 7 of 9"), "to [דנה כהן], 7 of 9");
        assert_eq!(isolated("דנה wrote שלום"), "[דנה] wrote [שלום]");
    }

    #[test]
    fn numbers_within_a_run_stay_in_it() {
        assert_eq!(isolated("בית 12 דירה 3"), "[בית 12 דירה] 3");
    }

    #[test]
    fn text_of_the_other_direction_is_left_alone() {
        for row in ["lunch on Sunday?", "Привет 7", "", "━━━━"] {
            assert_eq!(isolated(row), row);
        }
    }

    #[test]
    fn a_single_letter_is_a_run() {
        assert_eq!(isolated("> א <"), "> [א] <");
    }

    #[test]
    fn only_terminals_that_reorder_get_isolates_unasked() {
        let auto = |set: &'static [(&str, &str)]| {
            Choice::Auto
                .settle(|name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
        };
        assert_eq!(auto(&[("VTE_VERSION", "7402")]), Bidi::Isolated);
        assert_eq!(auto(&[("TERM_PROGRAM", "Apple_Terminal")]), Bidi::Isolated);
        assert_eq!(auto(&[("VTE_VERSION", "7402"), ("TMUX", "/tmp/tmux")]), Bidi::Plain);
        assert_eq!(auto(&[("TERM_PROGRAM", "WezTerm")]), Bidi::Plain);
        assert_eq!(Choice::Off.settle(|_| Some("1".to_owned())), Bidi::Plain);
        assert_eq!(Choice::Terminal.settle(|_| None), Bidi::Isolated);
    }
}
