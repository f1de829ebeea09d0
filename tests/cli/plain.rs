//! `--plain`: lines in, transcript out. It is what a screen reader reads and a pipe can drive.

use crate::world::{Home, world};
use std::io::Write as _;
use std::process::{Command, Stdio};

/// The transcript of the line mode over the index of the samples.
fn transcript(lines: &str) -> String {
    ended(world().home.command(&["--plain"]), lines, 0)
}

fn ended(mut command: Command, lines: &str, status: i32) -> String {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    child.stdin.take().expect("a pipe").write_all(lines.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    let (out, err) = (String::from_utf8(output.stdout).expect("UTF-8"), String::from_utf8_lossy(&output.stderr));
    assert_eq!((output.status.code(), err.as_ref()), (Some(status), ""), "{out}");
    assert!(!out.chars().any(|c| c.is_control() && c != '\n'), "no control reaches the terminal: {out:?}");
    out
}

fn snapshot(name: &str, lines: &str) {
    let shown = transcript(lines);
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "../snapshots" }, {
        insta::assert_snapshot!(format!("plain_{name}"), shown);
    });
}

#[test]
fn a_company_is_opened_down_to_a_record_and_its_source() {
    snapshot("fields", "1\n1\n1\n1\nb\nb\nq\n");
}

#[test]
fn search_goes_by_pages_and_into_a_conversation() {
    snapshot("search", "/lunch\n1\n1\nq\n");
}

#[test]
fn a_query_with_a_mistake_says_what_was_expected() {
    snapshot("mistake", "/after:x\nnonsense\n99\nb\nn\n?\nq\n");
}

#[test]
fn what_ties_companies_together() {
    snapshot("tied", "i\n1\n1\na\nc\nw\nq\n");
}

#[test]
fn when_who_and_what_is_missing() {
    snapshot("time", "t\n1\n1\ne\nv\nk\n1\ng\n3\nq\n");
}

#[test]
fn the_environment_asks_for_it_as_well() {
    for (name, value) in [("TELLALL_PLAIN", "1"), ("TERM", "dumb")] {
        let mut command = world().home.command(&[]);
        command.env(name, value);
        assert!(ended(command, "q\n", 0).starts_with("tellall: "));
    }
}

#[test]
fn an_empty_index_says_how_to_begin_and_ends_with_1() {
    let out = ended(Home::new().command(&["--plain"]), "", 1);
    assert!(out.contains("Nothing imported yet. tellall import PATH"), "{out}");
}

#[test]
fn hidden_values_show_nowhere() {
    let out = transcript("H\n1\n1\n1\n1\ni\n1\n1\na\n1\n1\ne\n1\nv\n1\nc\n1\nk\nw\n/rosa\n1\nq\n");
    for planted in [".json", ".html", ".csv", "900123", "@example", "Marta", "Zoë", "203.0.113", "198.51.100"] {
        let lines: Vec<&str> = out.lines().filter(|line| line.contains(planted)).collect();
        assert!(lines.is_empty(), "{planted}: {lines:#?}");
    }
}
