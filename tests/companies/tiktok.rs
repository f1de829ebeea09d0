//! TikTok: one JSON file whose keys were renamed twice, or a folder of texts.

use crate::archive::*;
use tellall::record::IdKind;

/// Until early 2025.
const A: &str = r#"{"Activity":{
 "Favorite Effects":{"FavoriteEffectsList":null},
 "Favorite Videos":{"FavoriteVideoList":[{"Date":"2022-01-01 00:00:00","Link":"https://www.tiktokv.com/share/video/1/"}]},
 "Follower List":{"FansList":[{"Date":"2022-01-02 00:00:00","UserName":"ben.zoe"}]},
 "Following List":{"Following":[{"Date":"2022-01-03 00:00:00","UserName":"marta.q"}]},
 "Like List":{"ItemFavoriteList":[{"Date":"2022-01-04 00:00:00","VideoLink":"https://www.tiktokv.com/share/video/2/"}]},
 "Login History":{"LoginHistoryList":[{"Date":"2022-01-05 00:00:00 UTC","IP":"203.0.113.47","DeviceModel":"Pixel 7","DeviceSystem":"Android 12","NetworkType":"Wi-Fi","Carrier":"N/A"}]},
 "Purchase History":{"SendGifts":{"SendGifts":[{"Date":"2022-01-06 00:00:00","GiftAmount":"1","UserName":"jose.ibarra"}]},"BuyGifts":{"BuyGifts":[]}},
 "Search History":{"SearchList":[{"Date":"2022-01-07 00:00:00","SearchTerm":"dinghy"}]},
 "Video Browsing History":{"VideoList":[{"Date":"2022-01-08 00:00:00","VideoLink":"https://www.tiktokv.com/share/video/3/"}]}},
"App Settings":{"Block":{"BlockList":[{"Date":"2022-01-09 00:00:00","UserName":"northwind_deals"}]},"Settings":{"SettingsMap":{"Personalized Ads":"On"}}},
"Ads and data":{"Ad Interests":{"AdInterestCategories":""}},
"Comment":{"Comments":{"CommentsList":[{"Date":"2022-01-10 00:00:00","Comment":"Lovely"}]}},
"Direct Messages":{"Chat History":{"ChatHistory":{"Chat History with ben.zoe:":[{"Date":"2022-01-11 00:00:00","From":"ben.zoe","Content":"hello"}]}}},
"Poi Review":{"POI Review":{"ReviewsList":[{"PlaceName":"Bath","Date":"2022-01-12 00:00:00","ReviewText":"Wet"}]}},
"Profile":{"Profile Information":{"ProfileMap":{"userName":"rosaquill","birthDate":"12-Apr-1987"}},"Auto Fill":{"Email":"rosa.quill@example.com"}},
"Video":{"Videos":{"VideoList":[{"Date":"2022-01-13 00:00:00","Link":"https://www.tiktokv.com/share/video/4/","Likes":"3"}]}}}"#;

/// 2025.
const B: &str = r#"{"Your Activity":{
 "Follower":{"FansList":[{"Date":"2025-01-02 00:00:00","UserName":"ben.zoe"}]},
 "Following":{"Following":[{"Date":"2025-01-03 00:00:00","UserName":"marta.q"}]},
 "Like List":{"ItemFavoriteList":[{"date":"2025-01-04 00:00:00","link":"https://www.tiktokv.com/share/video/2/"}]},
 "Watch History":{"VideoList":[{"Date":"2025-03-04 05:06:07","Link":"https://www.tiktokv.com/share/video/7000000000000000001/"}]},
 "Purchases":{"SendGifts":{"SendGifts":[]}},
 "Searches":{"SearchList":null}},
"Ads and data":{"Off TikTok Activity":{"OffTikTokActivityDataList":[{"TimeStamp":"2025-03-01 10:00:00","Source":"shop.example.com","Event":"Add to cart"}]}},
"Post":{"Posts":{"VideoList":[{"Date":"2025-01-13 00:00:00","Link":"https://www.tiktokv.com/share/video/4/"}]}},
"Profile":{"Profile Info":{"ProfileMap":{"userName":"rosaquill"}},"Autofill":{"Email":"rosa.quill@example.com"}},
"Direct Message":{"Direct Messages":{"ChatHistory":{"Chat History with ben.zoe:":[{"Date":"2025-01-11 00:00:00","From":"ben.zoe","Content":"hello"}]}}}}"#;

