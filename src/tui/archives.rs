//! Archives in the usual download folders, found by their names. Nothing is opened before the person says so.

use crate::sheets::Sheets;
use crate::tui::model::Found;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const MOST: usize = 200;
const ENDINGS: [&str; 4] = [".zip", ".tgz", ".tar.gz", ".tar"];

/// Where browsers put what they download: of the usual folders those that are there.
pub fn download_folders() -> Vec<PathBuf> {
    let Ok(home) = etcetera::home_dir() else { return Vec::new() };
    let mut folders = vec![home.join("Downloads"), home.join("Download")];
    if let Ok(text) = std::fs::read_to_string(home.join(".config/user-dirs.dirs")) {
        folders.extend(user_dir(&text, &home));
    }
    folders.sort();
    folders.dedup();
    folders.retain(|folder| folder.is_dir());
    folders
}

/// Folders as people write them: `~/Downloads`.
pub fn named(folders: &[PathBuf]) -> Vec<String> {
    let home = etcetera::home_dir().ok();
    let inside = |folder: &PathBuf| {
        let inside = folder.strip_prefix(home.as_ref()?).ok()?;
        Some(format!("~/{}", inside.display()))
    };
    folders.iter().map(|folder| inside(folder).unwrap_or_else(|| folder.display().to_string())).collect()
}

/// `XDG_DOWNLOAD_DIR="$HOME/Load"`
fn user_dir(text: &str, home: &Path) -> Option<PathBuf> {
    let line = text.lines().find_map(|line| line.trim().strip_prefix("XDG_DOWNLOAD_DIR="))?;
    let path = line.trim_matches('"');
    Some(match path.strip_prefix("$HOME/") {
        Some(inside) => home.join(inside),
        None => PathBuf::from(path),
    })
}

/// What is there, parts of one export joined, known companies first.
pub fn found(sheets: &Sheets, folders: &[PathBuf]) -> Vec<Found> {
    let mut groups: BTreeMap<(bool, String), Found> = BTreeMap::new();
    for entry in folders.iter().flat_map(std::fs::read_dir).flatten().flatten().take(10_000) {
        let Ok(about) = entry.metadata() else { continue };
        let name = entry.file_name().to_string_lossy().into_owned();
        let known = company_of(sheets, &name);
        let is_archive = about.is_file() && ENDINGS.iter().any(|end| name.to_lowercase().ends_with(end));
        if !is_archive && known.is_none() {
            continue;
        }
        let (company, family) = known.map_or((None, name.clone()), |(company, family)| (Some(company), family));
        let new = Found { paths: Vec::new(), name, bytes: 0, company };
        let group = groups.entry((new.company.is_none(), family)).or_insert(new);
        group.paths.push(entry.path());
        group.bytes += if about.is_file() { about.len() } else { 0 };
    }
    groups.into_values().take(MOST).map(named_with_parts).collect()
}

fn named_with_parts(mut found: Found) -> Found {
    found.paths.sort();
    if let (Some(first), 2..) = (found.paths.first().and_then(|path| path.file_name()), found.paths.len()) {
        found.name = format!("{} (1 of {})", first.to_string_lossy(), found.paths.len());
    }
    found
}

/// The company whose archives are called so, and what is equal for parts of one export.
fn company_of(sheets: &Sheets, name: &str) -> Option<(String, String)> {
    sheets.all.iter().find_map(|sheet| {
        let taken = sheet.archives.iter().find_map(|archive| archive.regex.captures(name))?;
        let family = taken.name("family").map_or(name, |family| family.as_str());
        Some((sheet.name.clone(), format!("{} {family}", sheet.id)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_are_told_by_name_and_other_files_left_alone() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in ["backup.tar.gz", "photo.jpg", "facebook-rosa.ZIP", "notes.zip.txt"] {
            std::fs::write(folder.path().join(name), "12345").expect("written");
        }
        let found = found(&Sheets::default(), &[folder.path().to_owned(), folder.path().join("absent")]);
        let shown: Vec<(&str, u64)> = found.iter().map(|found| (found.name.as_str(), found.bytes)).collect();
        assert_eq!(shown, [("backup.tar.gz", 5), ("facebook-rosa.ZIP", 5)]);
    }

    #[test]
    fn parts_of_one_export_are_one_line_that_says_how_many_they_are() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for part in 1..=3 {
            let name = format!("takeout-20261114T101112Z-{part:03}.zip");
            std::fs::write(folder.path().join(name), "12345").expect("written");
        }
        let found = found(&Sheets::builtin(), &[folder.path().to_owned()]);
        let shown: Vec<(&str, u64, usize)> =
            found.iter().map(|found| (found.name.as_str(), found.bytes, found.paths.len())).collect();
        assert_eq!(shown, [("takeout-20261114T101112Z-001.zip (1 of 3)", 15, 3)]);
    }

    #[test]
    fn the_download_folder_of_the_desktop_is_read() {
        let home = Path::new("/home/rosa");
        let of = |text: &str| user_dir(text, home);
        assert_eq!(of("# x\nXDG_DOWNLOAD_DIR=\"$HOME/Load\"\n"), Some(home.join("Load")));
        assert_eq!(of("XDG_DOWNLOAD_DIR=\"/mnt/load\""), Some("/mnt/load".into()));
        assert_eq!(of("XDG_MUSIC_DIR=\"$HOME/Music\""), None);
    }
}
