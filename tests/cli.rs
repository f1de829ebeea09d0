//! The program from outside, as `docs` and scripts use it: command lines in; stdout, stderr and exit status out.

#[path = "cli/bad_input.rs"]
mod bad_input;
#[path = "cli/conversations.rs"]
mod conversations;
#[path = "cli/counter.rs"]
mod counter;
#[path = "cli/counts.rs"]
mod counts;
#[path = "cli/exporting.rs"]
mod exporting;
#[path = "cli/fixtures.rs"]
mod fixtures;
#[path = "cli/guides.rs"]
mod guides;
#[path = "cli/held.rs"]
mod held;
#[path = "cli/hostile_text.rs"]
mod hostile_text;
#[path = "cli/imports.rs"]
mod imports;
#[path = "cli/masking.rs"]
mod masking;
#[path = "cli/output.rs"]
mod output;
#[path = "cli/overlaps.rs"]
mod overlaps;
#[path = "cli/own_sheets.rs"]
mod own_sheets;
#[path = "cli/plain.rs"]
mod plain;
#[path = "cli/schemas.rs"]
mod schemas;
#[path = "cli/searching.rs"]
mod searching;
#[path = "cli/settings.rs"]
mod settings;
#[path = "cli/tied.rs"]
mod tied;
#[path = "cli/world.rs"]
mod world;
