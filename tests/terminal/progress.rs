//! How far an import is, for the terminal's tab or task bar: OSC 9;4, by the bytes themselves.

use super::session::{Place, Session, samples};

const TERMINAL: (u16, u16) = (80, 24);

/// State and percent of each OSC 9;4, in their order.
fn told(bytes: &[u8]) -> Vec<(u8, u8)> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let sequences = text.split("\u{1b}]9;4;").skip(1).map(|rest| rest.split('\u{1b}').next().unwrap().to_owned());
    let pair =
        |body: String| body.split_once(';').map(|(state, percent)| (state.parse().unwrap(), percent.parse().unwrap()));
    sequences.map(|body| pair(body).unwrap()).collect()
}

fn imported(variables: &[(&str, &str)]) -> Vec<u8> {
    let place = Place::new();
    let mut session = Session::start_with(&place, variables, TERMINAL);
    session.shows(&["Welcome"]);
    session.send("o").shows(&["Path of an archive"]);
    session.send(&samples().to_string_lossy()).send("\r");
    session.shows(&["10 exports imported"]);
    session.send("q").send("q").ends();
    session.is_restored();
    session.bytes()
}

#[test]
fn a_terminal_that_shows_progress_is_told_from_nought_to_the_end() {
    let told = told(&imported(&[("TERM_PROGRAM", "ghostty")]));
    assert_eq!(told.first(), Some(&(1, 0)), "{told:?}");
    assert_eq!(told.last(), Some(&(0, 0)), "nothing is left in the tab: {told:?}");
    let percents: Vec<u8> = told.iter().filter(|(state, _)| *state == 1).map(|(_, percent)| *percent).collect();
    assert!(percents.iter().all(|percent| *percent <= 100), "{told:?}");
    assert_eq!(told.iter().filter(|(state, _)| *state == 0).count(), 1, "{told:?}");
}

#[test]
fn others_are_told_nothing_since_they_would_show_it_as_a_message() {
    let bytes = imported(&[]);
    assert!(memchr::memmem::find(&bytes, b"\x1b]9;").is_none());
}
