//! What becomes of a part of the page when it ends.

use super::super::record::{MOST_VALUES, Unit};
use super::super::table::{Cell, Row};
use super::Page;
use super::frame::{Capture, Frame, What};

impl Page<'_, '_> {
    pub(super) fn close_frames(&mut self) {
        while self.frames.len() > 1 && self.top().floor > self.elements.depth() {
            self.close_top();
        }
    }

    pub(super) fn close_top(&mut self) {
        if self.frames.len() < 2 {
            return;
        }
        let Some(frame) = self.frames.pop() else { return };
        match frame.what {
            What::Page => {}
            What::Capture(capture) => self.close_capture(capture, frame.unit),
            What::Block { known, message } => self.close_block(frame.unit, known, message),
            What::Thread { messages } => self.close_thread(frame.unit, messages),
            What::Cell { is_head, is_label } => self.close_cell(frame.unit, is_head, is_label),
            What::Row(row) => {
                self.close_row(row);
                self.give_all(std::iter::once(frame.unit));
            }
            What::Table(mut table) => {
                let mut unit = frame.unit;
                let last = table.finish(&mut unit);
                self.give_all(last.into_iter().chain(std::iter::once(unit)));
            }
            What::Item => self.close_item(frame.unit),
            What::Terms { term, used } => {
                if !used {
                    self.give_all(std::iter::once(*term));
                }
                self.give_all(std::iter::once(frame.unit));
            }
            What::List | What::Reactions => self.give_all(std::iter::once(frame.unit)),
        }
    }

    pub(super) fn close_capture(&mut self, capture: Capture, mut unit: Unit) {
        if capture == Capture::Term {
            return self.close_term(unit);
        }
        let text = unit.text.take();
        if text.is_empty() {
            return;
        }
        match capture {
            Capture::Title => {
                self.records.title(&text);
            }
            Capture::Header => self.records.header(&text),
            Capture::Section(level) => self.close_heading(level, &text),
            _ => {
                if let Some(block) = self.block() {
                    block.unit.part(capture, text);
                }
            }
        }
    }

    pub(super) fn close_heading(&mut self, level: u8, text: &str) {
        self.give_pairs();
        if level == 1 && self.records.title(text) {
            return;
        }
        if level <= 3 {
            self.records.section(level, text);
        } else {
            self.give_all(std::iter::once(Unit::of_text(text)));
        }
    }

    /// A term waits for its definition; the one before it, if it got none, is a record.
    pub(super) fn close_term(&mut self, unit: Unit) {
        let Some(Frame { what: What::Terms { term, used }, .. }) = self.frames.last_mut() else { return };
        if unit.is_empty() {
            return;
        }
        let lone = std::mem::replace(&mut **term, unit);
        if !std::mem::replace(used, false) {
            self.give_all(std::iter::once(lone));
        }
    }

    pub(super) fn close_block(&mut self, mut unit: Unit, known: bool, message: bool) {
        if unit.text.cut {
            self.records.problem("the text is longer than 16 MiB; the rest of it is left out");
        }
        let divides = unit.heading.is_empty() && unit.date.is_empty();
        unit.date_from_last_line();
        unit.lone_colons();
        // A date between the messages of a day and those of the next says nothing of its own.
        if divides && message && unit.text.is_empty() && unit.links.is_empty() && unit.media.is_empty() {
            return;
        }
        if message && !unit.heading.is_empty() {
            unit.heading.clone_into(&mut self.sender);
        }
        if !known && !unit.date.is_empty() && unit.pairs.is_empty() {
            unit.heading_from_first_line();
        }
        unit.thread = self.thread();
        self.give_pairs();
        self.records.give(&mut unit);
    }

    /// The people of the conversation that is open, without a label before them.
    pub(super) fn thread(&mut self) -> String {
        let Some(frame) = self.frames.iter_mut().rev().find(|frame| matches!(frame.what, What::Thread { .. })) else {
            return String::new();
        };
        if frame.unit.thread.is_empty() {
            frame.unit.thread = people(&frame.unit.text.take());
        }
        frame.unit.thread.clone()
    }

    pub(super) fn close_thread(&mut self, mut unit: Unit, messages: u64) {
        if messages == 0 {
            // A conversation without messages is still one that is held.
            unit.thread = people(&unit.text.take());
            unit.text.push(&unit.thread);
            self.records.give(&mut unit);
        }
        if !unit.text.is_empty() {
            self.records.give(&mut unit);
        }
    }

    pub(super) fn close_cell(&mut self, mut unit: Unit, is_head: bool, is_label: bool) {
        if unit.text.cut {
            self.records.problem("a cell is larger than 16 MiB; the rest of it is left out");
        }
        if let What::Row(row) = &mut self.top().what {
            row.links.append(&mut unit.links);
            row.media.append(&mut unit.media);
            row.add(Cell { blocks: unit.text.take_blocks(), is_head, is_label });
        }
    }

    pub(super) fn close_row(&mut self, row: Row) {
        let Some(mut frame) = self.frames.pop() else { return };
        if let What::Table(table) = &mut frame.what {
            if let Some(block) = self.block() {
                table.row_of_block(row, &mut block.unit);
                if block.unit.is_large() {
                    let mut piece = block.unit.piece();
                    self.records.give(&mut piece);
                }
            } else {
                let records = table.row(row, &mut frame.unit);
                self.give_all(records.into_iter());
                if frame.unit.is_large() {
                    self.records.give(&mut frame.unit);
                }
            }
        }
        self.frames.push(frame);
    }

    pub(super) fn close_item(&mut self, mut unit: Unit) {
        if let Some(Frame { what: What::Terms { term, used }, unit: terms, .. }) = self.frames.last_mut()
            && !term.is_empty()
        {
            if !std::mem::replace(used, true) {
                term.text.take().trim_end_matches(':').clone_into(&mut term.heading);
                terms.links.append(&mut term.links);
            }
            terms.pairs.push((term.heading.clone(), unit.text.take()));
            terms.links.append(&mut unit.links);
            terms.media.append(&mut unit.media);
            if terms.is_large() {
                let mut piece = terms.piece();
                self.records.give(&mut piece);
            }
            return;
        }
        unit.label_lines();
        let alone = unit.pairs.len() == 1 && unit.text.is_empty() && unit.links.is_empty() && unit.media.is_empty();
        match self.frames.last_mut() {
            Some(Frame { what: What::List, unit: list, .. }) if alone && list.pairs.len() < MOST_VALUES => {
                list.pairs.append(&mut unit.pairs);
            }
            _ => self.give_all(std::iter::once(unit)),
        }
    }

    /// Gives records, or what they hold to the block around them.
    pub(super) fn give_all(&mut self, units: impl Iterator<Item = Unit>) {
        for mut unit in units {
            if unit.is_empty() {
                continue;
            }
            if let Some(block) = self.block() {
                block.unit.absorb(unit);
            } else {
                self.give_pairs();
                self.records.give(&mut unit);
            }
        }
    }
}

/// "Participants: Rosa Quill, Ben Zoë" and "Rosa Quill, Ben Zoë" name the same people.
fn people(text: &str) -> String {
    let last = text.lines().last().unwrap_or_default();
    last.split_once(": ").map_or(last, |(_, people)| people).to_owned()
}
