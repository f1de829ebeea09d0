//! Marked rows of lists, to be exported together: kept through other searches and filters, until they are unmarked.

use crate::query::Place;
use crate::tui::canvas::Cell;
use crate::tui::words::count;
use std::collections::HashSet;

/// What a row stands for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Marked {
    Record(Place),
    /// Several records that prove one thing.
    Records {
        name: String,
        places: Vec<Place>,
    },
    /// All records that a query finds.
    Found(String),
}

/// Rows that a person marked, in the order of marking.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    rows: Vec<Marked>,
    known: HashSet<Marked>,
    /// Where the last mark was set or taken, as the row it had: a range begins there.
    anchor: Option<usize>,
}

impl Marks {
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn holds(&self, marked: &Marked) -> bool {
        self.known.contains(marked)
    }

    /// The records that are marked one by one, each once.
    pub fn places(&self) -> Vec<Place> {
        let mut seen = HashSet::new();
        let all = self.rows.iter().flat_map(|marked| match marked {
            Marked::Record(place) => std::slice::from_ref(place),
            Marked::Records { places, .. } => places,
            Marked::Found(_) => &[],
        });
        all.filter(|place| seen.insert(*place)).cloned().collect()
    }

    /// A query for what is marked by queries.
    pub fn query(&self) -> Option<String> {
        let queries: Vec<&str> = self
            .rows
            .iter()
            .filter_map(|marked| match marked {
                Marked::Found(query) => Some(query.as_str()),
                Marked::Record(_) | Marked::Records { .. } => None,
            })
            .collect();
        match queries.as_slice() {
            [] => None,
            [one] => Some((*one).to_owned()),
            several => Some(several.iter().map(|query| format!("({query})")).collect::<Vec<_>>().join(" OR ")),
        }
    }

    /// `2 records`, `3 rows`
    pub fn words(&self) -> String {
        let records = self.rows.iter().all(|marked| matches!(marked, Marked::Record(_)));
        count(self.rows.len() as u64, if records { "record" } else { "row" })
    }

    /// Marks a row, or unmarks it; `row` is where it stands now.
    pub fn turn(&mut self, marked: Marked, row: usize) {
        self.anchor = Some(row);
        if self.known.remove(&marked) {
            self.rows.retain(|known| *known != marked);
        } else {
            self.add([marked]);
        }
    }

    /// Marks rows that are not marked yet.
    pub fn add(&mut self, rows: impl IntoIterator<Item = Marked>) {
        for marked in rows {
            if self.known.insert(marked.clone()) {
                self.rows.push(marked);
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

    /// Puts `[x]` or `[ ]` before a row as soon as something is marked; what cannot be marked has a blank there. Only the list
    /// that has the keys shows them.
    pub fn tick(&self, focused: bool, marked: Option<&Marked>, cells: &mut Vec<Cell<'_>>) {
        if focused && !self.is_empty() {
            let text = marked.map_or("", |marked| if self.holds(marked) { "[x]" } else { "[ ]" });
            cells.insert(0, Cell::new(text, TICK));
        }
    }

    /// Columns that the ticks take of a row.
    pub fn width(&self, focused: bool) -> u16 {
        if focused && !self.is_empty() { TICK + 1 } else { 0 }
    }

    /// `3 records marked · `, for the status row.
    pub fn note(&self) -> String {
        if self.is_empty() { String::new() } else { format!("{} marked · ", self.words()) }
    }
}

const TICK: u16 = 3;

#[cfg(test)]
mod tests {
    use super::*;

    fn place(place: &str) -> Place {
        Place { export: "x-1".into(), entry: "a.json".into(), place: place.into() }
    }

    #[test]
    fn a_record_that_several_rows_stand_for_is_written_once() {
        let mut marks = Marks::default();
        let proof = Marked::Records { name: "+447700900123".into(), places: vec![place("[0]"), place("[1]")] };
        marks.add([Marked::Record(place("[1]")), proof.clone(), Marked::Record(place("[1]"))]);
        assert_eq!(marks.places(), [place("[1]"), place("[0]")]);
        assert_eq!((marks.words().as_str(), marks.query()), ("2 rows", None));
        marks.turn(proof, 0);
        assert_eq!((marks.places(), marks.words().as_str()), (vec![place("[1]")], "1 record"));
    }

    #[test]
    fn queries_are_joined_so_that_any_of_them_holds() {
        let mut marks = Marks::default();
        marks.turn(Marked::Found("co:x field:a".into()), 3);
        assert_eq!(marks.query().as_deref(), Some("co:x field:a"));
        marks.turn(Marked::Found("co:x field:b".into()), 5);
        assert_eq!(marks.query().as_deref(), Some("(co:x field:a) OR (co:x field:b)"));
        assert_eq!(marks.range_start(9), 5);
    }
}
