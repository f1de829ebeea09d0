//! A date that is typed to go to: one line with its keys and words, wherever there is time.

use super::line::Line;
use crate::tui::canvas::Canvas;
use crate::tui::keys::Action;
use crate::tui::model::Said;
use ratatui::layout::Rect;

/// The line, while it is open.
#[derive(Debug, Clone, Default)]
pub struct DateLine(Option<Line>);

/// A year, month or day as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Typed {
    /// Its first millisecond of wall clock, read as if it were UTC.
    pub ms: i64,
    /// 1: a year, 2: a month, 3: a day.
    pub parts: usize,
}

/// What came of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    Date(Typed),
    /// What was typed is none.
    NoDate,
    /// The line is closed, or the key does nothing in it.
    Nothing,
}

impl DateLine {
    pub fn open(&mut self) {
        self.0 = Some(Line::default());
    }

    pub fn is_open(&self) -> bool {
        self.0.is_some()
    }

    pub fn line(&mut self) -> Option<&mut Line> {
        self.0.as_mut()
    }

    /// What a key does to the open line; `None`: what it does everywhere.
    pub fn act(&mut self, action: Action) -> Option<Came> {
        match action {
            Action::Open => {
                let typed = self.0.take().map(|line| typed(line.text()));
                Some(typed.map_or(Came::Nothing, |typed| typed.map_or(Came::NoDate, Came::Date)))
            }
            Action::Back => {
                self.0 = None;
                Some(Came::Nothing)
            }
            Action::Up | Action::Down | Action::HalfDown | Action::HalfUp => Some(Came::Nothing),
            _ => None,
        }
    }

    /// Draws the open line over the last row of an area.
    pub fn draw(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(line) = &self.0 else { return };
        let row = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
        canvas.clear(row);
        line.draw(canvas, row, "Go to (2019, 2019-05 or 2019-05-03): ", true);
    }
}

/// What is said of [`Came::NoDate`].
pub fn no_date() -> Said {
    Said::trouble("that is no date; write 2019, 2019-05 or 2019-05-03")
}

fn typed(text: &str) -> Option<Typed> {
    let parts: Vec<&str> = text.trim().split('-').collect();
    let number = |at: usize| parts.get(at).map_or(Some(1), |part| part.parse::<i8>().ok());
    let year = parts.first()?.parse::<i16>().ok()?;
    let date = jiff::civil::Date::new(year, number(1)?, number(2)?).ok().filter(|_| parts.len() <= 3)?;
    let ms = jiff::tz::Offset::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok()?.as_millisecond();
    Some(Typed { ms, parts: parts.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_a_month_or_a_day_is_a_date_and_nothing_else() {
        let day = 86_400_000;
        for (text, expected) in [
            ("1970", Some((0, 1))),
            (" 1970-02 ", Some((31 * day, 2))),
            ("1970-1-3", Some((2 * day, 3))),
            ("1970-02-30", None),
            ("1970-01-01-01", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(typed(text).map(|typed| (typed.ms, typed.parts)), expected, "{text:?}");
        }
    }
}
