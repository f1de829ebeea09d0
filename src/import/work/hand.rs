//! One worker: takes entries, decodes them and fills its own part of the segment.

use super::watch::{Watch, Watched};
use super::{At, Brought, Done, LOOK, Shared, Source};
use crate::decode::Decoder;
use crate::emit::{Emitter, Paths, Rules};
use crate::import::control::STOPPED;
use crate::import::entry;
use crate::index::{Press, Worker};
use crate::recognise::Task;
use crate::record::{Fate, Problem};
use crate::sheets::Section;
use crossbeam_channel::Receiver;
use std::collections::HashMap;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What came of decoding one entry.
#[derive(Default)]
struct Ran {
    rows: u64,
    /// Elements of the list at its root.
    elements: u64,
    problems: u64,
    error: Option<String>,
}

/// One worker.
pub(super) struct Hand<'a> {
    shared: &'a Shared<'a>,
    sink: Worker,
    /// What is known of each section's places, kept from entry to entry.
    paths: HashMap<&'a str, Paths>,
    buffer: Vec<u8>,
    done: Vec<Done>,
    watched: Watched,
}

impl<'a> Hand<'a> {
    pub(super) fn new(shared: &'a Shared<'a>) -> anyhow::Result<Self> {
        let sink = shared.writer.worker()?;
        Ok(Self {
            shared,
            sink,
            paths: HashMap::new(),
            buffer: Vec::new(),
            done: Vec::new(),
            watched: Watched::default(),
        })
    }

    pub(super) fn work(mut self, brought: &Receiver<Brought>) -> anyhow::Result<(Vec<Done>, Watched)> {
        while let Some(at) = self.shared.next() {
            if self.stopped() {
                break;
            }
            self.single(at);
        }
        for Brought { at, source } in brought {
            if self.stopped() {
                break;
            }
            self.from(at, source);
        }
        self.sink.finish()?;
        Ok((self.done, self.watched))
    }

    fn stopped(&self) -> bool {
        self.shared.job.budget.is_cancelled() || self.shared.is_stopped() || self.sink.broken()
    }

    fn single(&mut self, at: At) {
        let shared = self.shared;
        let name = shared.entry(at).name.clone();
        shared.job.progress.update(shared.job.line, |line| {
            (line.now, line.now_size, line.now_done) = (name, None, 0);
        });
        let reader = match shared.found.parts[at.0].read(at.1) {
            Ok(reader) => Box::new(shared.held(reader)),
            Err(error) => return self.failed(at, &error.to_string()),
        };
        let small = shared.entry(at).size.is_none_or(|size| size <= entry::WHOLE);
        match &shared.plan.tasks[at.0][at.1] {
            Task::Media { .. } => self.whole(at, LOOK, &mut { reader }),
            _ if small && shared.entry(at).size.is_some() => self.whole(at, u64::MAX, &mut { reader }),
            _ => {
                let (packed, size) = (shared.entry(at).packed, shared.entry(at).size.unwrap_or(1).max(1));
                let mut unpacked = 0u64;
                shared.job.progress.update(shared.job.line, |line| {
                    (line.now_size, line.now_done) = (shared.entry(at).size, 0);
                });
                let mut seen = |length: u64| {
                    let before = unpacked.min(size) * packed / size;
                    unpacked += length;
                    let more = unpacked.min(size) * packed / size - before;
                    let records = shared.writer.records();
                    shared.job.progress.update(shared.job.line, |line| {
                        line.done += more;
                        line.records = records;
                        line.now_done = unpacked;
                    });
                };
                entry::pipelined(reader, &mut seen, |input| self.giant(at, input));
            }
        }
    }

    fn whole(&mut self, at: At, most: u64, reader: &mut dyn Read) {
        let mut buffer = std::mem::take(&mut self.buffer);
        match entry::read_whole(reader, most, &mut buffer) {
            Ok(mut bytes) => self.decode(at, &mut bytes),
            Err(error) => self.failed(at, &error.to_string()),
        }
        self.buffer = buffer;
    }

    fn from(&mut self, at: At, source: Source) {
        match source {
            Source::Whole(bytes) => self.decode(at, &mut bytes.as_slice()),
            Source::Stream(mut pieces) => self.giant(at, &mut pieces),
            Source::Broken(error) => self.failed(at, &error.to_string()),
        }
    }

    fn failed(&mut self, at: At, why: &str) {
        let fate = if why.starts_with(STOPPED) { Fate::Skipped } else { Fate::Failed };
        let line = self.shared.line(at, fate, Some(why.to_owned()));
        self.shared.seen(at, fate == Fate::Failed, 0);
        self.done.push(Done { at, line, problems: Vec::new(), more_problems: 0, elements: 0 });
    }

    /// Decodes on this thread while others unpack and write.
    fn giant(&mut self, at: At, input: &mut dyn Read) {
        // Without a thread of its own this one writes, too.
        self.sink.press_by(self.shared.press.get_or_init(|| Press::start().ok()).clone());
        self.decode(at, input);
        self.sink.press_by(None);
    }

    fn decode(&mut self, at: At, input: &mut dyn Read) {
        let shared = self.shared;
        let (section, decoder, fate) = shared.reading(at);
        let Ran { rows, elements, problems, error } = self.run(at, section, decoder, input);
        let kept = self.sink.take_problems();
        let fate = if error.is_some() && fate != Fate::Media { Fate::Failed } else { fate };
        let why = error.map(|error| match (error.contains(STOPPED), rows) {
            (true, _) => format!("{STOPPED} inside it; {rows} records before that are kept"),
            (false, 0) => error,
            (false, _) => format!("{error}; {rows} records before the damage are kept"),
        });
        let why = why.filter(|_| fate == Fate::Failed);
        let mut line = shared.line(at, fate, why);
        line.section = (fate != Fate::Media).then(|| section.id.clone());
        line.records = rows;
        line.problems = problems;
        shared.seen(at, fate == Fate::Failed, problems);
        let problem = |(locator, what): (String, String)| Problem { entry: line.entry.clone(), locator, what };
        let more_problems = problems.saturating_sub(kept.len() as u64);
        let problems = kept.into_iter().map(problem).collect();
        self.done.push(Done { at, line, problems, more_problems, elements });
    }

    /// Runs the decoder behind a wall: a panic of it costs this entry.
    fn run(&mut self, at: At, section: &'a Section, decoder: Decoder, input: &mut dyn Read) -> Ran {
        let shared = self.shared;
        let rules = Rules { section, shared: shared.sheet.map(|sheet| sheet.fields.as_slice()).unwrap_or_default() };
        let mut paths = self.paths.remove(section.id.as_str()).unwrap_or_else(|| shared.fresh_paths(section));
        let name = shared.telling_name(at);
        self.sink.begin_entry(shared.numbers[at.0][at.1]);
        let mut watch = Watch { sink: &mut self.sink, watched: &mut self.watched, now_ms: shared.now_ms };
        let mut ran = Ran::default();
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let mut emitter = Emitter::new(rules, &mut paths, &mut watch, &name);
            let outcome = decoder.decode(input, &mut emitter);
            emitter.finish();
            ran.rows = emitter.rows();
            ran.elements = emitter.elements();
            ran.problems = emitter.problems();
            outcome
        }));
        ran.error = match outcome {
            Ok(outcome) => {
                self.paths.insert(&section.id, paths);
                outcome.err().map(|error| error.to_string())
            }
            // The places may be half settled: they are learnt anew.
            Err(_) => Some("tellall stumbled over it, which is a bug of ours".to_owned()),
        };
        ran
    }
}
