//! A JSON document folded to one place: the way to it stands open, what lies beside the way is one line each, to be unfolded.

use super::around::{Fold, Line};
use super::secrets::Secrets;
use serde_json::Value;
use std::ops::Range;

/// Lines laid out at most; what is beyond is said to be left out.
const MOST: usize = 20_000;
/// What lies beside the way, on each side.
const BESIDE: usize = 200;
/// Neighbours that are shown without being folded together.
const FEW: usize = 3;
/// Bytes of a value that are laid out.
const VALUE: usize = 64 << 10;

/// One step of the way to a place.
pub struct Step<'v> {
    /// Number of the child among its siblings.
    pub at: usize,
    /// Its key; an element of a list has none.
    pub key: Option<&'v str>,
    pub value: &'v Value,
}

/// The way to a place such as `messages[17].content`; empty for the whole. Keys may hold dots: the longest that fits is taken.
pub fn steps<'v>(root: &'v Value, place: &str) -> Option<Vec<Step<'v>>> {
    let (mut value, mut place, mut way) = (root, place.strip_prefix('.').unwrap_or(place), Vec::new());
    while !place.is_empty() {
        let (step, rest) = step(value, place)?;
        (value, place) = (step.value, rest.strip_prefix('.').unwrap_or(rest));
        way.push(step);
    }
    Some(way)
}

/// The last two keys of a way: the one above and the last.
pub fn keys_of<'v>(way: &[Step<'v>]) -> (Option<&'v str>, Option<&'v str>) {
    let mut keys = way.iter().rev().filter_map(|step| step.key);
    let key = keys.next();
    (keys.next(), key)
}

fn step<'v, 'p>(value: &'v Value, place: &'p str) -> Option<(Step<'v>, &'p str)> {
    match value {
        Value::Array(items) => {
            let (index, rest) = place.strip_prefix('[')?.split_once(']')?;
            let at = index.parse::<usize>().ok()?;
            Some((Step { at, key: None, value: items.get(at)? }, rest))
        }
        Value::Object(members) => {
            let fits =
                |key: &str| place.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
            let named = members.iter().enumerate().filter(|(_, (key, _))| fits(key));
            let (at, (key, next)) = named.max_by_key(|(_, (key, _))| key.len())?;
            Some((Step { at, key: Some(key), value: next }, place.strip_prefix(key.as_str())?))
        }
        _ => None,
    }
}

/// The lines of a document, and which of them are the place.
pub fn lines(root: &Value, way: &[Step<'_>], secrets: &Secrets) -> (Vec<Line>, Range<usize>) {
    let mut out = Out { secrets, lines: Vec::new(), place: 0..0, full: false };
    out.on_the_way(&Child { value: root, name: Name::Root, above: None, key: None }, 0, way);
    if out.full {
        out.lines.push(Line::note(0, "the rest is not laid out here"));
    }
    (out.lines, out.place)
}

/// A value of the document, and the keys it stands below.
struct Child<'v> {
    value: &'v Value,
    name: Name<'v>,
    above: Option<&'v str>,
    key: Option<&'v str>,
}

#[derive(Clone, Copy)]
enum Name<'v> {
    Key(&'v str),
    Item(usize),
    Root,
}

impl Name<'_> {
    fn text(self) -> String {
        match self {
            Self::Key(key) => key.to_owned(),
            Self::Item(at) => format!("[{at}]"),
            Self::Root => String::new(),
        }
    }
}

impl<'v> Child<'v> {
    /// What is inside; nothing, if it is a plain value.
    fn children(&self) -> Vec<Child<'v>> {
        let (above, key) = (self.above, self.key);
        match self.value {
            Value::Array(items) => {
                let item = |(at, value)| Child { value, name: Name::Item(at), above, key };
                items.iter().enumerate().map(item).collect()
            }
            Value::Object(members) => {
                let member = |(name, value): (&'v String, _)| Child {
                    value,
                    name: Name::Key(name),
                    above: key,
                    key: Some(name.as_str()),
                };
                members.iter().map(member).collect()
            }
            _ => Vec::new(),
        }
    }
}

struct Out<'s> {
    secrets: &'s Secrets,
    lines: Vec<Line>,
    place: Range<usize>,
    full: bool,
}

