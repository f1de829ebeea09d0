//! What a person does, key by key, and what must come of it.

use super::fixture::{Driver, PHONE, hit, progress};
use std::path::PathBuf;
use tellall::import::{ExportProgress, Step};
use tellall::tui::data::{Part, Ties};
use tellall::tui::keys::{Key, TABLE};
use tellall::tui::model::Said;
use tellall::tui::{Effect, Msg, Reply, update};

fn driver() -> Driver {
    Driver::sized(100, 30)
}

#[test]
fn who_holds_my_phone_number_takes_three_keys() {
    let mut driver = driver();
    driver.press("6");
    assert!(driver.row(4).contains(PHONE) && driver.row(4).contains("3 of 3"), "{}", driver.shown());
    driver.press("\n");
    assert!(driver.shows("Evidence"), "{}", driver.shown());
    driver.press("\n");
    assert!(
        driver.shows("profile_v2.phone_numbers[].phone_number") && driver.shows("You gave it"),
        "{}",
        driver.shown()
    );
}

#[test]
fn going_in_and_coming_back_leads_to_the_same_row() {
    let mut driver = driver();
    driver.press("j\n");
    assert!(driver.row(0).contains("[2 Fields]"));
    driver.press("q");
    assert!(driver.row(0).contains("[1 Overview]"));
    assert!(driver.row(driver.frame().1.y).contains("WhatsApp"), "{}", driver.shown());
}

#[test]
fn q_quits_at_the_top_and_escape_never_does() {
    let mut driver = driver();
    driver.press("\u{1b}\u{1b}\u{1b}");
    assert!(driver.wanted.is_empty());
    driver.press("q");
    assert!(matches!(driver.wanted.as_slice(), [Effect::Quit]));
}

#[test]
fn quitting_while_an_import_runs_asks_and_enter_means_no() {
    let mut driver = driver();
    driver.model.work.running = true;
    driver.press("q\n");
    assert!(driver.wanted.is_empty(), "{:?}", driver.wanted);
    driver.press("qy");
    assert!(matches!(driver.wanted.as_slice(), [Effect::Quit]));
}

#[test]
fn each_key_typed_searches_and_only_the_newest_answer_shows() {
    let mut driver = driver();
    driver.press("/lun");
    let stale = Reply::Page { first: true, views: Vec::new(), more: false };
    driver.send(Msg::Reply { ask: 1, reply: Box::new(stale) });
    assert!(driver.shows("lunch poll"), "{}", driver.shown());
}

#[test]
fn a_mistake_is_shown_under_its_place_and_the_last_results_stay() {
    let mut driver = Driver::sized(80, 24);
    driver.press("/lunch after:x");
    let (_, cursor) = driver.frame();
    let under = driver.row(cursor.y + 1);
    assert_eq!(under.chars().position(|c| c == '^'), Some(usize::from(cursor.x) - 1), "{}", driver.shown());
    assert!(under.contains("a date such as 2019-05"));
    assert!(driver.shows("lunch poll"), "{}", driver.shown());
}

#[test]
fn a_facet_edits_the_query_and_the_same_facet_takes_it_out_again() {
    let mut driver = driver();
    driver.press("/lunch\nF\n");
    assert!(driver.shows("/ lunch co:whatsapp"), "{}", driver.shown());
    driver.press("\n");
    assert!(driver.shows("/ lunch ") && !driver.shows("co:whatsapp"), "{}", driver.shown());
}

#[test]
fn an_offered_name_becomes_a_filter() {
    let mut driver = driver();
    driver.press("/phone↓↑\n");
    assert!(driver.shows("/ field:\"profile_v2.phone_numbers[].phone_number\""), "{}", driver.shown());
}

#[test]
fn up_from_the_first_result_returns_to_the_query() {
    let mut driver = driver();
    driver.press("/lunch↓↑x");
    assert!(driver.shows("/ lunchx"), "{}", driver.shown());
}

#[test]
fn escape_clears_the_query_first_and_leaves_then() {
    let mut driver = driver();
    driver.press("/lunch\u{1b}");
    assert!(driver.row(0).contains("[3 Search]") && !driver.shows("/ lunch "));
    driver.press("\u{1b}");
    assert!(driver.row(0).contains("[1 Overview]"), "{}", driver.shown());
}

#[test]
fn a_record_opened_from_search_returns_to_its_row() {
    let mut driver = driver();
    driver.press("/lunch↓jj\n");
    assert!(driver.shows("place"), "{}", driver.shown());
    driver.press("q");
    let (_, cursor) = driver.frame();
    assert!(driver.row(cursor.y).contains("Sam Okafor"), "{}", driver.shown());
}

