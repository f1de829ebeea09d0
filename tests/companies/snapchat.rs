//! Snapchat: data and pages of the same names, chats and places in several layouts.

use crate::archive::*;
use tellall::record::IdKind;

fn texts(imported: &Imported, section: &str) -> Vec<String> {
    imported.section(section).into_iter().filter_map(|record| record.text).collect()
}

fn json(name: &str, text: &str) -> Imported {
    Archive::new().file(&format!("json/{name}.json"), text).import_as("mydata~1700000000000.zip")
}

#[test]
fn every_file_is_read_and_pages_beside_data_are_skipped() {
    let imported = Imported::sample("snapchat");
    assert_eq!(imported.export().company, "snapchat");
    assert_eq!(imported.export().layout.as_deref(), Some("media"));
    let expected = [
        ("account", 1),
        ("account_history", 7),
        ("ad_demographics", 1),
        ("ads_interacted", 2),
        ("advertising_id", 1),
        ("ai_messages", 3),
        ("areas", 1),
        ("associated_accounts", 1),
        ("bitmoji", 2),
        ("business", 2),
        ("calls", 1),
        ("chats", 5),
        ("connected_apps", 1),
        ("content_interests", 3),
        ("devices", 2),
        ("email_campaigns", 2),
        ("engagement", 5),
        ("friend_requests", 1),
        ("friends", 4),
        ("friends_gone", 2),
        ("home_and_work", 1),
        ("interests", 4),
        ("locations", 2),
        ("logins", 2),
        ("map_places", 1),
        ("memories", 3),
        ("off_platform", 3),
        ("other", 3),
        ("profile", 1),
        ("purchases", 2),
        ("ranking", 1),
        ("searches", 1),
        ("shared_elsewhere", 1),
        ("snaps", 2),
        ("stickers", 1),
        ("stories", 2),
        ("stories_viewed", 1),
        ("subscriptions", 2),
        ("support", 1),
        ("terms", 1),
        ("top_locations", 2),
        ("visits", 2),
    ];
    let counts: Vec<(String, u64)> = imported.counts().into_iter().collect();
    assert_eq!(counts, expected.map(|(id, count)| (id.to_owned(), count)));
    assert_eq!(imported.problems(), [""; 0]);
    assert_eq!(imported.with_fate("generic"), [""; 0]);
    assert_eq!(imported.with_fate("media").len(), 3);
    let skipped = imported.with_fate("skipped");
    assert!(skipped.iter().any(|entry| entry.ends_with("html/account.html")), "{skipped:?}");
    assert_eq!(skipped.len(), 4);
}

#[test]
fn conversations_are_keyed_and_a_group_has_its_last_title() {
    let imported = Imported::sample("snapchat");
    let chats = imported.section("chats");
    let told: Vec<_> = chats.iter().map(|chat| (chat.who.as_deref(), chat.thread.as_deref())).collect();
    assert_eq!(told[1], (Some("hanako_y"), Some("Crew 2024")));
    assert_eq!(told[0].1, Some("Crew 2024"), "one conversation, though it was called otherwise then");
    assert_eq!(told[2], (Some("benzoe"), Some("benzoe")));
    // "Created(microseconds)" holds milliseconds, and 0 where it is not known.
    assert_eq!(chats[3].time.as_deref(), Some("2024-10-30T19:00:00.456Z"));
    assert_eq!(chats[4].time.as_deref(), Some("2024-10-30T19:00:30Z"));
    let media: Vec<_> = chats[4].values.iter().filter(|(field, _)| field.ends_with("Media IDs")).collect();
    assert_eq!(media.len(), 2, "two files in one text: {media:?}");
    assert!(imported.section("snaps")[0].thread.as_deref() == Some("marta.q"));
}

