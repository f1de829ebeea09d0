//! `tellall remove`

use super::args::Remove;
use super::{Context, Outcome};

pub fn run(context: &Context, args: &Remove) -> anyhow::Result<Outcome> {
    let store = context.store()?;
    let lock = store.lock()?;
    if store.remove(&lock, &args.export)? {
        context.print.say(&format!("{} is out of the index; the archive itself is untouched", args.export));
        return Ok(Outcome::Done);
    }
    context.print.say(&format!("no export is called {}\n`tellall exports` lists them", args.export));
    Ok(Outcome::Nothing)
}
