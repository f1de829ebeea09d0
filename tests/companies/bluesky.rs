//! Bluesky: the repository of an account as a CAR file, written here byte for byte.

use crate::archive::{Archive, Imported, Record};
use repository::{Value, link, map, repository, text};
use std::collections::BTreeMap;
use std::path::Path;
use tellall::record::IdKind;

const ROSA: &str = "did:plc:rosaquill234567abcdefghi";
const BEN: &str = "did:plc:benzoe2345672345672345xy";
const MARTA: &str = "did:plc:martaq2345672345672345xy";

fn record(kind: &str, members: Vec<(&'static str, Value)>) -> Value {
    let mut all = vec![("$type", text(kind))];
    all.extend(members);
    map(all)
}

fn subject(uri: &str) -> Value {
    map(vec![("uri", text(uri)), ("cid", text("bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a"))])
}

/// The records of the sample, by `collection/key`.
fn records() -> Vec<(String, Value)> {
    let post = |key: &str, members: Vec<(&'static str, Value)>| {
        (format!("app.bsky.feed.post/{key}"), record("app.bsky.feed.post", members))
    };
    let follow = |key: &str, whom: &str, at: &str| {
        let members = vec![("subject", text(whom)), ("createdAt", text(at))];
        (format!("app.bsky.graph.follow/{key}"), record("app.bsky.graph.follow", members))
    };
    let mention = map(vec![
        (
            "features",
            Value::List(vec![map(vec![("$type", text("app.bsky.richtext.facet#mention")), ("did", text(BEN))])]),
        ),
        ("index", map(vec![("byteStart", Value::Number(0)), ("byteEnd", Value::Number(14))])),
    ]);
    let picture = map(vec![
        ("$type", text("blob")),
        ("ref", link(b"a picture of roses")),
        ("mimeType", text("image/jpeg")),
        ("size", Value::Number(182_044)),
    ]);
    vec![
        (
            "app.bsky.actor.profile/self".to_owned(),
            record(
                "app.bsky.actor.profile",
                vec![
                    ("displayName", text("Rosa Quill 🌿")),
                    ("description", text("Gardens, ghosts & bad puns. Bath.")),
                    ("avatar", picture.clone()),
                    ("createdAt", text("2023-06-30T15:00:00.000Z")),
                ],
            ),
        ),
        post(
            "3jzfcijpj2z2a",
            vec![
                ("text", text("hello, blue sky")),
                ("createdAt", text("2023-06-30T15:03:01.887Z")),
                ("langs", Value::List(vec![text("en")])),
            ],
        ),
        post(
            "3kaaaaaaaaa2b",
            vec![
                ("text", text("@benzoe.example tomatoes > courgettes")),
                ("facets", Value::List(vec![mention])),
                (
                    "reply",
                    map(vec![
                        ("root", subject(&format!("at://{BEN}/app.bsky.feed.post/3k2"))),
                        ("parent", subject(&format!("at://{BEN}/app.bsky.feed.post/3k2"))),
                    ]),
                ),
                ("createdAt", text("2024-01-02T03:04:05+01:00")),
            ],
        ),
        post(
            "3kbbbbbbbbb2b",
            vec![
                ("text", text("新しいバラ 🌹")),
                (
                    "embed",
                    map(vec![
                        ("$type", text("app.bsky.embed.images")),
                        ("images", Value::List(vec![map(vec![("alt", text("A bed of roses")), ("image", picture)])])),
                    ]),
                ),
                ("langs", Value::List(vec![text("ja"), text("en")])),
                ("createdAt", text("2024-02-03T04:05:06.123456Z")),
            ],
        ),
        // A program that wrote no right time: the key holds one.
        post(
            "3kcccccccccc2",
            vec![("text", text("sent by a clock that stood still")), ("createdAt", text("0001-01-01T00:00:00Z"))],
        ),
        (
            "app.bsky.feed.like/3kdddddddddd2".to_owned(),
            record(
                "app.bsky.feed.like",
                vec![
                    ("subject", subject(&format!("at://{MARTA}/app.bsky.feed.post/3k9"))),
                    ("createdAt", text("2024-03-01T10:00:00.000Z")),
                ],
            ),
        ),
        (
            "app.bsky.feed.repost/3keeeeeeeeee2".to_owned(),
            record(
                "app.bsky.feed.repost",
                vec![
                    ("subject", subject(&format!("at://{BEN}/app.bsky.feed.post/3k8"))),
                    ("createdAt", text("2024-03-02T10:00:00.000Z")),
                ],
            ),
        ),
        follow("3kffffffffff2", BEN, "2023-07-01T08:00:00.000Z"),
        follow("3kgggggggggg2", MARTA, "2023-07-02T08:00:00.000Z"),
        (
            "app.bsky.graph.block/3khhhhhhhhhh2".to_owned(),
            record(
                "app.bsky.graph.block",
                vec![("subject", text("did:web:noise.example")), ("createdAt", text("2024-04-01T00:00:00.000Z"))],
            ),
        ),
        (
            "app.bsky.graph.list/3kiiiiiiiiii2".to_owned(),
            record(
                "app.bsky.graph.list",
                vec![
                    ("name", text("Cousins")),
                    ("purpose", text("app.bsky.graph.defs#curatelist")),
                    ("createdAt", text("2024-04-02T00:00:00.000Z")),
                ],
            ),
        ),
        (
            "app.bsky.graph.listitem/3kjjjjjjjjjj2".to_owned(),
            record(
                "app.bsky.graph.listitem",
                vec![
                    ("subject", text(MARTA)),
                    ("list", text(&format!("at://{ROSA}/app.bsky.graph.list/3kiiiiiiiiii2"))),
                    ("createdAt", text("2024-04-02T00:01:00.000Z")),
                ],
            ),
        ),
        (
            "app.bsky.feed.threadgate/3kbbbbbbbbb2b".to_owned(),
            record(
                "app.bsky.feed.threadgate",
                vec![
                    ("post", text(&format!("at://{ROSA}/app.bsky.feed.post/3kbbbbbbbbb2b"))),
                    ("allow", Value::List(vec![map(vec![("$type", text("app.bsky.feed.threadgate#followingRule"))])])),
                    ("createdAt", text("2024-02-03T04:05:07.000Z")),
                ],
            ),
        ),
        (
            "chat.bsky.actor.declaration/self".to_owned(),
            record("chat.bsky.actor.declaration", vec![("allowIncoming", text("following"))]),
        ),
        (
            "com.example.garden.plant/3kkkkkkkkkkk2".to_owned(),
            record("com.example.garden.plant", vec![("name", text("Rosa canina")), ("planted", Value::Number(2021))]),
        ),
    ]
}

fn car() -> Vec<u8> {
    repository(ROSA, "3kzzzzzzzzzz2", &records())
}

#[test]
fn the_sample_is_what_is_written_here() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_exports/bluesky/repo.car");
    let held = std::fs::read(&path).unwrap_or_default();
    if held != car() {
        let made = Path::new(env!("CARGO_TARGET_TMPDIR")).join("repo.car");
        std::fs::write(&made, car()).expect("it can be written");
        panic!("{} differs from {}", path.display(), made.display());
    }
}

