//! The query language of `CONTRACT.md`, with positions.
//!
//! `word "a phrase" "As Typed"= /regex/ name:value -not a OR b (group)`. Everything side by side must hold; `OR` binds its two
//! neighbours, so `rosa pizza OR pasta` asks for rosa and one of the dishes. `before:`, `on:` and `after:` the same date
//! share out all times between them: `after:2019` begins with 2020.
//!
//! `field:`, `category:` and `origin:` say in which values the words beside them are sought: `field:city paris` finds
//! records whose city holds paris, and `category:contact origin:observed` those with a value that is both. Several filters
//! of one name must each be there, and words may stand in any of them. They speak for their own brackets and for
//! those inside which have none: `(field:city) paris` finds records that have a city, with paris anywhere.

use super::filter::{FilterName, Value, nearest_filter};
use super::lexer::Lexer;
use super::term::{Needle, Pattern};

pub use super::filter::Filter;
pub use super::term::Term;

/// What was expected, and where (byte offsets into the text).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    pub start: usize,
    pub end: usize,
    pub expected: String,
}

impl std::fmt::Display for Mistake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "at {}: expected {}", self.start + 1, self.expected)
    }
}

impl std::error::Error for Mistake {}

/// What can be written beside filters, and what it means.
pub const SIGNS: [(&str, &str); 7] = [
    ("word", "in any value, inside longer words too; all words must be there"),
    ("\"a phrase\"", "these words in this order"),
    ("\"As Typed\"=", "these very letters"),
    ("-word", "without it; before a filter too"),
    ("a OR b", "either of them"),
    ("(a OR b) c", "brackets hold together"),
    ("/regex/", "a regular expression"),
];

/// A query ready to run.
#[derive(Debug, Clone, Default)]
pub struct Query {
    pub text: String,
    pub(super) root: Expr,
    /// Words with a colon that are no filters, while typing: they are searched as text.
    pub unknown: Vec<String>,
}

/// What must hold of a record.
#[derive(Debug, Clone)]
pub(super) enum Expr {
    /// Everything in it: the whole query or a pair of brackets.
    All(Vec<Expr>),
    Any(Vec<Expr>),
    Not(Box<Expr>),
    Term(Term),
    Filter(Filter),
}

impl Default for Expr {
    fn default() -> Self {
        Self::All(Vec::new())
    }
}

/// Whether the text is complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Whole,
    Typing,
}

/// Brackets inside brackets that are still read.
const DEPTH: usize = 50;

impl Query {
    /// Reads a whole query, as a script writes it.
    pub fn parse(text: &str) -> Result<Self, Mistake> {
        Self::read(text, Mode::Whole)
    }

    /// Reads a query that is still being typed: an open quote or bracket counts as closed, a filter without a value as absent.
    /// An unknown filter is text, and is named in `unknown`. The last value of a filter may be half a word: `kind:mes` stands for every kind that begins so.
    pub fn typing(text: &str) -> Result<Self, Mistake> {
        Self::read(text, Mode::Typing)
    }

    /// Whether it asks for everything.
    pub fn is_empty(&self) -> bool {
        matches!(&self.root, Expr::All(parts) if parts.is_empty())
    }

    /// The words, phrases and regexes that a hit may show, without those that must not be there.
    pub fn terms(&self) -> Vec<&Term> {
        let mut terms = Vec::new();
        collect_terms(&self.root, &mut terms);
        terms
    }

    fn read(text: &str, mode: Mode) -> Result<Self, Mistake> {
        let mut parser = Parser { lexer: Lexer::new(text), mode, unknown: Vec::new() };
        let root = Expr::All(parser.all(0)?);
        Ok(Self { text: text.to_owned(), root, unknown: parser.unknown })
    }
}

fn collect_terms<'a>(expr: &'a Expr, terms: &mut Vec<&'a Term>) {
    match expr {
        Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|part| collect_terms(part, terms)),
        Expr::Term(term) => terms.push(term),
        Expr::Not(_) | Expr::Filter(_) => {}
    }
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    mode: Mode,
    unknown: Vec<String>,
}

/// `None`: nothing that counts (yet).
type Read = Result<Option<Expr>, Mistake>;

