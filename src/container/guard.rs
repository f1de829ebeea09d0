//! One budget for a whole import: bytes, entries, depth, time, and the wish to stop; and the reader that keeps to it.

use super::source::Taken;
use super::wording;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Limits (`security.md` 10.1). Shared by everything that reads one import, nested archives included.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Of one archive, those of the archives inside it included.
    pub entries: u64,
    /// Archives inside archives.
    pub depth: u32,
    /// Unpacked over packed, checked after `ratio_after` bytes of an entry.
    pub ratio: u64,
    pub ratio_after: u64,
    /// Unpacked bytes of one entry, and of all.
    pub entry_bytes: u64,
    pub total_bytes: u64,
    /// From the making of the budget.
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            entries: 1_000_000,
            depth: 3,
            ratio: 200,
            ratio_after: 64 << 20,
            entry_bytes: 64 << 30,
            total_bytes: 16 << 40,
            time: Duration::from_secs(24 * 60 * 60),
        }
    }
}

/// What is left of the limits. Cheap to clone; all clones count together.
#[derive(Debug, Clone, Default)]
pub struct Budget {
    pub limits: Limits,
    state: Arc<State>,
}

#[derive(Debug)]
struct State {
    began: Instant,
    bytes: AtomicU64,
    /// Shared with those that count apart.
    cancelled: Arc<AtomicBool>,
}

impl Default for State {
    fn default() -> Self {
        Self { began: Instant::now(), bytes: AtomicU64::new(0), cancelled: Arc::default() }
    }
}

impl Budget {
    pub fn new(limits: Limits) -> Self {
        Self { limits, state: Arc::default() }
    }

    /// Asks all readers to stop; they fail with [`std::io::ErrorKind::Interrupted`]-free errors at their next read.
    pub fn cancel(&self) {
        self.state.cancelled.store(true, Ordering::Relaxed);
    }

    pub fn is_cancelled(&self) -> bool {
        self.state.cancelled.load(Ordering::Relaxed)
    }

    /// Unpacked bytes so far.
    pub fn bytes(&self) -> u64 {
        self.state.bytes.load(Ordering::Relaxed)
    }

    /// Counts unpacked bytes; the error is a sentence.
    pub fn spend(&self, bytes: u64) -> std::io::Result<()> {
        let total = self.state.bytes.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes);
        if self.is_cancelled() {
            return Err(std::io::Error::other("cancelled"));
        }
        if total > self.limits.total_bytes {
            return Err(std::io::Error::other("the import unpacks to more than the limit"));
        }
        if self.state.began.elapsed() > self.limits.time {
            return Err(std::io::Error::other("the import takes longer than the limit"));
        }
        Ok(())
    }

    /// The same limits and the same wish to stop, counting from zero: looking at names and first bytes is not importing them.
    pub(super) fn apart(&self) -> Self {
        let state =
            State { began: self.state.began, bytes: AtomicU64::new(0), cancelled: Arc::clone(&self.state.cancelled) };
        Self { limits: self.limits.clone(), state: Arc::new(state) }
    }
}

/// What an entry promises of its unpacked bytes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Promise {
    pub(super) size: Option<u64>,
    pub(super) crc: Option<u32>,
}

/// What readers stacked on one reader of the disk are held to.
#[derive(Debug, Clone)]
pub(super) struct Meter {
    budget: Budget,
    taken: Taken,
}

impl Meter {
    pub(super) fn new(budget: &Budget, taken: Taken) -> Self {
        Self { budget: budget.clone(), taken }
    }

    /// A guard for an output that begins now.
    pub(super) fn guard(&self) -> Guard {
        let taken_before = self.taken.get().saturating_sub(FETCHED_AHEAD);
        Guard { meter: self.clone(), taken_before, given: 0 }
    }
}

/// Fetched in chunks before it is unpacked, so not a sign of a small ratio.
const FETCHED_AHEAD: u64 = 256 << 10;

/// Stops an output that outgrows its budget or what it takes from the disk.
pub(super) struct Guard {
    meter: Meter,
    taken_before: u64,
    given: u64,
}