#[test]
fn every_collection_is_a_section() {
    let all = Imported::sample("bluesky");
    let export = all.export();
    assert_eq!((export.company.as_str(), export.layout.as_deref()), ("bluesky", Some("repository")));
    // The clock that stood still, planted.
    assert_eq!(all.problems().len(), 1, "{:?}", all.problems());
    assert!(all.problems()[0].ends_with("not a time: \"0001-01-01T00:00:00Z\""), "{:?}", all.problems());
    assert_eq!(all.fates(), [("repo.car".to_owned(), "read".to_owned(), Some("repository".to_owned()))]);
    let expected = [
        ("blocks", 1),
        ("chat_declaration", 1),
        ("follows", 2),
        ("gates", 1),
        ("likes", 1),
        ("list_items", 1),
        ("lists", 1),
        ("posts", 4),
        ("profile", 1),
        ("reposts", 1),
        // The signed root, and a record of another program.
        ("repository", 2),
    ];
    let expected: BTreeMap<String, u64> = expected.map(|(section, count)| (section.to_owned(), count)).into();
    assert_eq!(all.counts(), expected);
}

#[test]
fn posts_have_their_time_or_that_of_their_key() {
    let posts = Imported::sample("bluesky").section("posts");
    let of =
        |text: &str| posts.iter().find(|post| post.text.as_deref() == Some(text)).and_then(|post| post.time.clone());
    assert_eq!(of("hello, blue sky").as_deref(), Some("2023-06-30T15:03:01.887Z"));
    assert_eq!(of("@benzoe.example tomatoes > courgettes").as_deref(), Some("2024-01-02T03:04:05+01:00"));
    assert_eq!(of("新しいバラ 🌹").as_deref(), Some("2024-02-03T04:05:06.123Z"));
    let by_key = of("sent by a clock that stood still").unwrap_or_default();
    assert!(by_key.starts_with("20"), "{by_key}");
}

