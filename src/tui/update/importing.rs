//! News of an import.

use crate::import::ExportProgress;
use crate::report::ExportReport;
use crate::tui::model::{Effect, Model, Said};
use crate::tui::words::count;

pub(super) fn on_progress(model: &mut Model, lines: Vec<ExportProgress>) -> Vec<Effect> {
    let committed = |lines: &[ExportProgress]| lines.iter().filter(|line| matches!(line.outcome, Some(Ok(_)))).count();
    let news = committed(&lines) > committed(&model.work.lines);
    model.work.lines = lines;
    if news { vec![Effect::Load] } else { Vec::new() }
}

pub(super) fn on_import_ended(
    model: &mut Model,
    outcome: Result<Vec<Result<ExportReport, String>>, String>,
) -> Vec<Effect> {
    model.work.running = false;
    match outcome {
        Ok(ended) => {
            model.said = Some(told(&ended));
            model.work.ended = ended;
        }
        Err(why) => {
            model.said = Some(Said::trouble(first_line(&why)));
            model.work.ended = vec![Err(why)];
        }
    }
    vec![Effect::Load]
}

/// One line about how an import went.
fn told(ended: &[Result<ExportReport, String>]) -> Said {
    let reports: Vec<&ExportReport> = ended.iter().flatten().collect();
    let records = reports.iter().map(|report| report.records).sum();
    match ended.iter().find_map(|outcome| outcome.as_ref().err()) {
        Some(why) if ended.len() == 1 => Said::trouble(first_line(why)),
        Some(why) => {
            let failed = (ended.len() - reports.len()) as u64;
            Said::trouble(format!("{} could not be imported: {}", count(failed, "path"), first_line(why)))
        }
        None => Said::ok(format!("{} imported, {}", count(reports.len() as u64, "export"), count(records, "record"))),
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}
