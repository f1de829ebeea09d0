//! The keys as this person has them: those of the table, changed by the settings. What a person bound always wins.

use super::{Action, Binding, Chord, Context, Key, Meaning, TABLE};
use crate::tui::look::Sample;

/// Which keys there are before a person changes any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Base {
    #[default]
    Table,
    /// No letter acts alone: arrows, named keys, digits and signs only. What has no key is run from the palette.
    Arrows,
}

/// A key that a person bound, or unbound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Own {
    pub context: Context,
    pub chord: Chord,
    /// Id of the action; `None`: the key does nothing here.
    pub id: Option<&'static str>,
}

/// An action and the keys it has now.
#[derive(Debug, Clone)]
pub struct Row {
    pub binding: &'static Binding,
    /// That of the table, or a nearer one where the person wants it.
    pub context: Context,
    pub keys: Vec<Chord>,
}

impl Row {
    /// `j ↓`
    pub fn keys_shown(&self) -> String {
        self.keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }
}

/// A key of the table that a person's own took.
#[derive(Debug, Clone, Copy)]
pub struct Dropped {
    pub binding: &'static Binding,
    pub own: Own,
}

/// All actions with their keys.
#[derive(Debug, Clone)]
pub struct Keymap {
    rows: Vec<Row>,
    dropped: Vec<Dropped>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self::new(Base::Table, &[])
    }
}

impl Keymap {
    pub fn new(base: Base, own: &[Own]) -> Self {
        let row = |binding: &'static Binding| {
            let keys = binding.keys.iter().copied().filter(|&chord| holds(base, binding.context, chord)).collect();
            Row { binding, context: binding.context, keys }
        };
        let mut map = Self { rows: TABLE.iter().map(row).collect(), dropped: Vec::new() };
        for &own in own {
            map.bind(own);
        }
        map
    }

    fn bind(&mut self, own: Own) {
        for row in self.rows.iter_mut().filter(|row| row.context == own.context && row.keys.contains(&own.chord)) {
            row.keys.retain(|&chord| chord != own.chord);
            if own.id != Some(row.binding.id) {
                self.dropped.push(Dropped { binding: row.binding, own });
            }
        }
        let Some(binding) = own.id.and_then(|id| TABLE.iter().find(|binding| binding.id == id)) else { return };
        let here = |row: &&mut Row| row.binding.id == binding.id && row.context == own.context;
        match self.rows.iter_mut().find(here) {
            Some(row) => row.keys.insert(0, own.chord),
            None => self.rows.push(Row { binding, context: own.context, keys: vec![own.chord] }),
        }
    }

    /// Keys of the table that the person's own took, in the order of the settings.
    pub fn dropped(&self) -> &[Dropped] {
        &self.dropped
    }

    /// All actions, in the order of the table.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// What `key` means on a screen of this context; `after_g`: the key before was a lone `g`.
    pub fn meaning(&self, context: Context, key: Key, after_g: bool) -> Meaning {
        let chord = match (after_g, key) {
            (true, Key::Char(c)) => Chord::G(c),
            (true, _) => return Meaning::Nothing,
            (false, key) => Chord::One(key),
        };
        let bound = |context: &Context| {
            let has = |row: &&Row| row.context == *context && row.keys.contains(&chord);
            self.rows.iter().find(has).map(|row| row.binding.action)
        };
        match contexts(context).iter().find_map(bound) {
            Some(action) => Meaning::Do(action),
            None if key == Key::Char('g') && !self.after_g(context).is_empty() => Meaning::Wait,
            None => Meaning::Nothing,
        }
    }

    /// The actions that a person can use on a screen of this context, nearest context first.
    pub fn usable(&self, context: Context) -> Vec<&Row> {
        let order = contexts(context);
        order.iter().flat_map(|context| self.rows.iter().filter(move |row| row.context == *context)).collect()
    }

    /// What can follow `g` on a screen of this context.
    pub fn after_g(&self, context: Context) -> Vec<(char, &'static Binding)> {
        let second = |row: &Row| {
            row.keys.iter().find_map(|key| match key {
                Chord::G(c) => Some((*c, row.binding)),
                Chord::One(_) => None,
            })
        };
        self.usable(context).into_iter().filter_map(second).collect()
    }

    /// The first key of an action; empty if it has none.
    pub fn key_of(&self, id: &str) -> String {
        let row = self.rows.iter().find(|row| row.binding.id == id && !row.keys.is_empty());
        row.and_then(|row| row.keys.first()).map(ToString::to_string).unwrap_or_default()
    }

    /// The first key of what an action does in a context; empty if it has none.
    pub fn key_in(&self, context: Context, action: Action) -> String {
        let row = self.rows.iter().find(|row| row.context == context && row.binding.action == action);
        row.and_then(|row| row.keys.first()).map(ToString::to_string).unwrap_or_default()
    }

    /// `key words`, for titles and hints inside a screen: `v next view`. Without a key, nothing.
    pub fn hint(&self, id: &str, words: &str) -> String {
        let key = self.key_of(id);
        if key.is_empty() { key } else { format!("{key} {words}") }
    }

    /// `key words` for the footer, nearest context first; of two for one key, the nearer. Sample data only where it is offered.
    pub fn hints(&self, context: Context, sample: Sample) -> Vec<(Chord, &'static Binding)> {
        let mut hints: Vec<(Chord, &'static Binding)> = Vec::new();
        for row in self.usable(context) {
            let Some(key) = row.keys.first() else { continue };
            let offered = row.binding.action != Action::Sample || sample == Sample::Offered;
            if !row.binding.hint.is_empty() && offered && hints.iter().all(|(taken, _)| taken != key) {
                hints.push((*key, row.binding));
            }
        }
        hints
    }
}

/// Whether a key of the table belongs to a base.
fn holds(base: Base, context: Context, chord: Chord) -> bool {
    let is_letter = match chord {
        Chord::One(Key::Char(c)) => c.is_alphabetic(),
        Chord::G(_) => true,
        Chord::One(_) => false,
    };
    base == Base::Table || context == Context::Confirm || !is_letter
}

/// The contexts that hold on a screen, nearest first.
fn contexts(context: Context) -> Vec<Context> {
    match context {
        Context::Input | Context::Confirm => vec![context],
        Context::Global => vec![Context::Global],
        screen => vec![screen, Context::Global],
    }
}
