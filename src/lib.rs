//! tellall reads the archives that companies hand over, and tells what they hold, where from, and what ties them together.
//!
//! bytes → [`container`] → [`recognise`] → [`decode`] → [`record`]s → [`index`] → [`query`] → [`report`] → screen / stdout
//!
//! [`import`] walks the line; [`text`] guards its end. `ARCHITECTURE.md` tells who may know whom.

pub mod classify;
pub mod cli;
pub mod config;
pub mod container;
pub mod decode;
mod digit;
pub mod emit;
pub mod export;
pub mod import;
pub mod index;
pub mod query;
pub mod recognise;
pub mod record;
pub mod report;
pub mod sample;
pub mod sandbox;
pub mod sheets;
pub mod source;
pub mod spelling;
pub mod tables;
pub mod text;
pub mod tui;
