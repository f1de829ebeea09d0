//! The columns of a batch: filled row by row, written as Arrow, read back without a copy.

use super::catalog::Stamp;
use super::segment::Numbers;
use super::{fold, tally};
use crate::record::Time;
use arrow_array::builder::StringBuilder;
use arrow_array::types::{ArrowPrimitiveType, Int16Type, Int64Type, UInt32Type, UInt64Type};
use arrow_array::{Array, ArrayRef, PrimitiveArray, RecordBatch, StringArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use std::sync::Arc;

/// Rows of a full batch.
const ROWS: usize = 1 << 16;
/// Bytes of values at which a batch is full, whatever its rows.
const BYTES: usize = 8 << 20;
/// Bytes of one row's text. The decoders stop far below; above, the offsets of Arrow would not suffice.
const MOST_TEXT: usize = 1 << 30;

/// The time of a row that has none.
const NO_TIME: i64 = i64::MIN;

/// Columns of numbers; the texts follow them, so that numbers can be read without any text.
pub const NUMBERS: usize = 10;

/// The columns, in order.
pub fn schema() -> SchemaRef {
    let column = |name, kind| Field::new(name, kind, false);
    Arc::new(Schema::new(vec![
        Field::new("time", DataType::Int64, true),
        column("zone", DataType::Int16),
        column("shape", DataType::UInt32),
        column("entry", DataType::UInt32),
        column("place", DataType::UInt32),
        column("at", DataType::UInt64),
        column("who", DataType::UInt32),
        column("thread", DataType::UInt32),
        column("key", DataType::UInt64),
        column("by_time", DataType::UInt32),
        column("values", DataType::Utf8),
        column("folded", DataType::Utf8),
    ]))
}

/// The numbers of one row.
#[derive(Debug, Clone, Copy)]
pub struct Cells {
    pub time: Option<Time>,
    pub section: u16,
    pub shape: u32,
    pub entry: u32,
    pub place: u32,
    pub at: u64,
    pub who: u32,
    pub thread: u32,
    pub key: u64,
}

/// What is told of a batch without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    pub rows: u32,
    /// Newest and oldest time.
    pub span: Option<(i64, i64)>,
    /// Smallest and greatest entry number.
    pub entries: (u32, u32),
    /// The [`bit`] of each section that has a record here.
    pub sections: u64,
}

/// Stands for a section in the facts of a batch; sections may share one.
pub fn bit(section: u16) -> u64 {
    1 << (section % 64)
}

#[derive(Debug, Clone, Copy, Default)]
struct Sizes {
    rows: usize,
    values: usize,
    folded: usize,
}

/// A batch that is being filled.
#[derive(Debug, Default)]
pub struct Filling {
    time: Vec<i64>,
    zone: Vec<i16>,
    shape: Vec<u32>,
    entry: Vec<u32>,
    place: Vec<u32>,
    at: Vec<u64>,
    who: Vec<u32>,
    thread: Vec<u32>,
    key: Vec<u64>,
    values: StringBuilder,
    bytes: usize,
    sections: u64,
    /// Sizes of the batch before: the next one is about as large.
    last: Sizes,
    /// Kept from batch to batch.
    order: Vec<(i64, u32)>,
}

impl Filling {
    /// Adds a row. True if the batch is full now.
    pub fn push(&mut self, cells: &Cells, values: &str) -> bool {
        if self.time.is_empty() {
            self.make_room();
        }
        let (ms, zone) = cells.time.map_or((NO_TIME, 0), |time| (time.ms, time.zone_code()));
        self.time.push(ms);
        self.zone.push(zone);
        self.sections |= bit(cells.section);
        self.shape.push(cells.shape);
        self.entry.push(cells.entry);
        self.place.push(cells.place);
        self.at.push(cells.at);
        self.who.push(cells.who);
        self.thread.push(cells.thread);
        self.key.push(cells.key);
        self.push_text(values);
        self.time.len() >= ROWS || self.bytes >= BYTES
    }

