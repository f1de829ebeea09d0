//! What stands around a place of an entry: a window of lines, read from the archive without ever holding a large entry whole.

use super::secrets::Secrets;
use super::{Place, json_root, locate, number_of, read, tree, unpacked};
use crate::decode::Decoder;
use crate::emit::{Emitter, Paths, Rules};
use crate::index::Segment;
use crate::record::{FieldId, FieldNote, Identifier, Row, Sink};
use crate::sheets::Section;
use std::cell::Cell;
use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::Range;

/// Lines, rows or blocks shown on each side of the place.
const BESIDE: u64 = 100;
/// Bytes of one line that are kept.
const LINE: usize = 16 << 10;

/// A window of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Around {
    /// Name of the archive's file.
    pub file: String,
    pub form: Form,
    pub lines: Vec<Line>,
    /// Which of the lines are the place.
    pub place: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Json,
    /// The first line holds the names of the columns.
    Table,
    /// A web page as text.
    Page,
    Text,
}

/// One line. Texts are as written: they pass the gate where they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub depth: u16,
    pub fold: Fold,
    /// Its number in the file.
    pub number: Option<u64>,
    /// Key of the company's.
    pub name: String,
    pub cells: Vec<String>,
}

/// Whether lines of greater depth below a line belong to it, and show at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fold {
    Leaf,
    Open,
    Closed,
}

impl Line {
    /// A sentence of ours between the lines of a file.
    pub fn note(depth: u16, text: &str) -> Self {
        Self { depth, fold: Fold::Leaf, number: None, name: format!("… {text}"), cells: Vec::new() }
    }

    fn of(number: u64, text: String) -> Self {
        Self { depth: 0, fold: Fold::Leaf, number: Some(number), name: String::new(), cells: vec![text] }
    }
}

/// The window around `place` of an entry. The error is a sentence that says why it cannot be shown.
pub fn around(segment: &Segment, entry: &str, place: &str) -> Result<Around, String> {
    let at = locate(segment, number_of(segment, entry)?)?;
    let secrets = Secrets::of(segment);
    let (form, lines, place) = match numbered(place) {
        Some((Form::Text, number)) => text(&at, number, &secrets)?,
        Some((form, number)) => rows(&at, form, number, &secrets)?,
        None => {
            let root = json_root(&unpacked(&at, super::MOST)?)?;
            let inside = if place == "." { "" } else { place };
            let absent = || format!("{place} is a place of the index, not of the file");
            let way = tree::steps(&root, inside).ok_or_else(absent)?;
            let (lines, place) = tree::lines(&root, &way, &secrets);
            (Form::Json, lines, place)
        }
    };
    if place.is_empty() {
        return Err("the place is not there any more".to_owned());
    }
    Ok(Around { file: at.file, form, lines, place })
}

/// The form and number of a place that counts: `line 7`, `row 7`, `block 7`.
fn numbered(place: &str) -> Option<(Form, u64)> {
    let (word, number) = place.split_once(' ')?;
    let form = match word {
        "line" => Form::Text,
        "row" => Form::Table,
        "block" => Form::Page,
        _ => return None,
    };
    Some((form, number.parse().ok()?))
}

type Window = (Form, Vec<Line>, Range<usize>);

fn text(at: &Place, number: u64, secrets: &Secrets) -> Result<Window, String> {
    let mut outcome = Ok((Vec::new(), 0..0));
    read(at, None, &mut |reader| outcome = lines_near(reader, number))?;
    let (mut lines, place) = outcome.map_err(|error| error.to_string())?;
    lines.iter_mut().flat_map(|line| &mut line.cells).for_each(|text| *text = secrets.line(text));
    Ok((Form::Text, lines, place))
}

