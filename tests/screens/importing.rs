//! Imports as a person meets them: watched, paused, stopped, added to, and what is asked at their end.

use super::fixture::{Driver, overview, progress};
use std::path::PathBuf;
use std::time::Duration;
use tellall::import::{ExportProgress, Stop};
use tellall::report::ExportReport;
use tellall::tui::data::Part;
use tellall::tui::{Effect, Msg};

fn driver() -> Driver {
    let mut driver = Driver::sized(100, 30);
    reading(&mut driver);
    driver
}

/// The Import screen with one export in, one being read, one waiting; the cursor is on the one being read.
pub fn reading(driver: &mut Driver) {
    driver.model.work.add(vec![PathBuf::from("/home/rosa/Downloads")]);
    driver.send(Msg::Progress(progress())).press("I");
}

/// Seconds pass, in each of which 10 MB and 200 records are read.
pub fn wait(driver: &mut Driver, seconds: u64) {
    for second in 0..=seconds {
        let mut lines = progress();
        lines[1].done += second * 10_000_000;
        lines[1].records += second * 200;
        driver.send(Msg::Progress(lines)).send(Msg::Clock(Duration::from_secs(second)));
    }
}

/// The export being read is in the midst of an entry that is read as a stream.
pub fn in_a_giant_entry() -> Vec<ExportProgress> {
    let mut lines = progress();
    lines[1].now = "Takeout/Location History/Records.json".into();
    (lines[1].now_size, lines[1].now_done) = (Some(1_900_000_000), 1_102_000_000);
    lines
}

/// The Facebook export of the fixture, as an import reports it.
fn report() -> ExportReport {
    let Part::Overview { exports, .. } = overview() else { panic!("a part of another kind") };
    exports.into_iter().find(|export| export.id == "facebook-rosa-2026-01-15").expect("the fixture holds it")
}

/// All is over: one export is in, one path was no archive.
pub fn ended(driver: &mut Driver) {
    let facebook = report();
    let outcomes = vec![Ok(facebook), Err("notes.txt is no archive; choose a zip".to_owned())];
    driver.send(Msg::ImportEnded(Ok(outcomes)));
}

fn stops(driver: &Driver) -> Vec<(Option<usize>, Stop)> {
    let stop = |effect: &Effect| match effect {
        Effect::StopImport { line, how } => Some((*line, *how)),
        _ => None,
    };
    driver.wanted.iter().filter_map(stop).collect()
}

#[test]
fn how_fast_it_goes_is_told_after_five_seconds() {
    let mut driver = driver();
    wait(&mut driver, 4);
    assert!(!driver.shows("left") && !driver.shows("records/s"), "{}", driver.shown());
    wait(&mut driver, 6);
    assert!(driver.shows("about 2 min left") && driver.shows("200 records/s"), "{}", driver.shown());
}

#[test]
fn space_pauses_and_goes_on() {
    let mut driver = driver();
    driver.press(" ");
    assert!(driver.shows("the import is paused") && driver.shows("paused; space goes on"), "{}", driver.shown());
    driver.press(" ");
    assert!(driver.shows("the import goes on"), "{}", driver.shown());
    let pauses = driver.wanted.iter().filter_map(|effect| match effect {
        Effect::PauseImport(paused) => Some(*paused),
        _ => None,
    });
    assert_eq!(pauses.collect::<Vec<_>>(), [true, false]);
}

#[test]
fn stopping_an_export_asks_what_becomes_of_what_was_read_and_enter_means_no() {
    let mut driver = driver();
    driver.press("x");
    assert!(driver.shows("Stop reading takeout-001.zip?"), "{}", driver.shown());
    driver.press("\n");
    assert!(stops(&driver).is_empty() && !driver.shows("Stop reading"), "{}", driver.shown());
    driver.press("xk").press("xr");
    assert_eq!(stops(&driver), [(Some(1), Stop::Keep), (Some(1), Stop::RollBack)]);
}

#[test]
fn all_imports_are_stopped_after_one_question_and_nothing_that_waits_begins() {
    let mut driver = driver();
    driver.press("+~/more.zip\nXr");
    assert_eq!(stops(&driver), [(None, Stop::RollBack)]);
    assert!(driver.model.work.waiting.is_empty());
}

#[test]
fn what_is_in_already_is_not_stopped_and_what_waits_is_left_out_unasked() {
    let mut driver = driver();
    driver.press("kx");
    assert!(driver.shows("it is in already") && stops(&driver).is_empty(), "{}", driver.shown());
    driver.press("jjx");
    assert_eq!(stops(&driver), [(Some(2), Stop::RollBack)]);
    assert!(driver.shows("it is left out"), "{}", driver.shown());
}

