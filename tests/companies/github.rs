//! GitHub: a migration archive.

use crate::archive::*;
use tellall::record::IdKind;

#[test]
fn numbered_lists_are_users_repositories_issues_and_comments_by_name() {
    let imported = Imported::sample("github");
    assert_eq!(imported.export().company, "github");
    let expected = [("comments", 1), ("events", 1), ("issues", 1), ("repositories", 1), ("users", 2)];
    assert_eq!(imported.counts().into_iter().collect::<Vec<_>>(), expected.map(|(id, count)| (id.to_owned(), count)));
    let comment = &imported.section("comments")[0];
    assert_eq!((comment.who.as_deref(), comment.text.as_deref()), (Some("Rosa Quill"), Some("They are *now*.")));
    let issue = &imported.section("issues")[0];
    assert_eq!((issue.who.as_deref(), issue.thread.as_deref()), (Some("Ben Zoë"), Some("slug-count")));
    assert!(imported.identifiers(IdKind::Email).contains_key("rosa.quill@example.com"));
}

#[test]
fn a_gzipped_tar_and_a_list_of_stars_are_known() {
    let archive = Archive::new().file("schema.json", r#"{"version":"1.2.0"}"#).file(
        "issues_000001.json",
        r#"[{"type":"issue","url":"https://github.com/a/b/issues/1","title":"t","created_at":"2019-06-01T10:00:00Z"}]"#,
    );
    let imported = Imported::of_files(&[("0c9f2f7e-1111-4222-8333-944444444444.tar.gz", archive.tgz())]);
    assert_eq!(imported.companies(), ["github"]);
    assert_eq!(imported.counts()["issues"], 1);
    let stars =
        r#"[{"starred_at":"2020-01-01T00:00:00Z","repo":{"full_name":"a/b","html_url":"https://github.com/a/b"}}]"#;
    let imported = Imported::of_files(&[("ghstars.json", stars.as_bytes().to_vec())]);
    assert_eq!((imported.companies(), imported.counts()["stars"]), (vec!["github"], 1));
}
