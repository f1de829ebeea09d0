//! X, formerly Twitter: scripts `window.YTD.NAME.partN = […]`, in four generations.

use crate::archive::{Archive, Imported, Record};
use std::collections::BTreeMap;
use tellall::record::{Direction, IdKind};
use tellall::report;

fn sample() -> Imported {
    Imported::sample("x")
}

fn ytd(name: &str, items: &str) -> String {
    format!("window.YTD.{name}.part0 = {items}")
}

/// `who: text` of each record.
fn said(records: &[Record]) -> Vec<(Option<&str>, Option<&str>)> {
    records.iter().map(|record| (record.who.as_deref(), record.text.as_deref())).collect()
}

#[test]
fn the_sample_is_known_and_read_to_the_last_file() {
    let all = sample();
    let export = all.export();
    assert_eq!((export.company.as_str(), export.layout.as_deref()), ("x", Some("data")));
    assert_eq!((export.account.as_deref(), export.id.as_str()), (Some("rosaquill"), "x-rosaquill-2024-11-05"));
    assert_eq!(all.problems(), Vec::<String>::new());
    assert_eq!((all.with_fate("failed"), all.with_fate("generic")), (Vec::new(), Vec::new()));
    assert_eq!(all.with_fate("skipped"), ["Your archive.html", "assets/js/main.js", "data/README.txt"]);
    assert_eq!(all.with_fate("media").len(), 1);
}

/// A record of a reply holds fields of the section around it: they are counted where they are listed.
#[test]
fn the_overview_counts_the_fields_that_are_listed() {
    let all = sample();
    let counted: Vec<u64> = report::overview(&all.store).iter().map(|company| company.fields).collect();
    assert_eq!(counted, [all.fields().len() as u64]);
}

#[test]
fn every_section_has_its_records() {
    let counts = sample().counts();
    let expected = [
        ("account", 1),
        ("account_creation_ip", 1),
        ("account_status", 3),
        ("account_timezone", 1),
        ("ad_engagements", 1),
        ("ad_impressions", 4),
        ("ad_interests", 4),
        ("advertisers", 2),
        ("advertisers_excluding", 1),
        ("advertisers_lookalike", 3),
        ("age", 1),
        ("app_conversions", 2),
        ("apps_logged_in", 2),
        ("archive", 4),
        ("archive_files", 65),
        ("article_metadata", 1),
        ("blocked", 1),
        ("branch_links", 1),
        ("community_notes", 1),
        ("community_tweets", 1),
        ("connected_apps", 1),
        ("contacts", 5),
        ("conversation_events", 5),
        ("conversations", 1),
        ("deleted_tweet_headers", 1),
        ("deleted_tweets", 1),
        ("devices", 2),
        ("email_changes", 2),
        ("encryption_keys", 3),
        ("followers", 3),
        ("following", 4),
        ("grok", 2),
        ("installed_apps", 3),
        ("languages", 2),
        ("likes", 3),
        ("link_clicks", 1),
        ("lists", 2),
        ("location_history", 2),
        ("logins", 3),
        ("message_headers", 5),
        ("messages", 5),
        ("muted", 1),
        ("notes", 1),
        ("personalization", 1),
        ("phone_number", 1),
        ("profile", 1),
        ("protected_history", 2),
        ("reply_prompts", 1),
        ("saved_searches", 2),
        ("screen_name_changes", 1),
        ("shows", 1),
        ("smart_blocked", 1),
        ("sso", 1),
        ("tweet_headers", 6),
        ("tweetdeck", 3),
        ("tweets", 6),
        ("web_conversions", 2),
    ];
    let expected: BTreeMap<String, u64> = expected.map(|(section, count)| (section.to_owned(), count)).into();
    assert_eq!(counts, expected);
}

