//! Pinterest: pages whose names are not certain.

use crate::archive::*;
use tellall::record::IdKind;

#[test]
fn pages_that_name_pinterest_are_read_as_tables() {
    let imported = Imported::sample("pinterest");
    assert_eq!(imported.export().company, "pinterest");
    let pins = imported.records("section:pins has:time");
    let told: Vec<_> = pins.iter().map(|pin| (pin.text.as_deref(), pin.time.as_deref())).collect();
    assert_eq!(
        told,
        [
            (Some("Lupins & friends"), Some("2021-04-05T06:07:08")),
            (Some("Heron in flight"), Some("2022-01-02T03:04:05"))
        ]
    );
    assert_eq!(imported.meaning("interests", "Interest"), ("inferred".to_owned(), "inferred".to_owned()));
    assert!(imported.identifiers(IdKind::Email)["rosa.quill@example.com"]);
}

#[test]
fn a_page_of_something_else_is_not_taken_for_pinterest() {
    let page = "<html><head><title>Pins for sale</title></head><body><h2>Pins</h2></body></html>";
    let imported = Archive::new().file("shop/pins.html", page).import_as("shop.zip");
    assert_eq!(imported.companies(), ["unknown:shop"]);
}

#[test]
fn a_pin_told_in_lines_of_labels_is_called_by_its_title() {
    let page = "<html><head><title>Pinterest: pins</title></head><body><h1>Pins</h1><h3>Pin 1</h3><ul><li>Title: Linen apron</li><li>Board: Sewing</li><li>Created at: 2023-05-06 07:08:09</li></ul></body></html>";
    let imported = Archive::new().file("pins.html", page).import_as("x.zip");
    let pin = &imported.section("pins")[0];
    assert_eq!((pin.text.as_deref(), pin.time.as_deref()), (Some("Linen apron"), Some("2023-05-06T07:08:09")));
}
