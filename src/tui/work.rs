//! Everything that takes time, on threads of its own: reports, searches, counts, imports. The screen never waits.

mod export;
mod imports;
mod people;
mod photo;
mod search;
mod searches;
mod source;
mod time;

pub use people::decisions;
pub use searches::kept as searches_kept;

use crate::export::Job;
use crate::import::{self, ExportProgress};
use crate::index::{Correction, Store, StoreError};
use crate::query::{Hit, Place, Query, Ticket, scan};
use crate::report::{self, FieldFilter, FieldHeld, SharedFilter, Values};
use crate::sheets::Sheets;
use crate::tui::data::{Part, SharedIds, Ties};
use crate::tui::model::{Effect, Msg, Reply, Said};
use crate::tui::{archives, runtime};
use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Distinct values of a field that the Fields screen lists.
const VALUES: usize = 2000;
/// Others' identifiers show if so many companies hold them, until asked for otherwise.
const LEAST: usize = 2;
/// How long the workers may take to end; less than what a signal leaves for clearing up.
const PARTING: Duration = Duration::from_secs(3);

/// The index as it is now, and how often it changed.
#[derive(Debug, Clone)]
struct Shelf {
    store: Arc<Store>,
    epoch: u64,
}

/// What all workers share.
pub struct Desk {
    shelf: Mutex<Shelf>,
    out: Sender<Msg>,
    sheets: Arc<Sheets>,
    import_options: import::Options,
    owners: Vec<String>,
    scan_downloads: bool,
    /// Where searches are remembered.
    state: Option<PathBuf>,
    /// Nothing is ever sent. It is the last to go with the desk, so the other end learns when nobody holds the index any more.
    _held: Sender<Infallible>,
}

/// The workers. Dropping it lets them end.
pub struct Work {
    desk: Arc<Desk>,
    reports: Sender<Effect>,
    details: Sender<Effect>,
    /// Asks for an index that is ready before anybody searches it.
    warm: Sender<()>,
    searches: search::Searches,
    imports: imports::Imports,
    sample: Option<Box<runtime::MakeSample>>,
    let_go: Receiver<Infallible>,
}

impl Desk {
    fn shelf(&self) -> Shelf {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts another state of the index on the shelf.
    fn replace(&self, new: Store) -> Shelf {
        let mut place = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        *place = Shelf { store: Arc::new(new), epoch: place.epoch + 1 };
        place.clone()
    }

    /// Tells the screen. It is not there any more when the program ends: then nobody wants to know.
    fn tell(&self, msg: Msg) {
        drop(self.out.send(msg));
    }

    fn reply(&self, ask: u64, reply: Reply) {
        self.tell(Msg::Reply { ask, reply: Box::new(reply) });
    }

    fn trouble(&self, text: impl Into<String>) {
        self.tell(Msg::Said(Said::trouble(text)));
    }
}

impl Work {
    pub fn start(options: runtime::Options, out: Sender<Msg>) -> anyhow::Result<Self> {
        let shelf = Mutex::new(Shelf { store: Arc::new(options.store), epoch: 0 });
        let (sheets, owners) = (options.sheets, options.owners);
        let (held, let_go) = bounded(0);
        let desk = Arc::new(Desk {
            shelf,
            out,
            sheets,
            owners,
            scan_downloads: options.settings.scan_downloads,
            state: options.state,
            import_options: options.import_options,
            _held: held,
        });
        let (reports, report_jobs) = unbounded();
        let (details, detail_jobs) = unbounded();
        spawn("reports", &desk, move |desk| serve(desk, &report_jobs))?;
        spawn("details", &desk, move |desk| serve(desk, &detail_jobs))?;
        let (warm, warm_jobs) = unbounded();
        spawn("warm", &desk, move |desk| warm_jobs.iter().for_each(|()| make_ready(desk)))?;
        let searches = search::Searches::start(&desk)?;
        let imports = imports::Imports::new(desk.import_options.control.clone(), options.settings.limits);
        Ok(Self { desk, reports, details, warm, searches, imports, sample: options.sample, let_go })
    }

