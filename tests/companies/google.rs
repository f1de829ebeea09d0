//! Google: Takeout in its generations and languages, and the timeline that phones export by themselves.

use super::archive::{Archive, Imported};
use std::collections::BTreeMap;
use tellall::record::{Direction, IdKind};

const EMPTY: [(&str, u64); 0] = [];

fn counted(pairs: &[(&str, u64)]) -> BTreeMap<String, u64> {
    pairs.iter().map(|(section, count)| ((*section).to_owned(), *count)).collect()
}

/// Imports one entry of a Takeout; gives the sections and their counts.
fn one(entry: &str, bytes: &str) -> Imported {
    let imported =
        Archive::new().file(&format!("Takeout/{entry}"), bytes).import_as("takeout-20260102T030405Z-001.zip");
    assert_eq!(imported.problems(), Vec::<String>::new(), "{entry}");
    imported
}

fn check(entry: &str, bytes: &str, sections: &[(&str, u64)]) {
    let of = |company: &str| company.to_owned();
    let imported = Archive::new()
        .file(&format!("Takeout/{entry}"), bytes)
        .file("Takeout/archive_browser.html", "<h1>Archive</h1>")
        .import_as("takeout-20260102T030405Z-001.zip");
    assert_eq!(imported.companies(), [of("google")], "{entry}");
    assert_eq!(imported.counts(), counted(sections), "{entry}");
    assert_eq!(imported.problems(), Vec::<String>::new(), "{entry}");
}

const ACTIVITY: &str = r#"[{"header":"X","title":"Did something","time":"2026-02-03T04:05:06.789Z","products":["X"]}]"#;

/// An activity page with one block.
fn page(body: &str, caption: &str) -> String {
    format!(
        r#"<html><head><title>My Activity History</title></head><body><div class="mdl-grid"><div class="outer-cell mdl-cell mdl-cell--12-col mdl-shadow--2dp"><div class="mdl-grid"><div class="header-cell mdl-cell mdl-cell--12-col"><p class="mdl-typography--title">YouTube<br></p></div><div class="content-cell mdl-cell mdl-cell--6-col mdl-typography--body-1">{body}</div><div class="content-cell mdl-cell mdl-cell--6-col mdl-typography--body-1 mdl-typography--text-right"></div><div class="content-cell mdl-cell mdl-cell--12-col mdl-typography--caption">{caption}</div></div></div></div></body></html>"#
    )
}

// ── The sample ──────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn the_sample_is_a_takeout_and_the_timeline_of_a_phone() {
    let sample = Imported::sample("google");
    assert_eq!(sample.companies(), ["google", "google"]);
    let layouts: Vec<_> = sample.exports.iter().map(|export| export.layout.as_deref()).collect();
    assert_eq!(layouts, [Some("2022"), Some("phone")]);
    assert_eq!(sample.problems(), Vec::<String>::new());
    assert_eq!(sample.with_fate("failed"), Vec::<String>::new());
    assert_eq!(sample.with_fate("generic"), Vec::<String>::new());
}

#[test]
fn every_product_of_the_sample_has_its_section() {
    let mut counts = Imported::sample("google").counts();
    // Mail, chats, contacts, calendars and notes are looked at in their own tests.
    let ours = counted(&[
        ("access_log", 3),
        ("account", 4),
        ("account_changes", 2),
        ("activity", 5),
        ("ad_center", 3),
        ("ads", 3),
        ("albums", 1),
        ("android_devices", 1),
        ("assistant", 1),
        ("autofill", 5),
        ("bookmarks", 2),
        ("browser", 3),
        ("browser_devices", 1),
        ("browser_settings", 3),
        ("channel", 1),
        ("channel_settings", 1),
        ("comments", 2),
        ("commute", 1),
        ("devices_seen", 2),
        ("dictionary", 2),
        ("drive_files", 1),
        ("drive_shares", 1),
        ("extensions", 1),
        ("fit_data", 1),
        ("fit_days", 2),
        ("fit_sessions", 1),
        ("frequent_places", 2),
        ("gemini", 2),
        ("home", 1),
        ("installs", 2),
        ("interests", 4),
        ("labelled_places", 2),
        ("live_chats", 1),
        ("location_settings", 3),
        ("locations", 4),
        ("map_reviews", 2),
        ("maps_activity", 2),
        ("meet_calls", 1),
        ("music_library", 1),
        ("orders", 1),
        ("os_settings", 2),
        ("own_videos", 1),
        ("payments", 2),
        ("photos", 2),
        ("play_devices", 1),
        ("play_library", 1),
        ("play_purchases", 2),
        ("play_reviews", 1),
        ("play_settings", 1),
        ("playlists", 6),
        ("profile", 1),
        ("raw_signals", 3),
        ("recording_places", 1),
        ("reminders", 1),
        ("reservations", 1),
        ("saved", 3),
        ("saved_places", 2),
        ("search_contributions", 1),
        ("search_engines", 1),
        ("searches", 6),
        ("shopping", 1),
        ("subscriptions", 2),
        ("subscriptions_paid", 1),
        ("timeline", 8),
        ("timeline_edits", 2),
        ("travel_habits", 2),
        ("vehicle", 1),
        ("visited", 1),
        ("voice_calls", 1),
        ("voice_texts", 2),
        ("watched", 4),
        ("youtube_searches", 2),
    ]);
    counts.retain(|section, _| ours.contains_key(section));
    assert_eq!(counts, ours);
}

