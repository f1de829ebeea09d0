//! Meta's label–value lists, flattened: `{"label": "City", "value": "Utrecht"}` becomes the field `label_values.City`.
//!
//! Seen in exports of Facebook since 2024, and growing: in `label_values`, what would be a key stands as the value of `label`, in the
//! person's language, or of `ent_field_name`, which is the same in all languages. It may stand behind what it names, so one
//! element is kept as a tree until it is known whole. The number and the time of the object around may stand behind the list: where
//! records repeat what stands around them (`inherit`), the list waits for the end of its object.

use super::Halt;
use super::reader::Scalar;
use super::walk::Walk;
use crate::decode::cap;
use crate::emit::Node;
use crate::record::ValueType;

/// What keeping a value costs besides its text.
const NODE: usize = 64;

/// A value kept.
#[derive(Debug)]
enum Tree {
    Null,
    Leaf(String, ValueType),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

/// A list that waits until all is read that its object says besides: its records repeat that, wherever it is written.
#[derive(Debug)]
pub(super) struct Late {
    object: Node,
    list: Node,
    elements: Vec<Tree>,
}

impl Tree {
    /// The members of an object; nothing if it is none.
    fn members(&self) -> &[(String, Self)] {
        match self {
            Self::Object(members) => members,
            _ => &[],
        }
    }

