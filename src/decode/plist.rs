//! Property lists in XML: dictionaries, arrays and values, read as JSON of the same shape would be.
//!
//! Records are where the section says. Without that, each element of an array at the root is one, else the root. Bytes (`data`)
//! that are text are given as text, others in base64 as written, long ones by their size.

use super::DecodeError;
use super::charset::Utf8;
use super::transfer;
use crate::decode::cap;
use crate::emit::{Emitter, Node};
use crate::record::ValueType;
use std::io::{self, BufRead, Read};

/// Bytes of a tag that are looked at.
const LARGEST_TAG: usize = 4 << 10;
/// Bytes of base64 that are kept as they are.
const LONGEST_DATA: usize = 4 << 10;

/// Reads the stream into records.
pub fn decode(input: &mut dyn Read, emitter: &mut Emitter<'_>) -> Result<(), DecodeError> {
    let mut scanner = Scanner { stream: Utf8::new(input)? };
    let mut walk = Walk { emitter, open: Vec::new(), deeper: 0, leaf: None, text: String::new(), begun: false };
    let outcome = loop {
        match scanner.next() {
            Ok(Some(piece)) => walk.piece(piece),
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    walk.finish();
    for sentence in scanner.stream.mended() {
        emitter.problem(".", &sentence);
    }
    Ok(outcome?)
}

/// What stands next in the file.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Open(String),
    /// `<true/>`
    Empty(String),
    Close(String),
}

struct Scanner<'a> {
    stream: Utf8<'a>,
}

/// What stands before a mark.
#[derive(Debug, Default)]
struct Stretch {
    /// As much of it as is wanted.
    kept: Vec<u8>,
    /// Its last two bytes.
    tail: [u8; 2],
    length: usize,
    /// The mark is there.
    found: bool,
}

impl Stretch {
    fn add(&mut self, piece: &[u8], most: usize) {
        let room = most.saturating_sub(self.kept.len());
        self.kept.extend_from_slice(piece.get(..piece.len().min(room)).unwrap_or_default());
        self.length += piece.len();
        match piece {
            [.., a, b] => self.tail = [*a, *b],
            [b] => self.tail = [self.tail[1], *b],
            [] => {}
        }
    }
}

impl Scanner<'_> {
    fn next(&mut self) -> io::Result<Option<Piece>> {
        loop {
            let text = self.until(b'<', cap::VALUE)?;
            if !text.kept.is_empty() {
                return Ok(Some(Piece::Text(entities(&String::from_utf8_lossy(&text.kept)))));
            }
            if !text.found {
                return Ok(None);
            }
            if let Some(piece) = self.tag()? {
                return Ok(Some(piece));
            }
        }
    }

    /// Reads to `mark`. It is taken, but for one that stands behind a text: the tag it begins is read the next time.
    fn until(&mut self, mark: u8, most: usize) -> io::Result<Stretch> {
        let mut stretch = Stretch::default();
        loop {
            let ready = self.stream.fill_buf()?;
            if ready.is_empty() {
                return Ok(stretch);
            }
            let found = memchr::memchr(mark, ready);
            let piece = ready.get(..found.unwrap_or(ready.len())).unwrap_or_default();
            stretch.add(piece, most);
            let take = found.is_some() && (mark == b'>' || stretch.length == 0);
            let count = piece.len() + usize::from(take);
            self.stream.consume(count);
            if found.is_some() {
                stretch.found = true;
                return Ok(stretch);
            }
        }
    }

    /// The tag whose `<` was taken; `None` if it says nothing.
    fn tag(&mut self) -> io::Result<Option<Piece>> {
        let Stretch { kept: mut tag, mut tail, mut found, .. } = self.until(b'>', LARGEST_TAG)?;
        let ends = match tag.get(..3) {
            Some(b"!--") => Some(*b"--"),
            Some(b"![C") => Some(*b"]]"),
            _ => None,
        };
        while found && ends.is_some_and(|ends| ends != tail) {
            let more = self.until(b'>', cap::VALUE)?;
            if tag.len() + more.kept.len() < cap::VALUE && ends == Some(*b"]]") {
                tag.push(b'>');
                tag.extend(more.kept);
            }
            (tail, found) = (more.tail, more.found);
        }
        let tag = String::from_utf8_lossy(&tag);
        if let Some(text) = tag.strip_prefix("![CDATA[") {
            return Ok(Some(Piece::Text(text.trim_end_matches("]]").to_owned())));
        }
        if tag.starts_with(['!', '?']) {
            return Ok(None);
        }
        let name = |text: &str| text.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
        Ok(Some(if let Some(closed) = tag.strip_prefix('/') {
            Piece::Close(name(closed))
        } else if let Some(empty) = tag.strip_suffix('/') {
            Piece::Empty(name(empty))
        } else {
            Piece::Open(name(&tag))
        }))
    }
}

