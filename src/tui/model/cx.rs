//! What the screens see of the model: nothing of it can be changed through this.

use crate::report::{CompanyOverview, FieldHeld, Held, MatrixRow, Only};
use crate::tui::data::Data;
use crate::tui::importing::Work;
use crate::tui::keys::Keymap;
use crate::tui::layout::Frame;
use crate::tui::look::Look;
use crate::tui::trail::Trail;
use std::cell::Cell;

/// What a screen may look at.
#[derive(Debug, Clone, Copy)]
pub struct Cx<'a> {
    pub data: &'a Data,
    pub look: &'a Look,
    pub keymap: &'a Keymap,
    pub trail: &'a Trail,
    pub work: &'a Work,
    pub frame: Frame,
    pub(super) asked: &'a Cell<u64>,
}

impl<'a> Cx<'a> {
    /// What all screens are narrowed to.
    pub fn only(&self) -> &'a Only {
        &self.trail.only
    }

    /// What is held, of the records that are meant; `None` while they are counted.
    fn held(&self) -> Option<&'a Held> {
        self.data.held.as_deref().filter(|held| held.only == *self.only())
    }

    /// The numbers of what is meant are on their way.
    pub fn counts(&self) -> bool {
        !self.only().is_all() && self.held().is_none()
    }

    pub fn companies(&self) -> &'a [CompanyOverview] {
        if self.only().is_all() { &self.data.companies } else { self.held().map_or(&[], |held| &held.companies) }
    }

    pub fn fields(&self) -> &'a [FieldHeld] {
        if self.only().is_all() { &self.data.fields } else { self.held().map_or(&[], |held| &held.fields) }
    }

    /// Companies, and records by category at each.
    pub fn matrix(&self) -> (&'a [String], &'a [MatrixRow]) {
        let matrix = if self.only().is_all() { Some(&self.data.matrix) } else { self.held().map(|held| &held.matrix) };
        matrix.map_or((&[], &[]), |matrix| (&matrix.companies, &matrix.rows))
    }

    /// A number for the next question, never used before.
    pub fn ask(&self) -> u64 {
        self.asked.set(self.asked.get() + 1);
        self.asked.get()
    }
}
