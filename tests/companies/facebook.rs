//! Facebook: pages, loose files, and what nobody may read.

use crate::archive::{Archive, Imported};

const CHAT: &str = r#"{"participants":[{"name":"Ben Zo\u00c3\u00ab"},{"name":"Rosa Quill"}],"messages":[
    {"sender_name":"Rosa Quill","timestamp_ms":1700000000123,"content":"caf\u00c3\u00a9?","type":"Generic"}],
    "title":"Ben Zo\u00c3\u00ab","thread_path":"inbox/benzoe_1234567890",
    "joinable_mode":{"mode":1,"link":"https://m.me/j/InvitationNobodyMayRead/"}}"#;

#[test]
fn the_link_by_which_anybody_can_join_a_chat_is_masked() {
    let found = Archive::new()
        .file("your_facebook_activity/messages/inbox/benzoe_1234567890/message_1.json", CHAT)
        .import_as("facebook-rosa.quill-2024-01-02-Abcd1234.zip");
    assert_eq!(found.companies(), ["facebook"]);
    assert_eq!((found.section("messages").len(), found.section("conversations").len()), (1, 1));
    assert!(!found.index_holds("InvitationNobodyMayRead"));
}

#[test]
fn single_files_are_known_by_what_only_facebook_writes() {
    let found = Imported::of_files(&[("message_1.json", CHAT.into())]);
    assert_eq!(found.companies(), ["facebook"]);
    assert_eq!(found.section("messages")[0].text.as_deref(), Some("café?"));
    let shops = r#"{"off_facebook_activity_v2":[{"name":"shop.example.com","events":[
        {"id":1234567890123456,"type":"PAGE_VIEW","timestamp":1700000000},{"id":2,"type":"PURCHASE","timestamp":1700000001}]}]}"#;
    let found = Imported::of_files(&[("your_activity_off_meta_technologies.json", shops.into())]);
    assert_eq!(found.companies(), ["facebook"]);
    assert_eq!(found.section("off_facebook").len(), 2);
}

#[test]
fn what_a_person_wrote_is_read_before_the_sentence_facebook_made_of_it() {
    let posts =
        r#"[{"timestamp":1700000000,"title":"Rosa Quill updated her status.","data":[{"post":"first leeks"}]}]"#;
    let comments = r#"{"comments_v2":[{"timestamp":1700000000,"title":"Rosa Quill commented on a post.",
        "data":[{"comment":{"timestamp":1700000000,"comment":"well done","author":"Rosa Quill"}}]}]}"#;
    let searches =
        r#"{"searches_v2":[{"timestamp":1700000000,"title":"You searched Facebook","data":[{"text":"tide table"}]}]}"#;
    let found = Archive::new()
        .file("your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json", posts)
        .file("your_facebook_activity/comments_and_reactions/comments.json", comments)
        .file("logged_information/search/your_search_history.json", searches)
        .import_as("facebook.zip");
    let text = |section: &str| found.section(section)[0].text.clone();
    assert_eq!(text("posts").as_deref(), Some("first leeks"));
    assert_eq!(text("comments").as_deref(), Some("well done"));
    assert_eq!(text("searches").as_deref(), Some("tide table"));
}

/// The file with what is told of the list itself before the list, and behind it, as exports have it.
fn both_ways(list: &str, of_it: &str) -> [String; 2] {
    [format!("{{{of_it},\"label_values\":[{list}]}}"), format!("{{\"label_values\":[{list}],{of_it}}}")]
}

#[test]
fn the_number_and_time_of_a_list_are_no_contact_category_or_advertiser() {
    let contacts = r#"{"label":"Contacten","vec":[
        {"dict":[{"label":"Naam","value":"Ben Zoe"},{"label":"Contactpunt","value":"+44 7700 900456"}]},
        {"dict":[{"label":"Naam","value":"Al"},{"label":"Contactpunt","value":"al@example.org"}]}]}"#;
    let advertisers =
        r#"{"label":"Lijst","vec":[{"value":"Larkspur Shoes"}]},{"label":"Bezoek","vec":[{"value":"Quince"}]}"#;
    let categories = r#"{"label":"Naam","vec":[{"value":"Frequent travellers"},{"value":"Gardeners"}]}"#;
    let of_it = r#""timestamp":1741000000,"media":[],"fbid":"1","ent_name":"List""#;
    for number in 0..2 {
        let found = Archive::new()
            .file(
                "personal_information/other_personal_information/contacts_uploaded_from_your_phone.json",
                &both_ways(contacts, of_it)[number],
            )
            .file(
                "ads_information/advertisers_using_your_activity_or_information.json",
                &both_ways(advertisers, of_it)[number],
            )
            .file("ads_information/other_categories_used_to_reach_you.json", &both_ways(categories, of_it)[number])
            .file("your_facebook_activity/groups/no-data.txt", "")
            .import_as("facebook.zip");
        let counts: Vec<(String, u64)> = found.counts().into_iter().collect();
        assert_eq!(
            counts.iter().map(|(id, count)| (id.as_str(), *count)).collect::<Vec<_>>(),
            [("ad_categories", 2), ("advertisers", 2), ("uploaded_contacts", 2)]
        );
        for record in found.section("advertisers") {
            assert_eq!(record.time.as_deref(), Some("2025-03-03T11:06:40Z"), "each repeats what its list says");
        }
        let givers: Vec<_> = found.recipients().into_iter().map(|one| (one.name, one.records)).collect();
        assert_eq!(givers, [("Larkspur Shoes".to_owned(), 1), ("Quince".to_owned(), 1)]);
    }
}

