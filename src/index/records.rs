//! A file of records: an Arrow IPC file whose pieces are each under a check sum, so that damage is told when it is met.

use super::columns::{self, Columns, Facts};
use super::hash::Sum;
use arrow_array::RecordBatch;
use arrow_buffer::Buffer;
use arrow_ipc::reader::FileDecoder;
use arrow_ipc::writer::FileWriter;
use arrow_ipc::{Block, MetadataVersion};
use arrow_schema::ArrowError;
use serde::{Deserialize, Serialize};
use std::io::{self, Write};

/// Some bytes of a file, from where the piece before ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Piece {
    pub bytes: u64,
    pub sum: u64,
}

/// A batch of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BatchSeal {
    pub at: u64,
    pub piece: Piece,
    pub rows: u32,
    /// Newest and oldest time.
    pub span: Option<(i64, i64)>,
    /// Smallest and greatest entry number.
    pub entries: (u32, u32),
    /// The bits of the sections that have a record here.
    pub sections: u64,
}

/// What must be found in a file of records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordsSeal {
    /// The file is `records-<number>.arrow`.
    pub number: u32,
    pub head: Piece,
    pub batches: Vec<BatchSeal>,
    pub tail: Piece,
}

impl RecordsSeal {
    pub fn file(&self) -> String {
        file_name(self.number)
    }

    /// Length of the file.
    pub fn bytes(&self) -> u64 {
        self.tail_at() + self.tail.bytes
    }

    fn tail_at(&self) -> u64 {
        self.head.bytes + self.batches.iter().map(|batch| batch.piece.bytes).sum::<u64>()
    }
}

/// `records-0.arrow`
pub fn file_name(number: u32) -> String {
    format!("records-{number}.arrow")
}

/// Passes bytes on and sums them up.
struct Summing<W> {
    inner: W,
    sum: Sum,
    /// Bytes since the last piece.
    piece: u64,
    at: u64,
}

impl<W: Write> Write for Summing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.sum.add(bytes.get(..written).unwrap_or(bytes));
        self.piece += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<W> Summing<W> {
    /// Ends a piece: where it began, and what it is.
    fn piece(&mut self) -> (u64, Piece) {
        let piece = Piece { bytes: std::mem::take(&mut self.piece), sum: std::mem::take(&mut self.sum).finish() };
        let at = self.at;
        self.at += piece.bytes;
        (at, piece)
    }
}

/// A file of records that is being written.
pub struct RecordsFile<W: Write> {
    writer: FileWriter<Summing<W>>,
    head: Piece,
    batches: Vec<BatchSeal>,
}

impl<W: Write> std::fmt::Debug for RecordsFile<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RecordsFile").field("head", &self.head).field("batches", &self.batches).finish_non_exhaustive()
    }
}

impl<W: Write> RecordsFile<W> {
    pub fn begin(inner: W) -> Result<Self, ArrowError> {
        let summing = Summing { inner, sum: Sum::default(), piece: 0, at: 0 };
        let mut writer = FileWriter::try_new(summing, &columns::schema())?;
        let (_, head) = writer.get_mut().piece();
        Ok(Self { writer, head, batches: Vec::new() })
    }

    pub fn write(&mut self, batch: &RecordBatch, facts: Facts) -> Result<(), ArrowError> {
        self.writer.write(batch)?;
        let (at, piece) = self.writer.get_mut().piece();
        let Facts { rows, span, entries, sections } = facts;
        self.batches.push(BatchSeal { at, piece, rows, span, entries, sections });
        Ok(())
    }

    /// Writes the footer, and gives back the file and what must be found in it.
    pub fn finish(mut self, number: u32) -> Result<(W, RecordsSeal), ArrowError> {
        self.writer.finish()?;
        let mut summing = self.writer.into_inner()?;
        let (_, tail) = summing.piece();
        Ok((summing.inner, RecordsSeal { number, head: self.head, batches: self.batches, tail }))
    }
}

/// Checks head and tail of a mapped file: what other readers of Arrow go by, and we do not.
pub fn check_ends(file: &Buffer, seal: &RecordsSeal) -> bool {
    let whole = |at, piece: Piece| slice(file, at, piece.bytes).is_some_and(|bytes| Sum::of(&bytes) == piece.sum);
    whole(0, seal.head) && whole(seal.tail_at(), seal.tail)
}

