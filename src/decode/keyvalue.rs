//! Text files of `Key: value` lines, in blocks or not; and text without any form, by paragraphs.
use super::DecodeError;
use crate::emit::Emitter;
use std::io::Read;

/// Reads the stream into records.
pub fn decode(_input: &mut dyn Read, _emitter: &mut Emitter<'_>) -> Result<(), DecodeError> {
    Ok(())
}

/// Longest label before a colon, in characters and in words: longer ones are sentences.
const LONGEST_LABEL: usize = 48;
const MOST_WORDS: usize = 6;

/// Label and value of a line `Label: value`; the value is empty for `Label:`.
pub(super) fn pair(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let (label, value) = match line.split_once(": ").or_else(|| line.split_once('：')) {
        Some((label, value)) => (label, value.trim()),
        None => (line.strip_suffix([':', '：'])?, ""),
    };
    let label = label.trim_end_matches([':', ' ']);
    is_label(label).then_some((label, value))
}

/// Whether a text is short and plain enough to name something.
pub(super) fn is_label(text: &str) -> bool {
    text.chars().count() <= LONGEST_LABEL
        && text.split_whitespace().count() <= MOST_WORDS
        && text.starts_with(char::is_alphanumeric)
        && text.contains(char::is_alphabetic)
        && !text.contains(['.', '!', '?', '"', ';', '<', '>'])
}
