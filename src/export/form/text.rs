//! JSON Lines, and two tables as CSV.

use super::{Form, RECORDS, VALUES, cells};
use crate::export::{FileWritten, Format, Record, files};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

pub struct Text {
    format: Format,
    files: Vec<Writing>,
}

struct Writing {
    name: &'static str,
    out: BufWriter<File>,
    rows: u64,
    bytes: u64,
}

impl Text {
    pub fn new(format: Format, folder: &Path) -> anyhow::Result<Self> {
        let open = |name: &&'static str| {
            let out = BufWriter::new(files::create(&folder.join(name))?);
            Ok(Writing { name, out, rows: 0, bytes: 0 })
        };
        let mut text = Self { format, files: format.files().iter().map(open).collect::<io::Result<_>>()? };
        if format == Format::Csv {
            text.line(0, &row(&RECORDS))?;
            text.line(1, &row(&VALUES))?;
            text.files.iter_mut().for_each(|file| file.rows = 0);
        }
        Ok(text)
    }

    fn line(&mut self, file: usize, line: &str) -> io::Result<()> {
        let Some(file) = self.files.get_mut(file) else { return Ok(()) };
        file.rows += 1;
        file.bytes += line.len() as u64;
        file.out.write_all(line.as_bytes())
    }
}

impl Form for Text {
    fn write(&mut self, record: &Record) -> anyhow::Result<()> {
        if self.format == Format::Jsonl {
            let mut line = serde_json::to_string(record)?;
            line.push('\n');
            return Ok(self.line(0, &line)?);
        }
        let number = record.record.to_string();
        let text = cells(record).map(Option::unwrap_or_default);
        self.line(0, &row(&[&[number.as_str()][..], &text].concat()))?;
        for value in &record.values {
            let shown = value.value.as_deref().unwrap_or_default();
            self.line(1, &row(&[&number, &value.field, &value.category, value.origin, shown]))?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> anyhow::Result<Vec<FileWritten>> {
        let mut written = Vec::new();
        for mut file in self.files {
            file.out.flush()?;
            written.push(FileWritten { name: file.name.to_owned(), rows: file.rows, bytes: file.bytes });
        }
        Ok(written)
    }
}

/// A row by RFC 4180.
fn row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    format!("{}\r\n", cells.join(","))
}

/// A cell. One that a spreadsheet would run as a formula gets an apostrophe before it: it came out of a foreign archive.
fn quoted(cell: &str) -> String {
    let runs = match cell.chars().next() {
        Some('=' | '@' | '\t' | '\r') => true,
        Some('+' | '-') => !cell.chars().skip(1).all(|c| c.is_ascii_digit() || " .,:•".contains(c)),
        _ => false,
    };
    let cell = if runs { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_a_spreadsheet_would_run_are_text() {
        assert_eq!(quoted("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(quoted("@SUM(1)"), "'@SUM(1)");
        assert_eq!(quoted("-1+cmd|x"), "'-1+cmd|x");
        assert_eq!(quoted("+44 7700 900123"), "+44 7700 900123");
        assert_eq!(quoted("+44•••••0123"), "+44•••••0123");
        assert_eq!(quoted("-1.5"), "-1.5");
    }

    #[test]
    fn cells_with_commas_quotes_and_line_ends_are_quoted() {
        assert_eq!(row(&["a", "b,c", "say \"hi\"", "two\nlines"]), "a,\"b,c\",\"say \"\"hi\"\"\",\"two\nlines\"\r\n");
    }
}
