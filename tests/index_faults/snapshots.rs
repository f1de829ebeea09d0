//! What several exports of one account hold twice.

use super::*;

fn snapshot(store: &Store, account: Option<&str>, as_of: &str, texts: &[&str]) {
    import(store, manifest(&format!("example-{as_of}"), account, as_of), None, texts);
}

/// What is left of each snapshot, newest last, when records of newer ones are taken out.
fn left(place: &Place) -> Vec<Vec<String>> {
    let store = place.store();
    let of = |at: usize| {
        let all = texts(&store.segments[at]);
        let rows = store.shadowed(at);
        let kept = all.into_iter().enumerate().filter(|(row, _)| rows.is_none_or(|rows| !rows.contains(0, *row)));
        kept.map(|(_, text)| text).collect()
    };
    (0..store.segments.len()).map(of).collect()
}

#[test]
fn a_record_of_two_snapshots_counts_once_in_the_newer() {
    let place = Place::new();
    // The newer one is imported first: what counts is the date.
    snapshot(&place.store(), Some("rosa"), "2026-02-01", &["two", "three"]);
    snapshot(&place.store(), Some("rosa"), "2026-01-01", &["one", "two"]);
    assert_eq!(left(&place), [vec!["one"], vec!["two", "three"]]);
    let store = place.store();
    let rows = store.shadowed(0).expect("one is in both");
    assert_eq!((rows.count(), rows.words(0)), (1, &[0b10][..]));
    assert_eq!(store.shadowed(1), None);
}

#[test]
fn equal_records_are_matched_one_to_one() {
    let place = Place::new();
    snapshot(&place.store(), Some("rosa"), "2026-01-01", &["ok", "ok", "ok"]);
    snapshot(&place.store(), Some("rosa"), "2026-02-01", &["ok"]);
    snapshot(&place.store(), Some("rosa"), "2026-03-01", &["ok", "ok"]);
    assert_eq!(left(&place), [vec!["ok"], vec![], vec!["ok", "ok"]]);
}

#[test]
fn exports_of_other_or_unknown_accounts_are_no_snapshots() {
    let place = Place::new();
    snapshot(&place.store(), Some("rosa"), "2026-01-01", &["a"]);
    snapshot(&place.store(), Some("ben"), "2026-02-01", &["a"]);
    snapshot(&place.store(), None, "2026-03-01", &["a"]);
    snapshot(&place.store(), None, "2026-04-01", &["a"]);
    assert_eq!(left(&place), [["a"]; 4]);
}
