//! `tellall config`: which settings hold, where each comes from, and what is wrong with the file.

use super::args::{ConfigCommand, Shared};
use super::table::{Side, Table};
use super::{Context, Outcome, folders};
use crate::config::{Config, Origin, SETTINGS, Settings};
use crate::container::Limits;
use crate::tui::keys::{CONTEXTS, Row};
use crate::tui::look::Ink;
use anyhow::bail;
use clap::parser::ValueSource;
use etcetera::AppStrategy as _;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// What holds in this run: the file, then the environment, then the command line. `source` tells who gave an option.
pub fn settled(args: &Shared, source: impl Fn(&str) -> Option<ValueSource>) -> anyhow::Result<Config> {
    let mut config = match (args.config.clone(), default_file()) {
        (Some(file), _) if !file.is_file() => {
            bail!("{} is no file of settings\nsay --config FILE, or unset TELLALL_CONFIG", file.display())
        }
        (Some(file), _) | (None, Some(file)) => Config::read(&file),
        (None, None) => Config::default(),
    };
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if set("TELLALL_REDUCED_MOTION") {
        let origin = Origin::Variable("TELLALL_REDUCED_MOTION");
        config.overrule("reduced_motion", origin, |settings| settings.reduced_motion = true);
    }
    if args.ascii {
        config.overrule("ascii", Origin::Option("--ascii"), |settings| settings.ascii = true);
    }
    if let Some(images) = args.images {
        let by_variable = source("images") == Some(ValueSource::EnvVariable);
        let origin = if by_variable { Origin::Variable("TELLALL_IMAGES") } else { Origin::Option("--images") };
        config.overrule("images", origin, |settings| settings.images = images);
    }
    let no_colour = match args.color {
        super::args::Color::Never => Some(Origin::Option("--color")),
        super::args::Color::Auto if set("NO_COLOR") => Some(Origin::Variable("NO_COLOR")),
        _ => None,
    };
    if let Some(origin) = no_colour {
        config.overrule("theme", origin, |settings| settings.theme = Ink::Mono);
    }
    Ok(config)
}

/// The limits of imports, as this person has them.
pub fn limits(settings: &Settings) -> Limits {
    Limits { ratio: settings.max_ratio, total_bytes: settings.max_bytes, ..Limits::default() }
}

/// Where the file is looked for if nobody names one.
fn default_file() -> Option<PathBuf> {
    let usual = folders().ok()?.in_config_dir("config.toml");
    if cfg!(target_os = "macos") && !usual.exists() {
        let native = etcetera::home_dir().ok()?.join("Library/Application Support/tellall/config.toml");
        return Some(if native.exists() { native } else { usual });
    }
    Some(usual)
}

/// Sentences about what is wrong with the file, each with its name.
pub fn mistakes(config: &Config) -> impl Iterator<Item = String> {
    let name = config.file.as_deref().unwrap_or(Path::new("the settings")).display().to_string();
    config.mistakes.iter().map(move |mistake| format!("{name}: {mistake}"))
}

pub fn run(context: &Context, command: Option<&ConfigCommand>) -> anyhow::Result<Outcome> {
    match command {
        Some(ConfigCommand::Path) => paths(context),
        Some(ConfigCommand::Show { origin }) => show(context, *origin),
        None => show(context, true),
        Some(ConfigCommand::Check) => check(context),
        Some(ConfigCommand::Keys { new }) => keys(context, *new),
    }
}

fn paths(context: &Context) -> anyhow::Result<Outcome> {
    let sheets = folders()?.in_config_dir("sheets");
    let paths = [
        ("settings", context.config.file.clone()),
        ("sheets", Some(sheets)),
        ("index", Some(context.index_folder()?)),
        ("state", Some(super::state_folder()?)),
    ];
    let paths: Vec<(&str, PathBuf)> = paths.into_iter().filter_map(|(what, path)| Some((what, path?))).collect();
    if context.args.json {
        let row = |(what, path): &(&str, PathBuf)| json!({ "what": what, "path": path.display().to_string(), "exists": path.exists() });
        context.print.json(&json!({ "paths": paths.iter().map(row).collect::<Vec<_>>() }))?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&[("what", Side::Left), ("there", Side::Left), ("path", Side::Left)]).uncut();
    for (what, path) in &paths {
        table.row(&[what, if path.exists() { "yes" } else { "no" }, &path.display().to_string()]);
    }
    table.print(&context.print)?;
    Ok(Outcome::Done)
}

fn file(config: &Config) -> Value {
    json!(config.file.as_ref().map(|file| file.display().to_string()))
}

fn mistakes_json(config: &Config) -> Vec<Value> {
    let line = |line: usize| (line > 0).then_some(line);
    let row = |mistake: &crate::tables::Mistake| json!({ "line": line(mistake.line), "what": mistake.what, "cure": mistake.cure });
    config.mistakes.iter().map(row).collect()
}

