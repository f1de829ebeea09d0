//! `tellall search`

use super::args::{Order, Search};
use super::{Context, Outcome};
use crate::index::Store;
use crate::query::{self, Hit, HitView, Mistake, Page, Query, Sort, Ticket};
use crate::text;
use serde::Serialize;
use serde_json::json;

/// Records printed if nothing else is asked for.
const DEFAULT_LIMIT: usize = 50;

/// Records fetched at once when all are wanted.
const PAGE: usize = 1000;

/// A hit as `CONTRACT.md` promises it.
#[derive(Debug, Serialize)]
struct HitReport {
    export: String,
    company: String,
    section: String,
    time: Option<String>,
    who: Option<String>,
    thread: Option<String>,
    text: Option<String>,
    entry: String,
    /// Accepted by `tellall record EXPORT LOCATOR`.
    locator: String,
    matches: Vec<MatchReport>,
    values: Vec<ValueReport>,
}

/// Byte offsets into the value.
#[derive(Debug, Serialize)]
struct MatchReport {
    field: String,
    start: usize,
    end: usize,
}

#[derive(Debug, Serialize)]
struct ValueReport {
    field: String,
    value: String,
}

pub fn run(context: &Context, args: &Search) -> anyhow::Result<Outcome> {
    let text = args.query.join(" ");
    let query = match Query::parse(&text) {
        Ok(query) => query,
        Err(mistake) => {
            tell(context, &text, &mistake);
            return Ok(Outcome::Trouble);
        }
    };
    let store = context.store()?;
    if args.count {
        return count(context, &store, &query);
    }
    if args.jsonl {
        return stream(context, args, &store, &query);
    }
    let limit = args.limit.unwrap_or(DEFAULT_LIMIT);
    let page = page(&store, &query, args.sort, None, limit);
    let hits: Vec<HitView> = page.hits.iter().filter_map(|hit| query::view(&store, &query, *hit)).collect();
    if context.args.json {
        let counts = query::count(&store, &query, &Ticket::default());
        let reports: Vec<HitReport> = hits.into_iter().map(report).collect();
        context.print.json(&json!({ "query": text, "count": counts.count, "exact": counts.exact, "hits": reports }))?;
        return Ok(Outcome::of(counts.count > 0));
    }
    for hit in &hits {
        print(context, hit)?;
    }
    if page.more {
        let counts = query::count(&store, &query, &Ticket::default());
        context.print.say(&format!(
            "{} of {} records; --limit N shows more",
            hits.len(),
            super::table::number(counts.count)
        ));
    }
    Ok(Outcome::of(!hits.is_empty()))
}

/// The hits behind `after`, in order. The best come all at once: nothing is behind them.
fn page(store: &Store, query: &Query, order: Order, after: Option<Hit>, limit: usize) -> Page {
    let ticket = Ticket::default();
    match order {
        Order::Newest => query::page(store, query, Sort::Newest, after, limit, &ticket),
        Order::Oldest => query::page(store, query, Sort::Oldest, after, limit, &ticket),
        Order::Best => {
            let mut page = query::arranged(store, query, query::Order::Best, &ticket);
            page.more |= page.hits.len() > limit;
            page.hits.truncate(limit);
            page
        }
    }
}

/// The query, a mark under the mistake, and what was expected.
fn tell(context: &Context, text: &str, mistake: &Mistake) {
    let before = text.get(..mistake.start).unwrap_or(text);
    let marked = text.get(mistake.start..mistake.end).unwrap_or_default();
    let space = " ".repeat(text::width(&text::line(before)));
    let mark = "^".repeat(text::width(&text::line(marked)).max(1));
    context.print.say(&format!("{text}\n{space}{mark}\n{}", mistake.expected));
}

fn count(context: &Context, store: &Store, query: &Query) -> anyhow::Result<Outcome> {
    let counts = query::count(store, query, &Ticket::default());
    context.print.line(&counts.count.to_string())?;
    Ok(Outcome::of(counts.count > 0))
}

fn stream(context: &Context, args: &Search, store: &Store, query: &Query) -> anyhow::Result<Outcome> {
    let mut left = args.limit.unwrap_or(usize::MAX);
    let mut after: Option<Hit> = None;
    loop {
        let most = if args.sort == Order::Best { left } else { left.min(PAGE) };
        let page = page(store, query, args.sort, after, most);
        for hit in page.hits.iter().filter_map(|hit| query::view(store, query, *hit)) {
            context.print.json_line(&report(hit))?;
        }
        left -= page.hits.len().min(left);
        let last = page.hits.last().copied();
        let any = after.is_some() || last.is_some();
        if !page.more || left == 0 || last.is_none() || args.sort == Order::Best {
            return Ok(Outcome::of(any));
        }
        after = last;
    }
}

fn report(hit: HitView) -> HitReport {
    let field = |at: usize| hit.values.get(at).map(|(field, _)| field.clone()).unwrap_or_default();
    HitReport {
        matches: hit
            .matches
            .iter()
            .map(|found| MatchReport { field: field(found.value), start: found.start, end: found.end })
            .collect(),
        locator: format!("{}#{}", hit.entry, hit.place),
        export: hit.export,
        company: hit.company,
        section: hit.section,
        time: hit.time.map(|time| time.to_string()),
        who: hit.who,
        thread: hit.thread,
        text: hit.text,
        entry: hit.entry,
        values: hit.values.into_iter().map(|(field, value)| ValueReport { field, value }).collect(),
    }
}

/// Two lines for people: when, whose, who, where; and what.
fn print(context: &Context, hit: &HitView) -> anyhow::Result<()> {
    let time = hit.time.map_or_else(|| "no time".to_owned(), |time| time.to_string().replace('T', " "));
    let mut head = format!("{time}  {} › {}", hit.company_name, hit.section_name);
    for more in [&hit.thread, &hit.who].into_iter().flatten() {
        head.push_str(" › ");
        head.push_str(&text::line(more));
    }
    let values = || hit.values.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(" · ");
    let body = hit.text.clone().unwrap_or_else(values);
    context.print.heading(&head)?;
    context.print.line(&format!("  {}", text::fit(&text::line(&body), 200)))?;
    context.print.line(&format!("  {} {}#{}", hit.export, text::line(&hit.entry), hit.place))?;
    Ok(())
}
