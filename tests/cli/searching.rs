//! The query language, by what it finds in the samples.

use crate::world::*;

#[test]
fn a_word_without_accents_finds_all_spellings_and_one_with_an_accent_its_own() {
    assert_eq!(count("jose@example"), 1);
    assert_eq!(count("josé@example"), 0, "an accent that is typed is meant");
    assert_eq!(count("jose"), count("josé"), "nobody in the samples writes the name without it, save beside it");
    assert_eq!(count("cafe"), count("café"));
    assert_eq!(count("CAFE"), count("café"));
    assert_eq!(count("zoe@example"), 1);
    assert_eq!(count("zoë@example"), 0);
}

/// Facebook 2024 has three messages with a café of which one is also in 2019, 2023 one, WhatsApp one, Messenger one.
#[test]
fn a_word_is_found_in_every_company_at_once() {
    let companies = |query: &str| {
        let found = hits(query);
        let mut companies: Vec<String> = found.iter().map(|hit| text(hit, "company").to_owned()).collect();
        companies.sort();
        companies
    };
    assert_eq!(companies("café"), ["facebook", "facebook", "facebook", "messenger", "whatsapp"]);
}

#[test]
fn words_are_all_wanted_in_any_order_and_match_inside_words() {
    assert_eq!(count("train take"), 1);
    assert_eq!(count("take train"), 1);
    assert_eq!(count("rain tak could"), 1);
    assert_eq!(count("train zebra"), 0);
}

