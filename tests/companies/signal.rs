//! Signal: the app's own export, what signal-export and sigtop write, the server's report, and backups that stay closed.

use crate::archive::{Archive, Imported};
use tellall::record::IdKind;

const LINES: &str = include_str!("../../sample_exports/signal/signal-export-2024-11-02-10-11-12/main.jsonl");

#[test]
fn the_sample_is_four_ways_to_have_ones_chats() {
    let found = Imported::sample("signal");
    assert_eq!(found.companies(), ["signal"; 4]);
    let counts = found.counts();
    let expected = [
        ("account", 1),
        ("backup", 1),
        ("calls", 1),
        ("chats", 5),
        ("contacts", 9),
        ("folders", 3),
        ("messages", 15),
        ("metadata", 1),
        ("report", 4),
        ("settings", 1),
        ("signal_export", 3),
        ("sigtop_text", 2),
    ];
    assert_eq!(counts.iter().map(|(id, count)| (id.as_str(), *count)).collect::<Vec<_>>(), expected);
    assert_eq!(found.problems(), [""; 0]);
    assert_eq!((found.with_fate("failed"), found.with_fate("generic")), (vec![], vec![]));
}

#[test]
fn no_key_of_the_account_is_in_the_index() {
    let found = Imported::sample("signal");
    let line = |needle: &str| LINES.lines().find(|line| line.contains(needle)).expect("the sample has it");
    let value = |line: &str, key: &str| {
        let rest = line.split(&format!("\"{key}\":\"")).nth(1).expect("the key is there");
        rest.split('"').next().unwrap_or_default().to_owned()
    };
    for (of, key) in [
        ("backupTimeMs", "mediaRootBackupKey"),
        ("\"account\"", "profileKey"),
        ("\"account\"", "svrPin"),
        ("\"account\"", "entropy"),
        ("\"account\"", "subscriberId"),
        ("profileSharing", "profileKey"),
        ("\"group\"", "masterKey"),
        ("\"group\"", "inviteLinkPassword"),
        ("callLink", "rootKey"),
        ("callLink", "adminKey"),
        ("plot.jpg", "key"),
        ("plot.jpg", "transitCdnKey"),
        ("stickerMessage", "packKey"),
        ("\"stickerPack\"", "packKey"),
    ] {
        let secret = value(line(of), key);
        assert!(secret.len() > 7);
        assert!(!found.index_holds(&secret), "{key} of {of}");
    }
    assert!(found.index_holds("plot.jpg"), "what is no secret is there");
}

#[test]
fn senders_and_chats_are_shown_by_name_though_people_and_chats_are_counted_alike() {
    let found = Imported::sample("signal");
    let of = |query: &str| {
        let record = found.records(&format!("section:messages {query}")).remove(0);
        (record.who.unwrap_or_default(), record.thread.unwrap_or_default(), record.text.unwrap_or_default())
    };
    let told = |who: &str, thread: &str, text: &str| (who.to_owned(), thread.to_owned(), text.to_owned());
    assert_eq!(of("yet"), told("Ben", "Ben", "Are the seeds there yet?"));
    assert_eq!(of("\"After lunch\""), told("Me", "Sis", "After lunch ❤"));
    assert_eq!(of("\"who has the key\""), told("Ben", "Allotment friends", "Who has the key, @Rosa?"));
    assert_eq!(of("leek"), told("Me", "Me", "Recipe: two onions, one leek"));
    assert_eq!(of("\"New in Signal\"").0, "Signal");
}

#[test]
fn what_is_no_text_is_read_as_well() {
    let found = Imported::sample("signal");
    let call = &found.records("AUDIO_CALL")[0];
    assert_eq!(call.time.as_deref(), Some("2023-05-07T09:20:00.123Z"));
    assert_eq!(found.meaning("messages", "[].chatItem.updateMessage.individualCall.state").0, "calls");
    assert_eq!(found.records("section:messages deleted")[0].who.as_deref(), Some("Ben"));
    let older = &found.records("form")[0];
    assert_eq!(older.value("[].chatItem.revisions[].standardMessage.text.body"), Some("Yes, form Larkspur"));
    assert_eq!(found.records("🌻")[0].text.as_deref(), Some("🌻"));
    assert_eq!(found.meaning("messages", "[].chatItem.standardMessage.reactions[].emoji").0, "reactions");
    assert_eq!(found.records("section:contacts you").len(), 1, "an empty object says that this is the owner");
}

