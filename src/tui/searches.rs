//! Searches that are remembered: those done lately, and those saved under a name.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Searches done lately that are kept.
const MOST: usize = 500;

/// What is remembered, as it stands in the state folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Searches {
    /// The newest first.
    pub history: Vec<String>,
    /// By name.
    pub saved: BTreeMap<String, String>,
}

/// What changes in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Searched(String),
    Saved {
        name: String,
        query: String,
    },
    Unsaved(String),
    /// The history goes; what was saved stays.
    Forgotten,
}

impl Searches {
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Searched(query) => {
                self.history.retain(|known| known != query);
                self.history.insert(0, query.clone());
                self.history.truncate(MOST);
            }
            Change::Saved { name, query } => {
                self.saved.insert(name.clone(), query.clone());
            }
            Change::Unsaved(name) => {
                self.saved.remove(name);
            }
            Change::Forgotten => self.history.clear(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_done_again_moves_to_the_front() {
        let mut searches = Searches::default();
        for query in ["lunch", "train", "lunch"] {
            searches.apply(&Change::Searched(query.to_owned()));
        }
        assert_eq!(searches.history, ["lunch", "train"]);
    }

    #[test]
    fn the_history_is_bounded_and_forgetting_it_keeps_what_was_saved() {
        let mut searches = Searches::default();
        searches.apply(&Change::Saved { name: "food".to_owned(), query: "lunch OR dinner".to_owned() });
        for number in 0..MOST + 3 {
            searches.apply(&Change::Searched(number.to_string()));
        }
        assert_eq!((searches.history.len(), searches.history[0].as_str()), (MOST, "502"));
        searches.apply(&Change::Forgotten);
        assert_eq!((searches.history.len(), searches.saved.len()), (0, 1));
        searches.apply(&Change::Unsaved("food".to_owned()));
        assert_eq!(searches, Searches::default());
    }
}
