//! The walk: each key, element and value once, in the order written, told to the emitter.

use super::labels::Late;
use super::reader::{Reader, Scalar};
use super::skip::Until;
use super::survey::{self, DEEPEST, Root};
use super::{Damage, Halt, Why};
use crate::decode::{DecodeError, cap};
use crate::emit::{Emitter, Node};
use hashbrown::HashSet;
use std::io::Read;

/// Problems said one by one; what goes beyond is counted. A file of another kind would have one at each byte.
const MOST_PROBLEMS: u64 = 200;

/// The key of Meta's label–value lists.
const LABEL_VALUES: &str = "label_values";

/// Objects from the root to here, while nothing else was passed and no record has begun. `None`: arrays make no records here.
pub(super) type Reach = Option<usize>;

pub(super) struct Walk<'w, 'e, 'r> {
    pub(super) reader: Reader<'r>,
    pub(super) emitter: &'w mut Emitter<'e>,
    /// Objects and arrays that are open.
    pub(super) depth: usize,
    /// The section does not say where the records are.
    by_structure: bool,
    /// Fields whose label was told.
    pub(super) labelled: HashSet<Node, foldhash::fast::RandomState>,
    /// Lists that wait for the end of their object, innermost last.
    pub(super) late: Vec<Late>,
    problems: u64,
    /// Root values read to their end.
    roots: u64,
    first_damage: Option<String>,
}

impl<'w, 'e, 'r> Walk<'w, 'e, 'r> {
    pub(super) fn new(input: &'r mut dyn Read, emitter: &'w mut Emitter<'e>) -> Self {
        let by_structure = !emitter.records_known();
        Self {
            reader: Reader::new(input, emitter.mojibake()),
            emitter,
            depth: 0,
            by_structure,
            labelled: HashSet::default(),
            late: Vec::new(),
            problems: 0,
            roots: 0,
            first_damage: None,
        }
    }

    pub(super) fn run(mut self) -> Result<(), DecodeError> {
        let outcome = self.document();
        self.tell_mishaps();
        match outcome {
            Ok(()) => match self.first_damage.take() {
                Some(what) if self.roots == 0 && self.emitter.rows() == 0 => Err(DecodeError::Form(what)),
                _ => Ok(()),
            },
            Err(halt) => Err(match *halt.0 {
                Why::Read(error) => DecodeError::Read(error),
                Why::Damage(damage) => DecodeError::Form(damage.what),
                Why::Cut(inside) => DecodeError::Form(self.cut_off(inside)),
            }),
        }
    }

    /// Reads one value as the one at `node`. The text was looked through before, so it goes wrong only with the program.
    pub(super) fn run_at(mut self, node: Node) -> bool {
        let outcome = self.value(node, None);
        self.tell_mishaps();
        outcome.is_ok()
    }

    fn cut_off(&self, inside: Option<Node>) -> String {
        let place = inside.map(|node| self.emitter.place(node)).filter(|place| !place.is_empty());
        let place = place.map_or_else(String::new, |place| format!(", inside {place}"));
        format!("cut off at byte {}{place}", self.reader.taken())
    }

    /// All root values.
    fn document(&mut self) -> Result<(), Halt> {
        self.reader.skip_assignment()?;
        let Some(first) = self.reader.peek()? else { return Ok(()) };
        let root = self.emitter.root();
        if self.survey(first) == Root::Several {
            return self.several(root, 0);
        }
        let elements = match first {
            b'[' => self.array_from(root, self.reach(), 0),
            _ => self.value(root, self.reach()).map(|()| 0),
        };
        let elements = self.forgive_root(elements)?;
        match (self.next_root()?, first) {
            (None, _) => Ok(()),
            (Some(_), b'[') => self.more_arrays(root, elements),
            (Some(_), _) if !self.by_structure => self.same_again(root),
            (Some(_), _) => self.several(root, 1),
        }
    }

    fn reach(&self) -> Reach {
        (self.by_structure && !self.emitter.in_record(self.emitter.root())).then_some(0)
    }

