//! Every screen, once: one line of the table says how to reach it. From it follow its frames at four sizes in three looks, and
//! what holds of all screens: no size breaks them, the cursor is on the selection, hidden values do not show.

use super::fixture::Driver;
use super::fixture_source::{page_from_index, table};
use super::importing::{ended, in_a_giant_entry, reading, wait};
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::collections::BTreeSet;
use std::fmt::Write;
use tellall::report::ExportReport;
use tellall::tui::keys::Key;
use tellall::tui::look::{Ink, Look, Shown, Strokes};
use tellall::tui::model::Opened;
use tellall::tui::{Msg, Reply};

pub const SIZES: [(u16, u16); 4] = [(100, 30), (80, 24), (60, 20), (40, 12)];

/// A screen, and how to reach it.
pub struct Scene {
    pub name: &'static str,
    reach: fn(&mut Driver),
    /// The index is empty.
    empty: bool,
}

impl Scene {
    pub fn driver(&self, look: Look, size: (u16, u16)) -> Driver {
        let mut driver = if self.empty { Driver::empty_in(look, size) } else { Driver::new(look, size.0, size.1) };
        self.reach(&mut driver);
        driver
    }

    pub fn reach(&self, driver: &mut Driver) {
        (self.reach)(driver);
    }
}

macro_rules! scenes {
    ($($(#[$about:meta])* $name:ident $index:ident $reach:expr;)+) => {
        pub const SCENES: &[Scene] = &[$(Scene {
            name: stringify!($name), reach: $reach, empty: scenes!(@ $index),
        },)+];
        mod frames {
            $(#[test] fn $name() { super::compare(stringify!($name)); })+
        }
    };
    (@ full) => { false };
    (@ empty) => { true };
}

/// Keys alone lead there.
macro_rules! keys {
    ($keys:literal) => {
        |driver| {
            driver.press($keys);
        }
    };
}

scenes! {
    welcome empty keys!("");
    welcome_nothing empty |driver| {
        let ask = driver.model.asked.get();
        let reply = Reply::Archives { found: Vec::new(), folders: vec!["~/Downloads".into()] };
        driver.send(Msg::Reply { ask, reply: Box::new(reply) });
    };
    overview full keys!("");
    overview_categories full keys!("vl");
    overview_words full keys!("#ww");
    overview_year full keys!("<<");
    narrow full keys!("F2");
    overview_filter full keys!("fface");
    fields full keys!("\njjljj");
    fields_values full keys!("\njjljj\n");
    fields_marked full keys!("2\n\n  ");
    fields_categories full keys!("2v");
    fields_empty empty keys!("2");
    label full keys!("\njjljjc");
    search full keys!("/lunch↓");
    search_first full keys!("/");
    search_offers full keys!("/phone");
    search_mistake full keys!("/lunch after:x");
    search_nothing full keys!("/nothing");
    search_facets full keys!("/lunch\nF\n");
    search_left_out full keys!("/lunch\nFx");
    search_marked full keys!("/lunch\n j ");
    search_not_like full keys!("/lunch\nx");
    search_matches full keys!("/lunch Sunday\nnn");
    search_one_letter full keys!("/l");
    search_empty full keys!("/nothing co:whatsapp kind:payment\n");
    searches full |driver| {
        driver.press("/lunch poll\n").send(Msg::Key(Key::Ctrl('s'))).press("food\n/\u{1b}train co:whatsapp\n");
        driver.send(Msg::Key(Key::Ctrl('r')));
    };
    save_search full |driver| {
        driver.press("/lunch poll\n").send(Msg::Key(Key::Ctrl('s'))).press("food");
    };
    search_conversation full keys!("/lunch Sunday↓");
    time full keys!("4");
    time_days full keys!("4+");
    time_hours full keys!("4++#");
    time_events full keys!("4\n");
    time_lanes full keys!("4v\t");
    time_empty empty keys!("4");
    map full keys!("gl");
    map_close full keys!("gl+++");
    map_closest full keys!("gl++++++++");
    map_text full keys!("gl++#");
    map_records full keys!("gl\n");
    map_empty empty keys!("gl");
    people full keys!("5");
    people_conversations full keys!("5v");
    people_never full keys!("5vv");
    people_empty empty keys!("5");
    reader full keys!("5v\n");
    reader_reply full keys!("5v\n\u{1b}\ngg");
    ids full keys!("6l");
    ids_evidence full keys!("6\nj");
    ids_marked full keys!("6 ");
    ids_why full keys!("6w");
    ids_empty empty keys!("6");
    ads full keys!("7");
    ads_evidence full keys!("7\t");
    ads_concluded full keys!("7v");
    ads_choices full keys!("7c");
    ads_contradictions full keys!("7vvvj");
    ads_flows full keys!("7vvvv");
    ads_words full keys!("7#");
    ads_empty empty keys!("7");
    completeness full keys!("gcj");
    completeness_oldest full keys!("gcv");
    diff full |driver| {
        let exports = &mut driver.model.data.exports;
        let before = exports.first().cloned().map(|export| ExportReport {
            id: "facebook-rosa-2024-11-02".into(), as_of: Some("2024-11-02".into()), ..export
        });
        exports.extend(before);
        driver.press("gcd");
    };
    record full keys!("6\n\n");
    source_json full keys!("6\no");
    source_text full keys!("/lunch\no");
    source_table full |driver| showing(driver, table());
    source_index full |driver| showing(driver, page_from_index());
    photo full keys!("5v\nggjjjjjp");
    export full keys!("6e");
    export_marked full keys!("/lunch\n  e");
    export_search full keys!("/lunch\nejl");
    import full |driver| {
        reading(driver);
        wait(driver, 6);
    };
    import_paused full |driver| {
        reading(driver);
        driver.send(Msg::Progress(in_a_giant_entry())).press("+~/more.zip\n ");
    };
    import_over full |driver| {
        reading(driver);
        ended(driver);
    };
    import_stop full |driver| {
        reading(driver);
        driver.press("x");
    };
    import_idle full keys!("I");
    prompt full keys!("Io");
    ledger full keys!("uG");
    guides full keys!("ghjjj");
    guide full keys!("ghjjj\njj");
    help full keys!("?");
    help_queries full keys!("/lunch\n?query");
    palette full keys!(":hide");
    themes full keys!(":theme");
    which_key full |driver| {
        driver.press("g").send(Msg::Waited);
    };
    places full |driver| {
        driver.press("6\n\nq5v\n");
        driver.send(Msg::Key(Key::Ctrl('o')));
    };
    forget full keys!(":forget\n");
    confirm full |driver| {
        driver.model.work.running = true;
        driver.press("q");
    };
    messages full keys!("]7o:log\n");
    about full keys!(":about\n");
    values_hidden full keys!("H6\n\n");
}

/// The Source screen, showing something else than the worker of the fixture gives.
fn showing(driver: &mut Driver, opened: Opened) {
    driver.press("6\no");
    let ask = driver.model.asked.get();
    driver.send(Msg::Reply { ask, reply: Box::new(Reply::Source(Ok(Box::new(opened)))) });
}

/// Compares a screen with what a person read and found right.
fn compare(name: &str) {
    let scene = SCENES.iter().find(|scene| scene.name == name).expect("the table names it");
    for size in SIZES {
        let frame = pages(scene, size);
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "../snapshots" }, {
            insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), frame);
        });
    }
}

