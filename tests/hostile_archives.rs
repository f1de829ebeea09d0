//! Archives that are broken or mean harm, made byte by byte, and what becomes of them.
//!
//! The shapes and the bar are those of the threat model: what is whole is kept, what is not is named, nothing is read twice, nothing is
//! believed because it was claimed.
#![allow(clippy::unwrap_used)]

#[path = "hostile_archives/build.rs"]
mod build;
#[path = "hostile_archives/outcome.rs"]
mod outcome;

use build::*;
use outcome::*;
use std::ops::ControlFlow;
use tellall::container::guard::Limits;
use tellall::container::{Archive, Budget, ContainerKind, Unit};

#[test]
fn of_entries_that_share_their_bytes_the_first_is_read() {
    let zeros = item("m.json", &vec![0; 100_000], DEFLATED);
    let body = zeros.local();
    let copies: Vec<Item> = (0..3).map(|n| Item { name: format!("{n}.json").into(), ..zeros.clone() }).collect();
    let listed: Vec<(&Item, u32)> = copies.iter().map(|copy| (copy, 0)).collect();
    let outcome = opened(&with_directory(body, &listed));
    let lies = "overlaps \"0.json\": not read a second time";
    let expected =
        ["0.json: 100000 bytes".to_owned(), format!("1.json failed: {lies}"), format!("2.json failed: {lies}")];
    assert_eq!(outcome.entries, expected);
    assert_eq!(outcome.warnings[0], "2 entries lie on top of others: each byte is read once");
    assert_eq!(outcome.warnings[1], "two names: the directory says \"0.json\", its header \"m.json\"");
}

/// Headers quoted as stored blocks of the entry before: every entry unpacks to all that follow (Fifield, 2019).
#[test]
fn of_quoted_overlaps_the_first_is_read() {
    let kernel = vec![0; 10_000];
    let mut inner = item("2", &kernel, DEFLATED);
    let mut body = inner.local();
    let mut unpacked = kernel;
    let mut items = vec![inner.clone()];
    for name in ["1", "0"] {
        let quoted = inner.header();
        let len = quoted.len() as u16;
        let mut block = vec![0];
        words(&mut block, &[len, !len]);
        unpacked = [quoted.clone(), unpacked].concat();
        let packed = [block, quoted, inner.packed.clone()].concat();
        inner = Item { packed, crc: crc(&unpacked), size: unpacked.len() as u32, ..item(name, b"", DEFLATED) };
        body = inner.local();
        items.insert(0, inner.clone());
    }
    let step = (30 + 1 + 5) as u32;
    let listed: Vec<(&Item, u32)> = items.iter().zip(0..).map(|(item, n)| (item, n * step)).collect();
    let lies = "overlaps \"0\": not read a second time";
    let entries = [&format!("0: {} bytes", unpacked.len()), &format!("1 failed: {lies}"), &format!("2 failed: {lies}")];
    check(
        &with_directory(body, &listed),
        &entries.map(String::as_str),
        &["2 entries lie on top of others: each byte is read once"],
    );
}

#[test]
fn a_wrong_checksum_costs_its_entry_only() {
    let mut bad = item("b", b"two", STORED);
    bad.packed[0] ^= 0x20;
    check(
        &zip(&[item("a", b"one", STORED), bad, item("c", b"three", DEFLATED)]),
        &["a: one", "b: the checksum is wrong: the data was changed or damaged", "c: three"],
        &[],
    );
}

#[test]
fn a_lie_about_the_size_is_told_with_both_sizes() {
    let more = Item { size: 10, ..item("more", &[b'a'; 1_000], DEFLATED) };
    let less = Item { size: u32::MAX - 1, ..item("less", b"", DEFLATED) };
    let entries = [
        "more: the size is wrong: 10 bytes declared, at least 11 bytes there",
        "less: the size is wrong: 4,294,967,294 bytes declared, 0 bytes there, short by 4,294,967,294",
    ];
    check(&zip(&[more, less]), &entries, &[]);
}

#[test]
fn deflated_data_that_ends_early_is_told() {
    let mut short = item("short", b"some words, some words", DEFLATED);
    short.packed.pop();
    check(&zip(&[short]), &["short: the compressed data ends too early"], &[]);
}

