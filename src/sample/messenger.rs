//! Messenger's separate download of end-to-end encrypted chats: clean UTF-8, camel-case keys.

use super::{Zip, picture};
use serde_json::{Value, json};

pub fn exports() -> Vec<(String, Vec<u8>)> {
    let json = |value: &Value| serde_json::to_string_pretty(value).unwrap_or_default();
    let zip = Zip::new()
        .add("messages/Ben Zoë_1.json", json(&with_ben()))
        .add("messages/Allotment_2.json", json(&allotment()))
        .add(
            "messages/Nobody_3.json",
            json(&json!({ "participants": ["Rosa Quill", "Facebook user"], "threadName": "Nobody_3", "messages": [] })),
        )
        .add("media/3f0a7c11-0000-4000-8000-000000000001.jpeg", picture::photo("2024:03:21 08:00:00"));
    vec![("messages.zip".to_owned(), zip.finish())]
}

fn message(sender: &str, time: i64, text: &str) -> Value {
    json!({ "isUnsent": false, "media": [], "reactions": [], "senderName": sender, "text": text, "timestamp": time, "type": "text" })
}

fn with_ben() -> Value {
    let mut reacted = message("Rosa Quill", 1_711_000_000_000, "see you at the café");
    reacted["reactions"] = json!([{ "actor": "Ben Zoë", "reaction": "👍" }]);
    let mut photo = message("Ben Zoë", 1_711_000_001_000, "");
    photo["media"] = json!([{ "uri": "./media/3f0a7c11-0000-4000-8000-000000000001.jpeg" }]);
    photo["type"] = json!("media");
    let mut unsent = message("Ben Zoë", 1_711_000_900_000, "User unsent a message");
    unsent["isUnsent"] = json!(true);
    unsent["type"] = json!("placeholder");
    // Text made of Latin-1 letters only: a blanket mojibake repair would corrupt it.
    let latin = message("Rosa Quill", 1_711_003_600_000, "Ã© is how Facebook writes é");
    json!({ "participants": ["Rosa Quill", "Ben Zoë"], "threadName": "Ben Zoë_1", "messages": [latin, unsent, photo, reacted] })
}

fn allotment() -> Value {
    json!({
        "participants": ["Rosa Quill", "Sam Okafor", "山田 花子"], "threadName": "Allotment_2",
        "messages": [
            message("Sam Okafor", 1_712_000_000_000, "who has the key to the shed? 🔑"),
            message("山田 花子", 1_712_000_060_000, "私です。日曜に持って行きます"),
            message("Rosa Quill", 1_712_000_120_000, "thank you Hanako!")
        ]
    })
}
