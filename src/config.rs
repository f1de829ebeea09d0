//! The settings. One table tells what can be set; the person's file gives some of it, the environment and the command line go
//! before the file. Whatever is wrong in the file costs that one setting, and is told with its line.

mod keys;

pub use keys::Bound;

use crate::tables::{Mistake, Notes, Table};
use crate::tui::bidi;
use crate::tui::keys::{Base, Keymap};
use crate::tui::look::Ink;
use crate::tui::photo::Choice;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use toml::de::DeTable;

/// Bytes of a file beyond which it is none of settings.
const LARGEST: u64 = 1 << 20;

/// What a person can set, keys apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    pub theme: Ink,
    pub ascii: bool,
    pub mouse: bool,
    pub reduced_motion: bool,
    pub hide_values: bool,
    pub images: Choice,
    pub bidi: bidi::Choice,
    pub bell: bool,
    pub scan_downloads: bool,
    pub history: bool,
    pub emails: Vec<String>,
    pub phones: Vec<String>,
    pub extends: Base,
    /// Unpacked over packed bytes beyond which an entry is taken for a bomb.
    pub max_ratio: u64,
    /// Bytes that one import may unpack.
    pub max_bytes: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Ink::default(),
            ascii: false,
            mouse: true,
            reduced_motion: false,
            hide_values: false,
            images: Choice::default(),
            bidi: bidi::Choice::default(),
            bell: false,
            scan_downloads: true,
            history: true,
            emails: Vec::new(),
            phones: Vec::new(),
            extends: Base::default(),
            max_ratio: 200,
            max_bytes: 16 << 40,
        }
    }
}

/// One line of the table.
pub struct Setting {
    /// Table and key, as in `me.emails`.
    pub name: &'static str,
    /// What it does, and what may be written.
    pub says: &'static str,
    take: fn(&mut Table<'_>, &'static str, &mut Settings) -> Option<()>,
    show: fn(&Settings) -> Value,
}

impl Setting {
    /// The table it stands in, empty for none, and its key there.
    pub fn split(&self) -> (&'static str, &'static str) {
        self.name.split_once('.').unwrap_or(("", self.name))
    }

    /// Its value; as JSON it is also TOML.
    pub fn value(&self, settings: &Settings) -> Value {
        (self.show)(settings)
    }
}

const BASES: [(&str, Base); 2] = [("default", Base::Table), ("arrows", Base::Arrows)];

