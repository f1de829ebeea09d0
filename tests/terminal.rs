//! The program in a real pseudo-terminal: keys in, bytes out, and the terminal as it was before.
//!
//! Nothing here waits for a time: every step waits until the screen shows something, or fails at a deadline with the screen.
#![cfg(unix)]
// A test that cannot go on is over.
#![allow(clippy::unwrap_used)]

#[path = "terminal/endings.rs"]
mod endings;
#[path = "terminal/escapes.rs"]
mod escapes;
#[path = "terminal/journeys.rs"]
mod journeys;
#[path = "terminal/progress.rs"]
mod progress;
#[path = "terminal/questions.rs"]
mod questions;
#[path = "terminal/session.rs"]
mod session;
#[path = "terminal/starts.rs"]
mod starts;
