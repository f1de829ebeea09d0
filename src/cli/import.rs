//! `tellall import`

use super::args::Import;
use super::config::limits;
use super::table::number;
use super::{Context, Outcome};
use crate::container::Budget;
use crate::import::{self, ExportProgress, Options, Progress};
use crate::report::ExportReport;
use serde_json::json;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How often the line of progress is drawn.
const EVERY: Duration = Duration::from_millis(100);

pub fn run(context: &Context, args: &Import) -> anyhow::Result<Outcome> {
    let (store, sheets) = (context.store()?, context.sheets()?);
    let options = Options {
        as_of: args.as_of.clone(),
        company: args.company.clone(),
        account: args.account.clone(),
        owners: context.args.owner.clone(),
        ..Options::default()
    };
    if let Some(id) = options.company.as_deref().filter(|id| sheets.get(id).is_none()) {
        context.print.say(&format!("no company is called {id}\n`tellall companies` lists them"));
        return Ok(Outcome::Trouble);
    }
    let (progress, budget) = (Progress::default(), Budget::new(limits(&context.config.settings)));
    stop_on_interrupt(&budget)?;
    let outcomes = with_progress(context, &progress, || {
        import::import(&store, &sheets, &args.paths, &options, &progress, &budget)
    })?;
    let (done, failed): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
    let done: Vec<ExportReport> = done.into_iter().filter_map(Result::ok).collect();
    for sentence in failed.iter().filter_map(|outcome| outcome.as_ref().err()) {
        context.print.say(sentence);
    }
    if context.args.json {
        context.print.json(&json!({ "exports": done }))?;
    } else {
        print(context, &done)?;
    }
    Ok(if failed.is_empty() && !done.is_empty() { Outcome::Done } else { Outcome::Trouble })
}

/// Ctrl-C stops the import at its next read; what is committed stays, what is not leaves nothing.
fn stop_on_interrupt(budget: &Budget) -> anyhow::Result<()> {
    let budget = budget.clone();
    let mut signals = signal_hook::iterator::Signals::new([signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM])?;
    std::thread::spawn(move || {
        for _ in signals.forever() {
            budget.cancel();
        }
    });
    Ok(())
}

fn with_progress<T: Send>(context: &Context, progress: &Progress, work: impl FnOnce() -> T + Send) -> T {
    if !context.print.shows_progress() {
        return work();
    }
    let finished = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let worker = scope.spawn(|| {
            let outcome = work();
            finished.store(true, Ordering::Release);
            outcome
        });
        while !finished.load(Ordering::Acquire) && !worker.is_finished() {
            context.print.progress(&progress_line(&progress.snapshot()));
            std::thread::park_timeout(EVERY);
        }
        context.print.progress_done();
        match worker.join() {
            Ok(outcome) => outcome,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

fn progress_line(lines: &[ExportProgress]) -> String {
    let (done, total) = lines.iter().fold((0, 0), |(done, total), line| (done + line.done, total + line.total));
    let records: u64 = lines.iter().map(|line| line.records).sum();
    let finished = lines.iter().filter(|line| line.outcome.is_some()).count();
    let now =
        lines.iter().rev().find(|line| line.outcome.is_none() && !line.now.is_empty()).map_or("", |line| &line.now);
    let percent = (done * 100).checked_div(total).unwrap_or(0);
    format!("{finished} of {} exports · {percent} % · {} records · {now}", lines.len(), number(records))
}

fn print(context: &Context, done: &[ExportReport]) -> anyhow::Result<()> {
    for export in done {
        let line = if export.already {
            format!("{}: in the index already", export.id)
        } else {
            format!("{}: {} records, {} fields", export.id, number(export.records), number(export.fields))
        };
        context.print.line(&crate::text::line(&line))?;
        for warning in &export.warnings {
            context.print.say(warning);
        }
        let failed = export.entries.failed;
        if failed > 0 {
            let total = number(export.entries.total);
            context.print.say(&format!(
                "{failed} of {total} entries could not be read: tellall ledger {} --fate failed",
                export.id
            ));
        }
    }
    Ok(())
}
