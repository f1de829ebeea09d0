//! Searching, key by key, and what must come of it.

use super::fixture::{Driver, hit};
use tellall::export::{Job, What};
use tellall::query::Place;
use tellall::tui::keys::Key;
use tellall::tui::look::{History, Look, Shown};
use tellall::tui::searches::Change;
use tellall::tui::{Effect, Msg, Reply};

fn driver() -> Driver {
    Driver::sized(100, 30)
}

fn pressed(keys: &str) -> Driver {
    let mut driver = driver();
    driver.press(keys);
    driver
}

fn check(keys: &str, shown: &[&str]) {
    let driver = pressed(keys);
    for text in shown {
        assert!(driver.shows(text), "{text} after {keys:?} in\n{}", driver.shown());
    }
}

fn row_of_cursor(driver: &Driver) -> String {
    driver.row(driver.frame().1.y)
}

#[test]
fn s_goes_through_all_orders_and_says_which() {
    for (keys, says) in [
        ("", "newest first"),
        ("s", "oldest first"),
        ("ss", "best match first, of the newest 2,000"),
        ("sss", "by conversation, of the newest 2,000"),
        ("ssss", "by company, of the newest 2,000"),
        ("sssss", "newest first"),
    ] {
        check(&format!("/lunch\n{keys}"), &[says]);
    }
}

#[test]
fn what_is_like_a_record_can_be_left_out() {
    check("/lunch\nx", &["Not like this", "nothing from Mum", "nothing in Family", "nothing of WhatsApp"]);
    check("/lunch\nx\n", &["/ lunch -from:Mum"]);
    check("/lunch\njx\n", &["/ lunch -from:\"Rosa Quill\""]);
    check("/lunch\nxcompany\u{1b}", &["/ lunch "]);
    check("/lunch\nxWhats\n", &["/ lunch -co:whatsapp"]);
}

#[test]
fn a_facet_that_is_left_out_keeps_its_number_in_brackets() {
    let mut driver = pressed("/lunch\nFx");
    assert!(driver.shows("/ lunch -co:whatsapp"), "{}", driver.shown());
    assert!(driver.shows("[-] WhatsApp") && driver.shows("(1,204)"), "{}", driver.shown());
    driver.press("x");
    assert!(driver.shows("[ ] WhatsApp") && !driver.shows("-co:"), "{}", driver.shown());
}

#[test]
fn two_companies_are_chosen_together_and_c_clears_every_filter() {
    let mut driver = pressed("/lunch with:ana at:evening\nF j \u{1b}");
    assert!(driver.shows("/ lunch with:ana at:evening co:whatsapp,facebook"), "{}", driver.shown());
    driver.press("c");
    assert!(driver.shows("/ lunch ") && !driver.shows("with:ana"), "{}", driver.shown());
}

#[test]
fn facets_are_counted_as_if_nothing_of_their_group_were_chosen() {
    let mut driver = pressed("/lunch\nF\n");
    assert!(driver.shows("[x] WhatsApp") && driver.shows("[ ] Facebook"), "{}", driver.shown());
    let ask = driver.model.asked.get();
    let stale = tellall::query::Counts { companies: vec![("instagram".into(), 5)], ..Default::default() };
    driver.send(Msg::Reply { ask: 1, reply: Box::new(Reply::Facets(stale.clone())) });
    assert!(!driver.shows("Instagram"), "{}", driver.shown());
    for newer in (1..=ask).rev() {
        driver.send(Msg::Reply { ask: newer, reply: Box::new(Reply::Facets(stale.clone())) });
    }
    assert!(driver.shows("[ ] Instagram"), "{}", driver.shown());
}