fn check(imported: &Imported, expected: &[(&str, u64)]) {
    assert_eq!(imported.export().company, "tiktok");
    let counts: Vec<(String, u64)> = imported.counts().into_iter().collect();
    let counts: Vec<(&str, u64)> = counts.iter().map(|(id, count)| (id.as_str(), *count)).collect();
    assert_eq!(counts, expected);
    assert_eq!(imported.problems(), [""; 0]);
}

#[test]
fn every_list_of_the_newest_keys_is_a_section() {
    let imported = Imported::sample("tiktok");
    let expected = [
        ("activity_summary", 1),
        ("ad_forms", 1),
        ("ad_interests", 3),
        ("ad_settings", 1),
        ("autofill", 1),
        ("blocked", 1),
        ("comments", 2),
        ("data_partners", 1),
        ("deleted_posts", 1),
        ("devices", 1),
        ("favourites", 3),
        ("followers", 2),
        ("following", 1),
        ("gifts", 2),
        ("hashtags", 1),
        ("likes", 2),
        ("linked_platforms", 1),
        ("live_comments", 2),
        ("live_given", 1),
        ("live_settings", 1),
        ("live_watched", 2),
        ("location", 1),
        ("logins", 3),
        ("messages", 4),
        ("off_tiktok", 4),
        ("other", 1),
        ("partner_advertisers", 2),
        ("posts", 1),
        ("profile", 1),
        ("reviews", 1),
        ("searches", 2),
        ("settings", 1),
        ("shares", 1),
        ("shop_addresses", 1),
        ("shop_browsing", 1),
        ("shop_messages", 1),
        ("shop_orders", 3),
        ("shop_payment", 1),
        ("transactions", 1),
        ("watch_history", 3),
    ];
    check(&imported, &expected);
    assert_eq!(imported.fates().len(), 1);
}

#[test]
fn the_keys_of_the_first_years_lead_to_the_same_sections() {
    let imported = Archive::new().file("user_data.json", A).import_as("x.zip");
    let expected = [
        ("ad_settings", 1),
        ("autofill", 1),
        ("blocked", 1),
        ("comments", 1),
        ("favourites", 1),
        ("followers", 1),
        ("following", 1),
        ("gifts", 1),
        ("likes", 1),
        ("logins", 1),
        ("messages", 1),
        ("posts", 1),
        ("profile", 1),
        ("reviews", 1),
        ("searches", 1),
        ("watch_history", 1),
    ];
    check(&imported, &expected);
    assert_eq!(imported.identifiers(IdKind::Birthday).into_keys().collect::<Vec<_>>(), ["1987-04-12"]);
}

#[test]
fn the_keys_of_2025_lead_to_the_same_sections() {
    let imported = Archive::new().file("TikTok/user_data_tiktok.json", B).import_as("x.zip");
    let expected = [
        ("autofill", 1),
        ("followers", 1),
        ("following", 1),
        ("likes", 1),
        ("messages", 1),
        ("off_tiktok", 1),
        ("posts", 1),
        ("profile", 1),
        ("watch_history", 1),
    ];
    check(&imported, &expected);
}

#[test]
fn a_zip_called_by_a_number_without_extension_and_a_renamed_file_are_known() {
    let archive = Archive::new().file("__MACOSX/._user_data.json", "x").file("user_data.json", A);
    let imported = archive.import_as("0f6e3c1a-0000-4000-8000-000000000001");
    assert_eq!(imported.export().company, "tiktok");
    assert_eq!(imported.counts()["messages"], 1);
    let imported = Archive::new().file("meine daten/abc.json", B).import_as("x.zip");
    assert_eq!(imported.export().company, "tiktok");
    assert_eq!(imported.counts()["watch_history"], 1);
}

#[test]
fn keys_that_name_conversations_are_threads_and_an_empty_one_takes_nothing_else_in() {
    let imported = Imported::sample("tiktok");
    let messages = imported.section("messages");
    let first = &messages[0];
    assert_eq!(first.time.as_deref(), Some("2025-03-03T19:00:00Z"));
    assert_eq!(first.who.as_deref(), Some("ben.zoe"));
    assert_eq!(first.thread.as_deref(), Some("ben.zoe"));
    assert_eq!(first.text.as_deref(), Some("Have you seen this?"));
    assert_eq!(messages[3].thread.as_deref(), Some("marta.q"));
    for section in ["live_watched", "live_comments", "watch_history", "other"] {
        assert!(imported.section(section).iter().all(|record| record.thread.is_none()), "{section}");
    }
}

