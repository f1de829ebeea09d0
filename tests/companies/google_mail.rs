//! Google Takeout: mail, contacts, calendars, chats, notes and tasks. What else it holds is in `google.rs`.

use crate::archive::{Archive, Imported, Record};
use tellall::record::IdKind;

const MAILBOX: &str = "From 1798000000000000001@xxx Tue Mar 05 10:11:12 +0000 2024\r\nX-GM-THRID: 1798000000000000001\r\nDelivered-To: rosa.quill@example.com\r\nDate: Tue, 5 Mar 2024 11:11:10 +0100\r\nFrom: Ben <ben.zoe@example.org>\r\nSubject: boat\r\n\r\nhello\r\n";

fn one(imported: &Imported, query: &str) -> Record {
    let mut found = imported.records(query);
    assert_eq!(found.len(), 1, "{query}: {found:?}");
    found.remove(0)
}

fn read(name: &str, text: &str) -> Imported {
    Archive::new().file(name, text).import_as("takeout-20241102T090000Z-001.zip")
}

#[test]
fn the_sample_has_all_its_records() {
    let google = Imported::sample("google");
    let counts = google.counts();
    for (section, count) in [
        ("mail", 4),
        ("mail_settings", 3),
        ("mail_forwarding", 1),
        ("contacts", 5),
        ("calendar", 3),
        ("chat", 5),
        ("chat_groups", 2),
        ("chat_account", 3),
        ("hangouts", 3),
        ("notes", 2),
        ("tasks", 3),
        ("groups", 3),
    ] {
        assert_eq!(counts.get(section), Some(&count), "{section}: {counts:?}");
    }
    assert_eq!(google.with_fate("failed"), Vec::<String>::new());
}

#[test]
fn a_message_tells_who_when_what_and_its_thread() {
    let google = Imported::sample("google");
    let mail = google.section("mail");
    let first = &mail[0];
    assert_eq!(first.time.as_deref(), Some("2024-03-05T11:11:10+01:00"));
    assert_eq!(first.who.as_deref(), Some("Ben Zoë"));
    assert_eq!(first.value("Subject"), Some("Lighthouse trip 🚢"));
    assert_eq!(
        first.value("text"),
        Some("Shall we leave at nine? I bring coffee ☕ and the long\nrope.\n\nFrom the harbour it is two hours.")
    );
    assert_eq!(first.value("attachments[].name"), Some("häfen.jpg"));
    assert_eq!(first.value("Received[].ip"), Some("198.51.100.61"));
    assert_eq!(first.thread, mail[1].thread, "an answer is in the thread of its question");
    assert_eq!(mail[2].value("text"), Some("Café & roses: 20 % off"));
    assert_eq!(mail[2].value("X-Gmail-Labels[]"), Some("Category Promotions"));
    assert_eq!(mail[3].time.as_deref(), Some("2024-07-01T06:30:00Z"), "by the line in front of it");
    assert_eq!(mail[3].who.as_deref(), Some("Dr Ana Ruiz"));
    assert_eq!(google.count("section:mail \"long rope\""), 0, "a line end stands between them");
    assert_eq!(google.count("section:mail 山田"), 1);
}

#[test]
fn addresses_of_mail_are_of_others_but_for_the_one_it_was_delivered_to() {
    let emails = Imported::sample("google").identifiers(IdKind::Email);
    assert_eq!(emails.get("rosa.quill@example.com"), Some(&true));
    assert_eq!(emails.get("ben.zoe@example.org"), Some(&false));
    assert_eq!(emails.get("spammer@junk.example"), Some(&false));
    assert_eq!(emails.get("r.quill@quill-and-sons.example"), Some(&true), "mail is forwarded to it");
}

#[test]
fn links_that_unsubscribe_are_never_in_the_index() {
    assert!(!Imported::sample("google").index_holds("SECRET-unsub-7f3a"));
}

#[test]
fn a_contact_that_stands_under_several_labels_is_one() {
    let google = Imported::sample("google");
    let ben = one(&google, "section:contacts ben");
    assert_eq!(ben.value("TEL[].value"), Some("+44 7700 900456"));
    assert_eq!(ben.value("NOTE"), Some("Sails on Saturdays, mostly."));
    assert!(ben.values.contains(&("TEL[].label".to_owned(), "Boat".to_owned())));
    assert!(ben.values.contains(&("CATEGORIES[]".to_owned(), "Sailing".to_owned())));
    let jose = one(&google, "section:contacts josé");
    assert_eq!(jose.value("FN"), Some("José Ibarra"), "a card of a phone is quoted-printable");
    let phones = google.identifiers(IdKind::Phone);
    for phone in ["+447700900456", "+12025550143", "+12025550188", "+447700900654"] {
        assert_eq!(phones.get(phone), Some(&false), "{phone}");
    }
}

