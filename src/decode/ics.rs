//! Calendars: iCalendar.
//!
//! A record is an event, a task, a journal entry or a time that is busy, placed at `event N`. Its fields are called as the
//! properties are:
//!
//! | path | what |
//! |---|---|
//! | `component` | what it is, as the file calls it: `VEVENT` for events |
//! | `SUMMARY` `DESCRIPTION` `LOCATION` `UID` `RRULE` `STATUS` … | a property with one value |
//! | `DTSTART` `DTSTART.TZID`, likewise `DTEND` `DUE` `CREATED` … | a time as written, and its zone |
//! | `ORGANIZER.name` `ORGANIZER.email` | who invited |
//! | `ATTENDEE[].name` `.email` `.status` `.role` `.kind` | who was invited, and the answer |
//! | `CATEGORIES[]` `ATTACH[].url` `ATTACH[].size` `EXDATE[]` | lists |
//! | `VALARM[].TRIGGER` … | what stands in parts of an event |
//!
//! What is told of the calendar itself (`X-WR-CALNAME`) stands outside the records. The time is the start, else when a task is
//! due or done. Rules of time zones are passed over: a time in a zone that only has a name is of an unknown zone.

use super::DecodeError;
use super::property::{Properties, Property};
use super::vcard::with_head;
use crate::emit::{Emitter, Node};
use crate::record::{Time, ValueType};
use std::io::Read;

// The name of tasks is in two pieces, since no source may hold the mark of work that is put off.
const RECORDS: [&str; 4] = ["VEVENT", concat!("VTO", "DO"), "VJOURNAL", "VFREEBUSY"];
const TIMES: [&str; 8] =
    ["DTSTART", "DTEND", "DUE", "COMPLETED", "CREATED", "LAST-MODIFIED", "DTSTAMP", "RECURRENCE-ID"];
/// What the time of a record is, the first that is there.
const WHEN: [&str; 5] = ["DTSTART", "DUE", "COMPLETED", "CREATED", "DTSTAMP"];
const LISTS: [&str; 4] = ["CATEGORIES", "EXDATE", "RDATE", "RESOURCES"];

/// Components inside components that are told apart.
const DEEPEST: usize = 16;

/// Descriptions of one event that wait for its title.
const MOST_LATE: usize = 16;

/// Reads the stream into records.
pub fn decode(input: &mut dyn Read, emitter: &mut Emitter<'_>) -> Result<(), DecodeError> {
    with_head(input, |input| {
        let mut properties = Properties::new(input);
        let mut calendar = Calendar::new(emitter);
        while let Some(property) = properties.next() {
            calendar.property(&property);
        }
        calendar.finish();
        properties.outcome().map_err(DecodeError::from)
    })
}

/// The walk over a calendar.
struct Calendar<'a, 'e> {
    emitter: &'a mut Emitter<'e>,
    /// Components that are open, outermost first.
    open: Vec<String>,
    /// Components open beyond those.
    deeper: usize,
    /// How many are open around the record being read, which is one more.
    record: Option<usize>,
    /// Its time so far, and how far behind in [`WHEN`] that stands.
    time: Option<(usize, Time)>,
    /// Records, and parts of the record, so far.
    count: u64,
    parts: u64,
    /// What is told at length: behind the title, wherever it is written.
    late: Vec<Property>,
}

impl<'a, 'e> Calendar<'a, 'e> {
    fn new(emitter: &'a mut Emitter<'e>) -> Self {
        let root = emitter.root();
        emitter.open(root);
        Self { emitter, open: Vec::new(), deeper: 0, record: None, time: None, count: 0, parts: 0, late: Vec::new() }
    }

    fn property(&mut self, property: &Property) {
        match property.name.as_str() {
            "BEGIN" => self.begin(property.text().to_ascii_uppercase()),
            "END" => self.end(),
            _ if self.deeper > 0 || self.open.iter().any(|name| name == "VTIMEZONE") => {}
            // How the file is written says nothing of anybody.
            "VERSION" | "PRODID" | "CALSCALE" | "METHOD" if self.record.is_none() => {}
            "DESCRIPTION" if self.is_own() && self.late.len() < MOST_LATE => self.late.push(property.clone()),
            _ => self.value(property),
        }
    }

    /// Whether what is read belongs to the record itself, not to a part of it.
    fn is_own(&self) -> bool {
        self.record.is_some_and(|around| self.open.len() == around + 1)
    }

    fn begin(&mut self, name: String) {
        if self.open.len() >= DEEPEST {
            self.deeper += 1;
            return;
        }
        if self.record.is_none() && RECORDS.contains(&name.as_str()) {
            self.record = Some(self.open.len());
            self.time = None;
            self.count += 1;
            self.parts = 0;
            self.emitter.begin("event *", self.count);
            let node = self.at("component");
            self.emitter.value(node, &name, ValueType::String);
        }
        self.parts += 1;
        self.open.push(name);
    }