    /// Finds out what the root is, and tells the emitter.
    fn survey(&mut self, first: u8) -> Root {
        let root = self.emitter.root();
        if !self.by_structure {
            let bare = first == b'{' && self.emitter.awaits_items(root);
            return if bare { Root::Several } else { Root::Holder };
        }
        self.reader.look_ahead(survey::WINDOW);
        let rest = self.reader.rest();
        let head = rest.get(..survey::WINDOW).unwrap_or(rest);
        let found = survey::root(head, head.len() < survey::WINDOW);
        if found == Root::Record {
            self.emitter.mark_record(root);
        }
        found
    }

    /// Root values one after the other, each an element of the root, counted from `first`.
    fn several(&mut self, root: Node, first: u64) -> Result<(), Halt> {
        self.emitter.open(root);
        let mut index = first;
        let mut outcome = Ok(());
        while outcome.is_ok() && self.next_root_or(&mut outcome) {
            let node = self.emitter.item(root, index);
            if self.by_structure {
                self.emitter.mark_record(node);
            }
            let read = self.value(node, None);
            outcome = self.forgive_root(read);
            index += 1;
        }
        self.emitter.close(root);
        outcome
    }

    fn next_root_or(&mut self, outcome: &mut Result<(), Halt>) -> bool {
        match self.next_root() {
            Ok(next) => next.is_some(),
            Err(halt) => {
                *outcome = Err(halt);
                false
            }
        }
    }

    /// Arrays behind the first are its continuation.
    fn more_arrays(&mut self, root: Node, elements: u64) -> Result<(), Halt> {
        let mut elements = elements;
        while let Some(next) = self.next_root()? {
            let read = if next == b'[' {
                self.array_from(root, self.reach(), elements)
            } else {
                let node = self.emitter.item(root, elements);
                self.value(node, None).map(|()| elements + 1)
            };
            elements = self.forgive_root(read)?;
        }
        Ok(())
    }

    /// Where the sheet says where the records are, each root value is read by it.
    fn same_again(&mut self, root: Node) -> Result<(), Halt> {
        while self.next_root()?.is_some() {
            let read = self.value(root, None);
            self.forgive_root(read)?;
        }
        Ok(())
    }

    /// The first byte of the next root value, behind what may stand between two of them.
    fn next_root(&mut self) -> Result<Option<u8>, Halt> {
        while let Some(b';' | b',') = self.reader.peek()? {
            self.reader.bump();
        }
        self.reader.skip_assignment()?;
        self.reader.peek()
    }

    /// Goes on behind a damaged root value.
    fn forgive_root<T: Default>(&mut self, outcome: Result<T, Halt>) -> Result<T, Halt> {
        let halt = match outcome {
            Ok(value) => {
                self.roots += 1;
                return Ok(value);
            }
            Err(halt) => halt,
        };
        let Why::Damage(damage) = &*halt.0 else { return Err(halt) };
        if self.first_damage.is_none() {
            self.first_damage = Some(damage.what.clone());
        }
        self.tell_damage(damage);
        self.reader.skip_damage(damage.depth, Until::Line)?;
        Ok(T::default())
    }

    pub(super) fn value(&mut self, node: Node, reach: Reach) -> Result<(), Halt> {
        match self.reader.peek()? {
            Some(b'"') => self.string(node),
            Some(b'{') => self.object(node, reach),
            Some(b'[') => self.array(node, reach),
            Some(_) => self.scalar(node),
            None => Err(Halt::cut()),
        }
    }

    fn string(&mut self, node: Node) -> Result<(), Halt> {
        let text = self.reader.string(cap::VALUE)?;
        self.emitter.value(node, text, crate::record::ValueType::String);
        if self.reader.was_cut {
            self.tell_cut(node);
        }
        Ok(())
    }

    fn scalar(&mut self, node: Node) -> Result<(), Halt> {
        if let Scalar::Value(text, kind) = self.reader.scalar(self.depth > 0)? {
            self.emitter.value(node, text, kind);
        }
        Ok(())
    }

