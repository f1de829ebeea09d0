//! Conversations: listed, then read.

use crate::schemas::check;
use crate::world::{list, tellall, text};
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
fn a_part_can_be_asked_for_and_a_wrong_id_is_told() {
    let id = with("Ben Zoë", "whatsapp");
    let part = tellall(&["conversation", &id, "--from", "2", "--limit", "3", "--json"]).ended(0).json();
    assert_eq!((list(&part, "lines").len(), &part["from"]), (3, &2.into()));
    assert!(tellall(&["conversation", &id]).ended(0).out.contains("[edited]"));
    assert!(tellall(&["conversation", "c00000000"]).ended(2).err.contains("no conversation is called c00000000"));
}
