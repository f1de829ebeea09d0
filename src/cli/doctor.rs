//! `tellall doctor`: whether all is well, area by area. It changes nothing.

use super::{Context, Outcome, config, table::Side, table::Table};
use crate::index::{Store, store};
use crate::sandbox::Sandbox;
use crate::tui::bidi::Bidi;
use crate::tui::layout::LEAST;
use crate::tui::photo::Images;
use crate::tui::runtime;
use crate::tui::words::{bytes, count};
use serde::Serialize;
use serde_json::json;
use std::io::IsTerminal as _;
use std::path::Path;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Well,
    /// To be known, but nothing is wrong.
    Note,
    Trouble,
}

/// What was looked at, and what was found.
#[derive(Debug, Serialize)]
struct Check {
    area: &'static str,
    state: State,
    says: String,
    cure: Option<String>,
}

impl Check {
    fn well(area: &'static str, says: impl Into<String>) -> Self {
        Self { area, state: State::Well, says: says.into(), cure: None }
    }

    fn note(area: &'static str, says: impl Into<String>) -> Self {
        Self { state: State::Note, ..Self::well(area, says) }
    }

    fn trouble(area: &'static str, says: impl Into<String>, cure: impl Into<String>) -> Self {
        Self { state: State::Trouble, cure: Some(cure.into()), ..Self::well(area, says) }
    }
}

pub fn run(context: &Context) -> anyhow::Result<Outcome> {
    let folder = context.index_folder()?;
    let mut checks = vec![program()];
    checks.extend(settings(context));
    // Rights first: opening the index puts those of its folder right.
    checks.extend(rights(&folder));
    checks.extend(index(&folder));
    checks.extend(writing(&folder));
    checks.extend(space(&folder));
    checks.push(sandbox(&context.sandbox));
    checks.extend(terminal(context));
    if context.args.json {
        context.print.json(&json!({ "checks": checks }))?;
    } else {
        print(context, &checks)?;
    }
    let is_well = checks.iter().all(|check| check.state != State::Trouble);
    Ok(if is_well { Outcome::Done } else { Outcome::Trouble })
}

fn print(context: &Context, checks: &[Check]) -> anyhow::Result<()> {
    let mut table = Table::new(&[("", Side::Left), ("area", Side::Left), ("", Side::Left)]).uncut();
    for check in checks {
        let mark = match check.state {
            State::Well => "ok",
            State::Note => "i",
            State::Trouble => "!",
        };
        let cure = check.cure.as_ref().map_or_else(String::new, |cure| format!("; {cure}"));
        table.row(&[mark, check.area, &format!("{}{cure}", check.says)]);
    }
    Ok(table.print(&context.print)?)
}

fn program() -> Check {
    let features = [
        ("parquet", cfg!(feature = "parquet")),
        ("photos", cfg!(feature = "photos")),
        ("sqlite", cfg!(feature = "sqlite")),
    ];
    let with: Vec<&str> = features.iter().filter(|(_, has)| *has).map(|(name, _)| *name).collect();
    let build = if cfg!(debug_assertions) { "debug build" } else { "release build" };
    let system = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
    let version = env!("CARGO_PKG_VERSION");
    Check::well("program", format!("tellall {version}, {build}, {system}, with {}", with.join(", ")))
}

fn settings(context: &Context) -> Vec<Check> {
    let mistakes: Vec<Check> = config::mistakes(&context.config)
        .map(|mistake| Check::trouble("settings", mistake, "`tellall config check` looks again"))
        .collect();
    if !mistakes.is_empty() {
        return mistakes;
    }
    let file = context.config.file.as_ref().filter(|file| file.exists());
    let says = file
        .map_or_else(|| "no file: all are the defaults".to_owned(), |file| format!("{}: no mistakes", file.display()));
    vec![Check::well("settings", says)]
}

/// Reads everything in the index once, as answers do.
fn index(folder: &Path) -> Vec<Check> {
    if !folder.exists() {
        return vec![Check::note("index", format!("{} is not there yet: nothing was imported", folder.display()))];
    }
    let again = "`tellall import` the archive again";
    let store = match Store::open(folder) {
        Ok(store) => store,
        Err(error) => return vec![Check::trouble("index", error.to_string(), "say --index DIR for another one")],
    };
    let mut checks: Vec<Check> =
        store.damaged.iter().map(|sentence| Check::trouble("index", sentence.clone(), again)).collect();
    let mut records = 0;
    for segment in &store.segments {
        records += (0..segment.batches()).map(|batch| segment.rows(batch) as u64).sum::<u64>();
        // What cannot be read is kept by the segment and told by `damage`.
        let read = (0..segment.batches()).all(|batch| segment.batch(batch).is_ok());
        let rest = segment.identifiers().is_ok() & segment.ledger().is_ok();
        let told = segment.damage();
        debug_assert!(read && rest || !told.is_empty(), "what could not be read is told");
        checks.extend(told.into_iter().map(|sentence| Check::trouble("index", sentence, again)));
    }
    if checks.is_empty() {
        let exports = count(store.segments.len() as u64, "export");
        let (records, size) = (count(records, "record"), bytes(size(folder)));
        let says = format!("{}: {exports}, {records}, {size}, every checksum right", folder.display());
        checks.push(Check::well("index", says));
    }
    checks
}

