//! Text files of `Key: value` lines, in blocks or not; and text without any form, by paragraphs.
//!
//! A record is a block of lines, placed at `line N`, the line it begins in. Its fields are its keys; a key that begins the block
//! and comes again begins the next record. Keys are told from values by `: `, `:` at the end of a line, `=` or a tab. A block
//! that is not of this form has the field `text`, as has a line above the keys of its block. A heading (`== Title ==`, `# Title`, `[Title]`, a line underlined with `---` or
//! `===`) is the field `section` of the records below it.
//!
//! In a section of messages a block that says who wrote and when is the head of a letter: the text below it, up to the next head, is
//! its `text`.

mod line;

use super::DecodeError;
use super::charset::Utf8;
use crate::decode::cap;
use crate::emit::Emitter;
use crate::record::{Kind, ValueType};
use crate::sheets::FieldPattern;
pub(super) use line::{is_label, pair};
use std::io::{BufRead, Read};

/// A block is given in pieces of this size, so that a file of one paragraph costs no more memory than one of many.
const LARGEST_BLOCK: usize = 1 << 20;

/// Reads the stream into records.
pub fn decode(input: &mut dyn Read, emitter: &mut Emitter<'_>) -> Result<(), DecodeError> {
    let mut stream = Utf8::new(input)?;
    let mut blocks = Blocks::new(emitter);
    let outcome = read_lines(&mut stream, |line| blocks.line(line));
    blocks.end_block();
    blocks.end_letter();
    blocks.lone_heading();
    for sentence in stream.mended() {
        emitter.problem(".", &sentence);
    }
    Ok(outcome?)
}

/// Gives each line without its end. A line longer than one value may be comes in pieces.
fn read_lines(stream: &mut Utf8<'_>, mut each: impl FnMut(&str)) -> std::io::Result<()> {
    let mut line = Vec::new();
    loop {
        let ready = match stream.fill_buf() {
            Ok(ready) => ready,
            Err(error) => {
                each(&String::from_utf8_lossy(&line));
                return Err(error);
            }
        };
        if ready.is_empty() {
            break;
        }
        let room = cap::VALUE.saturating_sub(line.len()).max(1);
        let piece = ready.get(..ready.len().min(room)).unwrap_or_default();
        let found = memchr::memchr2(b'\n', b'\r', piece);
        let taken = found.unwrap_or(piece.len());
        line.extend_from_slice(piece.get(..taken).unwrap_or_default());
        let pair = ready.get(taken..taken + 2) == Some(b"\r\n");
        let count = taken + usize::from(found.is_some()) + usize::from(found.is_some() && pair);
        stream.consume(count);
        if found.is_some() || line.len() >= cap::VALUE {
            each(&String::from_utf8_lossy(&line));
            line.clear();
        }
    }
    if !line.is_empty() {
        each(&String::from_utf8_lossy(&line));
    }
    Ok(())
}

/// The walk over the lines of a file.
struct Blocks<'a, 'e> {
    emitter: &'a mut Emitter<'e>,
    section: String,
    /// No record has told the section yet.
    fresh: bool,
    /// The lines of the block being read.
    lines: Vec<String>,
    bytes: usize,
    /// Line the block begins in.
    begin: u64,
    count: u64,
    /// In a section of messages: the head of a letter, whose text comes below it.
    letter: Option<(u64, Vec<(String, String)>)>,
}

impl<'a, 'e> Blocks<'a, 'e> {
    fn new(emitter: &'a mut Emitter<'e>) -> Self {
        Self {
            emitter,
            section: String::new(),
            fresh: false,
            lines: Vec::new(),
            bytes: 0,
            begin: 0,
            count: 0,
            letter: None,
        }
    }

    fn line(&mut self, line: &str) {
        self.count += 1;
        let line = line.trim_end();
        if line.trim_start().is_empty() {
            return self.end_block();
        }
        // The text of a letter may be written as it likes.
        if self.letter.is_none() {
            if let Some(title) = line::heading(line) {
                self.end_block();
                return self.heading(title);
            }
            if line::is_underline(line) {
                return self.underline();
            }
        }
        if self.lines.is_empty() {
            self.begin = self.count;
        }
        self.bytes += line.len();
        self.lines.push(line.to_owned());
        if self.bytes >= LARGEST_BLOCK {
            self.end_block();
        }
    }

