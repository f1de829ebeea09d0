//! Tinder: one file, only one's own messages.

use crate::archive::*;
use std::collections::BTreeMap;
use tellall::record::IdKind;

#[test]
fn one_file_holds_messages_swipes_profile_photos_and_purchases() {
    let imported = Imported::sample("tinder");
    assert_eq!(imported.export().company, "tinder");
    assert_eq!(imported.problems(), [""; 0]);
    assert_eq!(imported.with_fate("failed"), [""; 0]);
    assert_eq!(imported.with_fate("generic"), [""; 0]);
    assert_eq!(imported.with_fate("skipped"), ["myData/index.html"]);
    let expected = BTreeMap::from(
        [
            ("advertising_ids", 1),
            ("campaigns", 1),
            ("consents", 1),
            ("descriptors", 2),
            ("messages", 3),
            ("other", 1),
            ("photos", 1),
            ("profile", 1),
            ("purchases", 2),
            ("spotify", 1),
            ("swipe_notes", 1),
            ("usage", 21),
        ]
        .map(|(section, count)| (section.to_owned(), count)),
    );
    assert_eq!(imported.counts(), expected);
}

#[test]
fn messages_have_months_in_full_and_markup_is_taken_out() {
    let imported = Imported::sample("tinder");
    let messages = imported.section("messages");
    assert_eq!(messages[0].time.as_deref(), Some("2021-07-02T20:31:15Z"));
    assert_eq!(messages[0].text.as_deref(), Some("Hello! Are those your tomatoes? I'm jealous"));
    assert_eq!((messages[0].who.as_deref(), messages[0].thread.as_deref()), (Some("You"), Some("Match 2")));
    assert_eq!(messages[1].text.as_deref(), Some("slug"), "a picture that moves");
    assert_eq!(messages[2].time.as_deref(), Some("2021-07-03T07:12:00Z"), "newer ones are ISO");
    assert_eq!(messages[2].text.as_deref(), Some("Lunes a las 7 & traigo pan"));
    assert_eq!(messages[2].thread.as_deref(), Some("Match 1"));
}

#[test]
fn what_is_most_personal_is_labelled_as_such() {
    let imported = Imported::sample("tinder");
    for (field, category, origin) in [
        ("User.sexual_orientations[]", "sexual", "provided"),
        ("User.interested_in", "sexual", "provided"),
        ("User.gender_filter", "sexual", "provided"),
        ("User.image_tags[]", "inferred", "inferred"),
        ("User.selfie_verification.status", "biometric", "observed"),
        ("User.pos.lat", "gps", "observed"),
        ("User.ip_address", "ip", "observed"),
        ("User.connection_count", "friends", "third-party"),
    ] {
        assert_eq!(imported.meaning("profile", field), (category.to_owned(), origin.to_owned()), "{field}");
    }
    assert_eq!(imported.meaning("descriptors", "User.descriptors[].choices[]").0, "sexual");
    assert_eq!(imported.section("descriptors")[0].text.as_deref(), Some("Quaker"));
}

#[test]
fn every_day_and_measure_is_a_record_and_advertising_ids_are_the_owners() {
    let imported = Imported::sample("tinder");
    let usage = imported.records("section:usage 40");
    assert_eq!(usage[0].time.as_deref(), Some("2021-07-01"));
    assert_eq!(usage[0].value("Usage.swipes_passes.{}"), Some("40"));
    assert_eq!(imported.meaning("usage", "Usage.swipes_likes.{}").0, "likes");
    let mine = |kind, value: &str| assert_eq!(imported.identifiers(kind).get(value), Some(&true), "{value}");
    mine(IdKind::AdvertisingId, "38400000-8cf0-11bd-b23e-10b96e40000d");
    mine(IdKind::Phone, "+447700900123");
    mine(IdKind::Email, "rosa.quill@example.com");
    mine(IdKind::Ip, "203.0.113.47");
    mine(IdKind::Username, "rosaquill");
}

#[test]
fn consents_are_choices_by_their_kind() {
    let choices = Imported::sample("tinder").choices();
    let shown: Vec<_> = choices.iter().map(|one| (one.what.as_str(), one.value.as_str())).collect();
    assert_eq!(shown, [("Consent: email_marketing", "denied")]);
    let data = r#"{"Usage":{"app_opens":{"2024-05-06":3}},"User":{"email":"robin@example.com","user_message_consents":[{"type":"share_with_match_group","enabled":true}]},"Messages":[]}"#;
    let choices = Archive::new().file("data.json", data).import_as("myData.zip").choices();
    assert_eq!((choices[0].what.as_str(), choices[0].value.as_str()), ("Consent: share_with_match_group", "true"));
}

#[test]
fn a_signed_link_to_a_photo_is_not_kept() {
    let imported = Imported::sample("tinder");
    assert!(!imported.index_holds("invented-signature"));
    assert_eq!(imported.section("photos")[0].text.as_deref(), Some("Me at the allotment"));
}

#[test]
fn older_exports_have_links_for_photos_and_empty_texts_for_nothing() {
    let data = r#"{"Usage":{"app_opens":{},"idfa":{"2018-01-02":"38400000-8cf0-11bd-b23e-10b96e40000d"}},"User":{"create_date":"2017-05-06T07:08:09.000Z","interested_in":"M","travel_pos":"","authIds":"","interests":[{"id":"1","name":"Boats"}],"jobs":[],"spotify":""},"Messages":[{"match_id":"Match 1","messages":[]}],"Photos":["https://images.example/1.jpg"],"Spotify":"","Tailor":{"style":"x"},"SocialGraph":{"contacts_shared":2}}"#;
    let imported = Archive::new().file("data.json", data).import_as("myData (1).zip");
    assert_eq!(imported.companies(), ["tinder"]);
    assert_eq!(imported.problems(), [""; 0]);
    assert_eq!(imported.section("photos")[0].text.as_deref(), Some("https://images.example/1.jpg"));
    assert_eq!(
        imported.meaning("other", "SocialGraph.contacts_shared"),
        ("friends".to_owned(), "third-party".to_owned())
    );
    assert_eq!(imported.meaning("other", "Tailor.style").1, "inferred");
    assert_eq!(imported.counts()["advertising_ids"], 1);
}

#[test]
fn a_loose_file_of_another_name_is_recognised_by_its_keys() {
    let text = r#"{"Usage":{"app_opens":{"2024-05-06":3}},"User":{"email":"robin@example.com","ip_address":"192.0.2.9","pos":{"lat":0.1,"lon":0.2}},"Messages":[{"match_id":"Match 1","messages":[{"to":0,"from":"You","message":"hello","sent_date":"Mon, 06 May 2024 07:08:09 GMT"}]}],"Photos":[]}"#;
    let imported = Imported::of_files(&[("mes données.json", text.as_bytes().to_vec())]);
    assert_eq!(imported.companies(), ["tinder"]);
    assert_eq!((imported.counts()["messages"], imported.counts()["usage"]), (1, 1));
}

#[test]
fn a_usage_report_of_another_service_is_not_tinder() {
    let other = Archive::new()
        .file("data.json", r#"{"Usage":{"calls":{"2024-05-06":3}},"User":{"email":"robin@example.com"}}"#);
    assert!(other.import_as("x.zip").companies()[0].starts_with("unknown"));
}
