//! Netflix: the report of a household, and the quick download of what was watched.

use crate::archive::*;
use std::collections::BTreeMap;
use tellall::record::IdKind;

#[test]
fn every_table_of_the_report_is_read_and_empty_categories_say_so() {
    let imported = Imported::sample("netflix");
    assert_eq!(imported.export().company, "netflix");
    assert_eq!(imported.export().layout.as_deref(), Some("report"));
    assert_eq!(imported.problems(), [""; 0]);
    assert_eq!(imported.with_fate("failed"), [""; 0]);
    assert_eq!(imported.with_fate("generic"), [""; 0]);
    assert_eq!(imported.with_fate("skipped").len(), 7, "six empty categories and the cover sheet");
    let expected = BTreeMap::from(
        [
            ("account", 1),
            ("avatars", 1),
            ("clicks", 2),
            ("creation_address", 1),
            ("devices", 2),
            ("logins", 2),
            ("messages", 2),
            ("my_list", 2),
            ("payments", 1),
            ("playback", 2),
            ("preferences", 2),
            ("profiles", 3),
            ("searches", 3),
            ("streaming_addresses", 2),
            ("subscription", 1),
            ("support", 1),
            ("support_chats", 2),
            ("terms", 2),
            ("viewing", 5),
        ]
        .map(|(section, count)| (section.to_owned(), count)),
    );
    assert_eq!(imported.counts(), expected);
}

#[test]
fn what_others_in_the_household_watched_is_told_apart() {
    let imported = Imported::sample("netflix");
    let views = imported.section("viewing");
    assert_eq!(views[0].who.as_deref(), Some("Kids"));
    assert_eq!(views[0].time.as_deref(), Some("2023-12-24T09:00:00Z"));
    assert_eq!(views[4].text.as_deref(), Some("Lighthouse: Season 2: Fog (Episode 3)"));
    assert_eq!(views[4].value("Duration"), Some("0:51:02"));
    assert_eq!(imported.count("from:Marta section:viewing"), 1);
}

