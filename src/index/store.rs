//! The folder of segments: open, lock, commit, remove.

use super::ephemeral::Ephemeral;
use super::notes::Corrections;
use super::private::{self, Refusal};
use super::seal::Seal;
use super::segment::Segment;
use super::snapshots::{self, Left, RowSet};
use super::writer::SegmentWriter;
use arrow_schema::ArrowError;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// Folder of the committed segments.
pub const SEGMENTS: &str = "segments";
/// Folder of what is being written, and of what is being erased.
pub const TMP: &str = "tmp";
const LOCK: &str = "lock";

/// How folders in `tmp` begin: segments that grow, and segments that were removed.
pub const NEW: &str = "new-";
const GONE: &str = "gone-";

/// Ends the name of a folder that stands beside the one it replaces. No id holds this sign.
pub const BESIDE: &str = "~";

pub const MANIFEST: &str = "manifest.json";
pub const CATALOG: &str = "catalog.json";
pub const LEDGER: &str = "ledger.json";
pub const IDENTIFIERS: &str = "identifiers.arrow";

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process is importing; says which.
    #[error("{what}")]
    Locked { what: String },
    /// A segment cannot be used; the rest can.
    #[error("{what}")]
    Damaged { what: String },
    /// The folder is not one an index may be in.
    #[error("{what}")]
    Refused { what: String },
    #[error("{doing}: {source}")]
    Io { doing: String, source: std::io::Error },
}

impl StoreError {
    pub(super) fn io(doing: &str) -> impl FnOnce(io::Error) -> Self {
        let doing = doing.to_owned();
        move |source| Self::Io { doing, source }
    }

    /// An error while writing `needed` bytes, if it is known how many.
    pub(super) fn writing(source: io::Error, needed: u64) -> Self {
        let mut doing = "writing the index".to_owned();
        let kind = source.kind();
        let is_full = [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded, io::ErrorKind::FileTooLarge];
        if is_full.contains(&kind) {
            let megabytes = needed.div_ceil(1_000_000).max(1);
            doing = format!("{doing} (the disk is full: about {megabytes} MB more needed for what was read so far)");
        }
        Self::Io { doing, source }
    }

    pub(super) fn doing(&self) -> String {
        match self {
            Self::Io { doing, .. } => doing.clone(),
            Self::Locked { what } | Self::Damaged { what } | Self::Refused { what } => what.clone(),
        }
    }
}

/// An error of Arrow as one of the disk, which it mostly is.
pub fn io_of(error: ArrowError) -> io::Error {
    match error {
        ArrowError::IoError(_, source) => source,
        other => io::Error::other(other),
    }
}

/// The index folder, with what it held when it was opened or reloaded.
#[derive(Debug)]
pub struct Store {
    pub dir: PathBuf,
    pub segments: Vec<Arc<Segment>>,
    /// Sentences about segments that could not be opened.
    pub damaged: Vec<String>,
    /// By segment: rows that a newer snapshot holds too.
    shadows: Vec<OnceLock<Option<RowSet>>>,
    /// By segment: what it holds besides.
    left: Vec<OnceLock<Left>>,
    /// Labels that the person corrected.
    pub corrections: Corrections,
    /// Removes the folder with the last store that uses it.
    ephemeral: Option<Arc<Ephemeral>>,
}

/// Held while something is written; one at a time, by file lock, freed by the system if the process dies.
#[derive(Debug)]
pub struct WriteLock {
    _file: std::fs::File,
}

