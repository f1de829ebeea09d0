//! Instagram: maps and lists under a key that says what they are, in four generations and any language.

use crate::archive::{Archive, Imported, Record};
use std::collections::BTreeMap;
use tellall::record::{Direction, IdKind};

fn sample() -> Imported {
    Imported::sample("instagram")
}

/// `who: text` of each record.
fn said(records: &[Record]) -> Vec<(Option<&str>, Option<&str>)> {
    records.iter().map(|record| (record.who.as_deref(), record.text.as_deref())).collect()
}

/// Time and text of each record. The title of a page is a record, too, and says neither.
fn when(records: &[Record]) -> Vec<(Option<&str>, Option<&str>)> {
    let told = records.iter().filter(|record| record.time.is_some() || record.text.is_some());
    told.map(|record| (record.time.as_deref(), record.text.as_deref())).collect()
}

fn counts(imported: &Imported) -> Vec<(String, u64)> {
    imported.counts().into_iter().collect()
}

/// Recipients of one direction, by name.
fn parties(imported: &Imported, direction: Direction) -> Vec<String> {
    let all = imported.recipients().into_iter().filter(|party| party.direction == direction);
    all.map(|party| party.name).collect()
}

fn choices(imported: &Imported) -> BTreeMap<String, (String, String)> {
    imported.choices().into_iter().map(|choice| (choice.what, (choice.value, choice.about))).collect()
}

#[test]
fn the_sample_is_known_and_read_to_the_last_file() {
    let all = sample();
    let export = all.export();
    assert_eq!((export.company.as_str(), export.layout.as_deref()), ("instagram", Some("I3")));
    assert_eq!(export.account.as_deref(), Some("rosa.quill"));
    assert_eq!(all.problems(), Vec::<String>::new());
    for fate in ["failed", "generic", "skipped"] {
        assert_eq!(all.with_fate(fate), Vec::<String>::new(), "{fate}");
    }
    assert_eq!(all.with_fate("media").len(), 2);
}

#[test]
fn every_section_has_its_records() {
    let expected = [
        ("account_insights", 1),
        ("ad_categories", 1),
        ("ad_settings", 4),
        ("ads_clicked", 2),
        ("ads_viewed", 4),
        ("advertisers", 4),
        ("autofill", 1),
        ("autofill_settings", 1),
        ("avatars", 1),
        ("based_in", 1),
        ("blocked", 3),
        ("camera", 1),
        ("comments", 4),
        ("content_viewed", 6),
        ("conversations", 6),
        ("custom_lists", 1),
        ("devices", 2),
        ("events", 1),
        ("followers", 4),
        ("following", 4),
        ("friend_map", 1),
        ("hashtags", 1),
        ("in_app_messages", 1),
        ("inferred_contact", 2),
        ("insights", 2),
        ("last_location", 1),
        ("lead_forms", 4),
        ("likes", 4),
        ("link_history", 2),
        ("link_history_settings", 1),
        ("linked_accounts", 1),
        ("locations_of_interest", 1),
        ("logins", 4),
        ("messages", 13),
        ("monetization", 1),
        ("not_interested", 2),
        ("notes", 1),
        ("notification_settings", 2),
        ("off_meta", 5),
        ("off_meta_settings", 1),
        ("people", 7),
        ("policy_notifications", 1),
        ("posts", 4),
        ("profile", 1),
        ("profile_changes", 2),
        ("profile_photos", 1),
        ("registration", 1),
        ("reposts", 1),
        ("saved", 4),
        ("searches", 4),
        ("secret_conversations", 1),
        ("security_changes", 3),
        ("settings", 3),
        ("shopping", 1),
        ("stories", 2),
        ("story_interactions", 3),
        ("subscriptions", 1),
        ("threads_people", 1),
        ("threads_posts", 1),
        ("threads_profile", 1),
        ("topics", 4),
        ("two_factor", 1),
        ("uploaded_contacts", 8),
        ("usage", 2),
    ];
    assert_eq!(sample().counts(), expected.map(|(section, count)| (section.to_owned(), count)).into());
}

#[test]
fn messages_know_sender_time_and_thread_and_their_text_is_put_right() {
    let all = sample();
    let chat = all.records("in:\"Ben Zoë\"");
    let messages: Vec<&Record> = chat.iter().filter(|record| record.who.is_some()).collect();
    assert_eq!(messages.len(), 7);
    let last = messages.iter().find(|record| record.text.as_deref() == Some("See you at the café at 6?"));
    let last = last.expect("accents are put right");
    assert_eq!(last.who.as_deref(), Some("Rosa Quill"));
    assert_eq!(last.time.as_deref(), Some("2024-11-18T19:10:00.311Z"));
    assert_eq!(last.value("messages[].reactions[].actor"), Some("Ben Zoë"));
    assert_eq!(last.value("messages[].reactions[].reaction"), Some("❤"));
    let trip = all.records("section:messages in:\"Choir trip 🎶\"");
    let expected = [
        (Some("山田 花子"), Some("電車は何時?")),
        (Some("Łukasz Żak"), Some("Tu są bilety")),
        (Some("Rosa Quill"), Some("Rosa Quill sent an attachment.")),
    ];
    assert_eq!(said(&trip), expected);
}

