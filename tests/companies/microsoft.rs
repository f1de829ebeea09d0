//! Microsoft: Skype's tar, Teams as administrators export it, the privacy dashboard.

use crate::archive::{Archive, Imported};
use tellall::record::IdKind;

#[test]
fn the_sample_is_skype_teams_and_the_dashboard() {
    let found = Imported::sample("microsoft");
    assert_eq!(found.companies(), ["microsoft"; 3]);
    let counts = found.counts();
    let expected = [
        ("apps", 1),
        ("browsing", 1),
        ("conversations", 3),
        ("endpoints", 2),
        ("export", 1),
        ("media", 1),
        ("messages", 10),
        ("places", 1),
        ("searches", 2),
        ("teams_groups", 2),
        ("teams_messages", 4),
        ("teams_people", 4),
    ];
    assert_eq!(counts.iter().map(|(id, count)| (id.as_str(), *count)).collect::<Vec<_>>(), expected);
    assert_eq!(found.problems(), [""; 0]);
    assert_eq!((found.with_fate("failed"), found.with_fate("generic")), (vec![], vec![]));
}

#[test]
fn a_text_of_skype_is_shown_without_its_tags_with_quotes_marked() {
    let found = Imported::sample("microsoft");
    let answer = &found.records("section:messages \"bring tea\"")[0];
    assert_eq!(answer.text.as_deref(), Some("> Ben Zoë: Skype at six?\nYes :) & bring tea"));
    assert_eq!(answer.time.as_deref(), Some("2021-05-06T18:05:00.123Z"), "a fraction of seven digits");
    assert_eq!(answer.thread.as_deref(), Some("Ben Zoë"));
    assert_eq!(found.records("late")[0].text.as_deref(), Some("it's late, see https://larkspur.example/seeds"));
    assert_eq!(found.count("raw_pre"), 0);
}

#[test]
fn calls_places_and_contacts_inside_texts_become_fields() {
    let found = Imported::sample("microsoft");
    let place = |field: &str| format!("conversations[].MessageList[].content.{field}");
    let call = &found.records("section:messages 312")[0];
    assert_eq!(call.value(&place("duration")), Some("312"));
    assert_eq!(call.value(&place("part.identity")), Some("live:rosaquill"));
    assert_eq!(found.meaning("messages", &place("duration")).0, "calls");
    let here = &found.records("51381100")[0];
    assert_eq!(here.value(&place("location.address")), Some("12 Fiction Street, Bath"));
    assert_eq!(found.meaning("messages", &place("location.latitude")).0, "gps");
    assert_eq!(found.records("section:messages plot.jpg")[0].value(&place("originalname.v")), Some("plot.jpg"));
    assert_eq!(found.identifiers(IdKind::Phone).get("+12025550117"), Some(&false), "a contact that was shared");
}

#[test]
fn members_that_are_json_in_a_string_are_members() {
    let found = Imported::sample("microsoft");
    let quiz = &found.records("section:conversations Quiz")[0];
    let members = quiz.values.iter().filter(|(field, _)| field == "conversations[].threadProperties.members[]");
    assert_eq!(members.count(), 3);
    assert_eq!(found.records("section:messages evening")[0].thread.as_deref(), Some("Quiz night"));
    assert_eq!(found.records("section:messages evening")[0].who.as_deref(), Some("Sam Okafor"));
}

#[test]
fn identifiers_of_the_owner_are_told_from_those_of_others() {
    let found = Imported::sample("microsoft");
    let accounts = found.identifiers(IdKind::AccountId);
    assert_eq!(accounts.get("8:live:rosaquill"), Some(&true));
    assert_eq!(accounts.get("8:live:ben.zoe"), Some(&false));
    assert_eq!(found.identifiers(IdKind::Ip).get("203.0.113.47"), Some(&true));
    assert!(found.identifiers(IdKind::Email).contains_key("r.quill@quill-and-sons.example"));
}

#[test]
fn teams_are_called_by_their_channel_and_their_html_is_text() {
    let found = Imported::sample("microsoft");
    let closed = &found.records("section:teams_messages Easter")[0];
    assert_eq!(closed.value("[].Body.Content"), Some("Office closed on Friday & Monday"));
    assert_eq!((closed.who.as_deref(), closed.thread.as_deref()), (Some("Rosa Quill"), Some("General")));
    let thanks = &found.records("section:teams_messages Thanks")[0];
    assert_eq!(thanks.text.as_deref(), Some("> Invoices are done\nThanks, Ben Zoë!"));
    let invoices = &found.records("section:teams_messages 🎉")[0];
    assert_eq!(invoices.text.as_deref(), Some("Invoices are done\n🎉 see"));
    assert_eq!(invoices.value("[].Attachments[].Content.messagePreview"), Some("are they done?"));
}

#[test]
fn skype_is_known_by_its_messages_in_tar_zip_and_alone() {
    let json = r#"{"userId":"8:live:robin.example","exportDate":"2024-05-06T07:08","conversations":[{"id":"8:live:kim.example","displayName":"Kim Example","MessageList":[{"id":"1714979289000","originalarrivaltime":"2024-05-06T07:08:09.000Z","messagetype":"RichText","content":"hello &amp; hi","from":"8:live:robin.example"}]}]}"#;
    let files = Archive::new().file("messages.json", json);
    for found in [
        Imported::of_files(&[("8_robin_export.tar", files.tar())]),
        Imported::of_files(&[("skype.tgz", files.tgz())]),
        Imported::of_files(&[("messages.json", json.into())]),
        files.import_as("x.zip"),
        files.import_folder(),
        Archive::new().file("umbenannt/nachrichten.json", json).import_as("x.zip"),
    ] {
        assert_eq!(found.companies(), ["microsoft"]);
        let messages = found.section("messages");
        assert_eq!(messages[0].text.as_deref(), Some("hello & hi"));
        assert_eq!(messages[0].thread.as_deref(), Some("Kim Example"));
        assert_eq!(found.with_fate("generic"), [""; 0]);
    }
}

#[test]
fn messages_of_other_companies_are_left_to_them() {
    for json in [
        r#"[{"ID":"1","Timestamp":"2024-01-01 10:00:00","Contents":"hi","Attachments":""}]"#,
        r#"{"messages":[{"creator":{"name":"Ben"},"text":"hi","topic_id":"1"}]}"#,
        r#"[{"user":"U1","type":"message","ts":"1700000000.000100","text":"hi"}]"#,
    ] {
        assert_ne!(Archive::new().file("messages.json", json).import_as("x.zip").companies(), ["microsoft"]);
    }
}

#[test]
fn searches_of_the_dashboard_are_searches_of_the_owner() {
    let found = Imported::sample("microsoft");
    let searches = found.section("searches");
    assert_eq!(searches[1].text.as_deref(), Some("knee pain after running"));
    assert_eq!(found.section("places")[0].time.as_deref(), Some("2024-10-01T18:00:00Z"));
    assert_eq!(found.section("browsing")[0].text.as_deref(), Some("Tides"));
    assert!(found.identifiers(IdKind::Device).contains_key("a81f33d07c2e94b5"));
}
