//! A few thousand neighbouring rows, and which of them a plan takes: one bit for each row.

use super::plan::{Node, Scope, Sought};
use super::term::Pattern;
use crate::index::{Batch, Catalog};
use crate::record::{SEPARATOR, Zone};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Rows of a window, at most.
const ROWS: usize = 4096;

/// Bytes of folded text of a window, at most, unless one row alone has more: so much is scanned well within a millisecond.
const BYTES: usize = 1 << 20;

/// One bit for each row of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bits([u64; ROWS / 64]);

/// Part of a batch.
#[derive(Debug)]
pub struct Window<'a> {
    catalog: &'a Catalog,
    batch: &'a Batch<'a>,
    rows: Range<usize>,
}

/// Ends of the names of pictures, films and sounds.
const MEDIA_NAMES: &str = r"\.(?:jpe?g|png|gif|webp|heic|mp4|mov|3gp|webm|avi|mkv|opus|ogg|m4a|mp3|aac|wav)";

static MEDIA: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r"{MEDIA_NAMES}(?-u:\b)")).expect("the pattern is a constant, and tested"));

static PHOTO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\.(?:jpe?g|png|gif|webp|heic)(?-u:\b)").expect("the pattern is a constant, and tested")
});

/// Without the end of the word, which may be the end of a row in the middle of a buffer.
static MEDIA_BYTES: LazyLock<regex::bytes::Regex> =
    LazyLock::new(|| regex::bytes::Regex::new(MEDIA_NAMES).expect("the pattern is a constant, and tested"));

impl Bits {
    const NONE: Self = Self([0; ROWS / 64]);

    fn first(rows: usize) -> Self {
        let mut bits = Self::NONE;
        for (index, word) in bits.0.iter_mut().enumerate() {
            let left = rows.saturating_sub(index * 64);
            *word = if left >= 64 { u64::MAX } else { (1 << left) - 1 };
        }
        bits
    }

    fn set(&mut self, row: usize) {
        if let Some(word) = self.0.get_mut(row / 64) {
            *word |= 1 << (row % 64);
        }
    }

    fn has(&self, row: usize) -> bool {
        self.0.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    fn combine(&self, other: &Self, with: fn(u64, u64) -> u64) -> Self {
        Self(std::array::from_fn(|index| with(self.0[index], other.0[index])))
    }

    fn without(&self, other: &Self) -> Self {
        self.combine(other, |mine, theirs| mine & !theirs)
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The first row at or behind this one.
    fn next(&self, from: usize) -> Option<usize> {
        let mut index = from / 64;
        let mut word = self.0.get(index)? & (u64::MAX << (from % 64));
        while word == 0 {
            index += 1;
            word = *self.0.get(index)?;
        }
        Some(index * 64 + word.trailing_zeros() as usize)
    }

    /// Keeps rows for which this holds.
    pub fn retain(&mut self, keeps: impl Fn(usize) -> bool) {
        let before = *self;
        for row in before.rows().filter(|row| !keeps(*row)) {
            if let Some(word) = self.0.get_mut(row / 64) {
                *word &= !(1 << (row % 64));
            }
        }
    }

    /// Rows in order.
    pub fn rows(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(index, &word)| {
            std::iter::successors(Some(word), |left| Some(left & (left.wrapping_sub(1))))
                .take_while(|left| *left != 0)
                .map(move |left| index * 64 + left.trailing_zeros() as usize)
        })
    }
}

impl<'a> Window<'a> {
    /// The window that begins at a row of a batch.
    pub fn at(catalog: &'a Catalog, batch: &'a Batch<'a>, start: usize) -> Self {
        let mut rows = ROWS.min(batch.len().saturating_sub(start));
        while rows > 1 && folded_bytes(batch, &(start..start + rows)) > BYTES {
            rows /= 2;
        }
        Self { catalog, batch, rows: start..start + rows }
    }

    /// The row of the batch behind the last of the window.
    pub fn end(&self) -> usize {
        self.rows.end
    }

    /// Rows that the plan takes, counted from the start of the window.
    pub fn taken(&self, plan: &Node) -> Bits {
        self.among(plan, &Bits::first(self.rows.len()))
    }

    /// Whether the plan takes one row of the batch. The same answer as [`Window::taken`], without looking at its neighbours.
    pub fn takes(&self, plan: &Node, row: usize) -> bool {
        match plan {
            Node::All(parts) => parts.iter().all(|part| self.takes(part, row)),
            Node::Any(parts) => parts.iter().any(|part| self.takes(part, row)),
            Node::Not(part) => !self.takes(part, row),
            leaf => self.leaf(leaf, row),
        }
    }