#[test]
fn links_to_pictures_and_descriptions_are_fields() {
    let all = Imported::sample("bluesky");
    let post: &Record = &all.records("バラ")[0];
    assert_eq!(post.value("app.bsky.feed.post[].embed.images[].alt"), Some("A bed of roses"));
    assert!(
        post.value("app.bsky.feed.post[].embed.images[].image.ref").is_some_and(|link| link.starts_with("bafyrei"))
    );
    assert_eq!(post.value("app.bsky.feed.post[].rkey"), Some("3kbbbbbbbbb2b"));
    assert_eq!(all.meaning("posts", "app.bsky.feed.post[].langs[]").0, "language");
    assert_eq!(all.meaning("profile", "app.bsky.actor.profile[].displayName").0, "name");
}

#[test]
fn accounts_are_the_owners_or_others() {
    let ids = Imported::sample("bluesky").identifiers(IdKind::AccountId);
    assert_eq!(ids.get(ROSA), Some(&true), "{ids:?}");
    for other in [BEN, MARTA, "did:web:noise.example"] {
        assert_eq!(ids.get(other), Some(&false), "{other}: {ids:?}");
    }
}

#[test]
fn who_may_answer_and_write_are_choices() {
    let choices = Imported::sample("bluesky").choices();
    let told: Vec<_> = choices.iter().map(|choice| (choice.what.clone(), choice.value.as_str())).collect();
    let post = format!("Who may answer at://{ROSA}/app.bsky.feed.post/3kbbbbbbbbb2b");
    assert!(told.contains(&(post, "app.bsky.feed.threadgate#followingRule")), "{told:?}");
    assert!(told.contains(&("Who may write to you".to_owned(), "following")), "{told:?}");
}

#[test]
fn a_repository_is_known_by_its_bytes_whatever_it_is_called() {
    for name in ["repo.car", "did_plc_rosaquill.car", "download", "repo (1).car"] {
        let all = Imported::of_files(&[(name, car())]);
        assert_eq!(all.companies(), ["bluesky"], "{name}");
        assert_eq!(all.counts()["posts"], 4, "{name}");
    }
    let zipped = Archive::new().file("export/repo.car", car());
    assert_eq!(zipped.import_as("bluesky.zip").companies(), ["bluesky"]);
}

#[test]
fn two_repositories_in_a_folder_are_two_exports() {
    let other = repository(BEN, "3kzzzzzzzzzz2", &records());
    let all = Archive::new().file("rosa.car", car()).file("ben.car", other).import_folder();
    assert_eq!(all.companies(), ["bluesky", "bluesky"]);
}

#[test]
fn a_file_cut_off_keeps_what_came_before() {
    let mut bytes = car();
    bytes.truncate(bytes.len() - 10);
    let all = Imported::of_files(&[("repo.car", bytes)]);
    assert_eq!(all.with_fate("failed"), ["repo.car"]);
    assert!(all.counts().values().sum::<u64>() >= 10, "{:?}", all.counts());
}

/// Writes a CAR file as a server does: DAG-CBOR blocks, a search tree over the keys, a commit.
mod repository {
    use super::sha::sha256;

