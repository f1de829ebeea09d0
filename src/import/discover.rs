//! From the paths a person gives to exports: what is an archive, what is a folder of archives, which archives are parts of one.

mod join;
mod name;

use super::Options;
use crate::container::{Archive, Budget, ContainerKind};
use crate::recognise::{self, Claim, Verdict};
use crate::sheets::{Sheet, Sheets};
use join::{adopt, join};
use name::{Name, ends_in_part_number};
pub use name::{file_name, slug, stem};
use regex::Regex;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// Folders inside folders that are looked through for exports.
const DEEPEST: usize = 12;

/// One export: its parts, and what names and first bytes tell of it.
pub struct Found {
    pub parts: Vec<Archive>,
    pub verdict: Verdict,
    /// Number of the company's sheet.
    pub sheet: Option<usize>,
    pub account: Option<String>,
    /// `YYYY-MM-DD`
    pub as_of: Option<String>,
    pub warnings: Vec<String>,
}

impl Found {
    pub fn file_names(&self) -> Vec<String> {
        self.parts.iter().map(|part| file_name(&part.path)).collect()
    }

    /// The company as people call it.
    pub fn company_name(&self, sheets: &Sheets) -> String {
        match self.sheet.and_then(|sheet| sheets.all.get(sheet)) {
            Some(sheet) => sheet.name.clone(),
            None => format!("Unknown ({})", self.slug()),
        }
    }

    /// A name for an export of an unknown company: its archive's, without dates and numbers.
    pub fn slug(&self) -> String {
        static TAIL: LazyLock<Option<Regex>> =
            LazyLock::new(|| Regex::new(r"(?i)([-_. ]*(data|export|archive|download|\d[\d_.-]*|[0-9a-f]{8,}))+$").ok());
        let stem = self.parts.first().map(|part| stem(&part.path)).unwrap_or_default();
        let slug = slug(&stem);
        let cut = TAIL.as_ref().and_then(|tail| tail.find(&slug)).and_then(|end| slug.get(..end.start()));
        let short = cut.unwrap_or(&slug);
        if short.is_empty() { slug } else { short.to_owned() }
    }
}

/// What `tellall detect` says of one path.
pub struct Detected {
    pub files: Vec<String>,
    pub company: String,
    pub company_name: String,
    pub layout: Option<String>,
    pub account: Option<String>,
    pub as_of: Option<String>,
    pub kind: ContainerKind,
    pub entries: usize,
    /// Every claim with its signs, strongest first.
    pub claims: Vec<Claim>,
    pub warnings: Vec<String>,
}

/// Says what is at `paths` without importing it.
pub fn detect(paths: &[PathBuf], sheets: &Sheets, options: &Options, budget: &Budget) -> Vec<Result<Detected, String>> {
    let found = discover(paths, None, sheets, options, budget);
    found.into_iter().map(|one| one.map(|found| detected(&found, sheets))).collect()
}

fn detected(found: &Found, sheets: &Sheets) -> Detected {
    let sheet = found.sheet.and_then(|sheet| sheets.all.get(sheet));
    Detected {
        files: found.file_names(),
        company: sheet.map_or_else(|| format!("unknown:{}", found.slug()), |sheet| sheet.id.clone()),
        company_name: found.company_name(sheets),
        layout: layout(sheet, &found.parts),
        account: found.account.clone(),
        as_of: found.as_of.clone(),
        kind: found.parts.first().map_or(ContainerKind::File, |part| part.kind),
        entries: found.parts.iter().map(|part| part.entries.len()).sum(),
        claims: found.verdict.claims.clone(),
        warnings: found.warnings.clone(),
    }
}

/// The generation of the export, if its sheet knows.
pub fn layout(sheet: Option<&Sheet>, parts: &[Archive]) -> Option<String> {
    let paths: Vec<_> = parts.iter().flat_map(recognise::paths).collect();
    sheet?.layout_of(&paths).map(|layout| layout.id.clone())
}

/// One part before parts are joined.
struct Piece {
    archive: Archive,
    verdict: Verdict,
    sheet: Option<usize>,
    /// Equal for parts of one export.
    family: String,
    /// The sheet's name pattern told the family, so that no further proof is needed.
    certain: bool,
    account: Option<String>,
    as_of: Option<String>,
}

/// Finds the exports at `paths`, in the order given. What cannot be used is a sentence in its place. The folder of the index, if it
/// lies among them, is none.
pub fn discover(
    paths: &[PathBuf],
    index: Option<&Path>,
    sheets: &Sheets,
    options: &Options,
    budget: &Budget,
) -> Vec<Result<Found, String>> {
    let seen = index.into_iter().map(real).collect();
    let mut search = Search { sheets, options, budget, pieces: Vec::new(), failed: Vec::new(), seen };
    for path in paths {
        search.given(path);
    }
    let Search { mut pieces, failed, .. } = search;
    adopt(&mut pieces, sheets);
    let mut outcomes: Vec<Result<Found, String>> = join(pieces, options).into_iter().map(Ok).collect();
    outcomes.extend(failed.into_iter().map(Err));
    outcomes
}

