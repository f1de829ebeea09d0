//! Finds the first hits in order. Where hits are many, walking from the newest record finds a page at once; where they are few,
//! all batches are searched side by side and the best are kept.

use super::order::{Cursor, Place};
use super::scan::{Hit, Page, Sort, Ticket};
use super::sweep::{Plans, Task};
use super::window::{Window, folded_bytes};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::atomic::{AtomicI64, Ordering};

/// Rows that are walked before everything is searched: a millisecond or two, and a full page if one row in a hundred is a hit.
const WALKED_ROWS: usize = 8_000;

/// The same for their text.
const WALKED_BYTES: usize = 8 << 20;

/// Rows walked between two looks at the ticket, and at whether walking will do.
const STEPS: usize = 512;

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Request {
    pub sort: Sort,
    pub after: Option<Hit>,
    pub limit: usize,
}

/// The page, with sentences about what could not be read.
pub fn find(plans: &Plans<'_>, request: Request, ticket: &Ticket) -> Page {
    let after = match request.after.map(|hit| place_of(plans, hit, request.sort)) {
        None => None,
        Some(Ok(place)) => Some(place),
        Some(Err(what)) => return Page { unread: vec![what], ..Page::default() },
    };
    let wanted = request.limit.saturating_add(1);
    let tasks = plans.tasks(request.sort);
    let mut walk = Walk::new(plans, &tasks, request.sort, after);
    let is_complete = walk.run(wanted, ticket);
    let (mut places, mut unread) = (walk.found, walk.unread);
    if !is_complete && !ticket.is_cancelled() {
        (places, unread) = search(plans, &tasks, Search { sort: request.sort, after, wanted }, ticket);
    }
    unread.extend(plans.unread.iter().cloned());
    let more = places.len() > request.limit;
    places.truncate(request.limit);
    Page { hits: places.into_iter().map(Place::hit).collect(), more, cancelled: ticket.is_cancelled(), unread }
}

/// The place of a hit of an earlier page.
fn place_of(plans: &Plans<'_>, hit: Hit, sort: Sort) -> Result<Place, String> {
    let gone = || "the record after which to go on is not in the index any more".to_owned();
    let source = plans.sources.get(hit.segment as usize).ok_or_else(gone)?;
    if hit.batch as usize >= source.batches() {
        return Err(gone());
    }
    let batch = source.batch(hit.batch as usize).map_err(|error| error.to_string())?;
    let time = batch.time.get(hit.row as usize).ok_or_else(gone)?;
    Ok(Place::new(sort.rank(*time), hit))
}

/// Merges the batches' orders.
struct Walk<'a> {
    plans: &'a Plans<'a>,
    sort: Sort,
    after: Option<Place>,
    cursors: Vec<Option<Cursor<'a>>>,
    tasks: &'a [Task],
    /// The next row of each batch, or the best it may have while it is not open.
    queue: BinaryHeap<Reverse<(Place, usize)>>,
    found: Vec<Place>,
    unread: Vec<String>,
}

impl<'a> Walk<'a> {
    fn new(plans: &'a Plans<'a>, tasks: &'a [Task], sort: Sort, after: Option<Place>) -> Self {
        let first = |task: &Task| Place::new(task.first_rank, hit(*task, 0));
        let queue = tasks.iter().enumerate().map(|(index, task)| Reverse((first(task), index))).collect();
        let cursors = tasks.iter().map(|_| None).collect();
        Self { plans, sort, after, cursors, tasks, queue, found: Vec::new(), unread: Vec::new() }
    }

    /// True if the page is full or nothing is left; false if rows, bytes or patience ran out.
    fn run(&mut self, wanted: usize, ticket: &Ticket) -> bool {
        let (mut rows, mut bytes) = (0, 0);
        while let Some(Reverse((place, index))) = self.queue.pop() {
            if self.cursors.get(index).is_some_and(Option::is_none) {
                self.open(index);
                continue;
            }
            if rows % STEPS == 0 && (ticket.is_cancelled() || self.is_hopeless(rows, wanted)) {
                return false;
            }
            bytes += self.judge(place, index);
            rows += 1;
            if self.found.len() >= wanted {
                return true;
            }
            if rows >= WALKED_ROWS || bytes >= WALKED_BYTES {
                return self.queue.is_empty();
            }
        }
        true
    }