    fn among(&self, node: &Node, within: &Bits) -> Bits {
        match node {
            Node::Always => *within,
            Node::Never => Bits::NONE,
            Node::All(parts) => self.all(parts, within),
            Node::Any(parts) => self.any(parts, within),
            Node::Not(part) => within.without(&self.among(part, within)),
            Node::Text(sought) if self.is_dense(within) => self.search_needle(sought, within),
            Node::Media if self.is_dense(within) => {
                let find = |text: &[u8]| MEDIA_BYTES.find(text).map(|found| found.range());
                self.search(within, find, |row| self.leaf(node, row))
            }
            leaf => self.one_by_one(leaf, within),
        }
    }

    /// Whether searching all rows in one go is quicker than those asked for one by one.
    fn is_dense(&self, within: &Bits) -> bool {
        within.count() * 16 > self.rows.len()
    }

    fn all(&self, parts: &[Node], within: &Bits) -> Bits {
        let mut left = *within;
        for part in parts {
            if left.is_empty() {
                break;
            }
            left = self.among(part, &left);
        }
        left
    }

    fn any(&self, parts: &[Node], within: &Bits) -> Bits {
        let mut taken = Bits::NONE;
        for part in parts {
            let left = within.without(&taken);
            if left.is_empty() {
                break;
            }
            taken = taken.combine(&self.among(part, &left), |mine, theirs| mine | theirs);
        }
        taken
    }

    fn one_by_one(&self, leaf: &Node, within: &Bits) -> Bits {
        let mut taken = Bits::NONE;
        for row in within.rows().filter(|row| self.leaf(leaf, self.rows.start + row)) {
            taken.set(row);
        }
        taken
    }

    fn search_needle(&self, sought: &Sought, within: &Bits) -> Bits {
        let find = |text: &[u8]| sought.finder.find(text).map(|at| at..at + sought.needle.folded.len());
        self.search(within, find, |row| self.verified(sought, row))
    }

    /// Searches the text of all rows in one go: after a hit it goes on with the next row that is asked for.
    fn search(
        &self,
        within: &Bits,
        find: impl Fn(&[u8]) -> Option<Range<usize>>,
        verify: impl Fn(usize) -> bool,
    ) -> Bits {
        let mut taken = Bits::NONE;
        let ends = self.ends();
        let data = self.batch.folded.value_data().get(..end_of(ends, ends.len())).unwrap_or_default();
        let mut next = within.next(0);
        while let Some(row) = next {
            let from = end_of(ends, row);
            let Some(found) = data.get(from..).and_then(&find) else { break };
            let row = row_of(ends, row, from + found.start);
            // A hit on the border of two rows is none, and hides none: one further on in the same row would cross it too.
            let is_inside = from + found.end <= end_of(ends, row + 1);
            if is_inside && within.has(row) && verify(self.rows.start + row) {
                taken.set(row);
            }
            next = within.next(row + 1);
        }
        taken
    }

    /// Start of each row of the window in the text buffer, and the end of the last.
    fn ends(&self) -> &[i32] {
        self.batch.folded.value_offsets().get(self.rows.start..=self.rows.end).unwrap_or_default()
    }

    /// Rows in which the needle stands somewhere may still miss the field or the accents.
    fn verified(&self, sought: &Sought, row: usize) -> bool {
        (sought.scope.is_none() && sought.needle.is_folded()) || self.holds(sought, row)
    }

    fn leaf(&self, leaf: &Node, row: usize) -> bool {
        let batch = self.batch;
        match leaf {
            Node::Shapes(set) => set.holds(batch.shape[row]),
            Node::People(set) => set.holds(batch.who[row]),
            Node::Threads(set) => set.holds(batch.thread[row]),
            Node::HasTime => batch.time[row] != i64::MIN,
            Node::Times(spans) => wall_ms(batch, row).is_some_and(|ms| spans.iter().any(|span| span.contains(&ms))),
            Node::Hours(spans) => {
                let since = hour_ms(batch, row);
                since.is_some_and(|ms| spans.iter().any(|span| span.contains(&ms)))
            }
            Node::Media => MEDIA.is_match(batch.folded.value(row)),
            Node::Photo => PHOTO.is_match(batch.folded.value(row)),
            Node::Text(sought) => self.holds(sought, row),
            Node::Regex(pattern, scope) => self.matches(pattern, scope, row),
            Node::Owned(spellings) => {
                let mut fields = self.fields(row).iter();
                batch.values.value(row).split(SEPARATOR).any(|value| {
                    fields.next().is_some_and(|field| spellings.stand_in(*field) && spellings.are_in(*field, value))
                })
            }
            Node::Always => true,
            Node::Never | Node::All(_) | Node::Any(_) | Node::Not(_) => false,
        }
    }

