//! Places inside a record, and the patterns sheets write for them: `phone_numbers[].phone_number`, `^title`, `**.ip_address`.

/// One step of a field's path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    Key(&'a str),
    /// Any element of an array: `[]`.
    Item,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Key(String),
    /// `prob_*`: any one key that begins so.
    KeyBeginning(String),
    /// `*`: any one key.
    AnyKey,
    /// `**`: any number of parts.
    Deep,
    Item,
}

/// A pattern for field paths. Grammar: keys joined by `.`, `[]` after a key for the elements of an array, `*` for any key, `prob_*` for
/// any key that begins so, `**` for any depth, `"…"` around a key that holds dots or brackets, a leading `^` for "from the root of the entry" (otherwise
/// from the root of the record). Version tails of keys (`_v2`) are ignored on both sides, since Meta renames by them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldPattern {
    /// Starts at the root of the entry rather than of the record.
    pub from_root: bool,
    steps: Vec<Step>,
    written: String,
}

impl FieldPattern {
    /// The pattern written `text`; an error is a sentence for the sheet's author.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (from_root, rest) = match text.strip_prefix('^') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let mut steps = Vec::new();
        let mut chars = rest.chars().peekable();
        while let Some(&c) = chars.peek() {
            match c {
                '.' => {
                    chars.next();
                }
                '[' => {
                    chars.next();
                    if chars.next() != Some(']') {
                        return Err(format!("`{text}`: `[` must be followed by `]`"));
                    }
                    steps.push(Step::Item);
                }
                '"' => {
                    chars.next();
                    let key: String = chars.by_ref().take_while(|&c| c != '"').collect();
                    steps.push(Step::Key(stem(&key).to_owned()));
                }
                _ => {
                    let mut key = String::new();
                    while let Some(c) = chars.next_if(|&c| c != '.' && c != '[') {
                        key.push(c);
                    }
                    steps.push(match (key.as_str(), key.strip_suffix('*')) {
                        ("*", _) => Step::AnyKey,
                        ("**", _) => Step::Deep,
                        (_, Some(beginning)) => Step::KeyBeginning(beginning.to_owned()),
                        (key, None) => Step::Key(stem(key).to_owned()),
                    });
                }
            }
        }
        Ok(Self { from_root, steps, written: text.to_owned() })
    }

    /// As the sheet writes it.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    pub fn matches(&self, path: &[Part<'_>]) -> bool {
        matches(&self.steps, path)
    }

    /// Whether it describes places without naming them: it ends in `*`, `**` or `[]`.
    pub fn is_open(&self) -> bool {
        matches!(self.steps.last(), Some(Step::AnyKey | Step::Deep | Step::Item))
    }

    /// The last key, if the pattern ends in one: what people call the field.
    pub fn last_key(&self) -> Option<&str> {
        self.steps.iter().rev().find_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            _ => None,
        })
    }
}

fn matches(steps: &[Step], path: &[Part<'_>]) -> bool {
    match (steps.split_first(), path.split_first()) {
        (None, None) => true,
        (Some((Step::Deep, rest)), _) => {
            matches(rest, path) || path.split_first().is_some_and(|(_, tail)| matches(steps, tail))
        }
        (Some((step, rest)), Some((part, tail))) => one(step, *part) && matches(rest, tail),
        _ => false,
    }
}

fn one(step: &Step, part: Part<'_>) -> bool {
    match (step, part) {
        (Step::Key(key), Part::Key(found)) => stem(found) == key,
        (Step::KeyBeginning(beginning), Part::Key(found)) => found.starts_with(beginning.as_str()),
        (Step::AnyKey, Part::Key(_)) | (Step::Item, Part::Item) => true,
        _ => false,
    }
}

/// A key without its version tail: `profile_v2` → `profile`.
pub fn stem(key: &str) -> &str {
    match key.rsplit_once("_v") {
        Some((head, tail)) if !tail.is_empty() && tail.bytes().all(|b| b.is_ascii_digit()) => head,
        _ => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(path: &str) -> Vec<Part<'_>> {
        let mut parts = Vec::new();
        for key in path.split('.').filter(|k| !k.is_empty()) {
            let name = key.trim_end_matches("[]");
            if !name.is_empty() {
                parts.push(Part::Key(name));
            }
            parts.extend(std::iter::repeat_n(Part::Item, (key.len() - name.len()) / 2));
        }
        parts
    }

    fn check(pattern: &str, path: &str, expected: bool) {
        let pattern = FieldPattern::parse(pattern).expect("the pattern is well formed");
        assert_eq!(pattern.matches(&parts(path)), expected, "{} on {path}", pattern.as_str());
    }

    #[test]
    fn a_pattern_is_anchored_at_both_ends() {
        check("phone_numbers[].phone_number", "phone_numbers[].phone_number", true);
        check("phone_number", "phone_numbers[].phone_number", false);
        check("**.phone_number", "phone_numbers[].phone_number", true);
        check("**.ip", "ip", true);
        check("*.[]", "inbox[]", true);
        check("", "", true);
        check("[]", "[]", true);
    }

    #[test]
    fn a_key_may_be_told_by_its_beginning() {
        check("prob_*", "prob_male", true);
        check("**.prob_*", "a[].prob_male", true);
        check("prob_*", "probability", false);
        check("prob_*", "prob_male.share", false);
        let quoted = FieldPattern::parse("\"prob_*\"").expect("well formed");
        assert!(!quoted.matches(&[Part::Key("prob_male")]));
    }

    #[test]
    fn version_tails_do_not_matter() {
        check("profile.name", "profile_v2.name", true);
        check("profile_v2.name", "profile.name", true);
        check("profile_very.name", "profile.name", false);
    }

    #[test]
    fn a_quoted_key_may_hold_dots() {
        let pattern = FieldPattern::parse("label_values.\"a.b [c]\"").expect("well formed");
        assert!(pattern.matches(&[Part::Key("label_values"), Part::Key("a.b [c]")]));
    }

    #[test]
    fn an_open_bracket_is_refused_with_its_pattern() {
        assert_eq!(FieldPattern::parse("a[b").expect_err("a mistake"), "`a[b`: `[` must be followed by `]`");
    }
}