/// Every cut of an archive keeps exactly the entries whose bytes are all there, and names the one that is cut.
fn every_cut_keeps_what_is_whole(method: u16, descriptor: Option<Descriptor>) {
    let items: Vec<Item> = (0..4)
        .map(|n| Item {
            descriptor,
            ..item(&format!("{n}.json"), format!("[{n}, {n}, {n}, {n}, {n}]").as_bytes(), method)
        })
        .collect();
    let bytes = zip(&items);
    let mut at = 0;
    let ends: Vec<(usize, usize)> = items
        .iter()
        .map(|item| {
            let local = item.local().len();
            // Stored bytes of unknown length end where the descriptor says, so it has to be there.
            let whole =
                if descriptor.is_some() && method == STORED { local } else { item.header().len() + item.packed.len() };
            let header = at + item.header().len();
            let end = at + whole;
            at += local;
            (header, end)
        })
        .collect();
    let disk = OnDisk::new(&bytes);
    for cut in ends[0].0..bytes.len() {
        disk.put(&bytes[..cut]);
        let outcome = disk.open(Limits::default());
        assert_eq!(outcome.kind, ContainerKind::CutZip, "cut at {cut}");
        let whole = ends.iter().filter(|(_, end)| *end <= cut).count();
        let begun = ends.iter().filter(|(header, _)| *header <= cut).count();
        let expected: Vec<String> = (0..whole).map(|n| format!("{n}.json: [{n}, {n}, {n}, {n}, {n}]")).collect();
        assert_eq!(outcome.entries[..whole], expected, "cut at {cut}");
        assert_eq!(outcome.entries.len(), begun, "cut at {cut}");
        if let Some(cut_entry) = outcome.entries.get(whole) {
            assert!(cut_entry.starts_with(&format!("{whole}.json failed: ")), "cut at {cut}: {cut_entry}");
        }
        let wholly =
            if whole == 1 { "1 whole entry recovered".into() } else { format!("{whole} whole entries recovered") };
        let without =
            if whole == 1 { "1 entry found without it".into() } else { format!("{whole} entries found without it") };
        let [warning] = &outcome.warnings[..] else { panic!("cut at {cut}: {:?}", outcome.warnings) };
        assert!(warning.ends_with(&wholly) || warning.ends_with(&without), "cut at {cut}: {warning}");
    }
}

#[test]
fn a_cut_download_keeps_what_is_whole() {
    every_cut_keeps_what_is_whole(DEFLATED, None);
    every_cut_keeps_what_is_whole(STORED, None);
}

#[test]
fn a_cut_download_of_a_streamed_zip_keeps_what_is_whole() {
    every_cut_keeps_what_is_whole(DEFLATED, Some(Descriptor::Signed));
    every_cut_keeps_what_is_whole(DEFLATED, Some(Descriptor::Bare));
    every_cut_keeps_what_is_whole(STORED, Some(Descriptor::Signed));
}

#[test]
fn a_cut_download_says_where_and_how_much_is_left() {
    let bytes = zip(&[item("a", b"one", STORED), item("b", b"two", STORED), item("c", b"three", STORED)]);
    check(
        &bytes[..34 + 34 + 33],
        &["a: one", "b: two", "c failed: cut off: 2 of 5 bytes packed are there"],
        &["cut off at byte 101: 2 whole entries recovered"],
    );
}

#[test]
fn damage_in_a_streamed_zip_without_directory_costs_what_lies_before_the_next_header() {
    let streamed =
        |name: &str, text: &str| Item { descriptor: Some(Descriptor::Signed), ..item(name, text.as_bytes(), DEFLATED) };
    let mut middle = streamed("b", "two");
    middle.packed = vec![0xff; middle.packed.len()];
    let body = [streamed("a", "one"), middle, streamed("c", "three")].map(|item| item.local()).concat();
    let outcome = opened(&body);
    assert_eq!(outcome.entries, ["a: one", "b failed: the compressed data is damaged", "c: three"]);
    assert!(outcome.warnings.iter().any(|warning| warning.ends_with("belong to no entry: not read")));
}

#[test]
fn a_directory_that_is_damaged_half_way_is_done_without() {
    let mut bytes = zip(&[item("a", b"one", STORED), item("b", b"two", DEFLATED)]);
    let second = bytes.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    bytes[second] = b'x';
    let outcome = opened(&bytes);
    assert_eq!(outcome.kind, ContainerKind::CutZip);
    assert_eq!(outcome.entries, ["a: one", "b: two"]);
    assert_eq!(outcome.warnings, ["its directory is cut off or damaged: 2 entries found without it"]);
}

#[test]
fn entries_that_share_a_name_are_all_read() {
    check(
        &zip(&[item("a", b"one", STORED), item("a", b"two", STORED), item("A", b"three", STORED)]),
        &["a: one", "a: two", "A: three"],
        &["1 entry has the name of another one: each is kept", "shares its name with another entry: this is number 2"],
    );
}

