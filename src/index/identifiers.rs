//! The side table of identifiers: one row for each identifier in each field, with the first place it stands.

use super::catalog::{Stamp, StoredIdentifier};
use super::columns::{stamps, typed};
use super::interner::Interner;
use super::tally::Extent;
use crate::record::{FieldId, IdKind, Identifier, Row};
use arrow_array::types::{Int16Type, Int64Type, UInt32Type, UInt64Type};
use arrow_array::{Array, ArrayRef, BooleanArray, PrimitiveArray, RecordBatch, StringArray};
use arrow_ipc::reader::FileReader;
use arrow_ipc::writer::FileWriter;
use arrow_schema::ArrowError;
use std::collections::HashMap;
use std::io::Cursor;
use std::sync::Arc;

/// Rows of a batch of the table.
const ROWS: usize = 1 << 16;

/// An identifier as one worker knows it.
#[derive(Debug)]
struct Found {
    kind: IdKind,
    field: FieldId,
    normal: Box<str>,
    mine: bool,
    /// `None` if written in its normal form, as most are.
    as_written: Option<Box<str>>,
    rule: Arc<str>,
    entry: u32,
    place: u32,
    at: u64,
    extent: Extent,
    /// The row that counted it last.
    row: u64,
}

/// The identifiers of one worker.
#[derive(Debug, Default)]
pub struct Identifiers {
    found: Interner<Found>,
    /// Wait for the row that holds their field.
    waiting: Vec<u32>,
    rules: Vec<Arc<str>>,
    rows: u64,
}

impl Identifiers {
    pub fn add(&mut self, field: FieldId, identifier: &Identifier<'_>) {
        let (kind, normal) = (identifier.kind, identifier.normal);
        let hash = self.found.hash(&(kind, field, normal));
        let same = |found: &Found| found.kind == kind && found.field == field && *found.normal == *normal;
        let at = self.found.find(hash, same).unwrap_or_else(|| {
            let found = self.new_found(field, identifier);
            self.found.add(hash, found)
        });
        self.found.items[at as usize].mine |= identifier.mine;
        self.waiting.push(at);
    }

    fn new_found(&mut self, field: FieldId, identifier: &Identifier<'_>) -> Found {
        let differs = identifier.as_written != identifier.normal;
        Found {
            kind: identifier.kind,
            field,
            normal: identifier.normal.into(),
            mine: false,
            as_written: differs.then(|| identifier.as_written.into()),
            rule: self.rule(identifier.rule),
            entry: 0,
            place: 0,
            at: 0,
            extent: Extent::default(),
            row: 0,
        }
    }

    /// There are a few dozen rules, and a pointer to one is enough.
    fn rule(&mut self, rule: &str) -> Arc<str> {
        if let Some(known) = self.rules.iter().find(|known| ***known == *rule) {
            return Arc::clone(known);
        }
        let rule: Arc<str> = rule.into();
        self.rules.push(Arc::clone(&rule));
        rule
    }

    /// The row came: what waited for one of its fields stands in it. What waits for another field waits on, for a record may
    /// be given before the one around it.
    pub fn row(&mut self, row: &Row<'_>, entry: u32, place: u32) {
        if self.waiting.is_empty() {
            return;
        }
        self.rows += 1;
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.retain(|&at| {
            let found = &mut self.found.items[at as usize];
            let here = row.fields.contains(&found.field);
            if here && found.row != self.rows {
                if found.extent.records == 0 {
                    (found.entry, found.place, found.at) = (entry, place, row.at);
                }
                found.extent.add(row.time);
                found.row = self.rows;
            }
            !here
        });
        self.waiting = waiting;
    }

    /// The entry is over: a row that has not come will not come.
    pub fn end_entry(&mut self) {
        self.waiting.clear();
    }
}

/// Joins what the workers found; sorted by kind, normal form and field.
pub fn joined(workers: Vec<Identifiers>) -> Vec<StoredIdentifier> {
    let mut all: Vec<Found> = workers.into_iter().flat_map(|worker| worker.found.items).collect();
    // One whose row never came stands nowhere.
    all.retain(|found| found.extent.records > 0);
    all.sort_by(|a, b| order(a).cmp(&order(b)));
    all.dedup_by(|next, first| {
        let same = first.kind == next.kind && first.field == next.field && first.normal == next.normal;
        if same {
            first.mine |= next.mine;
            first.extent.merge(&next.extent);
        }
        same
    });
    all.into_iter().map(stored).collect()
}

/// Of equal identifiers the one in the earliest entry comes first.
fn order(found: &Found) -> (IdKind, &str, FieldId, u32, u64) {
    (found.kind, &found.normal, found.field, found.entry, found.at)
}