#[test]
fn live_videos_are_keyed_by_their_number_and_their_comments_are_records() {
    let imported = Imported::sample("tiktok");
    let said: Vec<_> = imported.section("live_comments").into_iter().filter_map(|record| record.text).collect();
    assert_eq!(said, ["Hello from Bath", "Which varnish?"]);
    let watched = imported.section("live_watched");
    assert_eq!(watched[0].time.as_deref(), Some("2025-02-14T20:00:00Z"));
    assert!(watched[1].values.iter().any(|(_, value)| value == "7400000000000000003"));
}

#[test]
fn interests_stand_in_one_text_and_are_records_each() {
    let imported = Imported::sample("tiktok");
    let interests: Vec<_> = imported.section("ad_interests").into_iter().filter_map(|record| record.text).collect();
    assert_eq!(interests, ["Boats & Sailing", "Gardening", "Maternity"]);
    let field = "Ads and data.Ad Interests.AdInterestCategories";
    assert_eq!(imported.meaning("ad_interests", field), ("inferred".to_owned(), "inferred".to_owned()));
}

#[test]
fn who_gave_data_and_who_used_it_are_recipients() {
    let imported = Imported::sample("tiktok");
    let recipients = imported.recipients();
    let told = |name: &str| {
        let shown = recipients.iter().find(|one| format!("{one:?}").contains(name));
        format!("{:?}", shown.unwrap_or_else(|| panic!("{name}: {recipients:?}"))).to_lowercase()
    };
    assert!(told("Harbour Fitness").contains("gave"));
    assert!(told("Quillmark Media").contains("data partner"));
    assert!(told("Northwind Insurance").contains("targeted"));
}

#[test]
fn settings_are_choices_and_personalized_ads_are_about_ads() {
    let choices = Imported::sample("tiktok").choices();
    let ads = choices.iter().find(|choice| choice.what == "Personalized ads").expect("the choice");
    assert_eq!((ads.value.as_str(), ads.about.as_str()), ("Off", "ads"));
    assert!(choices.iter().any(|choice| choice.what == "Private Account" && choice.value == "On"), "{choices:?}");
}

#[test]
fn identifiers_are_the_persons_and_an_impossible_address_costs_nothing() {
    let imported = Imported::sample("tiktok");
    let ips: Vec<(String, bool)> = imported.identifiers(IdKind::Ip).into_iter().collect();
    assert_eq!(ips, [("198.51.100.23".to_owned(), true), ("203.0.113.47".to_owned(), true)]);
    assert!(imported.identifiers(IdKind::AdvertisingId)["38400000-8cf0-11bd-b23e-10b96e40000d"]);
    assert!(imported.identifiers(IdKind::Device)["a81f33d07c2e94b5"]);
    let names = imported.identifiers(IdKind::Username);
    assert!(names["rosaquill"]);
    assert!(!names["ben.zoe"]);
    assert!(imported.identifiers(IdKind::Phone)["+447700900123"]);
    let gender = "Profile And Settings.Profile Info.ProfileMap.inferredGender";
    assert_eq!(imported.meaning("profile", gender), ("gender".to_owned(), "inferred".to_owned()));
}

#[test]
fn the_signed_link_to_a_recording_is_kept_out_of_the_index() {
    let imported = Imported::sample("tiktok");
    assert!(!imported.index_holds("kJ7ReplaySecret"));
    assert!(imported.section("live_given")[0].values.iter().any(|(_, value)| value.contains("secret")));
}

