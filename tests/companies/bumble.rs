//! Bumble: nothing certain is known of its files; what names Bumble is read by structure.

use crate::archive::*;
use tellall::record::IdKind;

#[test]
fn files_that_name_bumble_are_read_and_special_categories_named() {
    let imported = Imported::sample("bumble");
    assert_eq!(imported.export().company, "bumble");
    assert_eq!(imported.counts().values().sum::<u64>(), 4);
    assert_eq!(imported.meaning("profile", "sexuality").0, "sexual");
    assert_eq!(imported.meaning("profile", "religion").0, "religion");
    assert!(imported.identifiers(IdKind::Phone)["+447700900123"]);
    let messages = imported.section("messages");
    assert_eq!((messages[1].who.as_deref(), messages[1].text.as_deref()), (Some("Sam"), Some("Nice move")));
}
