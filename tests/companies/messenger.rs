//! Messenger's encrypted chats.

use crate::archive::Archive;

#[test]
fn the_number_behind_the_name_of_a_conversation_is_no_part_of_it() {
    let chat = r#"{"participants":["Rosa Quill","Ben Zoë"],"threadName":"Ben Zoë_3","messages":[
        {"senderName":"Rosa Quill","text":"see you","timestamp":1711000000000,"type":"text"},
        {"senderName":"Ben Zoë","text":"User unsent a message","isUnsent":true,"timestamp":1711000001000,"type":"placeholder"}]}"#;
    let empty = r#"{"participants":["Rosa Quill","Al_4"],"threadName":"Al_4_12","messages":[]}"#;
    let found = Archive::new()
        .file("messages/Ben Zoë_3.json", chat)
        .file("messages/Al_4_12.json", empty)
        .import_as("messages.zip");
    assert_eq!(found.companies(), ["messenger"]);
    let messages = found.section("messages");
    assert_eq!(messages.iter().map(|one| one.thread.as_deref()).collect::<Vec<_>>(), [Some("Ben Zoë"); 2]);
    assert_eq!(messages[0].time.as_deref(), Some("2024-03-21T05:46:40Z"));
    let mut threads: Vec<_> = found.section("conversations").into_iter().filter_map(|one| one.thread).collect();
    threads.sort();
    assert_eq!(threads, ["Al_4", "Ben Zoë"]);
}