#[test]
fn the_cursor_stays_on_its_record_when_newer_ones_come_in() {
    let mut driver = driver();
    driver.press("/lunch↓jj");
    let before = driver.row(driver.frame().1.y);
    assert!(before.contains("Sam Okafor"), "{}", driver.shown());
    let news = Msg::Data { epoch: 2, part: Box::new(Part::Fields(Vec::new())) };
    let asked = update(&mut driver.model, news);
    let ask = asked.iter().find_map(|effect| match effect {
        Effect::Search { ask, text, .. } if text == "lunch" => Some(*ask),
        _ => None,
    });
    let views = [8, 9].into_iter().chain(0..7).map(hit).collect();
    let page = Reply::Page { first: true, views, more: false };
    driver.send(Msg::Reply { ask: ask.expect("the same question again"), reply: Box::new(page) });
    assert_eq!(driver.row(driver.frame().1.y), before, "{}", driver.shown());
    assert!(driver.row(driver.model.size.1 - 2).contains("5 of "), "{}", driver.shown());
}

#[test]
fn a_value_in_many_records_is_searched_and_one_in_a_single_record_opens_it() {
    let mut driver = driver();
    driver.press("\njj\nj\n\n");
    assert!(driver.row(0).contains("[3 Search]"), "{}", driver.shown());
    assert!(driver.shows("co:facebook field:"), "{}", driver.shown());
    driver.press("qj\n");
    assert!(driver.shows("profile_v2.name.full_name"), "{}", driver.shown());
}

#[test]
fn a_filter_narrows_at_once_and_escape_takes_it_away() {
    let mut driver = driver();
    driver.press("finst");
    assert!(driver.shows("filter: inst") && !driver.row(4).contains("Facebook"), "{}", driver.shown());
    driver.press("\n\u{1b}");
    assert!(driver.row(4).contains("Facebook"), "{}", driver.shown());
}

#[test]
fn findings_say_numbers_and_open_their_proof() {
    let mut driver = driver();
    let says = [
        "3 of 3 companies hold your phone number; not given by you: Instagram",
        "On record at WhatsApp: Share account information with Facebook: yes",
        "2 third parties gave data about you to Facebook",
        "37 phone numbers of other people are held by Facebook and WhatsApp alike",
        "Special categories (GDPR Art. 9): Health, in 39 records",
    ];
    for sentence in says {
        assert!(driver.shows(sentence), "{sentence} in\n{}", driver.shown());
    }
    driver.press("\t\n");
    assert!(driver.row(0).contains("[6 IDs]"), "{}", driver.shown());
    driver.press("1j\n");
    assert!(driver.shows("What you chose"), "{}", driver.shown());
}

#[test]
fn lighter_findings_show_where_there_are_no_weightier_ones() {
    let mut driver = driver();
    driver.send(Msg::Data { epoch: 1, part: Box::new(Part::Ties(Ties::default())) });
    for sentence in ["3 of 612 entries could not be read", "The newest archive of WhatsApp is more than a year old"] {
        assert!(driver.shows(sentence), "{sentence} in\n{}", driver.shown());
    }
    driver.press("\tjjj\n");
    assert!(driver.shows("broken.json") && !driver.shows("start_here.html"), "{}", driver.shown());
}

#[test]
fn hiding_values_hides_them_everywhere() {
    let mut driver = driver();
    driver.press("H6");
    assert!(!driver.shows(PHONE) && driver.shows("values: hidden"), "{}", driver.shown());
    driver.press("H");
    assert!(driver.shows(PHONE));
}

#[test]
fn copying_asks_for_the_value_as_it_is_written() {
    let mut driver = driver();
    driver.press("6y");
    assert!(matches!(driver.wanted.as_slice(), [Effect::Yank(value)] if value == PHONE));
}

#[test]
fn help_runs_the_line_it_shows_and_ends() {
    let mut driver = driver();
    driver.press("?hide values\n");
    assert!(driver.shows("values are hidden"), "{}", driver.shown());
    assert!(!driver.shows("Esc close"));
}

#[test]
fn every_action_appears_in_the_palette_of_its_place() {
    for binding in TABLE.iter().filter(|binding| binding.context.name() == "Everywhere") {
        let mut driver = Driver::sized(100, 60);
        driver.press(&format!(":{}", binding.id));
        assert!(driver.shows(binding.does), "{} in\n{}", binding.id, driver.shown());
    }
}

#[test]
fn an_empty_index_welcomes_and_imports_what_is_marked() {
    let mut driver = Driver::empty(80, 24);
    assert!(driver.shows("Found in ~/Downloads"), "{}", driver.shown());
    driver.press(" \n");
    let marked = |effect: &Effect| matches!(effect, Effect::Import(paths) if paths.len() == 4);
    assert!(driver.wanted.iter().any(marked), "{:?}", driver.wanted);
    assert!(driver.shows("Archives") && driver.model.work.running, "{}", driver.shown());
}

#[test]
fn a_path_that_is_typed_is_imported() {
    let mut driver = Driver::empty(80, 24);
    driver.press("o~/my export.zip\n");
    let typed =
        |effect: &Effect| matches!(effect, Effect::Import(paths) if paths == &[PathBuf::from("~/my export.zip")]);
    assert!(driver.wanted.iter().any(typed), "{:?}", driver.wanted);
}

#[test]
fn the_first_committed_export_is_shown_while_the_rest_is_read() {
    let mut driver = Driver::empty(80, 24);
    driver.press("\n");
    driver.empty = false;
    driver.send(Msg::Progress(progress())).press("1");
    assert!(driver.shows("Who holds what") && driver.shows("381,220"), "{}", driver.shown());
    assert!(driver.model.work.running);
}

