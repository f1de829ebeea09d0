//! How things look: a theme or no colour, box drawing or plain characters, values shown or hidden. Nothing is told by colour
//! alone.

mod theme;

pub use theme::Ink;

use crate::record::Time;
use crate::report::Clock;
use crate::tui::bidi::Bidi;
use crate::tui::photo::Images;
use crate::tui::words;
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::style::Style;

/// What a person chose, and what the run offers. Does not change what is known, only how it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    pub ink: Ink,
    pub strokes: Strokes,
    pub values: Shown,
    pub motion: Motion,
    pub sample: Sample,
    pub mouse: Mouse,
    pub colours: Colours,
    /// Today, so that the age of an archive can be told without a clock.
    pub today: Option<jiff::civil::Date>,
    pub clock: Clock,
    /// The zone the person is in, if it is known.
    pub zone: Option<TimeZone>,
    pub images: Images,
    /// Pixels of a cell of the terminal, across and down.
    pub cell: (u16, u16),
    pub history: History,
    pub bidi: Bidi,
}

/// Whether searches are remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum History {
    #[default]
    Kept,
    Off,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Strokes {
    #[default]
    Unicode,
    Ascii,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    #[default]
    Clear,
    Hidden,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Motion {
    #[default]
    Full,
    /// Progress changes once a second at most.
    Reduced,
}

/// Whether colours may be used at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colours {
    #[default]
    Allowed,
    /// The command line or `NO_COLOR` says no; that wins over any theme.
    Refused,
}

/// Who has the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Mouse {
    /// Clicks and the wheel act here; the terminal selects text with Shift held.
    #[default]
    Ours,
    /// The terminal selects text as everywhere else.
    Terminal,
}

/// Made-up data for a first look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sample {
    #[default]
    None,
    /// `d` on the Welcome screen loads it.
    Offered,
    /// All that is shown is made up.
    Loaded,
}

/// What a piece of text is, for its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Text,
    Dim,
    Strong,
    Title,
    /// The selected row of the pane that has the keys.
    Cursor,
    /// The selected row of another pane.
    Rest,
    Match,
    Special,
    Problem,
    Good,
    Border,
    FocusBorder,
    /// Shade of a heat map, 1 to 4.
    Heat(u8),
}

impl Look {
    pub fn style(&self, role: Role) -> Style {
        self.ink.style(role)
    }

    /// A time by the clock that is shown.
    pub fn time(&self, time: Time) -> Time {
        self.clock.turned(time)
    }

    pub fn hides(&self) -> bool {
        self.values == Shown::Hidden
    }

    /// Names of keys: without drawing characters the arrows are words, or `↓` would read as the letter `v`.
    pub fn keys(&self, names: &str) -> String {
        match self.strokes {
            Strokes::Unicode => names.to_owned(),
            Strokes::Ascii => ARROWS.iter().fold(names.to_owned(), |names, (arrow, word)| names.replace(arrow, word)),
        }
    }

    /// A value that may identify somebody, as it may be shown now.
    pub fn value(&self, value: &str) -> String {
        if self.hides() && !value.is_empty() { words::hidden(value) } else { value.to_owned() }
    }

    /// An export's id, as it may be shown now: the account between company and day may be a name or a number.
    pub fn export(&self, id: &str) -> String {
        let Some((company, rest)) = id.split_once('-').filter(|_| self.hides()) else { return id.to_owned() };
        let day = rest.get(rest.len().saturating_sub(10)..).filter(|day| day.parse::<jiff::civil::Date>().is_ok());
        [company, "••••"].into_iter().chain(day).collect::<Vec<_>>().join("-")
    }

    /// A name of a person or conversation, as it may be shown now.
    pub fn name(&self, name: &str) -> String {
        if self.hides() && !name.is_empty() { "••••".to_owned() } else { name.to_owned() }
    }
}

/// Drawing characters and their plain stand-ins, of equal width.
const PLAIN: &[(&str, &str)] = &[
    ("─", "-"),
    ("│", "|"),
    ("┌", "+"),
    ("┐", "+"),
    ("└", "+"),
    ("┘", "+"),
    ("━", "="),
    ("┃", "|"),
    ("┏", "+"),
    ("┓", "+"),
    ("┗", "+"),
    ("┛", "+"),
    ("…", "~"),
    ("·", "."),
    ("▲", "^"),
    ("▾", "-"),
    ("▸", "+"),
    ("›", ">"),
    ("«", "["),
    ("»", "]"),
    ("█", "#"),
    ("▓", "%"),
    ("▒", "+"),
    ("░", ":"),
    ("▁", "_"),
    ("▂", "."),
    ("▃", "-"),
    ("▄", "="),
    ("▅", "+"),
    ("▆", "*"),
    ("▇", "%"),
    ("•", "*"),
    ("⏎", "$"),
    ("↑", "^"),
    ("↓", "v"),
    ("←", "<"),
    ("→", ">"),
    ("×", "x"),
    ("≈", "~"),
    ("–", "-"),
    ("“", "\""),
    ("”", "\""),
];

const ARROWS: [(&str, &str); 4] = [("↑", "Up"), ("↓", "Down"), ("←", "Left"), ("→", "Right")];

/// Replaces drawing characters by ASCII ones, over the whole finished frame.
pub fn draw_plainly(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if let Some((_, plain)) = PLAIN.iter().find(|(drawn, _)| *drawn == cell.symbol()) {
            cell.set_symbol(plain);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_values_keep_their_length_and_nothing_else() {
        let look = Look { values: Shown::Hidden, ..Look::default() };
        assert_eq!(look.value("+44 7700 900123"), "•••• (15 characters)");
        assert_eq!(look.value(""), "");
        assert_eq!(look.name("Rosa Quill"), "••••");
    }

    #[test]
    fn the_account_in_an_export_is_hidden_and_company_and_day_stay() {
        let look = Look { values: Shown::Hidden, ..Look::default() };
        assert_eq!(look.export("facebook-rosa.quill-2026-01-15"), "facebook-••••-2026-01-15");
        assert_eq!(look.export("whatsapp-chat-with-日曜日曜"), "whatsapp-••••");
        assert_eq!(look.export("steam"), "steam");
        assert_eq!(Look::default().export("facebook-rosa-2026-01-15"), "facebook-rosa-2026-01-15");
    }
}
