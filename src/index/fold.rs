//! Folding: the form in which text is searched.
//!
//! Compatibility forms united (NFKC), lower case, vowel marks and accents dropped, composed again (NFC). Plain ASCII goes through
//! at memory speed, letters that fold by themselves through a table; only what may combine takes the whole way.

use std::ops::Range;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;
use unicode_segmentation::UnicodeSegmentation;

/// Appends the folded form of `text`: compatibility forms united (NFKC), lower case, accents and vowel marks dropped.
/// The unit separator stays, so that positions tell fields. What cannot be seen (direction marks, joiners, soft hyphens,
/// variation selectors) is dropped with the marks.
pub fn fold(text: &str, out: &mut String) {
    out.reserve(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (ascii, other) = split(rest, ascii_prefix(rest.as_bytes()));
        push_lower_ascii(ascii, out);
        rest = fold_other(other, out);
    }
}

/// Bytes by which the folded form of `text` may be longer than the text, as far as signs go that stand for whole words: units and
/// companies in one square, ligatures of Arabic. What other signs add is at most three times the text.
pub fn may_grow(text: &str) -> usize {
    const SQUARE: usize = 15;
    const LIGATURE: usize = 30;
    let bytes = text.as_bytes();
    let grows = |at: usize| match bytes.get(at..at + 2) {
        Some([0xe3, 0x8c..=0x8f]) => SQUARE,
        Some([0xef, 0xb7]) => LIGATURE,
        _ => 0,
    };
    memchr::memchr2_iter(0xe3, 0xef, bytes).map(grows).sum()
}

/// The folded form of a name or another short text.
pub fn folded(text: &str) -> String {
    let mut out = String::new();
    fold(text, &mut out);
    out
}

/// As [`fold`], but accents stay: the form in which a word typed with accents is compared.
pub fn fold_keeping_accents(text: &str, out: &mut String) {
    let lower = text.nfkc().filter(|c| !is_invisible(*c)).flat_map(lower);
    out.extend(lower.nfc());
}

/// A folded text that knows where each of its bytes comes from. For values that are shown, not for every record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FoldMap {
    pub folded: String,
    /// Start and end in the original of what each folded byte comes from; `None` where both are the same text but for case.
    places: Option<Vec<(u32, u32)>>,
}

/// Folds `text` and remembers positions. What combines with each other (a cluster) is marked as a whole.
pub fn fold_map(text: &str) -> FoldMap {
    if text.is_ascii() {
        return FoldMap { folded: text.to_ascii_lowercase(), places: None };
    }
    let mut map = FoldMap::default();
    let mut places = Vec::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (cluster, after) = split(rest, cluster_end(rest));
        let start = text.len() - rest.len();
        fold(cluster, &mut map.folded);
        places.resize(map.folded.len(), (start as u32, (start + cluster.len()) as u32));
        rest = after;
    }
    map.places = Some(places);
    map
}

/// Length of the first cluster, with the clusters behind it that begin with something dropped: what follows may join it.
fn cluster_end(text: &str) -> usize {
    let begins_anew = |cluster: &str| !cluster.starts_with(|c| is_mark(c) || is_invisible(c));
    text.grapheme_indices(true).skip(1).find(|(_, cluster)| begins_anew(cluster)).map_or(text.len(), |(at, _)| at)
}

impl FoldMap {
    /// The bytes of the original that a part of the folded text comes from.
    pub fn original(&self, part: Range<usize>) -> Range<usize> {
        let Some(places) = &self.places else { return part };
        let first = places.get(part.start).map_or(0, |place| place.0 as usize);
        let last = part.end.checked_sub(1).and_then(|at| places.get(at)).map_or(first, |place| place.1 as usize);
        first..last.max(first)
    }
}

