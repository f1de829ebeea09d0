//! Contacts: vCard 2.1, 3.0 and 4.0.
//!
//! A record is a card, placed at `card N`. Its fields are called as the properties are:
//!
//! | path | what |
//! |---|---|
//! | `FN` `BDAY` `NOTE` `TITLE` `UID` … | a property with one value |
//! | `N.family` `N.given` `N.additional` `N.prefix` `N.suffix` | the name in pieces |
//! | `TEL[].value` `EMAIL[].value` `ADR[].value` `URL[].value` … | each number, address …, with `.type` and the person's own `.label` |
//! | `CATEGORIES[]` `NICKNAME[]` | lists, item by item |
//! | `PHOTO.size` `PHOTO.type` `PHOTO.url` | pictures, sounds and keys are measured, not kept |
//!
//! The time is that of `REV`, when the card was changed last.

use super::DecodeError;
use super::charset::{Utf8, is_utf16};
use super::property::{Properties, Property};
use crate::decode::cap;
use crate::emit::{Emitter, Node};
use crate::record::ValueType;
use std::io::Read;

/// Properties that a card has any number of, each of a type.
const TYPED: [&str; 14] = [
    "TEL",
    "EMAIL",
    "ADR",
    "URL",
    "IMPP",
    "LANG",
    "RELATED",
    "X-SOCIALPROFILE",
    "X-ABRELATEDNAMES",
    "X-ABDATE",
    "ANNIVERSARY",
    "X-EVENT",
    "X-RELATION",
    "LABEL",
];
/// Lists between commas.
const LISTS: [&str; 2] = ["CATEGORIES", "NICKNAME"];
const NAME: [&str; 5] = ["family", "given", "additional", "prefix", "suffix"];

/// Properties of one card beyond which they are left out.
const MOST: usize = 10_000;

/// Reads the stream into records.
pub fn decode(input: &mut dyn Read, emitter: &mut Emitter<'_>) -> Result<(), DecodeError> {
    with_head(input, |input| cards(input, emitter))
}

/// Passes the stream on as bytes that have lines: UTF-16 is decoded first.
pub(super) fn with_head<T>(
    input: &mut dyn Read,
    read: impl FnOnce(&mut dyn Read) -> Result<T, DecodeError>,
) -> Result<T, DecodeError> {
    let mut head = Vec::new();
    (&mut *input).take(64).read_to_end(&mut head)?;
    let wide = is_utf16(&head);
    let mut whole = head.as_slice().chain(input);
    if wide { read(&mut Utf8::new(&mut whole)?) } else { read(&mut whole) }
}

fn cards(input: &mut dyn Read, emitter: &mut Emitter<'_>) -> Result<(), DecodeError> {
    let mut properties = Properties::new(input);
    let mut card: Option<Card> = None;
    let (mut count, mut outside) = (0, false);
    while let Some(property) = properties.next() {
        let border = |name: &str| property.name == name && property.text().eq_ignore_ascii_case("VCARD");
        if border("BEGIN") {
            // A card without an end is over where the next one begins.
            if let Some(card) = card.replace(Card::default()) {
                count += 1;
                card.give(count, emitter);
            }
        } else if border("END") {
            if let Some(card) = card.take() {
                count += 1;
                card.give(count, emitter);
            }
        } else if let Some(card) = &mut card {
            card.add(property);
        } else {
            let first = !std::mem::replace(&mut outside, true);
            if first {
                emitter.problem(&format!("line {}", properties.line), "lines outside of the cards are left out");
            }
        }
    }
    if let Some(card) = card {
        card.give(count + 1, emitter);
    }
    properties.outcome().map_err(DecodeError::from)
}

/// A card being read. Labels stand behind what they label, so it is written when it is whole.
#[derive(Default)]
struct Card {
    properties: Vec<Property>,
    bytes: usize,
    full: bool,
}

impl Card {
    fn add(&mut self, property: Property) {
        self.bytes += property.text().len();
        self.full |= self.bytes > cap::RECORD || self.properties.len() >= MOST;
        if !self.full {
            self.properties.push(property);
        }
    }

    fn give(&self, number: u64, emitter: &mut Emitter<'_>) {
        let place = format!("card {number}");
        if self.full || self.properties.iter().any(|property| property.is_cut() && property.binary_size().is_none()) {
            emitter.problem(&place, "the card is longer than is kept of one; the rest of it is left out");
        }
        emitter.begin("card *", number);
        for (at, property) in self.properties.iter().enumerate() {
            Writer { emitter, card: self }.property(property, at as u64);
        }
        emitter.stands_for_itself();
        emitter.end();
    }

