//! Where what the Ads screen lists is written.

use super::{Ads, Row};
use crate::report::ChoiceReport;
use crate::tui::model::Cx;

/// Where something is written, for the list of evidence.
pub(super) struct Proof<'a> {
    pub company: &'a str,
    pub export: &'a str,
    pub entry: &'a str,
    pub locator: &'a str,
}

impl Ads {
    pub(super) fn proofs_of<'a>(&self, row: Row, cx: &Cx<'a>) -> Vec<Proof<'a>> {
        let ties = &cx.data.ties;
        match row {
            Row::Party(at) => {
                let rows = self.parties.get(at).map(|party| party.rows.as_slice()).unwrap_or_default();
                recipient_proofs(rows, cx)
            }
            Row::Choice(at) => ties.choices.get(at).map(choice_proof).into_iter().collect(),
            Row::Side(matter, side) => {
                let side = ties.contradictions.get(matter).and_then(|matter| matter.sides.get(side));
                let proof = side.map(|side| Proof {
                    company: &side.company,
                    export: &side.export,
                    entry: &side.entry,
                    locator: &side.locator,
                });
                proof.into_iter().collect()
            }
            Row::Flow(at) => self.flows.get(at).map_or_else(Vec::new, |flow| {
                recipient_proofs(&flow.rows, cx).into_iter().filter(|proof| proof.company == flow.company).collect()
            }),
            Row::Field(_) => Vec::new(),
        }
    }
}

/// Where rows of the report of third parties are written.
fn recipient_proofs<'a>(rows: &[usize], cx: &Cx<'a>) -> Vec<Proof<'a>> {
    let company = |export: &str| {
        let known = cx.data.exports.iter().find(|known| known.id == export);
        known.map_or("", |known| known.company.as_str())
    };
    let evidence = rows.iter().filter_map(|&row| cx.data.ties.recipients.get(row)).flat_map(|row| &row.evidence);
    evidence
        .map(|one| Proof {
            company: company(&one.export),
            export: &one.export,
            entry: &one.entry,
            locator: &one.locator,
        })
        .collect()
}

fn choice_proof(choice: &ChoiceReport) -> Proof<'_> {
    Proof { company: &choice.company, export: &choice.export, entry: &choice.entry, locator: &choice.locator }
}
