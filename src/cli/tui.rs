//! `tellall` and `tellall demo`: the screens.

use super::{Context, Outcome};
use std::path::PathBuf;

pub fn run(_context: &Context, _paths: Vec<PathBuf>) -> anyhow::Result<Outcome> {
    Ok(Outcome::Done)
}

pub fn demo(_context: &Context) -> anyhow::Result<Outcome> {
    Ok(Outcome::Done)
}
