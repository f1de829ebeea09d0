//! Searches that are remembered: choosing, saving and forgetting them.

use super::run;
use super::wishes::{push, say};
use crate::tui::keys::Action;
use crate::tui::look::History;
use crate::tui::model::{Effect, Model, Said};
use crate::tui::screens::choose::{Choice, Choose};
use crate::tui::screens::{Opening, Page, Screen, Step, Target, prompt};
use crate::tui::searches::Change;

/// Does it, if it is such an action.
pub(super) fn fulfil(model: &mut Model, action: Action) -> Option<Vec<Effect>> {
    Some(match action {
        Action::Searches => choose(model, "Earlier searches", true),
        Action::OpenSaved => choose(model, "Saved searches", false),
        Action::SaveSearch if searched(model).is_none() => say(model, nothing_searched()),
        Action::SaveSearch => push(model, Opening::Prompt(prompt::What::SaveSearch)),
        Action::Unsave => unsave(model),
        Action::ForgetSearches => {
            let question = "Forget all earlier searches? Those saved under a name stay.".to_owned();
            push(model, Opening::Confirm { question, yes: Box::new(Effect::Searches(Change::Forgotten)) })
        }
        _ => return None,
    })
}

/// What was searched last.
pub(super) fn searched(model: &Model) -> Option<String> {
    let cx = model.cx();
    model.stack.iter().rev().find_map(|layer| match &layer.screen {
        Screen::Search(page) => page.records(&cx),
        _ => None,
    })
}

/// Saves what was searched last under a name.
pub(super) fn save(model: &mut Model, name: &str) -> Vec<Effect> {
    let Some(query) = searched(model) else { return say(model, nothing_searched()) };
    model.said = Some(Said::ok(format!("saved; :open {name} searches it again")));
    let change = Change::Saved { name: name.to_owned(), query };
    run(model, vec![Step::Do(Effect::Searches(change))])
}

/// The screen shows a change at once; only what is to be remembered goes on to be written.
pub(super) fn change(model: &mut Model, change: Change) -> Vec<Effect> {
    if matches!(change, Change::Searched(_)) && model.look.history == History::Off {
        return Vec::new();
    }
    model.trail.searches.apply(&change);
    vec![Effect::Searches(change)]
}

fn nothing_searched() -> Said {
    Said::note("nothing is searched yet; / searches everything")
}

fn choose(model: &mut Model, title: &'static str, history: bool) -> Vec<Effect> {
    let searches = &model.trail.searches;
    let choice = |query: &String, note: String| Choice {
        text: query.clone(),
        note,
        step: Step::Open(Target::Query(query.clone())),
        aside: String::new(),
        is_private: true,
    };
    let saved = searches.saved.iter().map(|(name, query)| choice(query, name.clone()));
    let lately = searches.history.iter().filter(|_| history).map(|query| choice(query, String::new()));
    // The history is wanted by who asks for it; what was saved has a list of its own, too.
    let choices: Vec<Choice> = if history { lately.chain(saved).collect() } else { saved.collect() };
    if choices.is_empty() && model.look.history == History::Off {
        return say(model, Said::note("earlier searches are not kept: history = false in the settings"));
    }
    push(model, Opening::Choose(Box::new(Choose::new(title, choices))))
}

fn unsave(model: &mut Model) -> Vec<Effect> {
    let choice = |(name, query): (&String, &String)| Choice {
        text: query.clone(),
        note: name.clone(),
        step: Step::Do(Effect::Searches(Change::Unsaved(name.clone()))),
        aside: String::new(),
        is_private: true,
    };
    let choices = model.trail.searches.saved.iter().map(choice).collect();
    push(model, Opening::Choose(Box::new(Choose::new("Forget which saved search?", choices))))
}