    /// Takes an effect on, without waiting for it.
    pub fn take(&mut self, effect: Effect) {
        if matches!(effect, Effect::Load) {
            // It is not there any more when the program ends.
            let _ = self.warm.send(());
        }
        match effect {
            Effect::Search { ask, text, order } => self.searches.ask(ask, text, order, self.desk.shelf().store),
            Effect::More { ask } => self.searches.more(ask),
            Effect::CountOn { ask } => self.searches.count_on(ask),
            Effect::Import(paths) => self.imports.add(&self.desk, paths),
            Effect::CancelImport | Effect::PauseImport(_) | Effect::StopImport { .. } => self.imports.say(&effect),
            Effect::Sample => self.make_sample(),
            Effect::Export { ask, job, ticket } => self.export(ask, *job, ticket),
            Effect::Load
            | Effect::LoadShared { .. }
            | Effect::Ledger { .. }
            | Effect::People { .. }
            | Effect::Judge { .. }
            | Effect::Forget(_) => drop(self.reports.send(effect)),
            effect => drop(self.details.send(effect)),
        }
    }

    /// How far the import is.
    pub fn progress(&self) -> Vec<ExportProgress> {
        self.imports.progress()
    }

    fn export(&mut self, ask: u64, job: Job, ticket: Ticket) {
        let started = spawn("export", &self.desk, move |desk| export::write(desk, ask, &job, &ticket));
        if let Err(error) = started {
            self.desk.trouble(format!("{error:#}"));
        }
    }

    fn make_sample(&mut self) {
        let Some(make) = self.sample.take() else { return };
        let started = spawn("sample", &self.desk, move |desk| match make() {
            Ok(store) => {
                desk.replace(store);
                desk.tell(Msg::SampleLoaded);
            }
            Err(error) => desk.trouble(format!("making up sample data: {error:#}")),
        });
        if let Err(error) = started {
            self.desk.trouble(format!("{error:#}"));
        }
    }

    /// Asks everything to stop and waits a moment for it: an index that must not stay goes with the last who holds it.
    pub fn stop(self) {
        self.imports.cancel();
        self.searches.cancel();
        let let_go = self.let_go.clone();
        drop(self);
        // Whoever takes longer ends with the process; what it leaves is cleared by the next run.
        let _ = let_go.recv_timeout(PARTING);
    }
}

/// Runs a worker on a thread. A panic in it is said on the screen, and costs this worker's task only.
fn spawn(name: &str, desk: &Arc<Desk>, run: impl FnOnce(&Desk) + Send + 'static) -> anyhow::Result<()> {
    use anyhow::Context;
    let desk = Arc::clone(desk);
    let body = move || {
        if catch_unwind(AssertUnwindSafe(|| run(&desk))).is_err() {
            desk.trouble("a part of tellall failed; what it was doing is lost, the rest goes on");
        }
    };
    std::thread::Builder::new().name(format!("tellall-{name}")).spawn(body).context("starting a worker thread")?;
    Ok(())
}

/// Reads everything once: searches need not wait for it, and damage is told before anybody trusts a number.
fn make_ready(desk: &Desk) {
    let store = desk.shelf().store;
    store.warm();
    for sentence in store.segments.iter().flat_map(|segment| segment.damage()) {
        desk.trouble(sentence);
    }
}

/// Serves jobs until nobody can send any. Of jobs that make earlier ones pointless, only the newest is done.
fn serve(desk: &Desk, jobs: &Receiver<Effect>) {
    while let Ok(first) = jobs.recv() {
        let waiting: Vec<Effect> = [first].into_iter().chain(jobs.try_iter()).collect();
        for job in newest(waiting) {
            if catch_unwind(AssertUnwindSafe(|| perform(desk, job))).is_err() {
                desk.trouble("a part of tellall failed; its answer is missing, the rest goes on");
            }
        }
    }
}

/// Without jobs whose answer a later one replaces.
fn newest(jobs: Vec<Effect>) -> Vec<Effect> {
    let replaced = |at: usize, job: &Effect| {
        let kind = std::mem::discriminant(job);
        let replaces = matches!(
            job,
            Effect::Load
                | Effect::Values { .. }
                | Effect::LoadShared { .. }
                | Effect::LoadHeld(_)
                | Effect::People { .. }
                | Effect::Around { .. }
                | Effect::Photo { .. }
                | Effect::Hours { .. }
                | Effect::Moment { .. }
                | Effect::Places { .. }
                | Effect::InArea { .. }
        );
        replaces && jobs.iter().skip(at + 1).any(|later| std::mem::discriminant(later) == kind)
    };
    let kept: Vec<bool> = jobs.iter().enumerate().map(|(at, job)| !replaced(at, job)).collect();
    jobs.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(job, _)| job).collect()
}

