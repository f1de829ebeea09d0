//! What the loader says of right and wrong sheets.

use super::*;

#[test]
fn every_sheet_compiled_in_is_right_and_has_its_own_id() {
    for (id, text) in BUILTIN {
        match Sheet::parse(text) {
            Ok(sheet) => assert_eq!(sheet.id, *id),
            Err(mistakes) => panic!("{id}.toml: {}", listed(&mistakes)),
        }
    }
}

fn listed(mistakes: &[Mistake]) -> String {
    mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
