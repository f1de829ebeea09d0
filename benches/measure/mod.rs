//! What the benchmarks share: files made once, times, and rows of the table in `docs/benchmarks.md`.
#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![allow(dead_code, reason = "each benchmark uses what it needs of it")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

pub const ROUNDS: usize = 5;

/// A frame at 60 Hz.
pub const FRAME: Duration = Duration::from_micros(16_667);

/// The numbers on the command line. Cargo itself says `--bench`.
pub fn numbers() -> Vec<u64> {
    let number =
        |arg: String| arg.replace('_', "").parse().unwrap_or_else(|_| panic!("`{arg}` is no number of records"));
    std::env::args().skip(1).filter(|arg| arg != "--bench").map(number).collect()
}

/// A folder for what is made once, in the temporary folder of the system.
pub fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("tellall-bench-{name}"));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    folder
}

/// A file that is made unless it is there.
pub fn file(folder: &Path, name: &str, make: impl FnOnce(&Path) -> std::io::Result<()>) -> PathBuf {
    let file = folder.join(name);
    if !file.exists() {
        let unfinished = folder.join(format!("unfinished-{name}"));
        make(&unfinished).and_then(|()| std::fs::rename(&unfinished, &file)).expect("the export is made");
    }
    file
}

/// An import by the program as a person would start it.
pub fn import(from: &Path, index: &Path) -> (Duration, u64) {
    remove(index);
    run(Command::new(env!("CARGO_BIN_EXE_tellall")).arg("import").arg(from).arg("--index").arg(index))
}

/// `unzip -q` of the same file.
pub fn unzip(zip: &Path, into: &Path) -> Duration {
    remove(into);
    run(Command::new("unzip").arg("-q").arg(zip).arg("-d").arg(into)).0
}

pub fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed()
}

/// Wall time, and peak memory in KiB as the kernel counts it (0 where it cannot be had).
pub fn run(command: &mut Command) -> (Duration, u64) {
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

pub fn remove(folder: &Path) {
    if folder.exists() {
        std::fs::remove_dir_all(folder).expect("our own folder");
    }
}

pub fn median(times: Vec<Duration>) -> Duration {
    part(times, 0.5)
}

/// The time that so many of all do not exceed: half of them for the median.
pub fn part(mut times: Vec<Duration>, part: f64) -> Duration {
    times.sort();
    let last = times.len().saturating_sub(1);
    times.get(((times.len() as f64 * part) as usize).min(last)).copied().unwrap_or_default()
}

pub fn heading() {
    println!("| what | tellall | peer | ratio |\n| --- | --- | --- | --- |");
}

/// A row of the table.
pub fn told(what: &str, ours: Duration, peer: Duration) {
    println!("| {what} | {} | {} | {:.2} |", shown(ours), shown(peer), ours.as_secs_f64() / peer.as_secs_f64());
}

/// A row of memory, of KiB against the limit of the budget.
pub fn told_peak(what: &str, kib: u64) {
    let megabytes = kib as f64 / 1024.0;
    println!("| {what} | {megabytes:.0} MB | 256 MB | {:.2} |", megabytes / 256.0);
}

pub fn shown(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        format!("{:.1} ms", time.as_secs_f64() * 1000.0)
    } else {
        format!("{:.2} s", time.as_secs_f64())
    }
}
