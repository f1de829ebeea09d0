//! Hinge: only what the owner did.

use crate::archive::*;
use tellall::record::IdKind;

#[test]
fn likes_matches_and_messages_are_sections_of_one_file() {
    let imported = Imported::sample("hinge");
    assert_eq!(imported.export().company, "hinge");
    let expected = [
        ("blocked", 1),
        ("likes", 2),
        ("matched", 1),
        ("matches", 2),
        ("media", 1),
        ("met", 1),
        ("prompts", 1),
        ("subscriptions", 1),
        ("user", 3),
    ];
    assert_eq!(imported.counts().into_iter().collect::<Vec<_>>(), expected.map(|(id, count)| (id.to_owned(), count)));
    assert_eq!(imported.problems(), [""; 0]);
    let first = &imported.section("matches")[0];
    assert_eq!((first.time.as_deref(), first.text.as_deref()), (Some("2022-01-07T08:05:00"), Some("Good morning!")));
}

#[test]
fn json_in_strings_is_read_and_special_categories_are_named() {
    let imported = Imported::sample("hinge");
    for (field, category) in [
        ("profile.sexuality[]", "sexual"),
        ("profile.religions[]", "religion"),
        ("profile.politics", "politics"),
        ("profile.ethnicities[]", "ethnicity"),
        ("profile.drinking", "health"),
        ("preferences.gender_preference[]", "sexual"),
    ] {
        assert_eq!(imported.meaning("user", field).0, category, "{field}");
    }
    assert_eq!(imported.count("Bisexual"), 1);
    assert_eq!(imported.meaning("user", "identity.phone_carrier").1, "third-party");
}

#[test]
fn every_install_tells_an_address_and_an_advertising_id() {
    let imported = Imported::sample("hinge");
    assert!(imported.identifiers(IdKind::AdvertisingId)["38400000-8cf0-11bd-b23e-10b96e40000d"]);
    let ips: Vec<String> = imported.identifiers(IdKind::Ip).into_keys().collect();
    assert_eq!(ips, ["198.51.100.23", "203.0.113.47"]);
    assert!(imported.identifiers(IdKind::Phone)["+447700900123"]);
}
