//! The rarer methods of the zip format, unpacked by the `zip` crate.

use super::super::guard::damaged;
use super::header::LOCAL;
use std::io::{self, Read};
use zip::ZipReadOptions;
use zip::read::read_zipfile_from_stream_with_options;

/// Gives `visit` the unpacked bytes of `packed` bytes. Size and checksum are for others to check.
///
/// The crate's decoders cannot be had by themselves: it reads a header made up for the purpose, which is why `visit` is called back rather
/// than given a reader to keep.
pub(in super::super) fn unpack<T>(
    method: u16,
    packed: u64,
    input: &mut dyn Read,
    visit: impl FnOnce(&mut dyn Read) -> T,
) -> io::Result<T> {
    let header = made_up_header(method);
    let mut stream = header.chain(input);
    let options = ZipReadOptions::default().override_compressed_size(packed).ignore_crc32(true);
    match read_zipfile_from_stream_with_options(&mut stream, options) {
        Ok(Some(mut file)) => Ok(visit(&mut file)),
        Ok(None) => Err(damaged("the zip crate found no entry".to_owned())),
        Err(error) => Err(damaged(error.to_string())),
    }
}

/// A local header without name and extra field, its sizes left open.
fn made_up_header(method: u16) -> io::Cursor<Vec<u8>> {
    let mut header = LOCAL.to_le_bytes().to_vec();
    for number in [46, 1 << 3, method, 0, 0x21] {
        header.extend_from_slice(&u16::to_le_bytes(number));
    }
    header.resize(30, 0);
    io::Cursor::new(header)
}
