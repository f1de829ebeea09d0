use super::looks_like_car;
use crate::decode::Decoder;
use crate::emit::collect::Collection;
use crate::sheets::{FieldPattern, Section};

/// A small CBOR value.
enum V<'a> {
    Text(&'a str),
    Bytes(Vec<u8>),
    Number(u8),
    Link(&'a [u8]),
    List(Vec<V<'a>>),
    Map(Vec<(&'a str, V<'a>)>),
}

fn head(major: u8, length: usize) -> Vec<u8> {
    match u8::try_from(length) {
        Ok(length @ 0..24) => vec![major << 5 | length],
        Ok(length) => vec![major << 5 | 0x18, length],
        Err(_) => [vec![major << 5 | 0x19], (length as u16).to_be_bytes().to_vec()].concat(),
    }
}

fn cbor(value: &V<'_>) -> Vec<u8> {
    match value {
        V::Text(text) => [head(3, text.len()), text.as_bytes().to_vec()].concat(),
        V::Bytes(bytes) => [head(2, bytes.len()), bytes.clone()].concat(),
        V::Number(number) => head(0, usize::from(*number)),
        V::Link(cid) => [vec![0xd8, 42], head(2, cid.len() + 1), vec![0], cid.to_vec()].concat(),
        V::List(items) => [head(4, items.len()), items.iter().flat_map(cbor).collect()].concat(),
        V::Map(members) => map(members),
    }
}

fn map(members: &[(&str, V<'_>)]) -> Vec<u8> {
    let mut bytes = head(5, members.len());
    for (key, value) in members {
        bytes.extend(cbor(&V::Text(key)));
        bytes.extend(cbor(value));
    }
    bytes
}

/// A `CIDv1` of DAG-CBOR whose hash is `number` 32 times.
fn cid(number: u8) -> Vec<u8> {
    [vec![1, 0x71, 0x12, 0x20], vec![number; 32]].concat()
}

fn varint(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number > 0x7f {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

fn framed(bytes: &[u8]) -> Vec<u8> {
    [varint(bytes.len()), bytes.to_vec()].concat()
}

fn car(blocks: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let root = cid(1);
    let header = map(&[("roots", V::List(vec![V::Link(&root)])), ("version", V::Number(1))]);
    let mut bytes = framed(&header);
    for (name, block) in blocks {
        bytes.extend(framed(&[cid(*name), block.clone()].concat()));
    }
    bytes
}

fn commit() -> (u8, Vec<u8>) {
    let tree = cid(2);
    let members = vec![
        ("did", V::Text("did:plc:rosa")),
        ("rev", V::Text("3l")),
        ("sig", V::Bytes(vec![7; 64])),
        ("data", V::Link(&tree)),
        ("version", V::Number(3)),
    ];
    (1, map(&members))
}

fn post(text: &str) -> Vec<u8> {
    map(&[("$type", V::Text("app.bsky.feed.post")), ("text", V::Text(text))])
}

/// A node that names the records 10 and 11.
fn node() -> (u8, Vec<u8>) {
    let (first, second) = (cid(10), cid(11));
    let entries = vec![
        V::Map(vec![
            ("k", V::Bytes(b"app.bsky.feed.post/3kaaa".to_vec())),
            ("p", V::Number(0)),
            ("v", V::Link(&first)),
        ]),
        V::Map(vec![("k", V::Bytes(b"b".to_vec())), ("p", V::Number(23)), ("v", V::Link(&second))]),
    ];
    (2, map(&[("e", V::List(entries))]))
}

fn read(bytes: &[u8]) -> Collection {
    Collection::of(Decoder::Car, &Section::default(), false, "repo.car", bytes)
}

#[test]
fn records_are_elements_of_their_collection_with_their_key() {
    // A record may stand before the node that names it.
    let found = read(&car(&[commit(), (11, post("later")), node(), (10, post("sooner"))]));
    assert_eq!((found.error.as_deref(), found.problems.len()), (None, 0));
    let places: Vec<_> = found.records.iter().map(|record| record.locator.as_str()).collect();
    assert_eq!(places, ["app.bsky.feed.post[0]", "app.bsky.feed.post[1]", "."]);
    let keys = found.values_of("app.bsky.feed.post[].rkey");
    assert_eq!((keys, found.values_of("app.bsky.feed.post[].text")), (vec!["3kaab", "3kaaa"], vec!["later", "sooner"]));
    assert_eq!(found.values_of("commit.did"), ["did:plc:rosa"]);
    assert_eq!(found.values_of("commit.sig"), ["‹64 bytes›"]);
    assert!(found.values_of("commit.data")[0].starts_with("bafyrei"), "{:?}", found.values_of("commit.data"));
}

#[test]
fn a_record_that_no_node_names_is_placed_by_its_type() {
    let found = read(&car(&[(10, post("alone")), (12, map(&[("x", V::Number(1))]))]));
    assert_eq!(found.values_of("app.bsky.feed.post[].text"), ["alone"]);
    assert_eq!(found.values_of("blocks[].x"), ["1"]);
    assert_eq!(found.values_of("app.bsky.feed.post[].rkey"), [""; 0]);
}

#[test]
fn a_sheet_says_which_collection_is_which() {
    let records = vec![FieldPattern::parse("app.bsky.feed.post[]").expect("a place")];
    let section = Section { records, ..Section::default() };
    let found = Collection::of(Decoder::Car, &section, false, "repo.car", &car(&[commit(), node(), (10, post("a"))]));
    let inside: Vec<_> = found.records.iter().map(|record| record.inside).collect();
    assert_eq!(inside, [true, false]);
}

#[test]
fn a_file_cut_off_keeps_what_is_whole() {
    let whole = car(&[commit(), node(), (10, post("a")), (11, post("b"))]);
    let found = read(&whole[..whole.len() - 3]);
    assert_eq!(found.values_of("app.bsky.feed.post[].text"), ["a"]);
    assert_eq!(found.error, Some(format!("cut off at byte {}", whole.len() - 3)));
}

#[test]
fn a_block_that_is_no_cbor_costs_itself_alone() {
    let found = read(&car(&[
        (9, vec![0xff, 0xff]),
        (8, vec![0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
        (10, post("a")),
    ]));
    assert_eq!(found.values_of("app.bsky.feed.post[].text"), ["a"]);
    assert_eq!((found.problems.len(), found.error.as_deref()), (2, None));
}

#[test]
fn lengths_that_lie_cost_no_memory_and_no_panic() {
    let header = car(&[]);
    for lie in [
        vec![0xff; 9],
        vec![0xff, 0xff, 0xff, 0xff, 0x7f],
        vec![0xff, 0xff, 0x7f, 1, 2],
        vec![5, 1, 0x71, 0x12, 0xff, 0x7f],
        vec![0],
    ] {
        let found = read(&[header.clone(), lie.clone()].concat());
        assert!(found.error.is_some() || !found.problems.is_empty(), "{lie:?}");
    }
    assert_eq!(read(b"").error.as_deref(), Some("it does not begin as a CAR file does"));
    assert_eq!(read(b"\x05hello").error.as_deref(), Some("it does not begin as a CAR file does"));
}

#[test]
fn deep_nesting_is_a_problem_and_no_overflow() {
    let deep = [vec![0x81; 100_000], vec![0x01]].concat();
    let tags = [vec![0xc1; 100_000], vec![0x01]].concat();
    let found = read(&car(&[(8, deep), (9, tags), (10, post("a"))]));
    assert_eq!(found.values_of("app.bsky.feed.post[].text"), ["a"]);
    assert_eq!(found.problems.len(), 2, "{:?}", found.problems);
}

#[test]
fn every_cut_and_every_changed_byte_is_survived() {
    let whole = car(&[commit(), node(), (10, post("a"))]);
    for length in 0..whole.len() {
        read(&whole[..length]);
    }
    for at in 0..whole.len() {
        for with in [0x00, 0x1f, 0x9f, 0xbf, 0xff] {
            let mut changed = whole.clone();
            changed[at] = with;
            read(&changed);
        }
    }
}

#[test]
fn numbers_have_their_signs_and_fractions() {
    let members = [
        (vec![0x39, 0x01, 0xf3], "-500"),
        (vec![0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], "18446744073709551615"),
        (vec![0xfb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0], "1.5"),
        (vec![0xfa, 0x3f, 0xc0, 0, 0], "1.5"),
        (vec![0xf9, 0x3e, 0x00], "1.5"),
        (vec![0xf5], "true"),
    ];
    for (bytes, text) in members {
        let block = [vec![0xa1, 0x61, b'n'], bytes].concat();
        assert_eq!(read(&car(&[(9, block)])).values_of("blocks[].n"), [text]);
    }
}

#[test]
fn a_car_is_known_by_its_first_bytes() {
    assert!(looks_like_car(&car(&[commit()])));
    assert!(!looks_like_car(b"{\"roots\": 1, \"version\": 1}"));
    assert!(!looks_like_car(b"roots and version\n"));
    assert!(!looks_like_car(b""));
}
