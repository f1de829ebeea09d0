//! Which entries a sheet knows: the section that reads one, the reason to skip one, the layout, and how sure the company is.

use super::path::stem;
use super::pattern::{data_stem, name_key};
use super::{EntryPath, EntryPattern, Evidence, Layout, Section, Sheet};
use hashbrown::HashMap;
use regex::Regex;

/// Heads read for one sign; a folder of ten thousand chats must not be opened to recognise the first.
const MOST_HEADS: usize = 16;

/// The sections of a sheet by the base names and top-level keys they tell, so that an entry is compared with few patterns.
#[derive(Debug, Default)]
pub(super) struct Finder {
    by_name: HashMap<String, Vec<usize>>,
    /// Sections with a pattern whose base names no table can tell.
    open: Vec<usize>,
    by_key: HashMap<String, Vec<usize>>,
}

impl Finder {
    pub(super) fn of(sections: &[Section]) -> Self {
        let mut finder = Self::default();
        for (at, section) in sections.iter().enumerate() {
            finder.add(at, section);
        }
        finder
    }

    fn add(&mut self, at: usize, section: &Section) {
        for pattern in &section.files {
            match pattern.name_keys() {
                Some(names) => names.into_iter().for_each(|name| self.by_name.entry(name).or_default().push(at)),
                None => self.open.push(at),
            }
        }
        for key in &section.keys {
            self.by_key.entry(stem(key).to_owned()).or_default().push(at);
        }
    }

    /// Sections whose patterns may match, in the sheet's order.
    fn named(&self, path: &EntryPath) -> Vec<usize> {
        let base = path.base();
        let of_name = |name: &str| self.by_name.get(&name_key(name)).into_iter().flatten();
        let whole = of_name(base).chain(data_stem(base).into_iter().flat_map(of_name));
        let mut found: Vec<usize> = whole.chain(&self.open).copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl Sheet {
    /// The section that reads an entry: the first with a pattern for its name, else the first with one of its top-level keys.
    /// `head` is the entry's first bytes, which some sections look at besides; without them those do not answer.
    pub fn section_of(&self, path: &EntryPath, head: &[u8]) -> Option<usize> {
        let fits = |&at: &usize| self.sections.get(at).is_some_and(|section| holds(section.head.as_ref(), head));
        let named = self.finder.named(path).into_iter().filter(|&at| self.is_named(at, path));
        named.into_iter().find(fits).or_else(|| self.keyed(head).into_iter().find(fits))
    }

    /// Whether [`Sheet::section_of`] needs the first bytes of this entry: reading them costs an inflate.
    pub fn looks_inside(&self, path: &EntryPath) -> bool {
        let mut named = self.finder.named(path).into_iter().filter(|&at| self.is_named(at, path)).peekable();
        named.peek().is_none() || named.any(|at| self.sections[at].head.is_some())
    }

    fn is_named(&self, section: usize, path: &EntryPath) -> bool {
        self.sections.get(section).is_some_and(|section| section.files.iter().any(|pattern| pattern.matches(path)))
    }

    fn keyed(&self, head: &[u8]) -> Vec<usize> {
        if self.finder.by_key.is_empty() {
            return Vec::new();
        }
        let keys = top_keys(head);
        let mut found: Vec<usize> =
            keys.iter().filter_map(|key| self.finder.by_key.get(stem(key))).flatten().copied().collect();
        found.sort_unstable();
        found
    }

    /// Why an entry is left out on purpose. Ask this before [`Sheet::section_of`].
    pub fn skip_of(&self, path: &EntryPath) -> Option<&str> {
        let skip = self.skip.iter().find(|skip| skip.files.iter().any(|pattern| pattern.matches(path)));
        skip.map(|skip| skip.why.as_str())
    }

    /// The generation of an export: the layout that most entries point at, of equals the one listed last.
    pub fn layout_of(&self, paths: &[EntryPath]) -> Option<&Layout> {
        let pointing = |layout: &Layout| {
            paths.iter().filter(|path| layout.paths.iter().any(|pattern| pattern.matches(path))).count()
        };
        let counted = self.layouts.iter().map(|layout| (pointing(layout), layout));
        counted.filter(|(count, _)| *count > 0).max_by_key(|(count, _)| *count).map(|(_, layout)| layout)
    }

    /// The signs that these entries are this company's: the sum of their weights, and what they say. Each sign counts once.
    /// `head` gives the first bytes of the entry at an index of `paths`; it is asked for few entries.
    pub fn score(&self, paths: &[EntryPath], head: &mut dyn FnMut(usize) -> Vec<u8>) -> (u32, Vec<&str>) {
        let found: Vec<&Evidence> = self.detect.iter().filter(|sign| sign.is_seen(paths, head)).collect();
        (found.iter().map(|sign| sign.weight).sum(), found.iter().map(|sign| sign.says.as_str()).collect())
    }

    /// Whether these entries, counted from a folder, make that folder one export: chats in folders of their own are its parts.
    pub fn is_whole(&self, paths: &[EntryPath]) -> bool {
        let slashes = |text: &str| text.trim_start_matches('/').matches('/').count();
        let exactly = |pattern: &EntryPattern, path: &EntryPath| {
            slashes(pattern.as_str()) == slashes(&path.key) && pattern.matches(path)
        };
        let mut patterns = self.detect.iter().filter(|sign| sign.whole).flat_map(|sign| &sign.paths);
        patterns.any(|pattern| paths.iter().any(|path| exactly(pattern, path)))
    }

    /// What the file name of an archive tells, if it is one this company writes: the groups `family`, `account`, `date`, `part`.
    pub fn archive_name<'n>(&self, file: &'n str) -> Option<regex::Captures<'n>> {
        self.archives.iter().find_map(|archive| archive.regex.captures(file))
    }
}

