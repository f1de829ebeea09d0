//! Nothing is told by colour alone: wherever the default theme colours something, `mono` tells it by weight, by a sign or by a word.

use super::fixture::{Driver, progress};
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use tellall::tui::Msg;
use tellall::tui::look::{Ink, Look};

/// Keys that lead to a screen.
const SCREENS: [&str; 14] =
    ["", "v", "vl", "2\njj", "/lunch↓", "/lunch after:x", "/lunch\nF", "4", "5", "6l", "6\n\n", "7", "u", "?hide"];

fn frame(ink: Ink, keys: &str, (width, height): (u16, u16)) -> Buffer {
    let mut driver = Driver::new(Look { ink, ..Look::default() }, width, height);
    driver.press(keys);
    driver.send(Msg::Progress(progress()));
    driver.frame().0
}

/// Shades of a heat map differ as signs, and numbers as numbers; what went well is said in words.
fn speaks_for_itself(cell: &Cell) -> bool {
    let is_word = |c: char| c.is_ascii_alphabetic() && cell.fg == Color::Green;
    cell.symbol().chars().all(|c| ('\u{2580}'..='\u{259f}').contains(&c) || c.is_ascii_digit() || is_word(c))
}

/// The row from its start to this cell.
fn before(buffer: &Buffer, at: usize) -> String {
    let width = usize::from(buffer.area.width);
    buffer.content[at - at % width..=at].iter().map(Cell::symbol).collect()
}

#[test]
fn what_a_colour_tells_is_told_without_it() {
    let (mut coloured, mut weighty) = (0, 0);
    for keys in SCREENS {
        for size in [(100, 30), (40, 12)] {
            let (colour, mono) = (frame(Ink::Colour, keys, size), frame(Ink::Mono, keys, size));
            for (at, (one, other)) in colour.content.iter().zip(&mono.content).enumerate() {
                assert_eq!((other.fg, other.bg), (Color::Reset, Color::Reset), "{keys}: no colour");
                // Other signs tell it: `«` stands before a match. What is dim is only less loud.
                let told = one.symbol() != other.symbol() || one.symbol() == " ";
                if told || matches!(one.fg, Color::Reset | Color::DarkGray) {
                    continue;
                }
                coloured += 1;
                weighty += usize::from(!other.modifier.is_empty());
                assert!(
                    !other.modifier.is_empty() || speaks_for_itself(one),
                    "{keys:?} at {size:?}: {:?} is told by colour alone in {:?}",
                    one.symbol(),
                    before(&colour, at)
                );
            }
        }
    }
    assert!(coloured > 500 && weighty > 200, "{coloured} cells with colour, {weighty} of them with weight");
}

#[test]
fn a_match_and_the_cursor_stand_out_without_colour() {
    let frame = frame(Ink::Mono, "/lunch↓", (100, 30));
    let reversed = frame.content.iter().filter(|cell| cell.modifier.contains(Modifier::REVERSED)).count();
    assert!(reversed >= "lunch".len(), "{reversed}");
}