fn stored(found: Found) -> StoredIdentifier {
    StoredIdentifier {
        kind: found.kind,
        field: found.field,
        mine: found.mine,
        as_written: found.as_written.as_ref().unwrap_or(&found.normal).to_string(),
        normal: found.normal.into_string(),
        rule: found.rule.to_string(),
        entry: found.entry,
        place: found.place,
        at: found.at,
        records: found.extent.records,
        first: found.extent.span.first(),
        last: found.extent.span.last(),
    }
}

/// The table as an Arrow IPC file.
pub fn write(identifiers: &[StoredIdentifier]) -> Result<Vec<u8>, ArrowError> {
    let mut file = Vec::new();
    let mut writer = FileWriter::try_new(&mut file, &batch(&[])?.schema())?;
    for rows in identifiers.chunks(ROWS) {
        writer.write(&batch(rows)?)?;
    }
    writer.finish()?;
    drop(writer);
    Ok(file)
}

fn batch(rows: &[StoredIdentifier]) -> Result<RecordBatch, ArrowError> {
    let text = |of: fn(&StoredIdentifier) -> &str| -> ArrayRef {
        Arc::new(StringArray::from_iter_values(rows.iter().map(of)))
    };
    let short = |of: fn(&StoredIdentifier) -> u32| -> ArrayRef {
        Arc::new(PrimitiveArray::<UInt32Type>::from_iter_values(rows.iter().map(of)))
    };
    let long = |of: fn(&StoredIdentifier) -> u64| -> ArrayRef {
        Arc::new(PrimitiveArray::<UInt64Type>::from_iter_values(rows.iter().map(of)))
    };
    let mine: ArrayRef = Arc::new(rows.iter().map(|row| Some(row.mine)).collect::<BooleanArray>());
    let (first, first_zone) = stamps(rows.iter().map(|row| row.first));
    let (last, last_zone) = stamps(rows.iter().map(|row| row.last));
    RecordBatch::try_from_iter_with_nullable([
        ("kind", text(|row| row.kind.id()), false),
        ("normal", text(|row| &row.normal), false),
        ("field", short(|row| row.field), false),
        ("mine", mine, false),
        ("as_written", text(|row| &row.as_written), false),
        ("rule", text(|row| &row.rule), false),
        ("entry", short(|row| row.entry), false),
        ("place", short(|row| row.place), false),
        ("at", long(|row| row.at), false),
        ("records", long(|row| row.records), false),
        ("first", first, true),
        ("first_zone", first_zone, false),
        ("last", last, true),
        ("last_zone", last_zone, false),
    ])
}

/// Reads the table. `None` if it is not one.
pub fn read(bytes: Vec<u8>) -> Option<Vec<StoredIdentifier>> {
    let kinds: HashMap<&str, IdKind> = IdKind::ALL.into_iter().map(|kind| (kind.id(), kind)).collect();
    let mut all = Vec::new();
    for batch in FileReader::try_new(Cursor::new(bytes), None).ok()? {
        let batch = batch.ok()?;
        let table = Table::of(&batch)?;
        for row in 0..batch.num_rows() {
            all.push(table.row(row, &kinds)?);
        }
    }
    Some(all)
}

struct Table {
    kind: StringArray,
    normal: StringArray,
    field: PrimitiveArray<UInt32Type>,
    mine: BooleanArray,
    as_written: StringArray,
    rule: StringArray,
    entry: PrimitiveArray<UInt32Type>,
    place: PrimitiveArray<UInt32Type>,
    at: PrimitiveArray<UInt64Type>,
    records: PrimitiveArray<UInt64Type>,
    first: (PrimitiveArray<Int64Type>, PrimitiveArray<Int16Type>),
    last: (PrimitiveArray<Int64Type>, PrimitiveArray<Int16Type>),
}

impl Table {
    fn of(batch: &RecordBatch) -> Option<Self> {
        Some(Self {
            kind: typed(batch, 0)?,
            normal: typed(batch, 1)?,
            field: typed(batch, 2)?,
            mine: typed(batch, 3)?,
            as_written: typed(batch, 4)?,
            rule: typed(batch, 5)?,
            entry: typed(batch, 6)?,
            place: typed(batch, 7)?,
            at: typed(batch, 8)?,
            records: typed(batch, 9)?,
            first: (typed(batch, 10)?, typed(batch, 11)?),
            last: (typed(batch, 12)?, typed(batch, 13)?),
        })
    }

