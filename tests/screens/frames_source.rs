//! The Source screen and the Export dialog: what a person does there.

use super::fixture::Driver;
use super::fixture_source::WRITTEN;
use super::fixture_source::{json, page_from_index, table};
use tellall::export::{Format, Others, Shown as Values, SummaryForm, What};
use tellall::source::{Around, Fold, Form, Line};
use tellall::tui::draw::forbidden;
use tellall::tui::look::{Look, Shown};
use tellall::tui::model::{ExportNews, Opened};
use tellall::tui::{Effect, Msg, Reply};

/// The Source screen showing something.
fn showing(look: Look, (width, height): (u16, u16), opened: Opened) -> Driver {
    let mut driver = Driver::new(look, width, height);
    driver.press("6\no");
    let ask = driver.model.asked.get();
    driver.send(Msg::Reply { ask, reply: Box::new(Reply::Source(Ok(Box::new(opened)))) });
    driver
}

#[test]
fn hidden_values_show_nowhere() {
    for opened in [json(), table(), page_from_index()] {
        let driver = showing(Look { values: Shown::Hidden, ..Look::default() }, (100, 30), opened);
        for value in ["900123", "Mobile", "192.0.2", "Firefox", "Rosa Quill", "Café"] {
            assert!(!driver.shows(value), "{value} in\n{}", driver.shown());
        }
    }
}

#[test]
fn the_value_somebody_came_for_is_selected_and_copied() {
    let mut driver = Driver::sized(100, 30);
    driver.press("6\no");
    let row = driver.row(driver.frame().1.y);
    assert!(row.contains(WRITTEN) && row.contains('>') && row.contains('┃'), "{}", driver.shown());
    driver.press("y");
    assert!(matches!(driver.wanted.last(), Some(Effect::Yank(text)) if text == WRITTEN), "{:?}", driver.wanted);
    driver.press("Y");
    let place = "facebook-rosa.quill.zip › personal_information/profile_information/profile_information.json › profile_v2.phone_numbers[0]";
    assert!(matches!(driver.wanted.last(), Some(Effect::Yank(text)) if text == place), "{:?}", driver.wanted);
    driver.press("q");
    assert!(driver.shows("Evidence"));
}

#[test]
fn what_is_folded_unfolds_and_a_search_inside_goes_there() {
    let mut driver = Driver::sized(100, 30);
    driver.press("6\no");
    assert!(!driver.shows("900456"));
    driver.press("f900456\n");
    assert!(driver.row(driver.frame().1.y).contains("900456"), "{}", driver.shown());
    driver.press("h");
    assert!(driver.row(driver.frame().1.y).contains("[1]"));
    driver.press("h");
    assert!(!driver.shows("+44 7700 900456"), "{}", driver.shown());
    driver.press("\u{1b}fverified\n");
    let first = driver.frame().1.y;
    driver.press("n");
    assert_ne!(driver.frame().1.y, first);
    driver.press("N");
    assert_eq!(driver.frame().1.y, first);
}

#[test]
fn a_copy_is_written_only_after_yes() {
    let mut driver = Driver::sized(100, 30);
    driver.press("6\noOn");
    assert!(driver.wanted.is_empty(), "{:?}", driver.wanted);
    driver.press("Oy");
    let Some(Effect::CopyEntry { export, to, .. }) = driver.wanted.last() else { panic!("{:?}", driver.wanted) };
    assert_eq!((export.as_str(), to.to_str()), ("facebook-rosa.quill-2026-01-15", Some("profile_information.json")));
}

#[test]
fn every_row_with_evidence_leads_to_its_source() {
    for keys in ["6o", "6\no", "6\n\no", "/lunch\no"] {
        let mut driver = Driver::sized(100, 30);
        driver.press(keys);
        assert!(driver.shows("from the archive"), "{keys:?}\n{}", driver.shown());
    }
}

