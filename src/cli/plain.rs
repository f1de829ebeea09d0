//! `--plain`: the screens as lines. No alternate screen, nothing is drawn twice: numbered lists, one question at a time, each
//! answer printed below the last. It is what a screen reader, a braille display, a pipe and a dumb terminal can read.

mod pages;
mod records;

use super::{Context, Outcome};
use crate::index::Store;
use crate::report::{self, Guide};
use crate::tui::data::Data;
use crate::tui::look::{Look, Shown};
use crate::tui::words::{count, grouped};
use crate::tui::work;
use pages::{List, Place};
use std::io::BufRead;

/// Lines of a list that are printed at once.
const PAGE: usize = 20;

/// What can be typed everywhere: the word, and what it does.
const WORDS: [(&str, &str); 18] = [
    ("NUMBER", "open that line"),
    ("/WORDS", "search everything, as `tellall search`"),
    ("n", "next page of this list"),
    ("p", "previous page"),
    ("b", "back"),
    ("o", "overview: who holds what"),
    ("w", "worth a look: findings"),
    ("t", "time: when"),
    ("e", "people: who, and by which accounts"),
    ("v", "conversations"),
    ("i", "identifiers: what ties the companies together"),
    ("a", "ads: who told whom about you"),
    ("c", "choices: what you set, sharing first"),
    ("k", "completeness: what is missing"),
    ("g", "guides: how to get your data"),
    ("H", "hide or show values and names"),
    ("?", "this help"),
    ("q", "quit"),
];

/// The line mode over one index.
struct Session<'a> {
    context: &'a Context,
    store: Store,
    data: Data,
    guides: Vec<Guide>,
    look: Look,
    /// Where one is, and how one came there; with the page of each list.
    way: Vec<(Place, usize)>,
}

/// Reads lines from standard input until `q` or its end.
pub fn run(context: &Context) -> anyhow::Result<Outcome> {
    let (store, sheets) = (context.store()?, context.sheets()?);
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let mut data = Data::default();
    work::parts(&store, &sheets, &context.args.owner, |part| data.take(0, part, Some(today)));
    let guides = report::guides(&sheets);
    let values = if context.config.settings.hide_values { Shown::Hidden } else { Shown::Clear };
    let look = Look { values, ..Look::default() };
    let mut session = Session { context, store, data, guides, look, way: vec![(Place::Overview, 0)] };
    let data = &session.data;
    let (companies, records) = (count(data.companies.len() as u64, "company"), count(data.records(), "record"));
    context.print.line(&format!("tellall: {companies}, {records}. Local only."))?;
    let outcome = Outcome::of(!data.companies.is_empty());
    let mut list = session.show()?;
    let mut lines = std::io::stdin().lock().lines();
    loop {
        context.print.ask(&session.question(&list))?;
        let Some(line) = lines.next().transpose()? else {
            context.print.answered("")?;
            return Ok(outcome);
        };
        context.print.answered(&line)?;
        match session.obey(line.trim(), &list)? {
            Next::Stay => {}
            Next::Show => list = session.show()?,
            Next::Quit => return Ok(outcome),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// The list stands; something was said of it.
    Stay,
    Show,
    Quit,
}

impl Session<'_> {
    /// Prints the list of the place one is at.
    fn show(&self) -> anyhow::Result<List> {
        let (place, page) = self.way.last().expect("the way always holds the overview");
        let list = self.list(place, *page);
        self.context.print.heading(&list.title)?;
        for line in &list.above {
            self.context.print.line(line)?;
        }
        let mut number = *page * PAGE;
        for item in &list.items {
            number += 1;
            let line =
                if item.to.is_some() { format!("{} {}", grouped(number as u64), item.text) } else { item.text.clone() };
            self.context.print.line(&line)?;
        }
        if list.total > PAGE {
            let first = *page * PAGE + 1;
            let last = first + list.items.len() - usize::from(!list.items.is_empty());
            self.context.print.line(&format!("{first} to {last} of {}", grouped(list.total as u64)))?;
        }
        Ok(list)
    }

    /// `Number to open, n next page, b back, /words to search, ? help, q quit: `
    fn question(&self, list: &List) -> String {
        let page = self.way.last().map_or(0, |(_, page)| *page);
        let mut can = Vec::new();
        if list.items.iter().any(|item| item.to.is_some()) {
            can.push("Number to open");
        }
        if (page + 1) * PAGE < list.total {
            can.push("n next page");
        }
        if self.way.len() > 1 {
            can.extend(["b back", "/words to search", "? help"]);
        } else {
            can.extend(["/words to search", "t time", "i identifiers", "a ads", "? help", "q quit"]);
        }
        format!("{}: ", can.join(", "))
    }

    fn obey(&mut self, typed: &str, list: &List) -> anyhow::Result<Next> {
        if let Some(query) = typed.strip_prefix('/') {
            return Ok(self.go(Place::Records { query: query.trim().to_owned(), title: None }));
        }
        if let Ok(number) = typed.replace(',', "").parse::<usize>() {
            return self.open(number, list);
        }
        Ok(match typed {
            "" => Next::Show,
            "q" => Next::Quit,
            "?" => return self.help(),
            "b" => self.back(),
            "n" | "p" => return self.turn(typed == "n", list),
            "H" | "h" => return self.hide(),
            "o" => {
                self.way.truncate(1);
                Next::Show
            }
            "w" => self.go(Place::Findings),
            "t" => self.go(Place::Time(None)),
            "e" => self.go(Place::People),
            "v" => self.go(Place::Conversations),
            "i" => self.go(Place::Ids),
            "a" => self.go(Place::Ads),
            "c" => self.go(Place::Choices),
            "k" => self.go(Place::Completeness),
            "g" => self.go(Place::Guides),
            _ => return self.say(&format!("{typed} means nothing here; ? lists what can be typed, /{typed} searches")),
        })
    }

    fn say(&self, sentence: &str) -> anyhow::Result<Next> {
        self.context.print.line(sentence)?;
        Ok(Next::Stay)
    }

    fn go(&mut self, place: Place) -> Next {
        self.way.push((place, 0));
        Next::Show
    }

    fn back(&mut self) -> Next {
        if self.way.len() > 1 {
            self.way.pop();
        }
        Next::Show
    }

    fn open(&mut self, number: usize, list: &List) -> anyhow::Result<Next> {
        let first = self.way.last().map_or(0, |(_, page)| *page * PAGE);
        let item = number.checked_sub(first + 1).and_then(|at| list.items.get(at));
        match item.and_then(|item| item.to.clone()) {
            Some(place) => Ok(self.go(place)),
            None => self.say(&format!("no line shown here has the number {number}")),
        }
    }

    fn turn(&mut self, forward: bool, list: &List) -> anyhow::Result<Next> {
        let Some((_, page)) = self.way.last_mut() else { return Ok(Next::Show) };
        if forward && (*page + 1) * PAGE < list.total {
            *page += 1;
        } else if !forward && *page > 0 {
            *page -= 1;
        } else {
            return self.say(if forward { "no page follows this one" } else { "this is the first page" });
        }
        Ok(Next::Show)
    }

    fn hide(&mut self) -> anyhow::Result<Next> {
        let hidden = self.look.hides();
        self.look.values = if hidden { Shown::Clear } else { Shown::Hidden };
        self.context.print.line(if hidden { "values are shown" } else { "values are hidden; H shows them again" })?;
        Ok(Next::Show)
    }

    fn help(&self) -> anyhow::Result<Next> {
        for (word, does) in WORDS {
            self.context.print.line(&format!("{word} {does}"))?;
        }
        Ok(Next::Stay)
    }
}
