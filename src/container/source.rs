//! Bytes of a file read by position, so that threads share it without locks, and streams read forward.

use std::fs::File;
use std::io::{self, BufRead, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

const FIRST_CHUNK: usize = 16 << 10;
const LARGEST_CHUNK: usize = 256 << 10;

/// Bytes in their order, with a cheap way to pass over some.
pub(super) trait Forward: BufRead {
    /// Bytes handed out or passed over so far.
    fn position(&self) -> u64;

    /// Passes over `count` bytes, and says how many there were.
    fn skip(&mut self, count: u64) -> io::Result<u64> {
        let mut left = count;
        while left > 0 {
            let here = self.fill_buf()?.len();
            if here == 0 {
                break;
            }
            let step = here.min(usize::try_from(left).unwrap_or(here));
            self.consume(step);
            left -= step as u64;
        }
        Ok(count - left)
    }
}

/// How many bytes were fetched from the disk by a reader and everything stacked on it.
#[derive(Debug, Clone, Default)]
pub(super) struct Taken(Arc<AtomicU64>);

impl Taken {
    pub(super) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    fn add(&self, bytes: usize) {
        self.0.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

/// A file opened for reading. Clones share the handle, none has a position.
#[derive(Debug, Clone)]
pub(super) struct Source {
    file: Arc<File>,
    len: u64,
}

impl Source {
    /// Opens a regular file; anything else is an error, and is not waited for.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        if !std::fs::metadata(path)?.is_file() {
            return Err(io::Error::other("it is no regular file"));
        }
        let file = File::open(path)?;
        let len = file.metadata()?.len();
        Ok(Self { file: Arc::new(file), len })
    }

    pub(super) fn len(&self) -> u64 {
        self.len
    }

    /// The bytes from `start`, at most `len`, never beyond the end of the file.
    pub(super) fn span(&self, start: u64, len: u64) -> Span {
        let start = start.min(self.len);
        let end = start.saturating_add(len).min(self.len);
        Span {
            source: self.clone(),
            start,
            end,
            at: start,
            buffer: Vec::new(),
            used: 0,
            chunk: FIRST_CHUNK,
            taken: Taken::default(),
        }
    }

    pub(super) fn whole(&self) -> Span {
        self.span(0, self.len)
    }

    /// Up to `most` bytes from `start`.
    pub(super) fn bytes(&self, start: u64, most: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.span(start, most as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, at)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, at)
}

/// Without positional reads, threads take turns.
#[cfg(not(any(unix, windows)))]
fn read_at(mut file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    use std::io::{Seek, SeekFrom};
    static TURN: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    file.seek(SeekFrom::Start(at))?;
    file.read(buffer)
}

/// A range of a file, read forward through its own buffer.
pub(super) struct Span {
    source: Source,
    start: u64,
    end: u64,
    /// Where the next chunk is fetched.
    at: u64,
    buffer: Vec<u8>,
    used: usize,
    chunk: usize,
    taken: Taken,
}

impl Span {
    pub(super) fn taken(&self) -> Taken {
        self.taken.clone()
    }

    /// Continues `offset` bytes after the start of the range. What is buffered is used again.
    pub(super) fn move_to(&mut self, offset: u64) {
        let goal = self.start.saturating_add(offset).min(self.end);
        let buffered_from = self.at - self.buffer.len() as u64;
        if (buffered_from..self.at).contains(&goal) {
            self.used = (goal - buffered_from) as usize;
        } else {
            self.at = goal;
            self.buffer.clear();
            self.used = 0;
            self.chunk = FIRST_CHUNK;
        }
    }

    fn fetch(&mut self) -> io::Result<()> {
        let size = (self.chunk as u64).min(self.end - self.at) as usize;
        self.buffer.resize(size, 0);
        self.used = 0;
        let read = loop {
            match read_at(&self.source.file, &mut self.buffer, self.at) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                outcome => break outcome,
            }
        };
        self.buffer.truncate(*read.as_ref().unwrap_or(&0));
        self.at += self.buffer.len() as u64;
        self.taken.add(self.buffer.len());
        self.chunk = (self.chunk * 2).min(LARGEST_CHUNK);
        read.map(drop)
    }
}

impl BufRead for Span {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.used >= self.buffer.len() {
            self.fetch()?;
        }
        Ok(self.buffer.get(self.used..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.used = (self.used + count).min(self.buffer.len());
    }
}

impl Read for Span {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        read_buffered(self, into)
    }
}

impl Forward for Span {
    fn position(&self) -> u64 {
        self.at - (self.buffer.len() - self.used) as u64 - self.start
    }

    fn skip(&mut self, count: u64) -> io::Result<u64> {
        let from = self.position();
        self.move_to(from.saturating_add(count));
        Ok(self.position() - from)
    }
}

