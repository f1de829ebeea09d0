//! The gate between foreign text and a screen: whatever comes out of an archive passes here before it is shown.
//!
//! The policy is `security.md` 4.3: what steers a terminal becomes visible, what hides or reorders text is taken out, and no
//! cluster grows beyond what a terminal is known to bear. Search, copies and files use the text as written, not this form.

use regex::Regex;
use std::borrow::Cow;
use std::sync::LazyLock;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

#[cfg(test)]
mod tests;

/// Bytes, scalars and marks of one cluster; the rest is replaced by one `…` (CVE-2021-27135: code execution by combining marks).
const CLUSTER_BYTES: usize = 64;
const CLUSTER_SCALARS: usize = 16;
const CLUSTER_MARKS: usize = 8;
const TAB_STOP: usize = 4;
const ZWNJ: char = '\u{200c}';
const ZWJ: char = '\u{200d}';
const REPLACEMENT: char = '\u{fffd}';

/// `text` as it may be shown on one line of a terminal: control characters visible, bidirectional overrides and invisible
/// characters taken out, clusters bounded, line ends as `⏎` (`security.md` 4.3).
pub fn line(text: &str) -> Cow<'_, str> {
    gate(text, '⏎')
}

/// As [`line`], keeping line ends.
pub fn block(text: &str) -> Cow<'_, str> {
    gate(text, '\n')
}

/// Columns a safe text takes in a terminal: the sum over its clusters, as the screen lays them out.
pub fn width(text: &str) -> usize {
    if is_printable_ascii(text) { text.len() } else { text.graphemes(true).map(cluster_width).sum() }
}

/// Columns of one cluster of a safe text.
pub fn cluster_width(cluster: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(cluster)
}

/// Cuts a safe text to `columns` at a cluster border, with `…` if something was cut.
pub fn fit(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let Some(room) = columns.checked_sub(1) else { return Cow::Borrowed("") };
    let mut used = 0;
    let mut kept = String::new();
    for cluster in text.graphemes(true) {
        used += cluster_width(cluster);
        if used > room {
            break;
        }
        kept.push_str(cluster);
    }
    kept.push('…');
    Cow::Owned(kept)
}

/// Whether a character must never reach a terminal, whatever stands around it. The joiners and emoji tags are not listed: they
/// are right in some places.
pub fn is_forbidden(c: char) -> bool {
    c.is_control() || is_dropped(c) || is_replaced(c) || matches!(c, '\u{2028}' | '\u{2029}')
}

fn is_printable_ascii(text: &str) -> bool {
    text.bytes().all(|byte| (0x20..0x7f).contains(&byte))
}

fn gate(text: &str, line_end: char) -> Cow<'_, str> {
    if is_printable_ascii(text) || text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let visible = without_steering(text, line_end);
    let bounded = with_bounded_clusters(&visible);
    if bounded == text { Cow::Borrowed(text) } else { Cow::Owned(bounded) }
}

/// Letters and signs that stand for themselves, join with nothing and are assigned: no closer look is needed.
fn is_plain(c: char) -> bool {
    matches!(c,
        ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{24f}'
        | '\u{391}'..='\u{3a1}' | '\u{3a3}'..='\u{3ff}' | '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}'
        | '–' | '—' | '‘'..='”' | '•' | '…' | '€' | '⏎'
        | '\u{3001}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30a0}'..='\u{30ff}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
        && !is_pictograph(c)
}

/// First pass: characters judged by themselves. It must come before clusters are looked at, since taking out a character joins
/// its neighbours.
fn without_steering(text: &str, line_end: char) -> String {
    let text = text.replace("\r\n", "\n");
    let unassigned = UNASSIGNED.is_match(&text);
    let mut out = String::with_capacity(text.len());
    let mut column = 0;
    for c in text.chars() {
        let start = out.len();
        push_visible(c, line_end, column, unassigned, &mut out);
        column = if out.ends_with('\n') { 0 } else { column + width(out.get(start..).unwrap_or_default()) };
    }
    out
}

fn push_visible(c: char, line_end: char, column: usize, look_up: bool, out: &mut String) {
    match c {
        '\t' => out.extend(std::iter::repeat_n(' ', TAB_STOP - column % TAB_STOP)),
        '\n' | '\u{2028}' | '\u{2029}' => out.push(line_end),
        '\0'..='\u{1f}' => out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or(REPLACEMENT)),
        '\u{7f}' => out.push('␡'),
        '\u{80}'..='\u{9f}' => push_hex(c, out),
        c if is_dropped(c) => {}
        c if is_replaced(c) || (look_up && is_unassigned(c)) => out.push(REPLACEMENT),
        c => out.push(c),
    }
}

/// `\x9B`: the eight-bit controls have no pictures of their own.
fn push_hex(c: char, out: &mut String) {
    out.push_str("\\x");
    for shift in [4, 0] {
        let digit = char::from_digit((u32::from(c) >> shift) & 0xf, 16);
        out.extend(digit.map(|digit| digit.to_ascii_uppercase()));
    }
}

