//! Where the keys of the map lead.

use super::fixture::Driver;
use tellall::tui::look::{Look, Shown};
use tellall::tui::{Effect, Msg};

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

/// Coasts are drawn as far as they are told by enough points; closer, the degrees of the squares are.
#[test]
fn the_closest_squares_have_degrees_in_place_of_a_coast() {
    let mut driver = Driver::sized(100, 30);
    driver.press("gl++++");
    assert!(driver.shows("squares 56 km high") && !driver.shows("· 51."), "{}", driver.shown());
    let coast = |driver: &Driver| driver.shown().contains(|c| ('\u{2801}'..='\u{28ff}').contains(&c));
    assert!(coast(&driver), "{}", driver.shown());
    driver.press("+");
    assert!(driver.shows("squares 11 km high") && driver.shows("· 51.50") && !coast(&driver), "{}", driver.shown());
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
    assert!(
        driver.shows("Map  [WhatsApp]")
            && driver.shows("None of these records tells where it was made. c shows those of all records"),
        "{}",
        driver.shown()
    );
    driver.press("c");
    assert!(!driver.shows("[WhatsApp]") && driver.shows("20,820 records tell where"), "{}", driver.shown());
    driver.press("\u{1b}");
    assert!(driver.shows("Years × months"), "{}", driver.shown());
}

#[test]
fn hidden_places_show_neither_as_degrees_nor_on_the_map() {
    for size in [(100, 30), (40, 12)] {
        let mut driver = Driver::new(Look { values: Shown::Hidden, ..Look::default() }, size.0, size.1);
        for keys in ["gl", "+++", "#", "\n"] {
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
