//! One thread's part of a segment: rows in, batches on disk, counts handed over at the end.

use super::columns::{Cells, Filling};
use super::hash;
use super::identifiers::Identifiers;
use super::interner::{Interner, Names, locked};
use super::press::{Full, Open, Press, Pressed};
use super::records::RecordsSeal;
use super::segment::NONE;
use super::store::{StoreError, io_of};
use super::tally::{Extent, FieldTally, Months};
use super::writer::Shared;
use crate::record::{FieldId, FieldNote, Identifier, Role, Row, Sink};
use crossbeam_channel::Receiver;
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Problems of one entry that are kept; the emitter counts all.
const MOST_PROBLEMS: usize = 1000;

/// Fills batches; one for each thread. What it was given is part of the segment once [`Worker::finish`] was called.
///
/// Takes its entries in the order of their numbers: then the examples in the catalogue do not depend on the number of threads.
#[derive(Debug)]
pub struct Worker {
    shared: Arc<Shared>,
    file: Option<Open>,
    filling: Filling,
    /// What fills next while [`Worker::pressing`] is not over.
    spare: Filling,
    press: Option<Press>,
    /// The batch that another thread writes; the file is there, too.
    pressing: Option<Receiver<Pressed>>,
    entry: u32,
    /// Rows that [`Shared::records`] does not count yet.
    uncounted: u64,
    fields: Tallies,
    shapes: Interner<KnownShape>,
    last_shape: usize,
    places: Names,
    people: Names,
    threads: Names,
    /// By thread: the title said last, with its entry, as a hash.
    titles: Vec<u64>,
    sections: Vec<SectionTally>,
    /// Messages by sender, by the sender's number.
    senders: Vec<Extent>,
    identifiers: Identifiers,
    problems: Vec<(String, String)>,
    error: Option<StoreError>,
}

/// What a worker hands over.
#[derive(Debug)]
pub struct Finished {
    pub file: Option<RecordsSeal>,
    /// By shape number.
    pub shapes: Vec<(u32, Extent)>,
    /// By field number.
    pub fields: Vec<Option<Box<FieldTally>>>,
    /// By section number.
    pub months: Vec<Months>,
    /// Messages by sender, by the sender's number.
    pub senders: Vec<Extent>,
    pub identifiers: Identifiers,
}

#[derive(Debug)]
struct KnownShape {
    section: u16,
    fields: Box<[FieldId]>,
    number: u32,
    extent: Extent,
}

#[derive(Debug)]
struct SectionTally {
    key: u64,
    months: Months,
    /// Its records are messages.
    talks: bool,
}

/// What is counted of fields, by number.
#[derive(Debug, Default)]
struct Tallies(Vec<Option<Box<FieldTally>>>);

impl Tallies {
    /// `None` if nobody registered such a field.
    fn of(&mut self, field: FieldId, shared: &Shared) -> Option<&mut FieldTally> {
        let at = field as usize;
        if self.0.get(at).is_none_or(Option::is_none) {
            let tally = locked(&shared.fields)
                .items
                .get(at)
                .map(|field| FieldTally::of(&field.path, field.note.role == Role::Text))?;
            if self.0.len() <= at {
                self.0.resize_with(at + 1, || None);
            }
            self.0[at] = Some(Box::new(tally));
        }
        self.0[at].as_deref_mut()
    }
}