/// Bidirectional controls, invisible spaces and joins, fillers, annotation marks, selectors of ideographs.
fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0d}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e001f}' | '\u{e0080}'..='\u{e0fff}')
}

/// Private use, and code points that are no characters.
fn is_replaced(c: char) -> bool {
    let code = u32::from(c);
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' | '\u{fdd0}'..='\u{fdef}')
        || code & 0xfffe == 0xfffe
}

/// Code points without a character have no known width. A constant, compiled when first needed.
static UNASSIGNED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\p{Cn}").expect("a fixed pattern, compiled by every test of this module"));

fn is_unassigned(c: char) -> bool {
    UNASSIGNED.is_match(c.encode_utf8(&mut [0; 4]))
}

/// Second pass: joiners and tags where they belong, and no cluster beyond bounds.
fn with_bounded_clusters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for cluster in text.graphemes(true) {
        if cluster.len() == 1 {
            out.push_str(cluster);
        } else {
            push_cluster(cluster, &mut out);
        }
    }
    out
}

fn push_cluster(cluster: &str, out: &mut String) {
    let joins = Joins::of(cluster);
    let start = out.len();
    let mut left = Left { bytes: CLUSTER_BYTES, scalars: CLUSTER_SCALARS, marks: CLUSTER_MARKS };
    for c in cluster.chars().filter(|&c| joins.allow(c)) {
        if !left.take(c) {
            trim_joiners(start, out);
            out.push('…');
            return;
        }
        out.push(c);
    }
    if joins == Joins::Emoji {
        trim_joiners(start, out);
    }
}

/// A joiner with nothing behind it is invisible.
fn trim_joiners(start: usize, out: &mut String) {
    while out.len() > start && out.ends_with([ZWJ, ZWNJ]) {
        out.pop();
    }
}

/// What a cluster may still take.
struct Left {
    bytes: usize,
    scalars: usize,
    marks: usize,
}

impl Left {
    fn take(&mut self, c: char) -> bool {
        let marks = usize::from(is_combining_mark(c));
        if self.bytes < c.len_utf8() || self.scalars == 0 || self.marks < marks {
            return false;
        }
        *self = Self { bytes: self.bytes - c.len_utf8(), scalars: self.scalars - 1, marks: self.marks - marks };
        true
    }
}

/// Which invisible joins a cluster may keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joins {
    None,
    /// Families and the like: ZWJ, and the selectors of text and emoji form.
    Emoji,
    /// A flag of a region, spelt with tags.
    Flag,
    /// Scripts whose letters join: ZWJ and ZWNJ change how a word is written.
    Script,
}

impl Joins {
    fn of(cluster: &str) -> Self {
        if is_tag_flag(cluster) {
            Self::Flag
        } else if cluster.chars().any(is_pictograph) {
            Self::Emoji
        } else if cluster.chars().any(is_joining) {
            Self::Script
        } else {
            Self::None
        }
    }

    fn allow(self, c: char) -> bool {
        match c {
            ZWJ => matches!(self, Self::Emoji | Self::Script),
            ZWNJ => self == Self::Script,
            '\u{e0020}'..='\u{e007f}' => self == Self::Flag,
            _ => true,
        }
    }
}

/// Black flag, letters or digits as tags, end of tags.
fn is_tag_flag(cluster: &str) -> bool {
    let inner = cluster.strip_prefix('\u{1f3f4}').and_then(|rest| rest.strip_suffix('\u{e007f}'));
    inner.is_some_and(|tags| {
        !tags.is_empty() && tags.chars().all(|c| matches!(c, '\u{e0030}'..='\u{e0039}' | '\u{e0061}'..='\u{e007a}'))
    })
}

fn is_pictograph(c: char) -> bool {
    matches!(c,
        '©' | '®' | '‼' | '⁉' | '™' | 'ℹ' | '\u{2190}'..='\u{21ff}' | '\u{231a}'..='\u{23ff}' | '\u{25aa}'..='\u{25fe}'
        | '\u{2600}'..='\u{27bf}' | '\u{2934}' | '\u{2935}' | '\u{2b00}'..='\u{2bff}' | '〰' | '〽' | '㊗' | '㊙'
        | '\u{1f000}'..='\u{1faff}')
}

/// Arabic, Syriac, Thaana, N'Ko, Mandaic, the scripts of India, Tibetan, Mongolian, and the Arabic presentation forms.
fn is_joining(c: char) -> bool {
    matches!(c,
        '\u{620}'..='\u{6ff}' | '\u{700}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{f00}'..='\u{fff}'
        | '\u{1800}'..='\u{18af}' | '\u{fb50}'..='\u{fdcf}' | '\u{fe70}'..='\u{fefc}')
}
