//! Names and messages that are written from right to left: no frame is drawn into them.

use super::fixture::Driver;
use super::matrix::SCENES;
use tellall::tui::bidi::{Bidi, bare};
use tellall::tui::draw::forbidden;
use tellall::tui::look::Look;

const SIZES: [(u16, u16); 3] = [(100, 30), (80, 24), (40, 12)];

#[test]
fn a_message_is_isolated_from_the_columns_beside_it() {
    let mut driver = Driver::new(Look { bidi: Bidi::Isolated, ..Look::default() }, 100, 30);
    driver.press("/lunch\n");
    assert!(driver.shows("\u{2068}متى نلتقي؟\u{2069} lunch"), "{}", driver.shown());
}

#[test]
fn isolates_open_and_close_within_their_row_and_nothing_else_changes() {
    for scene in SCENES {
        for size in SIZES {
            let (marked, _) = scene.driver(Look { bidi: Bidi::Isolated, ..Look::default() }, size).frame();
            let (plain, _) = scene.driver(Look::default(), size).frame();
            assert_eq!(forbidden(&plain), None);
            for (cell, usual) in marked.content.iter().zip(&plain.content) {
                assert_eq!(bare(cell.symbol()), Some(usual.symbol()), "{} at {size:?}", scene.name);
            }
            for row in marked.content.chunks(usize::from(size.0)) {
                let open = row.iter().filter(|cell| cell.symbol().starts_with('\u{2068}')).count();
                let closed = row.iter().filter(|cell| cell.symbol().ends_with('\u{2069}')).count();
                assert_eq!(open, closed, "{} at {size:?}", scene.name);
            }
        }
    }
}
