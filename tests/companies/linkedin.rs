//! LinkedIn: flat tables, each with dates of its own.

use crate::archive::*;
use tellall::record::IdKind;

const MESSAGES: &str = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n\
    2-Qm,,Ben Zoë,https://www.linkedin.com/in/ben-zoe,Rosa Quill,2021-11-17 18:14:58 UTC,,<p>Hello &amp; welcome</p>,INBOX\n";

/// A header that lets a zip be known, without a record.
const PROFILE: &str = "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers\n";

fn with(name: &str, bytes: impl AsRef<[u8]>) -> Imported {
    Archive::new().file("Profile.csv", PROFILE).file(name, bytes).import_as("Basic_LinkedInDataExport_11-02-2024.zip")
}

fn times(imported: &Imported, section: &str) -> Vec<Option<String>> {
    imported.section(section).into_iter().map(|record| record.time).collect()
}

fn written(values: &[&str]) -> Vec<Option<String>> {
    values.iter().map(|value| Some((*value).to_owned())).collect()
}

fn texts(imported: &Imported, section: &str) -> Vec<String> {
    imported.section(section).into_iter().filter_map(|record| record.text).collect()
}

#[test]
fn every_table_of_the_complete_archive_is_a_section() {
    let imported = Imported::sample("linkedin");
    assert_eq!(imported.export().company, "linkedin");
    let counts = imported.counts();
    let expected = [
        ("account_status", 2),
        ("achievements", 1),
        ("ad_targeting", 40),
        ("ads_clicked", 2),
        ("ads_elsewhere", 1),
        ("ai_messages", 2),
        ("articles", 3),
        ("causes", 2),
        ("comments", 1),
        ("company_follows", 2),
        ("connections", 5),
        ("credibility", 1),
        ("education", 1),
        ("emails", 3),
        ("endorsements", 2),
        ("events", 1),
        ("groups", 1),
        ("hashtag_follows", 1),
        ("inferences", 4),
        ("invitations", 2),
        ("job_alerts", 1),
        ("job_answers", 3),
        ("job_applications", 1),
        ("job_preferences", 1),
        ("languages", 2),
        ("learning", 1),
        ("logins", 3),
        ("member_follows", 2),
        ("messages", 5),
        ("notes", 1),
        ("phones", 2),
        ("positions", 2),
        ("profile", 1),
        ("reactions", 2),
        ("receipts", 1),
        ("recommendations", 1),
        ("registration", 1),
        ("reposts", 1),
        ("rich_media", 1),
        ("saved", 1),
        ("saved_jobs", 1),
        ("searches", 2),
        ("security_challenges", 1),
        ("shares", 1),
        ("skills", 2),
        ("uploaded_contacts", 4),
        ("verifications", 2),
        ("volunteering", 1),
        ("votes", 1),
    ];
    assert_eq!(counts.into_iter().collect::<Vec<_>>(), expected.map(|(id, count)| (id.to_owned(), count)));
    assert_eq!(imported.problems(), [""; 0]);
    assert!(imported.fates().iter().all(|(_, fate, _)| fate == "read"), "{:?}", imported.fates());
}

#[test]
fn messages_of_both_sides_are_shown_without_their_markup() {
    let imported = Imported::sample("linkedin");
    let messages = imported.section("messages");
    let ben = &messages[1];
    assert_eq!(ben.time.as_deref(), Some("2021-11-17T18:14:58Z"));
    assert_eq!(ben.who.as_deref(), Some("Ben Zoë"));
    assert_eq!(ben.text.as_deref(), Some("Hello Rosa, is the blue dinghy still for sale?"));
    let rosa = &messages[2];
    assert_eq!(rosa.who.as_deref(), Some("Rosa Quill"));
    assert_eq!(rosa.text.as_deref(), Some("It is & it floats 🚣\nSee the picture"));
    assert_eq!(rosa.value("CONTENT.a.href"), Some("https://larkspur.example/dinghy"));
    assert_eq!(messages[3].thread.as_deref(), Some("Boat show"), "a conversation has the name it was given");
    assert_eq!(ben.thread, rosa.thread, "without a name its number holds it together");
    assert_eq!(imported.count("section:messages quote"), 1, "InMail in the folder SPAM is found");
    let urls = imported.identifiers(IdKind::Url);
    assert!(urls.contains_key("linkedin.com/in/sam-okafor"), "{urls:?}");
}