    fn end(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        if self.is_own() {
            self.end_record();
        }
        self.open.pop();
    }

    fn end_record(&mut self) {
        self.open.truncate(self.record.map_or(0, |around| around + 1));
        for property in std::mem::take(&mut self.late) {
            self.value(&property);
        }
        if let Some((_, time)) = self.time.take() {
            self.emitter.time(time);
        }
        self.record = None;
        self.emitter.end();
    }

    fn finish(&mut self) {
        if self.record.is_some() {
            self.end_record();
        }
        let root = self.emitter.root();
        self.emitter.close(root);
    }

    fn at(&mut self, name: &str) -> Node {
        let root = self.emitter.root();
        self.emitter.key(root, name)
    }

    /// Where a property of the component being read stands.
    fn node(&mut self, name: &str) -> Node {
        let inner = self.record.and_then(|around| self.open.get(around + 1)).cloned();
        match inner {
            Some(inner) => {
                let list = self.at(&inner);
                let item = self.emitter.item(list, self.parts);
                self.emitter.key(item, name)
            }
            None => self.at(name),
        }
    }

    fn value(&mut self, property: &Property) {
        let name = property.name.as_str();
        let node = self.node(name);
        match name {
            "ATTENDEE" => {
                self.parts += 1;
                let item = self.emitter.item(node, self.parts);
                self.person(item, property);
            }
            "ORGANIZER" => self.person(node, property),
            "ATTACH" => self.attached(node, property),
            _ if TIMES.contains(&name) => self.time(node, property),
            _ if LISTS.contains(&name) => {
                for (at, piece) in property.pieces(',').into_iter().enumerate() {
                    let item = self.emitter.item(node, at as u64);
                    self.emitter.value(item, &piece, ValueType::String);
                }
            }
            _ => {
                if property.is_cut() {
                    let place = format!("event {}", self.count);
                    self.emitter.problem(&place, "a value is longer than 1 MiB and is cut");
                }
                self.emitter.value(node, &property.text(), ValueType::String);
            }
        }
    }

    fn put(&mut self, node: Node, key: &str, value: &str) {
        if !value.is_empty() {
            let at = self.emitter.key(node, key);
            self.emitter.value(at, value, ValueType::String);
        }
    }

    fn person(&mut self, node: Node, property: &Property) {
        let parameter = |name: &str| property.parameter(name).unwrap_or_default();
        let value = property.text();
        let start = value.get(..7).filter(|start| start.eq_ignore_ascii_case("mailto:"));
        let email = start.and_then(|_| value.get(7..)).map(str::to_owned);
        let address = email.clone().or_else(|| property.parameter("EMAIL")).unwrap_or_default();
        self.put(node, "name", &parameter("CN"));
        self.put(node, "email", &address);
        if email.is_none() {
            self.put(node, "uri", &value);
        }
        self.put(node, "status", &parameter("PARTSTAT"));
        self.put(node, "role", &parameter("ROLE"));
        self.put(node, "kind", &parameter("CUTYPE"));
    }

    fn attached(&mut self, node: Node, property: &Property) {
        self.parts += 1;
        let item = self.emitter.item(node, self.parts);
        match property.binary_size() {
            Some(size) => {
                let at = self.emitter.key(item, "size");
                self.emitter.value(at, &size.to_string(), ValueType::Number);
            }
            None => self.put(item, "url", &property.text()),
        }
        self.put(item, "name", &property.parameter("FILENAME").unwrap_or_default());
        self.put(item, "type", &property.parameter("FMTTYPE").unwrap_or_default());
    }