#[test]
fn marked_records_stay_marked_through_other_searches_and_can_be_written() {
    let mut driver = pressed("/lunch\n  ");
    assert!(driver.shows("2 records marked · 3 of"), "{}", driver.shown());
    driver.press("/ poll\ne");
    assert!(driver.shows("(•) 2 records marked"), "{}", driver.shown());
    assert!(!driver.shows("from a shell"), "{}", driver.shown());
    driver.press("\n");
    let places = [0, 1].map(|number| Place::of(&hit(number)));
    let is_job = |job: &Job| matches!(&job.what, What::Marked { places: marked, .. } if *marked == places);
    let written = |effect: &Effect| matches!(effect, Effect::Export { job, .. } if is_job(job));
    assert!(driver.wanted.iter().any(written), "{:?}", driver.wanted);
}

#[test]
fn a_count_that_stopped_is_an_estimate_until_it_is_asked_to_go_on() {
    let mut driver = pressed("/lunch\n#");
    assert!(driver.shows("all are counted"), "{}", driver.shown());
    let counts = |exact| tellall::query::Counts { count: 41_000, exact, ..Default::default() };
    let reply = |driver: &mut Driver, exact| {
        for ask in 1..=driver.model.asked.get() {
            driver.send(Msg::Reply { ask, reply: Box::new(Reply::Counts(counts(exact))) });
        }
    };
    reply(&mut driver, false);
    driver.press("j");
    assert!(driver.shows("≈ 41,000 records in 0 companies · # counts all"), "{}", driver.shown());
    driver.press("#");
    assert!(matches!(driver.wanted.last(), Some(Effect::CountOn { .. })), "{:?}", driver.wanted);
    reply(&mut driver, true);
    driver.press("j");
    assert!(driver.shows("3 of 41,000 records") && !driver.shows("≈"), "{}", driver.shown());
}

#[test]
fn a_range_all_and_none_can_be_marked() {
    let mut driver = pressed("/lunch\nj jjV");
    assert!(driver.shows("4 records marked"), "{}", driver.shown());
    driver.press("A");
    assert!(driver.shows("7 records marked"), "{}", driver.shown());
    driver.press("U");
    assert!(driver.shows("nothing is marked") && !driver.shows("[x] 2026"), "{}", driver.shown());
    driver.press("e");
    assert!(!driver.shows("marked"), "{}", driver.shown());
}

#[test]
fn n_walks_through_the_matches_of_the_preview_and_then_to_the_next_record() {
    let mut driver = pressed("/lunch\n");
    let first = row_of_cursor(&driver);
    let seen: Vec<String> = (0..4).map(|_| row_of_cursor(driver.press("n"))).collect();
    assert!(seen.iter().any(|row| *row != first), "{seen:?}");
    driver.press("NNNNNNNNN");
    assert_eq!(row_of_cursor(&driver), first);
    driver.press("N");
    assert!(driver.shows("no match above"), "{}", driver.shown());
    driver.press("GnNnnnnn");
    assert!(driver.shows("no match below"), "{}", driver.shown());
}

#[test]
fn n_goes_on_to_the_matches_of_a_record_and_of_its_source() {
    let mut driver = pressed("/lunch\n\nggn");
    assert!(row_of_cursor(&driver).contains("the lunch booking"), "{}", driver.shown());
    driver.press("n");
    assert!(driver.shows("no match below"), "{}", driver.shown());
}

#[test]
fn one_letter_is_not_searched_but_a_word_of_one_sign_is() {
    check("/l", &["type one letter more"]);
    let asks = |text: &str| {
        let mut driver = pressed("/");
        let before = driver.model.asked.get();
        driver.send(Msg::Paste(text.to_owned()));
        driver.model.asked.get() > before
    };
    assert!(!asks("l") && asks("日"));
}