    /// In one step, and only now: the batch before has been written and its memory is free again.
    fn make_room(&mut self) {
        let Sizes { rows, values, .. } = self.last;
        self.time.reserve(rows);
        self.zone.reserve(rows);
        for column in [&mut self.shape, &mut self.entry, &mut self.place, &mut self.who, &mut self.thread] {
            column.reserve(rows);
        }
        for column in [&mut self.at, &mut self.key] {
            column.reserve(rows);
        }
        self.values = StringBuilder::with_capacity(rows, values);
    }

    fn push_text(&mut self, values: &str) {
        let values = tally::cut(values, MOST_TEXT);
        self.values.append_value(values);
        self.bytes += values.len() + fold::may_grow(values);
    }

    pub fn is_empty(&self) -> bool {
        self.time.is_empty()
    }

    /// Bytes the batch will take on disk, roughly.
    pub fn size(&self) -> u64 {
        (self.values.values_slice().len() * 2 + self.time.len() * 58) as u64
    }

    /// The batch, and what is told of it; the filling begins anew. Texts are folded and times put in order only now, so that
    /// another thread can do it.
    pub fn take(&mut self) -> Result<(RecordBatch, Facts), ArrowError> {
        let facts = self.facts();
        let values = std::mem::take(&mut self.values).finish();
        let folded = folded(&values, self.last.folded)?;
        let sizes = [&values, &folded].map(|texts| texts.values().len().min(BYTES));
        self.last = Sizes { rows: self.time.len(), values: sizes[0], folded: sizes[1] };
        let by_time = self.newest_first();
        let timeless = self.time.contains(&NO_TIME);
        let nulls = timeless.then(|| self.time.iter().map(|&ms| ms != NO_TIME).collect::<NullBuffer>());
        let time = PrimitiveArray::<Int64Type>::new(std::mem::take(&mut self.time).into(), nulls);
        self.bytes = 0;
        self.sections = 0;
        let columns: Vec<ArrayRef> = vec![
            Arc::new(time),
            column::<Int16Type>(&mut self.zone),
            column::<UInt32Type>(&mut self.shape),
            column::<UInt32Type>(&mut self.entry),
            column::<UInt32Type>(&mut self.place),
            column::<UInt64Type>(&mut self.at),
            column::<UInt32Type>(&mut self.who),
            column::<UInt32Type>(&mut self.thread),
            column::<UInt64Type>(&mut self.key),
            Arc::new(PrimitiveArray::<UInt32Type>::from(by_time)),
            Arc::new(values),
            Arc::new(folded),
        ];
        Ok((RecordBatch::try_new(schema(), columns)?, facts))
    }

    fn facts(&self) -> Facts {
        let timed = || self.time.iter().copied().filter(|&ms| ms != NO_TIME);
        let low = self.entry.iter().copied().min().unwrap_or(0);
        let high = self.entry.iter().copied().max().unwrap_or(0);
        let span = timed().max().zip(timed().min());
        Facts { rows: self.time.len() as u32, span, entries: (low, high), sections: self.sections }
    }

    /// Rows by time, newest first; rows of one time, and those without, in the order they came.
    fn newest_first(&mut self) -> Vec<u32> {
        self.order.clear();
        // The complement turns the order around, and puts "no time" last.
        self.order.extend(self.time.iter().zip(0u32..).map(|(&ms, row)| (!ms, row)));
        self.order.sort_unstable();
        self.order.iter().map(|&(_, row)| row).collect()
    }
}

