//! Questions to the index: a small language ([`parse`]), a scan over columns, pages of hits, exact counts with facets.

pub mod parse;
pub mod scan;

pub use parse::{Filter, Mistake, Query, Term};
pub use scan::{Counts, Hit, HitView, Match, Page, Sort, Ticket, count, page, view};
