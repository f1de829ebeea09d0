//! The workers: each takes entries, decodes them and fills its own part of the segment.

use super::commit::{self, Identity, Outcome};
use super::control::{Held, STOPPED};
use super::discover::{Found, stem};
use super::entry::{self, Pieces};
use super::{Job, Step, explained, folders, names};
use crate::container::{Entry, Unit};
use crate::decode::Decoder;
use crate::emit::{Emitter, Names, Paths, Rules};
use crate::index::{LedgerEntry, Press, SectionMeta, SegmentWriter, Worker};
use crate::recognise::{self, Plan, Task};
use crate::record::{Fate, FieldId, FieldNote, IdKind, Identifier, Kind, Problem, Row, Sink, Time};
use crate::sheets::{FieldPattern, Section, Sheet};
use crossbeam_channel::{Receiver, Sender, bounded};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Bytes of a picture that are looked at for time and place.
const LOOK: u64 = 1 << 20;

/// Everything the workers share.
struct Shared<'a> {
    job: &'a Job<'a>,
    found: &'a Found,
    sheet: Option<&'a Sheet>,
    plan: &'a Plan,
    /// What ids stand for.
    names: Arc<Names>,
    /// Sections by their numbers in the segment: the sheet's with their parts, the generic ones, pictures.
    sections: &'a [&'a Section],
    /// Their numbers by id.
    section_numbers: HashMap<&'a str, u16>,
    writer: &'a SegmentWriter,
    /// Numbers of the entries in the segment.
    numbers: Vec<Vec<u32>>,
    queue: Mutex<VecDeque<(usize, usize)>>,
    /// Finishes batches while giants are decoded; started with the first of them.
    press: OnceLock<Option<Press>>,
    /// Times after this are plans, not records of what was.
    now_ms: i64,
}

/// Where an entry is.
type At = (usize, usize);

/// An entry that a sequence brought along.
struct Brought {
    at: At,
    source: Source,
}

enum Source {
    Whole(Vec<u8>),
    Stream(Pieces),
    Broken(io::Error),
}

/// Reads all entries and commits. `None` if the person cancelled: nothing is kept then.
pub fn run(job: &Job<'_>, found: &Found, identity: Identity) -> anyhow::Result<Option<String>> {
    let sheet = found.sheet.map(|sheet| &job.sheets.all[sheet]);
    let plan = recognise::plan(sheet, &found.parts, &folders::read(sheet, &found.parts));
    let writer = job.store.begin(job.lock)?;
    let pictures = pictures();
    let known: Vec<&Section> = sheet.into_iter().flat_map(Sheet::all_sections).collect();
    let sections: Vec<&Section> = known.iter().copied().chain(&plan.generic).chain([&pictures]).collect();
    let number = |(at, section): (usize, &&Section)| writer.section(meta(section, at >= known.len()));
    let numbers: Vec<u16> = sections.iter().enumerate().map(number).collect();
    let section_numbers = sections.iter().zip(numbers).map(|(section, number)| (section.id.as_str(), number)).collect();
    job.progress.update(job.line, |line| line.step = Step::Reading);
    let numbers =
        found.parts.iter().map(|part| part.entries.iter().map(|entry| writer.entry(&entry.name)).collect()).collect();
    let (queue, sequences) = schedule(found, &plan);
    let now_ms = jiff::Timestamp::now().as_millisecond();
    let shared = Shared {
        job,
        found,
        sheet,
        plan: &plan,
        names: Arc::new(names::read(sheet, &found.parts)),
        sections: &sections,
        section_numbers,
        writer: &writer,
        numbers,
        queue: Mutex::new(queue),
        press: OnceLock::new(),
        now_ms,
    };
    let outcome = work(&shared, &sequences)?;
    if job.is_rolled_back() {
        return Ok(None);
    }
    drop(shared);
    commit::commit(job, found, identity, writer, outcome, &sections).map(Some)
}

/// What a section is in the catalogue before it has records.
fn meta(section: &Section, generic: bool) -> SectionMeta {
    SectionMeta {
        id: section.id.clone(),
        name: section.name.clone(),
        kind: section.kind.unwrap_or(Kind::Other),
        generic,
        half: section.half,
        records: 0,
        first: None,
        last: None,
        months: BTreeMap::new(),
        note: section.note.clone(),
        unique: !section.unique.is_empty(),
        repeats: section.repeats.clone(),
    }
}

/// The section of what pictures tell of themselves.
fn pictures() -> Section {
    let time = FieldPattern::parse("taken").ok().map(|taken| (taken, crate::decode::time::Clock::Auto));
    Section {
        id: "media".to_owned(),
        name: "Photos and videos".to_owned(),
        kind: Some(Kind::Photo),
        category: Some("picture".to_owned()),
        time: time.into_iter().collect(),
        ..Section::default()
    }
}

