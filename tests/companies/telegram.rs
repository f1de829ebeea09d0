//! Telegram Desktop: full exports and single chats, as JSON and as pages.

use crate::archive::{Archive, Imported, Record};
use tellall::record::IdKind;

/// A chat with these messages, as "Export chat history" writes it.
fn chat(messages: &str) -> String {
    format!(
        "{{\n \"name\": \"Ben Zoë\",\n \"type\": \"personal_chat\",\n \"id\": 700100456,\n \"messages\": [{messages}]\n}}"
    )
}

fn message(more: &str) -> String {
    format!(
        r#"{{"id": 1, "type": "message", "date": "2024-01-02T15:04:05", "date_unixtime": "1704207845", "from": "Ben Zoë", "from_id": "user700100456", {more}}}"#
    )
}

/// What became of the messages of one chat.
fn read(messages: &str) -> Vec<Record> {
    let found = Archive::new().file("ChatExport_2024-01-03/result.json", chat(messages)).import_as("chat.zip");
    assert_eq!(found.companies(), ["telegram"]);
    assert_eq!(found.problems(), [""; 0]);
    found.section("messages")
}

fn one(more: &str) -> Record {
    let mut found = read(&message(more));
    assert_eq!(found.len(), 1);
    found.remove(0)
}

#[test]
fn the_sample_is_two_exports_and_nothing_in_them_is_lost() {
    let found = Imported::sample("telegram");
    assert_eq!(found.companies(), ["telegram", "telegram"]);
    let counts = found.counts();
    let expected = [
        ("changes", 1),
        ("chats", 8),
        ("chats_html", 2),
        ("contacts", 7),
        ("drafts", 1),
        ("frequent_contacts", 4),
        ("ip_addresses", 2),
        ("messages", 31),
        ("messages_html", 5),
        ("profile", 1),
        ("profile_pictures", 1),
        ("remarks", 10),
        ("sessions", 2),
        ("stickers", 1),
        ("stories", 1),
        ("web_sessions", 1),
    ];
    assert_eq!(counts.iter().map(|(id, count)| (id.as_str(), *count)).collect::<Vec<_>>(), expected);
    assert_eq!(found.problems(), [""; 0]);
    assert_eq!((found.with_fate("failed"), found.with_fate("generic")), (vec![], vec![]));
    assert_eq!(found.with_fate("media").len(), 2);
    assert_eq!(found.with_fate("skipped"), ["css/style.css"]);
}

#[test]
fn a_message_in_pieces_is_one_text_that_keeps_where_links_go_and_whom_it_names() {
    let found = Imported::sample("telegram");
    let seeds = &found.records("\"the garden shop\"")[0];
    assert_eq!(seeds.text.as_deref(), Some("Yes 😀 I found the seeds at the garden shop, half price"));
    assert_eq!(seeds.value("chats.list[].messages[].text[].href"), Some("https://larkspur.example/seeds"));
    let same_again = seeds.values.iter().filter(|(field, _)| field.contains("text_entities"));
    assert_eq!(same_again.count(), 0, "text_entities say the same once more");
    assert_eq!((seeds.who.as_deref(), seeds.thread.as_deref()), (Some("Rosa Quill"), Some("Ben Zoë")));
    assert_eq!(seeds.time.as_deref(), Some("2023-05-06T18:03:40Z"));
    let card = &found.records("section:messages flight")[0];
    assert_eq!(card.value("chats.list[].messages[].text.bank_card"), Some("4242 4242 4242 4242"));
    assert_eq!(found.meaning("messages", "chats.list[].messages[].text.bank_card").0, "card");
}

#[test]
fn identifiers_of_the_owner_are_told_from_those_of_others() {
    let found = Imported::sample("telegram");
    let phones = found.identifiers(IdKind::Phone);
    assert_eq!(phones.get("+447700900123"), Some(&true));
    for others in ["+447700900456", "+12025550143", "+447700900789", "+12025550117", "+12025550188"] {
        assert_eq!(phones.get(others), Some(&false), "{others}");
    }
    let ips = found.identifiers(IdKind::Ip);
    assert_eq!(ips.into_iter().collect::<Vec<_>>(), [("198.51.100.23".into(), true), ("203.0.113.47".into(), true)]);
    assert_eq!(found.identifiers(IdKind::Email).get("ben.zoe@example.org"), Some(&false));
    assert_eq!(found.identifiers(IdKind::Username).get("rosaquill"), Some(&true));
    assert_eq!(found.identifiers(IdKind::AccountId).get("100200300"), Some(&true));
}

