//! What the reports claim, counted again by plain loops over the records that `export` writes: nothing here shares a line with
//! `src/report`.

#[path = "recount/dump.rs"]
mod dump;
#[path = "recount/held.rs"]
mod held;
#[path = "recount/tied.rs"]
mod tied;
#[path = "recount/when.rs"]
mod when;
#[path = "cli/world.rs"]
#[allow(dead_code, reason = "shared with the tests of the command line, which ask more of it")]
mod world;
