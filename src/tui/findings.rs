//! "Worth a look": at most five plain statements with numbers, by fixed rules on the reports. No scores, no scare words; each
//! opens the screen that proves it.

use crate::record::{Direction, IdKind, Origin};
use crate::report::{Overlap, SharedIdentifier};
use crate::tui::data::{Data, evidence_at, kind_noun};
use crate::tui::keys::Tab;
use crate::tui::words::{count, grouped, listed};
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::BTreeSet;

const MOST: usize = 5;
/// Archives older than this are worth asking for again.
const STALE_DAYS: i32 = 365;

/// A statement and the screen that proves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub says: String,
    pub proof: Proof,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    Screen(Tab),
    /// Views of the Ads screen.
    Choices,
    Contradictions,
    Concluded,
    Failures,
    Import,
}

type Rule = fn(&Data, Option<Date>) -> Option<Finding>;

/// In order of weight.
const RULES: [Rule; 10] =
    [own_phone, sharing, businesses, shared_people, special, contradictions, failed, stale, concluded, not_understood];

/// The statements that hold, weightiest first.
pub fn findings(data: &Data, today: Option<Date>) -> Vec<Finding> {
    RULES.iter().filter_map(|rule| rule(data, today)).take(MOST).collect()
}

/// Your phone number, else your e-mail address, at more than one company.
fn own_phone(data: &Data, _: Option<Date>) -> Option<Finding> {
    let best = |kind| {
        let mine = data.shared.identifiers.iter().filter(move |id| id.owner == "mine" && id.kind == kind);
        mine.max_by_key(|id| id.companies.len()).filter(|id| id.companies.len() > 1)
    };
    let (id, noun) = best(IdKind::Phone)
        .map(|id| (id, "phone number"))
        .or_else(|| best(IdKind::Email).map(|id| (id, "e-mail address")))?;
    let held = format!("{} of {} hold your {noun}", id.companies.len(), companies(data.companies.len() as u64));
    Some(Finding { says: format!("{held}{}", never_given(data, id)), proof: Proof::Screen(Tab::Ids) })
}

fn companies(number: u64) -> String {
    count(number, "company")
}

fn never_given(data: &Data, id: &SharedIdentifier) -> String {
    let gave = |company: &str| evidence_at(id, company).any(|evidence| evidence.origin == Origin::Provided);
    let never: Vec<String> =
        id.companies.iter().filter(|company| !gave(company)).map(|company| data.name(company).to_owned()).collect();
    if never.is_empty() { String::new() } else { format!("; not given by you: {}", listed(&never)) }
}

/// What is on record of a company sharing with another: the statement this program was written for.
fn sharing(data: &Data, _: Option<Date>) -> Option<Finding> {
    let choices = data.ties.choices.iter().filter(|choice| choice.about == "sharing");
    let choice = choices.min_by_key(|choice| Reverse(choice.nearness()))?;
    let says = format!("On record at {}: {}: {}", data.name(&choice.company), choice.what, choice.value);
    Some(Finding { says, proof: Proof::Choices })
}

/// Third parties that gave companies data, or uploaded lists.
fn businesses(data: &Data, _: Option<Date>) -> Option<Finding> {
    let gave = data.ties.recipients.iter().filter(|row| row.direction == Direction::Gave);
    let names: BTreeSet<&str> = gave.clone().map(|row| row.name.as_str()).collect();
    let told: BTreeSet<&str> = gave.flat_map(|row| &row.companies).map(|company| data.name(company)).collect();
    let told: Vec<String> = told.into_iter().map(str::to_owned).collect();
    let number = names.len() as u64;
    let says = format!("{} gave data about you to {}", count(number, "third party"), listed(&told));
    (number > 0).then_some(Finding { says, proof: Proof::Screen(Tab::Ads) })
}