impl Parser<'_> {
    /// Everything up to the end, or to the bracket that closes this depth.
    fn all(&mut self, depth: usize) -> Result<Vec<Expr>, Mistake> {
        let mut parts = Vec::new();
        loop {
            self.lexer.skip_space();
            if self.lexer.at_end() || (depth > 0 && self.lexer.peek() == Some(')')) {
                return Ok(parts);
            }
            parts.extend(self.either(depth)?);
        }
    }

    /// One thing, or several with `OR` between them.
    fn either(&mut self, depth: usize) -> Read {
        self.stray_or()?;
        let mut choices: Vec<Expr> = self.one(depth)?.into_iter().collect();
        loop {
            self.lexer.skip_space();
            let start = self.lexer.at();
            if !self.lexer.eat_or() {
                break;
            }
            self.lexer.skip_space();
            if self.lexer.at_end() || self.lexer.peek() == Some(')') {
                self.missing(start, "something behind OR")?;
                break;
            }
            choices.extend(self.one(depth)?);
        }
        Ok(if choices.len() < 2 { choices.pop() } else { Some(Expr::Any(choices)) })
    }

    fn stray_or(&mut self) -> Result<(), Mistake> {
        let start = self.lexer.at();
        if self.lexer.eat_or() {
            self.missing(start, "something before OR")?;
            self.lexer.skip_space();
        }
        Ok(())
    }

    fn one(&mut self, depth: usize) -> Read {
        if self.lexer.eat_minus() {
            return Ok(self.plain(depth)?.map(|expr| Expr::Not(Box::new(expr))));
        }
        self.plain(depth)
    }

    fn plain(&mut self, depth: usize) -> Read {
        match self.lexer.peek() {
            None => Ok(None),
            Some('(') => self.group(depth),
            Some('"') => self.phrase(),
            Some('/') => self.regex(),
            Some(_) => self.filter_or_word(depth),
        }
    }

    fn group(&mut self, depth: usize) -> Read {
        let start = self.lexer.at();
        if depth == DEPTH {
            return Err(Mistake { start, end: start + 1, expected: "fewer brackets inside each other".to_owned() });
        }
        self.lexer.eat('(');
        let parts = self.all(depth + 1)?;
        if !self.lexer.eat(')') && self.mode == Mode::Whole {
            return Err(Mistake { start, end: start + 1, expected: "a closing bracket".to_owned() });
        }
        if parts.is_empty() {
            self.missing(start, "something between the brackets")?;
            return Ok(None);
        }
        Ok(Some(Expr::All(parts)))
    }

    fn phrase(&mut self) -> Read {
        let start = self.lexer.at();
        let text = self.quoted()?;
        if self.lexer.eat_exact() {
            return Ok(Needle::exact(&text).map(|needle| Expr::Term(Term::Text(needle))));
        }
        self.text_term(&text, start)
    }

    fn quoted(&mut self) -> Result<String, Mistake> {
        let start = self.lexer.at();
        let (text, closed) = self.lexer.quoted();
        if !closed && self.mode == Mode::Whole {
            return Err(Mistake { start, end: start + 1, expected: "a closing quote".to_owned() });
        }
        Ok(text)
    }

    fn regex(&mut self) -> Read {
        let start = self.lexer.at();
        let Some((pattern, closed)) = self.lexer.regex() else { return self.word(0) };
        if !closed && self.mode == Mode::Whole {
            return Err(Mistake {
                start,
                end: start + 1,
                expected: "a closing / of the regular expression".to_owned(),
            });
        }
        if pattern.is_empty() {
            self.missing(start, "a regular expression between the slashes")?;
            return Ok(None);
        }
        let end = self.lexer.at();
        let pattern = Pattern::new(&pattern).map_err(|expected| Mistake { start, end, expected })?;
        Ok(Some(Expr::Term(Term::Regex(pattern))))
    }

    fn filter_or_word(&mut self, depth: usize) -> Read {
        let start = self.lexer.at();
        let Some(name) = self.lexer.filter_name() else { return self.word(depth) };
        if let Some(filter) = FilterName::find(name) {
            self.lexer.skip(name.len() + 1);
            return self.filter(filter, start);
        }
        if self.lexer.only_looks_like_filter(name) {
            return self.word(depth);
        }
        if self.mode == Mode::Typing {
            self.unknown.push(name.to_owned());
            return self.word(depth);
        }
        Err(Mistake { start, end: start + name.len() + 1, expected: nearest_filter(name) })
    }

    fn filter(&mut self, filter: &FilterName, start: usize) -> Read {
        let mut values = Vec::new();
        loop {
            let from = self.lexer.at();
            let text = if self.lexer.peek() == Some('"') { self.quoted()? } else { self.lexer.bare_value() };
            let end = self.lexer.at();
            let unfinished = self.mode == Mode::Typing && self.lexer.at_end();
            if text.is_empty() {
                self.missing_at(start, end, filter.takes)?;
            } else {
                values.push(Value { text, start: from, end, unfinished });
            }
            if !self.lexer.eat(',') {
                break;
            }
        }
        if values.is_empty() {
            return Ok(None);
        }
        let wrong = |(index, expected): (usize, String)| match values.get(index) {
            Some(value) => Mistake { start: value.start, end: value.end, expected },
            None => Mistake { start, end: start, expected },
        };
        Ok(filter.read(&values).map_err(wrong)?.map(Expr::Filter))
    }

    fn word(&mut self, depth: usize) -> Read {
        let start = self.lexer.at();
        let text = self.lexer.word(depth > 0);
        if self.mode == Mode::Whole && depth == 0 && closes_nothing(&text) {
            let end = start + text.len();
            return Err(Mistake { start: end - 1, end, expected: "an opening bracket before this one".to_owned() });
        }
        self.text_term(&text, start)
    }

    fn text_term(&mut self, text: &str, start: usize) -> Read {
        let needle = Needle::new(text);
        if needle.is_none() {
            self.missing(start, "something to search for")?;
        }
        Ok(needle.map(|needle| Expr::Term(Term::Text(needle))))
    }

    /// A whole query must not have a hole here; one that is being typed may.
    fn missing(&self, start: usize, expected: &str) -> Result<(), Mistake> {
        self.missing_at(start, self.lexer.at(), expected)
    }

    fn missing_at(&self, start: usize, end: usize, expected: &str) -> Result<(), Mistake> {
        match self.mode {
            Mode::Whole => Err(Mistake { start, end, expected: expected.to_owned() }),
            Mode::Typing => Ok(()),
        }
    }
}

/// A word such as `b)` at the end of `a OR b)`; a smile such as `:)` is text.
fn closes_nothing(word: &str) -> bool {
    let before = word.strip_suffix(')');
    before.is_some_and(|rest| !rest.contains('(') && rest.ends_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests;
