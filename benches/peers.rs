//! Measures tellall against `unzip` and `rg` in one run, and prints the table of `docs/benchmarks.md`.
//!
//! ```text
//! cargo bench --bench peers                    2,000,000 Facebook messages
//! cargo bench --bench peers -- 200000          another number of them
//! ```
//! Times on shared machines wander: each figure is the median of five, and what counts is the ratio to the peer beside it.
#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tellall::index::Store;
use tellall::query::{self, Query, Sort, Ticket};

const ROUNDS: usize = 5;

/// A frame at 60 Hz, in which the first page of a search must be there.
const FRAME: Duration = Duration::from_micros(16_667);

fn main() {
    let mut count = 2_000_000;
    // Cargo itself says `--bench`.
    for arg in std::env::args().skip(1).filter(|arg| arg != "--bench") {
        count = arg.replace('_', "").parse().expect("cargo bench --bench peers -- NUMBER_OF_MESSAGES");
    }
    let folder = std::env::temp_dir().join(format!("tellall-bench-{count}"));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let zip = folder.join("facebook-bench.zip");
    if !zip.exists() {
        tellall::sample::facebook_messages(&zip, count).expect("the export is made");
    }
    println!("| what | tellall | peer | ratio |\n| --- | --- | --- | --- |");
    let index = import(&folder, &zip, count);
    searches(&folder, &index);
}

/// Import against unpacking, turn by turn, so that both meet the same noise.
fn import(folder: &Path, zip: &Path, count: usize) -> PathBuf {
    let (index, unpacked) = (folder.join("index"), folder.join("unpacked"));
    let (mut ours, mut theirs, mut peak) = (Vec::new(), Vec::new(), 0);
    for _ in 0..ROUNDS {
        remove(&index);
        let (time, memory) =
            run(Command::new(env!("CARGO_BIN_EXE_tellall")).arg("import").arg(zip).arg("--index").arg(&index));
        ours.push(time);
        peak = peak.max(memory);
        remove(&unpacked);
        theirs.push(run(Command::new("unzip").arg("-q").arg(zip).arg("-d").arg(&unpacked)).0);
    }
    let (ours, theirs) = (median(ours), median(theirs));
    println!(
        "| import {count} messages, against `unzip -q` of the same file | {} | {} | {:.2} |",
        shown(ours),
        shown(theirs),
        ours.as_secs_f64() / theirs.as_secs_f64()
    );
    println!(
        "| peak memory of that import, against the limit of 256 MB | {} MB | 256 MB | {:.2} |",
        peak / 1024,
        peak as f64 / 1024.0 / 256.0
    );
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
        let first = median(
            (0..ROUNDS)
                .map(|_| time(|| query::page(&store, &query, Sort::Newest, None, 50, &Ticket::default())))
                .collect(),
        );
        println!(
            "| first 50 of `{text}`, against a frame | {} | {} | {:.2} |",
            shown(first),
            shown(FRAME),
            first.as_secs_f64() / FRAME.as_secs_f64()
        );
    }
    for text in ["lunch", "777777"] {
        let query = Query::parse(text).expect("a query");
        let counted = median((0..ROUNDS).map(|_| time(|| query::count(&store, &query, &Ticket::default()))).collect());
        let mut rg = Command::new("rg");
        rg.args(["-i", "-c", text]).arg(folder.join("unpacked"));
        match rg.stdout(Stdio::null()).status() {
            Ok(_) => {
                let peer = median((0..ROUNDS).map(|_| time(|| rg.status())).collect());
                println!(
                    "| exact count and facets of `{text}`, against `rg -i` | {} | {} | {:.2} |",
                    shown(counted),
                    shown(peer),
                    counted.as_secs_f64() / peer.as_secs_f64()
                );
            }
            Err(_) => println!("| exact count and facets of `{text}` (no `rg` here) | {} | – | – |", shown(counted)),
        }
    }
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed()
}

/// Wall time, and peak memory in KiB as the kernel counts it (0 where it cannot be had).
fn run(command: &mut Command) -> (Duration, u64) {
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak = 0;
    loop {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with("VmHWM"));
        peak = peak
            .max(line.and_then(|line| line.split_whitespace().nth(1)).and_then(|kib| kib.parse().ok()).unwrap_or(0));
        if let Some(status) = child.try_wait().expect("the program is ours") {
            assert!(status.success(), "{command:?} failed");
            return (start.elapsed(), peak);
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn remove(folder: &Path) {
    if folder.exists() {
        std::fs::remove_dir_all(folder).expect("our own folder");
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn shown(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        format!("{:.1} ms", time.as_secs_f64() * 1000.0)
    } else {
        format!("{:.2} s", time.as_secs_f64())
    }
}