#[test]
fn an_event_tells_who_comes_in_words_without_markup() {
    let google = Imported::sample("google");
    let event = one(&google, "section:calendar lighthouse");
    assert_eq!(event.time.as_deref(), Some("2024-06-04T08:00:00Z"));
    assert_eq!(event.text.as_deref(), Some("Lighthouse, planning"));
    assert_eq!(event.who.as_deref(), Some("Ben Zoë"));
    assert_eq!(event.thread.as_deref(), Some("rosa.quill@example.com"));
    assert!(event.value("DESCRIPTION").is_some_and(|text| text.starts_with("Plan the lighthouse trip")));
    assert_eq!(event.value("ATTENDEE[].name"), Some("Rosa Quill"));
    assert_eq!(event.value("LOCATION"), Some("Harbour Café, Bath"));
    let choir = one(&google, "section:calendar choir");
    assert_eq!(
        (choir.time.as_deref(), choir.value("RRULE")),
        (Some("2024-09-10T18:30:00"), Some("FREQ=WEEKLY;BYDAY=TU"))
    );
    assert_eq!(one(&google, "section:calendar christmas").time.as_deref(), Some("2024-12-24"));
}

#[test]
fn chats_are_called_by_their_group_and_deleted_messages_stay() {
    let google = Imported::sample("google");
    let agenda = one(&google, "section:chat agenda");
    assert_eq!((agenda.thread.as_deref(), agenda.who.as_deref()), (Some("Sailing club"), Some("Sam Okafor")));
    assert_eq!(agenda.time.as_deref(), Some("2023-02-07T17:13:43Z"));
    let deleted = one(&google, "section:chat CREATOR");
    assert_eq!(
        (deleted.value("messages[].message_state"), deleted.time.as_deref()),
        (Some("DELETED"), Some("2023-01-04T11:04:00Z"))
    );
}

#[test]
fn dates_of_chats_are_read_in_other_languages() {
    let text = r#"{"messages":[{"creator":{"name":"Ben Zoë"},"created_date":"2015. február 15., vasárnap 21:54:36 UTC","text":"szia","topic_id":"t","message_id":"t/m"}]}"#;
    let google = read("Takeout/Google Chat/Groups/DM x/messages.json", text);
    assert_eq!(google.companies(), ["google"]);
    assert_eq!(google.section("chat")[0].time.as_deref(), Some("2015-02-15T21:54:36Z"));
    assert_eq!(google.problems(), Vec::<String>::new());
}

#[test]
fn people_of_hangouts_are_shown_by_name() {
    let google = Imported::sample("google");
    let message = one(&google, "section:hangouts regatta.example");
    assert_eq!((message.who.as_deref(), message.thread.as_deref()), (Some("José Ibarra"), Some("Regatta 2015")));
    assert_eq!(message.time.as_deref(), Some("2015-06-23T14:43:45Z"));
}

#[test]
fn the_first_layout_of_hangouts_is_read() {
    let text = r#"{"continuation_end_timestamp":"0","conversation_state":[{"conversation_id":{"id":"UgxOld"},"conversation_state":{"conversation_id":{"id":"UgxOld"},"conversation":{"id":{"id":"UgxOld"},"type":"STICKY_ONE_TO_ONE","participant_data":[{"id":{"gaia_id":"110000000000000000002"},"fallback_name":"José Ibarra"}]},"event":[{"conversation_id":{"id":"UgxOld"},"sender_id":{"gaia_id":"110000000000000000002"},"timestamp":"1400000000000000","chat_message":{"message_content":{"segment":[{"type":"TEXT","text":"hola"}]}}}]}}]}"#;
    let google = read("Takeout/Hangouts/Hangouts.json", text);
    let message = one(&google, "section:hangouts hola");
    assert_eq!((message.who.as_deref(), message.time.as_deref()), (Some("José Ibarra"), Some("2014-05-13T16:53:20Z")));
}

