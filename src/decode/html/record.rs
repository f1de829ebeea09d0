//! What is gathered for one record, and its way into the emitter.

use super::text::Text;
use crate::decode::keyvalue::pair;
use crate::decode::time::Clock;
use crate::emit::Emitter;
use crate::record::{Time, ValueType, Zone};

/// Values, links or pairs of one record beyond which it is given in pieces.
pub const MOST_VALUES: usize = 4096;

/// What a piece of a page says.
#[derive(Debug, Default)]
pub struct Unit {
    pub text: Text,
    pub thread: String,
    pub heading: String,
    /// The label that waits for its value.
    pub label: String,
    pub date: String,
    /// An attribute of the page states the date, for machines.
    pub stated: bool,
    /// Label and value.
    pub pairs: Vec<(String, String)>,
    /// Column and value.
    pub columns: Vec<(String, String)>,
    pub reactions: Vec<String>,
    pub links: Vec<String>,
    pub media: Vec<String>,
    /// There were more links, media or reactions than one record may have.
    pub full: bool,
}

impl Unit {
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && !self.has_more_than_text()
    }

    pub fn has_more_than_text(&self) -> bool {
        !(self.heading.is_empty()
            && self.date.is_empty()
            && self.pairs.is_empty()
            && self.columns.is_empty()
            && self.reactions.is_empty()
            && self.links.is_empty()
            && self.media.is_empty())
    }

    pub fn of_text(text: &str) -> Self {
        let mut unit = Self::default();
        for line in text.lines() {
            unit.text.push(line);
            unit.text.line_end();
        }
        unit
    }

    pub fn add_link(&mut self, target: &str) {
        self.full |= !add(&mut self.links, target);
    }

    pub fn add_media(&mut self, target: &str) {
        self.full |= !add(&mut self.media, target);
    }

    /// Takes out what fills a record, under the same heading.
    pub fn piece(&mut self) -> Self {
        Self {
            heading: self.heading.clone(),
            pairs: std::mem::take(&mut self.pairs),
            links: std::mem::take(&mut self.links),
            media: std::mem::take(&mut self.media),
            ..Self::default()
        }
    }

    pub fn is_large(&self) -> bool {
        self.pairs.len() >= MOST_VALUES
    }

    /// Keeps a machine-readable time of the page if there is no date yet.
    pub fn date_from(&mut self, attribute: &str) {
        if self.date.is_empty() && Clock::Auto.read(attribute).is_some() {
            attribute.clone_into(&mut self.date);
            self.stated = true;
        }
    }

    /// Takes the last line of the text as the date, if it is one and none is known.
    pub fn date_from_last_line(&mut self) {
        if !self.date.is_empty() {
            return;
        }
        let text = self.text.take();
        let (rest, last) = text.rsplit_once('\n').unwrap_or(("", &text));
        if Clock::Auto.read(last).is_some() {
            last.clone_into(&mut self.date);
            self.text = Self::of_text(rest).text;
        } else {
            self.text = Self::of_text(&text).text;
        }
    }

    /// Takes away the colons that stood behind a date or a sender, which are told apart from the text.
    pub fn lone_colons(&mut self) {
        let text = self.text.take();
        let rest = if self.heading.is_empty() && self.date.is_empty() {
            text.as_str()
        } else {
            text.trim_start_matches(": ").trim_start_matches(":\n")
        };
        self.text = Self::of_text(if rest == ":" { "" } else { rest }).text;
    }

    /// Takes lines "Label: value" out of the text; lines without a label stay.
    pub fn label_lines(&mut self) {
        let text = self.text.take();
        let (pairs, rest) = labelled(&text);
        self.pairs.extend(pairs);
        self.text = Self::of_text(&rest).text;
    }
}

/// The time of a record that has no date of its own: the only value of a label that is a time to the minute, whatever the language.
fn only_moment(unit: &Unit) -> Option<Time> {
    if !unit.date.is_empty() {
        return None;
    }
    let moment = |(_, value): &(String, String)| Clock::Auto.read(value).filter(|time| time.zone != Zone::Day);
    let has_words = |(_, value): &&(String, String)| value.bytes().any(|byte| !byte.is_ascii_digit());
    let mut moments = unit.pairs.iter().filter(has_words).filter_map(moment);
    moments.next().filter(|_| moments.next().is_none())
}

/// Adds a target that was not just there; `false` if there is no room.
fn add(targets: &mut Vec<String>, target: &str) -> bool {
    if targets.iter().rev().take(16).any(|known| known == target) {
        return true;
    }
    if targets.len() < MOST_VALUES {
        targets.push(target.to_owned());
    }
    targets.len() < MOST_VALUES
}

