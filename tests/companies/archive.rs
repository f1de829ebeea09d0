//! An export written in a test, imported, and asked what came of it.

#![allow(dead_code, reason = "not every company needs every question")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tellall::container::Budget;
use tellall::import::{self, Options, Progress};
use tellall::index::Store;
use tellall::query::{self, HitView, Query, Sort, Ticket};
use tellall::record::IdKind;
use tellall::report::{self, ChoiceReport, ExportReport, FieldFilter, FieldHeld, RecipientReport, Values};
use tellall::sheets::Sheets;
use tempfile::TempDir;

/// Files on their way into an archive, or into a folder.
#[derive(Default)]
pub struct Archive {
    files: Vec<(String, Vec<u8>)>,
}

impl Archive {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn file(mut self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.files.push((name.to_owned(), bytes.as_ref().to_vec()));
        self
    }

    /// The bytes of a zip with these files, for zips inside archives.
    pub fn zip(&self) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in &self.files {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a zip takes it");
            zip.write_all(bytes).expect("memory takes it");
        }
        zip.finish().expect("a zip").into_inner()
    }

    /// The bytes of a tar with these files.
    pub fn tar(&self) -> Vec<u8> {
        let mut tar = Vec::new();
        for (name, bytes) in &self.files {
            let mut header = [0u8; 512];
            header[..name.len()].copy_from_slice(name.as_bytes());
            header[100..108].copy_from_slice(b"0000644\0");
            header[124..136].copy_from_slice(format!("{:011o}\0", bytes.len()).as_bytes());
            header[136..148].copy_from_slice(b"00000000000\0");
            header[148..156].copy_from_slice(b"        ");
            header[156] = b'0';
            header[257..265].copy_from_slice(b"ustar\x0000");
            let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
            header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
            tar.extend(header);
            tar.extend(bytes);
            tar.resize(tar.len().next_multiple_of(512), 0);
        }
        tar.resize(tar.len() + 1024, 0);
        tar
    }

    /// The bytes of a gzipped tar.
    pub fn tgz(&self) -> Vec<u8> {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gzip.write_all(&self.tar()).expect("memory takes it");
        gzip.finish().expect("memory takes it")
    }

    /// Imports these files as a zip called `name`.
    pub fn import_as(&self, name: &str) -> Imported {
        Imported::of_files(&[(name, self.zip())])
    }

    /// Imports these files laid out in a folder.
    pub fn import_folder(&self) -> Imported {
        let files: Vec<(&str, Vec<u8>)> =
            self.files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
        let folder = folder();
        write(folder.path(), &files);
        Imported::of(folder.path(), &[folder.path().join("export")]).keeping(folder)
    }
}

/// No sheets at all.
fn none() -> &'static Sheets {
    static NONE: OnceLock<Sheets> = OnceLock::new();
    NONE.get_or_init(Sheets::default)
}

fn folder() -> TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder")
}

/// Writes files below `export`; gives their paths.
fn write(folder: &Path, files: &[(&str, Vec<u8>)]) -> Vec<PathBuf> {
    let place = |(name, bytes): &(&str, Vec<u8>)| {
        let path = folder.join("export").join(name);
        fs::create_dir_all(path.parent().expect("it is below")).expect("the folder");
        fs::write(&path, bytes).expect("the file");
        path
    };
    files.iter().map(place).collect()
}

/// What an import made: the exports, in the order they were found.
pub struct Imported {
    folder: Option<TempDir>,
    pub store: Store,
    sheets: &'static Sheets,
    pub exports: Vec<ExportReport>,
}

/// A record as a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    pub time: Option<String>,
    pub who: Option<String>,
    pub thread: Option<String>,
    pub text: Option<String>,
    pub values: Vec<(String, String)>,
}

impl Record {
    /// The first value of a field.
    pub fn value(&self, field: &str) -> Option<&str> {
        self.values.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
    }
}

impl Imported {
    /// The sample of a company, as `sample_exports/` has it.
    pub fn sample(company: &str) -> Self {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_exports").join(company);
        let folder = folder();
        Self::of(folder.path(), &[sample]).keeping(folder)
    }

    /// Test data of other projects beside the repository (`../shared/fixtures`, or `TELLALL_FIXTURES`); `None` where it is absent.
    #[allow(clippy::print_stdout, reason = "a test that checks nothing says so")]
    pub fn fixture(path: &str) -> Option<Self> {
        let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/fixtures");
        let found = std::env::var_os("TELLALL_FIXTURES").map_or(beside, PathBuf::from).join(path);
        if !found.exists() {
            println!("not checked: {} is not here", found.display());
            return None;
        }
        let folder = folder();
        Some(Self::of(folder.path(), &[found]).keeping(folder))
    }

    /// Files given one by one: archives, or loose files.
    pub fn of_files(files: &[(&str, Vec<u8>)]) -> Self {
        let folder = folder();
        let paths = write(folder.path(), files);
        Self::of(folder.path(), &paths).keeping(folder)
    }

    /// The sample of a company, read as if nobody knew the company.
    pub fn sample_without_sheets(company: &str) -> Self {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_exports").join(company);
        let folder = folder();
        Self::by(none(), folder.path(), &[sample]).keeping(folder)
    }