#[test]
fn rosas_own_identifiers_are_hers_and_those_of_her_friends_are_not() {
    let sample = Imported::sample("google");
    let phones = sample.identifiers(IdKind::Phone);
    assert_eq!(phones.get("+447700900123"), Some(&true));
    assert_eq!(phones.get("+12025550143"), Some(&false), "José, who texted");
    let emails = sample.identifiers(IdKind::Email);
    for mine in
        ["rosa.quill@example.com", "r.quill@quill-and-sons.example", "rosa@alias.example", "marta.quill@example.net"]
    {
        assert_eq!(emails.get(mine), Some(&true), "{mine}");
    }
    assert_eq!(emails.get("sam.okafor@example.com"), Some(&false), "Sam, who shares a file");
    let addresses = sample.identifiers(IdKind::Ip);
    for mine in ["203.0.113.47", "198.51.100.23", "2001:db8:0:7::1"] {
        assert_eq!(addresses.get(mine), Some(&true), "{mine}");
    }
    let devices = sample.identifiers(IdKind::Device);
    for mine in ["a81f33d07c2e94b5", "356938035643809", "02005e100001", "5f2c1c9e0d3b4f5e9f0a0123456789ab"] {
        assert_eq!(devices.get(mine), Some(&true), "{mine}");
    }
    let accounts = sample.identifiers(IdKind::AccountId);
    for mine in ["112233445566778899001", "123456789012", "UCa1b2c3d4e5f6g7h8i9j0kL"] {
        assert_eq!(accounts.get(mine), Some(&true), "{mine}");
    }
    assert_eq!(sample.identifiers(IdKind::Birthday).get("1987-04-12"), Some(&true));
    assert_eq!(sample.identifiers(IdKind::Name).get("marta quill"), Some(&false), "in a picture");
    let cards = sample.identifiers(IdKind::Payment);
    assert!(cards.contains_key("visa-1234") && cards.contains_key("visa •••• 1234"), "{cards:?}");
}

#[test]
fn an_address_hidden_in_details_is_found_by_its_form() {
    let sample = one(
        "Mi actividad/Drive/MiActividad.json",
        r#"[{"header":"Drive","title":"x","time":"2026-02-03T04:05:06Z","products":["Drive"],"details":[{"name":"Desde la IP 203.0.113.9"},{"name":"Des annonces Google"}]}]"#,
    );
    assert_eq!(sample.identifiers(IdKind::Ip), BTreeMap::from([("203.0.113.9".to_owned(), true)]));
}

#[test]
fn advertisers_are_named_without_the_verb_and_choices_without_one_name_nobody() {
    let sample = Imported::sample("google");
    let recipients = sample.recipients();
    assert!(recipients.iter().all(|recipient| recipient.direction == Direction::Targeted));
    let of = |basis: &str| {
        let named = recipients.iter().filter(|recipient| recipient.basis == basis);
        let mut names: Vec<&str> = named.map(|recipient| recipient.name.as_str()).collect();
        names.sort_unstable();
        names
    };
    assert_eq!(of("advert shown, and judged by you"), ["Northwind Insurance", "Quillmark Media"]);
    let followed = ["Harbour Fitness", "Tidewater Travel", "larkspur.example"];
    assert_eq!(of("advert followed, or site or app with Google's adverts"), followed);
    assert_eq!(of("advert shown on YouTube"), ["Tidewater Travel"], "not the channels you chose yourself");
}

#[test]
fn settings_of_location_and_adverts_are_choices() {
    let choices = Imported::sample("google").choices();
    let told = |what: &str, value: &str, about: &str| {
        choices.iter().any(|choice| choice.what == what && choice.value == value && choice.about == about)
    };
    assert!(told("The device reports its location Old phone", "false", "location"), "{choices:#?}");
    assert!(told("My Ad Center", "Turned off personalised ads", "ads"));
    assert!(told("Chrome: enable_do_not_track", "true", "other"));
    assert!(choices.iter().any(|choice| choice.what.starts_with("Location history") && choice.value == "true"));
}

#[test]
fn tokens_and_links_that_open_pictures_are_not_in_the_index() {
    let sample = Imported::sample("google");
    for secret in ["fcmSECRET", "SECRETauth", "BSECRETp256dh", "AF1QipSECRET"] {
        assert!(!sample.index_holds(secret), "{secret}");
    }
    let device = &sample.section("browser_devices")[0];
    assert_eq!(device.value("Device Info[].fcm_registration_token"), Some("‹secret, 25 characters›"));
}

#[test]
fn health_home_and_what_google_concluded_are_labelled_as_such() {
    let sample = Imported::sample("google");
    let meaning = |section: &str, field: &str| {
        let (category, origin) = sample.meaning(section, field);
        format!("{category} {origin}")
    };
    assert_eq!(meaning("fit_days", "Average heart rate (bpm)"), "health observed");
    assert_eq!(meaning("fit_days", "Low latitude (deg)"), "gps observed");
    assert_eq!(meaning("timeline", "semanticSegments[].visit.topCandidate.semanticType"), "home inferred");
    assert_eq!(meaning("timeline", "timelineObjects[].activitySegment.activityType"), "travel inferred");
    assert_eq!(meaning("frequent_places", "userLocationProfile.frequentPlaces[].label"), "home inferred");
    assert_eq!(
        meaning("travel_habits", "userLocationProfile.persona.travelModeAffinities[].mode"),
        "inferred inferred"
    );
    assert_eq!(meaning("locations", "locations[].latitudeE7"), "gps observed");
    assert_eq!(meaning("locations", "locations[].activeWifiScan.accessPoints[].mac"), "mac observed");
    assert_eq!(meaning("os_settings", "OS Priority Preference[].preference.value.birth_year"), "birth_date provided");
    assert_eq!(meaning("gemini", "[].safeHtmlItem[].html"), "messages generated");
    assert_eq!(meaning("photos", "people[].name"), "picture provided");
}

// ── Activity ────────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn an_activity_in_json_keeps_its_time_to_the_millisecond_and_what_lies_below() {
    let searches = Imported::sample("google").section("searches");
    let newest = searches.last().expect("searches");
    assert_eq!(newest.time.as_deref(), Some("2024-11-01T08:16:02.441Z"));
    assert_eq!(newest.text.as_deref(), Some("Visited Larkspur Garden Shop"));
    let oldest = &searches[0];
    assert_eq!(oldest.time.as_deref(), Some("2019-03-01T07:00:00.123Z"), "microseconds");
    assert_eq!(oldest.value("[].subtitles[].name"), Some("Including topics:"), "an empty subtitle among them");
}