#[test]
fn masked_values_are_written_at_enter_and_full_ones_after_another_yes() {
    let mut driver = Driver::sized(100, 30);
    driver.press("6e\n");
    let Some(Effect::Export { job, .. }) = driver.wanted.last() else { panic!("{:?}", driver.wanted) };
    assert_eq!((&job.what, job.values), (&What::Report("shared"), Values::Masked));
    let mut driver = Driver::sized(100, 30);
    driver.press("6ejjl\n");
    assert!(driver.wanted.is_empty(), "{:?}", driver.wanted);
    driver.press("\n");
    assert!(driver.wanted.is_empty(), "Enter means no");
    driver.press("\ny");
    assert!(matches!(driver.wanted.last(), Some(Effect::Export { job, .. }) if job.values == Values::Full));
}

#[test]
fn search_results_are_exported_with_their_query_and_the_command_line_says_the_same() {
    let mut driver = Driver::sized(100, 30);
    driver.press("/lunch\ne");
    assert!(driver.shows("tellall export --format jsonl --others number -o ~/tellall-records-2026-11-24 -- lunch"));
    driver.press("jljjl\n");
    let Some(Effect::Export { job, .. }) = driver.wanted.last() else { panic!("{:?}", driver.wanted) };
    assert_eq!(job.what, What::Records { query: "lunch".into(), format: Format::Csv });
    assert_eq!(job.others, Others::Keep);
}

#[test]
fn progress_shows_and_what_was_written_is_told() {
    let mut driver = Driver::sized(100, 30);
    driver.press("/lunch\ne\n");
    let Some(Effect::Export { ask, ticket, .. }) = driver.wanted.last().cloned() else { panic!("{:?}", driver.wanted) };
    let tell = |news| Msg::Reply { ask, reply: Box::new(Reply::Export(news)) };
    driver.send(tell(ExportNews::Progress(2000)));
    assert!(driver.shows("2,000 records so far"), "{}", driver.shown());
    driver.press("x");
    assert!(ticket.is_cancelled());
    driver.send(tell(ExportNews::Ended(Err("cancelled; nothing is left of it".into()))));
    assert!(driver.shows("Not written: cancelled"), "{}", driver.shown());
}

#[test]
fn a_path_is_typed_and_completed() {
    let mut driver = Driver::sized(100, 30);
    driver.press("/lunch\nei");
    driver.send(Msg::Key(tellall::tui::keys::Key::Ctrl('u')));
    driver.press("~/\t");
    assert!(driver.shows("~/archive"), "{}", driver.shown());
    driver.press("\n\n");
    assert!(matches!(driver.wanted.last(), Some(Effect::Export { job, .. }) if job.to.ends_with("archive")));
}

#[test]
fn a_summary_has_four_forms() {
    let mut driver = Driver::sized(100, 30);
    driver.press("1e");
    while !driver.shows("(•) Summary") {
        driver.press("l");
    }
    driver.press("jlll\n");
    let Some(Effect::Export { job, .. }) = driver.wanted.last() else { panic!("{:?}", driver.wanted) };
    assert_eq!(job.what, What::Summary(SummaryForm::JsonLd));
}

#[test]
fn no_size_and_no_entry_breaks_the_screens() {
    let huge = || {
        let line = |at: usize| Line {
            depth: (at % 90) as u16,
            fold: if at.is_multiple_of(3) { Fold::Closed } else { Fold::Open },
            number: Some(at as u64),
            name: "k".repeat(at % 300),
            cells: vec!["日\u{202e}\u{1b}x".repeat(at % 50)],
        };
        let around =
            Around { file: "x".into(), form: Form::Json, lines: (0..500).map(line).collect(), place: 200..201 };
        Opened { around, ..json() }
    };
    let empty = || Opened { around: Around { lines: Vec::new(), place: 0..0, ..json().around }, ..json() };
    for size in [(1, 1), (39, 11), (40, 12), (41, 13), (70, 18), (100, 28), (300, 100)] {
        for opened in [json(), table(), page_from_index(), huge(), empty()] {
            let mut driver = showing(Look::default(), size, opened);
            for keys in ["", "hhll", "z", "G", "fx", "\n", "nN", "e", "jjjjl", "\u{1b}"] {
                driver.press(keys);
                let (buffer, cursor) = driver.frame();
                assert_eq!(forbidden(&buffer), None);
                assert!(buffer.area.is_empty() || buffer.area.contains(cursor), "{keys:?} at {size:?}");
            }
        }
    }
}
