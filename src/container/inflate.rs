//! Deflate and gzip streams that say when they end too early.

use flate2::{Decompress, FlushDecompress, Status};
use std::io::{self, BufRead, Read};

/// A raw deflate stream. Takes no byte behind its end; an end in the middle is an error.
pub(super) struct Inflate<R> {
    inner: R,
    state: Decompress,
    ended: bool,
}

impl<R: BufRead> Inflate<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, state: Decompress::new(false), ended: false }
    }

    /// Bytes given.
    pub(super) fn unpacked(&self) -> u64 {
        self.state.total_out()
    }

    /// Compressed bytes taken.
    pub(super) fn packed(&self) -> u64 {
        self.state.total_in()
    }
}

impl<R: BufRead> Read for Inflate<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while !self.ended && !into.is_empty() {
            let packed = self.inner.fill_buf()?;
            let at_end = packed.is_empty();
            let (took, gave) = (self.state.total_in(), self.state.total_out());
            let status = self
                .state
                .decompress(packed, into, FlushDecompress::None)
                .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "the compressed data is damaged"))?;
            let (took, gave) = (self.state.total_in() - took, self.state.total_out() - gave);
            self.inner.consume(took as usize);
            self.ended = status == Status::StreamEnd;
            if gave > 0 {
                return Ok(gave as usize);
            }
            if at_end && !self.ended {
                return Err(too_early());
            }
        }
        Ok(0)
    }
}

fn too_early() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the compressed data ends too early")
}

/// A gzip file of one or more members, each checked by its own checksum. Like gzip itself it takes no notice of what follows the last
/// member and is none.
pub(super) struct Members<R> {
    member: Option<Box<flate2::bufread::GzDecoder<R>>>,
}

impl<R: BufRead> Members<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { member: Some(Box::new(flate2::bufread::GzDecoder::new(inner))) }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        while let Some(member) = &mut self.member {
            let read = member.read(into).map_err(gzip_error)?;
            if read > 0 {
                return Ok(read);
            }
            let Some(ended) = self.member.take() else { break };
            let mut inner = ended.into_inner();
            if another_member(&mut inner)? {
                self.member = Some(Box::new(flate2::bufread::GzDecoder::new(inner)));
            }
        }
        Ok(0)
    }
}

/// Passes over the zeros that tapes and block devices leave behind.
fn another_member(inner: &mut dyn BufRead) -> io::Result<bool> {
    loop {
        let here = inner.fill_buf()?;
        let zeros = here.iter().take_while(|byte| **byte == 0).count();
        match here.get(zeros) {
            Some(next) => return Ok(*next == 0x1f),
            None if here.is_empty() => return Ok(false),
            None => inner.consume(zeros),
        }
    }
}

fn gzip_error(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => too_early(),
        io::ErrorKind::InvalidInput if error.to_string().contains("checksum") => {
            io::Error::new(io::ErrorKind::InvalidData, "the checksum of the gzip data is wrong")
        }
        io::ErrorKind::InvalidInput => io::Error::new(io::ErrorKind::InvalidData, "the gzip data is damaged"),
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::io::Write;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn gunzip(bytes: &[u8]) -> Result<String, String> {
        let mut text = String::new();
        match Members::new(bytes).read_to_string(&mut text) {
            Ok(_) => Ok(text),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn every_member_of_a_gzip_file_is_read() {
        let two = [gzip(b"one "), gzip(b"two")].concat();
        assert_eq!(gunzip(&two), Ok("one two".into()));
        assert_eq!(gunzip(&[&two[..], &[0; 40]].concat()), Ok("one two".into()), "padded with zeros");
        assert_eq!(gunzip(&[&two[..], b"junk"].concat()), Ok("one two".into()), "something else behind it");
    }

    #[test]
    fn a_cut_gzip_file_is_an_error_wherever_it_is_cut() {
        let whole = gzip(b"the same words the same words");
        for cut in 1..whole.len() {
            assert_eq!(gunzip(&whole[..cut]), Err("the compressed data ends too early".into()), "cut at {cut}");
        }
    }

    #[test]
    fn a_wrong_gzip_checksum_is_an_error() {
        let mut bytes = gzip(b"words");
        let at = bytes.len() - 5;
        bytes[at] ^= 1;
        assert_eq!(gunzip(&bytes), Err("the checksum of the gzip data is wrong".into()));
    }

    #[test]
    fn a_deflate_stream_takes_nothing_behind_its_end() {
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(b"words words words").unwrap();
        let bytes = [encoder.finish().unwrap(), b"behind".to_vec()].concat();
        let mut inflate = Inflate::new(&bytes[..]);
        let mut text = String::new();
        inflate.read_to_string(&mut text).unwrap();
        assert_eq!((text.as_str(), inflate.inner), ("words words words", &b"behind"[..]));
        assert_eq!(inflate.unpacked(), 17);
        assert_eq!(inflate.packed() as usize, bytes.len() - 6);
    }

    #[test]
    fn a_cut_deflate_stream_is_an_error() {
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(b"words words words").unwrap();
        let bytes = encoder.finish().unwrap();
        let mut text = Vec::new();
        let error = Inflate::new(&bytes[..bytes.len() - 1]).read_to_end(&mut text).unwrap_err();
        assert_eq!(error.to_string(), "the compressed data ends too early");
    }
}