#[test]
fn an_activity_in_html_says_the_same_with_the_time_of_its_zone() {
    let activity = Imported::sample("google").section("activity");
    let installed = activity.iter().find(|one| one.text.as_deref() == Some("Installed Harbour Fitness")).expect("it");
    assert_eq!(installed.time.as_deref(), Some("2024-07-11T06:40:01Z"));
    assert_eq!(installed.value("heading"), Some("Google Play Store"));
    assert_eq!(installed.value("link[]"), Some("https://play.google.com/store/apps/details?id=example.harbourfit"));
    let winter = activity.iter().find(|one| one.text.as_deref() == Some("Used Tides")).expect("it");
    assert_eq!(
        winter.time.as_deref(),
        Some("2021-01-15T18:54:12+01:00"),
        "BST is no zone of January: it is that of the day of the export"
    );
    let old = activity.iter().find(|one| one.text.as_deref() == Some("3 cards in your feed")).expect("it");
    assert_eq!(old.time.as_deref(), Some("2015-06-23T14:43:45"), "no zone was written");
}

#[test]
fn activity_is_known_in_the_languages_of_exports() {
    for (entry, section) in [
        ("My Activity/Search/MyActivity.json", "searches"),
        ("My Activity/Search/My Activity.json", "searches"),
        ("Meine Aktivitäten/Google Suche/MeineAktivitäten.json", "searches"),
        ("Mijn activiteit/Zoeken/MyActivity.json", "searches"),
        ("Mon activité/Recherche/MonActivité.json", "searches"),
        ("Mon activité/Recherche d_images/MonActivité.json", "searches"),
        ("Mi actividad/Búsqueda/MiActividad.json", "searches"),
        ("نشاطي/البحث/نشاطي.json", "searches"),
        ("Etkinliğim/Arama/Etkinliğim.json", "searches"),
        ("Meine Aktivitäten/Anzeigen/MeineAktivitäten.json", "ads"),
        ("Mon activité/Solutions publicitaires/MonActivité.json", "ads"),
        ("Mi actividad/Publicidad/MiActividad.json", "ads"),
        ("My Activity/My Ad Center/MyActivity.json", "ad_center"),
        ("Mi actividad/Noticias/MiActividad.json", "activity"),
        ("我的活动/新闻/我的活动记录.json", "activity"),
        ("내 활동/Android/내활동.json", "activity"),
        ("My Activity/Maps/MyActivity-2.json", "maps_activity"),
        ("Toiminta/Haku/OmaToiminta.json", "activity_by_form"),
    ] {
        check(entry, ACTIVITY, &[(section, 1)]);
    }
}

#[test]
fn a_search_and_a_video_are_known_by_their_links_in_any_language() {
    let of = |link: &str| {
        format!(
            r#"[{{"header":"X","title":"Jotain","titleUrl":"{link}","time":"2026-02-03T04:05:06Z","products":["X"],"activityControls":["Y"]}}]"#
        )
    };
    check("Toiminta/Haku/Oma.json", &of("https://www.google.com/search?q=vene"), &[("searches_by_form", 1)]);
    check(
        "YouTube ja muu/historia/haut.json",
        &of("https://www.youtube.com/results?search_query=vene"),
        &[("searches_by_form", 1)],
    );
    check(
        "YouTube ja muu/historia/katselu.json",
        &of("https://www.youtube.com/watch?v=aaaaaaaaaaa"),
        &[("watched_by_form", 1)],
    );
}

#[test]
fn pages_of_activity_are_read_in_german_with_german_dates() {
    let html = page(
        "<a href=\"https://www.youtube.com/watch?v=aaaaaaaaaaa\">Ein Schuppen</a>&nbsp;angesehen<br><a href=\"https://www.youtube.com/channel/UCx\">Kanal</a><br>02.01.2026, 15:04:05 MEZ",
        "<b>Produkte:</b><br>&emsp;YouTube<br><b>Details:</b><br>&emsp;Aus Google Anzeigen<br>",
    );
    let imported = one("YouTube und YouTube Music/Verlauf/Wiedergabeverlauf.html", &html);
    let watched = &imported.section("watched")[0];
    assert_eq!(watched.time.as_deref(), Some("2026-01-02T15:04:05+01:00"));
    assert_eq!(watched.text.as_deref(), Some("Ein Schuppen angesehen\nKanal"));
    assert_eq!(watched.value("fields.Produkte"), Some("YouTube"));
    assert_eq!(watched.value("fields.Details"), Some("Aus Google Anzeigen"));
    assert_eq!(imported.counts(), counted(&[("watched", 1)]), "the title of the page is none");
}

#[test]
fn history_of_youtube_is_known_in_the_languages_of_exports() {
    for (entry, section) in [
        ("YouTube/history/watch-history.json", "watched"),
        ("YouTube en YouTube Music/geschiedenis/kijkgeschiedenis.json", "watched"),
        ("YouTube y YouTube Music/historial/historial-de-reproducciones.json", "watched"),
        ("YouTube et YouTube Music/historique/historique des vidéos regardées.json", "watched"),
        ("YouTube ve YouTube Music/geçmiş/izleme geçmişi.json", "watched"),
        ("YouTube 和 YouTube Music/历史记录/观看记录.json", "watched"),
        ("YouTube وYouTube Music/السجلّ/سجل المشاهدة.json", "watched"),
        ("YouTube e YouTube Music/histórico/histórico-de-visualização.json", "watched"),
        ("YouTube a YouTube Music/historie/historie sledování.json", "watched"),
        ("YouTube und YouTube Music/Verlauf/Suchverlauf.json", "youtube_searches"),
        ("YouTube en YouTube Music/geschiedenis/zoekgeschiedenis.json", "youtube_searches"),
        ("YouTube y YouTube Music/historial/historial-de-búsqueda.json", "youtube_searches"),
        ("YouTube ve YouTube Music/geçmiş/arama geçmişi.json", "youtube_searches"),
    ] {
        check(entry, ACTIVITY, &[(section, 1)]);
    }
}

