//! Measures tellall against `unzip` and `rg` in one run, and prints the table of `docs/benchmarks.md`.
//!
//! ```text
//! cargo bench --bench peers                    2,000,000 Facebook messages
//! cargo bench --bench peers -- 200000          another number of them
//! ```
//! Beside them the same in one entry, and events of Discord, imported with and without what labels them.
//! Times on shared machines wander: each figure is the median of five, and what counts is the ratio to the peer beside it.
#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod measure;

use measure::{FRAME, ROUNDS, median, shown, time};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tellall::container::Budget;
use tellall::import::{self, Progress};
use tellall::index::Store;
use tellall::query::{self, Query, Sort, Ticket};
use tellall::sample;
use tellall::sheets::{FieldPattern, FieldRule, Sheet, Sheets};

fn main() {
    let count = measure::numbers().first().copied().unwrap_or(2_000_000) as usize;
    let folder = measure::folder(&count.to_string());
    let zip = measure::file(&folder, "facebook-bench.zip", |zip| sample::facebook_messages(zip, count));
    measure::heading();
    let index = against_unzip(&folder, &zip, &format!("import {count} messages"));
    searches(&folder, &index);
    let giant = measure::file(&folder, "facebook-giant.zip", |zip| sample::one_conversation(zip, count * 3 / 5));
    against_unzip(
        &measure::folder(&format!("{count}-giant")),
        &giant,
        &format!("import {} in one entry", count * 3 / 5),
    );
    labelling(&folder, &zip, "messages");
    let events = measure::file(&folder, "discord-bench.zip", |zip| sample::discord_events(zip, count as u64 * 125));
    labelling(&folder, &events, "events");
}

/// What labels and identifiers cost: the same import with sheets that say of no field what it is, nor what identifies in it.
fn labelling(folder: &Path, zip: &Path, what: &str) {
    let (labelled, mut plain) = (Sheets::builtin(), Sheets::builtin());
    plain.all.iter_mut().for_each(without_labels);
    let index = folder.join("labelling");
    let import = |sheets: &Sheets| {
        measure::remove(&index);
        let store = Store::open(&index).expect("a folder of our own");
        let (options, progress, budget) = (import::Options::default(), Progress::default(), Budget::default());
        let paths = [zip.to_owned()];
        time(|| import::import(&store, sheets, &paths, &options, &progress, &budget).expect("the index is written"))
    };
    let rounds: (Vec<_>, Vec<_>) = (0..ROUNDS).map(|_| (import(&labelled), import(&plain))).unzip();
    measure::remove(&index);
    let says = format!("import {what} with labels, identifiers and links, against without");
    measure::told(&says, median(rounds.0), median(rounds.1));
}

/// One rule for all fields, which says nothing, stands before all others.
fn without_labels(sheet: &mut Sheet) {
    let nothing = || (FieldPattern::parse("**").expect("any place"), FieldRule::default());
    for section in &mut sheet.sections {
        section.fields.insert(0, nothing());
        section.rest_fields.fields.insert(0, nothing());
        section.parts.iter_mut().for_each(|part| part.fields.insert(0, nothing()));
    }
}

/// Import against unpacking, turn by turn, so that both meet the same noise.
fn against_unzip(folder: &Path, zip: &Path, what: &str) -> PathBuf {
    let (index, unpacked) = (folder.join("index"), folder.join("unpacked"));
    let (mut ours, mut theirs, mut peak) = (Vec::new(), Vec::new(), 0);
    for _ in 0..ROUNDS {
        let (time, memory) = measure::import(zip, &index);
        ours.push(time);
        peak = peak.max(memory);
        theirs.push(measure::unzip(zip, &unpacked));
    }
    measure::told(&format!("{what}, against `unzip -q` of the same file"), median(ours), median(theirs));
    measure::told_peak("peak memory of that import, against the limit of 256 MB", peak);
    index
}

/// The first page and the exact count of searches, against `rg -i` over the unpacked tree.
fn searches(folder: &Path, index: &Path) {
    let store = Store::open(index).expect("the index just written");
    let queries = [
        "lunch",
        "the",
        "777777",
        "zzzzqq",
        "café",
        "münchen -lunch",
        "from:ben after:2023-06 sunday",
        "\"see you\"",
        "/l[au]nch/",
    ];
    for text in queries {
        let query = Query::parse(text).expect("a query");
        let first = || time(|| query::page(&store, &query, Sort::Newest, None, 50, &Ticket::default()));
        let first = median((0..ROUNDS).map(|_| first()).collect());
        measure::told(&format!("first 50 of `{text}`, against a frame"), first, FRAME);
    }
    for text in ["lunch", "777777"] {
        let query = Query::parse(text).expect("a query");
        let counted = median((0..ROUNDS).map(|_| time(|| query::count(&store, &query, &Ticket::default()))).collect());
        let mut rg = Command::new("rg");
        rg.args(["-i", "-c", text]).arg(folder.join("unpacked"));
        match rg.stdout(Stdio::null()).status() {
            Ok(_) => {
                let peer = median((0..ROUNDS).map(|_| time(|| rg.status())).collect());
                measure::told(&format!("exact count and facets of `{text}`, against `rg -i`"), counted, peer);
            }
            Err(_) => println!("| exact count and facets of `{text}` (no `rg` here) | {} | – | – |", shown(counted)),
        }
    }
}
