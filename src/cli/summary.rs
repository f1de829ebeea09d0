//! `tellall summary`

use super::args::{Summary, SummaryFormat};
use super::{Context, Outcome, print};
use crate::export::{self, SummaryForm};
use crate::report;
use anyhow::Context as _;
use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::Path;

pub fn run(context: &Context, args: &Summary) -> anyhow::Result<Outcome> {
    let store = context.store()?;
    let now = (!args.reproducible).then(|| jiff::Timestamp::now().to_string());
    let values = context.values();
    let summary = report::summary(&store, &context.sheets()?, now, values, &context.args.owner);
    let any = !summary.exports.is_empty();
    let form = form(args.format);
    match &args.output {
        None if form == SummaryForm::Json => context.print.json(&summary)?,
        None => context.print.bytes(text(&summary, form)?.as_bytes())?,
        Some(file) => {
            write(file, text(&summary, form)?.as_bytes(), args.force)?;
            context.print.say(&format!("wrote {}, readable by you alone", file.display()));
        }
    }
    Ok(Outcome::of(any))
}

fn form(format: SummaryFormat) -> SummaryForm {
    match format {
        SummaryFormat::Json => SummaryForm::Json,
        SummaryFormat::Jsonld => SummaryForm::JsonLd,
        SummaryFormat::Html => SummaryForm::Html,
        SummaryFormat::Markdown => SummaryForm::Markdown,
    }
}

/// The summary in a form, with nothing in it that a terminal would obey.
fn text(summary: &report::Summary, form: SummaryForm) -> anyhow::Result<String> {
    let text = export::summary::text(summary, form)?;
    let is_json = matches!(form, SummaryForm::Json | SummaryForm::JsonLd);
    Ok(if is_json { print::plain_json(&text) } else { text })
}

/// Writes beside the target and renames, so that a full disk leaves no half file; never over an existing one unless asked.
fn write(target: &Path, bytes: &[u8], force: bool) -> anyhow::Result<()> {
    if !force && fs::symlink_metadata(target).is_ok() {
        anyhow::bail!("{} exists already\nchoose another name, or say --force", target.display());
    }
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let beside = target.with_file_name(name);
    let doing = || format!("writing {}", target.display());
    let outcome = write_new(&beside, bytes).and_then(|()| fs::rename(&beside, target));
    if outcome.is_err() {
        // The half file is ours; the error that matters is the one above.
        let _ = fs::remove_file(&beside);
    }
    outcome.with_context(doing)
}

fn write_new(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file: File = options.open(file)?;
    file.write_all(bytes)?;
    file.write_all(b"\n")?;
    file.sync_all()
}