#[test]
fn the_oldest_histories_are_items_of_youtube_and_events_of_search() {
    let watched = one(
        "YouTube/history/watch-history.json",
        r#"[{"snippet":{"publishedAt":"2016-05-04T03:02:01.000Z","title":"Tides","resourceId":{"videoId":"aaaaaaaaaaa"}}}]"#,
    );
    let video = &watched.section("watched")[0];
    assert_eq!((video.time.as_deref(), video.text.as_deref()), (Some("2016-05-04T03:02:01Z"), Some("Tides")));
    let searched = one(
        "Searches/2014-01-01 January 2014 to March 2014.json",
        r#"{"event":[{"query":{"id":[{"timestamp_usec":"1388577600000000"}],"query_text":"tide table"}}]}"#,
    );
    let search = &searched.section("searches")[0];
    assert_eq!((search.time.as_deref(), search.text.as_deref()), (Some("2014-01-01T12:00:00Z"), Some("tide table")));
}

#[test]
fn questions_to_gemini_are_threads_by_their_conversation() {
    let gemini = Imported::sample("google").section("gemini");
    assert_eq!(gemini.len(), 2);
    for question in &gemini {
        assert_eq!(question.thread.as_deref(), Some("https://gemini.google.com/app/0123456789abcdef"));
    }
}

// ── YouTube tables ──────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn comments_of_both_generations_are_whole_sentences() {
    let new = "Channel ID,Comment create timestamp,Price,Comment ID,Parent Comment ID,Video ID,Comment Text\nUCa1b2c3d4e5f6g7h8i9j0kL,2024-11-02T19:05:35.956042+00:00,0,c1,,v1,\"{\"\"text\"\":\"\"Hi \"\"},{\"\"text\"\":\"\"@x\n\"\",\"\"link\"\":{\"\"linkUrl\"\":\"\"https://x.example\"\"}}\"\n\n\n";
    let imported = one("YouTube and YouTube Music/comments/comments.csv", new);
    let comment = &imported.section("comments")[0];
    assert_eq!(comment.time.as_deref(), Some("2024-11-02T19:05:35.956Z"));
    let texts: Vec<&str> = comment
        .values
        .iter()
        .filter(|(field, _)| field == "Comment Text[].text")
        .map(|(_, text)| text.as_str())
        .collect();
    assert_eq!(texts, ["Hi ", "@x\n"]);
    let old = "Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Video ID,Comment Text\nc1,UCa1b2c3d4e5f6g7h8i9j0kL,2023-09-19T17:42:53.434647+00:00,0,,v1,\"{\"\"takeoutSegments\"\":[{\"\"text\"\":\"\"hello\"\"}]}\"\n";
    let imported = one("YouTube and YouTube Music/comments/comments(1).csv", old);
    assert_eq!(imported.section("comments_until_2024")[0].text.as_deref(), Some("hello"));
}

#[test]
fn tables_with_translated_columns_are_read_by_their_order() {
    let subscriptions = one(
        "YouTube und YouTube Music/Abos/Abos.csv",
        "Kanal-ID,Kanal-URL,Kanaltitel\nUCx,http://www.youtube.com/channel/UCx,Seemannsgarn\n",
    );
    assert_eq!(subscriptions.section("subscriptions")[0].text.as_deref(), Some("Seemannsgarn"));
    let comments = one(
        "YouTube und YouTube Music/Kommentare/Kommentare.csv",
        "Kanal-ID,Zeitstempel der Erstellung,Preis,Kommentar-ID,ID des übergeordneten Kommentars,Video-ID,Kommentartext\nUCa1b2c3d4e5f6g7h8i9j0kL,2024-11-02T19:05:35+00:00,0,c1,,v1,\"{\"\"text\"\":\"\"Moin\"\"}\"\n",
    );
    let comment = &comments.section("comments")[0];
    assert_eq!((comment.time.as_deref(), comment.text.as_deref()), (Some("2024-11-02T19:05:35Z"), Some("Moin")));
    let log = one(
        "Zugriffsprotokollaktivitäten/Aktivitäten – Eine Liste der Google-Dienste, auf.csv",
        "Gaia-ID,Zeitstempel der Aktivität,IP-Adresse,IP-Adresse des Proxyhosts,Nicht routingfähige IP-Adresse,Land,Region,Stadt,User-Agent-String,Produktname,Unterproduktname,Aktivitätstyp,Gmail-Zugriffskanal\n112233445566778899001,2026-03-11 02:49:39 UTC,203.0.113.47,,Nein,DE,BE,Berlin,Mozilla/5.0 (X11),Gmail,,Login,WEB\n",
    );
    assert_eq!(log.section("access_log")[0].time.as_deref(), Some("2026-03-11T02:49:39Z"));
    assert_eq!(log.identifiers(IdKind::Ip).get("203.0.113.47"), Some(&true));
}

#[test]
fn comments_and_live_chats_of_the_old_pages_are_read() {
    let html = "<html><body><ul><li>Sent at 2020-04-27 23:18:23 UTC while watching <a href=\"https://www.youtube.com/watch?v=v1\">a video</a>.<br/>Well said</li></ul></body></html>";
    let imported = one("YouTube/my-comments/my-comments.html", html);
    let comment = &imported.section("comments")[0];
    assert!(comment.text.as_deref().is_some_and(|text| text.ends_with("Well said")), "{comment:?}");
    check("YouTube/my-live-chat-messages/my-live-chat-messages.html", html, &[("live_chats", 1)]);
}

