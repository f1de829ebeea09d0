//! Actions that concern no screen: how things look, what was said, where one was, what leaves the index.

use super::{act, marks, open, quit, refresh, run, scope, searches};
use crate::report::{Clock, ExportReport};
use crate::tui::keys::Action;
use crate::tui::look::{Colours, Ink, Motion, Mouse, Shown, Strokes};
use crate::tui::model::{Effect, Layer, Model, Said};
use crate::tui::screens::choose::{Choice, Choose};
use crate::tui::screens::note::Note;
use crate::tui::screens::{Opening, Page, Screen, Step, Target};
use crate::tui::trail::Place;
use crate::tui::words::count;

/// Does it, if it is such an action.
pub(super) fn fulfil(model: &mut Model, action: Action) -> Option<Vec<Effect>> {
    Some(match action {
        Action::Theme(ink) => theme(model, ink),
        Action::Mouse(mouse) => {
            model.look.mouse = mouse;
            say(model, Said::note(mouse_says(mouse)));
            vec![Effect::Mouse(mouse)]
        }
        Action::Strokes(strokes) => {
            model.look.strokes = strokes;
            let plain = strokes == Strokes::Ascii;
            say(model, Said::note(if plain { "drawn with + - | only" } else { "drawn with lines" }))
        }
        Action::Motion(motion) => {
            model.look.motion = motion;
            let reduced = motion == Motion::Reduced;
            say(
                model,
                Said::note(if reduced { "progress changes once a second at most" } else { "progress as it comes" }),
            )
        }
        Action::Hide => hide(model),
        Action::Clock => turn_clock(model),
        Action::Facets => scope::choose(model),
        Action::ClearFilters => scope::clear(model),
        Action::Mark | Action::MarkRange | Action::MarkAll | Action::Unmark => marks::act(model, action),
        Action::Problems => push(model, Opening::Failures),
        Action::Log => {
            let note = Note::of_log(&model.trail.log);
            push(model, Opening::Note(Box::new(note)))
        }
        Action::About => push(model, Opening::Note(Box::new(Note::about()))),
        Action::Report => {
            let note = Note::report(&model.cx(), model.size);
            push(model, Opening::Note(Box::new(note)))
        }
        Action::Forget => forget(model),
        Action::DeleteIndex => delete_index(model),
        Action::Quit => quit(model),
        Action::Repeat => repeat(model),
        Action::PlaceBack => travel(model, -1),
        Action::PlaceForward => travel(model, 1),
        Action::Places => places(model),
        Action::Place(at) => match model.trail.places.jump(at) {
            Some(place) => arrive(model, &place),
            None => Vec::new(),
        },
        other => return searches::fulfil(model, other),
    })
}

fn hide(model: &mut Model) -> Vec<Effect> {
    let hidden = model.look.hides();
    model.look.values = if hidden { Shown::Clear } else { Shown::Hidden };
    let says = if hidden {
        "values are shown".to_owned()
    } else {
        also(model, "values are hidden", "values.hide", "shows them again")
    };
    model.said = Some(Said::note(says));
    refresh(model)
}

/// As written, by the person's own clock, in UTC, and again.
fn turn_clock(model: &mut Model) -> Vec<Effect> {
    model.look.clock = match (&model.look.clock, &model.look.zone) {
        (Clock::Written, Some(zone)) => Clock::Of(zone.clone()),
        (Clock::Written, None) | (Clock::Of(_), _) => Clock::Utc,
        (Clock::Utc, _) => Clock::Written,
    };
    model.said = Some(Said::note(format!("times: {}", model.look.clock.words())));
    refresh(model)
}

/// A sentence, and which key does something about it, if one does.
pub(super) fn also(model: &Model, says: &str, id: &str, does: &str) -> String {
    let hint = model.keymap.hint(id, does);
    if hint.is_empty() { says.to_owned() } else { format!("{says}; {hint}") }
}

pub(super) fn say(model: &mut Model, said: Said) -> Vec<Effect> {
    model.said = Some(said);
    Vec::new()
}

pub(super) fn push(model: &mut Model, opening: Opening) -> Vec<Effect> {
    run(model, vec![Step::Push(opening)])
}

fn mouse_says(mouse: Mouse) -> &'static str {
    match mouse {
        Mouse::Ours => "the mouse acts here; hold Shift to select text",
        Mouse::Terminal => "the mouse selects text, as the terminal does it",
    }
}

fn theme(model: &mut Model, ink: Ink) -> Vec<Effect> {
    if model.look.colours == Colours::Refused {
        return say(model, Said::note("no colours: NO_COLOR or --color never says so"));
    }
    model.look.ink = ink;
    say(model, Said::note(format!("theme {}; theme = \"{}\" in the settings keeps it", ink.id(), ink.id())))
}

