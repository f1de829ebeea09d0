//! The files of an export of records. Each form is a file here; the tables of all have the same columns.

#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "sqlite")]
mod sqlite;
mod text;

use super::{FileWritten, Format, Record};
use std::path::Path;

/// Columns of the table of records. The first is a number, the rest are text.
const RECORDS: [&str; 10] =
    ["record", "export", "company", "section", "kind", "time", "who", "thread", "entry", "locator"];
/// Columns of the table of values; `record` is that of the other table.
const VALUES: [&str; 5] = ["record", "field", "category", "origin", "value"];

/// Files being written.
pub trait Form {
    fn write(&mut self, record: &Record) -> anyhow::Result<()>;

    /// Completes the files and tells what is in them.
    fn finish(self: Box<Self>) -> anyhow::Result<Vec<FileWritten>>;
}

/// Makes the files of a form in a folder.
pub fn open(format: Format, folder: &Path) -> anyhow::Result<Box<dyn Form>> {
    Ok(match format {
        Format::Jsonl | Format::Csv => Box::new(text::Text::new(format, folder)?),
        #[cfg(feature = "parquet")]
        Format::Parquet => Box::new(parquet::Parquet::new(folder)?),
        #[cfg(feature = "sqlite")]
        Format::Sqlite => Box::new(sqlite::Sqlite::new(folder)?),
    })
}

/// The text columns of a record, by [`RECORDS`] without its number.
fn cells(record: &Record) -> [Option<&str>; 9] {
    [
        Some(&record.export),
        Some(&record.company),
        Some(&record.section),
        Some(record.kind),
        record.time.as_deref(),
        record.who.as_deref(),
        record.thread.as_deref(),
        Some(&record.entry),
        Some(&record.locator),
    ]
}
