//! `tellall guide`

use super::args::Guide as Args;
use super::table::{Side, Table};
use super::{Context, Outcome};
use crate::report::{self, Guide};
use crate::tui::widgets::wrap::wrapped;
use serde_json::json;

/// Columns of a page; longer lines are hard to read.
const WIDTH: usize = 80;
const MOST: usize = 1 << 20;

pub fn run(context: &Context, args: &Args) -> anyhow::Result<Outcome> {
    let guides = report::guides(&context.sheets()?);
    let Some(name) = &args.name else {
        if context.args.json {
            context.print.json(&json!({ "guides": guides }))?;
            return Ok(Outcome::Done);
        }
        let mut table = Table::new(&[("guide", Side::Left), ("about", Side::Left)]);
        for guide in &guides {
            table.row(&[&guide.id, &guide.title]);
        }
        table.print(&context.print)?;
        return Ok(Outcome::Done);
    };
    match report::guide(&guides, name) {
        Ok(guide) if context.args.json => context.print.json(&json!({ "guides": [guide] }))?,
        Ok(guide) => print(context, guide)?,
        Err(near) => {
            let cure =
                near.map_or_else(|| "tellall guide lists them".to_owned(), |near| format!("did you mean {near}?"));
            anyhow::bail!("no guide is called {name}\n{cure}");
        }
    }
    Ok(Outcome::Done)
}

fn print(context: &Context, guide: &Guide) -> anyhow::Result<()> {
    context.print.heading(&guide.title)?;
    for paragraph in &guide.paragraphs {
        for line in wrapped(paragraph, WIDTH, MOST) {
            context.print.line(&line)?;
        }
    }
    Ok(())
}
