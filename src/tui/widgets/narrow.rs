//! The live filter of a list (`f`): what is typed narrows it, fuzzily, word by word.

use super::line::Line;

/// A filter, shown and editable once opened.
#[derive(Debug, Clone, Default)]
pub struct Narrow {
    pub line: Line,
    /// The line has the keys.
    pub typing: bool,
}

impl Narrow {
    /// Whether it holds anything back.
    pub fn is_on(&self) -> bool {
        !self.line.text().trim().is_empty()
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The numbers of the names that pass, in their order.
    pub fn pass<S: AsRef<str>>(&self, names: impl ExactSizeIterator<Item = S>) -> Vec<usize> {
        if !self.is_on() {
            return (0..names.len()).collect();
        }
        let words: Vec<&str> = self.line.text().split_whitespace().collect();
        let passes = |name: &str| words.iter().all(|word| is_in(name, word));
        names.enumerate().filter(|(_, name)| passes(name.as_ref())).map(|(at, _)| at).collect()
    }

    /// ` · filter: word`, for a pane's title.
    pub fn note(&self) -> String {
        if self.is_on() || self.typing { format!(" · filter: {}", self.line.text()) } else { String::new() }
    }
}

/// Whether the letters of `word` stand in `name` in this order; a capital stands for itself alone. That is what the fuzzy matcher of
/// the palette finds, but how well it fits is not asked: thousands of names are looked at between two keys.
fn is_in(name: &str, word: &str) -> bool {
    let exact = word.bytes().any(|byte| byte.is_ascii_uppercase());
    let same = |a: char, b: char| if exact { a == b } else { a.eq_ignore_ascii_case(&b) };
    let mut letters = name.chars();
    word.chars().all(|wanted| letters.any(|letter| same(letter, wanted)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use fuzzy_matcher::FuzzyMatcher;
    use fuzzy_matcher::skim::SkimMatcherV2;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_word_passes_wherever_the_fuzzy_matcher_finds_it(name in "[a-cA-C _.é日]{0,12}", word in "[a-cA-Cé日]{1,3}") {
            let found = SkimMatcherV2::default().fuzzy_match(&name, &word).is_some();
            prop_assert_eq!(is_in(&name, &word), found);
        }
    }

    #[test]
    fn words_narrow_together_and_in_any_order() {
        let narrow = Narrow { line: Line::new("num pho"), typing: false };
        assert_eq!(narrow.pass(["phone_number", "phone", "number"].iter()), [0]);
    }

    #[test]
    fn an_empty_filter_passes_all_in_order() {
        assert_eq!(Narrow::default().pass(["b", "a"].iter()), [0, 1]);
    }
}
