//! What a block gathers from the parts in it.

use super::super::record::{MOST_VALUES, Unit, labelled};
use super::frame::Capture;
use crate::decode::time::Clock;

impl Unit {
    /// A part of a block that was recognised.
    pub(super) fn part(&mut self, capture: Capture, text: String) {
        match capture {
            Capture::Heading if self.heading.is_empty() => self.heading = text,
            Capture::Date if self.date.is_empty() => self.date = text,
            // Says the same for the eye.
            Capture::Date if self.stated => {}
            // The hour, beside the whole date.
            Capture::Date if self.date.contains(&text) => {}
            Capture::Label => self.label = text,
            Capture::Value if !self.label.is_empty() => {
                let label = std::mem::take(&mut self.label);
                self.pairs.push((label, text));
            }
            Capture::Meta if self.date.is_empty() && Clock::Auto.read(&text).is_some() => self.date = text,
            Capture::Reaction if self.reactions.len() < MOST_VALUES => self.reactions.push(text),
            Capture::Reaction => self.full = true,
            Capture::Caption => {
                let (pairs, rest) = labelled(&text);
                self.pairs.extend(pairs);
                self.more(&rest);
            }
            _ => self.more(&text),
        }
    }

    pub(super) fn more(&mut self, text: &str) {
        self.text.block_end();
        for line in text.lines() {
            self.text.push(line);
            self.text.line_end();
        }
        self.text.block_end();
    }

    pub(super) fn absorb(&mut self, mut other: Self) {
        let text = other.text.take();
        self.more(&text);
        self.pairs.append(&mut other.pairs);
        self.pairs.append(&mut other.columns);
        self.links.append(&mut other.links);
        self.media.append(&mut other.media);
        self.full |= other.full;
    }

    pub(super) fn heading_from_first_line(&mut self) {
        let text = self.text.take();
        match text.split_once('\n') {
            Some((first, rest)) if self.heading.is_empty() => {
                first.clone_into(&mut self.heading);
                self.text = Self::of_text(rest).text;
            }
            _ => self.text = Self::of_text(&text).text,
        }
    }
}
