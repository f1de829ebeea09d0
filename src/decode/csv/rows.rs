//! Rows with bounds: no quote and no width makes a row cost more than the caps.

use crate::decode::cap;
use crate::decode::charset::Utf8;
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use std::io::{self, BufRead};

/// Bytes of one row.
const MOST_BYTES: usize = 32 << 20;

/// Why a row is not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    Size,
    Columns,
    /// The file ends inside a quote.
    Quote,
}

/// One row as written.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Row {
    text: String,
    ends: Vec<usize>,
    /// Line it begins in, from 1.
    pub line: u64,
    /// An empty line stands before it.
    pub after_blank: bool,
    pub cut: Option<Cut>,
}

impl Row {
    /// The cells, without blanks around them.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let cell = self.text.get(start..end).unwrap_or_default();
            start = end;
            cell.trim()
        })
    }

    pub fn width(&self) -> usize {
        self.ends.len()
    }

    /// Cells that hold something.
    pub fn filled(&self) -> usize {
        self.cells().filter(|cell| !cell.is_empty()).count()
    }

    pub fn bytes(&self) -> usize {
        self.text.len() + self.ends.len() * size_of::<usize>()
    }

    /// The row as one line of text.
    pub fn joined(&self) -> String {
        self.cells().filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(", ")
    }

    fn of(out: &[u8], ends: &[usize]) -> Self {
        let whole = std::str::from_utf8(out).is_ok();
        let mut row = Self { ends: Vec::with_capacity(ends.len()), ..Self::default() };
        if whole {
            row.text = String::from_utf8_lossy(out).into_owned();
            row.ends.extend_from_slice(ends);
            return row;
        }
        // Only a row cut inside a character gets here.
        let mut start = 0;
        for &end in ends {
            row.text.push_str(&String::from_utf8_lossy(out.get(start..end).unwrap_or_default()));
            row.ends.push(row.text.len());
            start = end;
        }
        row
    }
}

/// The rows of a stream.
pub struct Rows<'a> {
    stream: Utf8<'a>,
    reader: Reader,
    out: Vec<u8>,
    ends: Vec<usize>,
    /// The line end that closes the last row was added.
    closed: bool,
    error: Option<io::Error>,
}

/// How far the row being read has come.
#[derive(Default)]
struct Progress {
    out: usize,
    ends: usize,
    cut: Option<Cut>,
    /// The last byte taken was a line feed.
    line_feed: bool,
}

impl<'a> Rows<'a> {
    pub fn new(stream: Utf8<'a>, delimiter: u8) -> Self {
        let reader = ReaderBuilder::new().delimiter(delimiter).build();
        Self { stream, reader, out: vec![0; 8 << 10], ends: vec![0; 64], closed: false, error: None }
    }

    /// How reading ended.
    pub fn outcome(self) -> io::Result<()> {
        self.error.map_or(Ok(()), Err)
    }

    pub fn mended(&self) -> Vec<String> {
        self.stream.mended()
    }

    /// The next row; `None` at the end, and where the stream broke.
    pub fn next(&mut self) -> Option<Row> {
        let before = self.reader.line();
        let mut progress = Progress::default();
        loop {
            match self.step(&mut progress) {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::End => return None,
                ReadRecordResult::Record => return Some(self.finish(&progress, before)),
                ReadRecordResult::OutputFull if self.out.len() >= MOST_BYTES => {
                    return Some(self.give_up(progress, before));
                }
                ReadRecordResult::OutputFull => self.out.resize(self.out.len() * 2, 0),
                ReadRecordResult::OutputEndsFull if self.ends.len() >= cap::COLUMNS => {
                    self.skip_columns(&mut progress);
                    return Some(self.finish(&progress, before));
                }
                ReadRecordResult::OutputEndsFull => self.ends.resize((self.ends.len() * 2).min(cap::COLUMNS), 0),
            }
        }
    }

    /// Feeds what the stream has ready.
    fn step(&mut self, progress: &mut Progress) -> ReadRecordResult {
        let ready = match self.stream.fill_buf() {
            Ok(ready) => ready,
            Err(error) => {
                self.error.get_or_insert(error);
                &[]
            }
        };
        let at_end = ready.is_empty();
        // A line end after the last byte tells an open quote from a row without one.
        let input: &[u8] = if at_end && !self.closed { b"\n" } else { ready };
        let out = self.out.get_mut(progress.out..).unwrap_or_default();
        let ends = self.ends.get_mut(progress.ends..).unwrap_or_default();
        let (result, taken, written, ended) = self.reader.read_record(input, out, ends);
        if taken > 0 {
            progress.line_feed = input.get(taken - 1) == Some(&b'\n');
        }
        progress.out += written;
        progress.ends += ended;
        if !at_end {
            self.stream.consume(taken);
        } else if taken > 0 {
            self.closed = true;
            let open = result == ReadRecordResult::InputEmpty && progress.out > 0;
            progress.cut = progress.cut.or(open.then_some(Cut::Quote));
            progress.line_feed &= !open;
        }
        result
    }

    fn finish(&mut self, progress: &Progress, before: u64) -> Row {
        let out = self.out.get(..progress.out).unwrap_or_default();
        let ends = self.ends.get(..progress.ends).unwrap_or_default();
        let inner = memchr::memchr_iter(b'\n', out).count() as u64;
        let after = self.reader.line();
        let mut row = Row::of(out, ends);
        row.after_blank = after.saturating_sub(before + inner) > 1;
        row.line = after.saturating_sub(inner + u64::from(progress.line_feed)).max(1);
        row.cut = progress.cut;
        row
    }

    /// The row is too large: what there is of it is given, and reading begins anew at the next line.
    fn give_up(&mut self, mut progress: Progress, before: u64) -> Row {
        progress.cut = Some(Cut::Size);
        if let Some(end) = self.ends.get_mut(progress.ends) {
            *end = progress.out;
            progress.ends += 1;
        }
        let line = self.reader.line();
        let row = Row { line: before, after_blank: false, ..self.finish(&progress, before) };
        self.reader.reset();
        self.reader.set_line(line);
        self.skip_line();
        row
    }

    fn skip_line(&mut self) {
        while let Ok(ready) = self.stream.fill_buf()
            && !ready.is_empty()
        {
            let found = memchr::memchr(b'\n', ready);
            let count = found.map_or(ready.len(), |at| at + 1);
            self.stream.consume(count);
            if found.is_some() {
                self.reader.set_line(self.reader.line() + 1);
                return;
            }
        }
    }

    /// The row has too many columns: the first of them are kept, the rest is read past.
    fn skip_columns(&mut self, progress: &mut Progress) {
        let mut rest = Progress { cut: Some(Cut::Columns), ..Progress::default() };
        let mut scratch = Self::scratch();
        std::mem::swap(&mut self.out, &mut scratch.0);
        std::mem::swap(&mut self.ends, &mut scratch.1);
        loop {
            match self.step(&mut rest) {
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => (rest.out, rest.ends) = (0, 0),
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::Record | ReadRecordResult::End => break,
            }
        }
        (self.out, self.ends) = scratch;
        progress.cut = Some(Cut::Columns);
        progress.line_feed = rest.line_feed;
    }

    fn scratch() -> (Vec<u8>, Vec<usize>) {
        (vec![0; 8 << 10], vec![0; 1 << 10])
    }
}