/// Splits where the caller has found a border of characters.
fn split(text: &str, at: usize) -> (&str, &str) {
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// Length of the ASCII at the start, eight bytes at a time.
fn ascii_prefix(bytes: &[u8]) -> usize {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let (words, _) = bytes.as_chunks::<32>();
    let whole = words.iter().take_while(|block| block.is_ascii()).count() * 32;
    let tail = bytes.get(whole..).unwrap_or_default();
    let (chunks, _) = tail.as_chunks::<8>();
    let short = chunks.iter().take_while(|chunk| u64::from_le_bytes(**chunk) & HIGH == 0).count() * 8;
    let last = tail.get(short..).unwrap_or_default();
    whole + short + last.iter().take_while(|byte| byte.is_ascii()).count()
}

fn push_lower_ascii(ascii: &str, out: &mut String) {
    let start = out.len();
    out.push_str(ascii);
    if let Some(added) = out.get_mut(start..) {
        added.make_ascii_lowercase();
    }
}

/// Folds the non-ASCII text at the start of `text` and gives what follows it.
fn fold_other<'a>(text: &'a str, out: &mut String) -> &'a str {
    let mut chars = text.chars();
    let mut before = text;
    while let Some(c) = chars.next() {
        if c.is_ascii() {
            return before;
        }
        match alone(c) {
            _ if c == 'ß' && chars.clone().next().is_none_or(stands_alone) => out.push_str("ss"),
            Some(folded) if chars.clone().next().is_none_or(stands_alone) => out.push(folded),
            _ => {
                let rest = chars.as_str();
                let more = rest.find(stands_alone).unwrap_or(rest.len());
                let end = before.len() - rest.len() + more;
                fold_slowly(split(before, end).0, out);
                chars = split(rest, more).1.chars();
            }
        }
        before = chars.as_str();
    }
    ""
}

/// Neither combines with what is before it nor disappears.
fn stands_alone(c: char) -> bool {
    c.is_ascii() || c == 'ß' || alone(c).is_some()
}

/// The folded form of a letter that folds to one letter whatever stands before it.
fn alone(c: char) -> Option<char> {
    match c as u32 {
        code @ 0x80..=0x6ff => match TABLE.get(code as usize - 0x80) {
            Some(&folded) if folded != 0 => char::from_u32(u32::from(folded)),
            _ => None,
        },
        0x3000 => Some(' '),
        // Full width ASCII.
        code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).map(|ascii| ascii.to_ascii_lowercase()),
        _ => is_itself(c).then_some(c),
    }
}

/// Letters and signs that fold to themselves, and that nothing before them changes.
fn is_itself(c: char) -> bool {
    matches!(c as u32,
        // Devanagari without nukta and virama, Thai without tone marks, dashes and quotes, the euro.
        0x904..=0x939 | 0x93d..=0x94c | 0xe01..=0xe32 | 0xe34..=0xe37 | 0xe40..=0xe46
        | 0x2012..=0x2016 | 0x2018..=0x2023 | 0x20ac
        // Signs of Chinese and Japanese, kana without loose voicing marks, ideographs, syllables of Hangul, pictures.
        | 0x3001..=0x3020 | 0x3041..=0x3096 | 0x30a1..=0x30fc | 0x4e00..=0x9fff | 0xac00..=0xd7a3
        | 0x1f300..=0x1f3fa | 0x1f400..=0x1faff)
}

/// Latin, Greek, Cyrillic, Hebrew and Arabic letters, folded the slow way once; 0 for what does not stand alone.
static TABLE: LazyLock<Vec<u16>> = LazyLock::new(|| (0x80..0x700).map(table_entry).collect());

fn table_entry(code: u32) -> u16 {
    let Some(c) = char::from_u32(code) else { return 0 };
    if canonical_combining_class(c) != 0 || is_mark(c) || is_invisible(c) {
        return 0;
    }
    let mut folded = String::new();
    fold_slowly(c.encode_utf8(&mut [0; 4]), &mut folded);
    let mut chars = folded.chars();
    match (chars.next(), chars.next()) {
        (Some(one), None) => u16::try_from(one as u32).unwrap_or(0),
        _ => 0,
    }
}