#[test]
fn an_old_playlist_is_two_tables_in_one_file() {
    let playlists = Imported::sample("google").section("playlists");
    let boats = playlists.iter().find(|one| one.text.as_deref() == Some("Boats")).expect("the list itself");
    assert_eq!(boats.time.as_deref(), Some("2020-07-05T18:27:32Z"));
    assert!(playlists.iter().any(|one| one.text.as_deref() == Some("ggggggggggg")), "a video in it");
}

// ── Locations ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn positions_are_kept_without_coordinates_and_with_either_clock() {
    let locations = Imported::sample("google").section("locations");
    let times: Vec<_> = locations.iter().filter_map(|one| one.time.as_deref()).collect();
    assert_eq!(
        times,
        ["2015-07-18T23:57:26.012Z", "2022-03-05T08:00:01.250Z", "2022-03-05T08:41:10Z", "2022-03-05T09:00:00Z"]
    );
    assert_eq!(locations[1].value("locations[].latitudeE7"), Some("513811000"));
    assert_eq!(locations[3].value("locations[].latitudeE7"), None, "only networks nearby");
    let devices: Vec<_> = locations.iter().map(|one| one.thread.as_deref()).collect();
    assert_eq!(
        devices,
        [None, Some("Google Pixel 7"), Some("Google Pixel 7"), Some("Old phone")],
        "named by Settings.json"
    );
}

#[test]
fn location_files_of_every_generation_are_places() {
    let old = r#"{"locations":[{"timestampMs":"1437263846012","latitudeE7":376955289,"longitudeE7":-1219287261,"accuracy":45}]}"#;
    for entry in [
        "Location History/Location History.json",
        "Standortverlauf/LocationHistory.json",
        "Location History (Timeline)/Records.json",
        "Historique des positions/Records.json",
        "Sijaintihistoria/Jotain muuta.json",
    ] {
        check(entry, old, &[("locations", 1)]);
    }
    let visits = "\u{feff}{\"timelineObjects\":[{\"placeVisit\":{\"location\":{\"latitudeE7\":1,\"longitudeE7\":2,\"name\":\"Pier\"},\"duration\":{\"startTimestampMs\":\"1437263846012\",\"endTimestampMs\":\"1437263846999\"}}}]}";
    check("Historique des positions/Semantic Location History/2015/2015_JULY.json", visits, &[("timeline", 1)]);
    let settings = r#"{"createdTime":"2020-01-01T00:00:00Z","timelineEnabled":false,"deviceSettings":[]}"#;
    check("Historique des positions/Settings.json", settings, &[("location_settings", 1)]);
    check(
        "Timeline/Encrypted Backups.txt",
        "You have encrypted Timeline backups stored on Google servers.",
        &[("encrypted_timeline", 1)],
    );
}

#[test]
fn a_visit_goes_by_the_name_of_its_place_and_a_trip_by_how_it_was_made() {
    let timeline = Imported::sample("google").section("timeline");
    let told: Vec<_> = timeline.iter().map(|one| (one.time.as_deref(), one.text.as_deref())).collect();
    assert_eq!(
        told,
        [
            (Some("2022-03-04T18:00:00.500Z"), Some("Home")),
            (Some("2022-03-05T08:10:00Z"), Some("IN_TRAIN")),
            (Some("2022-03-05T09:00:00Z"), Some("Ruiz Clinic")),
            (Some("2024-08-03T10:00:00+02:00"), Some("ChIJmadeupMalaga")),
            (Some("2024-10-29T18:00:00Z"), Some("HOME")),
            (Some("2024-10-30T07:50:00Z"), Some("IN_TRAIN")),
            (Some("2024-10-30T08:00:00Z"), None),
            (Some("2024-10-31T09:00:00Z"), Some("UNKNOWN")),
        ]
    );
}

#[test]
fn a_timeline_is_known_whatever_the_phone_calls_it() {
    let android = r#"{"semanticSegments":[{"startTime":"2026-03-01T07:00:00.000+01:00","endTime":"2026-03-01T09:00:00.000+01:00","visit":{"hierarchyLevel":0,"probability":0.9,"topCandidate":{"placeId":"ChIJmadeup","semanticType":"HOME","probability":0.8,"placeLocation":{"latLng":"12.34°, 56.78°"}}}}],"rawSignals":[],"userLocationProfile":{"frequentPlaces":[{"placeId":"ChIJmadeup","placeLocation":"12.34°, 56.78°","label":"HOME"}]}}"#;
    for name in
        ["Timeline.json", "Zeitleiste.json", "Vos trajets.json", "タイムライン.json", "Oś czasu.json", "Aikajana.json"]
    {
        let imported = Imported::of_files(&[(name, android.as_bytes().to_vec())]);
        assert_eq!(imported.companies(), ["google"], "{name}");
        assert_eq!(imported.counts(), counted(&[("frequent_places", 1), ("timeline", 1)]), "{name}");
    }
}

#[test]
fn the_timeline_of_an_iphone_is_an_array_with_numbers_in_texts() {
    let iphone = r#"[{"endTime":"2026-03-01T09:00:00.000+01:00","startTime":"2026-03-01T07:00:00.000+01:00","visit":{"hierarchyLevel":"0","topCandidate":{"probability":"0.93","semanticType":"Inferred Home","placeID":"ChIJmadeup","placeLocation":"geo:48.8566,2.3522"},"probability":"0.9"}},
      {"endTime":"2026-03-01T09:30:00Z","startTime":"2026-03-01T09:00:00Z","activity":{"probability":"0.8","end":"geo:48.1,2.1","topCandidate":{"type":"cycling","probability":"0.7"},"distanceMeters":"640.5","start":"geo:48.8,2.3"}},
      {"endTime":"2026-03-01T10:00:00Z","startTime":"2026-03-01T08:00:00Z","timelinePath":[{"point":"geo:48.8,2.3","durationMinutesOffsetFromStartTime":"4"},{"point":"geo:nan,nan","durationMinutesOffsetFromStartTime":"9"}]},
      {"endTime":"2026-03-05T10:00:00Z","startTime":"2026-03-03T08:00:00Z","timelineMemory":{"destinations":[{"identifier":"ChIJmadeup2"}]}}]"#;
    let imported = Imported::of_files(&[("location-history.json", iphone.as_bytes().to_vec())]);
    assert_eq!(imported.companies(), ["google"]);
    assert_eq!(imported.counts(), counted(&[("phone_timeline", 4)]));
    assert_eq!(imported.problems(), Vec::<String>::new());
    let home = imported.records("section:phone_timeline Inferred");
    assert_eq!(home[0].time.as_deref(), Some("2026-03-01T07:00:00+01:00"));
    let (category, _) = imported.meaning("phone_timeline", "[].visit.topCandidate.placeLocation");
    assert_eq!(category, "gps");
}