    fn row(&self, row: usize, kinds: &HashMap<&str, IdKind>) -> Option<StoredIdentifier> {
        Some(StoredIdentifier {
            kind: *kinds.get(self.kind.value(row))?,
            normal: self.normal.value(row).to_owned(),
            field: self.field.value(row),
            mine: self.mine.value(row),
            as_written: self.as_written.value(row).to_owned(),
            rule: self.rule.value(row).to_owned(),
            entry: self.entry.value(row),
            place: self.place.value(row),
            at: self.at.value(row),
            records: self.records.value(row),
            first: stamp(&self.first, row),
            last: stamp(&self.last, row),
        })
    }
}

fn stamp((ms, zone): &(PrimitiveArray<Int64Type>, PrimitiveArray<Int16Type>), row: usize) -> Option<Stamp> {
    ms.is_valid(row).then(|| Stamp(ms.value(row), zone.value(row)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Time;

    fn phone<'a>(normal: &'a str, as_written: &'a str) -> Identifier<'a> {
        Identifier { kind: IdKind::Phone, normal, as_written, rule: "E.164", mine: false }
    }

    fn row(seconds: i64, at: u64, fields: &[FieldId]) -> Row<'_> {
        let time = Time::utc_s(seconds);
        Row {
            section: 0,
            time,
            who: None,
            thread: None,
            place: "[*]",
            at,
            fields,
            types: &[],
            ends: &[],
            values: "",
            unique: None,
        }
    }

    const ROSA: &str = "+447700900123";

    #[test]
    fn an_identifier_is_counted_once_a_record_and_keeps_its_first_place() {
        let mut worker = Identifiers::default();
        worker.add(1, &phone(ROSA, "07700 900123"));
        worker.add(1, &Identifier { mine: true, ..phone(ROSA, ROSA) });
        worker.row(&row(50, 7, &[0, 1, 1]), 3, 9);
        worker.add(1, &phone(ROSA, ROSA));
        worker.row(&row(20, 8, &[1]), 3, 9);
        let all = joined(vec![worker]);
        let stamp = |seconds| Time::utc_s(seconds).map(Stamp::from);
        let expected = StoredIdentifier {
            kind: IdKind::Phone,
            normal: ROSA.to_owned(),
            field: 1,
            mine: true,
            as_written: "07700 900123".to_owned(),
            rule: "E.164".to_owned(),
            entry: 3,
            place: 9,
            at: 7,
            records: 2,
            first: stamp(20),
            last: stamp(50),
        };
        assert_eq!(all, [expected]);
    }

    #[test]
    fn an_identifier_waits_for_the_record_that_holds_its_field() {
        let mut worker = Identifiers::default();
        worker.add(1, &phone(ROSA, ROSA));
        worker.row(&row(1, 5, &[2]), 0, 0);
        worker.row(&row(1, 6, &[1]), 0, 0);
        assert_eq!(joined(vec![worker])[0].at, 6);
    }

    #[test]
    fn an_identifier_whose_record_never_came_is_not_kept() {
        let mut worker = Identifiers::default();
        worker.add(1, &phone(ROSA, ROSA));
        worker.end_entry();
        worker.row(&row(1, 6, &[1]), 1, 0);
        assert_eq!(joined(vec![worker]), []);
    }

    #[test]
    fn workers_are_joined_in_the_order_of_entries() {
        let worker = |entry, at, written| {
            let mut worker = Identifiers::default();
            worker.add(1, &phone(ROSA, written));
            worker.row(&row(1, at, &[1]), entry, 0);
            worker
        };
        let one = joined(vec![worker(4, 1, "later"), worker(2, 9, "earlier")]);
        let other = joined(vec![worker(2, 9, "earlier"), worker(4, 1, "later")]);
        assert_eq!(one, other);
        assert_eq!((one.len(), one[0].as_written.as_str(), one[0].records), (1, "earlier", 2));
    }

    #[test]
    fn the_table_comes_back_from_its_file() {
        let mut worker = Identifiers::default();
        for (field, normal) in [(3, ROSA), (1, "+12025550100"), (1, ROSA)] {
            worker.add(field, &phone(normal, "as it was written"));
        }
        worker.add(1, &Identifier { kind: IdKind::Email, ..phone("rosa@example.org", "Rosa@example.org") });
        worker.row(&Row { time: None, ..row(1, 6, &[1, 3]) }, 0, 0);
        let all = joined(vec![worker]);
        assert_eq!(all.iter().map(|one| one.field).collect::<Vec<_>>(), [1, 1, 3, 1]);
        assert_eq!(read(write(&all).expect("memory takes everything")), Some(all));
        assert_eq!(read(write(&[]).expect("memory takes everything")), Some(Vec::new()));
        assert_eq!(read(b"no table".to_vec()), None);
    }
}
