//! Writes `sample_exports/`, or a large export for benchmarks. `--help` tells how.

use std::path::PathBuf;
use std::process::ExitCode;
use tellall::sample;

const USAGE: &str = "\
cargo run --example make_samples                                       the samples, into sample_exports/
cargo run --example make_samples -- FOLDER                             the samples, into another folder
cargo run --release --example make_samples -- --messages N FILE.zip    a Facebook export of N messages
cargo run --release --example make_samples -- --conversation N FILE.zip  the same in one entry
cargo run --release --example make_samples -- --events GB FILE.zip     a Discord package with GB gigabytes of events
cargo run --release --example make_samples -- --locations GB FILE.json a location history of Google of GB gigabytes";

/// What is to be made.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    Help,
    Samples(PathBuf),
    Messages(usize, PathBuf),
    Conversation(usize, PathBuf),
    /// So many bytes.
    Events(u64, PathBuf),
    Locations(u64, PathBuf),
}

/// Reads the arguments; the error says what is wrong with them.
fn wanted(args: &[&str]) -> Result<Wanted, String> {
    let bytes = |count: &str| match count.parse::<f64>() {
        Ok(gigabytes) if gigabytes > 0.0 => Ok((gigabytes * 1e9) as u64),
        _ => Err(format!("`{count}` is no number of gigabytes")),
    };
    let number = |count: &str| count.replace('_', "").parse().map_err(|_| format!("`{count}` is no number"));
    match args {
        [] => Ok(Wanted::Samples("sample_exports".into())),
        ["--help" | "-h"] => Ok(Wanted::Help),
        ["--messages", count, file] => Ok(Wanted::Messages(number(count)?, file_of(file)?)),
        ["--conversation", count, file] => Ok(Wanted::Conversation(number(count)?, file_of(file)?)),
        ["--events", count, file] => Ok(Wanted::Events(bytes(count)?, file_of(file)?)),
        ["--locations", count, file] => Ok(Wanted::Locations(bytes(count)?, file_of(file)?)),
        [folder] => Ok(Wanted::Samples(file_of(folder)?)),
        [first, ..] => Err(format!("`{first}` cannot stand so")),
    }
}

/// A path. What looks like an option is none: nobody wants a folder named `--help`.
fn file_of(name: &str) -> Result<PathBuf, String> {
    if name.starts_with('-') { Err(format!("`{name}` is no option")) } else { Ok(name.into()) }
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let made = match wanted(&args) {
        Ok(Wanted::Help) => return told(USAGE),
        Ok(Wanted::Samples(folder)) => sample::make(&folder),
        Ok(Wanted::Messages(count, file)) => sample::facebook_messages(&file, count),
        Ok(Wanted::Conversation(count, file)) => sample::one_conversation(&file, count),
        Ok(Wanted::Events(bytes, file)) => sample::discord_events(&file, bytes),
        Ok(Wanted::Locations(bytes, file)) => sample::google_locations(&file, bytes),
        Err(why) => return trouble(&format!("{why}\n{USAGE}")),
    };
    match made {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => trouble(&format!("writing the samples: {error}")),
    }
}

#[allow(clippy::print_stdout, reason = "an example talks to the developer")]
fn told(sentence: &str) -> ExitCode {
    println!("{sentence}");
    ExitCode::SUCCESS
}

#[allow(clippy::print_stderr, reason = "an example talks to the developer")]
fn trouble(sentence: &str) -> ExitCode {
    eprintln!("{sentence}");
    ExitCode::from(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_an_option_is_never_taken_for_a_folder() {
        for args in [&["--hlep"][..], &["-x"], &["--messages"], &["--messages", "5", "--help"], &["a", "b"]] {
            assert!(wanted(args).is_err(), "{args:?}");
        }
        assert_eq!(wanted(&["--help"]), Ok(Wanted::Help));
        assert_eq!(wanted(&["-h"]), Ok(Wanted::Help));
    }

    #[test]
    fn folders_numbers_and_sizes_are_read_as_they_are_meant() {
        assert_eq!(wanted(&[]), Ok(Wanted::Samples("sample_exports".into())));
        assert_eq!(wanted(&["/tmp/x"]), Ok(Wanted::Samples("/tmp/x".into())));
        assert_eq!(wanted(&["--messages", "1_000", "a.zip"]), Ok(Wanted::Messages(1000, "a.zip".into())));
        assert_eq!(wanted(&["--events", "0.5", "a.zip"]), Ok(Wanted::Events(500_000_000, "a.zip".into())));
        assert_eq!(wanted(&["--locations", "much", "a.json"]), Err("`much` is no number of gigabytes".to_owned()));
    }
}
