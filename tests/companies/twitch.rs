//! Twitch's tables: the names of files and columns are not verified, so what a table is shows in its rows.

use super::archive::{Archive, Imported, Record};
use tellall::record::IdKind;

fn only(imported: &Imported, query: &str) -> Record {
    let records = imported.records(query);
    assert_eq!(records.len(), 1, "{query}: {records:#?}");
    records.into_iter().next().expect("there is one")
}

#[test]
fn the_sample_is_read_to_the_last_record() {
    let export = Imported::sample("twitch");
    assert_eq!(export.companies(), ["twitch"]);
    let expected =
        [("account", 1), ("ads", 1), ("chat", 3), ("follows", 1), ("payments", 1), ("site", 1), ("watched", 2)];
    assert_eq!(export.counts(), expected.map(|(section, count)| (section.to_owned(), count)).into());
    assert_eq!(export.problems(), Vec::<String>::new());
    assert_eq!(export.with_fate("generic"), Vec::<String>::new());
}

#[test]
fn a_chat_message_stands_in_its_channel() {
    let export = Imported::sample("twitch");
    let message = only(&export, "section:chat ben says");
    assert_eq!(message.text.as_deref(), Some("¡olé! 🏁, or \"wow\", as Ben says"));
    assert_eq!(message.thread.as_deref(), Some("tidewater_kart"));
    assert_eq!(message.time.as_deref(), Some("2021-03-04T20:16:40"), "no zone is told");
}

#[test]
fn addresses_and_devices_are_hers() {
    let export = Imported::sample("twitch");
    let ips = export.identifiers(IdKind::Ip);
    assert_eq!(ips, [("203.0.113.47".to_owned(), true), ("198.51.100.23".to_owned(), true)].into());
    assert_eq!(export.identifiers(IdKind::Device).get("a81f33d07c2e94b5"), Some(&true));
    assert_eq!(export.identifiers(IdKind::Phone).get("+447700900123"), Some(&true));
    assert_eq!(export.meaning("watched", "channel"), ("viewing".to_owned(), "observed".to_owned()));
    assert_eq!(export.recipients()[0].name, "Larkspur Garden Shop");
}

#[test]
fn a_table_of_unknown_name_and_columns_is_known_by_the_events_in_its_rows() {
    let export = Archive::new()
        .file("7.csv", "a,b,c,d,e,f,g\nminute_watched,2021-03-04T20:00:00Z,x,203.0.113.47,y,tidewater_kart,47\n")
        .import_as("gdpr.zip");
    assert_eq!(export.companies(), ["twitch"]);
    assert_eq!(export.counts()["site"], 1);
    assert_eq!(export.identifiers(IdKind::Ip).get("203.0.113.47"), Some(&true));
}

#[test]
fn tables_of_others_are_not_claimed() {
    for (name, text) in
        [("chat_messages.csv", "id,from,text\n1,rosa,hi\n"), ("events.csv", "type,date\npageview,2024-01-01\n")]
    {
        let other = Imported::of_files(&[(name, text.as_bytes().to_vec())]);
        assert!(!other.companies().contains(&"twitch"), "{name}");
    }
}

#[test]
fn the_second_column_is_the_time_whatever_it_is_called() {
    let text =
        "ereignis,zeit,ip,land,geraet,kanal,inhalt\nminute_watched,2024-05-06T07:08:09Z,192.0.2.4,GB,web,rosetv,5\n";
    let export = Archive::new().file("daten.csv", text).import_as("x.zip");
    assert_eq!(export.companies(), ["twitch"]);
    assert_eq!(export.section("site")[0].time.as_deref(), Some("2024-05-06T07:08:09Z"));
}
