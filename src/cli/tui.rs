//! `tellall` and `tellall demo`: the screens.

use super::{Context, Outcome};
use crate::container::Budget;
use crate::import::{self, Progress};
use crate::index::Store;
use crate::sample;
use crate::sheets::Sheets;
use crate::tui::look::Mouse;
use crate::tui::{self, Options, Settings};
use std::path::PathBuf;
use std::sync::Arc;

/// The screens over the index; `paths` are imported first, while they are already usable.
pub fn run(context: &Context, paths: Vec<PathBuf>) -> anyhow::Result<Outcome> {
    let options = Options { import: paths, ..options(context, context.open_store()?)? };
    tui::run(options)?.settle()?;
    Ok(Outcome::Done)
}

/// The screens over the invented person's exports, in an index that goes away with the program.
pub fn demo(context: &Context) -> anyhow::Result<Outcome> {
    let samples = sample::Folder::new()?;
    let options = Options {
        import: vec![samples.path().to_owned()],
        demo: true,
        state: None,
        ..options(context, Store::open_ephemeral()?)?
    };
    let end = tui::run(options)?;
    drop(samples);
    end.settle()?;
    Ok(Outcome::Done)
}

fn options(context: &Context, store: Store) -> anyhow::Result<Options> {
    let owners = context.args.owner.clone();
    let settings = &context.config.settings;
    Ok(Options {
        store,
        sheets: Arc::new(context.sheets()?),
        import: Vec::new(),
        import_options: import::Options { owners: owners.clone(), ..import::Options::default() },
        owners,
        color: context.print.color(),
        settings: wanted(context),
        ascii: settings.ascii,
        reduced_motion: settings.reduced_motion,
        demo: false,
        hide_values: settings.hide_values,
        images: settings.images.settle(|name| std::env::var(name).ok()),
        state: if context.args.ephemeral { None } else { Some(super::state_folder()?) },
        sample: Some(Box::new(sampled)),
    })
}

/// The settings of the screens.
fn wanted(context: &Context) -> Settings {
    let settings = &context.config.settings;
    Settings {
        theme: settings.theme,
        mouse: if settings.mouse { Mouse::Ours } else { Mouse::Terminal },
        keymap: context.config.keymap(),
        mistakes: context.config.mistakes.iter().map(|mistake| format!("settings, {mistake}")).collect(),
        bell: settings.bell,
        scan_downloads: settings.scan_downloads,
        history: settings.history,
        limits: super::config::limits(settings),
        bidi: settings.bidi.settle(|name| std::env::var(name).ok()),
    }
}

/// An index of the samples, for who wants to look before importing anything.
fn sampled() -> anyhow::Result<Store> {
    let samples = sample::Folder::new()?;
    let store = Store::open_ephemeral()?;
    let paths = [samples.path().to_owned()];
    let (options, progress, budget) = (import::Options::default(), Progress::default(), Budget::default());
    import::import(&store, &Sheets::builtin(), &paths, &options, &progress, &budget)?;
    Ok(store.reload()?)
}