impl Worker {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self {
            shared,
            file: None,
            filling: Filling::default(),
            spare: Filling::default(),
            press: None,
            pressing: None,
            entry: 0,
            uncounted: 0,
            fields: Tallies::default(),
            shapes: Interner::default(),
            last_shape: 0,
            places: Names::default(),
            people: Names::default(),
            threads: Names::default(),
            titles: Vec::new(),
            sections: Vec::new(),
            senders: Vec::new(),
            identifiers: Identifiers::default(),
            problems: Vec::new(),
            error: None,
        }
    }

    /// Rows given from now on belong to this entry (from [`SegmentWriter::entry`](super::SegmentWriter::entry)).
    pub fn begin_entry(&mut self, entry: u32) {
        self.entry = entry;
        self.problems.clear();
        self.identifiers.end_entry();
        self.tell_records();
    }

    /// Full batches are finished by another thread from now on, whenever it is free; `None`: by this one again.
    pub fn press_by(&mut self, press: Option<Press>) {
        self.press = press;
    }

    /// Problems said of this entry since [`Worker::begin_entry`]; a thousand of them are kept.
    pub fn take_problems(&mut self) -> Vec<(String, String)> {
        std::mem::take(&mut self.problems)
    }

    /// Writes what is left and hands over the counts. An error of the disk that happened earlier is told here too.
    pub fn finish(mut self) -> Result<(), StoreError> {
        self.flush();
        self.await_press();
        self.tell_records();
        if let Some(error) = self.error {
            return Err(error);
        }
        let file = match self.file {
            Some(open) => Some(close(open).map_err(|error| self.shared.failed(error, 0))?),
            None => None,
        };
        self.identifiers.end_entry();
        let finished = Finished {
            file,
            shapes: self.shapes.items.into_iter().map(|shape| (shape.number, shape.extent)).collect(),
            fields: self.fields.0,
            months: self.sections.into_iter().map(|section| section.months).collect(),
            senders: self.senders,
            identifiers: self.identifiers,
        };
        locked(&self.shared.finished).push(finished);
        Ok(())
    }

    /// Whether an error of the disk happened, to this worker or to another: nothing more is worth decoding.
    pub fn broken(&self) -> bool {
        self.shared.failure.get().is_some()
    }

    fn tell_records(&mut self) {
        self.shared.records.fetch_add(std::mem::take(&mut self.uncounted), Ordering::Relaxed);
    }

    fn flush(&mut self) {
        self.await_press();
        if self.filling.is_empty() || self.error.is_some() {
            return;
        }
        let filling = std::mem::replace(&mut self.filling, std::mem::take(&mut self.spare));
        let full = Box::new(Full { filling, file: self.file.take(), shared: Arc::clone(&self.shared) });
        let here = match &self.press {
            Some(press) => press.take(full).map(|pressing| self.pressing = Some(pressing)).err(),
            None => Some(full),
        };
        if let Some(full) = here {
            self.take_back(full.press());
        }
    }

    /// Batches are written in their order: the one before must be in the file.
    fn await_press(&mut self) {
        let Some(pressing) = self.pressing.take() else { return };
        match pressing.recv() {
            Ok(pressed) => self.take_back(pressed),
            Err(_) => self.error = Some(self.shared.failed(io::Error::other("a batch was lost: a bug in tellall"), 0)),
        }
    }

    fn take_back(&mut self, Pressed { filling, file, error }: Pressed) {
        (self.spare, self.file) = (filling, file);
        self.error = self.error.take().or(error);
    }

    fn shape(&mut self, row: &Row<'_>) -> u32 {
        let same = |shape: &KnownShape| shape.section == row.section && *shape.fields == *row.fields;
        if !self.shapes.items.get(self.last_shape).is_some_and(same) {
            let hash = self.shapes.hash(&(row.section, row.fields));
            let at = self.shapes.find(hash, same).unwrap_or_else(|| {
                let (section, fields) = (row.section, row.fields.into());
                let number = self.shared.shape(section, row.fields);
                self.shapes.add(hash, KnownShape { section, fields, number, extent: Extent::default() })
            });
            self.last_shape = at as usize;
        }
        let shape = &mut self.shapes.items[self.last_shape];
        shape.extent.add(row.time);
        shape.number
    }

    /// Counts the values of a row, and gives its key. The key is made of what the record says, not of where it stands: the id of
    /// the section, the time, who, and what a person reads; of the id that makes records one, where there is such; of each field's path with its value, in any order, where one of these is
    /// not told. Companies add and rename the fields around a message from layout to layout.
    fn count(&mut self, row: &Row<'_>) -> u64 {
        let section = self.section(row.section);
        if let Some(time) = row.time {
            section.months.add(time);
        }
        let section = section.key;
        let moment = row.time.map_or(0, |time| time.ms as u64);
        let who = row.who.map_or(0, |who| hash::of(who.as_bytes()));
        let start = hash::mix(section ^ moment, who | 1);
        let (mut content, mut said) = (0u64, 0u64);
        for ((&field, &kind), value) in row.fields.iter().zip(row.types).zip(row.each()) {
            if let Some(tally) = self.fields.of(field, &self.shared) {
                let one = tally.add(value, kind, self.entry);
                content = content.wrapping_add(one);
                said = said.wrapping_add(if tally.is_text { one } else { 0 });
            }
        }
        if let Some(unique) = row.unique {
            let id = hash::of(unique.as_bytes());
            return hash::mix(section ^ id, id | 1);
        }
        if row.time.is_some() && said != 0 {
            content = said;
        }
        hash::mix(start ^ content, content | 1)
    }

    fn count_sender(&mut self, row: &Row<'_>, who: u32) {
        if who == NONE || !self.section(row.section).talks {
            return;
        }
        let at = who as usize;
        if self.senders.len() <= at {
            self.senders.resize(at + 1, Extent::default());
        }
        self.senders[at].add(row.time);
    }

    fn section(&mut self, section: u16) -> &mut SectionTally {
        let at = usize::from(section);
        while self.sections.len() <= at {
            let (key, talks) = self.shared.section_facts(self.sections.len() as u16);
            self.sections.push(SectionTally { key, months: Months::default(), talks });
        }
        &mut self.sections[at]
    }
}