/// Reads a batch out of a mapped file. `None` if it is not what was written.
pub fn read(file: &Buffer, seal: &BatchSeal) -> Option<Columns> {
    let bytes = slice(file, seal.at, seal.piece.bytes)?;
    if Sum::of(&bytes) != seal.piece.sum {
        return None;
    }
    // A message begins with a continuation mark and the length of what describes it; the body follows.
    let described = u32::from_le_bytes(*bytes.get(4..8)?.first_chunk::<4>()?);
    let described = usize::try_from(described).ok()?.checked_add(8).filter(|&end| end <= bytes.len())?;
    let block = Block::new(0, i32::try_from(described).ok()?, i64::try_from(bytes.len() - described).ok()?);
    let decoder = FileDecoder::new(columns::schema(), MetadataVersion::V5).with_require_alignment(true);
    let batch = decoder.read_record_batch(&block, &bytes).ok()??;
    Columns::of(&batch).filter(|_| batch.num_rows() == seal.rows as usize)
}

fn slice(file: &Buffer, at: u64, bytes: u64) -> Option<Buffer> {
    let (at, bytes) = (usize::try_from(at).ok()?, usize::try_from(bytes).ok()?);
    let fits = at.checked_add(bytes)? <= file.len();
    fits.then(|| file.slice_with_length(at, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::columns::{Cells, Filling};
    use arrow_ipc::reader::FileReader;

    fn written(texts: &[&[&str]]) -> (Vec<u8>, RecordsSeal) {
        let mut file = RecordsFile::begin(Vec::new()).expect("memory takes everything");
        for batch in texts {
            let mut filling = Filling::default();
            for (at, text) in (0..).zip(*batch) {
                let cells =
                    Cells { time: None, section: 0, shape: 0, entry: 0, place: 0, at, who: 0, thread: 0, key: 0 };
                filling.push(&cells, text);
            }
            let (batch, facts) = filling.take().expect("the columns fit the schema");
            file.write(&batch, facts).expect("memory takes everything");
        }
        file.finish(3).expect("memory takes everything")
    }

    /// As a map is: aligned, shared.
    fn mapped(bytes: &[u8]) -> Buffer {
        Buffer::from_slice_ref(bytes)
    }

    #[test]
    fn batches_are_read_where_the_seal_says() {
        let (bytes, seal) = written(&[&["a", "b"], &["c"]]);
        assert_eq!(seal.bytes(), bytes.len() as u64);
        assert_eq!(seal.file(), "records-3.arrow");
        let file = mapped(&bytes);
        assert!(check_ends(&file, &seal));
        let second = read(&file, &seal.batches[1]).expect("it is whole");
        assert_eq!(second.view().values.value(0), "c");
    }

    #[test]
    fn strings_are_read_without_a_copy() {
        let (bytes, seal) = written(&[&["Rosa Quill"]]);
        let file = mapped(&bytes);
        let columns = read(&file, &seal.batches[0]).expect("it is whole");
        let text = columns.view().values.value(0).as_bytes().as_ptr_range();
        let whole = file.as_slice().as_ptr_range();
        assert!(whole.start <= text.start && text.end <= whole.end);
    }

    #[test]
    fn any_arrow_reader_opens_the_file() {
        let (bytes, _) = written(&[&["a", "b"], &["c"]]);
        let reader = FileReader::try_new(io::Cursor::new(bytes), None).expect("it is an Arrow file");
        assert_eq!(reader.schema(), columns::schema());
        let rows: usize = reader.map(|batch| batch.expect("it is whole").num_rows()).sum();
        assert_eq!(rows, 3);
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let (bytes, seal) = written(&[&["a", "b"], &["c"]]);
        for at in 0..bytes.len() {
            let mut broken = bytes.clone();
            broken[at] ^= 0x10;
            let file = mapped(&broken);
            let noticed = !check_ends(&file, &seal) || seal.batches.iter().any(|batch| read(&file, batch).is_none());
            assert!(noticed, "byte {at} of {}", bytes.len());
        }
    }

    #[test]
    fn a_file_that_was_cut_off_is_noticed() {
        let (bytes, seal) = written(&[&["a"]]);
        let file = mapped(bytes.get(..bytes.len() / 2).expect("half of it"));
        assert!(!check_ends(&file, &seal));
    }
}