#[test]
fn numbers_of_contacts_are_other_peoples_and_the_reports_is_the_owners() {
    let found = Imported::sample("signal");
    let phones = found.identifiers(IdKind::Phone);
    assert_eq!(phones.get("+447700900123"), Some(&true));
    for others in ["+447700900456", "+447700900789", "+447700900321", "+12025550188", "+12025550117"] {
        assert_eq!(phones.get(others), Some(&false), "{others}");
    }
    assert_eq!(found.identifiers(IdKind::Username).get("rosaquill.07"), Some(&true));
    assert_eq!(found.identifiers(IdKind::Email).get("sam.okafor@example.com"), Some(&false));
}

#[test]
fn settings_are_choices() {
    let found = Imported::sample("signal");
    let choices = found.choices();
    let told = |what: &str| choices.iter().find(|choice| choice.what == what).map(|choice| choice.value.clone());
    assert_eq!(told("phoneNumberSharingMode").as_deref(), Some("NOBODY"));
    assert_eq!(told("readReceipts").as_deref(), Some("true"));
}

#[test]
fn the_export_is_known_from_zip_folder_and_loose_file() {
    for name in [
        "main.jsonl",
        "signal-export-2024-11-02-10-11-12/main.jsonl",
        "signal-export/signal-backup-1/main.jsonl",
        "anders.jsonl",
    ] {
        let found = Archive::new().file(name, LINES).import_as("x.zip");
        assert_eq!((found.companies(), found.counts()["messages"]), (vec!["signal"], 15), "{name}");
    }
    let found = Imported::of_files(&[("main.jsonl", LINES.into())]);
    assert_eq!((found.companies(), found.counts()["messages"]), (vec!["signal"], 15));
}

#[test]
fn one_broken_line_costs_one_line() {
    let broken = LINES.replacen(
        "\"standardMessage\":{\"text\":{\"body\":\"The clinic",
        "\"standardMessage\":{\"text\":{\"body\" \"The clinic",
        1,
    );
    let found = Archive::new().file("main.jsonl", broken).import_as("x.zip");
    assert_eq!(found.problems().len(), 1);
    assert_eq!(found.counts()["messages"], 15, "what the line said before is kept");
    assert_eq!(found.count("\"After lunch\""), 1);
}

#[test]
fn chats_that_signal_export_wrote_are_one_export_called_by_their_folders() {
    let chats = Archive::new()
        .file("Ben/chat.md", "[2022-03-04 10:11:12] Ben: hello  \n[2022-03-04 10:12:00] Me: two\nlines  \n")
        .file("Ben/index.html", "<html><body>the same</body></html>")
        .file("Ben/media/a.jpg", b"\xff\xd8\xff\xd9")
        .file("Marta/chat.md", "[2022-03-05 10:11:12] Marta: hi  \n[2022-03-05 10:12:00] Me: hi you  \n");
    for found in [chats.import_folder(), chats.import_as("x.zip")] {
        assert_eq!(found.companies(), ["signal"]);
        let records = found.section("signal_export_text");
        let told: Vec<_> = records
            .iter()
            .map(|one| {
                (
                    one.thread.as_deref().unwrap_or(""),
                    one.who.as_deref().unwrap_or(""),
                    one.text.as_deref().unwrap_or("").trim(),
                )
            })
            .collect();
        assert_eq!(
            told,
            [("Ben", "Ben", "hello"), ("Ben", "Me", "two\nlines"), ("Marta", "Marta", "hi"), ("Marta", "Me", "hi you")]
        );
        assert_eq!(found.with_fate("skipped"), ["Ben/index.html"]);
    }
}

#[test]
fn lines_of_data_json_are_read_in_place_of_the_text_beside_them() {
    let found = Imported::sample("signal");
    let messages = found.section("signal_export");
    assert_eq!(messages[1].text.as_deref(), Some("¡Sí! I bring\nthe tent"));
    assert_eq!(messages[1].thread.as_deref(), Some("José Ibarra"));
    assert_eq!(messages[1].value("[].reactions[][]"), Some("José"));
    assert!(found.with_fate("skipped").iter().any(|entry| entry.ends_with("chat.md")));
}

