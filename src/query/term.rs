//! What is sought in the text of records: words, phrases and regular expressions.

use crate::index::fold::{fold_keeping_accents, fold_map, folded};
use regex::{Regex, RegexBuilder};
use std::ops::Range;

/// A word, phrase or regex.
#[derive(Debug, Clone)]
pub enum Term {
    Text(Needle),
    /// Matched against each value as written, in any letter case.
    Regex(Pattern),
}

/// A word or phrase: a part of one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needle {
    /// Sought in the folded values; never empty.
    pub folded: String,
    /// With its accents, if it was typed with any: then they must be there.
    pub accented: Option<String>,
    /// As it was typed, if letter case and accents must be these: `"Café"=`.
    pub exact: Option<String>,
}

/// A regular expression, compiled within bounds.
#[derive(Debug, Clone)]
pub struct Pattern {
    regex: Regex,
    /// What every match holds, folded: far quicker to look for.
    literal: Option<String>,
    /// A value can only match where the whole record, its values joined, matches.
    joins: bool,
}

const COMPILED_BYTES: usize = 4 << 20;
const CACHE_BYTES: usize = 4 << 20;
const NESTING: u32 = 100;

impl Term {
    /// Where the term stands in a value as written.
    pub fn places(&self, value: &str) -> Vec<Range<usize>> {
        match self {
            Self::Text(needle) => needle.places(value),
            Self::Regex(pattern) => {
                pattern.regex.find_iter(value).map(|found| found.range()).filter(|range| !range.is_empty()).collect()
            }
        }
    }
}

impl Needle {
    /// `None` if nothing of the text is left to be sought once it is folded.
    pub fn new(text: &str) -> Option<Self> {
        let folded = folded(text);
        let mut accented = String::new();
        fold_keeping_accents(text, &mut accented);
        let accented = (accented != folded).then_some(accented);
        (!folded.is_empty()).then_some(Self { folded, accented, exact: None })
    }

    /// As [`Needle::new`], for a text that must stand there as it was typed.
    pub fn exact(text: &str) -> Option<Self> {
        Self::new(text).map(|needle| Self { accented: None, exact: Some(text.to_owned()), ..needle })
    }

    /// Whether every text whose folded form holds the needle holds it.
    pub fn is_folded(&self) -> bool {
        self.accented.is_none() && self.exact.is_none()
    }

    /// Whether a text (not folded) holds it.
    pub fn is_in(&self, text: &str) -> bool {
        folded(text).contains(self.folded.as_str()) && self.stands_in(text)
    }

    /// Whether a text whose folded form holds the needle also has the accents, or the very letters, that were typed.
    pub fn stands_in(&self, text: &str) -> bool {
        if let Some(exact) = &self.exact {
            return text.contains(exact.as_str());
        }
        let Some(accented) = &self.accented else { return true };
        if text.is_ascii() {
            return false;
        }
        if memchr::memmem::find(text.as_bytes(), accented.as_bytes()).is_some() {
            return true;
        }
        let mut kept = String::new();
        fold_keeping_accents(text, &mut kept);
        kept.contains(accented.as_str())
    }

    fn places(&self, value: &str) -> Vec<Range<usize>> {
        let map = fold_map(value);
        let found = memchr::memmem::find_iter(map.folded.as_bytes(), self.folded.as_bytes());
        let ranges = found.map(|at| map.original(at..at + self.folded.len()));
        ranges.filter(|range| self.stands_in(value.get(range.clone()).unwrap_or_default())).collect()
    }
}

impl Pattern {
    /// The reason why not, if it is no regular expression or too large a one.
    pub fn new(pattern: &str) -> Result<Self, String> {
        let regex = RegexBuilder::new(pattern)
            .case_insensitive(true)
            .multi_line(true)
            .line_terminator(0x1f)
            .size_limit(COMPILED_BYTES)
            .dfa_size_limit(CACHE_BYTES)
            .nest_limit(NESTING)
            .build()
            .map_err(|error| reason(&error))?;
        Ok(Self { regex, literal: literal(pattern), joins: joins(pattern) })
    }

    /// Whether one of the values of a record matches.
    pub fn is_in(&self, values: &str) -> bool {
        if self.joins {
            match self.regex.find(values) {
                None => return false,
                Some(found) if !found.as_str().contains('\u{1f}') => return true,
                Some(_) => {}
            }
        }
        values.split('\u{1f}').any(|value| self.regex.is_match(value))
    }

    /// Text that the folded form of every match holds, if there is one.
    pub fn literal(&self) -> Option<Needle> {
        self.literal.as_deref().and_then(Needle::new)
    }

    /// The expression as it was written.
    pub fn written(&self) -> &str {
        self.regex.as_str()
    }

    /// Whether a single value matches.
    pub fn is_match(&self, value: &str) -> bool {
        self.regex.is_match(value)
    }
}

