//! Threads: its files lie in the Instagram export, or in one of their own.

use crate::archive::*;
use tellall::record::IdKind;

#[test]
fn an_archive_of_nothing_but_threads_is_read_as_threads() {
    let imported = Imported::sample("threads");
    assert_eq!((imported.export().company.as_str(), imported.export().layout.as_deref()), ("threads", Some("I3")));
    let expected = [("interests", 1), ("likes", 1), ("people", 2), ("posts", 2), ("profile", 1), ("viewed", 1)];
    assert_eq!(imported.counts().into_iter().collect::<Vec<_>>(), expected.map(|(id, count)| (id.to_owned(), count)));
    let posts = imported.section("posts");
    assert_eq!(
        (posts[0].time.as_deref(), posts[0].text.as_deref()),
        (Some("2024-01-02T03:04:05Z"), Some("hello from a café"))
    );
    assert!(imported.identifiers(IdKind::Email)["rosa.quill@example.com"]);
    assert!(!imported.identifiers(IdKind::Username)["benzoe"], "a follower is somebody else");
}

#[test]
fn a_single_file_is_known_by_its_key() {
    let file = r#"{"text_post_app_text_post_app_followers":[{"title":"","media_list_data":[],"string_list_data":[{"href":"https://www.threads.com/@benzoe","value":"benzoe","timestamp":1704510245}]}]}"#;
    let imported = Imported::of_files(&[("followers_1.json", file.as_bytes().to_vec())]);
    assert_eq!(imported.companies(), ["threads"]);
    assert_eq!(imported.counts()["people"], 1);
}