    /// What the person calls a property: `item1.X-ABLabel:Boat`.
    fn label(&self, property: &Property) -> Option<String> {
        let found = self.properties.iter().find(|other| {
            !property.group.is_empty() && other.name == "X-ABLABEL" && other.group.eq_ignore_ascii_case(&property.group)
        })?;
        let label = found.text();
        // Apple writes its own labels so.
        let label = label.strip_prefix("_$!<").and_then(|rest| rest.strip_suffix(">!$_")).unwrap_or(&label);
        Some(label.to_owned())
    }
}

struct Writer<'c, 'a, 'e> {
    emitter: &'a mut Emitter<'e>,
    card: &'c Card,
}

impl Writer<'_, '_, '_> {
    fn property(&mut self, property: &Property, at: u64) {
        let name = property.name.as_str();
        if name == "VERSION" || name == "X-ABLABEL" && !property.group.is_empty() {
            return;
        }
        let node = self.at(name);
        match name {
            _ if property.binary_size().is_some() => self.binary(node, property),
            "PHOTO" | "LOGO" | "SOUND" => self.put(node, "url", &property.text()),
            "N" => self.pieces(node, property),
            "ORG" => {
                let text = filled(&property.pieces(';')).join(", ");
                self.emitter.value(node, &text, ValueType::String);
            }
            "REV" => self.revised(node, property),
            _ if LISTS.contains(&name) => self.list(node, property),
            _ if TYPED.contains(&name) => self.typed(node, property, at),
            _ => self.emitter.value(node, &property.text(), ValueType::String),
        }
    }

    fn at(&mut self, name: &str) -> Node {
        let root = self.emitter.root();
        self.emitter.key(root, name)
    }

    fn put(&mut self, node: Node, key: &str, value: &str) {
        if !value.is_empty() {
            let at = self.emitter.key(node, key);
            self.emitter.value(at, value, ValueType::String);
        }
    }

    fn binary(&mut self, node: Node, property: &Property) {
        let size = property.binary_size().unwrap_or_default().to_string();
        let at = self.emitter.key(node, "size");
        self.emitter.value(at, &size, ValueType::Number);
        let types = property.parameter("TYPE").or_else(|| property.parameter("MEDIATYPE")).unwrap_or_default();
        let is_type = |word: &&str| !matches!(word.to_ascii_uppercase().as_str(), "BASE64" | "B" | "PREF");
        let types: Vec<&str> = types.split(", ").filter(is_type).collect();
        self.put(node, "type", &types.join(", "));
    }

    fn pieces(&mut self, node: Node, property: &Property) {
        for (key, piece) in NAME.iter().zip(property.pieces(';')) {
            self.put(node, key, &piece);
        }
    }

    fn revised(&mut self, node: Node, property: &Property) {
        let time = property.time();
        if let Some(time) = time {
            self.emitter.time(time);
        }
        let kind = if time.is_some() { ValueType::Time } else { ValueType::String };
        self.emitter.value(node, &property.text(), kind);
    }

    fn list(&mut self, node: Node, property: &Property) {
        for (at, piece) in filled(&property.pieces(',')).into_iter().enumerate() {
            let item = self.emitter.item(node, at as u64);
            self.emitter.value(item, piece, ValueType::String);
        }
    }

    fn typed(&mut self, node: Node, property: &Property, at: u64) {
        let value = match property.name.as_str() {
            "ADR" => filled(&property.pieces(';')).join(", ").replace('\n', ", "),
            _ => bare(&property.text()),
        };
        if value.is_empty() {
            return;
        }
        let item = self.emitter.item(node, at);
        self.put(item, "value", &value);
        let is_type = |word: &&str| !matches!(word.to_ascii_uppercase().as_str(), "QUOTED-PRINTABLE" | "INTERNET");
        let types = property.parameter("TYPE").unwrap_or_default();
        let types: Vec<String> = types.split(", ").filter(is_type).map(str::to_lowercase).collect();
        self.put(item, "type", &types.join(", "));
        let label = self.card.label(property).or_else(|| property.parameter("LABEL")).unwrap_or_default();
        self.put(item, "label", &label);
        let user = property.parameter("X-USER").unwrap_or_default();
        self.put(item, "user", &user);
    }
}

fn filled(pieces: &[String]) -> Vec<&str> {
    pieces.iter().map(String::as_str).filter(|piece| !piece.is_empty()).collect()
}

/// vCard 4 writes numbers and addresses as links: `tel:+44-7700-900123;ext=1`.
fn bare(value: &str) -> String {
    let after = |scheme: &str| {
        let start = value.get(..scheme.len()).filter(|start| start.eq_ignore_ascii_case(scheme));
        start.and_then(|_| value.get(scheme.len()..))
    };
    after("tel:").or_else(|| after("mailto:")).unwrap_or(value).to_owned()
}

