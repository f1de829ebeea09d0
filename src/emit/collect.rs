//! A [`Sink`] that keeps everything in memory: how decoders are tested, bytes in, records out.

use super::{Emitter, Paths, Rules};
use crate::decode::{DecodeError, Decoder};
use crate::record::{FieldId, FieldNote, IdKind, Identifier, Row, Sink, Time};
use crate::sheets::Section;

/// One record as a test reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collected {
    /// False for what stood outside the records.
    pub inside: bool,
    pub time: Option<Time>,
    pub who: Option<String>,
    pub thread: Option<String>,
    /// The place, its star filled in.
    pub locator: String,
    /// Path and value, in order.
    pub values: Vec<(String, String)>,
}

impl Collected {
    /// The first value of `path`.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.values.iter().find(|(known, _)| known == path).map(|(_, value)| value.as_str())
    }
}

/// Everything one entry gave.
#[derive(Debug, Default)]
pub struct Collection {
    pub records: Vec<Collected>,
    /// Place and what.
    pub problems: Vec<(String, String)>,
    /// Kind, normal form, path.
    pub identifiers: Vec<(IdKind, String, String)>,
    /// Path and label.
    pub labels: Vec<(String, String)>,
    /// How reading ended, if not well.
    pub error: Option<String>,
    fields: Vec<(u16, String)>,
    threads: Vec<(String, String)>,
}

impl Collection {
    /// Decodes `bytes` as the entry `name` by `section`.
    pub fn of(decoder: Decoder, section: &Section, mojibake: bool, name: &str, bytes: &[u8]) -> Self {
        let mut paths = Paths::new(0, 1, section.mojibake.unwrap_or(mojibake));
        let mut found = Self::default();
        let mut emitter = Emitter::new(Rules { section, shared: &[] }, &mut paths, &mut found, name);
        let outcome = decoder.decode(&mut &*bytes, &mut emitter);
        emitter.finish();
        found.error = outcome.err().map(|error: DecodeError| error.to_string());
        found
    }

    /// All values, `path=value`, in order.
    pub fn values_of_all(&self) -> Vec<String> {
        let values = self.records.iter().flat_map(|record| &record.values);
        values.map(|(path, value)| format!("{path}={value}")).collect()
    }

    /// The values of one path over all records.
    pub fn values_of(&self, path: &str) -> Vec<&str> {
        self.records.iter().filter_map(|record| record.get(path)).collect()
    }
}

impl Sink for Collection {
    fn field(&mut self, section: u16, path: &str, _note: &FieldNote) -> FieldId {
        let at = self.fields.iter().position(|(s, p)| *s == section && p == path).unwrap_or_else(|| {
            self.fields.push((section, path.to_owned()));
            self.fields.len() - 1
        });
        at as FieldId
    }

    fn thread(&mut self, key: &str) -> u32 {
        let at = self.threads.iter().position(|(k, _)| k == key).unwrap_or_else(|| {
            self.threads.push((key.to_owned(), key.to_owned()));
            self.threads.len() - 1
        });
        at as u32
    }

    fn name_thread(&mut self, thread: u32, title: &str) {
        title.clone_into(&mut self.threads[thread as usize].1);
    }

    fn label(&mut self, field: FieldId, label: &str) {
        self.labels.push((self.fields[field as usize].1.clone(), label.to_owned()));
    }

    fn row(&mut self, row: &Row<'_>) {
        let values = row.fields.iter().zip(row.each());
        self.records.push(Collected {
            inside: row.section == 0,
            time: row.time,
            who: row.who.map(str::to_owned),
            thread: row.thread.map(|thread| self.threads[thread as usize].1.clone()),
            locator: row.place.replace('*', &row.at.to_string()),
            values: values.map(|(field, value)| (self.fields[*field as usize].1.clone(), value.to_owned())).collect(),
        });
    }

    fn identifier(&mut self, field: FieldId, identifier: &Identifier<'_>) {
        let path = self.fields[field as usize].1.clone();
        self.identifiers.push((identifier.kind, identifier.normal.to_owned(), path));
    }

    fn problem(&mut self, locator: &str, what: &str) {
        self.problems.push((locator.to_owned(), what.to_owned()));
    }
}