/// Lines are counted from 1.
fn lines_near(reader: &mut dyn Read, number: u64) -> io::Result<(Vec<Line>, Range<usize>)> {
    let mut reader = BufReader::new(reader);
    let mut lines = Vec::new();
    for at in 1..=number.saturating_add(BESIDE) {
        let Some(line) = next_line(&mut reader)? else { break };
        if at.saturating_add(BESIDE) >= number {
            let text = String::from_utf8_lossy(&line);
            lines.push(Line::of(at, text.trim_end_matches(['\r', '\n']).trim_start_matches('\u{feff}').to_owned()));
        }
    }
    let found = lines.iter().position(|line| line.number == Some(number));
    Ok((lines, found.map_or(0..0, |at| at..at + 1)))
}

/// The next line, cut to a bounded number of bytes; what is beyond is read over.
fn next_line(reader: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    loop {
        let held = reader.fill_buf()?;
        if held.is_empty() {
            return Ok((!line.is_empty()).then_some(line));
        }
        let (length, ends) = memchr::memchr(b'\n', held).map_or((held.len(), false), |end| (end + 1, true));
        let room = LINE.saturating_sub(line.len()).min(length);
        line.extend_from_slice(held.get(..room).unwrap_or_default());
        reader.consume(length);
        if ends {
            return Ok(Some(line));
        }
    }
}

/// Rows of a table, or blocks of a page, as their decoder counts them.
fn rows(at: &Place, form: Form, number: u64, secrets: &Secrets) -> Result<Window, String> {
    let decoder = if form == Form::Table { Decoder::Csv } else { Decoder::Html };
    let mut near = Near { number, secrets, rows: VecDeque::new(), fields: Vec::new(), done: Cell::new(false) };
    let done = Cell::new(false);
    let mut outcome = Ok(());
    read(at, None, &mut |reader| {
        let section = Section::default();
        let mut paths = Paths::new(0, 1, false);
        let mut sink = Until { near: &mut near, done: &done };
        let rules = Rules { section: &section, shared: &[] };
        let mut emitter = Emitter::new(rules, &mut paths, &mut sink, &at.entry);
        let read = decoder.decode(&mut Stops { reader, done: &done }, &mut emitter);
        emitter.finish();
        outcome = read.map_err(|error| error.to_string());
    })?;
    // What was read before damage is good.
    if near.rows.is_empty() {
        outcome?;
    }
    let (lines, place) = if form == Form::Table { near.table() } else { near.page() };
    Ok((form, lines, place))
}

/// Ends a stream early, when what is wanted has come.
struct Stops<'a> {
    reader: &'a mut dyn Read,
    done: &'a Cell<bool>,
}

impl Read for Stops<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.done.get() { Ok(0) } else { self.reader.read(out) }
    }
}

/// Rows near the wanted one: number, and field and value of each cell.
struct Near<'s> {
    number: u64,
    secrets: &'s Secrets,
    rows: VecDeque<(u64, Vec<(FieldId, String)>)>,
    fields: Vec<String>,
    done: Cell<bool>,
}

