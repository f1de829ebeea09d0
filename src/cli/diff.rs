//! `tellall diff`

use super::args::Diff;
use super::table::{Side, Table, number};
use super::{Context, Outcome};
use crate::report::{self, Change};
use crate::spelling;

pub fn run(context: &Context, args: &Diff) -> anyhow::Result<Outcome> {
    let store = context.store()?;
    let known = |id: &str| {
        let near = || spelling::nearest(id, store.segments.iter().map(|segment| segment.manifest.id.as_str()));
        match (store.get(id), near()) {
            (Some(_), _) => Ok(()),
            (None, Some(near)) => Err(anyhow::anyhow!("no export is called {id}\ndid you mean {near}?")),
            (None, None) => Err(anyhow::anyhow!("no export is called {id}\ntellall exports lists them")),
        }
    };
    known(&args.before)?;
    known(&args.after)?;
    let diff = report::diff(&store, &context.sheets()?, &args.before, &args.after, context.values())
        .map_err(anyhow::Error::msg)?;
    let lists = [
        ("section", &diff.sections),
        ("category", &diff.categories),
        ("field", &diff.fields),
        ("recipient", &diff.recipients),
        ("identifier", &diff.identifiers),
    ];
    let any = lists.iter().any(|(_, list)| !list.is_empty()) || !diff.choices.is_empty();
    if context.args.json {
        context.print.json(&diff)?;
        return Ok(Outcome::of(any));
    }
    let mut table = Table::new(&[
        ("", Side::Left),
        ("kind", Side::Left),
        ("what", Side::Left),
        ("before", Side::Right),
        ("after", Side::Right),
    ]);
    for (kind, list) in lists {
        for Change { change, what, before, after, .. } in list {
            table.row(&[change, kind, what, &number(*before), &number(*after)]);
        }
    }
    for choice in &diff.choices {
        let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".to_owned());
        table.row(&[&choice.change, "choice", &choice.what, &shown(&choice.before), &shown(&choice.after)]);
    }
    if any {
        table.print(&context.print)?;
    }
    Ok(Outcome::of(any))
}
