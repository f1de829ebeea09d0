//! Where the header of a table is, and where the table ends.

use super::rows::Row;
use crate::decode::time::Clock;

/// Rows before a header beyond which there is none.
const MOST_PREAMBLE: usize = 20;

/// The names of the columns, and what is known of their values.
#[derive(Debug, Default)]
pub struct Table {
    pub columns: Vec<String>,
    width: usize,
    /// For each column: whether every value so far held a figure. Empty before the first row.
    figures: Vec<bool>,
}

/// What rows at the beginning of a table are: the first ones preamble, then the header, then data.
#[derive(Debug)]
pub struct Layout {
    pub preamble: usize,
    /// Index of the first data row.
    pub data: usize,
    pub table: Table,
}

/// Whether rows followed by an empty line are a table of their own: several of the same width.
pub fn is_complete(rows: &[Row]) -> bool {
    rows.len() > 1 && header_of(rows).is_some_and(|at| rows.len() > at + 1)
}

impl Layout {
    /// `known` are the columns the sheet tells for files without a header, below a sentence if `heading` says so.
    pub fn of(rows: &[Row], known: &[String], heading: bool) -> Self {
        if !known.is_empty() {
            return Self::of_known(rows, known, usize::from(heading));
        }
        match header_of(rows) {
            Some(at) => Self::below(rows, at),
            None => Self::of_list(rows),
        }
    }

    fn of_known(rows: &[Row], known: &[String], preamble: usize) -> Self {
        let is_header = |row: &Row| row.cells().eq(known.iter().map(String::as_str));
        let data = preamble + usize::from(rows.get(preamble).is_some_and(is_header));
        Self { preamble, data, table: Table::new(known.to_vec()) }
    }

    fn below(rows: &[Row], at: usize) -> Self {
        let Some(header) = rows.get(at) else { return Self::of_list(rows) };
        if header.cells().any(is_data) {
            return Self { preamble: at, data: at, table: Table::new(numbered(header.width())) };
        }
        Self { preamble: at, data: at + 1, table: Table::new(names(header)) }
    }

    /// A single column: its first line is its name, unless it is a value by itself; a line alone is a remark.
    fn of_list(rows: &[Row]) -> Self {
        let first = rows.first().map(Row::joined).unwrap_or_default();
        if is_data(&first) {
            return Self { preamble: 0, data: 0, table: Table::new(numbered(1)) };
        }
        if rows.len() == 1 {
            return Self { preamble: 1, data: 1, table: Table::new(numbered(1)) };
        }
        Self { preamble: 0, data: 1, table: Table::new(vec![first]) }
    }
}

impl Table {
    fn new(columns: Vec<String>) -> Self {
        Self { width: columns.len(), columns, figures: Vec::new() }
    }

    /// Calls the columns by one of the `known` headers: by the one with the same names in whatever case, or, where the person's
    /// language hides them, by the one of the same width. A header that shares half its names with one is of another order and stays.
    pub fn translate(&mut self, known: &[Vec<String>]) {
        let fold = |names: &[String]| names.iter().map(|name| name.to_lowercase()).collect::<Vec<_>>();
        let numbered = self.columns.iter().all(|name| name.starts_with("column "));
        let columns = fold(&self.columns);
        let alike = |header: &&Vec<String>| {
            let names = fold(header);
            columns.iter().filter(|column| names.contains(column)).count()
        };
        if let Some(nearest) = known.iter().max_by_key(alike).filter(|nearest| alike(nearest) * 2 >= columns.len()) {
            let spelled = |name: &String| nearest.iter().find(|known| known.to_lowercase() == name.to_lowercase());
            self.columns = self.columns.iter().map(|name| spelled(name).unwrap_or(name).clone()).collect();
        } else if let Some(header) = known.iter().find(|header| header.len() == self.columns.len())
            && !numbered
        {
            self.columns.clone_from(header);
        }
    }

