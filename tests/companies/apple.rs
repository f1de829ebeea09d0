//! Apple, "Data and Privacy": zips in zips, tables of many spellings, and what was stored in iCloud.

use crate::archive::{Archive, Imported};
use tellall::record::IdKind;

/// The only record of a section that a query finds.
fn one(imported: &Imported, query: &str) -> crate::archive::Record {
    let mut found = imported.records(query);
    assert_eq!(found.len(), 1, "{query}: {found:?}");
    found.remove(0)
}

#[test]
fn every_file_of_the_sample_is_read_by_its_section() {
    let apple = Imported::sample("apple");
    assert_eq!(apple.export().company, "apple");
    let counts: Vec<(String, u64)> = apple.counts().into_iter().collect();
    let counts: Vec<(&str, u64)> = counts.iter().map(|(section, count)| (section.as_str(), *count)).collect();
    assert_eq!(
        counts,
        [
            ("account", 1),
            ("ad_tracking", 2),
            ("albums", 2),
            ("app_installs", 1),
            ("applecare", 3),
            ("bookmarks", 2),
            ("calendar", 3),
            ("clicks", 2),
            ("contacts", 3),
            ("devices", 2),
            ("game_center", 1),
            ("games", 1),
            ("icloud_usage", 3),
            ("library", 2),
            ("likes", 2),
            ("mail", 1),
            ("marketing", 3),
            ("networks", 2),
            ("notes", 2),
            ("pay_cards", 1),
            ("photos", 2),
            ("play_history", 2),
            ("plays", 3),
            ("privacy_requests", 2),
            ("purchases", 5),
            ("recents", 2),
            ("sentences", 3),
            ("sign_in_with_apple", 2),
            ("sign_ons", 4),
            ("watching", 2),
        ]
    );
    assert_eq!(apple.with_fate("failed"), Vec::<String>::new());
    assert_eq!(apple.with_fate("generic"), Vec::<String>::new());
    assert_eq!(apple.problems(), Vec::<String>::new());
}

#[test]
fn a_sign_on_tells_time_place_and_address() {
    let apple = Imported::sample("apple");
    let sign_ons = apple.section("sign_ons");
    assert_eq!(sign_ons[0].time.as_deref(), Some("2024-05-06T07:08:09Z"));
    assert_eq!(sign_ons[0].text.as_deref(), Some("iCloud"));
    assert_eq!(sign_ons[0].value("IP Address"), Some("203.0.113.47"));
    let addresses = apple.identifiers(IdKind::Ip);
    for mine in ["203.0.113.47", "198.51.100.23", "2001:db8::47"] {
        assert_eq!(addresses.get(mine), Some(&true), "{mine}");
    }
    assert_eq!(addresses.get("192.0.2.99"), Some(&false), "José sent his mail from there");
}

#[test]
fn identifiers_of_the_owner_and_of_others_are_told_apart() {
    let apple = Imported::sample("apple");
    let emails = apple.identifiers(IdKind::Email);
    assert_eq!(emails.get("rosa.quill@example.com"), Some(&true));
    assert_eq!(emails.get("ben.zoe@example.org"), Some(&false));
    assert_eq!(emails.get("a.ruiz@clinic.example"), Some(&false));
    let phones = apple.identifiers(IdKind::Phone);
    assert_eq!(phones.get("+447700900123"), Some(&true));
    assert_eq!(phones.get("+447700900456"), Some(&false));
    assert_eq!(apple.identifiers(IdKind::Device).get("a81f33d07c2e94b5"), Some(&true));
    assert_eq!(apple.identifiers(IdKind::Birthday).get("1987-04-12"), Some(&true));
    assert_eq!(apple.identifiers(IdKind::Birthday).get("1990-02-28"), Some(&false));
    assert_eq!(apple.meaning("devices", "Device Serial Number"), ("device_id".to_owned(), "observed".to_owned()));
    assert_eq!(apple.meaning("game_center", "player_id"), ("account_id".to_owned(), "generated".to_owned()));
    assert_eq!(apple.meaning("plays", "IP City"), ("location".to_owned(), "inferred".to_owned()));
    assert_eq!(apple.meaning("marketing", "Campaign Name"), ("segment".to_owned(), "inferred".to_owned()));
}

