//! What all screens are narrowed to: a company, a category, a kind, a year or a month.

use super::{refresh, run};
use crate::report::{Only, Period};
use crate::tui::data::{Data, kind_plural};
use crate::tui::model::{Effect, Layer, Model, Said};
use crate::tui::narrowed;
use crate::tui::screens::choose::{Choice, Choose};
use crate::tui::screens::{Opening, Screen, Step};
use crate::tui::words::grouped;
use std::collections::BTreeMap;

/// Narrows all screens; their numbers are counted anew.
pub(super) fn narrow(model: &mut Model, only: Only) -> Vec<Effect> {
    if model.trail.only == only {
        return Vec::new();
    }
    model.trail.only = only;
    let mut effects = load(model);
    effects.extend(refresh(model));
    effects
}

/// Asks for the numbers of what is meant, if that is not everything.
pub(super) fn load(model: &Model) -> Vec<Effect> {
    let only = &model.trail.only;
    if only.is_all() { Vec::new() } else { vec![Effect::LoadHeld(only.clone())] }
}

pub(super) fn clear(model: &mut Model) -> Vec<Effect> {
    let was_all = model.trail.only.is_all();
    model.said = Some(Said::note(if was_all { "everything shows already" } else { "everything shows again" }));
    narrow(model, Only::default())
}

/// What was typed or chosen on the Search screen holds on the others too, when one leaves it.
pub(super) fn carry_out(model: &mut Model) -> Vec<Effect> {
    let (stack, cx) = model.split();
    let only = match stack.last_mut() {
        Some(Layer { screen: Screen::Search(search), .. }) => search.carry_out(&cx),
        _ => None,
    };
    only.map(|only| narrow(model, only)).unwrap_or_default()
}

/// What all screens are narrowed to stands in the query, when one comes to the Search screen.
pub(super) fn carry_in(model: &mut Model) -> Vec<Effect> {
    let (stack, cx) = model.split();
    let steps = match stack.last_mut() {
        Some(Layer { screen: Screen::Search(search), .. }) => search.carry_in(&cx),
        _ => Vec::new(),
    };
    run(model, steps)
}

/// Asks what to narrow all screens to.
pub(super) fn choose(model: &mut Model) -> Vec<Effect> {
    let (only, data) = (&model.trail.only, &model.data);
    let all = Choice {
        text: "everything".to_owned(),
        note: String::new(),
        step: Step::Narrow(Only::default()),
        aside: String::new(),
        is_private: false,
    };
    let name = |company: &str| data.name(company).to_owned();
    let choice = |(what, part, records): (&str, Only, u64)| {
        let chosen = only.turned(&part);
        let tick = if only.has(&part) { "[x]" } else { "[ ]" };
        let words = narrowed::words(&part, &name).join(" ");
        Choice {
            text: format!("{tick} {words}"),
            note: what.to_owned(),
            step: Step::Narrow(chosen),
            aside: grouped(records),
            is_private: false,
        }
    };
    let parts = parts(data).into_iter().map(choice);
    let choices = (!only.is_all()).then_some(all).into_iter().chain(parts).collect();
    let page = Choose::new("Narrow all screens to", choices);
    run(model, vec![Step::Push(Opening::Choose(Box::new(page)))])
}

/// All there is to narrow to, with the records of each: companies, years, categories, kinds, then months.
fn parts(data: &Data) -> Vec<(&'static str, Only, u64)> {
    let companies = data
        .companies
        .iter()
        .map(|company| ("company", Only { company: Some(company.id.clone()), ..Only::default() }, company.records));
    let months = Data::months(&data.companies);
    let mut years: BTreeMap<i32, u64> = BTreeMap::new();
    for (month, records) in &months {
        *years.entry(month.div_euclid(12)).or_default() += records;
    }
    let of = |period| Only { period: Some(period), ..Only::default() };
    let years =
        years.iter().rev().map(|(year, records)| ("year", of(Period { year: *year as i16, month: None }), *records));
    let months = months.iter().rev().map(|(month, records)| ("month", of(Period::of_month(*month)), *records));
    let categories = data.matrix.rows.iter().map(|row| {
        let records = row.cells.iter().flatten().map(|cell| cell.records).sum();
        ("category", Only { category: Some(row.category_label.clone()), ..Only::default() }, records)
    });
    let mut kinds = BTreeMap::new();
    for (kind, records) in data.companies.iter().flat_map(|company| &company.kinds) {
        *kinds.entry(*kind).or_insert(0) += records;
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|(kind, records)| (std::cmp::Reverse(*records), kind_plural(*kind)));
    let kinds =
        kinds.into_iter().map(|(kind, records)| ("kind", Only { kind: Some(kind), ..Only::default() }, records));
    companies.chain(years).chain(categories).chain(kinds).chain(months.filter(|(.., records)| *records > 0)).collect()
}
