//! Conversations: listed, then read.

use crate::schemas::check;
use crate::world::{Home, list, tellall, text};
use serde_json::Value;

fn with(title: &str, company: &str) -> String {
    let all = tellall(&["conversation", "--json"]).ended(0).json();
    check("conversations", &all);
    let is_it = |one: &&Value| text(one, "title") == title && text(one, "company") == company;
    let found = list(&all, "conversations").iter().find(is_it).expect("the conversation is listed").clone();
    text(&found, "id").to_owned()
}

fn read(id: &str) -> Value {
    let one = tellall(&["conversation", id, "--json"]).ended(0).json();
    check("conversation", &one);
    one
}

/// Imports a company's sample; gives the lines of one conversation, files and what became of a message in brackets.
fn check_lines(company: &str, title: &str, expected: &[&str]) {
    let home = Home::new();
    home.run(&["import", &format!("{}/sample_exports/{company}", env!("CARGO_MANIFEST_DIR"))]).ended(0);
    let said = |line: &Value| {
        let written = line["text"].as_str().map(str::to_owned);
        let files = list(line, "attachments").iter().map(|file| format!("[{}]", text(file, "name")));
        let deleted = (line["deleted"] == true).then(|| "[deleted]".to_owned());
        written.into_iter().chain(files).chain(deleted).collect::<Vec<_>>().join(" ")
    };
    let all = home.run(&["conversation", "--json"]).ended(0).json();
    let id = list(&all, "conversations").iter().find(|one| text(one, "title") == title).map(|one| text(one, "id"));
    let one = home.run(&["conversation", id.expect("it is listed"), "--json"]).ended(0).json();
    assert_eq!(list(&one, "lines").iter().map(said).collect::<Vec<_>>(), expected);
}

#[test]
fn a_conversation_is_read_from_the_oldest_message_with_what_became_of_each() {
    let one = read(&with("Ben Zoë", "whatsapp"));
    let lines = list(&one, "lines");
    assert_eq!(lines.len(), 13);
    assert!(lines[0]["event"] == true && lines[0]["who"].is_null(), "{}", lines[0]);
    let edited: Vec<&Value> = lines.iter().filter(|line| line["edited"] == true).collect();
    let deleted = lines.iter().filter(|line| line["deleted"] == true).count();
    assert_eq!((edited.len(), deleted), (1, 1));
    let left_out = lines.iter().find_map(|line| list(line, "attachments").first()).expect("a file was left out");
    assert_eq!((text(left_out, "why"), &left_out["held"]), ("the export was made without media", &false.into()));
}

#[test]
fn snapshots_of_one_account_are_one_conversation_with_reactions_and_files() {
    let one = read(&with("Ben Zoë", "facebook"));
    let lines = list(&one, "lines");
    let reactions: Vec<&Value> = lines.iter().flat_map(|line| list(line, "reactions")).collect();
    assert!(reactions.iter().any(|one| text(one, "who") == "Ben Zoë" && text(one, "sign") == "❤"), "{reactions:?}");
    let times: Vec<&str> = lines.iter().filter_map(|line| line["time"].as_str()).collect();
    assert!(times.is_sorted_by_key(|time| time.get(..10)), "{times:?}");
}

#[test]
fn a_message_taken_back_or_of_a_file_alone_says_so() {
    let said = ["Did you see the tide table?", "Yes: low water at six ☕", "[deleted]", "[File-tide.png]"];
    check_lines("google", "DM 4xQuILLAAAAE", &said);
}

#[test]
fn a_picture_sent_without_words_is_named_by_its_link() {
    let said = ["[pic.jpg]", "what is your address now? https://t.example/m1", "it is <3 and 203.0.113.47, do not ask"];
    check_lines("x", "Ben Zoë, Rosa Quill 🌿", &said);
}

#[test]
fn a_message_of_which_only_the_kind_is_told_is_named_by_it() {
    check_lines("snapchat", "benzoe", &["Is the harbour open?", "Until six ⚓", "[media]", "[video]"]);
    check_lines("snapchat", "Crew 2024", &["status: participantadded", "おはよう"]);
}

#[test]
fn a_part_can_be_asked_for_and_a_wrong_id_is_told() {
    let id = with("Ben Zoë", "whatsapp");
    let part = tellall(&["conversation", &id, "--from", "2", "--limit", "3", "--json"]).ended(0).json();
    assert_eq!((list(&part, "lines").len(), &part["from"]), (3, &2.into()));
    assert!(tellall(&["conversation", &id]).ended(0).out.contains("[edited]"));
    assert!(tellall(&["conversation", "c00000000"]).ended(2).err.contains("no conversation is called c00000000"));
}

#[test]
fn a_conversation_of_one_message_is_told_in_the_singular() {
    let home = Home::new();
    home.run(&["import", &format!("{}/sample_exports/tiktok", env!("CARGO_MANIFEST_DIR"))]).ended(0);
    let all = home.run(&["conversation", "--json"]).ended(0).json();
    let single = list(&all, "conversations").iter().find(|one| one["messages"] == 1).expect("one of one message");
    let out = home.run(&["conversation", text(single, "id")]).ended(0).out;
    assert!(out.lines().next().is_some_and(|head| head.ends_with(", 1 message")), "{out}");
}
