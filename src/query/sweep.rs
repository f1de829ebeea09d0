//! Runs a plan over batches, on all cores.

use super::parse::Query;
use super::plan::{Binder, Node};
use super::scan::{Sort, Ticket};
use super::source::Source;
use super::window::{Bits, Window};
use crate::index::Batch;
use crate::index::cores::{self, Turns};

/// A query bound to all exports.
pub struct Plans<'a> {
    pub sources: &'a [&'a dyn Source],
    nodes: Vec<Node>,
    /// Sentences about side tables that could not be read.
    pub unread: Vec<String>,
}

/// One batch to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Task {
    pub segment: usize,
    pub batch: usize,
    /// The least rank its rows may have.
    pub first_rank: i64,
}

/// The rows of a window that were taken, not counting those that a newer export holds too.
pub struct Taken<'a> {
    pub task: Task,
    pub batch: &'a Batch<'a>,
    /// Row of the batch that bit 0 stands for.
    pub start: usize,
    pub bits: Bits,
}

impl Taken<'_> {
    /// Rows of the batch.
    pub fn rows(&self) -> impl Iterator<Item = usize> {
        self.bits.rows().map(|row| self.start + row)
    }
}

impl<'a> Plans<'a> {
    pub fn new(query: &Query, sources: &'a [&'a dyn Source]) -> Self {
        let binder = Binder::new(sources, query);
        let nodes = sources.iter().map(|source| binder.bind(query, *source)).collect();
        Self { sources, nodes, unread: binder.into_unread() }
    }

    pub fn node(&self, segment: usize) -> &Node {
        self.nodes.get(segment).unwrap_or(&Node::Never)
    }

    /// Whether every record of an export is a hit, so that its catalogue knows the counts.
    pub fn takes_all_of(&self, segment: usize) -> bool {
        let is_shadowed = self.sources.get(segment).is_none_or(|source| source.has_shadowed());
        matches!(self.node(segment), Node::Always) && !is_shadowed
    }

    /// Batches that may hold hits, by the least rank they may have.
    pub fn tasks(&self, sort: Sort) -> Vec<Task> {
        let mut tasks = Vec::new();
        for (segment, source) in self.sources.iter().enumerate() {
            for batch in 0..source.batches() {
                let span = source.span(batch);
                if self.node(segment).may_lie_in(span) {
                    tasks.push(Task { segment, batch, first_rank: sort.first_rank(span) });
                }
            }
        }
        tasks.sort_by_key(|task| (task.first_rank, task.segment, task.batch));
        tasks
    }

    /// Looks at the tasks in order, side by side. Every thread has its own state; `is_wanted` may skip a task, `each` gets what
    /// was taken. Gives the states, and sentences about batches that could not be read.
    pub fn sweep<T: Send + Default>(
        &self,
        tasks: &[Task],
        ticket: &Ticket,
        is_wanted: impl Fn(&Task) -> bool + Sync,
        each: impl Fn(&mut T, &Taken<'_>) + Sync,
    ) -> (Vec<T>, Vec<String>) {
        let work = |turns: Turns<'_>| {
            let (mut state, mut unread) = (T::default(), Vec::new());
            for task in turns.filter_map(|at| tasks.get(at)) {
                if ticket.is_cancelled() {
                    break;
                }
                if is_wanted(task)
                    && let Err(what) = self.run(*task, ticket, |taken| each(&mut state, taken))
                {
                    unread.push(what);
                }
            }
            (state, unread)
        };
        let (states, unread): (Vec<T>, Vec<Vec<String>>) = cores::on_all(tasks.len(), &work).into_iter().unzip();
        (states, unread.concat())
    }

    fn run(&self, task: Task, ticket: &Ticket, mut each: impl FnMut(&Taken<'_>)) -> Result<(), String> {
        let Some(source) = self.sources.get(task.segment) else { return Ok(()) };
        let batch = source.batch(task.batch).map_err(|error| error.to_string())?;
        let plan = self.node(task.segment);
        let mut start = 0;
        while start < batch.len() && !ticket.is_cancelled() {
            let window = Window::at(source.catalog(), &batch, start);
            let mut bits = window.taken(plan);
            if source.has_shadowed() {
                bits.retain(|row| !source.is_shadowed(task.batch, start + row));
            }
            each(&Taken { task, batch: &batch, start, bits });
            start = window.end();
        }
        Ok(())
    }
}
