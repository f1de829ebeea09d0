//! Two Parquet files, compressed by column.

use super::{Form, RECORDS, VALUES, cells};
use crate::export::{FileWritten, Format, Record, files};
use arrow_array::builder::{StringBuilder, UInt64Builder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// Rows gathered before they are given to the writer.
const ROWS: usize = 8192;

pub struct Parquet {
    records: Table,
    values: Table,
}

/// A number and columns of text.
struct Table {
    name: &'static str,
    schema: SchemaRef,
    writer: ArrowWriter<File>,
    number: UInt64Builder,
    text: Vec<StringBuilder>,
    waiting: usize,
    rows: u64,
}

impl Parquet {
    pub fn new(folder: &Path) -> anyhow::Result<Self> {
        let [records, values] = Format::Parquet.files() else { anyhow::bail!("these are two tables") };
        Ok(Self { records: Table::new(folder, records, &RECORDS)?, values: Table::new(folder, values, &VALUES)? })
    }
}

impl Table {
    fn new(folder: &Path, name: &'static str, columns: &[&str]) -> anyhow::Result<Self> {
        let typed = |(at, column): (usize, &&str)| match at {
            0 => Field::new(*column, DataType::UInt64, false),
            _ => Field::new(*column, DataType::Utf8, true),
        };
        let schema = Arc::new(Schema::new(columns.iter().enumerate().map(typed).collect::<Vec<_>>()));
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let writer = ArrowWriter::try_new(files::create(&folder.join(name))?, Arc::clone(&schema), Some(properties))?;
        let text = columns.iter().skip(1).map(|_| StringBuilder::new()).collect();
        Ok(Self { name, schema, writer, number: UInt64Builder::new(), text, waiting: 0, rows: 0 })
    }

    fn row(&mut self, number: u64, text: &[Option<&str>]) -> anyhow::Result<()> {
        self.number.append_value(number);
        for (column, cell) in self.text.iter_mut().zip(text) {
            column.append_option(*cell);
        }
        (self.waiting, self.rows) = (self.waiting + 1, self.rows + 1);
        if self.waiting == ROWS { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> anyhow::Result<()> {
        self.waiting = 0;
        let number: ArrayRef = Arc::new(self.number.finish());
        let text = self.text.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef);
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), [number].into_iter().chain(text).collect())?;
        Ok(self.writer.write(&batch)?)
    }

    fn finish(mut self) -> anyhow::Result<FileWritten> {
        self.flush()?;
        self.writer.finish()?;
        let bytes = self.writer.bytes_written() as u64;
        Ok(FileWritten { name: self.name.to_owned(), rows: self.rows, bytes })
    }
}

impl Form for Parquet {
    fn write(&mut self, record: &Record) -> anyhow::Result<()> {
        self.records.row(record.record, &cells(record))?;
        for value in &record.values {
            let text = [&value.field, &value.category, value.origin].map(|cell: &str| Some(cell));
            self.values.row(record.record, &[&text[..], &[value.value.as_deref()]].concat())?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> anyhow::Result<Vec<FileWritten>> {
        Ok(vec![self.records.finish()?, self.values.finish()?])
    }
}