fn close((number, file): Open) -> io::Result<RecordsSeal> {
    let (buffer, seal) = file.finish(number).map_err(io_of)?;
    let file = buffer.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(seal)
}

impl Sink for Worker {
    fn field(&mut self, section: u16, path: &str, note: &FieldNote) -> FieldId {
        self.shared.field(section, path, note)
    }

    fn thread(&mut self, key: &str) -> u32 {
        self.threads.number(key, |key| self.shared.thread(key))
    }

    fn name_thread(&mut self, thread: u32, title: &str) {
        let said = hash::mix(hash::of(title.as_bytes()), u64::from(self.entry) << 1 | 1);
        let at = thread as usize;
        if title.is_empty() || self.titles.get(at) == Some(&said) {
            return;
        }
        self.shared.name_thread(thread, self.entry, title);
        if self.titles.len() <= at {
            self.titles.resize(at + 1, 0);
        }
        self.titles[at] = said;
    }

    fn label(&mut self, field: FieldId, label: &str) {
        self.shared.label(field, self.entry, label);
    }

    fn row(&mut self, row: &Row<'_>) {
        if self.error.is_some() {
            return;
        }
        let shared = &self.shared;
        let place = self.places.number(row.place, |place| locked(&shared.places).number(place));
        let who = row.who.map_or(NONE, |who| self.people.number(who, |who| locked(&shared.people).number(who)));
        let thread = row.thread.unwrap_or(NONE);
        self.identifiers.row(row, self.entry, place);
        let (shape, key) = (self.shape(row), self.count(row));
        self.count_sender(row, who);
        let (time, section) = (row.time, row.section);
        let cells = Cells { time, section, shape, entry: self.entry, place, at: row.at, who, thread, key };
        self.uncounted += 1;
        if self.filling.push(&cells, row.values) {
            self.flush();
            self.tell_records();
        }
    }

    fn identifier(&mut self, field: FieldId, identifier: &Identifier<'_>) {
        self.identifiers.add(field, identifier);
    }

    fn problem(&mut self, locator: &str, what: &str) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push((locator.to_owned(), what.to_owned()));
        }
    }
}