fn fold_slowly(text: &str, out: &mut String) {
    let lower = text.nfkc().filter(|c| !is_invisible(*c)).flat_map(lower);
    out.extend(lower.nfd().filter(|c| !is_mark(*c)).nfc());
}

/// Lower case in which the letters that have several lower cases have one: ß is ss, ς is σ, ı is i.
fn lower(c: char) -> impl Iterator<Item = char> {
    let (first, second) = match c {
        'ß' | 'ẞ' => ('s', Some('s')),
        'ς' => ('σ', None),
        'ı' => ('i', None),
        'İ' => ('i', Some('\u{307}')),
        other => return Lowered::Many(other.to_lowercase()),
    };
    Lowered::Few([Some(first), second].into_iter().flatten())
}

type Few = std::iter::Flatten<std::array::IntoIter<Option<char>, 2>>;

enum Lowered {
    Few(Few),
    Many(std::char::ToLowercase),
}

impl Iterator for Lowered {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        match self {
            Self::Few(few) => few.next(),
            Self::Many(many) => many.next(),
        }
    }
}

/// Marks that people leave out when they type: accents, Hebrew points, Arabic vowel signs and tatweel, Syriac points.
/// Marks that make another letter (kana voicing, Indic vowels, Thai) are not among them.
fn is_mark(c: char) -> bool {
    matches!(c as u32,
        0x300..=0x36f | 0x483..=0x487 | 0x591..=0x5bd | 0x5bf | 0x5c1..=0x5c2 | 0x5c4..=0x5c5 | 0x5c7
        | 0x610..=0x61a | 0x640 | 0x64b..=0x65f | 0x670 | 0x6d6..=0x6dc | 0x6df..=0x6e4 | 0x6e7..=0x6e8 | 0x6ea..=0x6ed
        | 0x711 | 0x730..=0x74a | 0x8ca..=0x8e1 | 0x8e3..=0x8ff
        | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff | 0x20d0..=0x20f0 | 0xfe20..=0xfe2f)
}

