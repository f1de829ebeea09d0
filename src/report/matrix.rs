//! Category × company.

use super::fields::{by_field, category_of};
use super::live::{Live, Tally, live, printed};
use super::only::Only;
use super::{Matrix, MatrixCell, MatrixRow};
use crate::classify;
use crate::index::Store;
use crate::record::Origin;
use std::collections::{BTreeMap, BTreeSet};

/// What one company holds of one category.
#[derive(Debug, Default)]
struct Cell {
    fields: BTreeSet<(String, String)>,
    origins: BTreeSet<Origin>,
    tally: Tally,
}

/// The matrix: companies by records, categories in the vocabulary's order, what is not understood last.
pub fn matrix(store: &Store) -> Matrix {
    matrix_of(&live(store), &Only::default())
}

/// The same of what is meant; companies and categories that hold nothing of it are left out.
pub fn matrix_of(segments: &[Live<'_>], only: &Only) -> Matrix {
    let mut cells: BTreeMap<(String, String), Cell> = BTreeMap::new();
    let mut totals: BTreeMap<String, u64> = BTreeMap::new();
    for one in segments {
        let company = &one.segment.manifest.company;
        *totals.entry(company.clone()).or_default() += one.shapes.iter().map(|tally| tally.records).sum::<u64>();
        for (category, cell) in cells_of(one) {
            let sum = cells.entry((category, company.clone())).or_default();
            sum.fields.extend(cell.fields);
            sum.origins.extend(cell.origins);
            sum.tally.add(cell.tally);
        }
    }
    totals.retain(|_, records| only.is_all() || *records > 0);
    cells.retain(|_, cell| only.is_all() || cell.tally.records > 0);
    let mut companies: Vec<String> = totals.keys().cloned().collect();
    companies.sort_by_key(|company| (std::cmp::Reverse(totals[company]), company.clone()));
    let mut rows = rows(&companies, &cells);
    rows.retain(|row| only.category.as_ref().is_none_or(|only| *only == row.category_label));
    Matrix { companies, rows }
}

/// A segment's cells: each record counts once for a category, however many fields of it it fills.
fn cells_of(one: &Live<'_>) -> BTreeMap<String, Cell> {
    let catalog = &one.segment.catalog;
    let held = by_field(one);
    let mut cells: BTreeMap<String, Cell> = BTreeMap::new();
    for (field, _) in catalog.fields.iter().zip(&held).filter(|(_, tally)| tally.records > 0) {
        let cell = cells.entry(category_of(field).0).or_default();
        cell.fields.insert((super::fields::section_of(one, field).0, field.path.clone()));
        cell.origins.insert(field.origin);
    }
    for (shape, tally) in catalog.shapes.iter().zip(&one.shapes) {
        let fields = shape.fields.iter().filter_map(|&field| catalog.fields.get(field as usize));
        let categories: BTreeSet<String> = fields.map(|field| category_of(field).0).collect();
        for category in categories {
            cells.entry(category).or_default().tally.add(*tally);
        }
    }
    cells
}

fn rows(companies: &[String], cells: &BTreeMap<(String, String), Cell>) -> Vec<MatrixRow> {
    let mut categories: Vec<(String, String, bool)> = classify::categories()
        .iter()
        .map(|category| (category.id.clone(), category.label.clone(), category.special == classify::Special::Article9))
        .collect();
    categories.push((super::fields::OTHER.0.to_owned(), super::fields::OTHER.1.to_owned(), false));
    let row = |(category, category_label, special): (String, String, bool)| MatrixRow {
        cells: companies
            .iter()
            .map(|company| cells.get(&(category.clone(), company.clone())).map(printed_cell))
            .collect(),
        category,
        category_label,
        special,
    };
    categories.into_iter().map(row).filter(|row| row.cells.iter().any(Option::is_some)).collect()
}

fn printed_cell(cell: &Cell) -> MatrixCell {
    MatrixCell {
        fields: cell.fields.len() as u64,
        records: cell.tally.records,
        origins: cell.origins.iter().copied().collect(),
        first: printed(cell.tally.first),
        last: printed(cell.tally.last),
    }
}
