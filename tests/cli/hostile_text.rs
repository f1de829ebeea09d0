//! What other people can put into one's export does nothing to the terminal.

use crate::world::*;

/// Anything that a terminal obeys or that reorders what is read.
fn risky(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}')
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn check_plain(what: &str, printed: &str) {
    let found: Vec<char> = printed.chars().filter(|c| risky(*c)).collect();
    assert!(found.is_empty(), "{what} prints {found:?}");
}

#[test]
fn the_samples_hold_what_is_tested_here() {
    let chat = crate::counter::text("whatsapp/WhatsApp Chat with Ben Zoë.txt");
    for planted in ["\u{1b}]0;pwned\u{7}", "\u{1b}[2J", "\u{9b}31m", "\u{202e}", "\u{202a}"] {
        assert!(chat.contains(planted));
    }
}

#[test]
fn escape_codes_and_overrides_never_reach_the_terminal() {
    let place = hits("pwned")[0]["locator"].as_str().expect("text").to_owned();
    let commands: [&[&str]; 14] = [
        &["search", "pwned"],
        &["search", "invoice"],
        &["search", "olé"],
        &["search", "section:chats", "--limit", "100"],
        &["search", "--json", "section:chats"],
        &["search", "--jsonl", "section:chats"],
        &["record", ENGLISH_CHAT, &place],
        &["record", ENGLISH_CHAT, &place, "--json"],
        &["fields", "--reveal"],
        &["fields", "--reveal", "--json"],
        &["ledger"],
        &["ledger", "--json"],
        &["shared", "--reveal", "--companies", "1"],
        &["summary", "--reveal"],
    ];
    for args in commands {
        let ran = tellall(args).ended(0);
        check_plain(&format!("{args:?}"), &ran.out);
        check_plain(&format!("{args:?}"), &ran.err);
    }
}

#[test]
fn what_was_written_is_still_readable_for_people() {
    let shown = tellall(&["search", "pwned"]).ended(0).out;
    assert!(shown.contains("look: ") && shown.contains("]0;pwned"), "{shown}");
    let shown = tellall(&["search", "invoice"]).ended(0).out;
    assert!(shown.contains("invoice") && shown.contains("fdp.exe is not a pdf"), "{shown}");
}

#[test]
fn json_keeps_every_character_for_programs() {
    let found = hits("pwned");
    assert_eq!(text(&found[0], "text"), "look: \u{1b}]0;pwned\u{7} and \u{1b}[2J and \u{9b}31m");
    let found = hits("invoice");
    assert_eq!(text(&found[0], "text"), "invoice\u{202e}fdp.exe is not a pdf");
    let raw = tellall(&["search", "--jsonl", "invoice"]).ended(0).out;
    assert!(raw.contains(r"invoice\u202efdp.exe"), "{raw}");
}

#[test]
fn names_of_files_and_queries_do_no_harm_either() {
    let home = Home::new();
    let file = home.file("evil\u{1b}[2J\u{202e}.json", r#"{"note": "hello"}"#);
    let ran = home.run(&["import", file.to_str().expect("UTF-8")]).ended(0);
    check_plain("import", &(ran.out + &ran.err));
    for args in [&["exports"][..], &["ledger"], &["search", "hello"], &["detect", file.to_str().expect("UTF-8")]] {
        let ran = home.run(args).ended(0);
        check_plain(&format!("{args:?}"), &(ran.out + &ran.err));
    }
    let ran = home.run(&["import", "no\u{1b}[31mwhere"]).ended(2);
    check_plain("a path that is not there", &ran.err);
    let ran = home.run(&["search", "\"\u{1b}[31m"]).ended(2);
    check_plain("a mistake", &ran.err);
}

#[test]
fn a_key_of_the_archive_that_became_part_of_a_place_cannot_talk_to_the_terminal() {
    let home = Home::new();
    let key = r"abc\u001b]0;pwned\u0007\u009b31m\u202edef";
    let cookies = format!(r#"{{"datr_stats_v2":{{"{key}":[1700000000]}}}}"#);
    home.file("fb/security_and_login_information/browser_cookies.json", cookies);
    home.file("fb/apps_and_websites_off_of_facebook/no-data.txt", "none");
    home.import(&home.path().join("fb"));
    let found = home.run(&["search", "section:cookies"]).ended(0);
    assert!(found.out.contains("abc") && found.out.contains("def"), "{}", found.out);
    let hit: serde_json::Value =
        serde_json::from_str(home.run(&["search", "--jsonl", "section:cookies"]).ended(0).out.trim()).expect("one hit");
    let record = home.run(&["record", text(&hit, "export"), text(&hit, "locator")]).ended(0);
    for printed in [&found.out, &found.err, &record.out, &record.err] {
        let risky = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!printed.contains(risky), "{printed:?}");
    }
}