#[test]
fn an_empty_answer_names_its_cause_and_the_way_out() {
    for (query, says) in [
        ("nothing", "No record holds all these words."),
        ("nothing on:2019", "No record with these words passes the filters; c in the results clears the filters."),
        ("nothing co:discord", "Nothing of discord is imported; I imports archives."),
        ("nothing co:whats kind:payment", "WhatsApp did not include payments in its export; nothing was skipped if u"),
        ("nothing cat:location", "None of these exports includes data about location"),
    ] {
        check(&format!("/{query}\n"), &[says]);
    }
    let mut driver = Driver::empty(100, 30);
    driver.press("/nothing");
    assert!(driver.shows("Nothing imported yet; leave with Esc, then I imports archives."), "{}", driver.shown());
}

#[test]
fn filters_are_explained_while_they_are_typed_and_in_help() {
    check("/", &["co: from: with: in: kind: cat: after: at: has: is:", "F1 all filters"]);
    check("/lunch wi", &["with: the name of somebody in the conversation"]);
    check("/lunch has:", &["has: takes time, place, link, media, photo, phone or email"]);
    check("/lunch\n?with:", &["with:", "the name of somebody in the conv", "In a query"]);
    check("/lunch\n?with:\n", &["/ lunch with:"]);
}

/// What was to be remembered.
fn kept(driver: &Driver) -> Vec<&Change> {
    let mut changes = Vec::new();
    for effect in &driver.wanted {
        if let Effect::Searches(change) = effect {
            changes.push(change);
        }
    }
    changes
}

#[test]
fn a_search_that_was_meant_is_remembered_and_found_again() {
    let mut driver = pressed("/lunch poll\n/\u{1b}");
    driver.press("train\n");
    let searched = |text: &str| Change::Searched(text.to_owned());
    assert_eq!(kept(&driver), [&searched("lunch poll"), &searched("train")]);
    driver.press("1").send(Msg::Key(Key::Ctrl('r')));
    assert!(driver.shows("Earlier searches"), "{}", driver.shown());
    driver.press("lnch\n");
    assert!(driver.row(0).contains("[3 Search]") && driver.shows("/ lunch poll"), "{}", driver.shown());
}

#[test]
fn nothing_is_remembered_where_the_settings_say_so() {
    let mut driver = Driver::new(Look { history: History::Off, ..Look::default() }, 100, 30);
    driver.press("/lunch\n").send(Msg::Key(Key::Ctrl('r')));
    assert!(driver.shows("earlier searches are not kept: history = false in the settings"), "{}", driver.shown());
    assert_eq!(kept(&driver), Vec::<&Change>::new());
}

#[test]
fn a_search_is_saved_under_a_name_opened_by_it_and_forgotten() {
    let mut driver = pressed("/lunch OR dinner\n");
    driver.send(Msg::Key(Key::Ctrl('s'))).press("food\n");
    assert!(driver.shows("saved; :open food searches it again"), "{}", driver.shown());
    driver.press("1:open food\n");
    assert!(driver.row(0).contains("[3 Search]") && driver.shows("/ lunch OR dinner"), "{}", driver.shown());
    driver.press(":save meals\n:open none\n");
    assert!(driver.shows("no search is saved as none"), "{}", driver.shown());
    driver.press(":search.unsave\nfood\n:search.open\n");
    assert!(driver.shows("meals") && !driver.shows("food"), "{}", driver.shown());
}

#[test]
fn earlier_searches_are_hidden_with_the_values() {
    let mut driver = Driver::new(Look { values: Shown::Hidden, ..Look::default() }, 100, 30);
    driver.press("/lunch\n/\u{1b}\u{1b}").send(Msg::Key(Key::Ctrl('r')));
    assert!(driver.shows("Earlier searches") && !driver.shows("lunch"), "{}", driver.shown());
}

#[test]
fn forgetting_all_earlier_searches_asks_first() {
    let mut driver = pressed("/lunch\n:searches.forget\nn");
    assert!(!kept(&driver).contains(&&Change::Forgotten));
    driver.press(":searches.forget\ny").send(Msg::Key(Key::Ctrl('r')));
    assert!(driver.shows("Nothing yet."), "{}", driver.shown());
}
