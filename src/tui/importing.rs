//! What the model knows of imports: what runs, what waits, how fast it goes, and what came of it.

use super::keys::Action;
use super::look::Look;
use super::model::{Effect, Model, Said};
use super::screens::confirm::Answer;
use super::screens::import::archive_name;
use super::words::count;
use crate::import::{ExportProgress, Stop};
use crate::report::ExportReport;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::Duration;

/// What the import does.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Work {
    pub running: bool,
    pub paused: bool,
    /// The person stopped all of it; it winds down.
    pub stopped: bool,
    /// Asked for while others are read, in order.
    pub waiting: Vec<Vec<PathBuf>>,
    pub lines: Vec<ExportProgress>,
    /// What became of each path, newest last.
    pub ended: Vec<Result<ExportReport, String>>,
    /// Newer exports that came beside older ones of the same account.
    pub newer: Vec<Newer>,
    pub pace: Pace,
}

/// An export and the older one of the same account beside which it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newer {
    pub export: String,
    pub older: String,
}

impl Newer {
    /// Both are still in the index.
    pub fn is_open(&self, known: &[ExportReport]) -> bool {
        [&self.export, &self.older].iter().all(|id| known.iter().any(|export| export.id == **id))
    }

    /// What to do of the two, and the answers to it.
    pub fn question(&self, look: &Look) -> (String, Vec<Answer>) {
        let question = format!(
            "{} is newer than {}, of the same account. Both are in; what both hold is shown and counted once. \
             Take the older one out of the index? The archive itself stays.",
            look.export(&self.export),
            look.export(&self.older)
        );
        let replace = Effect::Forget(vec![self.older.clone()]);
        (question, vec![Answer { action: Action::Undo, words: "take the older out", effect: replace }])
    }
}

/// What is asked before an export, or all of them, is stopped.
pub fn stop_question(work: &Work, line: Option<usize>, look: &Look) -> (String, Vec<Answer>) {
    let what = match line.and_then(|line| work.lines.get(line)) {
        Some(line) => format!("Stop reading {}?", archive_name(line, look)),
        None => "Stop all imports? What is committed stays in; what waits is not begun.".to_owned(),
    };
    let stop = |how| Effect::StopImport { line, how };
    let answers = vec![
        Answer { action: Action::Keep, words: "keep what is in so far", effect: stop(Stop::Keep) },
        Answer { action: Action::Undo, words: "roll back what is being read", effect: stop(Stop::RollBack) },
    ];
    (
        format!("{what} An export that is kept says that it is incomplete; importing its archive again completes it."),
        answers,
    )
}

/// Bytes and records at moments of the last quarter of a minute.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pace {
    marks: VecDeque<(Duration, u64, u64)>,
}

/// A mark each second, so many of them.
const MARKS: usize = 16;
const EVERY: Duration = Duration::from_secs(1);
/// Nothing is said of the rate before it was watched for so long.
const WATCHED: Duration = Duration::from_secs(5);

impl Pace {
    fn mark(&mut self, now: Duration, bytes: u64, records: u64) {
        if self.marks.back().is_some_and(|(last, ..)| now.saturating_sub(*last) < EVERY) {
            return;
        }
        self.marks.push_back((now, bytes, records));
        if self.marks.len() > MARKS {
            self.marks.pop_front();
        }
    }

    fn over(&self, of: fn(&(Duration, u64, u64)) -> u64) -> Option<u64> {
        let (first, last) = (self.marks.front()?, self.marks.back()?);
        let millis = u64::try_from(last.0.saturating_sub(first.0).as_millis()).ok()?;
        let more = of(last).saturating_sub(of(first));
        (millis >= WATCHED.as_millis() as u64).then(|| more.saturating_mul(1000) / millis.max(1))
    }

    /// Records a second.
    pub fn records(&self) -> Option<u64> {
        self.over(|mark| mark.2)
    }

    /// How long so many bytes will take: `about 24 min left`.
    pub fn left(&self, bytes: u64) -> Option<String> {
        let rate = self.over(|mark| mark.1).filter(|rate| *rate > 0)?;
        let seconds = bytes.div_ceil(rate);
        Some(match seconds {
            0..=59 => format!("about {seconds} s left"),
            60..=3599 => format!("about {} min left", seconds.div_ceil(60)),
            _ => format!("about {} h {} min left", seconds / 3600, seconds % 3600 / 60),
        })
    }
}

impl Work {
    /// Takes paths on; true if nothing ran before.
    pub fn add(&mut self, paths: Vec<PathBuf>) -> bool {
        if self.running {
            self.waiting.push(paths);
            return false;
        }
        *self = Self { running: true, ..Self::default() };
        true
    }

    /// A sum over all exports that are shown.
    pub fn sum(&self, of: fn(&ExportProgress) -> u64) -> u64 {
        self.lines.iter().map(of).sum()
    }

