//! What can be said on the command line. `--help`, completions and the manual page are made from this.

use crate::record::{Fate, IdKind, Origin};
use crate::{classify, export, spelling};
use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Search what companies hold about you, and see what ties them together. Offline, always.
#[derive(Debug, Parser)]
#[command(name = "tellall", version, subcommand_precedence_over_arg = true)]
pub struct Args {
    #[command(flatten)]
    pub shared: Shared,
    /// Archives, folders or folders of archives to import first, while the screen is already usable
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options of every command.
#[derive(Debug, Clone, clap::Args)]
pub struct Shared {
    /// Where the index is; by default the platform's data folder
    #[arg(long, value_name = "DIR", env = "TELLALL_INDEX", global = true)]
    pub index: Option<PathBuf>,
    /// Keep the index off the disk for this run
    #[arg(long, global = true)]
    pub ephemeral: bool,
    /// Print one JSON object
    #[arg(long, global = true)]
    pub json: bool,
    /// When to use colour; `NO_COLOR` is heeded
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub color: Color,
    /// Show values that identify somebody, which are masked otherwise
    #[arg(long, global = true)]
    pub reveal: bool,
    /// A value that is your own, such as a phone number; may be given several times
    #[arg(long, value_name = "VALUE", global = true)]
    pub owner: Vec<String>,
    /// Lines instead of screens, for screen readers and pipes; also `TELLALL_PLAIN=1` and `TERM=dumb`
    #[arg(long, global = true)]
    pub plain: bool,
    /// Draw with + - | only
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Do not give up connections, other programs and foreign folders at the start (Linux)
    #[arg(long, global = true)]
    pub no_sandbox: bool,
    /// How the screens show photos; by default as the terminal can
    #[arg(long, value_name = "HOW", env = "TELLALL_IMAGES", global = true)]
    pub images: Option<crate::tui::photo::Choice>,
    /// A file of settings, instead of `tellall/config.toml` in the folder for settings
    #[arg(long, value_name = "FILE", env = "TELLALL_CONFIG", global = true)]
    pub config: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Import archives; parts of one export are found and joined
    Import(Import),
    /// What is in the index
    Exports,
    /// Take an export out of the index
    Remove(Remove),
    /// Find records: words, "phrases", -not, a OR b, /regex/, and filters such as company: from: after:
    Search(Search),
    /// One record whole
    Record(Record),
    /// Which fields each company holds
    Fields(Fields),
    /// Category × company, with counts
    Matrix,
    /// Identifiers that more than one company holds, with evidence
    Shared(SharedIds),
    /// Third parties: who gave, received, targeted
    Recipients(OfCompany),
    /// Settings, consents and opt-outs on record
    Choices,
    /// What a full export holds, and what yours does
    Completeness(OfExport),
    /// Where companies disagree about you
    Contradictions,
    /// What changed between two exports
    Diff(Diff),
    /// Who is in the exports, and by which accounts
    People(People),
    /// Which conversations there are, or what was written in one
    Conversation(Conversation),
    /// Records of each company over time
    Timeline(Timeline),
    /// Correct what kind of data a field is; kept beside the exports
    Label(Label),
    /// Every entry of the archives and its fate
    Ledger(Ledger),
    /// The whole answer in one file
    Summary(Summary),
    /// The records, for other tools; values masked unless --reveal
    Export(Export),
    /// What an archive is, without importing it
    Detect(Detect),
    /// Which companies are understood; `companies check FILE` looks for mistakes in a sheet
    Companies(Companies),
    /// How to get your data from a company, and other pages to read
    Guide(Guide),
    /// The screens on a made-up sample, in a temporary index
    Demo,
    /// Settings: which hold, where from, and whether they are right
    Config(Config),
    /// Whether the index is whole and yours alone, what the sandbox keeps out, what the terminal can do; ends with 2 if something
    /// is wrong
    Doctor,
    /// Completions for a shell
    Completions { shell: clap_complete::Shell },
    /// The manual page
    Man,
}

#[derive(Debug, clap::Args)]
pub struct Import {
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// The day the export is of
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub as_of: Option<String>,
    /// The company, if it is not recognised
    #[arg(long, value_name = "ID")]
    pub company: Option<String>,
    /// Whose account it is
    #[arg(long, value_name = "NAME")]
    pub account: Option<String>,
}

#[derive(Debug, clap::Args)]
pub struct Remove {
    /// As `tellall exports` shows it
    pub export: String,
}

#[derive(Debug, clap::Args)]
pub struct Search {
    #[arg(required = true)]
    pub query: Vec<String>,
    /// At most so many records
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Print the number alone
    #[arg(long)]
    pub count: bool,
    #[arg(long, default_value = "newest")]
    pub sort: Order,
    /// Print the hits alone, one JSON object a line, as they are found
    #[arg(long, conflicts_with = "count")]
    pub jsonl: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Order {
    Newest,
    Oldest,
    /// Whole words before parts of words, words that stand close together first; of the newest 2,000
    Best,
}

#[derive(Debug, clap::Args)]
pub struct Record {
    pub export: String,
    /// As `search`, `shared` and the screens show it: ENTRY#PLACE, or the place alone where only one entry has it
    pub locator: String,
}

#[derive(Debug, clap::Args)]
pub struct Fields {
    #[arg(long, value_name = "ID")]
    pub company: Option<String>,
    #[arg(long, value_name = "ID")]
    pub category: Option<String>,
    #[arg(long, value_name = "O", value_parser = origin)]
    pub origin: Option<Origin>,
}

#[derive(Debug, clap::Args)]
pub struct SharedIds {
    /// Only your own
    #[arg(long, conflicts_with = "others")]
    pub mine: bool,
    /// Only other people's
    #[arg(long)]
    pub others: bool,
    /// phone, email, ip, device, …
    #[arg(long, value_name = "K", value_parser = id_kind)]
    pub kind: Option<IdKind>,
    /// Held by at least so many companies
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub companies: usize,
}

#[derive(Debug, clap::Args)]
pub struct OfCompany {
    #[arg(long, value_name = "ID")]
    pub company: Option<String>,
}

#[derive(Debug, clap::Args)]
pub struct OfExport {
    pub export: Option<String>,
}

#[derive(Debug, clap::Args)]
pub struct Diff {
    /// The older export, as `tellall exports` shows it
    pub before: String,
    pub after: String,
}

#[derive(Debug, clap::Args)]
pub struct People {
    /// Only those with this in a name or identifier
    pub name: Option<String>,
    /// Join the two people of a suggestion
    #[arg(long, value_name = "SUGGESTION", conflicts_with = "undo")]
    pub accept: Option<String>,
    /// Part them again
    #[arg(long, value_name = "SUGGESTION")]
    pub undo: Option<String>,
}

#[derive(Debug, clap::Args)]
pub struct Conversation {
    /// Which one, by the id that the list gives it; without it all are listed
    pub id: Option<String>,
    /// Number of the first message, counted from 0, oldest first
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub from: usize,
    /// At most so many messages
    #[arg(long, value_name = "NUMBER", default_value_t = 1000)]
    pub limit: usize,
}

#[derive(Debug, clap::Args)]
pub struct Timeline {
    /// year, month, day, or hour of the day
    #[arg(long, value_name = "STEP", default_value = "year")]
    pub by: By,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum By {
    Year,
    Month,
    Day,
    Hour,
}

#[derive(Debug, clap::Args)]
pub struct Label {
    /// Company, section and field, as `tellall fields` shows them; without them your corrections are listed
    #[arg(value_names = ["COMPANY", "SECTION", "FIELD"], num_args = 3)]
    pub field: Option<Vec<String>>,
    /// The category it is
    #[arg(long, value_name = "ID", requires = "field", value_parser = category)]
    pub category: Option<String>,
    /// How the company got it
    #[arg(long, value_name = "O", requires = "field", value_parser = origin)]
    pub origin: Option<Origin>,
    /// Take your correction back
    #[arg(long, requires = "field", conflicts_with_all = ["category", "origin"])]
    pub undo: bool,
    /// Print your corrections as lines for the sheets of the companies
    #[arg(long, conflicts_with = "field")]
    pub sheet: bool,
}

#[derive(Debug, clap::Args)]
pub struct Ledger {
    pub export: Option<String>,
    /// read, generic, media, skipped, failed
    #[arg(long, value_name = "F", value_parser = fate)]
    pub fate: Option<Fate>,
}

#[derive(Debug, clap::Args)]
pub struct Summary {
    /// Write to a new file, readable by you alone, instead of stdout
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace the file if it exists
    #[arg(long, requires = "output")]
    pub force: bool,
    #[arg(long, default_value = "json")]
    pub format: SummaryFormat,
    /// The same input gives the same bytes
    #[arg(long)]
    pub reproducible: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SummaryFormat {
    Json,
    /// In terms of the W3C Data Privacy Vocabulary
    Jsonld,
    /// One file without scripts, which fetches nothing
    Html,
    Markdown,
}

#[derive(Debug, clap::Args)]
pub struct Export {
    /// As for `search`; without it, all records
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    #[arg(long)]
    pub format: export::Format,
    /// A folder that is not there yet; it becomes readable by you alone
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    /// What becomes of other people's names, where a whole value is one; texts are masked unless --reveal, and then written as
    /// they are, with the names that stand inside them
    #[arg(long, default_value = "number")]
    pub others: export::Others,
    /// Leave all values out: fields and times only
    #[arg(long, conflicts_with = "reveal")]
    pub no_values: bool,
}

#[derive(Debug, clap::Args)]
pub struct Detect {
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct Guide {
    /// A company, or formats, limits, findings, law; without it all are listed
    #[arg(value_name = "COMPANY")]
    pub name: Option<String>,
}

#[derive(Debug, clap::Args)]
pub struct Config {
    #[command(subcommand)]
    pub command: Option<ConfigCommand>,
}

#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Where settings, sheets of your own and the index are
    Path,
    /// All settings, as a file to begin with
    Show {
        /// With where each value comes from
        #[arg(long)]
        origin: bool,
    },
    /// Whether the file is right; ends with 2 if it is not
    Check,
    /// All actions with their keys as you have them
    Keys {
        /// Only keys of tellall's own that a key of yours took; ends with 1 if there is none
        #[arg(long)]
        new: bool,
    },
}

#[derive(Debug, clap::Args)]
pub struct Companies {
    #[command(subcommand)]
    pub command: Option<CompaniesCommand>,
}

#[derive(Debug, Subcommand)]
pub enum CompaniesCommand {
    /// Look for mistakes in a sheet
    Check { file: PathBuf },
}

fn day(text: &str) -> Result<String, String> {
    let day: Result<jiff::civil::Date, _> = text.parse();
    day.map(|day| day.to_string()).map_err(|_| "write the day as YYYY-MM-DD".to_owned())
}

fn category(text: &str) -> Result<String, String> {
    let known: Vec<&str> = classify::categories().iter().map(|category| category.id.as_str()).collect();
    if known.contains(&text) {
        return Ok(text.to_owned());
    }
    let near = spelling::nearest(text, known.iter().copied());
    Err(near.map_or_else(|| format!("one of {}", known.join(", ")), |near| format!("did you mean {near}?")))
}

fn origin(text: &str) -> Result<Origin, String> {
    Origin::from_id(text).ok_or_else(|| one_of(Origin::ALL.map(Origin::id)))
}

fn id_kind(text: &str) -> Result<IdKind, String> {
    IdKind::from_id(text).ok_or_else(|| one_of(IdKind::ALL.map(IdKind::id)))
}

fn fate(text: &str) -> Result<Fate, String> {
    Fate::ALL.into_iter().find(|fate| fate.id() == text).ok_or_else(|| one_of(Fate::ALL.map(Fate::id)))
}

fn one_of<const N: usize>(ids: [&str; N]) -> String {
    format!("one of {}", ids.join(", "))
}
