//! However the bytes come, and whatever they are.

use super::{lines, section};
use crate::decode::Decoder;
use crate::emit::collect::Collection;
use crate::emit::{Emitter, Paths, Rules};
use proptest::prelude::*;
use std::io::{self, Read};

/// Gives its bytes in pieces of these sizes, over and over.
struct Pieces<'a> {
    bytes: &'a [u8],
    sizes: &'a [usize],
    turn: usize,
}

impl Read for Pieces<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let size = self.sizes.get(self.turn % self.sizes.len()).copied().unwrap_or(1);
        self.turn += 1;
        let count = size.min(out.len());
        self.bytes.read(out.get_mut(..count).unwrap_or_default())
    }
}

fn read_in_pieces(records: &[&str], bytes: &[u8], sizes: &[usize]) -> Collection {
    let section = section(records);
    let mut paths = Paths::new(0, 1, true);
    let mut found = Collection::default();
    let mut emitter = Emitter::new(Rules { section: &section, shared: &[] }, &mut paths, &mut found, "a.json");
    let outcome = Decoder::Json.decode(&mut Pieces { bytes, sizes, turn: 0 }, &mut emitter);
    emitter.finish();
    found.error = outcome.err().map(|error| error.to_string());
    found
}

/// Text that is JSON, or nearly, of every kind the reader knows.
fn nearly_json() -> impl Strategy<Value = Vec<u8>> {
    let token = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        "[",
        "{",
        ",",
        ":",
        "\"",
        "\\",
        "\n",
        "  ",
        "1700000000",
        "true",
        "null",
        "-1.5e3",
        "NaN",
        "\"a\":",
        "\"b\":",
        "\"m\":[",
        "\"text\"",
        "\"caf\\u00c3\\u00a9\"",
        "\"Zoë 😊\"",
        "\"\\ud83d\\ude0a\"",
        "\"\\ud83d\"",
        "\\x07",
        "//c\n",
        "/* c */",
        "\"label_values\":[",
        "{\"label\":\"A\",\"value\":\"1\"}",
        "{\"a\":1},",
        "x = ",
        ";",
        "\u{feff}",
        "\u{a0}",
        "word\n",
    ]);
    let noise = prop::collection::vec(any::<u8>(), 0..3);
    let part = prop_oneof![20 => token.prop_map(|token| token.as_bytes().to_vec()), 1 => noise];
    prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn any_cut_into_pieces_gives_the_same_records(
        bytes in nearly_json(),
        sizes in prop::collection::vec(1usize..9, 1..5),
        known in any::<bool>(),
    ) {
        let records: &[&str] = if known { &["m[]", "[].m[]", "label_values.*[]"] } else { &[] };
        let whole = read_in_pieces(records, &bytes, &[usize::MAX]);
        let pieces = read_in_pieces(records, &bytes, &sizes);
        prop_assert_eq!(lines(&whole), lines(&pieces));
        prop_assert_eq!(whole.problems, pieces.problems);
        prop_assert_eq!(whole.error, pieces.error);
    }

    #[test]
    fn any_bytes_end_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read_in_pieces(&["[]"], &bytes, &[64]);
        read_in_pieces(&[], &bytes, &[64]);
    }

    #[test]
    fn whatever_serde_json_writes_is_read_back(texts in prop::collection::vec(any::<String>(), 1..6)) {
        let json = serde_json::json!({ "m": texts.iter().map(|text| serde_json::json!({ "t": text })).collect::<Vec<_>>() });
        let found = super::read(&["m[]"], json.to_string());
        let texts: Vec<_> = texts.iter().filter(|text| !text.is_empty()).map(|text| text.replace('\u{1f}', "␟")).collect();
        prop_assert_eq!(found.values_of("m[].t"), texts);
        prop_assert_eq!(found.problems, vec![]);
    }
}

#[test]
fn an_entry_larger_than_the_window_is_read_to_its_end() {
    let record = |n: usize| format!("{{\"n\":{n},\"text\":\"{}\"}}", "Zo\\u00c3\\u00ab ".repeat(n % 50));
    let records: Vec<_> = (0..2000).map(record).collect();
    let found = read_in_pieces(&[], format!("{{\"m\":[{}]}}", records.join(",\n")).as_bytes(), &[4096, 1, 70_000]);
    assert_eq!(found.records.len(), 2000);
    assert_eq!(found.values_of("m[].n").last(), Some(&"1999"));
    assert_eq!(found.records.last().and_then(|record| record.get("m[].text")), Some("Zoë ".repeat(49).as_str()));
    assert_eq!((found.problems, found.error), (vec![], None));
}