#[test]
fn a_chat_in_two_files_is_one_thread_and_a_conversation_of_its_own_record() {
    let all = sample();
    let oldest = all.section("messages").into_iter().next().expect("there are some");
    assert_eq!((oldest.thread.as_deref(), oldest.text.as_deref()), (Some("Ben Zoë"), Some("Welcome to Instagram 🎈")));
    let people = all.section("conversations");
    assert!(people.iter().any(|chat| chat.value("participants[].name") == Some("Instagram User")), "a deleted user");
}

#[test]
fn replies_to_a_broadcast_are_messages_too() {
    let all = sample();
    let replies = all.records("section:messages in:\"Tidal Choir news\"");
    assert_eq!(when(&replies), [(Some("2024-09-30T18:00:00Z"), Some("Can’t wait"))]);
    assert_eq!(replies[0].value("replies[].original_message_sender"), Some("Tidal Choir"));
}

#[test]
fn the_link_by_which_anybody_can_join_a_chat_is_not_in_the_index() {
    assert!(!sample().index_holds("AbYinvented_join_key"));
}

#[test]
fn advertisers_gave_data_or_targeted_her_as_the_files_say() {
    let all = sample();
    let gave = parties(&all, Direction::Gave);
    for name in ["Larkspur Garden Shop", "Northwind Insurance", "Quillmark Media", "larkspur.example"] {
        assert!(gave.contains(&name.to_owned()), "{name} gave data: {gave:?}");
    }
    assert!(!gave.contains(&"harbourfit.example".to_owned()), "it is named without an event");
    let targeted = parties(&all, Direction::Targeted);
    for name in ["larkspur.garden", "northwind.insurance", "tidewater.travel", "Harbour Fitness"] {
        assert!(targeted.contains(&name.to_owned()), "{name} targeted her: {targeted:?}");
    }
    assert_eq!(parties(&all, Direction::Received), Vec::<String>::new());
}

#[test]
fn what_shops_reported_stands_under_their_name_with_what_she_did() {
    let events = sample().section("off_meta");
    let of_larkspur = |record: &&Record| record.values.iter().any(|(_, value)| value == "larkspur.example");
    let larkspur: Vec<Record> = events.iter().filter(of_larkspur).cloned().collect();
    let expected = [
        (Some("2024-10-29T20:40:00Z"), Some("VIEW_CONTENT")),
        (Some("2024-10-30T11:01:00Z"), Some("ADD_TO_CART")),
        (Some("2024-10-30T11:05:00Z"), Some("PURCHASE")),
    ];
    assert_eq!(when(&larkspur), expected);
    assert_eq!(events.len(), 5, "one reported nothing but itself");
}

#[test]
fn settings_and_consents_are_choices() {
    let all = choices(&sample());
    let check = |what: &str, value: &str, about: &str| {
        assert_eq!(all.get(what), Some(&(value.to_owned(), about.to_owned())), "{what}");
    };
    check("Profile: Private Account", "True", "sharing");
    check("Contact syncing", "True", "contacts");
    check("Friend map: Who sees your place", "No one", "location");
    check("Advertising: Facial recognition", "Declined", "face");
    check("Advertising: Use data from partners", "No", "ads");
    check("Activity off Meta technologies: Future activity", "Connected", "tracking");
    check("Notifications: product_news by email", "off", "other");
    check("Answer to the privacy policy", "Accepted", "other");
    check("Comments Allowed From", "People you follow and your followers", "other");
    check("Threads: Private Account", "False", "sharing");
}

#[test]
fn identifiers_are_hers_or_of_other_people() {
    let all = sample();
    let phones = all.identifiers(IdKind::Phone);
    assert_eq!(phones.get("+447700900123"), Some(&true), "{phones:?}");
    assert_eq!(phones.get("+447700900198"), Some(&true), "a number Instagram only thinks is hers");
    for number in ["+447700900456", "+12025550143", "+447700900321", "+12025550188", "+447700900654"] {
        assert_eq!(phones.get(number), Some(&false), "{number} of her address book: {phones:?}");
    }
    let emails = all.identifiers(IdKind::Email);
    let mine = ["rosa.quill@example.com", "r.quill@quill-and-sons.example"];
    let others = ["ben.zoe@example.org", "sam.okafor@example.com"];
    assert!(mine.iter().all(|email| emails.get(*email) == Some(&true)), "{emails:?}");
    assert!(others.iter().all(|email| emails.get(*email) == Some(&false)), "{emails:?}");
    let ips = all.identifiers(IdKind::Ip);
    for ip in ["203.0.113.47", "198.51.100.23", "2001:db8::47", "203.0.113.9"] {
        assert_eq!(ips.get(ip), Some(&true), "{ip}: {ips:?}");
    }
    let names = all.identifiers(IdKind::Username);
    assert_eq!((names.get("rosa.quill"), names.get("ben_zoe")), (Some(&true), Some(&false)), "{names:?}");
    assert!(all.identifiers(IdKind::Device).contains_key("a81f33d07c2e94b5"));
    assert_eq!(all.identifiers(IdKind::Birthday).len(), 1);
}

