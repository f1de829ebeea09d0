//! Names in filters: what is named exactly is meant alone, otherwise all whose name holds what was typed.

use super::source::Source;
use crate::classify;
use crate::index::fold::folded;
use crate::index::{FieldMeta, SectionMeta};

/// Values of one filter, each with how well a name must fit.
#[derive(Debug)]
pub struct Wanted(Vec<(String, Fit)>);

/// How a name fits what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    No,
    Part,
    Whole,
}

impl Wanted {
    pub fn companies(values: &[String], sources: &[&dyn Source]) -> Self {
        Self::among(values, &sources.iter().copied(), company)
    }

    pub fn exports(values: &[String], sources: &[&dyn Source]) -> Self {
        Self::among(values, &sources.iter().copied(), export)
    }

    pub fn sections(values: &[String], sources: &[&dyn Source]) -> Self {
        Self::among(values, &sources.iter().flat_map(|source| &source.catalog().sections), section)
    }

    pub fn fields(values: &[String], sources: &[&dyn Source]) -> Self {
        Self::among(values, &sources.iter().flat_map(|source| &source.catalog().fields), field)
    }

    pub fn categories(values: &[String], sources: &[&dyn Source]) -> Self {
        Self::among(values, &sources.iter().flat_map(|source| &source.catalog().fields), category)
    }

    pub fn takes_company(&self, source: &dyn Source) -> bool {
        self.takes(source, company)
    }

    pub fn takes_export(&self, source: &dyn Source) -> bool {
        self.takes(source, export)
    }

    pub fn takes_section(&self, of: &SectionMeta) -> bool {
        self.takes(of, section)
    }

    pub fn takes_field(&self, of: &FieldMeta) -> bool {
        self.takes(of, field)
    }

    pub fn takes_category(&self, of: &FieldMeta) -> bool {
        self.takes(of, category)
    }

    fn among<'a, T: ?Sized + 'a>(
        values: &[String],
        all: &(impl Iterator<Item = &'a T> + Clone),
        fit: fn(&T, &str) -> Fit,
    ) -> Self {
        let least = |value: String| {
            let best = all.clone().map(|one| fit(one, &value)).max().unwrap_or(Fit::No);
            (value, if best == Fit::Whole { Fit::Whole } else { Fit::Part })
        };
        Self(values.iter().map(|value| least(folded(value))).collect())
    }

    fn takes<T: ?Sized>(&self, one: &T, fit: fn(&T, &str) -> Fit) -> bool {
        self.0.iter().any(|(value, least)| fit(one, value) >= *least)
    }
}

/// Which of the things, each by its id and its name, a filter's value means: as filters read it.
pub fn meant(value: &str, all: &[(&str, &str)]) -> Vec<usize> {
    let value = folded(value);
    let fits: Vec<Fit> = all.iter().map(|(id, called)| name(id, &value).max(name(called, &value))).collect();
    let least = fits.iter().copied().max().unwrap_or(Fit::No).max(Fit::Part);
    fits.iter().enumerate().filter(|(_, fit)| **fit >= least).map(|(at, _)| at).collect()
}

fn name(name: &str, value: &str) -> Fit {
    let name = folded(name);
    match () {
        () if name == value => Fit::Whole,
        () if name.contains(value) => Fit::Part,
        () => Fit::No,
    }
}

fn company(source: &(dyn Source + '_), value: &str) -> Fit {
    let manifest = source.manifest();
    name(&manifest.company, value).max(name(&manifest.company_name, value))
}

fn export(source: &(dyn Source + '_), value: &str) -> Fit {
    name(&source.manifest().id, value)
}

fn section(section: &SectionMeta, value: &str) -> Fit {
    name(&section.id, value).max(name(&section.name, value))
}

/// The last keys of a path are as good as the whole; brackets of lists may be left out.
fn field(field: &FieldMeta, value: &str) -> Fit {
    let value = value.replace("[]", "");
    let path = folded(&field.path).replace("[]", "");
    let ends_so = path.strip_suffix(&value).is_some_and(|before| before.is_empty() || before.ends_with('.'));
    let label = field.label.as_deref().map_or(Fit::No, |label| name(label, &value));
    if ends_so && !value.is_empty() { Fit::Whole } else { name(&path, &value).max(label) }
}

fn category(field: &FieldMeta, value: &str) -> Fit {
    let Some(id) = field.category.as_deref() else { return Fit::No };
    let label = classify::category(id).map_or(Fit::No, |category| name(&category.label, value));
    name(id, value).max(label)
}
