//! Marked records: kept through other searches, until they are unmarked.

use crate::query::Place;

/// Records that a person marked, in the order of marking.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    places: Vec<Place>,
    /// Where the last mark was set or taken, as the row it had: a range begins there.
    anchor: Option<usize>,
}

impl Marks {
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    pub fn holds(&self, place: &Place) -> bool {
        self.places.contains(place)
    }

    /// Marks a record, or unmarks it; `row` is where it stands now.
    pub fn turn(&mut self, place: Place, row: usize) {
        self.anchor = Some(row);
        match self.places.iter().position(|known| *known == place) {
            Some(at) => {
                self.places.remove(at);
            }
            None => self.places.push(place),
        }
    }

    /// Marks records that are not marked yet.
    pub fn add(&mut self, places: impl IntoIterator<Item = Place>) {
        for place in places {
            if !self.holds(&place) {
                self.places.push(place);
            }
        }
    }

    /// The row where a range that ends at `row` begins.
    pub fn range_start(&mut self, row: usize) -> usize {
        *self.anchor.get_or_insert(row)
    }

    /// The rows are others now; the marks stay.
    pub fn forget_rows(&mut self) {
        self.anchor = None;
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }
}
