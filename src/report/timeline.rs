//! Records over time, by company.

use super::clock::Clock;
use super::hours::{civil_of, hours};
use crate::index::Store;
use serde::Serialize;
use std::collections::BTreeMap;

/// How long a step of a timeline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Step {
    #[default]
    Year,
    Month,
    Day,
    /// Of the day, 0 to 23, whatever the day: when somebody is awake.
    Hour,
}

impl Step {
    pub fn id(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Hour => "hour",
        }
    }
}

/// `timeline --json`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Timeline {
    pub by: String,
    /// Company, step (`2024`, `2024-11`, `2024-11-02`, `07`), records with a time in it. The clock is that of the export.
    pub companies: BTreeMap<String, BTreeMap<String, u64>>,
    /// Records without time.
    pub without: BTreeMap<String, u64>,
}

/// Records of each company by time. A record that snapshots share counts once.
pub fn timeline(store: &Store, by: Step) -> Timeline {
    let mut timeline = Timeline { by: by.id().to_owned(), companies: BTreeMap::new(), without: BTreeMap::new() };
    for lane in hours(store, &Clock::Written).lanes {
        let company = lane.group.company;
        if lane.without > 0 {
            *timeline.without.entry(company.clone()).or_default() += lane.without;
        }
        let steps = timeline.companies.entry(company).or_default();
        for (hour, records) in lane.hours {
            *steps.entry(name(by, hour)).or_default() += records;
        }
    }
    timeline.companies.retain(|_, steps| !steps.is_empty());
    timeline
}

/// The name of the step that an hour since 1970 is in.
fn name(by: Step, hour: i32) -> String {
    let civil = civil_of(hour);
    match by {
        Step::Year => format!("{:04}", civil.year()),
        Step::Month => format!("{:04}-{:02}", civil.year(), civil.month()),
        Step::Day => civil.date().to_string(),
        Step::Hour => format!("{:02}", civil.hour()),
    }
}