/// Characters without a picture of their own, which messengers put around names and between emoji.
fn is_invisible(c: char) -> bool {
    matches!(c as u32,
        0xad | 0x61c | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x2064 | 0x2066..=0x2069 | 0xfe00..=0xfe0f | 0xfeff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sign_grows_beyond_what_is_told() {
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            let (length, most) = (folded(&text).len(), 4 * text.len() + may_grow(&text));
            assert!(length <= most, "{c:?} folds to {length} bytes, {most} were told");
        }
        assert_eq!(may_grow("Rosa Quill, ひらがな"), 0);
    }
    use proptest::prelude::*;

    /// The definition, without any of the short cuts.
    fn by_definition(text: &str) -> String {
        let mut out = String::new();
        fold_slowly(text, &mut out);
        out
    }

    #[test]
    fn every_rule_of_folding() {
        let table = [
            ("Rosa QUILL", "rosa quill"),
            ("José", "jose"),
            ("Jose\u{301}", "jose"),
            ("Ångström", "angstrom"),
            ("Straße STRASSE ẞ", "strasse strasse ss"),
            ("ΟΔΥΣΣΕΥΣ Οδυσσεύς", "οδυσσευσ οδυσσευσ"),
            ("İstanbul ISPARTA ısı", "istanbul isparta isi"),
            ("Ёлка Й", "елка и"),
            ("Ｒｏｓａ　１２", "rosa 12"),
            ("ｶﾞｷﾞ ガギ", "ガギ ガギ"),
            ("ﬁn Ⅷ ² …", "fin viii 2 ..."),
            ("مُحَمَّد", "محمد"),
            ("كتـــاب أحمد", "كتاب احمد"),
            ("שָׁלוֹם", "שלום"),
            ("Việt Nam", "viet nam"),
            ("日本語 한국어 ไทย", "日本語 한국어 ไทย"),
            ("हिन्दी", "हिन्दी"),
            ("❤️ 👩\u{200d}🚀", "❤ 👩🚀"),
            ("\u{200e}Rosa\u{202c} so\u{ad}ft", "rosa soft"),
            ("Rosa\u{a0}Quill", "rosa quill"),
            ("A\u{1f}É\u{1f}b", "a\u{1f}e\u{1f}b"),
            ("", ""),
        ];
        for (text, expected) in table {
            assert_eq!(folded(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_loose_mark_stays_with_its_letter_across_the_short_cuts() {
        assert_eq!(folded("か\u{3099}き"), "がき");
        assert_eq!(folded("か\u{301}\u{3099}"), "が");
        assert_eq!(folded("\u{1112}\u{1161}\u{11ab}국"), "한국");
        assert_eq!(folded(&format!("{}\u{301}x", "e".repeat(40))), format!("{}x", "e".repeat(40)));
    }

    #[test]
    fn accents_can_be_kept() {
        let mut out = String::new();
        fold_keeping_accents("JOSE\u{301} Straße ＩＳ", &mut out);
        assert_eq!(out, "josé strasse is");
    }

    #[test]
    fn positions_lead_back_to_the_original() {
        let text = "Ça Straße ｶﾞ José";
        let map = fold_map(text);
        let place = |needle: &str| {
            let start = map.folded.find(needle).expect("is in the text");
            text.get(map.original(start..start + needle.len())).expect("a border of characters")
        };
        assert_eq!(place("ca"), "Ça");
        assert_eq!(place("rass"), "raß");
        assert_eq!(place("ガ"), "ｶﾞ");
        assert_eq!(place("jose"), "José");
        assert_eq!(fold_map("Rosa").original(1..3), 1..3);
    }

    #[test]
    fn positions_outside_are_empty_places() {
        assert_eq!(fold_map("é").original(5..9), 0..0);
        assert_eq!(fold_map("é").original(0..0), 0..0);
    }

    #[test]
    fn every_letter_with_a_short_cut_folds_as_defined() {
        for c in '\u{80}'..=char::MAX {
            if let Some(folded) = alone(c) {
                assert_eq!(by_definition(&c.to_string()), folded.to_string(), "{:x}", c as u32);
            }
        }
    }

    proptest! {
        #[test]
        fn the_short_cuts_change_nothing(text in any::<String>()) {
            prop_assert_eq!(folded(&text), by_definition(&text));
        }

        #[test]
        fn nor_do_they_where_marks_and_scripts_mix(text in "[a-cA-Cé\u{301}\u{308}\u{327}か\u{3099}한ㅎ\u{1161}\u{11a8}йЙا\u{64b}\u{640}ש\u{5b0}\u{200d}\u{fe0f}😀ßİΣς\u{1f}]{0,24}") {
            prop_assert_eq!(folded(&text), by_definition(&text));
        }

        #[test]
        fn nor_among_the_marks_of_indic_thai_and_kana(text in "[क-हा-्\u{93c}ก-\u{e4d}\u{2010}-\u{202f}\u{3000}-\u{30ff}\u{ff01}-\u{ff9f}aß\u{301}]{0,16}") {
            prop_assert_eq!(folded(&text), by_definition(&text));
        }

        #[test]
        fn a_map_holds_the_folded_text_and_places_inside_the_original(text in "[a-cA-Cé\u{301}か\u{3099}한йا\u{640}\u{200d}😀ßﬁΣς ]{0,24}") {
            let map = fold_map(&text);
            prop_assert_eq!(&map.folded, &folded(&text));
            for (start, c) in map.folded.char_indices() {
                let place = map.original(start..start + c.len_utf8());
                prop_assert!(text.get(place).is_some_and(|part| !part.is_empty()));
            }
        }
    }
}
