//! TOML that people write, sheets and settings: a table is asked for its keys one by one, and notes what is wrong: wrong types,
//! unknown keys, values that mean nothing.

mod nearest;

pub use nearest::{either, instead};

use crate::spelling;
use std::cell::RefCell;
use std::fmt;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// What is wrong with a file: line, what, and how to cure it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// 1-based; 0 for the whole file.
    pub line: usize,
    pub what: String,
    pub cure: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "line {}: ", self.line)?;
        }
        write!(f, "{}; {}", self.what, self.cure)
    }
}

/// The mistakes of one file, with their lines.
pub struct Notes {
    /// What to read about the file.
    pub manual: &'static str,
    /// Where each line begins, in bytes.
    lines: Vec<usize>,
    found: RefCell<Vec<Mistake>>,
}

impl Notes {
    pub fn of(text: &str, manual: &'static str) -> Self {
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        Self { manual, lines: std::iter::once(0).chain(breaks).collect(), found: RefCell::default() }
    }

    pub fn line(&self, span: &Range<usize>) -> usize {
        self.lines.partition_point(|&start| start <= span.start)
    }

    pub fn add(&self, line: usize, what: impl Into<String>, cure: impl Into<String>) {
        self.found.borrow_mut().push(Mistake { line, what: what.into(), cure: cure.into() });
    }

    /// Something that is no TOML.
    pub fn no_toml(&self, error: &toml::de::Error) {
        let cure = if error.message().contains("duplicate key") {
            "write it once; several rules for one field are a list: `\"field\" = [{ … }, { … }]`"
        } else {
            &format!("{} tells how it is written", self.manual)
        };
        let line = error.span().map_or(0, |span| self.line(&span));
        self.add(line, error.message().trim().replace('\n', ", "), cure);
    }

    pub fn into_mistakes(self) -> Vec<Mistake> {
        let mut mistakes = self.found.into_inner();
        mistakes.sort_by_key(|mistake| mistake.line);
        mistakes
    }
}

/// A value with its line.
#[derive(Debug, Clone)]
pub struct At<T> {
    pub line: usize,
    pub value: T,
}

type Value<'t> = Spanned<DeValue<'t>>;

/// One table. Every key it is asked for is known; [`Table::finish`] reports the others.
pub struct Table<'t> {
    map: &'t DeTable<'t>,
    /// What it is, for sentences: "section `messages`".
    pub name: String,
    pub line: usize,
    pub notes: &'t Notes,
    asked: Vec<&'static str>,
}

impl<'t> Table<'t> {
    pub fn of(map: &'t DeTable<'t>, name: &str, line: usize, notes: &'t Notes) -> Self {
        Self { map, name: name.to_owned(), line, notes, asked: Vec::new() }
    }

    pub fn wrong(&self, line: usize, what: impl Into<String>, cure: impl Into<String>) {
        self.notes.add(line, what, cure);
    }

    fn value(&mut self, key: &'static str) -> Option<&'t Value<'t>> {
        self.asked.push(key);
        self.map.get(key)
    }

    fn of_type<T>(&self, key: &str, value: &Value<'_>, wanted: &str, read: Option<T>) -> Option<At<T>> {
        let line = self.notes.line(&value.span());
        if read.is_none() {
            let what = format!("{}: `{key}` is {}", self.name, kind(value.get_ref()));
            self.wrong(line, what, format!("write {wanted}"));
        }
        read.map(|value| At { line, value })
    }

    pub fn text(&mut self, key: &'static str) -> Option<At<String>> {
        let value = self.value(key)?;
        self.of_type(key, value, "a text in quotes", string(value))
    }

    /// A text that must be there; empty if it is not, which is noted.
    pub fn needed(&mut self, key: &'static str, why: &str) -> At<String> {
        let present = self.map.contains_key(key);
        let text = self.text(key);
        if !present {
            self.wrong(self.line, format!("{} has no `{key}`", self.name), format!("add `{key} = \"…\"`: {why}"));
        } else if text.as_ref().is_some_and(|text| text.value.trim().is_empty()) {
            self.wrong(self.line, format!("{}: `{key}` is empty", self.name), format!("write {why}"));
        }
        text.unwrap_or(At { line: self.line, value: String::new() })
    }

    pub fn boolean(&mut self, key: &'static str) -> Option<bool> {
        let value = self.value(key)?;
        self.of_type(key, value, "true or false", value.get_ref().as_bool()).map(|at| at.value)
    }

    pub fn number(&mut self, key: &'static str) -> Option<At<u32>> {
        let value = self.value(key)?;
        let number = value.get_ref().as_integer().and_then(|n| u32::from_str_radix(n.as_str(), n.radix()).ok());
        self.of_type(key, value, "a number from 0 on", number)
    }