#[cfg(test)]
mod tests {
    use crate::decode::Decoder;
    use crate::emit::collect::Collection;
    use crate::record::IdKind;
    use crate::sheets::Section;

    fn read(text: impl AsRef<[u8]>) -> Collection {
        Collection::of(Decoder::Vcard, &Section::default(), false, "contacts.vcf", text.as_ref())
    }

    /// One line a card.
    fn lines(found: &Collection) -> Vec<String> {
        let line = |record: &crate::emit::collect::Collected| {
            let values: Vec<String> =
                record.values.iter().map(|(path, value)| format!("{path}={}", value.replace('\n', "⏎"))).collect();
            format!("{}: {}", record.locator, values.join(" | "))
        };
        found.records.iter().map(line).collect()
    }

    fn check(text: impl AsRef<[u8]>, expected: &[&str]) {
        let found = read(text);
        assert_eq!(lines(&found), expected);
        assert_eq!((found.problems.len(), found.error), (0, None));
    }

    #[test]
    fn a_card_is_a_record_with_its_numbers_labels_and_lists() {
        check(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ben Zoë\r\nN:Zoë;Ben;;Dr;\r\nitem1.TEL;TYPE=CELL:+44 7700 900456\r\nitem1.X-ABLabel:Boat\r\nEMAIL;TYPE=INTERNET;TYPE=HOME:ben.zoe@example.org\r\nADR;TYPE=WORK:;;1 Quay\\, East;Bath;;BA1 0XX;UK\r\nCATEGORIES:myContacts,Sailing\r\nORG:Quay Ltd;Boats\r\nREV:2024-11-02T10:00:00Z\r\nEND:VCARD\r\n",
            &[
                "card 1: FN=Ben Zoë | N.family=Zoë | N.given=Ben | N.prefix=Dr | TEL[].value=+44 7700 900456 | TEL[].type=cell | TEL[].label=Boat | EMAIL[].value=ben.zoe@example.org | EMAIL[].type=home | ADR[].value=1 Quay, East, Bath, BA1 0XX, UK | ADR[].type=work | CATEGORIES[]=myContacts | CATEGORIES[]=Sailing | ORG=Quay Ltd, Boats | REV=2024-11-02T10:00:00Z",
            ],
        );
    }

    #[test]
    fn old_and_new_versions_say_the_same() {
        check(
            "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=AB;Ben;;;\nTEL;CELL;PREF:07700 900456\nPHOTO;JPEG;ENCODING=BASE64:AAAA\n BBBB\n\nEND:VCARD\nbegin:vcard\nversion:4.0\nfn:Sam\nTEL;VALUE=uri;TYPE=\"voice,home\":tel:+12025550117\nPHOTO:https://example.com/sam.jpg\nend:vcard\n",
            &[
                "card 1: N.family=Zoë | N.given=Ben | TEL[].value=07700 900456 | TEL[].type=cell, pref | PHOTO.size=6 | PHOTO.type=JPEG",
                "card 2: FN=Sam | TEL[].value=+12025550117 | TEL[].type=voice,home | PHOTO.url=https://example.com/sam.jpg",
            ],
        );
    }

    #[test]
    fn numbers_and_addresses_are_identifiers_of_others() {
        let found = read("BEGIN:VCARD\nFN:Ben\nTEL:+44 7700 900456\nEMAIL:Ben.Zoe@example.org\nEND:VCARD\n");
        let kinds: Vec<(IdKind, &str)> =
            found.identifiers.iter().map(|(kind, value, _)| (*kind, value.as_str())).collect();
        assert_eq!(kinds, [(IdKind::Phone, "+447700900456"), (IdKind::Email, "ben.zoe@example.org")]);
    }

    #[test]
    fn utf_16_and_cards_without_an_end_are_read() {
        let text = "BEGIN:VCARD\r\nFN:山田 花子\r\nBEGIN:VCARD\r\nFN:Łukasz Żak\r\n";
        let utf16: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        check(utf16, &["card 1: FN=山田 花子", "card 2: FN=Łukasz Żak"]);
        assert_eq!(read("FN:nobody\nFN:nobody\n").problems.len(), 1);
        check("", &[]);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
            let mut text = b"BEGIN:VCARD\n".to_vec();
            text.extend(bytes);
            read(text);
        }

        #[test]
        fn any_lines_are_read(text in "(BEGIN:VCARD\n|END:VCARD\n|TEL;=:;\n|PHOTO;B:A\n|N;QUOTED-PRINTABLE:=\n| x\n|\\.;\"=:\\\\n\n){0,30}") {
            read(text);
        }
    }
}