#[test]
fn text_files_are_blocks_of_labels_and_values() {
    let imported = Archive::new()
        .file("TikTok_Data/Browsing History.txt", "Date: 2025-03-04 05:06:07\nLink: https://www.tiktokv.com/share/video/1/\n\nDate: 2025-03-04 05:06:50\nLink: https://www.tiktokv.com/share/video/2/\n")
        .file("TikTok_Data/Searches.txt", "Date: 2025-03-04 05:10:00\nSearch Term: clinker hull\n")
        .file("TikTok_Data/Login History.txt", "Date: 2025-03-04 05:00:00 UTC\nIP: 203.0.113.47\nDevice Model: Pixel 7\nDevice System: Android 14\nNetwork Type: Wi-Fi\nCarrier: Example Mobile\n")
        .file("TikTok_Data/Status.txt", "Resolution: 1080*2400\nApp Version: 38.1.2\nGAID: 38400000-8cf0-11bd-b23e-10b96e40000d\nAndroid ID: a81f33d07c2e94b5\n")
        .file("TikTok_Data/Follower.txt", "Date: 2025-01-02 03:04:05\nUsername: ben.zoe\n")
        .file("TikTok_Data/Favorite HashTags.txt", "Date: 2024-05-06 10:00:00\nHashTag Link:: https://www.tiktok.com/tag/woodenboats\n")
        .file("TikTok_Data/Comments.txt", "Date: 2025-03-02 21:00:00\nComment: Larch, not oak: never oak\n")
        .file("TikTok_Data/Off TikTok Activity.txt", "TimeStamp: 2025-03-01 10:00:00\nSource: larkspur.example\nEvent: Add to cart\n")
        .file("TikTok_Data/Profile Info.txt", "Username: rosaquill\nEmail: rosa.quill@example.com\nTelephone Number: +447700900123\nBirthdate: 12-Apr-1987\nInferred Gender: Female\n")
        .file("TikTok_Data/Settings.txt", "Personalized Ads: Off\nPrivate Account: On\n")
        .file("TikTok_Data/Ad Interests.txt", "Ad Interests: Boats|Gardening\n")
        .file("TikTok_Data/Vouchers.txt", "")
        .import_as("x.zip");
    let expected = [
        ("text_ad_interests", 1),
        ("text_comments", 1),
        ("text_devices", 1),
        ("text_likes", 1),
        ("text_logins", 1),
        ("text_off_tiktok", 1),
        ("text_people", 1),
        ("text_profile", 1),
        ("text_searches", 1),
        ("text_settings", 1),
        ("text_watch_history", 2),
    ];
    check(&imported, &expected);
    assert_eq!(imported.section("text_comments")[0].text.as_deref(), Some("Larch, not oak: never oak"));
    assert_eq!(imported.section("text_watch_history")[0].time.as_deref(), Some("2025-03-04T05:06:07Z"));
    assert!(imported.identifiers(IdKind::Ip)["203.0.113.47"]);
    assert!(imported.identifiers(IdKind::Email)["rosa.quill@example.com"]);
    assert!(!imported.identifiers(IdKind::Username)["ben.zoe"]);
    assert_eq!(imported.recipients().len(), 1);
    assert_eq!(imported.section("text_likes")[0].value("HashTag Link"), Some("https://www.tiktok.com/tag/woodenboats"));
}

#[test]
fn a_file_called_like_tiktoks_of_another_program_is_not_its() {
    let imported =
        Archive::new().file("user_data.json", r#"{"Profile":{"name":"x"},"items":[{"a":1}]}"#).import_as("x.zip");
    assert!(imported.export().company.starts_with("unknown"), "{}", imported.export().company);
}

#[test]
fn a_chat_is_called_by_the_other_person() {
    let found = Imported::of_files(&[(
        "user_data.json",
        br#"{"Direct Messages":{"Chat History":{"ChatHistory":{"Chat History with ben.zoe:":[{"Date":"2024-05-06 07:08:09","From":"ben.zoe","Content":"hi"}]}}},"Activity":{"Search History":{"SearchList":null}},"Ads and data":{"Ad Interests":{"AdInterestCategories":""}}}"#.to_vec(),
    )]);
    assert_eq!(found.companies(), ["tiktok"]);
    assert_eq!(found.section("messages")[0].thread.as_deref(), Some("ben.zoe"));
}

#[test]
fn a_few_text_files_are_enough() {
    let found = Archive::new()
        .file("TikTok/Follower.txt", "Date: 2024-01-01 00:00:00 UTC\nUsername: ben.zoe\n\n")
        .file("TikTok/Login History.txt", "Date: 2024-01-05 10:00:00 UTC\nIP: 203.0.113.9\nDevice Model: Acme\n\n")
        .import_as("4f0c2a3e-0000-4000-8000-000000000001");
    assert_eq!(found.companies(), ["tiktok"]);
    assert_eq!((found.section("text_people").len(), found.section("text_logins").len()), (1, 1));
}
