//! The guides, and the Welcome screen asked for.

use super::fixture::Driver;

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
