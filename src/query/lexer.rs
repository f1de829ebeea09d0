//! Cuts a query into words, quotes and marks, and knows where it is.

/// Reads from the start of a text to its end.
#[derive(Debug)]
pub struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

/// Prefixes of addresses that are text, though they look like filters.
const SCHEMES: [&str; 7] = ["mailto", "tel", "sms", "geo", "urn", "data", "whatsapp"];

/// White space, and the separator of values, which no query can ask for.
fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{1f}'
}

impl<'a> Lexer<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Byte offset of what comes next.
    pub fn at(&self) -> usize {
        self.at
    }

    pub fn at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub fn skip(&mut self, bytes: usize) {
        self.at += bytes;
    }

    pub fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start_matches(is_space).len();
    }

    pub fn eat(&mut self, c: char) -> bool {
        let is_there = self.peek() == Some(c);
        if is_there {
            self.at += c.len_utf8();
        }
        is_there
    }

    /// Takes `OR` if it stands alone.
    pub fn eat_or(&mut self) -> bool {
        let is_there = self
            .rest()
            .strip_prefix("OR")
            .is_some_and(|rest| rest.chars().next().is_none_or(|c| is_space(c) || matches!(c, '(' | ')' | '"')));
        if is_there {
            self.at += 2;
        }
        is_there
    }

    /// Takes a minus that negates what follows it at once.
    pub fn eat_minus(&mut self) -> bool {
        let is_there = self
            .rest()
            .strip_prefix('-')
            .is_some_and(|rest| rest.chars().next().is_some_and(|c| !is_space(c) && c != ')'));
        if is_there {
            self.at += 1;
        }
        is_there
    }

    /// What stands between quotes, and whether it was closed. `\"` is a quote inside.
    pub fn quoted(&mut self) -> (String, bool) {
        self.eat('"');
        let mut text = String::new();
        let mut chars = self.rest().chars();
        let mut closed = false;
        while let Some(c) = chars.next() {
            match c {
                '"' => {
                    closed = true;
                    break;
                }
                '\\' if chars.as_str().starts_with('"') => text.extend(chars.next()),
                '\u{1f}' => text.push(' '),
                other => text.push(other),
            }
        }
        self.at = self.text.len() - chars.as_str().len();
        (text, closed)
    }

    /// Takes the mark behind a quote that asks for the very letters.
    pub fn eat_exact(&mut self) -> bool {
        let after = self.rest().strip_prefix('=');
        let is_mark = after.is_some_and(|rest| rest.chars().next().is_none_or(|c| is_space(c) || c == ')'));
        is_mark && self.eat('=')
    }

    /// A regular expression between slashes, and whether it was closed; `None` for a path such as `/home/rosa`.
    /// `\/` is a slash inside; a slash that something follows is one too.
    pub fn regex(&mut self) -> Option<(String, bool)> {
        let body = self.rest().strip_prefix('/')?;
        if let Some(end) = closing_slash(body) {
            let (pattern, rest) = body.split_at_checked(end)?;
            let flag = usize::from(rest.starts_with("/i"));
            self.at += 1 + end + 1 + flag;
            return Some((pattern.replace("\\/", "/"), true));
        }
        let word = body.split(is_space).next().unwrap_or_default();
        if word.contains('/') {
            return None;
        }
        self.at = self.text.len();
        Some((body.replace("\\/", "/"), false))
    }

    /// The letters before a colon, if the next word has the form of a filter.
    pub fn filter_name(&self) -> Option<&'a str> {
        let (name, _) = self.rest().split_once(':')?;
        let is_name = name.len() > 1 && name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-');
        is_name.then_some(name)
    }

    /// Whether an unknown name and its colon are text: `Re:`, `https://…`, `mailto:…`, `ab:cd:ef`, `std::io`.
    pub fn only_looks_like_filter(&self, name: &str) -> bool {
        let value = self.rest().get(name.len() + 1..).unwrap_or_default();
        let value = value.split(is_space).next().unwrap_or_default();
        let is_scheme = SCHEMES.iter().any(|scheme| scheme.eq_ignore_ascii_case(name));
        is_scheme || value.is_empty() || value.starts_with("//") || value.starts_with(')') || value.contains(':')
    }

    /// A value without quotes: up to a space, a comma, or a bracket it has not opened itself.
    pub fn bare_value(&mut self) -> String {
        self.run(true, |c| c == ',').to_owned()
    }

    /// A word: up to a space, or inside brackets to the one that closes them.
    pub fn word(&mut self, in_brackets: bool) -> String {
        self.run(in_brackets, |_| false).to_owned()
    }

    fn run(&mut self, in_brackets: bool, is_end: fn(char) -> bool) -> &'a str {
        let mut open = 0usize;
        let ends = |c: char| {
            match c {
                '(' => open += 1,
                ')' if open > 0 => open -= 1,
                ')' if in_brackets => return true,
                _ => {}
            }
            is_space(c) || is_end(c)
        };
        let rest = self.rest();
        let length = rest.find(ends).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }
}

/// The first slash that is not escaped and ends a word, perhaps with the flag `i`.
fn closing_slash(body: &str) -> Option<usize> {
    let mut escaped = false;
    let is_end = |c: Option<char>| c.is_none_or(|c| is_space(c) || c == ')');
    for (at, c) in body.char_indices() {
        if c == '/' && !escaped {
            let mut after = body.get(at + 1..).unwrap_or_default().chars();
            let next = after.next();
            if is_end(next) || (next == Some('i') && is_end(after.next())) {
                return Some(at);
            }
        }
        escaped = c == '\\' && !escaped;
    }
    None
}
