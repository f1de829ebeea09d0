//! A committed segment, opened for reading.

use super::catalog::{Catalog, Ledger, Manifest, StoredIdentifier};
use super::columns::{self, NumberColumns, TextColumns};
use super::records::{self, BatchSeal, RecordsSeal};
use super::seal::Seal;
use super::store::{self, StoreError};
use super::{identifiers, map};
use crate::record::Time;
use arrow_buffer::Buffer;
use std::collections::HashMap;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// One export in the index. Opening reads the catalogue; files are mapped, and batches checked and decoded, when first asked for.
#[derive(Debug)]
pub struct Segment {
    pub dir: PathBuf,
    pub manifest: Manifest,
    pub catalog: Catalog,
    seal: Seal,
    files: Vec<OnceLock<Result<Buffer, String>>>,
    batches: Vec<Slot>,
    identifiers: OnceLock<Result<Vec<StoredIdentifier>, String>>,
    /// Numbers of the entries of a name; an archive may hold several.
    entries: OnceLock<HashMap<String, Vec<u32>>>,
    /// Why the ledger could not be read, if it was asked for.
    ledger_damage: OnceLock<String>,
}

/// A batch that may be decoded already.
#[derive(Debug)]
struct Slot {
    file: usize,
    seal: BatchSeal,
    numbers: OnceLock<Result<NumberColumns, String>>,
    texts: OnceLock<Result<TextColumns, String>>,
}

impl Slot {
    /// What is wrong with it, as far as it was asked for. Texts of a batch whose numbers are damaged are no second damage.
    fn damage(&self) -> Option<&String> {
        let numbers = self.numbers.get().and_then(|numbers| numbers.as_ref().err());
        numbers.or_else(|| self.texts.get().and_then(|texts| texts.as_ref().err()))
    }
}

/// Marks "none" in the `who` and `thread` columns.
pub const NONE: u32 = u32::MAX;

/// The numbers of about 64k records. Column slices all have the same length.
#[derive(Debug, Clone, Copy)]
pub struct Numbers<'a> {
    /// Milliseconds; `i64::MIN` for no time.
    pub time: &'a [i64],
    pub zone: &'a [i16],
    pub shape: &'a [u32],
    pub entry: &'a [u32],
    pub place: &'a [u32],
    pub at: &'a [u64],
    pub who: &'a [u32],
    pub thread: &'a [u32],
    /// Content hash: equal for the same record in two exports of one account.
    pub key: &'a [u64],
    /// Rows of this batch from newest to oldest, those without time last.
    pub by_time: &'a [u32],
}

/// Numbers and texts of about 64k records.
#[derive(Debug, Clone, Copy)]
pub struct Batch<'a> {
    pub numbers: Numbers<'a>,
    pub values: &'a arrow_array::StringArray,
    pub folded: &'a arrow_array::StringArray,
}

/// A batch is its numbers, and texts besides.
impl<'a> Deref for Batch<'a> {
    type Target = Numbers<'a>;

    fn deref(&self) -> &Numbers<'a> {
        &self.numbers
    }
}

impl Numbers<'_> {
    pub fn len(&self) -> usize {
        self.shape.len()
    }

    pub fn is_empty(&self) -> bool {
        self.shape.is_empty()
    }

    pub fn time_of(&self, row: usize) -> Option<Time> {
        (self.time[row] != i64::MIN).then(|| Time::from_columns(self.time[row], self.zone[row]))
    }
}

