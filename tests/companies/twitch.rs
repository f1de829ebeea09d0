//! Twitch: a table for each kind of event; only one's own messages.

use crate::archive::*;
use tellall::record::IdKind;

#[test]
fn chats_watching_and_site_history_are_told_apart() {
    let imported = Imported::sample("twitch");
    assert_eq!(imported.export().company, "twitch");
    let expected = [("account", 1), ("chat", 2), ("history", 1), ("watched", 1)];
    assert_eq!(imported.counts().into_iter().collect::<Vec<_>>(), expected.map(|(id, count)| (id.to_owned(), count)));
    let chat = &imported.section("chat")[0];
    assert_eq!((chat.thread.as_deref(), chat.text.as_deref()), (Some("slowtv_trains"), Some("hello, snow!")));
    assert!(imported.identifiers(IdKind::Ip)["203.0.113.47"]);
    assert!(imported.identifiers(IdKind::Device)["a81f33d07c2e94b5"]);
    assert!(imported.identifiers(IdKind::Phone)["+447700900123"]);
}

#[test]
fn a_table_of_any_name_is_known_by_its_events() {
    let table = "a,b,c,d,e,f\nchat_message,2023-01-02T20:00:00Z,1,2,3,slowtv\n";
    let imported = Archive::new().file("x.csv", table).import_as("daten.zip");
    assert_eq!(imported.companies(), ["twitch"]);
}
