//! Folders and files that only their owner may read, and their end: durable once synced, gone once erased.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Makes a file of ours; refuses one that exists.
pub fn create(path: &Path) -> io::Result<File> {
    mode::file(fs::OpenOptions::new().write(true).create_new(true)).open(path)
}

/// Makes a folder of ours; refuses one that exists.
pub fn create_dir(path: &Path) -> io::Result<()> {
    mode::dir(&mut fs::DirBuilder::new()).create(path)
}

/// Opens a file of ours for reading and writing, made if need be.
pub fn open(path: &Path) -> io::Result<File> {
    mode::file(fs::OpenOptions::new().read(true).write(true).create(true).truncate(false)).open(path)
}

/// Makes a folder of ours if it is not there, or checks that it is ours: no link, not somebody else's, nothing in it that has not
/// one of the `known` names unless the first of them is there too. Takes the rights of others away. Gives its plain name.
pub fn open_dir(dir: &Path, known: &[&str]) -> Result<PathBuf, Refusal> {
    // A slash at the end would let the system follow a link.
    let dir: PathBuf = dir.components().collect();
    let found = found_or_made(&dir)?;
    if found.is_symlink() {
        return Err(refuse(&dir, "is a link; name the folder it leads to"));
    }
    if !found.is_dir() {
        return Err(refuse(&dir, "is not a folder"));
    }
    if !mode::is_mine(&found)? {
        return Err(refuse(&dir, "belongs to another user; the index must be yours alone"));
    }
    let is_ours = known.first().is_some_and(|mark| dir.join(mark).is_dir());
    if !is_ours && !holds_only(&dir, known)? {
        return Err(refuse(&dir, "holds other files; name an empty folder, or one that is not there yet"));
    }
    mode::close_to_others(&dir, &found)?;
    Ok(dir)
}

fn found_or_made(dir: &Path) -> io::Result<fs::Metadata> {
    let found = fs::symlink_metadata(dir);
    if !found.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
        return found;
    }
    if let Some(parent) = dir.parent() {
        fs::create_dir_all(parent)?;
    }
    match create_dir(dir) {
        // Two may start at the same time.
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => fs::symlink_metadata(dir),
    }
}

/// Why a folder is not used.
#[derive(Debug)]
pub enum Refusal {
    Sentence(String),
    Io(io::Error),
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

fn refuse(dir: &Path, why: &str) -> Refusal {
    Refusal::Sentence(format!("{} {why}", dir.display()))
}

/// A number nobody else has.
pub fn unique() -> u64 {
    // The standard library offers no randomness but this; the counter inside makes each state differ from the one before.
    RandomState::new().hash_one(std::process::id())
}

/// Makes the names inside a folder durable.
#[cfg(unix)]
pub fn sync_dir(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}

/// Elsewhere folders cannot be opened, and renaming is durable by the file system's own means.
#[cfg(not(unix))]
pub fn sync_dir(_dir: &Path) -> io::Result<()> {
    Ok(())
}

/// Overwrites the files of `dir`, then deletes it. False if somebody still reads one of them: then nothing is touched, and
/// erasing is left to the one who reads, or to the next import.
pub fn erase(dir: &Path) -> io::Result<bool> {
    match erased(dir) {
        // Somebody else was quicker.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        outcome => outcome,
    }
}

fn erased(dir: &Path) -> io::Result<bool> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            let file = fs::OpenOptions::new().read(true).write(true).open(entry.path())?;
            match file.try_lock() {
                Ok(()) => files.push(file),
                Err(fs::TryLockError::WouldBlock) => return Ok(false),
                Err(fs::TryLockError::Error(error)) => return Err(error),
            }
        }
    }
    for file in files {
        overwrite(file)?;
    }
    fs::remove_dir_all(dir)?;
    Ok(true)
}

fn overwrite(mut file: File) -> io::Result<()> {
    let mut left = file.metadata()?.len();
    let zeros = vec![0u8; 1 << 18];
    file.seek(SeekFrom::Start(0))?;
    while left > 0 {
        let now = left.min(zeros.len() as u64);
        file.write_all(zeros.get(..now as usize).unwrap_or(&zeros))?;
        left -= now;
    }
    // Without this the zeros would be forgotten together with the name.
    file.sync_data()
}