impl Segment {
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        let seal = Seal::read(dir).map_err(|what| damaged(dir, &what))?;
        Self::sealed(dir, seal).map_err(|what| damaged(dir, &what))
    }

    fn sealed(dir: &Path, seal: Seal) -> Result<Self, String> {
        seal.check_sizes(dir)?;
        let manifest: Manifest = json(&seal, dir, store::MANIFEST)?;
        let catalog: Catalog = json(&seal, dir, store::CATALOG)?;
        let slots = |(file, records): (usize, &RecordsSeal)| {
            let slot = move |&seal: &BatchSeal| Slot { file, seal, numbers: OnceLock::new(), texts: OnceLock::new() };
            records.batches.iter().map(slot).collect::<Vec<_>>()
        };
        Ok(Self {
            dir: dir.to_owned(),
            manifest,
            catalog,
            files: seal.records.iter().map(|_| OnceLock::new()).collect(),
            batches: seal.records.iter().enumerate().flat_map(slots).collect(),
            seal,
            identifiers: OnceLock::new(),
            entries: OnceLock::new(),
            ledger_damage: OnceLock::new(),
        })
    }

    /// Sentences about parts that were asked for and could not be read: what was answered from this segment is not whole.
    pub fn damage(&self) -> Vec<String> {
        let batches = self.batches.iter().filter_map(Slot::damage);
        let identifiers = self.identifiers.get().and_then(|found| found.as_ref().err());
        let found = batches.chain(identifiers).chain(self.ledger_damage.get());
        found.map(|what| damaged(&self.dir, what).to_string()).collect()
    }

    /// No two segments have the same.
    pub(super) fn mark(&self) -> u64 {
        self.seal.mark
    }

    pub(super) fn replaces(&self) -> Option<u64> {
        self.seal.replaces
    }

    /// Number of batches.
    pub fn batches(&self) -> usize {
        self.batches.len()
    }

    /// The batches that may hold a record of a shape that `wanted` picks by its number, without decoding any.
    pub fn batches_of(&self, wanted: &dyn Fn(usize) -> bool) -> impl Iterator<Item = usize> + use<'_> {
        let shapes = self.catalog.shapes.iter().enumerate().filter(|(number, _)| wanted(*number));
        let bits = shapes.fold(0, |bits, (_, shape)| bits | columns::bit(shape.section));
        self.batches.iter().enumerate().filter(move |(_, slot)| slot.seal.sections & bits != 0).map(|(at, _)| at)
    }

    /// Rows of a batch, without decoding it.
    pub fn rows(&self, batch: usize) -> usize {
        self.batches.get(batch).map_or(0, |slot| slot.seal.rows as usize)
    }

    /// A batch; decoded (and checked) on first use. A damaged one is an error naming its file.
    pub fn batch(&self, index: usize) -> Result<Batch<'_>, StoreError> {
        let numbers = self.numbers(index)?;
        let slot = self.slot(index)?;
        let texts = slot.texts.get_or_init(|| self.decode(slot, index, records::texts));
        let TextColumns { values, folded } = texts.as_ref().map_err(|what| damaged(&self.dir, what))?;
        Ok(Batch { numbers, values, folded })
    }

    /// The numbers of a batch, likewise: a tenth of it, and less where texts are long.
    pub fn numbers(&self, index: usize) -> Result<Numbers<'_>, StoreError> {
        let slot = self.slot(index)?;
        let numbers = slot.numbers.get_or_init(|| self.decode(slot, index, records::numbers));
        numbers.as_ref().map(NumberColumns::view).map_err(|what| damaged(&self.dir, what))
    }

    fn slot(&self, index: usize) -> Result<&Slot, StoreError> {
        self.batches.get(index).ok_or_else(|| damaged(&self.dir, &format!("it has no batch {index}")))
    }

    fn decode<T>(
        &self,
        slot: &Slot,
        index: usize,
        read: impl FnOnce(&Buffer, &BatchSeal) -> Option<T>,
    ) -> Result<T, String> {
        let seal = &self.seal.records[slot.file];
        let file = self.files[slot.file].get_or_init(|| mapped(&self.dir, seal)).as_ref().map_err(Clone::clone)?;
        read(file, &slot.seal).ok_or_else(|| format!("{} is damaged (batch {index})", seal.file()))
    }

    /// Newest and oldest time of a batch without decoding it, if any record of it has a time.
    pub fn span(&self, batch: usize) -> Option<(i64, i64)> {
        self.batches.get(batch)?.seal.span
    }

    pub fn ledger(&self) -> Result<Ledger, StoreError> {
        json(&self.seal, &self.dir, store::LEDGER)
            .map_err(|what| damaged(&self.dir, self.ledger_damage.get_or_init(|| what)))
    }

    /// All identifiers, from the side table.
    pub fn identifiers(&self) -> Result<&[StoredIdentifier], StoreError> {
        let read = || {
            let bytes = self.seal.read_file(&self.dir, store::IDENTIFIERS)?;
            identifiers::read(bytes).ok_or_else(|| format!("{} is damaged", store::IDENTIFIERS))
        };
        let found = self.identifiers.get_or_init(read);
        found.as_deref().map_err(|what| damaged(&self.dir, what))
    }

    /// The place of a row, star filled in: `messages[17]`.
    pub fn place(&self, place: u32, at: u64) -> String {
        self.catalog.places.get(place as usize).map(|p| p.replace('*', &at.to_string())).unwrap_or_default()
    }

    /// The row at this place of this entry: batch and row.
    pub fn find(&self, entry: &str, locator: &str) -> Result<Option<(usize, usize)>, StoreError> {
        let Some(entries) = self.entries_of(entry) else { return Ok(None) };
        let places = self.places_of(locator);
        for index in 0..self.batches() {
            let (low, high) = self.batches[index].seal.entries;
            if places.is_empty() || !entries.iter().any(|entry| (low..=high).contains(entry)) {
                continue;
            }
            let batch = self.numbers(index)?;
            let is_here = |&row: &usize| {
                let star = places.get(&batch.place[row]);
                entries.contains(&batch.entry[row]) && star.is_some_and(|star| star.is(batch.at[row]))
            };
            if let Some(row) = (0..batch.len()).find(is_here) {
                return Ok(Some((index, row)));
            }
        }
        Ok(None)
    }

    fn entries_of(&self, name: &str) -> Option<&[u32]> {
        let by_name = || {
            let mut by_name: HashMap<String, Vec<u32>> = HashMap::new();
            for (number, name) in (0..).zip(&self.catalog.entries) {
                by_name.entry(name.clone()).or_default().push(number);
            }
            by_name
        };
        self.entries.get_or_init(by_name).get(name).map(Vec::as_slice)
    }

    /// Places that can be `locator`.
    fn places_of(&self, locator: &str) -> HashMap<u32, Star> {
        let matching =
            (0..).zip(&self.catalog.places).filter_map(|(number, place)| Some((number, star(place, locator)?)));
        matching.collect()
    }
}