/// A screen as text, its styles, its styles without colour, and in ASCII.
fn pages(scene: &Scene, size: (u16, u16)) -> String {
    let usual = scene.driver(Look::default(), size);
    let mono = scene.driver(Look { ink: Ink::Mono, ..Look::default() }, size);
    let ascii = scene.driver(Look { strokes: Strokes::Ascii, ..Look::default() }, size);
    let mut out = usual.shown();
    for (kind, driver) in [("styles", &usual), ("mono", &mono)] {
        let differs = changed_rows(&usual, driver);
        let _ = write!(out, "\n\n-- {kind}\n{differs}{}", styles(&driver.frame().0));
    }
    let _ = write!(out, "\n\n-- ascii\n{}", ascii.shown());
    out
}

/// The rows that read otherwise without colour.
fn changed_rows(usual: &Driver, other: &Driver) -> String {
    let (usual, other) = (usual.shown(), other.shown());
    let rows = usual.lines().zip(other.lines()).filter(|(usual, other)| usual != other);
    rows.fold(String::new(), |rows, (_, other)| rows + other + "\n")
}

/// A letter for the style of each cell, and what the letters mean.
fn styles(buffer: &Buffer) -> String {
    let mut used = BTreeSet::new();
    let mut rows = String::new();
    for y in 0..buffer.area.height {
        let cells = (0..buffer.area.width).filter_map(|x| buffer.cell((x, y)));
        let row: String = cells.map(letter).inspect(|letter| _ = used.insert(*letter)).collect();
        rows.push_str(row.trim_end_matches('.'));
        rows.push('\n');
    }
    let known: Vec<&str> =
        LETTERS.iter().filter(|(letter, _)| used.contains(letter)).map(|(_, means)| *means).collect();
    rows + &known.join(", ")
}

const LETTERS: [(char, &str); 12] = [
    ('.', ". plain"),
    ('d', "d dim"),
    ('*', "* bold"),
    ('c', "c title"),
    ('m', "m special"),
    ('r', "r problem"),
    ('g', "g good"),
    ('b', "b blue"),
    ('y', "y yellow"),
    ('_', "_ underlined"),
    ('=', "= reversed"),
    ('~', "~ colours of a photo"),
];

