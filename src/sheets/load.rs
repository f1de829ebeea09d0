//! Reads sheets: those compiled in, and those in the person's config folder.

use super::Sheet;
use std::path::Path;

/// What is wrong with a sheet: line, what, and how to cure it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// 1-based; 0 for the whole file.
    pub line: usize,
    pub what: String,
    pub cure: String,
}

/// All sheets known to this run.
#[derive(Debug, Default)]
pub struct Sheets {
    pub all: Vec<Sheet>,
}

impl Sheets {
    /// The sheets compiled in.
    pub fn builtin() -> Self {
        Self::default()
    }

    /// Adds the sheets of a folder; one with the id of a known company replaces it. Broken ones are returned as mistakes and left out.
    pub fn add_folder(&mut self, _folder: &Path) -> Vec<(std::path::PathBuf, Vec<Mistake>)> {
        Vec::new()
    }

    pub fn get(&self, company: &str) -> Option<&Sheet> {
        self.all.iter().find(|sheet| sheet.id == company)
    }
}

impl Sheet {
    /// Reads one sheet. All mistakes are reported, not only the first.
    pub fn parse(_text: &str) -> Result<Self, Vec<Mistake>> {
        Err(Vec::new())
    }
}

impl std::fmt::Display for Mistake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}; {}", self.line, self.what, self.cure)
    }
}