#[test]
fn interrupting_asks_too() {
    let mut driver = driver();
    driver.press("1").send(Msg::Key(tellall::tui::keys::Key::Ctrl('c')));
    assert!(driver.shows("Stop all imports?") && driver.wanted.is_empty(), "{}", driver.shown());
    driver.press("k");
    assert_eq!(stops(&driver), [(None, Stop::Keep)]);
}

#[test]
fn an_archive_added_while_others_are_read_waits_its_turn() {
    let mut driver = driver();
    driver.press("+~/more.zip\n");
    assert!(driver.shows("added; it is read after") && driver.shows("then 1 more path"), "{}", driver.shown());
    ended(&mut driver);
    assert!(driver.model.work.running && !driver.shows("more path"), "{}", driver.shown());
    driver.send(Msg::ImportEnded(Ok(Vec::new())));
    assert!(!driver.model.work.running);
}

#[test]
fn an_archive_that_is_in_already_is_refused_with_a_sentence() {
    let mut driver = driver();
    let known = ExportReport { already: true, ..report() };
    driver.send(Msg::ImportEnded(Ok(vec![Ok(known)])));
    assert!(driver.shows("is in already; nothing was read again"), "{}", driver.shown());
    assert!(driver.shows("already, as facebook-rosa-2026-01-15"), "{}", driver.shown());
}

/// A newer export of the account in the fixture has come in.
fn newer(driver: &mut Driver) -> ExportReport {
    let newer = ExportReport { id: "facebook-rosa-2026-11-20".into(), as_of: Some("2026-11-20".into()), ..report() };
    driver.send(Msg::ImportEnded(Ok(vec![Ok(newer.clone())])));
    let mut exports = driver.model.data.exports.clone();
    exports.push(newer.clone());
    let companies = driver.model.data.companies.clone();
    let matrix = driver.model.data.matrix.clone();
    let part = Part::Overview { companies, exports, matrix, damaged: Vec::new() };
    driver.send(Msg::Data { epoch: 2, part: Box::new(part) });
    newer
}

#[test]
fn a_newer_export_of_an_account_asks_whether_the_older_stays() {
    let mut driver = driver();
    newer(&mut driver);
    assert!(driver.shows("facebook-rosa-2026-11-20 is newer than"), "{}", driver.shown());
    driver.press("r");
    let forgot = |effect: &Effect| matches!(effect, Effect::Forget(ids) if ids == &["facebook-rosa-2026-01-15"]);
    assert!(driver.wanted.iter().any(forgot), "{:?}", driver.wanted);
}

#[test]
fn who_imports_both_at_once_is_not_asked() {
    let mut driver = driver();
    let older = report();
    let newer =
        ExportReport { id: "facebook-rosa-2026-11-20".into(), as_of: Some("2026-11-20".into()), ..older.clone() };
    driver.send(Msg::ImportEnded(Ok(vec![Ok(older), Ok(newer)])));
    assert!(!driver.shows("Question") && !driver.shows("came beside"), "{}", driver.shown());
}

#[test]
fn keeping_both_leaves_a_line_that_asks_again() {
    let mut driver = driver();
    newer(&mut driver);
    driver.press("\n");
    assert!(!driver.shows("Question") && driver.shows("came beside facebook-rosa-2026-01-15"), "{}", driver.shown());
    driver.press("\t\n");
    assert!(driver.shows("Question") && driver.shows("r take the older out"), "{}", driver.shown());
}

#[test]
fn nobody_who_types_elsewhere_is_interrupted_by_a_question() {
    let mut driver = driver();
    driver.press("/lunch");
    newer(&mut driver);
    assert!(!driver.shows("Question"), "{}", driver.shown());
    driver.press("\u{1b}\u{1b}I");
    assert!(driver.shows("came beside"), "{}", driver.shown());
}

#[test]
fn what_is_in_opens_its_ledger() {
    for way in ["k\n", "\tj\n"] {
        let mut driver = driver();
        ended(&mut driver);
        driver.press(way);
        assert!(driver.row(1).contains("Ledger"), "{}", driver.shown());
    }
}

#[test]
fn an_export_that_is_in_is_told_before_the_others_are() {
    let driver = driver();
    assert!(driver.shows("facebook-rosa-2026-01-15 is in: 381,220 records, 2 problems"), "{}", driver.shown());
}