/// The lines "Label: value" of a text, and the rest of it. Lines after a line "Label:" are values of it.
pub fn labelled(text: &str) -> (Vec<(String, String)>, String) {
    let mut pairs = Vec::new();
    let mut rest = String::new();
    let mut open: Option<&str> = None;
    for line in text.lines().filter(|line| !line.is_empty()) {
        match (pair(line), open) {
            (Some((label, "")), _) => open = Some(label),
            (Some((label, value)), _) => {
                open = None;
                pairs.push((label.to_owned(), value.to_owned()));
            }
            (None, Some(label)) => pairs.push((label.to_owned(), line.to_owned())),
            (None, None) => {
                if !rest.is_empty() {
                    rest.push('\n');
                }
                rest.push_str(line);
            }
        }
    }
    (pairs, rest)
}

/// The emitter, with what records of a page share.
pub struct Records<'a, 'e> {
    emitter: &'a mut Emitter<'e>,
    count: u64,
    title: String,
    section: String,
    /// Level of the section's heading, if no record has told the section yet; else 0.
    fresh: u8,
}

impl<'a, 'e> Records<'a, 'e> {
    pub fn new(emitter: &'a mut Emitter<'e>) -> Self {
        Self { emitter, count: 0, title: String::new(), section: String::new(), fresh: 0 }
    }

    /// The title of the page; the first one counts. `false` if there was one.
    pub fn title(&mut self, title: &str) -> bool {
        if title.is_empty() || !self.title.is_empty() {
            return false;
        }
        title.clone_into(&mut self.title);
        let node = self.at("title");
        self.emitter.about(node, title);
        true
    }

    /// What the whole page is about.
    pub fn header(&mut self, text: &str) {
        let node = self.at("header");
        self.emitter.about(node, text);
    }

    /// The heading above what follows. A heading that neither text nor a deeper heading follows becomes a record, so that it is
    /// found.
    pub fn section(&mut self, level: u8, heading: &str) {
        let lone = std::mem::take(&mut self.section);
        if self.fresh >= level && self.fresh > 0 {
            self.give(&mut Unit::of_text(&lone));
        }
        if heading != self.title {
            heading.clone_into(&mut self.section);
        }
        self.fresh = if self.section.is_empty() { 0 } else { level };
    }

    pub fn problem(&mut self, what: &str) {
        let place = format!("block {}", self.count + 1);
        self.emitter.problem(&place, what);
    }

    /// Gives a record, if there is anything in it, and empties it.
    pub fn give(&mut self, unit: &mut Unit) {
        if unit.is_empty() || self.says_the_title(unit) {
            *unit = Unit::default();
            return;
        }
        if unit.text.cut {
            self.problem("the text is longer than 16 MiB; the rest of it is left out");
        }
        if unit.full {
            self.problem("more than 4096 links, media or reactions; the rest of them is left out");
        }
        self.count += 1;
        self.emitter.begin("block *", self.count);
        self.shared(unit);
        self.one("heading", &unit.heading);
        let text = unit.text.take();
        self.one("text", &text);
        self.pairs(&unit.pairs);
        for (column, value) in &unit.columns {
            self.one(column, value);
        }
        self.each("reactions", &unit.reactions);
        self.each("link", &unit.links);
        self.each("media", &unit.media);
        self.one("date", &unit.date);
        if let Some(time) = only_moment(unit) {
            self.emitter.time_if_none(time);
        }
        self.emitter.end();
        *unit = Unit::default();
    }

    /// A page that shows its title above its records.
    fn says_the_title(&self, unit: &mut Unit) -> bool {
        let is_short = unit.text.len() <= self.title.len() + 2;
        if self.count > 0 || self.title.is_empty() || !is_short || unit.has_more_than_text() {
            return false;
        }
        let text = unit.text.take();
        unit.text = Unit::of_text(&text).text;
        text == self.title
    }

    fn shared(&mut self, unit: &Unit) {
        self.fresh = 0;
        self.one("thread", &unit.thread);
        let section = std::mem::take(&mut self.section);
        self.one("section", &section);
        self.section = section;
    }

    fn at(&mut self, key: &str) -> crate::emit::Node {
        let root = self.emitter.root();
        self.emitter.key(root, key)
    }

    fn one(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            let node = self.at(key);
            self.emitter.value(node, value, ValueType::String);
        }
    }

    fn pairs(&mut self, pairs: &[(String, String)]) {
        if pairs.is_empty() {
            return;
        }
        let fields = self.at("fields");
        for (label, value) in pairs {
            let node = self.emitter.key(fields, label);
            self.emitter.value(node, value, ValueType::String);
        }
    }

    fn each(&mut self, key: &str, values: &[String]) {
        if values.is_empty() {
            return;
        }
        let list = self.at(key);
        for (index, value) in values.iter().enumerate() {
            let node = self.emitter.item(list, index as u64);
            self.emitter.value(node, value, ValueType::String);
        }
    }
}
