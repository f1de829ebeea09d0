//! Where the keys of People and of the conversation reader lead.

use super::fixture::Driver;
use tellall::tui::keys::Key;
use tellall::tui::{Effect, Msg};

use super::matrix::SIZES;
/// People, then conversations, then into the family's group.
const READ: &str = "5v\n";

#[test]
fn hidden_names_and_texts_do_not_show() {
    let mut driver = Driver::sized(100, 30);
    driver.press("5H");
    assert!(!driver.shows("Okafor") && !driver.shows("900987"), "{}", driver.shown());
    driver.press("v\n");
    let shown = driver.shown();
    assert!(!["Mum", "cake", "IMG-2022", "Family", "Jo "].iter().any(|secret| shown.contains(secret)), "{shown}");
}

#[test]
fn a_suggestion_is_accepted_and_taken_back_and_dismissed() {
    let mut driver = Driver::sized(100, 30);
    driver.press("5m");
    assert!(driver.shows("You joined two called Sam Okafor"), "{}", driver.shown());
    driver.press("M").send(Msg::Key(Key::Backspace));
    assert!(driver.shows("Not the same as another Sam Okafor"), "{}", driver.shown());
    driver.press("jm");
    assert!(driver.shows("nothing is suggested here"), "{}", driver.shown());
}

#[test]
fn a_person_with_several_conversations_lets_one_choose() {
    let mut driver = Driver::sized(100, 30);
    driver.press("5\nj\n");
    assert!(driver.shows("Family") && driver.shows("message 12 of 12"), "{}", driver.shown());
    driver.press("qq");
    assert!(driver.shows("Known as"), "{}", driver.shown());
}

#[test]
fn half_a_million_messages_scroll_at_once_and_are_never_all_here() {
    let mut driver = Driver::sized(80, 24);
    driver.press("5vj\n");
    assert!(driver.shows("message 499999") && driver.shows("500,000"), "{}", driver.shown());
    assert!(driver.shows("only your half"), "{}", driver.shown());
    driver.press("gg");
    assert!(driver.shows("message 0") && driver.shows("message 1 of 500,000"), "{}", driver.shown());
    driver.press("t2023-01-01\n");
    assert!(driver.shows("2023-01-01"), "{}", driver.shown());
    driver.press("tlunch\n");
    assert!(driver.shows("that is no date"), "{}", driver.shown());
}

#[test]
fn matches_of_the_search_are_followed_and_answers_lead_to_what_they_answer() {
    let mut driver = Driver::sized(100, 30);
    driver.press("/lunch↓r");
    assert!(driver.shows("message 3 of 12"), "{}", driver.shown());
    driver.press("n");
    assert!(driver.shows("message 5 of 12"), "{}", driver.shown());
    driver.press("n");
    assert!(driver.shows("no match below"), "{}", driver.shown());
    driver.press("kr");
    assert!(driver.shows("message 3 of 12"), "{}", driver.shown());
    driver.press("q");
    assert!(driver.shows("Results"), "{}", driver.shown());
}

#[test]
fn a_message_opens_its_record_and_a_record_its_conversation() {
    let mut driver = Driver::sized(80, 24);
    driver.press(READ).press("\n");
    assert!(driver.shows("Record"), "{}", driver.shown());
    driver.press("q/lunch↓\nr");
    assert!(driver.shows("message 3 of 12"), "{}", driver.shown());
}

#[test]
fn the_cursor_is_on_the_selected_message() {
    for (width, height) in SIZES {
        for keys in ["", "k", "kkk", "gg", "ggjjj", "dk"] {
            let mut driver = Driver::sized(width, height);
            driver.press(READ).press(keys);
            let (_, cursor) = driver.frame();
            let row = driver.row(cursor.y);
            assert!(row.contains('>'), "{keys:?} at {width}x{height}: {row:?} in\n{}", driver.shown());
        }
    }
}

#[test]
fn the_preview_of_a_hit_shows_its_conversation() {
    let mut driver = Driver::sized(100, 30);
    driver.press("/lunch Sunday↓");
    assert!(driver.shows("who is around this weekend?") && driver.shows("👍 Mum"), "{}", driver.shown());
}

#[test]
fn nothing_is_asked_for_twice() {
    let mut driver = Driver::sized(80, 24);
    driver.press(READ).press("kkkkjjjj");
    let lines = driver.wanted.iter().filter(|effect| matches!(effect, Effect::Lines { .. })).count();
    assert_eq!(lines, 0, "every page was answered");
}
