//! What a newcomer does with the samples, keys counted.

use super::session::{Place, Session, samples};
use std::path::PathBuf;

const TERMINAL: (u16, u16) = (80, 24);
const SMALL: (u16, u16) = (40, 12);

fn with_samples(place: &Place, size: (u16, u16)) -> Session {
    let session = Session::start(place, &[&samples().to_string_lossy()], size);
    session.shows(&["10 exports imported"]);
    session
}

fn sample(path: &str) -> PathBuf {
    samples().join(path)
}

#[test]
fn who_holds_the_phone_number_is_one_key_and_the_proof_two_more() {
    let place = Place::new();
    let mut session = with_samples(&place, TERMINAL);
    session.send("6");
    session.shows(&["> +447700900123", "3 of 4", "G Facebook", "G WhatsApp"]);
    session.has_cursor_at("> +447700900123");
    session.send("\t\r");
    session.shows(&["Record", "+44 7700 900123"]);
    session.send("q");
    session.shows(&["Who holds which identifier"]);
}

#[test]
fn an_accented_name_finds_its_conversation() {
    let place = Place::new();
    let mut session = with_samples(&place, TERMINAL);
    session.send("/jos\u{e9}");
    session.shows(&["/ josé", "in 2 companies", "person: José Ibarra", "Fac José Ibar…"]);
    session.has_cursor_at("/ josé");
    session.send(" company:facebook kind:message\r");
    session.shows(&["in 1 company"]);
    session.has_cursor_at("> 20");
    session.send("\r");
    session.shows(&["Record", "Facebook", "José Ibarra", "inbox/joseibarra"]);
}

#[test]
fn a_name_without_its_accent_finds_the_same() {
    let place = Place::new();
    let mut session = with_samples(&place, TERMINAL);
    session.send("/jos\u{e9}");
    let rows =
        |screen: &str| screen.lines().filter(|line| line.contains("Ibar")).map(str::to_owned).collect::<Vec<_>>();
    // The offered name comes last.
    let accented = rows(&session.shows(&["/ josé", "in 2 companies", "person: José Ibarra", "Fac José Ibar…"]));
    session.send("\u{7f}e");
    let plain = rows(&session.shows(&["/ jose", "in 2 companies", "person: José Ibarra", "Fac José Ibar…"]));
    assert_eq!(accented, plain);
}

#[test]
fn a_second_archive_comes_in_while_one_searches() {
    let place = Place::new();
    let first = sample("whatsapp/WhatsApp Chat with Ben Zoë.txt");
    let mut session = Session::start(&place, &[&first.to_string_lossy()], TERMINAL);
    session.shows(&["1 export imported"]);
    session.send("/jos\u{e9}");
    session.shows(&["/ josé", "0 records"]);
    session.send("\u{10}");
    session.has_cursor_at(": ");
    session.send("import");
    session.shows(&[": import", "Import: archives"]);
    session.send("\r");
    session.shows(&["Archives"]);
    session.send("+");
    session.shows(&["Path of an archive"]);
    session.send(&samples().join("facebook").to_string_lossy()).send("\r");
    session.send("/");
    session.shows(&["/ josé", "Fac José Ibar…"]);
    session.has_cursor_at("/ josé");
    session.send("\u{7f}\u{7f}\u{7f}\u{7f}caf\u{e9}");
    let screen = session.shows(&["/ café", "in 2 companies", "Did the café on Milsom"]);
    assert!(!screen.contains("→"), "names that have the letters by chance are offered:\n{screen}");
}

#[test]
fn sizes_from_large_to_one_cell_and_back_lose_nothing() {
    let place = Place::new();
    let mut session = with_samples(&place, (100, 30));
    session.send("6");
    session.shows(&["> +447700900123"]);
    session.send("j").has_cursor_at("> 203.0.113.47");
    session.resize(SMALL).shows(&["> 203.0.113.47"]);
    session.has_cursor_at("> 203.0.113.47");
    for size in [(1, 1), (2, 1), (1, 50), (39, 11), (500, 200), (1, 1)] {
        session.resize(size);
    }
    session.resize(TERMINAL).shows(&["Who holds which identifier", "> 203.0.113.47", "? help"]);
    session.has_cursor_at("> 203.0.113.47");
    session.send("qq");
    assert_eq!(session.ends().exit_code(), 0);
    session.is_restored();
}

#[test]
fn every_screen_puts_the_cursor_on_what_is_selected() {
    for size in [TERMINAL, SMALL] {
        let place = Place::new();
        let mut session = with_samples(&place, size);
        // All exports of WhatsApp: until the last of them is in, others may stand before it.
        session.send("1").shows(&["Facebook", "WhatsApp", " 44 ", "Messenger", "Unknown"]);
        session.has_cursor_at("> Facebook");
        session.send("j").has_cursor_at("> WhatsApp");
        session.send("2").has_cursor_at(">");
        session.send("3").has_cursor_at("/");
        session.send("lunch").has_cursor_at("/ lunch");
        session.send("\r").has_cursor_at("> 20");
        session.send("\r").shows(&["Record"]);
        session.has_cursor_at(">   Yes! lunch on Sunday?");
        session.send("q").has_cursor_at("> 20");
        session.send("6").has_cursor_at("> +447700900123");
        session.send("I").has_cursor_at("> facebook");
        session.send(":").has_cursor_at(":");
        session.send("\u{1b}").has_cursor_at("> facebook");
    }
}

#[test]
fn a_pasted_text_is_typed_not_obeyed() {
    let place = Place::new();
    let mut session = with_samples(&place, TERMINAL);
    // Pasted where keys are commands: nothing of it is one.
    session.send("1").shows(&["> Facebook", "WhatsApp", "Messenger", "Unknown"]);
    session.send("\u{1b}[200~qqq\r\u{1b}[201~");
    session.send("j").has_cursor_at("> WhatsApp");
    session.send("/");
    session.send("\u{1b}[200~lun\u{7}ch\u{1b}[201~");
    session.shows(&["/ lunch"]);
    session.send("\u{1b}").send("q");
}

#[test]
fn a_huge_paste_does_not_stop_the_program() {
    let place = Place::new();
    let mut session = with_samples(&place, TERMINAL);
    session.send("/");
    session.has_cursor_at("/");
    let pasted = "lorem \u{1b}[A ipsum\r\n".repeat(40_000);
    session.send("\u{1b}[200~").send(&pasted).send("\u{1b}[201~");
    session.shows(&["[3 Search]", "ipsum"]);
    session.send("\u{1b}");
    session.shows(&["[3 Search]", "records in 4 companies"]);
    session.signal("TERM").ends();
    session.is_restored();
}