/// `&amp;` and its like, decoded.
fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.split_once('&') {
        out.push_str(before);
        let end = from.find(';').filter(|&end| end < 12);
        if let Some((c, end)) = end.and_then(|end| from.get(..end)).and_then(entity).zip(end) {
            out.push(c);
            rest = from.get(end + 1..).unwrap_or_default();
        } else {
            out.push('&');
            rest = from;
        }
    }
    out + rest
}

fn entity(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

/// A dictionary or an array that is open.
struct Level {
    node: Node,
    is_array: bool,
    /// Of the next value in a dictionary.
    key: String,
    /// Of the next value in an array.
    index: u64,
}

struct Walk<'a, 'e> {
    emitter: &'a mut Emitter<'e>,
    open: Vec<Level>,
    /// Levels beyond the cap, passed over.
    deeper: usize,
    /// The element whose text is being read.
    leaf: Option<String>,
    text: String,
    begun: bool,
}

impl Walk<'_, '_> {
    fn piece(&mut self, piece: Piece) {
        match piece {
            Piece::Text(text) if self.leaf.is_some() && self.text.len() < cap::VALUE => self.text.push_str(&text),
            Piece::Text(_) => {}
            Piece::Open(name) => match name.as_str() {
                "dict" | "array" => self.begin(name == "array"),
                "plist" => {}
                _ => {
                    self.text.clear();
                    self.leaf = Some(name);
                }
            },
            Piece::Empty(name) if name == "dict" || name == "array" => {
                self.begin(name == "array");
                self.end();
            }
            Piece::Empty(name) => self.leaf_ended(&name, ""),
            Piece::Close(name) if name == "dict" || name == "array" => self.end(),
            Piece::Close(_) => {
                if let Some(name) = self.leaf.take() {
                    let text = std::mem::take(&mut self.text);
                    self.leaf_ended(&name, &text);
                }
            }
        }
    }

    /// Where the next value stands.
    fn next_place(&mut self) -> Node {
        let Some(level) = self.open.last_mut() else { return self.emitter.root() };
        if level.is_array {
            level.index += 1;
            self.emitter.item(level.node, level.index - 1)
        } else if level.key.is_empty() {
            self.emitter.key(level.node, "value")
        } else {
            let key = std::mem::take(&mut level.key);
            self.emitter.key(level.node, &key)
        }
    }

    fn begin(&mut self, is_array: bool) {
        if self.deeper > 0 || self.open.len() >= cap::DEPTH {
            self.deeper += 1;
            return;
        }
        // A second root has no place of its own.
        if self.open.is_empty() && std::mem::replace(&mut self.begun, true) {
            self.emitter.problem(".", "there is more than one list at the root");
        }
        let in_root_array = matches!(self.open.as_slice(), [root] if root.is_array);
        let node = self.next_place();
        let is_record = in_root_array || self.open.is_empty() && !is_array;
        if is_record && !self.emitter.records_known() {
            self.emitter.mark_record(node);
        }
        self.emitter.open(node);
        self.open.push(Level { node, is_array, key: String::new(), index: 0 });
    }

    fn end(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
        } else if let Some(level) = self.open.pop() {
            self.emitter.close(level.node);
        }
    }

    fn leaf_ended(&mut self, name: &str, text: &str) {
        if self.deeper > 0 {
            return;
        }
        if name == "key" {
            if let Some(level) = self.open.last_mut() {
                level.key = text.chars().take(1024).collect();
            }
            return;
        }
        let node = self.next_place();
        match name {
            "true" | "false" => self.emitter.value(node, name, ValueType::Boolean),
            "integer" | "real" => self.emitter.value(node, text.trim(), ValueType::Number),
            "data" => self.emitter.value(node, &data(text), ValueType::String),
            _ => self.emitter.value(node, text.trim(), ValueType::String),
        }
    }

    fn finish(&mut self) {
        if !self.open.is_empty() || self.deeper > 0 {
            self.emitter.problem(".", "the list ends in the middle");
        }
        self.deeper = 0;
        while !self.open.is_empty() {
            self.end();
        }
    }
}

