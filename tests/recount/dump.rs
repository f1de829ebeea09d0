//! Every record of all sample exports, as `export --format jsonl` writes them.

use crate::world::{Home, list};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

/// One record of the dump.
#[derive(Debug)]
pub struct Record {
    pub export: String,
    pub company: String,
    pub section: String,
    pub kind: String,
    pub time: Option<String>,
    pub who: Option<String>,
    pub entry: String,
    pub locator: String,
    pub held: Vec<Held>,
}

/// One value of a record.
#[derive(Debug, PartialEq, Eq)]
pub struct Held {
    /// Of the field: a record may repeat what stands around it.
    pub section: String,
    pub field: String,
    pub category: String,
    pub origin: String,
    pub value: String,
}

impl Record {
    /// The milliseconds since 1970 its time means; one without a zone is read as if it were UTC.
    pub fn ms(&self) -> Option<i64> {
        self.time.as_deref().map(ms)
    }

    /// Section and name of each field it holds.
    pub fn fields(&self) -> BTreeSet<(&str, &str)> {
        self.held.iter().map(|held| (held.section.as_str(), held.field.as_str())).collect()
    }

    pub fn holds(&self, value: &str) -> bool {
        self.held.iter().any(|held| held.value == value)
    }
}

/// Milliseconds since 1970 of a time as the program prints it: `2024-01-02`, with or without a clock, with or without an offset.
pub fn ms(time: &str) -> i64 {
    let day = jiff::civil::Date::strptime("%F", time.get(..10).expect("a date")).expect("a date");
    let days = i64::from(day.since(jiff::civil::date(1970, 1, 1)).expect("a span").get_days());
    let number = |range: std::ops::Range<usize>| time.get(range).map_or(0, |digits| digits.parse::<i64>().expect(time));
    let seconds = days * 86_400 + number(11..13) * 3600 + number(14..16) * 60 + number(17..19);
    let rest = time.get(19..).unwrap_or_default();
    let zone = rest.find(['Z', '+', '-']).unwrap_or(rest.len());
    let (fraction, zone) = rest.split_at(zone);
    let thousandths: i64 =
        format!("{:0<3}", fraction.trim_start_matches('.')).get(..3).map_or(0, |d| d.parse().expect("digits"));
    let offset = match zone.split_at_checked(1) {
        Some((sign, clock)) if sign != "Z" => {
            let (hours, minutes) = clock.split_once(':').expect("hours and minutes");
            let minutes = hours.parse::<i64>().expect("hours") * 60 + minutes.parse::<i64>().expect("minutes");
            if sign == "-" { -minutes } else { minutes }
        }
        _ => 0,
    };
    (seconds - offset * 60) * 1000 + thousandths
}

/// All sample exports in one index, and every record in it.
pub struct World {
    home: Home,
    pub records: Vec<Record>,
}

impl World {
    /// What a command prints as JSON.
    pub fn json(&self, args: &[&str]) -> Value {
        self.home.run(&[args, &["--json"]].concat()).ended(0).json()
    }

    /// Records of each company.
    pub fn by_company(&self) -> BTreeMap<&str, Vec<&Record>> {
        let mut companies: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
        for record in &self.records {
            companies.entry(&record.company).or_default().push(record);
        }
        companies
    }

    /// The record at a place, as reports write places: `ENTRY#PLACE`.
    pub fn at(&self, export: &str, locator: &str) -> Vec<&Record> {
        self.records
            .iter()
            .filter(|record| record.export == export && format!("{}#{}", record.entry, record.locator) == locator)
            .collect()
    }

    /// Exports all of whose records are in the dump: no newer export of the account holds some of them too.
    pub fn whole(&self) -> BTreeMap<String, u64> {
        let mut dumped: BTreeMap<&str, u64> = BTreeMap::new();
        for record in &self.records {
            *dumped.entry(&record.export).or_default() += 1;
        }
        let exports = self.json(&["exports"]);
        let all =
            list(&exports, "exports").iter().map(|export| (text(&export["id"]).to_owned(), number(&export["records"])));
        all.filter(|(id, records)| dumped.get(id.as_str()) == Some(records)).collect()
    }
}

pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

pub fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is no number"))
}

pub fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let home = Home::new();
        home.import(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_exports"));
        let to = home.path().join("dump");
        let to = to.to_str().expect("a name in UTF-8");
        home.run(&["export", "--format", "jsonl", "--reveal", "--others", "keep", "-o", to]).ended(0);
        let lines = std::fs::read_to_string(home.path().join("dump/records.jsonl")).expect("the records");
        let records = lines.lines().map(|line| record(&serde_json::from_str(line).expect("JSON"))).collect();
        World { home, records }
    })
}

fn record(line: &Value) -> Record {
    let owned = |key: &str| text(&line[key]).to_owned();
    let held = |value: &Value| Held {
        section: value.get("section").unwrap_or(&line["section"]).as_str().expect("a section").to_owned(),
        field: text(&value["field"]).to_owned(),
        category: text(&value["category"]).to_owned(),
        origin: text(&value["origin"]).to_owned(),
        value: text(&value["value"]).to_owned(),
    };
    Record {
        export: owned("export"),
        company: owned("company"),
        section: owned("section"),
        kind: owned("kind"),
        time: line["time"].as_str().map(str::to_owned),
        who: line["who"].as_str().map(str::to_owned),
        entry: owned("entry"),
        locator: owned("locator"),
        held: list(line, "values").iter().map(held).collect(),
    }
}

#[test]
fn a_time_means_the_same_milliseconds_however_it_is_written() {
    assert_eq!(ms("1970-01-02"), 86_400_000);
    assert_eq!(ms("1970-01-01T01:00:00.5+01:00"), 500);
    assert_eq!(ms("1969-12-31T23:30:00-00:30"), 0);
    assert_eq!(ms("2024-02-29T12:34:56.789Z"), 1_709_210_096_789);
}
