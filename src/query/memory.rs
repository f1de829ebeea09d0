//! Exports in memory, for tests: rows in, batches out.

use super::scan::Ticket;
use super::source::Source;
use crate::index::catalog::{Role, Shape, Stamp};
use crate::index::fold::folded;
use crate::index::segment::NONE;
use crate::index::{
    Batch, Catalog, FieldMeta, Manifest, Numbers, SectionMeta, StoreError, StoredIdentifier, ThreadMeta,
};
use crate::record::{Kind, Origin, Time, ValueType};
use arrow_array::StringArray;
use hashbrown::HashSet;
use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A record as a test writes it.
#[derive(Debug, Clone, Default)]
pub struct Line {
    pub section: usize,
    pub time: Option<Time>,
    pub who: Option<&'static str>,
    pub thread: Option<&'static str>,
    /// Field path and value.
    pub values: Vec<(&'static str, String)>,
}

/// An export in memory.
#[derive(Debug)]
pub struct Memory {
    pub manifest: Manifest,
    pub catalog: Catalog,
    pub identifiers: Vec<StoredIdentifier>,
    /// Batch and row of records that a newer export holds too.
    pub shadowed: HashSet<(usize, usize)>,
    /// A batch that cannot be read.
    pub damaged: Option<usize>,
    /// How often a batch was asked for.
    pub asked: AtomicUsize,
    /// Cancelled when a batch is asked for the so-manieth time.
    pub cancels: Option<(usize, Ticket)>,
    columns: Vec<Columns>,
}

#[derive(Debug, Default)]
struct Columns {
    time: Vec<i64>,
    zone: Vec<i16>,
    shape: Vec<u32>,
    entry: Vec<u32>,
    place: Vec<u32>,
    at: Vec<u64>,
    who: Vec<u32>,
    thread: Vec<u32>,
    key: Vec<u64>,
    by_time: Vec<u32>,
    texts: Option<(StringArray, StringArray)>,
}

/// Sections by their number in [`Line::section`].
pub const SECTIONS: [(&str, &str, Kind); 3] =
    [("messages", "Messages", Kind::Message), ("logins", "Logins", Kind::Login), ("places", "Places", Kind::Place)];

impl Memory {
    /// An export of a company, its rows in batches of `size`.
    pub fn new(company: &str, lines: &[Line], size: usize) -> Self {
        let mut catalog = Catalog { places: vec!["messages[*]".to_owned()], ..Catalog::default() };
        catalog.entries.push("inbox/message_1.json".to_owned());
        catalog.sections = SECTIONS.iter().map(section).collect();
        let at = Cell::new(0);
        let columns = lines.chunks(size).map(|lines| columns(&mut catalog, lines, &at)).collect();
        Self {
            manifest: manifest(company, lines.len()),
            catalog,
            identifiers: Vec::new(),
            shadowed: HashSet::new(),
            damaged: None,
            asked: AtomicUsize::new(0),
            cancels: None,
            columns,
        }
    }

    pub fn field(&mut self, path: &str) -> &mut FieldMeta {
        self.catalog.fields.iter_mut().find(|field| field.path == path).expect("a field of the test")
    }
}

impl Source for Memory {
    fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    fn batches(&self) -> usize {
        self.columns.len()
    }

    fn batch(&self, index: usize) -> Result<Batch<'_>, StoreError> {
        let before = self.asked.fetch_add(1, Ordering::Relaxed);
        if let Some((limit, ticket)) = &self.cancels
            && before + 1 == *limit
        {
            ticket.cancel();
        }
        if self.damaged == Some(index) {
            return Err(StoreError::Damaged { what: format!("batch {index} is damaged") });
        }
        let columns = &self.columns[index];
        let (values, folded) = columns.texts.as_ref().expect("set when the columns were made");
        let numbers = Numbers {
            time: &columns.time,
            zone: &columns.zone,
            shape: &columns.shape,
            entry: &columns.entry,
            place: &columns.place,
            at: &columns.at,
            who: &columns.who,
            thread: &columns.thread,
            key: &columns.key,
            by_time: &columns.by_time,
        };
        Ok(Batch { numbers, values, folded })
    }

    fn span(&self, batch: usize) -> Option<(i64, i64)> {
        let times = || self.columns[batch].time.iter().filter(|time| **time != i64::MIN).copied();
        Some((times().max()?, times().min()?))
    }

    fn identifiers(&self) -> Result<&[StoredIdentifier], StoreError> {
        Ok(&self.identifiers)
    }

    fn has_shadowed(&self) -> bool {
        !self.shadowed.is_empty()
    }

