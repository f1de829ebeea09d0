//! GitHub's migration archive: people and threads called by their addresses, and stars from the API.

use super::archive::{Archive, Imported, Record};
use tellall::record::IdKind;

fn only(imported: &Imported, query: &str) -> Record {
    let records = imported.records(query);
    assert_eq!(records.len(), 1, "{query}: {records:#?}");
    records.into_iter().next().expect("there is one")
}

#[test]
fn the_sample_is_read_to_the_last_record() {
    let export = Imported::sample("github");
    assert_eq!(export.companies(), ["github"]);
    let expected = [
        ("bots", 1),
        ("comments", 4),
        ("events", 1),
        ("files", 1),
        ("issues", 2),
        ("organizations", 1),
        ("releases", 1),
        ("repositories", 1),
        ("users", 3),
    ];
    assert_eq!(export.counts(), expected.map(|(section, count)| (section.to_owned(), count)).into());
    assert_eq!(export.problems(), Vec::<String>::new());
    assert_eq!(export.with_fate("generic"), Vec::<String>::new());
    assert_eq!(export.with_fate("skipped").len(), 2, "the version, and a Git repository");
}

#[test]
fn a_comment_stands_under_the_title_of_its_issue_by_the_name_of_who_wrote_it() {
    let export = Imported::sample("github");
    let comment = only(&export, "zones as ever");
    assert_eq!(comment.who.as_deref(), Some("Rosa Quill"));
    assert_eq!(comment.thread.as_deref(), Some("Warns a day late"));
    assert_eq!(comment.time.as_deref(), Some("2021-11-20T18:30:00Z"));
    let review = only(&export, "one line then yes");
    assert_eq!(review.thread.as_deref(), Some("Read times in the zone of the garden"));
    assert_eq!(only(&export, "looks good").who.as_deref(), Some("Deleted user"));
}

#[test]
fn addresses_of_people_are_user_names() {
    let export = Imported::sample("github");
    let users: Vec<String> = export.identifiers(IdKind::Username).into_keys().collect();
    assert_eq!(users, ["ben-zoe", "ghost", "rosaquill"]);
    let emails: Vec<String> = export.identifiers(IdKind::Email).into_keys().collect();
    assert_eq!(emails, ["r.quill@quill-and-sons.example", "rosa.quill@example.com"]);
}

#[test]
fn a_webhook_receives_and_its_secret_stays_out_of_the_index() {
    let export = Imported::sample("github");
    assert_eq!(export.recipients()[0].name, "https://frost.example/hook");
    assert!(!export.index_holds("inVenTed-hook-secret"));
}

#[test]
fn the_archive_is_a_tgz_without_a_folder_around_it() {
    let comments = r#"[{"type":"commit_comment","url":"https://github.com/a/b/commit/c#1","user":"https://github.com/a","body":"why?","commit_id":"c","created_at":"2022-01-01T00:00:00Z"}]"#;
    let tgz = Archive::new()
        .file("schema.json", r#"{"version":"1.0.1","github_sha":"00"}"#)
        .file("commit_comments_000001.json", comments)
        .file("commit_comments_000002.json", comments.replace("why?", "because"))
        .file("milestones_000001.json", r#"[{"type":"milestone","url":"https://github.com/a/b/milestones/1","title":"Spring","created_at":"2022-01-01T00:00:00Z"}]"#)
        .file("protected_branches_000001.json", r#"[{"type":"protected_branch","name":"main","creator_url":"https://github.com/a"}]"#)
        .file("attachments/frost.png", "\u{89}PNG")
        .tgz();
    let export = Imported::of_files(&[("0f3b2c1d-4e5f-4a6b-8c7d-9e0f1a2b3c4d.tar.gz", tgz)]);
    assert_eq!(export.companies(), ["github"]);
    assert_eq!(export.counts()["comments"], 2);
    assert_eq!(export.with_fate("generic"), Vec::<String>::new());
}

#[test]
fn stars_of_the_api_are_known_by_their_keys() {
    let stars = r#"[{"starred_at":"2023-02-03T04:05:06Z","repo":{"full_name":"larkspur/seeds","html_url":"https://github.com/larkspur/seeds","owner":{"login":"larkspur"}}}]"#;
    let export = Imported::of_files(&[("ghstars.json", stars.as_bytes().to_vec())]);
    assert_eq!(export.companies(), ["github"]);
    let star = only(&export, "section:stars");
    assert_eq!(star.text.as_deref(), Some("larkspur/seeds"));
    assert_eq!(star.time.as_deref(), Some("2023-02-03T04:05:06Z"));
}

#[test]
fn numbered_lists_of_others_are_not_claimed() {
    let export = Archive::new()
        .file("users_000001.json", r#"[{"id":1,"name":"Rosa"}]"#)
        .file("issues_1.json", r#"[{"type":"magazine","issue":4}]"#)
        .import_as("x.zip");
    assert_ne!(export.companies(), ["github"]);
}

#[test]
fn a_receiver_that_one_repository_names_twice_is_one_record() {
    let repositories = r#"[{"type":"repository","url":"https://github.com/rosaquill/moss","owner":"https://github.com/rosaquill","name":"moss","webhooks":[{"payload_url":"https://larkspur.example/push"},{"payload_url":"https://larkspur.example/issues"}],"created_at":"2015-02-03T04:05:06Z"}]"#;
    let imported = Archive::new()
        .file("schema.json", r#"{"version":"1.2.0","github_sha":"abc"}"#)
        .file("repositories_000001.json", repositories)
        .import_as("0a1b2c3d.zip");
    let told: Vec<_> = imported.recipients().into_iter().map(|row| (row.records, row.evidence.len())).collect();
    assert_eq!(told, [(1, 1)]);
}
