//! `tellall guide`: pages to read.

use crate::world::Home;

#[test]
fn all_guides_are_listed_and_each_can_be_read_by_its_name() {
    let home = Home::new();
    let listed = home.run(&["guide"]).ended(0).out;
    let names: Vec<&str> = listed.lines().skip(1).filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.contains(&"law") && names.contains(&"whatsapp") && names.len() > 30, "{listed}");
    for name in names {
        let page = home.run(&["guide", name]).ended(0).out;
        assert!(page.lines().count() > 4, "{name}: {page}");
        assert!(page.lines().all(|line| line.chars().count() <= 80), "{name}: {page}");
    }
}

#[test]
fn a_misspelt_guide_is_guessed() {
    let ran = Home::new().run(&["guide", "spotfy"]).ended(2);
    assert_eq!(ran.err, "tellall: no guide is called spotfy\ntellall: did you mean spotify?\n");
}