#[test]
fn chats_until_2023_are_four_lists_with_sender_or_recipient() {
    let chats = r#"{"Received Saved Chat History":[{"From":"benzoe","Media Type":"TEXT","Created":"2021-03-04 09:10:11 UTC","Text":"fish &amp; chips?"}],
      "Sent Saved Chat History":[{"To":"benzoe","Media Type":"TEXT","Created":"2021-03-04 09:11:00 UTC","Text":"yes"}],
      "Received Unsaved Chat History":[],"Sent Unsaved Chat History":[{"To":"marta.q","Media Type":"MEDIA","Created":"2021-03-05 09:11:00 UTC","Text":""}]}"#;
    let imported = json("chat_history", chats);
    assert_eq!(imported.export().company, "snapchat");
    let chats = imported.section("chats_old");
    assert_eq!(chats.len(), 3);
    assert_eq!(chats[0].text.as_deref(), Some("fish & chips?"));
    assert_eq!((chats[0].who.as_deref(), chats[0].thread.as_deref()), (Some("benzoe"), Some("benzoe")));
    assert_eq!((chats[1].who.as_deref(), chats[1].thread.as_deref()), (None, Some("benzoe")), "sent by the owner");
    let snaps = r#"{"Received Snap History":[{"From":"marta.q","Media Type":"IMAGE","Created":"Wed Aug 19 12:00:00 UTC 2020"}],"Sent Snap History":[]}"#;
    let imported = json("snap_history", snaps);
    assert_eq!(imported.section("snaps_old")[0].time.as_deref(), Some("2020-08-19T12:00:00Z"));
}

#[test]
fn places_are_read_in_every_shape_they_were_written_in() {
    let old = r#"{"Location History":[{"Time":"2021/01/02 03:04:05 UTC","Latitude, Longitude":"51.38 ± 14.2 meters, -2.36 ± 14.2 meters"}],
      "Businesses and (public) places you may have visited":[{"Date":"2021-01-03 00:00:00 UTC","Name":"Harbour Fitness"}],
      "Daily Top Locations":["Bath"]}"#;
    let imported = json("location_history", old);
    let place = &imported.section("locations")[0];
    assert_eq!(place.time.as_deref(), Some("2021-01-02T03:04:05Z"));
    assert!(place.text.as_deref().is_some_and(|text| text.starts_with("51.38")));
    assert_eq!(texts(&imported, "visits"), ["Harbour Fitness"]);
    assert_eq!(imported.section("visits")[0].time.as_deref(), Some("2021-01-03T00:00:00Z"));
    assert_eq!(texts(&imported, "top_locations"), ["Bath"]);

    let middle = r#"{"Frequent Locations":[],"Businesses and (public) places you may have visited":{
      "inferredVisitationList":[["Harbour Fitness 24","51.38, -2.36"]],"businessList":[["2022-02-02 10:00:00 UTC","Larkspur Garden Shop"]]},
      "Daily Top Locations":[]}"#;
    let imported = json("location_history", middle);
    assert_eq!(imported.counts()["visits"], 2);
    assert_eq!(imported.problems(), [""; 0], "a pair of name and place holds no time, which is no problem");

    let imported = Imported::sample("snapchat");
    let places = imported.section("locations");
    assert_eq!(places[1].time.as_deref(), Some("2024-10-30T14:00:00Z"));
    assert!(places[1].values.iter().any(|(_, value)| value == "51.3811, -2.359"));
    let visit = &imported.section("visits")[0];
    assert!(visit.values.iter().any(|(_, value)| value == "Bath Fertility Clinic"), "{visit:?}");
    let field = "Home, School & Work.inferredHome";
    assert_eq!(imported.meaning("home_and_work", field), ("home".to_owned(), "inferred".to_owned()));
}

#[test]
fn links_to_files_are_signed_and_never_in_the_index() {
    let imported = Imported::sample("snapchat");
    for secret in ["SnapSecretSig77", "SnapSecretSig78", "SnapSecretSig79", "StorySecret5"] {
        assert!(!imported.index_holds(secret), "{secret}");
    }
    let memories = imported.section("memories");
    assert!(memories[1].values.iter().any(|(_, value)| value == "Bath, England"), "a place may be a name");
}

