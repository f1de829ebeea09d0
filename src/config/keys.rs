//! Keys that a person binds: `[keys.fields]` and the like.

use crate::spelling;
use crate::tables::{At, Notes, Table};
use crate::tui::keys::{Binding, CONTEXTS, Chord, Context, Key, Own, TABLE};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What makes a key do nothing.
const NONE: &str = "none";

/// A key and the line that binds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    pub own: Own,
    pub line: usize,
}

/// Reads the tables of all contexts. `refused`: lines of keys that were written twice.
pub(super) fn read(mut keys: Table<'_>, refused: &[usize]) -> Vec<Bound> {
    let mut bound: Vec<Bound> = Vec::new();
    let notes = keys.notes;
    for (name, context) in CONTEXTS {
        let Some(table) = keys.table(name) else { continue };
        let here = table.pairs().into_iter().filter(|(key, _)| !refused.contains(&key.line));
        let here: Vec<Bound> = here.filter_map(|(key, id)| binding(context, name, &key, &id, notes)).collect();
        bound.extend(once(&here, name, notes));
    }
    keys.finish();
    bound
}

/// Those whose key is bound once; the others are told, all their lines at a time.
fn once(here: &[Bound], name: &str, notes: &Notes) -> Vec<Bound> {
    let same = |one: &Bound| here.iter().filter(|other| other.own.chord == one.own.chord).copied().collect::<Vec<_>>();
    let (mut single, mut told) = (Vec::new(), Vec::new());
    for &one in here {
        match same(&one).as_slice() {
            [_] => single.push(one),
            several if !told.contains(&one.own.chord) => {
                told.push(one.own.chord);
                let lines: Vec<usize> = several.iter().map(|bound| bound.line).collect();
                tell_twice(&one.own.chord.to_string(), name, &lines, notes);
            }
            _ => {}
        }
    }
    single
}

fn tell_twice(key: &str, table: &str, lines: &[usize], notes: &Notes) {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    let what = format!("`{key}` is bound twice in [keys.{table}], in lines {first} and {last}");
    notes.add(*first, what, "keep one of them; its default holds until then");
}

fn binding(context: Context, name: &str, key: &At<String>, id: &At<String>, notes: &Notes) -> Option<Bound> {
    let Ok(chord) = key.value.parse::<Chord>() else {
        notes.add(
            key.line,
            format!("`{}` is no key", key.value),
            "write it as x, ctrl-f, alt-b, g x, enter, pgdn or f5",
        );
        return None;
    };
    if context == Context::Input && matches!(chord, Chord::G(_) | Chord::One(Key::Char(_))) {
        notes.add(key.line, format!("`{}` types while one is typing", key.value), "bind a key with ctrl or alt here");
        return None;
    }
    let id = if id.value == NONE { None } else { Some(known(context, name, id, notes)?.id) };
    Some(Bound { own: Own { context, chord, id }, line: key.line })
}

/// The action of this id, if it can have a key here.
fn known(context: Context, name: &str, id: &At<String>, notes: &Notes) -> Option<&'static Binding> {
    let may = |binding: &&Binding| [context, Context::Global].contains(&binding.context);
    let Some(binding) = TABLE.iter().find(|binding| binding.id == id.value) else {
        let near = spelling::nearest(&id.value, TABLE.iter().filter(may).map(|binding| binding.id));
        let cure = near
            .map_or_else(|| "`tellall config keys` lists them".to_owned(), |near| format!("did you mean `{near}`?"));
        notes.add(id.line, format!("`{}` is no action", id.value), cure);
        return None;
    };
    if may(&binding) {
        return Some(binding);
    }
    let home = CONTEXTS.iter().find(|(_, context)| *context == binding.context);
    let cure =
        home.map_or_else(|| "its keys cannot be changed".to_owned(), |(home, _)| format!("bind it in [keys.{home}]"));
    notes.add(id.line, format!("`{}` cannot be done in [keys.{name}]", id.value), cure);
    None
}

/// Tells of a key that TOML itself finds twice in one table. Gives the line of the first, which is not used either if it binds
/// a key.
pub(super) fn doubled(
    error: &toml::de::Error,
    text: &str,
    root: &Spanned<DeTable<'_>>,
    notes: &Notes,
) -> Option<usize> {
    let span = error.span()?;
    let written = text.get(span.clone())?.trim_matches(['"', '\'']);
    let second = notes.line(&span);
    let mut found = Vec::new();
    positions(root.get_ref(), "", written, &mut found);
    let first = found.into_iter().filter(|(at, _)| *at < span.start).max_by_key(|(at, _)| *at);
    let (first, table) = first.map(|(at, table)| (notes.line(&(at..at)), table))?;
    match table.strip_prefix("keys.") {
        Some(context) => {
            tell_twice(written, context, &[first, second], notes);
            return Some(first);
        }
        None => notes.add(second, format!("`{written}` was written before, in line {first}"), "keep one of them"),
    }
    None
}

/// Where a key of this name stands: its place, and the table it is in.
fn positions(table: &DeTable<'_>, path: &str, name: &str, found: &mut Vec<(usize, String)>) {
    for (key, value) in table {
        if key.get_ref().as_ref() == name {
            found.push((key.span().start, path.to_owned()));
        }
        if let DeValue::Table(inner) = value.get_ref() {
            let path = if path.is_empty() { key.get_ref().to_string() } else { format!("{path}.{}", key.get_ref()) };
            positions(inner, &path, name, found);
        }
    }
}