#[test]
fn the_wide_table_of_advertising_is_a_record_for_each_thing_said_of_the_person() {
    let imported = Imported::sample("linkedin");
    let targeting = texts(&imported, "ad_targeting");
    for said in ["35-54", "Female", "Sailing", "Gardening", "Frequent Travelers", "Parents of young children"] {
        assert!(targeting.iter().any(|text| text == said), "{said}: {targeting:?}");
    }
    // Three columns are called alike: they are told apart by their place.
    let titles = imported.records("section:ad_targeting").into_iter().flat_map(|record| record.values);
    let titles: Vec<_> = titles.filter(|(field, _)| field.starts_with("Job Titles")).collect();
    let expected = [("Job Titles", "Boat Builder"), ("Job Titles (2)", "Boat Builder"), ("Job Titles (2)", "Joiner")];
    for (field, value) in expected {
        assert!(titles.contains(&(field.to_owned(), value.to_owned())), "{titles:?}");
    }
    assert_eq!(imported.meaning("ad_targeting", "Member Age"), ("age".to_owned(), "inferred".to_owned()));
    assert_eq!(imported.meaning("ad_targeting", "Member Gender"), ("gender".to_owned(), "inferred".to_owned()));
    assert_eq!(
        imported.meaning("ad_targeting", "Standard Audience Segments"),
        ("segment".to_owned(), "inferred".to_owned())
    );
    assert_eq!(imported.meaning("inferences", "Inference").1, "inferred");
}

#[test]
fn each_file_writes_dates_its_own_way_and_all_are_read() {
    let imported = Imported::sample("linkedin");
    assert_eq!(
        times(&imported, "logins"),
        written(&["2024-08-10T21:03:55Z", "2024-10-16T18:40:02Z", "2024-11-01T07:12:41Z"])
    );
    assert_eq!(times(&imported, "registration"), written(&["2014-05-03T20:05:00"]));
    assert_eq!(times(&imported, "invitations"), written(&["2020-02-02T12:15:00", "2021-11-16T09:40:00"]));
    assert_eq!(times(&imported, "ads_clicked"), written(&["2024-08-26T09:06:08Z", "2024-10-02T17:44:30Z"]));
    assert_eq!(times(&imported, "reactions"), written(&["2021-09-28T09:08:27", "2024-10-30T22:15:00"]));
    assert_eq!(times(&imported, "company_follows"), written(&["2018-02-06T08:00:00Z", "2021-09-24T12:35:41Z"]));
    assert_eq!(times(&imported, "connections")[4], Some("2021-11-17".to_owned()));
    assert_eq!(times(&imported, "job_applications"), written(&["2024-10-22T06:30:00"]));
}

#[test]
fn the_history_of_the_account_is_in_another_encoding_than_all_else() {
    let imported = Imported::sample("linkedin");
    let history = imported.section("account_status");
    assert_eq!(history[0].text.as_deref(), Some("Account created"));
    assert_eq!(history[0].time.as_deref(), Some("2014-05-03T20:05:00"));
}

#[test]
fn connections_have_a_note_above_their_header_and_mostly_no_address() {
    let imported = Imported::sample("linkedin");
    let connections = imported.section("connections");
    assert_eq!(connections[4].value("Last Name"), Some("Zoë"));
    assert_eq!(connections[4].value("Email Address"), Some("ben.zoe@example.org"));
    assert_eq!(connections[1].value("Last Name"), Some("Okafor, MSc"));
    assert_eq!(connections[0].values.len(), 1, "one who has left is a date alone");
    assert!(
        imported.section("notes")[0].value("preamble").is_some_and(|note| note.contains("email addresses are missing"))
    );
}

#[test]
fn connections_of_the_first_years_have_neither_note_nor_profile() {
    let old = "First Name,Last Name,Email Address,Company,Position,Connected On\nBen,Zoë,ben.zoe@example.org,Quillmark Media,Editor,\"11/17/16, 6:02 PM\"\n";
    let imported = Archive::new().file("Connections.csv", old).import_as("linkedin.zip");
    assert_eq!(imported.export().company, "linkedin");
    assert_eq!(imported.counts().into_iter().collect::<Vec<_>>(), [("connections".to_owned(), 1)]);
}

#[test]
fn columns_in_the_persons_language_are_known_by_the_english_table_of_the_same_width() {
    let german = "Hinweis:\n\"Manche Adressen fehlen.\"\n\nVorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am\nBen,Zoë,https://www.linkedin.com/in/ben-zoe,ben.zoe@example.org,Quillmark Media,Redakteur,17. Nov. 2021\n";
    let imported = with("Connections.csv", german);
    let ben = &imported.section("connections")[0];
    assert_eq!(ben.value("First Name"), Some("Ben"));
    assert_eq!(ben.time.as_deref(), Some("2021-11-17"));
    assert!(!imported.identifiers(IdKind::Email)["ben.zoe@example.org"]);

    let german = "Anmeldedatum,IP-Adresse,Browser,Art der Anmeldung\nFri Sep 24 12:35:41 UTC 2021,203.0.113.47,Mozilla/5.0 (X11; Linux x86_64),LOGIN_PASSWORD\n";
    let imported = with("Logins.csv", german);
    assert_eq!(times(&imported, "logins"), written(&["2021-09-24T12:35:41Z"]));
    assert!(imported.identifiers(IdKind::Ip)["203.0.113.47"]);
}

