//! Imports, one batch of paths after the other, on a thread that lives as long as there is one.

use super::{Desk, from_home, spawn};
use crate::container::{Budget, Limits};
use crate::import::{self, Control, ExportProgress, Progress, Stop};
use crate::tui::model::{Effect, Msg};
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

#[derive(Default)]
pub(super) struct Imports {
    queue: Arc<Mutex<Queue>>,
    progress: Progress,
    budget: Budget,
    control: Control,
    /// The control of the first import, which whoever starts the workers may hold.
    first: Option<Control>,
    limits: Limits,
}

#[derive(Default)]
struct Queue {
    running: bool,
    waiting: VecDeque<Vec<PathBuf>>,
}

fn locked(queue: &Mutex<Queue>) -> MutexGuard<'_, Queue> {
    queue.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Imports {
    pub fn new(first: Control, limits: Limits) -> Self {
        Self { first: Some(first), limits, ..Self::default() }
    }

    /// Takes paths on: at once, or after those that were asked for before.
    pub fn add(&mut self, desk: &Arc<Desk>, paths: Vec<PathBuf>) {
        let mut queue = locked(&self.queue);
        queue.waiting.push_back(paths);
        if std::mem::replace(&mut queue.running, true) {
            return;
        }
        drop(queue);
        (self.progress, self.budget) = (Progress::default(), Budget::new(self.limits.clone()));
        self.control = self.first.take().unwrap_or_default();
        let (queue, progress, budget) = (Arc::clone(&self.queue), self.progress.clone(), self.budget.clone());
        let options = import::Options { control: self.control.clone(), ..desk.import_options.clone() };
        let started = spawn("import", desk, move |desk| {
            while let Some(paths) = next(&queue) {
                run(desk, &paths, &options, &progress, &budget);
            }
        });
        if let Err(error) = started {
            *locked(&self.queue) = Queue::default();
            desk.tell(Msg::ImportEnded(Err(format!("{error:#}"))));
        }
    }

    /// What is said to the import that runs.
    pub fn say(&self, effect: &Effect) {
        match *effect {
            Effect::PauseImport(paused) => self.control.pause(paused),
            Effect::StopImport { line: Some(line), how } => self.control.stop(line, how),
            Effect::StopImport { line: None, how } => self.stop_all(how),
            _ => self.cancel(),
        }
    }

    /// Everything is rolled back, and nothing more begins.
    pub fn cancel(&self) {
        self.budget.cancel();
        self.stop_all(Stop::RollBack);
    }

    fn stop_all(&self, how: Stop) {
        locked(&self.queue).waiting.clear();
        self.control.stop_all(how);
    }

    pub fn progress(&self) -> Vec<ExportProgress> {
        self.progress.snapshot()
    }
}

/// The next batch; without one the thread is over, and the next import needs another.
fn next(queue: &Mutex<Queue>) -> Option<Vec<PathBuf>> {
    let mut queue = locked(queue);
    let next = queue.waiting.pop_front();
    queue.running = next.is_some();
    next
}

fn run(desk: &Desk, paths: &[PathBuf], options: &import::Options, progress: &Progress, budget: &Budget) {
    let paths: Vec<PathBuf> = paths.iter().map(|path| from_home(path)).collect();
    let store = desk.shelf().store;
    let import = || import::import(&store, &desk.sheets, &paths, options, progress, budget);
    let outcome = match catch_unwind(AssertUnwindSafe(import)) {
        Ok(outcome) => outcome.map_err(|error| format!("{error:#}")),
        Err(_) => Err("the import failed by a bug of tellall; nothing of the export being read was kept".to_owned()),
    };
    desk.tell(Msg::Progress(progress.snapshot()));
    desk.tell(Msg::ImportEnded(outcome));
}
