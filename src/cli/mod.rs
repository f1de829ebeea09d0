//! The command line: each command one file, printing in one place (`print.rs`).

mod args;
mod choices;
mod companies;
mod completeness;
mod config;
mod contradictions;
mod conversation;
mod detect;
mod diff;
mod doctor;
mod export;
mod exports;
mod fields;
mod guide;
mod import;
mod label;
mod ledger;
mod man;
mod matrix;
mod people;
mod plain;
mod print;
mod recipients;
mod record;
mod remove;
mod search;
mod shared;
mod summary;
mod table;
mod timeline;
mod tui;

pub use args::{Args, Command};

use crate::config::Config;
use crate::index::{Segment, Store};
use crate::report;
use crate::sandbox::Sandbox;
use crate::sheets::Sheets;
use anyhow::Context as _;
use clap::{ArgMatches, CommandFactory as _, FromArgMatches as _};
use etcetera::{AppStrategy as _, AppStrategyArgs};
use print::Print;
use std::cell::RefCell;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// How a command ended: found or done, nothing found, could not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Done,
    Nothing,
    Trouble,
}

impl Outcome {
    /// Done if there is something, otherwise nothing.
    fn of(any: bool) -> Self {
        if any { Self::Done } else { Self::Nothing }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::Nothing => Self::from(1),
            Outcome::Trouble => Self::from(2),
        }
    }
}

/// What every command may ask for.
struct Context {
    args: args::Shared,
    config: Config,
    sandbox: Sandbox,
    print: Print,
    /// What answers are made of, to be asked at the end whether it could all be read.
    opened: RefCell<Vec<Arc<Segment>>>,
}

impl Context {
    fn index_folder(&self) -> anyhow::Result<PathBuf> {
        index_folder(&self.args)
    }

    /// The index for a command that answers from it.
    fn store(&self) -> anyhow::Result<Store> {
        let store = self.open_store()?;
        self.opened.borrow_mut().extend(store.segments.iter().cloned());
        Ok(store)
    }

    /// The outcome of a command, unless a part of the index it needed is damaged: that is said, and no answer passes for a whole one.
    fn checked(&self, outcome: Outcome) -> Outcome {
        let damage: Vec<String> = self.opened.borrow().iter().flat_map(|segment| segment.damage()).collect();
        for sentence in &damage {
            self.print.say(sentence);
        }
        if damage.is_empty() { outcome } else { Outcome::Trouble }
    }

    /// Whether values that identify somebody are shown.
    fn values(&self) -> report::Values {
        if self.args.reveal { report::Values::Shown } else { report::Values::Masked }
    }

    fn open_store(&self) -> anyhow::Result<Store> {
        let store = if self.args.ephemeral { Store::open_ephemeral()? } else { Store::open(&self.index_folder()?)? };
        for sentence in &store.damaged {
            self.print.say(sentence);
        }
        Ok(store)
    }

    /// The sheets compiled in, and those of the person's config folder; mistakes in the latter are told, and leave them out.
    fn sheets(&self) -> anyhow::Result<Sheets> {
        let mut sheets = Sheets::builtin();
        for (file, mistakes) in sheets.add_folder(&folders()?.in_config_dir("sheets")) {
            for mistake in mistakes {
                self.print.say(&format!("{}: {mistake}", file.display()));
            }
        }
        Ok(sheets)
    }
}

fn folders() -> anyhow::Result<impl etcetera::AppStrategy> {
    let names =
        AppStrategyArgs { top_level_domain: "org".into(), author: "tellall".into(), app_name: "tellall".into() };
    etcetera::choose_app_strategy(names).context("finding the home folder\nsay --index DIR, or set HOME")
}

/// Where the searches a person did are kept.
fn state_folder() -> anyhow::Result<PathBuf> {
    let folders = folders()?;
    Ok(folders.state_dir().unwrap_or_else(|| folders.in_data_dir("state")))
}

/// Runs the program as the command line says.
pub fn run() -> ExitCode {
    let (args, matches) = match parsed() {
        Ok(parsed) => parsed,
        Err(error) => return told_by_clap(&error),
    };
    let print = Print::new(args.shared.color);
    match command(args, &matches, print) {
        Ok(outcome) => outcome.into(),
        Err(error) if print::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            Print::new(args::Color::Auto).fault(&error);
            Outcome::Trouble.into()
        }
    }
}

/// The command line, and who gave each part of it.
fn parsed() -> Result<(Args, ArgMatches), clap::Error> {
    let mut known = Args::command();
    let matches = known.try_get_matches_from_mut(std::env::args_os())?;
    let args = Args::from_arg_matches(&matches).map_err(|error| error.format(&mut known))?;
    Ok((args, matches))
}