#[test]
fn a_table_of_unknown_columns_still_tells_addresses_by_their_form() {
    let imported = with("Logins.csv", "Quand,Où\nFri Sep 24 12:35:41 UTC 2021,203.0.113.47\n");
    assert!(imported.identifiers(IdKind::Ip)["203.0.113.47"]);
    assert_eq!(times(&imported, "logins"), written(&["2021-09-24T12:35:41Z"]));
    assert_eq!(imported.problems(), [""; 0]);
}

#[test]
fn names_of_files_vary_in_blanks_underscores_case_and_numbers() {
    let follows = "Date,Status,FullName\n2022-04-05 11:00:00,Active,José Ibarra\n";
    for name in ["Member_Follows.csv", "Member Follows.csv", "member_follows_000.csv", "Member_Follows_12.csv"] {
        assert_eq!(with(name, follows).counts()["member_follows"], 1, "{name}");
    }
    let endorsed = "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name\n2019/02/14 12:00:00 UTC,Joinery,Sam,Okafor\n";
    for name in ["Endorsement Received Info.csv", "Endorsement_Received_Info.csv"] {
        assert_eq!(with(name, endorsed).counts()["endorsements"], 1, "{name}");
    }
}

#[test]
fn the_persons_own_identifiers_are_told_from_those_of_others() {
    let imported = Imported::sample("linkedin");
    let emails = imported.identifiers(IdKind::Email);
    for mine in ["rosa.quill@example.com", "r.quill@quill-and-sons.example", "rosa.old@example.com"] {
        assert!(emails[mine], "{mine}");
    }
    // Several addresses and numbers stand in one cell of an uploaded contact.
    for other in ["ben.zoe@example.org", "jose@example.net", "a.ruiz@clinic.example", "ana@example.net"] {
        assert!(!emails[other], "{other}");
    }
    let phones = imported.identifiers(IdKind::Phone);
    assert!(phones["+447700900123"]);
    for other in ["+447700900789", "+447700900456", "+12025550188", "+447700900321"] {
        assert!(!phones[other], "{other}");
    }
    let ips: Vec<(String, bool)> = imported.identifiers(IdKind::Ip).into_iter().collect();
    assert_eq!(ips, [("198.51.100.23".to_owned(), true), ("203.0.113.47".to_owned(), true)]);
    assert_eq!(imported.identifiers(IdKind::Birthday).into_keys().collect::<Vec<_>>(), ["1987-04-12"]);
    assert!(imported.identifiers(IdKind::Username)["rosaquill"]);
}

#[test]
fn a_company_applied_to_received_data_and_job_preferences_are_choices() {
    let imported = Imported::sample("linkedin");
    let recipients = imported.recipients();
    assert_eq!(recipients.len(), 1, "{recipients:?}");
    let choices = imported.choices();
    let open = choices.iter().find(|choice| choice.what == "Job search: Open to recruiters").expect("the choice");
    assert_eq!((open.value.as_str(), open.about.as_str()), ("Yes", "sharing"));
}

#[test]
fn the_name_of_the_archive_tells_the_date_and_a_renamed_table_is_known_by_its_header() {
    let imported = with("messages.csv", MESSAGES);
    assert_eq!(imported.export().as_of.as_deref(), Some("2024-11-02"));
    assert_eq!(imported.counts()["messages"], 1);
    let renamed = Archive::new().file("Datenkopie/messages.csv", MESSAGES).import_as("meine daten.zip");
    assert_eq!(renamed.export().company, "linkedin");
    assert_eq!(Archive::new().file("Nachrichten.csv", MESSAGES).import_as("x.zip").export().company, "linkedin");
}

#[test]
fn tables_of_others_with_common_names_are_not_linkedins() {
    let imported = Archive::new()
        .file("messages.csv", "when,what\n2020-01-01 00:00:00,hello\n")
        .file("Profile.csv", "name,value\ncolour,blue\n")
        .file("Skills.csv", "Name\nRowing\n")
        .import_as("x.zip");
    assert!(imported.export().company.starts_with("unknown"), "{}", imported.export().company);
}

#[test]
fn connections_of_the_first_years_have_no_address_of_a_profile_and_short_days() {
    let text = "First Name,Last Name,Email Address,Company,Position,Connected On\nKim,Example,,X,Cook,1/31/18\n";
    let imported = Imported::of_files(&[("Connections.csv", text.into())]);
    assert_eq!(imported.companies(), ["linkedin"]);
    assert_eq!(imported.section("connections")[0].time.as_deref(), Some("2018-01-31"));
    assert_eq!(imported.problems(), [""; 0]);
}