impl Store {
    /// Opens or makes the folder (0700). Refuses one that belongs to somebody else or is reached by a link.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        let dir = private::open_dir(dir, &[SEGMENTS, TMP, LOCK]).map_err(|refusal| match refusal {
            Refusal::Sentence(what) => StoreError::Refused { what },
            Refusal::Io(source) => StoreError::io("opening the index folder")(source),
        })?;
        Self::read(dir, &[], &Corrections::default())
    }

    /// An index that is gone when the last store on it is dropped: in memory, if the system has a folder there.
    pub fn open_ephemeral() -> Result<Self, StoreError> {
        let ephemeral = Ephemeral::make().map_err(StoreError::io("making a temporary index folder"))?;
        let mut store = Self::open(&ephemeral.dir)?;
        store.ephemeral = Some(Arc::new(ephemeral));
        Ok(store)
    }

    /// The same folder as it is now; segments already open are kept.
    pub fn reload(&self) -> Result<Self, StoreError> {
        let mut store = Self::read(self.dir.clone(), &self.segments, &self.corrections)?;
        store.ephemeral.clone_from(&self.ephemeral);
        Ok(store)
    }

    fn read(dir: PathBuf, known: &[Arc<Segment>], known_by: &Corrections) -> Result<Self, StoreError> {
        let names = private::names(&dir.join(SEGMENTS)).map_err(StoreError::io("listing the index"))?;
        let (corrections, trouble) = Corrections::read(&dir);
        // Segments that were read with other corrections are read anew.
        let known = if corrections == *known_by { known } else { &[] };
        let (mut segments, mut damaged) = (Vec::new(), Vec::from_iter(trouble));
        for name in names {
            match open_segment(&dir.join(SEGMENTS).join(&name), known, &corrections) {
                Ok(segment) => segments.push(segment),
                Err(error) => damaged.push(error.to_string()),
            }
        }
        let replaced: BTreeSet<u64> = segments.iter().filter_map(|segment| segment.replaces()).collect();
        segments.retain(|segment| !replaced.contains(&segment.mark()));
        segments.sort_by(|a, b| a.manifest.id.cmp(&b.manifest.id));
        let shadows = segments.iter().map(|_| OnceLock::new()).collect();
        let left = segments.iter().map(|_| OnceLock::new()).collect();
        Ok(Self { dir, segments, damaged, shadows, left, corrections, ephemeral: None })
    }

    /// Decodes and checks every batch and side table now, so that no search has to; [`Segment::damage`] then knows all.
    pub fn warm(&self) {
        for (number, segment) in self.segments.iter().enumerate() {
            for batch in 0..segment.batches() {
                drop(segment.batch(batch));
            }
            drop(segment.identifiers());
            let _ = self.shadowed(number);
        }
    }

    pub fn get(&self, export: &str) -> Option<&Arc<Segment>> {
        self.segments.iter().find(|segment| segment.manifest.id == export)
    }

    /// The same index as if it held one export alone: nothing of it is passed over as a repetition of another.
    pub fn only(&self, export: &str) -> Option<Self> {
        let segment = Arc::clone(self.get(export)?);
        Some(Self {
            dir: self.dir.clone(),
            segments: vec![segment],
            damaged: Vec::new(),
            shadows: vec![OnceLock::new()],
            left: vec![OnceLock::new()],
            corrections: self.corrections.clone(),
            ephemeral: self.ephemeral.clone(),
        })
    }

    /// Rows of a segment that a newer snapshot of the same account holds too, so that they count once. `None` if there is none.
    /// Computed when first asked for, which reads the keys of all snapshots of the account.
    pub fn shadowed(&self, segment: usize) -> Option<&RowSet> {
        self.shadows.get(segment)?.get_or_init(|| snapshots::shadowed(&self.segments, segment)).as_ref()
    }

    /// Counts of a segment without the rows that [`Store::shadowed`] names; `None` if it names none, so that the catalogue knows.
    /// Counted when first asked for.
    pub fn left(&self, segment: usize) -> Option<&Left> {
        let (rows, known) = (self.shadowed(segment)?, self.segments.get(segment)?);
        Some(self.left.get(segment)?.get_or_init(|| snapshots::without(known, rows)))
    }

    /// Takes the lock, or says who holds it. Clears what a killed import left behind.
    pub fn lock(&self) -> Result<WriteLock, StoreError> {
        let mut file = private::open(&self.dir.join(LOCK)).map_err(StoreError::io("opening the lock of the index"))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreError::Locked { what: holder(&mut file) }),
            Err(TryLockError::Error(source)) => return Err(StoreError::io("locking the index")(source)),
        }
        let since = jiff::Timestamp::now().round(jiff::Unit::Second).unwrap_or_default();
        let sign = format!("process {}, since {since}", std::process::id());
        let signed = file.set_len(0).and_then(|()| file.write_all(sign.as_bytes()));
        signed.map_err(StoreError::io("locking the index"))?;
        clear_unfinished(&self.dir).map_err(StoreError::io("clearing what an interrupted import left"))?;
        settle(&self.dir)?;
        Ok(WriteLock { _file: file })
    }

    /// Starts a segment in a temporary folder. Dropped without commit it leaves nothing.
    pub fn begin(&self, _lock: &WriteLock) -> Result<SegmentWriter, StoreError> {
        SegmentWriter::begin(&self.dir)
    }

    /// Takes an export out: renamed away, then overwritten and deleted. False if there is none of this id.
    ///
    /// While somebody has it open the files are only renamed; they are erased as soon as it is let go. So drop this store, or
    /// reload it, and with it every segment that was cloned out of it.
    pub fn remove(&self, _lock: &WriteLock, export: &str) -> Result<bool, StoreError> {
        let names = private::names(&self.dir.join(SEGMENTS)).map_err(StoreError::io("listing the index"))?;
        if !names.iter().any(|name| name == export) {
            return Ok(false);
        }
        dismiss(&self.dir, export).map_err(StoreError::io("removing an export from the index"))?;
        Ok(true)
    }
}