    #[derive(Clone)]
    pub enum Value {
        Text(String),
        Bytes(Vec<u8>),
        Number(u32),
        Null,
        /// The bytes of a CID.
        Link(Vec<u8>),
        List(Vec<Value>),
        Map(Vec<(&'static str, Value)>),
    }

    pub fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    /// DAG-CBOR wants shorter keys first, equal ones by their bytes.
    pub fn map(mut members: Vec<(&'static str, Value)>) -> Value {
        members.sort_by_key(|(key, _)| (key.len(), *key));
        Value::Map(members)
    }

    pub fn link(of: &[u8]) -> Value {
        Value::Link(cid(of))
    }

    /// A `CIDv1` of DAG-CBOR with SHA-256.
    fn cid(of: &[u8]) -> Vec<u8> {
        [[1, 0x71, 0x12, 0x20].as_slice(), &sha256(of)].concat()
    }

    fn head(major: u8, number: usize) -> Vec<u8> {
        match number {
            0..24 => vec![major << 5 | number as u8],
            24..0x100 => vec![major << 5 | 0x18, number as u8],
            0x100..0x1_0000 => [vec![major << 5 | 0x19], (number as u16).to_be_bytes().to_vec()].concat(),
            _ => [vec![major << 5 | 0x1a], (number as u32).to_be_bytes().to_vec()].concat(),
        }
    }

    fn cbor(value: &Value) -> Vec<u8> {
        match value {
            Value::Text(text) => [head(3, text.len()), text.as_bytes().to_vec()].concat(),
            Value::Bytes(bytes) => [head(2, bytes.len()), bytes.clone()].concat(),
            Value::Number(number) => head(0, *number as usize),
            Value::Null => vec![0xf6],
            Value::Link(cid) => [vec![0xd8, 42], head(2, cid.len() + 1), vec![0], cid.clone()].concat(),
            Value::List(items) => [head(4, items.len()), items.iter().flat_map(cbor).collect()].concat(),
            Value::Map(members) => {
                let members_of = |(key, value): &(&str, Value)| [cbor(&text(key)), cbor(value)].concat();
                [head(5, members.len()), members.iter().flat_map(members_of).collect()].concat()
            }
        }
    }

    fn framed(bytes: &[u8]) -> Vec<u8> {
        let (mut length, mut framed) = (bytes.len(), Vec::new());
        while length > 0x7f {
            framed.push(length as u8 | 0x80);
            length >>= 7;
        }
        framed.push(length as u8);
        framed.extend(bytes);
        framed
    }

    type Blocks = Vec<(Vec<u8>, Vec<u8>)>;

    fn keep(blocks: &mut Blocks, value: &Value) -> Vec<u8> {
        let bytes = cbor(value);
        let name = cid(&bytes);
        blocks.push((name.clone(), bytes));
        name
    }

    /// How high a key stands in the tree: pairs of zero bits its hash begins with.
    fn height(key: &str) -> u32 {
        let hash = sha256(key.as_bytes());
        let zeros = hash.iter().take_while(|byte| **byte == 0).count() as u32 * 8;
        let next = hash.iter().find(|byte| **byte != 0).map_or(0, |byte| byte.leading_zeros());
        (zeros + next) >> 1
    }

    /// The node over `leaves` at a height, below it those that stand lower. `None` where there are none.
    fn node(leaves: &[(String, Vec<u8>)], at: u32, blocks: &mut Blocks) -> Option<Vec<u8>> {
        if leaves.is_empty() {
            return None;
        }
        let here: Vec<usize> = (0..leaves.len()).filter(|&leaf| height(&leaves[leaf].0) >= at).collect();
        let ends = here.iter().skip(1).copied().chain([leaves.len()]);
        let first = here.first().copied().unwrap_or(leaves.len());
        let below = |range: &[(String, Vec<u8>)], blocks: &mut Blocks| {
            let link = if at == 0 { None } else { node(range, at - 1, blocks) };
            link.map_or(Value::Null, Value::Link)
        };
        let left = below(&leaves[..first], blocks);
        let (mut entries, mut before) = (Vec::new(), "");
        for (&leaf, end) in here.iter().zip(ends) {
            let (key, record) = &leaves[leaf];
            let shared = key.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count();
            entries.push(map(vec![
                ("p", Value::Number(shared as u32)),
                ("k", Value::Bytes(key.as_bytes()[shared..].to_vec())),
                ("v", Value::Link(record.clone())),
                ("t", below(&leaves[leaf + 1..end], blocks)),
            ]));
            before = key;
        }
        Some(keep(blocks, &map(vec![("l", left), ("e", Value::List(entries))])))
    }

    pub fn repository(did: &str, rev: &str, records: &[(String, Value)]) -> Vec<u8> {
        let mut blocks = Blocks::new();
        let mut leaves: Vec<(String, Vec<u8>)> =
            records.iter().map(|(key, value)| (key.clone(), keep(&mut blocks, value))).collect();
        leaves.sort();
        let highest = leaves.iter().map(|(key, _)| height(key)).max().unwrap_or_default();
        let tree = node(&leaves, highest, &mut blocks).expect("there are records");
        let commit = map(vec![
            ("did", text(did)),
            ("rev", text(rev)),
            ("sig", Value::Bytes((0..64).collect())),
            ("data", Value::Link(tree)),
            ("prev", Value::Null),
            ("version", Value::Number(3)),
        ]);
        let root = keep(&mut blocks, &commit);
        let header = map(vec![("roots", Value::List(vec![Value::Link(root)])), ("version", Value::Number(1))]);
        // The commit first, nodes before records.
        blocks.reverse();
        let blocks = blocks.iter().flat_map(|(name, bytes)| framed(&[name.as_slice(), bytes].concat()));
        framed(&cbor(&header)).into_iter().chain(blocks).collect()
    }
}

/// SHA-256, which names the blocks.
mod sha {
    /// The first 32 bits behind the point of the roots of the first primes: square roots for the state, cube roots for the rounds.
    fn constants() -> ([u32; 8], [u32; 64]) {
        let primes: Vec<u64> = (2..).filter(|n| (2..*n).all(|d| n % d != 0)).take(64).collect();
        let root = |n: u64, power: u32| {
            // The root of n · 2^(32 · power), whole.
            let target = u128::from(n) << (32 * power);
            let (mut low, mut high) = (0u128, 1u128 << 36);
            while low + 1 < high {
                let middle = u128::midpoint(low, high);
                if middle.pow(power) <= target { low = middle } else { high = middle }
            }
            low as u32
        };
        (std::array::from_fn(|i| root(primes[i], 2)), std::array::from_fn(|i| root(primes[i], 3)))
    }

    pub fn sha256(bytes: &[u8]) -> [u8; 32] {
        let (mut state, rounds) = constants();
        let mut padded = bytes.to_vec();
        padded.push(0x80);
        padded.resize((padded.len() + 8).next_multiple_of(64) - 8, 0);
        padded.extend((bytes.len() as u64 * 8).to_be_bytes());
        for block in padded.chunks(64) {
            let mut words = [0u32; 64];
            for (word, four) in words.iter_mut().zip(block.chunks(4)) {
                *word = u32::from_be_bytes(four.try_into().expect("four bytes"));
            }
            for i in 16..64 {
                let (a, b) = (words[i - 15], words[i - 2]);
                let s0 = a.rotate_right(7) ^ a.rotate_right(18) ^ (a >> 3);
                let s1 = b.rotate_right(17) ^ b.rotate_right(19) ^ (b >> 10);
                words[i] = words[i - 16].wrapping_add(s0).wrapping_add(words[i - 7]).wrapping_add(s1);
            }
            let mut v = state;
            for i in 0..64 {
                let s1 = v[4].rotate_right(6) ^ v[4].rotate_right(11) ^ v[4].rotate_right(25);
                let chosen = (v[4] & v[5]) ^ (!v[4] & v[6]);
                let one = v[7].wrapping_add(s1).wrapping_add(chosen).wrapping_add(rounds[i]).wrapping_add(words[i]);
                let s0 = v[0].rotate_right(2) ^ v[0].rotate_right(13) ^ v[0].rotate_right(22);
                let two = s0.wrapping_add((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
                v = [one.wrapping_add(two), v[0], v[1], v[2], v[3].wrapping_add(one), v[4], v[5], v[6]];
            }
            for (sum, value) in state.iter_mut().zip(v) {
                *sum = sum.wrapping_add(value);
            }
        }
        let mut hash = [0; 32];
        for (four, word) in hash.chunks_mut(4).zip(state) {
            four.copy_from_slice(&word.to_be_bytes());
        }
        hash
    }

    #[test]
    fn a_known_text_has_its_known_hash() {
        let hash = sha256(b"abc").iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        assert_eq!(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