#[test]
fn notes_and_tasks_tell_their_time_and_their_words() {
    let google = Imported::sample("google");
    let list = one(&google, "section:notes \"life jackets\"");
    assert_eq!((list.text.as_deref(), list.time.as_deref()), (Some("Boat list"), Some("2023-08-01T14:26:40Z")));
    let old = one(&google, "section:notes gate");
    assert_eq!(old.time.as_deref(), Some("2023-08-01T04:29:43.842Z"), "old notes have no time of making");
    let task = one(&google, "section:tasks renew");
    assert_eq!(
        (task.time.as_deref(), task.value("items[].items[].notes")),
        (Some("2024-12-01T00:00:00Z"), Some("Northwind, policy in the drawer"))
    );
    assert_eq!(google.identifiers(IdKind::Email).get("jose@example.net"), Some(&false));
}

#[test]
fn mail_contacts_and_calendars_are_read_in_other_languages() {
    let card = "BEGIN:VCARD\nVERSION:3.0\nFN:Ben Zoë\nEND:VCARD\n";
    let event = "BEGIN:VCALENDAR\nPRODID:-//Google Inc//Google Calendar 70.9054//EN\nBEGIN:VEVENT\nSUMMARY:segeln\nDTSTART;VALUE=DATE:20240102\nEND:VEVENT\nEND:VCALENDAR\n";
    let google = Archive::new()
        .file("Takeout/Gmail/Alle E-Mails einschließlich Spam-Nachrichten und E.mbox", MAILBOX)
        .file(
            "Takeout/Gmail/Nutzereinstellungen/Blockierte Adressen.json",
            r#"{"blockierte":["spammer@junk.example"]}"#,
        )
        .file("Takeout/Google Kontakte/Alle Kontakte/Alle Kontakte.vcf", card)
        .file("Takeout/Kalender/EMAIL.ics", event)
        .import_as("takeout-20241102T090000Z-001.zip");
    assert_eq!(google.companies(), ["google"]);
    let counts = google.counts();
    for section in ["mail", "mail_settings", "contacts", "calendar"] {
        assert_eq!(counts.get(section), Some(&1), "{section}");
    }
    assert_eq!(google.with_fate("generic"), Vec::<String>::new());
}

#[test]
fn a_mailbox_alone_is_known_by_its_thread_numbers() {
    let google = Imported::of_files(&[("Correo.mbox", MAILBOX.as_bytes().to_vec())]);
    assert_eq!(google.companies(), ["google"]);
    assert_eq!(google.section("mail")[0].who.as_deref(), Some("Ben"));
    let other = MAILBOX.replace("1798000000000000001@xxx", "ben@example.org").replace("X-GM-THRID", "X-Other");
    assert!(Imported::of_files(&[("mail.mbox", other.into_bytes())]).companies()[0].starts_with("unknown"));
}

#[test]
fn contacts_as_a_table_are_read() {
    let table = "First Name,Middle Name,Last Name,Organization Name,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value\nBen,,Zoë,Quay Ltd,sails,* myContacts,Home,ben.zoe@example.org,Mobile,+44 7700 900456\n";
    let google = Archive::new()
        .file("Takeout/Contacts/My Contacts/My Contacts.csv", table)
        .file(
            "Takeout/archive_browser.html",
            "<html><h1 class=\"data-folder-name\" data-english-name=\"CONTACTS\">Contacts</h1></html>",
        )
        .import_as("takeout-20241102T090000Z-001.zip");
    assert_eq!(google.section("contacts_csv").len(), 1);
    assert_eq!(google.identifiers(IdKind::Phone).get("+447700900456"), Some(&false));
    assert_eq!(google.meaning("contacts_csv", "E-mail 1 - Value").0, "email");
}

#[test]
fn the_tree_of_a_real_takeout_leaves_none_of_these_files_unknown() {
    let Some(google) = Imported::fixture("google/purarue+google_takeout_parser/tests/testdata/RecentTakeout_ger")
    else {
        return;
    };
    let ours = ["Gmail/", "Google Kontakte/", "Kalender/", "Google Chat/", "Tasks/"];
    let generic = google.with_fate("generic");
    let missed: Vec<&String> =
        generic.iter().filter(|entry| ours.iter().any(|folder| entry.contains(folder))).collect();
    assert_eq!(missed, Vec::<&String>::new());
    assert_eq!(google.with_fate("failed"), Vec::<String>::new());
}
