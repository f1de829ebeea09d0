//! Measures the screens: what each key and each answer costs the thread that draws, over a large index, and how long a key takes
//! to its frame while an import runs beside.
//!
//! ```text
//! cargo bench --bench screen                      10,000,000 records; 1,000,000 messages imported beside
//! cargo bench --bench screen -- 200000 20000      fewer
//! ```
//! The exports and the index stay in the temporary folder of the system (12 GB for ten million), so that a second run is quick.
#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod measure;

use crossbeam_channel::{Receiver, RecvTimeoutError, Select, bounded, unbounded};
use measure::{FRAME, shown};
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use std::io::sink;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tellall::container::Budget;
use tellall::import::{self, Progress};
use tellall::index::Store;
use tellall::sample;
use tellall::sheets::Sheets;
use tellall::tui::data::Part;
use tellall::tui::keys::Key;
use tellall::tui::work::Work;
use tellall::tui::{Effect, Look, Model, Msg, Options, Settings, update, view};

const SIZE: (u16, u16) = (200, 60);

/// What taking in a message and drawing may cost the thread that draws, ninety-nine times of a hundred.
const LIMIT: Duration = Duration::from_millis(4);

/// How long an answer may take to begin, and how long nothing must come until it is over.
const FIRST: Duration = Duration::from_secs(20);
const SILENCE: Duration = Duration::from_millis(40);

/// Between two keys of somebody who holds one down.
const REPEAT: Duration = Duration::from_millis(30);
/// As often as the program looks how far an import is.
const LOOK: Duration = Duration::from_millis(200);

/// Screens, and keys pressed there: `↓` `↑` `→`, `⇟` `⇞` page down and up, `⇱` `⇲` first and last, `\x1b` Esc.
const SCREENS: [(&str, &str); 17] = [
    ("Overview", "1↓↓↓↓↑⇟⇟⇞⇲⇱ssssv↓↓→→⇲⇱v#w#wfpost\x1b\x1b"),
    ("Fields", "2↓↓↓→↓↓↓↓⇟⇟⇲⇱z⇟⇟⇟⇟⇲⇱zvvvfmail↓↓\x1b\x1bz↓↓↓↓\n↓↓↓⇲⇱\x1b"),
    ("Search, typing", "/the lunch train 777777\x1b/zzzzqq\x1b/from:ben café\x1b/co:discord kind:event app\x1b"),
    ("Search, moving", "/lunch\n↓↓↓↓↓↓↓↓⇟⇟⇟⇟⇟⇟⇟⇟⇲⇲⇲⇱swswssss ↓ ↓ A U⇟nnnN"),
    ("Search, narrowing", "/sunday\nF↓↓\n↓↓↓\nF↓↓↓↓↓\n↓xcc"),
    ("Record", "/lunch\n\n↓↓↓↓⇲⇱nN\x1b↓\n↓\x1b↓↓\n↓"),
    ("Source", "/garden\n\no↓↓⇟⇟⇲⇱zzflun\n\x1b\x1b"),
    ("Reader", "/lunch\nr↓↓↓⇟⇟⇞⇲⇱⇲nnNNdr⇟⇟\x1b"),
    ("Time", "4↓↓↑++↓[]--vvv#ZZu\x1bf\x1b\x1b+++\n↓⇟⇲"),
    ("Map", "gl↓↓→+++--[]#↓↓⇲⇱#\x1b"),
    ("People", "5↓↓↓⇟⇟⇲⇱v↓↓⇟⇲⇱v↓⇲vfben\x1b\x1b"),
    ("IDs", "6↓↓↓⇟⇟⇲⇱<↓⇟⇟⇟⇲⇱sss>fex\x1b\x1b\n↓\x1b"),
    ("Ads", "7↓↓⇟⇲⇱v↓⇲⇱v↓⇲⇱v↓⇲⇱v↓⇲⇱v##ssc↓\x1b"),
    ("Completeness", "gc↓↓⇟⇲⇱v↓⇲⇱v\x1b"),
    ("Ledger", "u↓↓⇟⇟⇲⇱vvvvvsssfmess\x1b\x1b\x1b"),
    ("Import, Export, Guides", "I↓↑\x1b3e↓→→↓→\x1bgh↓↓⇲⇱\x1b"),
    ("Help and palette", "?↓⇟⇟⇲⇱\x1b:time\x1b1:the\x1b"),
];

fn main() {
    let asked = measure::numbers();
    let (records, imported) =
        (asked.first().copied().unwrap_or(10_000_000), asked.get(1).copied().unwrap_or(1_000_000));
    let index = large_index(records);
    println!("| screen of {}x{} | messages | median | 99 of 100 | longest | limit | ratio |", SIZE.0, SIZE.1);
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    over_large_index(&index);
    beside_an_import(imported);
}