#[test]
fn a_company_stays_selected_when_the_order_changes() {
    let mut driver = driver();
    driver.press("j");
    let selected = |driver: &Driver| -> Option<String> {
        Some(driver.shown().lines().find(|line| line.starts_with("┃> "))?.split('│').next()?.to_owned())
    };
    let before = selected(&driver);
    for _ in 0..4 {
        driver.press("s");
        assert_eq!(selected(&driver), before, "{}", driver.shown());
    }
    assert!(before.is_some());
}

#[test]
fn an_import_that_fails_says_why() {
    let mut driver = driver();
    driver.send(Msg::ImportEnded(Ok(vec![Err("notes.txt is no archive\nchoose a zip".into())])));
    assert!(driver.shows("! notes.txt is no archive"), "{}", driver.shown());
    driver.press("I");
    assert!(driver.shows("choose a zip"), "{}", driver.shown());
}

#[test]
fn reports_of_an_older_state_of_the_index_are_dropped() {
    let mut driver = driver();
    driver.send(Msg::Data { epoch: 0, part: Box::new(Part::Fields(Vec::new())) });
    assert!(!driver.model.data.fields.is_empty());
}

#[test]
fn what_is_pasted_is_text_and_never_a_command() {
    let mut driver = driver();
    driver.send(Msg::Paste("q\nq".into()));
    assert!(driver.wanted.is_empty());
    driver.press("/").send(Msg::Paste("see\u{1b}[201~\nyou".into()));
    assert!(driver.shows("/ see[201~ you"), "{}", driver.shown());
    assert!(driver.wanted.is_empty());
}

#[test]
fn clicks_select_open_and_go_to_tabs() {
    let mut driver = driver();
    driver.send(Msg::Click { x: 5, y: 5 });
    assert!(driver.row(driver.frame().1.y).contains("WhatsApp"), "{}", driver.shown());
    driver.send(Msg::Click { x: 5, y: 5 });
    assert!(driver.row(0).contains("[2 Fields]"), "{}", driver.shown());
    let tab = driver.row(0).find("6 IDs").expect("the tab is there") as u16;
    driver.send(Msg::Click { x: tab, y: 0 });
    assert!(driver.row(0).contains("[6 IDs]"));
}

#[test]
fn the_wheel_moves_the_list_under_it() {
    let mut driver = driver();
    driver.press("u").send(Msg::Wheel { x: 5, y: 6, down: true });
    assert!(driver.row(driver.frame().1.y).contains("start_here.html"), "{}", driver.shown());
}

#[test]
fn the_ledger_shows_one_fate_and_why() {
    let mut driver = driver();
    driver.press("uv");
    assert!(driver.shows("broken.json") && !driver.shows("start_here.html"), "{}", driver.shown());
    assert!(driver.shows("damaged (CRC); nothing of it could be read"));
}

#[test]
fn g_says_what_can_follow_and_waits_for_it() {
    let mut driver = driver();
    driver.press("jg");
    assert!(driver.shows("g, and then?"), "{}", driver.shown());
    driver.send(Msg::Waited);
    assert!(driver.shows("g, then") && driver.shows("i IDs"), "{}", driver.shown());
    driver.press("g");
    assert!(!driver.shows("g, then"));
    assert!(driver.row(driver.frame().1.y).contains("Facebook"));
}

#[test]
fn screens_keep_their_place_when_another_is_shown() {
    let mut driver = driver();
    driver.press("6j1").press("6");
    assert!(driver.row(driver.frame().1.y).contains("203.0.113.47"), "{}", driver.shown());
}

#[test]
fn what_the_runtime_says_stays_until_the_next_key() {
    let mut driver = driver();
    driver.send(Msg::Said(Said::ok("copied 14 characters by OSC 52 (your terminal may refuse)")));
    assert!(driver.shows("ok copied 14 characters"));
    driver.send(Msg::Key(Key::Down));
    assert!(!driver.shows("copied 14 characters"));
}

#[test]
fn an_import_that_made_no_news_does_not_reload() {
    let mut driver = Driver::empty(80, 24);
    driver.empty = false;
    let waiting = ExportProgress { step: Step::Waiting, ..ExportProgress::default() };
    driver.send(Msg::Progress(vec![waiting]));
    assert!(driver.model.data.companies.is_empty());
}

#[test]
fn a_click_in_a_conversation_selects_the_message_under_it() {
    for (width, height) in [(100, 30), (60, 30)] {
        for text in ["everybody", "which one", "IMG-2022"] {
            let mut driver = Driver::sized(width, height);
            driver.press("5v\ngg");
            let y = (0..height).find(|&y| driver.row(y).contains(text)).expect("it shows");
            driver.send(Msg::Click { x: 30, y });
            driver.press("y");
            let copied = matches!(driver.wanted.last(), Some(Effect::Yank(value)) if value.contains(text));
            assert!(copied, "{text} at {width}x{height}\n{}", driver.shown());
        }
    }
}
