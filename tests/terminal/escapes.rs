//! What others wrote never steers the terminal: the bytes themselves are looked at, not what a terminal makes of them.

use super::session::{Place, Session, samples};

/// All of what people have put into names and messages to get at the terminal of who reads them.
const HOSTILE: [&str; 16] = [
    "\u{1b}]0;pwned\u{7}",
    "\u{1b}]8;;https://example.com\u{1b}\\link\u{1b}]8;;\u{1b}\\",
    "\u{1b}]52;c;cm0gLXJm\u{7}",
    "\u{1b}P$qm\u{1b}\\",
    "\u{1b}_Ga=T;AAAA\u{1b}\\",
    "\u{1b}[21t",
    "\u{1b}[2J",
    "\u{1b}c",
    "\u{9b}31m",
    "\u{9d}0;pwned\u{9c}",
    "\u{e}\u{f}",
    "\u{1b}[?1004h",
    "invoice\u{202e}fdp.exe",
    "\u{2066}isolate\u{2069}",
    "\u{200e}mark\u{200f}\u{61c}",
    "\u{8}\u{8}\u{8}\u{7f}\u{0}",
];

/// Whatever in these bytes a terminal should never get from us; empty if all is well.
///
/// Ours are CSI sequences and line ends; a copy (OSC 52) is sent only when somebody presses `y`.
fn foreign(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut found = Vec::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\u{1b}' if characters.peek() == Some(&'[') => {
                let end = characters.find(|c| ('\u{40}'..='\u{7e}').contains(c) && *c != '[');
                // `t` asks about or moves the window; `?1004` reports focus, which nobody here wants.
                found.extend((end == Some('t')).then(|| "CSI t".to_owned()));
            }
            '\r' | '\n' => (),
            '\u{fffd}' => found.push("not UTF-8".to_owned()),
            c if c.is_control() || steers_direction(c) => found.push(format!("{c:?} before {:?}", characters.peek())),
            _ => (),
        }
    }
    found
}

fn steers_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[test]
fn each_of_the_hostile_texts_would_be_noticed() {
    for text in HOSTILE.iter().filter(|text| !["\u{1b}[2J", "\u{1b}[?1004h"].contains(text)) {
        assert!(!foreign(text.as_bytes()).is_empty(), "{text:?}");
    }
    assert_eq!(foreign("\u{1b}[1;1H\u{1b}[38;5;4mplain José 日曜\r\n".as_bytes()), Vec::<String>::new());
}

#[test]
fn hostile_messages_are_shown_but_never_obeyed() {
    let place = Place::new();
    let lines = HOSTILE
        .iter()
        .enumerate()
        .map(|(i, text)| format!("13/02/2024, 09:{i:02} - Ben{text} Zoë: message {i:02} {text} end\n"));
    let chat = place.file("WhatsApp Chat with Ben.txt", &lines.collect::<String>());
    let mut session = Session::start(&place, &[&chat.to_string_lossy()], (80, 24));
    session.shows(&["finished"]);
    session.send("/message");
    session.shows(&["16 records in 1 company", "message 15"]);
    session.send("\r\r");
    session.shows(&["Record", "message 15"]);
    // Each record in turn, as somebody reads them.
    for step in (0..15).rev() {
        session.send("qj\r");
        session.shows(&["Record", &format!("message {step:02}")]);
    }
    session.send("2");
    session.shows(&["[2 Fields]"]);
    session.send("6");
    session.shows(&["[6 IDs]"]);
    session.send("1");
    session.shows(&["[1 Overview]"]);
    session.send("q").ends();
    assert_eq!(foreign(&session.bytes()), Vec::<String>::new());
    let written = String::from_utf8_lossy(&session.bytes()).into_owned();
    assert!(
        !written.contains("\u{1b}[21t") && !written.contains("\u{1b}[?1004h"),
        "sequences of a message were written"
    );
    session.is_restored();
}

#[test]
fn a_hostile_file_name_is_told_without_being_obeyed() {
    let place = Place::new();
    let path = place.path("\u{1b}]0;pwned\u{7}\u{202e}piz.zip");
    let mut session = Session::start(&place, &[&path.to_string_lossy()], (80, 24));
    session.shows(&["cannot open", "no such file"]);
    session.send("I");
    session.shows(&["Import", "cannot open"]);
    session.send("qq");
    session.ends();
    assert_eq!(foreign(&session.bytes()), Vec::<String>::new());
}

/// Nobody can know whether a terminal obeys, so nobody is told that it did.
#[test]
fn a_copy_is_asked_of_the_terminal_and_told_as_no_more_than_that() {
    let place = Place::new();
    let mut session = Session::start(&place, &[&samples().to_string_lossy()], (80, 24));
    session.shows(&["10 exports imported"]);
    session.send("6").shows(&["> +447700900123"]);
    session.send("y").shows(&["ok copied 13 characters by OSC 52 (your terminal may refuse)"]);
    let bytes = session.bytes();
    assert!(memchr::memmem::find(&bytes, b"\x1b]52;c;KzQ0NzcwMDkwMDEyMw==").is_some(), "the value, as base64");
    session.send("q").ends();
    session.is_restored();
}
