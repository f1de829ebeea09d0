//! What the name of an archive tells: the family of parts it is one of, the account, the date.

use crate::index::fold::fold;
use crate::sheets::Sheet;
use regex::Regex;
use std::path::Path;
use std::sync::LazyLock;

/// What the name of an archive tells.
pub(super) struct Name {
    pub(super) family: String,
    pub(super) certain: bool,
    pub(super) account: Option<String>,
    pub(super) date: Option<String>,
}

impl Name {
    pub(super) fn of(sheet: Option<&Sheet>, path: &Path) -> Self {
        let name = file_name(path);
        let found = sheet.and_then(|sheet| sheet.archives.iter().find_map(|known| known.regex.captures(&name)));
        let group = |id: &str| found.as_ref().and_then(|found| found.name(id)).map(|group| group.as_str().to_owned());
        let apart = || Some(format!("{}-{}-{}", group("year")?, group("month")?, group("day")?));
        let date = group("date").or_else(apart).or_else(|| written_date(&name)).and_then(|date| plain_date(&date));
        let certain = group("family").is_some();
        Self {
            family: group("family").unwrap_or_else(|| without_part_number(&stem(path))),
            certain,
            account: group("account"),
            date,
        }
    }
}

fn written_date(name: &str) -> Option<String> {
    static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?:19|20)\d\d[-_]?[01]\d[-_]?[0-3]\d").ok());
    DATE.as_ref()?.find(name).map(|found| found.as_str().to_owned())
}

/// `20261114T101112Z`, `2026_11_14` → `2026-11-14`.
fn plain_date(date: &str) -> Option<String> {
    let digits: String = date.chars().filter(char::is_ascii_digit).take(8).collect();
    let (year, month, day) = (digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?);
    let date: jiff::civil::Date = format!("{year}-{month}-{day}").parse().ok()?;
    Some(date.to_string())
}

/// Copies and parts: `export (1)`, `export-2`, `export.part3`, `export 2 of 3`; a date at the end is none.
static PART: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?: \(\d{1,3}\)|(?:[-_. ]|[-_. ]?part[-_. ]?)\d{1,3}(?:[-_ ]?of[-_ ]?\d{1,3})?)$").ok()
});

pub(super) fn ends_in_part_number(stem: &str) -> bool {
    without_part_number(stem) != stem
}

fn without_part_number(stem: &str) -> String {
    let ends_in_date = written_date(stem).is_some_and(|date| stem.ends_with(&date));
    let cut = PART.as_ref().filter(|_| !ends_in_date).and_then(|part| part.find(stem));
    cut.and_then(|found| stem.get(..found.start())).unwrap_or(stem).to_owned()
}

pub fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.to_string_lossy().into_owned(), |name| name.to_string_lossy().into_owned())
}

/// The file name without the extension of an archive.
pub fn stem(path: &Path) -> String {
    let name = file_name(path);
    let ends = [".tar.gz", ".tar.bz2", ".tgz", ".zip", ".tar", ".gz"];
    let lower = name.to_lowercase();
    let end = ends.iter().find(|end| lower.ends_with(*end)).map(|end| end.len());
    let end =
        end.or_else(|| name.rsplit_once('.').map(|(_, extension)| extension.len() + 1).filter(|_| path.is_file()));
    end.and_then(|end| name.get(..name.len().checked_sub(end)?))
        .filter(|stem| !stem.is_empty())
        .unwrap_or(&name)
        .to_owned()
}

/// Letters without case and accents, and digits, joined by hyphens.
pub fn slug(text: &str) -> String {
    let (mut slug, mut folded) = (String::new(), String::new());
    fold(text, &mut folded);
    for c in folded.chars() {
        if c.is_alphanumeric() || c == '.' {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.trim_end_matches(['-', '.']).chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_one_export_have_one_family() {
        for (one, other) in [
            ("facebook-rosa-1", "facebook-rosa-2"),
            ("takeout-20261114T101112Z-001", "takeout-20261114T101112Z-002"),
            ("export part 1 of 3", "export part 2 of 3"),
            ("export", "export (1)"),
        ] {
            assert_eq!(without_part_number(one), without_part_number(other), "{one} and {other}");
        }
    }

    #[test]
    fn a_date_is_no_part_number() {
        assert_eq!(without_part_number("facebook-rosa-2026-01-15"), "facebook-rosa-2026-01-15");
        assert_ne!(without_part_number("backup-2023"), without_part_number("backup-2024"));
    }

    #[test]
    fn dates_in_names_are_understood() {
        assert_eq!(plain_date("20261114T101112Z").as_deref(), Some("2026-11-14"));
        assert_eq!(written_date("meinedaten_2026-01-31.zip").as_deref(), Some("2026-01-31"));
        assert_eq!(plain_date("20269999"), None);
    }

    #[test]
    fn a_slug_is_letters_digits_and_hyphens() {
        assert_eq!(slug("Rosa Quill (1)"), "rosa-quill-1");
        assert_eq!(slug("José Ibarra"), "jose-ibarra");
        assert_eq!(slug("../../etc"), "..-..-etc");
    }
}
