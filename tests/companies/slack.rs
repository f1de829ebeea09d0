//! Slack's workspace export: other people's words by name, links and mentions as people see them, and tokens that must not leak.

use super::archive::{Archive, Imported, Record};
use tellall::record::IdKind;

const USERS: &str = r#"[{"id":"U0ROSA001","team_id":"T01","name":"r.quill","real_name":"Rosa Quill","profile":{"real_name":"Rosa Quill","email":"r.quill@quill-and-sons.example"},"is_bot":false,"updated":1725184800}]"#;
const CHANNELS: &str =
    r#"[{"id":"C0GEN0001","name":"general","created":1609837200,"creator":"U0ROSA001","members":["U0ROSA001"]}]"#;
const DAY: &str = r#"[{"type":"message","user":"U0ROSA001","text":"first","ts":"1609837201.000100"}]"#;

fn only(imported: &Imported, query: &str) -> Record {
    let records = imported.records(query);
    assert_eq!(records.len(), 1, "{query}: {records:#?}");
    records.into_iter().next().expect("there is one")
}

#[test]
fn the_sample_is_read_to_the_last_record() {
    let export = Imported::sample("slack");
    assert_eq!(export.companies(), ["slack"]);
    assert_eq!(export.export().layout.as_deref(), Some("W2"));
    let expected = [
        ("canvases", 1),
        ("channels", 2),
        ("direct", 2),
        ("integrations", 2),
        ("messages", 14),
        ("private_channels", 1),
        ("users", 5),
    ];
    assert_eq!(export.counts(), expected.map(|(section, count)| (section.to_owned(), count)).into());
    assert_eq!(export.problems(), Vec::<String>::new());
    assert_eq!(export.with_fate("generic"), Vec::<String>::new());
    assert_eq!(export.with_fate("failed"), Vec::<String>::new());
}

#[test]
fn a_message_is_shown_with_names_links_and_signs_as_people_see_them() {
    let export = Imported::sample("slack");
    let hello = only(&export, "dahlias");
    assert_eq!(
        hello.text.as_deref(),
        Some("hello <team> @Ben Zoë, the dahlias are in. Prices: the list (https://larkspur.example/list?a=1&b=2)")
    );
    assert_eq!((hello.who.as_deref(), hello.thread.as_deref()), (Some("Rosa Quill"), Some("general")));
    assert_eq!(hello.time.as_deref(), Some("2024-05-06T07:20:00Z"));
    assert_eq!(hello.value("[].text.link"), Some("https://larkspur.example/list?a=1&b=2"));
    assert_eq!(only(&export, "who eats").text.as_deref(), Some("@here who eats all these 🌼? see #general"));
}

#[test]
fn conversations_without_a_name_are_called_by_their_members() {
    let export = Imported::sample("slack");
    assert_eq!(only(&export, "tea on sunday").thread.as_deref(), Some("Rosa Quill, Ben Zoë"));
    assert_eq!(only(&export, "van on friday").thread.as_deref(), Some("Rosa Quill, Sam Okafor, Ben Zoë"));
    assert_eq!(only(&export, "no list knows").thread.as_deref(), Some("old-name"));
}

#[test]
fn guests_and_apps_that_are_no_members_are_named_by_the_message() {
    let export = Imported::sample("slack");
    assert_eq!(only(&export, "clinic").who.as_deref(), Some("Dr Ana Ruiz"));
    assert_eq!(only(&export, "frost tonight").who.as_deref(), Some("Frost Warden"));
}

#[test]
fn no_token_of_a_file_is_in_the_index() {
    let export = Imported::sample("slack");
    assert!(!export.index_holds("inVenTed0123456789abcdef"));
    assert!(!export.index_holds("xoxe-1234567890"));
    let receipt = only(&export, "the receipt");
    let link = receipt.value("[].files[].url_private_download").expect("where the file is");
    assert!(
        link.starts_with("https://files.slack.com/files-pri/T0QUILL01-F0RECEIPT/download/receipt.pdf?t=‹Slack token, "),
        "{link}"
    );
}

#[test]
fn members_are_people_with_their_addresses_and_numbers() {
    let export = Imported::sample("slack");
    let emails: Vec<String> = export.identifiers(IdKind::Email).into_keys().collect();
    assert_eq!(
        emails,
        [
            "ben.zoe@example.org",
            "lukasz@quill-and-sons.example",
            "r.quill@quill-and-sons.example",
            "rosa.quill@example.com",
            "sam.okafor@example.com"
        ]
    );
    let phones = export.identifiers(IdKind::Phone);
    assert!(phones.contains_key("+12025550117"), "{phones:?}");
    assert_eq!(export.meaning("users", "[].profile.title"), ("job".to_owned(), "provided".to_owned()));
    assert_eq!(export.meaning("messages", "[].reactions[].users[]"), ("reactions".to_owned(), "provided".to_owned()));
}

