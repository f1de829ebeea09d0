//! Tables for people: columns as wide as their widest cell, numbers to the right.

use super::print::Print;
use crate::text;
use std::io;

/// Columns are cut to this width, so that one long value does not push the rest off the screen.
const WIDEST: usize = 60;

/// How a column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Left,
    Right,
}

/// Rows of foreign or own text under a heading.
#[derive(Debug)]
pub struct Table {
    head: Vec<(&'static str, Side)>,
    rows: Vec<Vec<String>>,
    widest: usize,
}

impl Table {
    pub fn new(head: &[(&'static str, Side)]) -> Self {
        Self { head: head.to_vec(), rows: Vec::new(), widest: WIDEST }
    }

    /// Its cells are shown whole, as paths must be.
    pub fn uncut(self) -> Self {
        Self { widest: usize::MAX, ..self }
    }

    /// Adds a row; its cells pass the gate here.
    pub fn row(&mut self, cells: &[&str]) {
        self.rows.push(cells.iter().map(|cell| text::fit(&text::line(cell), self.widest).into_owned()).collect());
    }

    pub fn print(&self, print: &Print) -> io::Result<()> {
        let heads: Vec<String> = self.head.iter().map(|(head, _)| (*head).to_owned()).collect();
        let widths: Vec<usize> = (0..self.head.len())
            .map(|at| {
                self.rows
                    .iter()
                    .chain([&heads])
                    .filter_map(|row| row.get(at))
                    .map(|cell| text::width(cell))
                    .max()
                    .unwrap_or(0)
            })
            .collect();
        let heading = self.set(&heads, &widths);
        print.heading(&heading)?;
        for row in &self.rows {
            print.line(&self.set(row, &widths))?;
        }
        Ok(())
    }

    fn set(&self, row: &[String], widths: &[usize]) -> String {
        let cells = row.iter().zip(&self.head).zip(widths).map(|((cell, (_, side)), width)| {
            let space = " ".repeat(width.saturating_sub(text::width(cell)));
            match side {
                Side::Left => format!("{cell}{space}"),
                Side::Right => format!("{space}{cell}"),
            }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    }
}

/// A number as people read it: `1,204,881`.
pub fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// The day of an RFC 3339 time.
pub fn day(time: Option<&str>) -> &str {
    time.and_then(|time| time.get(..10)).unwrap_or("–")
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(1_204_881), "1,204,881");
    }
}