    /// The line above was a heading.
    fn underline(&mut self) {
        let title = self.lines.pop();
        self.end_block();
        if let Some(title) = title {
            self.heading(&title);
        }
    }

    fn heading(&mut self, title: &str) {
        self.lone_heading();
        self.section.push_str(title.trim());
        self.fresh = true;
        self.begin = self.count;
    }

    /// A heading that nothing followed is a record, so that it is found.
    fn lone_heading(&mut self) {
        let section = std::mem::take(&mut self.section);
        if self.fresh && !section.is_empty() {
            self.give(&[("text", section)]);
        }
        self.fresh = false;
    }

    fn end_block(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        self.bytes = 0;
        let pairs = lines.iter().filter(|line| line::pair_of_any_form(line).is_some()).count();
        let first = lines.first().is_some_and(|line| line::pair_of_any_form(line).is_some());
        let titled = pairs > 1 && pairs + 1 == lines.len();
        if self.letter.is_some() && !self.begins_letter(&lines) {
            self.add_to_letter(&lines);
            return;
        }
        self.end_letter();
        if titled || first && pairs * 2 >= lines.len() {
            self.pairs(&lines);
        } else if !lines.is_empty() {
            self.give(&[("text", lines.join("\n"))]);
        }
    }

    /// In a section of messages, lines that say who wrote and when begin one.
    fn begins_letter(&self, lines: &[String]) -> bool {
        let section = self.emitter.section();
        let keys: Vec<&str> =
            lines.iter().filter_map(|line| line::pair_of_any_form(line)).map(|(key, _)| key).collect();
        let tells = |pattern: &FieldPattern| pattern.last_key().is_some_and(|key| keys.contains(&key));
        section.kind == Some(Kind::Message)
            && section.who.iter().any(tells)
            && section.time.iter().any(|(pattern, _)| tells(pattern))
    }

    fn add_to_letter(&mut self, lines: &[String]) {
        let Some((_, record)) = &mut self.letter else { return };
        let text = lines.join("\n");
        match record.last_mut() {
            Some((key, value)) if key == "text" => {
                if value.len() + text.len() < cap::VALUE {
                    value.push_str("\n\n");
                    value.push_str(&text);
                }
            }
            _ => record.push(("text".to_owned(), text)),
        }
    }

    fn end_letter(&mut self) {
        let Some((begin, record)) = self.letter.take() else { return };
        let record: Vec<(&str, String)> = record.iter().map(|(key, value)| (key.as_str(), value.clone())).collect();
        self.begin = begin;
        self.give(&record);
    }

    fn pairs(&mut self, lines: &[String]) {
        let mut record: Vec<(&str, String)> = Vec::new();
        let begin = self.begin;
        for (at, line) in lines.iter().enumerate() {
            let found = line::pair_of_any_form(line);
            let again = found.is_some_and(|(key, _)| begins_again(&record, key));
            if again {
                self.give(&std::mem::take(&mut record));
                self.begin = begin + at as u64;
            }
            match (found, record.last_mut()) {
                (Some((key, value)), _) => record.push((key, value.to_owned())),
                (None, Some((_, value))) => {
                    if !value.is_empty() {
                        value.push('\n');
                    }
                    value.push_str(line.trim());
                }
                (None, None) => record.push(("text", line.clone())),
            }
        }
        if self.begins_letter(lines) {
            let record = record.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
            self.letter = Some((self.begin, record));
            return;
        }
        self.give(&record);
    }

    fn give(&mut self, record: &[(&str, String)]) {
        self.fresh = false;
        self.emitter.begin("line *", self.begin);
        let root = self.emitter.root();
        if !self.section.is_empty() {
            let node = self.emitter.key(root, "section");
            self.emitter.value(node, &self.section, ValueType::String);
        }
        for (key, value) in record {
            let node = self.emitter.key(root, key);
            self.emitter.value(node, value, ValueType::String);
        }
        self.emitter.end();
    }
}

/// Whether a key is the first of a record that has others already.
fn begins_again(record: &[(&str, String)], key: &str) -> bool {
    let first = record.iter().map(|(first, _)| *first).find(|first| *first != "text");
    first == Some(key) && record.iter().any(|(known, _)| *known != key)
}

#[cfg(test)]
mod tests;