// ── Account, Chrome, Play, others ───────────────────────────────────────────────────────────────────────────────────────

#[test]
fn subscriber_info_gives_the_account_its_recovery_and_a_record_for_each_log_in() {
    let account = Imported::sample("google").section("account");
    let facts = account.iter().find(|one| one.value("fields.Google Account ID").is_some()).expect("the facts");
    assert_eq!(facts.value("fields.Name"), Some("Rosa Quill"));
    assert_eq!(facts.time.as_deref(), Some("2010-01-02T03:04:05Z"));
    let logins: Vec<_> =
        account.iter().filter_map(|one| Some((one.value("IP Address")?, one.time.as_deref()?))).collect();
    assert_eq!(logins, [("198.51.100.23", "2024-08-03T10:00:00Z"), ("203.0.113.47", "2024-11-01T04:34:32Z")]);
}

#[test]
fn clocks_of_chrome_since_1601_and_1970_are_told_apart() {
    let sample = Imported::sample("google");
    let browser: Vec<_> = sample.section("browser").into_iter().filter_map(|one| one.time).collect();
    assert_eq!(browser, ["2024-08-02T09:00:00Z", "2024-09-12T21:00:00Z", "2024-11-01T08:16:05.123Z"]);
    let bookmarks: Vec<_> = sample.section("bookmarks").into_iter().filter_map(|one| one.time).collect();
    assert_eq!(bookmarks, ["2022-04-15T05:20:00.123Z", "2024-01-17T21:20:00Z"]);
}

#[test]
fn a_member_that_is_a_sentence_in_place_of_a_list_is_kept() {
    let autofill = Imported::sample("google").section("autofill");
    let said =
        autofill.iter().any(|one| one.value("Contact Info") == Some("Your data is encrypted and cannot be exported"));
    assert!(said, "{autofill:#?}");
}

