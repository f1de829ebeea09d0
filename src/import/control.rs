//! What a person says to a running import: wait, go on, stop one export or all of them.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// How what stopping leaves undone is told in the ledger.
pub(super) const STOPPED: &str = "the import was stopped";

/// What becomes of the records that were read before an export was stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// They are committed; the export says that it is incomplete.
    Keep,
    /// Nothing of the export is kept.
    RollBack,
}

/// Cheap to clone; all clones say the same. Exports are named by their lines in the progress.
#[derive(Debug, Clone, Default)]
pub struct Control(Arc<(Mutex<Wishes>, Condvar)>);

#[derive(Debug, Default)]
struct Wishes {
    paused: bool,
    all: Option<Stop>,
    lines: BTreeMap<usize, Stop>,
}

impl Wishes {
    fn of(&self, line: usize) -> Option<Stop> {
        self.lines.get(&line).copied().or(self.all)
    }
}

impl Control {
    /// Readers wait at their next read until told to go on.
    pub fn pause(&self, paused: bool) {
        self.change(|wishes| wishes.paused = paused);
    }

    /// Stops one export. One that waits does not begin then.
    pub fn stop(&self, line: usize, how: Stop) {
        self.change(|wishes| {
            wishes.lines.insert(line, how);
        });
    }

    /// Stops the exports that are being read, and lets none begin.
    pub fn stop_all(&self, how: Stop) {
        self.change(|wishes| wishes.all = Some(how));
    }

    pub(super) fn wish(&self, line: usize) -> Option<Stop> {
        self.wishes().of(line)
    }

    /// Waits while the import is paused, unless this export is stopped.
    fn pass(&self, line: usize) -> Option<Stop> {
        let waits = |wishes: &mut Wishes| wishes.paused && wishes.of(line).is_none();
        let wishes = self.0.1.wait_while(self.wishes(), waits).unwrap_or_else(PoisonError::into_inner);
        wishes.of(line)
    }

    fn change(&self, change: impl FnOnce(&mut Wishes)) {
        change(&mut self.wishes());
        self.0.1.notify_all();
    }

    fn wishes(&self) -> MutexGuard<'_, Wishes> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads for an export as long as the person lets it go on.
pub(super) struct Held<'a, R> {
    pub inner: R,
    pub control: &'a Control,
    pub line: usize,
}

impl<R: Read> Read for Held<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self.control.pass(self.line) {
            None => self.inner.read(into),
            Some(_) => Err(io::Error::other(STOPPED)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(control: &Control, line: usize) -> Held<'_, &'static [u8]> {
        Held { inner: b"words", control, line }
    }

    #[test]
    fn a_paused_reader_waits_until_told_to_go_on() {
        let control = Control::default();
        control.pause(true);
        let (say, heard) = std::sync::mpsc::channel();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let mut bytes = Vec::new();
                let read = held(&control, 0).read_to_end(&mut bytes).map(|_| bytes);
                say.send(read.map_err(|error| error.to_string())).expect("somebody listens");
            });
            assert!(heard.try_recv().is_err(), "nothing is read while it is paused");
            control.pause(false);
            assert_eq!(heard.recv().expect("an answer"), Ok(b"words".to_vec()));
        });
    }

    #[test]
    fn a_stopped_reader_fails_even_while_paused_and_the_others_go_on() {
        let control = Control::default();
        control.stop(1, Stop::Keep);
        let mut bytes = Vec::new();
        assert_eq!(held(&control, 0).read_to_end(&mut bytes).expect("not stopped"), 5);
        control.pause(true);
        let error = held(&control, 1).read_to_end(&mut bytes).expect_err("stopped");
        assert_eq!(error.to_string(), STOPPED);
        assert_eq!((control.wish(0), control.wish(1)), (None, Some(Stop::Keep)));
        control.stop_all(Stop::RollBack);
        assert_eq!((control.wish(0), control.wish(1)), (Some(Stop::RollBack), Some(Stop::Keep)));
    }
}