struct Search<'a> {
    sheets: &'a Sheets,
    options: &'a Options,
    budget: &'a Budget,
    pieces: Vec<Piece>,
    failed: Vec<String>,
    /// Files already taken, so that a part given twice, or found beside itself, counts once.
    seen: HashSet<PathBuf>,
}

impl Search<'_> {
    fn given(&mut self, path: &Path) {
        if !path.is_dir() {
            let before = self.pieces.len();
            if let Err(sentence) = self.file(path) {
                self.failed.push(sentence);
            }
            if self.pieces.len() > before {
                self.siblings(path, before);
            }
            return;
        }
        let (seen, failed) = (self.seen.len(), self.failed.len());
        let found = self.folder(path, 0);
        if found.is_empty() && self.seen.len() == seen && self.failed.len() == failed {
            self.failed
                .push(format!("{} holds no files\ngive an archive, or a folder that holds some", path.display()));
        }
        self.pieces.extend(found);
    }

    fn file(&mut self, path: &Path) -> Result<(), String> {
        let real = real(path);
        if self.seen.contains(&real) {
            return Ok(());
        }
        let piece = self.open(path)?;
        self.seen.insert(real);
        self.pieces.push(piece);
        Ok(())
    }

    fn open(&self, path: &Path) -> Result<Piece, String> {
        let archive = Archive::open(path, self.budget).map_err(|fault| fault.to_string())?;
        let paths = recognise::paths(&archive);
        let verdict = recognise::recognise(self.sheets, &archive, &paths);
        Ok(self.piece(archive, verdict))
    }

    fn piece(&self, archive: Archive, verdict: Verdict) -> Piece {
        let asked =
            self.options.company.as_deref().and_then(|id| self.sheets.all.iter().position(|sheet| sheet.id == id));
        let sheet = asked.or_else(|| verdict.winner().map(|claim| claim.sheet));
        let name = Name::of(sheet.map(|sheet| &self.sheets.all[sheet]), &archive.path);
        Piece {
            sheet,
            family: name.family,
            certain: name.certain,
            account: name.account,
            as_of: name.date,
            archive,
            verdict,
        }
    }

    /// Other parts of the export lie beside a given one: found by the family of their names.
    fn siblings(&mut self, path: &Path, given: usize) {
        let Some(piece) = self.pieces.get(given) else { return };
        let (family, sheet, certain) = (piece.family.clone(), piece.sheet, piece.certain);
        if piece.archive.kind == ContainerKind::File || (!certain && !ends_in_part_number(&stem(path))) {
            return;
        }
        let known = sheet.and_then(|sheet| self.sheets.all.get(sheet));
        let beside = children(path.parent().unwrap_or(Path::new(".")));
        let alike = |other: &&PathBuf| other.is_file() && Name::of(known, other).family == family;
        for other in beside.iter().filter(alike) {
            // One that cannot be opened was not asked for; it is named when it is given itself.
            if let Ok(piece) = self.open(other)
                && piece.sheet == sheet
                && self.seen.insert(real(other))
            {
                self.pieces.push(piece);
            }
        }
    }

    /// What a folder is: an export laid out as files, a collection of exports, or an export of nobody knows whom.
    fn folder(&mut self, folder: &Path, depth: usize) -> Vec<Piece> {
        if self.seen.contains(&real(folder)) {
            return Vec::new();
        }
        let inside = children(folder);
        let has_archives = inside.iter().any(|path| path.is_file() && looks_like_archive(path));
        if !has_archives && let Ok(piece) = self.open(folder) {
            if piece.archive.entries.iter().all(|entry| entry.skip.is_some()) {
                return Vec::new();
            }
            let sheet = piece.sheet.and_then(|sheet| self.sheets.all.get(sheet));
            let is_whole = sheet.is_some_and(|sheet| sheet.is_whole(&recognise::paths(&piece.archive)));
            if is_whole || sheet.is_some() && !self.is_collection(&inside, depth) {
                return vec![piece];
            }
        }
        // A folder that holds nothing but one folder is a wrapper around it.
        if let [only] = inside.as_slice()
            && only.is_dir()
            && depth < DEEPEST
        {
            return self.folder(only, depth + 1);
        }
        let before = self.seen.len();
        let (mut found, loose) = self.collection(&inside, depth);
        if let Some(first) = found.first_mut().filter(|_| loose > 0) {
            let files = if loose == 1 { "file" } else { "files" };
            let folder = folder.display();
            let said = format!(
                "{loose} other {files} in {folder} left out: of no company that is known; give one by name to import it"
            );
            first.archive.warnings.push(said);
        }
        if has_archives || found.iter().any(|piece| piece.sheet.is_some()) {
            return found;
        }
        // Nothing inside is known by itself: the folder as a whole is one export.
        if self.seen.len() > before && loose == 0 {
            return found;
        }
        self.open(folder).into_iter().collect()
    }

    /// Whether the parts of a folder are exports themselves: several files or folders that are each known without the others, and
    /// are no parts of one export by their names.
    fn is_collection(&self, inside: &[PathBuf], depth: usize) -> bool {
        if let [only] = inside
            && only.is_dir()
            && depth < DEEPEST
        {
            return self.is_collection(&children(only), depth + 1);
        }
        if depth >= DEEPEST {
            return false;
        }
        let known = |path: &PathBuf| self.open(path).ok().filter(|piece| piece.sheet.is_some());
        let (folders, files): (Vec<&PathBuf>, Vec<&PathBuf>) = inside.iter().partition(|path| path.is_dir());
        let known_files: Vec<Piece> = files.iter().filter_map(|path| known(path)).collect();
        let known_folders: Vec<Piece> = folders.iter().filter_map(|path| known(path)).collect();
        let whole = known_files.iter().filter(|piece| is_whole(piece)).count();
        // A chat lies flat beside its pictures: folders beside it are no part of it. Folders of a company beside a file of it are:
        // pages lie beside the folders they point into.
        let lone_chat = known_files.len() == 1 && whole == 1 && !folders.is_empty();
        let of_file = |folder: &Piece| known_files.iter().any(|file| file.sheet == folder.sheet);
        let folders_apart =
            exports_of(&known_folders) > 1 && !known_folders.iter().all(of_file) && !self.are_parts(&known_folders);
        whole > 1 || folders_apart || lone_chat || are_several(&known_files)
    }

    /// Whether known folders beside each other are parts of one export: the company lays out its exports so, and none repeats what
    /// another one holds.
    fn are_parts(&self, folders: &[Piece]) -> bool {
        let sheet = folders.first().and_then(|first| first.sheet);
        let gathers = sheet.and_then(|sheet| self.sheets.all.get(sheet)).is_some_and(|sheet| sheet.gathers);
        let mut names = HashSet::new();
        let mut entries = folders.iter().flat_map(|piece| &piece.archive.entries).filter(|entry| entry.skip.is_none());
        gathers
            && folders.iter().all(|piece| piece.sheet == sheet)
            && entries.all(|entry| names.insert(entry.name.as_str()))
    }

    /// The exports among the contents of a folder, and the number of loose files that are none.
    fn collection(&mut self, inside: &[PathBuf], depth: usize) -> (Vec<Piece>, usize) {
        let mut found = Vec::new();
        let mut loose = 0;
        for path in inside {
            if path.is_dir() {
                if depth < DEEPEST {
                    found.extend(self.folder(path, depth + 1));
                }
                continue;
            }
            match self.open(path) {
                Ok(piece) if piece.sheet.is_some() || piece.archive.kind != ContainerKind::File => {
                    self.seen.insert(real(path));
                    found.push(piece);
                }
                Err(sentence) if looks_like_archive(path) => self.failed.push(sentence),
                // Loose files that no company claims are no exports: notes, read-me files.
                Ok(_) | Err(_) => loose += 1,
            }
        }
        (found, loose)
    }
}

