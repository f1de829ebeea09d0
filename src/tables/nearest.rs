//! The cure for a word that is not known.

use crate::spelling::nearest;

/// The cure for an unknown word: the nearest known one, or all of them.
pub fn instead(word: &str, known: &[&str]) -> String {
    match nearest(word, known.iter().copied()) {
        Some(found) => format!("did you mean `{found}`?"),
        None => format!("use {}", either(known)),
    }
}

/// `a, b or c`
pub fn either(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_word_is_answered_with_the_known_ones() {
        let known = ["records", "recipient", "rest"];
        assert_eq!(instead("record", &known), "did you mean `records`?");
        assert_eq!(instead("colour", &known), "use records, recipient or rest");
    }
}
