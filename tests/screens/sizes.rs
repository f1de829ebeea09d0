//! No size breaks a screen, and the terminal's cursor always is somewhere that makes sense.

use super::fixture::{Driver, progress};
use super::matrix::SCENES;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tellall::tui::draw::forbidden;
use tellall::tui::look::Look;
use tellall::tui::{Msg, view};

fn check(driver: &Driver) {
    let (buffer, cursor) = driver.frame();
    assert_eq!(forbidden(&buffer), None);
    assert!(buffer.area.is_empty() || buffer.area.contains(cursor), "{cursor:?} of {:?}", buffer.area);
}

/// An index that holds as much as anybody's could, and more in one value than a screen can show.
fn huge(size: (u16, u16)) -> Driver {
    let mut driver = Driver::new(Look::default(), size.0, size.1);
    let data = &mut driver.model.data;
    let many = |number: usize| (0..number).map(|at| format!("{at} {}", "日曜long".repeat(at % 400)));
    data.companies = repeated(&data.companies, many(300), |company, name| company.name = name);
    data.fields = repeated(&data.fields, many(1500), |field, name| field.field = name);
    data.matrix.companies = many(300).collect();
    data.matrix.rows = repeated(&data.matrix.rows, many(90), |row, name| row.category_label = name);
    data.shared.identifiers = repeated(&data.shared.identifiers, many(1500), |id, value| id.value = value);
    data.ties.recipients = repeated(&data.ties.recipients, many(1500), |row, name| row.name = name);
    data.ties.choices = repeated(&data.ties.choices, many(900), |choice, what| choice.what = what);
    data.ties.contradictions = repeated(&data.ties.contradictions, many(90), |one, about| one.about = about);
    data.ties.completeness = repeated(&data.ties.completeness, many(90), |one, export| one.export = export);
    driver.model.data.companies[0].records = u64::MAX / 2;
    driver.send(Msg::Resize { width: size.0, height: size.1 });
    driver
}

fn repeated<T: Clone>(some: &[T], names: impl Iterator<Item = String>, name: impl Fn(&mut T, String)) -> Vec<T> {
    let named = some.iter().cycle().zip(names).map(|(one, text)| {
        let mut one = one.clone();
        name(&mut one, text);
        one
    });
    named.collect()
}

#[test]
fn no_screen_breaks_at_the_sizes_where_layouts_turn() {
    let sizes = [(1, 1), (39, 12), (40, 12), (69, 17), (70, 18), (300, 100)];
    for scene in SCENES {
        for size in sizes {
            check(&scene.driver(Look::default(), size));
        }
    }
}

#[test]
fn no_screen_breaks_by_how_much_there_is() {
    for scene in SCENES {
        for mut driver in [huge((80, 24)), Driver::empty(80, 24), Driver::empty(40, 12)] {
            scene.reach(&mut driver);
            check(&driver);
            driver.press("jjGlhw\n\tG");
            check(&driver);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_size_breaks_a_screen(width in 1u16..301, height in 1u16..101, scene in 0usize..SCENES.len()) {
        for mut driver in [Driver::sized(width, height), Driver::empty(width, height)] {
            SCENES[scene].reach(&mut driver);
            check(&driver);
            driver.send(Msg::Progress(progress())).send(Msg::Click { x: width / 2, y: height / 2 });
            check(&driver);
        }
    }

    #[test]
    fn no_change_of_size_breaks_a_screen(sizes in prop::collection::vec((0u16..140, 0u16..45), 1..12), scene in 0usize..SCENES.len()) {
        let mut driver = SCENES[scene].driver(Look::default(), (100, 30));
        for (width, height) in sizes {
            driver.send(Msg::Resize { width, height });
            check(&driver);
        }
    }

    #[test]
    fn no_keys_break_a_screen(keys in "[\\PC\n\t\u{1b}]{0,40}") {
        let mut driver = Driver::sized(80, 24);
        driver.press(&keys);
        check(&driver);
    }
}

#[test]
fn a_terminal_too_small_says_so_and_grows_back() {
    let mut driver = Driver::sized(36, 10);
    assert_eq!(driver.row(0), "36x10 is too small: needs 40x12");
    driver.send(Msg::Resize { width: 80, height: 24 });
    assert!(driver.shows("Who holds what"));
}

#[test]
fn a_frame_of_another_size_than_the_model_knows_is_no_fault() {
    let driver = Driver::sized(80, 24);
    let mut buffer = Buffer::empty(Rect::new(0, 0, 100, 3));
    view(&driver.model, &mut buffer);
}

#[test]
fn the_cursor_is_in_the_line_being_typed() {
    let mut driver = Driver::sized(80, 24);
    driver.press("/日本");
    let (_, cursor) = driver.frame();
    assert_eq!((cursor.x, cursor.y), (1 + 2 + 4, 2));
}