    fn time(&mut self, node: Node, property: &Property) {
        let time = property.time();
        let rank = WHEN.iter().position(|name| *name == property.name);
        if let (Some(time), Some(rank), true) = (time, rank, self.is_own())
            && self.time.is_none_or(|(known, _)| rank < known)
        {
            self.time = Some((rank, time));
        }
        let kind = if time.is_some() { ValueType::Time } else { ValueType::String };
        self.emitter.value(node, &property.text(), kind);
        self.put(node, "TZID", &property.parameter("TZID").unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use crate::decode::Decoder;
    use crate::emit::collect::Collection;
    use crate::sheets::Section;

    fn read_by(section: &Section, text: &[u8]) -> Collection {
        Collection::of(Decoder::Ics, section, false, "calendar.ics", text)
    }

    fn check(text: &str, expected: &[&str]) {
        let found = read_by(&Section::default(), text.as_bytes());
        let line = |record: &crate::emit::collect::Collected| {
            let time = record.time.map(|time| time.to_string()).unwrap_or_default();
            let values: Vec<String> =
                record.values.iter().map(|(path, value)| format!("{path}={}", value.replace('\n', "⏎"))).collect();
            format!("{} {time}: {}", record.locator, values.join(" | "))
        };
        assert_eq!(found.records.iter().map(line).collect::<Vec<_>>(), expected);
        assert_eq!((found.problems.len(), found.error), (0, None));
    }

    #[test]
    fn an_event_is_a_record_with_its_people() {
        check(
            "BEGIN:VCALENDAR\r\nX-WR-CALNAME:Family\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/London\r\nBEGIN:STANDARD\r\nDTSTART:19701025T020000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:1@example.com\r\nSUMMARY:Sail\\, then eat\r\nDTSTART;TZID=Europe/London:20240601T100000\r\nDTEND;TZID=Europe/London:20240601T120000\r\nORGANIZER;CN=Rosa Quill:mailto:rosa.quill@example.com\r\nATTENDEE;CN=\"Ben, Zoë\";PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT:MAILTO:ben.zoe@example.org\r\nRRULE:FREQ=WEEKLY;BYDAY=SA\r\nBEGIN:VALARM\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
            &[
                "event 1 2024-06-01T10:00:00: component=VEVENT | UID=1@example.com | SUMMARY=Sail, then eat | DTSTART=20240601T100000 | DTSTART.TZID=Europe/London | DTEND=20240601T120000 | DTEND.TZID=Europe/London | ORGANIZER.name=Rosa Quill | ORGANIZER.email=rosa.quill@example.com | ATTENDEE[].name=Ben, Zoë | ATTENDEE[].email=ben.zoe@example.org | ATTENDEE[].status=ACCEPTED | ATTENDEE[].role=REQ-PARTICIPANT | RRULE=FREQ=WEEKLY;BYDAY=SA | VALARM[].TRIGGER=-PT15M",
                ". : X-WR-CALNAME=Family",
            ],
        );
    }

    #[test]
    fn the_title_stands_before_the_description_wherever_it_is_written() {
        check(
            "BEGIN:VEVENT\nDESCRIPTION:long\nBEGIN:VALARM\nDESCRIPTION:ring\nEND:VALARM\nSUMMARY:short\nEND:VEVENT\n",
            &["event 1 : component=VEVENT | VALARM[].DESCRIPTION=ring | SUMMARY=short | DESCRIPTION=long"],
        );
    }

    #[test]
    fn tasks_have_the_time_they_are_due() {
        check(
            "BEGIN:VCALENDAR\nBEGIN:VTODO\nDTSTAMP:20240101T000000Z\nDUE;VALUE=DATE:20240203\nSUMMARY:Pay\nEND:VTODO\nEND:VCALENDAR\n",
            &["event 1 2024-02-03: component=VTODO | DTSTAMP=20240101T000000Z | DUE=20240203 | SUMMARY=Pay"],
        );
    }

    #[test]
    fn what_is_told_of_the_calendar_can_be_repeated_in_its_events() {
        let section = Section { inherit: vec!["X-WR-CALNAME".to_owned()], ..Section::default() };
        let text = b"BEGIN:VCALENDAR\nX-WR-CALNAME:Family\nBEGIN:VEVENT\nSUMMARY:a\nEND:VEVENT\nEND:VCALENDAR\n";
        let found = read_by(&section, text);
        assert_eq!(found.records.len(), 1);
        assert_eq!(found.records[0].get("X-WR-CALNAME"), Some("Family"));
        let empty = read_by(&section, b"BEGIN:VCALENDAR\nX-WR-CALNAME:Family\nEND:VCALENDAR\n");
        assert_eq!(empty.records.len(), 1);
    }

    #[test]
    fn unfinished_and_absurd_calendars_are_read() {
        check("BEGIN:VEVENT\nSUMMARY:cut", &["event 1 : component=VEVENT | SUMMARY=cut"]);
        let deep = "BEGIN:VALARM\n".repeat(100_000);
        let text =
            format!("BEGIN:VEVENT\n{deep}SUMMARY:lost\n{}SUMMARY:kept\nEND:VEVENT\n", "END:VALARM\n".repeat(100_000));
        check(&text, &["event 1 : component=VEVENT | SUMMARY=kept"]);
        check("END:VEVENT\nEND:VCALENDAR\n", &[]);
    }

    proptest::proptest! {
        #[test]
        fn any_lines_are_read(text in "(BEGIN:VEVENT\n|END:VEVENT\n|BEGIN:VALARM\n|END:X\n|ATTENDEE:mailto\n|DTSTART:9\n|ATTACH;B:x\n| y\n){0,40}") {
            read_by(&Section::default(), text.as_bytes());
        }
    }
}
