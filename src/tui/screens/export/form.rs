//! The words of the Export form: choices, what each means, the path that is offered, the equal command line.

use super::{Export, FORMAT, OTHERS, Subject, VALUES, WHAT};
use crate::export::{Format, Others, Shown, SummaryForm, What};
use crate::tui::model::Cx;
use clap::ValueEnum as _;

impl Export {
    /// The choices of a line of the form; none for the path.
    pub(super) fn choices(&self, line: usize) -> Vec<String> {
        let owned = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        let is_records = self.subject().is_records();
        match (line, self.subject()) {
            (WHAT, _) => self.subjects.iter().map(label).collect(),
            (FORMAT, Subject::Records { .. } | Subject::Marked(_)) => {
                Format::value_variants().iter().map(|format| format.title().to_owned()).collect()
            }
            (FORMAT, Subject::Summary) => owned(&["HTML", "Markdown", "JSON", "JSON-LD"]),
            (FORMAT, Subject::Report { .. }) => owned(&["JSON"]),
            (VALUES, _) if is_records => owned(&["none", "masked", "full"]),
            (VALUES, _) => owned(&["masked", "full"]),
            (OTHERS, _) if is_records => owned(&["leave out", "Person 1, 2, …", "keep names"]),
            (OTHERS, _) => owned(&["as masked or full"]),
            _ => Vec::new(),
        }
    }

    /// What the choice of a line means.
    pub(super) fn meaning(&self, line: usize) -> &'static str {
        match (line, self.shown(), self.others()) {
            (WHAT, ..) => match self.subject() {
                Subject::Records { .. } | Subject::Marked(_) => "Each record, its time and its values.",
                Subject::Summary => "All answers: who holds what, what ties them together, what is missing.",
                Subject::Report { .. } => "What the command of this screen prints.",
            },
            (FORMAT, ..) => match self.job().what {
                What::Records { format, .. } | What::Marked { format, .. } => format.meaning(),
                What::Summary(SummaryForm::Html) => "A page without scripts; it fetches nothing.",
                What::Summary(SummaryForm::Markdown) => "Text with headings and tables.",
                What::Summary(SummaryForm::JsonLd) => "In terms of the W3C Data Privacy Vocabulary.",
                What::Summary(SummaryForm::Json) | What::Report(_) => "For programs; the form is promised.",
            },
            (VALUES, Shown::None, _) => "Names of fields and times only; still about you.",
            (VALUES, Shown::Masked, _) => "As +44•••••0123: equal values stay equal. Still about you.",
            (VALUES, Shown::Full, _) => "As sensitive as the archives. Asks once more.",
            (OTHERS, _, _) if !self.subject().is_records() => "Names follow the line above.",
            (OTHERS, _, Others::Drop) => "Values that are someone else's name are left out.",
            (OTHERS, Shown::Full, Others::Number) => "Names become numbers; names inside texts stay.",
            (OTHERS, _, Others::Number) => "Someone's name becomes a number, the same each time.",
            (OTHERS, _, Others::Keep) => "Names are written as other values are.",
            _ => "A new name; nothing is written over. Tab completes.",
        }
    }

    /// A name that is likely free.
    pub(super) fn offered(&self, cx: &Cx<'_>) -> String {
        let day = cx.look.today.map(|day| format!("-{day}")).unwrap_or_default();
        match self.job().what {
            What::Records { .. } | What::Marked { .. } => format!("~/tellall-records{day}"),
            What::Report(name) => format!("~/tellall-{name}{day}.json"),
            What::Summary(form) => {
                let end = match form {
                    SummaryForm::Html => "html",
                    SummaryForm::Markdown => "md",
                    SummaryForm::Json => "json",
                    SummaryForm::JsonLd => "jsonld",
                };
                format!("~/tellall-summary{day}.{end}")
            }
        }
    }

    /// The command line that does the same; none for what was marked here.
    pub(super) fn command(&self) -> String {
        let job = self.job();
        let to = quoted(self.to.text().trim());
        let reveal = if job.values == Shown::Full { " --reveal" } else { "" };
        match &job.what {
            What::Records { query, format } => {
                let format = format.id();
                let others = match job.others {
                    Others::Drop => "drop",
                    Others::Number => "number",
                    Others::Keep => "keep",
                };
                let none = if job.values == Shown::None { " --no-values" } else { "" };
                // What begins with a dash would be an option.
                let query = if query.is_empty() { String::new() } else { format!(" -- {}", quoted(query)) };
                format!("tellall export --format {format} --others {others}{none}{reveal} -o {to}{query}")
            }
            What::Marked { .. } => String::new(),
            What::Summary(form) => {
                let form = match form {
                    SummaryForm::Html => "html",
                    SummaryForm::Markdown => "markdown",
                    SummaryForm::Json => "json",
                    SummaryForm::JsonLd => "jsonld",
                };
                format!("tellall summary --format {form}{reveal} -o {to}")
            }
            What::Report(name) => format!("tellall {name} --json{reveal} > {to}"),
        }
    }
}

fn label(subject: &Subject) -> String {
    match subject {
        Subject::Records { label, .. } => label.clone(),
        Subject::Marked(places) => format!("{} marked", crate::tui::words::count(places.len() as u64, "record")),
        Subject::Summary => "Summary".to_owned(),
        Subject::Report { label, .. } => (*label).to_owned(),
    }
}

/// As a word of a shell; a leading `~` stays one.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "~/._-:,+".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}