    fn holds(&self, sought: &Sought, row: usize) -> bool {
        let folded = self.batch.folded.value(row);
        if sought.finder.find(folded.as_bytes()).is_none() {
            return false;
        }
        let Some(scope) = &sought.scope else { return sought.needle.stands_in(self.batch.values.value(row)) };
        let written = self.batch.values.value(row).split(SEPARATOR);
        folded.split(SEPARATOR).zip(written).zip(self.fields(row)).any(|((folded, written), field)| {
            scope.holds(*field) && sought.finder.find(folded.as_bytes()).is_some() && sought.needle.stands_in(written)
        })
    }

    fn matches(&self, pattern: &Pattern, scope: &Scope, row: usize) -> bool {
        let values = self.batch.values.value(row);
        let Some(scope) = scope else { return pattern.is_in(values) };
        let mut pairs = values.split(SEPARATOR).zip(self.fields(row));
        pairs.any(|(value, field)| scope.holds(*field) && pattern.is_match(value))
    }

    fn fields(&self, row: usize) -> &'a [u32] {
        self.catalog.shapes.get(self.batch.shape[row] as usize).map_or(&[], |shape| shape.fields.as_slice())
    }
}

/// The wall clock of a row as written, in milliseconds.
pub fn wall_ms(batch: &Batch<'_>, row: usize) -> Option<i64> {
    /// Codes of zones above this are markers: unknown, or only a day.
    const LAST_OFFSET: i16 = i16::MAX - 2;
    let ms = *batch.time.get(row).filter(|ms| **ms != i64::MIN)?;
    let zone = *batch.zone.get(row)?;
    Some(if zone > LAST_OFFSET { ms } else { ms.saturating_add(i64::from(zone) * 60_000) })
}

/// Milliseconds since midnight of the wall clock; `None` without a time, or if only the day is known.
fn hour_ms(batch: &Batch<'_>, row: usize) -> Option<i64> {
    const DAY: i64 = 86_400_000;
    let time = batch.time_of(row)?;
    (time.zone != Zone::Day).then(|| wall_ms(batch, row)).flatten().map(|ms| ms.rem_euclid(DAY))
}

/// Bytes of folded text of some rows.
pub fn folded_bytes(batch: &Batch<'_>, rows: &Range<usize>) -> usize {
    let offsets = batch.folded.value_offsets();
    let at = |row: usize| offsets.get(row).map_or(0, |offset| *offset as usize);
    at(rows.end).saturating_sub(at(rows.start))
}

fn end_of(ends: &[i32], row: usize) -> usize {
    ends.get(row.min(ends.len().saturating_sub(1))).map_or(0, |end| *end as usize)
}

/// The row that holds a byte, at or behind `from`: mostly one of the next few.
fn row_of(ends: &[i32], from: usize, byte: usize) -> usize {
    const NEAR: usize = 8;
    let is_before = |end: &i32| *end as usize <= byte;
    let ahead = ends.get(from + 1..).unwrap_or_default();
    match ahead.iter().take(NEAR).position(|end| !is_before(end)) {
        Some(near) => from + near,
        None => from + ahead.partition_point(is_before),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_know_their_rows() {
        let mut bits = Bits::NONE;
        for row in [0, 63, 64, 4095] {
            bits.set(row);
        }
        assert_eq!(bits.rows().collect::<Vec<_>>(), [0, 63, 64, 4095]);
        assert_eq!(
            (bits.next(1), bits.next(64), bits.next(65), bits.next(4096)),
            (Some(63), Some(64), Some(4095), None)
        );
        assert_eq!(Bits::first(70).count(), 70);
        assert_eq!(Bits::first(4096).count(), 4096);
        assert!(Bits::first(0).is_empty());
    }

    #[test]
    fn media_are_told_by_the_ends_of_their_names() {
        for (text, is_media) in
            [("img-1.jpg (file attached)", true), ("a.jpgx", false), ("x.opus", true), ("jpg", false)]
        {
            assert_eq!(MEDIA.is_match(text), is_media, "{text}");
        }
    }

    #[test]
    fn the_row_of_a_byte_is_found_near_and_far() {
        let ends: Vec<i32> = (0..=100).map(|row| row * 10).collect();
        for (from, byte, row) in [(0, 0, 0), (0, 9, 0), (0, 10, 1), (5, 75, 7), (0, 999, 99), (3, 555, 55)] {
            assert_eq!(row_of(&ends, from, byte), row, "{from} {byte}");
        }
        assert_eq!(row_of(&[0, 0, 0, 5], 0, 0), 2);
    }
}
