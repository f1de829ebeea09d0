//! Hostile text in every place where foreign text is shown: nothing of it steers the terminal, and no column moves.

use super::fixture::{Driver, progress};
use super::matrix::SCENES;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use regex::Regex;
use std::cell::RefCell;
use std::io::Write;
use std::rc::Rc;
use tellall::report::{FieldHeld, ValueHeld};
use tellall::tui::model::{Found, Offer, Said};
use tellall::tui::{Effect, Msg, Reply, view};

/// Clipboard, title, screen, C1, overrides, isolates, tags, marks without end, private use, line ends.
fn hostile() -> String {
    let marks = "\u{301}".repeat(400);
    format!(
        "\u{1b}]52;c;ZXZpbA==\u{7}\u{1b}]0;t\u{7}\u{1b}[2J\u{9b}31m\u{202e}R\u{2066}I\u{200b}\u{feff}\u{e0041}a{marks}\u{e000}\r\n\t\u{2028}\0z"
    )
}

/// A driver whose data is hostile wherever an archive could make it so.
fn attacked(width: u16, height: u16) -> Driver {
    let mut driver = Driver::sized(width, height);
    let evil = hostile;
    // First, since a committed export has everything loaded anew.
    let mut lines = progress();
    for line in &mut lines {
        (line.files, line.now) = (vec![evil()], evil());
    }
    driver.send(Msg::Progress(lines));
    let data = &mut driver.model.data;
    for company in &mut data.companies {
        (company.name, company.last) = (evil(), Some(evil()));
        company.categories.iter_mut().for_each(|category| category.0 = evil());
    }
    data.matrix.rows.iter_mut().for_each(|row| row.category_label = evil());
    data.fields.iter_mut().for_each(attack_field);
    for id in &mut data.shared.identifiers {
        id.value = evil();
        for evidence in &mut id.evidence {
            (evidence.as_written, evidence.entry, evidence.rule) = (evil(), evil(), evil());
            (evidence.section, evidence.field) = (evil(), evil());
        }
    }
    for row in &mut data.ties.recipients {
        (row.name, row.basis, row.why) = (evil(), evil(), vec![evil()]);
        row.details.iter_mut().for_each(|detail| detail.what = evil());
        row.evidence.iter_mut().for_each(|place| (place.entry, place.locator) = (evil(), evil()));
    }
    for choice in &mut data.ties.choices {
        (choice.what, choice.value, choice.entry, choice.locator) = (evil(), evil(), evil(), evil());
    }
    for side in data.ties.contradictions.iter_mut().flat_map(|one| &mut one.sides) {
        (side.value, side.field, side.entry) = (evil(), evil(), evil());
    }
    data.exports.iter_mut().for_each(|export| export.account = Some(evil()));
    data.findings.iter_mut().for_each(|finding| finding.says = evil());
    driver.model.work.ended = vec![Err(evil())];
    driver
}

fn attack_field(field: &mut FieldHeld) {
    (field.field, field.category_label, field.why) = (hostile(), hostile(), hostile());
    (field.section, field.label, field.examples) = (hostile(), Some(hostile()), vec![hostile()]);
}

/// Answers that are hostile too, given to whatever the top screen asked last.
fn attack_answers(driver: &mut Driver) {
    let ask = driver.model.asked.get();
    let evil = hostile;
    let mut view = super::fixture::record();
    (view.company_name, view.section_name, view.entry, view.place) = (evil(), evil(), evil(), evil());
    (view.who, view.thread, view.text) = (Some(evil()), Some(evil()), Some(evil()));
    view.values = vec![(evil(), evil())];
    let hit = tellall::query::Hit { segment: 0, batch: 0, row: 0 };
    let value = ValueHeld { value: evil(), records: 1, first: Some(evil()), hit };
    let offer = Offer { what: "person", name: evil(), filter: evil() };
    let found = Found { paths: Vec::new(), name: evil(), bytes: 1, company: Some(evil()) };
    for reply in [
        Reply::Page { first: true, views: vec![view.clone()], more: false },
        Reply::Offers(vec![offer]),
        Reply::Values { values: vec![value], total: 1 },
        Reply::Record(Ok(Box::new(view))),
        Reply::Archives { found: vec![found], folders: vec![evil()] },
        Reply::Mistake { start: 1, end: 2, expected: evil() },
    ] {
        driver.send(Msg::Reply { ask, reply: Box::new(reply) });
    }
}

#[derive(Clone, Default)]
struct Wire(Rc<RefCell<Vec<u8>>>);

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The bytes a terminal would get for a frame.
fn bytes(driver: &Driver) -> String {
    let wire = Wire::default();
    let (width, height) = driver.model.size;
    let viewport = Viewport::Fixed(Rect::new(0, 0, width, height));
    let mut terminal = Terminal::with_options(CrosstermBackend::new(wire.clone()), TerminalOptions { viewport })
        .expect("a fixed area");
    terminal
        .draw(|frame| {
            let cursor = view(&driver.model, frame.buffer_mut());
            frame.set_cursor_position(cursor);
        })
        .expect("memory takes everything");
    let bytes = wire.0.borrow().clone();
    String::from_utf8(bytes).expect("only text is written")
}

#[test]
fn only_our_own_sequences_reach_the_terminal() {
    let ours = Regex::new(r"\x1b\[(?:[0-9;]*[mH]|\?25[hl])").expect("a fixed pattern");
    for (width, height) in [(100, 30), (80, 24), (40, 12)] {
        for scene in SCENES {
            let mut driver = attacked(width, height);
            scene.reach(&mut driver);
            attack_answers(&mut driver);
            driver.send(Msg::Said(Said::trouble(hostile())));
            let left = ours.replace_all(&bytes(&driver), "").into_owned();
            let bad = left.chars().find(|&c| tellall::text::is_forbidden(c));
            assert_eq!(bad, None, "{} at {width}x{height}: {}", scene.name, left.escape_unicode());
        }
    }
}

#[test]
fn hostile_text_moves_no_border() {
    for scene in SCENES {
        let mut driver = attacked(100, 30);
        scene.reach(&mut driver);
        attack_answers(&mut driver);
        let (buffer, _) = driver.frame();
        for y in 3..20 {
            let edge = buffer.cell((99, y)).map_or("", |cell| cell.symbol());
            assert!("┃│┓┐┛┘─━ ".contains(edge), "{}, row {y}: {edge:?} in\n{}", scene.name, driver.shown());
        }
    }
}

#[test]
fn a_copied_value_is_as_the_archive_wrote_it() {
    let mut driver = attacked(80, 24);
    driver.press("6y");
    assert!(driver.wanted.iter().any(|effect| matches!(effect, Effect::Yank(value) if *value == hostile())));
}
