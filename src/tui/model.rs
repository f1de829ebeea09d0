//! The state of the program as the screens know it, what can happen, and what is wanted done.

mod cx;

pub use self::cx::Cx;
use crate::export::Job;
use crate::import::ExportProgress;
pub use crate::query::Place;
use crate::query::{Counts, Hit, HitView, Order, Ticket};
use crate::report::{
    Area, Clock, Conversation, Diff, ExportReport, FieldHeld, Guide, Hours, LedgerLine, Line, Moment, Only, People,
    Places, Thread, ValueHeld,
};
use crate::source::Around;
use crate::tui::data::{Data, Part};
pub use crate::tui::importing::Work;
use crate::tui::keys::{Key, Keymap};
use crate::tui::layout::{self, Frame};
use crate::tui::look::{Look, Mouse};
use crate::tui::photo::{self, Photo};
use crate::tui::screens::Screen;
use crate::tui::screens::record::Wanted;
use crate::tui::searches::Change;
use crate::tui::trail::Trail;
use std::cell::Cell;
use std::path::PathBuf;
use std::sync::Arc;

/// Everything. Fewer than ten fields: what belongs to a screen lives in the screen.
#[derive(Debug)]
pub struct Model {
    /// The current screen is the top. Screens with a tab keep their place below when another is on top.
    pub stack: Vec<Layer>,
    pub data: Data,
    pub look: Look,
    pub size: (u16, u16),
    pub work: Work,
    /// Said in the status row until the next key.
    pub said: Option<Said>,
    /// The keys as this person has them.
    pub keymap: Keymap,
    pub trail: Trail,
    /// Number of the last question asked; answers carry the number of theirs.
    pub asked: Cell<u64>,
}

/// A screen on the stack.
#[derive(Debug)]
pub struct Layer {
    pub screen: Screen,
    /// Came from the screen below by going in: going back leads there.
    pub entered: bool,
}

/// A line in the status row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub tone: Tone,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Ok,
    Note,
    Trouble,
}

impl Said {
    pub fn ok(text: impl Into<String>) -> Self {
        Self { tone: Tone::Ok, text: text.into() }
    }

    pub fn note(text: impl Into<String>) -> Self {
        Self { tone: Tone::Note, text: text.into() }
    }

    pub fn trouble(text: impl Into<String>) -> Self {
        Self { tone: Tone::Trouble, text: text.into() }
    }
}

/// Everything that can happen.
#[derive(Debug, Clone)]
pub enum Msg {
    Key(Key),
    Paste(String),
    Click {
        x: u16,
        y: u16,
    },
    Wheel {
        x: u16,
        y: u16,
        down: bool,
    },
    Resize {
        width: u16,
        height: u16,
    },
    /// A part of the reports, for a state of the index.
    Data {
        epoch: u64,
        part: Box<Part>,
    },
    Reply {
        ask: u64,
        reply: Box<Reply>,
    },
    Progress(Vec<ExportProgress>),
    ImportEnded(Result<Vec<Result<ExportReport, String>>, String>),
    /// The store was replaced by the made-up one.
    SampleLoaded,
    Said(Said),
    /// So much time has passed since the program began.
    Clock(std::time::Duration),
    /// A key that waits for a second one has waited long enough for help.
    Waited,
}

