//! Tar records in, entries out.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::container::source::Flow;
use std::io::Read;
use std::ops::ControlFlow;

/// A header of the ustar form.
pub(in crate::container) fn header(name: &str, kind: u8, size: usize) -> Vec<u8> {
    with_size(name, kind, format!("{size:011o}\0").as_bytes())
}

fn with_size(name: &str, kind: u8, size: &[u8]) -> Vec<u8> {
    let mut header = vec![0; BLOCK];
    header[..name.len()].copy_from_slice(name.as_bytes());
    header[124..124 + size.len()].copy_from_slice(size);
    header[156] = kind;
    header[257..265].copy_from_slice(b"ustar\x0000");
    header[148..156].fill(b' ');
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header
}

pub(in crate::container) fn padded(content: &[u8]) -> Vec<u8> {
    let mut bytes = content.to_vec();
    bytes.resize(content.len().next_multiple_of(BLOCK), 0);
    bytes
}

fn record(kind: u8, content: &[u8]) -> Vec<u8> {
    [header("././@Record", kind, content.len()), padded(content)].concat()
}

fn entry(name: &str, content: &str) -> Vec<u8> {
    [header(name, b'0', content.len()), padded(content.as_bytes())].concat()
}

/// Writes down what it sees.
#[derive(Default)]
struct Notes(Vec<String>);

impl Visitor for Notes {
    fn enter(&mut self, item: &Item, body: &mut dyn Read) -> ControlFlow<()> {
        let mut text = String::new();
        body.read_to_string(&mut text).unwrap();
        let why = item.label.skip.as_ref().or(item.fail.as_ref());
        self.0.push(format!("{}={}", item.label.name, why.unwrap_or(&text)));
        ControlFlow::Continue(())
    }

    fn leave(&mut self, end: End) {
        self.0.extend(end.cut);
    }

    fn note(&mut self, sentence: String) {
        self.0.push(sentence);
    }
}

fn walked(parts: &[Vec<u8>]) -> (Vec<String>, Tail) {
    let bytes = parts.concat();
    let mut notes = Notes::default();
    let tail = walk(&mut Flow::new(&bytes[..]), &mut notes);
    (notes.0, tail)
}

fn check(parts: &[Vec<u8>], expected: &[&str]) {
    let (notes, tail) = walked(parts);
    assert_eq!(notes, expected);
    assert_eq!(tail, Tail::default());
}

#[test]
fn a_long_name_stands_in_a_record_before_its_entry() {
    let long = "inbox/".repeat(40) + "a.json";
    let expected = [format!("{long}=1"), "b.json=2".to_owned()];
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    check(&[record(b'L', format!("{long}\0").as_bytes()), entry("cut", "1"), entry("b.json", "2")], &expected);
    let pair = format!("path={long}\n");
    let pax = format!("{} {pair}", pair.len() + 4);
    check(&[record(b'x', pax.as_bytes()), entry("cut", "1"), entry("b.json", "2")], &expected);
}

#[test]
fn a_ustar_prefix_is_part_of_the_name() {
    let mut block = header("a.json", b'0', 0);
    block[345..350].copy_from_slice(b"inbox");
    block[148..156].fill(b' ');
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    check(&[block], &["inbox/a.json="]);
}

#[test]
fn the_size_in_a_pax_record_wins_so_that_no_entry_is_smuggled_in() {
    let inner = entry("SMUGGLED.json", "{}");
    let parts = [record(b'x', b"13 size=1024\n"), header("outer.json", b'0', 0), inner, entry("after.json", "1")];
    let (notes, tail) = walked(&parts);
    assert!(notes[0].starts_with("outer.json=SMUGGLED.json"), "{}", notes[0]);
    assert_eq!((&notes[1..], tail), (&["after.json=1".to_owned()][..], Tail::default()));
}

#[test]
fn links_devices_and_folders_are_skipped_with_a_reason_and_have_no_data() {
    let parts = [
        header("s", b'2', 4096),
        header("h", b'1', 0),
        header("c", b'3', 0),
        header("p", b'6', 0),
        header("d", b'5', 0),
        header("old/", 0, 0),
        entry("ok.json", "1"),
    ];
    let expected = [
        "s=link: not followed",
        "h=link: not followed",
        "c=device: not opened",
        "p=pipe: not opened",
        "d=folder",
        "old/=folder",
        "ok.json=1",
    ];
    check(&parts, &expected);
}

#[test]
fn a_record_of_more_than_a_mebibyte_is_passed_over_and_costs_one_entry() {
    let long = vec![b'A'; (1 << 20) + 1];
    let expected = ["short=the record that names it has 1,048,577 bytes: not read", "b.json=2"];
    check(&[record(b'L', &long), entry("short", "1"), entry("b.json", "2")], &expected);
}

#[test]
fn a_size_of_gibibytes_is_written_in_binary() {
    let size = [&[0x80, 0, 0, 0][..], &(9_u64 << 30).to_be_bytes()].concat();
    let mut notes = Notes::default();
    let bytes = with_size("big.bin", b'0', &size);
    let tail = walk(&mut Flow::new(&bytes[..]), &mut notes);
    assert_eq!(notes.0, ["big.bin=", "cut off: 0 of 9,663,676,416 bytes are there"]);
    assert_eq!(tail.cut_at, Some(512));
}

#[test]
fn a_size_that_is_no_number_fails_its_entry() {
    let negative = [0xff; 12];
    check(&[with_size("a", b'0', &negative), entry("b", "2")], &["a=its size is no number", "b=2"]);
    check(&[with_size("a", b'0', b"99999999999\0"), entry("b", "2")], &["a=its size is no number", "b=2"]);
}

#[test]
fn a_damaged_header_is_passed_over() {
    let mut damaged = entry("lost.json", "12");
    damaged[0] ^= 1;
    let (notes, tail) = walked(&[entry("a", "1"), damaged, entry("b", "2")]);
    assert_eq!(notes, ["a=1", "b=2"]);
    assert_eq!(tail.lost, Some((1024, 1024)));
}

#[test]
fn a_cut_tar_keeps_what_is_whole_wherever_it_is_cut() {
    let bytes = [entry("a", "1"), entry("b", "22"), entry("c", "333")].concat();
    for cut in (0..bytes.len()).filter(|cut| cut % BLOCK < 8) {
        let mut notes = Notes::default();
        walk(&mut Flow::new(&bytes[..cut]), &mut notes);
        let whole = notes.0.iter().filter(|note| ["a=1", "b=22", "c=333"].contains(&note.as_str())).count();
        let expected = [513, 1024 + 514, 2048 + 515].iter().filter(|end| **end <= cut).count();
        assert_eq!(whole, expected, "cut at {cut}");
    }
}

#[test]
fn two_blocks_of_zeros_end_the_archive() {
    check(&[entry("a", "1"), vec![0; 1024], entry("behind", "2")], &["a=1"]);
    check(&[entry("a", "1"), vec![0; 512], entry("behind", "2")], &["a=1", "behind=2"]);
}
