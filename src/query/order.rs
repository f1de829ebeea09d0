//! The order of hits: by time, records without time last, then by their place in the index, so that no two are equal.

use super::scan::{Hit, Sort};
use crate::index::Batch;

/// Where a record comes in the order: less is earlier on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub rank: i64,
    segment: u32,
    batch: u32,
    row: u32,
}

impl Place {
    pub fn new(rank: i64, hit: Hit) -> Self {
        Self { rank, segment: hit.segment, batch: hit.batch, row: hit.row }
    }

    pub fn hit(self) -> Hit {
        Hit { segment: self.segment, batch: self.batch, row: self.row }
    }
}

impl Sort {
    /// The time as a number that grows along the page. Records without time (`i64::MIN`) come last.
    pub(super) fn rank(self, time: i64) -> i64 {
        match (self, time) {
            (_, i64::MIN) => i64::MAX,
            (Self::Newest, time) => !time,
            (Self::Oldest, time) => time,
        }
    }

    /// The least rank that a batch of this span (newest, oldest) may have.
    pub(super) fn first_rank(self, span: Option<(i64, i64)>) -> i64 {
        match (self, span) {
            (_, None) => i64::MAX,
            (Self::Newest, Some((newest, _))) => !newest,
            (Self::Oldest, Some((_, oldest))) => oldest,
        }
    }
}

/// Walks the rows of one batch in order.
#[derive(Debug)]
pub struct Cursor<'a> {
    pub batch: Batch<'a>,
    sort: Sort,
    /// Rows that have a time; in `by_time` they stand before the others.
    timed: usize,
    /// How many rows of the order were put into runs.
    taken: usize,
    /// Rows of one time, last first.
    run: Vec<u32>,
    run_rank: i64,
}

impl<'a> Cursor<'a> {
    /// Starts with the first row whose rank is not less than `least`.
    pub fn new(batch: Batch<'a>, sort: Sort, least: i64) -> Self {
        let is_timed = |row: &u32| batch.time.get(*row as usize).is_some_and(|time| *time != i64::MIN);
        let timed = batch.by_time.partition_point(is_timed);
        let mut cursor = Self { batch, sort, timed, taken: 0, run: Vec::new(), run_rank: i64::MIN };
        cursor.taken = cursor.first_at(least);
        cursor
    }

    /// The next row and its rank.
    pub fn next_row(&mut self) -> Option<(i64, u32)> {
        if self.run.is_empty() {
            self.fill_run();
        }
        self.run.pop().map(|row| (self.run_rank, row))
    }

    /// Rows of the same time come in their own order, whatever the index made of it.
    fn fill_run(&mut self) {
        let Some(rank) = self.rank_at(self.taken) else { return };
        self.run_rank = rank;
        while self.rank_at(self.taken) == Some(rank) {
            self.run.extend(self.row_at(self.taken));
            self.taken += 1;
        }
        self.run.sort_unstable_by(|one, other| other.cmp(one));
    }

    fn first_at(&self, least: i64) -> usize {
        let (mut low, mut high) = (0, self.batch.by_time.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.rank_at(middle).is_some_and(|rank| rank < least) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    fn row_at(&self, index: usize) -> Option<u32> {
        let backwards = self.sort == Sort::Oldest && index < self.timed;
        self.batch.by_time.get(if backwards { self.timed - 1 - index } else { index }).copied()
    }

    fn rank_at(&self, index: usize) -> Option<i64> {
        let row = self.row_at(index)?;
        Some(self.sort.rank(self.batch.time.get(row as usize).copied().unwrap_or(i64::MIN)))
    }
}