/// Bytes as a person can read them.
fn data(text: &str) -> String {
    let bytes = transfer::base64(text.as_bytes());
    let plain = std::str::from_utf8(&bytes).ok().filter(|text| !text.contains(char::is_control));
    match plain {
        Some(plain) => plain.to_owned(),
        None if text.len() <= LONGEST_DATA => text.split_whitespace().collect(),
        None => format!("{} bytes", bytes.len()),
    }
}

#[cfg(test)]
mod tests {
    use crate::decode::Decoder;
    use crate::emit::collect::Collection;
    use crate::sheets::{FieldPattern, Section};

    fn read_by(section: &Section, text: &str) -> Collection {
        Collection::of(Decoder::Plist, section, false, "list.plist", text.as_bytes())
    }

    fn lines(found: &Collection) -> Vec<String> {
        let line = |record: &crate::emit::collect::Collected| {
            let values: Vec<String> = record.values.iter().map(|(path, value)| format!("{path}={value}")).collect();
            format!("{}: {}", record.locator, values.join(" | "))
        };
        found.records.iter().map(line).collect()
    }

    fn check(text: &str, expected: &[&str]) {
        let found = read_by(&Section::default(), text);
        assert_eq!(lines(&found), expected);
        assert_eq!((found.problems.len(), found.error), (0, None));
    }

    const TOP: &str = "<?xml version=\"1.0\"?>\n<!DOCTYPE plist PUBLIC \"-//A//B\" \"http://example.com/a.dtd\">\n<!-- a > b --><plist version=\"1.0\">";

    #[test]
    fn elements_of_an_array_at_the_root_are_records() {
        check(
            &format!(
                "{TOP}<array><dict><key>name</key><string>Ben &amp; Zo&#235;</string><key>on</key><true/><key>list</key><array><integer>1</integer><real>2.5</real></array></dict><dict><key>name</key><string><![CDATA[a < b]]></string></dict></array></plist>"
            ),
            &["[0]: [].name=Ben & Zoë | [].on=true | [].list[]=1 | [].list[]=2.5", "[1]: [].name=a < b"],
        );
    }

    #[test]
    fn a_dictionary_is_one_record_unless_the_section_says_where_they_are() {
        let text = format!(
            "{TOP}<dict><key>Nets</key><dict><key>home</key><dict><key>ssid</key><data>SG9t\n ZQ==</data><key>raw</key><data>AAEC</data></dict></dict></dict></plist>"
        );
        check(&text, &[".: Nets.home.ssid=Home | Nets.home.raw=AAEC"]);
        let pattern = |path: &str| FieldPattern::parse(path).into_iter().collect();
        let section = Section { keyed: pattern("Nets"), records: pattern("Nets.{}"), ..Section::default() };
        assert_eq!(
            lines(&read_by(&section, &text)),
            ["Nets.home: Nets.{}.key()=home | Nets.{}.ssid=Home | Nets.{}.raw=AAEC"]
        );
    }

    #[test]
    fn what_is_cut_or_absurd_costs_only_itself() {
        let cut = read_by(&Section::default(), "<plist><array><dict><key>a</key><string>b</string><key>c</key><str");
        assert_eq!((lines(&cut), cut.problems.len()), (vec!["[0]: [].a=b".to_owned()], 1));
        let deep = format!("<plist>{}<string>x</string>{}", "<array>".repeat(100_000), "</array>".repeat(100_000));
        assert_eq!(read_by(&Section::default(), &deep).error, None);
        let remark = format!("<plist><!-- {} --><string>kept</string></plist>", "> ".repeat(2_000_000));
        check(&remark, &[".: .=kept"]);
        check("", &[]);
    }

    proptest::proptest! {
        #[test]
        fn any_tags_are_read(text in "(<dict>|</dict>|<array>|</array>|<key>|</key>|<key>a</key>|<true/>|<string>b|</string>|<!--|-->|&#x;|<|>){0,40}") {
            read_by(&Section::default(), &text);
        }
    }
}