/// A stream that was not stored as such, read forward with a look ahead.
pub(super) struct Flow<R> {
    inner: R,
    buffer: Vec<u8>,
    used: usize,
    position: u64,
}

impl<R: Read> Flow<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, buffer: Vec::new(), used: 0, position: 0 }
    }

    /// The next bytes without taking them: `count`, or as many as there are.
    pub(super) fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.buffer.len() - self.used < count && self.fetch(count)? {}
        Ok(self.buffer.get(self.used..).unwrap_or_default())
    }

    /// Appends to the buffer; false at the end of the stream.
    fn fetch(&mut self, room: usize) -> io::Result<bool> {
        self.buffer.drain(..self.used);
        self.used = 0;
        let filled = self.buffer.len();
        self.buffer.resize(filled + room.max(FIRST_CHUNK * 2), 0);
        let read = self.inner.read(self.buffer.get_mut(filled..).unwrap_or_default());
        self.buffer.truncate(filled + read.as_ref().unwrap_or(&0));
        Ok(read? > 0)
    }
}

impl<R: Read> BufRead for Flow<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.used >= self.buffer.len() {
            self.fetch(0)?;
        }
        Ok(self.buffer.get(self.used..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        let step = count.min(self.buffer.len() - self.used);
        self.used += step;
        self.position += step as u64;
    }
}

impl<R: Read> Read for Flow<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        read_buffered(self, into)
    }
}

impl<R: Read> Forward for Flow<R> {
    fn position(&self) -> u64 {
        self.position
    }
}

/// The next `most` bytes of a forward reader as a reader of their own.
pub(super) struct Limited<'a> {
    pub(super) inner: &'a mut dyn Forward,
    pub(super) left: u64,
}

impl BufRead for Limited<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Ok(&[]);
        }
        let here = self.inner.fill_buf()?;
        let most = here.len().min(usize::try_from(self.left).unwrap_or(here.len()));
        Ok(here.get(..most).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        let step = (count as u64).min(self.left);
        self.left -= step;
        self.inner.consume(step as usize);
    }
}

impl Read for Limited<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        read_buffered(self, into)
    }
}

fn read_buffered(from: &mut dyn BufRead, into: &mut [u8]) -> io::Result<usize> {
    let here = from.fill_buf()?;
    let count = here.len().min(into.len());
    if let (Some(target), Some(bytes)) = (into.get_mut(..count), here.get(..count)) {
        target.copy_from_slice(bytes);
    }
    from.consume(count);
    Ok(count)
}

/// Fills `into` as far as the bytes reach, and says how far.
pub(super) fn fill(from: &mut dyn Read, into: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = into.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match from.read(rest) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn numbered(len: usize) -> (tempfile::NamedTempFile, Vec<u8>) {
        let bytes: Vec<u8> = (0..len).map(|at| (at % 251) as u8).collect();
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), &bytes).unwrap();
        (file, bytes)
    }

    #[test]
    fn a_span_gives_its_range_and_never_more_than_the_file() {
        let (file, bytes) = numbered(100_000);
        let source = Source::open(file.path()).unwrap();
        assert_eq!(source.bytes(99_990, 4096).unwrap(), bytes[99_990..]);
        assert_eq!(source.bytes(1 << 62, 4096).unwrap(), Vec::<u8>::new());
        assert_eq!(source.bytes(20_000, 60_000).unwrap(), bytes[20_000..80_000]);
    }

    #[test]
    fn moving_about_in_a_span_gives_the_bytes_of_the_place() {
        let (file, bytes) = numbered(100_000);
        let mut span = Source::open(file.path()).unwrap().span(1_000, 90_000);
        for offset in [0_usize, 10, 80_000, 79_990, 3, 89_999] {
            span.move_to(offset as u64);
            let mut one = [0];
            assert_eq!(fill(&mut span, &mut one).unwrap(), 1);
            assert_eq!(one[0], bytes[1_000 + offset]);
            assert_eq!(span.position(), offset as u64 + 1);
        }
        assert_eq!(span.skip(10).unwrap(), 0, "nothing lies behind the end");
    }

    #[test]
    fn a_flow_peeks_without_losing_bytes() {
        let bytes: Vec<u8> = (0..200_u8).collect();
        let mut flow = Flow::new(&bytes[..]);
        assert_eq!(flow.peek(512).unwrap(), &bytes[..]);
        assert_eq!(flow.skip(150).unwrap(), 150);
        assert_eq!(flow.position(), 150);
        let mut rest = Vec::new();
        flow.read_to_end(&mut rest).unwrap();
        assert_eq!(rest, bytes[150..]);
    }
}
