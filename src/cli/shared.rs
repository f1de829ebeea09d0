//! `tellall shared`

use super::args::SharedIds;
use super::{Context, Outcome};
use crate::report::{self, SharedFilter};
use crate::text;

pub fn run(context: &Context, args: &SharedIds) -> anyhow::Result<Outcome> {
    let filter = SharedFilter {
        mine: (args.mine || args.others).then_some(args.mine),
        kind: args.kind,
        companies: args.companies,
        owners: context.args.owner.clone(),
    };
    let shared = report::shared(&context.store()?, &filter, context.values());
    if context.args.json {
        context.print.json(&shared)?;
        return Ok(Outcome::of(!shared.identifiers.is_empty()));
    }
    for row in &shared.identifiers {
        let owner = if row.owner == "mine" { "yours" } else { "somebody else's" };
        context.print.line(&format!(
            "{} {} ({owner}): {}",
            row.kind.id(),
            text::line(&row.value),
            row.companies.join(", ")
        ))?;
        for place in &row.evidence {
            let times = if place.records == 1 { String::new() } else { format!(", {} records", place.records) };
            let as_written = text::line(&place.as_written);
            context.print.line(&format!(
                "  {} › {}: \"{as_written}\"{times} ({})",
                place.company,
                text::line(&place.field),
                place.rule
            ))?;
            context.print.line(&format!("    {} {}", place.export, text::line(&place.locator)))?;
        }
    }
    for overlap in &shared.overlaps {
        let whose = if overlap.owner == "mine" { "of yours" } else { "of other people" };
        context.print.line(&format!(
            "{} {} {whose} in common: {}",
            overlap.count,
            overlap.kind.id(),
            overlap.companies.join(", ")
        ))?;
    }
    Ok(Outcome::of(!shared.identifiers.is_empty()))
}