/// Help and version go to stdout with 0, mistakes to stderr with 2: what clap does, without leaving the process.
fn told_by_clap(error: &clap::Error) -> ExitCode {
    // A closed pipe while help is printed is no error of ours.
    let _ = error.print();
    if error.use_stderr() { Outcome::Trouble.into() } else { ExitCode::SUCCESS }
}

fn command(mut args: Args, matches: &ArgMatches, print: Print) -> anyhow::Result<Outcome> {
    if args.command.is_some()
        && let Some(path) = args.paths.first()
    {
        anyhow::bail!(
            "{} stands before the command\nparts of a command come behind it, as in tellall import PATH",
            path.display()
        );
    }
    let config = config::settled(&args.shared, |option| matches.value_source(option))?;
    if !matches!(args.command, None | Some(Command::Demo | Command::Config(_) | Command::Doctor)) {
        config::mistakes(&config).for_each(|mistake| print.say(&mistake));
    }
    args.shared.owner.extend(config.owners().cloned());
    let sandbox = if args.shared.no_sandbox {
        Sandbox::off("--no-sandbox says so")
    } else {
        Sandbox::enter(writable(&args).as_deref())
    };
    let context = Context { args: args.shared, config, sandbox, print, opened: RefCell::default() };
    let outcome = run_command(&context, args.command, args.paths)?;
    Ok(context.checked(outcome))
}

/// Folders that this command may write to; `None` for those where the person says where.
fn writable(args: &Args) -> Option<Vec<PathBuf>> {
    let chosen = matches!(
        args.command,
        None | Some(Command::Demo | Command::Export(_) | Command::Summary(args::Summary { output: Some(_), .. }))
    );
    if chosen {
        return None;
    }
    let index = index_folder(&args.shared).ok()?;
    Some(vec![index, std::env::temp_dir(), PathBuf::from("/dev")])
}

fn index_folder(args: &args::Shared) -> anyhow::Result<PathBuf> {
    match &args.index {
        Some(folder) => Ok(folder.clone()),
        None => Ok(folders()?.in_data_dir("index")),
    }
}

/// Whether the screens are to be lines: asked for, or the terminal can do no more.
fn plain_is_wanted(context: &Context) -> bool {
    let asked = std::env::var_os("TELLALL_PLAIN").is_some_and(|value| !value.is_empty() && value != "0");
    context.args.plain || asked || print::is_dumb()
}

/// The line mode; `paths` are imported first.
fn plain(context: &Context, paths: Vec<PathBuf>) -> anyhow::Result<Outcome> {
    config::mistakes(&context.config).for_each(|mistake| context.print.say(&mistake));
    if !paths.is_empty() {
        let args = args::Import { paths, as_of: None, company: None, account: None };
        import::run(context, &args)?;
    }
    plain::run(context)
}

fn run_command(context: &Context, command: Option<Command>, paths: Vec<PathBuf>) -> anyhow::Result<Outcome> {
    match command {
        None if plain_is_wanted(context) => plain(context, paths),
        None => tui::run(context, paths),
        Some(Command::Demo) => tui::demo(context),
        Some(Command::Doctor) => doctor::run(context),
        Some(Command::Config(args)) => config::run(context, args.command.as_ref()),
        Some(Command::Import(args)) => import::run(context, &args),
        Some(Command::Exports) => exports::run(context),
        Some(Command::Remove(args)) => remove::run(context, &args),
        Some(Command::Search(args)) => search::run(context, &args),
        Some(Command::Record(args)) => record::run(context, &args),
        Some(Command::Fields(args)) => fields::run(context, &args),
        Some(Command::Matrix) => matrix::run(context),
        Some(Command::Shared(args)) => shared::run(context, &args),
        Some(Command::Recipients(args)) => recipients::run(context, &args),
        Some(Command::Choices) => choices::run(context),
        Some(Command::Completeness(args)) => completeness::run(context, &args),
        Some(Command::Contradictions) => contradictions::run(context),
        Some(Command::Diff(args)) => diff::run(context, &args),
        Some(Command::People(args)) => people::run(context, &args),
        Some(Command::Conversation(args)) => conversation::run(context, &args),
        Some(Command::Timeline(args)) => timeline::run(context, &args),
        Some(Command::Label(args)) => label::run(context, &args),
        Some(Command::Ledger(args)) => ledger::run(context, &args),
        Some(Command::Summary(args)) => summary::run(context, &args),
        Some(Command::Export(args)) => export::run(context, &args),
        Some(Command::Detect(args)) => detect::run(context, &args),
        Some(Command::Guide(args)) => guide::run(context, &args),
        Some(Command::Companies(args)) => companies::run(context, args.command.as_ref()),
        Some(Command::Completions { shell }) => {
            let mut out = Vec::new();
            clap_complete::generate(shell, &mut Args::command(), "tellall", &mut out);
            context.print.bytes(&out)?;
            Ok(Outcome::Done)
        }
        Some(Command::Man) => man::run(context),
    }
}