/// What the star of a place stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Star {
    /// The place has none.
    None,
    At(u64),
}

impl Star {
    fn is(self, at: u64) -> bool {
        self == Self::None || self == Self::At(at)
    }
}

/// What the star of `place` stands for, if it is the place of `locator`.
fn star(place: &str, locator: &str) -> Option<Star> {
    let Some((before, after)) = place.split_once('*') else {
        return (place == locator).then_some(Star::None);
    };
    let rest = locator.strip_prefix(before)?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let at: u64 = rest.get(..digits)?.parse().ok()?;
    // A key of the export may hold stars of its own: then all are filled in, as in `place`.
    (rest.get(digits..)? == after.replace('*', &at.to_string())).then_some(Star::At(at))
}

impl Drop for Segment {
    /// If the segment was removed while it was mapped, its files could not be erased then. They can be now.
    fn drop(&mut self) {
        let was_mapped = self.files.iter().any(|file| file.get().is_some());
        self.batches.clear();
        self.files.clear();
        if was_mapped && let Some(root) = self.dir.parent().and_then(Path::parent) {
            // What cannot be erased now is erased by the next import, which tells why it cannot.
            let _ = store::erase_removed(root);
        }
    }
}

fn mapped(dir: &Path, seal: &RecordsSeal) -> Result<Buffer, String> {
    let name = seal.file();
    let open = || {
        let file = std::fs::File::open(dir.join(&name))?;
        let bytes = file.metadata()?.len();
        if bytes == seal.bytes() { map::map(file).map(Some) } else { Ok(None) }
    };
    match open() {
        Ok(Some(file)) if records::check_ends(&file, seal) => Ok(file),
        Ok(_) => Err(format!("{name} is damaged")),
        Err(error) => Err(format!("{name} cannot be read ({error})")),
    }
}

fn json<T: serde::de::DeserializeOwned>(seal: &Seal, dir: &Path, name: &str) -> Result<T, String> {
    let bytes = seal.read_file(dir, name)?;
    serde_json::from_slice(&bytes).map_err(|error| format!("{name} is damaged ({error})"))
}

/// Names the export, what is wrong, and the cure.
fn damaged(dir: &Path, what: &str) -> StoreError {
    let export = dir.file_name().unwrap_or_default().to_string_lossy();
    let export = export.strip_suffix(store::BESIDE).unwrap_or(&export);
    StoreError::Damaged { what: format!("{export}: {what}; import this export again") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_star_of_a_place_is_read_from_a_locator() {
        assert_eq!(star("messages[*]", "messages[17]"), Some(Star::At(17)));
        assert_eq!(star("line *", "line 40"), Some(Star::At(40)));
        assert_eq!(star("chats[3].messages[*]", "chats[3].messages[0]"), Some(Star::At(0)));
        assert_eq!(star("profile.name", "profile.name"), Some(Star::None));
        for (place, locator) in [
            ("messages[*]", "messages[]"),
            ("messages[*]", "messages[+1]"),
            ("messages[*]", "messages[1].x"),
            ("messages[*]", "photos[1]"),
            ("line *", "line 99999999999999999999999"),
            ("profile.name", "profile"),
        ] {
            assert_eq!(star(place, locator), None, "{place} {locator}");
        }
    }
}