type Sequences = Vec<(usize, Vec<usize>)>;

/// Entries that can be read by themselves, in the order of their numbers, so that examples in the catalogue do not depend on the
/// number of workers; and the sequences.
fn schedule(found: &Found, plan: &Plan) -> (VecDeque<At>, Sequences) {
    let (mut single, mut sequences) = (VecDeque::new(), Vec::new());
    for (part, archive) in found.parts.iter().enumerate() {
        for unit in archive.units() {
            match unit {
                Unit::One(entry) if is_work(&plan.tasks[part][entry]) => single.push_back((part, entry)),
                Unit::One(_) => {}
                Unit::Sequence(entries) => sequences.push((part, entries)),
            }
        }
    }
    (single, sequences)
}

fn is_work(task: &Task) -> bool {
    matches!(task, Task::Read { .. } | Task::Generic { .. } | Task::Media { look: true })
}

/// Runs the workers to the end and joins what they found out, in the order of the archives.
fn work(shared: &Shared<'_>, sequences: &Sequences) -> anyhow::Result<Outcome> {
    let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let count = if shared.job.options.workers == 0 { cores } else { shared.job.options.workers };
    let (send, receive) = bounded(2);
    let results = std::thread::scope(|scope| {
        let hands: Vec<_> = (0..count)
            .map(|_| {
                let receive = receive.clone();
                scope.spawn(move || Hand::new(shared).and_then(|hand| hand.work(&receive)))
            })
            .collect();
        drop(receive);
        walk(shared, sequences, &send);
        drop(send);
        hands
            .into_iter()
            .map(|hand| hand.join().unwrap_or_else(|_| Err(anyhow::anyhow!("a worker stopped: a bug in tellall"))))
            .collect::<Vec<_>>()
    });
    let mut joined = Vec::new();
    let mut outcome = Outcome::default();
    for result in results {
        let (entries, part) = result?;
        joined.extend(entries);
        part.join_into(&mut outcome);
    }
    joined.extend(unread(shared, &joined));
    joined.sort_by_key(|done| done.at);
    let undone = |done: &&Done| done.line.why.as_deref().is_some_and(|why| why.starts_with(STOPPED));
    outcome.undone = joined.iter().filter(undone).count() as u64;
    if outcome.undone == 0 {
        compare(shared, &mut joined, &mut outcome);
    }
    for done in joined {
        outcome.entries.push(done.line);
        for problem in done.problems {
            commit::keep_problem(&mut outcome, problem);
        }
        outcome.problems_total += done.more_problems;
    }
    Ok(outcome)
}

/// Tells where the export holds other numbers of records than it says itself.
fn compare(shared: &Shared<'_>, joined: &mut [Done], outcome: &mut Outcome) {
    for counted in explained::Manifest::of(shared.sheet, &shared.found.parts).lines {
        let Some(done) = joined.iter_mut().find(|done| counted.is_of(&done.line.entry)) else {
            if counted.count > 0 {
                let what = format!("names {} with {} records, which is not here", counted.as_written, counted.count);
                commit::keep_problem(outcome, Problem { entry: counted.told_by, locator: ".".to_owned(), what });
            }
            continue;
        };
        if matches!(done.line.fate, Fate::Read | Fate::Generic)
            && let Some(what) = counted.differs(done.elements, done.line.records)
        {
            done.line.problems += 1;
            done.problems.push(Problem { entry: done.line.entry.clone(), locator: ".".to_owned(), what });
        }
    }
}

/// Walks the sequences one after the other and hands their entries to the workers.
fn walk(shared: &Shared<'_>, sequences: &Sequences, send: &Sender<Brought>) {
    for (part, entries) in sequences {
        let archive = &shared.found.parts[*part];
        let mut reached = 0;
        let outcome = archive.walk(entries, &mut |entry, reader| {
            reached = entry;
            bring(shared, (*part, entry), &mut shared.held(reader), send)
        });
        // What the walk did not reach is told by the entries themselves.
        if let Err(error) = outcome
            && let Some(at) = entries.iter().find(|&&entry| entry > reached)
        {
            let _ = send.send(Brought { at: (*part, *at), source: Source::Broken(error) });
        }
    }
}

