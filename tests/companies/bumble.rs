//! Bumble: nothing certain is known of its files; what names Bumble is read by structure.

use crate::archive::*;
use tellall::record::IdKind;

#[test]
fn files_that_name_bumble_are_read_and_special_categories_named() {
    let imported = Imported::sample("bumble");
    assert_eq!(imported.export().company, "bumble");
    assert_eq!(imported.problems(), [""; 0]);
    assert_eq!(imported.with_fate("generic"), [""; 0]);
    assert_eq!(imported.meaning("profile", "sexual_orientation").0, "sexual");
    assert_eq!(imported.meaning("profile", "politics").0, "politics");
    assert_eq!(imported.meaning("profile", "drinking").0, "health");
    assert_eq!(imported.meaning("profile", "Religion").0, "religion", "from a page");
    assert_eq!(imported.identifiers(IdKind::Phone).get("+447700900123"), Some(&true));
    assert_eq!(imported.identifiers(IdKind::Ip).get("203.0.113.47"), Some(&true));
    let messages = imported.section("messages");
    assert_eq!((messages[1].who.as_deref(), messages[1].text.as_deref()), (Some("Kai"), Some("Every Sunday 🐝")));
    assert_eq!(messages[1].thread.as_deref(), Some("c1"));
}

#[test]
fn a_token_is_not_kept() {
    assert!(!Imported::sample("bumble").index_holds("invented-bumble-token"));
}

#[test]
fn a_bundle_of_another_form_is_known_by_the_words_of_its_sender() {
    let profile = r#"{"note":"Your Bumble Date account data","name":"Rosa","sexuality":"bisexual","location":{"latitude":51.3811,"longitude":-2.3590},"bumble_id":"zz11rosa"}"#;
    let imported = Archive::new()
        .file("profile.json", profile)
        .file("logins.csv", "date,ip,device_id\n2023-02-03 09:59:00,203.0.113.47,a81f33d07c2e94b5\n")
        .import_as("request.zip");
    assert_eq!(imported.companies(), ["bumble"]);
    assert_eq!(imported.meaning("profile", "sexuality").0, "sexual");
    assert_eq!(imported.section("logins")[0].time.as_deref(), Some("2023-02-03T09:59:00"));
}

#[test]
fn a_folder_about_bumblebees_is_nobodys_export() {
    let other = Archive::new()
        .file("bumble-bees/list.csv", "Name,Seen\nBombus,2020-01-02\n")
        .file("bumble-bees/profile.json", r#"{"name":"Bombus terrestris"}"#);
    assert!(other.import_as("bumble-bees.zip").companies()[0].starts_with("unknown"));
}
