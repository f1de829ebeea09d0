//! Every record of the samples is in the index, no more, no less; every entry has a fate.

use crate::counter::{dated_lines, elements, elements_of_all, entries, json, text as sample_text};
use crate::world::*;
use serde_json::Value;

const FIRST: &str = "facebook/facebook-rosa.quill-2024-11-02-AbCd1234.zip";
const SECOND: &str = "facebook/facebook-rosa.quill-2024-11-02-EfGh5678.zip";
const OF_2019: &str = "facebook/facebook-rosa.quill.zip";
const OF_2021: &str = "facebook/facebook-rosa.quill-2021-06-01-ZzYyXx11.zip";
const OF_2023: &str = "facebook/facebook-rosa.quill-2023-05-20-QwErTy12.zip";
const ACCOUNT: &str = "whatsapp/My account info.zip";
const GERMAN: &str = "whatsapp/WhatsApp-Chat mit Marta Quill.zip";
const LARKSPUR_ZIP: &str = "larkspur/larkspur-data-export-2025-03-01.zip";
const MESSENGER_ZIP: &str = "messenger/messages.zip";

/// Records of one section of one export.
fn held(export: &str, section: &str) -> u64 {
    count(&format!("export:{export} section:{section}"))
}

fn export(id: &str) -> Value {
    let exports = tellall(&["exports", "--json"]).ended(0).json();
    let found = list(&exports, "exports").iter().find(|export| export["id"] == id);
    found.unwrap_or_else(|| panic!("{id} is not in the index")).clone()
}

fn ledger(id: &str) -> Vec<Value> {
    list(&tellall(&["ledger", id, "--json"]).ended(0).json(), "entries").to_vec()
}

#[test]
fn every_element_of_the_first_part_of_2024_is_one_record() {
    let profile = "profile_information.json";
    assert!(json(FIRST, profile)["profile_v2"].is_object());
    assert_eq!(held(FACEBOOK_2024, "profile"), 1);
    assert_eq!(held(FACEBOOK_2024, "friends"), elements(FIRST, "your_friends.json", "/friends_v2"));
    let advertisers =
        elements(FIRST, "advertisers_using_your_activity_or_information.json", "/custom_audiences_all_types_v2");
    assert_eq!(held(FACEBOOK_2024, "advertisers"), advertisers);
    assert_eq!(
        held(FACEBOOK_2024, "ad_categories"),
        elements(FIRST, "other_categories_used_to_reach_you.json", "/bcts")
    );
    let forms = elements(FIRST, "information_you_ve_submitted_to_advertisers.json", "/lead_gen_info_v2");
    assert_eq!(held(FACEBOOK_2024, "lead_forms"), forms);
    let apps = elements(FIRST, "connected_apps_and_websites.json", "/installed_apps_v2");
    assert_eq!(held(FACEBOOK_2024, "connected_apps"), apps);
    assert_eq!(held(FACEBOOK_2024, "logins"), elements(FIRST, "account_activity.json", "/account_activity_v2"));
    assert_eq!(held(FACEBOOK_2024, "sessions"), elements(FIRST, "where_you_re_logged_in.json", "/active_sessions_v2"));
    assert_eq!(held(FACEBOOK_2024, "devices"), elements(FIRST, "mobile_devices.json", "/devices_v2"));
    assert_eq!(held(FACEBOOK_2024, "searches"), elements(FIRST, "your_search_history.json", "/searches_v2"));
    assert_eq!(held(FACEBOOK_2024, "ad_interests"), elements(FIRST, "ads_interests.json", "/topics_v2"));
    let cookies = json(FIRST, "browser_cookies.json")["datr_stats_v2"].as_object().expect("an object").len() as u64;
    assert_eq!(held(FACEBOOK_2024, "cookies"), cookies);
}

#[test]
fn uploaded_contacts_count_one_by_one_and_the_ids_of_their_list_with_each() {
    let contacts = json(FIRST, "your_imported_contacts.json");
    let listed = list(&contacts["label_values"][0], "vec").len() as u64;
    // The ids of the list itself stand beside it: its elements repeat them.
    assert!(contacts["fbid"].is_string());
    assert_eq!(held(FACEBOOK_2024, "uploaded_contacts"), listed);
    let of_2019 = elements(OF_2019, "your_address_books.json", "/address_book/address_book");
    assert_eq!(held(FACEBOOK_2019, "uploaded_contacts"), of_2019);
}