    /// So much time has passed since the program began.
    pub fn tick(&mut self, now: Duration) {
        if self.running && !self.paused {
            let (bytes, records) = (self.sum(|line| line.done), self.sum(|line| line.records));
            self.pace.mark(now, bytes, records);
        }
    }
}

/// Effects of an import that change what is shown at once.
pub fn begin(model: &mut Model, effect: &Effect) {
    let work = &mut model.work;
    match effect {
        Effect::PauseImport(paused) => {
            work.paused = *paused;
            work.pace = Pace::default();
            model.said = Some(Said::note(if *paused { "the import is paused" } else { "the import goes on" }));
        }
        Effect::StopImport { line: None, .. } | Effect::CancelImport => {
            work.stopped = true;
            work.waiting.clear();
        }
        _ => {}
    }
}

pub fn on_progress(model: &mut Model, lines: Vec<ExportProgress>) -> Vec<Effect> {
    let committed = |lines: &[ExportProgress]| lines.iter().filter(|line| matches!(line.outcome, Some(Ok(_)))).count();
    let news = committed(&lines) > committed(&model.work.lines);
    model.work.lines = lines;
    if news { vec![Effect::Load] } else { Vec::new() }
}

pub fn on_ended(model: &mut Model, outcome: Result<Vec<Result<ExportReport, String>>, String>) -> Vec<Effect> {
    let work = &mut model.work;
    if work.waiting.is_empty() {
        (work.running, work.paused) = (false, false);
    } else {
        work.waiting.remove(0);
    }
    match outcome {
        Ok(ended) => {
            model.said = Some(told(&ended));
            // Who gives both at once wants both.
            let before = |export: &&ExportReport| ended.iter().flatten().all(|report| report.id != export.id);
            let known: Vec<&ExportReport> = model.data.exports.iter().filter(before).collect();
            let newer = ended.iter().flatten().filter_map(|report| older(report, &known));
            work.newer.extend(newer);
            work.ended.extend(ended);
        }
        Err(why) => {
            model.said = Some(Said::trouble(first_line(&why)));
            work.ended.push(Err(why));
        }
    }
    vec![Effect::Load]
}

/// The newest of the older exports of the same account.
fn older(report: &ExportReport, known: &[&ExportReport]) -> Option<Newer> {
    let same = |other: &&&ExportReport| {
        !report.already
            && report.account.is_some()
            && (&other.company, &other.account) == (&report.company, &report.account)
            && other.id != report.id
            && other.as_of < report.as_of
    };
    let older = known.iter().filter(same).max_by_key(|other| other.as_of.clone())?;
    Some(Newer { export: report.id.clone(), older: older.id.clone() })
}

/// One line about how an import went.
fn told(ended: &[Result<ExportReport, String>]) -> Said {
    let reports: Vec<&ExportReport> = ended.iter().flatten().collect();
    let records = reports.iter().map(|report| report.records).sum();
    if let [Ok(report)] = ended
        && report.already
    {
        return Said::note(format!("{} is in already; nothing was read again", report.id));
    }
    match ended.iter().find_map(|outcome| outcome.as_ref().err()) {
        Some(why) if ended.len() == 1 => Said::trouble(first_line(why)),
        Some(why) => {
            let failed = (ended.len() - reports.len()) as u64;
            Said::trouble(format!("{} could not be imported: {}", count(failed, "path"), first_line(why)))
        }
        None => Said::ok(format!("{} imported, {}", count(reports.len() as u64, "export"), count(records, "record"))),
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(seconds: u64, bytes_a_second: u64) -> Pace {
        let mut pace = Pace::default();
        for second in 0..=seconds {
            pace.mark(Duration::from_secs(second), second * bytes_a_second, second * 10);
        }
        pace
    }

    #[test]
    fn nothing_is_said_of_the_rate_before_five_seconds() {
        assert_eq!((after(4, 1000).records(), after(4, 1000).left(1)), (None, None));
        assert_eq!(after(5, 1000).records(), Some(10));
    }

    #[test]
    fn time_left_is_told_in_the_unit_that_fits() {
        let left = |bytes| after(60, 1000).left(bytes);
        assert_eq!(left(40_000).as_deref(), Some("about 40 s left"));
        assert_eq!(left(1_430_000).as_deref(), Some("about 24 min left"));
        assert_eq!(left(7_800_000).as_deref(), Some("about 2 h 10 min left"));
        assert_eq!(after(60, 0).left(1), None, "nothing moves");
    }

    #[test]
    fn a_pause_is_not_part_of_the_rate() {
        let mut model = Model::new(crate::tui::Look::default(), (80, 24));
        model.work.add(vec!["a.zip".into()]);
        model.work.pace = after(10, 1000);
        begin(&mut model, &Effect::PauseImport(true));
        model.work.tick(Duration::from_secs(1000));
        begin(&mut model, &Effect::PauseImport(false));
        assert_eq!(model.work.pace, Pace::default());
    }
}
