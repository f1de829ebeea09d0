//! The five questions of a newcomer, from a cold start on all samples: each is answered after at most three keys.

use super::session::{Place, Session};
use std::path::Path;

/// What a newcomer asks, and each key pressed with a piece of what then stands on the screen.
type Question = (&'static str, &'static [(&'static str, &'static [&'static str])]);

const QUESTIONS: &[Question] = &[
    (
        "Who holds what about me?",
        &[("1", &["Who holds what", "X (Twitter)", "26 of 34 companies hold your phone number", "Art. 9"])],
    ),
    (
        "What exactly, and where is that written?",
        &[
            ("2", &["> ▸ X (Twitter)"]),
            ("\r", &["▾ X (Twitter)", ">   ▸ Account or platform"]),
            ("\r", &["2398471065", "Where     X (Twitter) › account", "Path      [].account.accountId"]),
        ],
    ),
    (
        "Where did I say that?",
        // The word itself is no key that one has to know.
        &[("/", &["Search"]), ("garden", &["/ garden", "records in 21 companies", "Larkspur Garden Shop"])],
    ),
    ("When?", &[("4", &["2019", "2024", "busiest: October 2024"])]),
    (
        "Who knows that these accounts are one person?",
        &[("6", &["Who holds which identifier", "rosa.quill@example.com", "27 of 34"])],
    ),
    ("Who told whom?", &[("7", &["Who told whom about you", "Tidewater Travel", "Amazon"])]),
    (
        "Who has my phone number, and how did they get it?",
        &[
            ("6", &["> rosa.quill@example.com", "+447700900123"]),
            ("j", &["> +447700900123", "26 of 34", "G you gave", "G Amazon     07700 900123"]),
        ],
    ),
    (
        "Did WhatsApp share with Facebook?",
        &[
            ("7", &["Who told whom about you"]),
            ("c", &["> facebook_data_sharing", "WhatsApp", "Opted out of sharing", "about sharing, written in"]),
        ],
    ),
];

#[test]
fn each_question_is_answered_after_at_most_three_keys() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_exports");
    let place = Place::new();
    let mut session = Session::start(&place, &[&samples.to_string_lossy()], (80, 24));
    session.shows(&["exports imported"]);
    session.send("qq").ends();
    for (asked, keys) in QUESTIONS {
        assert!(keys.len() <= 3, "{asked}");
        let mut session = Session::start(&place, &[], (80, 24));
        session.shows(&["Who holds what"]);
        for (key, shown) in *keys {
            session.send(key).shows(shown);
        }
        session.signal("TERM").ends();
    }
}
