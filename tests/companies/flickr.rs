//! Flickr: from what is known of the format; no export was seen.

use crate::archive::*;
use tellall::record::IdKind;

#[test]
fn profile_photos_albums_people_and_mail_are_read() {
    let imported = Imported::sample("flickr");
    assert_eq!(imported.export().company, "flickr");
    let expected = [
        ("albums", 1),
        ("comments", 1),
        ("contacts", 3),
        ("faves", 1),
        ("mail", 1),
        ("photo_comments", 1),
        ("photos", 2),
        ("profile", 1),
    ];
    assert_eq!(imported.counts().into_iter().collect::<Vec<_>>(), expected.map(|(id, count)| (id.to_owned(), count)));
    let photo = &imported.section("photos")[0];
    assert_eq!((photo.time.as_deref(), photo.text.as_deref()), (Some("2012-05-01T10:00:00"), Some("wall")));
    assert_eq!(imported.meaning("photos", "geo.latitude"), ("gps".to_owned(), "observed".to_owned()));
    assert!(imported.identifiers(IdKind::Email)["rosa.quill@example.com"]);
    let sharing: Vec<_> = imported.choices().into_iter().map(|choice| (choice.what, choice.value)).collect();
    assert!(sharing.contains(&("Sharing: facebook".to_owned(), "true".to_owned())), "{sharing:?}");
}

#[test]
fn parts_of_one_request_are_one_export() {
    let one = Archive::new().file("account_profile.json", r#"{"nsid":"1@N00","screen_name":"r","is_pro":"0"}"#).zip();
    let two = Archive::new()
        .file(
            "photo_1.json",
            r#"{"id":"1","name":"a","count_views":"1","photopage":"x","date_taken":"2012-05-01 10:00:00"}"#,
        )
        .zip();
    let imported = Imported::of_files(&[
        ("72157700000000001_0a1b2c3d4e5f_part1.zip", one),
        ("72157700000000001_0a1b2c3d4e5f_part2.zip", two),
    ]);
    assert_eq!(imported.companies(), ["flickr"]);
    assert_eq!(imported.export().parts.len(), 2);
}

#[test]
fn lists_and_photos_come_in_zips_apart_and_are_one_export() {
    let albums = r#"{"albums":[{"id":"1","title":"Walls","description":"","photo_count":"1","view_count":"0","created":"1714979289","cover_photo":"","photos":["4700000001"]}]}"#;
    let photo = r#"{"id":"4700000001","name":"wall","count_views":"12","photopage":"https://www.flickr.com/photos/rosaquill/4700000001","date_taken":"2024-05-01 10:00:00","geo":[],"comments":[]}"#;
    let jpeg = b"\xff\xd8\xff\xd9".to_vec();
    let imported = Imported::of_files(&[
        (
            "72157700000000001_0a1b2c3d4e5f_part1.zip",
            Archive::new().file("albums.json", albums).file("photo_4700000001.json", photo).zip(),
        ),
        ("data-download-1.zip", Archive::new().file("wall_4700000001_o.jpg", &jpeg).zip()),
        ("data-download-2.zip", Archive::new().file("door_4700000002_o.jpg", &jpeg).zip()),
    ]);
    assert_eq!(imported.export().parts.len(), 3);
    assert_eq!(imported.counts(), [("albums".to_owned(), 1), ("photos".to_owned(), 1)].into());
    assert_eq!(imported.section("albums")[0].time.as_deref(), Some("2024-05-06T07:08:09Z"));
    assert_eq!(imported.with_fate("media").len(), 2);
    assert_eq!(Archive::new().file("albums.json", albums).import_as("x.zip").companies(), ["flickr"], "albums alone");
}

#[test]
fn mail_sent_and_received_is_one_conversation_with_the_other_person() {
    let mail = |from: &str, to: &str, name: &str, text: &str, day: u32| {
        format!(
            r#"{{"flickrmail":[{{"id":"{day}","from_user_id":"{from}","to_user_id":"{to}","to_user_name":"{name}","subject":"Hi","message":"{text}","date_sent":"2017-01-0{day} 03:04:05","date_deleted":""}}]}}"#
        )
    };
    let (me, ben) = ("12345678@N00", "87654321@N00");
    let imported = Archive::new()
        .file("account_profile.json", format!(r#"{{"nsid":"{me}","screen_name":"rosaquill","is_pro":"0"}}"#))
        .file("received_flickrmail_part001.json", mail(ben, me, "rosaquill", "may I print it?", 2))
        .file("sent_flickrmail_part001.json", mail(me, ben, "benzoe", "yes, do", 3))
        .import_as("72157700000000001_0a1b2c3d4e5f_part1.zip");
    let told: Vec<_> = imported
        .records("kind:message")
        .into_iter()
        .map(|mail| (mail.who.unwrap_or_default(), mail.thread.unwrap_or_default(), mail.text.unwrap_or_default()))
        .collect();
    let of = |who: &str, text: &str| (who.to_owned(), "benzoe".to_owned(), text.to_owned());
    assert_eq!(told, [of("benzoe", "may I print it?"), of("rosaquill", "yes, do")]);
}