#[test]
fn each_event_off_the_platform_is_a_record_and_so_is_a_business_without_events() {
    let activity = json(FIRST, "your_activity_off_meta_technologies.json");
    let businesses = list(&activity, "off_facebook_activity_v2");
    let events: usize = businesses.iter().map(|business| list(business, "events").len()).sum();
    let without = businesses.iter().filter(|business| list(business, "events").is_empty()).count();
    assert_eq!((events, without), (4, 1));
    assert_eq!(held(FACEBOOK_2024, "off_facebook"), (events + without) as u64);
}

#[test]
fn every_message_post_comment_and_reaction_of_2024_is_one_record() {
    let messages = elements_of_all(SECOND, "/messages/inbox/", ".json", "/messages");
    assert_eq!(held(FACEBOOK_2024, "messages"), messages);
    let conversations = entries(SECOND).iter().filter(|(name, _)| name.ends_with("/message_1.json")).count() as u64;
    assert_eq!(held(FACEBOOK_2024, "conversations"), conversations);
    assert_eq!(held(FACEBOOK_2024, "posts"), elements(SECOND, "your_posts__check_ins__photos_and_videos_1.json", ""));
    assert_eq!(held(FACEBOOK_2024, "comments"), elements(SECOND, "comments.json", "/comments_v2"));
    assert_eq!(held(FACEBOOK_2024, "reactions"), elements(SECOND, "likes_and_reactions_1.json", ""));
}

