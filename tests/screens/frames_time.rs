//! Where the keys of the Time screen lead.

use super::fixture::Driver;
use tellall::tui::Effect;
use tellall::tui::look::{Look, Shown};

#[test]
fn a_date_is_typed_and_gone_to() {
    let mut driver = Driver::sized(100, 30);
    driver.press("4t2019-05-03\n");
    assert!(driver.shows("2019 › May › 3") && driver.shows("Friday 3 May 2019"), "{}", driver.shown());
    driver.press("]");
    assert!(driver.shows("Saturday 4 May 2019"), "{}", driver.shown());
    driver.press("--[");
    assert!(driver.shows("2018: "), "{}", driver.shown());
    driver.press("tsoon\n");
    assert!(driver.shows("that is no date"), "{}", driver.shown());
}

#[test]
fn moving_in_the_grid_moves_the_period() {
    let mut driver = Driver::sized(100, 30);
    driver.press("4t2019-03\nh");
    assert!(driver.shows("February 2019: 0 records"), "{}", driver.shown());
    driver.press("k");
    assert!(driver.shows("2018 › February"), "{}", driver.shown());
    driver.press("gg");
    assert!(driver.shows("2016 › February"), "{}", driver.shown());
}

#[test]
fn a_lane_alone_is_kept_as_a_chip_until_it_is_cleared() {
    let mut driver = Driver::sized(100, 30);
    driver.press("4\t\n");
    assert!(driver.shows("[Facebook]") && !driver.shows("WhatsApp     "), "{}", driver.shown());
    driver.press("\u{1b}");
    assert!(driver.shows("[Facebook]"), "{}", driver.shown());
    driver.press("c");
    assert!(driver.shows("all records"), "{}", driver.shown());
}

#[test]
fn a_search_begins_with_the_period_and_the_chip() {
    let mut driver = Driver::sized(100, 30);
    driver.press("4t2019-05\n\t\n/lunch");
    assert!(driver.shows("on:2019-05 co:facebook lunch"), "{}", driver.shown());
}

#[test]
fn records_without_time_are_listed_and_left_again() {
    let mut driver = Driver::sized(100, 30);
    driver.press("4u");
    assert!(driver.shows("No usable time") && driver.shows("first 1 of 41 records"), "{}", driver.shown());
    driver.press("\u{1b}");
    assert!(!driver.shows("No usable time") && driver.shows("90 records"), "{}", driver.shown());
}

#[test]
fn more_records_are_read_when_somebody_goes_there_and_one_is_opened() {
    let mut driver = Driver::sized(100, 30);
    driver.press("4\nGG");
    let asked = driver.shown();
    assert!(asked.contains("lunch"), "{asked}");
    driver.press("\n");
    assert!(driver.shows("WhatsApp Chat with Family.txt"), "{}", driver.shown());
}

#[test]
fn hidden_texts_and_names_do_not_show() {
    let mut driver = Driver::new(Look { values: Shown::Hidden, ..Look::default() }, 100, 30);
    driver.press("4\n");
    assert!(!driver.shows("lunch") && !driver.shows("Mum"), "{}", driver.shown());
}

#[test]
fn another_clock_counts_anew() {
    let mut driver = Driver::sized(100, 30);
    driver.press("4Z");
    assert!(driver.shows("times: UTC"), "{}", driver.shown());
    assert!(!driver.wanted.iter().any(|effect| matches!(effect, Effect::Hours { .. })));
}

#[test]
fn an_empty_index_says_how_to_fill_it() {
    let mut driver = Driver::empty(80, 24);
    driver.press("4");
    assert!(driver.shows("Nothing imported yet"), "{}", driver.shown());
}