#[test]
fn security_questions_are_never_in_the_index() {
    assert!(!Imported::sample("apple").index_holds("first boat"));
}

#[test]
fn days_written_as_numbers_and_dates_with_a_weekday_are_times() {
    let apple = Imported::sample("apple");
    assert_eq!(apple.section("play_history")[0].time.as_deref(), Some("2015-06-30"));
    assert_eq!(apple.section("photos")[0].time.as_deref(), Some("2023-08-13T16:01:00Z"));
    assert_eq!(apple.section("games")[0].time.as_deref(), Some("2024-05-06T20:21:22"));
    assert_eq!(apple.section("watching")[0].time.as_deref(), Some("2024-05-06T08:00:00Z"));
}

#[test]
fn a_song_played_keeps_the_words_of_the_file_with_their_mistakes() {
    let apple = Imported::sample("apple");
    let song = one(&apple, "section:plays \"harbour lights\"");
    assert_eq!(song.time.as_deref(), Some("2024-05-06T08:00:01Z"));
    assert_eq!(song.value("User’s Audio Quality"), Some("HIGH_QUALITY"));
    assert_eq!(song.value("Last End Reason Tyoe"), Some("NATURAL_END_OF_TRACK"));
    assert_eq!(song.value("Evaluation Variant"), Some(r#"{"exp":"mx-12","arm":"B"}"#));
    assert_eq!(song.value("Event ID"), Some("-2.6E+18"));
    assert_eq!(apple.section("library")[1].text.as_deref(), Some("Canción del Río"));
}

#[test]
fn several_tables_in_one_file_keep_their_columns() {
    let apple = Imported::sample("apple");
    let cases = apple.section("applecare");
    assert_eq!(cases[2].value("Case Title"), Some("Question on a repair"));
    assert_eq!(cases[0].value("Coverage Status"), Some("Expired"));
    assert_eq!(cases[0].time.as_deref(), Some("2021-01-30"));
    let usage = apple.section("icloud_usage");
    assert_eq!(usage[2].value("Recipients"), Some("2"));
    assert_eq!(usage[0].value("Operation"), Some("Upload"));
}

#[test]
fn apps_signed_in_to_received_an_address() {
    let recipients = Imported::sample("apple").recipients();
    let names: Vec<&str> = recipients.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Harbour Fitness", "Tidewater Travel"]);
    assert!(recipients.iter().all(|one| one.basis == "signed in to with Apple"));
}

#[test]
fn limits_on_advertising_are_choices() {
    let choices = Imported::sample("apple").choices();
    let values: Vec<(&str, &str)> = choices.iter().map(|one| (one.what.as_str(), one.value.as_str())).collect();
    assert_eq!(values, [("Advertising: Limit Ad Tracking", "Disabled"), ("Advertising: Limit Ad Tracking", "Enabled")]);
}

#[test]
fn contacts_calendars_and_mail_of_icloud_are_people_events_and_messages() {
    let apple = Imported::sample("apple");
    let marta = one(&apple, "section:contacts marta");
    assert_eq!(marta.value("TEL[].label"), Some("Mobile"));
    assert_eq!(marta.value("X-ABRELATEDNAMES[].label"), Some("Sister"));
    assert_eq!(marta.value("NOTE"), Some("Allergic to nuts, always ask.\nKey is with José."));
    assert_eq!(marta.value("PHOTO.size"), Some("180"));
    let event = one(&apple, "section:calendar cardiologist");
    assert_eq!(event.time.as_deref(), Some("2024-05-12T14:00:00"));
    assert_eq!(event.thread.as_deref(), Some("Home"));
    assert_eq!(event.who.as_deref(), Some("Rosa Quill"));
    assert_eq!(event.value("DTSTART.TZID"), Some("Europe/London"));
    assert_eq!(event.value("ATTENDEE[].name"), Some("Quill, Marta"));
    let task = one(&apple, "section:calendar northwind");
    assert_eq!((task.value("component"), task.time.as_deref()), (Some("VTODO"), Some("2024-09-10T09:00:00")));
    let mail = one(&apple, "section:mail");
    assert_eq!(mail.who.as_deref(), Some("José Ibarra"));
    assert_eq!(mail.thread.as_deref(), Some("El barco ⛵"));
    assert_eq!(mail.time.as_deref(), Some("2024-06-07T10:09:09+02:00"));
    assert_eq!(mail.value("text"), Some("El sábado salimos a las nueve. Trae las llaves \ndel puerto."));
    assert_eq!(mail.value("attachments[].name"), Some("plano.pdf"));
}

#[test]
fn networks_and_recent_addresses_are_read_from_property_lists() {
    let apple = Imported::sample("apple");
    let home = one(&apple, "section:networks quill");
    assert_eq!(home.value("KnownNetworks.{}.SSID"), Some("Quill Home"));
    assert_eq!(home.time.as_deref(), Some("2024-10-30T21:00:00Z"));
    let marta = one(&apple, "section:recents marta");
    assert_eq!(marta.time.as_deref(), Some("2024-09-01T08:00:00Z"));
    assert_eq!(marta.value("[].address"), Some("+447700900789"));
}

const SIGN_ONS: &str = "Logged In Date,Application,IP Address\n2024-05-06T07:08:09Z,iCloud,192.0.2.30\n";

#[test]
fn zips_in_zips_are_opened() {
    let inner = Archive::new().file("Apple ID SignOn Information.csv", SIGN_ONS).zip();
    let middle =
        Archive::new().file("Apple ID account and device information/Apple ID SignOn Information.csv.zip", inner).zip();
    let apple = Archive::new().file("Apple ID account and device information.zip", middle).import_as("outer.zip");
    assert_eq!(apple.companies(), ["apple"]);
    assert_eq!(apple.section("sign_ons").len(), 1);
}

#[test]
fn the_zips_of_one_folder_are_one_export() {
    let account =
        Archive::new().file("Apple ID account and device information/Apple ID SignOn Information.csv", SIGN_ONS).zip();
    let card = "BEGIN:VCARD\nVERSION:3.0\nFN:Ben Zoë\nEND:VCARD\n";
    let contacts = Archive::new().file("iCloud Contacts/Ben Zoë.vcf", card).zip();
    let photos = Archive::new()
        .file(
            "iCloud Photos Part 2 of 2/Photos/Photo Details-1.csv",
            "imgName,fileChecksum,originalCreationDate\na.JPG,x1,\"Sunday August 13,2023 4:01 PM GMT\"\n",
        )
        .zip();
    let apple = Imported::of_files(&[
        ("Apple ID account and device information.zip", account),
        ("iCloud Contacts.zip", contacts),
        ("iCloud Photos Part 2 of 2.zip", photos),
    ]);
    assert_eq!(apple.companies(), ["apple"]);
    let counts = apple.counts();
    assert_eq!((counts.get("sign_ons"), counts.get("contacts"), counts.get("photos")), (Some(&1), Some(&1), Some(&1)));
}

#[test]
fn the_apple_account_of_2024_is_read_as_the_apple_id_before() {
    let apple = Archive::new()
        .file(
            "Apple Account Information.csv",
            "Apple ID,Name,Phone Number\nrosa.quill@example.com,Rosa Quill,+447700900123\n",
        )
        .file("Apple Account SignOn Information.csv", SIGN_ONS)
        .import_as("data.zip");
    assert_eq!(apple.companies(), ["apple"]);
    assert_eq!((apple.section("account").len(), apple.section("sign_ons").len()), (1, 1));
    assert_eq!(apple.identifiers(IdKind::Phone).get("+447700900123"), Some(&true));
}

#[test]
fn tables_are_known_by_their_columns_in_a_folder_of_any_name() {
    for (name, text) in [
        (
            "数据/Apple ID Device Information.csv",
            "Device Name,Device Added Date,Device Last Heartbeat Timestamp\nx,2024-01-01T00:00:00Z,\n",
        ),
        ("数据/Photo Details.csv", "imgName,fileChecksum,favorite,originalCreationDate\na.JPG,x,no,\n"),
        (
            "数据/Apple Music Play Activity (1).csv",
            "Event End Timestamp,Song Name,Store Front Name\n2024-01-01T00:00:00Z,a,b\n",
        ),
    ] {
        assert_eq!(Archive::new().file(name, text).import_as("x.zip").companies(), ["apple"], "{name}");
    }
}

#[test]
fn photos_of_every_encoding_keep_their_names() {
    let table = "imgName,originalCreationDate\n山田.JPG,\"Sunday August 13,2023 4:01 PM GMT\"\n";
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(table.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let gbk =
        [b"imgName,originalCreationDate\n".as_slice(), b"\xc9\xbd\xcc\xef.JPG,\"Sunday August 13,2023 4:01 PM GMT\"\n"]
            .concat();
    let bom = [b"\xef\xbb\xbf".as_slice(), table.as_bytes()].concat();
    let apple = Archive::new()
        .file("iCloud Photos/Photos/Photo Details.csv", bom)
        .file("iCloud Photos/Photos/Photo Details-1.csv", utf16)
        .file("iCloud Photos/Photos/Photo Details-2.csv", gbk)
        .import_as("x.zip");
    let names: Vec<Option<String>> = apple.section("photos").into_iter().map(|photo| photo.text).collect();
    assert_eq!(names, vec![Some("山田.JPG".to_owned()); 3]);
}

#[test]
fn empty_files_and_documents_are_no_failure() {
    let apple = Archive::new()
        .file("Apple ID SignOn Information.csv", SIGN_ONS)
        .file("Apple ID Device Information.csv", "")
        .file("Explanation.pdf", "%PDF-1.4\n\0\0")
        .import_as("x.zip");
    assert_eq!(apple.with_fate("failed"), Vec::<String>::new());
    assert_eq!(apple.with_fate("skipped"), ["Apple ID Device Information.csv"]);
}

#[test]
fn a_folder_of_tables_and_cards_of_nobody_known_stays_unknown() {
    let nobody = Archive::new()
        .file("contacts.vcf", "BEGIN:VCARD\nFN:Ben Zoë\nTEL:+447700900456\nEND:VCARD\n")
        .file(
            "inbox.mbox",
            "From ben@example.org Tue Mar  5 10:11:12 2024\nFrom: Ben <ben.zoe@example.org>\nSubject: boat\n\nhello\n",
        )
        .file(
            "home.ics",
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:sail\nDTSTART:20240102T030405Z\nEND:VEVENT\nEND:VCALENDAR\n",
        )
        .file("orders.csv", "Date,Item\n2024-01-01,Rope\n")
        .import_as("backup.zip");
    assert!(nobody.export().company.starts_with("unknown"), "{}", nobody.export().company);
    let mail = one(&nobody, "kind:message");
    assert_eq!((mail.who.as_deref(), mail.thread.as_deref()), (Some("Ben"), Some("boat")));
    assert_eq!(mail.time.as_deref(), Some("2024-03-05T10:11:12Z"));
    assert_eq!(one(&nobody, "kind:contact").text.as_deref(), Some("Ben Zoë"));
    assert_eq!(one(&nobody, "kind:event").time.as_deref(), Some("2024-01-02T03:04:05Z"));
    assert_eq!(nobody.identifiers(IdKind::Phone).get("+447700900456"), Some(&false));
    assert_eq!(nobody.identifiers(IdKind::Email).get("ben.zoe@example.org"), Some(&false));
}

#[test]
fn sentences_around_tables_are_no_purchases_and_no_repairs() {
    let imported = Archive::new()
        .file("Apple.com and Apple Store/Online Purchase History.csv", "Online Purchases\nOrder Date,Item\n2024-05-06,Cable\n")
        .file(
            "AppleCare/AppleCare Cases.csv",
            "AppleCare Report\nGenerated 2024\n\nCase ID,Case Created Date,Issue\n1,2024-05-06 07:08:09,Broken\n2,2024-05-07 07:08:09,Again\n\nDevice,Serial Number\nPhone,C02XL0THJGH5\n\nEnd of report\n",
        )
        .import_as("x.zip");
    assert_eq!(imported.companies(), ["apple"]);
    assert_eq!(imported.counts()["purchases"], 1);
    assert_eq!(imported.counts()["applecare"], 3, "two cases, and a device from the second table");
    assert!(imported.count("section:sentences \"Online Purchases\"") == 1);
    assert!(
        imported.identifiers(IdKind::Device).contains_key("c02xl0thjgh5"),
        "{:?}",
        imported.identifiers(IdKind::Device)
    );
}
