//! `tellall config`, and what the settings change.

use crate::schemas::check;
use crate::world::{Home, ran, samples};
use serde_json::Value;

/// A home with these settings.
fn home(settings: &str) -> Home {
    let home = Home::new();
    home.file("config/tellall/config.toml", settings);
    home
}

/// The value of a setting and where it came from.
fn shown(json: &Value, name: &str) -> (Value, String) {
    let setting = json["settings"].as_array().expect("settings").iter().find(|setting| setting["name"] == name);
    let setting = setting.unwrap_or_else(|| panic!("{name} in {json}"));
    (setting["value"].clone(), setting["origin"].as_str().expect("an origin").to_owned())
}

#[test]
fn without_a_file_all_settings_are_the_defaults() {
    let home = Home::new();
    let shown = home.run(&["config"]).ended(0);
    assert!(shown.out.contains("config/tellall/config.toml (not there"), "{}", shown.out);
    assert!(shown.out.contains("\ntheme = \"default\"  # default\n"), "{}", shown.out);
    assert!(home.run(&["config", "check"]).ended(0).err.contains("all settings are the defaults"));
    assert!(!home.path().join("config").exists(), "nothing is written without asking");
}

#[test]
fn what_is_shown_is_a_file_of_settings() {
    let first = home(
        "theme = \"mono\"\n[me]\nphones = [\"+44 7700 900123\"]\n[keys.global]\n\"C-f\" = \"search\"\ny = \"none\"\n",
    );
    let shown = first.run(&["config", "show"]).ended(0).out;
    let second = home(&shown);
    second.run(&["config", "check"]).ended(0);
    let again = second.run(&["config", "show"]).ended(0).out;
    let settings = |text: &str| text.split_once('\n').map(|(_, rest)| rest.to_owned());
    assert_eq!(settings(&again), settings(&shown));
    assert!(shown.ends_with("[keys.global]\n\"Ctrl-f\" = \"search\"\n\"y\" = \"none\"\n"), "{shown}");
}

#[test]
fn every_value_tells_where_it_comes_from() {
    let home = home("bell = true\ntheme = \"okabe-ito\"\nimages = \"kitty\"\nascii = false\n");
    let mut command = home.command(&["config", "show", "--json", "--ascii"]);
    command.env("TELLALL_IMAGES", "off").env("NO_COLOR", "1").env("TELLALL_REDUCED_MOTION", "1");
    let json = ran(&mut command).ended(0).json();
    check("config", &json);
    let of = |name: &str| shown(&json, name).1;
    assert_eq!(shown(&json, "images"), ("off".into(), "$TELLALL_IMAGES".to_owned()));
    assert_eq!(shown(&json, "theme"), ("mono".into(), "$NO_COLOR".to_owned()));
    assert_eq!((of("ascii"), of("bell"), of("mouse")), ("--ascii".into(), "line 1".into(), "default".into()));
    assert_eq!(of("reduced_motion"), "$TELLALL_REDUCED_MOTION");
    let mut command = home.command(&["config", "show", "--json", "--images", "sixel", "--color", "never"]);
    let json = ran(command.env("TELLALL_IMAGES", "off")).ended(0).json();
    assert_eq!(shown(&json, "images"), ("sixel".into(), "--images".to_owned()));
    assert_eq!(shown(&json, "theme").1, "--color");
}

#[test]
fn another_file_can_be_named_and_must_be_there() {
    let home = home("bell = true\n");
    let other = home.file("other.toml", "mouse = false\n");
    let other = other.to_str().expect("UTF-8");
    let json = home.run(&["config", "show", "--json", "--config", other]).ended(0).json();
    assert_eq!((shown(&json, "bell").1, shown(&json, "mouse").1), ("default".into(), "line 1".into()));
    let json = ran(home.command(&["config", "show", "--json"]).env("TELLALL_CONFIG", other)).ended(0).json();
    assert_eq!(json["file"], other);
    let told = home.run(&["exports", "--config", "absent.toml"]).ended(2).err;
    assert!(told.contains("absent.toml is no file of settings"), "{told}");
}

