//! What a chat is like as a whole, learnt before the first message is read: which lines are headers, who there is, in which order
//! dates are written.

use super::date::Order;
use super::header::{Class, Frame, Header};
use super::lines::{Ending, Lines};
use super::order::{Decision, Fit};
use super::sender::Census;

/// Kinds of header looked at; a chat has one, and one more for each pasted chat.
const MOST_CLASSES: usize = 64;

#[derive(Debug)]
struct Tally {
    class: Class,
    headers: u64,
    /// Headers below a line that ends in CRLF, as all do on iOS.
    below_crlf: u64,
    fit: Fit,
    census: Census,
    marked: bool,
}

/// How to read this chat.
#[derive(Debug)]
pub struct Plan {
    pub class: Class,
    pub dates: Decision,
    pub census: Census,
    /// The app puts a mark before its own words here.
    pub marked: bool,
    /// Only CRLF ends a message; other lines belong to it, whatever they look like.
    crlf: bool,
}

impl Plan {
    /// Learns from the lines of `sample`. `None` if none of them is a header.
    pub fn of(sample: &[u8]) -> Option<Self> {
        let mut tallies: Vec<Tally> = Vec::new();
        let mut lines = Lines::new(sample, sample);
        let (mut line, mut above) = (String::new(), None);
        while let Some(ending) = lines.next(&mut line) {
            if let Some(header) = Header::read(&line)
                && let Some(tally) = tally(&mut tallies, header.class)
            {
                tally.add(&header, above.unwrap_or(ending));
            }
            above = Some(ending);
        }
        // Of equals the first: a pasted chat cannot begin before the chat it is pasted into.
        tallies.into_iter().rev().max_by_key(|tally| tally.headers).map(Tally::into_plan)
    }

    /// A stated order wins over what was learnt.
    pub fn settle(&mut self, order: Option<Order>) {
        if let Some(order) = order {
            self.dates = Decision { order, rival: None };
        }
    }

    /// The header of a new message, if `line` has one. `above` is how the line before it ended.
    pub fn header<'a>(&self, line: &'a str, above: Option<Ending>) -> Option<Header<'a>> {
        if self.crlf && above == Some(Ending::Lf) {
            return None;
        }
        Header::read(line).filter(|header| header.class == self.class)
    }
}

fn tally(tallies: &mut Vec<Tally>, class: Class) -> Option<&mut Tally> {
    let at = tallies.iter().position(|tally| tally.class == class).unwrap_or(tallies.len());
    if at == tallies.len() && at < MOST_CLASSES {
        tallies.push(Tally::new(class));
    }
    tallies.get_mut(at)
}

impl Tally {
    fn new(class: Class) -> Self {
        let (fit, census) = (Fit::default(), Census::default());
        Self { class, headers: 0, below_crlf: 0, fit, census, marked: false }
    }

    fn add(&mut self, header: &Header<'_>, above: Ending) {
        self.headers += 1;
        self.below_crlf += u64::from(above == Ending::CrLf);
        self.fit.add(header);
        self.census.add(header.rest);
        self.marked |= self.class.frame != Frame::Dash && header.rest.contains(": \u{200e}");
    }

    fn into_plan(self) -> Plan {
        Plan {
            class: self.class,
            dates: self.fit.decide(self.class),
            census: self.census,
            marked: self.marked,
            // Nearly all: pasted headers are few.
            crlf: self.below_crlf > 4 * (self.headers - self.below_crlf),
        }
    }
}