#[test]
fn posts_have_time_and_plain_text_over_all_parts() {
    let posts = sample().section("tweets");
    let firsts: Vec<_> = posts.iter().map(|post| (post.time.as_deref(), post.text.as_deref())).collect();
    assert_eq!(firsts[0], (Some("2014-03-08T18:00:00Z"), Some("just setting up my garden")));
    assert_eq!(firsts[1].1, Some("@benzoe tomatoes > courgettes, always"));
    assert_eq!(firsts[3].1, Some("RT @hanako_y: 庭の椿が咲きました https://t.example/…"));
    assert_eq!(posts[4].value("[].tweet.entities.hashtags[].text"), Some("gardening"));
    assert_eq!(posts[5].time.as_deref(), Some("2023-08-30T22:20:03Z"));
    let pictures = posts[4].values.iter().filter(|(field, _)| field == "[].tweet.extended_entities.media[].id_str");
    assert_eq!(pictures.count(), 2, "all pictures, not only the first");
}

#[test]
fn a_long_post_is_whole_and_deleted_ones_are_there() {
    let all = sample();
    let notes = all.section("notes");
    assert!(notes[0].text.as_deref().is_some_and(|text| text.ends_with("Worms!")), "{notes:?}");
    assert_eq!(said(&all.section("deleted_tweets")), [(None, Some("my landlord is a potato"))]);
    assert_eq!(said(&all.section("reply_prompts")), [(None, Some("you absolute turnip"))]);
}

#[test]
fn a_like_has_the_time_of_the_post_unless_its_number_is_older_than_such_numbers() {
    let likes = sample().section("likes");
    let times: Vec<_> = likes.iter().map(|like| like.time.as_deref()).collect();
    assert_eq!(times, [Some("2020-03-21T08:00:00Z"), Some("2024-06-28T08:00:00Z"), None]);
    assert_eq!(likes[1].text.as_deref(), Some("Pride march in Bath, noon & after"));
}

#[test]
fn messages_are_by_name_where_a_post_mentions_somebody() {
    let all = sample();
    let messages = all.section("messages");
    let lines = [
        (Some("Rosa Quill 🌿"), None),
        (Some("Marta Quill"), Some("quiz at eight?")),
        (Some("8812200"), Some("you have won")),
        (Some("Ben Zoë"), Some("what is your address now? https://t.example/m1")),
        (Some("Rosa Quill 🌿"), Some("it is <3 and 203.0.113.47, do not ask")),
    ];
    assert_eq!(said(&messages), lines);
    let threads: Vec<_> = messages.iter().map(|message| message.thread.as_deref().unwrap_or_default()).collect();
    let (ben, unknown) = ("Ben Zoë, Rosa Quill 🌿", "Rosa Quill 🌿, 8812200");
    assert_eq!(threads, [ben, "Lockdown gardeners", unknown, ben, ben]);
    assert_eq!(messages[4].time.as_deref(), Some("2024-03-02T09:05:00.123Z"));
    assert_eq!(messages[3].value("[].dmConversation.messages[].messageCreate.reactions[].reactionKey"), Some("funny"));
}

#[test]
fn joining_leaving_and_renaming_are_events_of_the_conversation() {
    let events = sample().section("conversation_events");
    let of: Vec<_> = events.iter().map(|event| (event.thread.as_deref(), event.who.as_deref())).collect();
    let group = Some("Lockdown gardeners");
    let who = [Some("Marta Quill"), Some("Rosa Quill 🌿"), Some("Rosa Quill 🌿"), Some("山田 花子"), None];
    assert_eq!(of, who.map(|who| (group, who)));
}

#[test]
fn questions_to_the_machine_are_messages() {
    let grok = sample().section("grok");
    let lines = [
        (Some("User"), Some("is a lump behind the ear dangerous?")),
        (Some("Agent"), Some("Mostly not, but see a doctor.")),
    ];
    assert_eq!(said(&grok), lines);
    assert_eq!(grok[0].thread.as_deref(), Some("1850"));
}