/// Answers to what a screen asked.
#[derive(Debug, Clone)]
pub enum Reply {
    /// `first`: begins the list anew; else it goes on.
    Page {
        first: bool,
        views: Vec<HitView>,
        more: bool,
    },
    Counts(Counts),
    Offers(Vec<Offer>),
    /// The query cannot be read: byte offsets into its text, and what was expected.
    Mistake {
        start: usize,
        end: usize,
        expected: String,
    },
    Values {
        values: Vec<ValueHeld>,
        total: u64,
    },
    /// A record, or the sentence why there is none.
    Record(Result<Box<HitView>, String>),
    Ledger(Vec<LedgerLine>),
    /// What looks like an archive, and the folders that were looked at.
    Archives {
        found: Vec<Found>,
        folders: Vec<String>,
    },
    People(Box<PeopleFound>),
    /// A conversation and the message somebody came to see, or the sentence why there is none.
    Thread(Result<(Arc<Thread>, usize), String>),
    /// Lines of a conversation, from this number on.
    Lines {
        from: usize,
        lines: Vec<Line>,
    },
    /// The message that was sought.
    Sought(Option<usize>),
    /// A hit within its conversation, and which of the lines it is; nothing if it is in none.
    Around(Option<(Vec<Line>, usize)>),
    /// What changed between two exports, or the sentence why that cannot be told.
    Diff(Result<Box<Diff>, String>),
    /// What stands around a place in an archive, or the sentence why nothing can be shown.
    Source(Result<Box<Opened>, String>),
    /// How an export goes.
    Export(ExportNews),
    Hours(Arc<Hours>),
    /// Records of a moment, oldest first, as many as are listed; how many there are; the first of them, read.
    Moment {
        hits: Vec<Hit>,
        total: u64,
        views: Vec<HitView>,
    },
    Guides(Vec<Guide>),
    /// A photo, or the sentence why there is none.
    Photo(Result<Photo, String>),
    /// Counts for the facets: each group is counted as if nothing of its own were chosen.
    Facets(Counts),
    Places(Arc<Places>),
}

/// A place in an archive, opened for reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    pub export: String,
    pub entry: String,
    pub place: String,
    pub around: Around,
    /// Why it comes from the index; `None`: from the archive.
    pub missing: Option<String>,
}

/// What is told of an export while it is prepared or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportNews {
    /// Rows there would be, and about how many bytes; no size where it is not known before.
    Size {
        rows: u64,
        bytes: Option<u64>,
    },
    Progress(u64),
    /// What was written, or why nothing was.
    Ended(Result<String, String>),
    /// Names that a typed path may go on with.
    Paths(Vec<String>),
}

/// Everybody in the exports, and what was written with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleFound {
    pub people: People,
    pub conversations: Vec<Conversation>,
}

/// Which conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WantedThread {
    Id(String),
    /// The one this message is in.
    With(Place),
}

/// What the person says of two people who may be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Same,
    NotSame,
    /// Nothing any more.
    Open,
}

/// A message to be found in a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sought {
    Match {
        query: String,
        forward: bool,
    },
    /// By its own id.
    Id(String),
}

/// A name that matches what is typed, and the filter it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub what: &'static str,
    pub name: String,
    pub filter: String,
}

/// An archive found by its name; nothing of it was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// All parts of it.
    pub paths: Vec<PathBuf>,
    pub name: String,
    pub bytes: u64,
    /// Name of the company whose archives are called so.
    pub company: Option<String>,
}

