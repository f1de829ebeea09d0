//! Questions to the index: a small language ([`parse`]), a scan over columns, pages of hits, exact counts with facets.

mod arranged;
mod counting;
mod dates;
pub mod filter;
mod lexer;
#[cfg(test)]
mod memory;
pub mod names;
mod order;
mod owner;
mod pages;
pub mod parse;
mod place;
mod plan;
pub mod scan;
mod shown;
mod source;
mod sweep;
pub mod term;
mod wanted;
mod window;

pub use arranged::{NEWEST, Order};
pub use filter::{FILTERS, FilterName};
pub use names::{NameOffer, Named, names};
pub use parse::{Filter, Mistake, Query, SIGNS, Term};
pub use place::Place;
pub use scan::{Counts, Hit, HitView, Match, Page, Sort, Ticket, arranged, count, page, view};
pub use wanted::meant;