#[test]
fn what_happened_in_a_chat_is_read_by_what_it_is_called() {
    let found = Imported::sample("telegram");
    let calls = found.records("section:messages phone_call");
    assert_eq!(calls.iter().map(|call| call.who.as_deref()).collect::<Vec<_>>(), [Some("Rosa Quill"), Some("Ben Zoë")]);
    assert_eq!(calls[0].value("chats.list[].messages[].duration_seconds"), Some("312"));
    let created = &found.records("create_group")[0];
    assert_eq!(created.thread.as_deref(), Some("Allotment friends"));
    assert_eq!(created.values.iter().filter(|(field, _)| field.ends_with("members[]")).count(), 3);
    let passport = &found.records("send_passport_values")[0];
    assert_eq!(passport.value("chats.list[].messages[].values[]"), Some("identity_card"));
    assert_eq!(found.meaning("messages", "chats.list[].messages[].values[]").0, "official_id");
}

#[test]
fn json_in_strings_is_read_as_fields() {
    let found = Imported::sample("telegram");
    let invoice = &found.records("\"Cabin for two\"")[0];
    assert_eq!(invoice.value("chats.list[].messages[].invoice_information.currency"), Some("GBP"));
    let peers = &found.records("requested_peer")[0];
    let given = peers.values.iter().filter(|(field, _)| field.ends_with(".peers[]")).map(|(_, value)| value.as_str());
    assert_eq!(given.collect::<Vec<_>>(), ["user700100456", "user700100789"]);
}

#[test]
fn threads_without_a_name_are_called_by_their_kind_and_deleted_people_by_their_number() {
    let found = Imported::sample("telegram");
    assert_eq!(found.records("leek")[0].thread.as_deref(), Some("saved_messages"));
    let bike = &found.records("bike")[0];
    assert_eq!(bike.who.as_deref(), Some("user555000111"));
    assert_eq!(bike.thread.as_deref(), Some("personal_chat"));
    assert_eq!(found.records("section:chats wrote")[0].text.as_deref(), Some("Nobody wrote yet"));
}

#[test]
fn the_phone_book_the_closest_people_and_the_devices_are_sections_of_their_own() {
    let found = Imported::sample("telegram");
    let contacts = found.section("contacts");
    let uploaded = contacts.iter().filter(|one| one.value("contacts.list[].user_id").is_none());
    assert_eq!(uploaded.count(), 4, "three from the phone book, one empty");
    assert_eq!(found.meaning("contacts", "contacts.list[].phone_number"), ("phone".into(), "provided".into()));
    assert_eq!(
        found.meaning("frequent_contacts", "frequent_contacts.list[].rating"),
        ("inferred".into(), "inferred".into())
    );
    let sessions = found.section("sessions");
    assert_eq!(sessions[1].text.as_deref(), Some("Framework Laptop"));
    assert_eq!(sessions[1].time.as_deref(), Some("2024-11-01T20:15:00Z"));
    let recipients = found.recipients();
    assert_eq!(recipients.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["larkspur.example"]);
}

#[test]
fn a_draft_that_was_never_sent_is_shown_without_its_tags() {
    let found = Imported::sample("telegram");
    let draft = &found.section("drafts")[0];
    assert_eq!(draft.text.as_deref(), Some("do you still have my spade & fork?\nsee these"));
    assert_eq!(draft.thread.as_deref(), Some("José Ibarra"));
    assert_eq!(draft.value("other_data.drafts[].html.a.href"), Some("https://larkspur.example/spades"));
}

