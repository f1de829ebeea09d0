//! Names in, plan out: whose export this is, and which section reads which entry. Never fails: "nobody knows this" is an answer.

mod form;
mod generic;

use crate::container::{Archive, Entry};
use crate::decode::{Decoder, charset};
use crate::sheets::{EntryPath, Evidence, Folders, Section, Sheet, Sheets};
use form::{WHOLE, decoder_at, may_tell};
pub use form::{decoder_of, is_whole};
use generic::{FormSection, generic_section, section_of_form, stem_of};
use std::collections::{HashMap, HashSet};

/// What the name of an archive adds to signs inside it.
const NAME_WEIGHT: u32 = 5;

/// One company's claim to an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Number in [`Sheets::all`].
    pub sheet: usize,
    pub company: String,
    pub score: u32,
    /// The signs found, in words.
    pub says: Vec<String>,
}

/// All claims, strongest first; ties by company id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    pub claims: Vec<Claim>,
}

impl Verdict {
    /// The company whose export this is, if the signs are enough.
    pub fn winner(&self) -> Option<&Claim> {
        self.claims.first().filter(|claim| claim.score >= Evidence::ENOUGH)
    }

    /// Joins the claims of several parts of one export.
    pub fn join(&mut self, other: Self) {
        for claim in other.claims {
            match self.claims.iter_mut().find(|known| known.sheet == claim.sheet) {
                Some(known) => {
                    known.score = known.score.max(claim.score);
                    known
                        .says
                        .extend(claim.says.into_iter().filter(|say| !known.says.contains(say)).collect::<Vec<_>>());
                }
                None => self.claims.push(claim),
            }
        }
        self.sort();
    }

    fn sort(&mut self) {
        self.claims.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.company.cmp(&b.company)));
    }
}

/// Entry names of an archive, comparable. Entries that are no data have an empty one.
pub fn paths(archive: &Archive) -> Vec<EntryPath> {
    archive.entries.iter().map(|entry| EntryPath::new(if entry.skip.is_some() { "" } else { &entry.name })).collect()
}

/// Whose archive this is, by names and first bytes.
pub fn recognise(sheets: &Sheets, archive: &Archive, paths: &[EntryPath]) -> Verdict {
    let mut heads: HashMap<usize, Vec<u8>> = HashMap::new();
    let claim = |(number, sheet): (usize, &Sheet)| {
        let mut head = |entry: usize| heads.entry(entry).or_insert_with(|| head_of(archive, entry)).clone();
        let (mut score, says) = sheet.score(paths, &mut head);
        let mut says: Vec<String> = says.into_iter().map(str::to_owned).collect();
        // A name alone proves nothing: anybody can rename a file.
        if score > 0 && sheet.archive_name(file_name(&archive.path.to_string_lossy())).is_some() {
            score += NAME_WEIGHT;
            says.push("the file is called as this company calls its archives".to_owned());
        }
        Claim { sheet: number, company: sheet.id.clone(), score, says }
    };
    let mut verdict =
        Verdict { claims: sheets.all.iter().enumerate().map(claim).filter(|claim| claim.score > 0).collect() };
    verdict.sort();
    verdict
}

fn head_of(archive: &Archive, entry: usize) -> Vec<u8> {
    charset::head(archive.head(entry))
}

/// What will be done with an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// Read by a section: its number in the plan's sections.
    Read {
        section: usize,
        decoder: Decoder,
    },
    /// Parsed without a section of a sheet, by a section made for it.
    Generic {
        section: usize,
        decoder: Decoder,
    },
    /// Catalogued; `look` if the file may tell time and place.
    Media {
        look: bool,
    },
    Skip(String),
    Fail(String),
}

/// One task for every entry of every part.
#[derive(Debug, Default)]
pub struct Plan {
    pub tasks: Vec<Vec<Task>>,
    /// Sections made for entries that no sheet claims; numbered behind the sheet's.
    pub generic: Vec<Section>,
}

/// Plans one export. `sheet` is the company's, if it has one; `folders` is what the export calls its folders.
pub fn plan(sheet: Option<&Sheet>, parts: &[Archive], folders: &Folders) -> Plan {
    let mut planner = Planner {
        sheet,
        folders,
        plan: Plan::default(),
        by_stem: HashMap::new(),
        read: HashSet::new(),
        instead: Vec::new(),
    };
    let paths: Vec<Vec<EntryPath>> = parts.iter().map(paths).collect();
    planner.read = parts.iter().flat_map(|part| &part.entries).filter_map(readable_json).collect();
    let sections = sheet.map(|sheet| sheet.sections.as_slice()).unwrap_or_default();
    planner.instead = sections.iter().map(|section| same_elsewhere(section, &paths)).collect();
    for (archive, paths) in parts.iter().zip(&paths) {
        let tasks = (0..archive.entries.len()).map(|entry| planner.task(archive, entry, &paths[entry])).collect();
        planner.plan.tasks.push(tasks);
    }
    planner.plan
}

