//! `tellall doctor`: what is well, and what is not.

use crate::schemas::check;
use crate::world::{Home, ran, samples};
use serde_json::Value;

/// State and words of the first check of an area.
fn found(json: &Value, area: &str) -> (String, String) {
    let checks = json["checks"].as_array().expect("checks");
    let check = checks.iter().find(|check| check["area"] == area).unwrap_or_else(|| panic!("{area} in {json}"));
    let text = |key: &str| check[key].as_str().expect("a text").to_owned();
    (text("state"), text("says"))
}

fn home() -> Home {
    let home = Home::new();
    home.import(&samples().join("whatsapp"));
    home
}

#[test]
fn an_index_that_is_whole_and_ones_own_is_well() {
    let home = home();
    let json = home.run(&["doctor", "--json"]).ended(0).json();
    check("doctor", &json);
    let (state, says) = found(&json, "index");
    assert!(state == "well" && says.contains("4 exports") && says.ends_with("every checksum right"), "{says}");
    assert_eq!(found(&json, "rights").0, if cfg!(unix) { "well" } else { "note" });
    assert!(found(&json, "terminal").1.starts_with("no terminal"), "{json}");
    let printed = home.run(&["doctor"]).ended(0).out;
    assert!(printed.contains("ok  index"), "{printed}");
    assert_eq!(found(&json, "lock").0, "well");
    assert_eq!(cfg!(unix), found(&json, "space").1.ends_with(" free on the disk of the index"), "{json}");
}

#[cfg(unix)]
#[test]
fn what_a_killed_import_left_is_told_until_the_next_one_clears_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = home();
    let file = home.file("index/tmp/new-0000000000000001/catalog.json", "{}");
    for (path, mode) in [(file.as_path(), 0o600), (file.parent().expect("its folder"), 0o700)] {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("it is ours");
    }
    let json = home.run(&["doctor", "--json"]).ended(0).json();
    check("doctor", &json);
    let (state, says) = found(&json, "leftovers");
    assert!(state == "note" && says.contains("left 1 folder, 2 B"), "{says}");
    home.import(&samples().join("facebook"));
    let json = home.run(&["doctor", "--json"]).ended(0).json();
    assert_eq!(found(&json, "lock").1, "nobody writes to the index, and nothing was left half done");
}

#[test]
fn who_writes_to_the_index_is_named() {
    let home = home();
    let store = tellall::index::Store::open(&home.index()).expect("the index");
    let lock = store.lock().expect("nobody else writes");
    let json = home.run(&["doctor", "--json"]).ended(0).json();
    check("doctor", &json);
    let (state, says) = found(&json, "lock");
    assert!(state == "note" && says.starts_with(&format!("process {}, since ", std::process::id())), "{says}");
    drop(lock);
}

#[test]
fn nothing_imported_is_no_trouble() {
    let home = Home::new();
    let json = home.run(&["doctor", "--json"]).ended(0).json();
    assert_eq!(found(&json, "index").0, "note");
    assert!(!home.index().exists(), "looking makes nothing");
}

#[test]
fn a_damaged_export_is_found_though_nobody_asked_for_its_records() {
    let home = home();
    let files = walkdir::WalkDir::new(home.index()).into_iter().filter_map(Result::ok);
    let largest = files.filter(|entry| entry.path().extension().is_some_and(|end| end == "arrow"));
    let largest = largest.max_by_key(|entry| entry.metadata().expect("metadata").len()).expect("a file");
    let mut bytes = std::fs::read(largest.path()).expect("it can be read");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(largest.path(), bytes).expect("it can be written");
    let json = home.run(&["doctor", "--json"]).ended(2).json();
    check("doctor", &json);
    let (state, says) = found(&json, "index");
    assert!(state == "trouble" && says.starts_with("whatsapp-"), "{says}");
}

#[cfg(unix)]
#[test]
fn a_file_that_others_may_read_is_named_with_the_cure() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = home();
    let file = home.index().join("lock");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).expect("it is ours");
    let printed = home.run(&["doctor"]).ended(2).out;
    let line = printed.lines().find(|line| line.contains("rights")).expect("a line").to_owned();
    assert!(line.starts_with('!') && line.contains("index/lock; chmod -R go= "), "{line}");
}

#[test]
fn mistakes_in_the_settings_are_troubles() {
    let home = Home::new();
    home.file("config/tellall/config.toml", "bel = true\n");
    let json = home.run(&["doctor", "--json"]).ended(2).json();
    assert!(found(&json, "settings").1.contains("unknown key `bel`"), "{json}");
}

#[test]
fn the_sandbox_is_told_as_it_is() {
    let home = Home::new();
    let off = home.run(&["doctor", "--json", "--no-sandbox"]).ended(0).json();
    assert!(found(&off, "sandbox").1.starts_with("off: --no-sandbox says so"), "{off}");
    let (state, says) = found(&home.run(&["doctor", "--json"]).ended(0).json(), "sandbox");
    let is_on = says.starts_with("on: no TCP connections, no other programs, writing outside its own folders");
    assert!(is_on || state == "note" && says.starts_with("off: "), "{says}");
}

#[test]
fn what_the_terminal_can_do_is_told_from_what_it_says() {
    let home = Home::new();
    let mut command = home.command(&["doctor", "--json"]);
    command.env("TERM", "xterm-kitty").env("COLORTERM", "truecolor").env("LANG", "en_GB.UTF-8");
    let json = ran(&mut command).ended(0).json();
    let states = ["colours", "signs"].map(|area| found(&json, area).0);
    assert_eq!(states, ["well", "well"]);
    assert_eq!(found(&json, "photos").1, "by the kitty protocol");
}