fn bring(shared: &Shared<'_>, at: At, reader: &mut dyn Read, send: &Sender<Brought>) -> ControlFlow<()> {
    if shared.job.budget.is_cancelled() || shared.is_stopped() {
        return ControlFlow::Break(());
    }
    let task = &shared.plan.tasks[at.0][at.1];
    if !is_work(task) {
        return ControlFlow::Continue(());
    }
    let size = shared.entry(at).size;
    let sent = if size.is_some_and(|size| size <= entry::WHOLE) || matches!(task, Task::Media { .. }) {
        let most = if matches!(task, Task::Media { .. }) { LOOK } else { u64::MAX };
        let mut bytes = Vec::new();
        let source = match entry::read_whole(reader, most, &mut bytes).map(<[u8]>::len) {
            Ok(length) => {
                bytes.truncate(length);
                Source::Whole(bytes)
            }
            Err(error) => Source::Broken(error),
        };
        send.send(Brought { at, source }).is_ok()
    } else {
        let (feed, pieces) = entry::pieces();
        let sent = send.send(Brought { at, source: Source::Stream(pieces) }).is_ok();
        if sent {
            feed.all(reader, &mut |_| {});
        }
        sent
    };
    if sent { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
}

/// What came of decoding one entry.
#[derive(Default)]
struct Ran {
    rows: u64,
    /// Elements of the list at its root.
    elements: u64,
    problems: u64,
    error: Option<String>,
}

/// One entry done with.
struct Done {
    at: At,
    line: LedgerEntry,
    problems: Vec<Problem>,
    /// Problems beyond those kept in words.
    more_problems: u64,
    /// Elements of the list at its root.
    elements: u64,
}

/// Lines of the ledger for entries no worker touched.
fn unread(shared: &Shared<'_>, touched: &[Done]) -> Vec<Done> {
    let touched: std::collections::HashSet<At> = touched.iter().map(|done| done.at).collect();
    let mut lines = Vec::new();
    for (part, tasks) in shared.plan.tasks.iter().enumerate() {
        for (entry, task) in tasks.iter().enumerate() {
            let at = (part, entry);
            if touched.contains(&at) {
                continue;
            }
            let (fate, why) = match task {
                Task::Read { .. } | Task::Generic { .. } if shared.is_stopped() => {
                    (Fate::Skipped, Some(format!("{STOPPED} before it")))
                }
                Task::Skip(why) => (Fate::Skipped, Some(why.clone())),
                Task::Fail(why) => (Fate::Failed, Some(why.clone())),
                Task::Media { .. } => (Fate::Media, None),
                Task::Read { .. } | Task::Generic { .. } => {
                    (Fate::Failed, Some("the archive is damaged before it".to_owned()))
                }
            };
            shared.seen(at, fate == Fate::Failed, 0);
            lines.push(Done {
                at,
                line: shared.line(at, fate, why),
                problems: Vec::new(),
                more_problems: 0,
                elements: 0,
            });
        }
    }
    lines
}

impl<'a> Shared<'a> {
    fn entry(&self, at: At) -> &Entry {
        &self.found.parts[at.0].entries[at.1]
    }

    /// The person stopped this export.
    fn is_stopped(&self) -> bool {
        self.job.options.control.wish(self.job.line).is_some()
    }

    fn held<R>(&self, inner: R) -> Held<'_, R> {
        Held { inner, control: &self.job.options.control, line: self.job.line }
    }

    fn next(&self) -> Option<At> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }

    fn line(&self, at: At, fate: Fate, why: Option<String>) -> LedgerEntry {
        let entry = self.entry(at);
        let warnings = entry.warnings.join("; ");
        let why = match (why, warnings.is_empty()) {
            (why, true) => why,
            (None, false) => Some(warnings),
            (Some(why), false) => Some(format!("{why}; {warnings}")),
        };
        LedgerEntry {
            entry: entry.name.clone(),
            part: at.0 as u32,
            size: entry.size,
            fate,
            section: None,
            records: 0,
            problems: 0,
            why,
        }
    }

    fn seen(&self, at: At, failed: bool, problems: u64) {
        let packed = self.entry(at).packed;
        let records = self.writer.records();
        self.job.progress.update(self.job.line, |line| {
            line.entries += 1;
            line.done = (line.done + packed).min(line.total);
            line.records = records;
            line.failed += u64::from(failed);
            line.problems += problems;
        });
    }

    /// The name an entry is known by inside its section: one that says nothing (`_chat.txt`) is called like its archive.
    fn telling_name(&self, at: At) -> String {
        let name = &self.entry(at).name;
        let file = name.rsplit('/').next().unwrap_or(name);
        if file.starts_with('_') {
            let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
            return format!("{}.{extension}", stem(&self.found.parts[at.0].path));
        }
        name.clone()
    }

    /// The section, decoder and fate of an entry that is decoded.
    fn reading(&self, at: At) -> (&'a Section, Decoder, Fate) {
        let pictures = self.sections[self.sections.len() - 1];
        match &self.plan.tasks[at.0][at.1] {
            Task::Read { section, decoder } => {
                (self.sheet.and_then(|sheet| sheet.sections.get(*section)).unwrap_or(pictures), *decoder, Fate::Read)
            }
            Task::Generic { section, decoder } => (&self.plan.generic[*section], *decoder, Fate::Generic),
            Task::Media { .. } | Task::Skip(_) | Task::Fail(_) => (pictures, Decoder::Media, Fate::Media),
        }
    }

    fn number_of(&self, id: &str) -> Option<u16> {
        self.section_numbers.get(id).copied()
    }

    /// What is known of a section's places before its first entry: nothing but the numbers of where records go.
    fn fresh_paths(&self, section: &Section) -> Paths {
        let number = self.number_of(&section.id).unwrap_or_default();
        let rest = section.rest.as_deref().and_then(|id| self.number_of(id)).unwrap_or(number);
        let mojibake = section.mojibake.unwrap_or_else(|| self.sheet.is_some_and(|sheet| sheet.mojibake));
        let parts = section.parts.iter().map(|part| self.number_of(&part.id).unwrap_or(number)).collect();
        let named = section.audience.as_ref().and_then(|audience| self.number_of(&audience.section)).unwrap_or(number);
        let paths = Paths::new(number, rest, mojibake).with_parts(parts).with_named(named);
        paths.with_names(Arc::clone(&self.names))
    }
}

