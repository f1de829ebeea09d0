//! What happens when something happens: a message in, effects out. No I/O, no clock, no threads.

mod importing;
mod marks;
mod mouse;
mod scope;
mod searches;
mod wishes;

use super::importing as imports;
use super::keys::{Action, Context, Key, Meaning, Tab};
use super::look::{Colours, Sample};
use super::model::{Cx, Effect, Layer, Model, Msg, Reply, Said};
use super::screens::{
    Opening, Page, Screen, Step, Target, commands, confirm, export, import, ledger, photo, prompt, record, source,
};
use super::trail::AfterG;
use crate::record::Fate;

/// Takes a message in.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let said = model.said.clone();
    let effects = match msg {
        Msg::Key(key) => on_key(model, key),
        Msg::Paste(text) => on_paste(model, &text),
        Msg::Click { x, y } => mouse::on_click(model, x, y),
        Msg::Wheel { x, y, down } => mouse::on_wheel(model, x, y, down),
        Msg::Resize { width, height } => {
            model.size = (width, height);
            refresh(model)
        }
        Msg::Data { epoch, part } => on_data(model, epoch, *part),
        Msg::Reply { ask, reply } => on_reply(model, ask, &reply),
        Msg::Progress(lines) => imports::on_progress(model, lines),
        Msg::ImportEnded(outcome) => importing::on_ended(model, outcome),
        Msg::Clock(now) => {
            model.work.tick(now);
            Vec::new()
        }
        Msg::SampleLoaded => {
            model.look.sample = Sample::Loaded;
            vec![Effect::Load]
        }
        Msg::Said(said) => {
            model.said = Some(said);
            Vec::new()
        }
        Msg::Waited => {
            if model.trail.after_g == AfterG::Waits {
                model.trail.after_g = AfterG::Told;
            }
            Vec::new()
        }
    };
    settle(model);
    if let Some(new) = model.said.as_ref().filter(|new| said.as_ref() != Some(*new)) {
        model.trail.say(new);
    }
    effects
}

/// Asks the top screen something, with what it may look at.
fn top<T>(model: &mut Model, ask: impl FnOnce(&mut dyn Page, &Cx<'_>) -> T) -> T {
    let (stack, cx) = model.split();
    let layer = stack.last_mut().expect("the stack always holds a screen: the last one is never taken off");
    ask(layer.screen.page_mut(), &cx)
}

fn settle(model: &mut Model) {
    let (stack, cx) = model.split();
    for layer in stack {
        for mut pane in layer.screen.page_mut().panes(&cx) {
            pane.settle();
        }
    }
}

fn on_key(model: &mut Model, key: Key) -> Vec<Effect> {
    model.said = None;
    let after_g = std::mem::take(&mut model.trail.after_g) != AfterG::No;
    let context = top(model, |page, _| page.key_context());
    let typing = context == Context::Input;
    match model.keymap.meaning(context, key, after_g) {
        Meaning::Do(action) => act(model, action),
        Meaning::Wait => {
            model.trail.after_g = AfterG::Waits;
            model.said = Some(Said::note("g, and then?"));
            Vec::new()
        }
        Meaning::Nothing if typing => match key {
            Key::Char(c) => type_into(model, |line| line.push(c)),
            _ => Vec::new(),
        },
        Meaning::Nothing => Vec::new(),
    }
}

fn type_into(model: &mut Model, change: impl FnOnce(&mut super::widgets::line::Line)) -> Vec<Effect> {
    let steps = top(model, |page, cx| {
        let Some(line) = page.line() else { return Vec::new() };
        change(line);
        page.typed(cx)
    });
    run(model, steps)
}

fn on_paste(model: &mut Model, text: &str) -> Vec<Effect> {
    type_into(model, |line| line.paste(text))
}

/// What an action does: the screen is asked first.
fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    if let Some(effects) = act_in_filter(model, action) {
        return effects;
    }
    if let Action::Edit(edit) = action {
        return type_into(model, |line| line.edit(edit));
    }
    if wishes::is_repeatable(action) {
        model.trail.last = Some(action);
    }
    if let Some(steps) = top(model, |page, cx| page.act(action, cx)) {
        return run(model, steps);
    }
    wishes::fulfil(model, action).unwrap_or_else(|| everywhere(model, action))
}

/// While a filter is typed, Enter keeps it and Esc takes it away.
fn act_in_filter(model: &mut Model, action: Action) -> Option<Vec<Effect>> {
    let steps = top(model, |page, cx| {
        let narrow = page.narrow().filter(|narrow| narrow.typing)?;
        match action {
            Action::Open => narrow.typing = false,
            Action::Back => narrow.clear(),
            _ => return None,
        }
        Some(page.refresh(cx))
    })?;
    Some(run(model, steps))
}