impl Evidence {
    fn is_seen(&self, paths: &[EntryPath], head: &mut dyn FnMut(usize) -> Vec<u8>) -> bool {
        let is_named = |path: &EntryPath| self.paths.iter().any(|pattern| pattern.matches(path));
        let mut named = paths.iter().enumerate().filter(|(_, path)| is_named(path)).map(|(at, _)| at);
        match &self.head {
            None => named.next().is_some(),
            regex => named.take(MOST_HEADS).any(|at| holds(regex.as_ref(), &head(at))),
        }
    }
}

fn holds(regex: Option<&Regex>, head: &[u8]) -> bool {
    regex.is_none_or(|regex| regex.is_match(&String::from_utf8_lossy(head)))
}

/// The keys of the object that a JSON text begins with, or of the first object of its array, as far as `head` reaches.
/// A script in front (`window.YTD.x = `) does not matter. Keys are as written, escapes and all.
pub fn top_keys(head: &[u8]) -> Vec<&str> {
    let start = head.iter().position(|b| matches!(b, b'{' | b'[' | b'<')).unwrap_or(head.len());
    let mut rest = head.get(start..).unwrap_or_default();
    while let Some(b'[' | b' ' | b'\n' | b'\r' | b'\t') = rest.first() {
        rest = rest.get(1..).unwrap_or_default();
    }
    match rest.split_first() {
        Some((b'{', inside)) => keys_at_top(inside),
        _ => Vec::new(),
    }
}

fn keys_at_top(inside: &[u8]) -> Vec<&str> {
    let (mut keys, mut depth, mut at) = (Vec::new(), 0_usize, 0);
    while let Some(&byte) = inside.get(at) {
        at += 1;
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 0 => break,
            b'}' | b']' => depth -= 1,
            b'"' => {
                let end = string_end(inside, at);
                let is_key = depth == 0 && next_is_colon(inside, end + 1);
                if let Some(Ok(key)) = inside.get(at..end).filter(|_| is_key).map(str::from_utf8) {
                    keys.push(key);
                }
                at = end + 1;
            }
            _ => {}
        }
    }
    keys
}

/// Where the string that began before `at` has its closing quote, or the end of the bytes.
fn string_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => return at,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn next_is_colon(bytes: &[u8], at: usize) -> bool {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_of_a_json_text_are_those_of_its_first_object() {
        let check = |text: &str, keys: &[&str]| assert_eq!(top_keys(text.as_bytes()), keys, "{text}");
        check(r#"{"a": {"b": 1}, "c": ["d", {"e": 2}], "f": "g"}"#, &["a", "c", "f"]);
        check(r#"  [ {"a": "x\"y:", "b": 1}, {"c": 2}]"#, &["a", "b"]);
        check("window.YTD.tweets.part0 = [ {\"tweet\" : {", &["tweet"]);
        check("\u{feff}{\"a\": \"cut of", &["a"]);
        check("<html>{\"a\":1}", &[]);
        check("plain text", &[]);
        check("", &[]);
    }
}
