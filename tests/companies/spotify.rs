//! Spotify: three deliveries, old names and new ones.

use crate::archive::*;
use std::collections::BTreeMap;
use tellall::record::IdKind;

#[test]
fn the_three_deliveries_unpacked_in_one_folder_are_one_export() {
    let imported = Imported::sample("spotify");
    assert_eq!(imported.export().company, "spotify");
    assert_eq!(imported.export().layout.as_deref(), Some("Account Data"));
    assert_eq!(imported.problems(), [""; 0]);
    assert_eq!(imported.with_fate("failed"), [""; 0]);
    assert_eq!(imported.with_fate("generic"), [""; 0]);
    assert_eq!(imported.with_fate("skipped"), ["Spotify Account Data/Read_Me_First.pdf"]);
    let expected = BTreeMap::from(
        [
            ("ad_identity", 1),
            ("blocked", 1),
            ("extended_history", 7),
            ("family_plan", 1),
            ("follow", 2),
            ("followers", 3),
            ("history", 3),
            ("identifiers", 1),
            ("identity", 1),
            ("inferences", 5),
            ("library", 7),
            ("log_events", 2),
            ("marquee", 3),
            ("messages", 2),
            ("payments", 1),
            ("playlists", 5),
            ("podcasts", 1),
            ("reactions", 1),
            ("searches", 3),
            ("sound_capsule", 2),
            ("user_data", 1),
            ("wrapped", 1),
        ]
        .map(|(section, count)| (section.to_owned(), count)),
    );
    assert_eq!(imported.counts(), expected);
}

#[test]
fn a_play_tells_when_it_ended_what_and_from_which_address() {
    let imported = Imported::sample("spotify");
    let plays = imported.section("extended_history");
    let first = &plays[0];
    assert_eq!(first.time.as_deref(), Some("2016-03-05T21:00:03Z"));
    assert_eq!(first.text.as_deref(), Some("Copper Moon"));
    assert_eq!(first.value("[].ip_addr"), Some("203.0.113.47"));
    assert_eq!(first.value("[].platform"), Some("Android OS 6.0.1 API 23 (Google, Nexus 5)"));
    assert_eq!(plays[3].text.as_deref(), Some("Slugs, and what they want"), "an episode");
    let short = &imported.section("history")[0];
    assert_eq!((short.time.as_deref(), short.text.as_deref()), (Some("2024-02-14T19:30:00Z"), Some("Olas")));
    assert_eq!(imported.meaning("extended_history", "[].ip_addr"), ("ip".to_owned(), "observed".to_owned()));
    let ips: Vec<String> = imported.identifiers(IdKind::Ip).into_keys().collect();
    assert_eq!(ips, ["198.51.100.23", "2001:db8::47", "203.0.113.47"]);
    assert!(imported.identifiers(IdKind::Ip).values().all(|mine| *mine));
}

#[test]
fn a_search_keeps_its_time_though_the_zone_is_written_twice() {
    let imported = Imported::sample("spotify");
    let searches = imported.section("searches");
    assert_eq!(searches[1].time.as_deref(), Some("2024-11-03T07:41:00.020Z"));
    assert_eq!(searches[1].text.as_deref(), Some("canciones para dormir 😴"));
    assert_eq!(imported.count("hay fever"), 2, "a search and an episode");
}

#[test]
fn what_spotify_concludes_is_inferred_and_what_you_told_is_not() {
    let imported = Imported::sample("spotify");
    let inferred = |section: &str, field: &str, category: &str| {
        assert_eq!(imported.meaning(section, field), (category.to_owned(), "inferred".to_owned()), "{field}");
    };
    inferred("inferences", "inferences[]", "inferred");
    inferred("marquee", "[].segment", "segment");
    inferred("user_data", "assuredEstimatedAge", "age");
    inferred("wrapped", "listeningAge.listeningAge", "inferred");
    assert_eq!(imported.meaning("user_data", "birthdate"), ("birth_date".to_owned(), "provided".to_owned()));
    assert_eq!(imported.section("inferences")[0].text.as_deref(), Some("1P_Podcast_Fans_UK"));
}

#[test]
fn the_owner_is_known_by_her_identifiers_and_others_by_theirs() {
    let imported = Imported::sample("spotify");
    let mine = |kind, value: &str| assert_eq!(imported.identifiers(kind).get(value), Some(&true), "{value}");
    mine(IdKind::Email, "rosa.quill@example.com");
    mine(IdKind::Phone, "+447700900123");
    mine(IdKind::Username, "rosaquill");
    mine(IdKind::AdvertisingId, "38400000-8cf0-11bd-b23e-10b96e40000d");
    mine(IdKind::Device, "a81f33d07c2e94b5");
    assert_eq!(imported.identifiers(IdKind::Username).get("benzoe"), Some(&false));
}

#[test]
fn a_token_in_the_log_is_not_kept() {
    let imported = Imported::sample("spotify");
    assert!(!imported.index_holds("BQDinvented"));
    assert_eq!(imported.section("log_events")[1].value("[].message_query"), Some("tin kettles live"));
}

#[test]
fn messages_have_both_sides() {
    let messages = Imported::sample("spotify").section("messages");
    assert_eq!(messages[1].who.as_deref(), Some("benzoe"));
    assert_eq!(messages[1].text.as_deref(), Some("on repeat already 🎶"));
}

