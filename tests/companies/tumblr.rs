//! Tumblr: payload files and pages of posts.

use crate::archive::*;
use tellall::record::IdKind;

#[test]
fn a_payload_is_many_sections_and_times_that_are_none_are_told() {
    let imported = Imported::sample("tumblr");
    assert_eq!(imported.export().company, "tumblr");
    let expected = [
        ("active_times", 2),
        ("adverts", 4),
        ("apps", 1),
        ("dashboard", 1),
        ("notification_settings", 1),
        ("notifications", 1),
        ("other", 1),
        ("posts", 2),
        ("unfollows", 1),
    ];
    assert_eq!(imported.counts().into_iter().collect::<Vec<_>>(), expected.map(|(id, count)| (id.to_owned(), count)));
    assert_eq!(imported.problems().len(), 1, "{:?}", imported.problems());
    assert!(imported.problems()[0].contains("not recorded"));
    assert_eq!(
        imported.meaning("adverts", "[].data.ads_analytics[].viewed"),
        ("clicks".to_owned(), "observed".to_owned())
    );
    assert!(imported.identifiers(IdKind::Email)["rosa.quill@example.com"]);
    assert!(imported.identifiers(IdKind::Ip)["192.0.2.1"]);
    let recipients = imported.recipients();
    assert_eq!((recipients[0].name.as_str(), recipients[0].basis.as_str()), ("Example Queue", "connected app"));
}

#[test]
fn a_payload_alone_is_known_whatever_its_number() {
    let text = r#"[{"data":{"unfollows":[{"blog_name":"a","timestamp":"2019-05-06 07:08:09"}]}}]"#;
    let imported = Archive::new().file("payload-12.json", text).import_as("daten.zip");
    assert_eq!(imported.companies(), ["tumblr"]);
    assert_eq!(imported.counts()["unfollows"], 1);
}

#[test]
fn a_payload_in_a_file_of_any_name_is_known_by_its_lists() {
    let text = r#"[{"data":{"dashboard":[{"serve_time":"2024-05-06 07:08:09","post_url":"https://a.example"}],"unfollows":[{"blog_name":"a","timestamp":"2024-05-06T07:08:09"}]}}]"#;
    let imported = Archive::new().file("Ordner/daten.json", text).import_as("daten.zip");
    assert_eq!(imported.companies(), ["tumblr"]);
    assert_eq!(imported.counts(), [("dashboard".to_owned(), 1), ("unfollows".to_owned(), 1)].into());
    assert_eq!(imported.with_fate("generic"), [""; 0]);
    let other = Archive::new().file("daten.json", r#"[{"data":{"dashboards":[1]}}]"#).import_as("daten.zip");
    assert!(other.companies()[0].starts_with("unknown"));
}

#[test]
fn the_title_of_a_post_is_kept_and_what_was_shown_is_called_by_its_address() {
    let payload = r#"[{"data":{"dashboard":[{"serve_time":"2024-02-01T08:00:00Z","post_url":"https://fern.example/1","blog_name":"fern"}],"api_applications_used":[{"session_created_time":"2022-03-04T05:06:07Z","application":"Larkspur Reader"}]}}]"#;
    let imported = Archive::new()
        .file("payload-0.json", payload)
        .file("posts/html/111.html", "<html><body><h1>A heron</h1><p>I saw it by the weir.</p></body></html>")
        .import_as("tumblr.zip");
    let post = &imported.section("posts")[0];
    assert_eq!((post.text.as_deref(), post.value("title")), (Some("I saw it by the weir."), Some("A heron")));
    assert_eq!(imported.section("dashboard")[0].text.as_deref(), Some("https://fern.example/1"));
    assert_eq!(imported.section("apps")[0].text.as_deref(), Some("Larkspur Reader"));
}
