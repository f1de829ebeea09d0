//! The table of actions is the only one: Help, the palette, the which-key list, the printed keys, the manual page and the README
//! agree with it.
// A test that cannot go on is over.
#![allow(clippy::unwrap_used)]

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use tellall::tui::keys::{CONTEXTS, Chord, Context, Key, Keymap, TABLE};
use tellall::tui::look::Ink;
use tellall::tui::model::Msg;
use tellall::tui::screens::commands::{Commands, What};
use tellall::tui::{Effect, Look, Model, update, view};

/// A place whose keys a binding belongs to.
fn place(context: Context) -> Context {
    if context == Context::Global { Context::Overview } else { context }
}

fn ids(what: What, under: Context) -> Vec<&'static str> {
    let commands = Commands::new(what, under, &Keymap::default(), &[], Ink::default());
    commands.listed().map(|binding| binding.id).collect()
}

fn printed(args: &[&str]) -> String {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_tellall"));
    command.args(args).env_clear().env("HOME", home.path());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn press(model: &mut Model, keys: &str) -> Vec<Effect> {
    let key = |c| if c == '\n' { Key::Enter } else { Key::Char(c) };
    keys.chars().flat_map(|c| update(model, Msg::Key(key(c)))).collect()
}

fn shown(model: &Model) -> String {
    let mut buffer = Buffer::empty(Rect::new(0, 0, model.size.0, model.size.1));
    view(model, &mut buffer);
    let rows = buffer.content.chunks(usize::from(model.size.0));
    rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>() + "\n").collect()
}

#[test]
fn help_and_the_palette_list_every_action_of_their_place() {
    for binding in TABLE {
        let under = place(binding.context);
        assert!(ids(What::Help, under).contains(&binding.id), "{} in Help of {under:?}", binding.id);
        assert!(ids(What::Palette, under).contains(&binding.id), "{} in the palette of {under:?}", binding.id);
    }
}

#[test]
fn help_is_searched_and_enter_runs_the_line() {
    let mut model = Model::new(Look::default(), (100, 30));
    press(&mut model, "?hide values");
    let screen = shown(&model);
    assert!(screen.contains("> H ") && screen.contains("hide or show values and names"), "{screen}");
    press(&mut model, "\n");
    assert!(model.look.hides());
    assert!(!shown(&model).contains("Enter run"), "Help is gone");
}

#[test]
fn what_can_follow_g_is_what_the_table_says() {
    let mut model = Model::new(Look::default(), (100, 30));
    press(&mut model, "g");
    update(&mut model, Msg::Waited);
    let screen = shown(&model);
    let mut found = 0;
    for binding in TABLE.iter().filter(|binding| binding.context == Context::Global) {
        for chord in binding.keys {
            let Chord::G(second) = chord else { continue };
            found += 1;
            let entry = format!("{second} {}", binding.does.split(':').next().unwrap());
            assert!(screen.contains(&entry), "{entry:?} in:\n{screen}");
        }
    }
    assert!(found > 8, "{found}");
}

#[test]
fn the_printed_keys_are_those_of_the_table() {
    let json: serde_json::Value = serde_json::from_str(&printed(&["config", "keys", "--json"])).unwrap();
    let rows = json["keys"].as_array().unwrap();
    assert_eq!(rows.len(), TABLE.len());
    for (row, binding) in rows.iter().zip(TABLE) {
        let keys: Vec<String> = binding.keys.iter().map(ToString::to_string).collect();
        let context = CONTEXTS.iter().find(|(_, context)| *context == binding.context);
        assert_eq!(row["context"], context.map_or("question", |(name, _)| name));
        assert_eq!(row["action"], binding.id);
        assert_eq!(row["keys"], serde_json::json!(keys));
    }
}

#[test]
fn the_manual_page_tells_every_key() {
    let man = printed(&["man"]).replace("\\-", "-").replace("\\*(Aq", "'");
    let keys = man.split(".SH KEYS").nth(1).unwrap().split(".SH ").next().unwrap();
    for row in Keymap::default().rows() {
        let name = if row.keys.is_empty() { row.binding.id.to_owned() } else { row.keys_shown() };
        let entry = format!("\\fB{name}\\fR\n{}\n", row.binding.does);
        assert!(keys.contains(&entry), "{entry}");
        assert!(keys.contains(&format!(".SS {}\n", quoted(row.context.name()))), "{:?}", row.context);
    }
}

/// A heading of several words is one argument.
fn quoted(name: &str) -> String {
    if name.contains(' ') { format!("\"{name}\"") } else { name.to_owned() }
}

#[test]
fn the_manual_page_tells_every_setting() {
    let man = printed(&["man"]).replace("\\-", "-");
    for setting in tellall::config::SETTINGS {
        assert!(man.contains(&format!("\\fB{}\\fR\n", setting.name)), "{}", setting.name);
    }
}

/// What the footer tells, place by place: the rest is one `?` away.
#[test]
fn the_readme_lists_the_keys_of_the_table() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let table = readme.split("<!-- keys -->").nth(1).expect("the README marks its table of keys");
    let mut expected = String::from("\n| where | keys |\n| --- | --- |\n");
    let keymap = Keymap::default();
    let mut places: Vec<Context> = TABLE.iter().map(|binding| binding.context).collect();
    places.dedup();
    places.sort_by_key(|context| *context != Context::Global);
    for context in places {
        let told = keymap.rows().iter().filter(|row| row.context == context && !row.binding.hint.is_empty());
        let told: Vec<String> = told.map(|row| format!("{} {}", code(&row.keys), row.binding.hint)).collect();
        writeln!(expected, "| {} | {} |", context.name(), told.join(" · ")).unwrap();
    }
    assert_eq!(table, expected, "copy the right side into README.md");
}

fn code(keys: &[Chord]) -> String {
    keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(" ")
}