/// Conversations, events and places, a fifth of them twins of each other or in no conversation, and the samples of all companies.
fn large_index(records: u64) -> PathBuf {
    let folder = measure::folder(&format!("screen-{records}"));
    let index = folder.join("index");
    let store = Store::open(&index).expect("a folder of our own");
    let messages = records * 6 / 10;
    let facebook =
        measure::file(&folder, "facebook-bench.zip", |zip| sample::facebook_messages(zip, messages as usize));
    let discord = measure::file(&folder, "discord-bench.zip", |zip| sample::discord_events(zip, records / 5 * 623));
    let places = measure::file(&folder, "Records.json", |file| sample::google_locations(file, records / 5 * 416));
    let samples = sample::Folder::new().expect("the samples");
    let paths = [facebook, discord, places, samples.path().to_owned()];
    let (options, progress, budget) = (import::Options::default(), Progress::default(), Budget::default());
    import::import(&store, &Sheets::builtin(), &paths, &options, &progress, &budget).expect("the index is written");
    let held: u64 = store.reload().expect("it is there").segments.iter().map(|segment| segment.manifest.records).sum();
    println!("{held} records in the index\n");
    index
}

/// The screens, driven as the program drives them, but for the terminal.
struct Session {
    model: Model,
    work: Work,
    arrived: Receiver<Msg>,
    buffer: Buffer,
    /// What messages cost, since this was last taken.
    costs: Vec<Duration>,
}

impl Session {
    fn over(index: &Path) -> Self {
        let (out, arrived) = unbounded();
        let store = Store::open(index).expect("an index of our own");
        let work = Work::start(options(store), out).expect("threads");
        let model = Model::new(Look { today: Some(jiff::civil::date(2026, 11, 24)), ..Look::default() }, SIZE);
        let buffer = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
        let mut session = Self { model, work, arrived, buffer, costs: Vec::new() };
        session.perform(vec![Effect::Load]);
        session
    }

    /// Takes a message in and draws. True if something will answer.
    fn take(&mut self, msg: Msg) -> bool {
        // Who has just slept is not interrupted in the middle by what else the machine does. What is drawn is drawn twice, for the
        // same reason: drawing changes nothing.
        std::thread::sleep(Duration::from_millis(1));
        let mut effects = Vec::new();
        let updated = measure::time(|| effects = update(&mut self.model, msg));
        let mut drawn = || measure::time(|| view(&self.model, &mut self.buffer));
        self.costs.push(updated + drawn().min(drawn()));
        self.perform(effects)
    }

    fn update(&mut self, msg: Msg) {
        let effects = update(&mut self.model, msg);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) -> bool {
        let mut answered = false;
        for effect in effects {
            answered |= !matches!(effect, Effect::Yank(_) | Effect::Redraw | Effect::Searches(_) | Effect::Mouse(_));
            self.work.take(effect);
        }
        answered
    }

    /// Presses a key and takes in what follows, until nothing does.
    fn press(&mut self, key: Key) {
        if self.take(Msg::Key(key)) {
            self.settle();
        }
    }

    /// Takes in all reports.
    fn load(&mut self) {
        while let Ok(msg) = self.arrived.recv_timeout(FIRST) {
            let is_last = is_last_report(&msg);
            self.take(msg);
            if is_last {
                return;
            }
        }
    }

    fn settle(&mut self) {
        let mut patience = FIRST;
        while let Ok(msg) = self.arrived.recv_timeout(patience) {
            patience = if self.take(msg) { FIRST } else { SILENCE };
        }
    }
}

fn is_last_report(msg: &Msg) -> bool {
    matches!(msg, Msg::Data { part, .. } if matches!(**part, Part::Ties(_)))
}

fn options(store: Store) -> Options {
    Options {
        store,
        sheets: Arc::new(Sheets::builtin()),
        import: Vec::new(),
        import_options: import::Options::default(),
        owners: Vec::new(),
        color: true,
        settings: Settings { scan_downloads: false, ..Settings::default() },
        ascii: false,
        reduced_motion: false,
        demo: false,
        hide_values: false,
        images: tellall::tui::photo::Images::default(),
        state: None,
        sample: None,
    }
}