/// Who writes to the index, and what was left behind by who did.
fn writing(folder: &Path) -> Vec<Check> {
    if !folder.exists() {
        return Vec::new();
    }
    let (writer, left) = (store::writer(folder), store::leftovers(folder));
    let (writer, left) = match (writer, left) {
        (Ok(writer), Ok(left)) => (writer, left),
        (Err(error), _) | (_, Err(error)) => {
            let says = format!("it cannot be told who writes to the index: {error}");
            return vec![Check::trouble("lock", says, "the index should be yours: look at its owner")];
        }
    };
    match (writer, left.len() as u64) {
        (Some(who), _) => {
            let who = if who.is_empty() { "another tellall".to_owned() } else { who };
            vec![Check::note(
                "lock",
                format!("{who}, is importing: nothing else can be imported or removed until then"),
            )]
        }
        (None, 0) => vec![Check::well("lock", "nobody writes to the index, and nothing was left half done")],
        (None, number) => {
            let bytes = bytes(left.iter().map(|folder| size(folder)).sum());
            let says = format!(
                "an interrupted import or removal left {}, {bytes}; the next import or removal clears that",
                count(number, "folder")
            );
            vec![Check::note("leftovers", says)]
        }
    }
}

/// Bytes below which an import of any size may fail, and below which it is worth a word.
const NO_SPACE: u64 = 100 << 20;
const LITTLE_SPACE: u64 = 1 << 30;

/// What is free where the index is, or would be.
#[cfg(unix)]
fn space(folder: &Path) -> Vec<Check> {
    let Some(there) = folder.ancestors().find(|place| place.exists()) else { return Vec::new() };
    match rustix::fs::statvfs(there) {
        Ok(disk) => vec![free(disk.f_bavail.saturating_mul(disk.f_frsize))],
        Err(error) => vec![Check::note("space", format!("the free space of the disk cannot be told: {error}"))],
    }
}

#[cfg(not(unix))]
fn space(_: &Path) -> Vec<Check> {
    Vec::new()
}

fn free(room: u64) -> Check {
    let says = format!("{} free on the disk of the index", bytes(room));
    match room {
        ..NO_SPACE => Check::trouble("space", says, "make room, or say --index DIR on another disk"),
        NO_SPACE..LITTLE_SPACE => {
            Check::note("space", format!("{says}; an import takes about as much as the text in its archives"))
        }
        _ => Check::well("space", says),
    }
}

fn size(folder: &Path) -> u64 {
    let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    files.filter_map(|entry| entry.metadata().ok()).filter(std::fs::Metadata::is_file).map(|about| about.len()).sum()
}

#[cfg(unix)]
fn rights(folder: &Path) -> Vec<Check> {
    use std::os::unix::fs::PermissionsExt as _;
    if !folder.exists() {
        return Vec::new();
    }
    let (mut open, mut unseen) = (Vec::new(), 0);
    for entry in walkdir::WalkDir::new(folder) {
        match entry.and_then(|entry| Ok((entry.metadata()?.permissions().mode(), entry))) {
            Ok((mode, entry)) if mode & 0o077 != 0 => open.push(entry.path().display().to_string()),
            Ok(_) => {}
            Err(_) => unseen += 1,
        }
    }
    let name = folder.display();
    let mut checks = Vec::new();
    if let Some(first) = open.first() {
        let others = if open.len() > 1 { format!(" and {} more", open.len() - 1) } else { String::new() };
        checks.push(Check::trouble(
            "rights",
            format!("others may read {first}{others}"),
            format!("chmod -R go= {name}"),
        ));
    }
    if unseen > 0 {
        let says = format!("{} in {name} could not be looked at", count(unseen, "file"));
        checks.push(Check::trouble("rights", says, "the index should be yours: look at its owner"));
    }
    if checks.is_empty() {
        checks.push(Check::well("rights", "nobody else may read the index"));
    }
    checks
}

#[cfg(not(unix))]
fn rights(_: &Path) -> Vec<Check> {
    vec![Check::note("rights", "the index has the rights of your data folder")]
}

