//! Mastodon: the archive of an account, and the tables under Import and export.

use crate::archive::{Archive, Imported};
use std::collections::BTreeMap;
use tellall::record::IdKind;

const OUTBOX: &str = r#"{"@context":"https://www.w3.org/ns/activitystreams","id":"outbox.json","type":"OrderedCollection","totalItems":1,"orderedItems":[{"type":"Create","published":"2024-05-06T07:08:09Z","to":["https://www.w3.org/ns/activitystreams#Public"],"cc":[],"object":{"type":"Note","content":"<p>hi</p>","published":"2024-05-06T07:08:09Z","attachment":[],"tag":[]}}]}"#;
const ACTOR: &str = r#"{"@context":["https://www.w3.org/ns/activitystreams"],"id":"https://social.example/users/rosaquill","type":"Person","outbox":"outbox.json","preferredUsername":"rosaquill","name":"Rosa"}"#;

#[test]
fn the_sample_is_known_and_read_to_the_last_file() {
    let all = Imported::sample("mastodon");
    assert_eq!(all.export().company, "mastodon");
    assert_eq!(all.export().account.as_deref(), Some("rosaquill"));
    assert_eq!(all.problems(), Vec::<String>::new());
    assert_eq!((all.with_fate("failed"), all.with_fate("generic")), (Vec::new(), Vec::new()));
    assert_eq!(all.with_fate("media").len(), 3);
    let expected = [
        ("blocked", 2),
        ("blocked_domains", 1),
        ("bookmarks", 2),
        ("collections", 3),
        ("direct", 1),
        ("filters", 1),
        ("following", 3),
        ("likes", 2),
        ("lists", 2),
        ("muted", 1),
        ("posts", 6),
        ("profile", 1),
    ];
    let expected: BTreeMap<String, u64> = expected.map(|(section, count)| (section.to_owned(), count)).into();
    assert_eq!(all.counts(), expected);
}

#[test]
fn posts_are_plain_text_with_time_and_boosts_are_the_address() {
    let posts = Imported::sample("mastodon").section("posts");
    let lines: Vec<_> = posts.iter().map(|post| (post.time.as_deref(), post.text.as_deref())).collect();
    assert_eq!(lines[0], (Some("2017-04-05T10:00:00Z"), Some("Hello fediverse")));
    assert_eq!(lines[1].1, Some("@benzoe tomatoes > courgettes\nalways"));
    assert_eq!(lines[5], (Some("2024-06-28T08:00:00Z"), Some("https://art.example/users/hanako/statuses/55")));
    assert_eq!(posts[2].value("orderedItems[].object.summary"), Some("health"));
    assert_eq!(posts[3].value("orderedItems[].object.attachment[].name"), Some("A bed of roses"));
}

#[test]
fn a_direct_message_is_told_by_whom_it_is_for() {
    let all = Imported::sample("mastodon");
    let direct = all.section("direct");
    assert_eq!(direct[0].thread.as_deref(), Some("@benzoe@toot.example"));
    assert!(direct[0].text.as_deref().is_some_and(|text| text.contains("my number is")));
    let to: Vec<_> = direct[0].values.iter().filter(|(field, _)| field == "orderedItems[].to[]").collect();
    assert_eq!(to.len(), 1);
    assert_eq!(to[0].1, "https://toot.example/users/benzoe");
    assert_eq!(all.meaning("direct", "orderedItems[].to[]").0, "comm_meta");
}