    fn of(folder: &Path, paths: &[PathBuf]) -> Self {
        static ALL: OnceLock<Sheets> = OnceLock::new();
        Self::by(ALL.get_or_init(Sheets::builtin), folder, paths)
    }

    fn by(sheets: &'static Sheets, folder: &Path, paths: &[PathBuf]) -> Self {
        let store = Store::open(&folder.join("index")).expect("an index");
        let budget = Budget::default();
        let outcomes = import::import(&store, sheets, paths, &Options::default(), &Progress::default(), &budget)
            .expect("the index can be written");
        let exports = outcomes.into_iter().map(|one| one.expect("every path is an export")).collect();
        let store = store.reload().expect("the index can be read");
        Self { folder: None, store, sheets, exports }
    }

    /// The folder goes away with this.
    fn keeping(self, folder: TempDir) -> Self {
        Self { folder: Some(folder), ..self }
    }

    /// The only export.
    pub fn export(&self) -> &ExportReport {
        assert_eq!(self.exports.len(), 1, "one export: {:?}", self.companies());
        &self.exports[0]
    }

    /// The company of each export, in their order.
    pub fn companies(&self) -> Vec<&str> {
        self.exports.iter().map(|export| export.company.as_str()).collect()
    }

    /// Records of each section, snapshots joined.
    pub fn counts(&self) -> BTreeMap<String, u64> {
        let query = Query::parse("").expect("nothing is asked for");
        let counts = query::count(&self.store, &query, &Ticket::default());
        counts.sections.into_iter().map(|((_, section), count)| (section, count)).collect()
    }

    /// Number of records that match a query.
    pub fn count(&self, query: &str) -> u64 {
        let query = Query::parse(query).unwrap_or_else(|mistake| panic!("{query}: {mistake:?}"));
        query::count(&self.store, &query, &Ticket::default()).count
    }

    /// Records that match a query, oldest first; those without time last.
    pub fn records(&self, query: &str) -> Vec<Record> {
        let query = Query::parse(query).unwrap_or_else(|mistake| panic!("{query}: {mistake:?}"));
        let page = query::page(&self.store, &query, Sort::Oldest, None, 10_000, &Ticket::default());
        let views = page.hits.iter().filter_map(|hit| query::view(&self.store, &query, *hit));
        views.map(record).collect()
    }

    /// Records of one section.
    pub fn section(&self, id: &str) -> Vec<Record> {
        self.records(&format!("section:\"{id}\""))
    }

    /// Entry, its fate, and the section that read it.
    pub fn fates(&self) -> Vec<(String, String, Option<String>)> {
        let lines = report::ledger(&self.store, None, None);
        lines.into_iter().map(|line| (line.entry, line.fate.id().to_owned(), line.section)).collect()
    }

    /// Entries of one fate.
    pub fn with_fate(&self, fate: &str) -> Vec<String> {
        self.fates().into_iter().filter(|(_, known, _)| known == fate).map(|(entry, ..)| entry).collect()
    }

    /// Everything that was not understood: entry, place, what.
    pub fn problems(&self) -> Vec<String> {
        let problems = self.exports.iter().flat_map(|export| &export.problems);
        problems.map(|problem| format!("{} {} {}", problem.entry, problem.locator, problem.what)).collect()
    }

    /// Distinct identifiers of one kind in normal form, with whether they are the owner's by the field's statement.
    pub fn identifiers(&self, kind: IdKind) -> BTreeMap<String, bool> {
        let mut found = BTreeMap::new();
        for segment in &self.store.segments {
            for identifier in segment.identifiers().expect("they can be read").iter().filter(|one| one.kind == kind) {
                *found.entry(identifier.normal.clone()).or_default() |= identifier.mine;
            }
        }
        found
    }

    pub fn fields(&self) -> Vec<FieldHeld> {
        report::fields(&self.store, &FieldFilter::default(), Values::Shown)
    }

    /// Category and origin of a field.
    pub fn meaning(&self, section: &str, field: &str) -> (String, String) {
        let fields = self.fields();
        let held = fields.iter().find(|held| held.section == section && held.field == field);
        let held = held.unwrap_or_else(|| {
            panic!(
                "no field {field} in {section}: {:?}",
                fields.iter().map(|held| (&held.section, &held.field)).collect::<Vec<_>>()
            )
        });
        (held.category.clone(), held.origin.id().to_owned())
    }

    pub fn recipients(&self) -> Vec<RecipientReport> {
        report::recipients(&self.store, self.sheets, None)
    }

    pub fn choices(&self) -> Vec<ChoiceReport> {
        report::choices(&self.store, self.sheets, Values::Shown)
    }

    /// Whether these bytes stand anywhere in the files of the index: for secrets that must not.
    pub fn index_holds(&self, needle: &str) -> bool {
        let files =
            walkdir::WalkDir::new(&self.store.dir).into_iter().map(|entry| entry.expect("the index can be listed"));
        let mut files = files.filter(|entry| entry.file_type().is_file());
        files.any(|file| {
            let bytes = fs::read(file.path()).expect("it can be read");
            memchr::memmem::find(&bytes, needle.as_bytes()).is_some()
        })
    }
}

fn record(view: HitView) -> Record {
    Record {
        time: view.time.map(|time| time.to_string()),
        who: view.who,
        thread: view.thread,
        text: view.text,
        values: view.values,
    }
}