#[test]
fn the_folder_of_2018_has_its_own_names() {
    let imported = Archive::new()
        .file("MyData/StreamingHistory0.json", r#"[{"endTime":"2019-05-14 22:00","artistName":"The Examples","trackName":"Boats","msPlayed":61000}]"#)
        .file("MyData/endsong_0.json", r#"[{"ts":"2015-01-02T03:04:05Z","username":"rosaquill","platform":"iOS 8","ms_played":1,"conn_country":"GB","ip_addr_decrypted":"192.0.2.20","user_agent_decrypted":"Spotify/1.0","city_decrypted":"Bath","master_metadata_track_name":"Boats","spotify_track_uri":"spotify:track:0000000000000000000001","offline_timestamp":0}]"#)
        .file("MyData/Follow.json", r#"{"followerCount":2,"followingUsersCount":1,"dismissingUsersCount":0}"#)
        .file("MyData/FamilyPlan.json", r#"{"address":"12 Fiction Street, Bath BA1 0XX, GB"}"#)
        .file("MyData/Payments.json", r#"{"payment_method":"PayPal","creation_date":"2016-03-05","country":"GB","postal_code":"BA1 0XX"}"#)
        .import_as("my_spotify_data.zip");
    assert_eq!(imported.export().layout.as_deref(), Some("MyData"));
    assert_eq!(imported.problems(), [""; 0]);
    assert_eq!(imported.counts()["follow_counts"], 1);
    assert_eq!(imported.section("extended_history")[0].value("[].city_decrypted"), Some("Bath"));
    assert_eq!(imported.meaning("payments", "postal_code").0, "address");
    assert_eq!(imported.identifiers(IdKind::Ip).get("192.0.2.20"), Some(&true));
}

#[test]
fn files_in_a_renamed_folder_and_loose_files_are_known_by_what_they_hold() {
    let history =
        r#"[{"endTime":"2019-05-14 22:00","artistName":"The Examples","trackName":"Boats","msPlayed":61000}]"#;
    let renamed = Archive::new().file("音楽/履歴/StreamingHistory_music_3.json", history).import_as("x.zip");
    assert_eq!(renamed.companies(), ["spotify"]);
    let loose = Imported::of_files(&[
        ("StreamingHistory0.json", history.into()),
        ("StreamingHistory1.json", history.replace("Boats", "Ships").into()),
    ]);
    assert_eq!(loose.export().company, "spotify");
    assert_eq!(loose.counts()["history"], 2);
}

#[test]
fn a_history_of_another_player_is_not_spotify() {
    let other = Archive::new()
        .file("history.json", r#"[{"endTime":"2019-05-14 22:00","artist":"The Examples","played":61000}]"#);
    assert!(other.import_as("music.zip").companies()[0].starts_with("unknown"));
}

#[test]
fn a_play_in_the_short_and_the_long_history_counts_once() {
    let short = r#"[
        {"endTime":"2024-05-06 07:08","artistName":"The Examples","trackName":"Boats","msPlayed":61000},
        {"endTime":"2024-05-06 07:12","artistName":"The Examples","trackName":"Ships","msPlayed":5},
        {"endTime":"2024-05-06 07:12","artistName":"The Examples","trackName":"Ships","msPlayed":9},
        {"endTime":"2024-05-06 07:13","artistName":"The Examples","trackName":"Boats","msPlayed":61000}]"#;
    let podcasts = r#"[{"endTime":"2024-05-06 07:20","podcastName":"Soil","episodeName":"Slugs","msPlayed":9}]"#;
    let long = r#"[
        {"ts":"2024-05-06T07:08:59Z","ms_played":61000,"master_metadata_track_name":"Boats","spotify_track_uri":"spotify:track:1","episode_name":null},
        {"ts":"2024-05-06T07:12:00Z","ms_played":5,"master_metadata_track_name":"Ships","spotify_track_uri":"spotify:track:2"},
        {"ts":"2024-05-06T07:20:30Z","ms_played":9,"master_metadata_track_name":null,"episode_name":"Slugs","episode_show_name":"Soil","spotify_track_uri":null},
        {"ts":"2014-05-06T07:08:59Z","ms_played":61000,"master_metadata_track_name":"Boats","spotify_track_uri":"spotify:track:1"}]"#;
    let account = Archive::new()
        .file("Spotify Account Data/StreamingHistory_music_0.json", short)
        .file("Spotify Account Data/StreamingHistory_podcast_0.json", podcasts);
    let alone = account.import_as("my_spotify_data.zip");
    assert_eq!((alone.counts()["history"], alone.counts()["podcasts"]), (4, 1));
    let extended =
        Archive::new().file("Spotify Extended Streaming History/Streaming_History_Audio_2014-2024_0.json", long);
    let both =
        Imported::of_files(&[("my_spotify_data.zip", account.zip()), ("my_spotify_data (1).zip", extended.zip())]);
    assert_eq!(both.companies(), ["spotify"]);
    assert_eq!(both.counts(), [("extended_history".to_owned(), 4), ("history".to_owned(), 2)].into());
    let left: Vec<_> = both.section("history").into_iter().filter_map(|play| play.text).collect();
    assert_eq!(left, ["Ships", "Boats"], "one of two equal plays, and one that the long history has not");
}
