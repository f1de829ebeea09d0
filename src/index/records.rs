//! A file of records: an Arrow IPC file whose pieces are each under a check sum, so that damage is told when it is met.

use super::columns::{self, Facts, NUMBERS, NumberColumns, TextColumns};
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
    /// What describes the batch, and its columns of numbers.
    pub numbers: Piece,
    /// Its columns of texts, which follow.
    pub texts: Piece,
    pub rows: u32,
    /// Newest and oldest time.
    pub span: Option<(i64, i64)>,
    /// Smallest and greatest entry number.
    pub entries: (u32, u32),
    /// The bits of the sections that have a record here.
    pub sections: u64,
}

impl BatchSeal {
    fn bytes(&self) -> u64 {
        self.numbers.bytes + self.texts.bytes
    }
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
        self.head.bytes + self.batches.iter().map(BatchSeal::bytes).sum::<u64>()
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
    border: Border,
}

/// Where a batch goes from numbers to texts.
enum Border {
    /// No batch is being written, or its texts are.
    None,
    /// What describes the batch, as far as it has been written.
    Untold(Vec<u8>),
    /// Behind so many bytes of the piece.
    Behind(u64),
    /// It was passed: where the numbers began, and what they are.
    Passed(u64, Piece),
}

impl<W: Write> Write for Summing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.sum_up(bytes.get(..written).unwrap_or(bytes));
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<W> Summing<W> {
    fn sum_up(&mut self, bytes: &[u8]) {
        if let Border::Untold(described) = &mut self.border {
            described.extend_from_slice(bytes);
            if let Some(behind) = texts_behind(described) {
                self.border = Border::Behind(behind);
            }
        }
        let mut rest = bytes;
        if let Border::Behind(behind) = self.border
            && let Some((numbers, texts)) = rest.split_at_checked((behind - self.piece) as usize)
        {
            self.add(numbers);
            let (at, numbers) = self.piece();
            self.border = Border::Passed(at, numbers);
            rest = texts;
        }
        self.add(rest);
    }

    fn add(&mut self, bytes: &[u8]) {
        self.sum.add(bytes);
        self.piece += bytes.len() as u64;
    }

    /// Ends a piece: where it began, and what it is.
    fn piece(&mut self) -> (u64, Piece) {
        let piece = Piece { bytes: std::mem::take(&mut self.piece), sum: std::mem::take(&mut self.sum).finish() };
        let at = self.at;
        self.at += piece.bytes;
        (at, piece)
    }
}

/// Bytes of a message before its texts, as its description tells; `None` while that is not whole.
fn texts_behind(message: &[u8]) -> Option<u64> {
    let described = described(message)?;
    let batch = arrow_ipc::root_as_message(message.get(8..described)?).ok()?.header_as_record_batch()?;
    // Two buffers stand for each column of numbers: which are there, and which they are.
    let (buffers, first) = (batch.buffers()?, 2 * NUMBERS);
    let texts = (first < buffers.len()).then(|| buffers.get(first))?;
    u64::try_from(texts.offset()).ok()?.checked_add(described as u64)
}

/// Bytes of what describes a message: a mark, a length, and as many bytes as that says. `None` if they are not all there.
fn described(message: &[u8]) -> Option<usize> {
    let length = u32::from_le_bytes(*message.get(4..8)?.first_chunk::<4>()?);
    usize::try_from(length).ok()?.checked_add(8).filter(|&end| end <= message.len())
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
        let summing = Summing { inner, sum: Sum::default(), piece: 0, at: 0, border: Border::None };
        let mut writer = FileWriter::try_new(summing, &columns::schema())?;
        let (_, head) = writer.get_mut().piece();
        Ok(Self { writer, head, batches: Vec::new() })
    }

    pub fn write(&mut self, batch: &RecordBatch, facts: Facts) -> Result<(), ArrowError> {
        self.writer.get_mut().border = Border::Untold(Vec::new());
        self.writer.write(batch)?;
        let summing = self.writer.get_mut();
        let Border::Passed(at, numbers) = std::mem::replace(&mut summing.border, Border::None) else {
            return Err(ArrowError::IpcError("a batch was written that does not tell where its texts are".to_owned()));
        };
        let (_, texts) = summing.piece();
        let Facts { rows, span, entries, sections } = facts;
        self.batches.push(BatchSeal { at, numbers, texts, rows, span, entries, sections });
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
    is_whole(file, 0, seal.head) && is_whole(file, seal.tail_at(), seal.tail)
}

/// Reads the numbers of a batch out of a mapped file, and touches nothing else. `None` if they are not what was written.
pub fn numbers(file: &Buffer, seal: &BatchSeal) -> Option<NumberColumns> {
    if !is_whole(file, seal.at, seal.numbers) {
        return None;
    }
    let columns = (0..NUMBERS).collect();
    decode(file, seal, columns).and_then(|batch| NumberColumns::of(&batch))
}

/// Reads the texts of a batch whose numbers were read: what describes both was checked with them.
pub fn texts(file: &Buffer, seal: &BatchSeal) -> Option<TextColumns> {
    if !is_whole(file, seal.at + seal.numbers.bytes, seal.texts) {
        return None;
    }
    decode(file, seal, vec![NUMBERS, NUMBERS + 1]).and_then(|batch| TextColumns::of(&batch))
}

fn decode(file: &Buffer, seal: &BatchSeal, columns: Vec<usize>) -> Option<RecordBatch> {
    let bytes = slice(file, seal.at, seal.bytes())?;
    let described = described(&bytes)?;
    let block = Block::new(0, i32::try_from(described).ok()?, i64::try_from(bytes.len() - described).ok()?);
    let decoder = FileDecoder::new(columns::schema(), MetadataVersion::V5).with_require_alignment(true);
    let batch = decoder.with_projection(columns).read_record_batch(&block, &bytes).ok()??;
    (batch.num_rows() == seal.rows as usize).then_some(batch)
}

fn is_whole(file: &Buffer, at: u64, piece: Piece) -> bool {
    slice(file, at, piece.bytes).is_some_and(|bytes| Sum::of(&bytes) == piece.sum)
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

    fn written(batches: &[&[&str]]) -> (Vec<u8>, RecordsSeal) {
        let mut file = RecordsFile::begin(Vec::new()).expect("memory takes everything");
        for batch in batches {
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
        let second = texts(&file, &seal.batches[1]).expect("it is whole");
        assert_eq!(second.values.value(0), "c");
    }

    #[test]
    fn numbers_are_read_where_texts_are_damaged() {
        let (mut bytes, seal) = written(&[&["a", "b"], &["c"]]);
        let first = seal.batches[0];
        let text = (first.at + first.numbers.bytes) as usize + 20;
        bytes[text] ^= 1;
        let file = mapped(&bytes);
        let found = numbers(&file, &first).expect("the numbers are whole");
        assert_eq!(found.view().at, [0, 1]);
        assert!(texts(&file, &first).is_none());
    }

    #[test]
    fn strings_are_read_without_a_copy() {
        let (bytes, seal) = written(&[&["Rosa Quill"]]);
        let file = mapped(&bytes);
        let columns = texts(&file, &seal.batches[0]).expect("it is whole");
        let text = columns.values.value(0).as_bytes().as_ptr_range();
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
            let is_read = |batch: &BatchSeal| numbers(&file, batch).is_some() && texts(&file, batch).is_some();
            let noticed = !check_ends(&file, &seal) || !seal.batches.iter().all(is_read);
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
