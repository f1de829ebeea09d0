//! Narrowing all screens at once, and marking rows on any of them.

use super::fixture::Driver;
use jiff::tz::TimeZone;
use tellall::export::{Job, What};
use tellall::tui::Effect;
use tellall::tui::look::Look;

fn pressed(keys: &str) -> Driver {
    let mut driver = Driver::sized(100, 30);
    driver.press(keys);
    driver
}

#[track_caller]
fn check(driver: &Driver, shown: &[&str], hidden: &[&str]) {
    for text in shown {
        assert!(driver.shows(text), "{text} is missing in\n{}", driver.shown());
    }
    for text in hidden {
        assert!(!driver.shows(text), "{text} shows in\n{}", driver.shown());
    }
}

#[test]
fn a_company_chosen_on_one_screen_holds_on_all_until_one_key_clears_it() {
    let mut driver = pressed("Fwhats\n");
    check(&driver, &["[WhatsApp]  C all", "214,907"], &["381,220"]);
    check(driver.press("2"), &["[WhatsApp]", "▸ WhatsApp"], &["▸ Facebook"]);
    check(driver.press("4"), &["[WhatsApp]"], &["all records"]);
    check(driver.press("6"), &["[WhatsApp]"], &["203.0.113.47"]);
    check(driver.press("/lunch"), &["/ co:whatsapp lunch"], &[]);
    check(driver.press("\u{1b}"), &["/ co:whatsapp "], &["lunch▏"]);
    check(driver.press("\u{1b}1C"), &["everything shows again", "381,220"], &["[WhatsApp]"]);
    check(driver.press("3"), &[], &["co:whatsapp"]);
}

#[test]
fn what_a_screen_cannot_heed_is_said_there() {
    let mut driver = pressed("F2025\n");
    check(&driver, &["[2025]", "31,768"], &["381,220"]);
    check(driver.press("6"), &["(2025: not here)"], &["[2025]"]);
}

#[test]
fn a_search_narrowed_by_its_facets_narrows_the_other_screens() {
    let mut driver = pressed("/lunch\nF\n1");
    check(&driver, &["[WhatsApp]"], &["381,220"]);
    check(driver.press("3"), &["/ lunch co:whatsapp"], &[]);
    check(driver.press("c1"), &["381,220"], &["[WhatsApp]"]);
}

#[test]
fn a_search_opened_from_elsewhere_narrows_nothing() {
    let mut driver = pressed("7v\n");
    check(&driver, &["/ company:\"facebook\" field:"], &[]);
    check(driver.press("1"), &["381,220"], &["[Facebook]"]);
}

#[test]
fn the_overview_walks_through_years_and_months() {
    let mut driver = pressed("<");
    check(&driver, &["[2025]"], &["381,220"]);
    check(driver.press("<"), &["[2024]"], &[]);
    check(driver.press("+"), &["[December 2024]"], &[]);
    check(driver.press("<"), &["[November 2024]"], &[]);
    check(driver.press("-"), &["[2024]"], &["November"]);
    check(driver.press(">>"), &["381,220"], &["[2025]"]);
    check(driver.press(">"), &["all of time already"], &[]);
    check(driver.press(&"<".repeat(11)), &["nothing is known of the time before", "[2016]"], &[]);
}

#[test]
fn the_time_screen_goes_to_the_year_that_all_screens_are_narrowed_to() {
    let mut driver = pressed("F2019\n4");
    check(&driver, &["[2019]", "2019: ", "zoom: year"], &["2018 ", "2020 "]);
    check(driver.press("\t\n"), &["[Facebook] [2019]"], &[]);
    check(driver.press("\n"), &["[2019]"], &["[Facebook]"]);
}

#[test]
fn settings_give_way_to_where_one_is_and_what_is_narrowed() {
    let mut driver = Driver::sized(80, 24);
    check(driver.press("4++"), &["2025 › December › ", "zoom: hour   lanes: company   times: as written"], &[]);
    check(driver.press("Fwhats\nF2025\n"), &["2025 › December › ", ":00  [WhatsApp] [2025]"], &["zoom: hour"]);
    check(driver.press("C"), &["zoom: hour   lanes: company"], &["[WhatsApp]"]);
}

#[test]
fn the_time_screen_never_stands_where_nothing_is_left() {
    let mut driver = pressed("4t2019-02\n");
    check(&driver, &["February 2019: 0 records"], &[]);
    check(driver.press("Fwhats\n"), &["[WhatsApp]", "December 2025: "], &[": 0 records"]);
}

#[test]
fn the_selected_company_stays_selected_when_its_numbers_are_others() {
    let driver = pressed("jj<");
    let (_, cursor) = driver.frame();
    assert!(driver.row(cursor.y).contains("Instagram"), "{}", driver.shown());
}

#[test]
fn marked_fields_are_exported_together() {
    let mut driver = pressed("2\n\n  e");
    check(&driver, &["(•) Records of 2 rows marked"], &[]);
    driver.press("\n");
    let query = "(co:facebook field:\"inferred_interests[]\") OR (co:facebook cat:Contact)";
    let is_job = |job: &Job| matches!(&job.what, What::Records { query: found, .. } if found == query);
    let written = driver.wanted.iter().any(|effect| matches!(effect, Effect::Export { job, .. } if is_job(job)));
    assert!(written, "{:?}", driver.wanted);
}

#[test]
fn a_marked_identifier_stands_for_the_records_that_prove_it() {
    let mut driver = pressed("6 ");
    check(&driver, &["[x] +447700900123", "[ ]", "1 row marked · "], &[]);
    driver.press("e\n");
    let is_job = |job: &Job| matches!(&job.what, What::Marked { places, .. } if !places.is_empty());
    let written = driver.wanted.iter().any(|effect| matches!(effect, Effect::Export { job, .. } if is_job(job)));
    assert!(written, "{:?}", driver.wanted);
    check(driver.press("\u{1b}U"), &["nothing is marked"], &["[x]"]);
}

#[test]
fn conversations_businesses_and_records_of_a_period_can_be_marked_too() {
    check(&pressed("5v "), &["[x] ", "1 row marked"], &[]);
    check(&pressed("7 "), &["[x] ", "[ ] "], &[]);
    check(&pressed("4\n  "), &["[x] ", "2 records marked"], &[]);
    check(&pressed("4 "), &["stands for no records"], &["[x]"]);
    check(&pressed("u V"), &["nothing can be marked here"], &[]);
}

#[test]
fn times_are_told_by_the_clock_of_the_export_of_the_person_or_in_utc() {
    let zone = TimeZone::posix("EST5").expect("a zone");
    let mut driver = Driver::new(Look { zone: Some(zone), ..Look::default() }, 100, 30);
    driver.press("/lunch\n");
    let row = |driver: &Driver| driver.row(driver.frame().1.y);
    let written = row(&driver);
    check(driver.press("Z"), &["times: local"], &[]);
    let local = row(&driver);
    assert_ne!(written, local);
    check(driver.press("Z"), &["times: UTC"], &[]);
    assert_ne!(local, row(&driver));
    check(driver.press("Z4"), &["times: as written"], &[]);
}
