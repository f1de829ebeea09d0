//! What companies hold of the records that are meant: the first screens, narrowed.

use super::fields::fields_meant;
use super::live::live_of;
use super::matrix::matrix_of;
use super::only::Only;
use super::overview::overview_of;
use super::{CompanyOverview, FieldHeld, Matrix};
use crate::index::Store;

/// Companies, categories and fields, with the numbers of what is meant alone.
#[derive(Debug, Clone)]
pub struct Held {
    pub only: Only,
    pub companies: Vec<CompanyOverview>,
    pub matrix: Matrix,
    pub fields: Vec<FieldHeld>,
}

/// Walks all records that are meant once.
pub fn held(store: &Store, only: &Only) -> Held {
    let segments = live_of(store, only);
    Held {
        companies: overview_of(&segments, only),
        matrix: matrix_of(&segments, only),
        fields: fields_meant(&segments, only),
        only: only.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Kind;
    use crate::report::tests::stored;
    use crate::report::{FieldFilter, Period, Values, fields, matrix, overview};

    const CHAT: &str = "31/12/2023, 23:50 - Ben Okafor: Happy new year\n\
                        01/01/2024, 00:02 - Rosa Quill: You too\n\
                        13/02/2024, 09:14 - Ben Okafor: Did the bakery reopen?\n";

    fn chat() -> (tempfile::TempDir, Store) {
        stored("whatsapp", &[("WhatsApp Chat with Ben Okafor.txt", CHAT)])
    }

    fn of(period: &str) -> Only {
        Only { period: Period::read(period), kind: Some(Kind::Message), ..Only::default() }
    }

    #[test]
    fn without_narrowing_it_is_what_the_reports_say() {
        let (_home, store) = chat();
        let all = held(&store, &Only::default());
        assert_eq!(all.companies, overview(&store));
        assert_eq!(all.matrix.rows.len(), matrix(&store).rows.len());
        assert_eq!(all.fields.len(), fields(&store, &FieldFilter::default(), Values::Shown).len());
    }

    #[test]
    fn only_the_records_of_a_period_are_counted() {
        let (_home, store) = chat();
        for (period, records, months) in [("2023", 1, 1), ("2024", 2, 2), ("2024-02", 1, 1)] {
            let held = held(&store, &of(period));
            assert_eq!(held.companies.iter().map(|company| company.records).collect::<Vec<_>>(), [records], "{period}");
            assert_eq!(held.companies[0].months.len(), months, "{period}");
            assert!(held.fields.iter().all(|field| (1..=records).contains(&field.records)), "{period}");
            assert!(held.companies[0].first.as_deref().is_some_and(|first| first.starts_with(period)), "{period}");
        }
        let nothing = held(&store, &of("2022"));
        assert!(nothing.companies.is_empty() && nothing.matrix.rows.is_empty() && nothing.fields.is_empty());
    }

    #[test]
    fn only_one_category_stays_with_its_records_and_fields() {
        let (_home, store) = chat();
        let label = matrix(&store).rows[0].category_label.clone();
        let held = held(&store, &Only { category: Some(label.clone()), ..Only::default() });
        assert_eq!(held.matrix.rows.iter().map(|row| &row.category_label).collect::<Vec<_>>(), [&label]);
        assert!(!held.fields.is_empty() && held.fields.iter().all(|field| field.category_label == label));
        let row = &held.matrix.rows[0];
        assert_eq!(row.cells[0].as_ref().map(|cell| cell.records), Some(held.companies[0].records));
        assert_eq!(row.cells[0].as_ref().map(|cell| cell.fields), Some(held.companies[0].fields));
    }
}