/// What fields say that cannot all be true.
fn contradictions(data: &Data, _: Option<Date>) -> Option<Finding> {
    let about: Vec<String> = data.ties.contradictions.iter().map(|one| one.about.clone()).collect();
    let says = format!("Your archives contradict each other about your {}", listed(&about));
    (!about.is_empty()).then_some(Finding { says, proof: Proof::Contradictions })
}

/// Fields that companies inferred.
fn concluded(data: &Data, _: Option<Date>) -> Option<Finding> {
    let inferred: Vec<_> = data.fields.iter().filter(|field| field.origin == Origin::Inferred).collect();
    let by: BTreeSet<&str> = inferred.iter().map(|field| data.name(&field.company)).collect();
    let says = format!(
        "{} hold what companies concluded about you ({})",
        count(inferred.len() as u64, "field"),
        count(by.len() as u64, "company")
    );
    (!inferred.is_empty()).then_some(Finding { says, proof: Proof::Concluded })
}

/// The largest number of other people's identifiers that the same companies hold.
fn shared_people(data: &Data, _: Option<Date>) -> Option<Finding> {
    let others = data.shared.overlaps.iter().filter(|overlap| overlap.owner == "other" && overlap.companies.len() > 1);
    let largest: &Overlap = others.max_by_key(|overlap| overlap.count)?;
    let names: Vec<String> = largest.companies.iter().map(|company| data.name(company).to_owned()).collect();
    let what = count(largest.count, kind_noun(largest.kind));
    let verb = if largest.count == 1 { "is" } else { "are" };
    let says = format!("{what} of other people {verb} held by {} alike", listed(&names));
    Some(Finding { says, proof: Proof::Screen(Tab::Ids) })
}

/// Categories of GDPR Art. 9.
fn special(data: &Data, _: Option<Date>) -> Option<Finding> {
    let rows: Vec<_> = data.matrix.rows.iter().filter(|row| row.special).collect();
    let labels: Vec<String> = rows.iter().map(|row| row.category_label.clone()).take(3).collect();
    let records: u64 = rows.iter().flat_map(|row| row.cells.iter().flatten()).map(|cell| cell.records).sum();
    let more = if rows.len() > 3 { format!(" and {} more", rows.len() - 3) } else { String::new() };
    let says =
        format!("Special categories (GDPR Art. 9): {}{more}, in {}", labels.join(", "), count(records, "record"));
    (!rows.is_empty()).then_some(Finding { says, proof: Proof::Screen(Tab::Fields) })
}

/// Entries that could not be read.
fn failed(data: &Data, _: Option<Date>) -> Option<Finding> {
    let failed: u64 = data.exports.iter().map(|export| export.entries.failed).sum();
    let total: u64 = data.exports.iter().map(|export| export.entries.total).sum();
    let says = format!("{} of {} could not be read", grouped(failed), count(total, "entry"));
    (failed > 0).then_some(Finding { says, proof: Proof::Failures })
}

/// Companies whose newest archive is more than a year old.
fn stale(data: &Data, today: Option<Date>) -> Option<Finding> {
    let today = today?;
    let old = |as_of: &str| as_of.parse::<Date>().is_ok_and(|day| (today - day).get_days() > STALE_DAYS);
    let is_old = |company: &&crate::report::CompanyOverview| company.as_of.as_deref().is_some_and(old);
    let names: Vec<String> = data.companies.iter().filter(is_old).map(|company| company.name.clone()).collect();
    let says = match names.as_slice() {
        [] => return None,
        [one] => format!("The newest archive of {one} is more than a year old"),
        many => format!("The newest archives of {} are more than a year old", listed(many)),
    };
    Some(Finding { says, proof: Proof::Import })
}

/// Fields that no rule could name.
fn not_understood(data: &Data, _: Option<Date>) -> Option<Finding> {
    let unknown = data.fields.iter().filter(|field| field.category == "other").count() as u64;
    let all = data.fields.len() as u64;
    let says = format!("{} of {} are technical or not understood, shown raw", grouped(unknown), count(all, "field"));
    (unknown > 0).then_some(Finding { says, proof: Proof::Screen(Tab::Fields) })
}
