//! The workers: each takes entries, decodes them and fills its own part of the segment.

mod hand;
mod watch;

use super::commit::{self, Identity, Outcome};
use super::control::{Held, STOPPED};
use super::discover::{Found, stem};
use super::entry::{self, Pieces};
use super::{Job, Step, explained, folders, names};
use crate::container::{Entry, Unit};
use crate::decode::Decoder;
use crate::emit::{Names, Paths};
use crate::index::{LedgerEntry, Press, SectionMeta, SegmentWriter};
use crate::recognise::{self, Plan, Task};
use crate::record::{Fate, Kind, Problem};
use crate::sheets::{FieldPattern, Section, Sheet};
use crossbeam_channel::{Sender, bounded};
use hand::Hand;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
pub(super) use watch::Own;

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