fn sandbox(sandbox: &Sandbox) -> Check {
    let given_up = |writes: bool| {
        let writing = if writes { ", writing outside its own folders" } else { "" };
        format!("on: no TCP connections, no other programs{writing}; screens and exports write where you say")
    };
    match sandbox {
        Sandbox::On { writes, old: false } => Check::well("sandbox", given_up(*writes)),
        Sandbox::On { writes, old: true } => {
            Check::note("sandbox", format!("{}; this kernel knows only part of it", given_up(*writes)))
        }
        Sandbox::Off(why) => {
            Check::note("sandbox", format!("off: {why}; tellall opens no connection by itself either way"))
        }
    }
}

fn terminal(context: &Context) -> Vec<Check> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let term = variable("TERM").unwrap_or_else(|| "unknown".to_owned());
    let both = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    let screens = match (both, term.as_str()) {
        (_, "dumb") => Check::note("terminal", "TERM=dumb: lines instead of screens"),
        (false, _) => Check::note("terminal", "no terminal on standard input and output: commands only, no screens"),
        (true, term) => match runtime::size() {
            Some((columns, rows)) if columns < LEAST.0 || rows < LEAST.1 => {
                let least = format!("{}x{}", LEAST.0, LEAST.1);
                Check::note("terminal", format!("{term}, {columns}x{rows}: too small, screens need {least}"))
            }
            Some((columns, rows)) => Check::well("terminal", format!("{term}, {columns}x{rows}: screens")),
            None => Check::well("terminal", format!("{term}: screens")),
        },
    };
    let colours = match variable("COLORTERM").as_deref() {
        _ if variable("NO_COLOR").is_some() => Check::note("colours", "none: NO_COLOR says so"),
        Some("truecolor" | "24bit") => Check::well("colours", "all: every theme shows as it is meant"),
        _ => Check::note(
            "colours",
            "COLORTERM does not say truecolor: themes with colours of their own may look different",
        ),
    };
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(variable).unwrap_or_default();
    let is_unicode = ["UTF-8", "utf-8", "UTF8", "utf8"].iter().any(|name| locale.ends_with(name)) || cfg!(windows);
    let signs = if is_unicode {
        Check::well("signs", format!("{locale}: lines and every script"))
    } else {
        let named = if locale.is_empty() { "no locale".to_owned() } else { locale };
        Check::note("signs", format!("{named}: not known to show Unicode; --ascii draws with + - | only"))
    };
    let photos = match context.config.settings.images.settle(|name| std::env::var(name).ok()) {
        Images::Off(why) => Check::note("photos", why),
        Images::Halfblocks => Check::well("photos", "in half blocks"),
        Images::Kitty => Check::well("photos", "by the kitty protocol"),
        Images::Sixel => Check::well("photos", "in sixels"),
        Images::Iterm2 => Check::well("photos", "by the iTerm2 protocol"),
    };
    let right_to_left = match context.config.settings.bidi.settle(variable) {
        Bidi::Isolated => Check::well("right-to-left", "the terminal reorders it; isolates keep columns apart"),
        Bidi::Plain => {
            Check::note("right-to-left", "written in logical order: this terminal is not known to reorder it")
        }
    };
    vec![screens, colours, signs, right_to_left, clipboard(variable), photos]
}

/// Copies are asked for by OSC 52; whether they arrive, only the terminal knows.
fn clipboard(variable: impl Fn(&str) -> Option<String>) -> Check {
    let program = variable("TERM_PROGRAM").unwrap_or_default();
    let refuses = variable("VTE_VERSION").is_some() || program == "Apple_Terminal";
    let says = match (variable("TMUX").is_some(), variable("TERM").as_deref()) {
        (true, _) => "copies go by OSC 52; tmux passes them on with `set -g set-clipboard on`",
        (_, Some("linux" | "dumb")) => "this terminal has no clipboard",
        _ if refuses => "copies go by OSC 52, which this terminal is known to ignore; select with the mouse and Shift",
        _ => return Check::well("clipboard", "copies go by OSC 52"),
    };
    Check::note("clipboard", says)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_space_is_told_and_none_is_trouble() {
        let states = [50 << 20, 500 << 20, 50 << 30].map(|room| free(room).state);
        assert_eq!(states, [State::Trouble, State::Note, State::Well]);
        assert_eq!(free(50 << 30).says, "54 GB free on the disk of the index");
    }

    #[test]
    fn a_copy_is_promised_only_where_nothing_speaks_against_it() {
        let of = |name: &'static str, value: &'static str| {
            clipboard(move |asked| (asked == name).then(|| value.to_owned())).says
        };
        assert_eq!(of("TERM", "xterm-256color"), "copies go by OSC 52");
        assert!(of("TMUX", "/tmp/tmux").contains("set-clipboard on"));
        assert!(of("VTE_VERSION", "7402").contains("known to ignore"));
    }
}
