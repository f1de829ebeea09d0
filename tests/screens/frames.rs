//! What each screen looks like, at the sizes where it reflows.

use super::fixture::Driver;
use tellall::tui::look::{Ink, Look, Shown, Strokes};

const SIZES: [(u16, u16); 3] = [(100, 30), (80, 24), (40, 12)];

/// Compares a screen, reached by keys, with its snapshots: with styles at the largest size, as text at the others.
fn check(name: &str, keys: &str) {
    for (width, height) in SIZES {
        let mut driver = Driver::sized(width, height);
        driver.press(keys);
        compare(name, &driver);
    }
}

fn compare(name: &str, driver: &Driver) {
    let (width, height) = driver.model.size;
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "../snapshots" }, {
        insta::assert_snapshot!(format!("{name}_{width}x{height}"), driver.shown());
    });
}

#[test]
fn overview() {
    check("overview", "");
}

#[test]
fn overview_as_a_matrix() {
    check("overview_matrix", "vl");
}

#[test]
fn fields_of_a_company_with_a_field_selected() {
    check("fields", "\njjljj");
}

#[test]
fn search_with_results() {
    check("search", "/lunch↓");
}

#[test]
fn search_while_typing_a_name() {
    check("search_offers", "/phone");
}

#[test]
fn search_with_a_mistake() {
    check("search_mistake", "/lunch after:x");
}

#[test]
fn search_narrowed_by_facets() {
    check("search_facets", "/lunch\nF\n");
}

#[test]
fn identifiers() {
    check("ids", "6l");
}

#[test]
fn record_behind_an_identifier() {
    check("record", "6\n\n");
}

#[test]
fn ledger() {
    check("ledger", "uG");
}

#[test]
fn help() {
    check("help", "?");
}

#[test]
fn palette() {
    check("palette", ":hide");
}

#[test]
fn question_before_an_import_is_stopped() {
    let mut driver = Driver::sized(80, 24);
    driver.model.work.running = true;
    driver.press("q");
    compare("confirm", &driver);
}

#[test]
fn welcome() {
    for (width, height) in SIZES {
        compare("welcome", &Driver::empty(width, height));
    }
}

#[test]
fn search_without_colour_marks_matches_by_signs() {
    let mut driver = Driver::new(Look { ink: Ink::Mono, ..Look::default() }, 80, 24);
    driver.press("/lunch↓");
    compare("search_mono", &driver);
}

#[test]
fn overview_in_ascii() {
    let mut driver = Driver::new(Look { strokes: Strokes::Ascii, ..Look::default() }, 100, 30);
    compare("overview_ascii", &driver);
    driver.press("6");
    assert!(driver.shown().is_ascii(), "{}", driver.shown());
}

#[test]
fn record_with_values_hidden() {
    let mut driver = Driver::new(Look { values: Shown::Hidden, ..Look::default() }, 80, 24);
    driver.press("6\n\n");
    compare("record_hidden", &driver);
    assert!(!driver.shows("Rosa Quill") && !driver.shows("900123"));
}

#[test]
fn styles_of_the_matrix_and_of_matches() {
    for (name, keys) in [("styles_overview", "v"), ("styles_search", "/lunch↓")] {
        let mut driver = Driver::sized(80, 24);
        driver.press(keys);
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "../snapshots" }, {
            insta::assert_debug_snapshot!(name, driver.frame().0);
        });
    }
}
