//! Pipes, colours, files: how the program behaves in a shell.

use crate::world::*;
use std::fs;
use std::io::Read as _;
use std::process::Stdio;

#[test]
fn a_pipe_that_is_closed_is_no_error() {
    for args in [&["search", "--jsonl", "a"][..], &["ledger"], &["fields", "--json"], &["summary"], &["man"]] {
        let mut child =
            world().home.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut first = [0; 1];
        let mut out = child.stdout.take().expect("a pipe");
        out.read_exact(&mut first).expect("it prints something");
        drop(out);
        let ended = child.wait_with_output().expect("it ends");
        assert_eq!(ended.status.code(), Some(0), "{args:?}");
        assert_eq!(String::from_utf8_lossy(&ended.stderr), "", "{args:?}");
    }
}

/// The pipe is closed before anything is printed, so that the first write already fails.
#[test]
fn a_pipe_that_nobody_ever_reads_is_no_error() {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let mut command = world().home.command(&["search", "--jsonl", "a"]);
    let ended = command.stdout(writer).stderr(Stdio::piped()).output().expect("it ends");
    assert_eq!((ended.status.code(), String::from_utf8_lossy(&ended.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn into_a_pipe_there_is_no_colour_unless_asked_for() {
    let colored = |args: &[&str]| tellall(args).ended(0).out.contains('\u{1b}');
    for command in [&["search", "train"][..], &["exports"], &["fields"], &["ledger"]] {
        assert!(!colored(command), "{command:?}");
        assert!(!colored(&[command, &["--color", "never"]].concat()), "{command:?}");
        assert!(colored(&[command, &["--color", "always"]].concat()), "{command:?}");
    }
    assert!(!colored(&["search", "--json", "train", "--color", "always"]), "JSON has none");
}

/// What the program writes to a terminal.
fn on_terminal(no_color: &str) -> String {
    let size = portable_pty::PtySize { rows: 24, cols: 80, ..portable_pty::PtySize::default() };
    let pair = portable_pty::native_pty_system().openpty(size).expect("a terminal");
    let mut command = portable_pty::CommandBuilder::new(env!("CARGO_BIN_EXE_tellall"));
    command.args(["search", "take the train"]);
    command.env_clear();
    command.env("HOME", world().home.path());
    command.env("TELLALL_INDEX", world().home.index());
    command.env("NO_COLOR", no_color);
    let mut child = pair.slave.spawn_command(command).expect("it starts");
    let mut reader = pair.master.try_clone_reader().expect("its output");
    drop(pair.slave);
    let mut shown = Vec::new();
    // Where a terminal ends by an error, everything was read before.
    let _ = reader.read_to_end(&mut shown);
    assert!(child.wait().expect("it ends").success());
    String::from_utf8_lossy(&shown).into_owned()
}

#[test]
fn on_a_terminal_there_is_colour_unless_no_color_is_set() {
    let (colored, plain) = (on_terminal(""), on_terminal("1"));
    assert!(colored.contains("\u{1b}[1m") && colored.contains("we could take the train"), "{colored:?}");
    assert!(!plain.contains('\u{1b}') && plain.contains("we could take the train"), "{plain:?}");
}

#[test]
fn data_goes_to_stdout_and_talk_to_stderr() {
    let ran = tellall(&["search", "section:chats", "--limit", "1"]).ended(0);
    assert_eq!(ran.out.lines().count(), 3);
    assert!(ran.err.starts_with("tellall: "));
    let empty = Home::new().run(&["exports"]).ended(1);
    assert_eq!(empty.out, "");
    assert_eq!(empty.err, "tellall: nothing imported yet\ntellall: try: tellall import ARCHIVE\n");
}

#[test]
fn help_and_version_go_to_stdout_and_mistakes_to_stderr() {
    let help = tellall(&["--help"]).ended(0);
    assert!(help.out.contains("Usage:") && help.err.is_empty());
    assert_eq!(tellall(&["--version"]).ended(0).out, format!("tellall {}\n", env!("CARGO_PKG_VERSION")));
    let mistake = tellall(&["search", "--nonsense", "x"]).ended(2);
    assert!(mistake.out.is_empty() && mistake.err.contains("--nonsense"));
    let kind = tellall(&["shared", "--kind", "shoe"]).ended(2);
    assert!(kind.err.contains("one of phone, email, ip"), "{}", kind.err);
}

#[test]
fn completions_and_the_manual_name_every_command() {
    let help = tellall(&["--help"]).ended(0).out;
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names: Vec<&str> = commands
        .filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' '))?.split_whitespace().next())
        .collect();
    assert!(names.len() > 15, "{names:?}");
    let manual = tellall(&["man"]).ended(0).out;
    let shells = ["bash", "zsh", "fish"].map(|shell| tellall(&["completions", shell]).ended(0).out);
    for name in names.into_iter().filter(|name| *name != "help") {
        assert!(manual.contains(name), "the manual lacks {name}");
        assert!(shells.iter().all(|script| script.contains(name)), "a shell lacks {name}");
    }
}

#[cfg(unix)]
fn mode(path: &std::path::Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).expect("it is there").permissions().mode() & 0o777
}

#[cfg(unix)]
#[test]
fn the_index_is_for_its_owner_alone() {
    let mut files = 0;
    for entry in walkdir::WalkDir::new(world().home.index()) {
        let entry = entry.expect("it can be read");
        let expected = if entry.file_type().is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode(entry.path()), expected, "{}", entry.path().display());
        files += usize::from(entry.file_type().is_file());
    }
    assert!(files > 50);
}

#[test]
fn a_summary_is_written_for_its_owner_and_never_over_another_file() {
    let file = world().home.path().join("summary.json");
    let name = file.to_str().expect("UTF-8");
    let ran = tellall(&["summary", "--reproducible", "-o", name]).ended(0);
    assert_eq!(ran.out, "");
    assert_eq!(ran.err, format!("tellall: wrote {name}, readable by you alone\n"));
    #[cfg(unix)]
    assert_eq!(mode(&file), 0o600);
    let written = fs::read_to_string(&file).expect("it is written");
    let value: serde_json::Value = serde_json::from_str(&written).expect("JSON");
    assert_eq!(value, tellall(&["summary", "--reproducible"]).ended(0).json());
    fs::write(&file, "mine").expect("it can be written");
    let refused = tellall(&["summary", "-o", name]).ended(2);
    assert_eq!(refused.err, format!("tellall: {name} exists already\ntellall: choose another name, or say --force\n"));
    assert_eq!(fs::read_to_string(&file).expect("it is there"), "mine");
    tellall(&["summary", "--reproducible", "-o", name, "--force"]).ended(0);
    assert_eq!(fs::read_to_string(&file).expect("it is there"), written);
    let nowhere = tellall(&["summary", "-o", "no/such/folder.json"]).ended(2);
    assert!(nowhere.err.starts_with("tellall: writing no/such/folder.json"), "{}", nowhere.err);
}