/// The number of exports that pieces are: those the sheet's name pattern puts into one family are one.
fn exports_of(pieces: &[Piece]) -> usize {
    let families: HashSet<_> =
        pieces.iter().filter(|piece| piece.certain).map(|piece| (piece.sheet, &piece.family)).collect();
    families.len() + pieces.iter().filter(|piece| !piece.certain).count()
}

/// Whether a file is an export by itself, such as an archive or a chat, rather than one file of an export.
fn is_whole(piece: &Piece) -> bool {
    piece.archive.kind != ContainerKind::File || recognise::is_whole(&piece.archive, 0)
}

/// Whether loose files are exports of their own: of several companies, or copies of one another (`result.json`, `result (1).json`).
/// Files of one company are one export laid flat, even if each would be known alone.
fn are_several(files: &[Piece]) -> bool {
    static COPY: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r" \(\d{1,3}\)$").ok());
    let name = |piece: &Piece| {
        let stem = stem(&piece.archive.path);
        COPY.as_ref().map_or_else(|| stem.clone(), |copy| copy.replace(&stem, "").into_owned())
    };
    let mut names = HashSet::new();
    let copied =
        files.iter().filter(|piece| piece.archive.kind == ContainerKind::File).any(|piece| !names.insert(name(piece)));
    copied || files.windows(2).any(|pair| pair[0].sheet != pair[1].sheet)
}

/// The files and folders in a folder, in name order, without what systems leave behind. Links are not followed.
fn children(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir() || kind.is_file()))
        .map(|entry| entry.path())
        .filter(|path| !file_name(path).starts_with('.') && file_name(path) != "__MACOSX")
        .collect();
    paths.sort();
    paths
}

/// A path without links and dots, where it can be had.
fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// By its first bytes: zip, gzip, or a tar.
fn looks_like_archive(path: &Path) -> bool {
    use std::io::Read as _;
    let mut head = [0u8; 263];
    let read = fs::File::open(path).and_then(|mut file| file.read(&mut head)).unwrap_or(0);
    let head = &head[..read];
    head.starts_with(b"PK\x03\x04")
        || head.starts_with(b"PK\x05\x06")
        || head.starts_with(&[0x1f, 0x8b])
        || head.get(257..262) == Some(b"ustar")
}