#[test]
fn a_site_without_an_event_is_held_but_gave_nothing() {
    let sites = r#"{"off_facebook_activity_v2":[{"name":"quiet.example","events":[]},{"name":"shop.example.com","events":[
        {"id":1234567890123456,"type":"PAGE_VIEW","timestamp":1700000000},{"id":2,"timestamp":1700000001}]}]}"#;
    let block = "<div class=\"_a6-h\">site.example.org</div><div class=\"_a6-p\"><table><tr><td class=\"_a6_q\">Event</td><td class=\"_a6_r\">PURCHASE</td></tr></table></div>";
    let quiet = "<div class=\"_a6-h\">mute.example.org</div>";
    let folder = "apps_and_websites_off_of_facebook";
    for (name, file, records, givers) in [
        ("your_activity_off_meta_technologies.json", sites.to_owned(), 3, [("shop.example.com", 2)]),
        ("your_activity_off_meta_technologies.html", page("Off", &[block, quiet]), 2, [("site.example.org", 1)]),
    ] {
        let found = Archive::new().file(&format!("{folder}/{name}"), file).import_as("facebook.zip");
        assert_eq!(found.section("off_facebook").len(), records, "{name}");
        let named: Vec<_> = found.recipients().into_iter().map(|one| (one.name, one.records)).collect();
        assert_eq!(named, givers.map(|(name, records)| (name.to_owned(), records)), "{name}");
    }
}

/// A page as Facebook and Instagram write it since 2022.
fn page(title: &str, blocks: &[&str]) -> String {
    let block = |text: &&str| format!("<div class=\"pam _3-95 _2ph- _a6-g uiBoxWhite noborder\">{text}</div>");
    let blocks: String = blocks.iter().map(block).collect();
    format!(
        "<html><head><title>{title}</title></head><body><div class=\"_a705\"><div class=\"_a70e\">{title}</div>\
         <div class=\"_a706\" role=\"main\">{blocks}</div></div></body></html>"
    )
}

#[test]
fn the_title_of_a_page_is_no_record_of_it() {
    let login = "<table><tr><td class=\"_a6_q\">IP address</td><td class=\"_a6_r\">203.0.113.7</td></tr></table>";
    let post = "<div class=\"_a6-h\">Rosa updated</div><div class=\"_a6-p\">leeks</div><div class=\"_a6-o\">Mar 15, 2025 3:52 pm</div>";
    let found = Archive::new()
        .file("security_and_login_information/account_activity.html", page("Account activity", &[login]))
        .file(
            "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.html",
            page("Posts", &[post, post]),
        )
        .file("your_facebook_activity/messages/inbox/ben_1/message_1.html", page("Ben Zoë", &[post]))
        .import_as("facebook.zip");
    let count = |section: &str| found.section(section).len();
    assert_eq!((count("logins"), count("posts"), count("messages")), (1, 2, 1));
    assert_eq!(count("conversations"), 1, "the title of a chat is its name");
    assert_eq!(found.section("messages")[0].thread.as_deref(), Some("Ben Zoë"));
}

#[test]
fn a_conversation_without_a_title_is_called_by_its_participants() {
    let chat = |title: &str, file: u8, text: &str| {
        let name = format!("your_facebook_activity/messages/inbox/_99887766/message_{file}.json");
        let chat = format!(
            r#"{{"participants":[{{"name":"Ada"}},{{"name":"Bo"}},{{"name":"Rosa Quill"}}],
            "messages":[{{"sender_name":"Ada","timestamp_ms":1700000000123,"content":"{text}"}}],
            "title":"{title}","thread_path":"inbox/_99887766"}}"#
        );
        (name, chat)
    };
    for (title, shown) in [("", "Ada, Bo, Rosa Quill"), ("Allotment", "Allotment")] {
        let ((first, newer), (second, older)) = (chat(title, 1, "newer"), chat(title, 2, "older"));
        let found = Archive::new().file(&first, newer).file(&second, older).import_as("facebook.zip");
        let threads: Vec<_> = found.section("messages").into_iter().map(|one| one.thread).collect();
        assert_eq!(threads, [Some(shown.to_owned()), Some(shown.to_owned())], "both files are one conversation");
        assert_eq!(found.count("section:conversations"), 1);
    }
}

#[test]
fn a_page_of_links_to_conversations_holds_no_messages() {
    let index = r#"<html><head><title>Rosa Quill - Messages</title></head><body><div class="contents"><h1>Rosa Quill</h1>
        <p><a href="../messages/0.html">Ben Zoe</a></p><p><a href="../messages/1.html">Ada, Bo</a></p></div></body></html>"#;
    let chat = r#"<html><head><title>Conversation with Ben Zoe</title></head><body><div class="thread"><h3>Conversation with Ben Zoe</h3>
        <div class="message"><div class="message_header"><span class="user">Ben Zoe</span>
        <span class="meta">Monday, January 2, 2017 at 3:04PM UTC+01</span></div></div><p>hello</p></div></body></html>"#;
    let found =
        Archive::new().file("html/messages.htm", index).file("messages/0.html", chat).import_as("facebook-rosa.zip");
    assert_eq!(found.companies(), ["facebook"]);
    assert_eq!(found.count("kind:message"), 1);
}
