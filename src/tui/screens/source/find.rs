//! Finding a text in what the Source screen shows: nothing is hidden, the cursor goes there.

use super::SourcePage;
use crate::tui::model::{Cx, Said};
use crate::tui::screens::Step;
use crate::tui::words::{count, grouped};

impl SourcePage {
    /// What is typed to be found; else what was searched for when the person came here.
    fn sought(&self) -> &str {
        if self.narrow.is_on() || self.narrow.typing { self.narrow.line.text().trim() } else { &self.searched }
    }

    /// Finds what is typed, and goes to the first place at or behind `from` while it is being typed.
    pub(super) fn seek_text(&mut self, from: usize, cx: &Cx<'_>) {
        let sought = self.sought().to_lowercase();
        let holds = |text: &String| text.to_lowercase().contains(&sought);
        let lines = self.lines().iter().enumerate();
        let found = lines.filter(|(_, line)| !sought.is_empty() && (holds(&line.name) || line.cells.iter().any(holds)));
        self.found = found.map(|(at, _)| at).collect();
        if !self.narrow.typing {
            return;
        }
        let next = self.found.iter().find(|&&at| at >= from).or(self.found.first());
        if let Some(&at) = next {
            self.go_to(at, cx);
        }
    }

    pub(super) fn next(&mut self, forward: bool, cx: &Cx<'_>) -> Vec<Step> {
        let at = self.at_line();
        let next = if forward {
            self.found.iter().find(|&&found| found > at).or(self.found.first())
        } else {
            self.found.iter().rev().find(|&&found| found < at).or(self.found.last())
        };
        match next.copied() {
            Some(next) => self.go_to(next, cx),
            None if !self.sought().is_empty() => {
                return vec![Step::Say(Said::note("the text is not in what is shown"))];
            }
            None => return vec![Step::Say(Said::note("nothing is sought yet; find a text first"))],
        }
        Vec::new()
    }

    /// `find: lunch, line 2 of 12`
    pub(super) fn found_note(&self) -> String {
        if !self.narrow.is_on() && !self.narrow.typing {
            return String::new();
        }
        let at = self.found.iter().position(|&found| found == self.at_line());
        let places = match at {
            Some(at) => format!("{} of {}", grouped(at as u64 + 1), grouped(self.found.len() as u64)),
            None => count(self.found.len() as u64, "line"),
        };
        format!("find: {} ({places})", self.narrow.line.text())
    }
}