impl Near<'_> {
    fn take(&mut self, row: &Row<'_>) {
        let near = row.at.saturating_add(BESIDE) >= self.number && row.at <= self.number.saturating_add(BESIDE);
        if row.section == 0 && row.place.contains('*') && near {
            let cut = |value: &str| value.chars().take(LINE).collect::<String>();
            let values = row.fields.iter().zip(row.each()).map(|(field, value)| (*field, cut(value)));
            self.rows.push_back((row.at, values.collect()));
        }
        self.done.set(row.at > self.number.saturating_add(BESIDE));
    }

    fn name(&self, field: FieldId) -> String {
        self.fields.get(field as usize).cloned().unwrap_or_default()
    }

    fn table(self) -> (Vec<Line>, Range<usize>) {
        let mut columns: Vec<FieldId> =
            self.rows.iter().flat_map(|(_, row)| row.iter().map(|(field, _)| *field)).collect();
        columns.sort_unstable();
        columns.dedup();
        let names: Vec<String> = columns.iter().map(|&field| self.name(field)).collect();
        let head = Line { depth: 0, fold: Fold::Leaf, number: None, name: String::new(), cells: names };
        let cells = |row: &[(FieldId, String)]| -> Vec<String> {
            let cell = |column: &FieldId| {
                row.iter()
                    .find(|(field, _)| field == column)
                    .map(|(_, value)| self.secrets.shown_at(&self.name(*column), value))
            };
            columns.iter().map(|column| cell(column).unwrap_or_default()).collect()
        };
        let mut lines = vec![head];
        lines.extend(self.rows.iter().map(|(at, row)| Line { cells: cells(row), ..Line::of(*at, String::new()) }));
        let found = lines.iter().position(|line| line.number == Some(self.number));
        (lines, found.map_or(0..0, |at| at..at + 1))
    }

    fn page(self) -> (Vec<Line>, Range<usize>) {
        let (mut lines, mut place) = (Vec::new(), 0..0);
        for (at, row) in &self.rows {
            let start = lines.len();
            let title = format!("block {at}");
            lines.push(Line { depth: 0, fold: Fold::Open, number: Some(*at), name: title, cells: Vec::new() });
            for (field, value) in row {
                let name = self.name(*field);
                for (nth, text) in self.secrets.shown_at(&name, value).lines().enumerate() {
                    let name = if nth == 0 { name.clone() } else { String::new() };
                    let cells = vec![text.to_owned()];
                    lines.push(Line { depth: 1, fold: Fold::Leaf, number: None, name, cells });
                }
            }
            if *at == self.number {
                place = start..lines.len();
            }
        }
        (lines, place)
    }
}

struct Until<'a, 's> {
    near: &'a mut Near<'s>,
    done: &'a Cell<bool>,
}

impl Sink for Until<'_, '_> {
    fn field(&mut self, section: u16, path: &str, _: &FieldNote) -> FieldId {
        let path = if section == 0 { path.to_owned() } else { format!("\u{0}{path}") };
        let at = self.near.fields.iter().position(|known| *known == path).unwrap_or_else(|| {
            self.near.fields.push(path);
            self.near.fields.len() - 1
        });
        at as FieldId
    }

    fn thread(&mut self, _: &str) -> u32 {
        0
    }

    fn name_thread(&mut self, _: u32, _: &str) {}

    fn label(&mut self, _: FieldId, _: &str) {}

    fn row(&mut self, row: &Row<'_>) {
        self.near.take(row);
        self.done.set(self.near.done.get());
    }

    fn identifier(&mut self, _: FieldId, _: &Identifier<'_>) {}

    fn problem(&mut self, _: &str, _: &str) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_deep_in_a_text_comes_with_its_neighbours_only() {
        let lines: Vec<String> = (1..=10_000).map(|number| format!("line of {number}\r\n")).collect();
        let text = lines.concat();
        let (lines, place) = lines_near(&mut text.as_bytes(), 5000).expect("no error");
        assert_eq!(lines.len(), 201);
        assert_eq!(lines[place.start].cells, ["line of 5000"]);
        assert_eq!(lines_near(&mut text.as_bytes(), 10_001).expect("no error").1, 0..0);
    }

    #[test]
    fn a_line_of_megabytes_is_cut_and_the_next_is_found() {
        let text = format!("{}\nnext\n", "x".repeat(8 << 20));
        let (lines, place) = lines_near(&mut text.as_bytes(), 2).expect("no error");
        assert_eq!(lines[0].cells[0].len(), LINE);
        assert_eq!(lines[place.start].cells, ["next"]);
    }

    #[test]
    fn places_that_count_are_told_from_places_in_json() {
        assert_eq!(numbered("row 7"), Some((Form::Table, 7)));
        assert_eq!(numbered("block 1"), Some((Form::Page, 1)));
        assert_eq!(numbered("messages[7]"), None);
        assert_eq!(numbered("row x"), None);
    }
}
