//! What the rules say of places.

use crate::sheets::{FieldPattern, FieldRule, Section, Sheet, ThreadName};
use hashbrown::HashSet;

/// What the rules say of places: sections by number, and the sheet's rules for all of them.
#[derive(Clone, Copy)]
pub struct Rules<'a> {
    pub section: &'a Section,
    /// Rules for every section of the company.
    pub shared: &'a [(FieldPattern, FieldRule)],
}

impl<'a> Rules<'a> {
    /// The rules of one section of a sheet.
    pub fn of(sheet: &'a Sheet, section: &'a Section) -> Self {
        Self { section, shared: &sheet.fields }
    }

    /// The section and its parts.
    pub(super) fn sections(&self) -> impl Iterator<Item = &'a Section> {
        std::iter::once(self.section).chain(&self.section.parts)
    }

    /// Whether a text tells no time where one is expected.
    pub(super) fn is_no_time(&self, value: &str) -> bool {
        self.sections().any(|section| section.no_time.iter().any(|text| text == value))
    }

    /// The last keys of all places the sheet tells.
    pub(super) fn keys(&self) -> HashSet<Box<str>, foldhash::fast::RandomState> {
        let of_section = |section: &'a Section| {
            let threads = section.thread.iter().filter_map(|name| match name {
                ThreadName::Field(place) => Some(place),
                ThreadName::Folder | ThreadName::Stem | ThreadName::Item => None,
            });
            let roles = section.who.iter().chain(&section.text).chain(&section.unique).chain(threads);
            roles
                .chain(section.time.iter().map(|(place, _)| place))
                .chain(section.fields.iter().chain(&section.rest_fields.fields).map(|(place, _)| place))
        };
        let shared = self.shared.iter().map(|(place, _)| place);
        let places = self.sections().flat_map(of_section).chain(shared);
        places.filter_map(FieldPattern::last_key).map(Box::from).collect()
    }

    pub(super) fn section_or_part(&self, part: Option<usize>) -> &'a Section {
        part.and_then(|part| self.section.parts.get(part)).unwrap_or(self.section)
    }
}
