//! Why an archive could not be opened at all, and what a person can do about it.

use super::Fault;
use super::wording::{bytes, grouped};
use std::io;
use std::path::Path;

const DOWNLOAD_AGAIN: &str = "download the export again";

impl Fault {
    fn new(what: String, cure: &str) -> Self {
        Self { what, cure: cure.to_owned() }
    }

    pub(super) fn cannot_open(path: &Path, error: &io::Error) -> Self {
        let (why, cure) = match error.kind() {
            io::ErrorKind::NotFound => ("no such file".to_owned(), "check the path"),
            io::ErrorKind::PermissionDenied => ("permission denied".to_owned(), "check that you may read it"),
            _ => (error.to_string(), "check that the disk is connected and healthy"),
        };
        Self::new(format!("cannot open {}: {why}", path.display()), cure)
    }

    pub(super) fn is_no_file(path: &Path) -> Self {
        Self::new(
            format!("cannot open {}: it is neither a file nor a folder", path.display()),
            "give the archive that the company sent, or the folder it was unpacked to",
        )
    }

    pub(super) fn is_empty(path: &Path) -> Self {
        Self::new(format!("{} is empty: it has 0 bytes", path.display()), DOWNLOAD_AGAIN)
    }

    pub(super) fn is_other_archive(path: &Path, name: &str) -> Self {
        Self::new(
            format!("{} is {name}, which cannot be read", path.display()),
            "unpack it with another program, and give the folder",
        )
    }

    pub(super) fn needs_password(path: &Path) -> Self {
        Self::new(
            format!("{} is protected by a password, which is not asked for here", path.display()),
            "unpack it with another program, and give the folder",
        )
    }

    pub(super) fn is_program(path: &Path) -> Self {
        Self::new(
            format!("{} is no archive: it looks like a program", path.display()),
            "give the archive that the company sent, or the folder it was unpacked to",
        )
    }

    pub(super) fn only_looks_like_archive(path: &Path, looks: Option<&str>, len: u64) -> Self {
        let looks =
            looks.map_or(format!("its {} are no known archive", bytes(len)), |looks| format!("it looks like {looks}"));
        Self::new(
            format!("{} is no archive: {looks}", path.display()),
            "the download link may have expired: log in at the company again, and download the export once more",
        )
    }

    pub(super) fn has_no_entries(path: &Path, why: &str) -> Self {
        Self::new(
            format!("{} begins like an archive, but there is nothing in it: {why}", path.display()),
            DOWNLOAD_AGAIN,
        )
    }

    pub(super) fn has_too_many(path: &Path, most: u64) -> Self {
        Self::new(
            format!("{} holds more than {} entries", path.display(), grouped(most)),
            "give the parts or folders in it one by one",
        )
    }

    pub(super) fn cancelled(path: &Path) -> Self {
        Self::new(format!("opening {} was cancelled", path.display()), "open it again")
    }
}
