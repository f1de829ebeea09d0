//! Threads, from a zip that holds nothing else; beside Instagram's files it is read by Instagram's sheet.

use crate::archive::{Archive, Imported, Record};
use tellall::record::{Direction, IdKind};

fn sample() -> Imported {
    Imported::sample("threads")
}

/// Time and text of each record. The title of a page is a record, too, and says neither.
fn when(records: &[Record]) -> Vec<(Option<&str>, Option<&str>)> {
    let told = records.iter().filter(|record| record.time.is_some() || record.text.is_some());
    told.map(|record| (record.time.as_deref(), record.text.as_deref())).collect()
}

#[test]
fn a_zip_of_the_threads_folder_alone_is_threads() {
    let all = sample();
    assert_eq!((all.export().company.as_str(), all.export().account.as_deref()), ("threads", Some("rosa.quill")));
    assert_eq!(all.problems(), Vec::<String>::new());
    for fate in ["failed", "generic", "skipped"] {
        assert_eq!(all.with_fate(fate), Vec::<String>::new(), "{fate}");
    }
    let expected = [
        ("apps", 1),
        ("interests", 1),
        ("likes", 2),
        ("people", 8),
        ("posts", 3),
        ("profile", 1),
        ("saved", 1),
        ("viewed", 3),
    ];
    assert_eq!(all.counts(), expected.map(|(section, count)| (section.to_owned(), count)).into());
}

#[test]
fn posts_tell_their_text_wherever_it_stands() {
    let posts = sample().section("posts");
    let expected = [
        (Some("2024-06-01T10:05:01Z"), Some("Two photos of one river")),
        (Some("2024-08-08T08:08:08Z"), Some("Is there a quiet café in Bath? ☕")),
        (Some("2024-08-08T09:00:00Z"), Some("@ben_zoe the one by the weir")),
    ];
    assert_eq!(when(&posts), expected);
    let is_reply =
        |post: &Record| post.value("text_post_app_text_posts[].media[].text_app_post.is_reply") == Some("true");
    assert_eq!(posts.iter().map(is_reply).collect::<Vec<_>>(), [false, false, true]);
}

#[test]
fn people_are_found_in_the_value_and_in_the_title() {
    let people = sample().section("people");
    let names: Vec<&str> = people.iter().filter_map(|one| one.text.as_deref()).collect();
    let expected = [
        "ben_zoe",
        "tidal.choir",
        "ben_zoe",
        "spam.lottery.1987",
        "sam.okafor",
        "diet.miracle",
        "unknown.walker",
        "jose_ibarra",
    ];
    assert_eq!(names, expected);
}

#[test]
fn her_own_identifiers_and_those_of_others_are_told_apart() {
    let all = sample();
    assert_eq!(all.identifiers(IdKind::Phone), [("+447700900123".to_owned(), true)].into());
    assert_eq!(all.identifiers(IdKind::Email), [("rosa.quill@example.com".to_owned(), true)].into());
    let names = all.identifiers(IdKind::Username);
    assert_eq!((names.get("rosa.quill"), names.get("ben_zoe")), (Some(&true), Some(&false)), "{names:?}");
}

#[test]
fn a_connected_app_received_data_and_a_public_profile_is_a_choice() {
    let all = sample();
    let apps: Vec<_> = all.recipients().into_iter().map(|party| (party.name, party.direction)).collect();
    assert_eq!(apps, [("Quillmark Media".to_owned(), Direction::Received)]);
    let choices: Vec<_> = all.choices().into_iter().map(|choice| (choice.what, choice.value)).collect();
    assert_eq!(choices, [("Profile: Private Account".to_owned(), "False".to_owned())]);
}

const POSTS: &str = r#"{"text_post_app_text_posts": [{"media": [{"uri": "", "creation_timestamp": 1754466859, "title": "hello from a caf\u00c3\u00a9"}]}]}"#;

#[test]
fn files_are_known_by_their_keys_in_a_folder_of_any_name() {
    let all = Archive::new()
        .file("нити/записи.json", POSTS)
        .file("нити/подписчики.json", r#"{"text_post_app_text_post_app_followers": [{"title": "", "string_list_data": [{"href": "https://www.threads.com/@ben_zoe", "value": "ben_zoe", "timestamp": 1754466860}]}]}"#)
        .import_as("нити.zip");
    assert_eq!(all.companies(), ["threads"]);
    assert_eq!(when(&all.section("posts")), [(Some("2025-08-06T07:54:19Z"), Some("hello from a café"))]);
    assert_eq!(when(&all.section("people")), [(Some("2025-08-06T07:54:20Z"), Some("ben_zoe"))]);
}

#[test]
fn pages_for_the_eye_are_read_too() {
    let page = r#"<html><head><title>Threads</title></head><body><div class="_a706" role="main"><div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><div class="_a6-p"><table><tr><td colspan="2" class="_2pin _a6_q">Auteur<div><div>ben_zoe</div></div></td></tr><tr><td colspan="2" class="_2pin _a6_q">Tijd<div><div>19 nov 2024 7:00 am</div></div></td></tr></table></div></div></div></body></html>"#;
    let all = Archive::new()
        .file("your_instagram_activity/threads/threads_viewed.html", page)
        .import_as("instagram-rosa.quill-2024-11-21-ThRd5678.zip");
    assert_eq!(all.companies(), ["threads"]);
    assert_eq!(when(&all.section("viewed")), [(Some("2024-11-19T07:00:00"), Some("ben_zoe"))]);
}

#[test]
fn beside_files_of_instagram_it_belongs_to_instagram() {
    let all = Archive::new()
        .file("your_instagram_activity/threads/threads_and_replies.json", POSTS)
        .file("your_instagram_activity/threads/followers_1.json", r#"{"text_post_app_text_post_app_followers": [{"title": "", "string_list_data": [{"value": "ben_zoe", "timestamp": 1754466860}]}]}"#)
        .file("personal_information/personal_information/personal_information.json", r#"{"profile_user": [{"title": "", "string_map_data": {"Username": {"href": "", "value": "rosa.quill", "timestamp": 0}}}]}"#)
        .import_as("instagram-rosa.quill-2025-11-21-ThRd5678.zip");
    assert_eq!(all.companies(), ["instagram"]);
    let counts: Vec<_> = all.counts().into_iter().collect();
    let expected = [("profile", 1), ("threads_people", 1), ("threads_posts", 1)];
    assert_eq!(counts, expected.map(|(section, count)| (section.to_owned(), count)));
}

#[test]
fn a_single_file_is_known_by_its_key() {
    let file = r#"{"text_post_app_text_post_app_followers":[{"title":"","media_list_data":[],"string_list_data":[{"href":"https://www.threads.com/@benzoe","value":"benzoe","timestamp":1704510245}]}]}"#;
    let imported = Imported::of_files(&[("followers_1.json", file.as_bytes().to_vec())]);
    assert_eq!(imported.companies(), ["threads"]);
    assert_eq!(imported.counts()["people"], 1);
}