    /// Passes an opening bracket; false if the container was too deep and is passed as a whole.
    pub(super) fn enter(&mut self, node: Node) -> Result<bool, Halt> {
        if self.depth >= cap::DEPTH {
            let place = self.emitter.place(node);
            self.problem(&place, &format!("nested more than {} deep; what is deeper is left out", cap::DEPTH));
            self.reader.skip_container()?;
            return Ok(false);
        }
        self.depth += 1;
        self.reader.bump();
        Ok(true)
    }

    fn object(&mut self, node: Node, reach: Reach) -> Result<(), Halt> {
        if !self.by_structure && !self.emitter.in_record(node) && self.emitter.awaits_items(node) {
            return self.bare_element(node);
        }
        if !self.enter(node)? {
            return Ok(());
        }
        self.emitter.open(node);
        let outcome = self.members(node, reach.map(|passed| passed + 1));
        self.late_lists(node);
        self.emitter.close(node);
        self.leave(node, outcome)
    }

    /// An object where an array of records was wanted.
    fn bare_element(&mut self, node: Node) -> Result<(), Halt> {
        self.emitter.open(node);
        let item = self.emitter.item(node, 0);
        let outcome = self.object(item, None);
        self.emitter.close(node);
        outcome
    }

    pub(super) fn leave<T>(&mut self, node: Node, outcome: Result<T, Halt>) -> Result<T, Halt> {
        let outcome = outcome.map_err(|halt| halt.within(node, self.depth));
        self.depth -= 1;
        outcome
    }

    fn members(&mut self, node: Node, reach: Reach) -> Result<(), Halt> {
        loop {
            let outcome = self.members_undamaged(node, reach);
            if !self.forgive(node, outcome)? {
                return Ok(());
            }
            if !self.next_is(b'}')? {
                return Err(self.reader.damage("expected `,` or `}`"));
            }
        }
    }

    /// Reads members up to the closing bracket.
    fn members_undamaged(&mut self, node: Node, reach: Reach) -> Result<(), Halt> {
        loop {
            match self.reader.peek()? {
                Some(b'"') => self.member(node, reach)?,
                Some(b',') => {
                    self.reader.bump();
                    continue;
                }
                Some(b'}') => {
                    self.reader.bump();
                    return Ok(());
                }
                Some(_) => return Err(self.reader.damage("expected a key or `}`")),
                None => return Err(Halt::cut()),
            }
            match self.reader.peek()? {
                Some(b',') => self.reader.bump(),
                Some(b'}') => {}
                Some(_) => return Err(self.reader.damage("expected `,` or `}`")),
                None => return Err(Halt::cut()),
            }
        }
    }

    #[inline]
    fn member(&mut self, node: Node, reach: Reach) -> Result<(), Halt> {
        let (child, is_labels) = match self.emitter.expected(node) {
            Some((key, child)) if self.reader.pass_key(key) => {
                let is_labels = key == LABEL_VALUES;
                self.emitter.follow(node);
                (child, is_labels)
            }
            _ => {
                let key = self.reader.string(cap::KEY)?;
                (self.emitter.key(node, key), key == LABEL_VALUES)
            }
        };
        self.reader.expect(b':', "expected `:`")?;
        if is_labels && self.reader.peek()? == Some(b'[') {
            return self.label_values(node, child);
        }
        self.value(child, reach)
    }

    fn array(&mut self, node: Node, reach: Reach) -> Result<(), Halt> {
        self.array_from(node, reach, 0).map(drop)
    }

    /// Reads an array whose first element is number `first`; gives the number of the one behind the last.
    fn array_from(&mut self, node: Node, reach: Reach, first: u64) -> Result<u64, Halt> {
        if !self.enter(node)? {
            return Ok(first);
        }
        self.emitter.open(node);
        let mut index = first;
        let outcome = self.elements(node, reach, &mut index);
        self.emitter.close(node);
        self.leave(node, outcome)?;
        Ok(index)
    }