#[test]
fn the_list_in_a_cell_is_read_and_a_damaged_one_stays_text() {
    let imported = Imported::sample("netflix");
    let playback = imported.section("playback");
    assert_eq!(playback[0].value("Playtraces"), Some(r#"[{"eventType":"start""#));
    assert_eq!(playback[1].value("Playtraces[].eventType"), Some("start"));
    let stops = playback[1].values.iter().filter(|(field, _)| field == "Playtraces[].mediaOffsetMs").count();
    assert_eq!(stops, 2);
}

#[test]
fn log_ins_tell_address_device_and_country() {
    let imported = Imported::sample("netflix");
    let login = &imported.section("logins")[0];
    assert_eq!(login.time.as_deref(), Some("2023-02-01T12:00:00Z"));
    assert_eq!(login.value("Ip"), Some("203.0.113.47"));
    assert_eq!(imported.meaning("logins", "Ip"), ("ip".to_owned(), "observed".to_owned()));
    assert_eq!(imported.meaning("devices", "Esn").0, "device_id");
    let ips = imported.identifiers(IdKind::Ip);
    assert_eq!(ips.keys().collect::<Vec<_>>(), ["192.0.2.14", "198.51.100.23", "2001:db8::47", "203.0.113.47"]);
    assert!(ips.values().all(|mine| *mine));
}

#[test]
fn account_and_profiles_hold_the_owner() {
    let imported = Imported::sample("netflix");
    assert_eq!(imported.identifiers(IdKind::Email).get("rosa.quill@example.com"), Some(&true));
    assert_eq!(imported.identifiers(IdKind::Phone).get("+447700900123"), Some(&true));
    assert!(imported.identifiers(IdKind::Birthday).contains_key("1987-04-12"));
    assert_eq!(imported.meaning("messages", "Title Name"), ("inferred".to_owned(), "inferred".to_owned()));
}

#[test]
fn consents_and_matched_identifiers_are_choices_without_a_date() {
    let choices = Imported::sample("netflix").choices();
    let ads: Vec<_> = choices.iter().filter(|one| one.about == "ads").collect();
    assert_eq!(ads.len(), 1);
    assert_eq!(ads[0].what, "Messages and matching: Identifiers matched for advertising elsewhere");
    assert_eq!((ads[0].value.as_str(), ads[0].time.as_deref()), ("OPTED_IN", None));
    assert_eq!(choices.iter().filter(|one| one.section == "terms").count(), 2);
}

#[test]
fn a_report_in_a_numbered_folder_and_renamed_ones_are_known() {
    let views = "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country\nRobin,2024-05-06 07:08:09,0:21:00,,Example Show: Season 1: Pilot (Episode 1),,Example TV,0:21:00,Not latest view,XX (Exampleland)\n";
    for folder in ["1234567890/CONTENT_INTERACTION", "1234567890/視聴"] {
        let imported =
            Archive::new().file(&format!("{folder}/ViewingActivity.csv"), views).import_as("netflix-report.zip");
        assert_eq!(imported.companies(), ["netflix"], "{folder}");
        assert_eq!(imported.counts()["viewing"], 1);
    }
    let loose = Imported::of_files(&[("ViewingActivity.csv", views.into())]);
    assert_eq!(loose.companies(), ["netflix"]);
}

#[test]
fn ratings_are_read_where_there_are_some() {
    let imported = Archive::new()
        .file("CONTENT_INTERACTION/Ratings.csv", "Profile Name,Title Name,Rating Type,Star Value,Thumbs Value,Device Model,Event Utc Ts,Region View Date\nRosa,Lighthouse,thumb,,2,Pixel 7,2022-01-02 20:00:00,2022-01-02\n")
        .file("CONTENT_INTERACTION/ViewingActivity.txt", "There is no data for this category.\n")
        .file("ACCOUNT/ExtraMembers.csv", "Name,Email Address\nBen Zoë,ben.zoe@example.org\n")
        .import_as("netflix-report.zip");
    assert_eq!(imported.section("ratings")[0].time.as_deref(), Some("2022-01-02T20:00:00Z"));
    assert_eq!(imported.with_fate("skipped"), ["CONTENT_INTERACTION/ViewingActivity.txt"]);
    assert_eq!(imported.identifiers(IdKind::Email).get("ben.zoe@example.org"), Some(&false));
}

#[test]
fn the_quick_download_has_days_as_the_country_writes_them() {
    for (day, read) in [("11/5/24", "2024-11-05"), ("25/12/2023", "2023-12-25"), ("2023-12-25", "2023-12-25")] {
        let table = format!("Title,Date\n\"Lighthouse: Season 2: \"\"Fog\"\"\",\"{day}\"\n");
        let imported = Imported::of_files(&[("NetflixViewingHistory.csv", table.into())]);
        assert_eq!(imported.companies(), ["netflix"]);
        let view = &imported.section("viewing_history")[0];
        assert_eq!(view.time.as_deref(), Some(read), "{day}");
        assert_eq!(view.text.as_deref(), Some("Lighthouse: Season 2: \"Fog\""));
        assert_eq!(imported.problems(), [""; 0]);
    }
}

#[test]
fn a_list_of_titles_and_dates_is_not_netflix() {
    let other = Archive::new().file("films.csv", "Title,Date\nBoats,2024-01-02\n");
    assert!(other.import_as("films.zip").companies()[0].starts_with("unknown"));
}

#[test]
fn folders_renamed_into_another_language_are_still_one_export() {
    let imported = Archive::new()
        .file("Inhalte/ViewingActivity.csv", "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country\nRosa,2024-05-06 07:08:09,0:21:00,,Lighthouse,,TV,0:21:00,Not latest view,GB\n")
        .file("Nachrichten/MessagesSentByNetflix.csv", "Profile Name,Sent Utc Ts,Message Name,Channel,Country Iso Code,Title Name\nRosa,2024-05-06 07:08:09,TOP_PICKS,EMAIL,GB,Lighthouse\n")
        .import_folder();
    assert_eq!(imported.export().company, "netflix");
    assert_eq!((imported.counts()["viewing"], imported.counts()["messages"]), (1, 1));
}

#[test]
fn the_quick_download_has_its_header_and_days_as_the_country_writes_them() {
    for (text, days) in [
        ("Title,Date\n\"Show: S1: \"\"Pilot\"\"\",5/6/24\nFilm,12/31/23\n", ["2023-12-31", "2024-05-06"]),
        ("\u{feff}Titel,Datum\r\nShow,06.05.24\r\nFilm,31.12.23\r\n", ["2023-12-31", "2024-05-06"]),
        ("Titre,Date\nShow,06/05/2024\nFilm,31/12/2023\n", ["2023-12-31", "2024-05-06"]),
    ] {
        let imported = Imported::of_files(&[("NetflixViewingHistory.csv", text.into())]);
        assert_eq!(imported.companies(), ["netflix"]);
        assert_eq!(imported.problems(), [""; 0], "{text}");
        let views = imported.section("viewing_history");
        assert_eq!(views.iter().filter_map(|view| view.time.as_deref()).collect::<Vec<_>>(), days, "{text}");
        assert_eq!(views[0].text.as_deref(), Some("Film"));
        assert_eq!(views.len(), 2, "the header is no view: {text}");
    }
}
