//! What the map looks like, and where its keys lead.

use super::fixture::Driver;
use tellall::tui::look::{Ink, Look, Shown, Strokes};
use tellall::tui::{Effect, Msg};

const SIZES: [(u16, u16); 4] = [(100, 30), (80, 24), (60, 20), (40, 12)];

fn check(name: &str, look: Look, keys: &str) {
    for (width, height) in SIZES {
        let mut driver = Driver::new(look, width, height);
        driver.press(keys);
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "../snapshots" }, {
            insta::assert_snapshot!(format!("{name}_{width}x{height}"), driver.shown());
        });
    }
}

fn ascii() -> Look {
    Look { strokes: Strokes::Ascii, ..Look::default() }
}

#[test]
fn map() {
    check("map", Look::default(), "gl");
}

#[test]
fn map_close() {
    check("map_close", Look::default(), "gl+++++");
}

#[test]
fn map_as_text() {
    check("map_text", Look::default(), "gl++#");
}

#[test]
fn map_records() {
    check("map_records", Look::default(), "gl\n");
}

#[test]
fn map_without_colour() {
    check("map_mono", Look { ink: Ink::Mono, ..Look::default() }, "gl");
}

#[test]
fn map_in_ascii() {
    check("map_ascii", ascii(), "gl");
    let mut driver = Driver::new(ascii(), 80, 24);
    driver.press("gl");
    assert!(driver.shown().is_ascii(), "{}", driver.shown());
}

#[test]
fn styles_of_the_map() {
    for (name, ink) in [("map_styles", Ink::Colour), ("map_styles_mono", Ink::Mono)] {
        let mut driver = Driver::new(Look { ink, ..Look::default() }, 80, 24);
        driver.press("gl++++++");
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "../snapshots" }, {
            insta::assert_debug_snapshot!(name, driver.frame().0);
        });
    }
}

#[test]
fn zooming_in_leads_to_where_most_records_are_and_out_again() {
    let mut driver = Driver::sized(100, 30);
    driver.press("4m");
    assert!(
        driver.shows("near 51.39, -2.35: 20,749 records") && driver.shows("squares 3,336 km high"),
        "{}",
        driver.shown()
    );
    driver.press("+++++++");
    assert!(
        driver.shows("squares 1,112 m high") && driver.shows("near 51.380, -2.360: 18,204 records"),
        "{}",
        driver.shown()
    );
    driver.press("+++++++");
    assert!(driver.shows("squares 111 m high"), "{}", driver.shown());
    driver.press(&"-".repeat(20));
    assert!(driver.shows("squares 6,672 km high"), "{}", driver.shown());
}

#[test]
fn arrows_go_from_square_to_square_and_brackets_to_those_that_hold_records() {
    let mut driver = Driver::sized(100, 30);
    driver.press("gl]");
    let second = driver.shown();
    driver.press("h");
    assert!(driver.shows("no record in this square"), "{}", driver.shown());
    driver.press("[l");
    driver.press("gg]");
    assert!(second.contains("near "), "{second}");
    driver.press("hhhhhhhhhhhhhhhhhhhhhhhjjjjjjjjjjj");
    let (buffer, cursor) = driver.frame();
    assert!(buffer.area.contains(cursor));
}

#[test]
fn enter_lists_the_records_of_the_square_and_one_is_opened() {
    let mut driver = Driver::sized(100, 30);
    driver.press("gl#j\n");
    assert!(driver.shows("61 records"), "{}", driver.shown());
    driver.press("jj\n");
    assert!(driver.shows("WhatsApp Chat with Family.txt"), "{}", driver.shown());
    driver.press("\u{1b}\u{1b}k");
    assert!(!driver.shows("lunch"), "{}", driver.shown());
}

#[test]
fn the_chip_of_the_time_screen_goes_along_until_it_is_cleared() {
    let mut driver = Driver::sized(100, 30);
    driver.press("4\tj\nm");
    assert!(driver.shows("Map  [WhatsApp]") && driver.shows("No record tells where"), "{}", driver.shown());
    driver.press("c");
    assert!(!driver.shows("[WhatsApp]") && driver.shows("20,820 records tell where"), "{}", driver.shown());
    driver.press("\u{1b}");
    assert!(driver.shows("Years × months"), "{}", driver.shown());
}

#[test]
fn hidden_places_show_nowhere() {
    for (width, height) in SIZES {
        let mut driver = Driver::new(Look { values: Shown::Hidden, ..Look::default() }, width, height);
        for keys in ["gl", "+++", "#", "\n", "y"] {
            driver.press(keys);
            assert!(!driver.shows("51.") && !driver.shows("-2."), "{}", driver.shown());
            assert!(driver.shown().chars().all(|c| !('\u{2801}'..='\u{28ff}').contains(&c)), "{}", driver.shown());
        }
    }
}

#[test]
fn an_answer_to_an_older_question_changes_nothing() {
    let mut driver = Driver::sized(100, 30);
    driver.press("gl");
    let before = driver.shown();
    let nothing = std::sync::Arc::new(tellall::report::Places::default());
    driver.send(Msg::Reply { ask: 0, reply: Box::new(tellall::tui::Reply::Places(nothing)) });
    assert_eq!(driver.shown(), before);
    assert!(!driver.wanted.iter().any(|effect| matches!(effect, Effect::Places { .. })));
}

#[test]
fn an_empty_index_says_how_to_fill_it() {
    let mut driver = Driver::empty(80, 24);
    driver.press("gl");
    assert!(driver.shows("Nothing imported yet"), "{}", driver.shown());
}