#[test]
fn mistakes_are_told_with_their_line_and_cost_one_setting() {
    let home = home("bel = true\nmouse = false\n[keys.global]\n\"C-f\" = \"search\"\n\"ctrl-f\" = \"log\"\n");
    let told = home.run(&["config", "check"]).ended(2);
    let lines: Vec<&str> = told.out.lines().map(|line| line.rsplit("config.toml: ").next().unwrap_or(line)).collect();
    assert_eq!(
        lines,
        [
            "line 1: the settings: unknown key `bel`; did you mean `bell`?",
            "line 4: `Ctrl-f` is bound twice in [keys.global], in lines 4 and 5; keep one of them; its default holds until then",
        ]
    );
    let json = home.run(&["config", "check", "--json"]).ended(2).json();
    check("config_check", &json);
    assert_eq!(json["mistakes"][0]["line"], 1);
    let json = home.run(&["config", "show", "--json"]).ended(0).json();
    assert_eq!(shown(&json, "mouse").1, "line 2");
    // Every command goes on, and says so.
    let told = home.run(&["companies"]).ended(0).err;
    assert!(told.contains("config.toml: line 1: the settings: unknown key `bel`"), "{told}");
}

#[test]
fn keys_that_a_persons_own_took_are_listed() {
    let plain = Home::new();
    plain.run(&["config", "keys", "--new"]).ended(1);
    let own = home("[keys.global]\ny = \"search\"\n[keys.fields]\nc = \"none\"\n");
    let lost = own.run(&["config", "keys", "--new"]).ended(0).out;
    let rows: Vec<Vec<&str>> = lost.lines().skip(1).map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(rows, [["global", "y", "yank", "search"], ["fields", "c", "fields.correct", "none"]]);
    let json = own.run(&["config", "keys", "--json"]).ended(0).json();
    check("config_keys", &json);
    let keys = json["keys"].as_array().expect("keys");
    let search = keys.iter().find(|row| row["action"] == "search").expect("an action");
    assert_eq!(search["keys"], serde_json::json!(["y", "/"]));
    assert_eq!(json["dropped"][1]["now"], Value::Null);
}

#[test]
fn the_places_of_everything_are_told() {
    let home = home("");
    let json = home.run(&["config", "path", "--json"]).ended(0).json();
    check("config_path", &json);
    let told: Vec<(&str, bool)> = json["paths"]
        .as_array()
        .expect("paths")
        .iter()
        .map(|row| (row["what"].as_str().expect("what"), row["exists"].as_bool().expect("exists")))
        .collect();
    assert_eq!(told, [("settings", true), ("sheets", false), ("index", false), ("state", false)]);
    let printed = home.run(&["config", "path"]).ended(0).out;
    assert!(printed.contains(home.index().to_str().expect("UTF-8")), "a path is never cut: {printed}");
}

#[test]
fn what_is_mine_in_the_settings_is_mine_in_the_answers() {
    let home = home("[me]\nemails = [\"ben.zoe@example.org\"]\n");
    home.file("x/people.json", "{\"people\":[{\"name\":\"Ben\",\"email\":\"ben.zoe@example.org\"}]}");
    home.import(&home.path().join("x"));
    let shared = ["shared", "--companies", "1", "--mine", "--json"];
    let mine = home.run(&shared).ended(0).json();
    assert_eq!(mine["identifiers"][0]["kind"], "email", "{mine}");
    std::fs::remove_file(home.path().join("config/tellall/config.toml")).expect("the file was there");
    home.run(&shared).ended(1);
}

#[test]
fn an_import_unpacks_no_more_than_the_settings_allow() {
    let home = home("[limits]\nmax_bytes = \"1K\"\n");
    home.import(&samples().join("facebook"));
    let json = home.run(&["ledger", "--json", "--fate", "failed"]).ended(0).json();
    let whys: Vec<&str> =
        json["entries"].as_array().expect("entries").iter().filter_map(|one| one["why"].as_str()).collect();
    assert!(whys.iter().any(|why| why.contains("the import unpacks to more than the limit")), "{whys:?}");
}