/// The folded form of each text; in all about `size` bytes, as far as one can know.
fn folded(texts: &StringArray, size: usize) -> Result<StringArray, ArrowError> {
    let mut folded = String::with_capacity(size);
    let mut ends = Vec::with_capacity(texts.len() + 1);
    ends.push(0);
    for text in texts.iter().flatten() {
        let start = folded.len();
        fold::fold(text, &mut folded);
        let end = start + tally::cut(folded.get(start..).unwrap_or_default(), MOST_TEXT).len();
        folded.truncate(end);
        ends.push(i32::try_from(end).map_err(|_| ArrowError::OffsetOverflowError(end))?);
    }
    StringArray::try_new(OffsetBuffer::new(ends.into()), folded.into_bytes().into(), None)
}

fn column<T: ArrowPrimitiveType>(numbers: &mut Vec<T::Native>) -> ArrayRef {
    Arc::new(PrimitiveArray::<T>::new(std::mem::take(numbers).into(), None))
}

/// The numbers of a batch that was read. The arrays point into the mapped file.
#[derive(Debug)]
pub struct NumberColumns {
    time: PrimitiveArray<Int64Type>,
    zone: PrimitiveArray<Int16Type>,
    shape: PrimitiveArray<UInt32Type>,
    entry: PrimitiveArray<UInt32Type>,
    place: PrimitiveArray<UInt32Type>,
    at: PrimitiveArray<UInt64Type>,
    who: PrimitiveArray<UInt32Type>,
    thread: PrimitiveArray<UInt32Type>,
    key: PrimitiveArray<UInt64Type>,
    by_time: PrimitiveArray<UInt32Type>,
}

impl NumberColumns {
    /// `None` if the batch does not begin with the numbers of [`schema`], or has an order that points outside of it.
    pub fn of(batch: &RecordBatch) -> Option<Self> {
        let columns = Self {
            time: typed(batch, 0)?,
            zone: typed(batch, 1)?,
            shape: typed(batch, 2)?,
            entry: typed(batch, 3)?,
            place: typed(batch, 4)?,
            at: typed(batch, 5)?,
            who: typed(batch, 6)?,
            thread: typed(batch, 7)?,
            key: typed(batch, 8)?,
            by_time: typed(batch, 9)?,
        };
        let rows = batch.num_rows();
        columns.by_time.values().iter().all(|&row| (row as usize) < rows).then_some(columns)
    }

    pub fn view(&self) -> Numbers<'_> {
        Numbers {
            time: self.time.values(),
            zone: self.zone.values(),
            shape: self.shape.values(),
            entry: self.entry.values(),
            place: self.place.values(),
            at: self.at.values(),
            who: self.who.values(),
            thread: self.thread.values(),
            key: self.key.values(),
            by_time: self.by_time.values(),
        }
    }
}

/// The texts of a batch that was read.
#[derive(Debug)]
pub struct TextColumns {
    pub values: StringArray,
    pub folded: StringArray,
}

impl TextColumns {
    /// `None` if the batch does not consist of the two texts of [`schema`].
    pub fn of(batch: &RecordBatch) -> Option<Self> {
        Some(Self { values: typed(batch, 0)?, folded: typed(batch, 1)? })
    }
}

/// A column by its place, if it is of this type.
pub fn typed<T: Array + Clone + 'static>(batch: &RecordBatch, at: usize) -> Option<T> {
    batch.columns().get(at)?.as_any().downcast_ref::<T>().cloned()
}

