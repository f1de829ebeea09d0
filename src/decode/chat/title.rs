//! The other party's name, from the name of the file.

use super::marks::{bare, trimmed};
use super::tokens::{Phrase, titles};
use unicode_normalization::UnicodeNormalization;

/// The name in `WhatsApp Chat with Rosa Quill`, in any language of the app. `None` if the file is not called like a chat.
pub fn chat_title(file_stem: &str) -> Option<String> {
    // macOS writes file names with letters and accents apart.
    let stem: String = bare(file_stem).nfc().collect();
    let stem = without_copy_number(trimmed(&stem));
    let stem: Vec<char> = stem.chars().collect();
    let found = titles().filter_map(|phrase| inside(&stem, phrase));
    // The longest phrase leaves the shortest name.
    let name = found.min_by_key(String::len)?;
    let name = trimmed(&name);
    (!name.is_empty()).then(|| name.to_owned())
}

/// What stands in the place of the name, if `stem` is this phrase around something.
fn inside(stem: &[char], (before, after): Phrase) -> Option<String> {
    let (before, after): (Vec<char>, Vec<char>) = (before.nfc().collect(), after.nfc().collect());
    let end = stem.len().checked_sub(after.len())?;
    let name = stem.get(before.len()..end)?;
    let fits = stem.iter().zip(&before).all(same) && stem.iter().skip(end).zip(&after).all(same);
    fits.then(|| name.iter().collect())
}

/// Files cannot hold a colon on every system, and languages differ in the hyphen between versions.
fn same((a, b): (&char, &char)) -> bool {
    let plain = |c: char| if matches!(c, ' ' | '-' | '_' | ':' | '\u{a0}' | '\u{202f}') { ' ' } else { c };
    plain(*a).to_lowercase().eq(plain(*b).to_lowercase())
}

/// Without the ` (1)` that browsers and phones add to a second copy.
fn without_copy_number(stem: &str) -> &str {
    let number = stem.strip_suffix(')').and_then(|stem| stem.rsplit_once('('));
    match number {
        Some((name, digits)) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => name.trim_end(),
        _ => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(stem: &str, expected: Option<&str>) {
        assert_eq!(chat_title(stem).as_deref(), expected, "{stem}");
    }

    #[test]
    fn the_name_is_found_in_any_language() {
        check("WhatsApp Chat with Rosa Quill", Some("Rosa Quill"));
        check("WhatsApp Chat - Rosa Quill", Some("Rosa Quill"));
        check("WhatsApp-Chat mit Rosa Quill", Some("Rosa Quill"));
        check("Conversación de WhatsApp con Rosa", None);
        check("Chat de WhatsApp con Rosa Quill", Some("Rosa Quill"));
        check("Discussion WhatsApp avec Rosa Quill", Some("Rosa Quill"));
        check("Rosa Quill ile WhatsApp Sohbeti", Some("Rosa Quill"));
        check("WhatsApp 与 Rosa 的对话", Some("Rosa"));
        check("Rosa님과의 WhatsApp 대화", Some("Rosa"));
        check("صفحة", None);
        check("دردشة واتساب مع Rosa", Some("Rosa"));
        check("WhatsApp чат_ Rosa", Some("Rosa"));
    }

    #[test]
    fn copies_accents_and_marks_do_not_matter() {
        check("WhatsApp Chat with Rosa Quill (1)", Some("Rosa Quill"));
        check("WhatsApp Chat with Rosa Quill(12)", Some("Rosa Quill"));
        check("WhatsApp Chat with \u{202a}+1 202 555 0100\u{202c}", Some("+1 202 555 0100"));
        check("Συνομιλι\u{301}α WhatsApp με Rosa", Some("Rosa"));
        check("whatsapp chat with - dash", Some("- dash"));
    }

    #[test]
    fn other_files_have_no_title() {
        check("_chat", None);
        check("WhatsApp Chat with ", None);
        check("notes", None);
        check("", None);
    }
}
