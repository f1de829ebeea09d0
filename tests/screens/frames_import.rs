//! What the Import screen looks like while archives are read, paused, and when all is over.

use super::fixture::{Driver, progress};
use super::importing::{ended, reading, wait};
use tellall::tui::Msg;
use tellall::tui::look::{Ink, Look, Strokes};

const SIZES: [(u16, u16); 4] = [(100, 30), (80, 24), (60, 20), (40, 12)];

fn check(name: &str, reach: impl Fn(&mut Driver)) {
    for (width, height) in SIZES {
        let mut driver = Driver::sized(width, height);
        reach(&mut driver);
        compare(&format!("{name}_{width}x{height}"), &driver);
    }
    for (kind, look) in [
        ("mono", Look { ink: Ink::Mono, ..Look::default() }),
        ("ascii", Look { strokes: Strokes::Ascii, ..Look::default() }),
    ] {
        let mut driver = Driver::new(look, 80, 24);
        reach(&mut driver);
        compare(&format!("{name}_{kind}_80x24"), &driver);
    }
}

fn compare(name: &str, driver: &Driver) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "../snapshots" }, {
        insta::assert_snapshot!(name, driver.shown());
    });
}

#[test]
fn import_under_way() {
    check("import", |driver| {
        reading(driver);
        wait(driver, 6);
    });
}

#[test]
fn import_of_a_giant_entry_paused_with_more_to_come() {
    check("import_paused", |driver| {
        reading(driver);
        let mut lines = progress();
        (lines[1].now, lines[1].now_size, lines[1].now_done) =
            ("Takeout/Location History/Records.json".into(), Some(1_900_000_000), 1_102_000_000);
        driver.send(Msg::Progress(lines)).press("+~/more.zip\n ");
    });
}

#[test]
fn import_that_is_over() {
    check("import_over", |driver| {
        reading(driver);
        ended(driver);
    });
}

#[test]
fn question_before_one_export_is_stopped() {
    check("import_stop", |driver| {
        reading(driver);
        driver.press("x");
    });
}

#[test]
fn styles_of_the_import() {
    let mut driver = Driver::sized(100, 30);
    reading(&mut driver);
    wait(&mut driver, 6);
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "../snapshots" }, {
        insta::assert_debug_snapshot!("import_styles", driver.frame().0);
    });
}