#[test]
fn two_names_for_one_entry_are_both_told() {
    let cloaked = Item { name: b"../../evil.json".to_vec(), ..item("safe.json", b"{}", STORED) };
    check(
        &zip(&[cloaked]),
        &["../../evil.json: {}"],
        &[
            "unsafe name (climbs by dots): used as a label only",
            "two names: the directory says \"../../evil.json\", its header \"safe.json\"",
        ],
    );
}

#[test]
fn encrypted_entries_and_unknown_methods_are_named_and_the_rest_is_read() {
    let locked = Item { flags: 1, ..item("locked", b"0123456789abcdef", DEFLATED) };
    let odd = |method| Item { method, ..item("odd", b"0123456789abcdef", STORED) };
    let entries = [
        "locked failed: protected by a password, which is not asked for here",
        "odd failed: method 14 (LZMA) not supported",
        "odd failed: protected by a password, which is not asked for here",
        "odd failed: method 1234 (unknown) not supported",
        "a: one",
    ];
    let items = [locked, odd(14), odd(99), odd(1234), item("a", b"one", STORED)];
    assert_eq!(opened(&zip(&items)).entries, entries);
    let cut = &zip(&items)[..items.iter().map(|item| item.local().len()).sum()];
    assert_eq!(opened(cut).entries, entries, "without a directory");
}

#[test]
fn deflate64_and_bzip2_are_read() {
    // A block that is not compressed looks the same in deflate and deflate64.
    let mut block = vec![1];
    words(&mut block, &[3, !3]);
    let deflate64 = Item { method: 9, packed: [block, b"one".to_vec()].concat(), ..item("a", b"one", STORED) };
    let wrong = Item { crc: 1, ..deflate64.clone() };
    let garbage = Item { method: 12, ..item("c", b"0123456789abcdef", STORED) };
    let entries = opened(&zip(&[deflate64, wrong, garbage])).entries;
    assert_eq!(entries[..2], ["a: one", "a: the checksum is wrong: the data was changed or damaged"]);
    assert!(entries[2].starts_with("c: bzip2"), "{}", entries[2]);
}

#[test]
fn links_and_devices_of_a_zip_are_skipped() {
    let mode = |name: &str, mode| Item { mode, ..item(name, b"/etc/passwd", STORED) };
    check(
        &zip(&[
            mode("link", 0o120_777),
            mode("device", 0o020_666),
            mode("setuid", 0o104_777),
            item("d/", b"12", STORED),
        ]),
        &[
            "link skipped: link: not followed",
            "device skipped: device: not opened",
            "setuid: /etc/passwd",
            "d/ skipped: folder, with 2 bytes of data in it: not read",
        ],
        &[],
    );
}

#[test]
fn what_precedes_or_follows_the_archive_is_told() {
    let bytes = zip(&[item("a", b"one", STORED)]);
    check(&[vec![b'M'; 1_000], bytes.clone()].concat(), &["a: one"], &["1,000 bytes precede the archive: not read"]);
    check(&[bytes.clone(), vec![b'B'; 70_000]].concat(), &["a: one"], &["70,000 bytes follow the archive: not read"]);
    let again = [bytes.clone(), bytes.clone()].concat();
    check(&again, &["a: one"], &[&format!("{} bytes precede the archive: not read", bytes.len())]);
}

#[test]
fn a_part_of_a_split_zip_says_which_part_is_missing() {
    let a = item("a", b"one", STORED);
    let directory = a.central(0);
    let bytes = [a.local(), directory.clone(), end(1, directory.len() as u32, a.local().len() as u32, 3)].concat();
    check(
        &bytes,
        &["a failed: lies in part 1 of a split zip, which is missing"],
        &["part 4 of a split zip: put all parts together into one file to read the rest"],
    );
}

#[test]
fn claims_about_what_is_not_there_are_refused() {
    let nothing = "it begins like an archive, but there is nothing in it: ";
    let without = format!("{nothing}its directory is cut off or damaged: 0 entries found without it");
    assert_eq!(refused(&end(65_535, 0, 0, 0)), without);
    assert_eq!(refused(&end(1, 46, 0xffff_fff0, 0)), without);
    assert_eq!(refused(&b"PK\x05\x06".repeat(50_000)), without);
    for claim in [1_u64 << 40, 1 << 62, u64::MAX] {
        let mut bytes = b"PK\x06\x06".to_vec();
        for number in [44, 0x2d_002d, 0, claim, claim, 0] {
            bytes.extend(u64::to_le_bytes(number));
        }
        bytes.extend(u64::to_le_bytes(0));
        bytes.extend(b"PK\x06\x07\0\0\0\0");
        bytes.extend([0; 8]);
        bytes.extend([1, 0, 0, 0]);
        bytes.extend(end(0xffff, u32::MAX, u32::MAX, 0));
        assert_eq!(refused(&bytes), without, "{claim}");
    }
}

