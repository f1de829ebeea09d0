//! The rules of the house that a compiler does not know: who may import whom, what is not in the tree, what belongs together.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below `src`, by its path from there, without its tests.
fn sources() -> BTreeMap<String, String> {
    let src = root().join("src");
    let files = walkdir::WalkDir::new(&src).into_iter().map(|entry| entry.expect("src can be read"));
    files
        .filter(|entry| entry.path().extension().is_some_and(|end| end == "rs"))
        .map(|entry| {
            let name = entry.path().strip_prefix(&src).expect("below src").to_string_lossy().into_owned();
            let text = fs::read_to_string(entry.path()).expect("a source file");
            let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default().to_owned();
            (name, code)
        })
        .filter(|(name, _)| !name.ends_with("tests.rs") && !name.contains("/tests/"))
        .collect()
}

/// The module of the crate a file belongs to: `decode/json.rs` → `decode`.
fn layer(name: &str) -> &str {
    name.split('/').next().unwrap_or(name).trim_end_matches(".rs")
}

/// Modules of the crate that a file names.
fn imports(code: &str) -> BTreeSet<String> {
    let code = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut named = BTreeSet::new();
    for piece in code.split("crate::").skip(1) {
        let list = piece.strip_prefix('{').map(|rest| rest.split('}').next().unwrap_or(rest));
        for name in list.map_or_else(|| vec![piece], |list| list.split(',').collect()) {
            named.insert(name.trim().chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect());
        }
    }
    named
}

/// The absences of `ARCHITECTURE.md`: each layer, and the modules it must not know.
const ABSENCES: [(&str, &str); 14] = [
    ("record", "classify cli container decode emit import index query recognise report sheets tui"),
    ("container", "classify cli decode emit import index query recognise report sheets tui"),
    ("decode", "cli container import index query recognise report tui"),
    ("emit", "cli container import index query recognise report tui"),
    ("sheets", "cli container emit import index query recognise report tui"),
    ("classify", "cli container emit import query recognise report tui"),
    ("index", "classify cli container decode emit import query recognise report sheets tui"),
    ("query", "cli container decode emit import recognise report sheets tui"),
    ("report", "cli container decode emit import recognise tui"),
    ("recognise", "cli emit import index query report tui"),
    ("import", "cli query tui"),
    ("config", "classify cli container decode emit import index query recognise report sheets"),
    ("tables", "classify cli container decode emit import index query recognise report sheets tui"),
    ("text", "classify cli container decode emit import index query recognise report sheets tui"),
];

