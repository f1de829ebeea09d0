//! A JSON document folded to one place: the way to it stands open, what lies beside the way is one line each, to be unfolded.

use super::around::{Fold, Line};
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
    pub value: &'v Value,
}

/// The way to a place such as `messages[17].content`; empty for the whole. Keys may hold dots: the longest that fits is taken.
pub fn steps<'v>(root: &'v Value, place: &str) -> Option<Vec<Step<'v>>> {
    let (mut value, mut place, mut way) = (root, place.strip_prefix('.').unwrap_or(place), Vec::new());
    while !place.is_empty() {
        let (at, next, rest) = step(value, place)?;
        way.push(Step { at, value: next });
        (value, place) = (next, rest.strip_prefix('.').unwrap_or(rest));
    }
    Some(way)
}

fn step<'v, 'p>(value: &'v Value, place: &'p str) -> Option<(usize, &'v Value, &'p str)> {
    match value {
        Value::Array(items) => {
            let (index, rest) = place.strip_prefix('[')?.split_once(']')?;
            let at = index.parse::<usize>().ok()?;
            Some((at, items.get(at)?, rest))
        }
        Value::Object(members) => {
            let fits =
                |key: &str| place.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
            let named = members.iter().enumerate().filter(|(_, (key, _))| fits(key));
            let (at, (key, next)) = named.max_by_key(|(_, (key, _))| key.len())?;
            Some((at, next, place.strip_prefix(key.as_str())?))
        }
        _ => None,
    }
}

/// The lines of a document, and which of them are the place.
pub fn lines(root: &Value, way: &[Step<'_>]) -> (Vec<Line>, Range<usize>) {
    let mut out = Out { lines: Vec::new(), place: 0..0, full: false };
    out.on_the_way(root, String::new(), 0, way);
    if out.full {
        out.lines.push(Line::note(0, "the rest is not laid out here"));
    }
    (out.lines, out.place)
}

struct Out {
    lines: Vec<Line>,
    place: Range<usize>,
    full: bool,
}

impl Out {
    fn push(&mut self, depth: u16, fold: Fold, name: String, value: String) -> bool {
        self.full |= self.lines.len() >= MOST;
        if !self.full {
            self.lines.push(Line { depth, fold, number: None, name, cells: vec![value] });
        }
        !self.full
    }

    fn on_the_way(&mut self, value: &Value, name: String, depth: u16, way: &[Step<'_>]) {
        let Some((step, rest)) = way.split_first() else {
            let start = self.lines.len();
            self.whole(value, name, depth, Fold::Open);
            self.place = start..self.lines.len();
            return;
        };
        self.push(depth, Fold::Open, name, summary(value));
        let children = children(value);
        let before = children.get(..step.at).unwrap_or_default();
        self.beside(before, depth + 1, "before");
        let name = children.get(step.at).map(|(name, _)| name.clone()).unwrap_or_default();
        self.on_the_way(step.value, name, depth + 1, rest);
        self.beside(children.get(step.at + 1..).unwrap_or_default(), depth + 1, "after");
    }

    /// Siblings of a step: a few as they are, many as one line.
    fn beside(&mut self, siblings: &[(String, &Value)], depth: u16, side: &str) {
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
        for (name, value) in near.unwrap_or_default() {
            self.whole(value, name.clone(), depth, Fold::Closed);
        }
        if far > 0 && side != "before" {
            self.lines.push(Line::note(depth, &format!("{far} more are farther away")));
        }
    }

    fn whole(&mut self, value: &Value, name: String, depth: u16, fold: Fold) {
        let children = children(value);
        let fold = if children.is_empty() { Fold::Leaf } else { fold };
        if !self.push(depth, fold, name, summary(value)) {
            return;
        }
        for (name, value) in children {
            self.whole(value, name, depth + 1, fold);
        }
    }
}

/// Names and values inside; none of a plain value.
fn children(value: &Value) -> Vec<(String, &Value)> {
    match value {
        Value::Array(items) => items.iter().enumerate().map(|(at, value)| (format!("[{at}]"), value)).collect(),
        Value::Object(members) => members.iter().map(|(key, value)| (key.clone(), value)).collect(),
        _ => Vec::new(),
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
        let (lines, at) = lines(root, &way);
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
                "   title \"Family\"",
                " -  messages [ 6 items ]",
                " +     … 4 before",
                "       [0] 1",
                "       [1] 2",
                "       [2] 3",
                "       [3] 4",
                ">-    [4] { 2 keys }",
                ">       text \"hi\"",
                ">-      at [ 1 item ]",
                ">         [0] 7",
                "     [5] 5",
            ]
        );
    }

    #[test]
    fn far_neighbours_are_counted_and_not_laid_out() {
        let root = serde_json::json!((0..100_000).collect::<Vec<u32>>());
        let way = steps(&root, "[50000]").expect("it is there");
        let (lines, at) = lines(&root, &way);
        assert!(lines.len() < 500, "{}", lines.len());
        assert_eq!(lines[at.start].name, "[50000]");
    }
}
