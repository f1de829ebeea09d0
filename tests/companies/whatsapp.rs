//! WhatsApp: exported chats as phones of many countries write them, and the account report.

use crate::archive::{Archive, Imported, Record};

/// A chat saved under a name that tells nothing.
fn chat(bytes: impl AsRef<[u8]>) -> Vec<Record> {
    let found = Imported::of_files(&[("saved.txt", bytes.as_ref().to_vec())]);
    assert_eq!(found.companies(), ["whatsapp"]);
    assert_eq!(found.with_fate("generic"), [""; 0]);
    found.section("chats")
}

fn check(lines: &str, times: [&str; 2]) {
    let found = chat(lines);
    assert_eq!(found.iter().map(|one| one.time.as_deref().unwrap_or("none")).collect::<Vec<_>>(), times, "{lines}");
    assert_eq!(found.iter().map(|one| one.who.as_deref()).collect::<Vec<_>>(), [Some("Rosa Quill"), Some("Ben Zoë")]);
    assert_eq!(found.iter().map(|one| one.text.as_deref()).collect::<Vec<_>>(), [Some("hello"), Some("yes\nand no")]);
}

#[test]
fn a_chat_saved_under_another_name_is_known_by_its_lines_in_every_country() {
    let times = ["2022-03-18T14:56:00", "2022-03-19T09:01:00"];
    // Lithuania and Sweden, with dates as ISO writes them; blanks between the numbers; a dash of another length.
    check("2022-03-18 14:56 - Rosa Quill: hello\n2022-03-19 09:01 - Ben Zoë: yes\nand no\n", times);
    check("18 03 22, 14:56 - Rosa Quill: hello\n19 03 22, 09:01 - Ben Zoë: yes\nand no\n", times);
    check("18.03.2022, 14:56 – Rosa Quill: hello\n19.03.2022, 09:01 – Ben Zoë: yes\nand no\n", times);
    // Vietnam: the time first.
    check("[14:56:00, 18/03/2022] Rosa Quill: hello\r\n[09:01:00, 19/03/2022] Ben Zoë: yes\nand no\r\n", times);
    // iPhones before 2018: no brackets.
    check("18/03/22, 14:56:00: Rosa Quill: hello\n19/03/22, 09:01:00: Ben Zoë: yes\nand no\n", times);
}

#[test]
fn an_era_of_japan_stands_before_its_year() {
    let times = ["2022-03-18T14:56:00", "2022-03-19T09:01:00"];
    check("[R4/3/18 14:56:00] Rosa Quill: hello\r\n[R4/3/19 9:01:00] Ben Zoë: yes\nand no\r\n", times);
    check("令和4/3/18 14:56 - Rosa Quill: hello\n令和4/3/19 9:01 - Ben Zoë: yes\nand no\n", times);
}

#[test]
fn a_chat_in_utf_16_is_known_as_well() {
    let text = "18/03/2022, 14:56 - Rosa Quill: hello\n19/03/2022, 09:01 - Ben Zoë: yes\n";
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(chat(bytes).len(), 2);
}

#[test]
fn the_log_of_a_program_is_no_chat() {
    let log = "2022-03-18 14:56:01 - server: started\n2022-03-18 14:56:02 - server: stopped\n";
    let found = Imported::of_files(&[("server.txt", log.into())]);
    assert_ne!(found.companies(), ["whatsapp"]);
}

#[test]
fn the_title_of_the_report_of_2018_is_no_record() {
    let page = "<html><head><title>WhatsApp Account Info</title></head><body><h1>Konto</h1>\
        <table><tr><td>Telefonnummer</td><td>+44 7700 900123</td></tr></table></body></html>";
    let lists = r#"{"contacts":["+447700900456","+447700900789"],"groups":["Allotment"]}"#;
    let found =
        Archive::new().file("access.html", page).file("portability.json", lists).import_as("My account info.zip");
    assert_eq!(found.companies(), ["whatsapp"]);
    let counts: Vec<(String, u64)> = found.counts().into_iter().collect();
    assert_eq!(
        counts.iter().map(|(id, count)| (id.as_str(), *count)).collect::<Vec<_>>(),
        [("portability", 2), ("portable_groups", 1), ("report", 1)]
    );
}

#[test]
fn numbers_of_objects_and_addresses_are_no_choices() {
    let terms = r#"{"fbid":"900100200","label_values":[{"label":"Terms version","value":"2021"}]}"#;
    let page = |rows: &[(&str, &str)]| {
        let rows: String =
            rows.iter().map(|(label, value)| format!("<tr><td>{label}</td><td>{value}</td></tr>")).collect();
        format!("<html><head><title>WhatsApp</title></head><body><table>{rows}</table></body></html>")
    };
    let settings =
        page(&[("Read receipts", "true"), ("Last address", "203.0.113.7"), ("Address before", "2001:db8::7")]);
    let report = page(&[("Shared with Facebook", "false"), ("Adresse", "198.51.100.4")]);
    let choices = |found: &Imported| -> Vec<(String, String)> {
        found.choices().into_iter().map(|choice| (choice.what, choice.value)).collect()
    };
    let chosen = |what: &str, value: &str| (what.to_owned(), value.to_owned());
    let found = Archive::new()
        .file("whatsapp_account_information/terms_of_service.json", terms)
        .file("whatsapp_settings/account_settings.html", settings)
        .import_as("My account info.zip");
    assert_eq!(choices(&found), [chosen("Read receipts", "true"), chosen("Terms of service: Terms version", "2021")]);
    let found = Archive::new().file("access.html", report).import_as("My account info.zip");
    assert_eq!(found.companies(), ["whatsapp"]);
    assert_eq!(choices(&found), [chosen("Shared with Facebook", "false")]);
}