fn everywhere(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::NextPane => turn_focus(model, 1),
        Action::PreviousPane => turn_focus(model, -1),
        Action::Go(tab) => go(model, tab, false),
        Action::SearchAll => search(model),
        Action::Filter => open_filter(model),
        Action::Import => run(model, vec![Step::Push(Opening::Import)]),
        Action::Ledger => run(model, vec![Step::Push(Opening::Ledger)]),
        Action::Map => run(model, vec![Step::Push(Opening::Map)]),
        Action::Completeness => run(model, vec![Step::Push(Opening::Completeness)]),
        Action::Guide => run(model, vec![Step::Push(Opening::Guide(Box::default()))]),
        Action::Welcome => welcome(model),
        Action::Export => export(model),
        Action::Source => source(model),
        Action::Photo => photo(model),
        Action::AddPath => run(model, vec![Step::Push(Opening::Prompt(prompt::What::Import))]),
        Action::Help => push_commands(model, commands::What::Help),
        Action::Palette => push_commands(model, commands::What::Palette),
        Action::Yank => yank(model),
        Action::Redraw => vec![Effect::Redraw],
        Action::Suspend => vec![Effect::Suspend],
        Action::Interrupt => interrupt(model),
        Action::Back => back(model, true),
        Action::BackOrQuit => back(model, false),
        movement => shift(model, movement),
    }
}

/// The Welcome screen, asked for: it looks for archives anew.
fn welcome(model: &mut Model) -> Vec<Effect> {
    let shows = |layer: &Layer| matches!(layer.screen, Screen::Welcome(_));
    if model.stack.last().is_some_and(shows) { Vec::new() } else { push(model, Screen::Welcome(Box::default())) }
}

fn shift(model: &mut Model, action: Action) -> Vec<Effect> {
    let steps = top(model, |page, cx| {
        let focus = page.focus();
        let moved = page.panes(cx).get_mut(focus).is_some_and(|pane| pane.act(action));
        if moved { page.moved(cx) } else { Vec::new() }
    });
    run(model, steps)
}

fn turn_focus(model: &mut Model, by: isize) -> Vec<Effect> {
    let steps = top(model, |page, cx| {
        let panes = page.panes(cx).len().max(1);
        let next = page.focus().saturating_add_signed(by + panes as isize) % panes;
        page.set_focus(next);
        page.moved(cx)
    });
    run(model, steps)
}

fn open_filter(model: &mut Model) -> Vec<Effect> {
    let opened = top(model, |page, _| page.narrow().map(|narrow| narrow.typing = true).is_some());
    if !opened {
        model.said = Some(Said::note(wishes::also(model, "nothing to narrow here", "search", "searches everything")));
    }
    Vec::new()
}

fn yank(model: &mut Model) -> Vec<Effect> {
    if let Some(value) = top(model, |page, cx| page.value(cx)) {
        return vec![Effect::Yank(value)];
    }
    model.said = Some(Said::note("nothing to copy here"));
    Vec::new()
}

fn source(model: &mut Model) -> Vec<Effect> {
    let Some(wanted) = top(model, |page, cx| page.spot(cx)) else {
        model.said = Some(Said::note("nothing selected here is written in an archive"));
        return Vec::new();
    };
    run(model, vec![Step::Push(Opening::Source(Box::new(source::SourcePage::new(wanted))))])
}

fn photo(model: &mut Model) -> Vec<Effect> {
    let wanted = top(model, |page, cx| page.photo(cx));
    let step = photo::step(wanted, model.look.images);
    run(model, vec![step])
}

/// Asks what to write, with what the screen below shows as the first choice.
fn export(model: &mut Model) -> Vec<Effect> {
    let tab = model.stack.last().and_then(|layer| layer.screen.tab());
    let query = top(model, |page, cx| page.records(cx));
    let marked = top(model, |page, _| page.marks().cloned().unwrap_or_default());
    let searched = searches::searched(model);
    run(model, vec![Step::Push(Opening::Export(Box::new(export::Export::new(tab, query, searched, &marked))))])
}

fn search(model: &mut Model) -> Vec<Effect> {
    let here = model.stack.last().and_then(|layer| layer.screen.tab()) == Some(Tab::Search);
    let effects = if here { Vec::new() } else { go(model, Tab::Search, true) };
    top(model, |page, _| page.set_focus(super::screens::search::INPUT));
    effects
}

fn interrupt(model: &mut Model) -> Vec<Effect> {
    if model.work.running {
        let (question, answers) = imports::stop_question(&model.work, None, &model.look);
        return run(model, vec![Step::Push(Opening::Ask { question, answers })]);
    }
    vec![Effect::Quit]
}