#[test]
fn what_both_snapshots_of_an_account_hold_counts_once() {
    let chat = json(OF_2019, "messages/inbox/BenZoe_a1b2c3/message_1.json");
    let older = list(&chat, "messages");
    let newer = json(SECOND, "benzoe_1234567890/message_1.json");
    let both = older.iter().all(|old| list(&newer, "messages").iter().any(|new| new["content"] == old["content"]));
    assert!(both, "the sample repeats all of 2019 in 2024");
    assert_eq!(count(r#"co:facebook section:messages "we could take the train""#), 1);
    assert_eq!(held(FACEBOOK_2019, "messages"), 0, "all of them are in the newer one");
    let facebook = elements_of_all(SECOND, "/messages/inbox/", ".json", "/messages") + 2;
    assert_eq!(count("co:facebook section:messages"), facebook, "2024, and two of the pages of 2023");
    let lines = ledger(FACEBOOK_2019);
    let line = lines.iter().find(|line| text(line, "entry").ends_with("message_1.json")).expect("its entry");
    assert_eq!(
        line["records"],
        older.len() as u64 + 1,
        "the older one keeps its own: messages, and the title of the chat"
    );
}

#[test]
fn the_summary_tells_as_many_records_of_a_year_as_the_timeline() {
    let summary = tellall(&["summary", "--format", "json", "--reproducible"]).ended(0).json();
    let timeline = tellall(&["timeline", "--by", "year", "--json"]).ended(0).json();
    assert_eq!(summary["timeline"]["facebook"], timeline["companies"]["facebook"], "what snapshots share counts once");
}

#[test]
fn a_key_that_was_renamed_from_layout_to_layout_makes_no_second_record() {
    assert_eq!(elements(OF_2019, "friends.json", "/friends"), elements(FIRST, "your_friends.json", "/friends_v2"));
    assert_eq!(count("co:facebook section:friends"), elements(FIRST, "your_friends.json", "/friends_v2"));
    assert_eq!(held(FACEBOOK_2019, "profile"), 0, "`profile` says what `profile_v2` says");
    assert_eq!(json(OF_2019, "ads_interests.json")["topics"], serde_json::json!(["Cats", "Allotments"]));
    let cats = hits(&format!("export:{FACEBOOK_2019} section:ad_interests"));
    assert_eq!(texts(&cats, "text"), ["Cats"], "allotments are in 2024 too");
}

#[test]
fn of_an_older_snapshot_what_the_newer_one_lacks_is_still_found() {
    assert_eq!(held(FACEBOOK_2019, "ip_addresses"), elements(OF_2019, "used_ip_addresses.json", "/used_ip_address"));
    let places = elements(OF_2019, "location_history.json", "/location_history");
    assert_eq!(held(FACEBOOK_2019, "location_exact"), places);
    assert_eq!(held(FACEBOOK_2019, "searches"), elements(OF_2019, "your_search_history.json", "/searches"));
}

#[test]
fn every_block_of_the_pages_of_2023_is_one_record() {
    let pages = entries(OF_2023);
    let page = |end: &str| {
        let found = pages.iter().find(|(name, _)| name.ends_with(end)).expect("the page is there");
        String::from_utf8(found.1.clone()).expect("UTF-8")
    };
    let chat = page("messages/inbox/benzoe_1234567890/message_1.html");
    assert_eq!(held(FACEBOOK_2023, "messages"), chat.matches("<div class=\"pam").count() as u64);
    let advertisers = page("advertisers_using_your_activity_or_information.html");
    assert_eq!(held(FACEBOOK_2023, "advertisers"), advertisers.matches("<div class=\"pam").count() as u64);
    assert_eq!(held(FACEBOOK_2023, "conversations"), chat.matches("<title>").count() as u64);
}

#[test]
fn a_message_of_a_page_says_who_and_what() {
    let found = hits(&format!("export:{FACEBOOK_2023} perfect"));
    assert_eq!(found.len(), 1);
    assert_eq!((text(&found[0], "who"), text(&found[0], "text")), ("Rosa Quill", "Perfect 👌"));
    assert_eq!(text(&found[0], "thread"), "Ben Zoë");
}

#[test]
fn the_account_report_of_whatsapp_is_complete() {
    assert_eq!(held(WHATSAPP, "contacts"), elements(ACCOUNT, "whatsapp_connections/contacts.json", "/wa_contacts"));
    assert_eq!(held(WHATSAPP, "groups"), elements(ACCOUNT, "groups.json", "/wa_groups"));
    assert_eq!(held(WHATSAPP, "terms"), elements(ACCOUNT, "terms_of_service.json", "/wa_terms_of_service"));
    assert_eq!(held(WHATSAPP, "devices"), elements(ACCOUNT, "account_settings.json", "/wa_settings/device_info"));
    let user = json(ACCOUNT, "user_information.json");
    let activity =
        list(&user, "label_values").iter().find(|value| value["label"] == "Device Activity").expect("it is there");
    assert_eq!(held(WHATSAPP, "device_activity"), list(activity, "vec").len() as u64);
    assert_eq!(held(WHATSAPP, "profile"), 1);
    assert_eq!(held(WHATSAPP, "registration"), 1);
    assert_eq!(elements(ACCOUNT, "avatars_information.json", "/wa_avatars"), 0);
    assert_eq!(held(WHATSAPP, "avatars"), 0);
}

#[test]
fn every_dated_line_of_an_exported_chat_is_one_message() {
    let english =
        dated_lines(&sample_text("whatsapp/WhatsApp Chat with Ben Zoë.txt"), r"^\d\d/\d\d/\d{4}, \d\d:\d\d - ");
    let spanish =
        dated_lines(&sample_text("whatsapp/Chat de WhatsApp con José Ibarra.txt"), r"^\d+/\d+/\d\d, \d+:\d\d");
    let german = entries(GERMAN).into_iter().find(|(name, _)| name == "_chat.txt").expect("the chat").1;
    let german =
        dated_lines(&String::from_utf8(german).expect("UTF-8"), r"^\u{200e}?\[\d\d\.\d\d\.\d\d, \d\d:\d\d:\d\d\] ");
    assert_eq!((english, spanish, german), (13, 6, 7));
    assert_eq!(held(ENGLISH_CHAT, "chats"), english);
    assert_eq!(held(SPANISH_CHAT, "chats"), spanish);
    assert_eq!(held(GERMAN_CHAT, "chats"), german);
}

#[test]
fn the_encrypted_chats_of_messenger_are_complete() {
    assert_eq!(held(MESSENGER, "messages"), elements_of_all(MESSENGER_ZIP, "messages/", ".json", "/messages"));
    let chats = entries(MESSENGER_ZIP).iter().filter(|(name, _)| name.starts_with("messages/")).count() as u64;
    assert_eq!(held(MESSENGER, "conversations"), chats);
}

#[test]
fn a_company_nobody_knows_is_counted_by_its_structure() {
    assert_eq!(held(LARKSPUR, "other:devices"), elements(LARKSPUR_ZIP, "devices.json", "/devices"));
    assert_eq!(held(LARKSPUR, "other:data_partners"), elements(LARKSPUR_ZIP, "data_partners.json", "/sharedWith"));
    let csv = entries(LARKSPUR_ZIP).into_iter().find(|(name, _)| name == "larkspur/orders.csv").expect("the orders").1;
    let rows = String::from_utf8(csv).expect("UTF-8").lines().count() as u64 - 1;
    assert_eq!(held(LARKSPUR, "other:orders"), rows);
    assert_eq!(held(LARKSPUR, "other:customer_profile"), 1);
}

#[test]
fn of_an_archive_that_was_cut_off_whole_entries_count_and_the_broken_one_is_the_only_failure() {
    let bytes = std::fs::read(samples().join(OF_2021)).expect("the sample is there");
    assert!(zip::ZipArchive::new(std::io::Cursor::new(&bytes)).is_err(), "it has no directory");
    let headers = bytes.windows(4).filter(|window| window == b"PK\x03\x04").count() as u64;
    let held_entries = export(FACEBOOK_2021)["entries"].clone();
    assert_eq!(held_entries["total"], headers);
    assert_eq!(held_entries["failed"], 1);
    let warnings = export(FACEBOOK_2021)["warnings"].clone();
    let said = "facebook-rosa.quill-2021-06-01-ZzYyXx11.zip: cut off at byte 3,072: 2 whole entries recovered";
    assert_eq!(warnings, serde_json::json!([said]));
    assert_eq!(held(FACEBOOK_2021, "ad_interests"), 40, "as many as the generator writes");
    assert_eq!(held(FACEBOOK_2021, "searches"), 1);
    let failed = tellall(&["ledger", "--fate", "failed", "--json"]).ended(0).json();
    let failed = list(&failed, "entries");
    assert_eq!(failed.len(), 1, "of all archives: {failed:#?}");
    assert_eq!(text(&failed[0], "entry"), "posts/your_posts_1.json");
    assert_eq!(text(&failed[0], "export"), FACEBOOK_2021);
    assert!(text(&failed[0], "why").starts_with("cut off: "));
}

#[test]
fn fates_add_up_to_the_entries_of_the_archives() {
    let archives: [(&str, &[&str]); 6] = [
        (FACEBOOK_2019, &[OF_2019]),
        (FACEBOOK_2023, &[OF_2023]),
        (FACEBOOK_2024, &[FIRST, SECOND]),
        (MESSENGER, &[MESSENGER_ZIP]),
        (LARKSPUR, &[LARKSPUR_ZIP]),
        (WHATSAPP, &[ACCOUNT]),
    ];
    for (id, parts) in archives {
        let files: Vec<String> = parts.iter().flat_map(|part| entries(part)).map(|(name, _)| name).collect();
        let lines = ledger(id);
        assert_eq!(texts(&lines, "entry"), files, "{id}: each entry once, in the order of the archive");
        let fates = export(id)["entries"].clone();
        assert_eq!(fates["total"], files.len());
        for fate in ["read", "generic", "media", "skipped", "failed"] {
            let lines = lines.iter().filter(|line| line["fate"] == fate).count();
            assert_eq!(fates[fate], lines, "{id} {fate}");
        }
    }
}

#[test]
fn records_of_an_export_are_those_of_its_entries_and_all_are_found() {
    for id in [FACEBOOK_2021, FACEBOOK_2023, FACEBOOK_2024, MESSENGER, LARKSPUR, WHATSAPP, ENGLISH_CHAT, GERMAN_CHAT] {
        let sum: u64 = ledger(id).iter().map(|line| line["records"].as_u64().expect("a number")).sum();
        assert_eq!(export(id)["records"], sum, "{id}");
        assert_eq!(count(&format!("export:{id}")), sum, "{id}");
        assert_eq!(hits(&format!("export:{id}")).len() as u64, sum, "{id}");
    }
}

#[test]
fn parts_of_one_export_are_one_export_with_the_digest_of_each() {
    let export = export(FACEBOOK_2024);
    let parts = list(&export, "parts");
    assert_eq!(parts.len(), 2);
    for (part, file) in parts.iter().zip([FIRST, SECOND]) {
        let bytes = std::fs::read(samples().join(file)).expect("the sample is there");
        assert_eq!(text(part, "file"), file.rsplit('/').next().expect("a name"));
        assert_eq!(part["bytes"], bytes.len());
        assert_eq!(text(part, "blake3"), blake3::hash(&bytes).to_string());
    }
    assert_eq!((text(&export, "company"), text(&export, "account")), ("facebook", "rosa.quill"));
    assert_eq!(text(&export, "as_of"), "2024-11-02");
}
