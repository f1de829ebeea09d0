//! Maps a finished file into memory: the only unsafe code of tellall.

use arrow_buffer::Buffer;
use bytes::Bytes;
use std::fs::File;
use std::io;

/// A mapped file and the shared lock that keeps it from being overwritten. Buffers cut from it hold it alive.
#[derive(Debug)]
struct Mapped {
    map: memmap2::Mmap,
    /// Closed last; the lock goes with it.
    _file: File,
}

impl AsRef<[u8]> for Mapped {
    fn as_ref(&self) -> &[u8] {
        &self.map
    }
}

/// The bytes of `file`, without a copy. An error of the kind `WouldBlock` means that the file is just being erased.
pub fn map(file: File) -> io::Result<Buffer> {
    file.try_lock_shared().map_err(io::Error::from)?;
    // SAFETY: the bytes of a map must not change while it lives. The files of a segment are written before the segment is
    // committed and by nobody afterwards, with one exception: `erase` overwrites them, and only under an exclusive lock, which it
    // cannot get while the shared lock above is held (`Mapped` holds both). The folder and its files are open to their owner
    // only (0700, 0600), so other users cannot write them. That the owner edits a file of the index by hand while it is read is
    // outside of what can be guarded, as for every program that maps files.
    #[allow(unsafe_code)] // The reason is the comment above.
    let map = unsafe { memmap2::Mmap::map(&file)? };
    Ok(Buffer::from(Bytes::from_owner(Mapped { map, _file: file })))
}
