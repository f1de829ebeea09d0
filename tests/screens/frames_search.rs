//! What searching looks like: marks, facets, popups, and what is said where nothing was found.

use super::fixture::Driver;
use tellall::tui::Msg;
use tellall::tui::keys::Key;
use tellall::tui::look::{Ink, Look, Strokes};

const SIZES: [(u16, u16); 4] = [(100, 30), (80, 24), (60, 20), (40, 12)];

/// Presses keys, `^` and a letter for Ctrl and that letter.
fn press(driver: &mut Driver, keys: &str) {
    let mut parts = keys.split('^');
    driver.press(parts.next().unwrap_or_default());
    for part in parts {
        let mut letters = part.chars();
        let ctrl = letters.next().expect("a letter behind ^");
        driver.send(Msg::Key(Key::Ctrl(ctrl))).press(letters.as_str());
    }
}

fn check(name: &str, keys: &str) {
    for (width, height) in SIZES {
        let mut driver = Driver::sized(width, height);
        press(&mut driver, keys);
        compare(name, &driver);
        if (width, height) == SIZES[0] {
            styles(name, &driver);
        }
    }
    for (kind, look) in [
        ("mono", Look { ink: Ink::Mono, ..Look::default() }),
        ("ascii", Look { strokes: Strokes::Ascii, ..Look::default() }),
    ] {
        let mut driver = Driver::new(look, 80, 24);
        press(&mut driver, keys);
        compare(&format!("{name}_{kind}"), &driver);
    }
}

fn compare(name: &str, driver: &Driver) {
    let (width, height) = driver.model.size;
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "../snapshots" }, {
        insta::assert_snapshot!(format!("{name}_{width}x{height}"), driver.shown());
    });
}

fn styles(name: &str, driver: &Driver) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "../snapshots" }, {
        insta::assert_debug_snapshot!(format!("{name}_styles"), driver.frame().0);
    });
}

#[test]
fn search_with_marked_records() {
    check("search_marked", "/lunch\n j ");
}

#[test]
fn search_with_a_company_left_out() {
    check("search_left_out", "/lunch\nFx");
}

#[test]
fn search_asks_what_to_leave_out() {
    check("search_not_like", "/lunch\nx");
}

#[test]
fn search_without_a_result() {
    check("search_nothing", "/nothing co:whatsapp kind:payment\n");
}

#[test]
fn searches_remembered() {
    check("searches", "/lunch poll\n^sfood\n/\u{1b}train co:whatsapp\n^r");
}

#[test]
fn help_of_the_language() {
    check("help_queries", "/lunch\n?query");
}

#[test]
fn export_of_marked_records() {
    check("export_marked", "/lunch\n  e");
}
