//! Files for the person alone: new ones only, never over another.

use super::Format;
use clap::ValueEnum as _;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::path::Path;

/// Makes a file that only its owner may read; refuses one that is there already.
pub fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

/// Makes a folder that only its owner may enter; refuses one that is there already.
pub fn create_folder(path: &Path) -> anyhow::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => anyhow::anyhow!("{} exists already\nchoose another name", path.display()),
        _ => anyhow::Error::new(error).context(format!("making the folder {}", path.display())),
    })
}

/// Takes back a file of ours that is not whole. If that fails, the error that led here matters more.
pub fn forget(path: &Path) {
    let _ = fs::remove_file(path);
}

/// Takes back a folder of ours, with the files we make in one.
pub fn forget_folder(path: &Path) {
    forget(&path.join("manifest.json"));
    for name in Format::value_variants().iter().flat_map(|format| format.files()) {
        forget(&path.join(name));
    }
    let _ = fs::remove_dir(path);
}

/// An entry's name without what may name people: its ending alone.
pub fn plain_entry(entry: &str) -> String {
    let name = entry.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or_else(|| "file".to_owned(), |(_, end)| format!("file.{end}"))
}