fn letter(cell: &Cell) -> char {
    match (cell.modifier.contains(Modifier::REVERSED), cell.fg, cell.bg) {
        (true, ..) => '=',
        (_, Color::Reset, Color::Reset) if cell.modifier.is_empty() => '.',
        (_, Color::Reset, Color::Reset) if cell.modifier == Modifier::UNDERLINED => '_',
        (_, Color::Reset, Color::Reset) => '*',
        (_, Color::DarkGray, _) => 'd',
        (_, Color::Cyan, _) => 'c',
        (_, Color::Magenta, _) => 'm',
        (_, Color::Red, _) => 'r',
        (_, Color::Green, _) => 'g',
        (_, Color::Blue, _) => 'b',
        (_, Color::Yellow, _) => 'y',
        _ => '~',
    }
}

#[test]
fn every_frame_belongs_to_a_screen_of_the_table() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots");
    let files = std::fs::read_dir(folder).expect("the folder of snapshots");
    let names = files.map(|file| file.expect("a file of it").file_name().to_string_lossy().into_owned());
    let of = |scene: &Scene| SIZES.map(|(width, height)| format!("{}_{width}x{height}.snap", scene.name));
    let known: BTreeSet<String> = SCENES.iter().flat_map(of).collect();
    let odd = |name: &String| !name.starts_with("plain_") && !known.contains(name);
    none(&names.filter(odd).collect::<Vec<String>>());
}

/// Panics with everything that is wrong, not only the first of it.
fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn mono_uses_no_colour_on_any_screen() {
    let mut wrong = Vec::new();
    // Choosing a theme shows it.
    for scene in SCENES.iter().filter(|scene| scene.name != "themes") {
        let (buffer, _) = scene.driver(Look { ink: Ink::Mono, ..Look::default() }, (80, 24)).frame();
        if buffer.content.iter().any(|cell| (cell.fg, cell.bg) != (Color::Reset, Color::Reset)) {
            wrong.push(scene.name.to_owned());
        }
    }
    none(&wrong);
}

#[test]
fn ascii_draws_nothing_that_is_not_ascii_but_what_the_archives_hold() {
    let foreign = "日曜山田花子🎂متىنلتقي؟👨‍👩‍👧🏃ëïé␛🇬🇧❤️😂👍";
    let mut wrong = Vec::new();
    for scene in SCENES {
        let shown = scene.driver(Look { strokes: Strokes::Ascii, ..Look::default() }, (100, 30)).shown();
        let ours: BTreeSet<char> = shown.chars().filter(|c| !c.is_ascii() && !foreign.contains(*c)).collect();
        if !ours.is_empty() {
            wrong.push(format!("{}: {ours:?}", scene.name));
        }
    }
    none(&wrong);
}

/// Braille displays and screen readers follow the terminal's own cursor: it stands on a selected row or in a line being typed.
#[test]
fn the_cursor_is_on_the_selection_of_every_screen() {
    let mut wrong = Vec::new();
    // Nothing is listed there; it stands on what is said.
    let unlisted = |scene: &Scene| {
        ["photo", "import_idle", "which_key", "welcome_nothing"].contains(&scene.name) || scene.name.ends_with("_empty")
    };
    for scene in SCENES {
        for size in SIZES {
            let driver = scene.driver(Look::default(), size);
            let (buffer, cursor) = driver.frame();
            let row = driver.row(cursor.y);
            let asked = row.contains("[ n no ]");
            let marked = row.contains('>') || row.contains('[');
            let reversed = buffer.cell(cursor).is_some_and(|cell| cell.modifier.contains(Modifier::REVERSED));
            let typed = driver.model.stack.last().is_some_and(|layer| layer.screen.page().is_typing());
            let said = unlisted(scene) && row.chars().any(char::is_alphabetic);
            if cursor.y == 0 || !((reversed && marked) || typed || said || asked) {
                wrong.push(format!("{} at {size:?}, {cursor:?}: {row:?}", scene.name));
            }
        }
    }
    none(&wrong);
}

/// What the fixture plants of people: numbers, addresses, names, what was written.
const PLANTED: [&str; 27] = [
    "900123",
    "900456",
    "900987",
    "@example",
    "203.0.113",
    "198.51.100",
    "192.0.2",
    "Rosa",
    "Marta",
    "Zoë",
    "Quill",
    "Okafor",
    "Mum",
    "Family",
    "lunch booking",
    "Harbour",
    "Northwind",
    "1989-06-02",
    "555 01",
    "rosa.quill",
    "-rosa-",
    "inbox",
    "settings.json",
    "profile_information.json",
    "backup-laptop",
    "51.3",
    "-2.3",
];

#[test]
fn no_screen_shows_a_number_address_or_friend_while_values_are_hidden() {
    let mut wrong = Vec::new();
    for scene in SCENES.iter().filter(|scene| scene.name != "values_hidden") {
        for size in [(200, 50), (100, 30), (40, 12)] {
            let driver = scene.driver(Look { values: Shown::Hidden, ..Look::default() }, size);
            // What a category is called is no name of anybody.
            for row in driver.shown().replace("Family, relationship", "").lines() {
                let found = PLANTED.iter().filter(|planted| row.contains(**planted));
                wrong.extend(found.map(|planted| format!("{planted} on {} at {size:?}: {row}", scene.name)));
            }
        }
    }
    none(&wrong);
}
