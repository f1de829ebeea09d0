//! `tellall timeline`

use super::args::{By, Timeline};
use super::table::{Side, Table, number};
use super::{Context, Outcome};
use crate::report::{self, Step};

pub fn run(context: &Context, args: &Timeline) -> anyhow::Result<Outcome> {
    let by = match args.by {
        By::Year => Step::Year,
        By::Month => Step::Month,
        By::Day => Step::Day,
        By::Hour => Step::Hour,
    };
    let timeline = report::timeline(&context.store()?, by);
    let any = !timeline.companies.is_empty();
    if context.args.json {
        context.print.json(&timeline)?;
        return Ok(Outcome::of(any));
    }
    let mut table = Table::new(&[("company", Side::Left), (by.id(), Side::Left), ("records", Side::Right)]);
    for (company, steps) in &timeline.companies {
        for (step, records) in steps {
            table.row(&[company, step, &number(*records)]);
        }
    }
    if any {
        table.print(&context.print)?;
    }
    Ok(Outcome::of(any))
}
