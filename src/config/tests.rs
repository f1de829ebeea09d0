use super::*;
use crate::tui::keys::{Action, Chord, Context, Key, Meaning};

/// The mistakes of a text, as they are told.
fn told(text: &str) -> Vec<String> {
    Config::parse(text).mistakes.iter().map(ToString::to_string).collect()
}

#[test]
fn no_file_sets_nothing() {
    let config = Config::read(Path::new("/nowhere/config.toml"));
    assert_eq!((config.settings, config.mistakes), (Settings::default(), Vec::new()));
}

#[test]
fn what_the_file_sets_is_taken_and_known_by_its_line() {
    let config = Config::parse(
        "theme = \"mono\"\nmouse = false\nimages = \"kitty\"\n[me]\nphones = [\"+44 7700 900123\"]\n[keymaps]\nextends = \"arrows\"\n",
    );
    assert_eq!(config.mistakes, Vec::new());
    let settings = Settings {
        theme: Ink::Mono,
        mouse: false,
        images: Choice::Kitty,
        phones: vec!["+44 7700 900123".to_owned()],
        extends: Base::Arrows,
        ..Settings::default()
    };
    assert_eq!(config.settings, settings);
    let origins: Vec<(&str, String)> = SETTINGS
        .iter()
        .filter(|setting| config.origin(setting) != Origin::Default)
        .map(|setting| (setting.name, config.origin(setting).to_string()))
        .collect();
    let lines = [("theme", 1), ("mouse", 2), ("images", 3), ("me.phones", 5), ("keymaps.extends", 7)];
    assert_eq!(origins, lines.map(|(name, line)| (name, format!("line {line}"))));
}

#[test]
fn a_mistake_costs_one_setting_and_is_told_with_its_cure() {
    let text = "thme = \"mono\"\nascii = \"yes\"\nbell = true\ntheme = \"catppuccin-late\"\n[me]\nemail = []\n";
    assert_eq!(
        told(text),
        [
            "line 1: the settings: unknown key `thme`; did you mean `theme`?",
            "line 2: the settings: `ascii` is a text; write true or false",
            "line 4: the settings: `catppuccin-late` is no `theme`; did you mean `catppuccin-latte`?",
            "line 6: `me` of the settings: unknown key `email`; did you mean `emails`?",
        ]
    );
    assert!(Config::parse(text).settings.bell);
}

#[test]
fn what_is_no_toml_sets_nothing_at_all() {
    let config = Config::parse("bell = true\nascii = = true\n");
    assert_eq!(config.settings, Settings::default());
    assert!(config.mistakes[0].to_string().starts_with("line 2: "), "{:?}", config.mistakes);
}

#[test]
fn keys_are_bound_by_context_and_action() {
    let config =
        Config::parse("[keys.global]\nctrl-f = \"search\"\nx = \"none\"\n[keys.fields]\nt = \"fields.correct\"\n");
    assert_eq!(config.mistakes, Vec::new());
    let map = config.keymap();
    assert_eq!(map.meaning(Context::Time, Key::Ctrl('f'), false), Meaning::Do(Action::SearchAll));
    assert_eq!(map.meaning(Context::Fields, Key::Char('t'), false), Meaning::Do(Action::Correct));
    assert_eq!(map.meaning(Context::Time, Key::Char('x'), false), Meaning::Nothing);
}

#[test]
fn a_key_bound_twice_keeps_its_default_and_both_lines_are_told() {
    let text = "[keys.global]\n\"C-p\" = \"search\"\ny = \"log\"\n\"ctrl-p\" = \"export\"\n";
    assert_eq!(
        told(text),
        [
            "line 2: `Ctrl-p` is bound twice in [keys.global], in lines 2 and 4; keep one of them; its default holds until then"
        ]
    );
    let map = Config::parse(text).keymap();
    assert_eq!(map.meaning(Context::Time, Key::Ctrl('p'), false), Meaning::Do(Action::Palette));
    assert_eq!(map.meaning(Context::Time, Key::Char('y'), false), Meaning::Do(Action::Log));
}

