//! `tellall man`: the commands from the command line, the keys from the table of actions, the settings from theirs.

use super::{Args, Context, Outcome};
use crate::config::SETTINGS;
use crate::tui::keys::{Keymap, Row};
use clap::CommandFactory as _;
use clap_mangen::roff::{Roff, bold, roman};

pub fn run(context: &Context) -> anyhow::Result<Outcome> {
    let man = clap_mangen::Man::new(Args::command());
    let mut out = Vec::new();
    man.render_title(&mut out)?;
    man.render_name_section(&mut out)?;
    man.render_synopsis_section(&mut out)?;
    man.render_description_section(&mut out)?;
    man.render_options_section(&mut out)?;
    man.render_subcommands_section(&mut out)?;
    for section in [keys(), settings(), statuses()] {
        section.to_writer(&mut out)?;
    }
    man.render_version_section(&mut out)?;
    context.print.bytes(&out)?;
    Ok(Outcome::Done)
}

/// A heading and what it is about.
fn section(name: &str, says: &str) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [name]).text([roman(says)]);
    roff
}

fn entry(roff: &mut Roff, name: &str, says: &str) {
    roff.control("TP", []).text([bold(name)]).text([roman(says)]);
}

fn keys() -> Roff {
    let mut roff =
        section("KEYS", "The keys of the screens. What has none is run by its name from the list of all commands.");
    let keymap = Keymap::default();
    let mut place = None;
    for row in keymap.rows() {
        if place != Some(row.context) {
            place = Some(row.context);
            roff.control("SS", [row.context.name()]);
        }
        entry(&mut roff, &keys_or_name(row), row.binding.does);
    }
    roff
}

fn keys_or_name(row: &Row) -> String {
    if row.keys.is_empty() { row.binding.id.to_owned() } else { row.keys_shown() }
}

fn settings() -> Roff {
    let says = "Read from tellall/config.toml in the folder for settings, in TOML. All may be left out; tellall config shows which hold.";
    let mut roff = section("SETTINGS", says);
    for setting in SETTINGS {
        entry(&mut roff, setting.name, setting.says);
    }
    entry(&mut roff, "keys.CONTEXT", "a key and the action it is for, as tellall config keys lists them, or none");
    roff
}

fn statuses() -> Roff {
    let mut roff = section("EXIT STATUS", "How a command ended.");
    entry(&mut roff, "0", "something was found, or done");
    entry(&mut roff, "1", "nothing was found");
    entry(&mut roff, "2", "it could not be done, or not wholly; stderr tells why");
    roff
}