/// One worker.
struct Hand<'a> {
    shared: &'a Shared<'a>,
    sink: Worker,
    /// What is known of each section's places, kept from entry to entry.
    paths: HashMap<&'a str, Paths>,
    buffer: Vec<u8>,
    done: Vec<Done>,
    watched: Watched,
}

/// What is picked up along the way.
#[derive(Debug, Default)]
struct Watched {
    own: Own,
    /// Of the row that will follow.
    next: Vec<(IdKind, String)>,
    last: Option<Time>,
}

/// By kind: the number of the section that tells it, and the identifier.
pub(super) type Own = BTreeMap<IdKind, (u16, String)>;

/// Keeps what the sheet's first section tells, of that the smallest, so that the order of threads does not matter.
fn keep_own(own: &mut Own, kind: IdKind, told: (u16, String)) {
    let known = own.entry(kind).or_insert_with(|| told.clone());
    if told < *known {
        *known = told;
    }
}

impl Watched {
    fn join_into(self, outcome: &mut Outcome) {
        for (kind, told) in self.own {
            keep_own(&mut outcome.own, kind, told);
        }
        outcome.last = outcome.last.max(self.last);
    }
}

impl<'a> Hand<'a> {
    fn new(shared: &'a Shared<'a>) -> anyhow::Result<Self> {
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

    fn work(mut self, brought: &Receiver<Brought>) -> anyhow::Result<(Vec<Done>, Watched)> {
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

/// Passes everything on, and picks up whose account this is and how far it reaches.
struct Watch<'a> {
    sink: &'a mut Worker,
    watched: &'a mut Watched,
    now_ms: i64,
}

impl Sink for Watch<'_> {
    fn field(&mut self, section: u16, path: &str, note: &FieldNote) -> FieldId {
        self.sink.field(section, path, note)
    }

    fn thread(&mut self, key: &str) -> u32 {
        self.sink.thread(key)
    }

    fn name_thread(&mut self, thread: u32, title: &str) {
        self.sink.name_thread(thread, title);
    }

    fn label(&mut self, field: FieldId, label: &str) {
        self.sink.label(field, label);
    }

    fn row(&mut self, row: &Row<'_>) {
        if let Some(time) = row.time
            && time.ms <= self.now_ms
            && self.watched.last.is_none_or(|last| last.ms < time.ms)
        {
            self.watched.last = Some(time);
        }
        for (kind, normal) in self.watched.next.drain(..) {
            keep_own(&mut self.watched.own, kind, (row.section, normal));
        }
        self.sink.row(row);
    }

    fn identifier(&mut self, field: FieldId, identifier: &Identifier<'_>) {
        let names_account = matches!(identifier.kind, IdKind::Username | IdKind::Email | IdKind::Phone);
        if identifier.mine && names_account {
            self.watched.next.push((identifier.kind, identifier.normal.to_owned()));
        }
        self.sink.identifier(field, identifier);
    }

    fn problem(&mut self, locator: &str, what: &str) {
        self.sink.problem(locator, what);
    }
}
