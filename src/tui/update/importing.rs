//! What imports do to the screens.

use super::open;
use crate::report::ExportReport;
use crate::tui::importing;
use crate::tui::model::{Effect, Layer, Model, Said};
use crate::tui::screens::{Opening, Screen};
use std::path::PathBuf;

/// Takes an import on, or adds it to the one that runs, and shows it.
pub(super) fn begin(model: &mut Model, paths: Vec<PathBuf>) -> Vec<Effect> {
    if model.work.stopped && model.work.running {
        model.said = Some(Said::trouble("the import is being stopped; add it again when that is done"));
        return Vec::new();
    }
    if !model.work.add(paths.clone()) {
        model.said = Some(Said::ok("added; it is read after what is being read now"));
    }
    let mut effects = vec![Effect::Import(paths)];
    effects.extend(open(model, Opening::Import));
    effects
}

pub(super) fn on_ended(model: &mut Model, outcome: Result<Vec<Result<ExportReport, String>>, String>) -> Vec<Effect> {
    let known = model.work.newer.len();
    let mut effects = importing::on_ended(model, outcome);
    // Elsewhere the person may be typing: there the question waits on the Import screen.
    if matches!(model.stack.last(), Some(Layer { screen: Screen::Import(_), .. }))
        && let Some(newer) = model.work.newer.get(known)
    {
        let (question, answers) = newer.question(&model.look);
        effects.extend(open(model, Opening::Ask { question, answers }));
    }
    effects
}
