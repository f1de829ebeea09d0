//! The query language of `CONTRACT.md`, with positions.

/// What was expected, and where (byte offsets into the text).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    pub start: usize,
    pub end: usize,
    pub expected: String,
}

/// A query ready to run.
#[derive(Debug, Clone, Default)]
pub struct Query {
    pub text: String,
}

/// A word, phrase or regex.
#[derive(Debug, Clone)]
pub struct Term {}

/// A `name:value` filter.
#[derive(Debug, Clone)]
pub struct Filter {}

impl Query {
    /// Reads a whole query, as a script writes it.
    pub fn parse(text: &str) -> Result<Self, Mistake> {
        Ok(Self { text: text.to_owned() })
    }

    /// Reads a query that is still being typed: an open quote or bracket counts as closed, a filter without a value as absent.
    pub fn typing(text: &str) -> Result<Self, Mistake> {
        Self::parse(text)
    }
}