    fn elements(&mut self, node: Node, reach: Reach, index: &mut u64) -> Result<(), Halt> {
        let mut reach = reach.filter(|&passed| passed <= DEEPEST);
        loop {
            let outcome = self.elements_undamaged(node, &mut reach, index);
            if !self.forgive(node, outcome)? {
                return Ok(());
            }
            if !self.next_is(b']')? {
                return Err(self.reader.damage("expected `,` or `]`"));
            }
        }
    }

    /// Reads elements up to the closing bracket.
    fn elements_undamaged(&mut self, node: Node, reach: &mut Reach, index: &mut u64) -> Result<(), Halt> {
        loop {
            match self.reader.peek()? {
                Some(b']') => {
                    self.reader.bump();
                    return Ok(());
                }
                Some(b',') => {
                    self.reader.bump();
                    continue;
                }
                Some(first) => self.element(node, first, reach, index)?,
                None => return Err(Halt::cut()),
            }
            match self.reader.peek()? {
                Some(b',') => self.reader.bump(),
                // Two objects without a comma between them can be nothing but two elements.
                Some(b']' | b'{') => {}
                Some(_) => return Err(self.reader.damage("expected `,` or `]`")),
                None => return Err(Halt::cut()),
            }
        }
    }

    fn element(&mut self, node: Node, first: u8, reach: &mut Reach, index: &mut u64) -> Result<(), Halt> {
        let item = self.emitter.item(node, *index);
        *index += 1;
        if let Some(passed) = *reach
            && first != b'n'
        {
            if first == b'{' || passed <= 1 {
                self.emitter.mark_record(item);
            }
            *reach = None;
        }
        self.value(item, None)
    }

    /// Whether damage inside `node` is over where its element or member is: records are the largest thing to lose.
    fn is_outside(&self, node: Node) -> bool {
        !self.emitter.in_record(node) || node == self.emitter.root()
    }

    /// Says what is damaged and passes the rest of the element it stands in: true if reading can go on behind it.
    fn forgive(&mut self, node: Node, outcome: Result<(), Halt>) -> Result<bool, Halt> {
        let Err(halt) = outcome else { return Ok(false) };
        let halt = halt.within(node, self.depth);
        match &*halt.0 {
            Why::Damage(damage) if self.is_outside(node) => {
                self.tell_damage(damage);
                self.reader.skip_damage(damage.depth.saturating_sub(self.depth), Until::Separator)?;
                Ok(true)
            }
            _ => Err(halt),
        }
    }

    fn next_is(&mut self, closing: u8) -> Result<bool, Halt> {
        Ok(self.reader.peek()?.is_some_and(|byte| byte == b',' || byte == closing))
    }

    pub(super) fn tell_cut(&mut self, node: Node) {
        self.reader.was_cut = false;
        let place = self.emitter.place(node);
        self.problem(&place, "a text or key longer than 16 MiB (64 KiB for keys) was cut");
    }

    fn tell_damage(&mut self, damage: &Damage) {
        let place = damage.inside.map(|node| self.emitter.place(node)).unwrap_or_default();
        let place = if place.is_empty() { "." } else { &place };
        self.problem(place, &format!("{}; the rest of the element is left out", damage.what));
    }

    pub(super) fn problem(&mut self, place: &str, what: &str) {
        self.problems += 1;
        if self.problems <= MOST_PROBLEMS {
            self.emitter.problem(place, what);
        }
    }

    /// What was put right on the way, once for the entry.
    fn tell_mishaps(&mut self) {
        let (bad, lone) = (self.reader.bad_bytes(), self.reader.lone);
        if bad.count > 0 {
            let what = format!("{} times bytes that are no text, replaced by \u{fffd}", bad.count);
            self.emitter.problem(&format!("byte {}", bad.first), &what);
        }
        if lone.count > 0 {
            let what = format!("{} halves of characters (lone surrogates), replaced by \u{fffd}", lone.count);
            self.emitter.problem(&format!("byte {}", lone.first), &what);
        }
        if self.problems > MOST_PROBLEMS {
            let what = format!("{} more places could not be read", self.problems - MOST_PROBLEMS);
            self.emitter.problem(".", &what);
        }
    }
}
