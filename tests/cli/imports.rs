//! Importing, importing again, and taking out.

use crate::world::*;
use serde_json::Value;
use std::fs::{self, File};
use std::path::Path;

fn sample(name: &str) -> std::path::PathBuf {
    samples().join(name)
}

fn ids(report: &Value) -> Vec<&str> {
    texts(list(report, "exports"), "id")
}

/// Every file below `folder`, with its bytes.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.expect("it can be read");
        if entry.file_type().is_file() {
            found.push((entry.path().display().to_string(), fs::read(entry.path()).expect("it can be read")));
        }
    }
    found
}

/// The bytes of what is imported, without the lock that is written each time.
pub fn held(home: &Home) -> Vec<(String, Vec<u8>)> {
    files(&home.index().join("segments"))
}

#[test]
fn importing_the_same_again_changes_nothing_and_says_so() {
    let home = Home::new();
    let first = home.import(&sample("messenger"));
    assert!(list(&first, "exports")[0].get("already").is_none());
    let before = held(&home);
    assert!(!before.is_empty());
    let again = home.import(&sample("messenger"));
    assert_eq!(list(&again, "exports")[0]["already"], true);
    assert_eq!(ids(&first), ids(&again));
    assert_eq!(held(&home), before);
    let said = home.run(&["import", sample("messenger").to_str().expect("UTF-8")]).ended(0);
    assert_eq!(said.out, format!("{MESSENGER}: in the index already\n"));
}

#[test]
fn an_export_of_which_more_parts_arrive_is_replaced_by_the_whole() {
    let home = Home::new();
    let names = ["facebook-rosa.quill-2024-11-02-AbCd1234.zip", "facebook-rosa.quill-2024-11-02-EfGh5678.zip"];
    let [first, second] = names.map(|name| {
        home.file(&format!("late/{name}"), fs::read(sample(&format!("facebook/{name}"))).expect("the sample"))
    });
    let waiting = home.path().join("second.kept");
    fs::rename(&second, &waiting).expect("it can wait");
    let alone = home.import(&first);
    assert_eq!(list(&list(&alone, "exports")[0], "parts").len(), 1);
    let half = count_in(&home, "section:messages OR section:friends");
    fs::rename(&waiting, &second).expect("it arrives");
    let both = home.import(&home.path().join("late"));
    assert_eq!(ids(&both), [FACEBOOK_2024]);
    assert_eq!(list(&list(&both, "exports")[0], "parts").len(), 2);
    let exports = home.run(&["exports", "--json"]).ended(0).json();
    assert_eq!(ids(&exports), [FACEBOOK_2024], "the half is gone");
    assert_eq!((half, count_in(&home, "section:messages OR section:friends")), (7, 17));
}

#[test]
fn a_part_beside_the_one_given_is_joined() {
    let home = Home::new();
    let imported = home.import(&sample("facebook/facebook-rosa.quill-2024-11-02-AbCd1234.zip"));
    assert_eq!(ids(&imported), [FACEBOOK_2024]);
    assert_eq!(list(&list(&imported, "exports")[0], "parts").len(), 2);
}

#[test]
fn what_is_removed_is_gone_from_the_index_and_from_its_files() {
    let home = Home::new();
    home.import(&sample("messenger"));
    home.import(&sample("larkspur"));
    let word = "key to the shed";
    let holds = || {
        let word = word.as_bytes();
        files(&home.index()).iter().filter(|(_, bytes)| bytes.windows(word.len()).any(|window| window == word)).count()
    };
    assert!(holds() > 0, "text is stored as it is");
    assert_eq!(count_in(&home, "shed"), 1);
    home.run(&["remove", MESSENGER]).ended(0);
    assert_eq!(count_in(&home, "shed"), 0);
    assert_eq!(holds(), 0);
    let exports = home.run(&["exports", "--json"]).ended(0).json();
    assert_eq!(ids(&exports), [LARKSPUR], "the others stay");
    home.run(&["remove", MESSENGER]).ended(1);
    assert!(sample("messenger/messages.zip").is_file(), "the archive is untouched");
}

#[test]
fn while_somebody_else_writes_nobody_may_and_reading_goes_on() {
    let home = Home::new();
    home.import(&sample("messenger"));
    let before = held(&home);
    let lock = File::options().read(true).write(true).open(home.index().join("lock")).expect("the lock");
    lock.lock().expect("nobody holds it");
    fs::write(home.index().join("lock"), "process 4242, since 2024-01-01T00:00:00Z").expect("it is ours");
    for args in [&["import", sample("larkspur").to_str().expect("UTF-8")][..], &["remove", MESSENGER]] {
        let ran = home.run(args).ended(2);
        assert!(ran.err.contains("process 4242"), "{}", ran.err);
        assert_eq!(ran.out, "");
    }
    assert_eq!(held(&home), before);
    assert_eq!(count_in(&home, "shed"), 1);
    drop(lock);
    home.import(&sample("larkspur"));
}