/// One level back. Esc also takes a filter away and never quits.
fn back(model: &mut Model, esc: bool) -> Vec<Effect> {
    if esc && let Some(steps) = top(model, clear_filter) {
        return run(model, steps);
    }
    if top(model, |page, cx| page.back(cx)) {
        let steps = top(model, |page, cx| page.moved(cx));
        return run(model, steps);
    }
    let mut effects = Vec::new();
    if !leave(model, &mut effects) && !esc {
        effects.extend(quit(model));
    }
    effects
}

fn clear_filter(page: &mut dyn Page, cx: &Cx<'_>) -> Option<Vec<Step>> {
    page.narrow().filter(|narrow| narrow.is_on())?.clear();
    Some(page.refresh(cx))
}

fn quit(model: &mut Model) -> Vec<Effect> {
    if !model.work.running {
        return vec![Effect::Quit];
    }
    let question = "An import is running. Quit and stop it? What is committed stays in.".to_owned();
    run(model, vec![Step::Push(Opening::Confirm { question, yes: Box::new(Effect::Quit) })])
}

/// Leaves the top screen for the one below; false if it is at the top level.
fn leave(model: &mut Model, effects: &mut Vec<Effect>) -> bool {
    effects.extend(scope::carry_out(model));
    let empty = model.data.is_empty();
    let goes = model.stack.len() > 1
        && model
            .stack
            .last()
            .is_some_and(|layer| layer.entered && !(empty && matches!(layer.screen, Screen::Welcome(_))));
    if let (true, Some(layer)) = (goes, model.stack.pop_if(|_| goes)) {
        // A screen with a tab keeps its place for the next time.
        if layer.screen.tab().is_some() {
            model.stack.insert(0, Layer { entered: false, ..layer });
        }
        wishes::note_return(model);
    }
    goes
}

/// Brings the screen of a tab to the top. `entered`: going back leads to what is on top now.
fn go(model: &mut Model, tab: Tab, entered: bool) -> Vec<Effect> {
    let mut effects = scope::carry_out(model);
    wishes::depart(model);
    if !entered {
        model.stack.retain(|layer| layer.screen.tab().is_some());
        for layer in &mut model.stack {
            layer.entered = false;
        }
    }
    let place = model.stack.iter().position(|layer| layer.screen.tab() == Some(tab));
    let screen = place.map_or_else(|| Screen::of_tab(tab), |place| model.stack.remove(place).screen);
    let entered = entered && !model.stack.is_empty();
    model.stack.push(Layer { screen, entered });
    wishes::note_arrival(model, Step::Open(Target::Tab(tab)));
    let steps = if place.is_none() { top(model, |page, cx| page.refresh(cx)) } else { Vec::new() };
    effects.extend(run(model, steps));
    effects.extend(scope::carry_in(model));
    if tab == Tab::Overview {
        effects.extend(welcome_if_empty(model));
    }
    effects
}

fn push(model: &mut Model, screen: Screen) -> Vec<Effect> {
    model.stack.push(Layer { screen, entered: true });
    let steps = top(model, |page, cx| page.refresh(cx));
    run(model, steps)
}

fn push_commands(model: &mut Model, what: commands::What) -> Vec<Effect> {
    let under = top(model, |page, _| page.context());
    let page = commands::Commands::new(what, under, &model.keymap, &model.trail.used, model.look.ink);
    push(model, Screen::Commands(page))
}

/// Carries out what a screen wants.
fn run(model: &mut Model, steps: Vec<Step>) -> Vec<Effect> {
    let mut effects = Vec::new();
    for step in steps {
        match step {
            Step::Do(effect) => effects.extend(perform(model, effect)),
            Step::Push(opening) => effects.extend(open(model, opening)),
            Step::Open(target) => effects.extend(aim(model, target)),
            Step::Close => {
                leave(model, &mut effects);
            }
            Step::Run(action) => effects.extend(act(model, action)),
            Step::Command(action) => {
                model.trail.use_command(action);
                effects.extend(act(model, action));
            }
            Step::Try(ink) if model.look.colours == Colours::Allowed => model.look.ink = ink,
            Step::Try(_) => {}
            Step::Narrow(only) => effects.extend(scope::narrow(model, only)),
            Step::Say(said) => model.said = Some(said),
            Step::SaveSearch(name) => effects.extend(searches::save(model, &name)),
        }
    }
    effects
}

/// Effects that change what is shown at once.
fn perform(model: &mut Model, effect: Effect) -> Vec<Effect> {
    if let Effect::Searches(change) = effect {
        return searches::change(model, change);
    }
    if let Effect::Import(paths) = effect {
        return importing::begin(model, paths);
    }
    imports::begin(model, &effect);
    vec![effect]
}