#[test]
fn apps_in_the_workspace_receive_what_their_scope_says() {
    let export = Imported::sample("slack");
    let parties: Vec<(String, String)> =
        export.recipients().into_iter().map(|party| (party.name, party.basis)).collect();
    let app = |name: &str| (name.to_owned(), "app in the workspace".to_owned());
    assert_eq!(parties, [app("Frost Warden"), app("Tidewater Calendar")]);
}

#[test]
fn public_exports_and_those_of_a_grid_are_told_apart() {
    for (users, layout, wrapper) in [("users.json", "W1", ""), ("org_users.json", "G1", "Quill and Sons/")] {
        let export = Archive::new()
            .file(&format!("{wrapper}{users}"), USERS)
            .file(&format!("{wrapper}channels.json"), CHANNELS)
            .file(&format!("{wrapper}integration_logs.json"), "[]")
            .file(&format!("{wrapper}general/2021-01-05.json"), DAY)
            .file(&format!("{wrapper}empty/2021-01-05.json"), "[]")
            .import_as("Quill Slack export Jan 5 2021 - Nov 4 2024.zip");
        assert_eq!(export.companies(), ["slack"]);
        assert_eq!(export.export().layout.as_deref(), Some(layout));
        assert_eq!(export.export().account.as_deref(), Some("Quill"));
        assert_eq!(only(&export, "section:messages first").who.as_deref(), Some("Rosa Quill"));
    }
}

#[test]
fn every_other_file_that_slack_writes_is_known() {
    let export = Archive::new()
        .file("users.json", USERS)
        .file("channels.json", CHANNELS)
        .file("content_flags.json", r#"[{"flagged_by":"U0ROSA001","reason":"spam","date":"1700000000"}]"#)
        .file("huddle_transcripts.json", r#"[{"user":"U0ROSA001","text":"can you hear me","ts":"1700000000.000100"}]"#)
        .file("lists.json", r#"[{"id":"F1","title":"Seeds to buy","created":1700000000,"created_by":"U0ROSA001"}]"#)
        .file("file_conversations.json", r#"[{"id":"F2","title":"On the plan","created":1700000000}]"#)
        .import_as("x.zip");
    assert_eq!(export.with_fate("generic"), Vec::<String>::new());
    assert_eq!(only(&export, "section:huddles").who.as_deref(), Some("Rosa Quill"));
    assert_eq!(only(&export, "section:content_flags").time.as_deref(), Some("2023-11-14T22:13:20Z"));
    assert_eq!(export.counts()["lists"], 2);
    assert_eq!(export.problems(), Vec::<String>::new());
}

#[test]
fn one_persons_export_is_text() {
    let export = Archive::new()
        .file("channels/general.txt", "[2024-05-06 07:20] Rosa Quill\nhello there\n")
        .file("dms/ben.zoe.txt", "[2024-10-01 17:40] Ben Zoë\ntea?\n")
        .file("files/receipt.pdf", "%PDF-1.4")
        .import_as("x.zip");
    assert_eq!(export.companies(), ["slack"]);
    assert_eq!(export.export().layout.as_deref(), Some("T1"));
    assert!(export.count("section:texts hello") > 0);
    assert_eq!(export.records("section:texts tea")[0].thread.as_deref(), Some("ben.zoe"));
}

#[test]
fn what_is_not_slacks_is_not_claimed() {
    for (name, text) in [
        ("users.json", r#"[{"id": 1, "name": "rosa", "email": "rosa@example.com"}]"#),
        ("channels.json", r#"[{"id": "429973202534400023", "name": "general"}]"#),
        ("2024-05-06.json", r#"[{"text": "dear diary", "date": "2024-05-06"}]"#),
    ] {
        let other = Imported::of_files(&[(name, text.as_bytes().to_vec())]);
        assert!(!other.companies().contains(&"slack"), "{name}");
    }
}

#[test]
fn a_single_day_of_a_channel_is_known() {
    let day = r#"[{"type":"message","user":"U0AAA1","text":"hello &lt;team&gt;","ts":"1714980000.000100"}]"#;
    let found = Imported::of_files(&[("2024-05-06.json", day.into())]);
    assert_eq!(found.companies(), ["slack"]);
    assert_eq!(found.section("messages")[0].text.as_deref(), Some("hello <team>"));
}