#[test]
fn entries_beyond_the_end_fail_and_do_not_cover_others() {
    let far = item("far", b"x", STORED);
    let huge = Item { packed: vec![0; 64], ..item("huge", b"", STORED) };
    let a = item("a", b"one", STORED);
    // Claims 64 bytes, of which its place has none.
    let claims = Item { packed: Vec::new(), ..huge.clone() };
    let body = [a.local(), claims.local()].concat();
    let outcome = opened(&with_directory(body, &[(&far, 0x7fff_ffff), (&huge, a.local().len() as u32), (&a, 0)]));
    assert_eq!(
        outcome.entries,
        [
            "far failed: its header is not where the directory says: it lies outside of the archive or was overwritten",
            "huge failed: its 64 bytes reach beyond the end of the archive",
            "a: one",
        ]
    );
}

#[test]
fn an_entry_that_the_directory_hides_is_told() {
    let [a, hidden, c] = ["a", "hidden", "c"].map(|name| item(name, b"one", STORED));
    let body = [a.local(), hidden.local(), c.local()].concat();
    let third = (a.local().len() + hidden.local().len()) as u32;
    check(
        &with_directory(body, &[(&a, 0), (&c, third)]),
        &["a: one", "c: one"],
        &["39 bytes between the entries belong to none: not read"],
    );
}

#[test]
fn archives_are_opened_three_deep_and_the_fourth_is_named() {
    for method in [STORED, DEFLATED] {
        let mut bytes = zip(&[item("a", b"one", STORED)]);
        for _ in 0..4 {
            bytes = zip(&[item("n.zip", &bytes, method)]);
        }
        let listed = "an archive: its entries are listed by themselves";
        let deep = "n.zip/n.zip/n.zip/n.zip failed: an archive inside 4 archives: not opened";
        let mut entries = opened(&bytes).entries;
        assert_eq!(entries.pop().unwrap(), deep, "method {method}");
        let names = ["n.zip", "n.zip/n.zip", "n.zip/n.zip/n.zip"];
        assert_eq!(entries, names.map(|name| format!("{name} skipped: {listed}")), "method {method}");
        let shallower = Limits { depth: 4, ..Limits::default() };
        let entries = opened_within(&bytes, shallower).entries;
        assert_eq!(entries.last().unwrap(), "n.zip/n.zip/n.zip/n.zip/a: one", "method {method}");
    }
}

#[test]
fn a_cut_zip_in_a_zip_keeps_what_is_whole() {
    let inner = zip(&[item("a", b"one", STORED), item("b", &[b'2'; 500], STORED)]);
    for method in [STORED, DEFLATED] {
        let outcome = opened(&zip(&[item("n.zip", &inner[..200], method)]));
        let cut = "n.zip/b failed: cut off: 135 of 500 bytes packed are there";
        assert_eq!(outcome.entries[1..], ["n.zip/a: one", cut], "method {method}");
        assert!(outcome.warnings[0].starts_with("n.zip: cut off at byte 200"), "{:?}", outcome.warnings);
    }
}

#[test]
fn a_ratio_bomb_is_stopped_in_every_wrapping() {
    let limits = || Limits { ratio_after: 4 << 20, ..Limits::default() };
    let zeros = vec![0; 16 << 20];
    let bomb = zip(&[item("bomb", &zeros, DEFLATED), item("a", b"one", STORED)]);
    let entries = opened_within(&bomb, limits()).entries;
    assert!(entries[0].starts_with("bomb: unpacks to more than 200 times its size: stopped after "), "{}", entries[0]);
    assert_eq!(entries[1], "a: one");
    let entries = opened_within(&gzip(&zeros), limits()).entries;
    assert!(entries[0].contains("unpacks to more than 200 times its size"), "{}", entries[0]);
    let tgz = gzip(&[tar_entry("a", b"one"), tar_entry("bomb", &zeros)].concat());
    let entries = opened_within(&tgz, limits()).entries;
    assert_eq!(entries[0], "a: one");
    assert!(entries[1].starts_with("bomb failed: unpacks to more than 200 times its size"), "{}", entries[1]);
    let nested = zip(&[item("n.zip", &zip(&[item("bomb", &zeros, STORED)]), DEFLATED)]);
    let entries = opened_within(&nested, limits()).entries;
    assert!(entries[1].starts_with("n.zip/bomb failed: unpacks to more than 200 times"), "{}", entries[1]);
}

