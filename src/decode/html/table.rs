//! Tables: rows under a header, or labels beside values.

use super::record::Unit;
use crate::decode::keyvalue::is_label;

/// Columns of a row beyond which cells are left out.
const MOST_COLUMNS: usize = 10_000;

/// A finished cell.
#[derive(Debug, Default)]
pub struct Cell {
    /// Its blocks of text.
    pub blocks: Vec<String>,
    /// `<th>`, or a cell of `<thead>`.
    pub is_head: bool,
    /// Says itself that it holds a label, alone or with the values below it.
    pub is_label: bool,
}

/// A finished row.
#[derive(Debug, Default)]
pub struct Row {
    pub cells: Vec<Cell>,
    pub links: Vec<String>,
    pub media: Vec<String>,
}

impl Row {
    pub fn add(&mut self, cell: Cell) {
        if self.cells.len() < MOST_COLUMNS {
            self.cells.push(cell);
        }
    }

    fn is_header(&self) -> bool {
        self.cells.iter().all(|cell| cell.is_head) && self.cells.iter().any(|cell| !cell.blocks.is_empty())
    }

    /// Several cells, none of which says what it is.
    fn is_plain(&self) -> bool {
        self.cells.len() > 1 && !self.cells.iter().any(|cell| cell.is_head || cell.is_label)
    }

    /// A plain first row is a header if each of its cells is short and different, and none holds a figure.
    fn looks_like_header(&self) -> bool {
        let mut texts: Vec<String> = self.cells.iter().map(Cell::text).collect();
        let short = |text: &String| (1..=40).contains(&text.len()) && !text.contains(|c: char| c.is_ascii_digit());
        let all_short = texts.iter().all(short);
        texts.sort_unstable();
        texts.dedup();
        all_short && texts.len() == self.cells.len()
    }

    /// Label and values, if the row is of that form.
    fn pairs(&self) -> Option<Vec<(String, String)>> {
        let pair = |label: &str, value: &String| (label.trim_end_matches(':').to_owned(), value.clone());
        match self.cells.as_slice() {
            [cell] if cell.is_label || cell.is_head => {
                let (label, values) = cell.blocks.split_first()?;
                (!values.is_empty()).then(|| values.iter().map(|value| pair(label, value)).collect())
            }
            [label, values] if !values.is_head => {
                let sure = label.is_head || label.is_label;
                let label = label.text();
                if label.is_empty() || !sure && !is_label(label.trim_end_matches(':')) {
                    return None;
                }
                Some(values.blocks.iter().map(|value| pair(&label, value)).collect())
            }
            _ => None,
        }
    }

    fn texts(&self) -> impl Iterator<Item = String> {
        self.cells.iter().map(Cell::text).filter(|text| !text.is_empty())
    }
}

impl Cell {
    fn text(&self) -> String {
        self.blocks.join("\n")
    }
}

/// A table being read: what its header says.
#[derive(Debug, Default)]
pub struct Table {
    header: Option<Vec<String>>,
    /// The first row, while it is not clear whether it is a header.
    held: Option<Row>,
    started: bool,
}

impl Table {
    /// Takes a row; gives the records that are now complete, each a row. Labels and values go to `pairs`, for the record of the
    /// table.
    pub fn row(&mut self, row: Row, pairs: &mut Unit) -> Vec<Unit> {
        let first = !std::mem::replace(&mut self.started, true);
        let mut records = Vec::new();
        if row.is_header() && row.cells.len() > usize::from(!first) {
            records.extend(self.settle_held(&row, pairs));
            self.header = Some(names(&row));
        } else if first && row.is_plain() {
            self.held = Some(row);
        } else {
            records.extend(self.settle_held(&row, pairs));
            records.extend(self.caption(&row));
            records.extend(self.settle(row, pairs));
        }
        records
    }

    /// A header of one cell over rows of several is the name of the table.
    fn caption(&mut self, row: &Row) -> Option<Unit> {
        let alone = self.header.as_ref().is_some_and(|names| names.len() == 1);
        (alone && row.cells.len() > 1)
            .then(|| self.header.take())
            .flatten()
            .map(|names| Unit::of_text(&names.join("\n")))
    }

    /// The row held back turns out to be a header, a label with its value, or a record.
    fn settle_held(&mut self, next: &Row, pairs: &mut Unit) -> Option<Unit> {
        let held = self.held.take()?;
        let by_labels = next.cells.len() == 2 && next.pairs().is_some();
        if held.looks_like_header() && held.cells.len() == next.cells.len() && !by_labels {
            self.header = Some(names(&held));
            return None;
        }
        self.settle(held, pairs)
    }

    /// A row that is no header: a record, or something for the record of the table.
    fn settle(&self, row: Row, pairs: &mut Unit) -> Option<Unit> {
        match row.pairs().filter(|_| self.header.is_none()) {
            Some(found) => {
                pairs.pairs.extend(found);
                pairs.links.extend(row.links);
                pairs.media.extend(row.media);
                None
            }
            None => Some(self.record(row)),
        }
    }

    /// The table ends: a row still held is a record, or a label with its value.
    pub fn finish(&mut self, pairs: &mut Unit) -> Option<Unit> {
        let held = self.held.take()?;
        self.settle(held, pairs)
    }

    /// What a row adds to the block that the table stands in.
    pub fn row_of_block(&mut self, row: Row, block: &mut Unit) {
        block.links.extend(row.links.iter().cloned());
        block.media.extend(row.media.iter().cloned());
        if row.is_header() && row.cells.len() > 1 {
            self.header = Some(names(&row));
        } else if let Some(pairs) = row.pairs().filter(|_| self.header.is_none()) {
            block.pairs.extend(pairs);
        } else if self.header.is_some() {
            block.pairs.extend(self.record(row).columns);
        } else {
            for text in row.texts() {
                block.text.block_end();
                block.text.push(&text);
            }
            block.text.block_end();
        }
    }

    fn record(&self, row: Row) -> Unit {
        let mut unit = Unit::default();
        if self.header.is_none() && row.cells.len() == 1 {
            unit = Unit::of_text(&row.texts().collect::<Vec<_>>().join("\n"));
            unit.label_lines();
        } else {
            unit.columns = row.cells.iter().enumerate().map(|(at, cell)| (self.column(at), cell.text())).collect();
        }
        unit.links = row.links;
        unit.media = row.media;
        unit
    }

    fn column(&self, at: usize) -> String {
        let name = self.header.as_ref().and_then(|names| names.get(at)).filter(|name| !name.is_empty());
        name.cloned().unwrap_or_else(|| format!("column {}", at + 1))
    }
}

/// Names of columns; a name that is there already gets its number.
fn names(row: &Row) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for cell in &row.cells {
        let name = cell.text();
        let same = names.iter().filter(|known| **known == name).count();
        names.push(if same > 0 && !name.is_empty() { format!("{name} ({})", same + 1) } else { name });
    }
    names
}
