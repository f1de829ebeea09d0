//! `tellall doctor`: whether all is well, area by area. It changes nothing.

use super::{Context, Outcome, config, table::Side, table::Table};
use crate::index::Store;
use crate::sandbox::Sandbox;
use crate::tui::photo::Images;
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
        (true, term) => Check::well("terminal", format!("{term}: screens")),
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
    vec![screens, colours, signs, photos]
}
