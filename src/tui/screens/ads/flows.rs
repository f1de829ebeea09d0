//! Who told whom, as flows between third parties and companies: an arrow and a bar, or a sentence.

use super::parties::Party;
use crate::record::Direction;
use crate::report::RecipientReport;
use crate::tui::words::count;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What went one way between one company and others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    pub direction: Direction,
    /// Id of the company whose export tells of it.
    pub company: String,
    /// Id of the company at the other end, if there is an export of that one too; it stands alone.
    pub other: Option<String>,
    /// Numbers of the third parties, those with most records first.
    pub parties: Vec<usize>,
    /// Numbers of their rows in the report.
    pub rows: Vec<usize>,
}

/// Flows between two companies first, then those of most third parties. `known` gives the id of a company by its name.
pub fn flows<'a>(
    parties: &[Party],
    recipients: &[RecipientReport],
    known: impl Fn(&str) -> Option<&'a str>,
) -> Vec<Flow> {
    let mut found: BTreeMap<(Direction, &str, Option<&str>), Flow> = BTreeMap::new();
    for (at, party) in parties.iter().enumerate() {
        let known = known(&party.name);
        for (row, recipient) in party.rows.iter().filter_map(|&row| Some((row, recipients.get(row)?))) {
            for company in &recipient.companies {
                let other = known.filter(|other| other != company);
                let flow = found.entry((recipient.direction, company, other)).or_insert_with(|| Flow {
                    direction: recipient.direction,
                    company: company.clone(),
                    other: other.map(str::to_owned),
                    parties: Vec::new(),
                    rows: Vec::new(),
                });
                if flow.parties.last() != Some(&at) {
                    flow.parties.push(at);
                }
                flow.rows.push(row);
            }
        }
    }
    let mut flows: Vec<Flow> = found.into_values().collect();
    flows.sort_by_key(|flow| (flow.other.is_none(), Reverse(flow.parties.len())));
    flows
}

impl Flow {
    fn others(&self, name: impl Fn(&str) -> String) -> String {
        match &self.other {
            Some(other) => name(other),
            None => count(self.parties.len() as u64, "business"),
        }
    }

    /// `5 businesses told Facebook`, the end that told first.
    pub fn told(&self, form: Form, name: impl Fn(&str) -> String) -> String {
        let (others, company) = (self.others(&name), name(&self.company));
        let [from, arrow, verb, to] = match self.direction {
            Direction::Gave => [&others, "told", "told", &company],
            Direction::Received => [&company, "data", "gave data to", &others],
            Direction::Targeted => [&others, "ads", "aimed advertising at", &format!("you, through {company}")],
        };
        match form {
            Form::Drawn => format!("{from} ─{arrow}─> {to}"),
            Form::Words => format!("{from} {verb} {to}"),
        }
    }
}

/// How flows and months are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// With arrows and bars.
    #[default]
    Drawn,
    Words,
}

#[cfg(test)]
mod tests {
    use super::super::parties::parties;
    use super::*;

    fn recipient(name: &str, direction: Direction, companies: &[&str]) -> RecipientReport {
        RecipientReport {
            name: name.into(),
            direction,
            companies: companies.iter().map(|company| (*company).to_owned()).collect(),
            basis: String::new(),
            first: None,
            last: None,
            records: 1,
            evidence: Vec::new(),
            names: Vec::new(),
            why: Vec::new(),
            months: BTreeMap::new(),
            details: Vec::new(),
        }
    }

    #[test]
    fn companies_that_told_each_other_stand_before_the_businesses() {
        let rows = [
            recipient("Harbour Shoes", Direction::Gave, &["facebook", "x"]),
            recipient("Harbour Shoes", Direction::Gave, &["facebook"]),
            recipient("Northwind", Direction::Gave, &["facebook"]),
            recipient("Northwind", Direction::Targeted, &["x"]),
            recipient("SPOTIFY", Direction::Gave, &["facebook"]),
            recipient("Quiz of the Day", Direction::Received, &["facebook"]),
            recipient("Facebook", Direction::Gave, &["facebook"]),
        ];
        let known = |name: &str| ["facebook", "x", "spotify"].into_iter().find(|id| name.eq_ignore_ascii_case(id));
        let flows = flows(&parties(&rows), &rows, known);
        let told: Vec<String> = flows.iter().map(|flow| flow.told(Form::Words, str::to_uppercase)).collect();
        assert_eq!(
            told,
            [
                "SPOTIFY told FACEBOOK",
                "3 businesses told FACEBOOK",
                "1 business told X",
                "FACEBOOK gave data to 1 business",
                "1 business aimed advertising at you, through X",
            ]
        );
        assert_eq!(flows[1].told(Form::Drawn, str::to_uppercase), "3 businesses ─told─> FACEBOOK");
        assert_eq!((flows[1].parties.len(), flows[1].rows.len()), (3, 4));
    }
}