impl Guard {
    /// Accounts for `bytes` more of an entry.
    fn spend(&mut self, bytes: usize) -> io::Result<()> {
        self.meter.budget.spend(bytes as u64)?;
        self.watch(bytes)?;
        let most = self.meter.budget.limits.entry_bytes;
        if self.given > most {
            return Err(io::Error::other(format!("unpacks to more than {}: stopped there", wording::bytes(most))));
        }
        Ok(())
    }

    /// Looks at `bytes` more of a layer that nobody keeps.
    fn watch(&mut self, bytes: usize) -> io::Result<()> {
        let Budget { limits, .. } = &self.meter.budget;
        if self.meter.budget.is_cancelled() {
            return Err(io::Error::other("cancelled"));
        }
        self.given += bytes as u64;
        let packed = self.meter.taken.get().saturating_sub(self.taken_before);
        if self.given > limits.ratio_after && self.given > packed.saturating_mul(limits.ratio) {
            return Err(io::Error::other(format!(
                "unpacks to more than {} times its size: stopped after {}",
                limits.ratio,
                wording::bytes(self.given)
            )));
        }
        Ok(())
    }
}

/// A layer of packing inside another, watched but not promised anything.
pub(super) struct Watched<R> {
    pub(super) inner: R,
    pub(super) guard: Guard,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.guard.watch(read)?;
        Ok(read)
    }
}

enum Progress {
    Reading,
    Whole,
    Failed(String),
}

/// Reads an entry and holds it to its promise: the last read fails if the size or the checksum is wrong, and so does every later one.
pub(super) struct Checked<R> {
    inner: R,
    promise: Promise,
    guard: Guard,
    crc: crc32fast::Hasher,
    progress: Progress,
}

impl<R: Read> Checked<R> {
    pub(super) fn new(inner: R, promise: Promise, guard: Guard) -> Self {
        Self { inner, promise, guard, crc: crc32fast::Hasher::new(), progress: Progress::Reading }
    }

    fn step(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = self.promise.size.map_or(u64::MAX, |size| size - self.guard.given);
        if left == 0 {
            return self.finish();
        }
        let most = into.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let read = self.inner.read(into.get_mut(..most).unwrap_or_default())?;
        if read == 0 {
            return self.finish();
        }
        self.guard.spend(read)?;
        if self.promise.crc.is_some() {
            self.crc.update(into.get(..read).unwrap_or_default());
        }
        Ok(read)
    }

    fn finish(&mut self) -> io::Result<usize> {
        if let Some(size) = self.promise.size {
            self.check_size(size)?;
        }
        if self.promise.crc.is_some_and(|crc| crc != self.crc.clone().finalize()) {
            return Err(damaged("the checksum is wrong: the data was changed or damaged".to_owned()));
        }
        self.progress = Progress::Whole;
        Ok(0)
    }

    fn check_size(&mut self, size: u64) -> io::Result<()> {
        let given = self.guard.given;
        if given < size {
            return Err(damaged(format!(
                "the size is wrong: {} declared, {} there, short by {}",
                wording::bytes(size),
                wording::bytes(given),
                wording::grouped(size - given)
            )));
        }
        if self.inner.read(&mut [0])? > 0 {
            return Err(damaged(format!(
                "the size is wrong: {} declared, at least {} there",
                wording::bytes(size),
                wording::bytes(size.saturating_add(1))
            )));
        }
        Ok(())
    }
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match &self.progress {
            Progress::Whole => return Ok(0),
            Progress::Failed(sentence) => return Err(damaged(sentence.clone())),
            Progress::Reading if into.is_empty() => return Ok(0),
            Progress::Reading => {}
        }
        let outcome = self.step(into);
        if let Err(error) = &outcome
            && error.kind() != io::ErrorKind::Interrupted
        {
            self.progress = Progress::Failed(error.to_string());
        }
        outcome
    }
}

