//! HTML by tokens, never as a tree: blocks, tables, lists and labelled lines become records, in memory that does not grow with
//! the page. Nothing is fetched, no script is run.
//!
//! Records are placed at `block N`, counted from 1 over the page. Their fields:
//!
//! | path | what |
//! |---|---|
//! | `title` | outside all records, before the first one: the text of `<title>`, else of the first `<h1>` |
//! | `header` | outside all records: what the page is about, where a class tells it and `<title>` does not |
//! | `section` | the heading (h1–h6) above the record, where it says more than the title |
//! | `thread` | the people of the conversation a message stands in (Facebook until 2018) |
//! | `heading` | the heading of a block: the sender of a message, the title of an activity |
//! | `text` | what else the block, list item or paragraph says; `<br>` and ends of blocks are line ends |
//! | `date` | the date of the block, as written |
//! | `fields.<Label>` | the value beside a label: cells of a block, two-column tables, `dl`, lines "Label: value"; repeated labels repeat |
//! | `<column>` | a cell of a table with a header row; `column N` where the header is empty or missing |
//! | `reactions[]` `link[]` `media[]` | reactions to a message; targets of links; files shown or linked, by their place in the archive |
//!
//! Blocks are known by the classes of Facebook's three generations (`facebook.md` §6), of Google's activity pages and of Google
//! Voice. Class names are build artefacts: a block that is found but whose parts are not is read as heading, body, and date last.

mod elements;
mod page;
mod record;
mod roles;
mod table;
mod tags;
mod text;

use super::DecodeError;
use super::charset::Utf8;
use crate::emit::Emitter;
use html5gum::{IoReader, Tokenizer};
use page::Page;
use std::io::Read;
use tags::Tags;

/// Reads the stream into records.
pub fn decode(input: &mut dyn Read, emitter: &mut Emitter<'_>) -> Result<(), DecodeError> {
    let mut stream = Utf8::new(input)?;
    let mut page = Page::new(emitter);
    let outcome = Tokenizer::new_with_emitter(IoReader::new(&mut stream), Tags::new(&mut page)).finish();
    page.finish();
    for sentence in stream.mended() {
        emitter.problem(".", &sentence);
    }
    Ok(outcome?)
}

#[cfg(test)]
mod tests;