impl Out<'_> {
    fn push(&mut self, depth: u16, fold: Fold, name: String, value: String) -> bool {
        self.full |= self.lines.len() >= MOST;
        if !self.full {
            self.lines.push(Line { depth, fold, number: None, name, cells: vec![value] });
        }
        !self.full
    }

    fn on_the_way(&mut self, child: &Child<'_>, depth: u16, way: &[Step<'_>]) {
        let Some((step, rest)) = way.split_first() else {
            let start = self.lines.len();
            self.whole(child, depth, Fold::Open);
            self.place = start..self.lines.len();
            return;
        };
        self.push(depth, Fold::Open, child.name.text(), summary(child.value));
        let children = child.children();
        self.beside(children.get(..step.at).unwrap_or_default(), depth + 1, "before");
        if let Some(next) = children.get(step.at) {
            self.on_the_way(next, depth + 1, rest);
        }
        self.beside(children.get(step.at + 1..).unwrap_or_default(), depth + 1, "after");
    }

    /// Siblings of a step: a few as they are, many as one line.
    fn beside(&mut self, siblings: &[Child<'_>], depth: u16, side: &str) {
        let depth = if siblings.len() > FEW {
            self.push(depth, Fold::Closed, String::new(), format!("… {} {side}", siblings.len()));
            depth + 1
        } else {
            depth
        };
        let far = siblings.len().saturating_sub(BESIDE);
        let near = match side {
            "before" => siblings.get(far..),
            _ => siblings.get(..siblings.len() - far),
        };
        if far > 0 && side == "before" {
            self.lines.push(Line::note(depth, &format!("{far} more are farther away")));
        }
        for child in near.unwrap_or_default() {
            self.whole(child, depth, Fold::Closed);
        }
        if far > 0 && side != "before" {
            self.lines.push(Line::note(depth, &format!("{far} more are farther away")));
        }
    }

    fn whole(&mut self, child: &Child<'_>, depth: u16, fold: Fold) {
        let children = child.children();
        let fold = if children.is_empty() { Fold::Leaf } else { fold };
        if !self.push(depth, fold, child.name.text(), self.plain(child)) {
            return;
        }
        for child in &children {
            self.whole(child, depth + 1, fold);
        }
    }

    fn plain(&self, child: &Child<'_>) -> String {
        if matches!(child.value, Value::Array(_) | Value::Object(_)) {
            return summary(child.value);
        }
        let mut value = child.value.clone();
        self.secrets.hide(child.above, child.key.unwrap_or_default(), &mut value);
        summary(&value)
    }
}

/// A plain value as written; of the rest, how much is in it.
fn summary(value: &Value) -> String {
    let counted = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    match value {
        Value::Array(items) => format!("[ {} ]", counted(items.len(), "item", "items")),
        Value::Object(members) => format!("{{ {} }}", counted(members.len(), "key", "keys")),
        Value::String(text) if text.len() > VALUE => {
            let end = (0..=VALUE).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            format!("\"{}… ({} bytes)\"", text.get(..end).unwrap_or_default(), text.len())
        }
        Value::String(text) => format!("\"{text}\""),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(root: &Value, place: &str) -> Vec<String> {
        let way = steps(root, place).expect("the place is there");
        let (lines, at) = lines(root, &way, &Secrets::default());
        let line = |(number, line): (usize, &Line)| {
            let mark = if at.contains(&number) { ">" } else { " " };
            let fold = match line.fold {
                Fold::Leaf => ' ',
                Fold::Open => '-',
                Fold::Closed => '+',
            };
            format!("{mark}{fold}{}{} {}", "  ".repeat(usize::from(line.depth)), line.name, line.cells.join(""))
        };
        lines.iter().enumerate().map(line).collect()
    }

    #[test]
    fn the_way_stands_open_and_what_lies_beside_it_is_folded() {
        let root = serde_json::json!({ "title": "Family", "messages": [1, 2, 3, 4, { "text": "hi", "at": [7] }, 5] });
        assert_eq!(
            shown(&root, "messages[4]"),
            [
                " - { 2 keys }",
                "    title \"Family\"",
                " -  messages [ 6 items ]",
                " +     … 4 before",
                "        [0] 1",
                "        [1] 2",
                "        [2] 3",
                "        [3] 4",
                ">-    [4] { 2 keys }",
                ">       text \"hi\"",
                ">-      at [ 1 item ]",
                ">         [0] 7",
                "      [5] 5",
            ]
        );
    }

    #[test]
    fn far_neighbours_are_counted_and_not_laid_out() {
        let root = serde_json::json!((0..100_000).collect::<Vec<u32>>());
        let way = steps(&root, "[50000]").expect("it is there");
        let (lines, at) = lines(&root, &way, &Secrets::default());
        assert!(lines.len() < 500, "{}", lines.len());
        assert_eq!(lines[at.start].name, "[50000]");
    }
}