/// Asks which export leaves the index, then whether it shall.
fn forget(model: &mut Model) -> Vec<Effect> {
    let exports = &model.data.exports;
    if exports.is_empty() {
        return say(model, Said::note("nothing is imported"));
    }
    let choice = |export: &ExportReport| {
        let records = count(export.records, "record");
        let question = format!(
            "Forget {}? Its {records} leave the index for good. The archive itself is untouched.",
            model.look.export(&export.id)
        );
        let yes = Box::new(Effect::Forget(vec![export.id.clone()]));
        Choice {
            text: model.look.export(&export.id),
            note: records,
            step: Step::Push(Opening::Confirm { question, yes }),
            aside: String::new(),
            is_private: false,
        }
    };
    let choices = exports.iter().map(choice).collect();
    push(model, Opening::Choose(Box::new(Choose::new("Forget which export?", choices))))
}

fn delete_index(model: &mut Model) -> Vec<Effect> {
    let exports: Vec<String> = model.data.exports.iter().map(|export| export.id.clone()).collect();
    if exports.is_empty() {
        return say(model, Said::note("the index is empty"));
    }
    let all = count(exports.len() as u64, "export");
    let question =
        format!("Delete the whole index, all {all}? It is overwritten. The archives themselves are untouched.");
    push(model, Opening::Confirm { question, yes: Box::new(Effect::Forget(exports)) })
}

fn repeat(model: &mut Model) -> Vec<Effect> {
    match model.trail.last {
        Some(action) => act(model, action),
        None => say(model, Said::note("nothing to repeat yet: it repeats marking, copying, sorting and the like")),
    }
}

fn travel(model: &mut Model, by: isize) -> Vec<Effect> {
    depart(model);
    match model.trail.places.travel(by) {
        Some(place) => arrive(model, &place),
        None => say(model, Said::note(if by < 0 { "no place before this one" } else { "no place after this one" })),
    }
}

/// Goes to a place that is on the trail already.
fn arrive(model: &mut Model, place: &Place) -> Vec<Effect> {
    if let Step::Push(opening) = &place.way {
        model.stack.retain(|layer| layer.screen.tab().is_some());
        return open(model, opening.clone());
    }
    run(model, vec![place.way.clone()])
}

fn places(model: &mut Model) -> Vec<Effect> {
    depart(model);
    let choice = |(at, place): (usize, &Place)| Choice {
        text: place.crumb.clone(),
        note: place.kind.to_owned(),
        step: Step::Run(Action::Place(at)),
        aside: String::new(),
        is_private: true,
    };
    let choices: Vec<Choice> = model.trail.places.all().iter().enumerate().map(choice).rev().collect();
    push(model, Opening::Choose(Box::new(Choose::new("Places visited", choices))))
}

/// Keeps what is known of the screen that is left.
pub(super) fn depart(model: &mut Model) {
    let cx = model.cx();
    let Some(Layer { screen, .. }) = model.stack.iter().rev().find(|layer| !layer.screen.is_overlay()) else { return };
    let (kind, crumb) = (screen.kind(), screen.page().crumb(&cx));
    let way = match screen {
        Screen::Search(page) => page.records(&cx).map(|query| Step::Open(Target::Query(query))),
        _ => None,
    };
    model.trail.places.depart(kind, crumb, way);
}

/// Notes where one is now.
pub(super) fn note_arrival(model: &mut Model, way: Step) {
    let Some(layer) = model.stack.last().filter(|layer| !layer.screen.is_overlay()) else { return };
    let place = Place { kind: layer.screen.kind(), crumb: String::new(), way };
    model.trail.places.arrive(place);
}

/// Notes that the screen below shows again.
pub(super) fn note_return(model: &mut Model) {
    if let Some(layer) = model.stack.last().filter(|layer| !layer.screen.is_overlay()) {
        let kind = layer.screen.kind();
        model.trail.places.fall_back(kind);
    }
}

/// Whether `.` repeats it.
pub(super) fn is_repeatable(action: Action) -> bool {
    matches!(
        action,
        Action::Mark
            | Action::Yank
            | Action::YankPlace
            | Action::Source
            | Action::Sort
            | Action::View
            | Action::FoldAll
            | Action::Correct
            | Action::Join
            | Action::Split
            | Action::Dismiss
            | Action::ReadConversation
            | Action::NextMatch
            | Action::PreviousMatch
            | Action::NotLike
            | Action::FindNext
            | Action::FindPrevious
            | Action::FewerCompanies
            | Action::MoreCompanies
    )
}