/// The two columns of a stamp that may be absent: milliseconds (null if absent) and zone code.
pub fn stamps(stamps: impl Iterator<Item = Option<Stamp>> + Clone) -> (ArrayRef, ArrayRef) {
    let ms: PrimitiveArray<Int64Type> = stamps.clone().map(|stamp| stamp.map(|Stamp(ms, _)| ms)).collect();
    let zones = stamps.map(|stamp| stamp.map_or(0, |Stamp(_, zone)| zone));
    (Arc::new(ms), Arc::new(PrimitiveArray::<Int16Type>::from_iter_values(zones)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(time: Option<i64>, entry: u32) -> Cells {
        let time = time.and_then(Time::utc_s);
        Cells { time, section: 67, shape: 1, entry, place: 2, at: 3, who: 4, thread: 5, key: 6 }
    }

    fn batch(rows: &[(Option<i64>, u32, &str)]) -> (RecordBatch, Facts) {
        let mut filling = Filling::default();
        for &(time, entry, values) in rows {
            assert!(!filling.push(&cells(time, entry), values));
        }
        filling.take().expect("the columns fit the schema")
    }

    fn texts(batch: &RecordBatch) -> TextColumns {
        let texts = batch.project(&[NUMBERS, NUMBERS + 1]).expect("the columns of the schema");
        TextColumns::of(&texts).expect("the columns of the schema")
    }

    #[test]
    fn numbers_come_before_texts() {
        let fields = schema();
        let is_text: Vec<bool> = fields.fields().iter().map(|field| *field.data_type() == DataType::Utf8).collect();
        assert_eq!(is_text.iter().position(|&text| text), Some(NUMBERS));
        assert_eq!(is_text.iter().filter(|&&text| text).count(), is_text.len() - NUMBERS);
    }

    #[test]
    fn rows_come_back_as_they_were_given() {
        let (batch, facts) = batch(&[(Some(10), 7, "Ça va\u{1f}x"), (None, 8, ""), (Some(5), 7, "日本")]);
        let columns = NumberColumns::of(&batch).expect("the columns of the schema");
        let view = columns.view();
        assert_eq!(view.time, [10_000, i64::MIN, 5_000]);
        assert_eq!(texts(&batch).values.iter().flatten().collect::<Vec<_>>(), ["Ça va\u{1f}x", "", "日本"]);
        assert_eq!((view.shape, view.entry, view.place), (&[1; 3][..], &[7, 8, 7][..], &[2; 3][..]));
        assert_eq!((view.at, view.who, view.thread, view.key), (&[3; 3][..], &[4; 3][..], &[5; 3][..], &[6; 3][..]));
        assert_eq!(facts, Facts { rows: 3, span: Some((10_000, 5_000)), entries: (7, 8), sections: 1 << 3 });
        assert_eq!(view.time_of(1), None);
        assert_eq!(view.time_of(2), Time::utc_s(5));
    }

    #[test]
    fn the_folded_column_holds_what_is_searched() {
        let (batch, _) = batch(&[(None, 0, "Rosa QUILL\u{1f}OK")]);
        assert_eq!(texts(&batch).folded.value(0), "rosa quill\u{1f}ok");
    }

    #[test]
    fn newest_come_first_equal_times_keep_their_order_and_rows_without_time_are_last() {
        let rows =
            [(None, 0, ""), (Some(5), 0, ""), (Some(9), 0, ""), (Some(5), 0, ""), (None, 0, ""), (Some(1), 0, "")];
        let (batch, _) = batch(&rows);
        let columns = NumberColumns::of(&batch).expect("the columns of the schema");
        assert_eq!(columns.view().by_time, [2, 1, 3, 5, 0, 4]);
    }

    #[test]
    fn a_batch_is_full_by_rows_or_by_bytes() {
        let mut filling = Filling::default();
        let full = (1..=100_000).find(|_| filling.push(&cells(None, 0), "x"));
        assert_eq!(full, Some(ROWS));
        filling.take().expect("the columns fit the schema");
        let big = "x".repeat(3 << 20);
        assert_eq!((1..=10).find(|_| filling.push(&cells(None, 0), &big)), Some(3));
    }

    #[test]
    fn an_order_that_points_outside_the_batch_is_refused() {
        let (batch, _) = batch(&[(None, 0, "a"), (None, 0, "b")]);
        let mut columns = batch.columns().to_vec();
        columns[9] = Arc::new(PrimitiveArray::<UInt32Type>::from(vec![0, 2]));
        let broken = RecordBatch::try_new(schema(), columns).expect("still of the schema");
        assert!(NumberColumns::of(&broken).is_none());
    }
}
