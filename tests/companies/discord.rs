//! Discord's data package: folders in any language, messages as CSV and JSON, events of several folders, and keys that must not leak.

use super::archive::{Archive, Imported, Record};
use tellall::record::IdKind;

const USER: &str = r#"{"id":"288012835487744001","username":"rosa.quill","discriminator":"0047","email":"rosa.quill@example.com","phone":"+447700900123","ip":"203.0.113.47"}"#;
const CHANNEL: &str =
    r#"{"id": "429973202534400023", "type": 1, "recipients": ["288012835487744001", "243298153267200002"]}"#;
const CSV: &str = "ID,Timestamp,Contents,Attachments\r\n846000000000000001,2021-05-23 10:11:12.781000+00:00,\"two lines,\nand a comma\",\r\n846000000000000002,2021-05-23 10:12:00+00:00,,https://cdn.discordapp.com/attachments/1/2/a.png\r\n";

fn only(imported: &Imported, query: &str) -> Record {
    let records = imported.records(query);
    assert_eq!(records.len(), 1, "{query}: {records:#?}");
    records.into_iter().next().expect("there is one")
}

#[test]
fn the_sample_is_read_to_the_last_record() {
    let package = Imported::sample("discord");
    assert_eq!(package.companies(), ["discord"]);
    assert_eq!(package.export().layout.as_deref(), Some("D4"));
    let counts = package.counts();
    let expected = [
        ("account", 1),
        ("analytics", 10),
        ("applications", 1),
        ("audit_log", 2),
        ("billing", 2),
        ("channel_names", 4),
        ("channels", 5),
        ("connections", 2),
        ("embedded_apps", 3),
        ("friend_suggestions", 1),
        ("messages", 8),
        ("mfa_sessions", 2),
        ("payment_sources", 2),
        ("payments", 1),
        ("phone_book", 1),
        ("played", 2),
        ("private_notes", 2),
        ("programs", 1),
        ("purchases", 1),
        ("relationships", 5),
        ("server_details", 3),
        ("server_names", 2),
        ("server_settings", 1),
        ("servers", 2),
        ("settings", 1),
        ("support", 2),
        ("support_messages", 2),
    ];
    assert_eq!(counts, expected.map(|(section, count)| (section.to_owned(), count)).into());
    assert_eq!(package.problems(), Vec::<String>::new());
    assert_eq!(package.with_fate("failed"), Vec::<String>::new());
    assert_eq!(package.with_fate("generic"), Vec::<String>::new());
    assert_eq!(package.with_fate("skipped"), ["README.txt"]);
}

#[test]
fn a_message_stands_in_its_channel_by_name_and_names_whom_it_mentions() {
    let package = Imported::sample("discord");
    let frost = only(&package, "frost half");
    assert_eq!(frost.thread.as_deref(), Some("general in Allotment Friends"));
    assert_eq!(frost.text.as_deref(), Some("@sam.okafor the frost took half of mine :cold_face:"));
    assert_eq!(frost.time.as_deref(), Some("2021-05-02T08:15:30Z"));
    assert_eq!(frost.who, None);
    let tea = only(&package, "section:messages tea on sunday");
    assert_eq!(tea.thread.as_deref(), Some("Direct Message with ben.zoe#0"));
    let nameless = only(&package, "section:messages happy");
    assert_eq!(nameless.thread.as_deref(), Some("c661901436518400025"), "a channel whose name is null");
}

#[test]
fn events_that_stand_in_several_folders_count_once() {
    let package = Imported::sample("discord");
    assert_eq!(package.count("section:analytics register"), 1);
    let search = only(&package, "section:analytics search_started");
    assert_eq!(search.time.as_deref(), Some("2024-10-03T06:00:00Z"), "no timestamp: the hour is told");
    let opened = only(&package, "section:analytics app_opened");
    assert_eq!(opened.time.as_deref(), Some("2024-08-19T21:04:00.120Z"), "a time in quotes in quotes");
    assert_eq!(package.meaning("analytics", "[].city"), ("location".to_owned(), "inferred".to_owned()));
}

