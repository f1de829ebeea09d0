//! Steam: pages a person saved.

use crate::archive::*;
use tellall::record::IdKind;

#[test]
fn saved_pages_are_known_by_what_they_link_to_and_read_as_tables() {
    let imported = Imported::sample("steam");
    assert_eq!(imported.export().company, "steam");
    let logins = imported.records("section:logins has:time");
    assert_eq!(logins.len(), 2);
    assert_eq!(logins[0].time.as_deref(), Some("2024-10-01T20:00:00"));
    assert!(imported.identifiers(IdKind::Ip)["203.0.113.47"]);
    assert_eq!(imported.records("section:purchases has:time")[0].text.as_deref(), Some("Heron Simulator"));
}
