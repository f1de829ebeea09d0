//! Records over time, by company.

use super::live::live;
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
    for one in live(store) {
        let company = &one.segment.manifest.company;
        let steps = timeline.companies.entry(company.clone()).or_default();
        let mut without = 0;
        let shadowed = store.shadowed(one.number as usize);
        let mut counts: BTreeMap<i64, u64> = BTreeMap::new();
        for number in 0..one.segment.batches() {
            let Ok(batch) = one.segment.batch(number) else { continue };
            for row in (0..batch.len()).filter(|&row| shadowed.is_none_or(|set| !set.contains(number, row))) {
                match batch.time_of(row) {
                    Some(time) => {
                        let wall = time.ms + i64::from(time.offset_minutes()) * 60_000;
                        let step = if by == Step::Hour { HOUR } else { DAY };
                        *counts.entry(wall.div_euclid(step)).or_default() += 1;
                    }
                    None => without += 1,
                }
            }
        }
        for (step, records) in counts {
            *steps.entry(name(by, step)).or_default() += records;
        }
        if without > 0 {
            *timeline.without.entry(company.clone()).or_default() += without;
        }
    }
    timeline.companies.retain(|_, steps| !steps.is_empty());
    timeline
}

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// The name of a step: a number of hours or days since 1970.
fn name(by: Step, step: i64) -> String {
    if by == Step::Hour {
        return format!("{:02}", step.rem_euclid(24));
    }
    let date = jiff::civil::date(1970, 1, 1).saturating_add(jiff::Span::new().days(step));
    match by {
        Step::Year => format!("{:04}", date.year()),
        Step::Month => format!("{:04}-{:02}", date.year(), date.month()),
        Step::Day | Step::Hour => date.to_string(),
    }
}