#[test]
fn guesses_of_age_and_gender_are_told_as_inferred_with_their_day() {
    let package = Imported::sample("discord");
    let events = package.section("analytics");
    let age = |one: &Record| Some((one.time.clone()?, one.value("[].predicted_age")?.to_owned()));
    let ages: Vec<(String, String)> = events.iter().filter_map(age).collect();
    let expected = [("2023-03-02T00:00:00Z", "25-34"), ("2024-03-02T00:00:00Z", "35+")];
    let expected = expected.map(|(time, age)| (time.to_owned(), age.to_owned()));
    assert_eq!(ages, expected);
    let inferred = |field: &str, category: &str| {
        assert_eq!(package.meaning("analytics", field), (category.to_owned(), "inferred".to_owned()), "{field}");
    };
    inferred("[].predicted_age", "age");
    inferred("[].prob_35_over", "age");
    inferred("[].predicted_gender", "gender");
    inferred("[].prob_non_binary_gender_expansive", "gender");
}

#[test]
fn no_secret_is_in_the_index() {
    let package = Imported::sample("discord");
    for secret in [
        "inVenTed-inVenTed_inVenTed-inVenTed12",
        "hook-InVenTed0123456789",
        "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a6978",
    ] {
        assert!(!package.index_holds(secret), "{secret}");
    }
    assert!(package.index_holds("dahlia.jpg"), "what is no secret can be found");
    let bot = only(&package, "section:applications");
    assert_eq!(bot.value("bot.token"), Some("‹secret, 69 characters›"));
    assert_eq!(bot.value("verify_key"), Some("00aa11bb22cc33dd44ee55ff66778899"), "a public key is none");
    let link = only(&package, "look at this");
    let link = link.value("[].Attachments").expect("the files sent along");
    assert!(link.contains("dahlia.jpg?ex=66700000&is=666eae80&hm=‹secret, 64 characters›&"), "{link}");
}

