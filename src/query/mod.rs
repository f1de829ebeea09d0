//! Questions to the index: a small language ([`parse`]), a scan over columns, pages of hits, exact counts with facets.

mod dates;
pub mod filter;
mod lexer;
pub mod parse;
pub mod scan;
pub mod term;

pub use filter::{FILTERS, FilterName};
pub use parse::{Filter, Mistake, Query, Term};
pub use scan::{Counts, Hit, HitView, Match, Page, Sort, Ticket};