#[test]
fn what_instagram_concluded_is_told_from_what_she_said() {
    let all = sample();
    let check = |section: &str, field: &str, category: &str, origin: &str| {
        assert_eq!(all.meaning(section, field), (category.to_owned(), origin.to_owned()), "{section} {field}");
    };
    check("topics", "topics_your_topics[].string_map_data.Name.value", "inferred", "inferred");
    check("based_in", "inferred_data_primary_location[].string_map_data.City Name.value", "location", "inferred");
    check("inferred_contact", "inferred_data_inferred_phone_numbers[].string_list_data[].value", "phone", "inferred");
    check("ad_categories", "label_values.Name[]", "segment", "inferred");
    check("locations_of_interest", "label_values.LocationsOfInterest[]", "location", "inferred");
    check(
        "last_location",
        "account_history_imprecise_last_known_location[].string_map_data.Precise Latitude.value",
        "gps",
        "observed",
    );
    check("posts", "[].media[].media_metadata.photo_metadata.exif_data[].latitude", "gps", "observed");
    check("advertisers", "ig_custom_audiences_all_types[].has_data_file_custom_audience", "advertiser", "third-party");
    check("profile", "profile_user[].string_map_data.Gender.value", "gender", "provided");
    check(
        "uploaded_contacts",
        "contacts_contact_info[].string_map_data.Contact Information.value",
        "contacts",
        "provided",
    );
}

#[test]
fn clocks_at_zero_hold_nothing() {
    let all = sample();
    let zero = |field: &&tellall::report::FieldHeld| field.field.ends_with("IP Address.timestamp");
    assert_eq!(all.fields().iter().filter(zero).count(), 0);
    assert!(all.section("logins").iter().all(|login| login.time.is_some()));
}

#[test]
fn searches_for_people_are_read_in_both_forms() {
    let all = sample();
    let expected = [
        (Some("2024-11-03T08:00:00Z"), Some("sourdough")),
        (Some("2024-11-08T21:40:00Z"), Some("clinic.ruiz")),
        (Some("2024-11-08T21:41:00Z"), Some("quiet cafés in Bath")),
        (Some("2024-11-09T06:30:00Z"), Some("harbour.fitness")),
    ];
    assert_eq!(when(&all.section("searches")), expected);
}

// ── 2018 to early 2021 ──────────────────────────────────────────────────────────────────────────────────────────────────

