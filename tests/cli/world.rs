//! A home of its own for every run of the program, and one index of the samples that all tests read.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

/// The export a section is counted in, by its id.
pub const FACEBOOK_2019: &str = "facebook-rosa.quill-2019-01-02";
pub const FACEBOOK_2021: &str = "facebook-rosa.quill-2021-06-01";
pub const FACEBOOK_2023: &str = "facebook-rosa.quill-2023-05-20";
pub const FACEBOOK_2024: &str = "facebook-rosa.quill-2024-11-02";
pub const MESSENGER: &str = "messenger-messages-2024-04-01";
pub const LARKSPUR: &str = "unknown-larkspur-data-export-2025-03-01";
pub const WHATSAPP: &str = "whatsapp-44-0123-2024-11-01";
pub const SPANISH_CHAT: &str = "whatsapp-chat-de-whatsapp-con-jose-ibarra-2024-01-07";
pub const ENGLISH_CHAT: &str = "whatsapp-chat-with-ben-zoe-2024-02-29";
pub const GERMAN_CHAT: &str = "whatsapp-chat-mit-marta-quill-2024-01-14";

/// What the program printed, and how it ended.
#[derive(Debug)]
pub struct Ran {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// What it printed as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in: {} {}", self.out, self.err))
    }

    /// The same, if it ended with `status`.
    pub fn ended(self, status: i32) -> Self {
        assert_eq!(self.status, status, "stdout: {}\nstderr: {}", self.out, self.err);
        self
    }
}

/// A home folder with an index in it, and nothing of the person who runs the tests.
pub struct Home {
    folder: TempDir,
}

impl Home {
    pub fn new() -> Self {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a temporary folder");
        Self { folder }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn index(&self) -> PathBuf {
        self.path().join("index")
    }

    /// Writes a file below the home.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("it is below the home")).expect("the folder");
        std::fs::write(&path, bytes).expect("the file");
        path
    }

    /// The program, with a home and an index of its own and no colour asked for.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tellall"));
        command.args(args).stdin(Stdio::null()).env_clear();
        command.env("HOME", self.path()).env("XDG_CONFIG_HOME", self.path().join("config"));
        command.env("XDG_DATA_HOME", self.path().join("data")).env("TELLALL_INDEX", self.index());
        command.current_dir(self.path());
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        ran(&mut self.command(args))
    }

    /// Imports `path`; gives the report.
    pub fn import(&self, path: &Path) -> Value {
        let path = path.to_str().expect("a name in UTF-8");
        self.run(&["import", "--json", path]).ended(0).json()
    }
}

/// Runs a command to its end.
pub fn ran(command: &mut Command) -> Ran {
    let output = command.output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Ran { status: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

/// Samples of three companies and an unknown one, of which every record is counted here.
pub fn samples() -> PathBuf {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    let make = || {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli-samples");
        tellall::sample::make(&folder).expect("the samples are made");
        folder
    };
    MADE.get_or_init(make).clone()
}

/// A home whose index holds all samples, and what the import of them said. Nobody may change it.
pub struct World {
    pub home: Home,
    pub imported: Ran,
}

pub fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let home = Home::new();
        let imported = home.run(&["import", "--json", samples().to_str().expect("a name in UTF-8")]);
        World { home, imported }
    })
}

/// Runs the program on the index of the samples.
pub fn tellall(args: &[&str]) -> Ran {
    world().home.run(args)
}

/// The number that `search --count` prints, and nothing else.
pub fn count(query: &str) -> u64 {
    count_in(&world().home, query)
}

pub fn count_in(home: &Home, query: &str) -> u64 {
    let ran = home.run(&["search", "--count", query]);
    let number: u64 = ran.out.trim_end().parse().unwrap_or_else(|_| panic!("{query}: {ran:?}"));
    assert_eq!(ran.out, format!("{number}\n"), "the number alone");
    assert_eq!(ran.status, i32::from(number == 0), "{query}: {ran:?}");
    number
}

/// The hits of a query, all of them.
pub fn hits(query: &str) -> Vec<Value> {
    let ran = tellall(&["search", "--jsonl", query]);
    ran.out.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// The list at `key`.
pub fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("{key} is no list in {value}"))
}

/// The text at `key`.
pub fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("{key} is no text in {value}"))
}

/// The text of each value at `key`.
pub fn texts<'a>(values: &'a [Value], key: &str) -> Vec<&'a str> {
    values.iter().map(|value| text(value, key)).collect()
}