    fn get(&self, key: &str) -> Option<&Self> {
        self.members().iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    fn text(&self, key: &str) -> Option<&str> {
        match self.get(key)? {
            Self::Leaf(text, _) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// What names the element, the same in all languages if the export has that.
    fn name(&self) -> Option<&str> {
        self.text("ent_field_name").or_else(|| self.text("label"))
    }
}

impl Walk<'_, '_, '_> {
    /// The array at `node`, which was peeked, in the object at `object`.
    pub(super) fn label_values(&mut self, object: Node, node: Node) -> Result<(), Halt> {
        if !self.enter(node)? {
            return Ok(());
        }
        let mut elements = Vec::new();
        let waits = !self.emitter.section().inherit.is_empty();
        let outcome = match if waits { self.keep_list(node, &mut elements) } else { Ok(false) } {
            Ok(false) => self.label_value_elements(node, &elements),
            ended => {
                self.late.push(Late { object, list: node, elements });
                ended.map(drop)
            }
        };
        self.leave(node, outcome)
    }

    /// Gives the lists of the object at `object`, which was read to its end.
    pub(super) fn late_lists(&mut self, object: Node) {
        while let Some(at) = self.late.iter().position(|late| late.object == object) {
            let late = self.late.remove(at);
            self.emitter.open(late.list);
            self.elements_of_list(late.list, &late.elements);
            self.emitter.close(late.list);
        }
    }

    /// Keeps the elements of a list; false if there are more than there is room for.
    fn keep_list(&mut self, node: Node, elements: &mut Vec<Tree>) -> Result<bool, Halt> {
        let mut kept = 0;
        while self.next_element()? {
            let (tree, room, outcome) = self.keep_element(node);
            elements.push(tree);
            outcome?;
            kept += cap::RECORD - room;
            if kept > cap::RECORD {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Gives the elements that were kept and those that follow.
    fn label_value_elements(&mut self, node: Node, kept: &[Tree]) -> Result<(), Halt> {
        self.emitter.open(node);
        self.elements_of_list(node, kept);
        let outcome = self.further_elements(node, kept.len() as u64);
        self.emitter.close(node);
        outcome
    }

    fn further_elements(&mut self, node: Node, first: u64) -> Result<(), Halt> {
        let mut index = first;
        while self.next_element()? {
            let (tree, _, outcome) = self.keep_element(node);
            self.element_of_list(node, index, &tree);
            outcome?;
            index += 1;
        }
        Ok(())
    }

    fn elements_of_list(&mut self, node: Node, elements: &[Tree]) {
        for (index, element) in elements.iter().enumerate() {
            self.element_of_list(node, index as u64, element);
        }
    }

    /// Reads an element as a tree; tells the room it left.
    fn keep_element(&mut self, node: Node) -> (Tree, usize, Result<(), Halt>) {
        let mut room = cap::RECORD;
        let (tree, outcome) = self.keep(node, &mut room);
        if room == 0 && outcome.is_ok() {
            let place = self.emitter.place(node);
            self.problem(&place, "an element is larger than 64 MiB; the rest of it is left out");
        }
        (tree, room, outcome)
    }

    /// Passes commas; false behind the closing bracket.
    fn next_element(&mut self) -> Result<bool, Halt> {
        loop {
            match self.reader.peek()? {
                Some(b',') => self.reader.bump(),
                Some(b']') => {
                    self.reader.bump();
                    return Ok(false);
                }
                Some(b':' | b'}') => return Err(self.reader.damage("expected `,` or `]`")),
                Some(_) => return Ok(true),
                None => return Err(Halt::cut()),
            }
        }
    }

    /// Reads the value here as a tree. What was read before damage is given, too.
    fn keep(&mut self, node: Node, room: &mut usize) -> (Tree, Result<(), Halt>) {
        match self.reader.peek() {
            Ok(Some(b'{')) => {
                let mut members = Vec::new();
                let outcome = self.keep_container(node, |walk| walk.keep_members(node, &mut members, room));
                (Tree::Object(members), outcome)
            }
            Ok(Some(b'[')) => {
                let mut elements = Vec::new();
                let outcome = self.keep_container(node, |walk| walk.keep_elements(node, &mut elements, room));
                (Tree::List(elements), outcome)
            }
            Ok(Some(_)) => match self.keep_leaf(node, room) {
                Ok(leaf) => (leaf, Ok(())),
                Err(halt) => (Tree::Null, Err(halt)),
            },
            Ok(None) => (Tree::Null, Err(Halt::cut())),
            Err(halt) => (Tree::Null, Err(halt)),
        }
    }

    fn keep_container(&mut self, node: Node, content: impl FnOnce(&mut Self) -> Result<(), Halt>) -> Result<(), Halt> {
        if !self.enter(node)? {
            return Ok(());
        }
        let outcome = content(self);
        self.leave(node, outcome)
    }

    fn keep_members(&mut self, node: Node, members: &mut Vec<(String, Tree)>, room: &mut usize) -> Result<(), Halt> {
        loop {
            match self.reader.peek()? {
                Some(b',') => self.reader.bump(),
                Some(b'}') => {
                    self.reader.bump();
                    return Ok(());
                }
                Some(b'"') => {
                    let key = self.reader.string(cap::KEY)?.to_owned();
                    self.reader.expect(b':', "expected `:`")?;
                    let (value, outcome) = self.keep(node, room);
                    if take(room, key.len()) {
                        members.push((key, value));
                    }
                    outcome?;
                }
                Some(_) => return Err(self.reader.damage("expected a key or `}`")),
                None => return Err(Halt::cut()),
            }
        }
    }

    fn keep_elements(&mut self, node: Node, elements: &mut Vec<Tree>, room: &mut usize) -> Result<(), Halt> {
        while self.next_element()? {
            let (value, outcome) = self.keep(node, room);
            if take(room, 0) {
                elements.push(value);
            }
            outcome?;
        }
        Ok(())
    }

    fn keep_leaf(&mut self, node: Node, room: &mut usize) -> Result<Tree, Halt> {
        let scalar = match self.reader.peek()? {
            Some(b'"') => Scalar::Value(self.reader.string(cap::VALUE)?, ValueType::String),
            _ => self.reader.scalar(true)?,
        };
        let leaf = match scalar {
            Scalar::Value(text, kind) if take(room, text.len()) => Tree::Leaf(text.to_owned(), kind),
            Scalar::Value(..) | Scalar::Null => Tree::Null,
        };
        if self.reader.was_cut {
            self.tell_cut(node);
        }
        Ok(leaf)
    }

    /// Gives an element of `label_values`, of a `dict` or of a `vec`: under its name if it has one, else as number `index`.
    fn element_of_list(&mut self, node: Node, index: u64, element: &Tree) {
        if let Some(name) = element.name() {
            let child = self.emitter.key(node, name);
            self.labelled(child, element);
        } else {
            let item = self.emitter.item(node, index);
            self.labelled(item, element);
        }
    }

    /// Gives what an element holds, at `node`.
    fn labelled(&mut self, node: Node, element: &Tree) {
        if !matches!(element, Tree::Object(_)) {
            self.plain(node, element);
            return;
        }
        let value = element.text("value");
        if element.members().iter().all(|(key, part)| says_nothing(key, part, value)) {
            self.values_of(node, element);
            return;
        }
        self.emitter.open(node);
        self.values_of(node, element);
        self.lists_of(node, element);
        for (key, part) in element.members() {
            if !is_read_apart(key, part) && !says_nothing(key, part, value) {
                let child = self.emitter.key(node, key);
                self.plain(child, part);
            }
        }
        self.emitter.close(node);
    }

    /// `value` and `timestamp_value` are the value of the field itself.
    fn values_of(&mut self, node: Node, element: &Tree) {
        for (key, part) in element.members() {
            if let Tree::Leaf(text, kind) = part
                && (key == "value" || key == "timestamp_value" && text != "0")
            {
                self.tell_label(node, element);
                self.emitter.value(node, text, *kind);
            }
        }
    }

    /// `vec` and `dict` are lists of the field: of named elements, or of elements without a name.
    fn lists_of(&mut self, node: Node, element: &Tree) {
        let mut index = 0;
        for (key, part) in element.members() {
            if let Tree::List(elements) = part
                && (key == "vec" || key == "dict")
            {
                for part in elements {
                    if part.name().is_none() && part.get("value").is_some() {
                        let item = self.emitter.item(node, index);
                        self.tell_label(item, element);
                    }
                    self.element_of_list(node, index, part);
                    index += 1;
                }
            }
        }
    }

    /// The words a person knows the field by, where the field is called otherwise.
    fn tell_label(&mut self, node: Node, element: &Tree) {
        if let Some(label) = element.text("label")
            && element.text("ent_field_name").is_some_and(|name| name != label)
            && self.labelled.insert(node)
        {
            self.emitter.label(node, label);
        }
    }

    /// Gives a tree as it is.
    fn plain(&mut self, node: Node, tree: &Tree) {
        match tree {
            Tree::Null => {}
            Tree::Leaf(text, kind) => self.emitter.value(node, text, *kind),
            Tree::List(elements) => {
                self.emitter.open(node);
                for (index, element) in elements.iter().enumerate() {
                    let item = self.emitter.item(node, index as u64);
                    self.plain(item, element);
                }
                self.emitter.close(node);
            }
            Tree::Object(members) => {
                self.emitter.open(node);
                for (key, member) in members {
                    let child = self.emitter.key(node, key);
                    self.plain(child, member);
                }
                self.emitter.close(node);
            }
        }
    }
}

/// Takes room for a value with `text` bytes; false if there is too little, and from then on there is none.
fn take(room: &mut usize, text: usize) -> bool {
    let left = room.checked_sub(text + NODE);
    *room = left.unwrap_or(0);
    left.is_some()
}

/// Members that are given elsewhere: names, the value itself, lists of labelled elements.
fn is_read_apart(key: &str, part: &Tree) -> bool {
    match key {
        "label" | "ent_field_name" | "value" | "timestamp_value" => matches!(part, Tree::Leaf(..) | Tree::Null),
        "vec" | "dict" => matches!(part, Tree::List(_)),
        _ => false,
    }
}

/// Members that add nothing to the name and the `value`.
fn says_nothing(key: &str, part: &Tree, value: Option<&str>) -> bool {
    match (key, part) {
        (_, Tree::Null) | ("label" | "ent_field_name" | "value" | "timestamp_value", Tree::Leaf(..)) => true,
        ("href", Tree::Leaf(text, _)) => Some(text.as_str()) == value,
        _ => false,
    }
}
