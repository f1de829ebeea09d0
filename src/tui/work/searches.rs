//! The searches a person did and saved, in the state folder: one file, for the person alone.

use crate::export::files;
use crate::tui::searches::{Change, Searches};
use anyhow::Context;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

const NAME: &str = "searches.json";

/// What is kept in a state folder; nothing if there is none yet.
pub fn kept(folder: &Path) -> anyhow::Result<Searches> {
    let path = folder.join(NAME);
    let doing = || format!("reading earlier searches from {}", path.display());
    match fs::read(&path) {
        Ok(bytes) => serde_json::from_slice(&bytes).with_context(doing),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Searches::default()),
        Err(error) => Err(error).with_context(doing),
    }
}

/// Changes what is kept. It is read again first: another tellall may have changed it meanwhile.
pub fn keep(folder: &Path, change: &Change) -> anyhow::Result<()> {
    open(folder).with_context(|| format!("opening the state folder {}", folder.display()))?;
    let mut searches = kept(folder)?;
    searches.apply(change);
    let (path, new) = (folder.join(NAME), folder.join(format!("{NAME}.{}", std::process::id())));
    let text = serde_json::to_vec_pretty(&searches)?;
    files::forget(&new);
    let written = files::create(&new).and_then(|mut file| file.write_all(&text).and_then(|()| fs::rename(&new, &path)));
    if written.is_err() {
        files::forget(&new);
    }
    written.with_context(|| format!("writing {}", path.display()))
}

/// The folder is made if need be, and closed to others if it was open to them.
fn open(folder: &Path) -> anyhow::Result<()> {
    if folder.is_dir() {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
        }
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        fs::create_dir_all(parent)?;
    }
    files::create_folder(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_run_keeps_the_next_one_finds() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("state/tellall");
        assert_eq!(kept(&folder).expect("nothing yet"), Searches::default());
        for change in [
            Change::Searched("lunch".to_owned()),
            Change::Saved { name: "food".to_owned(), query: "lunch OR dinner".to_owned() },
            Change::Searched("train co:whatsapp".to_owned()),
        ] {
            keep(&folder, &change).expect("the folder can be written");
        }
        let found = kept(&folder).expect("it can be read");
        assert_eq!(found.history, ["train co:whatsapp", "lunch"]);
        assert_eq!(found.saved["food"], "lunch OR dinner");
        assert_eq!(fs::read_dir(&folder).expect("the folder").count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_them() {
        use std::os::unix::fs::PermissionsExt as _;
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("tellall");
        fs::create_dir(&folder).expect("a folder open to all");
        keep(&folder, &Change::Searched("lunch".to_owned())).expect("the folder can be written");
        let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&folder.join(NAME))), (0o700, 0o600));
    }

    #[test]
    fn a_file_that_is_no_list_of_searches_is_told_and_left_alone() {
        let home = tempfile::tempdir().expect("a folder");
        fs::write(home.path().join(NAME), "[1,").expect("a file");
        let error = keep(home.path(), &Change::Forgotten).expect_err("it cannot be read");
        assert!(format!("{error:#}").starts_with("reading earlier searches from "), "{error:#}");
        assert_eq!(fs::read(home.path().join(NAME)).expect("the file"), b"[1,");
    }
}
