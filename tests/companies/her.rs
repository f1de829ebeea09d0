//! HER: tables sent on request.

use crate::archive::*;
use tellall::record::IdKind;

#[test]
fn profile_messages_and_likes_are_read() {
    let imported = Imported::sample("her");
    assert_eq!(imported.export().company, "her");
    let expected = [("liked", 3), ("messages", 2), ("notifications", 1), ("profile", 1)];
    assert_eq!(imported.counts().into_iter().collect::<Vec<_>>(), expected.map(|(id, count)| (id.to_owned(), count)));
    let message = &imported.section("messages")[1];
    assert_eq!(
        (message.who.as_deref(), message.thread.as_deref(), message.text.as_deref()),
        (Some("Ana"), Some("conv-1"), Some("Hello back!"))
    );
    assert_eq!(imported.meaning("profile", "Location").0, "gps");
    assert_eq!(imported.meaning("profile", "Last used filters").0, "sexual");
    assert!(imported.identifiers(IdKind::Email)["rosa.quill@example.com"]);
}

#[test]
fn a_table_of_messages_alone_is_known_by_its_columns_and_not_by_its_name() {
    let text = "Conversation,Message,Message type,Sender,Message Sent At\nc,hi,text,Rosa,2020-05-07 08:00:00\n";
    let columns = "Name,Matched,Liked at\nAna,true,2020-05-06 20:00:00\n";
    let imported = Archive::new().file("messages.csv", text).file("liked.csv", columns).import_as("her.zip");
    assert_eq!(imported.companies(), ["her"]);
    let other = Archive::new().file("messages.csv", "id,body\n1,hi\n").import_as("other.zip");
    assert_eq!(other.companies(), ["unknown:other"]);
}
