//! What a person did: keys half pressed, commands run, places visited, messages seen, searches. Only searches outlive the program.

use crate::report::Only;
use crate::tui::keys::Action;
use crate::tui::model::Said;
use crate::tui::screens::Step;
use crate::tui::searches::Searches;

/// Messages and places kept.
const MOST: usize = 200;

/// The trail of one run.
#[derive(Debug, Default)]
pub struct Trail {
    pub after_g: AfterG,
    /// Run from the palette, newest first.
    pub used: Vec<Action>,
    /// What `.` repeats.
    pub last: Option<Action>,
    pub places: Places,
    /// All that the status row said, oldest first.
    pub log: Vec<Said>,
    pub searches: Searches,
    /// What all screens are narrowed to.
    pub only: Only,
}

/// Whether `g` was pressed and waits for its second key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AfterG {
    #[default]
    No,
    Waits,
    /// It waited so long that what can follow is shown.
    Told,
}

impl Trail {
    pub fn use_command(&mut self, action: Action) {
        self.used.retain(|used| *used != action);
        self.used.insert(0, action);
    }

    pub fn say(&mut self, said: &Said) {
        if self.log.len() == MOST {
            self.log.remove(0);
        }
        self.log.push(said.clone());
    }
}

/// A place that was visited, and the way there.
#[derive(Debug, Clone)]
pub struct Place {
    /// The screen.
    pub kind: &'static str,
    /// Where on the screen; may hold names and values.
    pub crumb: String,
    pub way: Step,
}

/// Places in the order of the visits, and which of them one is at.
#[derive(Debug, Default)]
pub struct Places {
    all: Vec<Place>,
    at: usize,
}

impl Places {
    pub fn all(&self) -> &[Place] {
        &self.all
    }

    /// One came here; what lay ahead is forgotten. The same screen again is no new place.
    pub fn arrive(&mut self, place: Place) {
        self.all.truncate(self.at + 1);
        match self.all.last_mut() {
            Some(last) if last.kind == place.kind => *last = place,
            _ => self.all.push(place),
        }
        if self.all.len() > MOST {
            self.all.remove(0);
        }
        self.at = self.all.len() - 1;
    }

    /// What is known of the current place when one leaves it.
    pub fn depart(&mut self, kind: &'static str, crumb: String, way: Option<Step>) {
        let Some(here) = self.all.get_mut(self.at).filter(|here| here.kind == kind) else { return };
        here.crumb = crumb;
        if let Some(way) = way {
            here.way = way;
        }
    }

    /// One went up to this screen: back to the place before if that is it.
    pub fn fall_back(&mut self, kind: &'static str) {
        if self.at.checked_sub(1).and_then(|at| self.all.get(at)).is_some_and(|before| before.kind == kind) {
            self.at -= 1;
        }
    }

    /// Goes to the place so many visits away; `None` if there is none.
    pub fn travel(&mut self, by: isize) -> Option<Place> {
        let at = self.at.checked_add_signed(by)?;
        let place = self.all.get(at)?.clone();
        self.at = at;
        Some(place)
    }

    /// Goes to a place by its number.
    pub fn jump(&mut self, at: usize) -> Option<Place> {
        let place = self.all.get(at)?.clone();
        self.at = at;
        Some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::keys::Tab;
    use crate::tui::screens::Target;

    fn place(kind: &'static str) -> Place {
        Place { kind, crumb: String::new(), way: Step::Open(Target::Tab(Tab::Overview)) }
    }

    fn kinds(places: &Places) -> Vec<&'static str> {
        places.all().iter().map(|place| place.kind).collect()
    }

    #[test]
    fn going_elsewhere_forgets_what_lay_ahead() {
        let mut places = Places::default();
        for kind in ["Overview", "Search", "Record"] {
            places.arrive(place(kind));
        }
        assert_eq!(places.travel(-2).map(|place| place.kind), Some("Overview"));
        assert!(places.travel(-1).is_none());
        places.arrive(place("IDs"));
        assert_eq!(kinds(&places), ["Overview", "IDs"]);
        assert!(places.travel(1).is_none());
    }

    #[test]
    fn a_screen_that_shows_again_is_one_place() {
        let mut places = Places::default();
        for kind in ["Search", "Search", "Record", "Search"] {
            places.arrive(place(kind));
        }
        assert_eq!(kinds(&places), ["Search", "Record", "Search"]);
    }

    #[test]
    fn messages_are_kept_up_to_a_number() {
        let mut trail = Trail::default();
        for number in 0..MOST + 3 {
            trail.say(&Said::note(number.to_string()));
        }
        assert_eq!((trail.log.len(), trail.log[0].text.as_str()), (MOST, "3"));
    }
}
