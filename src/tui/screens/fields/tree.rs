//! The tree of fields: two levels of groups, laid out only as far as they are unfolded.

use crate::report::{FieldHeld, Only};
use crate::tui::model::Cx;
use crate::tui::screens::search::filters::{narrowed, quoted};
use crate::tui::widgets::narrow::Narrow;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What the two levels of groups are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Grouping {
    /// Company › category.
    #[default]
    Company,
    /// Category › company.
    Category,
    /// How they got it › company.
    Origin,
}

impl Grouping {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Category => "category",
            Self::Origin => "how they got it",
        }
    }
}

/// Names a group: of the first level, or of the second below it.
pub(super) type Key = (String, Option<String>);

/// A line of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub level: u16,
    pub label: String,
    pub key: Key,
    /// Place in the list of fields; `None` for a group.
    pub field: Option<usize>,
    /// Fields of a group, records of a field.
    pub number: u64,
    pub special: bool,
    pub open: bool,
}

#[derive(Debug, Default)]
pub(super) struct Tree {
    pub grouping: Grouping,
    open: HashSet<Key>,
    pub rows: Vec<Row>,
}

/// Order and key of a group, its label, and the fields in it.
type Groups<'a> = BTreeMap<(usize, &'a str), (&'a str, Vec<usize>)>;

/// Places of the companies in their order. Every field asks for one: looking through the list for each would be seen while typing.
type Order<'a> = HashMap<&'a str, usize>;

impl Tree {
    /// Lays out the rows for the data as it is. While a filter is on, everything that passes shows.
    pub(super) fn build(&mut self, cx: &Cx<'_>, narrow: &Narrow) {
        let fields = cx.fields();
        let names = fields.iter().map(|field| {
            let label = field.label.as_deref().unwrap_or_default();
            format!("{} {} {} {label} {}", field.company, field.section, field.field, field.category_label)
        });
        let passing = narrow.pass(names);
        let order = cx.data.companies.iter().enumerate().map(|(at, company)| (company.id.as_str(), at)).collect();
        let mut rows = Vec::new();
        for ((_, key), (label, members)) in self.groups(cx, &order, &passing, 0) {
            let key = (key.to_owned(), None);
            let open = narrow.is_on() || self.open.contains(&key);
            rows.push(group(0, label, key.clone(), &members, fields, open));
            if open {
                self.build_inside(cx, &order, &key.0, &members, narrow, &mut rows);
            }
        }
        self.rows = rows;
    }

    fn build_inside(
        &self,
        cx: &Cx<'_>,
        order: &Order<'_>,
        outer: &str,
        members: &[usize],
        narrow: &Narrow,
        rows: &mut Vec<Row>,
    ) {
        for ((_, inner), (label, members)) in self.groups(cx, order, members, 1) {
            let key = (outer.to_owned(), Some(inner.to_owned()));
            let open = narrow.is_on() || self.open.contains(&key);
            rows.push(group(1, label, key.clone(), &members, cx.fields(), open));
            if open {
                rows.extend(members.iter().filter_map(|&at| Some(leaf(at, &key, cx.fields().get(at)?))));
            }
        }
    }

    fn groups<'a>(&self, cx: &'a Cx<'_>, order: &Order<'_>, members: &[usize], level: u16) -> Groups<'a> {
        let mut groups = Groups::new();
        for &at in members {
            let Some(field) = cx.fields().get(at) else { continue };
            let (place, key) = self.group_of(order, field, level);
            let label = || match (self.grouping, level) {
                (Grouping::Category, 0) | (Grouping::Company, 1) => key,
                (Grouping::Origin, 0) => field.origin.label(),
                _ => cx.data.name(key),
            };
            groups.entry((place, key)).or_insert_with(|| (label(), Vec::new())).1.push(at);
        }
        groups
    }

    /// Order and key of the group a field is in.
    fn group_of<'a>(&self, order: &Order<'_>, field: &'a FieldHeld, level: u16) -> (usize, &'a str) {
        match (self.grouping, level) {
            (Grouping::Category, 0) | (Grouping::Company, 1) => {
                (usize::from(field.category == "other"), &field.category_label)
            }
            (Grouping::Origin, 0) => (field.origin as usize, field.origin.id()),
            _ => (order.get(field.company.as_str()).copied().unwrap_or(usize::MAX), &field.company),
        }
    }

    /// What finds the records of a group, of those that are meant. What is not understood has no category to find it by.
    pub(super) fn query(&self, row: &Row, cx: &Cx<'_>) -> Option<String> {
        let (outer, inner) = match self.grouping {
            Grouping::Company => ("co", "cat"),
            Grouping::Category => ("cat", "co"),
            Grouping::Origin => ("how", "co"),
        };
        let keys = [(outer, Some(&row.key.0)), (inner, row.key.1.as_ref())];
        let named: Vec<(&str, &String)> = keys.into_iter().filter_map(|(name, key)| Some((name, key?))).collect();
        let other = |(name, key): &(&str, &String)| {
            *name == "cat" && cx.fields().iter().any(|field| field.category == "other" && field.category_label == **key)
        };
        if named.iter().any(other) {
            return None;
        }
        let rest = Only { company: None, category: None, ..cx.only().clone() };
        let filters = named.iter().map(|(name, key)| format!("{name}:{}", quoted(key)));
        let rest = narrowed("", &Only::default(), &rest);
        Some(filters.chain([rest]).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "))
    }

    /// Folds an unfolded group and the other way round.
    pub(super) fn toggle(&mut self, at: usize) {
        let Some(row) = self.rows.get(at) else { return };
        if !self.open.remove(&row.key) {
            self.open.insert(row.key.clone());
        }
    }

    /// Unfolds a group; false if it is unfolded already.
    pub(super) fn unfold(&mut self, at: usize) -> bool {
        self.rows.get(at).is_some_and(|row| !row.open && self.open.insert(row.key.clone()))
    }

    /// Folds an unfolded group; for anything else, gives the row of its parent.
    pub(super) fn fold(&mut self, at: usize) -> Option<usize> {
        let row = self.rows.get(at)?;
        if row.field.is_none() && self.open.remove(&row.key) {
            return None;
        }
        let level = row.level;
        Some(self.rows.iter().take(at).rposition(|above| above.level < level).unwrap_or(at))
    }

    /// Folds everything, or unfolds the first level if everything is folded.
    pub(super) fn fold_all(&mut self) {
        if self.open.is_empty() {
            self.open = self.rows.iter().map(|row| row.key.clone()).collect();
        } else {
            self.open.clear();
        }
    }

    pub(super) fn turn_grouping(&mut self) {
        self.open.clear();
        self.grouping = match self.grouping {
            Grouping::Company => Grouping::Category,
            Grouping::Category => Grouping::Origin,
            Grouping::Origin => Grouping::Company,
        };
    }

    pub(super) fn show_only(&mut self, grouping: Grouping, key: &str) {
        self.grouping = grouping;
        self.open = [(key.to_owned(), None)].into_iter().collect();
    }

    /// The row of a group of the first level.
    pub(super) fn place_of(&self, key: &str) -> Option<usize> {
        self.rows.iter().position(|row| row.level == 0 && row.key.0 == key)
    }
}

fn group(level: u16, label: &str, key: Key, members: &[usize], fields: &[FieldHeld], open: bool) -> Row {
    let special = members.iter().filter_map(|&at| fields.get(at)).any(|field| field.special);
    Row { level, label: label.to_owned(), key, field: None, number: members.len() as u64, special, open }
}

/// What tells fields apart is the end of their path: it comes first.
fn leaf(at: usize, key: &Key, field: &FieldHeld) -> Row {
    let name = match (&field.label, field.field.rsplit_once('.')) {
        (Some(label), _) => format!("{label} ({})", field.field),
        (None, Some((above, last))) => format!("{last} in {above}"),
        (None, None) => field.field.clone(),
    };
    let key = key.clone();
    Row { level: 2, label: name, key, field: Some(at), number: field.records, special: field.special, open: false }
}
