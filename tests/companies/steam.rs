//! Steam's pages, saved by hand: known by the address they were saved from, read as tables.

use super::archive::{Archive, Imported, Record};
use tellall::record::IdKind;

fn only(imported: &Imported, query: &str) -> Record {
    let records = imported.records(query);
    assert_eq!(records.len(), 1, "{query}: {records:#?}");
    records.into_iter().next().expect("there is one")
}

#[test]
fn the_sample_is_read_to_the_last_record() {
    let export = Imported::sample("steam");
    assert_eq!(export.companies(), ["steam"]);
    let expected = [("account", 1), ("chat", 2), ("logins", 2), ("pages", 5), ("payments", 1), ("played", 2)];
    assert_eq!(export.counts(), expected.map(|(section, count)| (section.to_owned(), count)).into());
    assert_eq!(export.problems(), Vec::<String>::new());
    assert_eq!(export.with_fate("generic"), Vec::<String>::new());
    assert_eq!(export.with_fate("skipped"), ["Account Details_files/shared_global.css"]);
}

#[test]
fn a_message_has_sender_time_and_text() {
    let export = Imported::sample("steam");
    let message = only(&export, "section:chat late");
    assert_eq!(message.who.as_deref(), Some("ben.zoe"));
    assert_eq!(message.text.as_deref(), Some("it is late & I have work"));
    assert_eq!(message.time.as_deref(), Some("2024-10-30T20:00:30Z"));
}

#[test]
fn values_tell_what_they_are_whatever_their_label() {
    let export = Imported::sample("steam");
    assert_eq!(export.identifiers(IdKind::Email), [("rosa.quill@example.com".to_owned(), true)].into());
    assert_eq!(export.identifiers(IdKind::Phone), [("+447700900123".to_owned(), true)].into());
    let ips = export.identifiers(IdKind::Ip);
    assert_eq!(ips, [("203.0.113.47".to_owned(), true), ("198.51.100.23".to_owned(), true)].into());
}

#[test]
fn a_page_in_any_language_under_any_name_is_known_by_its_links() {
    let page = r#"<html lang="de"><head><title>Steam-Support</title><base href="https://help.steampowered.com/"></head>
<body><table><tr><th>Feld</th><th>IP-Adresse</th></tr><tr><td>Anmeldung</td><td>203.0.113.47</td></tr></table></body></html>"#;
    let export = Archive::new().file("Seite 1.htm", page).import_as("x.zip");
    assert_eq!(export.companies(), ["steam"]);
    assert!(export.identifiers(IdKind::Ip).contains_key("203.0.113.47"));
}

#[test]
fn keys_of_games_stay_out_of_the_index() {
    let page = r"<!-- saved from url=(0066)https://help.steampowered.com/en/accountdata/GetCDKeys -->
<html><head><title>Steam Support :: CD Keys</title></head><body>
<table><tr><th>Game</th><th>CD Key</th></tr><tr><td>Quiet Garden</td><td>INVEN-TEDKE-YOF47</td></tr></table></body></html>";
    let export = Imported::of_files(&[("keys.html", page.as_bytes().to_vec())]);
    assert_eq!(export.companies(), ["steam"]);
    assert!(!export.index_holds("INVEN-TEDKE-YOF47"));
}

#[test]
fn a_page_that_speaks_of_steam_is_not_claimed() {
    let page = "<html><head><title>How to steam rice</title></head><body><p>Steam it.</p></body></html>";
    let other = Imported::of_files(&[("rice.html", page.as_bytes().to_vec())]);
    assert!(!other.companies().contains(&"steam"));
}

#[test]
fn a_table_of_log_ins_has_times_on_a_page_of_any_title() {
    let page = r#"<html><head><title>Steam-Support</title><base href="https://help.steampowered.com/en/accountdata"></head><body>
<table><tr><th>Logon Time</th><th>OS Type</th><th>IP Address</th></tr><tr><td>2024-05-06 07:08:09</td><td>Windows 10</td><td>203.0.113.47</td></tr></table></body></html>"#;
    let export = Imported::of_files(&[("Seite.html", page.into())]);
    assert_eq!(export.section("account")[0].time.as_deref(), Some("2024-05-06T07:08:09Z"));
}

#[test]
fn bars_and_feet_of_the_site_are_no_records_and_times_are_found_under_any_header() {
    let page = |title: &str, table: &str| {
        format!(
            r#"<html><head><title>{title}</title><base href="https://help.steampowered.com/en/accountdata"></head><body>
<div role="banner" id="global_header"><a href="https://store.steampowered.com/">STORE</a></div>
<table>{table}</table><div id="footer" role="contentinfo"><a href="https://www.valvesoftware.com/">About</a></div></body></html>"#
        )
    };
    let logins =
        "<tr><th>Login Date</th><th>IP Address</th></tr><tr><td>2024-01-02 03:04:05 GMT</td><td>192.0.2.60</td></tr>";
    let friends = "<tr><th>Freund</th><th>Freunde seit</th></tr><tr><td>ben.zoe</td><td>2015-01-02 03:04:05</td></tr>";
    let export = Archive::new()
        .file("Login.html", page("Login History", logins))
        .file("Freunde.html", page("Friends", friends))
        .import_as("steam.zip");
    let expected = [("friends", 1), ("logins", 1), ("pages", 2)];
    assert_eq!(export.counts(), expected.map(|(section, count)| (section.to_owned(), count)).into());
    assert_eq!(export.section("logins")[0].time.as_deref(), Some("2024-01-02T03:04:05Z"));
    assert_eq!(export.section("friends")[0].time.as_deref(), Some("2015-01-02T03:04:05Z"));
}
