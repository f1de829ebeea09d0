//! Reddit: a flat zip of tables.

use crate::archive::*;
use tellall::record::IdKind;

#[test]
fn every_table_is_a_section_and_tables_without_their_text_are_not_counted_twice() {
    let imported = Imported::sample("reddit");
    assert_eq!(imported.export().company, "reddit");
    assert_eq!(imported.export().layout.as_deref(), Some("archive"));
    let counts = imported.counts();
    let expected = [
        ("announcements", 1),
        ("birthdate", 1),
        ("chats", 2),
        ("comments", 2),
        ("communities", 4),
        ("drafts", 1),
        ("friends", 1),
        ("gender", 1),
        ("ip_logs", 3),
        ("linked_accounts", 2),
        ("messages", 2),
        ("payments", 1),
        ("phone", 1),
        ("posts", 2),
        ("preferences", 4),
        ("profile", 6),
        ("saved", 1),
        ("sensitive_ads", 2),
        ("votes", 3),
    ];
    assert_eq!(counts.into_iter().collect::<Vec<_>>(), expected.map(|(id, count)| (id.to_owned(), count)));
    assert_eq!(imported.problems(), [""; 0], "the registration address has no time, which is no problem");
    let skipped = imported.with_fate("skipped");
    assert_eq!(skipped.len(), 4, "{skipped:?}");
}

#[test]
fn messages_and_chats_tell_both_sides() {
    let imported = Imported::sample("reddit");
    let messages = imported.section("messages");
    let told: Vec<_> = messages.iter().map(|one| (one.who.as_deref(), one.text.as_deref())).collect();
    assert_eq!(told, [(Some("benzoe"), Some("Still want the beans?")), (Some("rosaquill"), Some("Yes! Sunday?"))]);
    assert_eq!(messages[0].time.as_deref(), Some("2020-02-03T04:05:06Z"));
    let chat = &imported.section("chats")[1];
    assert_eq!((chat.who.as_deref(), chat.thread.as_deref()), (Some("benzoe"), Some("benzoe")));
}

#[test]
fn addresses_and_numbers_are_the_owners_and_switches_are_choices() {
    let imported = Imported::sample("reddit");
    assert_eq!(
        imported.identifiers(IdKind::Phone).into_iter().collect::<Vec<_>>(),
        [("+447700900123".to_owned(), true)]
    );
    assert_eq!(
        imported.identifiers(IdKind::Email).into_iter().collect::<Vec<_>>(),
        [("rosa.quill@example.com".to_owned(), true)]
    );
    let ips: Vec<String> = imported.identifiers(IdKind::Ip).into_keys().collect();
    assert_eq!(ips, ["192.0.2.1", "198.51.100.23", "203.0.113.47"]);
    let choices = imported.choices();
    let dating = choices.iter().find(|choice| choice.what == "Adverts about dating").expect("the switch");
    assert_eq!((dating.value.as_str(), dating.about.as_str()), ("opt in", "ads"));
    assert_eq!(imported.meaning("gender", "account_gender"), ("gender".to_owned(), "provided".to_owned()));
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
    assert_eq!(imported.counts()["post_headers"], 1);
}

#[test]
fn the_public_fixture_is_read_without_a_failure() {
    let Some(imported) = Imported::fixture("reddit") else { return };
    for export in &imported.exports {
        assert_eq!(export.entries.failed, 0);
    }
}