#[test]
fn conclusions_for_advertising_are_told_as_such() {
    let imported = Imported::sample("snapchat");
    let meaning = |section: &str, field: &str| imported.meaning(section, field);
    assert_eq!(meaning("ad_demographics", "Demographics.Cohort Age"), ("age".to_owned(), "inferred".to_owned()));
    assert_eq!(
        meaning("ad_demographics", "Demographics.Derived Ad Demographic"),
        ("gender".to_owned(), "inferred".to_owned())
    );
    assert_eq!(meaning("interests", "Interest Categories[]"), ("inferred".to_owned(), "inferred".to_owned()));
    assert_eq!(meaning("associated_accounts", "Associated Accounts by Cloud Account ID[].User ID").1, "inferred");
    assert_eq!(texts(&imported, "interests")[0], "Boat & Sailing Fans");
    // Numbers and an object of tags stand in one list.
    let mut tags = texts(&imported, "content_interests");
    tags.sort();
    assert_eq!(tags, ["Arts & Crafts", "boats", "pregnancy"]);
}

#[test]
fn third_parties_are_named_with_what_they_did() {
    let imported = Imported::sample("snapchat");
    let shown = format!("{:?}", imported.recipients()).to_lowercase();
    for name in ["larkspur", "tidewater travel", "northwind", "harbour fitness"] {
        assert!(shown.contains(name), "{name}: {shown}");
    }
    for basis in ["advertisements you interacted with", "your use of its site or app", "permission you gave to the app"]
    {
        assert!(shown.contains(basis), "{basis}: {shown}");
    }
    let choices = imported.choices();
    assert!(choices.iter().any(|choice| choice.value == "You have opted out"), "{choices:?}");
    assert!(choices.iter().any(|choice| choice.what.starts_with("Terms accepted") && choice.value == "8"));
}

#[test]
fn identifiers_are_the_persons_or_her_friends() {
    let imported = Imported::sample("snapchat");
    let ips: Vec<(String, bool)> = imported.identifiers(IdKind::Ip).into_iter().collect();
    let expected = ["198.51.100.23", "2001:db8::47", "203.0.113.47"];
    assert_eq!(ips, expected.map(|ip| (ip.to_owned(), true)));
    assert!(imported.identifiers(IdKind::AdvertisingId)["38400000-8cf0-11bd-b23e-10b96e40000d"]);
    let phones: Vec<(String, bool)> = imported.identifiers(IdKind::Phone).into_iter().collect();
    assert_eq!(phones, [("+447700900123".to_owned(), true), ("+447700900654".to_owned(), false)]);
    let names = imported.identifiers(IdKind::Username);
    assert!(names["rosaquill"]);
    assert!(!names["benzoe"]);
    assert!(!names["spam0001"]);
    let emails = imported.identifiers(IdKind::Email);
    assert!(emails["rosa.quill@example.com"]);
    assert!(emails["r.quill@quill-and-sons.example"]);
}

#[test]
fn pages_alone_are_read_by_their_tables() {
    let page = |title: &str, body: &str| format!("<html><head><title>{title}</title></head><body>{body}</body></html>");
    let account = "<h1>Account</h1><h3>Login History</h3><table><tr><th>IP</th><th>Country</th><th>Created</th></tr><tr><td>203.0.113.47</td><td>GB</td><td>2017-05-06 07:08:09 UTC</td></tr></table>";
    let chat = "<h1>Chat</h1><table><tr><th>From</th><th>Media Type</th><th>Created</th><th>Text</th></tr><tr><td>benzoe</td><td>TEXT</td><td>2017-05-06 07:08:09 UTC</td><td>hello</td></tr></table>";
    let imported = Archive::new()
        .file("index.html", page("My Data", "<a href=\"html/account.html\">Account</a>"))
        .file("html/account.html", page("Account", account))
        .file("html/snap_history.html", page("Snap History", chat))
        .file("html/chat_history/subpage_benzoe.html", page("benzoe", chat))
        .import_as("mydata_1494054489000.zip");
    assert_eq!(imported.export().company, "snapchat");
    assert_eq!(imported.export().layout.as_deref(), Some("2016"));
    assert!(imported.identifiers(IdKind::Ip)["203.0.113.47"]);
    let pages = imported.section("chat_pages");
    assert_eq!(pages.iter().find_map(|record| record.text.as_deref()), Some("hello"));
    assert_eq!(pages[0].who.as_deref(), Some("benzoe"));
    assert_eq!(imported.with_fate("generic"), [""; 0]);
}