    fn is_shadowed(&self, batch: usize, row: usize) -> bool {
        self.shadowed.contains(&(batch, row))
    }
}

fn manifest(company: &str, records: usize) -> Manifest {
    Manifest {
        format: 1,
        id: format!("{company}-rosa.quill-2026-01-15"),
        company: company.to_owned(),
        company_name: company.to_uppercase(),
        account: Some("rosa.quill".to_owned()),
        as_of: None,
        layout: None,
        parts: Vec::new(),
        digest: String::new(),
        records: records as u64,
        entries: std::collections::BTreeMap::new(),
        problems: 0,
        first: None,
        last: None,
        seconds: 0.0,
        warnings: Vec::new(),
        incomplete: false,
        files: 1,
    }
}

fn section((id, name, kind): &(&str, &str, Kind)) -> SectionMeta {
    SectionMeta {
        id: (*id).to_owned(),
        name: (*name).to_owned(),
        kind: *kind,
        generic: false,
        half: false,
        records: 0,
        first: None,
        last: None,
        months: std::collections::BTreeMap::new(),
        note: None,
        unique: false,
        repeats: None,
    }
}

fn columns(catalog: &mut Catalog, lines: &[Line], at: &Cell<u64>) -> Columns {
    let mut columns = Columns::default();
    for line in lines {
        let shape = shape(catalog, line);
        count(&mut catalog.sections[line.section], line.time);
        columns.time.push(line.time.map_or(i64::MIN, |time| time.ms));
        columns.zone.push(line.time.map_or(0, Time::zone_code));
        columns.shape.push(shape);
        columns.entry.push(0);
        columns.place.push(0);
        columns.at.push(at.replace(at.get() + 1));
        columns.key.push(at.get());
        columns.who.push(line.who.map_or(NONE, |who| person(catalog, who)));
        columns.thread.push(line.thread.map_or(NONE, |thread| thread_number(catalog, thread)));
    }
    columns.by_time = (0..lines.len() as u32).collect();
    columns.by_time.sort_by_key(|row| std::cmp::Reverse(columns.time[*row as usize]));
    let joined = |line: &Line| line.values.iter().map(|value| value.1.as_str()).collect::<Vec<_>>().join("\u{1f}");
    let values = lines.iter().map(|line| Some(joined(line))).collect();
    columns.texts = Some((values, lines.iter().map(|line| Some(folded(&joined(line)))).collect()));
    columns
}

fn count(section: &mut SectionMeta, time: Option<Time>) {
    section.records += 1;
    if let Some(time) = time {
        let month = i32::from(time.year()) * 12 + i32::from(time.civil().month()) - 1;
        *section.months.entry(month).or_default() += 1;
        section.last = section.last.max(Some(Stamp::from(time)));
    }
}

fn shape(catalog: &mut Catalog, line: &Line) -> u32 {
    let fields: Vec<u32> = line.values.iter().map(|(path, _)| field(catalog, line.section as u16, path)).collect();
    let found = catalog.shapes.iter().position(|it| it.fields == fields && usize::from(it.section) == line.section);
    let shape = found.unwrap_or_else(|| {
        let shape = Shape { section: line.section as u16, fields, records: 0, first: None, last: None };
        catalog.shapes.push(shape);
        catalog.shapes.len() - 1
    });
    catalog.shapes[shape].records += 1;
    shape as u32
}

fn field(catalog: &mut Catalog, section: u16, path: &str) -> u32 {
    let known = catalog.fields.iter().position(|field| field.section == section && field.path == path);
    known.unwrap_or_else(|| {
        catalog.fields.push(FieldMeta {
            section,
            path: path.to_owned(),
            label: None,
            description: None,
            kind: ValueType::String,
            rank: 0,
            role: if path == "content" { Role::Text } else { Role::None },
            category: None,
            origin: Origin::Observed,
            why: String::new(),
            records: 0,
            distinct: 0,
            exact: true,
            first: None,
            last: None,
            examples: Vec::new(),
        });
        catalog.fields.len() - 1
    }) as u32
}

fn person(catalog: &mut Catalog, name: &str) -> u32 {
    let known = catalog.people.iter().position(|person| person == name);
    known.unwrap_or_else(|| {
        catalog.people.push(name.to_owned());
        catalog.people.len() - 1
    }) as u32
}

fn thread_number(catalog: &mut Catalog, title: &str) -> u32 {
    let known = catalog.threads.iter().position(|thread| thread.title == title);
    known.unwrap_or_else(|| {
        catalog.threads.push(ThreadMeta { key: format!("key-{title}"), title: title.to_owned() });
        catalog.threads.len() - 1
    }) as u32
}