#[test]
fn identifiers_are_the_owners_or_others() {
    let all = sample();
    let phones = all.identifiers(IdKind::Phone);
    assert_eq!(phones.get("+447700900123"), Some(&true));
    for others in ["+447700900456", "+447700900789", "+12025550143", "+12025550117", "+12025550188"] {
        assert_eq!(phones.get(others), Some(&false), "{others}: {phones:?}");
    }
    let emails = all.identifiers(IdKind::Email);
    let mine: Vec<_> = emails.iter().filter(|(_, mine)| **mine).map(|(email, _)| email.as_str()).collect();
    assert_eq!(mine, ["r.quill@quill-and-sons.example", "rosa.quill@example.com"]);
    assert_eq!(emails.get("a.ruiz@clinic.example"), Some(&false));
    let ips = all.identifiers(IdKind::Ip);
    assert!(["203.0.113.47", "198.51.100.23", "2001:db8::47"].iter().all(|ip| ips.get(*ip) == Some(&true)), "{ips:?}");
    assert_eq!(all.identifiers(IdKind::Device).get("a81f33d07c2e94b5"), Some(&true));
    let names = all.identifiers(IdKind::Username);
    assert_eq!((names.get("rosaquill"), names.get("rosa_gardens")), (Some(&true), Some(&true)));
    assert_eq!((names.get("benzoe"), names.get("marta_q")), (Some(&false), Some(&false)));
    assert_eq!(all.identifiers(IdKind::AccountId).get("310400112"), Some(&false));
    assert_eq!(all.identifiers(IdKind::Birthday).get("1987-04-12"), Some(&true));
}

#[test]
fn tokens_and_keys_are_not_in_the_index() {
    let all = sample();
    for secret in ["SecretDeviceToken", "SecretPushToken", "regSecretToken", "SecretIdentityKey"] {
        assert!(!all.index_holds(secret), "{secret}");
    }
    let held = all.section("apps_logged_in");
    let token = held[0].value("[].deviceToken.token").unwrap_or_default();
    assert!(token.starts_with("‹secret"), "{token}");
}

#[test]
fn who_targeted_gave_and_received_is_told_with_the_reason() {
    let all = sample();
    let recipients = all.recipients();
    let count = |name: &str, direction: Direction, basis: &str| {
        let rows = recipients.iter().filter(|row| row.names.iter().any(|known| known == name));
        let rows = rows.filter(|row| row.direction == direction && row.basis.contains(basis));
        rows.map(|row| row.records).sum::<u64>()
    };
    assert_eq!(count("Larkspur Garden Shop", Direction::Targeted, "adverts shown"), 1);
    assert_eq!(count("Larkspur Garden Shop", Direction::Gave, "its own data was a reason"), 2);
    assert_eq!(count("Tidewater Travel", Direction::Gave, "its own data was a reason"), 1);
    assert_eq!(
        count("Northwind Insurance", Direction::Gave, "its own data was a reason"),
        0,
        "look-alikes are X's work"
    );
    assert_eq!(count("Tidewater Travel", Direction::Gave, "activity on a website"), 1);
    assert_eq!(count("Cycle Diary", Direction::Gave, "activity in an app"), 1);
    assert_eq!(count("@larkspurgarden", Direction::Gave, "audience the advertiser made"), 1);
    assert_eq!(count("@northwindins", Direction::Targeted, "lookalike"), 1);
    assert_eq!(count("Harbour Fitness", Direction::Received, "access to the account"), 1);
    assert_eq!(count("Google", Direction::Gave, "single sign-on"), 1);
}

#[test]
fn interests_switched_off_and_permissions_are_choices() {
    let choices = sample().choices();
    let told: Vec<_> = choices.iter().map(|choice| (choice.what.as_str(), choice.value.as_str())).collect();
    for expected in [
        ("Interest \"Pregnancy\" is not to be used", "true"),
        ("Language \"Spanish\" is not to be used", "true"),
        ("Harbour Fitness may", "write"),
        ("Who sees your posts", "Protect"),
    ] {
        assert!(told.contains(&expected), "{expected:?} in {told:?}");
    }
    assert!(!told.iter().any(|(what, _)| what.contains("Gardening")), "what is on is no choice on record");
}

#[test]
fn what_x_infers_is_told_from_what_was_given() {
    let all = sample();
    let check = |section: &str, field: &str, category: &str, origin: &str| {
        assert_eq!(all.meaning(section, field), (category.to_owned(), origin.to_owned()), "{field}");
    };
    check("ad_interests", "[].p13nData.interests.interests[].name", "inferred", "inferred");
    check("personalization", "[].p13nData.demographics.genderInfo.gender", "gender", "inferred");
    check("installed_apps", "[].app.appNames[]", "apps", "inferred");
    check("location_history", "[].p13nData.locationHistory[]", "location", "inferred");
    check("tweets", "[].tweet.lang", "language", "inferred");
    check("advertisers", "[].p13nData.interests.audienceAndAdvertisers.advertisers[]", "advertiser", "third-party");
    check("contacts", "[].contact.phoneNumbers[]", "phone", "provided");
    check("tweets", "[].tweet.coordinates.coordinates[]", "gps", "observed");
}