/// In a joined record `^` and `$` stand at the borders of values (the separator is the line end), but `\A`, `\z` and patterns
/// that change flags do not.
fn joins(pattern: &str) -> bool {
    let changes_flags = pattern.match_indices("(?").any(|(at, _)| pattern.as_bytes().get(at + 2) != Some(&b':'));
    !(pattern.contains("\\A") || pattern.contains("\\z") || changes_flags)
}

/// The longest run of letters and digits that must stand in a match. None is sought in patterns with choices, groups, classes or
/// escapes; a letter that may be left out ends the run before it.
fn literal(pattern: &str) -> Option<String> {
    if pattern.contains(['|', '(', ')', '[', '{', '\\']) {
        return None;
    }
    let mut runs = vec![String::new()];
    for c in pattern.chars() {
        match (c, runs.last_mut()) {
            (c, Some(run)) if c.is_ascii_alphanumeric() => run.push(c.to_ascii_lowercase()),
            (other, Some(run)) => {
                if matches!(other, '*' | '?') {
                    run.pop();
                }
                runs.push(String::new());
            }
            (_, None) => {}
        }
    }
    runs.into_iter().max_by_key(String::len).filter(|run| run.len() > 1)
}

/// The last line of a regex error is its reason; those before draw the place.
fn reason(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(_) => "a smaller regular expression".to_owned(),
        other => {
            let text = other.to_string();
            let last = text.lines().last().unwrap_or_default();
            format!("a regular expression ({})", last.trim_start_matches("error: "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needle(text: &str) -> Needle {
        Needle::new(text).expect("something is left to seek")
    }

    #[test]
    fn accents_count_only_when_typed() {
        assert_eq!(needle("jose").accented, None);
        assert!(needle("jose").stands_in("José"));
        assert!(needle("josé").stands_in("JOSÉ"));
        assert!(needle("josé").stands_in("Jose\u{301}"));
        assert!(!needle("josé").stands_in("jose"));
        assert!(!needle("josé").stands_in("josè"));
        assert_eq!(needle("STRASSE").folded, needle("straße").folded);
        assert_eq!(needle("straße").accented, None);
    }

    #[test]
    fn a_mark_alone_leaves_nothing_to_seek() {
        assert_eq!(Needle::new("\u{301}\u{200d}"), None);
        assert_eq!(Needle::new(""), None);
    }

    #[test]
    fn places_are_those_of_the_value_as_written() {
        let text = |value: &str, range: &Range<usize>| value.get(range.clone()).map(str::to_owned);
        let value = "José, JOSE\u{301} and jose";
        let found = Term::Text(needle("jose")).places(value);
        let found: Vec<_> = found.iter().filter_map(|range| text(value, range)).collect();
        assert_eq!(found, ["José", "JOSE\u{301}", "jose"]);
        assert_eq!(Term::Text(needle("josé")).places(value).len(), 2);
        assert_eq!(Term::Regex(Pattern::new("jos.").expect("a regex")).places("a JOSÉ").pop(), Some(2..7));
        assert!(Term::Regex(Pattern::new("x*").expect("a regex")).places("abc").is_empty());
    }

    #[test]
    fn a_regex_never_matches_across_values() {
        let is_in = |pattern: &str, values: &str| Pattern::new(pattern).expect("a regex").is_in(values);
        assert!(is_in("lun.h", "see\u{1f}LUNCH"));
        assert!(!is_in("a[^x]b", "a\u{1f}b"));
        assert!(is_in("a[^x]b", "a\u{1f}b\u{1f}a-b"));
        assert!(!is_in("a.b", "a\u{1f}b"));
        assert!(is_in("^b$", "a\u{1f}b\u{1f}c"));
        assert!(is_in(r"\Ab\z", "a\u{1f}b\u{1f}c"));
        assert!(is_in(r"(?-m)^b", "a\u{1f}b"));
        assert!(is_in("a.b", "a\nb"));
    }

    #[test]
    fn what_every_match_holds_is_known_for_simple_patterns() {
        let table = [
            ("lun.h", Some("lun")),
            ("^Needle.*d$", Some("needle")),
            ("colou?rs", Some("colo")),
            ("ab*cde+f", Some("cde")),
            ("é.ab", Some("ab")),
            ("a.b", None),
            ("lunch|dinner", None),
            (r"\bword", None),
            ("a{3}bcd", None),
        ];
        for (pattern, expected) in table {
            assert_eq!(literal(pattern).as_deref(), expected, "{pattern}");
        }
    }

    #[test]
    fn a_regex_too_large_or_broken_says_so() {
        assert_eq!(Pattern::new("(a").expect_err("unclosed"), "a regular expression (unclosed group)");
        assert_eq!(Pattern::new(r"\w{900}{900}").expect_err("too big"), "a smaller regular expression");
    }
}
