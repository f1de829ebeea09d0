//! No size breaks a screen, and the terminal's cursor always is somewhere that makes sense.

use super::fixture::{Driver, progress};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tellall::tui::draw::forbidden;
use tellall::tui::{Msg, view};

/// Ways to every screen.
const WAYS: [&str; 32] = [
    "",
    "vl",
    "w",
    "ww",
    "\njjljj\n",
    "/lunch↓",
    "/phone",
    "/lunch\nF",
    "/lunch\nFx",
    "/lunch\n  x",
    "/lunch\n  ennn",
    "/l",
    "/nothing co:x\n",
    "6l",
    "6\n\n",
    "u",
    "?",
    ":",
    "I",
    "5",
    "5v",
    "5vv",
    "5v\n",
    "5vj\ngg",
    "5v\nt20",
    "4",
    "4++#",
    "4\n",
    "4-u",
    "4t2019",
    "gh",
    "gh\njf",
];

fn check(driver: &Driver) {
    let (buffer, cursor) = driver.frame();
    assert_eq!(forbidden(&buffer), None);
    assert!(buffer.area.is_empty() || buffer.area.contains(cursor), "{cursor:?} of {:?}", buffer.area);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_size_breaks_a_screen(width in 0u16..301, height in 0u16..101, way in 0usize..WAYS.len()) {
        for mut driver in [Driver::sized(width, height), Driver::empty(width, height)] {
            driver.press(WAYS[way]);
            check(&driver);
            driver.send(Msg::Progress(progress())).send(Msg::Click { x: width / 2, y: height / 2 });
            check(&driver);
        }
    }

    #[test]
    fn no_change_of_size_breaks_a_screen(sizes in prop::collection::vec((0u16..140, 0u16..45), 1..12), way in 0usize..WAYS.len()) {
        let mut driver = Driver::sized(100, 30);
        driver.press(WAYS[way]);
        for (width, height) in sizes {
            driver.send(Msg::Resize { width, height });
            check(&driver);
        }
    }

    #[test]
    fn no_keys_break_a_screen(keys in "[\\PC\n\t\u{1b}]{0,40}") {
        let mut driver = Driver::sized(80, 24);
        driver.press(&keys);
        check(&driver);
    }
}

#[test]
fn a_terminal_too_small_says_so_and_grows_back() {
    let mut driver = Driver::sized(36, 10);
    assert_eq!(driver.row(0), "36x10 is too small: needs 40x12");
    driver.send(Msg::Resize { width: 80, height: 24 });
    assert!(driver.shows("Who holds what"));
}

#[test]
fn a_frame_of_another_size_than_the_model_knows_is_no_fault() {
    let driver = Driver::sized(80, 24);
    let mut buffer = Buffer::empty(Rect::new(0, 0, 100, 3));
    view(&driver.model, &mut buffer);
}

#[test]
fn the_cursor_is_on_the_selected_row_of_every_list() {
    for way in [
        "j",
        "vj",
        "\njj",
        "2j",
        "/lunch↓↓",
        "6j",
        "6\nj",
        "uj",
        "6\n\njjj",
        "I",
        "5j",
        "5vj",
        "5v\nj",
        "ghj",
        "gh\nj",
        "gw",
        "4j",
        "4\nj",
        "4+\tj",
    ] {
        for (width, height) in [(100, 30), (80, 24), (40, 12)] {
            let mut driver = Driver::sized(width, height);
            driver.send(Msg::Progress(progress())).press(way);
            let (_, cursor) = driver.frame();
            let row = driver.row(cursor.y);
            assert!(row.chars().any(|c| c == '>'), "{way:?} at {width}x{height}: {row:?} in\n{}", driver.shown());
        }
    }
}

#[test]
fn the_cursor_is_in_the_line_being_typed() {
    let mut driver = Driver::sized(80, 24);
    driver.press("/日本");
    let (_, cursor) = driver.frame();
    assert_eq!((cursor.x, cursor.y), (1 + 2 + 4, 2));
}
