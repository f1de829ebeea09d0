//! `tellall export`

use super::args::Export;
use super::{Context, Outcome, table};
use crate::export::{self, Job, Shown, What};
use crate::query::Ticket;

pub fn run(context: &Context, args: &Export) -> anyhow::Result<Outcome> {
    let values = match (context.args.reveal, args.no_values) {
        (true, _) => Shown::Full,
        (false, true) => Shown::None,
        (false, false) => Shown::Masked,
    };
    let query = args.query.join(" ");
    let job = Job {
        what: What::Records { query: query.clone(), format: args.format },
        values,
        others: args.others,
        to: args.output.clone(),
    };
    let store = context.store()?;
    if let Ok(0) = export::count(&store, &query) {
        context.print.say("nothing is written: no record is found");
        return Ok(Outcome::Nothing);
    }
    let told = &mut |records: u64| context.print.progress(&format!("{} records", table::number(records)));
    let manifest = export::records(&store, &job, &context.args.owner, &Ticket::default(), told);
    context.print.progress_done();
    let manifest = manifest?;
    if context.args.json {
        context.print.json(&manifest)?;
        return Ok(Outcome::Done);
    }
    let said = format!("{} records written to {}", table::number(manifest.records), args.output.display());
    context.print.say(&format!("{said}, readable by you alone"));
    Ok(Outcome::Done)
}