#[test]
fn a_key_written_twice_in_the_same_way_is_no_less_refused() {
    let text =
        "bell = true\n[keys.fields]\ny = \"log\"\n[keys.global]\n\"y\" = \"search\"\nY = \"log\"\n'y' = \"export\"\n";
    assert_eq!(
        told(text),
        [
            "line 5: `y` is bound twice in [keys.global], in lines 5 and 7; keep one of them; its default holds until then"
        ]
    );
    let config = Config::parse(text);
    assert!(config.settings.bell);
    let bound: Vec<(usize, Chord)> = config.bound.iter().map(|bound| (bound.line, bound.own.chord)).collect();
    assert_eq!(bound, [(6, Chord::One(Key::Char('Y'))), (3, Chord::One(Key::Char('y')))]);
}

#[test]
fn a_setting_written_twice_is_told_and_the_first_holds() {
    let text = "theme = \"mono\"\ntheme = \"okabe-ito\"\n";
    assert_eq!(told(text), ["line 2: `theme` was written before, in line 1; keep one of them"]);
    assert_eq!(Config::parse(text).settings.theme, Ink::Mono);
}

#[test]
fn keys_and_actions_that_do_not_exist_are_told() {
    let text = "[keys.global]\nhyper-x = \"search\"\ny = \"serch\"\nz = \"fields.correct\"\nv = \"confirm.yes\"\n[keys.input]\nx = \"search\"\n[keys.feilds]\n";
    assert_eq!(
        told(text),
        [
            "line 2: `hyper-x` is no key; write it as x, ctrl-f, alt-b, g x, enter, pgdn or f5",
            "line 3: `serch` is no action; did you mean `search`?",
            "line 4: `fields.correct` cannot be done in [keys.global]; bind it in [keys.fields]",
            "line 5: `confirm.yes` cannot be done in [keys.global]; its keys cannot be changed",
            "line 7: `x` types while one is typing; bind a key with ctrl or alt here",
            "line 8: `keys` of the settings: unknown key `feilds`; did you mean `fields`?",
        ]
    );
    assert_eq!(Config::parse(text).bound, []);
}

#[test]
fn sizes_are_written_with_their_unit_and_others_are_told_how() {
    let bytes = |text: &str| Config::parse(&format!("[limits]\nmax_bytes = \"{text}\"\n")).settings.max_bytes;
    assert_eq!(["500M", "200g", "2T", "4096"].map(bytes), [500 << 20, 200 << 30, 2 << 40, 4096]);
    assert_eq!(
        told("[limits]\nmax_bytes = \"much\"\nmax_ratio = 0\nmemory = \"1G\"\n"),
        [
            "line 2: `max_bytes` of `limits`: `much` is no size; write it as 500M, 200G or 2T",
            "line 3: `max_ratio` of `limits`: nothing could be read with 0; write a number from 1 on",
            "line 4: `limits` of the settings: unknown key `memory`; known are max_ratio and max_bytes",
        ]
    );
    let kept = Config::parse("[limits]\nmax_bytes = \"99999999999T\"\n");
    assert_eq!((kept.settings.max_bytes, kept.mistakes.len()), (16 << 40, 1));
}

#[test]
fn every_setting_is_read_as_it_is_shown() {
    let settings = Settings {
        theme: Ink::Latte,
        ascii: true,
        mouse: false,
        reduced_motion: true,
        hide_values: true,
        images: Choice::Sixel,
        bidi: bidi::Choice::Terminal,
        bell: true,
        scan_downloads: false,
        history: false,
        emails: vec!["rosa.quill@example.com".to_owned()],
        phones: vec!["+44 7700 900123".to_owned()],
        extends: Base::Arrows,
        max_ratio: 500,
        max_bytes: 200 << 30,
    };
    let default = Settings::default();
    for setting in SETTINGS {
        assert_ne!(setting.value(&settings), setting.value(&default), "{}", setting.name);
    }
    let lines = SETTINGS.iter().map(|setting| format!("{} = {}\n", setting.name, setting.value(&settings)));
    let text: String = lines.collect();
    let config = Config::parse(&text);
    assert_eq!((config.settings, config.mistakes), (settings, Vec::new()));
}
