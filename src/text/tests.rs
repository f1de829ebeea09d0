//! Named after attacks: what hostile text does to a terminal, and what is left of it behind the gate.

use super::{block, fit, is_forbidden, line, width};
use proptest::prelude::*;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;

fn check(foreign: &str, shown: &str) {
    assert_eq!(line(foreign), shown, "{}", foreign.escape_unicode());
}

#[test]
fn plain_text_is_borrowed_and_left_alone() {
    for text in ["", "lunch on Sunday?", "Zoë, naïve café – “quoted”…", "日曜にランチ", "Привет", "한국어"]
    {
        assert!(matches!(line(text), Cow::Borrowed(same) if same == text), "{text}");
    }
}

#[test]
fn an_escape_sequence_becomes_visible() {
    check("\u{1b}[2Jgone", "␛[2Jgone");
    check("\u{1b}]52;c;ZXZpbA==\u{7}", "␛]52;c;ZXZpbA==␇");
    check("\u{1b}P+q544e\u{1b}\\", "␛P+q544e␛\\");
}

#[test]
fn nul_backspace_and_delete_become_visible() {
    check("a\0b\u{8}c\u{7f}", "a␀b␈c␡");
}

#[test]
fn eight_bit_controls_become_visible() {
    check("\u{9b}31mred\u{9d}0;title\u{9c}", "\\x9B31mred\\x9D0;title\\x9C");
}

#[test]
fn a_trojan_source_override_no_longer_reorders() {
    check("invoice\u{202e}gpj.exe\u{202c}", "invoicegpj.exe");
    check("\u{2066}isolate\u{2069}d", "isolated");
}

#[test]
fn the_direction_marks_whatsapp_writes_at_line_starts_are_dropped() {
    check("\u{200e}[photo omitted]\u{200f}\u{61c}", "[photo omitted]");
}

#[test]
fn zero_width_spaces_cannot_split_a_word_unseen() {
    check("pay\u{200b}pal\u{2060}.\u{feff}ex\u{ad}ample\u{180e}", "paypal.example");
    check("\u{3164}\u{ffa0}x", "x");
}

#[test]
fn joiners_stay_in_families_and_in_scripts_that_join() {
    let family = "👨\u{200d}👩\u{200d}👧";
    check(family, family);
    check("می\u{200c}خواهم", "می\u{200c}خواهم");
    check("क्\u{200d}ष", "क्\u{200d}ष");
    check("a\u{200d}b\u{200c}c", "abc");
    check("👍\u{200d}", "👍");
}

#[test]
fn emoji_forms_keep_their_selector_and_others_lose_theirs() {
    check("❤\u{fe0f}", "❤\u{fe0f}");
    check("#\u{fe0f}\u{20e3}", "#\u{fe0f}\u{20e3}");
    check("a\u{fe01}", "a");
    check("葛\u{e0100}", "葛");
}

#[test]
fn a_message_hidden_in_tag_characters_is_dropped_but_flags_stay() {
    check("hi\u{e0068}\u{e0069}\u{e007f}", "hi");
    let wales = "\u{1f3f4}\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}";
    check(wales, wales);
    check("\u{1f3f4}\u{e0067}\u{e0062}", "\u{1f3f4}");
}

#[test]
fn private_use_and_non_characters_become_the_replacement_character() {
    check("a\u{e000}b\u{fdd0}c\u{10ffff}d\u{ffff}", "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}");
    check("\u{378}", "\u{fffd}");
}

#[test]
fn five_thousand_marks_on_one_letter_are_cut_to_eight() {
    let zalgo = format!("a{}b", "\u{301}".repeat(5000));
    check(&zalgo, &format!("a{}…b", "\u{301}".repeat(8)));
}

#[test]
fn marks_split_by_dropped_characters_do_not_pile_up_again() {
    let sneaky = format!("a{}", "\u{301}\u{200b}".repeat(5000));
    check(&sneaky, &format!("a{}…", "\u{301}".repeat(8)));
}

#[test]
fn an_endless_chain_of_joined_emoji_is_cut() {
    let chain = "👨\u{200d}".repeat(1000) + "👨";
    let shown = line(&chain);
    assert!(shown.len() <= 64 + '…'.len_utf8() && shown.ends_with("👨…"), "{shown}");
}

#[test]
fn an_endless_hangul_syllable_is_cut() {
    assert!(line(&"\u{1100}".repeat(5000)).chars().count() <= 17);
}

#[test]
fn line_ends_of_all_kinds_are_shown_on_one_line_and_kept_in_a_block() {
    check("a\r\nb\nc\u{2028}d\u{2029}e\rf", "a⏎b⏎c⏎d⏎e␍f");
    assert_eq!(block("a\r\nb\nc\u{2028}d\rf"), "a\nb\nc\nd␍f");
}

#[test]
fn tabs_are_spaces_up_to_the_next_stop() {
    check("\ta\tbcd\t\te", "    a   bcd     e");
    assert_eq!(block("ab\n\tc"), "ab\n    c");
}

#[test]
fn widths_are_those_of_clusters() {
    for (text, columns) in
        [("abc", 3), ("日曜", 4), ("👨\u{200d}👩\u{200d}👧", 2), ("e\u{301}", 1), ("ｶﾞ", 2), ("❤\u{fe0f}", 2), ("", 0)]
    {
        assert_eq!(width(text), columns, "{text}");
    }
}

#[test]
fn fitting_cuts_between_clusters_and_says_so() {
    for (text, columns, shown) in [
        ("lunch", 5, "lunch"),
        ("lunch", 4, "lun…"),
        ("日曜日", 4, "日…"),
        ("日曜日", 5, "日曜…"),
        ("👨\u{200d}👩\u{200d}👧x", 2, "…"),
        ("lunch", 1, "…"),
        ("lunch", 0, ""),
    ] {
        assert_eq!(fit(text, columns), shown, "{text} in {columns}");
    }
}

/// Any text, with a leaning towards what attacks are made of.
fn hostile() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        any::<char>(),
        (0u32..0xa0).prop_filter_map("a character", char::from_u32),
        (0x2000u32..0x2070).prop_filter_map("a character", char::from_u32),
        (0xe0000u32..0xe0080).prop_filter_map("a character", char::from_u32),
        prop::sample::select(vec![
            '\u{301}',
            '\u{200d}',
            '👨',
            '\u{1f3f4}',
            'م',
            '\u{1100}',
            '\r',
            '\n',
            '\t',
            '\u{fe0f}'
        ]),
    ];
    prop::collection::vec(part, 0..120).prop_map(|parts| parts.into_iter().collect())
}

proptest! {
    #[test]
    fn nothing_forbidden_passes_and_every_cluster_is_bounded(text in hostile()) {
        let shown = line(&text);
        prop_assert!(!shown.chars().any(is_forbidden), "{}", shown.escape_unicode());
        for cluster in shown.graphemes(true) {
            prop_assert!(cluster.len() <= 64 + 3 && cluster.chars().count() <= 17, "{}", cluster.escape_unicode());
        }
        prop_assert!(block(&text).chars().all(|c| c == '\n' || !is_forbidden(c)));
    }

    #[test]
    fn the_gate_leaves_its_own_output_alone(text in hostile()) {
        let once = line(&text).into_owned();
        prop_assert_eq!(line(&once), once.as_str());
    }

    #[test]
    fn a_fitted_text_fits(text in hostile(), columns in 0usize..40) {
        prop_assert!(width(&fit(&line(&text), columns)) <= columns);
    }
}