#[test]
fn letters_of_sigtop_keep_head_and_text_together() {
    let found = Imported::sample("signal");
    let letters = found.records("section:sigtop_text from:Łukasz");
    assert_eq!(letters[0].text.as_deref(), Some("Is this the right field?\n\nNote: there is a gate."));
    assert_eq!(letters[0].time.as_deref(), Some("2022-03-01T18:30:05Z"));
    assert_eq!(letters[0].thread.as_deref(), Some("Łukasz Żak (+447700900654)"));
    assert_eq!(letters[0].value("Reaction"), Some("👍 from You"));
}

#[test]
fn rows_of_sigtop_are_messages() {
    let rows = r#"[{"id":"a","conversationId":"c","type":"incoming","sent_at":1646159405000,"received_at":5,"received_at_ms":1646159406000,"source":"+447700900654","sourceServiceId":"0c1e","body":"Is this the right field?","attachments":[{"fileName":"map.png","key":"c2VjcmV0LWtleS1vZi1hLWZpbGU=","contentType":"image/png"}],"reactions":[{"emoji":"👍"}]},{"id":"b","conversationId":"c","type":"outgoing","sent_at":1646159460000,"body":"Yes"}]"#;
    let found = Archive::new().file("Łukasz Żak (+447700900654).json", rows).import_as("chats.zip");
    assert_eq!(found.companies(), ["signal"]);
    let messages = found.section("sigtop");
    assert_eq!(messages[0].time.as_deref(), Some("2022-03-01T18:30:05Z"));
    assert_eq!(messages[0].thread.as_deref(), Some("Łukasz Żak (+447700900654)"));
    assert_eq!(found.identifiers(IdKind::Phone).get("+447700900654"), Some(&false));
    assert!(!found.index_holds("c2VjcmV0LWtleS1vZi1hLWZpbGU="));
}

#[test]
fn an_encrypted_backup_is_named_and_left_closed() {
    let found =
        Archive::new().file("signal-2024-11-02-10-11-12.backup", b"\x00\x00\x00\x36\x0a\x34 noise").import_as("x.zip");
    assert_eq!(found.companies(), ["signal"]);
    assert_eq!(found.with_fate("skipped"), ["signal-2024-11-02-10-11-12.backup"]);
}

#[test]
fn json_lines_of_others_are_left_to_them() {
    let found = Archive::new().file("main.jsonl", "{\"version\":1}\n{\"message\":{\"id\":\"1\"}}\n").import_as("x.zip");
    assert_ne!(found.companies(), ["signal"]);
}

#[test]
fn a_chat_of_public_test_data_is_read() {
    let Some(found) = Imported::fixture("signal/joweich+chat-miner/test_export.txt") else { return };
    assert_eq!(found.companies(), ["signal"]);
    let messages = found.section("signal_export_text");
    assert_eq!(messages.len(), 2);
    assert_eq!(messages[1].text.as_deref(), Some("Hello\nJane!"));
    assert_eq!(messages[1].time.as_deref(), Some("2020-01-17T21:49:00"));
}

#[test]
fn the_short_text_of_sigtop_is_known_by_its_name_and_its_lines() {
    let chat =
        "2024-01-02 15:04 Ben: hello\n2024-01-02 15:05 You: look: a list\n  of things\n2024-01-03 15:05 Ben: fine\n";
    let found = Imported::of_files(&[("Ben Zoe (+447700900456).txt", chat.into())]);
    assert_eq!(found.companies(), ["signal"]);
    let messages = found.section("sigtop_short");
    let told: Vec<_> = messages.iter().map(|one| (one.who.as_deref(), one.text.as_deref())).collect();
    assert_eq!(
        told,
        [(Some("Ben"), Some("hello")), (Some("You"), Some("look: a list\n  of things")), (Some("Ben"), Some("fine"))]
    );
    assert_eq!(messages[2].time.as_deref(), Some("2024-01-03T15:05:00"));
}

#[test]
fn the_head_of_a_conversation_of_sigtop_is_no_message() {
    let chat = "Conversation: Ben (+447700900456)\n\nFrom: Ben (+447700900456)\nType: incoming\nSent: Mon, 2 Jan 2006 15:04:05 -0700\n\nHello\n\nthere\n\nFrom: You\nType: outgoing\nSent: Tue, 3 Jan 2006 15:04:05 -0700\n\nFine\n";
    let found = Imported::of_files(&[("Ben (+447700900456).txt", chat.into())]);
    let messages = found.section("sigtop_text");
    assert_eq!(
        messages.iter().map(|one| one.text.as_deref()).collect::<Vec<_>>(),
        [Some("Hello\n\nthere"), Some("Fine")]
    );
}