#[test]
fn secrets_nobody_told_of_are_masked_wherever_they_stand() {
    let slack = "xoxe-123456789012-abcdef0123456789";
    let web = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJyb3NhIn0.c2lnbmF0dXJlLXNpZ25hdHVyZQ";
    let message = format!("my key is {slack}, and {web} too");
    let messages = format!(
        r#"[{{"ID": 1210000000000000005, "Timestamp": "2024-03-01 09:10:11", "Contents": "{message}", "Attachments": ""}}]"#
    );
    let package = Archive::new()
        .file("Account/user.json", USER)
        .file("Messages/c429973202534400023/channel.json", CHANNEL)
        .file("Messages/c429973202534400023/messages.json", messages)
        .file("Other/notes.json", r#"[{"password": "hunter2hunter2", "client": {"api_key": "k-e-y-0815"}}]"#)
        .import_as("package.zip");
    for secret in [slack, web, "hunter2hunter2", "k-e-y-0815"] {
        assert!(!package.index_holds(secret), "{secret}");
    }
    let told = only(&package, "section:messages");
    assert_eq!(
        told.text.as_deref(),
        Some("my key is ‹Slack token, 34 characters›, and ‹web token, 67 characters› too")
    );
}

#[test]
fn identifiers_are_hers_or_those_of_the_people_she_knows() {
    let package = Imported::sample("discord");
    let phones = package.identifiers(IdKind::Phone);
    assert_eq!(phones, [("+447700900123".to_owned(), true)].into());
    let ips = package.identifiers(IdKind::Ip);
    assert_eq!(ips, [("203.0.113.47".to_owned(), true), ("198.51.100.23".to_owned(), true)].into());
    let accounts = package.identifiers(IdKind::AccountId);
    assert_eq!(accounts.get("288012835487744001"), Some(&true), "her own");
    assert_eq!(accounts.get("456914475417600003"), Some(&false), "Sam's");
    let users = package.identifiers(IdKind::Username);
    assert_eq!((users.get("rosa.quill"), users.get("ben.zoe")), (Some(&true), Some(&false)));
    let advertising = package.identifiers(IdKind::AdvertisingId);
    assert_eq!(advertising, [("38400000-8cf0-11bd-b23e-10b96e40000d".to_owned(), true)].into());
    assert_eq!(package.identifiers(IdKind::Hash).len(), 4, "her number and three contacts, scrambled");
    assert!(package.identifiers(IdKind::Device).contains_key("a81f33d07c2e94b5"));
}

#[test]
fn linked_accounts_and_settings_are_told() {
    let package = Imported::sample("discord");
    let linked: Vec<String> = package.recipients().into_iter().map(|party| party.name).collect();
    assert_eq!(linked, ["spotify", "steam"]);
    let choices: Vec<String> =
        package.choices().into_iter().map(|choice| format!("{} = {}", choice.what, choice.value)).collect();
    assert!(choices.iter().any(|choice| choice.starts_with("spotify: ")), "{choices:#?}");
    assert!(choices.iter().any(|choice| choice.contains("FRIENDS_AND_NON_FRIENDS")), "{choices:#?}");
}

#[test]
fn support_keeps_both_sides_under_the_subject() {
    let package = Imported::sample("discord");
    let answer = only(&package, "given the second payment back");
    assert_eq!(answer.who.as_deref(), Some("Discord Support"));
    assert_eq!(answer.thread.as_deref(), Some("Charged twice for Nitro"));
}

#[test]
fn the_packages_of_2018_to_2024_hold_messages_as_csv() {
    for (folder, layout) in [("429973202534400023", "D1"), ("c429973202534400023", "D2")] {
        let package = Archive::new()
            .file("account/user.json", USER)
            .file("messages/index.json", r#"{"429973202534400023": "Direct Message with ben.zoe#1234"}"#)
            .file(&format!("messages/{folder}/channel.json"), CHANNEL)
            .file(&format!("messages/{folder}/messages.csv"), CSV)
            .import_as("package.zip");
        assert_eq!(package.companies(), ["discord"]);
        assert_eq!(package.export().layout.as_deref(), Some(layout));
        let messages = package.section("messages");
        assert_eq!(messages.len(), 2);
        assert_eq!(messages[0].text.as_deref(), Some("two lines,\nand a comma"));
        assert_eq!(messages[0].time.as_deref(), Some("2021-05-23T10:11:12.781Z"));
        assert_eq!(messages[0].thread.as_deref(), Some("Direct Message with ben.zoe#1234"));
    }
}

#[test]
fn folders_in_any_language_with_or_without_a_wrapper_are_the_same() {
    let messages = r#"[{"ID": 1210000000000000005, "Timestamp": "2024-03-01 09:10:11", "Contents": "salut Ben", "Attachments": ""}]"#;
    for (account, conversations, servers) in [
        ("Compte", "Messages", "Serveurs"),
        ("package/Konto", "package/Nachrichten", "package/Server"),
        ("アカウント", "メッセージ", "サーバー"),
        ("Quux", "Foo", "servers"),
    ] {
        let package = Archive::new()
            .file(&format!("{account}/user.json"), USER)
            .file(
                &format!("{conversations}/index.json"),
                r#"{"429973202534400023": "Direct Message with ben.zoe#0", "1": null}"#,
            )
            .file(&format!("{conversations}/c429973202534400023/channel.json"), CHANNEL)
            .file(&format!("{conversations}/c429973202534400023/messages.json"), messages)
            .file(&format!("{servers}/index.json"), r#"{"422000669491200011": "Jardins"}"#)
            .import_as("mes données.zip");
        assert_eq!(package.companies(), ["discord"], "{account}");
        assert_eq!(package.with_fate("generic"), Vec::<String>::new());
        assert_eq!(only(&package, "salut").thread.as_deref(), Some("Direct Message with ben.zoe#0"));
        let counts = package.counts();
        assert_eq!((counts["account"], counts["channels"], counts["server_names"]), (1, 1, 1), "{account}");
    }
}

#[test]
fn an_unpacked_package_is_one_export_though_each_folder_would_be_known() {
    let package = Archive::new()
        .file("Account/user.json", USER)
        .file("Messages/c429973202534400023/channel.json", CHANNEL)
        .file("Messages/c429973202534400023/messages.csv", CSV)
        .file("Activity/tns/events-2024-00000-of-00001.json", "{\"event_type\":\"x\",\"event_id\":\"A\"}\n")
        .import_folder();
    assert_eq!(package.companies(), ["discord"]);
}

#[test]
fn messages_are_read_whatever_tools_made_of_them() {
    let package = Archive::new()
        .file("account/user.json", USER)
        .file("messages/c1000000000000000001/channel.json", r#"{"id":"1000000000000000001","type":"GUILD_TEXT","name":"seeds","guild":{"id":"422000669491200011","name":"Allotment Friends"}}"#)
        .file("messages/c1000000000000000001/messages.json", "\u{feff}[{\"id\":\"1210000000000000005\",\"timestamp\":\"2024-03-01T09:10:11+00:00\",\"contents\":\"raw\ttab\",\"attachments\":\"\"}]")
        .file("messages/c1000000000000000002/channel.json", r#"{"id":"1000000000000000002","type":3}"#)
        .file("messages/c1000000000000000002/messages.json", r#"{"ID": 18446744073709551615, "Timestamp": "2024-03-02 09:10:11", "Contents": "alone, with the largest of all numbers"}"#)
        .import_as("package.zip");
    assert_eq!(only(&package, "raw").thread.as_deref(), Some("seeds"), "no index: the channel tells its name");
    assert_eq!(
        only(&package, "alone").value("[].ID").or(only(&package, "alone").value("ID")),
        Some("18446744073709551615")
    );
}

#[test]
fn events_without_time_and_words_for_nothing_are_no_problem() {
    let lines = "{\"event_type\":\"a\",\"event_id\":\"1\",\"timestamp\":\"null\"}\n\n{\"event_type\":\"b\",\"event_id\":\"2\",\"timestamp\":null,\"day\":\"3521\"}\n";
    let package =
        Archive::new().file("activity/analytics/events-2024-00000-of-00001.json", lines).import_as("package.zip");
    assert_eq!(package.counts()["analytics"], 2);
    assert_eq!(package.problems(), Vec::<String>::new());
}

#[test]
fn what_is_not_discords_is_not_claimed() {
    for (name, text) in [
        ("messages.json", r#"{"messages": [{"id": 1, "text": "hi"}]}"#),
        ("user.json", r#"{"username": "rosa", "email": "rosa@example.com"}"#),
        ("messages.csv", "id,from,to,text\n1,a,b,c\n"),
        ("channels.json", r#"[{"id":"C01","name":"general"}]"#),
        ("tickets.json", r#"[{"ticket_id": 1}]"#),
    ] {
        let other = Imported::of_files(&[(name, text.as_bytes().to_vec())]);
        assert!(!other.companies().contains(&"discord"), "{name}");
    }
}

#[test]
fn single_files_of_a_package_are_known() {
    let messages =
        r#"[{"ID":1210000000000000005,"Timestamp":"2024-03-01 09:10:11","Contents":"hi Robin","Attachments":""}]"#;
    let found = Imported::of_files(&[("messages.json", messages.into())]);
    assert_eq!(found.companies(), ["discord"]);
    assert_eq!(found.section("messages")[0].text.as_deref(), Some("hi Robin"));
    let user = r#"{"id":"100000000000000001","username":"rosa.quill","needs_email_verification":false,"email":"rosa@quill.example"}"#;
    assert_eq!(Imported::of_files(&[("user.json", user.into())]).companies(), ["discord"]);
}
