//! What a page says of itself: its title is no record beside those it stands above.

use super::{Emitter, Node};
use crate::record::ValueType;

impl Emitter<'_> {
    /// What stands above all records of a page, such as its title. It names threads, and is repeated where the section says so. It is told
    /// in the record of what stands outside, if the sheet names a section for that or if there is more of it; and where no sheet knows
    /// the page.
    pub fn about(&mut self, node: Node, value: &str) {
        let section = self.rules.section;
        let is_known = !section.files.is_empty() || !section.keys.is_empty();
        let is_repeated = self.paths.nodes[node.0 as usize].inherit;
        if !is_known || section.rest.is_some() || is_repeated {
            self.value(node, value, ValueType::String);
        } else if !value.is_empty() {
            self.read_roles(node, value, ValueType::String);
            self.about.push((node, value.to_owned()));
        }
    }

    /// The page ends.
    pub(super) fn tell_about(&mut self) {
        let has_more = self.open.first().is_some_and(|draft| !draft.fields.is_empty());
        for (node, value) in std::mem::take(&mut self.about) {
            if has_more {
                self.push(node, &value, ValueType::String);
            }
        }
    }
}