fn open(model: &mut Model, opening: Opening) -> Vec<Effect> {
    wishes::depart(model);
    let way = Step::Push(opening.clone());
    let screen = match opening {
        Opening::Record(wanted) => Screen::Record(Box::new(record::RecordPage::new(wanted))),
        Opening::Import => Screen::Import(import::Import::default()),
        Opening::Ledger => Screen::Ledger(ledger::LedgerPage::default()),
        Opening::Map => Screen::Map(Box::default()),
        Opening::Failures => Screen::Ledger(ledger::LedgerPage::of(Fate::Failed)),
        Opening::Prompt(what) => Screen::Prompt(prompt::Prompt::new(what)),
        Opening::Reader(page) => Screen::Reader(page),
        Opening::Completeness => Screen::Completeness(Box::default()),
        Opening::Diff(page) => Screen::Diff(page),
        Opening::Source(page) => Screen::Source(page),
        Opening::Export(page) => Screen::Export(page),
        Opening::Guide(page) => Screen::Guide(page),
        Opening::Label(page) => Screen::Label(page),
        Opening::Choose(page) => Screen::Choose(page),
        Opening::Note(page) => Screen::Note(page),
        Opening::Photo(page) => Screen::Photo(page),
        Opening::Ask { question, answers } => Screen::Confirm(confirm::Confirm::asking(question, answers)),
        Opening::Confirm { question, yes } => Screen::Confirm(confirm::Confirm::new(question, *yes)),
    };
    let kind = std::mem::discriminant(&screen);
    if model.stack.last().is_some_and(|layer| std::mem::discriminant(&layer.screen) == kind) {
        return Vec::new();
    }
    let effects = push(model, screen);
    wishes::note_arrival(model, way);
    effects
}

fn aim(model: &mut Model, target: Target) -> Vec<Effect> {
    let tab = match &target {
        Target::Tab(tab) => *tab,
        Target::Company(_) | Target::Category(_) => Tab::Fields,
        Target::Query(_) | Target::Typed(_) | Target::Saved(_) => Tab::Search,
        Target::Choices | Target::Contradictions | Target::Concluded => Tab::Ads,
    };
    let is_here = model.stack.last().is_some_and(|layer| layer.screen.tab() == Some(tab));
    let mut effects = if is_here { Vec::new() } else { go(model, tab, true) };
    let (stack, cx) = model.split();
    let steps = match (&mut stack.last_mut().expect("go() has pushed a screen").screen, target) {
        (Screen::Fields(fields), Target::Company(company)) => fields.show_company(&company, &cx),
        (Screen::Fields(fields), Target::Category(category)) => fields.show_category(&category, &cx),
        (Screen::Search(search), Target::Query(text)) => search.show_query(&text, &cx),
        (Screen::Search(search), Target::Typed(text)) => search.type_on(&text, &cx),
        (Screen::Search(search), Target::Saved(name)) => search.show_saved(&name, &cx),
        (Screen::Ads(ads), target) => ads.show_target(&target, &cx),
        _ => Vec::new(),
    };
    effects.extend(run(model, steps));
    effects
}

fn refresh(model: &mut Model) -> Vec<Effect> {
    let (stack, cx) = model.split();
    let steps: Vec<Step> = stack.iter_mut().flat_map(|layer| layer.screen.page_mut().refresh(&cx)).collect();
    run(model, steps)
}

fn on_data(model: &mut Model, epoch: u64, part: super::data::Part) -> Vec<Effect> {
    if epoch < model.data.epoch {
        return Vec::new();
    }
    let is_new = matches!(part, super::data::Part::Overview { .. });
    model.data.take(epoch, part, model.look.today);
    if !model.data.companies.is_empty() {
        model.stack.retain(|layer| !matches!(layer.screen, Screen::Welcome(_)));
    }
    let mut effects = if is_new { scope::load(model) } else { Vec::new() };
    effects.extend(refresh(model));
    effects.extend(welcome_if_empty(model));
    effects
}

/// An empty index shows the Welcome screen, or what is being imported.
fn welcome_if_empty(model: &mut Model) -> Vec<Effect> {
    let on_overview = matches!(model.stack.last(), Some(Layer { screen: Screen::Overview(_), .. }));
    match (model.data.is_empty() && on_overview, model.work.running) {
        (false, _) => Vec::new(),
        (true, true) => open(model, Opening::Import),
        (true, false) => push(model, Screen::Welcome(Box::default())),
    }
}

fn on_reply(model: &mut Model, ask: u64, reply: &Reply) -> Vec<Effect> {
    let (stack, cx) = model.split();
    let steps: Vec<Step> =
        stack.iter_mut().flat_map(|layer| layer.screen.page_mut().receive(ask, reply, &cx)).collect();
    run(model, steps)
}
