//! Writes `sample_exports/`, or a large Facebook export for benchmarks.
//!
//! ```text
//! cargo run --example make_samples                                     the samples, into sample_exports/
//! cargo run --release --example make_samples -- --messages N FILE.zip  a Facebook export of N messages
//! cargo run --release --example make_samples -- --conversation N FILE.zip  the same in one conversation, in one entry
//! cargo run --release --example make_samples -- --events GB FILE.zip    a Discord package with GB gigabytes of events
//! cargo run --release --example make_samples -- --locations GB FILE.json  a location history of Google of GB gigabytes
//! ```

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let made = match args.as_slice() {
        [] => tellall::sample::make(Path::new("sample_exports")),
        [folder] => tellall::sample::make(Path::new(folder)),
        ["--messages", count, file] => match count.replace('_', "").parse() {
            Ok(count) => tellall::sample::facebook_messages(Path::new(file), count),
            Err(_) => return usage(),
        },
        ["--conversation", count, file] => match count.replace('_', "").parse() {
            Ok(count) => tellall::sample::one_conversation(Path::new(file), count),
            Err(_) => return usage(),
        },
        ["--events", gigabytes, file] => match gigabytes.parse::<f64>() {
            Ok(count) => tellall::sample::discord_events(Path::new(file), (count * 1e9) as u64),
            Err(_) => return usage(),
        },
        ["--locations", gigabytes, file] => match gigabytes.parse::<f64>() {
            Ok(count) => tellall::sample::google_locations(Path::new(file), (count * 1e9) as u64),
            Err(_) => return usage(),
        },
        _ => return usage(),
    };
    match made {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => trouble(&format!("writing the samples: {error}")),
    }
}

fn usage() -> ExitCode {
    trouble(
        "make_samples [FOLDER] | make_samples --messages N FILE.zip | make_samples --conversation N FILE.zip | make_samples --events GIGABYTES FILE.zip \
         | make_samples --locations GIGABYTES FILE.json",
    )
}

#[allow(clippy::print_stderr, reason = "an example talks to the developer")]
fn trouble(sentence: &str) -> ExitCode {
    eprintln!("{sentence}");
    ExitCode::from(2)
}
