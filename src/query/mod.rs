//! Questions to the index: a small language ([`parse`]), a scan over columns, pages of hits, exact counts with facets.

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
mod plan;
pub mod scan;
mod shown;
mod source;
mod sweep;
pub mod term;
mod wanted;
mod window;

pub use filter::{FILTERS, FilterName};
pub use names::{NameOffer, Named, names};
pub use parse::{Filter, Mistake, Query, Term};
pub use scan::{Counts, Hit, HitView, Match, Page, Sort, Ticket, count, page, view};