#[test]
fn an_ephemeral_index_leaves_nothing() {
    let home = Home::new();
    let larkspur = sample("larkspur");
    let ran = home.run(&["import", "--ephemeral", "--json", larkspur.to_str().expect("UTF-8")]).ended(0);
    assert_eq!(ids(&ran.json()), [LARKSPUR]);
    assert!(!home.index().exists());
}

#[test]
fn a_person_may_say_whose_export_it_is_and_of_which_day() {
    let home = Home::new();
    let chat = sample("whatsapp/WhatsApp Chat with Ben Zoë.txt");
    let chat = chat.to_str().expect("UTF-8");
    let args = ["import", chat, "--as-of", "2024-03-01", "--account", "rosa", "--company", "whatsapp", "--json"];
    let export = list(&home.run(&args).ended(0).json(), "exports")[0].clone();
    assert_eq!((text(&export, "as_of"), text(&export, "account")), ("2024-03-01", "rosa"));
    let unknown = home.run(&["import", chat, "--company", "nobody"]).ended(2);
    assert!(unknown.err.contains("no company is called nobody\n"), "{}", unknown.err);
    let day = home.run(&["import", chat, "--as-of", "1 March"]).ended(2);
    assert!(day.err.contains("write the day as YYYY-MM-DD"), "{}", day.err);
}

#[test]
fn an_index_that_was_damaged_costs_one_export_and_is_named() {
    let home = Home::new();
    home.import(&sample("messenger"));
    home.import(&sample("larkspur"));
    fs::write(home.index().join("segments").join(MESSENGER).join("catalog.json"), "{").expect("harm");
    let ran = home.run(&["exports", "--json"]).ended(0);
    assert_eq!(ids(&ran.json()), [LARKSPUR]);
    assert!(ran.err.contains(MESSENGER), "{}", ran.err);
}

#[test]
fn the_index_may_be_named_before_the_command_or_behind_it() {
    let home = Home::new();
    let elsewhere = home.path().join("elsewhere");
    let elsewhere = elsewhere.to_str().expect("UTF-8");
    let larkspur = sample("larkspur");
    home.run(&["--index", elsewhere, "import", larkspur.to_str().expect("UTF-8")]).ended(0);
    home.run(&["exports"]).ended(1);
    let before = home.run(&["--index", elsewhere, "--json", "exports"]).ended(0).json();
    assert_eq!(before, home.run(&["exports", "--index", elsewhere, "--json"]).ended(0).json());
    let both = home.run(&["some.zip", "exports"]).ended(2);
    assert!(both.err.contains("some.zip stands before the command"), "{}", both.err);
}

#[test]
fn the_index_inside_the_folder_that_is_imported_is_no_export() {
    let home = Home::new();
    home.file("WhatsApp Chat with Ben.txt", "1/2/24, 3:04 PM - Rosa Quill: hello\n1/2/24, 3:05 PM - Ben: hi\n");
    let first = home.import(home.path());
    assert_eq!(ids(&first), ["whatsapp-chat-with-ben-2024-01-02"]);
    let again = home.import(home.path());
    assert_eq!(ids(&again), ["whatsapp-chat-with-ben-2024-01-02"]);
}

#[test]
fn several_chats_in_a_folder_are_exports_of_their_own_and_what_lies_beside_them_is_told() {
    let home = Home::new();
    home.file("chats/deep/one.txt", "1/2/24, 3:04 PM - Rosa Quill: hello\n1/2/24, 3:05 PM - Ben: hi\n");
    home.file("chats/deep/two.txt", "1/2/24, 3:04 PM - Rosa Quill: hello\n1/2/24, 3:05 PM - Sam: hi\n");
    home.file("chats/deep/shopping list.txt", "bread\nmilk\n");
    let report = home.import(&home.path().join("chats"));
    assert_eq!(ids(&report), ["whatsapp-one-2024-01-02", "whatsapp-two-2024-01-02"]);
    let warnings = texts_of(&list(&report, "exports")[0], "warnings");
    assert!(warnings.iter().any(|warning| warning.contains("1 other file in ")), "{warnings:?}");
}

fn texts_of(value: &Value, key: &str) -> Vec<String> {
    list(value, key).iter().map(|text| text.as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn an_answer_from_a_damaged_index_says_that_it_is_not_whole() {
    let home = Home::new();
    home.import(&sample("messenger"));
    home.import(&sample("whatsapp"));
    for (name, _) in files(&home.index().join("segments")) {
        if Path::new(&name).extension().is_some_and(|end| end == "arrow") {
            let mut bytes = fs::read(&name).expect("it can be read");
            let middle = bytes.len() / 2;
            bytes[middle] ^= 0xff;
            fs::write(&name, bytes).expect("it can be written");
        }
    }
    for command in
        [&["search", "--count", "the"][..], &["search", "the", "--json"], &["shared", "--json"], &["choices", "--json"]]
    {
        let ran = home.run(command).ended(2);
        assert!(ran.err.contains("is damaged") && ran.err.contains("import"), "{command:?}: {}", ran.err);
    }
    let exports = home.run(&["exports"]).ended(0);
    assert!(exports.out.contains(MESSENGER), "what needs no damaged part is answered: {}", exports.out);
}
