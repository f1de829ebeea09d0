//! Hinge: only what the owner did.

use crate::archive::*;
use std::collections::BTreeMap;
use tellall::record::{Direction, IdKind};

#[test]
fn likes_matches_and_messages_are_sections_of_one_file() {
    let imported = Imported::sample("hinge");
    assert_eq!(imported.export().company, "hinge");
    assert_eq!(imported.problems(), [""; 0]);
    assert_eq!(imported.with_fate("failed"), [""; 0]);
    assert_eq!(imported.with_fate("generic"), [""; 0]);
    let expected = BTreeMap::from(
        [
            ("account", 1),
            ("blocks", 2),
            ("devices", 1),
            ("fresh_starts", 1),
            ("identity", 1),
            ("installs", 1),
            ("likes", 2),
            ("location", 1),
            ("matches", 2),
            ("media", 1),
            ("messages", 3),
            ("preferences", 1),
            ("profile", 1),
            ("prompts", 2),
            ("selfie", 1),
            ("subscriptions", 1),
            ("voice_notes", 1),
            ("we_met", 1),
        ]
        .map(|(section, count)| (section.to_owned(), count)),
    );
    assert_eq!(imported.counts(), expected);
}

#[test]
fn conversations_without_names_are_told_apart_by_their_number() {
    let imported = Imported::sample("hinge");
    let messages = imported.section("messages");
    let of = |at: usize| (messages[at].time.as_deref(), messages[at].thread.as_deref(), messages[at].text.as_deref());
    assert_eq!(of(0).2, Some("Good morning! Do you still have the recipe?"));
    assert_eq!(of(1), (Some("2022-03-05T08:03:30.500"), Some("matches 1"), Some("¿Y el pan? 🍞")));
    assert_eq!(of(2), (Some("2022-04-01T12:01:00"), Some("matches 3"), Some("Hello there")));
    assert_eq!(imported.section("likes")[0].thread.as_deref(), Some("matches 1"));
}

#[test]
fn json_in_strings_is_read_and_special_categories_are_named() {
    let imported = Imported::sample("hinge");
    for (section, field, category) in [
        ("profile", "profile.sexual_orientations[]", "sexual"),
        ("profile", "profile.religions[]", "religion"),
        ("profile", "profile.politics", "politics"),
        ("profile", "profile.ethnicities[]", "ethnicity"),
        ("profile", "profile.drinking", "health"),
        ("profile", "profile.drugs", "health"),
        ("profile", "profile.children", "family"),
        ("preferences", "preferences.gender_preference", "sexual"),
        ("preferences", "preferences.religion_preference[]", "religion"),
        ("preferences", "preferences.politics[]", "politics"),
        ("preferences", "preferences.drugs_preference[]", "health"),
        ("selfie", "[].status", "biometric"),
    ] {
        assert_eq!(imported.meaning(section, field).0, category, "{field}");
    }
    assert_eq!(imported.count("Bisexual"), 1);
    let preferences = &imported.section("preferences")[0];
    let wanted = preferences.values.iter().filter(|(field, _)| field == "preferences.religion_preference[]").count();
    assert_eq!(wanted, 2);
    assert_eq!(imported.section("likes")[0].value("[].like[].content[].photo.caption"), Some("soup"));
}

#[test]
fn what_hinge_looked_up_about_the_phone_is_from_third_parties() {
    let imported = Imported::sample("hinge");
    assert_eq!(imported.meaning("identity", "identity.phone_carrier").1, "third-party");
    assert_eq!(imported.meaning("identity", "identity.phone_is_prepaid").1, "third-party");
    assert_eq!(imported.meaning("identity", "identity.email").1, "provided");
}

#[test]
fn every_install_tells_an_address_an_advertising_id_and_a_network() {
    let imported = Imported::sample("hinge");
    let mine = |kind, value: &str| assert_eq!(imported.identifiers(kind).get(value), Some(&true), "{value}");
    mine(IdKind::AdvertisingId, "38400000-8cf0-11bd-b23e-10b96e40000d");
    mine(IdKind::Ip, "203.0.113.47");
    mine(IdKind::Phone, "+447700900123");
    mine(IdKind::Device, "a81f33d07c2e94b5");
    let recipients = imported.recipients();
    assert_eq!((recipients[0].name.as_str(), recipients[0].direction), ("Harbour Fitness Network", Direction::Gave));
}

#[test]
fn what_the_profile_shows_is_a_choice() {
    let choices = Imported::sample("hinge").choices();
    let shown = choices.iter().find(|one| one.what.ends_with("religions_displayed")).expect("it is there");
    assert_eq!((shown.value.as_str(), shown.about.as_str()), ("true", "sharing"));
}

#[test]
fn one_file_alone_is_enough_whatever_its_name() {
    let matches = r#"[{"match":[{"timestamp":"2024-05-06 07:08:09"}],"chats":[{"body":"hi","timestamp":"2024-05-06 07:09:00"}]}]"#;
    let imported = Imported::of_files(&[("citas.json", matches.into())]);
    assert_eq!(imported.companies(), ["hinge"]);
    assert_eq!(imported.counts()["messages"], 1);
    let user = r#"{"identity":{"email":"robin@example.com","phone_carrier":"Example"},"installs":[{"ip_address":"192.0.2.9","install_time":"2024-05-06 07:00:00"}],"preferences":{"age_dealbreaker":true},"profile":{"sexuality":"[\"Straight\"]"}}"#;
    let imported = Archive::new().file("benutzer/daten.json", user).import_as("x.zip");
    assert_eq!(imported.companies(), ["hinge"]);
    assert_eq!(imported.meaning("profile", "profile.sexuality[]").0, "sexual");
    let together = Imported::of_files(&[("matches.json", matches.into()), ("user.json", user.into())]);
    assert_eq!(together.export().company, "hinge");
}

#[test]
fn matches_of_a_game_are_not_hinge() {
    let other = Archive::new()
        .file("matches.json", r#"[{"match":[{"score":3}],"players":["a"]}]"#)
        .file("user.json", r#"{"account":{"id":1},"profile":{"name":"Robin"}}"#);
    assert!(other.import_as("game.zip").companies()[0].starts_with("unknown"));
}

#[test]
fn sexualities_are_a_list_in_a_text_like_the_others() {
    let user = r#"{"identity":{"email":"robin@example.com","phone_carrier":"Example"},"profile":{"sexualities":"[\"Straight\",\"Bisexual\"]","sexualities_displayed":true}}"#;
    let imported = Archive::new().file("user.json", user).import_as("export.zip");
    assert_eq!(imported.meaning("profile", "profile.sexualities[]").0, "sexual");
    let told: Vec<String> = imported.section("profile")[0].values.iter().map(|(_, value)| value.clone()).collect();
    assert_eq!(told, ["Straight", "Bisexual", "true"]);
    assert_eq!(imported.choices().len(), 1, "{:?}", imported.choices());
}
