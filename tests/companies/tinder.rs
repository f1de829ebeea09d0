//! Tinder: one file, only one's own messages.

use crate::archive::*;
use tellall::record::IdKind;

#[test]
fn one_file_holds_messages_swipes_profile_photos_and_purchases() {
    let imported = Imported::sample("tinder");
    assert_eq!(imported.export().company, "tinder");
    let expected = [
        ("consents", 2),
        ("descriptors", 2),
        ("messages", 3),
        ("other", 1),
        ("photos", 1),
        ("profile", 1),
        ("purchases", 1),
        ("usage", 10),
    ];
    assert_eq!(imported.counts().into_iter().collect::<Vec<_>>(), expected.map(|(id, count)| (id.to_owned(), count)));
    assert_eq!(imported.problems(), [""; 0]);
}

#[test]
fn messages_have_months_in_full_and_markup_is_taken_out() {
    let imported = Imported::sample("tinder");
    let messages = imported.section("messages");
    assert_eq!(messages[0].time.as_deref(), Some("2021-07-02T20:31:15Z"));
    assert_eq!(messages[0].text.as_deref(), Some("Hello & sorry about the mud"));
    assert_eq!((messages[0].who.as_deref(), messages[0].thread.as_deref()), (Some("You"), Some("Match 1")));
    assert_eq!(messages[2].time.as_deref(), Some("2021-07-03T09:15:00Z"));
}

#[test]
fn what_is_most_personal_is_labelled_as_such() {
    let imported = Imported::sample("tinder");
    for (field, category, origin) in [
        ("User.sexual_orientations[]", "sexual", "provided"),
        ("User.interested_in", "sexual", "provided"),
        ("User.image_tags[]", "inferred", "inferred"),
        ("User.pos.lat", "gps", "observed"),
        ("User.ip_address", "ip", "observed"),
    ] {
        assert_eq!(imported.meaning("profile", field), (category.to_owned(), origin.to_owned()), "{field}");
    }
    assert!(imported.identifiers(IdKind::AdvertisingId)["38400000-8cf0-11bd-b23e-10b96e40000d"]);
    assert!(imported.identifiers(IdKind::Phone)["+447700900123"]);
    let consents: Vec<_> = imported.choices().into_iter().map(|choice| (choice.what, choice.value)).collect();
    assert!(consents.contains(&("Consent: share_with_match_group".to_owned(), "true".to_owned())), "{consents:?}");
}

#[test]
fn a_loose_file_of_another_name_is_recognised_by_its_keys() {
    let text = r#"{"Usage":{"app_opens":{"2024-05-06":3}},"User":{"email":"robin@example.com","ip_address":"192.0.2.9","pos":{"lat":0.1,"lon":0.2}},"Messages":[{"match_id":"Match 1","messages":[{"to":0,"from":"You","message":"hello","sent_date":"Mon, 06 May 2024 07:08:09 GMT"}]}],"Photos":[]}"#;
    let imported = Imported::of_files(&[("mes données.json", text.as_bytes().to_vec())]);
    assert_eq!(imported.companies(), ["tinder"]);
    assert_eq!((imported.counts()["messages"], imported.counts()["usage"]), (1, 1));
}
