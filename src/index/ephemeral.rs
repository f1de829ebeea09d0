//! A folder for an index that must not stay.

use super::private;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

const MEMORY: &str = "/dev/shm";
const PREFIX: &str = "tellall-ephemeral-";
/// Locked as long as the folder is in use.
const ALIVE: &str = "alive";

/// Removed with everything in it when dropped; if the process is killed, by the next one that makes such a folder.
#[derive(Debug)]
pub struct Ephemeral {
    base: PathBuf,
    /// The index.
    pub dir: PathBuf,
    _alive: File,
}

impl Ephemeral {
    pub fn make() -> io::Result<Self> {
        let (memory, disk) = (PathBuf::from(MEMORY), std::env::temp_dir());
        let made = if memory.is_dir() { Self::make_in(&memory) } else { Err(io::ErrorKind::NotFound.into()) };
        made.or_else(|_| Self::make_in(&disk))
    }

    fn make_in(place: &Path) -> io::Result<Self> {
        clear_abandoned(place)?;
        let number = private::unique();
        // Named so only once it is locked, or another process might take it for abandoned.
        let (unborn, base) =
            (place.join(format!(".tellall-{number:016x}")), place.join(format!("{PREFIX}{number:016x}")));
        private::create_dir(&unborn)?;
        let alive = private::create(&unborn.join(ALIVE))?;
        alive.lock()?;
        std::fs::rename(&unborn, &base)?;
        let dir = base.join("index");
        private::create_dir(&dir)?;
        Ok(Self { base, dir, _alive: alive })
    }
}

impl Drop for Ephemeral {
    fn drop(&mut self) {
        // There is nobody to tell; the next one tries again.
        let _ = std::fs::remove_dir_all(&self.base);
    }
}

fn clear_abandoned(place: &Path) -> io::Result<()> {
    for name in private::names(place)? {
        let base = place.join(&name);
        // Folders of other users cannot be opened, and are theirs to clear.
        if name.starts_with(PREFIX)
            && let Ok(alive) = File::open(base.join(ALIVE))
            && alive.try_lock().is_ok()
        {
            std::fs::remove_dir_all(base)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_goes_with_its_owner() {
        let place = tempfile::tempdir().expect("a folder to work in");
        let ephemeral = Ephemeral::make_in(place.path()).expect("a new folder");
        assert!(ephemeral.dir.is_dir());
        drop(ephemeral);
        assert_eq!(private::names(place.path()).expect("it can be listed"), [""; 0]);
    }

    #[test]
    fn the_folder_of_a_killed_process_is_cleared_and_that_of_a_living_one_is_not() {
        let place = tempfile::tempdir().expect("a folder to work in");
        let living = Ephemeral::make_in(place.path()).expect("a new folder");
        let killed = place.path().join("tellall-ephemeral-0");
        std::fs::create_dir_all(killed.join("index")).expect("a new folder");
        std::fs::write(killed.join(ALIVE), "").expect("a new file");
        let next = Ephemeral::make_in(place.path()).expect("a new folder");
        assert!(!killed.exists() && living.dir.is_dir() && next.dir.is_dir());
    }
}
