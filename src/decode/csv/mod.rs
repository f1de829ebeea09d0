//! Tables as text: any usual delimiter and encoding, lines before the header, several tables in a file, rows of uneven length.
//!
//! A record is a data row, placed at `row N` (counted from 1 over the file); its fields are the names of the columns. A name that
//! is there already gets its number, `Company (2)`; a column without a name is `column N`. What stands before a header is the
//! value `preamble`, outside of all records.

mod rows;
mod sniff;
mod table;

use super::DecodeError;
use super::charset::Utf8;
use crate::decode::cap;
use crate::emit::Emitter;
use crate::record::ValueType;
use rows::{Cut, Row, Rows};
use std::io::{BufRead, Read};
use table::{Layout, Table};

/// Rows looked at before a header is settled, and their bytes.
const LOOK_AHEAD: usize = 64;
const LOOK_AHEAD_BYTES: usize = 1 << 20;

/// Where the sheet tells a single column, commas belong to the values.
const NO_DELIMITER: u8 = 0x1f;

/// How databases write "nothing" into tables.
const NOTHING: &str = r"\N";

/// Reads the stream into records.
pub fn decode(input: &mut dyn Read, emitter: &mut Emitter<'_>) -> Result<(), DecodeError> {
    let mut stream = Utf8::new(input)?;
    let delimiter = match emitter.section().columns.len() {
        1 => NO_DELIMITER,
        _ => sniff::delimiter(stream.fill_buf()?),
    };
    let mut rows = Rows::new(stream, delimiter);
    let mut file = File::new(emitter);
    while let Some(row) = rows.next() {
        file.row(row);
    }
    file.finish();
    for sentence in rows.mended() {
        emitter.problem(".", &sentence);
    }
    rows.outcome().map_err(DecodeError::from)
}

/// The walk over the rows of a file.
struct File<'a, 'e> {
    emitter: &'a mut Emitter<'e>,
    table: Option<Table>,
    /// Rows of a table whose header is not settled yet.
    ahead: Vec<Row>,
    ahead_bytes: usize,
    /// A row that may be the header of another table: the next one tells.
    border: Option<Row>,
    /// Data rows given.
    count: u64,
}

impl<'a, 'e> File<'a, 'e> {
    fn new(emitter: &'a mut Emitter<'e>) -> Self {
        Self { emitter, table: None, ahead: Vec::new(), ahead_bytes: 0, border: None, count: 0 }
    }

    fn row(&mut self, row: Row) {
        if let Some(cut) = row.cut {
            self.say_cut(row.line, cut);
        }
        if row.filled() == 0 {
            return;
        }
        match self.border.take() {
            // The row before was the header of another table.
            Some(border) if table::is_header_of(&border, &row) => {
                self.settle();
                self.table = None;
                self.hold(border);
                self.hold(row);
            }
            Some(border) => {
                self.in_table(border);
                self.row(row);
            }
            None if self.may_be_border(&row) => self.border = Some(row),
            None => self.in_table(row),
        }
    }

    /// What rows at the beginning of a table are; only above the first one stands the sentence the sheet knows of.
    fn layout(&self, rows: &[Row]) -> Layout {
        let section = self.emitter.section();
        Layout::of(rows, &section.columns, section.heading && self.count == 0)
    }

    /// Whether a row that no empty line stands before may be the header of another table.
    fn may_be_border(&self, row: &Row) -> bool {
        if row.after_blank {
            return false;
        }
        if let Some(table) = &self.table {
            return table.may_end_before(row);
        }
        table::is_complete(&self.ahead) && {
            let mut layout = self.layout(&self.ahead);
            self.ahead.iter().skip(layout.data).for_each(|row| layout.table.learn(row));
            layout.table.may_end_before(row)
        }
    }

    fn in_table(&mut self, row: Row) {
        if row.after_blank && table::is_complete(&self.ahead) {
            self.settle();
        }
        match &self.table {
            Some(table) if row.after_blank && table.ends_before(&row) => self.table = None,
            Some(_) => return self.give(&row),
            None => {}
        }
        self.hold(row);
        if self.ahead.len() >= LOOK_AHEAD || self.ahead_bytes >= LOOK_AHEAD_BYTES {
            self.settle();
        }
    }

