//! The screens while something is really imported: the model, the workers and an index on the disk, without a terminal. The import
//! is held before its first byte by the same control that pauses it, so that nothing here depends on how fast it is.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tellall::container::Budget;
use tellall::import::{self, Control, Progress, Step};
use tellall::index::Store;
use tellall::sheets::Sheets;
use tellall::tui::keys::Key;
use tellall::tui::model::Msg;
use tellall::tui::photo::Images;
use tellall::tui::work::Work;
use tellall::tui::{Effect, Look, Model, Options, Settings, update, view};

/// When a test gives up; one that passes never waits for it.
const PATIENCE: Duration = Duration::from_secs(120);

fn sample(company: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_exports").join(company)
}

/// Screens and workers, and what the workers said.
struct Live {
    model: Model,
    work: Option<Work>,
    arrived: crossbeam_channel::Receiver<Msg>,
    control: Control,
    /// Where the index is, to be opened anew.
    dir: PathBuf,
}

impl Live {
    /// Spotify is in; imports that begin are held.
    fn new() -> Self {
        let store = Store::open_ephemeral().expect("an index");
        let (options, progress, budget) = (import::Options::default(), Progress::default(), Budget::default());
        let outcomes = import::import(&store, &Sheets::builtin(), &[sample("spotify")], &options, &progress, &budget);
        assert!(outcomes.expect("the index can be written")[0].is_ok());
        let control = Control::default();
        control.pause(true);
        let dir = store.dir.clone();
        let (out, arrived) = crossbeam_channel::unbounded();
        let options = options_of(store.reload().expect("reloaded"), &control);
        let work = Some(Work::start(options, out).expect("workers"));
        let model = Model::new(Look::default(), (100, 30));
        let mut live = Self { model, work, arrived, control, dir };
        live.take(vec![Effect::Load]);
        live.until(|live| live.model.data.loaded && !live.model.data.ties.completeness.is_empty());
        live
    }

    fn take(&mut self, effects: Vec<Effect>) {
        let work = self.work.as_mut().expect("they work");
        for effect in effects {
            work.take(effect);
        }
    }

    fn send(&mut self, msg: Msg) {
        let effects = update(&mut self.model, msg);
        self.take(effects);
    }

    fn press(&mut self, keys: &str) -> &mut Self {
        for c in keys.chars() {
            let key = match c {
                '\n' => Key::Enter,
                '\t' => Key::Tab,
                '\u{1b}' => Key::Esc,
                c => Key::Char(c),
            };
            self.send(Msg::Key(key));
        }
        self
    }

    /// Takes in what the workers say until something is so. Progress is looked at in between, as the runtime does.
    fn until(&mut self, is_so: impl Fn(&Self) -> bool) -> &mut Self {
        while !is_so(self) {
            let lines = self.work.as_ref().map(Work::progress).unwrap_or_default();
            if self.model.work.running && lines != self.model.work.lines {
                self.send(Msg::Progress(lines));
                continue;
            }
            // An import that is under way says nothing by itself: then its progress is asked for again.
            let patience = if self.model.work.running { Duration::from_millis(20) } else { PATIENCE };
            match self.arrived.recv_timeout(patience) {
                Ok(msg) => self.send(msg),
                Err(why) => assert!(self.model.work.running, "waited in vain ({why}) at\n{}", self.shown()),
            }
        }
        self
    }

    fn shows(&mut self, text: &str) -> &mut Self {
        self.until(|live| live.shown().contains(text))
    }

    fn shown(&self) -> String {
        let (width, height) = self.model.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        view(&self.model, &mut buffer);
        let rows = buffer.content.chunks(usize::from(width));
        rows.map(|row| row.iter().map(Cell::symbol).collect::<String>() + "\n").collect()
    }

    /// Imports, and waits until the export is being read.
    fn import(&mut self, company: &str) -> &mut Self {
        self.press("I+").press(&sample(company).display().to_string()).press("\n");
        self.until(|live| live.model.work.lines.iter().any(|line| line.step == Step::Reading))
    }

    fn ended(&mut self) -> &mut Self {
        self.until(|live| !live.model.work.running)
    }