#[test]
fn no_layer_knows_what_it_must_not() {
    let mut broken = Vec::new();
    for (name, code) in sources() {
        let Some((_, absent)) = ABSENCES.iter().find(|(known, _)| *known == layer(&name)) else { continue };
        let named = imports(&code);
        broken.extend(
            absent.split(' ').filter(|module| named.contains(*module)).map(|module| format!("{name} names {module}")),
        );
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn a_view_never_sees_a_container_a_sheet_or_the_engine() {
    let views =
        sources().into_iter().filter(|(name, _)| name.starts_with("tui/screens/") || name.starts_with("tui/widgets/"));
    let mut seen = 0;
    for (name, code) in views {
        seen += 1;
        for module in ["container", "sheets", "index", "decode", "emit"] {
            assert!(!imports(&code).contains(module), "{name} names {module}");
        }
    }
    assert!(seen > 5, "the screens are where this test looks for them");
}

#[test]
fn only_the_runtime_touches_the_terminal() {
    for (name, code) in sources() {
        let touches =
            ["crossterm::terminal", "enable_raw_mode", "EnterAlternateScreen"].iter().any(|mark| code.contains(mark));
        assert!(!touches || name.starts_with("tui/runtime"), "{name} touches the terminal");
    }
}

#[test]
fn archives_are_never_unpacked_to_disk() {
    let writes = ["File::create", "create_dir", "fs::write", "OpenOptions", ".extract(", ".unpack("];
    for (name, code) in sources() {
        let may = ["index", "sample", "cli", "export", "tui"].contains(&layer(&name));
        for write in writes {
            assert!(may || !code.contains(write), "{name} holds {write}");
        }
    }
}

#[test]
fn unsafe_stands_in_its_own_small_module() {
    for (name, code) in sources() {
        assert!(!code.contains("unsafe {") || name == "index/map.rs", "{name} holds unsafe code");
    }
    assert!(sources()["index/map.rs"].contains("SAFETY"), "the safety argument stands beside the unsafe code");
}

#[test]
fn nothing_is_put_off() {
    for (name, code) in sources() {
        for mark in ["TODO", "FIXME", "XXX", "todo!(", "unimplemented!(", "dbg!("] {
            assert!(!code.contains(mark), "{name} holds {mark}");
        }
    }
}

/// Crates that open connections. `mio` (by crossterm, for the terminal's own descriptors) is none of them.
const NETWORK: &str = "reqwest hyper ureq curl curl-sys isahc surf attohttpc minreq tokio async-std smol quinn rustls native-tls \
                       openssl openssl-sys tungstenite trust-dns-resolver hickory-resolver h2 socket2 async-net";

const LICENCES: [&str; 13] = [
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unlicense",
    "Unicode-3.0",
    "CC0-1.0",
    "0BSD",
    "bzip2-1.0.6",
    "BSL-1.0",
];

/// What is linked into the program: name and licence of packages reached by normal dependencies, on any platform.
fn linked() -> Vec<(String, String)> {
    let mut cargo = Command::new(env!("CARGO"));
    let arguments =
        ["tree", "--locked", "--edges", "normal", "--target", "all", "--prefix", "none", "--format", "{p}|{l}"];
    let output = cargo.args(arguments).current_dir(root()).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).expect("cargo prints text");
    let named = |line: &str| {
        let (package, licence) = line.split_once('|')?;
        // A package printed before is marked with a star.
        let licence = licence.trim_end_matches("(*)").trim();
        Some((package.split(' ').next()?.to_owned(), licence.to_owned()))
    };
    lines.lines().filter_map(named).collect::<BTreeSet<_>>().into_iter().collect()
}

#[test]
fn no_networking_crate_is_in_the_tree() {
    let linked = linked();
    assert!(linked.len() > 50, "the tree was read");
    let is_network = |name: &str| NETWORK.split_whitespace().any(|known| known == name);
    let found: Vec<_> = linked.iter().filter(|(name, _)| is_network(name)).collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn every_licence_can_be_shipped() {
    let bare = |term: &str| term.trim().trim_matches(|c| c == '(' || c == ')').to_owned();
    let allowed = |expression: &str| {
        let choices = expression.split(" OR ").flat_map(|one| one.split('/'));
        choices.into_iter().any(|choice| choice.split(" AND ").all(|term| LICENCES.contains(&bare(term).as_str())))
    };
    for (name, licence) in linked() {
        // `(A OR B) AND C`: both sides are looked at one by one.
        let both = licence.contains(") AND ") && licence.split(") AND ").all(|side| allowed(&bare(side)));
        assert!(allowed(&licence) || both, "{name} is under {licence}");
    }
}

#[test]
fn nothing_in_the_code_opens_a_socket() {
    for (name, code) in sources() {
        for socket in ["TcpStream", "TcpListener", "UdpSocket", "UnixStream", "UnixListener", "ToSocketAddrs"] {
            assert!(!code.contains(socket), "{name} names {socket}");
        }
    }
}

/// Ids of the sheets that are compiled in.
fn sheets() -> BTreeSet<String> {
    tellall::sheets::Sheets::builtin().all.iter().map(|sheet| sheet.id.clone()).collect()
}

fn names_in(path: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(path).expect("the folder is there").map(|entry| entry.expect("an entry"));
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn every_sheet_has_a_sample_and_every_sample_a_sheet() {
    let files = names_in(&root().join("src/sheets"));
    let files: BTreeSet<String> =
        files.iter().filter_map(|name| name.strip_suffix(".toml")).map(str::to_owned).collect();
    assert_eq!(files, sheets(), "every sheet in src/sheets is compiled in");
    let mut samples = names_in(&root().join("sample_exports"));
    assert!(samples.remove("larkspur"), "the company nobody knows has a sample");
    assert_eq!(samples, sheets());
}

#[test]
fn the_readme_lists_the_companies_that_are_understood() {
    let readme = fs::read_to_string(root().join("README.md")).expect("the README");
    let table = readme.split("<!-- companies -->").nth(1).expect("the README marks its table of companies");
    let mut expected = String::from("\n| company | id | exports seen of |\n| --- | --- | --- |\n");
    for sheet in &tellall::sheets::Sheets::builtin().all {
        let seen: Vec<&str> = sheet.layouts.iter().map(|layout| layout.when.as_str()).collect();
        writeln!(expected, "| {} | `{}` | {} |", sheet.name, sheet.id, seen.join("; ")).expect("a String takes it");
    }
    assert_eq!(table, expected, "copy the right side into README.md");
}

#[test]
fn samples_that_are_made_are_what_their_generator_makes() {
    let made = tempfile::tempdir().expect("a folder");
    tellall::sample::make(made.path()).expect("the samples are made");
    for company in names_in(made.path()) {
        for file in names_in(&made.path().join(&company)) {
            let kept = root().join("sample_exports").join(&company).join(&file);
            let same = fs::read(&kept).ok() == fs::read(made.path().join(&company).join(&file)).ok();
            assert!(same, "{} is not what `cargo run --example make_samples` makes", kept.display());
        }
    }
}
