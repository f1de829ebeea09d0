//! However the program ends, the terminal is as it was, and it ends at once.

use super::session::{Place, Session, samples};
use std::time::Duration;

/// People wait half a second for a program to go; the machine of the tests may be busy with others of them.
const AT_ONCE: Duration = Duration::from_secs(5);

/// The screens over the samples, all of them imported.
fn with_samples(place: &Place) -> Session {
    let session = Session::start(place, &[&samples().to_string_lossy()], (80, 24));
    session.shows(&["10 exports imported"]);
    session
}

#[test]
fn quitting_leaves_the_terminal_as_it_was_and_nothing_of_the_data_on_it() {
    let place = Place::new();
    let mut session = with_samples(&place);
    session.send("1");
    session.shows(&["Who holds what"]);
    session.send("q");
    let status = session.ends_within(AT_ONCE);
    assert_eq!(status.exit_code(), 0);
    session.is_restored();
}

/// Else a terminal that honours frames would stay frozen.
#[test]
fn no_frame_is_left_open() {
    let place = Place::new();
    let mut session = Session::start(&place, &[], (80, 24));
    session.shows(&["Welcome"]);
    session.send("q").ends();
    let bytes = session.bytes();
    let count = |mark: &[u8]| memchr::memmem::find_iter(&bytes, mark).count();
    let (begun, ended) = (count(b"\x1b[?2026h"), count(b"\x1b[?2026l"));
    assert!(begun > 0 && ended > begun, "{begun} frames, {ended} ends: each has its own, and giving back ends any");
}

#[test]
fn the_settings_of_the_terminal_come_back() {
    let place = Place::new();
    let mut session = Session::start(&place, &[], (80, 24));
    session.shows(&["Welcome"]);
    let raw = session.settings();
    session.send("q").ends();
    let after = session.settings();
    // What a terminal is like before the program: another one, at which only lines were read.
    let mut untouched = Session::start_as(&place, &[], (80, 24), "dumb");
    untouched.send("q\r").ends();
    assert_ne!(raw, after);
    assert_eq!(after, untouched.settings());
}

#[test]
fn a_signal_to_end_is_obeyed_at_once_with_the_terminal_restored() {
    for (signal, told) in [("TERM", "Terminated"), ("HUP", "Hangup"), ("INT", "Interrupt"), ("QUIT", "Quit")] {
        let place = Place::new();
        let session = Session::start(&place, &[], (80, 24));
        session.shows(&["Welcome"]);
        let status = session.signal(signal).ends_within(AT_ONCE);
        assert!(status.signal().is_some_and(|name| name.starts_with(told)), "{signal}: {status:?}");
        session.is_restored();
    }
}

#[test]
fn a_signal_during_an_import_is_obeyed_at_once_too() {
    let place = Place::new();
    let session = Session::start(&place, &[&samples().to_string_lossy()], (80, 24));
    session.shows(&["Import"]);
    session.signal("TERM").ends_within(AT_ONCE);
    session.is_restored();
}

#[test]
fn a_terminal_that_goes_away_takes_the_program_with_it() {
    let place = Place::new();
    let session = with_samples(&place);
    session.hang_up().within(AT_ONCE);
    // What was imported is whole.
    let mut session = Session::start(&place, &[], (80, 24));
    session.shows(&["4 companies"]);
    session.send("q").ends();
}

#[test]
fn control_z_gives_the_terminal_back_until_the_program_goes_on() {
    let place = Place::new();
    let mut session = with_samples(&place);
    session.send("1");
    session.shows(&["Who holds what", "Messenger", "Unknown"]);
    let raw = session.settings();
    session.send("\u{1a}");
    session.is_on_its_own_screen(false).is_stopped().is_restored();
    assert_ne!(session.settings(), raw);
    session.signal("CONT");
    session.is_on_its_own_screen(true).shows(&["Who holds what"]);
    session.send("j").has_cursor_at("> WhatsApp");
    assert_eq!(session.settings(), raw);
    session.send("q").ends();
    session.is_restored();
}

#[test]
fn the_demo_leaves_nothing_behind() {
    let place = Place::new();
    let mut session = Session::start(&place, &["demo"], (80, 24));
    session.shows(&[" exports imported", "made-up data"]);
    let index = session.temporary_index();
    session.send("6");
    session.shows(&["+447700900123"]);
    session.send("q").ends();
    session.is_restored();
    assert_eq!(place.left_in_tmp(), Vec::<String>::new());
    assert!(!index.exists(), "{} is left", index.display());
    assert!(!place.path("index").exists(), "the demo made an index of the person's own");
}

#[test]
fn a_demo_ended_by_a_signal_leaves_nothing_behind() {
    let place = Place::new();
    let session = Session::start(&place, &["demo"], (80, 24));
    session.shows(&[" exports imported"]);
    let index = session.temporary_index();
    session.signal("TERM").ends_within(AT_ONCE);
    assert_eq!(place.left_in_tmp(), Vec::<String>::new());
    assert!(!index.exists(), "{} is left", index.display());
}

#[test]
fn an_ephemeral_index_goes_with_the_program() {
    let place = Place::new();
    let samples = samples();
    let mut session = Session::start(&place, &["--ephemeral", &samples.to_string_lossy()], (80, 24));
    session.shows(&["10 exports imported"]);
    let index = session.temporary_index();
    session.send("/lunch");
    session.shows(&["lunch on Sunday"]);
    session.signal("HUP").ends_within(AT_ONCE);
    assert!(!index.exists(), "{} is left", index.display());
    assert!(!place.path("index").exists(), "an index was made on the disk");
}

/// `TELLALL_DEBUG_PANIC` is known to debug builds alone: the next key is a bug.
#[test]
fn a_bug_gives_the_terminal_back_before_it_is_told() {
    let place = Place::new();
    let mut session = Session::start_with(&place, &[("TELLALL_DEBUG_PANIC", "1")], (80, 24));
    session.shows(&["Welcome"]);
    let raw = session.settings();
    session.send("j");
    let status = session.ends_within(AT_ONCE);
    assert_ne!(status.exit_code(), 0);
    assert_ne!(session.settings(), raw);
    session.is_given_back();
    let screen = session.screen();
    assert!(screen.contains("tellall: a bug at src/tui/runtime.rs:"), "{screen}");
    assert!(screen.contains("The terminal is restored"), "{screen}");
    assert!(!screen.contains("a bug that was asked for"), "a message may quote an archive: {screen}");
}

#[test]
fn without_an_input_there_is_a_hint_and_an_end() {
    let place = Place::new();
    let mut command = std::process::Command::new("sh");
    command.args(["-c", "exec \"$0\" <&-", env!("CARGO_BIN_EXE_tellall")]).env("TELLALL_INDEX", place.path("index"));
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("need a terminal"), "{told}");
}

#[test]
fn the_mouse_is_taken_and_given_back_by_command() {
    let place = Place::new();
    let mut session = Session::start(&place, &[], (80, 24));
    session.shows(&["Welcome"]);
    session.has_mouse(true);
    session.send(":mouse off").shows(&["mouse off: the terminal selects"]);
    session.send("\r").shows(&["the mouse selects text"]);
    session.has_mouse(false);
    session.send(":mouse on").shows(&["mouse on: clicks"]);
    session.send("\r").shows(&["hold Shift to select text"]);
    session.has_mouse(true).send("q").ends();
    session.is_restored();
}
