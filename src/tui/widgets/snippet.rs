//! The part of a value in which a search term stands, with the term marked by reverse video and, without colour, by «».

use crate::text;
use crate::tui::canvas::{self, Canvas};
use crate::tui::look::{Ink, Look, Role};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Columns shown before the first match, if the text does not fit from its start.
const BEFORE: usize = 16;

/// A piece of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub matched: bool,
}

/// The pieces of `value` around its matches (byte ranges into it, as written), beginning shortly before the first.
pub fn pieces(value: &str, matches: &[Range<usize>], columns: usize) -> Vec<Piece> {
    let mut matches: Vec<&Range<usize>> =
        matches.iter().filter(|range| value.get((*range).clone()).is_some()).collect();
    matches.sort_by_key(|range| (range.start, range.end));
    let start = matches.first().map_or(0, |first| start_before(value, first.start, columns));
    let mut out = Vec::new();
    if start > 0 {
        out.push(Piece { text: "…".into(), matched: false });
    }
    let mut at = start;
    for range in matches.into_iter().filter(|range| range.end > range.start) {
        if range.start < at {
            continue;
        }
        push(value.get(at..range.start), false, &mut out);
        push(value.get(range.clone()), true, &mut out);
        at = range.end;
    }
    push(value.get(at..), false, &mut out);
    out
}

fn push(text: Option<&str>, matched: bool, out: &mut Vec<Piece>) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        out.push(Piece { text: text.to_owned(), matched });
    }
}

/// Where to begin so that the match shows: at the start if it would, else some characters before it.
fn start_before(value: &str, first: usize, columns: usize) -> usize {
    let before = value.get(..first).unwrap_or_default();
    if before.len() < columns / 2 || text::width(&text::line(before)) < columns / 2 {
        return 0;
    }
    before.char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at)
}

/// A whole value in lines of at most `width` columns, with its matches. Safe to show. At most `most` bytes of it.
pub fn flow(value: &str, matches: &[Range<usize>], width: usize, most: usize) -> Vec<Vec<Piece>> {
    let (head, cut) = canvas::head(value, most);
    let mut lines = vec![Vec::new()];
    let mut used = 0;
    for piece in pieces(head, matches, usize::MAX) {
        for word in text::block(&piece.text).split_inclusive([' ', '\n']) {
            let columns = text::width(word.trim_end());
            if used > 0 && used + columns > width && columns <= width {
                lines.push(Vec::new());
                used = 0;
            }
            used = append_word(&mut lines, word, piece.matched, width.max(2), used);
        }
    }
    if cut {
        append(&mut lines, " …", false);
    }
    lines
}

/// Adds a word behind `used` columns of the last line, broken where it must be; gives the columns of the last line.
fn append_word(lines: &mut Vec<Vec<Piece>>, word: &str, matched: bool, width: usize, mut used: usize) -> usize {
    for cluster in word.graphemes(true) {
        let columns = text::cluster_width(cluster);
        if cluster == "\n" || used + columns > width {
            lines.push(Vec::new());
            used = 0;
        }
        if cluster != "\n" && (used > 0 || cluster != " ") {
            append(lines, cluster, matched);
            used += columns;
        }
    }
    used
}

/// Adds a cluster to the last piece of the last line, or begins a new piece.
fn append(lines: &mut [Vec<Piece>], cluster: &str, matched: bool) {
    let Some(line) = lines.last_mut() else { return };
    match line.last_mut().filter(|piece| piece.matched == matched) {
        Some(piece) => piece.text.push_str(cluster),
        None => line.push(Piece { text: cluster.to_owned(), matched }),
    }
}

/// Writes pieces at a place and gives the columns they took.
pub fn put(canvas: &mut Canvas<'_>, x: u16, y: u16, columns: u16, pieces: &[Piece]) -> u16 {
    let mut used = 0;
    for piece in pieces {
        let role = if piece.matched { Role::Match } else { Role::Text };
        let shown = marked(piece, canvas.look);
        used += canvas.put(x + used, y, columns - used, &shown, role);
        if used >= columns {
            break;
        }
    }
    used
}

fn marked(piece: &Piece, look: &Look) -> String {
    if piece.matched && look.ink == Ink::Mono { format!("«{}»", piece.text) } else { piece.text.clone() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::single_range_in_vec_init, reason = "one match is the usual case")]

    use super::*;

    fn check(value: &str, matches: &[Range<usize>], columns: usize, expected: &str) {
        let shown: String = pieces(value, matches, columns)
            .iter()
            .map(|piece| if piece.matched { format!("«{}»", piece.text) } else { piece.text.clone() })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_match_near_the_start_shows_the_start() {
        check("shall we do lunch on Sunday", &[12..17], 40, "shall we do «lunch» on Sunday");
    }

    #[test]
    fn a_match_far_inside_is_brought_into_view() {
        let value = format!("{} the lunch booking", "word ".repeat(100));
        let at = value.find("lunch").map_or(0..0, |at| at..at + 5);
        check(&value, &[at], 40, "… word word  the «lunch» booking");
    }

    #[test]
    fn a_match_may_run_over_two_lines() {
        let at = "we lunch";
        let shown: Vec<String> = flow(at, &[3..8], 5, 999)
            .iter()
            .map(|line| line.iter().flat_map(|piece| [if piece.matched { "1" } else { "0" }, &piece.text]).collect())
            .collect();
        assert_eq!(shown, ["0we ", "1lunch"]);
    }

    #[test]
    fn matches_that_overlap_or_cut_a_character_are_passed_over() {
        check("日曜日", &[1..2, 0..6, 3..9], 40, "«日曜»日");
        check("abc", &[2..9, 1..1], 40, "abc");
    }
}