#[test]
fn pages_of_a_chat_say_who_and_when_even_where_the_sender_is_not_repeated() {
    let found = Imported::sample("telegram");
    let pages = found.section("messages_html");
    let told: Vec<_> =
        pages.iter().map(|one| (one.who.as_deref(), one.time.as_deref(), one.text.as_deref().unwrap_or(""))).collect();
    assert_eq!(
        told,
        [
            (Some("山田 花子"), Some("2024-08-14T09:12:13+02:00"), "着きました！ 港で待ってます"),
            (Some("山田 花子"), Some("2024-08-14T09:12:40+02:00"), "急がないでね"),
            (Some("Rosa Quill"), Some("2024-08-14T09:20:00+02:00"), "¡Ya voy! Ten minutes\nby the fountain"),
            (Some("Rosa Quill"), Some("2024-08-15T20:00:01+02:00"), "Outgoing call\n312 seconds"),
            (None, None, "山田 花子 joined Telegram"),
        ]
    );
    assert!(pages.iter().all(|one| one.thread.as_deref() == Some("山田 花子")));
    assert_eq!(pages[2].value("reactions[]"), Some("👍"));
}

#[test]
fn control_characters_as_telegram_writes_them_are_read() {
    assert_eq!(one(r#""text": "bell \x07, path C:\\x41""#).text.as_deref(), Some("bell \u{7}, path C:\\x41"));
}

#[test]
fn a_sticker_number_without_quotes_costs_nothing() {
    // 4.1.x, August 2022
    let entity = "\"text\": [\n {\n \"type\": \"custom_emoji\",\n \"text\": \"😀\",\n \"document_id\": video_files/sticker (2).webm\n }\n ]";
    let found = read(&format!("{},{}", message(entity), message(r#""text": "after""#)));
    assert_eq!(found[0].text.as_deref(), Some("😀"));
    assert_eq!(found[0].value("messages[].text[].document_id"), Some("video_files/sticker (2).webm"));
    assert_eq!(found[1].text.as_deref(), Some("after"));
}

#[test]
fn a_key_that_stands_twice_keeps_what_it_said_first() {
    // 5.9, late 2024: the empty one overwrites the words of the gift for most programs.
    let gift = one(r#""action": "send_star_gift", "text": "For the beans!", "text": "", "text_entities": []"#);
    assert_eq!(gift.value("messages[].text"), Some("For the beans!"));
}

#[test]
fn placeholders_of_media_are_kept_as_what_they_are() {
    let missing = "(File not included. Change data exporting settings to download.)";
    let found = one(&format!(r#""photo": "{missing}", "width": 1, "height": 1, "text": "look""#));
    assert_eq!((found.value("messages[].photo"), found.text.as_deref()), (Some(missing), Some("look")));
}

#[test]
fn chats_before_2021_with_numbers_for_senders_and_no_unix_time_are_read() {
    let old = r#"{"id": 9, "type": "message", "date": "2019-05-06T07:08:09", "edited": "1970-01-01T01:00:00", "from": "Ben Zoë", "from_id": 4700100456, "text": ["see ", {"type": "link", "text": "https://larkspur.example"}]}"#;
    let found = &read(old)[0];
    assert_eq!(found.time.as_deref(), Some("2019-05-06T07:08:09"), "the zone is unknown");
    assert_eq!(found.text.as_deref(), Some("see https://larkspur.example"));
    assert_eq!(found.value("messages[].from_id"), Some("4700100456"));
}

#[test]
fn questions_in_pieces_and_lists_of_things_to_do_are_read() {
    let poll = one(
        r#""poll": {"question": [{"type": "plain", "text": "Which "}, {"type": "bold", "text": "week?"}], "closed": false, "total_voters": 0, "answers": [{"text": [{"type": "plain", "text": "June"}], "voters": 0, "chosen": false}]}, "text": """#,
    );
    assert_eq!(poll.text.as_deref(), Some("Which week?"));
    assert_eq!(poll.value("messages[].poll.answers[].text"), Some("June"));
    let list = one(
        r#""todo_list": {"title": "Seeds", "others_can_append": true, "answers": [{"id": 1, "text": "beans"}]}, "text": """#,
    );
    assert_eq!(list.text.as_deref(), Some("Seeds"));
}

#[test]
fn every_kind_of_chat_is_known_by_its_type_alone() {
    for kind in [
        "personal_chat",
        "bot_chat",
        "saved_messages",
        "replies",
        "verification_codes",
        "private_group",
        "private_supergroup",
        "public_group",
        "public_supergroup",
        "private_channel",
        "public_channel",
    ] {
        let json = format!(
            r#"{{"type": "{kind}", "id": -5, "messages": [{{"id": 1, "type": "message", "date": "2019-05-06T07:08:09", "from": null, "from_id": "channel5", "text": "x"}}]}}"#
        );
        let found = Archive::new().file("anything at all.json", json).import_as("x.zip");
        assert_eq!(found.companies(), ["telegram"], "{kind}");
        let messages = found.section("messages");
        assert_eq!(messages[0].thread.as_deref(), Some(kind));
        assert_eq!(messages[0].who.as_deref(), Some("channel5"));
    }
}

#[test]
fn a_full_export_is_known_from_zip_folder_and_loose_file_under_any_name() {
    let json = include_str!("../../sample_exports/telegram/DataExport_2024-11-02/result.json");
    for name in ["DataExport_2024-11-02/result.json", "result.json", "Mis datos/resultado.json"] {
        let found = Archive::new().file(name, json).import_as("backup.zip");
        assert_eq!((found.companies(), found.counts()["messages"]), (vec!["telegram"], 31), "{name}");
        assert_eq!(found.with_fate("generic"), [""; 0]);
    }
    let folder = Archive::new().file("DataExport_2024-11-02/result.json", json).import_folder();
    assert_eq!((folder.companies(), folder.counts()["messages"]), (vec!["telegram"], 31));
    let loose = Imported::of_files(&[("result.json", json.into())]);
    assert_eq!((loose.companies(), loose.counts()["messages"]), (vec!["telegram"], 31));
}

const PAGE: &str = r#"<!DOCTYPE html><html><head><title>Exported Data</title><link href="../../css/style.css" rel="stylesheet"/></head><body onload="CheckLocation();"><div class="page_wrap"><div class="page_header"><div class="content"><div class="text bold">Ben Zoë</div></div></div><div class="page_body chat_page"><div class="history"><div class="message default clearfix" id="message1"><div class="body"><div class="pull_right date details" title="02.01.2019 15:04:05">15:04</div><div class="from_name">Ben Zoë</div><div class="text">hello</div></div></div></div></div></div></body></html>"#;

fn pages() -> Archive {
    let list = |header: &str, entries: &str| {
        format!(
            r#"<title>Exported Data</title><div class="page_wrap"><div class="page_header"><div class="text bold">{header}</div></div><div class="page_body list_page"><div class="entry_list">{entries}</div></div></div>"#
        )
    };
    let entry = |name: &str, details: &str| {
        format!(
            r#"<div class="entry clearfix"><div class="body"><div class="pull_right info details">04.03.2021 05:06:07</div><div class="name bold">{name}</div><div class="details_entry details">{details}</div></div></div>"#
        )
    };
    let profile = r#"<title>Exported Data</title><div class="page_wrap"><div class="page_body"><div class="personal_info clearfix"><div class="rows names"><div class="row"><div class="label details">First name</div><div class="value bold">Rosa</div></div></div><div class="rows info"><div class="row"><div class="label details">Phone number</div><div class="value bold">+44 7700 900123</div></div></div></div></div></div>"#;
    Archive::new()
        .file("export_results.html", profile)
        .file("lists/contacts.html", list("Contacts", &entry("Ben Zoë", "+44 7700 900456")))
        .file("lists/sessions.html", list("Sessions", &entry("Telegram Desktop 5.7", "203.0.113.47 – Bath")))
        .file("lists/chats.html", list("Chats", &entry("Ben Zoë", "personal chat")))
        .file("lists/other_data.json", r#"{"about_meta":"x","help":"y","drafts":[],"ips":[{"ip":"203.0.113.47"}]}"#)
        .file("chats/chat_01/messages.html", PAGE)
        .file("css/style.css", "body {}")
}

#[test]
fn a_full_export_as_pages_has_profile_contacts_devices_and_chats() {
    for found in [pages().import_as("x.zip"), pages().import_folder()] {
        assert_eq!(found.companies(), ["telegram"]);
        assert_eq!(found.problems(), [""; 0]);
        assert_eq!((found.with_fate("failed"), found.with_fate("generic")), (vec![], vec![]));
        let message = &found.section("messages_html")[0];
        assert_eq!(message.time.as_deref(), Some("2019-01-02T15:04:05"));
        assert_eq!((message.who.as_deref(), message.thread.as_deref()), (Some("Ben Zoë"), Some("Ben Zoë")));
        let phones = found.identifiers(IdKind::Phone);
        assert_eq!((phones.get("+447700900123"), phones.get("+447700900456")), (Some(&true), Some(&false)));
        assert_eq!(found.section("ip_addresses")[0].text.as_deref(), Some("203.0.113.47"));
        assert_eq!(found.section("sessions_html")[0].text.as_deref(), Some("Telegram Desktop 5.7"));
    }
}

#[test]
fn pages_beside_json_of_the_same_export_are_not_read_twice() {
    let both =
        pages().file("result.json", include_str!("../../sample_exports/telegram/DataExport_2024-11-02/result.json"));
    let found = both.import_as("x.zip");
    assert_eq!(found.counts().get("messages_html"), None);
    assert_eq!(found.counts()["messages"], 31);
    assert!(found.with_fate("skipped").contains(&"chats/chat_01/messages.html".to_owned()));
    let folder = both.import_folder();
    assert_eq!(folder.counts()["messages"], 31);
    assert_eq!(folder.counts().get("messages_html"), None);
}

#[test]
fn chats_of_other_programs_are_left_to_them() {
    let json =
        r#"{"name": "Ben", "type": "direct", "id": 5, "messages": [{"id": 1, "text": "hello", "date": "2024-01-02"}]}"#;
    let found = Archive::new().file("result.json", json).import_as("x.zip");
    assert_ne!(found.companies(), ["telegram"]);
}

#[test]
fn chats_of_public_test_data_are_read() {
    for (file, count) in [("test_single_export.json", 2), ("test_batch_export.json", 2)] {
        let Some(found) = Imported::fixture(&format!("telegram/joweich+chat-miner/{file}")) else { return };
        assert_eq!(found.companies(), ["telegram"], "{file}");
        let messages = found.section("messages");
        assert_eq!(messages.len(), count);
        assert_eq!(messages[1].text.as_deref(), Some("Link:https://telegram.org/"));
        assert_eq!(messages[0].who.as_deref(), Some("Author 1"));
    }
}

#[test]
fn what_a_page_says_of_itself_is_no_contact() {
    let entry = |name: &str, phone: &str| {
        format!(
            "<div class=\"entry clearfix\"><div class=\"body\"><div class=\"pull_right info details\">25.06.2018 10:00:00</div>\
             <div class=\"name bold\">{name}</div><div class=\"details_entry details\">{phone}</div></div></div>"
        )
    };
    let page = format!(
        "<html><head><title>Exported Data</title></head><body><div class=\"page_wrap list_page\"><div class=\"page_header\">\
         <div class=\"text bold\">Contacts</div></div><div class=\"page_body list_page\"><div class=\"page_about details\">\
         Here is your list of contacts.</div><div class=\"entry_list\">{}{}</div></div></div></body></html>",
        entry("Ben Zoe", "+44 7700 900456"),
        entry("Al", "+44 7700 900789")
    );
    let found = Archive::new().file("DataExport_2024-01-03/lists/contacts.html", page).import_folder();
    assert_eq!(found.companies(), ["telegram"]);
    let names: Vec<_> = found.section("contacts_html").into_iter().filter_map(|one| one.text).collect();
    assert_eq!(names, ["Ben Zoe", "Al"]);
}

#[test]
fn a_contact_of_1970_has_no_time() {
    let json = r#"{"contacts": {"about": "x", "list": [
        {"user_id": 1, "first_name": "Ben", "last_name": "", "phone_number": "+44 7700 900456", "date": "1970-01-01T01:00:00", "date_unixtime": "0"},
        {"first_name": "Al", "last_name": "", "phone_number": "+44 7700 900789", "date": "1969-12-31T16:00:00"}]}}"#;
    let found = Archive::new().file("DataExport_2024-01-03/result.json", json).import_folder();
    assert_eq!(found.problems(), [""; 0]);
    let times: Vec<_> = found.section("contacts").into_iter().map(|one| one.time).collect();
    assert_eq!(times, [None, None]);
}
