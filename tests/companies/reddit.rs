//! Reddit: a flat zip of tables.

use crate::archive::*;
use tellall::record::IdKind;

#[test]
fn every_table_is_a_section_and_tables_without_their_text_are_not_counted_twice() {
    let imported = Imported::sample("reddit");
    assert_eq!(imported.export().company, "reddit");
    assert_eq!(imported.export().layout.as_deref(), Some("2023"));
    let expected = [
        ("account", 1),
        ("ad_preferences", 4),
        ("announcements", 1),
        ("awards_given", 1),
        ("birthdate", 1),
        ("chats", 3),
        ("comments", 2),
        ("drafts", 2),
        ("friends", 1),
        ("gender", 1),
        ("gold_received", 1),
        ("identity_check", 1),
        ("ip_logs", 3),
        ("linked_accounts", 2),
        ("messages", 3),
        ("multireddits", 1),
        ("payouts", 1),
        ("phone", 1),
        ("poll_votes", 1),
        ("posts", 3),
        ("preferences", 4),
        ("purchases", 1),
        ("saved", 2),
        ("stripe", 1),
        ("subreddits", 4),
        ("votes", 4),
    ];
    let counts: Vec<(String, u64)> = imported.counts().into_iter().collect();
    assert_eq!(counts, expected.map(|(id, count)| (id.to_owned(), count)));
    assert_eq!(imported.problems(), [""; 0], "the registration address has no time, which is no problem");
    assert_eq!(imported.with_fate("skipped").len(), 4, "three tables of headers, and the list of checksums");
    assert_eq!(imported.with_fate("generic"), [""; 0]);
}

#[test]
fn the_facts_of_the_account_are_one_record_whose_fields_are_named_in_the_first_column() {
    let imported = Imported::sample("reddit");
    let account = &imported.section("account")[0];
    assert_eq!(account.text.as_deref(), Some("rosaquill"));
    assert_eq!(account.time.as_deref(), Some("2016-04-01T19:20:21Z"));
    assert_eq!(account.value("comment karma"), Some("1304"));
    assert_eq!(imported.meaning("account", "account name"), ("username".to_owned(), "provided".to_owned()));
    assert!(imported.identifiers(IdKind::Username)["rosaquill"]);
    assert!(imported.identifiers(IdKind::Email)["rosa.quill@example.com"]);
    assert!(imported.identifiers(IdKind::Phone)["+447700900123"]);
    assert_eq!(imported.identifiers(IdKind::Birthday).into_keys().collect::<Vec<_>>(), ["1987-04-12"]);
}

#[test]
fn the_first_row_of_addresses_is_that_of_the_registration() {
    let imported = Imported::sample("reddit");
    let rows = imported.section("ip_logs");
    assert_eq!(rows[0].time.as_deref(), Some("2024-10-30T07:08:09Z"));
    assert_eq!(rows[2].time, None);
    assert_eq!(rows[2].value("ip"), Some("198.51.100.23"));
    let ips = imported.identifiers(IdKind::Ip);
    for ip in ["198.51.100.23", "203.0.113.47", "2001:db8::47"] {
        assert!(ips[ip], "{ip}");
    }
}

#[test]
fn messages_and_chats_tell_both_sides() {
    let imported = Imported::sample("reddit");
    let messages = imported.section("messages");
    let told: Vec<_> = messages.iter().map(|one| (one.who.as_deref(), one.text.as_deref())).collect();
    let expected = [
        (Some("rosaquill"), Some("Which one did you use?")),
        (Some("benzoe"), Some("The yellow tin.\nTwo coats.")),
        (Some("[deleted]"), None),
    ];
    assert_eq!(told, expected);
    assert_eq!(messages[0].thread.as_deref(), Some("Varnish?"));
    assert_eq!(messages[0].time.as_deref(), Some("2020-02-02T08:00:00Z"));
    let chats = imported.section("chats");
    assert_eq!((chats[2].who.as_deref(), chats[2].thread.as_deref()), (Some("okafor_sam"), Some("Slipway")));
    assert_eq!(chats[0].thread, chats[1].thread);
    assert!(!imported.identifiers(IdKind::Username)["benzoe"]);
}

#[test]
fn a_post_keeps_its_lines_and_a_draft_is_found_though_it_was_never_published() {
    let imported = Imported::sample("reddit");
    assert_eq!(imported.section("posts")[0].value("body"), Some("Took **three** years.\n\n* oak\n* larch, \"green\""));
    assert_eq!(imported.count("section:drafts \"told Marta\""), 1);
}

