//! What is seen first: nothing yet, a wrong path, no terminal at all.

use super::session::{Place, Session, samples};
use assert_cmd::Command;

#[test]
fn an_empty_index_says_welcome_and_what_to_do() {
    for size in [(80, 24), (40, 12), (200, 50)] {
        let place = Place::new();
        let mut session = Session::start(&place, &[], size);
        session.shows(&["Welcome", "d      try it with made-up"]);
        session.send("q").ends();
        session.is_restored();
    }
}

#[test]
fn made_up_data_is_one_key_away_and_leaves_nothing_behind() {
    let place = Place::new();
    let mut session = Session::start(&place, &[], (80, 24));
    session.shows(&["Welcome"]);
    session.send("d");
    session.shows(&["Who holds what", "4 companies", "made-up data"]);
    session.signal("TERM").ends();
    assert_eq!(place.left_in_tmp(), Vec::<String>::new());
}

#[test]
fn a_wrong_path_is_told_and_the_program_stays_usable() {
    let place = Place::new();
    let mut session = Session::start(&place, &["/nowhere/at-all.zip", &samples().to_string_lossy()], (80, 24));
    session.shows(&["/nowhere/at-all.zip", "no such file", "finished"]);
    session.send("1");
    session.shows(&["Who holds what", "Facebook"]);
    session.send("I");
    session.shows(&["cannot open /nowhere/at-all.zip"]);
    session.send("qq").ends();
}

#[test]
fn without_a_terminal_there_is_a_hint_and_no_drawing() {
    let place = Place::new();
    for args in [&[][..], &["demo"][..]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tellall"));
        command.env("TELLALL_INDEX", place.path("index")).env("TMPDIR", place.path("tmp")).args(args);
        let told = command.write_stdin("").assert().code(2).get_output().clone();
        let hint = String::from_utf8(told.stderr).unwrap();
        assert!(hint.contains("need a terminal") && hint.contains("tellall search"), "{hint}");
        assert!(!hint.contains('\u{1b}'), "{hint:?}");
        assert_eq!(told.stdout, b"");
    }
    assert_eq!(place.left_in_tmp(), Vec::<String>::new());
}

#[test]
fn a_terminal_that_cannot_draw_gets_the_screens_as_lines() {
    let place = Place::new();
    let mut session = Session::start_as(&place, &[], (80, 24), "dumb");
    session.shows(&["Nothing imported yet", "q quit: "]);
    let status = session.send("q\r").ends();
    assert_eq!(status.exit_code(), 1, "there was nothing to show");
    assert!(!session.bytes().contains(&0x1b), "an escape was written to a dumb terminal");
}

#[test]
fn without_colour_no_colour_is_sent_and_the_selection_still_shows() {
    let place = Place::new();
    let mut session = Session::start(&place, &["--color", "never", &samples().to_string_lossy()], (80, 24));
    session.shows(&["10 exports imported"]);
    session.send("1").shows(&["> Facebook"]);
    let bytes = String::from_utf8(session.send("q").bytes()).unwrap();
    for colour in ["\u{1b}[38;", "\u{1b}[48;", "\u{1b}[31m", "\u{1b}[33m"] {
        assert!(!bytes.contains(colour), "{colour:?}");
    }
}

#[test]
fn in_ascii_no_line_is_drawn_with_other_signs() {
    let place = Place::new();
    let mut session = Session::start(&place, &["--ascii", &samples().to_string_lossy()], (80, 24));
    session.shows(&["10 exports imported", "+--"]);
    session.send("1").shows(&["> Facebook"]);
    let screen = session.screen();
    let drawn = screen.chars().filter(|c| ('\u{2500}'..='\u{259f}').contains(c)).collect::<String>();
    assert_eq!(drawn, "");
}

/// Bad keys would leave a person without a way out.
#[test]
fn a_key_bound_twice_is_told_at_the_start_and_both_keep_their_defaults() {
    let place = Place::new();
    let settings =
        place.file("config.toml", "bell = true\n[keys.global]\nq = \"log\"\n\"q\" = \"about\"\n\"C-n\" = \"log\"\n");
    let mut session = Session::start(&place, &["--config", &settings.to_string_lossy()], (120, 24));
    session.shows(&["Welcome", "! settings, line 3: `q` is bound twice in [keys.global], in lines 3 and 4"]);
    session.send("\u{e}").shows(&["Messages, newest first", "line 3: `q` is bound twice"]);
    session.send("qq").ends();
    session.is_restored();
}

#[test]
fn the_settings_decide_how_the_screens_start() {
    let place = Place::new();
    let settings = "theme = \"catppuccin-mocha\"\nascii = true\nmouse = false\nhide_values = true\n[keys.global]\nx = \"values.hide\"\n";
    let settings = place.file("config.toml", settings);
    let samples = samples();
    let args = ["--config", &settings.to_string_lossy(), &samples.to_string_lossy()];
    let mut session = Session::start(&place, &args, (80, 24));
    session.shows(&["10 exports imported", "+--"]);
    session.send("6").shows(&["**** (13 characters)"]);
    session.send("x").shows(&["values are shown", "+447700900123"]);
    let bytes = String::from_utf8_lossy(&session.bytes()).into_owned();
    assert!(bytes.contains("48;2;30;30;46"), "the ground of the theme");
    assert!(!bytes.contains("\u{1b}[?1000h"), "the mouse was taken");
    session.send("q").ends();
    session.is_restored();
}