    /// Keeps a row until it is settled what it is.
    fn hold(&mut self, row: Row) {
        self.ahead_bytes += row.bytes();
        self.ahead.push(row);
    }

    fn finish(&mut self) {
        if let Some(border) = self.border.take() {
            self.in_table(border);
        }
        self.settle();
    }

    /// Settles what the rows held back are: preamble, header, data.
    fn settle(&mut self) {
        let rows = std::mem::take(&mut self.ahead);
        self.ahead_bytes = 0;
        if rows.is_empty() {
            return;
        }
        let mut layout = self.layout(&rows);
        let section = self.emitter.section();
        layout.table.translate(&section.headers);
        // A header without rows under it is no remark, if the sheet knows it.
        let is_header =
            |row: &Row| section.headers.iter().any(|header| row.cells().eq(header.iter().map(String::as_str)));
        if let [only] = rows.as_slice()
            && is_header(only)
        {
            layout = Layout { preamble: 0, data: 1, table: layout.table };
        }
        let preamble = rows.get(..layout.preamble).unwrap_or_default();
        self.preamble(preamble);
        self.table = Some(layout.table);
        for row in rows.iter().skip(layout.data) {
            self.give(row);
        }
    }

    fn preamble(&mut self, rows: &[Row]) {
        let lines: Vec<String> = rows.iter().map(Row::joined).collect();
        if !lines.is_empty() {
            let root = self.emitter.root();
            let node = self.emitter.key(root, "preamble");
            self.emitter.value(node, &lines.join("\n"), ValueType::String);
        }
    }

    fn give(&mut self, row: &Row) {
        let Some(table) = &mut self.table else { return };
        table.learn(row);
        if self.emitter.section().pairs {
            return self.pair(row);
        }
        self.count += 1;
        self.emitter.begin("row *", self.count);
        let root = self.emitter.root();
        for (at, cell) in row.cells().enumerate().filter(|(_, cell)| !cell.is_empty() && *cell != NOTHING) {
            let value = bounded(cell);
            if value.len() < cell.len() {
                self.emitter.problem(&format!("line {}", row.line), "a cell is larger than 16 MiB and is cut");
            }
            let node = match table.columns.get(at) {
                Some(name) => self.emitter.key(root, name),
                None => self.emitter.key(root, &format!("column {}", at + 1)),
            };
            self.emitter.value(node, value, kind(value));
        }
        self.emitter.end();
    }

    /// A row that is a name and its values. What has no name is no pair, and is kept as `column N`.
    fn pair(&mut self, row: &Row) {
        let root = self.emitter.root();
        let name = row.cells().next().filter(|name| !name.is_empty()).map(|name| self.emitter.key(root, name));
        for (at, cell) in row.cells().enumerate().skip(1).filter(|(_, cell)| !cell.is_empty() && *cell != NOTHING) {
            let node = name.unwrap_or_else(|| self.emitter.key(root, &format!("column {}", at + 1)));
            let value = bounded(cell);
            self.emitter.value(node, value, kind(value));
        }
    }

    fn say_cut(&mut self, line: u64, cut: Cut) {
        let what = match cut {
            Cut::Size => {
                "the row is larger than 32 MiB, so a quote is probably never closed; reading goes on at the next line"
            }
            Cut::Columns => "the row has more than 10000 columns; the rest of them is left out",
            Cut::Quote => "a quote is opened and never closed; all that follows is in one cell",
        };
        self.emitter.problem(&format!("line {line}"), what);
    }
}

/// The cell, cut to the size of one value.
fn bounded(cell: &str) -> &str {
    let end = (0..=cap::VALUE.min(cell.len())).rev().find(|&at| cell.is_char_boundary(at));
    end.and_then(|end| cell.get(..end)).unwrap_or_default()
}

/// A number if it is one in digits; a leading zero or plus is how phones and codes are written.
fn kind(cell: &str) -> ValueType {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let plain = all_digits(whole) && all_digits(fraction) && (whole == "0" || !whole.starts_with('0'));
    if plain && cell.len() <= 24 { ValueType::Number } else { ValueType::String }
}

#[cfg(test)]
mod tests;
