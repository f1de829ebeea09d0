//! What all screens are narrowed to, in words and as chips in the row below the tabs.

use crate::report::{Only, Period};
use crate::tui::data::kind_plural;
use crate::tui::model::Cx;
use crate::tui::words::month;

/// How much of the narrowing a screen heeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Heeds {
    /// It shows one thing, or says itself what it is narrowed to.
    #[default]
    Itself,
    Company,
    All,
}

/// `2019`, `May 2019`
pub fn period_words(period: Period) -> String {
    period.month.map_or_else(|| period.year.to_string(), |number| format!("{} {}", month(number), period.year))
}

/// The parts in words, in the order in which they show.
pub fn words(only: &Only, name: &dyn Fn(&str) -> String) -> Vec<String> {
    let company = only.company.as_deref().map(name);
    let kind = only.kind.map(|kind| kind_plural(kind).to_owned());
    let period = only.period.map(period_words);
    [company, only.category.clone(), kind, period].into_iter().flatten().collect()
}

/// `[Facebook] [May 2019]  C all`; what the screen does not heed stands in round brackets.
pub fn chips(cx: &Cx<'_>, heeds: Heeds) -> String {
    let name = |company: &str| cx.data.name(company).to_owned();
    let only = cx.only();
    let (heeded, others) = match heeds {
        Heeds::Itself => return String::new(),
        Heeds::All => (only.clone(), Only::default()),
        Heeds::Company => {
            (Only { company: only.company.clone(), ..Only::default() }, Only { company: None, ..only.clone() })
        }
    };
    let mut chips: Vec<String> = words(&heeded, &name).into_iter().map(|words| format!("[{words}]")).collect();
    chips.extend(words(&others, &name).into_iter().map(|words| format!("({words}: not here)")));
    if chips.is_empty() {
        return String::new();
    }
    let way = cx.keymap.hint("narrow.clear", "all");
    format!("{}  {way}", chips.join(" "))
}