/// Names inside a folder, sorted; none if there is no such folder.
pub fn names(dir: &Path) -> io::Result<Vec<String>> {
    let listed = match fs::read_dir(dir) {
        Ok(listed) => listed,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut names = Vec::new();
    for entry in listed {
        // Ours are all ASCII or text of ours; whatever else lies there is not for us.
        names.extend(entry?.file_name().to_str().map(str::to_owned));
    }
    names.sort();
    Ok(names)
}

/// Whether a folder holds nothing but what `known` says is ours.
fn holds_only(dir: &Path, known: &[&str]) -> io::Result<bool> {
    for entry in fs::read_dir(dir)? {
        let name = entry?.file_name();
        if !known.iter().any(|known| OsStr::new(known) == name) {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(unix)]
mod mode {
    use std::fs::{DirBuilder, File, Metadata, OpenOptions, Permissions, set_permissions};
    use std::io;
    use std::os::fd::OwnedFd;
    use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
    use std::path::Path;

    pub fn file(options: &mut OpenOptions) -> &mut OpenOptions {
        options.mode(0o600)
    }

    pub fn dir(builder: &mut DirBuilder) -> &mut DirBuilder {
        builder.mode(0o700)
    }

    pub fn close_to_others(dir: &Path, found: &Metadata) -> io::Result<()> {
        const OTHERS: u32 = 0o077;
        if found.mode() & OTHERS != 0 { set_permissions(dir, Permissions::from_mode(0o700)) } else { Ok(()) }
    }

    /// A pipe belongs to whoever makes it, wherever temporary files go and whatever `/proc` shows.
    pub fn is_mine(found: &Metadata) -> io::Result<bool> {
        let (reader, _writer) = io::pipe()?;
        let me = File::from(OwnedFd::from(reader)).metadata()?.uid();
        Ok(found.uid() == me)
    }
}

/// Elsewhere a folder inherits the rights of the person's own data folder.
#[cfg(not(unix))]
mod mode {
    use std::fs::{DirBuilder, Metadata, OpenOptions};
    use std::io;
    use std::path::Path;

    pub fn file(options: &mut OpenOptions) -> &mut OpenOptions {
        options
    }

    pub fn dir(builder: &mut DirBuilder) -> &mut DirBuilder {
        builder
    }

    pub fn close_to_others(_dir: &Path, _found: &Metadata) -> io::Result<()> {
        Ok(())
    }

    pub fn is_mine(_found: &Metadata) -> io::Result<bool> {
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn erased_files_are_overwritten_before_they_go() {
        let dir = tempfile::tempdir().expect("a folder to work in");
        let gone = dir.path().join("gone");
        create_dir(&gone).expect("a new folder");
        create(&gone.join("a")).expect("a new file").write_all(b"Rosa Quill").expect("room for ten bytes");
        // A second name shows what became of the bytes.
        fs::hard_link(gone.join("a"), dir.path().join("witness")).expect("one file system");
        assert!(erase(&gone).expect("nobody reads"));
        assert!(!gone.exists());
        assert_eq!(fs::read(dir.path().join("witness")).expect("still there"), [0; 10]);
    }

    #[test]
    fn files_that_somebody_reads_are_left_alone() {
        let dir = tempfile::tempdir().expect("a folder to work in");
        let gone = dir.path().join("gone");
        create_dir(&gone).expect("a new folder");
        create(&gone.join("a")).expect("a new file").write_all(b"Rosa Quill").expect("room for ten bytes");
        let reader = File::open(gone.join("a")).expect("it was just made");
        reader.try_lock_shared().expect("nobody else is here");
        assert!(!erase(&gone).expect("the folder can be listed"));
        assert_eq!(fs::read(gone.join("a")).expect("still there"), b"Rosa Quill");
        drop(reader);
        assert!(erase(&gone).expect("nobody reads"));
    }

    #[test]
    fn numbers_differ() {
        assert_ne!(unique(), unique());
    }

    #[cfg(unix)]
    #[test]
    fn what_we_make_is_ours() {
        let dir = tempfile::tempdir().expect("a folder to work in");
        assert!(mode::is_mine(&dir.path().metadata().expect("it exists")).expect("a pipe can be made"));
    }
}
