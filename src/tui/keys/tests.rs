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
fn every_binding_has_keys_an_id_of_its_own_and_words() {
    let mut ids = HashSet::new();
    for binding in TABLE {
        assert!(ids.insert(binding.id), "{}", binding.id);
        assert!(!binding.keys.is_empty() && !binding.does.is_empty(), "{}", binding.id);
    }
}

#[test]
fn a_screens_own_binding_goes_before_that_of_everywhere() {
    assert_eq!(meaning(Context::Import, Key::Char('o'), false), Meaning::Do(Action::AddPath));
    assert_eq!(meaning(Context::Overview, Key::Char('o'), false), Meaning::Do(Action::Source));
    assert_eq!(meaning(Context::Overview, Key::Char('j'), false), Meaning::Do(Action::Down));
}

#[test]
fn g_waits_for_a_second_key_except_while_typing() {
    assert_eq!(meaning(Context::Fields, Key::Char('g'), false), Meaning::Wait);
    assert_eq!(meaning(Context::Fields, Key::Char('g'), true), Meaning::Do(Action::First));
    assert_eq!(meaning(Context::Fields, Key::Char('i'), true), Meaning::Do(Action::Go(Tab::Ids)));
    assert_eq!(meaning(Context::Input, Key::Char('g'), false), Meaning::Nothing);
}

#[test]
fn only_y_says_yes() {
    assert_eq!(meaning(Context::Confirm, Key::Enter, false), Meaning::Do(Action::Back));
    assert_eq!(meaning(Context::Confirm, Key::Char('y'), false), Meaning::Do(Action::Yes));
    assert_eq!(meaning(Context::Confirm, Key::Char('j'), false), Meaning::Nothing);
}
