//! Photos of the archives on the screen: which way the terminal can show them, what is wanted, and what a worker makes of it.

#[cfg(feature = "photos")]
pub mod decode;
#[cfg(feature = "photos")]
mod escapes;

use std::ops::Deref;
use std::sync::Arc;

/// How photos are shown on this terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Images {
    /// Not at all, with the reason.
    Off(&'static str),
    /// Two pixels a cell, by colour; shades of text where there is none.
    #[default]
    Halfblocks,
    Kitty,
    Sixel,
    Iterm2,
}

/// What a person asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Choice {
    /// By the terminal; off over SSH
    #[default]
    Auto,
    Off,
    Halfblocks,
    Kitty,
    Sixel,
    Iterm2,
}

impl Choice {
    /// As they are written in the settings, in the order in which they are told.
    pub const ALL: [(&str, Self); 6] = [
        ("auto", Self::Auto),
        ("off", Self::Off),
        ("halfblocks", Self::Halfblocks),
        ("kitty", Self::Kitty),
        ("sixel", Self::Sixel),
        ("iterm2", Self::Iterm2),
    ];

    /// What it comes to, on a terminal that `variable` tells about. Nothing is asked of the terminal itself: its answer would mix
    /// with what is typed.
    pub fn settle(self, variable: impl Fn(&str) -> Option<String>) -> Images {
        let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        match self {
            _ if cfg!(not(feature = "photos")) => Images::Off("this build shows no photos"),
            Self::Off => Images::Off("photos are switched off"),
            Self::Halfblocks => Images::Halfblocks,
            Self::Kitty => Images::Kitty,
            Self::Sixel => Images::Sixel,
            Self::Iterm2 => Images::Iterm2,
            Self::Auto if is_set("SSH_CONNECTION") || is_set("SSH_TTY") => {
                Images::Off("photos are off over SSH; --images halfblocks shows them")
            }
            // What tmux and screen do not know they do not pass on; half blocks are text like any other.
            Self::Auto if is_set("TMUX") || is_set("STY") => Images::Halfblocks,
            Self::Auto => by_name(
                &variable("TERM").unwrap_or_default(),
                &variable("TERM_PROGRAM").unwrap_or_default(),
                is_set("KITTY_WINDOW_ID"),
            ),
        }
    }
}

fn by_name(term: &str, program: &str, in_kitty: bool) -> Images {
    match program {
        _ if in_kitty || term.contains("kitty") || term.contains("ghostty") => Images::Kitty,
        "ghostty" => Images::Kitty,
        "iTerm.app" | "WezTerm" => Images::Iterm2,
        _ if term.starts_with("foot") || term.starts_with("mlterm") || term.contains("sixel") => Images::Sixel,
        _ => Images::Halfblocks,
    }
}

/// Which photo: the first of the names that the archive has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub export: String,
    /// The entry that names it: of several of one name, the nearest is meant.
    pub near: String,
    pub named: Vec<String>,
}

/// How it will be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    pub columns: u16,
    pub rows: u16,
    pub images: Images,
    /// Pixels of a cell, across and down.
    pub cell: (u16, u16),
}

/// A photo ready to be drawn. Two are equal if they are one.
#[derive(Debug, Clone)]
pub struct Photo(Arc<Ready>);

#[derive(Debug)]
pub struct Ready {
    pub entry: String,
    /// As the file has it, in pixels.
    pub size: (u32, u32),
    pub bytes: u64,
    pub drawn: Drawn,
}

#[derive(Debug)]
pub enum Drawn {
    Pixels(Pixels),
    /// What the terminal is sent, and the cells it covers.
    Escapes {
        text: String,
        columns: u16,
        rows: u16,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    pub width: u32,
    pub height: u32,
    /// Row by row, three bytes each.
    pub rgb: Vec<u8>,
}

impl Photo {
    pub fn new(ready: Ready) -> Self {
        Self(Arc::new(ready))
    }
}

impl Deref for Photo {
    type Target = Ready;

    fn deref(&self) -> &Ready {
        &self.0
    }
}

impl PartialEq for Photo {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Pixels {
    /// Red, green and blue; black outside.
    pub fn at(&self, x: u32, y: u32) -> [u8; 3] {
        let at = (y as usize * self.width as usize + x as usize) * 3;
        let inside = x < self.width && y < self.height;
        let pixel = self.rgb.get(at..at + 3).filter(|_| inside);
        pixel.and_then(|pixel| pixel.try_into().ok()).unwrap_or_default()
    }
}

/// Makes a photo of the bytes of an entry. The error is a sentence.
#[cfg(feature = "photos")]
pub fn ready(entry: &str, bytes: &[u8], room: &Room) -> Result<Photo, String> {
    let decoded = decode::decode(bytes, decode::pixels(room), decode::PATIENCE)?;
    let drawn = escapes::drawn(decoded.pixels, room)?;
    Ok(Photo::new(Ready { entry: entry.to_owned(), size: decoded.size, bytes: bytes.len() as u64, drawn }))
}

#[cfg(not(feature = "photos"))]
pub fn ready(_: &str, _: &[u8], _: &Room) -> Result<Photo, String> {
    Err("this build shows no photos".to_owned())
}

#[cfg(all(test, feature = "photos"))]
mod tests {
    use super::*;

    fn settled(choice: Choice, variables: &[(&str, &str)]) -> Images {
        let of = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        choice.settle(of)
    }

    #[test]
    fn the_terminal_is_known_by_its_variables_and_a_choice_goes_before_them() {
        for (variables, images) in [
            (&[("TERM", "xterm-kitty")][..], Images::Kitty),
            (&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "iTerm.app")], Images::Iterm2),
            (&[("TERM", "foot")], Images::Sixel),
            (&[("TERM", "xterm-256color")], Images::Halfblocks),
            (&[("TERM", "xterm-kitty"), ("TMUX", "/tmp/tmux")], Images::Halfblocks),
        ] {
            assert_eq!(settled(Choice::Auto, variables), images, "{variables:?}");
        }
        let ssh = &[("TERM", "xterm-kitty"), ("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22")];
        assert!(matches!(settled(Choice::Auto, ssh), Images::Off(_)));
        assert_eq!(settled(Choice::Sixel, ssh), Images::Sixel);
    }
}
