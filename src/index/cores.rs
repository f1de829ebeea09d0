//! The same work on every core, over numbered pieces.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ScopedJoinHandle};

/// Numbers of pieces, each given to one thread alone, in order.
#[derive(Debug)]
pub struct Turns<'a> {
    next: &'a AtomicUsize,
    pieces: usize,
}

impl Iterator for Turns<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let piece = self.next.fetch_add(1, Ordering::Relaxed);
        (piece < self.pieces).then_some(piece)
    }
}

/// Runs the work on every core, or here if there is little to do, and gives what each thread made of its pieces. A panic is
/// passed on.
pub fn on_all<R: Send>(pieces: usize, work: &(impl Fn(Turns<'_>) -> R + Sync)) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get).min(pieces);
    if cores < 2 {
        return vec![work(Turns { next: &next, pieces })];
    }
    thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(|| work(Turns { next: &next, pieces }))).collect();
        let join = |thread: ScopedJoinHandle<'_, R>| match thread.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        threads.into_iter().map(join).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_piece_is_worked_on_once() {
        for pieces in [0, 1, 2, 1000] {
            let mut done: Vec<usize> = on_all(pieces, &|turns: Turns<'_>| turns.collect::<Vec<_>>()).concat();
            done.sort_unstable();
            assert_eq!(done, (0..pieces).collect::<Vec<_>>());
        }
    }

    #[test]
    #[should_panic(expected = "piece 3")]
    fn a_panic_of_one_thread_is_passed_on() {
        on_all(10, &|turns: Turns<'_>| turns.for_each(|piece| assert_ne!(piece, 3, "piece 3")));
    }
}
