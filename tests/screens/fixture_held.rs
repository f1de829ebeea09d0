//! What the invented person's companies hold of some records only: a twelfth of everything in a year or month.

use super::fixture::{companies, fields, matrix};
use tellall::report::{Held, Matrix, Only};
use tellall::tui::data::Part;
use tellall::tui::{Effect, Msg};

pub fn answers(effect: &Effect) -> Vec<Msg> {
    match effect {
        Effect::LoadHeld(only) => vec![Msg::Data { epoch: 1, part: Box::new(Part::Held(Box::new(held(only)))) }],
        _ => Vec::new(),
    }
}

fn held(only: &Only) -> Held {
    let part = if only.period.is_some() { 12 } else { 1 };
    let is_meant = |company: &str| only.company.as_deref().is_none_or(|only| only == company);
    let is_of = |category: &str| only.category.as_deref().is_none_or(|only| only == category);
    let mut companies = companies();
    companies.retain(|company| is_meant(&company.id));
    for company in &mut companies {
        company.records /= part;
        company.months.retain(|month, _| only.period.is_none_or(|period| period.months().contains(month)));
    }
    let Matrix { companies: all, mut rows } = matrix();
    rows.retain(|row| is_of(&row.category_label));
    for row in &mut rows {
        let mut shown = all.iter().map(|company| is_meant(company));
        row.cells.retain(|_| shown.next().is_some_and(|meant| meant));
    }
    let mut fields = fields();
    fields.retain(|field| is_meant(&field.company) && is_of(&field.category_label) && field.records >= part);
    for field in &mut fields {
        field.records /= part;
    }
    let matrix = Matrix { companies: all.into_iter().filter(|company| is_meant(company)).collect(), rows };
    Held { only: only.clone(), companies, matrix, fields }
}