#[test]
fn a_poll_keeps_its_answers_with_their_votes() {
    let poll = &Imported::sample("mastodon").records("café")[0];
    let of = |field: &str| {
        poll.values.iter().filter(|(name, _)| name == field).map(|(_, value)| value.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(of("orderedItems[].object.oneOf[].name"), ["Café", "Té"]);
    assert_eq!(of("orderedItems[].object.oneOf[].replies.totalItems"), ["3", "5"]);
}

#[test]
fn a_bookmark_in_archive_and_table_counts_once() {
    let bookmarks = Imported::sample("mastodon").section("bookmarks");
    let texts: Vec<_> = bookmarks.iter().filter_map(|one| one.text.as_deref()).collect();
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert!(texts.contains(&"https://clinic.example/users/advice/statuses/3"));
}

#[test]
fn identifiers_are_the_owners_or_others() {
    let all = Imported::sample("mastodon");
    let names = all.identifiers(IdKind::Username);
    assert_eq!(names.get("rosaquill"), Some(&true), "{names:?}");
    assert_eq!(names.get("benzoe@toot.example"), Some(&false), "{names:?}");
    assert_eq!(names.get("troll@noise.example"), Some(&false), "tables without a header have columns all the same");
    assert_eq!(all.section("lists")[0].who.as_deref(), Some("benzoe@toot.example"));
}

#[test]
fn settings_of_the_profile_are_choices() {
    let choices = Imported::sample("mastodon").choices();
    let told: Vec<_> = choices.iter().map(|choice| (choice.what.as_str(), choice.value.as_str())).collect();
    let expected = [
        ("Server blocked", "noise.example"),
        ("You approve followers one by one", "true"),
        ("Your account may be suggested to others", "false"),
        ("Your posts may be found by searching", "false"),
    ];
    assert_eq!(told, expected);
}

#[test]
fn the_archive_is_known_as_tar_and_zip_with_and_without_folder() {
    let of = |folder: &str| {
        Archive::new().file(&format!("{folder}actor.json"), ACTOR).file(&format!("{folder}outbox.json"), OUTBOX)
    };
    for folder in ["", "archive-20240506070809-00112233445566778899aabbccddeeff/"] {
        let tgz = ("archive-20240506070809-00112233445566778899aabbccddeeff.tar.gz", of(folder).tgz());
        for all in [Imported::of_files(&[tgz]), of(folder).import_as("renamed.zip"), of(folder).import_folder()] {
            assert_eq!(all.companies(), ["mastodon"], "{folder}");
            assert_eq!(all.export().layout.as_deref(), Some("archive"));
            assert_eq!((all.counts()["posts"], all.counts()["profile"]), (1, 1));
        }
    }
    let all = Imported::of_files(&[("archive-20240506070809-00112233445566778899aabbccddeeff.tar.gz", of("").tgz())]);
    assert_eq!(all.export().as_of.as_deref(), Some("2024-05-06"));
}

#[test]
fn each_table_and_collection_is_known_alone_where_it_can_be() {
    let files = [
        (
            "following_accounts.csv",
            "Account address,Show boosts,Notify on new posts,Languages\nbenzoe@toot.example,true,false,\n",
        ),
        ("muted_accounts.csv", "Account address,Hide notifications\nben@toot.example,true\n"),
        ("blocked_accounts.csv", "ben@toot.example\n"),
        ("outbox.json", OUTBOX),
        ("renamed.json", OUTBOX),
        ("actor.json", ACTOR),
        (
            "custom_filters.json",
            r#"{"custom_filters":[{"title":"x","expire_at":"2025-01-01T00:00:00Z","keywords_attributes":[]}]}"#,
        ),
    ];
    for (name, text) in files {
        let all = Imported::of_files(&[(name, text.as_bytes().to_vec())]);
        assert_eq!(all.companies(), ["mastodon"], "{name}");
        assert_eq!(all.with_fate("read").len(), 1, "{name}");
    }
}

#[test]
fn tables_that_are_only_called_so_are_not_claimed() {
    let other =
        Archive::new().file("bookmarks.csv", "title,url\nA,https://a.example\n").file("lists.csv", "id,name\n1,A\n");
    assert!(other.import_as("other.zip").companies()[0].starts_with("unknown:"));
    let likes = Archive::new().file("likes.json", r#"[{"id":"likes","at":1}]"#).file("bookmarks.json", "[]");
    assert!(likes.import_as("other.zip").companies()[0].starts_with("unknown:"));
}

#[test]
fn lists_alone_are_known_by_the_addresses_in_them() {
    let lists = "Friends,kim@toot.example\n\"Work, etc\",lee@noise.example\nFriends,lee@noise.example\n";
    let all = Imported::of_files(&[("lists.csv", lists.into())]);
    assert_eq!(all.companies(), ["mastodon"]);
    assert_eq!(all.counts(), [("lists".to_owned(), 3)].into());
    assert_eq!(all.section("lists")[1].value("List"), Some("Work, etc"));
}

const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";
const FOLLOWERS: &str = "https://fedi.example/users/rosaquill/followers";
const KIM: &str = "https://toot.example/users/kim";
const LEE: &str = "https://noise.example/users/lee";

/// An outbox with one post for each list of those who may see it.
fn outbox(posts: &[(&[&str], &[&str], &str)]) -> String {
    let post = |(at, (to, cc, text)): (usize, &(&[&str], &[&str], &str))| {
        serde_json::json!({
            "id": format!("https://fedi.example/users/rosaquill/statuses/{at}/activity"), "type": "Create",
            "actor": "https://fedi.example/users/rosaquill", "published": "2024-05-06T07:08:09Z", "to": to, "cc": cc,
            "object": { "type": "Note", "content": format!("<p>{text}</p>"), "to": to, "cc": cc,
                "tag": [{ "type": "Mention", "href": KIM, "name": "@kim@toot.example" }] },
        })
    };
    let posts: Vec<_> = posts.iter().enumerate().map(post).collect();
    serde_json::json!({ "id": "outbox.json", "type": "OrderedCollection", "totalItems": 9, "orderedItems": posts })
        .to_string()
}

#[test]
fn a_post_for_named_people_alone_is_a_message_to_them() {
    let text = outbox(&[
        (&[PUBLIC], &[FOLLOWERS, KIM], "for all"),
        (&[FOLLOWERS], &[PUBLIC], "unlisted"),
        (&[FOLLOWERS], &[KIM], "for followers"),
        (&["as:Public"], &[], "in short"),
        (&[KIM], &[], "for Kim"),
        (&[KIM], &[LEE], "for two"),
        (&[], &[], "for nobody that is named"),
    ]);
    let all = Archive::new().file("outbox.json", text).file("actor.json", ACTOR).import_as("x.zip");
    assert_eq!((all.counts()["posts"], all.counts()["direct"]), (5, 2));
    let direct = all.section("direct");
    assert_eq!((direct[0].text.as_deref(), direct[0].thread.as_deref()), (Some("for Kim"), Some("@kim@toot.example")));
    assert_eq!(direct[0].time.as_deref(), Some("2024-05-06T07:08:09Z"));
    assert_eq!(direct[1].thread.as_deref(), Some("@kim@toot.example, https://noise.example/users/lee"));
    assert!(all.section("posts").iter().all(|post| post.thread.is_none()));
    assert_eq!(all.meaning("direct", "orderedItems[].object.content").0, "messages");
    assert_eq!(all.meaning("posts", "orderedItems[].object.content").0, "posts");
    assert_eq!(all.identifiers(IdKind::Username).get("kim@toot.example"), Some(&false));
    let mine = all.identifiers(IdKind::Url).into_iter().filter(|(_, mine)| *mine);
    assert!(mine.map(|(url, _)| url).any(|url| url.ends_with("fedi.example/users/rosaquill")));
    assert_eq!(all.with_fate("generic"), [""; 0]);
}