fn keys(text: &'static str) -> impl Iterator<Item = Key> + Clone {
    text.chars().map(|c| match c {
        '\n' => Key::Enter,
        '\x1b' => Key::Esc,
        '↓' => Key::Down,
        '↑' => Key::Up,
        '→' => Key::Right,
        '⇟' => Key::PageDown,
        '⇞' => Key::PageUp,
        '⇱' => Key::Home,
        '⇲' => Key::End,
        c => Key::Char(c),
    })
}

fn over_large_index(index: &Path) {
    let mut session = Session::over(index);
    session.load();
    told("Loading all reports", &std::mem::take(&mut session.costs), LIMIT);
    let mut all = Vec::new();
    for (name, text) in SCREENS {
        keys(text).for_each(|key| session.press(key));
        let costs = std::mem::take(&mut session.costs);
        all.extend_from_slice(&costs);
        told(name, &costs, LIMIT);
        session.press(Key::Esc);
        session.press(Key::Char('1'));
        session.costs.clear();
    }
    told("all screens", &all, LIMIT);
    session.work.stop();
}

fn told(what: &str, costs: &[Duration], limit: Duration) {
    let part = |part| measure::part(costs.to_vec(), part);
    let (median, most, longest) = (part(0.5), part(0.99), part(1.0));
    println!(
        "| {what} | {} | {} | {} | {} | {} | {:.2} |",
        costs.len(),
        shown(median),
        shown(most),
        shown(longest),
        shown(limit),
        most.as_secs_f64() / limit.as_secs_f64()
    );
}

/// Somebody holds keys down on several screens while a large export is imported. Counted is from the key to the end of its frame,
/// with all that came before it, as the program's own loop has it.
fn beside_an_import(messages: u64) {
    let folder = measure::folder(&format!("screen-import-{messages}"));
    let zip = measure::file(&folder, "facebook-beside.zip", |zip| sample::facebook_messages(zip, messages as usize));
    let index = folder.join("index");
    measure::remove(&index);
    let samples = sample::Folder::new().expect("the samples");
    let store = Store::open(&index).expect("a folder of our own");
    let (options, progress, budget) = (import::Options::default(), Progress::default(), Budget::default());
    import::import(&store, &Sheets::builtin(), &[samples.path().to_owned()], &options, &progress, &budget)
        .expect("the index is written");
    let mut session = Session::over(&index);
    session.load();
    session.take(Msg::Key(Key::Char('1')));
    session.model.work.add(vec![zip.clone()]);
    session.work.take(Effect::Import(vec![zip]));
    let costs = held_keys(&mut session);
    session.work.stop();
    println!();
    println!("| beside an import of {messages} messages | keys | median | 99 of 100 | longest | limit | ratio |");
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    told("from a key to its frame", &costs, FRAME);
}

/// Keys at the pace of one held down, until what was imported is on the screens.
fn held_keys(session: &mut Session) -> Vec<Duration> {
    const HELD: &str = "↓↓↓↓↑↑↑⇟⇞2↓↓↓↓→↓↓⇟⇟⇲⇱3/lunch\n↓↓↓⇟⇟\x1b6↓↓⇟⇲⇱7↓↓⇲⇱1";
    let viewport = Viewport::Fixed(session.buffer.area);
    let mut terminal = Terminal::with_options(CrosstermBackend::new(sink()), TerminalOptions { viewport })
        .expect("a terminal that nobody sees");
    let (press, pressed) = unbounded();
    let (over, ended) = bounded::<()>(0);
    let fingers = std::thread::spawn(move || {
        for key in keys(HELD).cycle() {
            if ended.recv_timeout(REPEAT) != Err(RecvTimeoutError::Timeout)
                || press.send((Instant::now(), key)).is_err()
            {
                return;
            }
        }
    });
    let (mut costs, mut looked, mut is_over) = (Vec::new(), Instant::now(), false);
    let arrived = session.arrived.clone();
    while !is_over {
        let mut select = Select::new();
        select.recv(&pressed);
        select.recv(&arrived);
        let _ = select.ready_timeout(LOOK);
        let mut waiting = Vec::new();
        for (at, key) in pressed.try_iter() {
            waiting.push(at);
            session.update(Msg::Key(key));
        }
        for msg in arrived.try_iter() {
            is_over |= is_last_report(&msg) && !session.model.work.running;
            session.update(msg);
        }
        if looked.elapsed() > LOOK {
            looked = Instant::now();
            let lines = session.work.progress();
            session.update(Msg::Progress(lines));
        }
        terminal
            .draw(|frame| {
                view(&session.model, frame.buffer_mut());
            })
            .expect("nobody sees it");
        costs.extend(waiting.iter().map(Instant::elapsed));
    }
    drop(over);
    fingers.join().expect("keys alone");
    costs
}
