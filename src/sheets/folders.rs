//! What an export calls its folders, where it tells that itself.

use super::{EntryPath, EntryPattern};
use regex::Regex;
use std::collections::BTreeMap;

/// Entries that tell by which name of the company's own each folder goes.
#[derive(Debug)]
pub struct FolderNames {
    pub files: Vec<EntryPattern>,
    /// With the groups `id` (the company's name for the folder, the same in every language) and `folder` (its name in this export).
    pub regex: Regex,
}

/// Names of folders in one export and the company's own names for them.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Folders(BTreeMap<String, String>);

/// Folders beyond which an export names none.
const MOST: usize = 10_000;

impl FolderNames {
    /// Whether an entry of this name may tell.
    pub fn reads(&self, path: &EntryPath) -> bool {
        self.files.iter().any(|pattern| pattern.matches(path))
    }

    /// Takes what a piece of an entry tells.
    pub fn take(&self, text: &str, folders: &mut Folders) {
        for found in self.regex.captures_iter(text) {
            if let (Some(id), Some(folder)) = (found.name("id"), found.name("folder"))
                && folders.0.len() < MOST
            {
                // Names in pages are written with entities.
                let name = folder.as_str().replace("&amp;", "&");
                folders.0.insert(EntryPath::new(&name).key, id.as_str().to_owned());
            }
        }
    }
}

impl Folders {
    /// The path with a folder by the company's own name for it; `None` if none of its folders has one.
    pub fn own(&self, path: &EntryPath) -> Option<EntryPath> {
        if self.0.is_empty() {
            return None;
        }
        let (folders, base) = path.key.rsplit_once('/')?;
        let mut named = false;
        let own = |folder: &str| {
            let own = self.0.get(folder).filter(|_| !named);
            named |= own.is_some();
            own.map_or(folder, String::as_str).to_owned()
        };
        let folders: Vec<String> = folders.split('/').map(own).collect();
        named.then(|| EntryPath::new(&format!("{}/{base}", folders.join("/"))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_folder_that_has_a_name_of_the_companys_own_goes_by_it() {
        let rule = FolderNames {
            files: vec![EntryPattern::parse("contents").expect("a pattern")],
            regex: Regex::new(r#"id="(?P<id>\w+)" folder="(?P<folder>[^"]+)""#).expect("a regex"),
        };
        let mut folders = Folders::default();
        rule.take(r#"<i id="MAPS" folder="Kaart &amp; plaats"><i id="SAVED" folder="Bewaard">"#, &mut folders);
        let own = |path: &str| folders.own(&EntryPath::new(path)).map(|path| path.key);
        assert_eq!(own("Takeout/Kaart _ plaats/Bewaard/x.csv").as_deref(), Some("takeout/maps/bewaard/x.csv"));
        assert_eq!(own("Takeout/bewaard/x.csv").as_deref(), Some("takeout/saved/x.csv"));
        assert_eq!(own("Takeout/Anders/Bewaard"), None);
        assert_eq!(own("Bewaard"), None);
    }
}