#[test]
fn a_long_link_bomb_is_passed_over_and_costs_one_entry() {
    let mut bytes = tar_header("././@LongLink", b'L', 8 << 20);
    bytes.resize(512 + (8 << 20), b'A');
    bytes.extend(tar_entry("short", b"1"));
    bytes.extend(tar_entry("ok.json", b"2"));
    let expected = ["short failed: the record that names it has 8,388,608 bytes: not read", "ok.json: 2"];
    assert_eq!(opened(&bytes).entries, expected);
    let claimed = tar_header("././@LongLink", b'L', 8 << 30);
    let nothing = "it begins like an archive, but there is nothing in it: cut off at byte 0: 0 whole entries recovered";
    assert_eq!(refused(&claimed), nothing);
}

#[test]
fn a_cut_tgz_keeps_what_is_whole_wherever_it_is_cut() {
    let noise: Vec<u8> = (0..6_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()).collect();
    let tar = [tar_entry("a", b"one"), tar_entry("noise", &noise), tar_entry("c", b"three"), vec![0; 1024]].concat();
    let bytes = gzip(&tar);
    let mut most = 0;
    for cut in (400..bytes.len()).step_by(997) {
        let outcome = opened(&bytes[..cut]);
        let whole = outcome.entries.iter().filter(|entry| !entry.contains("failed")).count();
        assert!(whole >= most && whole < 4, "cut at {cut}: {:?}", outcome.entries);
        assert!(outcome.warnings.iter().any(|warning| warning.starts_with("cut off at byte ")), "cut at {cut}");
        most = whole;
    }
    assert!(most >= 1);
    let mut wrong = bytes.clone();
    let at = wrong.len() - 5;
    wrong[at] ^= 1;
    let outcome = opened(&wrong);
    assert_eq!(outcome.entries, ["a: one", "noise: 24000 bytes", "c: three"]);
    assert!(outcome.warnings[0].contains("the checksum of the gzip data is wrong"), "{:?}", outcome.warnings);
}

#[test]
fn any_changed_byte_harms_no_more_than_its_archive() {
    let inner = zip(&[item("i", b"inside", DEFLATED)]);
    let streamed = Item { descriptor: Some(Descriptor::Signed), ..item("b.json", b"[2, 2, 2]", DEFLATED) };
    let archives = [
        zip(&[item("a.json", b"one", STORED), streamed, item("n.zip", &inner, DEFLATED)]),
        [tar_entry("a", b"one"), tar_entry("n.zip", &inner), vec![0; 1024]].concat(),
        gzip(&[tar_entry("a", b"one"), tar_entry("n.zip", &inner)].concat()),
    ];
    for bytes in archives {
        let disk = OnDisk::new(&bytes);
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0xff;
            disk.put(&changed);
            // Whatever it is now, it is told: opened or refused, read or failed.
            let Ok(archive) = Archive::open(&disk.path, &Budget::default()) else { continue };
            let mut read = 0;
            for unit in archive.units() {
                match unit {
                    Unit::One(entry) => read += usize::from(archive.read(entry).is_ok()),
                    Unit::Sequence(sequence) => {
                        let walked = archive.walk(&sequence, &mut |_, _| {
                            read += 1;
                            ControlFlow::Continue(())
                        });
                        assert!(walked.is_ok(), "byte {at}: {walked:?}");
                    }
                }
            }
            let readable = archive.entries.iter().filter(|entry| entry.skip.is_none() && entry.fail.is_none()).count();
            assert_eq!(read, readable, "byte {at}");
        }
    }
}

#[test]
fn the_container_never_writes_to_the_disk() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/container");
    let mut sources = 0;
    for file in walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap) {
        let is_test = file.file_name() == "tests.rs";
        if file.path().extension().is_none_or(|extension| extension != "rs") || is_test {
            continue;
        }
        let text = std::fs::read_to_string(file.path()).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for forbidden in
            ["File::create", "create_dir", ".extract(", "OpenOptions", "fs::write", "fs::remove", "rename("]
        {
            assert!(!code.contains(forbidden), "{} has {forbidden}", file.path().display());
        }
        sources += 1;
    }
    assert!(sources > 10, "{sources}");
}