    /// Keeps what the values of a row tell about the columns.
    pub fn learn(&mut self, row: &Row) {
        self.figures.resize(self.figures.len().max(row.width().min(self.width)), true);
        for (figures, cell) in self.figures.iter_mut().zip(row.cells()) {
            *figures &= cell.is_empty() || has_figure(cell);
        }
    }

    /// Whether a row after an empty line is the beginning of another table: it has another width, or words where this table has
    /// figures.
    pub fn ends_before(&self, row: &Row) -> bool {
        if row.width() != self.width {
            return self.width > 1;
        }
        self.width > 1 && all_words(row) && self.figures.contains(&true)
    }

    /// Whether a row without an empty line before it may begin another table: words where this one has figures, and another width.
    pub fn may_end_before(&self, row: &Row) -> bool {
        let other = row.width() != self.width && row.width() > 1 && row.width() != self.width + 1;
        other && self.width > 1 && all_words(row) && self.figures.contains(&true)
    }
}

/// Whether a row of words is the header above the next one: as wide, and there are figures below.
pub fn is_header_of(header: &Row, next: &Row) -> bool {
    next.width() == header.width() && next.cells().any(has_figure)
}

/// The row that is the header of a table of several columns: the first that is as wide as most rows below it.
fn header_of(rows: &[Row]) -> Option<usize> {
    let width = usual_width(rows)?;
    let fits = |row: &Row| row.width() == width && row.filled() * 2 >= width;
    let at = rows.iter().position(fits)?;
    let same = rows.iter().filter(|row| row.width() == width).count();
    let first = rows.first()?;
    if same == 1 && rows.len() > 1 && first.width() > 1 && first.filled() == first.width() {
        return Some(0);
    }
    let below = rows.len() - at;
    let lone = below == 1 && width > 2;
    if at > MOST_PREAMBLE || !(lone || rows.len() == 1 || same > 1 && same * 2 >= below) {
        return None;
    }
    Some(if at > 0 && is_shorter_header(rows.get(at - 1)?, width) { at - 1 } else { at })
}

/// Rows with a delimiter at their end are one wider than their header.
fn is_shorter_header(row: &Row, width: usize) -> bool {
    width > 3 && row.width() + 1 == width && row.filled() == row.width()
}

/// The commonest width of several columns; of equally common ones the larger.
fn usual_width(rows: &[Row]) -> Option<usize> {
    let mut widths: Vec<usize> = rows.iter().map(Row::width).filter(|&width| width > 1).collect();
    widths.sort_unstable();
    let common = widths.chunk_by(|a, b| a == b).max_by_key(|same| same.len())?;
    common.first().copied()
}

/// A cell that no header has: a date, an address, a long number.
fn is_data(cell: &str) -> bool {
    let long_number =
        cell.len() > 4 && cell.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b' '));
    long_number
        || cell.contains('@') && cell.contains('.') && !cell.contains(' ')
        || cell.starts_with("http://")
        || cell.starts_with("https://")
        || has_figure(cell) && Clock::Auto.read(cell).is_some()
}

fn all_words(row: &Row) -> bool {
    row.cells().all(|cell| !cell.is_empty() && !has_figure(cell))
}

fn has_figure(cell: &str) -> bool {
    cell.contains(|c: char| c.is_ascii_digit())
}

fn numbered(width: usize) -> Vec<String> {
    (1..=width).map(|at| format!("column {at}")).collect()
}

/// Names of columns; a name that is there already gets its number.
fn names(header: &Row) -> Vec<String> {
    let mut seen = hashbrown::HashMap::<&str, usize>::new();
    header
        .cells()
        .enumerate()
        .map(|(at, cell)| {
            let count = seen.entry(cell).or_default();
            *count += 1;
            match (cell, *count) {
                ("", _) => format!("column {}", at + 1),
                (_, 1) => cell.to_owned(),
                (_, count) => format!("{cell} ({count})"),
            }
        })
        .collect()
}
