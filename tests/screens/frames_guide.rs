//! The guides, the Welcome screen asked for, and what no screen shows while values are hidden.

use super::fixture::Driver;
use tellall::tui::look::{Ink, Look, Shown, Strokes};

const SIZES: [(u16, u16); 4] = [(100, 30), (80, 24), (60, 20), (40, 12)];

fn check(name: &str, keys: &str) {
    for (width, height) in SIZES {
        let mut driver = Driver::sized(width, height);
        driver.press(keys);
        compare(&format!("{name}_{width}x{height}"), &driver);
    }
    for (kind, look) in [
        ("mono", Look { ink: Ink::Mono, ..Look::default() }),
        ("ascii", Look { strokes: Strokes::Ascii, ..Look::default() }),
    ] {
        let mut driver = Driver::new(look, 80, 24);
        driver.press(keys);
        compare(&format!("{name}_{kind}"), &driver);
    }
}

fn compare(name: &str, driver: &Driver) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "../snapshots" }, {
        insta::assert_snapshot!(name, driver.shown());
    });
}

#[test]
fn guides() {
    check("guides", "ghjjj");
}

#[test]
fn a_guide_being_read() {
    check("guide", "ghjjj\njj");
}

#[test]
fn styles_of_the_guides() {
    let mut driver = Driver::sized(100, 30);
    driver.press("gh");
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "../snapshots" }, {
        insta::assert_debug_snapshot!("guides_styles", driver.frame().0);
    });
}

#[test]
fn the_palette_opens_a_guide_by_its_name() {
    let mut driver = Driver::sized(100, 30);
    driver.press(":guide whatsapp\n");
    assert!(driver.shows("Guides › WhatsApp") && driver.shows("Request account info"), "{}", driver.shown());
    driver.press("\u{1b}\u{1b}:guide whatsap\n");
    assert!(driver.shows("no guide is called whatsap") || driver.shows("WhatsApp"), "{}", driver.shown());
    driver.press("\u{1b}\u{1b}\u{1b}:guide spotfy\n");
    assert!(driver.shows("did you mean spotify?"), "{}", driver.shown());
}

#[test]
fn the_filter_finds_words_of_the_text_and_esc_shows_all_again() {
    let mut driver = Driver::sized(100, 30);
    driver.press("ghfsecure_storage\n");
    assert!(driver.shows("Messenger") && !driver.shows("Spotify"), "{}", driver.shown());
    driver.press("\u{1b}fno such words");
    assert!(driver.shows("No guide holds these words"), "{}", driver.shown());
    driver.press("\u{1b}");
    assert!(driver.shows("How findings are chosen"), "{}", driver.shown());
}

#[test]
fn the_first_screen_leads_to_the_guides_and_back() {
    let mut driver = Driver::empty(100, 30);
    driver.press("a");
    assert!(driver.shows("Which format to choose"), "{}", driver.shown());
    driver.press("q");
    assert!(driver.shows("Welcome"), "{}", driver.shown());
}

#[test]
fn the_first_screen_comes_back_when_asked_for_and_is_left_by_q() {
    let mut driver = Driver::sized(100, 30);
    driver.press("gw");
    assert!(driver.shows("Welcome") && driver.shows("import the"), "{}", driver.shown());
    driver.press("q");
    assert!(driver.shows("Who holds what") && driver.wanted.is_empty(), "{}", driver.shown());
}

/// Ways to every screen that shows values: what the fixture plants there is looked for.
const WAYS: [&str; 17] = [
    "",
    "v",
    "\njjljj\n",
    "/lunch↓",
    "/lunch\nF",
    "/lunch↓\n",
    "6",
    "6\n",
    "6\n\n",
    "6\n\no",
    "u",
    "5",
    "5v",
    "5vv",
    "5v\n",
    "7",
    "e",
];

#[test]
fn no_screen_shows_a_number_address_or_friend_while_values_are_hidden() {
    for way in WAYS {
        for (width, height) in [(200, 50), (100, 30), (40, 12)] {
            let look = Look { values: Shown::Hidden, ..Look::default() };
            let mut driver = Driver::new(look, width, height);
            driver.press(way);
            let shown = driver.shown();
            for planted in [
                "900123",
                "900456",
                "@example",
                "203.0.113",
                "198.51.100",
                "Rosa",
                "Marta",
                "Zoë",
                "Quill",
                "Sam Okafor",
            ] {
                assert!(!shown.contains(planted), "{planted} on {way:?} at {width}x{height}:\n{shown}");
            }
        }
    }
}
