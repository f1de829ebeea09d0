//! `tellall` and `tellall demo`: the screens.

use super::{Context, Outcome};
use crate::container::Budget;
use crate::import::{self, Progress};
use crate::index::Store;
use crate::sample;
use crate::sheets::Sheets;
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
    let options =
        Options { import: vec![samples.path().to_owned()], demo: true, ..options(context, Store::open_ephemeral()?)? };
    let end = tui::run(options)?;
    drop(samples);
    end.settle()?;
    Ok(Outcome::Done)
}

fn options(context: &Context, store: Store) -> anyhow::Result<Options> {
    let owners = context.args.owner.clone();
    Ok(Options {
        store,
        sheets: Arc::new(context.sheets()?),
        import: Vec::new(),
        import_options: import::Options { owners: owners.clone(), ..import::Options::default() },
        owners,
        color: context.print.color(),
        settings: Settings::default(),
        ascii: context.args.ascii,
        reduced_motion: std::env::var_os("TELLALL_REDUCED_MOTION").is_some_and(|value| !value.is_empty()),
        demo: false,
        hide_values: false,
        images: context.args.images.settle(|name| std::env::var(name).ok()),
        sample: Some(Box::new(sampled)),
    })
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
