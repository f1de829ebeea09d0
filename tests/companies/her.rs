//! HER: tables sent on request.

use crate::archive::*;
use std::collections::BTreeMap;
use tellall::record::IdKind;

#[test]
fn profile_messages_and_likes_are_read() {
    let imported = Imported::sample("her");
    assert_eq!(imported.export().company, "her");
    assert_eq!(imported.problems(), [""; 0]);
    assert_eq!(imported.with_fate("generic"), [""; 0]);
    let expected = BTreeMap::from(
        [
            ("blocked", 1),
            ("liked", 2),
            ("messages", 4),
            ("notifications", 2),
            ("profile", 1),
            ("reported", 1),
            ("skipped", 1),
        ]
        .map(|(section, count)| (section.to_owned(), count)),
    );
    assert_eq!(imported.counts(), expected);
    let message = &imported.section("messages")[1];
    assert_eq!(
        (message.who.as_deref(), message.thread.as_deref(), message.text.as_deref()),
        (Some("Ana"), Some("Ana"), Some("He is called Óscar 🐢"))
    );
    assert_eq!(message.time.as_deref(), Some("2022-08-01T19:04:10"));
}

#[test]
fn whom_one_looks_for_and_likes_is_named_as_what_it_tells() {
    let imported = Imported::sample("her");
    assert_eq!(imported.meaning("profile", "Last used filters").0, "sexual");
    assert_eq!(imported.meaning("liked", "Name").0, "likes");
    assert_eq!(imported.meaning("profile", "Location"), ("gps".to_owned(), "observed".to_owned()));
    assert_eq!(imported.identifiers(IdKind::Email).get("rosa.quill@example.com"), Some(&true));
    assert_eq!(imported.identifiers(IdKind::Birthday).get("1987-04-12"), Some(&true));
}

#[test]
fn a_value_in_the_wrong_column_is_known_by_its_form() {
    let profiles = "Name,Full name,Birthday,Last online UTC,Registration_date UTC,Email,Push notifications enabled,Last used filters,Height in cm,Location,Custom Location,Status\nRosa,,rosa.quill@example.com,,,,,,,,,\n";
    let imported = Archive::new().file("profiles.csv", profiles).import_as("her.zip");
    assert_eq!(imported.companies(), ["her"]);
    assert_eq!(imported.identifiers(IdKind::Email).get("rosa.quill@example.com"), Some(&true));
    assert_eq!(imported.meaning("profile", "Birthday").0, "email");
}

#[test]
fn a_table_of_messages_alone_is_known_by_its_columns_and_not_by_its_name() {
    let text = "Conversation,Message,Message type,Sender,Message Sent At\nc,hi,text,Rosa,2020-05-07 08:00:00\n";
    let columns = "Name,Matched,Liked at\nAna,true,2020-05-06 20:00:00\n";
    let imported = Archive::new().file("messages.csv", text).file("liked.csv", columns).import_as("her.zip");
    assert_eq!(imported.companies(), ["her"]);
    let renamed = Archive::new().file("mensajes.csv", text).import_as("x.zip");
    assert_eq!(renamed.counts()["messages"], 1);
    let other = Archive::new().file("messages.csv", "id,body\n1,hi\n").import_as("other.zip");
    assert_eq!(other.companies(), ["unknown:other"]);
}

#[test]
fn loose_tables_of_one_folder_are_one_export() {
    let text = "Conversation,Message,Message type,Sender,Message Sent At\nc,hi,text,Rosa,2020-05-07 08:00:00\n";
    let columns = "Name,Matched,Liked at\nAna,true,2020-05-06 20:00:00\n";
    let imported = Imported::of_files(&[("messages.csv", text.into()), ("liked.csv", columns.into())]);
    assert_eq!(imported.export().company, "her");
}

#[test]
fn a_column_that_says_utc_is_in_utc() {
    let text = "Name,Full name,Birthday,Last online UTC,Registration_date UTC,Email,Push notifications enabled,Last used filters,Height in cm,Location,Custom Location,Status\nRosa,Rosa Quill,1987/04/12,2022-05-06 07:08:09,2021-05-06 07:08:09,rosa.quill@example.com,true,{},170,\"53.8, -1.5\",Leeds,Single\n";
    let profile = &Imported::of_files(&[("profiles.csv", text.into())]).section("profile")[0];
    assert_eq!(profile.time.as_deref(), Some("2021-05-06T07:08:09Z"));
}