#[test]
fn parts_of_one_export_are_joined_by_their_number() {
    let first = Archive::new()
        .file("json/account.json", r#"{"Basic Information":{"Username":"rosaquill"},"Device Information":{}}"#);
    let second = Archive::new().file("memories/2024-06-05_0f6e3c1a-0000-4000-8000-000000000001-main.jpg", "x");
    let imported =
        Imported::of_files(&[("mydata~1700000000000.zip", first.zip()), ("mydata~1700000000000-2.zip", second.zip())]);
    assert_eq!(imported.export().company, "snapchat");
    assert_eq!(imported.with_fate("media").len(), 1);
}

#[test]
fn a_subscription_has_an_empty_key_and_a_single_file_is_enough_to_be_known() {
    let plus = r#"{"":[{"Purchase Date":"2024-01-01 00:00:00 UTC","Purchase Type":"Monthly","Price":"3.99 GBP"}]}"#;
    let imported = json("snapchat_plus", plus);
    assert_eq!(imported.counts()["purchases"], 1);
    let memories = r#"{"Saved Media":[{"Date":"2024-01-01 00:00:00 UTC","Media Type":"Image","Location":"","Download Link":"https://x.example/?sig=Zz"}]}"#;
    let imported = Archive::new().file("datos/recuerdos.json", memories).import_as("x.zip");
    assert_eq!(imported.export().company, "snapchat");
}

#[test]
fn an_account_file_of_somebody_else_is_not_snapchats() {
    let imported = Archive::new()
        .file("json/account.json", r#"{"account":{"name":"x"}}"#)
        .file("json/friends.json", r#"{"friends":[{"name":"y"}]}"#)
        .import_as("x.zip");
    assert!(imported.export().company.starts_with("unknown"), "{}", imported.export().company);
}

#[test]
fn a_pair_of_time_and_place_says_the_place() {
    let places = r#"{"Frequent Locations":[],"Daily Top Locations":[],"Location History":[["2024-03-02 14:00:00 UTC","51.5, -3.2"]]}"#;
    let found = Archive::new().file("json/location_history.json", places).import_as("mydata~1741079411123.zip");
    let place = &found.section("locations")[0];
    assert_eq!((place.time.as_deref(), place.text.as_deref()), (Some("2024-03-02T14:00:00Z"), Some("51.5, -3.2")));
}

#[test]
fn files_beside_each_other_are_all_read() {
    let found = Archive::new()
        .file("json/account.json", r#"{"Basic Information":{"Username":"rosa.quill"},"Device Information":{}}"#)
        .file(
            "json/custom_sticker.json",
            r#"{"My Custom Stickers":[{"Created":"2025-01-01 00:00:00 UTC","Content":"cat"}]}"#,
        )
        .file("json/community_lenses.json", r#"{"Lenses":[{"Created":"2025-01-02 00:00:00 UTC","Content":"hat"}]}"#)
        .import_as("mydata~1741079411123.zip");
    assert_eq!(found.with_fate("skipped"), [""; 0]);
    let texts: Vec<_> = found.section("stickers").into_iter().filter_map(|one| one.text).collect();
    assert_eq!(texts, ["cat", "hat"]);
}