/// All settings, in the order in which they are shown.
pub const SETTINGS: &[Setting] = &[
    Setting {
        name: "theme",
        says: "colours: default, high-contrast, okabe-ito, mono, catppuccin-latte, catppuccin-mocha",
        take: |table, key, to| table.word(key, &Ink::ALL.map(Ink::id), Ink::from_id).map(|theme| to.theme = theme),
        show: |settings| json!(settings.theme.id()),
    },
    Setting {
        name: "ascii",
        says: "draw with + - | only",
        take: |table, key, to| table.boolean(key).map(|on| to.ascii = on),
        show: |settings| json!(settings.ascii),
    },
    Setting {
        name: "mouse",
        says: "clicks and the wheel act here; false leaves the mouse to the terminal",
        take: |table, key, to| table.boolean(key).map(|on| to.mouse = on),
        show: |settings| json!(settings.mouse),
    },
    Setting {
        name: "reduced_motion",
        says: "progress changes once a second at most",
        take: |table, key, to| table.boolean(key).map(|on| to.reduced_motion = on),
        show: |settings| json!(settings.reduced_motion),
    },
    Setting {
        name: "hide_values",
        says: "the screens start with values and names hidden",
        take: |table, key, to| table.boolean(key).map(|on| to.hide_values = on),
        show: |settings| json!(settings.hide_values),
    },
    Setting {
        name: "images",
        says: "how photos are shown: auto, off, halfblocks, kitty, sixel, iterm2",
        take: |table, key, to| one_of(table, key, &Choice::ALL).map(|images| to.images = images),
        show: |settings| json!(name_of(settings.images, &Choice::ALL)),
    },
    Setting {
        name: "bidi",
        says: "right-to-left text: auto, terminal (it reorders; isolates keep columns apart), off",
        take: |table, key, to| one_of(table, key, &bidi::Choice::ALL).map(|bidi| to.bidi = bidi),
        show: |settings| json!(name_of(settings.bidi, &bidi::Choice::ALL)),
    },
    Setting {
        name: "bell",
        says: "ring the terminal's bell when an import ends",
        take: |table, key, to| table.boolean(key).map(|on| to.bell = on),
        show: |settings| json!(settings.bell),
    },
    Setting {
        name: "scan_downloads",
        says: "look for archives, by their names, in the download folders",
        take: |table, key, to| table.boolean(key).map(|on| to.scan_downloads = on),
        show: |settings| json!(settings.scan_downloads),
    },
    Setting {
        name: "history",
        says: "remember searches, in the state folder",
        take: |table, key, to| table.boolean(key).map(|on| to.history = on),
        show: |settings| json!(settings.history),
    },
    Setting {
        name: "me.emails",
        says: "e-mail addresses that are your own, where an export does not tell",
        take: |table, key, to| texts(table, key).map(|texts| to.emails = texts),
        show: |settings| json!(settings.emails),
    },
    Setting {
        name: "me.phones",
        says: "numbers that are your own, from the + on",
        take: |table, key, to| texts(table, key).map(|texts| to.phones = texts),
        show: |settings| json!(settings.phones),
    },
    Setting {
        name: "keymaps.extends",
        says: "keys to begin with: default, or arrows (no letter acts alone)",
        take: |table, key, to| one_of(table, key, &BASES).map(|base| to.extends = base),
        show: |settings| json!(name_of(settings.extends, &BASES)),
    },
    Setting {
        name: "limits.max_ratio",
        says: "an entry that unpacks to more than so many times its size is not read on",
        take: |table, key, to| number(table, key).map(|ratio| to.max_ratio = ratio),
        show: |settings| json!(settings.max_ratio),
    },
    Setting {
        name: "limits.max_bytes",
        says: "what one import may unpack, at most: 500M, 200G, 2T",
        take: |table, key, to| bytes(table, key).map(|bytes| to.max_bytes = bytes),
        show: |settings| json!(size(settings.max_bytes)),
    },
];

