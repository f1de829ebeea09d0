//! The terminal screens, in Elm's shape: a model, messages, effects, and drawing that cannot change anything.
//!
//! [`update`](update::update) takes a message and gives effects, without I/O, clock or threads; [`view`](draw::view) draws a
//! model it cannot change; only [`runtime`] touches terminal, threads and time.

pub mod archives;
pub mod bidi;
pub mod canvas;
pub mod data;
pub mod draw;
pub mod findings;
pub mod importing;
pub mod keys;
pub mod layout;
pub mod look;
pub mod model;
pub mod narrowed;
pub mod photo;
pub mod runtime;
pub mod screens;
pub mod searches;
pub mod trail;
pub mod update;
pub mod which;
pub mod widgets;
pub mod words;
pub mod work;

pub use draw::view;
pub use look::Look;
pub use model::{Effect, Model, Msg, Reply};
pub use runtime::{Options, Settings, run};
pub use update::update;
