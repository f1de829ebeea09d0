//! Parts that several screens are made of.

pub mod bars;
pub mod date;
pub mod empty;
pub mod heat;
pub mod line;
pub mod list;
pub mod marks;
pub mod narrow;
pub mod snippet;
pub mod wrap;