#[test]
fn switches_for_advertising_are_choices() {
    let choices = Imported::sample("reddit").choices();
    let dating = choices.iter().find(|choice| choice.what == "Advertising: DATING").expect("the switch");
    assert_eq!((dating.value.as_str(), dating.about.as_str()), ("ENABLED", "ads"));
    assert!(choices.iter().any(|choice| choice.what == "personalized_ads" && choice.value == "False"), "{choices:?}");
}

#[test]
fn an_export_of_2019_has_other_tables() {
    let imported = Archive::new()
        .file("statistics.csv", "statistic,value\naccount name,rosaquill\nregistration date,2016-04-01 19:20:21 UTC\n")
        .file("messages.csv", "id,permalink,thread_id,date,ip,from,to,subject,body\nm1,https://www.reddit.com/m1,,2019-02-02 08:00:00 UTC,192.0.2.1,benzoe,rosaquill,hi,hello\n")
        .file("reddit_gold_information.csv", "processor,transaction_id,date,cost,payer_email\npaypal,T-1,2018-02-02 08:00:00 UTC,3.99,rosa.quill@example.com\n")
        .file("gilded_posts.csv", "content_link,award,amount,date\n")
        .file("live_stream_posts.csv", "id\nx1\n")
        .import_as("export_rosaquill.zip");
    assert_eq!(imported.export().layout.as_deref(), Some("2019"));
    assert_eq!(imported.export().account.as_deref(), Some("rosaquill"));
    let counts: Vec<(String, u64)> = imported.counts().into_iter().collect();
    let expected = [("account", 1), ("live_streams", 1), ("messages", 1), ("purchases", 1)];
    assert_eq!(counts, expected.map(|(id, count)| (id.to_owned(), count)));
    assert!(imported.identifiers(IdKind::Email)["rosa.quill@example.com"]);
}

#[test]
fn a_zip_with_only_the_headers_of_posts_keeps_them() {
    let headers =
        "id,permalink,date,ip,subreddit,gildings,url\np1,https://www.reddit.com/x,2019-05-06 07:08:09 UTC,,bath,0,\n";
    let imported = Archive::new()
        .file("post_headers.csv", headers)
        .file("statistics.csv", "statistic,value\naccount name,rosaquill\n")
        .import_as("export_rosaquill_20240102.zip");
    assert_eq!(imported.export().account.as_deref(), Some("rosaquill"));
    assert_eq!(imported.export().as_of.as_deref(), Some("2024-01-02"));
    assert_eq!(imported.counts()["posts_without_text"], 1);
}

#[test]
fn a_split_table_is_one_section_and_a_row_that_stands_twice_counts_once() {
    let head = "id,permalink,date,ip,subreddit,gildings,title,url,body\n";
    let row = "p1,https://www.reddit.com/p1,2019-05-06 07:08:09 UTC,,bath,0,Hello,,\n";
    let imported = Archive::new()
        .file("posts_1.csv", format!("{head}{row}"))
        .file(
            "posts_2.csv",
            format!("\u{feff}{head}{row}p2,https://www.reddit.com/p2,2019-05-07 07:08:09 UTC,,bath,0,Again,,\n")
                .replace('\n', "\r\n"),
        )
        .import_as("x.zip");
    assert_eq!(imported.export().company, "reddit");
    assert_eq!(imported.counts()["posts"], 2);
}

#[test]
fn the_public_fixture_is_read_without_a_failure() {
    let Some(imported) = Imported::fixture("reddit/xavdid+reddit-user-to-sqlite/archive") else { return };
    assert_eq!(imported.companies(), ["reddit"]);
    assert_eq!(imported.export().entries.failed, 0);
    assert_eq!(imported.with_fate("generic"), [""; 0]);
    assert!(imported.counts()["posts"] > 0);
}

#[test]
fn addresses_alone_are_known_by_that_of_the_registration() {
    let text = "date,ip\nregistration ip,192.0.2.1\n2024-05-06 07:08:09 UTC,198.51.100.7\n";
    let imported = Imported::of_files(&[("ip_logs.csv", text.into())]);
    assert_eq!(imported.companies(), ["reddit"]);
    assert_eq!(imported.counts(), [("ip_logs".to_owned(), 2)].into());
    assert!(imported.identifiers(IdKind::Ip).values().all(|mine| *mine));
    let other = Imported::of_files(&[("ip_logs.csv", "date,ip\n2024-05-06,198.51.100.7\n".into())]);
    assert!(other.companies()[0].starts_with("unknown"));
}