/// The name of an entry that says the same as those of a section, if the export has one.
fn same_elsewhere(section: &Section, parts: &[Vec<EntryPath>]) -> Option<String> {
    let mut paths = parts.iter().flatten();
    let found = paths.find(|path| section.instead.iter().any(|pattern| pattern.matches(path)));
    found.map(|path| path.base().to_owned())
}

struct Planner<'a> {
    sheet: Option<&'a Sheet>,
    folders: &'a Folders,
    plan: Plan,
    /// Sections made so far, by the stem of the entries they read.
    by_stem: HashMap<String, usize>,
    /// Names (without extension) of JSON entries that will be read.
    read: HashSet<String>,
    /// For each section of the sheet: the name of an entry that says the same as those of the section.
    instead: Vec<Option<String>>,
}

fn readable_json(entry: &Entry) -> Option<String> {
    let readable = entry.skip.is_none() && entry.fail.is_none();
    entry.name.strip_suffix(".json").filter(|_| readable).map(str::to_owned)
}

impl Planner<'_> {
    fn task(&mut self, archive: &Archive, at: usize, path: &EntryPath) -> Task {
        let entry = &archive.entries[at];
        if let Some(why) = &entry.skip {
            return Task::Skip(why.clone());
        }
        if let Some(why) = &entry.fail {
            return Task::Fail(why.clone());
        }
        if let Some(why) = self.sheet.and_then(|sheet| sheet.skip_of(path)) {
            return Task::Skip(why.to_owned());
        }
        if entry.size == Some(0) {
            return Task::Skip("it is empty".to_owned());
        }
        if let Some(why) = self.twin(&entry.name) {
            return Task::Skip(why);
        }
        self.claimed(archive, at, path).unwrap_or_else(|| self.unclaimed(archive, at))
    }

    /// Companies write some files both as JSON and for the eye: JSON is complete.
    fn twin(&self, name: &str) -> Option<String> {
        let (stem, extension) = name.rsplit_once('.')?;
        let is_page = matches!(extension, "html" | "htm");
        (is_page && self.read.contains(stem))
            .then(|| format!("says the same as {}.json, which is read", file_name(stem)))
    }

    fn claimed(&self, archive: &Archive, at: usize, path: &EntryPath) -> Option<Task> {
        let sheet = self.sheet?;
        let head = if sheet.looks_inside(path) { head_of(archive, at) } else { Vec::new() };
        let section = sheet
            .section_of(path, &head)
            .or_else(|| self.folders.own(path).and_then(|own| sheet.section_of(&own, &head)))
            .or_else(|| by_form(sheet, decoder_at(archive, at)))?;
        let is_other = sheet.sections[section].instead.iter().any(|pattern| pattern.matches(path));
        if let Some(other) = self.instead.get(section).and_then(Option::as_ref).filter(|_| !is_other) {
            return Some(Task::Skip(format!("says the same as {other}, which is read")));
        }
        let decoder = sheet.sections[section].decoder.or_else(|| decoder_at(archive, at))?;
        Some(match decoder {
            Decoder::Media => Task::Media { look: may_tell(&archive.entries[at].name) },
            decoder => Task::Read { section, decoder },
        })
    }

    fn unclaimed(&mut self, archive: &Archive, at: usize) -> Task {
        match decoder_at(archive, at) {
            None => Task::Media { look: false },
            Some(Decoder::Media) => Task::Media { look: may_tell(&archive.entries[at].name) },
            Some(decoder) => Task::Generic { section: self.section_for(&archive.entries[at].name, decoder), decoder },
        }
    }

    /// The section for an entry nobody claims: entries whose names differ only in a number share one.
    fn section_for(&mut self, name: &str, decoder: Decoder) -> usize {
        let known = section_of_form(decoder);
        let stem = known.map_or_else(|| stem_of(name), |form| form.id.to_owned());
        let generic = &mut self.plan.generic;
        *self.by_stem.entry(stem.clone()).or_insert_with(|| {
            generic.push(known.map_or_else(|| generic_section(name, &stem), FormSection::section));
            generic.len() - 1
        })
    }
}

/// The section that reads entries of such a form: one is known by it, whatever it is called.
fn by_form(sheet: &Sheet, decoder: Option<Decoder>) -> Option<usize> {
    let decoder = decoder.filter(|decoder| WHOLE.contains(decoder));
    decoder.and_then(|form| sheet.sections.iter().position(|section| section.decoder == Some(form)))
}

fn file_name(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}
