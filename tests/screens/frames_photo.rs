//! Photos: `p` on a message, a record and a line of a source; what shows, and what shows instead.

use super::fixture::Driver;
use ratatui::style::Color;
use tellall::tui::draw::{forbidden, picture};
use tellall::tui::look::{Ink, Look, Shown};
use tellall::tui::photo::{Drawn, Images, Photo, Pixels, Ready, Room, Wanted};
use tellall::tui::{Effect, Msg};

/// The message of the family's chat with a photo in the archive.
const MESSAGE: &str = "5v\nggjjjjj";

/// A worker's answer: a picture of four fields, as large as its room; none for what is no picture.
pub fn photo(wanted: &Wanted, room: &Room) -> Result<Photo, String> {
    let named = wanted.named.iter().find(|name| name.contains(".jpg"));
    let entry = named.ok_or("nothing here is a photo that can be shown (JPEG, PNG, GIF or WebP)")?.clone();
    let drawn = match room.images {
        Images::Halfblocks | Images::Off(_) => Drawn::Pixels(fields(u32::from(room.columns) / 2, u32::from(room.rows))),
        _ => Drawn::Escapes { text: "\x1b_G\x1b\\".to_owned(), columns: 10, rows: 4 },
    };
    Ok(Photo::new(Ready { entry, size: (1600, 1200), bytes: 182_000, drawn }))
}

fn fields(width: u32, height: u32) -> Pixels {
    let colour = |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => [250, 250, 250],
        (false, true) => [200, 30, 30],
        (true, false) => [30, 60, 30],
        (false, false) => [0, 0, 0],
    };
    let rgb = (0..height).flat_map(|y| (0..width).flat_map(move |x| colour(x, y))).collect();
    Pixels { width, height, rgb }
}

fn shown(look: Look, (width, height): (u16, u16)) -> Driver {
    let mut driver = Driver::new(look, width, height);
    driver.press(MESSAGE).press("p");
    driver
}

#[test]
fn half_a_cell_is_a_pixel() {
    let (buffer, _) = shown(Look::default(), (40, 12)).frame();
    let colours = |x, y| buffer.cell((x, y)).map(|cell| (cell.symbol(), cell.fg, cell.bg));
    let [light, red] = [[250, 250, 250], [200, 30, 30]].map(|[r, g, b]| Color::Rgb(r, g, b));
    let [green, black] = [[30, 60, 30], [0, 0, 0]].map(|[r, g, b]| Color::Rgb(r, g, b));
    assert_eq!([colours(14, 6), colours(24, 6)], [Some(("▀", light, light)), Some(("▀", red, red))]);
    assert_eq!([colours(14, 7), colours(24, 7)], [Some(("▀", green, green)), Some(("▀", black, black))]);
}

#[test]
fn the_same_key_closes_it_where_one_was() {
    let mut driver = shown(Look::default(), (100, 30));
    assert!(driver.shows("1600×1200"), "{}", driver.shown());
    let below = { Driver::sized(100, 30).press(MESSAGE).shown() };
    assert_eq!(driver.press("p").shown(), below);
    assert_eq!(driver.press("pq").shown(), below);
}

#[test]
fn a_record_shows_the_photo_it_names_and_says_so_if_there_is_none() {
    let mut driver = Driver::sized(100, 30);
    driver.press(MESSAGE).press("\np");
    assert!(driver.shows("Not shown: nothing here is a photo"), "{}", driver.shown());
    driver.press("po").press("p");
    assert!(driver.shows("Photo"), "{}", driver.shown());
}

#[test]
fn a_message_without_a_file_has_no_photo() {
    let mut driver = Driver::sized(100, 30);
    driver.press("5v\nggp");
    assert!(driver.shows("no photo belongs to what is selected"), "{}", driver.shown());
}

#[test]
fn photos_are_hidden_with_the_values() {
    for images in [Images::Halfblocks, Images::Kitty] {
        let mut driver = shown(Look { images, ..Look::default() }, (80, 24));
        driver.press("H");
        assert!(!driver.shows("▀") && driver.shows("photos too"), "{}", driver.shown());
        assert!(picture(&driver.model).is_none());
    }
}

#[test]
fn where_photos_are_off_the_reason_is_told() {
    let look = Look { images: Images::Off("photos are off over SSH"), ..Look::default() };
    let driver = shown(look, (80, 24));
    assert!(driver.shows("photos are off over SSH"), "{}", driver.shown());
    assert!(!driver.wanted.iter().any(|effect| matches!(effect, Effect::Photo { .. })));
}

#[test]
fn a_terminal_that_takes_pictures_gets_one_and_loses_it_under_help() {
    let look = Look { images: Images::Kitty, values: Shown::Clear, ..Look::default() };
    let mut driver = shown(look, (80, 24));
    let (at, _) = picture(&driver.model).expect("a picture");
    assert!(at.x > 20 && at.y > 5, "in the middle: {at:?}");
    assert!(!driver.shows("▀"));
    driver.press("?");
    assert!(picture(&driver.model).is_none());
    driver.press("\u{1b}");
    assert!(picture(&driver.model).is_some());
    let plain = shown(Look { images: Images::Kitty, ink: Ink::Mono, ..Look::default() }, (80, 24));
    assert!(picture(&plain.model).is_none() && plain.shows("█"), "{}", plain.shown());
}

#[test]
fn no_size_breaks_it() {
    for (width, height) in [(0, 0), (1, 1), (39, 11), (40, 12), (41, 13), (100, 30), (300, 100)] {
        for images in [Images::Halfblocks, Images::Sixel] {
            let mut driver = shown(Look { images, ..Look::default() }, (width, height));
            for (width, height) in [(width, height), (50, 14), (1, 1), (80, 24)] {
                driver.send(Msg::Resize { width, height });
                let (buffer, cursor) = driver.frame();
                assert_eq!(forbidden(&buffer), None);
                assert!(buffer.area.is_empty() || buffer.area.contains(cursor));
            }
        }
    }
}
