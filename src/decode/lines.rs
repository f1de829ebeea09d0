//! Lines of bytes, before anybody knows their charset. No line costs more memory than the largest piece.

use std::io::{self, BufRead, BufReader, Read};

/// Bytes of a line beyond which it comes in pieces.
pub const LARGEST_PIECE: usize = 1 << 20;

/// The lines of a stream.
pub struct Lines<'a> {
    input: BufReader<&'a mut dyn Read>,
    line: Vec<u8>,
    /// The line given last went on beyond its piece.
    goes_on: bool,
    /// How reading ended, if not well.
    error: Option<io::Error>,
}

/// A line, or a piece of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'l> {
    /// Without its end.
    pub bytes: &'l [u8],
    /// The line began in the piece before.
    pub continued: bool,
}

impl<'a> Lines<'a> {
    pub fn new(input: &'a mut dyn Read) -> Self {
        Self { input: BufReader::with_capacity(64 << 10, input), line: Vec::new(), goes_on: false, error: None }
    }

    /// How reading ended.
    pub fn outcome(self) -> io::Result<()> {
        self.error.map_or(Ok(()), Err)
    }

    /// The next line; `None` at the end, and where the stream broke.
    pub fn next(&mut self) -> Option<Line<'_>> {
        let continued = self.goes_on;
        self.line.clear();
        self.goes_on = false;
        let ended = self.fill();
        if self.line.is_empty() && !ended {
            return None;
        }
        if ended && self.line.last() == Some(&b'\r') {
            self.line.pop();
        }
        Some(Line { bytes: &self.line, continued })
    }

    /// Reads to the end of the line, which is taken off: whether there was one, or the piece is full.
    fn fill(&mut self) -> bool {
        loop {
            let ready = match self.input.fill_buf() {
                Ok(ready) => ready,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.error.get_or_insert(error);
                    return false;
                }
            };
            if ready.is_empty() {
                return false;
            }
            let room = LARGEST_PIECE.saturating_sub(self.line.len());
            let piece = ready.get(..ready.len().min(room)).unwrap_or_default();
            let found = memchr::memchr(b'\n', piece);
            let taken = found.unwrap_or(piece.len());
            self.line.extend_from_slice(piece.get(..taken).unwrap_or_default());
            self.input.consume(taken + usize::from(found.is_some()));
            if found.is_some() {
                return true;
            }
            if self.line.len() >= LARGEST_PIECE {
                self.goes_on = true;
                return true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Vec<(usize, bool)> {
        let mut input = bytes;
        let mut lines = Lines::new(&mut input);
        let mut found = Vec::new();
        while let Some(line) = lines.next() {
            found.push((line.bytes.len(), line.continued));
        }
        found
    }

    #[test]
    fn lines_end_in_either_way_and_the_last_one_need_not() {
        assert_eq!(lines(b"ab\r\n\nc\rd\nlast"), [(2, false), (0, false), (3, false), (4, false)]);
        assert_eq!(lines(b""), []);
    }

    #[test]
    fn a_line_without_an_end_comes_in_pieces() {
        let long = vec![b'x'; LARGEST_PIECE + 5];
        assert_eq!(lines(&long), [(LARGEST_PIECE, false), (5, true)]);
    }
}
