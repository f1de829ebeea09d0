//! Test data of other projects, where it lies beside the repository (`../shared/fixtures`, or `TELLALL_FIXTURES`).

use crate::world::*;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder of the fixtures; says so and gives nothing where they are absent.
#[allow(clippy::print_stdout, reason = "a test that checks nothing says so")]
fn fixtures(folder: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/fixtures");
    let all = std::env::var_os("TELLALL_FIXTURES").map_or(beside, PathBuf::from);
    let found = all.join(folder);
    if found.is_dir() {
        return Some(found);
    }
    // Captured by the test runner unless it is asked to show it.
    println!("not checked: {} is not here", found.display());
    None
}

const GENERIC: &str = "generic/karlicoss+HPI/src/my/core/tests/structure_data";

/// Nine messages in each of five files, by `grep -c '^[0-9[]'`; `target.json` says of six of them who wrote them.
#[test]
fn chats_in_five_notations_hold_nine_messages_each() {
    let Some(folder) = fixtures("whatsapp/joweich+chat-miner") else { return };
    let dated = regex::Regex::new(r"(?m)^\[?\d+/\d+/\d+,? \d+:\d+").expect("a regular expression");
    let mut chats = 0;
    for file in fs::read_dir(&folder).expect("the folder").map(|file| file.expect("a file").path()) {
        if file.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        let expected = dated.find_iter(&fs::read_to_string(&file).expect("text")).count() as u64;
        assert_eq!(expected, 9, "{}", file.display());
        let home = Home::new();
        let report = home.import(&file);
        assert_eq!(list(&report, "exports")[0]["records"], expected, "{}", file.display());
        assert_eq!(count_in(&home, r#"lorem -"duis""#), 4, "{}", file.display());
        assert_eq!(
            count_in(&home, "on:2019-01-20 OR on:2019-01-30"),
            2,
            "days and months are told apart: {}",
            file.display()
        );
        assert_eq!(count_in(&home, r#"from:"John-John Doe" on:2020-06-10"#), 1, "{}", file.display());
        chats += 1;
    }
    assert_eq!(chats, 5);
}

#[test]
fn the_messages_of_facebook_before_2018_are_twenty_in_three_conversations() {
    let Some(folder) = fixtures("facebook/ownaginatious+fbchat-archive-parser") else { return };
    let page = fs::read_to_string(folder.join("simulated_data.htm")).expect("the page");
    let messages = page.matches("<div class=\"message\">").count() as u64;
    assert_eq!(messages, 20);
    let home = Home::new();
    home.file("fb/html/messages.htm", &page);
    let report = home.import(&home.path().join("fb"));
    let export = &list(&report, "exports")[0];
    assert_eq!((text(export, "company"), text(export, "layout")), ("facebook", "L0"));
    assert_eq!(count_in(&home, "kind:message has:time"), messages);
    assert_eq!(export["records"], messages + 1, "and the title of the page");
    let found = home.run(&["search", "--jsonl", "kind:message has:time"]).ended(0).out;
    let mut threads: Vec<String> =
        found.lines().map(|line| text(&serde_json::from_str(line).expect("JSON"), "thread").to_owned()).collect();
    threads.sort();
    let each = |with: &str| threads.iter().filter(|thread| *thread == with).count();
    let numbers = [
        "First User 一, Second User 二",
        "First User 一, Third User 三",
        "First User 一, Second User 二, Third User 三",
    ];
    assert_eq!(numbers.map(each), independent(&page, &numbers));
    let last = home.run(&["search", "--jsonl", "\"last message\""]).ended(0).json();
    assert_eq!((text(&last, "who"), text(&last, "time")), ("Second User 二", "2013-10-04T22:05:00-07:00"));
    assert!(text(&last, "text").starts_with("The last message! Hello"), "{last}");
}

/// Messages in the conversations of these people, by nothing but the text of the page.
fn independent(page: &str, people: &[&str; 3]) -> [usize; 3] {
    let mut counts = [0; 3];
    for thread in page.split("<div class=\"thread\">").skip(1) {
        let names = thread.split('<').next().unwrap_or_default().trim();
        if let Some(at) = people.iter().position(|known| *known == names) {
            counts[at] += thread.matches("<div class=\"message\">").count();
        }
    }
    counts
}

/// The same export as folder, zip and tar: one line of text is all that is in it.
#[test]
fn one_export_in_three_containers_holds_one_record_each_time() {
    let Some(folder) = fixtures(GENERIC) else { return };
    let cases = [("gdpr_export.zip", 1, 7), ("gdpr_export.tar.gz", 1, 13), ("gdpr_subdirs/gdpr_export", 1, 3)];
    for (name, records, entries) in cases {
        let home = Home::new();
        let report = home.import(&folder.join(name));
        let export = &list(&report, "exports")[0];
        assert_eq!((&export["records"], &export["entries"]["total"]), (&records.into(), &entries.into()), "{name}");
        assert_eq!(export["entries"]["failed"], 0, "{name}");
        assert_eq!(count_in(&home, "\"test message\""), 1, "{name}");
    }
}

#[test]
fn an_export_of_empty_files_holds_nothing_and_each_file_has_a_fate() {
    let Some(folder) = fixtures(GENERIC) else { return };
    let home = Home::new();
    let report = home.import(&folder.join("gdpr_subdirs/broken_export"));
    let export = &list(&report, "exports")[0];
    assert_eq!((&export["records"], &export["entries"]["total"]), (&0.into(), &2.into()));
    let lines = home.run(&["ledger", "--json"]).ended(0).json();
    assert_eq!(texts(list(&lines, "entries"), "fate"), ["generic", "skipped"]);
}

#[test]
fn all_fixtures_together_are_imported_without_a_failure() {
    let Some(folder) = fixtures("generic") else { return };
    let all = folder.parent().expect("the folder of all").to_owned();
    let home = Home::new();
    for company in fs::read_dir(&all).expect("the folder").map(|entry| entry.expect("an entry").path()) {
        if company.is_dir() {
            let report = home.import(&company);
            for export in list(&report, "exports") {
                let fates = &export["entries"];
                let sum: u64 = ["read", "generic", "media", "skipped", "failed"]
                    .iter()
                    .map(|fate| fates[*fate].as_u64().expect("a number"))
                    .sum();
                assert_eq!(fates["total"], sum);
                assert_eq!(fates["failed"], 0, "{}: {export:#}", company.display());
            }
        }
    }
}