#[test]
fn a_phrase_is_wanted_as_it_stands() {
    assert_eq!(count(r#""take the train""#), 1);
    assert_eq!(count(r#""train the take""#), 0);
}

#[test]
fn or_wants_either_and_minus_wants_none() {
    let (key, train) = (count(r#""the shed""#), count(r#""the train""#));
    assert_eq!((key, train), (1, 1));
    assert_eq!(count(r#""the shed" OR "the train""#), 2);
    assert_eq!(count("section:messages co:messenger"), 7);
    assert_eq!(count("section:messages co:messenger -shed"), 6);
    assert_eq!(count(r#"("the shed" OR hanako) -key"#), 1);
}

#[test]
fn a_regular_expression_is_one() {
    assert_eq!(count(r"/\bkey to the sh[aeiou]d\b/"), 1);
    assert_eq!(count(r"/\bkey to the sh[xyz]d\b/"), 0);
}

#[test]
fn other_scripts_are_found_by_any_part() {
    assert_eq!(count("日曜"), 1);
    assert_eq!(count("🔑"), 1);
    assert_eq!(count("Kasekuchen"), 2, "an interest, and a search");
}

#[test]
fn text_that_only_looks_like_mojibake_stays_as_it_is() {
    let found = hits("co:messenger writes");
    assert_eq!(texts(&found, "text"), ["Ã© is how Facebook writes é"]);
}

#[test]
fn each_filter_keeps_what_it_says() {
    let cases: [(&str, u64); 29] = [
        ("company:messenger", 11),
        ("co:messenger section:messages", 7),
        ("co:messenger kind:message", 7),
        ("co:facebook kind:login section:logins", 4),
        ("co:facebook kind:search", 5),
        ("field:udid", 1),
        ("field:devices_v2[].udid", 1),
        ("field:type PURCHASE", 1),
        ("section:posts field:name Pulteney", 1),
        ("co:facebook category:religion", 1),
        ("cat:health co:facebook", 1),
        ("origin:inferred section:ad_interests export:facebook-rosa.quill-2024-11-02", 4),
        ("how:inferred section:ad_interests export:facebook-rosa.quill-2021-06-01", 40),
        (r#"from:"Sam Okafor""#, 1),
        ("from:hanako", 0),
        ("from:花子", 1),
        ("in:Allotment co:messenger kind:message", 3),
        (r#"in:"Marta Quill" section:chats"#, 7),
        ("on:2024-02-14 section:chats", 5),
        ("on:2024-02 section:chats", 13),
        ("on:2023 section:chats", 4),
        ("after:2024-02-15 section:chats", 1),
        ("before:2024 section:chats", 4),
        ("after:2024-02-13 before:2024-02-15 section:chats", 5),
        ("section:terms has:time", 2),
        ("section:contacts co:whatsapp -has:time", 6),
        ("has:link section:chats", 1),
        ("has:place section:location_exact", 1),
        ("export:whatsapp-chat-mit-marta-quill-2024-01-14 has:media", 3),
    ];
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(query, expected)| {
            let found = count(query);
            (found != *expected).then(|| format!("{query}: {found}, not {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn identifiers_are_found_in_any_spelling() {
    let by_e164 = count("mine:+447700900123");
    assert!(by_e164 >= 5, "three snapshots of Facebook, WhatsApp, the shop");
    assert_eq!(count(r#"mine:"+44 7700 900123""#), by_e164);
    assert_eq!(count("others:+447700900123"), 0, "it is nobody else's");
    assert_eq!(count("others:+447700900456 co:whatsapp"), 1);
    assert_eq!(count("mine:+447700900456"), 0);
}

#[test]
fn an_identifier_is_found_whosesoever_it_is() {
    for mine in ["+447700900123", "\"+44 7700 900123\""] {
        assert_eq!(count(&format!("id:{mine}")), count("mine:+447700900123"));
    }
    assert_eq!(count("id:+447700900456"), count("others:+447700900456"));
}

/// Two conversations of four and three messages; each has one more record, of its title and members.
#[test]
fn with_finds_whole_conversations_in_which_somebody_wrote_or_which_are_called_so() {
    assert_eq!(count("co:messenger kind:message from:花子"), 1);
    assert_eq!(count("co:messenger kind:message with:花子"), 3);
    assert_eq!(count("co:messenger kind:message with:Ben"), 4);
    assert_eq!(count("co:messenger kind:message with:allotment,ben"), 7);
    assert_eq!(count("co:messenger with:zebra"), 0);
}

#[test]
fn every_time_of_day_is_in_one_part_of_the_day() {
    let all = count("co:messenger kind:message has:time");
    let parts =
        ["morning", "afternoon", "evening", "night"].map(|part| count(&format!("co:messenger kind:message at:{part}")));
    assert_eq!((all, parts), (7, [4, 0, 3, 0]));
    assert_eq!(count("co:messenger kind:message at:19"), 3);
    assert_eq!(count("co:messenger kind:message at:19:34"), 1);
    assert_eq!(count("co:messenger kind:message at:5,19:34"), 3);
}

#[test]
fn during_is_on_and_archive_is_export() {
    assert_eq!(count("during:2023 section:chats"), count("on:2023 section:chats"));
    assert_eq!(count(&format!("archive:{FACEBOOK_2021}")), count(&format!("export:{FACEBOOK_2021}")));
}

#[test]
fn a_phrase_with_an_equals_sign_is_wanted_letter_by_letter() {
    assert_eq!((count("\"take the train\"="), count("\"Take the train\"=")), (1, 0));
    assert!(count("café") > 0);
    assert_eq!(count("\"café\"="), count("café"));
    assert_eq!((count("\"Café\"="), count("\"cafe\"=")), (0, 0));
}

#[test]
fn special_categories_are_found_without_naming_them() {
    assert_eq!(count("co:facebook category:religion -is:sensitive"), 0);
    assert_eq!(count("cat:health -is:sensitive"), 0);
    assert_eq!(count("is:sensitive category:email -cat:health -cat:religion co:whatsapp"), 0);
}

#[test]
fn numbers_addresses_and_photos_are_things_to_have() {
    assert_eq!(count("co:facebook has:phone"), count("co:facebook category:phone"));
    assert_eq!(count("co:facebook has:email"), count("co:facebook category:email"));
    assert_eq!(count("section:chats has:photo -has:media"), 0, "a photo is a medium");
    assert!(count("section:chats has:photo") > 0);
}

#[test]
fn matches_tell_the_bytes_of_the_value_that_hold_the_word() {
    for (query, word) in [("café", "café"), ("cafe", "café"), ("TRAIN", "train"), ("日曜", "日曜"), ("jose", "josé")]
    {
        let found = hits(query);
        assert!(!found.is_empty());
        for hit in &found {
            let matches = list(hit, "matches");
            assert!(!matches.is_empty(), "{query} in {hit}");
            for place in matches {
                let at = |key: &str| place[key].as_u64().expect("a number") as usize;
                let holds = list(hit, "values").iter().filter(|value| value["field"] == place["field"]).any(|value| {
                    let bytes = text(value, "value").get(at("start")..at("end"));
                    bytes.is_some_and(|bytes| {
                        let bytes = bytes.to_lowercase();
                        bytes == word || bytes == query.to_lowercase()
                    })
                });
                assert!(holds, "{query}: {place} in {hit}");
            }
        }
    }
}

#[test]
fn newest_come_first_unless_oldest_are_asked_for() {
    let times = |sort: &str| {
        let found = tellall(&["search", "--jsonl", "--sort", sort, "section:chats has:time"]).ended(0).out;
        let hits = found.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
        hits.map(|hit| text(&hit, "time").to_owned()).collect::<Vec<_>>()
    };
    let (newest, oldest) = (times("newest"), times("oldest"));
    assert_eq!(newest.len(), 26);
    assert!(newest.is_sorted_by(|one, two| one >= two), "{newest:?}");
    assert!(oldest.is_sorted(), "{oldest:?}");
}

#[test]
fn the_best_match_comes_first_if_it_is_asked_for() {
    let texts = |args: &[&str]| {
        let found = tellall(&[&["search", "--sort", "best", "--jsonl"], args].concat()).ended(0).out;
        let hits = found.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
        hits.map(|hit| text(&hit, "text").to_lowercase()).collect::<Vec<_>>()
    };
    let is_whole = |text: &String| text.split(|c: char| !c.is_alphanumeric()).any(|word| word == "the");
    let found = texts(&["the kind:message"]);
    let whole = found.iter().filter(|text| is_whole(text)).count();
    assert!(whole > 0 && whole < found.len(), "{found:?}");
    assert!(found.iter().take(whole).all(is_whole), "{found:?}");
    assert_eq!(texts(&["the kind:message", "--limit", "1"]), found[..1]);
}

#[test]
fn a_limit_limits_the_records_and_not_the_count() {
    let found = tellall(&["search", "section:chats", "--limit", "2", "--json"]).ended(0).json();
    assert_eq!(list(&found, "hits").len(), 2);
    assert_eq!((&found["count"], &found["exact"]), (&26.into(), &true.into()));
    let lines = tellall(&["search", "section:chats", "--limit", "2", "--jsonl"]).ended(0).out;
    assert_eq!(lines.lines().count(), 2);
    let ran = tellall(&["search", "section:chats", "--limit", "2"]).ended(0);
    assert_eq!(ran.err, "tellall: 2 of 26 records; --limit N shows more\n");
}

#[test]
fn nothing_found_ends_with_1_and_says_nothing() {
    let ran = tellall(&["search", "zebra"]).ended(1);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", ""));
    assert_eq!(tellall(&["search", "--count", "zebra"]).ended(1).out, "0\n");
}

#[test]
fn a_mistake_is_marked_at_its_place_and_ends_with_2() {
    let cases = [
        ("\"abc", "^", "a closing quote"),
        ("after:soon", "      ^^^^", "a year, month or day: 2019, 2019-05, 2019-05-03"),
        ("x (y", "  ^", "a closing bracket"),
        ("日曜 /[/", "     ^^^", "a regular expression (unclosed character class)"),
    ];
    for (query, mark, expected) in cases {
        let ran = tellall(&["search", query]).ended(2);
        assert_eq!(ran.out, "");
        assert_eq!(ran.err, format!("tellall: {query}\ntellall: {mark}\ntellall: {expected}\n"));
    }
    let unknown = tellall(&["search", "colour:red"]).ended(2).err;
    assert!(unknown.contains("\ntellall: ^^^^^^^\n") && unknown.contains("company:"), "{unknown}");
}

#[test]
fn the_locator_of_every_hit_opens_its_record() {
    for hit in hits("co:messenger").iter().chain(&hits("section:chats")).chain(&hits("co:larkspur")) {
        let record = tellall(&["record", text(hit, "export"), text(hit, "locator"), "--json"]).ended(0).json();
        for same in ["export", "section", "time", "who", "thread", "text", "entry", "locator"] {
            assert_eq!(record[same], hit[same]);
        }
        let values = |of: &serde_json::Value| texts(list(of, "values"), "value").join("\n");
        assert_eq!(values(&record), values(hit));
    }
}

#[test]
fn a_record_or_export_that_is_not_there_is_told() {
    let nowhere = tellall(&["record", ENGLISH_CHAT, "line 999"]).ended(1);
    assert!(nowhere.err.contains("no record is at line 999"), "{}", nowhere.err);
    let nobody = tellall(&["record", "facebook-nobody", "."]).ended(2);
    assert!(nobody.err.contains("no export is called facebook-nobody"), "{}", nobody.err);
    tellall(&["ledger", "facebook-nobody"]).ended(2);
}