    /// Whether the rows that may still be walked would fill less than half a page, if they were like those before.
    fn is_hopeless(&self, rows: usize, wanted: usize) -> bool {
        rows > 0 && self.found.len() * WALKED_ROWS / rows < wanted / 2
    }

    fn open(&mut self, index: usize) {
        let Some(task) = self.tasks.get(index) else { return };
        let Some(source) = self.plans.sources.get(task.segment) else { return };
        match source.batch(task.batch) {
            Ok(batch) => {
                let least = self.after.map_or(i64::MIN, |after| after.rank);
                if let Some(slot) = self.cursors.get_mut(index) {
                    *slot = Some(Cursor::new(batch, self.sort, least));
                }
                self.advance(index);
            }
            Err(error) => self.unread.push(error.to_string()),
        }
    }

    /// Puts the batch's next row behind `after` into the queue.
    fn advance(&mut self, index: usize) {
        let (Some(Some(cursor)), Some(task)) = (self.cursors.get_mut(index), self.tasks.get(index)) else { return };
        while let Some((rank, row)) = cursor.next_row() {
            let place = Place::new(rank, hit(*task, row));
            if self.after.is_none_or(|after| place > after) {
                self.queue.push(Reverse((place, index)));
                return;
            }
        }
    }

    /// Takes the row if the plan does; gives the bytes of its text.
    fn judge(&mut self, place: Place, index: usize) -> usize {
        let (Some(Some(cursor)), Some(task)) = (self.cursors.get(index), self.tasks.get(index)) else { return 0 };
        let row = place.hit().row as usize;
        let bytes = folded_bytes(&cursor.batch, &(row..row + 1));
        if is_hit(self.plans, *task, cursor, row) {
            self.found.push(place);
        }
        self.advance(index);
        bytes
    }
}

fn is_hit(plans: &Plans<'_>, task: Task, cursor: &Cursor<'_>, row: usize) -> bool {
    let Some(source) = plans.sources.get(task.segment) else { return false };
    row < cursor.batch.len()
        && Window::at(source.catalog(), &cursor.batch, row).takes(plans.node(task.segment), row)
        && !source.is_shadowed(task.batch, row)
}

fn hit(task: Task, row: u32) -> Hit {
    Hit { segment: task.segment as u32, batch: task.batch as u32, row }
}

#[derive(Debug, Clone, Copy)]
struct Search {
    sort: Sort,
    after: Option<Place>,
    wanted: usize,
}

/// Searches everything and keeps the first `wanted`. Batches that begin behind what is already kept are left out.
fn search(plans: &Plans<'_>, tasks: &[Task], search: Search, ticket: &Ticket) -> (Vec<Place>, Vec<String>) {
    let last_kept = AtomicI64::new(i64::MAX);
    let is_wanted = |task: &Task| task.first_rank <= last_kept.load(Ordering::Relaxed);
    let (states, unread) = plans.sweep(tasks, ticket, is_wanted, |kept: &mut BinaryHeap<Place>, taken| {
        for row in taken.rows() {
            let time = taken.batch.time.get(row).copied().unwrap_or(i64::MIN);
            let place = Place::new(search.sort.rank(time), hit(taken.task, row as u32));
            if search.after.is_none_or(|after| place > after) {
                keep(kept, place, search.wanted);
            }
        }
        if kept.len() >= search.wanted {
            last_kept.fetch_min(kept.peek().map_or(i64::MAX, |last| last.rank), Ordering::Relaxed);
        }
    });
    let mut places: Vec<Place> = states.into_iter().flatten().collect();
    places.sort_unstable();
    (places, unread)
}

/// Keeps the first `most`.
fn keep(kept: &mut BinaryHeap<Place>, place: Place, most: usize) {
    if kept.len() < most {
        kept.push(place);
    } else if let Some(mut last) = kept.peek_mut()
        && place < *last
    {
        *last = place;
    }
}

/// The way of [`find`] without a walk, which few records would never take.
#[cfg(test)]
pub fn search_all(plans: &Plans<'_>, request: Request) -> Vec<Hit> {
    let after = request.after.and_then(|hit| place_of(plans, hit, request.sort).ok());
    let search_for = Search { sort: request.sort, after, wanted: request.limit };
    let places = search(plans, &plans.tasks(request.sort), search_for, &Ticket::default()).0;
    places.into_iter().take(request.limit).map(Place::hit).collect()
}