#[test]
fn files_of_products_are_known_by_their_keys_under_other_names() {
    for (entry, json, section) in [
        (
            "Chrome/Historia.json",
            r#"{"Browser History":[{"url":"https://x.example","time_usec":1617404690134513}]}"#,
            "browser",
        ),
        ("Chrome/Osoitteet.json", r#"{"Autofill Profile":[{"name_full":["Rosa Quill"]}]}"#, "autofill"),
        ("Chrome/Laitteet.json", r#"{"Device Info":[{"client_name":"x"}]}"#, "browser_devices"),
        ("Play Kauppa/Asennukset.json", r#"[{"install":{"doc":{"title":"x"}}}]"#, "installs"),
        ("Play Kauppa/Ostot.json", r#"[{"purchaseHistory":{"doc":{"title":"x"}}}]"#, "play_purchases"),
        (
            "Kuvat/Kuvat 2022/a.jpg.s.json",
            r#"{"title":"a.jpg","photoTakenTime":{"timestamp":"-5"},"geoData":{"latitude":0.0}}"#,
            "photos",
        ),
        (
            "Terveys/Kaikki/x.json",
            r#"{"Data Source":"x","Data Points":[{"fitValue":[{"value":{"intVal":1}}],"startTimeNanos":1717236000000000000}]}"#,
            "fit_data",
        ),
        (
            "Kartat/Paikat.json",
            r#"{"features":[{"properties":{"name":"x"},"geometry":{"coordinates":[1.5,2.5]}}]}"#,
            "saved_places",
        ),
    ] {
        check(entry, json, &[(section, 1)]);
    }
}

#[test]
fn folders_are_known_by_what_the_archive_says_they_are_called() {
    let browser = r#"<html><body><h1 class="header_title">Arkisto</h1>
      <h1 class="data-folder-name" data-english-name="SAVED" data-folder-name="Tallennetut">Tallennetut</h1>
      <h1 class="data-folder-name" data-english-name="ACCESS_LOG_ACTIVITY" data-folder-name="Lokit &amp; muut">Lokit</h1>
      <h1 class="data-folder-name" data-english-name="MY_ACTIVITY" data-folder-name="Oma toiminta">Oma toiminta</h1></body></html>"#;
    let export = Archive::new()
        .file("Takeout/Arkistoselain.html", browser)
        .file("Takeout/Tallennetut/Matkat.csv", "Otsikko,Huomautus,URL,Kommentti\n,,,\nSatama,,https://maps.example/1,\n")
        .file("Takeout/Lokit _ muut/Toiminta.csv", "Gaia,Aika,IP,Proxy,Ei,Maa,Alue,Kaupunki,UA,Tuote,Ali,Tyyppi,Kanava\n112233445566778899001,2026-03-11 02:49:39 UTC,203.0.113.47,,Ei,FI,,Turku,Mozilla/5.0,Gmail,,Login,\n")
        .file("Takeout/Oma toiminta/Haku/Toiminta.html", page("Haettu&nbsp;<a href=\"https://x.example\">vene</a><br>2.1.2026 15:04:05 UTC", ""))
        .file("Takeout/Chrome/x.json", r#"{"Browser History":[{"url":"https://x.example","time_usec":1617404690134513}]}"#);
    for imported in [
        export.import_as("takeout-20260102T030405Z-001.zip"),
        Imported::of_files(&[("takeout-20260102T030405Z-001.tgz", export.tgz())]),
    ] {
        assert_eq!(imported.companies(), ["google"]);
        let counts = imported.counts();
        assert_eq!(counts.get("saved"), Some(&1), "{counts:?}");
        assert_eq!(counts.get("access_log"), Some(&1), "{counts:?}");
        assert_eq!(counts.get("pages_by_form"), Some(&1), "{counts:?}");
        assert_eq!(imported.section("saved")[0].text.as_deref(), Some("Satama"));
        assert_eq!(imported.with_fate("skipped"), ["Takeout/Arkistoselain.html"], "the table of contents");
    }
}

#[test]
fn texts_and_calls_of_google_voice_know_who_when_and_with_whom() {
    let sample = Imported::sample("google");
    let texts = sample.section("voice_texts");
    assert_eq!(texts[0].who.as_deref(), Some("José Ibarra"));
    assert_eq!(texts[0].time.as_deref(), Some("2011-12-16T01:08:08-05:00"));
    assert_eq!(texts[0].text.as_deref(), Some("Is the boat free on Sunday?"));
    assert_eq!((texts[1].who.as_deref(), texts[1].text.as_deref()), (Some("Me"), Some("Yes <3")));
    assert!(texts.iter().all(|text| text.thread.as_deref() == Some("José Ibarra")));
    let call = &sample.section("voice_calls")[0];
    assert_eq!(call.time.as_deref(), Some("2012-02-03T05:20:30-05:00"));
    assert_eq!(sample.identifiers(IdKind::Phone).get("+12025550188"), Some(&false));
}

#[test]
fn lists_that_begin_with_a_description_and_a_row_of_commas_are_read() {
    let saved = Imported::sample("google").section("saved");
    let titles: Vec<_> = saved.iter().filter_map(|one| one.text.as_deref()).collect();
    assert_eq!(titles, ["The Harbour Kitchen", "Sakura Garden"]);
    assert_eq!(saved[2].value("preamble"), Some("Places for the summer"));
}

// ── Containers ──────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn parts_are_one_export_with_and_without_the_new_number() {
    let first = Archive::new().file("Takeout/archive_browser.html", "<h1>Archive</h1>");
    let second = Archive::new().file("Takeout/My Activity/Search/MyActivity.json", ACTIVITY);
    for names in [
        ["takeout-20260102T030405Z-001.zip", "takeout-20260102T030405Z-002.zip"],
        ["takeout-20260102T030405Z-3-001.zip", "takeout-20260102T030405Z-3-002.zip"],
    ] {
        let imported = Imported::of_files(&[(names[0], first.zip()), (names[1], second.zip())]);
        assert_eq!(imported.export().parts.len(), 2, "{names:?}");
        assert_eq!(imported.counts(), counted(&[("searches", 1)]));
        assert_eq!(imported.export().as_of.as_deref(), Some("2026-01-02"));
    }
    let tgz = Imported::of_files(&[("takeout-20260102T030405Z-001.tgz", second.tgz())]);
    assert_eq!(tgz.counts(), counted(&[("searches", 1)]));
}

#[test]
fn an_unpacked_takeout_is_one_export_though_its_folders_would_be_known_alone() {
    let files = |root: &str| {
        Archive::new()
            .file(
                &format!("{root}Chrome/History.json"),
                r#"{"Browser History":[{"url":"https://x.example","time_usec":1617404690134513}]}"#,
            )
            .file(&format!("{root}Google Play Store/Installs.json"), r#"[{"install":{"doc":{"title":"x"}}}]"#)
            .file(&format!("{root}My Activity/Search/MyActivity.json"), ACTIVITY)
    };
    for root in ["Takeout/", "", "old/Takeout/"] {
        let imported = files(root).import_folder();
        assert_eq!(imported.companies(), ["google"], "{root}");
        assert_eq!(imported.counts(), counted(&[("browser", 1), ("installs", 1), ("searches", 1)]), "{root}");
    }
}

#[test]
fn loose_files_are_known_by_their_form_and_those_of_others_are_not_claimed() {
    for (name, text) in [
        (
            "watch-history.json",
            r#"[{"header":"YouTube","title":"Watched x","titleUrl":"https://www.youtube.com/watch?v=a","time":"2026-02-03T04:05:06Z","products":["YouTube"],"activityControls":["YouTube watch history"]}]"#,
        ),
        (
            "Records.json",
            r#"{"locations": [{"latitudeE7": 351324213, "longitudeE7": -1122434441, "timestamp": "2017-12-10T23:14:58.030Z"}]}"#,
        ),
        ("subscriptions.csv", "Channel Id,Channel Url,Channel Title\nUCx,http://www.youtube.com/channel/UCx,x\n"),
    ] {
        let imported = Imported::of_files(&[(name, text.as_bytes().to_vec())]);
        assert_eq!(imported.companies(), ["google"], "{name}");
    }
    for (name, text) in [
        ("messages.json", r#"{"messages":[{"text":"x","time":"2026-02-03T04:05:06Z"}]}"#),
        ("locations.json", r#"{"locations":[{"name":"Bath","lat":51.38,"lon":-2.36}]}"#),
        ("history.json", r#"[{"title":"x","time":"2026-02-03T04:05:06Z"}]"#),
        ("comments.csv", "Date,Comment\n2026-01-02,hello\n"),
        ("Profile.json", r#"{"name":"Rosa Quill","emails":[{"value":"rosa.quill@example.com"}]}"#),
    ] {
        let imported = Imported::of_files(&[(name, text.as_bytes().to_vec())]);
        assert!(imported.companies()[0].starts_with("unknown"), "{name}: {:?}", imported.companies());
    }
}

// ── Public test data ────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn the_takeouts_of_other_projects_are_read() {
    if let Some(dogsheep) = Imported::fixture("google/dogsheep+google-takeout-to-sqlite/tests/zip_contents") {
        let expected = [("activity", 1), ("locations", 2), ("maps_activity", 2), ("searches", 2)];
        assert_eq!(dogsheep.counts(), counted(&expected));
        assert_eq!(dogsheep.problems(), Vec::<String>::new());
    }
    let tree = "google/purarue+google_takeout_parser/tests/testdata";
    if let Some(html) = Imported::fixture(&format!("{tree}/HtmlTakeout")) {
        assert_eq!(html.counts(), counted(&[("visited", 3)]));
    }
    for empty in ["RecentTakeout", "RecentTakeout_ger"] {
        if let Some(takeout) = Imported::fixture(&format!("{tree}/{empty}")) {
            assert_eq!(takeout.companies(), ["google"], "{empty}");
            assert_eq!(takeout.counts(), counted(&EMPTY), "every file of it is empty");
        }
    }
}

#[test]
fn single_files_of_other_projects_are_known_by_their_form() {
    let folder = "google/purarue+google_takeout_parser/extracted";
    for (file, section, count) in [
        ("test_chrome_history.json", "browser", 1),
        ("test_location_2024.json", "locations", 1),
        ("test_location_new.json", "locations", 1),
        ("test_location_old.json", "locations", 1),
        ("test_parse_activity_json.json", "activity_by_form", 1),
        ("test_parse_app_installs.json", "installs", 1),
        ("test_semantic_location_history.json", "timeline", 1),
        ("test_semantic_location_history_2024.json", "timeline", 2),
    ] {
        if let Some(imported) = Imported::fixture(&format!("{folder}/{file}")) {
            assert_eq!(imported.companies(), ["google"], "{file}");
            assert_eq!(imported.counts(), counted(&[(section, count)]), "{file}");
            assert_eq!(imported.problems(), Vec::<String>::new(), "{file}");
        }
    }
}

#[test]
fn every_name_of_a_german_takeout_has_its_section() {
    // Read by what they hold, not by their names; or by the tests of mail, chats, contacts, calendars, notes and groups.
    const BY_CONTENT: [&str; 14] = [
        "/bewertungen.json",
        "/herzen.json",
        "/records.json",
        "alle_daten/",
        ".vcf",
        ".ics",
        ".mbox",
        "/google_chat/",
        "/groups/",
        "/tasks",
        "/keep/",
        "/aufgaben/",
        "/gmail/",
        "_orte.json",
    ];
    let Some(takeout) = Imported::fixture("google/purarue+google_takeout_parser/tests/testdata/RecentTakeout_ger")
    else {
        return;
    };
    let sheets = tellall::sheets::Sheets::builtin();
    let sheet = sheets.get("google").expect("it is compiled in");
    let unknown = |entry: &String| {
        let path = tellall::sheets::EntryPath::new(&format!("Takeout/{entry}"));
        let media = [".jpg", ".png"].iter().any(|end| path.key.ends_with(end));
        !media
            && !BY_CONTENT.iter().any(|part| path.key.contains(part))
            && sheet.skip_of(&path).is_none()
            && sheet.section_of(&path, b"").is_none()
    };
    let names: Vec<String> = takeout.fates().into_iter().map(|(entry, ..)| entry).filter(unknown).collect();
    assert_eq!(names, Vec::<String>::new());
}

#[test]
fn what_stands_around_features_and_tasks_is_no_record() {
    let places = r#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"coordinates":[-3.2,51.5]},"properties":{"name":"Home","address":"1 Example Road"}}]}"#;
    let tasks = r#"{"kind":"tasks#taskLists","items":[{"id":"l","title":"Garden","updated":"2024-01-01T00:00:00Z","items":[{"id":"1","title":"Dig","status":"needsAction","updated":"2024-01-02T00:00:00Z"}]}]}"#;
    let found = Archive::new()
        .file("Takeout/Maps/My labelled places/Labelled places.json", places)
        .file("Takeout/Tasks/Tasks.json", tasks)
        .import_as("takeout-20260101T000000Z-001.zip");
    assert_eq!((found.section("labelled_places").len(), found.section("tasks").len()), (1, 2));
}

#[test]
fn tables_and_lists_of_youtube_are_known_in_files_of_any_name() {
    let channel = "UCAAAAAAAAAAAAAAAAAAAAAA";
    let comments = format!(
        "Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Video ID,Comment Text\nUgA,{channel},2023-09-19T17:42:53.434647+00:00,0,,WtOskFeLmr4,\"{{\"\"takeoutSegments\"\":[{{\"\"text\"\":\"\"a fine weir\"\"}}]}}\"\n"
    );
    let chat = format!(
        "UgwsSD8yrDW7_h6F5vZ4AaABDqgB5OC1kgI,{channel},2018-09-02T05:16:35.510381+00:00,0,0vGCh85obuI,\"{{\"\"takeoutSegments\"\":[{{\"\"text\"\":\"\"hello there\"\"}}]}}\"\n"
    );
    let likes = format!(
        r#"[{{"contentDetails":{{"videoId":"J1tF-DKKt7k","videoPublishedAt":"2015-10-05T17:23:15.000Z"}},"etag":"x","id":"y","kind":"youtube#playlistItem","snippet":{{"channelId":"{channel}","publishedAt":"2020-07-05T18:27:32.000Z","title":"A shed"}}}}]"#
    );
    for (name, text, section, time, said) in [
        ("download (3).csv", comments, "comments_by_form", "2023-09-19T17:42:53.434Z", "a fine weir"),
        ("chat.csv", chat, "live_chats_by_form", "2018-09-02T05:16:35.510Z", "hello there"),
        ("gefaellt.json", likes, "likes_by_form", "2020-07-05T18:27:32Z", "A shed"),
    ] {
        let imported = Imported::of_files(&[(name, text.into_bytes())]);
        assert_eq!(imported.companies(), ["google"], "{name}");
        let records = imported.section(section);
        assert_eq!(records.len(), 1, "{name}: {:?}", imported.fates());
        assert_eq!((records[0].time.as_deref(), records[0].text.as_deref()), (Some(time), Some(said)), "{name}");
    }
}
