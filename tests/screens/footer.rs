//! The footer: what it offers is done.

use super::fixture::Driver;
use super::matrix::{SCENES, Scene};
use ratatui::buffer::Cell;
use ratatui::layout::Position;
use tellall::tui::draw::footer;
use tellall::tui::keys::Chord;
use tellall::tui::model::Said;
use tellall::tui::{Effect, Look, Msg};

/// The frame without its last two rows, what is wanted, and what is said.
fn seen(driver: &Driver) -> ((Vec<Cell>, Position, bool), usize, Option<Said>) {
    let (mut buffer, cursor) = driver.frame();
    let shown = usize::from(buffer.area.width) * usize::from(buffer.area.height - 2);
    buffer.content.truncate(shown);
    let typing = driver.model.stack.last().is_some_and(|layer| layer.screen.page().is_typing());
    ((buffer.content, cursor, typing), driver.wanted.len(), driver.model.said.clone())
}

fn does_something(scene: &Scene, key: Chord) -> bool {
    let mut driver = scene.driver(Look::default(), (100, 30));
    let (shown, wanted, _) = seen(&driver);
    match key {
        Chord::One(key) => driver.send(Msg::Key(key)),
        Chord::G(second) => driver.press(&format!("g{second}")),
    };
    let (shown_after, wanted_after, said) = seen(&driver);
    let refused = said.is_some_and(|said| ["no ", "nothing "].iter().any(|no| said.text.starts_with(no)));
    !refused && (shown != shown_after || wanted != wanted_after)
}

#[test]
fn every_key_of_the_footer_does_something() {
    let mut idle = Vec::new();
    for scene in SCENES {
        let driver = scene.driver(Look::default(), (100, 30));
        for (key, binding) in footer(&driver.model) {
            if !does_something(scene, key) {
                idle.push(format!("{}: {key} {}", scene.name, binding.hint));
            }
        }
    }
    assert!(idle.is_empty(), "{} keys do nothing:\n{}", idle.len(), idle.join("\n"));
}

#[test]
fn a_key_that_quits_is_no_idle_key() {
    let mut driver = Driver::sized(100, 30);
    driver.press("q");
    assert!(matches!(driver.wanted.as_slice(), [Effect::Quit]));
}