fn one_of<T: Copy>(table: &mut Table<'_>, key: &'static str, of: &[(&'static str, T)]) -> Option<T> {
    let names: Vec<&'static str> = of.iter().map(|(name, _)| *name).collect();
    table.word(key, &names, |word| of.iter().find(|(name, _)| *name == word).map(|(_, value)| *value))
}

fn name_of<T: Copy + PartialEq>(value: T, of: &[(&'static str, T)]) -> &'static str {
    of.iter().find(|(_, known)| *known == value).map_or("", |(name, _)| name)
}

/// A number from 1 on.
fn number(table: &mut Table<'_>, key: &'static str) -> Option<u64> {
    let number = table.number(key)?;
    if number.value == 0 {
        table.wrong(
            number.line,
            format!("`{key}` of `limits`: nothing could be read with 0"),
            "write a number from 1 on",
        );
        return None;
    }
    Some(u64::from(number.value))
}

/// Letters of sizes, each 1024 times the one before.
const UNITS: [char; 4] = ['K', 'M', 'G', 'T'];

fn bytes(table: &mut Table<'_>, key: &'static str) -> Option<u64> {
    let text = table.text(key)?;
    let written = text.value.trim().to_ascii_uppercase();
    let unit = UNITS.iter().position(|unit| written.ends_with(*unit));
    let digits = written.trim_end_matches(UNITS);
    let scale = unit.map_or(1, |unit| 1024u64.pow(unit as u32 + 1));
    let bytes = digits.parse::<u64>().ok().and_then(|number| number.checked_mul(scale)).filter(|bytes| *bytes > 0);
    if bytes.is_none() {
        table.wrong(
            text.line,
            format!("`{key}` of `limits`: `{}` is no size", text.value),
            "write it as 500M, 200G or 2T",
        );
    }
    bytes
}

/// `16T`; in the largest unit that is exact.
fn size(bytes: u64) -> String {
    let exact = |(power, unit): (u32, char)| {
        let scale = 1024u64.pow(power);
        bytes.is_multiple_of(scale).then(|| format!("{}{unit}", bytes / scale))
    };
    [1, 2, 3, 4].into_iter().zip(UNITS).rev().find_map(exact).unwrap_or_else(|| bytes.to_string())
}

/// Texts that say something; `None` if the key is not there.
fn texts(table: &mut Table<'_>, key: &'static str) -> Option<Vec<String>> {
    let texts = table.texts(key).into_iter().map(|text| text.value).filter(|text| !text.trim().is_empty()).collect();
    table.line_of(key).map(|_| texts)
}

/// Where a value came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Default,
    /// This line of the file.
    Line(usize),
    Variable(&'static str),
    Option(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::Line(line) => write!(f, "line {line}"),
            Self::Variable(name) => write!(f, "${name}"),
            Self::Option(name) => f.write_str(name),
        }
    }
}

/// The settings of this run.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The file, whether it is there or not; `None` if nobody knows where it would be.
    pub file: Option<PathBuf>,
    pub settings: Settings,
    /// Keys that the person bound, each once.
    pub bound: Vec<Bound>,
    pub mistakes: Vec<Mistake>,
    origins: BTreeMap<&'static str, Origin>,
}

impl Config {
    /// Reads a file; one that is not there sets nothing.
    pub fn read(file: &Path) -> Self {
        let read = match std::fs::metadata(file) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
            Ok(about) if about.len() > LARGEST => Err("it is too large for a file of settings".to_owned()),
            _ => std::fs::read_to_string(file).map_err(|error| error.to_string()),
        };
        let mut config = match read {
            Ok(text) => Self::parse(&text),
            Err(why) => {
                let cure = "none of it is used".to_owned();
                let mistake = Mistake { line: 0, what: format!("cannot be read: {why}"), cure };
                Self { mistakes: vec![mistake], ..Self::default() }
            }
        };
        config.file = Some(file.to_owned());
        config
    }

    /// What a text sets. If it is no TOML, nothing.
    pub fn parse(text: &str) -> Self {
        let notes = Notes::of(text, "`tellall config show`");
        let (root, errors) = DeTable::parse_recoverable(text);
        let mut config = Self::default();
        let (doubles, errors): (Vec<_>, Vec<_>) =
            errors.into_iter().partition(|error| error.message().contains("duplicate key"));
        for error in &errors {
            notes.no_toml(error);
        }
        if errors.is_empty() {
            let refused: Vec<_> =
                doubles.iter().filter_map(|error| keys::doubled(error, text, &root, &notes)).collect();
            config.take(Table::of(root.get_ref(), "the settings", 0, &notes), &refused);
        }
        config.mistakes = notes.into_mistakes();
        config
    }

    /// `refused`: lines of keys that were written twice.
    fn take(&mut self, mut root: Table<'_>, refused: &[usize]) {
        let mut tables: BTreeMap<&str, Table<'_>> = BTreeMap::new();
        for name in ["me", "keymaps", "limits"] {
            tables.extend(root.table(name).map(|table| (name, table)));
        }
        for setting in SETTINGS {
            let (table, key) = setting.split();
            let Some(table) = (if table.is_empty() { Some(&mut root) } else { tables.get_mut(table) }) else {
                continue;
            };
            let line = table.line_of(key).unwrap_or_default();
            if (setting.take)(table, key, &mut self.settings).is_some() {
                self.origins.insert(setting.name, Origin::Line(line));
            }
        }
        if let Some(table) = root.table("keys") {
            self.bound = keys::read(table, refused);
        }
        tables.into_values().for_each(Table::finish);
        root.finish();
    }

    /// Sets what goes before the file.
    pub fn overrule(&mut self, name: &'static str, origin: Origin, change: impl FnOnce(&mut Settings)) {
        change(&mut self.settings);
        self.origins.insert(name, origin);
    }

    pub fn origin(&self, setting: &Setting) -> Origin {
        self.origins.get(setting.name).copied().unwrap_or(Origin::Default)
    }

    /// All keys as this person has them.
    pub fn keymap(&self) -> Keymap {
        let own: Vec<_> = self.bound.iter().map(|bound| bound.own).collect();
        Keymap::new(self.settings.extends, &own)
    }

    /// Values that are the person's own.
    pub fn owners(&self) -> impl Iterator<Item = &String> {
        self.settings.emails.iter().chain(&self.settings.phones)
    }
}

#[cfg(test)]
mod tests;