/// What holds, written as a file of settings.
fn show(context: &Context, origins: bool) -> anyhow::Result<Outcome> {
    let config = &context.config;
    if context.args.json {
        let setting = |setting: &crate::config::Setting| json!({ "name": setting.name, "value": setting.value(&config.settings), "origin": config.origin(setting).to_string() });
        let key = |bound: &crate::config::Bound| {
            json!({ "context": context_name(bound.own.context), "key": bound.own.chord.to_string(),
                "action": bound.own.id, "line": bound.line })
        };
        context.print.json(&json!({
            "file": file(config),
            "settings": SETTINGS.iter().map(setting).collect::<Vec<_>>(),
            "keys": config.bound.iter().map(key).collect::<Vec<_>>(),
            "mistakes": mistakes_json(config),
        }))?;
        return Ok(Outcome::Done);
    }
    if let Some(file) = &config.file {
        let there = if file.exists() { "" } else { " (not there; `tellall config show` prints one to begin with)" };
        context.print.line(&format!("# {}{there}", file.display()))?;
    }
    let mut table = "";
    for setting in SETTINGS {
        let (own, key) = setting.split();
        if own != table {
            table = own;
            context.print.line("")?;
            context.print.line(&format!("[{table}]"))?;
        }
        context.print.line(&format!("# {}", setting.says))?;
        let origin = if origins { format!("  # {}", config.origin(setting)) } else { String::new() };
        context.print.line(&format!("{key} = {}{origin}", setting.value(&config.settings)))?;
    }
    let mut place = "";
    for bound in &config.bound {
        let own = context_name(bound.own.context);
        if own != place {
            place = own;
            context.print.line("")?;
            context.print.line(&format!("[keys.{place}]"))?;
        }
        let origin = if origins { format!("  # line {}", bound.line) } else { String::new() };
        let key = json!(bound.own.chord.to_string());
        context.print.line(&format!("{key} = {}{origin}", json!(bound.own.id.unwrap_or("none"))))?;
    }
    Ok(Outcome::Done)
}

/// As the settings name it; `question` for the keys that cannot be changed.
fn context_name(context: crate::tui::keys::Context) -> &'static str {
    CONTEXTS.iter().find(|(_, known)| *known == context).map_or("question", |(name, _)| name)
}

fn check(context: &Context) -> anyhow::Result<Outcome> {
    let config = &context.config;
    if context.args.json {
        context.print.json(&json!({ "file": file(config), "mistakes": mistakes_json(config) }))?;
    } else {
        for mistake in mistakes(config) {
            context.print.line(&mistake)?;
        }
    }
    if !config.mistakes.is_empty() {
        return Ok(Outcome::Trouble);
    }
    let name = config.file.as_ref().map(|file| (file.display().to_string(), file.exists()));
    context.print.say(&match name {
        Some((name, true)) => format!("{name}: no mistakes"),
        Some((name, false)) => format!("{name} is not there: all settings are the defaults"),
        None => "no home folder: all settings are the defaults".to_owned(),
    });
    Ok(Outcome::Done)
}

/// All keys, or those of the table that the person's own took.
fn keys(context: &Context, new: bool) -> anyhow::Result<Outcome> {
    let keymap = context.config.keymap();
    if context.args.json {
        let row = |row: &Row| {
            let keys: Vec<String> = row.keys.iter().map(ToString::to_string).collect();
            json!({ "context": context_name(row.context), "action": row.binding.id, "keys": keys, "does": row.binding.does })
        };
        let dropped = keymap.dropped().iter().map(|dropped| {
            json!({ "context": context_name(dropped.own.context), "key": dropped.own.chord.to_string(),
                "action": dropped.binding.id, "does": dropped.binding.does, "now": dropped.own.id })
        });
        let keys: Vec<Value> = keymap.rows().iter().map(row).collect();
        context.print.json(&json!({ "keys": keys, "dropped": dropped.collect::<Vec<_>>() }))?;
        return Ok(Outcome::Done);
    }
    if new {
        let mut table = Table::new(&[
            ("where", Side::Left),
            ("key", Side::Left),
            ("would do", Side::Left),
            ("does for you", Side::Left),
        ]);
        for dropped in keymap.dropped() {
            let own = dropped.own;
            let now = own.id.unwrap_or("none");
            table.row(&[context_name(own.context), &own.chord.to_string(), dropped.binding.id, now]);
        }
        if keymap.dropped().is_empty() {
            context.print.say("no key of tellall's own is lost to one of yours");
            return Ok(Outcome::Nothing);
        }
        table.print(&context.print)?;
        return Ok(Outcome::Done);
    }
    let mut table =
        Table::new(&[("where", Side::Left), ("keys", Side::Left), ("action", Side::Left), ("does", Side::Left)]);
    for row in keymap.rows() {
        table.row(&[context_name(row.context), &row.keys_shown(), row.binding.id, row.binding.does]);
    }
    table.print(&context.print)?;
    Ok(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_that_nobody_set_are_those_of_the_containers() {
        let (ours, theirs) = (limits(&Settings::default()), Limits::default());
        assert_eq!((ours.ratio, ours.total_bytes), (theirs.ratio, theirs.total_bytes));
    }
}
