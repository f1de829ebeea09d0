//! A text that an export writes in pieces, each with what it is: `["see ", {"type": "link", "text": "larkspur.example"}]`.

use super::{Emitter, Node, Step};
use crate::decode::cap;
use crate::record::{Role, ValueType};

/// The text in pieces that is being read.
pub struct Pieces {
    list: Node,
    text: String,
    /// What pieces tell besides their text.
    facts: Vec<(Node, String, ValueType)>,
    /// Of the piece being read: what it is, and where in the text it begins.
    kind: String,
    start: usize,
    /// What it costs to keep.
    size: usize,
}

/// What a piece costs besides its text.
const NODE: usize = 64;

impl Pieces {
    pub fn of(list: Node) -> Self {
        Self { list, text: String::new(), facts: Vec::new(), kind: String::new(), start: 0, size: 0 }
    }
}

/// What a value is in a text in pieces.
enum Is {
    /// A piece that is nothing but text.
    Bare,
    Text,
    Kind,
    Fact,
}

impl Emitter<'_> {
    /// Takes a value that lies in the list; false if it does not.
    pub(super) fn take_piece(&mut self, node: Node, value: &str, kind: ValueType) -> bool {
        let Some(list) = self.pieces.as_ref().map(|pieces| pieces.list) else { return false };
        let Some(is) = self.is_piece(list, node) else { return false };
        if let Some(pieces) = &mut self.pieces {
            // What goes beyond the size of a record is given piece by piece.
            if pieces.size + value.len() > cap::RECORD {
                return false;
            }
            pieces.size += value.len() + NODE;
            match is {
                Is::Bare => {
                    pieces.text.push_str(value);
                    pieces.start = pieces.text.len();
                }
                Is::Text => pieces.text.push_str(value),
                Is::Kind => value.clone_into(&mut pieces.kind),
                Is::Fact => pieces.facts.push((node, value.to_owned(), kind)),
            }
        }
        true
    }

    fn is_piece(&self, list: Node, node: Node) -> Option<Is> {
        let parent = |node: Node| self.paths.nodes[node.0 as usize].parent;
        let step = |node: Node| &self.paths.nodes[node.0 as usize].part;
        let above = parent(node)?;
        if above == list && *step(node) == Step::Item {
            return Some(Is::Bare);
        }
        if above == list || parent(above) == Some(list) && *step(above) == Step::Item {
            return Some(match step(node) {
                Step::Key(key) if **key == *"text" => Is::Text,
                Step::Key(key) if **key == *"type" => Is::Kind,
                _ => Is::Fact,
            });
        }
        let mut above = Some(above);
        while let Some(node) = above {
            if node == list {
                return Some(Is::Fact);
            }
            above = parent(node);
        }
        None
    }

    /// A piece ends, or the list.
    pub(super) fn close_piece(&mut self, node: Node) {
        let Some(mut pieces) = self.pieces.take() else { return };
        if node == pieces.list {
            self.give_pieces(pieces);
            return;
        }
        if self.paths.nodes[node.0 as usize].parent == Some(pieces.list) {
            self.settle_piece(&mut pieces);
        }
        self.pieces = Some(pieces);
    }

    /// A piece that is something the sheet has a rule for is a field as well: `text.phone`.
    fn settle_piece(&mut self, pieces: &mut Pieces) {
        let kind = std::mem::take(&mut pieces.kind);
        let text = pieces.text.get(pieces.start..).unwrap_or_default().to_owned();
        pieces.start = pieces.text.len();
        if kind.is_empty() || text.is_empty() {
            return;
        }
        let node = self.key(pieces.list, &kind);
        if !self.paths.nodes[node.0 as usize].meaning.note.rules.is_empty() {
            pieces.facts.push((node, text, ValueType::String));
        }
    }

    /// The same text in pieces once more says nothing.
    fn give_pieces(&mut self, pieces: Pieces) {
        let is_text = self.paths.nodes[pieces.list.0 as usize].meaning.note.role == Role::Text;
        let told = |text: &str| self.open.last().is_some_and(|draft| draft.says(text));
        let again = !is_text && told(&pieces.text);
        if !again && !pieces.text.is_empty() {
            self.push(pieces.list, &pieces.text, ValueType::String);
        }
        for (node, value, kind) in pieces.facts {
            let again = again && self.open.last().is_some_and(|draft| draft.says(&value));
            if !again {
                self.push(node, &value, kind);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::decode::Decoder;
    use crate::emit::collect::Collection;
    use crate::sheets::{FieldPattern, FieldRule, Section};

    fn values(record: &str) -> Vec<String> {
        let pattern = |text: &str| FieldPattern::parse(text).expect("the pattern is well formed");
        let section = Section {
            records: vec![pattern("[]")],
            text: vec![pattern("text")],
            pieces: vec![pattern("text"), pattern("entities")],
            fields: vec![(pattern("*.phone"), FieldRule::default())],
            ..Section::default()
        };
        let found = Collection::of(Decoder::Json, &section, false, "a.json", format!("[{record}]").as_bytes());
        assert!(found.problems.is_empty());
        found.values_of_all()
    }

    #[test]
    fn pieces_are_one_text_and_what_they_tell_besides_is_kept() {
        assert_eq!(
            values(
                r#"{"text":["see ",{"type":"text_link","text":"our sale","href":"https://larkspur.example"},", call ",{"type":"phone","text":"+44 7700 900123"}],"n":1}"#
            ),
            [
                "[].text=see our sale, call +44 7700 900123",
                "[].text[].href=https://larkspur.example",
                "[].text.phone=+44 7700 900123",
                "[].n=1",
            ],
        );
        assert_eq!(values(r#"{"text":"plain"}"#), ["[].text=plain"]);
        assert_eq!(values(r#"{"text":{"type":"bold","text":"loud"}}"#), ["[].text=loud"]);
        assert_eq!(values(r#"{"text":[]}"#), [""; 0]);
    }

    #[test]
    fn the_same_pieces_once_more_are_not_told_twice() {
        let once_more = r#"{"text":["to ",{"type":"phone","text":"112"}],"entities":[{"type":"plain","text":"to "},{"type":"phone","text":"112"}]}"#;
        assert_eq!(values(once_more), ["[].text=to 112", "[].text.phone=112"]);
        assert_eq!(
            values(
                r#"{"text":"a","entities":[{"type":"custom","text":"a","document":"7"},{"type":"plain","text":"b"}]}"#
            ),
            ["[].text=a", "[].entities=ab", "[].entities[].document=7"],
        );
    }
}