#[test]
fn the_archives_own_explanations_stand_beside_the_fields() {
    let fields = sample().fields();
    let said = |section: &str, field: &str| {
        let held = fields.iter().find(|held| held.section == section && held.field == field);
        held.and_then(|held| held.description.clone()).unwrap_or_default()
    };
    assert_eq!(said("logins", "[].ipAudit.loginIp"), "IP address associated with the login.");
    assert_eq!(said("tweets", "[].tweet.full_text"), "The text of the post as it was written, including links.");
    assert_eq!(said("likes", "[].like.tweetId"), "");
}

#[test]
fn a_file_that_holds_fewer_records_than_the_manifest_says_is_a_problem() {
    let manifest = r#"window.__THAR_CONFIG = {"userInfo":{"userName":"rosaquill"},"dataTypes":{
        "like":{"files":[{"fileName":"data/like.js","globalName":"YTD.like.part0","count":"12"}]},
        "mute":{"files":[{"fileName":"data/mute.js","globalName":"YTD.mute.part0","count":"1"}]},
        "tweets":{"files":[{"fileName":"data/tweets-part1.js","globalName":"YTD.tweets.part1","count":"3"}]},
        "block":{"files":[{"fileName":"data/block.js","globalName":"YTD.block.part0","count":"0"}]}}}"#;
    let likes: Vec<String> = (0..11).map(|id| format!(r#"{{"like":{{"tweetId":"{id}"}}}}"#)).collect();
    let all = Archive::new()
        .file("data/manifest.js", manifest)
        .file("data/like.js", ytd("like", &format!("[{}]", likes.join(","))))
        .file("data/mute.js", ytd("mute", r#"[{"muting":{"accountId":"7"}}]"#))
        .file("data/block.js", ytd("block", "[ ]"))
        .import_as("x.zip");
    let expected = [
        "data/manifest.js . names data/tweets-part1.js with 3 records, which is not here",
        "data/like.js . the archive's manifest says 12 records, 11 were read",
    ];
    assert_eq!(all.problems(), expected);
}

#[test]
fn posts_without_wrapper_in_the_root_are_those_of_the_first_gdpr_exports() {
    let tweet = r#"[ {
  "retweeted" : false,
  "id_str" : "1033816000000000000",
  "created_at" : "Sun Aug 26 20:48:00 +0000 2018",
  "full_text" : "a &amp; b",
  "entities" : { "user_mentions" : [ { "name" : "Ben Zoë", "screen_name" : "benzoe", "id_str" : "31" } ] }
} ]"#;
    let conversation = r#"[ { "dmConversation" : { "conversationId" : "31-42", "messages" : [ { "messageCreate" : {
        "recipientId" : "42", "text" : "hello", "mediaUrls" : [ ], "senderId" : "31", "id" : "1", "createdAt" : "2018-01-02T03:04:05.678Z" } } ] } } ]"#;
    let archive = Archive::new()
        .file("account.js", ytd("account", r#"[ { "account" : { "phoneNumber" : "+447700900123", "email" : "rosa.quill@example.com", "username" : "rosaquill", "accountId" : "42", "accountDisplayName" : "Rosa" } } ]"#))
        .file("tweet.js", ytd("tweet", tweet))
        .file("direct-message.js", ytd("direct_message", conversation))
        .file("personalization.js", ytd("personalization", r#"[ { "p13nData" : { "interests" : { "interests" : [ { "name" : "Tea", "isDisabled" : false } ] } } } ]"#))
        .file("lists-created.js", ytd("lists_created", r#"[ { "userListInfo" : { "urls" : [ "https://twitter.com/a/lists/b", "https://twitter.com/a/lists/c" ] } } ]"#));
    for all in [archive.import_as("twitter-2019-05-05.zip"), archive.import_folder()] {
        let export = all.export();
        assert_eq!((export.company.as_str(), export.layout.as_deref()), ("x", Some("root")));
        let post = &all.section("tweets")[0];
        assert_eq!((post.time.as_deref(), post.text.as_deref()), (Some("2018-08-26T20:48:00Z"), Some("a & b")));
        assert_eq!(said(&all.section("messages")), [(Some("Ben Zoë"), Some("hello"))]);
        assert_eq!(all.counts()["lists"], 2);
        assert_eq!(all.identifiers(IdKind::Phone).get("+447700900123"), Some(&true));
        assert_eq!((all.problems(), all.with_fate("generic")), (Vec::new(), Vec::new()));
    }
}

#[test]
fn the_layout_of_2020_has_a_manifest_and_the_old_names() {
    let all = Archive::new()
        .file(
            "data/manifest.js",
            r#"window.__THAR_CONFIG = {"userInfo":{"accountId":"42","userName":"rosaquill","displayName":"Rosa"}}"#,
        )
        .file("data/account.js", ytd("account", r#"[ { "account" : { "accountId" : "42" } } ]"#))
        .file(
            "data/tweet.js",
            ytd("tweet", r#"[{"tweet":{"id_str":"1","created_at":"Wed Aug 30 22:20:03 +0000 2021","full_text":"x"}}]"#),
        )
        .file(
            "data/tweet-part1.js",
            ytd("tweet", r#"[{"tweet":{"id_str":"2","created_at":"Wed Aug 30 22:20:04 +0000 2021","full_text":"y"}}]"#),
        )
        .file("data/direct-message.js", ytd("direct_message", "[ ]"))
        .import_as("x.zip");
    assert_eq!(all.export().layout.as_deref(), Some("data-2020"));
    assert_eq!(all.counts()["tweets"], 2);
}

#[test]
fn the_classic_archive_is_read_from_its_scripts_and_not_twice() {
    let tweets = "Grailbird.data.tweets_2016_05 = \n [ {\n  \"source\" : \"web\",\n  \"entities\" : { \"user_mentions\" : [ ] },\n  \
        \"id_str\" : \"727365\",\n  \"text\" : \"spring\",\n  \"id\" : 727365,\n  \"created_at\" : \"2016-05-03 05:21:50 +0000\",\n  \
        \"user\" : { \"name\" : \"Rosa Quill\", \"screen_name\" : \"rosaquill\", \"id_str\" : \"42\" }\n} ]";
    let table = "\"tweet_id\",\"in_reply_to_status_id\",\"in_reply_to_user_id\",\"timestamp\",\"source\",\"text\",\"retweeted_status_id\",\
        \"retweeted_status_user_id\",\"retweeted_status_timestamp\",\"expanded_urls\"\n\"727365\",\"\",\"\",\"2016-05-03 05:21:50 +0000\",\"web\",\"spring\",\"\",\"\",\"\",\"\"\n";
    let classic = Archive::new()
        .file("data/js/user_details.js", "var user_details =  {\n  \"expanded_url\" : \"\",\n  \"screen_name\" : \"rosaquill\",\n  \"location\" : \"Bath\",\n  \"full_name\" : \"Rosa Quill\",\n  \"bio\" : \"Gardens\",\n  \"id\" : \"42\",\n  \"created_at\" : \"2014-03-08 17:21:09 +0000\"\n}")
        .file("data/js/payload_details.js", "var payload_details =  {\n  \"tweets\" : 1,\n  \"created_at\" : \"2016-06-01 00:00:00 +0000\",\n  \"lang\" : \"en\"\n}")
        .file("data/js/tweet_index.js", "var tweet_index =  [ {\n  \"file_name\" : \"data/js/tweets/2016_05.js\",\n  \"year\" : 2016,\n  \"var_name\" : \"tweets_2016_05\",\n  \"tweet_count\" : 1,\n  \"month\" : 5\n} ]")
        .file("data/js/tweets/2016_05.js", tweets)
        .file("tweets.csv", table)
        .file("js/application.js", "!function(){}();")
        .file("index.html", "<!doctype html><title>archive</title>");
    let all = classic.import_as("42_0123456789abcdef0123456789abcdef01234567.zip");
    let export = all.export();
    assert_eq!((export.company.as_str(), export.layout.as_deref()), ("x", Some("classic")));
    assert_eq!(all.section("tweets")[0].time.as_deref(), Some("2016-05-03T05:21:50Z"));
    assert_eq!(said(&all.section("tweets")), [(None, Some("spring"))]);
    assert_eq!((all.counts().get("tweets_table"), all.with_fate("skipped").len()), (None, 3));
    assert_eq!((all.with_fate("generic"), all.with_fate("failed")), (Vec::new(), Vec::new()));
    assert_eq!(export.account.as_deref(), Some("rosaquill"));
    let alone = Imported::of_files(&[("tweets.csv", table.as_bytes().to_vec())]);
    assert_eq!((alone.companies(), alone.counts()["tweets_table"]), (vec!["x"], 1));
}

#[test]
fn files_under_other_names_are_known_by_what_they_wrap() {
    let all = Archive::new()
        .file("meine Daten/Anmeldungen.js", ytd("ip_audit", r#"[{"ipAudit":{"accountId":"42","createdAt":"2024-02-03T04:05:06.000Z","loginIp":"192.0.2.10","loginPortNumber":51000}}]"#))
        .file("meine Daten/Sachen.js", ytd("follower", r#"[{"follower":{"accountId":"7"}}]"#))
        .import_as("renamed.zip");
    assert_eq!(all.companies(), ["x"]);
    assert_eq!((all.counts()["logins"], all.counts()["followers"]), (1, 1));
}

#[test]
fn a_single_file_will_do_and_other_scripts_are_not_taken_for_one() {
    let follower = ytd("follower", r#"[{"follower":{"accountId":"7"}}]"#);
    assert_eq!(Imported::of_files(&[("follower.js", follower.into_bytes())]).companies(), ["x"]);
    let other =
        Archive::new().file("data/tweets.json", r#"[{"text":"a"}]"#).file("data/account.js", "var account = [1];");
    assert!(other.import_as("other.zip").companies()[0].starts_with("unknown:"));
}

#[test]
fn copies_in_one_folder_are_exports_of_their_own() {
    let follower = |id: &str| ytd("follower", &format!(r#"[{{"follower":{{"accountId":"{id}"}}}}]"#));
    let all = Archive::new().file("follower.js", follower("7")).file("follower (1).js", follower("8")).import_folder();
    assert_eq!(all.companies(), ["x", "x"]);
}

#[test]
fn an_unknown_kind_of_message_and_of_wrapper_loses_nothing() {
    let all = Archive::new()
        .file("data/direct-messages.js", ytd("direct_messages", r#"[{"dmConversation":{"conversationId":"1-2","messages":[{"stickerCreate":{"senderId":"1","createdAt":"2024-01-01T00:00:00.000Z","text":"wave"}}]}}]"#))
        .file("data/ip-audit.js", ytd("ip_audit", r#"[{"ipAuditV9":{"loginIp":"192.0.2.10"}}]"#))
        .import_as("x.zip");
    assert_eq!(said(&all.section("messages")), [(Some("1"), Some("wave"))]);
    assert_eq!(all.section("logins")[0].values[0].1, "192.0.2.10");
}

#[test]
fn a_damaged_file_costs_its_own_rest_alone() {
    let all = Archive::new()
        .file("data/follower.js", ytd("follower", r#"[{"follower":{"accountId":"7"}},{"follower":{"acc"#))
        .file("data/following.js", ytd("following", r#"[{"following":{"accountId":"8"}}]"#))
        .import_as("x.zip");
    assert_eq!(all.with_fate("failed"), ["data/follower.js"]);
    assert_eq!((all.counts()["followers"], all.counts()["following"]), (1, 1));
}

#[test]
fn the_test_data_of_another_project_is_read() {
    let Some(all) = Imported::fixture("twitter/dogsheep+twitter-to-sqlite/tests/zip_contents") else { return };
    assert_eq!(all.companies(), ["x"]);
    assert_eq!((all.with_fate("failed"), all.with_fate("generic")), (Vec::new(), Vec::new()));
    let counts = all.counts();
    assert_eq!(
        (counts["followers"], counts["following"], counts["saved_searches"], counts["installed_apps"]),
        (2, 2, 2, 1)
    );
    assert_eq!(all.identifiers(IdKind::Username).get("simonw"), Some(&true));
}
