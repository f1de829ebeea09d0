//! Who speaks. Names may hold `: ` themselves and the app's own lines too, so the whole chat is asked who there is.

use super::marks::{bare, is_blank, is_mark, trimmed};
use foldhash::fast::RandomState;
use hashbrown::HashMap;
use std::borrow::Cow;

/// Bytes of the longest name looked at.
const LONGEST: usize = 256;
/// Characters of a name that is written only once; longer ones are sentences.
const LONGEST_ONCE: usize = 80;
/// Names remembered.
const MOST: usize = 20_000;
/// Places in a line where a name may end.
const ENDS: usize = 3;

/// How often each text before a `: ` begins a message.
#[derive(Debug, Default)]
pub struct Census {
    counts: HashMap<String, u32, RandomState>,
}

impl Census {
    pub fn add(&mut self, rest: &str) {
        for (name, _) in candidates(rest) {
            if let Some(count) = self.counts.get_mut(name) {
                *count = count.saturating_add(1);
            } else if self.counts.len() < MOST {
                self.counts.insert(name.to_owned(), 1);
            }
        }
    }

    /// Sender and body. `None` for what the app says itself, without a sender.
    pub fn split<'a>(&self, rest: &'a str, title: Option<&str>) -> Option<(&'a str, &'a str)> {
        let first = candidates(rest).next()?;
        let is_title = |name: &str| title.is_some_and(|title| title == shown(name));
        let longer = candidates(rest).skip(1).filter(|(name, _)| {
            // Everything this first name says begins like this: then it is part of the name.
            is_title(name) || self.count(name) >= 3 && self.count(name) == self.count(first.0)
        });
        let (name, body) = longer.last().unwrap_or(first);
        let is_name = is_title(name) || !is_sentence(name, self.count(name));
        is_name.then_some((name, body))
    }

    fn count(&self, name: &str) -> u32 {
        self.counts.get(name).copied().unwrap_or(0)
    }
}

/// Every way to split a line into name and body, shortest name first.
fn candidates(rest: &str) -> impl Iterator<Item = (&str, &str)> {
    let inside = rest.match_indices(": ").filter_map(|(at, _)| Some((rest.get(..at)?, rest.get(at + 2..)?)));
    // An empty message whose blank an editor took away.
    let at_end = rest.strip_suffix(':').map(|name| (name, ""));
    let found = inside.chain(at_end).take(ENDS);
    found.filter(|(name, _)| name.len() <= LONGEST && !trimmed(name).is_empty())
}

/// Whether this is no name but the beginning of a sentence of the app, such as `Rosa changed the subject to "A: B"`.
fn is_sentence(name: &str, count: u32) -> bool {
    let double = name.chars().filter(|c| matches!(c, '"' | '„' | '“' | '”')).count();
    let unequal = |open: char, close: char| name.matches(open).count() != name.matches(close).count();
    let in_quotes = double % 2 == 1 || unequal('«', '»') || unequal('「', '」');
    in_quotes || count < 2 && name.chars().count() > LONGEST_ONCE
}

/// A name as people see it: without marks, and without the tilde that says it is not in the contacts.
pub fn shown(name: &str) -> Cow<'_, str> {
    let skip = |c: char| is_mark(c) || is_blank(c);
    let name = name.trim_matches(skip);
    bare(name.strip_prefix('~').map_or(name, |name| name.trim_start_matches(skip)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], title: Option<&str>, last: Option<(&str, &str)>) {
        let mut census = Census::default();
        for line in lines {
            census.add(line);
        }
        assert_eq!(lines.last().and_then(|line| census.split(line, title)), last);
    }

    #[test]
    fn a_name_ends_at_the_first_colon() {
        check(&["Rosa: hi: there"], None, Some(("Rosa", "hi: there")));
        check(&["Rosa: "], None, Some(("Rosa", "")));
        check(&["Rosa:"], None, Some(("Rosa", "")));
        check(&["Rosa created group x"], None, None);
    }

    #[test]
    fn a_name_with_a_colon_is_told_by_all_its_messages_or_the_title() {
        check(&["Mum: home: a", "Mum: home: b", "Mum: home: c"], None, Some(("Mum: home", "c")));
        check(&["Mum: home: a"], Some("Mum: home"), Some(("Mum: home", "a")));
        check(&["Rosa: ok: a", "Rosa: b", "Rosa: ok: c", "Rosa: ok: d"], None, Some(("Rosa", "ok: d")));
    }

    #[test]
    fn the_app_quoting_a_colon_is_nobody() {
        check(&["Rosa: hi", "Rosa changed the subject to \"A: B\""], None, None);
        check(&["Rosa: hi", "Rosa hat den Betreff zu „A: B“ geändert"], None, None);
        check(&["Rosa: hi", "Rosa a changé le sujet en « A: B »"], None, None);
        let long =
            format!("{}: see there", "These words are much too long to be the name of anybody at all ".repeat(2));
        check(&[&long], None, None);
    }

    #[test]
    fn a_name_is_shown_without_tilde_and_marks() {
        assert_eq!(shown("~\u{202f}Ben"), "Ben");
        assert_eq!(shown("\u{202a}+1 202 555 0100\u{202c}"), "+1 202 555 0100");
        assert_eq!(shown("Rosa"), "Rosa");
    }
}
