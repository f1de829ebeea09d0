//! Heat maps: counts as shades, or as numbers where somebody asks for them. A shade is told by its pattern, not by its colour.

use crate::tui::canvas::Canvas;
use crate::tui::look::Role;
use crate::tui::words::grouped;
use ratatui::layout::Position;
use ratatui::style::Modifier;

const SHADES: [&str; 5] = ["·", "░", "▒", "▓", "█"];

/// What single digits mean, where numbers have no room.
pub const DIGITS: &str = "a digit is how many digits the number has: 1 is 1 to 9, 2 is 10 to 99";

/// Where the shades begin: what is below the first is the lightest, what is below none of them the darkest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale([u64; 3]);

impl Scale {
    /// By order of magnitude, for counts that lie far apart.
    pub const MAGNITUDES: Self = Self([100, 1000, 10_000]);

    /// In steps that double, up to a greatest count: at round numbers.
    pub fn of(most: u64) -> Self {
        let [first, second, third] = [8, 4, 2].map(|part| round(most / part));
        let second = second.max(first.saturating_add(1));
        Self([first, second, third.max(second.saturating_add(1))])
    }

    /// 0 (nothing) to 4.
    pub fn level(self, number: u64) -> u8 {
        if number == 0 { 0 } else { 1 + self.0.iter().filter(|&&start| number >= start).count() as u8 }
    }

    pub fn role(self, number: u64) -> Role {
        if number == 0 { Role::Dim } else { Role::Heat(self.level(number)) }
    }

    /// What the shades mean.
    pub fn legend(self) -> String {
        let [first, second, third] = self.0.map(grouped);
        format!("none ·  <{first} ░░  <{second} ▒▒  <{third} ▓▓  more ██")
    }
}

/// The nearest number below of two digits and noughts; at least 2.
fn round(number: u64) -> u64 {
    let unit = 10u64.pow(number.max(1).ilog10().saturating_sub(1));
    (number / unit * unit).max(2)
}

/// How counts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ink {
    #[default]
    Shades,
    Numbers,
}

impl Ink {
    #[must_use]
    pub fn other(self) -> Self {
        if self == Self::Shades { Self::Numbers } else { Self::Shades }
    }

    /// A count in at most `columns`, at least one.
    pub fn cell(self, number: u64, columns: usize, scale: Scale) -> String {
        match self {
            _ if number == 0 => SHADES[0].to_owned(),
            Self::Shades => SHADES[usize::from(scale.level(number))].repeat(columns.clamp(1, 2)),
            Self::Numbers => {
                let number_shown = compact(number);
                if number_shown.len() <= columns {
                    number_shown
                } else {
                    number.ilog10().saturating_add(1).min(9).to_string()
                }
            }
        }
    }
}

/// At most seven columns.
pub fn compact(number: u64) -> String {
    match number {
        0..=99_999 => grouped(number),
        100_000..=999_999 => format!("{}k", number / 1000),
        1_000_000..=99_999_999 => format!("{:.1}M", number as f64 / 1e6),
        _ => format!("{}M", grouped(number / 1_000_000)),
    }
}

/// A row of cells, one every `pitch` columns from `from` on. The selected one stands in brackets, has the terminal's cursor
/// if it is `focused`, and is reversed.
pub fn draw(
    canvas: &mut Canvas<'_>,
    from: Position,
    pitch: u16,
    (ink, scale): (Ink, Scale),
    counts: &[u64],
    selected: Option<(usize, bool)>,
) {
    let columns = pitch.saturating_sub(1).max(1);
    for (at, &number) in counts.iter().enumerate() {
        let x = from.x + at as u16 * pitch;
        let shown = ink.cell(number, usize::from(columns), scale);
        canvas.put(x, from.y, columns, &shown, scale.role(number));
        if let Some((_, focused)) = selected.filter(|(column, _)| *column == at) {
            if pitch > 1 {
                canvas.put(x.saturating_sub(1), from.y, 1, "[", Role::Strong);
                canvas.put(x + columns, from.y, 1, "]", Role::Strong);
            }
            for x in x..x + columns {
                if let Some(cell) = canvas.buffer.cell_mut((x, from.y)) {
                    cell.modifier.toggle(Modifier::REVERSED);
                }
            }
            if focused {
                canvas.cursor = Some(Position { x, y: from.y });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shade_tells_the_order_of_magnitude() {
        let shown = [0, 7, 700, 7000, 70_000].map(|number| Ink::Shades.cell(number, 2, Scale::MAGNITUDES));
        assert_eq!(shown, ["·", "░░", "▒▒", "▓▓", "██"]);
    }

    #[test]
    fn a_scale_follows_the_greatest_count() {
        assert_eq!(Scale::of(38_441).legend(), "none ·  <4,800 ░░  <9,600 ▒▒  <19,000 ▓▓  more ██");
        assert_eq!(Scale::of(3), Scale([2, 3, 4]));
        assert_eq!([0, 1, 2, 3, 4].map(|number| Scale::of(3).level(number)), [0, 1, 2, 3, 4]);
        assert_eq!(Scale::of(u64::MAX).level(u64::MAX), 4);
    }

    #[test]
    fn a_number_without_room_becomes_its_number_of_digits() {
        let shown = |number, columns| Ink::Numbers.cell(number, columns, Scale::MAGNITUDES);
        assert_eq!(shown(1204, 5), "1,204");
        assert_eq!([0, 9, 10, 1204, u64::MAX].map(|number| shown(number, 1)), ["·", "9", "2", "4", "9"]);
    }
}