pub(super) fn damaged(sentence: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS_CRC: u32 = 0x3fa9_9d43;

    fn read(bytes: &[u8], size: u64, crc: u32, budget: &Budget) -> Result<Vec<u8>, String> {
        let promise = Promise { size: Some(size), crc: Some(crc) };
        let mut given = Vec::new();
        match Checked::new(bytes, promise, Meter::new(budget, Taken::default()).guard()).read_to_end(&mut given) {
            Ok(_) => Ok(given),
            Err(error) => Err(error.to_string()),
        }
    }

    fn crc(bytes: &[u8]) -> u32 {
        let mut crc = crc32fast::Hasher::new();
        crc.update(bytes);
        crc.finalize()
    }

    #[test]
    fn time_is_limited_like_bytes_are() {
        let none = Limits { time: Duration::ZERO, ..Limits::default() };
        let error = Budget::new(none).spend(1).expect_err("no time is left");
        assert_eq!(error.to_string(), "the import takes longer than the limit");
        assert!(Budget::default().spend(1).is_ok());
    }

    #[test]
    fn an_entry_that_keeps_its_promise_is_read() {
        assert_eq!(read(b"words", 5, crc(b"words"), &Budget::default()), Ok(b"words".to_vec()));
    }

    #[test]
    fn a_wrong_size_is_told_with_both_sizes() {
        let budget = Budget::default();
        let short = read(b"words", 1_005, 0, &budget);
        assert_eq!(short, Err("the size is wrong: 1,005 bytes declared, 5 bytes there, short by 1,000".into()));
        let long = read(b"words", 4, 0, &budget);
        assert_eq!(long, Err("the size is wrong: 4 bytes declared, at least 5 bytes there".into()));
    }

    #[test]
    fn a_wrong_checksum_fails_the_last_read_and_every_later_one() {
        let promise = Promise { size: Some(5), crc: Some(WORDS_CRC) };
        let budget = Budget::default();
        let mut reader = Checked::new(&b"wordz"[..], promise, Meter::new(&budget, Taken::default()).guard());
        let mut into = [0; 16];
        assert_eq!(reader.read(&mut into).ok(), Some(5), "the bytes themselves come");
        for _ in 0..2 {
            let error = reader.read(&mut into).expect_err("a wrong checksum");
            assert_eq!(error.to_string(), "the checksum is wrong: the data was changed or damaged");
        }
    }

    #[test]
    fn a_bomb_is_stopped_by_its_ratio_only_after_the_grace() {
        let limits = Limits { ratio: 10, ratio_after: 4 << 20, ..Limits::default() };
        let bomb = io::repeat(0).take(100 << 20);
        let promise = Promise::default();
        let budget = Budget::new(limits);
        let mut reader = Checked::new(bomb, promise, Meter::new(&budget, Taken::default()).guard());
        let mut into = vec![0; 1 << 20];
        let given: Vec<usize> = std::iter::from_fn(|| reader.read(&mut into).ok()).collect();
        assert_eq!(given, [1 << 20; 4]);
        let error = reader.read(&mut into).expect_err("a bomb");
        assert_eq!(error.to_string(), "unpacks to more than 10 times its size: stopped after 5,242,880 bytes");
    }

    #[test]
    fn the_limits_of_one_entry_and_of_all_hold() {
        let one = Budget::new(Limits { entry_bytes: 4, ..Limits::default() });
        assert_eq!(read(b"words", 5, 0, &one), Err("unpacks to more than 4 bytes: stopped there".into()));
        let all = Budget::new(Limits { total_bytes: 7, ..Limits::default() });
        assert!(read(b"words", 5, crc(b"words"), &all).is_ok());
        assert_eq!(read(b"words", 5, 0, &all), Err("the import unpacks to more than the limit".into()));
    }

    #[test]
    fn cancelling_stops_readers_and_those_that_count_apart() {
        let budget = Budget::default();
        let apart = budget.apart();
        budget.cancel();
        assert_eq!(read(b"words", 5, 0, &apart), Err("cancelled".into()));
        assert_eq!(budget.bytes(), 0);
    }
}