/// Who writes to the index in a folder now, as far as it has signed; `None` if nobody does. Changes nothing.
pub fn writer(root: &Path) -> io::Result<Option<String>> {
    let mut file = match File::open(root.join(LOCK)) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    match file.try_lock_shared() {
        Ok(()) => Ok(None),
        Err(TryLockError::WouldBlock) => Ok(Some(sign(&mut file))),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Folders that interrupted imports and removals left behind; whoever writes next clears them. While somebody writes, his own
/// are among them.
pub fn leftovers(root: &Path) -> io::Result<Vec<PathBuf>> {
    let tmp = root.join(TMP);
    let names = if tmp.exists() { private::names(&tmp)? } else { Vec::new() };
    Ok(names.iter().filter(|name| name.starts_with(NEW) || name.starts_with(GONE)).map(|name| tmp.join(name)).collect())
}

fn open_segment(dir: &Path, known: &[Arc<Segment>], corrections: &Corrections) -> Result<Arc<Segment>, StoreError> {
    let same = known.iter().find(|segment| segment.dir == dir);
    match same {
        Some(segment) if Seal::read(dir).is_ok_and(|seal| seal.mark == segment.mark()) => Ok(Arc::clone(segment)),
        _ => {
            let mut segment = Segment::open(dir)?;
            corrections.apply(&segment.manifest.company, &mut segment.catalog);
            Ok(Arc::new(segment))
        }
    }
}

/// Who holds the lock, as far as it has signed.
fn holder(file: &mut File) -> String {
    let sign = sign(file);
    if sign.starts_with(&format!("process {},", std::process::id())) {
        return "this tellall is importing; try again when it is done".to_owned();
    }
    let who = if sign.is_empty() { String::new() } else { format!(" ({sign})") };
    format!("another tellall{who} is importing; try again when it is done")
}

/// `process 12, since …`; empty if it cannot be read.
fn sign(file: &mut File) -> String {
    let mut sign = String::new();
    // Who cannot be named is nevertheless there.
    if file.take(200).read_to_string(&mut sign).is_err() {
        sign.clear();
    }
    sign
}

fn clear_unfinished(root: &Path) -> io::Result<()> {
    for name in private::names(&root.join(TMP))? {
        if name.starts_with(NEW) {
            std::fs::remove_dir_all(root.join(TMP).join(name))?;
        }
    }
    erase_removed(root)
}

/// Erases removed segments that nobody reads any more.
pub fn erase_removed(root: &Path) -> io::Result<()> {
    for name in private::names(&root.join(TMP))? {
        if name.starts_with(GONE) {
            private::erase(&root.join(TMP).join(name))?;
        }
    }
    Ok(())
}

/// Renames a segment away and erases it. False if it is still being read and will be erased later.
pub fn dismiss(root: &Path, name: &str) -> io::Result<bool> {
    let (segments, tmp) = (root.join(SEGMENTS), root.join(TMP));
    if !tmp.exists() {
        private::create_dir(&tmp)?;
    }
    let gone = tmp.join(format!("{GONE}{:016x}", private::unique()));
    std::fs::rename(segments.join(name), &gone)?;
    private::sync_dir(&segments)?;
    private::erase(&gone)
}

/// Completes a replacement: the segment that was replaced goes, and the one beside it takes its name. Does nothing in an index
/// where no import was interrupted between the two.
pub fn settle(root: &Path) -> Result<(), StoreError> {
    settled(root).map_err(StoreError::io("putting a newly imported export in the place of the old one"))
}

fn settled(root: &Path) -> io::Result<()> {
    let segments = root.join(SEGMENTS);
    let seals: BTreeMap<String, Seal> = private::names(&segments)?
        .into_iter()
        .filter_map(|name| Some((name.clone(), Seal::read(&segments.join(&name)).ok()?)))
        .collect();
    let replaced: BTreeSet<u64> = seals.values().filter_map(|seal| seal.replaces).collect();
    for (name, seal) in &seals {
        if replaced.contains(&seal.mark) {
            dismiss(root, name)?;
        }
    }
    for name in seals.keys() {
        if let Some(plain) = name.strip_suffix(BESIDE)
            && !segments.join(plain).exists()
        {
            std::fs::rename(segments.join(name), segments.join(plain))?;
            private::sync_dir(&segments)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_with_what_is_missing() {
        for kind in [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded, io::ErrorKind::FileTooLarge] {
            let told = StoreError::writing(kind.into(), 12_300_000).to_string();
            assert!(told.contains("the disk is full: about 13 MB more needed"), "{told}");
        }
        let told = StoreError::writing(io::ErrorKind::PermissionDenied.into(), 5).to_string();
        assert!(told.starts_with("writing the index: "), "{told}");
    }
}