fn perform(desk: &Desk, job: Effect) {
    match job {
        Effect::Load => load(desk),
        Effect::LoadShared { least } => {
            let shelf = desk.shelf();
            tell_part(desk, &shelf, Part::Shared(shared(&shelf.store, &desk.owners, least)));
        }
        Effect::Ledger { ask } => desk.reply(ask, Reply::Ledger(report::ledger(&desk.shelf().store, None, None))),
        Effect::Label { field, category } => match label(&desk.shelf().store, &field, category) {
            Ok(says) => {
                desk.tell(Msg::Said(Said::ok(says)));
                load(desk);
            }
            Err(error) => desk.trouble(format!("{error}")),
        },
        Effect::Forget(exports) => match forget(&desk.shelf().store, &exports) {
            Ok(says) => {
                desk.tell(Msg::Said(Said::ok(says)));
                load(desk);
            }
            Err(error) => desk.trouble(format!("{error}")),
        },
        Effect::Diff { ask, before, after } => {
            let diff = report::diff(&desk.shelf().store, &desk.sheets, &before, &after, Values::Shown);
            desk.reply(ask, Reply::Diff(diff.map(Box::new)));
        }
        Effect::Archives { ask } => {
            let folders = if desk.scan_downloads { archives::download_folders() } else { Vec::new() };
            let found = archives::found(&desk.sheets, &folders);
            desk.reply(ask, Reply::Archives { found, folders: archives::named(&folders) });
        }
        Effect::LoadHeld(only) => {
            let shelf = desk.shelf();
            tell_part(desk, &shelf, Part::Held(Box::new(report::held(&shelf.store, &only))));
        }
        Effect::Values { ask, epoch, field, only } => {
            let shelf = desk.shelf();
            if shelf.epoch == epoch {
                let (values, total) = report::values(&shelf.store, &field, &only, VALUES);
                desk.reply(ask, Reply::Values { values, total });
            }
        }
        Effect::View { ask, epoch, hit } => desk.reply(ask, Reply::Record(view(&desk.shelf(), epoch, hit))),
        Effect::Find { ask, export, entry, locator } => {
            desk.reply(ask, Reply::Record(find(&desk.shelf().store, &export, &entry, &locator)));
        }
        Effect::People { .. }
        | Effect::Judge { .. }
        | Effect::Thread { .. }
        | Effect::Lines { .. }
        | Effect::Seek { .. }
        | Effect::Around { .. } => people::perform(desk, job),
        Effect::Photo { ask, wanted, room } => photo::perform(desk, ask, &wanted, &room),
        Effect::Source { .. } | Effect::CopyEntry { .. } => source::perform(desk, job),
        Effect::Hours { .. }
        | Effect::Moment { .. }
        | Effect::Views { .. }
        | Effect::Places { .. }
        | Effect::InArea { .. } => time::perform(desk, job),
        Effect::MeasureExport { .. } | Effect::CompletePath { .. } => export::perform(desk, job),
        Effect::Searches(change) => {
            if let Some(Err(error)) = desk.state.as_deref().map(|folder| searches::keep(folder, &change)) {
                desk.trouble(format!("{error:#}"));
            }
        }
        Effect::Guides { ask } => desk.reply(ask, Reply::Guides(report::guides(&desk.sheets))),
        _ => {}
    }
}

/// Keeps what the person says a field is, or takes it back. Gives the sentence about it.
fn label(store: &Store, field: &FieldHeld, category: Option<String>) -> Result<&'static str, StoreError> {
    let mut corrections = store.corrections.clone();
    let says = match category {
        Some(category) => {
            corrections.add(Correction {
                company: field.company.clone(),
                section: field.section.clone(),
                field: field.field.clone(),
                category: Some(category),
                origin: None,
            });
            "kept beside the exports; all screens follow it"
        }
        None if corrections.remove(&field.company, &field.section, &field.field) => "taken back",
        None => return Ok("you corrected nothing here"),
    };
    store.correct(&store.lock()?, &corrections)?;
    Ok(says)
}

