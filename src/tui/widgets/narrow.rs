//! The live filter of a list (`f`): what is typed narrows it, fuzzily, word by word.

use super::line::Line;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

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
        let matcher = SkimMatcherV2::default();
        let words: Vec<&str> = self.line.text().split_whitespace().collect();
        let passes = |name: &str| words.iter().all(|word| matcher.fuzzy_match(name, word).is_some());
        names.enumerate().filter(|(_, name)| passes(name.as_ref())).map(|(at, _)| at).collect()
    }

    /// ` · filter: word`, for a pane's title.
    pub fn note(&self) -> String {
        if self.is_on() || self.typing { format!(" · filter: {}", self.line.text()) } else { String::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
