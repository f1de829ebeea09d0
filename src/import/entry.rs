//! Bytes of one entry on their way to its decoder: small ones whole and checked first, giant ones in pieces from a second thread.

use crossbeam_channel::{Receiver, Sender, bounded};
use std::io::{self, Read};

/// Entries up to this size are unpacked and checked before they are decoded, so that a damaged one leaves no records.
pub const WHOLE: u64 = 16 << 20;

/// Bytes handed over at once, and pieces under way, while a giant entry is unpacked on one thread and decoded on another.
const PIECE: usize = 256 << 10;
const PIECES: usize = 8;

/// Reads everything, at most `most` bytes, and gives it as the beginning of `buffer`. The buffer only grows: what it held before is
/// written over, since clearing it for each entry would cost as much as filling it.
pub fn read_whole<'b>(reader: &mut dyn Read, most: u64, buffer: &'b mut Vec<u8>) -> io::Result<&'b [u8]> {
    let mut filled = 0;
    loop {
        if filled == buffer.len() {
            let more = (buffer.len() * 2).max(64 << 10);
            buffer.resize(more, 0);
        }
        let free = usize::try_from(most).unwrap_or(usize::MAX).saturating_sub(filled).min(buffer.len() - filled);
        match reader.read(&mut buffer[filled..filled + free]) {
            Ok(0) => return Ok(&buffer[..filled]),
            Ok(length) => filled += length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// A stream and the end that feeds it.
pub fn pieces() -> (Feed, Pieces) {
    let (send, receive) = bounded(PIECES);
    let (give_back, returned) = bounded(PIECES + 2);
    (Feed { send, returned }, Pieces { receive, give_back, piece: Vec::new(), at: 0 })
}

/// The end of a stream that is fed. Pieces come back when they are read: fresh memory for each would cost as much as unpacking.
pub struct Feed {
    send: Sender<io::Result<Vec<u8>>>,
    returned: Receiver<Vec<u8>>,
}

impl Feed {
    /// Reads everything and sends it on; `seen` hears of every piece. Stops when nobody listens any more.
    pub fn all(&self, reader: &mut dyn Read, seen: &mut dyn FnMut(u64)) {
        loop {
            let mut piece = self.returned.try_recv().unwrap_or_default();
            piece.resize(PIECE, 0);
            let message = fill(reader, &mut piece).map(|length| {
                piece.truncate(length);
                piece
            });
            seen(message.as_ref().map_or(0, |piece| piece.len() as u64));
            let last = !matches!(&message, Ok(piece) if !piece.is_empty());
            if self.send.send(message).is_err() || last {
                return;
            }
        }
    }
}

/// Unpacks `reader` on a second thread while `decode` reads on this one.
pub fn pipelined<T>(
    mut reader: Box<dyn Read + Send + '_>,
    seen: &mut (dyn FnMut(u64) + Send),
    decode: impl FnOnce(&mut dyn Read) -> T,
) -> T {
    let (feed, mut pieces) = pieces();
    std::thread::scope(|scope| {
        scope.spawn(move || feed.all(&mut reader, seen));
        let outcome = decode(&mut pieces);
        // Tells the other thread that nobody listens any more.
        drop(pieces);
        outcome
    })
}

fn fill(reader: &mut dyn Read, piece: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < piece.len() {
        match reader.read(&mut piece[filled..]) {
            Ok(0) => break,
            Ok(length) => filled += length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            // What came before the error is good; the error comes again at the next read.
            Err(_) if filled > 0 => break,
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// A stream put together from pieces.
pub struct Pieces {
    receive: Receiver<io::Result<Vec<u8>>>,
    give_back: Sender<Vec<u8>>,
    piece: Vec<u8>,
    at: usize,
}

impl Read for Pieces {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.at == self.piece.len() {
            match self.receive.recv() {
                Ok(piece) => {
                    let read = std::mem::replace(&mut self.piece, piece?);
                    // If the other end is gone or full, the piece is simply dropped.
                    let _ = self.give_back.try_send(read);
                    self.at = 0;
                }
                Err(_) => return Ok(0),
            }
        }
        let length = out.len().min(self.piece.len() - self.at);
        out[..length].copy_from_slice(&self.piece[self.at..self.at + length]);
        self.at += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_is_used_again_and_gives_this_entry_alone() {
        let mut buffer = Vec::new();
        let long = vec![b'x'; 200_000];
        assert_eq!(read_whole(&mut long.as_slice(), u64::MAX, &mut buffer).expect("no error"), long);
        assert_eq!(read_whole(&mut b"short".as_slice(), u64::MAX, &mut buffer).expect("no error"), b"short");
        assert_eq!(read_whole(&mut b"short".as_slice(), 2, &mut buffer).expect("no error"), b"sh");
    }

    #[test]
    fn a_stream_arrives_whole_on_the_other_thread() {
        let bytes: Vec<u8> = (0..3_000_000u32).map(|n| n as u8).collect();
        let (mut received, mut seen) = (Vec::new(), 0);
        let read = pipelined(Box::new(bytes.as_slice()), &mut |length| seen += length, |input| {
            input.read_to_end(&mut received)
        });
        assert_eq!(read.expect("no error"), bytes.len());
        assert_eq!(seen, bytes.len() as u64);
        assert_eq!(received, bytes);
    }

    #[test]
    fn an_error_behind_good_bytes_comes_after_them() {
        struct Breaks(bool);
        impl Read for Breaks {
            fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
                if self.0 {
                    return Err(io::Error::other("checksum is wrong"));
                }
                self.0 = true;
                out[..3].copy_from_slice(b"abc");
                Ok(3)
            }
        }
        let mut received = Vec::new();
        let read = pipelined(Box::new(Breaks(false)), &mut |_| {}, |input| input.read_to_end(&mut received));
        assert_eq!(read.expect_err("the stream broke").to_string(), "checksum is wrong");
        assert_eq!(received, b"abc");
    }

    #[test]
    fn a_decoder_that_stops_early_stops_the_reading() {
        let endless = io::repeat(b'x').take(1 << 40);
        let read = pipelined(Box::new(endless), &mut |_| {}, |input| {
            let mut some = [0; 10];
            input.read_exact(&mut some).map(|()| some)
        });
        assert_eq!(read.expect("ten bytes"), [b'x'; 10]);
    }
}
