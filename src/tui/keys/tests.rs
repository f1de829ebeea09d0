use super::table::{alt, ctrl, key, one};
use super::*;
use std::collections::HashSet;

#[test]
fn no_key_is_bound_twice_in_one_context() {
    let mut seen = HashSet::new();
    for binding in TABLE {
        for &chord in binding.keys {
            assert!(seen.insert((binding.context, chord)), "{chord} in {:?} ({})", binding.context, binding.id);
        }
    }
}

#[test]
fn every_binding_has_an_id_of_its_own_words_and_a_way_to_it() {
    let mut ids = HashSet::new();
    for binding in TABLE {
        assert!(ids.insert(binding.id), "{}", binding.id);
        let is_run_by_name = binding.context == Context::Global;
        assert!(is_run_by_name || !binding.keys.is_empty(), "{} has no key, and no palette lists it", binding.id);
        assert!(!binding.does.is_empty(), "{}", binding.id);
    }
}

#[test]
fn a_screens_own_binding_goes_before_that_of_everywhere() {
    assert_eq!(Keymap::default().meaning(Context::Import, Key::Char('o'), false), Meaning::Do(Action::AddPath));
    assert_eq!(Keymap::default().meaning(Context::Overview, Key::Char('o'), false), Meaning::Do(Action::Source));
    assert_eq!(Keymap::default().meaning(Context::Overview, Key::Char('j'), false), Meaning::Do(Action::Down));
}

#[test]
fn g_waits_for_a_second_key_except_while_typing() {
    assert_eq!(Keymap::default().meaning(Context::Fields, Key::Char('g'), false), Meaning::Wait);
    assert_eq!(Keymap::default().meaning(Context::Fields, Key::Char('g'), true), Meaning::Do(Action::First));
    assert_eq!(Keymap::default().meaning(Context::Fields, Key::Char('i'), true), Meaning::Do(Action::Go(Tab::Ids)));
    assert_eq!(Keymap::default().meaning(Context::Input, Key::Char('g'), false), Meaning::Nothing);
}

#[test]
fn only_y_says_yes() {
    assert_eq!(Keymap::default().meaning(Context::Confirm, Key::Enter, false), Meaning::Do(Action::Back));
    assert_eq!(Keymap::default().meaning(Context::Confirm, Key::Char('y'), false), Meaning::Do(Action::Yes));
    assert_eq!(Keymap::default().meaning(Context::Confirm, Key::Char('j'), false), Meaning::Nothing);
}

#[test]
fn every_key_is_written_as_it_is_shown() {
    for binding in TABLE {
        for chord in binding.keys {
            assert_eq!(chord.to_string().parse(), Ok(*chord), "{chord} of {}", binding.id);
        }
    }
}

#[test]
fn keys_are_understood_as_other_programs_write_them() {
    let read = |text: &str| text.parse::<Chord>();
    assert_eq!(read("ctrl-f"), Ok(ctrl('f')));
    assert_eq!(read("C-F"), Ok(ctrl('f')));
    assert_eq!(read("A-b"), Ok(alt('b')));
    assert_eq!(read("PageDown"), Ok(one(Key::PageDown)));
    assert_eq!(read("f12"), Ok(one(Key::F(12))));
    assert_eq!(read("ж"), Ok(key('ж')));
    for wrong in ["", "ctrl-", "f13", "hyper-x", "gg", "\u{1b}"] {
        assert_eq!(read(wrong), Err(()), "{wrong:?}");
    }
}

#[test]
fn every_context_but_that_of_questions_can_be_named_in_the_settings() {
    for binding in TABLE.iter().filter(|binding| binding.context != Context::Confirm) {
        assert!(CONTEXTS.iter().any(|(_, context)| *context == binding.context), "{:?}", binding.context);
    }
}

#[test]
fn synonyms_are_of_actions_that_exist() {
    for (id, _) in SYNONYMS {
        assert!(TABLE.iter().any(|binding| binding.id == *id), "{id}");
    }
}

fn own(context: Context, chord: Chord, id: &'static str) -> Own {
    Own { context, chord, id: (id != "none").then_some(id) }
}

#[test]
fn a_persons_key_wins_over_that_of_the_table_and_the_loss_is_told() {
    let map = Keymap::new(Base::Table, &[own(Context::Global, key('y'), "search")]);
    assert_eq!(map.meaning(Context::Overview, Key::Char('y'), false), Meaning::Do(Action::SearchAll));
    assert_eq!(map.meaning(Context::Overview, Key::Char('/'), false), Meaning::Do(Action::SearchAll));
    let dropped: Vec<&str> = map.dropped().iter().map(|dropped| dropped.binding.id).collect();
    assert_eq!(dropped, ["yank"]);
    assert_eq!(map.key_of("search"), "y");
    assert_eq!(map.hint("yank", "copy"), "");
}

#[test]
fn an_action_of_everywhere_can_have_a_key_on_one_screen_only() {
    let map = Keymap::new(Base::Table, &[own(Context::Fields, key('t'), "search")]);
    assert_eq!(map.meaning(Context::Fields, Key::Char('t'), false), Meaning::Do(Action::SearchAll));
    assert_eq!(map.meaning(Context::Overview, Key::Char('t'), false), Meaning::Nothing);
    let hints = map.hints(Context::Fields, crate::tui::look::Sample::None);
    assert!(hints.iter().any(|(key, binding)| (key.to_string().as_str(), binding.hint) == ("t", "search")));
}

#[test]
fn a_key_can_be_made_to_do_nothing() {
    let map = Keymap::new(Base::Table, &[own(Context::Global, key('q'), "none")]);
    assert_eq!(map.meaning(Context::Overview, Key::Char('q'), false), Meaning::Nothing);
}

#[test]
fn without_letters_arrows_signs_and_digits_remain() {
    let map = Keymap::new(Base::Arrows, &[]);
    for letter in ['j', 'q', 'H', 'g', 'x'] {
        assert_eq!(map.meaning(Context::Import, Key::Char(letter), false), Meaning::Nothing, "{letter}");
    }
    assert_eq!(map.meaning(Context::Overview, Key::Down, false), Meaning::Do(Action::Down));
    assert_eq!(map.meaning(Context::Overview, Key::Char('6'), false), Meaning::Do(Action::Go(Tab::Ids)));
    assert_eq!(map.meaning(Context::Overview, Key::Char(':'), false), Meaning::Do(Action::Palette));
    assert_eq!(map.meaning(Context::Confirm, Key::Char('y'), false), Meaning::Do(Action::Yes));
}
