//! Reads sheets: those compiled in, and those in the person's config folder.

mod section;
mod sheet;
#[cfg(test)]
mod tests;

use super::Sheet;
use crate::tables::{Mistake, Notes, Table};

use std::path::{Path, PathBuf};
use toml::de::DeTable;

/// The sheets compiled in, by company id: every file of `src/sheets`.
pub const BUILTIN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/sheets.rs"));

/// All sheets known to this run.
#[derive(Debug, Default)]
pub struct Sheets {
    pub all: Vec<Sheet>,
}

impl Sheets {
    /// The sheets compiled in.
    pub fn builtin() -> Self {
        let read = |(_, text): &(&str, &str)| Sheet::parse(text).expect("a test reads each sheet that is compiled in");
        Self { all: BUILTIN.iter().map(read).collect() }
    }

    /// Adds the sheets of a folder; one with the id of a known company replaces it. Broken ones are returned as mistakes and left
    /// out. A folder that is not there holds no sheets.
    pub fn add_folder(&mut self, folder: &Path) -> Vec<(PathBuf, Vec<Mistake>)> {
        let files = match sheet_files(folder) {
            Ok(files) => files,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Vec::new(),
            Err(error) => return vec![(folder.to_owned(), vec![unreadable(&error)])],
        };
        let broken = files.into_iter().filter_map(|file| self.add_file(&file).err().map(|mistakes| (file, mistakes)));
        broken.collect()
    }

    fn add_file(&mut self, file: &Path) -> Result<(), Vec<Mistake>> {
        let text = std::fs::read_to_string(file).map_err(|error| vec![unreadable(&error)])?;
        self.add(Sheet::parse(&text)?);
        Ok(())
    }

    /// Adds a sheet, in the place of one with the same id.
    pub fn add(&mut self, sheet: Sheet) {
        match self.all.iter_mut().find(|known| known.id == sheet.id) {
            Some(known) => *known = sheet,
            None => self.all.push(sheet),
        }
    }

    pub fn get(&self, company: &str) -> Option<&Sheet> {
        self.all.iter().find(|sheet| sheet.id == company)
    }
}

/// The `.toml` files of a folder by name, so that each run reads them in the same order.
fn sheet_files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let paths = std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut files: Vec<PathBuf> = paths.collect::<Result<_, _>>()?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    Ok(files)
}

fn unreadable(error: &std::io::Error) -> Mistake {
    Mistake { line: 0, what: format!("cannot be read: {error}"), cure: "look at its permissions".to_owned() }
}

impl Sheet {
    /// Reads one sheet. All mistakes are reported, not only the first; what is no TOML is reported before anything else is looked at.
    pub fn parse(text: &str) -> Result<Self, Vec<Mistake>> {
        let notes = Notes::of(text, "docs/sheets.md");
        let (root, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            for error in &errors {
                notes.no_toml(error);
            }
            return Err(notes.into_mistakes());
        }
        let mut sheet = sheet::read(Table::of(root.get_ref(), "the sheet", 0, &notes));
        sheet.digest = blake3::hash(text.as_bytes()).to_hex().to_string();
        let mistakes = notes.into_mistakes();
        if mistakes.is_empty() { Ok(sheet) } else { Err(mistakes) }
    }
}