/// Takes exports out of the index, for good. Gives the sentence about it.
fn forget(store: &Store, exports: &[String]) -> Result<String, StoreError> {
    let lock = store.lock()?;
    let mut gone = 0;
    for export in exports {
        gone += u64::from(store.remove(&lock, export)?);
    }
    Ok(format!("{} out of the index; the archives are untouched", crate::tui::words::count(gone, "export")))
}

/// Opens the index as it is now and tells what it holds: what the first screen needs comes first.
fn load(desk: &Desk) {
    let shelf = match desk.shelf().store.reload() {
        Ok(store) => desk.replace(store),
        Err(error) => return desk.trouble(format!("opening the index: {error}")),
    };
    let store = &shelf.store;
    parts(store, &desk.sheets, &desk.owners, |part| tell_part(desk, &shelf, part));
}

/// Makes all that the screens know of an index: what the first one needs comes first.
pub fn parts(store: &Store, sheets: &Sheets, owners: &[String], mut tell: impl FnMut(Part)) {
    let (companies, exports, matrix) = (report::overview(store), report::exports(store), report::matrix(store));
    tell(Part::Overview { companies, exports, matrix, damaged: store.damaged.clone() });
    tell(Part::Shared(shared(store, owners, LEAST)));
    tell(Part::Fields(report::fields(store, &FieldFilter::default(), Values::Shown)));
    tell(Part::Ties(Ties {
        recipients: report::recipients(store, sheets, None),
        choices: report::choices(store, sheets, Values::Shown),
        contradictions: report::contradictions(store, sheets, Values::Shown),
        completeness: report::completeness(store, sheets, None),
        retention: report::retention(store),
    }));
}

fn tell_part(desk: &Desk, shelf: &Shelf, part: Part) {
    desk.tell(Msg::Data { epoch: shelf.epoch, part: Box::new(part) });
}

/// The person's own identifiers wherever they are held, and others' held by at least so many companies.
fn shared(store: &Store, owners: &[String], least: usize) -> SharedIds {
    let filter = |mine, companies| SharedFilter { mine: Some(mine), kind: None, companies, owners: owners.to_vec() };
    let mine = report::shared(store, &filter(true, 1), Values::Shown);
    let others = report::shared(store, &filter(false, least), Values::Shown);
    SharedIds::new([mine.identifiers, others.identifiers].concat(), [mine.overlaps, others.overlaps].concat(), least)
}

fn view(shelf: &Shelf, epoch: u64, hit: Hit) -> Result<Box<crate::query::HitView>, String> {
    if shelf.epoch != epoch {
        return Err("The index has changed meanwhile; go back and open it again.".to_owned());
    }
    let everything = Query::parse("").map_err(|mistake| mistake.expected)?;
    let found = scan::view(&shelf.store, &everything, hit);
    found.map(Box::new).ok_or_else(|| "This record cannot be read; its part of the index is damaged.".to_owned())
}

fn find(store: &Store, export: &str, entry: &str, locator: &str) -> Result<Box<crate::query::HitView>, String> {
    let hit = hit_at(store, export, entry, locator)?;
    let everything = Query::parse("").map_err(|mistake| mistake.expected)?;
    scan::view(store, &everything, hit).map(Box::new).ok_or_else(|| gone(export, entry, locator))
}

fn gone(export: &str, entry: &str, locator: &str) -> String {
    format!("There is no record at {locator} of {entry} in {export} any more.")
}

/// The record that stands at a place, or the sentence why there is none.
pub fn hit_at(store: &Store, export: &str, entry: &str, locator: &str) -> Result<Hit, String> {
    let absent = || gone(export, entry, locator);
    let at = store.segments.iter().position(|segment| segment.manifest.id == export).ok_or_else(absent)?;
    let segment = store.segments.get(at).ok_or_else(absent)?;
    let place = Place::at(export, entry, locator);
    let found = segment.find(entry, &place.place).map_err(|error| error.to_string())?;
    let (batch, row) = found.ok_or_else(absent)?;
    Ok(Hit { segment: at as u32, batch: batch as u32, row: row as u32 })
}

/// `~/x` as a shell would read it.
fn from_home(path: &std::path::Path) -> PathBuf {
    match (path.strip_prefix("~"), etcetera::home_dir()) {
        (Ok(inside), Ok(home)) => home.join(inside),
        _ => path.to_owned(),
    }
}
