//! Instagram: maps and lists under a key that says what they are, in four generations and any language.

use crate::archive::{Archive, Imported, Record};
use crate::coverage;
use std::collections::BTreeMap;
use tellall::record::{Direction, IdKind};
use tellall::sheets::Sheets;

const SCHEMA: &str = include_str!("instagram_schema.txt");

#[test]
#[allow(clippy::print_stdout, reason = "the number is what one runs this for")]
fn nine_in_ten_key_paths_have_category_and_origin_and_every_known_file_a_section() {
    let sheets = Sheets::builtin();
    let coverage = coverage::measure(sheets.get("instagram").expect("it is compiled in"), SCHEMA);
    println!("{}", coverage.summary());
    assert!(coverage.paths > 1000, "the schema was read");
    assert_eq!(coverage.unnamed, Vec::<String>::new());
    assert!(coverage.explained * 10 >= coverage.paths * 9, "{}: {:#?}", coverage.summary(), coverage.unexplained);
}
