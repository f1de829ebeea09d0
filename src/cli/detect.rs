//! `tellall detect`

use super::args::Detect;
use super::{Context, Outcome};
use crate::container::Budget;
use crate::import::{self, Detected, Options};
use crate::text;
use serde_json::{Value, json};

pub fn run(context: &Context, args: &Detect) -> anyhow::Result<Outcome> {
    let found = import::detect(&args.paths, &context.sheets()?, &Options::default(), &Budget::default());
    let mut failed = false;
    for sentence in found.iter().filter_map(|one| one.as_ref().err()) {
        failed = true;
        context.print.say(sentence);
    }
    let found: Vec<Detected> = found.into_iter().filter_map(Result::ok).collect();
    if context.args.json {
        context.print.json(&json!({ "exports": found.iter().map(report).collect::<Vec<_>>() }))?;
    } else {
        found.iter().try_for_each(|one| print(context, one))?;
    }
    Ok(if failed { Outcome::Trouble } else { Outcome::of(!found.is_empty()) })
}

fn report(found: &Detected) -> Value {
    let claims =
        found.claims.iter().map(|claim| json!({ "company": claim.company, "score": claim.score, "signs": claim.says }));
    json!({
        "files": found.files, "company": found.company, "layout": found.layout, "account": found.account, "as_of": found.as_of,
        "container": format!("{:?}", found.kind).to_lowercase(), "entries": found.entries,
        "claims": claims.collect::<Vec<_>>(), "warnings": found.warnings,
    })
}

fn print(context: &Context, found: &Detected) -> anyhow::Result<()> {
    let layout = found.layout.as_ref().map(|layout| format!(", layout {layout}")).unwrap_or_default();
    let files = found.files.iter().map(|file| text::line(file).into_owned()).collect::<Vec<_>>().join(" + ");
    context.print.line(&format!("{files}: {}{layout}, {} entries", found.company_name, found.entries))?;
    for claim in &found.claims {
        context.print.line(&format!("  {} {}: {}", claim.score, claim.company, claim.says.join("; ")))?;
    }
    if found.claims.is_empty() {
        context.print.line("  no sheet knows it; it will be read by its structure")?;
    }
    for warning in &found.warnings {
        context.print.say(warning);
    }
    Ok(())
}