/// An export of the years 2018 to 2021: files in one folder, times in text, tuples.
fn of_2020() -> Archive {
    let nothing = r#"["You have no data in this section"]"#;
    Archive::new()
        .file("profile.json", r#"{"biography": "Choir, bread", "date_joined": "2016-04-02T09:45:00+00:00", "email": "rosa.quill@example.com", "gender": "female", "private_account": true, "name": "Rosa Quill", "phone_number": "+447700900123", "profile_pic_url": "https://example.com/p.jpg", "username": "rosa.quill", "date_of_birth": "1987-04-12", "website": "https://rosa.example/", "profile_picture_changes": [{"upload_timestamp": "2016-04-02T09:50:00+00:00"}]}"#)
        .file("connections.json", r#"{"blocked_users": {"spam.lottery": "2018-07-07T07:07:07+00:00"}, "close_friends": {}, "followers": {"ben_zoe": "2016-04-02T10:00:00.123456+00:00", "marta.quill": "2016-04-03T11:30:00"}, "following": {"ben_zoe": "2016-04-02T09:59:00+00:00"}, "following_hashtags": ["You have no data in this section"]}"#)
        .file("likes.json", r#"{"media_likes": [["2020-10-20T12:34:56.123456+00:00", "ben_zoe"], ["2020-10-19T08:00:00+00:00", "bath.bakery"]], "comment_likes": ["You have no data in this section"]}"#)
        .file("comments.json", r#"{"media_comments": [["2020-05-01T12:00:00+00:00", "Caf\u00c3\u00a9!", "ben_zoe"]], "live_comments": [], "story_comments": []}"#)
        .file("messages.json", r#"[{"participants": ["rosa.quill", "ben_zoe"], "conversation": [{"sender": "ben_zoe", "created_at": "2020-10-20T12:40:00.000001+00:00", "text": "See you at six", "likes": [{"username": "rosa.quill", "date": "2020-10-20T12:41:00+00:00"}]}, {"sender": "rosa.quill", "created_at": "2020-10-20T12:39:00+00:00", "heart": "\u00e2\u009d\u00a4\u00ef\u00b8\u008f"}, {"sender": "ben_zoe", "created_at": "2020-10-20T12:38:00+00:00", "media_owner": "bath.bakery", "media_share_url": "https://example.com/x.jpg", "media_share_caption": "New oven"}]}, {"participants": ["rosa.quill", "jose_ibarra", "ben_zoe"], "conversation": [{"sender": "jose_ibarra", "created_at": "2019-01-01T00:00:01+00:00", "text": "\u00c2\u00a1Feliz!"}]}]"#)
        .file("media.json", r#"{"photos": [{"caption": "River", "taken_at": "2018-06-01T10:00:00+00:00", "location": "Bath, England", "path": "photos/201806/a.jpg"}], "stories": [{"caption": "", "taken_at": "2019-01-01T00:00:00+00:00", "path": "stories/201901/b.jpg"}], "profile": [{"caption": "", "taken_at": "2016-04-02T09:50:00+00:00", "is_active_profile": true, "path": "profile/201604/c.jpg"}]}"#)
        .file("searches.json", r#"{"main_search_history": [{"search_click": "clinic.ruiz", "time": "2020-09-01T10:00:00+00:00", "type": "user"}], "shopping_search_history": []}"#)
        .file("seen_content.json", r#"{"ads_clicked": [{"timestamp": "2020-10-01T10:00:00+00:00", "caption": "Bulbs", "author": "larkspur.garden"}], "ads_seen": [{"timestamp": "2020-10-02T10:00:00+00:00", "author": "northwind.insurance"}], "posts_seen": [{"timestamp": "2020-10-02T10:01:00+00:00", "author": "ben_zoe"}], "chaining_seen": [{"timestamp": "2020-10-02T10:02:00+00:00", "username": "sam.okafor"}]}"#)
        .file("stories_activities.json", r#"{"polls": [["2020-08-08T08:08:08+00:00", "ben_zoe"]]}"#)
        .file("account_history.json", r#"{"login_history": [{"cookie_name": "*****abc", "ip_address": "203.0.113.47", "language_code": "en", "timestamp": "2020-10-20T08:00:00+00:00", "user_agent": "Instagram 140.0 Android", "device_id": "a81f33d07c2e94b5"}], "registration_info": {"registration_username": "rosie_q_87", "ip_address": "203.0.113.9", "registration_time": "2016-04-02T09:45:00+00:00", "registration_email": "r.quill@quill-and-sons.example"}}"#)
        .file("settings.json", r#"{"allow_comments_from": "Everyone", "upgraded_to_cross_app_messaging": [false, null]}"#)
        .file("information_about_you.json", r#"{"primary_location": ["Bath, United Kingdom"]}"#)
        .file("saved.json", nothing)
        .file("shopping.json", r#"["No tienes datos en esta secci\u00c3\u00b3n"]"#)
}

#[test]
fn an_export_of_2020_is_read_file_by_file() {
    let all = of_2020().import_as("rosa.quill_20201020.zip");
    let export = all.export();
    assert_eq!((export.company.as_str(), export.layout.as_deref()), ("instagram", Some("I1")));
    assert_eq!(export.account.as_deref(), Some("rosa.quill"));
    assert_eq!(all.problems(), Vec::<String>::new());
    assert_eq!((all.with_fate("failed"), all.with_fate("generic")), (Vec::new(), Vec::new()));
    let expected = [
        ("account_history_2020", 2),
        ("ads_seen_2020", 2),
        ("comments_2020", 1),
        ("connections_2020", 4),
        ("conversations_2020", 2),
        ("information_2020", 1),
        ("likes_2020", 2),
        ("media_2020", 3),
        ("messages_2020", 4),
        ("profile_2020", 1),
        ("searches_2020", 1),
        ("seen_2020", 2),
        ("settings_2020", 1),
        ("story_answers_2020", 1),
    ];
    assert_eq!(counts(&all), expected.map(|(section, count)| (section.to_owned(), count)));
}

#[test]
fn likes_of_2020_are_a_time_and_a_name_and_none_is_no_like() {
    let all = of_2020().import_as("rosa.quill_20201020.zip");
    let expected =
        [(Some("2020-10-19T08:00:00Z"), Some("bath.bakery")), (Some("2020-10-20T12:34:56.123Z"), Some("ben_zoe"))];
    assert_eq!(when(&all.section("likes_2020")), expected);
    assert_eq!(when(&all.section("comments_2020")), [(Some("2020-05-01T12:00:00Z"), Some("Café!"))]);
}

#[test]
fn messages_of_2020_are_in_the_thread_of_their_people() {
    let all = of_2020().import_as("rosa.quill_20201020.zip");
    let messages = all.section("messages_2020");
    let expected = [
        (Some("jose_ibarra"), Some("rosa.quill, jose_ibarra, ben_zoe"), Some("¡Feliz!")),
        (Some("ben_zoe"), Some("rosa.quill, ben_zoe"), Some("New oven")),
        (Some("rosa.quill"), Some("rosa.quill, ben_zoe"), None),
        (Some("ben_zoe"), Some("rosa.quill, ben_zoe"), Some("See you at six")),
    ];
    let found = messages.iter().map(|one| (one.who.as_deref(), one.thread.as_deref(), one.text.as_deref()));
    assert_eq!(found.collect::<Vec<_>>(), expected);
}

#[test]
fn followers_of_2020_are_names_with_the_day_they_began() {
    let all = of_2020().import_as("rosa.quill_20201020.zip");
    let expected = [
        (Some("2016-04-02T09:59:00Z"), Some("ben_zoe")),
        (Some("2016-04-02T10:00:00.123Z"), Some("ben_zoe")),
        (Some("2016-04-03T11:30:00"), Some("marta.quill")),
        (Some("2018-07-07T07:07:07Z"), Some("spam.lottery")),
    ];
    assert_eq!(when(&all.section("connections_2020")), expected);
    assert_eq!(parties(&all, Direction::Targeted), ["larkspur.garden", "northwind.insurance"]);
    let all = choices(&all);
    assert_eq!(all.get("allow_comments_from").map(|(value, _)| value.as_str()), Some("Everyone"));
    assert_eq!(all.get("Profile: private_account").map(|(value, _)| value.as_str()), Some("true"));
}

#[test]
fn parts_of_2020_are_one_export() {
    let (first, second) = (of_2020().zip(), Archive::new().file("direct/201806/a.jpg", b"\xff\xd8\xff").zip());
    let all =
        Imported::of_files(&[("rosa.quill_20201020_part_1.zip", first), ("rosa.quill_20201020_part_2.zip", second)]);
    assert_eq!(all.companies(), ["instagram"]);
}

// ── Other languages, renamed folders, later layouts ─────────────────────────────────────────────────────────────────────

const DUTCH_LOGIN: &str = r#"{"account_history_login_history": [{"title": "2022-02-18T10:48:24+00:00", "media_map_data": {}, "string_map_data": {"IP-adres": {"href": "", "value": "203.0.113.47", "timestamp": 0}, "Tijd": {"href": "", "value": "", "timestamp": 1645181304}, "Gebruikersagent": {"href": "", "value": "Mozilla/5.0 (X11; Linux x86_64)", "timestamp": 0}}}]}"#;

/// An export of 2022 with labels in Dutch and French, as Meta writes accents.
fn of_2022() -> Archive {
    Archive::new()
        .file("login_and_account_creation/login_activity.json", DUTCH_LOGIN)
        .file("personal_information/personal_information.json", r#"{"profile_user": [{"title": "Utilisateur", "media_map_data": {}, "string_map_data": {"Adresse e-mail": {"href": "", "value": "rosa.quill@example.com", "timestamp": 0}, "Num\u00c3\u00a9ro de t\u00c3\u00a9l\u00c3\u00a9phone": {"href": "", "value": "+447700900123", "timestamp": 0}, "Nom d\u00e2\u0080\u0099utilisateur": {"href": "", "value": "rosa.quill", "timestamp": 0}, "Date de naissance": {"href": "", "value": "1987-04-12", "timestamp": 0}}}]}"#)
        .file("comments/post_comments.json", r#"{"comments_media_comments": [{"title": "Opmerkingen", "media_map_data": {}, "string_map_data": {"Opmerking": {"href": "", "value": "Mooi \u00e2\u0098\u0095", "timestamp": 0}, "Media-eigenaar": {"href": "", "value": "ben_zoe", "timestamp": 0}, "Tijd": {"href": "", "value": "", "timestamp": 1645181400}}}]}"#)
        .file("ads_and_topics/ads_viewed.json", r#"{"impressions_history_ads_seen": [{"title": "", "media_map_data": {}, "string_map_data": {"Auteur": {"href": "", "value": "larkspur.garden", "timestamp": 0}, "Tijd": {"href": "", "value": "", "timestamp": 1645181500}}}]}"#)
        .file("information_about_you/ads_interests.json", r#"{"inferred_data_ig_interest": [{"title": "", "media_map_data": {}, "string_map_data": {"Interesse": {"href": "", "value": "Zwangerschap", "timestamp": 0}}}]}"#)
        .file("your_topics/your_reels_sentiments.json", r#"{"topics_your_reels_emotions": [{"title": "", "media_map_data": {}, "string_map_data": {"Naam": {"href": "", "value": "Ontroerend", "timestamp": 0}}}]}"#)
        .file("followers_and_following/followers.json", r#"{"relationships_followers": [{"title": "", "media_list_data": [], "string_list_data": [{"href": "https://www.instagram.com/ben_zoe", "value": "ben_zoe", "timestamp": 1645181600}]}]}"#)
        .file("contacts/synced_contacts.json", r#"{"contacts_contact_info": [{"title": "", "media_map_data": {}, "string_map_data": {"Voornaam": {"href": "", "value": "Jos\u00c3\u00a9", "timestamp": 0}, "Contactgegevens": {"href": "", "value": "+12025550143", "timestamp": 0}}}]}"#)
        .file("messages/inbox/benzoe_1/message_1.json", r#"{"participants": [{"name": "Ben Zo\u00c3\u00ab"}, {"name": "Rosa Quill"}], "messages": [{"sender_name": "Rosa Quill", "timestamp_ms": 1645181700000, "content": "Tot zo", "is_geoblocked_for_viewer": false}], "title": "Ben Zo\u00c3\u00ab", "is_still_participant": true, "thread_path": "inbox/benzoe_1", "magic_words": []}"#)
}

#[test]
fn labels_in_other_languages_are_told_by_the_form_of_their_values() {
    let all = of_2022().import_as("instagram-rosa.quill-2022-02-20-AbCd1234.zip");
    assert_eq!((all.export().company.as_str(), all.export().layout.as_deref()), ("instagram", Some("I2")));
    assert_eq!((all.problems(), all.with_fate("generic")), (Vec::new(), Vec::new()));
    assert_eq!(all.identifiers(IdKind::Ip), [("203.0.113.47".to_owned(), true)].into());
    assert_eq!(all.identifiers(IdKind::Email), [("rosa.quill@example.com".to_owned(), true)].into());
    assert_eq!(all.identifiers(IdKind::Phone).get("+447700900123"), Some(&true));
    assert_eq!(all.identifiers(IdKind::Phone).get("+12025550143"), Some(&false));
    assert_eq!(all.identifiers(IdKind::Username).get("rosa.quill"), Some(&true));
    assert_eq!(all.identifiers(IdKind::Birthday).len(), 1);
    assert_eq!(all.section("logins")[0].time.as_deref(), Some("2022-02-18T10:48:24Z"));
    assert_eq!(when(&all.section("comments")), [(Some("2022-02-18T10:50:00Z"), Some("Mooi ☕"))]);
    assert_eq!(parties(&all, Direction::Targeted), ["larkspur.garden"]);
    assert_eq!(all.section("ad_interests")[0].text.as_deref(), Some("Zwangerschap"));
    assert_eq!(all.section("topics")[0].text.as_deref(), Some("Ontroerend"));
    let field = "profile_user[].string_map_data.Numéro de téléphone.value";
    assert_eq!(all.meaning("profile", field), ("phone".to_owned(), "provided".to_owned()));
}

#[test]
fn folders_and_files_of_any_name_are_known_by_what_they_hold() {
    let named = |name: &str, json: &str| Archive::new().file(name, json);
    let all = named("εξαγωγή/λογαριασμός/σύνδεση.json", DUTCH_LOGIN)
        .file("εξαγωγή/λογαριασμός/ακόλουθοι.json", r#"{"relationships_following": [{"title": "bath.bakery", "string_list_data": [{"href": "https://www.instagram.com/_u/bath.bakery", "timestamp": 1728547200}]}]}"#)
        .import_as("εξαγωγή.zip");
    assert_eq!(all.companies(), ["instagram"]);
    assert_eq!(counts(&all), [("following".to_owned(), 1), ("logins".to_owned(), 1)]);
    assert_eq!(all.section("following")[0].text.as_deref(), Some("bath.bakery"));
}

#[test]
fn a_wrapper_folder_and_an_unpacked_folder_are_the_same_export() {
    let wrapped = Archive::new().file("instagram-rosa.quill-2025-11-20-AbCd1234/security_and_login_information/login_and_profile_creation/login_activity.json", DUTCH_LOGIN);
    assert_eq!(wrapped.import_as("instagram-rosa.quill-2025-11-20-AbCd1234.zip").companies(), ["instagram"]);
    assert_eq!(of_2022().import_folder().companies(), ["instagram"]);
    assert_eq!(of_2020().import_folder().companies(), ["instagram"]);
}

#[test]
fn parts_of_one_request_are_one_export() {
    let one = |name: &str, json: &str| Archive::new().file(name, json).zip();
    let all = Imported::of_files(&[
        (
            "instagram-rosa.quill-2025-02-20-AbCd1234.zip",
            one("security_and_login_information/login_and_profile_creation/login_activity.json", DUTCH_LOGIN),
        ),
        (
            "instagram-rosa.quill-2025-02-20-EfGh5678.zip",
            one(
                "your_instagram_activity/likes/liked_posts.json",
                r#"{"likes_media_likes": [{"title": "ben_zoe", "string_list_data": [{"href": "https://www.instagram.com/p/C1/", "value": "\u00f0\u009f\u0091\u008d", "timestamp": 1736334584}]}]}"#,
            ),
        ),
    ]);
    assert_eq!(all.companies(), ["instagram"]);
    assert_eq!(counts(&all), [("likes".to_owned(), 1), ("logins".to_owned(), 1)]);
}

#[test]
fn lists_of_labels_that_replace_older_files_are_read_like_them() {
    let liked = r#"[{"timestamp": 1764000000, "media": [], "label_values": [{"label": "URL", "value": "https://www.instagram.com/p/C1/", "href": "https://www.instagram.com/p/C1/"}, {"dict": [{"dict": [{"label": "Naam", "value": "Ben Zo\u00c3\u00ab"}, {"label": "Gebruikersnaam", "value": "ben_zoe"}], "title": ""}], "title": "Eigenaar"}], "fbid": "17900000000000001"}]"#;
    let all = Archive::new()
        .file("your_instagram_activity/likes/liked_posts.json", liked)
        .file("your_instagram_activity/media/stories.json", r#"{"ig_stories": [{"uri": "media/stories/202511/1.jpg", "creation_timestamp": 1763000000, "media_metadata": {"photo_metadata": {"exif_data": [{"device_id": "android-a81f33d07c2e94b5", "latitude": 51.3811, "longitude": -2.359}]}}, "title": "", "cross_post_source": {"source_app": "IG"}, "dubbing_info": [], "media_variants": []}]}"#)
        .file("preferences/media_settings/consents.json", r#"{"timestamp": 1763000000, "media": [], "label_values": [{"ent_field_name": "X", "label": "Cookies", "value": "Geweigerd"}], "fbid": "1", "ent_name": "Consent"}"#)
        .file("your_instagram_activity/comments/post_comments_1.json", r#"{"media_list_data": [{"uri": ""}], "string_map_data": {"Comment": {"value": "Only one"}, "Media Owner": {"value": "ben_zoe"}, "Time": {"timestamp": 1763000001}}}"#)
        .file("your_instagram_activity/media/posts_1.json", r#"{"media": [{"uri": "media/posts/1.jpg", "creation_timestamp": 1763000002, "title": "Only one"}]}"#)
        .import_as("instagram-rosa.quill-2025-11-25-AbCd1234.zip");
    assert_eq!((all.export().company.as_str(), all.export().layout.as_deref()), ("instagram", Some("I3b")));
    let expected = [("ad_settings", 1), ("comments", 1), ("likes", 1), ("posts", 1), ("stories", 1)];
    assert_eq!(counts(&all), expected.map(|(section, count)| (section.to_owned(), count)));
    assert_eq!(all.section("likes")[0].time.as_deref(), Some("2025-11-24T16:00:00Z"));
    assert_eq!(all.identifiers(IdKind::Username), [("ben_zoe".to_owned(), false)].into());
    assert_eq!(when(&all.section("comments")), [(Some("2025-11-13T02:13:21Z"), Some("Only one"))]);
    assert_eq!(when(&all.section("posts")), [(Some("2025-11-13T02:13:22Z"), Some("Only one"))]);
}

// ── Pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

fn page(title: &str, blocks: &[String]) -> String {
    format!(
        r#"<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>{title}</title></head><body class="_5vb_ _2yq _a7o5"><div class="clearfix _ikh"><div class="_4bl9"><div class="_a705"><div class="_3-8y _3-95 _a70a"><div class="_a70d"><div class="_a70e">{title}</div></div></div><div class="_a706" role="main">{}</div></div></div></div></body></html>"#,
        blocks.concat()
    )
}

/// A block of labels and values.
fn map(rows: &[(&str, &str)]) -> String {
    let row = |(label, value): &(&str, &str)| {
        format!(r#"<tr><td colspan="2" class="_2pin _a6_q">{label}<div><div>{value}</div></div></td></tr>"#)
    };
    let rows: String = rows.iter().map(row).collect();
    format!(
        r#"<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><div class="_a6-p"><table style="table-layout: fixed;">{rows}</table></div></div>"#
    )
}

/// A block of a link and a date.
fn list(heading: &str, name: &str, date: &str) -> String {
    let heading = if heading.is_empty() {
        String::new()
    } else {
        format!(r#"<div class="_3-95 _2pim _a6-h _a6-i">{heading}</div>"#)
    };
    format!(
        r#"<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder">{heading}<div class="_a6-p"><div><div><a target="_blank" href="https://www.instagram.com/{name}">{name}</a></div><div>{date}</div></div></div></div>"#
    )
}

fn message(who: &str, text: &str, date: &str) -> String {
    format!(
        r#"<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><div class="_3-95 _2pim _a6-h _a6-i">{who}</div><div class="_3-95 _a6-p"><div><div></div><div>{text}</div><div></div><div></div></div></div><div class="_3-94 _a6-o">{date}</div></div>"#
    )
}

fn pages() -> Archive {
    Archive::new()
        .file(
            "your_instagram_activity/messages/inbox/benzoe_1/message_1.html",
            page(
                "Ben Zoë",
                &[
                    message("Rosa Quill", "See you at the caf&#xe9;", "Nov 18, 2024 7:10 pm"),
                    message("Ben Zoë", "Yes!", "Nov 18, 2024 7:09 pm"),
                ],
            ),
        )
        .file(
            "security_and_login_information/login_and_profile_creation/login_activity.html",
            page(
                "Login activity",
                &[map(&[
                    ("Cookie Name", "*****mnQ"),
                    ("IP Address", "203.0.113.47"),
                    ("Language Code", "en"),
                    ("Time", "Nov 20, 2024 8:12 am"),
                    ("User Agent", "Mozilla/5.0 (X11; Linux x86_64)"),
                ])],
            ),
        )
        .file(
            "connections/followers_and_following/followers_1.html",
            page(
                "Followers",
                &[list("", "ben_zoe", "Apr 02, 2016 10:00 am"), list("", "marta.quill", "Apr 03, 2016 11:30 am")],
            ),
        )
        .file(
            "your_instagram_activity/likes/liked_posts.html",
            page("Likes", &[list("bath.bakery", "p/C1", "Nov 16, 2024 8:45 am")]),
        )
        .file(
            "ads_information/ads_and_topics/ads_viewed.html",
            page("Ads viewed", &[map(&[("Author", "larkspur.garden"), ("Time", "Nov 18, 2024 7:02 pm")])]),
        )
        .file(
            "personal_information/personal_information/personal_information.html",
            page(
                "Personal information",
                &[map(&[
                    ("Email", "rosa.quill@example.com"),
                    ("Phone Number", "+447700900123"),
                    ("Username", "rosa.quill"),
                    ("Name", "Rosa Quill"),
                    ("Private Account", "True"),
                ])],
            ),
        )
        .file("start_here.html", page("Contents", &[]))
        .file("files/icon.png", b"\x89PNG")
        .file("your_instagram_activity/no-data.txt", "no data")
}

#[test]
fn the_same_files_as_pages_for_the_eye_are_read() {
    let all = pages().import_as("instagram-rosa.quill-2024-11-20-HtMl1234.zip");
    assert_eq!((all.export().company.as_str(), all.export().layout.as_deref()), ("instagram", Some("I3")));
    assert_eq!((all.problems(), all.with_fate("generic")), (Vec::new(), Vec::new()));
    let messages = all.section("messages");
    assert_eq!(said(&messages), [(Some("Ben Zoë"), Some("Yes!")), (Some("Rosa Quill"), Some("See you at the café"))]);
    assert_eq!(messages[0].time.as_deref(), Some("2024-11-18T19:09:00"), "the zone is not told");
    assert_eq!(messages[0].thread.as_deref(), Some("Ben Zoë"));
    assert_eq!(when(&all.section("logins")), [(Some("2024-11-20T08:12:00"), Some("Mozilla/5.0 (X11; Linux x86_64)"))]);
    let expected = [(Some("2016-04-02T10:00:00"), Some("ben_zoe")), (Some("2016-04-03T11:30:00"), Some("marta.quill"))];
    assert_eq!(when(&all.section("followers")), expected);
    assert_eq!(when(&all.section("ads_viewed")), [(Some("2024-11-18T19:02:00"), Some("larkspur.garden"))]);
    assert_eq!(parties(&all, Direction::Targeted), ["larkspur.garden"]);
    assert_eq!(all.section("likes")[0].values.first().map(|(_, value)| value.as_str()), Some("bath.bakery"));
    assert_eq!(all.identifiers(IdKind::Phone), [("+447700900123".to_owned(), true)].into());
    assert_eq!(all.identifiers(IdKind::Ip), [("203.0.113.47".to_owned(), true)].into());
    let names = all.identifiers(IdKind::Username).into_keys().collect::<Vec<_>>();
    assert_eq!(names, ["bath.bakery", "ben_zoe", "marta.quill", "rosa.quill"], "titles of pages are no names");
    assert_eq!(choices(&all).get("Profile: Private Account").map(|(value, _)| value.as_str()), Some("True"));
}

#[test]
fn pages_in_dutch_keep_time_and_identifiers() {
    let all = Archive::new()
        .file(
            "security_and_login_information/login_and_profile_creation/login_activity.html",
            page("Aanmeldactiviteit", &[map(&[("IP-adres", "203.0.113.47"), ("Tijd", "20 nov 2024 8:12 am")])]),
        )
        .file(
            "connections/contacts/synced_contacts.html",
            page("Contacten", &[map(&[("Voornaam", "José"), ("Contactgegevens", "+12025550143")])]),
        )
        .import_as("instagram-rosa.quill-2024-11-20-HtMl1234.zip");
    assert_eq!(all.section("logins")[0].time.as_deref(), Some("2024-11-20T08:12:00"));
    assert_eq!(all.identifiers(IdKind::Ip).get("203.0.113.47"), Some(&true));
    assert_eq!(all.identifiers(IdKind::Phone), [("+12025550143".to_owned(), false)].into());
}

// ── What is not Instagram's ─────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn folders_and_keys_that_others_have_too_are_not_taken_for_instagram() {
    let company = |archive: Archive| archive.import_as("export.zip").export().company.clone();
    let facebook = Archive::new()
        .file("security_and_login_information/account_activity.json", r#"{"account_activity_v2": []}"#)
        .file("your_facebook_activity/messages/inbox/ben_1/message_1.json", r#"{"participants": [{"name": "Ben"}], "messages": [{"sender_name": "Ben", "timestamp_ms": 1, "content": "x"}]}"#)
        .file("connections/followers/who_you've_followed.json", r#"{"following_v3": []}"#);
    assert_eq!(company(facebook), "facebook");
    let nobody = Archive::new()
        .file("messages.json", r#"[{"from": "ben", "text": "hi"}]"#)
        .file("profile.json", r#"{"name": "Rosa Quill", "email": "rosa.quill@example.com"}"#)
        .file("likes.json", r#"[{"id": 1}]"#)
        .file("settings.json", r#"{"theme": "dark"}"#)
        .file("followers.csv", "name\nben\n");
    assert!(company(nobody).starts_with("unknown"), "a folder of common names is nobody's");
}

#[test]
fn a_chat_of_another_project_is_read_whoever_wrote_it() {
    let Some(all) = Imported::fixture("instagram/joweich+chat-miner/test_export.json") else { return };
    let said: Vec<Record> = all.records("john OR jane").into_iter().filter(|record| record.who.is_some()).collect();
    assert_eq!(
        when(&said),
        [(Some("2019-12-24T11:23:00Z"), Some("Hello John!")), (Some("2020-01-17T20:49:00Z"), Some("Hello Jane!")),]
    );
}

#[test]
fn a_sentence_that_there_is_nothing_is_no_record_in_any_language() {
    for nothing in
        ["You have no data in this section", "このセクションにデータはありません", "ليس لديك بيانات في هذا القسم"]
    {
        let nothing = format!("[\"{nothing}\"]");
        let seen = format!(
            r#"{{"ads_clicked": {nothing}, "ads_seen": {nothing}, "posts_seen": [{{"timestamp": "2020-10-02T10:01:00+00:00", "author": "ben_zoe"}}]}}"#
        );
        let all = Archive::new()
            .file("profile.json", r#"{"username": "rosa.quill", "private_account": true}"#)
            .file("seen_content.json", seen)
            .file("searches.json", format!(r#"{{"main_search_history": {nothing}}}"#))
            .file("media.json", format!(r#"{{"photos": {nothing}, "videos": {nothing}}}"#))
            .file("connections.json", format!(r#"{{"followers": {nothing}}}"#))
            .file("likes.json", &nothing)
            .file("messages.json", &nothing)
            .file("uploaded_contacts.json", &nothing)
            .file("autofill.json", format!(r#"{{"autofill_data": {nothing}}}"#))
            .import_as("rosa.quill_20201020.zip");
        assert_eq!(all.companies(), ["instagram"]);
        let expected = [("profile_2020", 1), ("seen_2020", 1)];
        assert_eq!(counts(&all), expected.map(|(section, count)| (section.to_owned(), count)), "{nothing}");
    }
}
