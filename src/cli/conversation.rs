//! `tellall conversation`: which conversations there are, or what was written in one.

use super::args::Conversation as Args;
use super::table::{Side, Table, number};
use super::{Context, Outcome};
use crate::query::Query;
use crate::report::{self, Attachment, Conversation, Line};
use crate::tui::words::count;
use crate::{spelling, text};
use serde::Serialize;

/// `conversation --json`
#[derive(Debug, Serialize)]
struct All {
    conversations: Vec<Conversation>,
}

/// `conversation ID --json`
#[derive(Debug, Serialize)]
struct One {
    conversation: Conversation,
    /// Number of the first line given.
    from: usize,
    lines: Vec<Line>,
}

pub fn run(context: &Context, args: &Args) -> anyhow::Result<Outcome> {
    match &args.id {
        None => all(context),
        Some(id) => one(context, id, args),
    }
}

fn all(context: &Context) -> anyhow::Result<Outcome> {
    let conversations = report::conversations(&context.store()?, &context.args.owner);
    let outcome = Outcome::of(!conversations.is_empty());
    if context.args.json {
        context.print.json(&All { conversations })?;
        return Ok(outcome);
    }
    let mut table = Table::new(&[
        ("id", Side::Left),
        ("company", Side::Left),
        ("title", Side::Left),
        ("messages", Side::Right),
        ("last", Side::Left),
    ]);
    for one in &conversations {
        let last = one.last.as_deref().and_then(|last| last.get(..10)).unwrap_or_default();
        table.row(&[&one.id, &one.company, &one.title, &number(one.messages), last]);
    }
    if !conversations.is_empty() {
        table.print(&context.print)?;
    }
    Ok(outcome)
}

fn one(context: &Context, id: &str, args: &Args) -> anyhow::Result<Outcome> {
    let store = context.store()?;
    let Some(thread) = report::thread(&store, id, &context.args.owner) else {
        let known = report::conversations(&store, &context.args.owner);
        let near = spelling::nearest(id, known.iter().map(|one| one.id.as_str()));
        let cure =
            near.map_or_else(|| "tellall conversation lists them".to_owned(), |near| format!("did you mean {near}?"));
        anyhow::bail!("no conversation is called {id}\n{cure}");
    };
    let from = args.from.min(thread.rows.len());
    let lines = thread.lines(&store, &Query::default(), from..from.saturating_add(args.limit));
    if context.args.json {
        context.print.json(&One { conversation: thread.conversation, from, lines })?;
        return Ok(Outcome::Done);
    }
    let conversation = &thread.conversation;
    context.print.line(&format!(
        "{} ({}), {}",
        conversation.title,
        conversation.company,
        count(conversation.messages, "message")
    ))?;
    if conversation.half {
        context.print.line("only your own half is in the export")?;
    }
    for line in &lines {
        print(context, line)?;
    }
    let left = thread.rows.len() - from - lines.len();
    if left > 0 {
        context.print.say(&format!("{left} more messages: --from {}", from + lines.len()));
    }
    Ok(Outcome::Done)
}

fn print(context: &Context, line: &Line) -> anyhow::Result<()> {
    let time = line.time.as_deref().unwrap_or("no time");
    let who = if line.you { "You" } else { line.who.as_deref().unwrap_or("—") };
    context.print.line(&format!("{time}  {who}"))?;
    let mut said: Vec<String> =
        line.text.iter().flat_map(|said| text::block(said).lines().map(str::to_owned).collect::<Vec<_>>()).collect();
    if line.deleted {
        said.push("[deleted]".to_owned());
    }
    if line.edited {
        said.push("[edited]".to_owned());
    }
    said.extend(line.attachments.iter().map(attached));
    said.extend(line.reactions.iter().map(|one| format!("{} {}", one.sign, one.who.as_deref().unwrap_or_default())));
    for said in said {
        context.print.line(&format!("    {said}"))?;
    }
    Ok(())
}

fn attached(file: &Attachment) -> String {
    let where_it_is = file.why.as_ref().map_or_else(|| "in the archive".to_owned(), |why| format!("not here: {why}"));
    format!("[{}, {where_it_is}]", file.name)
}
