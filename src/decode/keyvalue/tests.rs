use crate::decode::Decoder;
use crate::decode::time::Clock;
use crate::emit::collect::{Collected, Collection};
use crate::record::Kind;
use crate::sheets::{FieldPattern, Section};
use proptest::prelude::*;

fn read(text: impl AsRef<[u8]>) -> Collection {
    Collection::of(Decoder::KeyValue, &Section::default(), false, "notes.txt", text.as_ref())
}

fn check(text: impl AsRef<[u8]>, expected: &[&str]) {
    let found = read(text);
    let line = |record: &Collected| {
        let values: Vec<String> =
            record.values.iter().map(|(path, value)| format!("{path}={}", value.replace('\n', "⏎"))).collect();
        format!("{}: {}", record.locator, values.join(" | "))
    };
    assert_eq!(found.records.iter().map(line).collect::<Vec<_>>(), expected);
    assert_eq!(found.error, None);
}

#[test]
fn blocks_of_labelled_lines_are_records() {
    check(
        "Date: 2024-05-06 07:08:09 UTC\r\nContent: hello\r\n\r\nDate: 2024-05-07 07:08:09 UTC\r\nContent: two\r\nlines: of it\r\nand one more\r\n",
        &[
            "line 1: Date=2024-05-06 07:08:09 UTC | Content=hello",
            "line 4: Date=2024-05-07 07:08:09 UTC | Content=two | lines=of it⏎and one more",
        ],
    );
}

#[test]
fn the_first_key_coming_again_begins_the_next_record() {
    check(
        "Date: 1\nLink: https://example.com/a\nDate: 2\nLink: https://example.com/b\n",
        &["line 1: Date=1 | Link=https://example.com/a", "line 3: Date=2 | Link=https://example.com/b"],
    );
    check("Email: a@example.com\nEmail: b@example.com\n", &["line 1: Email=a@example.com | Email=b@example.com"]);
}

#[test]
fn a_line_above_the_keys_of_a_block_is_its_text() {
    check("Log-in\nDate: 1\nIP: 192.0.2.1\n", &["line 1: text=Log-in | Date=1 | IP=192.0.2.1"]);
}

#[test]
fn equals_signs_tabs_and_double_colons_part_keys_from_values() {
    check(
        "Login name=rosa\nCity\tLeeds\nHashTag Link:: https://example.com/x\nPlan:basic\n",
        &["line 1: Login name=rosa | City=Leeds | HashTag Link=https://example.com/x | Plan=basic"],
    );
}

#[test]
fn headings_of_any_form_are_the_section_of_what_follows() {
    check(
        "== Profile ==\nName: Rosa Quill\n\nDevices\n-------\nModel: Example 5\n\n[network]\nip=192.0.2.1\n\n# Nothing here\n",
        &[
            "line 2: section=Profile | Name=Rosa Quill",
            "line 6: section=Devices | Model=Example 5",
            "line 9: section=network | ip=192.0.2.1",
            "line 11: text=Nothing here",
        ],
    );
}

#[test]
fn text_without_form_is_a_record_a_paragraph() {
    check(
        "Dear Rosa,\nplease find enclosed: a copy of your data.\n\nIt was made at 12:30 by us. Note: see https://example.com/\n",
        &[
            "line 1: text=Dear Rosa,⏎please find enclosed: a copy of your data.",
            "line 4: text=It was made at 12:30 by us. Note: see https://example.com/",
        ],
    );
}

#[test]
fn text_in_windows_and_utf_16_encodings_is_read() {
    check(b"Name: Zo\xeb\n", &["line 1: Name=Zoë"]);
    let utf16: Vec<u8> = "\u{feff}Name: Zoë\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
    check(utf16, &["line 1: Name=Zoë"]);
}

#[test]
fn a_paragraph_of_many_megabytes_is_given_in_pieces_and_loses_nothing() {
    let text = format!("{}\n", "word ".repeat(200)).repeat(3000);
    let found = read(&text);
    assert!(found.records.len() > 1);
    let words: usize = found.values_of("text").iter().map(|piece| piece.split_whitespace().count()).sum();
    assert_eq!(words, 600_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_bytes_stop_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..400), text in "[a:=\t\r\n# \\[\\]-]{0,80}") {
        let _ = read(&bytes);
        let _ = read(&text);
    }
}

#[test]
fn in_a_section_of_messages_the_text_belongs_to_the_head_above_it() {
    let pattern = |text: &str| FieldPattern::parse(text).expect("the pattern is well formed");
    let section = Section {
        kind: Some(Kind::Message),
        who: vec![pattern("From")],
        time: vec![(pattern("Sent"), Clock::Auto)],
        ..Section::default()
    };
    let text = "Conversation: Ben\n\nFrom: Ben\nSent: Mon, 2 Jan 2023 15:04:05 -0700\n\nDear all,\n# no heading\n\nNote: not a head\n\nFrom: You\nSent: Mon, 2 Jan 2023 15:05:05 -0700\nReaction: 👍 from Ben\n\nFine.\n";
    let found = Collection::of(Decoder::KeyValue, &section, false, "ben.txt", text.as_bytes());
    assert_eq!(
        found.records.iter().map(|one| (one.who.as_deref(), one.get("text"))).collect::<Vec<_>>(),
        [
            (None, None),
            (Some("Ben"), Some("Dear all,\n# no heading\n\nNote: not a head")),
            (Some("You"), Some("Fine."))
        ],
    );
    assert!(found.records[1].time.is_some());
    assert_eq!(found.records[1].locator, "line 3");
}
