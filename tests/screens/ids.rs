//! What ties the companies together, and why that is so.

use super::fixture::Driver;

/// Sizes at which the panes lie differently.
const SIZES: [(u16, u16); 4] = [(100, 30), (80, 24), (60, 20), (40, 12)];

#[test]
fn why_two_values_are_one_is_a_key_away_at_every_size_and_the_same_key_leads_back() {
    for (width, height) in SIZES {
        let mut driver = Driver::sized(width, height);
        driver.press("6");
        let before = driver.shown();
        driver.press("w");
        let shown = driver.shown();
        // How sure, by which rule, and what each side wrote.
        for part in ["Certain: the same number.", "Facebook", "WhatsApp", "07700900123", "E.164 from national"] {
            assert!(shown.contains(part), "{part} at {width}x{height}:\n{shown}");
        }
        driver.press("w");
        assert_eq!(driver.shown(), before, "at {width}x{height}");
    }
}

#[test]
fn from_why_one_goes_on_to_where_it_is_written() {
    let mut driver = Driver::sized(40, 12);
    driver.press("6w\n");
    assert!(driver.shows("Evidence") && driver.shows("G Facebook"), "{}", driver.shown());
    driver.press("\n");
    assert!(driver.shows("Record"), "{}", driver.shown());
}

#[test]
fn what_does_not_fit_is_scrolled_to() {
    let mut driver = Driver::sized(40, 12);
    driver.model.data.shared.identifiers[0].evidence =
        driver.model.data.shared.identifiers[0].evidence.iter().cycle().take(30).cloned().collect();
    driver.press("6wG");
    assert!(driver.shows("> Equal names alone are never proof."), "{}", driver.shown());
}

#[test]
fn hidden_values_stay_hidden_in_the_reasons() {
    let mut driver = Driver::sized(100, 30);
    driver.press("6Hw");
    assert!(driver.shows("Certain: the same number.") && !driver.shows("900123"), "{}", driver.shown());
}