/// Everything that is wanted done by the runtime. Carrying one out never blocks the screen.
#[derive(Debug, Clone)]
pub enum Effect {
    Load,
    LoadShared {
        least: usize,
    },
    /// Counts what is meant alone.
    LoadHeld(Only),
    Search {
        ask: u64,
        text: String,
        order: Order,
    },
    /// Counts the last search to the end.
    CountOn {
        ask: u64,
    },
    /// The next page of the last search, under its number.
    More {
        ask: u64,
    },
    Values {
        ask: u64,
        epoch: u64,
        field: Box<FieldHeld>,
        only: Only,
    },
    View {
        ask: u64,
        epoch: u64,
        hit: Hit,
    },
    Find {
        ask: u64,
        export: String,
        entry: String,
        locator: String,
    },
    Ledger {
        ask: u64,
    },
    Archives {
        ask: u64,
    },
    Diff {
        ask: u64,
        before: String,
        after: String,
    },
    /// Keeps a corrected label; without a category it is taken back.
    Label {
        field: Box<FieldHeld>,
        category: Option<String>,
    },
    Import(Vec<PathBuf>),
    CancelImport,
    Sample,
    Yank(String),
    Redraw,
    Suspend,
    Quit,
    People {
        ask: u64,
    },
    /// Keeps what the person said of a suggestion, then answers as [`Effect::People`].
    Judge {
        ask: u64,
        suggestion: String,
        verdict: Verdict,
    },
    Thread {
        ask: u64,
        wanted: WantedThread,
    },
    Lines {
        ask: u64,
        epoch: u64,
        thread: Arc<Thread>,
        query: String,
        from: usize,
        count: usize,
    },
    Seek {
        ask: u64,
        epoch: u64,
        thread: Arc<Thread>,
        from: usize,
        sought: Sought,
    },
    /// The conversation around a hit.
    Around {
        ask: u64,
        place: Place,
        query: String,
    },
    /// Reads what stands around the place of a record.
    Source {
        ask: u64,
        wanted: Box<Wanted>,
    },
    /// Writes the bytes of an entry to a new file.
    CopyEntry {
        export: String,
        entry: String,
        to: PathBuf,
    },
    /// Asks how large an export would be.
    MeasureExport {
        ask: u64,
        job: Box<Job>,
    },
    Export {
        ask: u64,
        job: Box<Job>,
        ticket: Ticket,
    },
    CompletePath {
        ask: u64,
        typed: String,
    },
    PauseImport(bool),
    /// Stops the export on this line of the progress, or all.
    StopImport {
        line: Option<usize>,
        how: crate::import::Stop,
    },
    Mouse(Mouse),
    /// Takes exports out of the index, for good.
    Forget(Vec<String>),
    /// Counts all records by hour.
    Hours {
        ask: u64,
        clock: Clock,
    },
    /// Finds the records of a moment.
    Moment {
        ask: u64,
        clock: Clock,
        only: Only,
        moment: Moment,
    },
    /// Reads records; answered by a page that goes on.
    Views {
        ask: u64,
        epoch: u64,
        hits: Vec<Hit>,
    },
    /// The pages on how to get one's data.
    Guides {
        ask: u64,
    },
    /// Finds a photo in its archive and decodes it.
    Photo {
        ask: u64,
        wanted: Box<photo::Wanted>,
        room: photo::Room,
    },
    /// Changes what is remembered of searches.
    Searches(Change),
    /// Counts the records that tell where they were made.
    Places {
        ask: u64,
        only: Only,
    },
    /// Finds the records of an area; answered as [`Effect::Moment`].
    InArea {
        ask: u64,
        only: Only,
        area: Area,
    },
}

impl Model {
    /// An empty screen of a size; nothing is known yet.
    pub fn new(look: Look, size: (u16, u16)) -> Self {
        let stack = vec![Layer { screen: Screen::overview(), entered: false }];
        let (data, work) = (Data::default(), Work::default());
        let (keymap, trail) = (Keymap::default(), Trail::default());
        Self { stack, data, look, size, work, said: None, keymap, trail, asked: Cell::new(0) }
    }

    /// The stack, to be changed, and what its screens may look at meanwhile.
    pub fn split(&mut self) -> (&mut Vec<Layer>, Cx<'_>) {
        let frame = self.frame();
        let Self { stack, data, look, keymap, trail, work, asked, .. } = self;
        (stack, Cx { data, look, keymap, trail, work, frame, asked })
    }

    pub fn cx(&self) -> Cx<'_> {
        let Self { data, look, keymap, trail, work, asked, .. } = self;
        Cx { data, look, keymap, trail, work, frame: self.frame(), asked }
    }

    /// The frame of the current size; of the smallest one if the terminal is too small to be drawn.
    pub fn frame(&self) -> Frame {
        let least = || layout::frame(layout::LEAST.0, layout::LEAST.1).expect("the least size has a frame");
        layout::frame(self.size.0, self.size.1).unwrap_or_else(least)
    }
}