    /// Companies with exports in the index.
    fn held(&self) -> Vec<String> {
        let store = Store::open(&self.dir).expect("the index");
        let mut held: Vec<_> = store.segments.iter().map(|segment| segment.manifest.company.clone()).collect();
        held.dedup();
        held
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.control.pause(false);
        if let Some(work) = self.work.take() {
            work.stop();
        }
    }
}

fn options_of(store: Store, control: &Control) -> Options {
    Options {
        store,
        sheets: Arc::new(Sheets::builtin()),
        import: Vec::new(),
        import_options: import::Options { control: control.clone(), ..import::Options::default() },
        owners: Vec::new(),
        color: true,
        ascii: false,
        reduced_motion: true,
        demo: false,
        hide_values: false,
        images: Images::Halfblocks,
        settings: Settings { scan_downloads: false, ..Settings::default() },
        state: None,
        sample: None,
    }
}

#[test]
fn every_screen_answers_over_what_is_in_while_another_export_is_read() {
    let mut live = Live::new();
    live.import("netflix");
    for (keys, shows) in [
        ("1", "> Spotify"),
        ("2", "▸ Spotify"),
        ("4", "Spotify"),
        ("5", "People"),
        ("6", "Identifier"),
        ("7", "Ads and sharing"),
        ("gc", "Completeness"),
        ("gl", "Map"),
        ("gh", "Guides"),
        ("u", "Ledger"),
        ("I", "netflix"),
        ("?", "Help"),
        ("\u{1b}:", "Commands"),
        ("\u{1b}1", "Who holds what"),
    ] {
        live.press(keys).shows(shows);
        assert!(live.model.work.running && live.shown().contains("importing"), "{}", live.shown());
    }
    // A count over what is in, and a record of it.
    live.press("/company:spotify\n").shows("records in 1 company").press("\n").shows("Record");
    assert_eq!(live.held(), ["spotify"]);
    live.control.pause(false);
    live.ended().press("1").shows("Netflix");
}

#[test]
fn an_import_is_paused_and_goes_on_by_the_key() {
    let mut live = Live::new();
    live.import("netflix").press(" ").shows("the import is paused");
    live.press(" ").ended();
    assert_eq!(live.held(), ["netflix", "spotify"]);
}

#[test]
fn a_cancelled_export_is_kept_or_rolled_back_as_was_said() {
    for (answer, held) in [("k", &["netflix", "spotify"][..]), ("r", &["spotify"])] {
        let mut live = Live::new();
        live.import("netflix").press("x").shows("Stop reading").press(answer).ended();
        assert_eq!(live.held(), held, "after {answer}");
    }
}

#[test]
fn what_is_asked_for_meanwhile_is_read_afterwards_and_once() {
    let mut live = Live::new();
    live.import("netflix");
    for company in ["signal", "netflix"] {
        live.press("I+").press(&sample(company).display().to_string()).press("\n");
    }
    live.shows("then 2 more paths");
    live.control.pause(false);
    live.ended();
    assert_eq!(live.held(), ["netflix", "signal", "spotify"]);
    assert!(live.shown().contains("is in already"), "{}", live.shown());
}

#[test]
fn an_export_is_not_forgotten_while_another_is_read_and_why_is_told() {
    let mut live = Live::new();
    live.import("netflix").press(":archive.forget\n").shows("Forget which export?");
    live.press("\n").shows("leave the index").press("y").shows("this tellall is importing; try again when it is done");
    live.control.pause(false);
    live.ended().press(":archive.forget\nspotify\n").shows("leave the index").press("y").shows("out of the index");
    assert_eq!(live.held(), ["netflix"]);
}

#[test]
fn the_overview_stays_at_the_top_until_somebody_moves_and_then_with_what_they_chose() {
    let mut live = Live::new();
    live.press("1").shows("> Spotify").import("google");
    live.control.pause(false);
    live.ended().press("1").shows("> Google");
    live.control.pause(true);
    live.press("j").shows("> Spotify").import("linkedin");
    live.control.pause(false);
    live.ended().press("1").shows("LinkedIn").shows("> Spotify");
}