    /// A list of texts; a single text is a list of one.
    pub fn texts(&mut self, key: &'static str) -> Vec<At<String>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let wanted = "a list of texts: [\"…\", \"…\"]";
        match value.get_ref() {
            DeValue::Array(items) => {
                items.iter().filter_map(|item| self.of_type(key, item, wanted, string(item))).collect()
            }
            _ => self.of_type(key, value, wanted, string(value)).into_iter().collect(),
        }
    }

    /// Texts that are each read by `parse`, whose errors are sentences.
    pub fn parsed<T>(&mut self, key: &'static str, parse: impl Fn(&str) -> Result<T, String>) -> Vec<T> {
        let texts = self.texts(key);
        texts.into_iter().filter_map(|text| self.parse(key, &text, &parse)).collect()
    }

    /// A text read by `parse`, if it is there and right.
    pub fn parse<T>(&self, key: &str, text: &At<String>, parse: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        let told = |why: String| {
            self.wrong(text.line, format!("{}: `{key}`: {why}", self.name), format!("see {}", self.notes.manual));
        };
        parse(&text.value).map_err(told).ok()
    }

    /// The line of a key that is there.
    pub fn line_of(&self, key: &str) -> Option<usize> {
        self.map.get_key_value(key).map(|(key, _)| self.notes.line(&key.span()))
    }

    /// One of a few words.
    pub fn word<T>(
        &mut self,
        key: &'static str,
        words: &[&'static str],
        meaning: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(key)?;
        let found = meaning(&text.value);
        if found.is_none() {
            let what = format!("{}: `{}` is no `{key}`", self.name, text.value);
            self.wrong(text.line, what, instead(&text.value, words));
        }
        found
    }

    /// The table at `key`.
    pub fn table(&mut self, key: &'static str) -> Option<Table<'t>> {
        let value = self.value(key)?;
        let at = self.of_type(key, value, &format!("a table: `[{key}]`"), value.get_ref().as_table())?;
        Some(Table::of(at.value, &format!("`{key}` of {}", self.name), at.line, self.notes))
    }

    /// The tables of a list: `[[key]]`.
    pub fn tables(&mut self, key: &'static str) -> Vec<Table<'t>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let wanted = format!("a list of tables: `[[{key}]]`");
        let Some(items) = self.of_type(key, value, &wanted, value.get_ref().as_array()) else { return Vec::new() };
        let table = |item: &'t Value<'t>| {
            let at = self.of_type(key, item, &wanted, item.get_ref().as_table())?;
            Some(Table::of(at.value, key, at.line, self.notes))
        };
        items.value.iter().filter_map(table).collect()
    }

    /// The table at `key`, or the tables of a list there: `[key]` or `[[key]]`.
    pub fn one_or_more(&mut self, key: &'static str) -> Vec<Table<'t>> {
        let is_list = self.map.get(key).is_some_and(|value| value.get_ref().as_array().is_some());
        if is_list { self.tables(key) } else { self.table(key).into_iter().collect() }
    }

    /// All entries of a table whose keys are data, in the order of the file; a list of tables is as many entries.
    pub fn entries(self) -> Vec<(At<String>, Table<'t>)> {
        let mut entries: Vec<_> = self.map.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut found = Vec::new();
        for (key, value) in entries {
            let name = At { line: self.notes.line(&key.span()), value: key.get_ref().to_string() };
            let items = value.get_ref().as_array().map_or_else(|| vec![value], |items| items.iter().collect());
            for item in items {
                let table = self.of_type(&name.value, item, "a table: { … }", item.get_ref().as_table());
                found.extend(table.map(|at| {
                    (name.clone(), Table::of(at.value, &format!("field `{}`", name.value), at.line, self.notes))
                }));
            }
        }
        found
    }

    /// All entries of a table whose keys are data and whose values are texts, in the order of the file.
    pub fn pairs(self) -> Vec<(At<String>, At<String>)> {
        let mut entries: Vec<_> = self.map.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let pair = |(key, value): (&Spanned<DeString<'_>>, &Value<'_>)| {
            let name = At { line: self.notes.line(&key.span()), value: key.get_ref().to_string() };
            let text = self.of_type(&name.value, value, "a text in quotes", string(value))?;
            Some((name, text))
        };
        entries.into_iter().filter_map(pair).collect()
    }

    /// Reports keys that nobody asked for.
    pub fn finish(self) {
        for key in self.map.keys() {
            let word: &str = key.get_ref();
            if self.asked.contains(&word) {
                continue;
            }
            let cure = match spelling::nearest(word, self.asked.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("known are {}", either(&self.asked).replace(" or ", " and ")),
            };
            self.wrong(self.notes.line(&key.span()), format!("{}: unknown key `{word}`", self.name), cure);
        }
    }
}

fn string(value: &Value<'_>) -> Option<String> {
    value.get_ref().as_str().map(str::to_owned)
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
