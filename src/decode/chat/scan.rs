//! A place in a line that only moves forward.

use super::date::Number;
use super::marks::{is_blank, is_mark};
use crate::digit;

/// Characters of the longest word for a half of the day.
const WORD: usize = 20;

#[derive(Debug, Clone, Copy)]
pub struct Scan<'a> {
    rest: &'a str,
}

impl<'a> Scan<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    pub fn rest(&self) -> &'a str {
        self.rest
    }

    pub fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    pub fn next_if(&mut self, wanted: impl Fn(char) -> bool) -> Option<char> {
        let mut chars = self.rest.chars();
        let found = chars.next().filter(|&c| wanted(c))?;
        self.rest = chars.as_str();
        Some(found)
    }

    pub fn eat(&mut self, c: char) -> bool {
        self.next_if(|found| found == c).is_some()
    }

    pub fn eat_text(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Passes what is wanted, and gives how many characters that were.
    pub fn skip(&mut self, wanted: impl Fn(char) -> bool) -> usize {
        let mut passed = 0;
        while self.next_if(&wanted).is_some() {
            passed += 1;
        }
        passed
    }

    /// A number of at most `most` digits, in any script. Longer ones are none.
    pub fn number(&mut self, most: u8) -> Option<Number> {
        let mut ahead = *self;
        let mut number = Number { value: 0, digits: 0 };
        while let Some(digit) = ahead.peek().and_then(digit::worth) {
            if number.digits == most {
                return None;
            }
            number = Number { value: number.value * 10 + u16::from(digit), digits: number.digits + 1 };
            ahead.next_if(|_| true);
        }
        (number.digits > 0).then(|| {
            *self = ahead;
            number
        })
    }

    /// A short word between blanks, such as `p. m.` or `下午`, with the blanks around it passed. What may follow a header ends it.
    pub fn word(&mut self) -> Option<&'a str> {
        let mut ahead = *self;
        ahead.skip(|c| is_mark(c) || is_blank(c));
        let from = ahead.rest;
        let stops = |c: char| {
            digit::worth(c).is_some() || matches!(c, '-' | '–' | '—' | '[' | ']' | ':' | ',' | '/' | '<' | '>')
        };
        let length = ahead.skip(|c| !stops(c));
        let word = from.get(..from.len() - ahead.rest.len())?;
        let word = word.trim_end_matches(|c| is_mark(c) || is_blank(c));
        if word.is_empty() || length > WORD {
            return None;
        }
        // The blank before a dash belongs to the dash, and a number may follow a word at once.
        let after = from.get(word.len()..)?;
        *self = if after.starts_with(|c| is_mark(c) || is_blank(c))
            && ahead.peek().is_some_and(|c| digit::worth(c).is_some())
        {
            ahead
        } else {
            Self { rest: after }
        };
        Some(word)
    }
}
