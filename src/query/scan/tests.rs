use super::super::memory::{Line, Memory, SECTIONS};
use super::super::source::Source;
use super::*;
use crate::index::StoredIdentifier;
use crate::record::{IdKind, Origin};
use std::sync::atomic::Ordering::Relaxed;

pub(in crate::query) fn sources(exports: &[Memory]) -> Vec<&dyn Source> {
    exports.iter().map(|export| export as &dyn Source).collect()
}

pub(super) fn page_of(exports: &[Memory], query: &str, sort: Sort, after: Option<Hit>, limit: usize) -> Page {
    let query = Query::parse(query).expect("a right query");
    let sources = sources(exports);
    pages::find(&Plans::new(&query, &sources), Request { sort, after, limit }, &Ticket::default())
}

pub(super) fn counts_of(exports: &[Memory], query: &str) -> Counts {
    let query = Query::parse(query).expect("a right query");
    counting::count(&Plans::new(&query, &sources(exports)), &Ticket::default())
}

fn view_of(exports: &[Memory], query: &str, hit: Hit) -> HitView {
    let query = Query::parse(query).expect("a right query");
    shown::views(&sources(exports), &query, &[hit]).pop().flatten().expect("a hit of these exports")
}

/// The first value of every hit, newest first.
fn found(exports: &[Memory], query: &str) -> Vec<String> {
    let hits = page_of(exports, query, Sort::Newest, None, 1000).hits;
    hits.iter().map(|hit| view_of(exports, query, *hit).values[0].1.clone()).collect()
}

fn at(seconds: i64) -> Option<Time> {
    Time::utc_s(seconds)
}

/// A message of a second after 2001-09-09.
fn message(second: i64, text: &str) -> Line {
    Line { time: at(1_000_000_000 + second), values: vec![("content", text.to_owned())], ..Line::default() }
}

fn check(lines: &[Line], query: &str, expected: &[&str]) {
    assert_eq!(found(&[Memory::new("facebook", lines, 2)], query), expected, "{query}");
}

#[test]
fn words_match_inside_words_and_accents_only_if_typed() {
    let lines =
        [message(4, "José was here"), message(3, "jose too"), message(2, "JOSE\u{301}PHINE"), message(1, "nobody")];
    check(&lines, "jose", &["José was here", "jose too", "JOSE\u{301}PHINE"]);
    check(&lines, "josé", &["José was here", "JOSE\u{301}PHINE"]);
    check(&lines, "jose -josé", &["jose too"]);
    check(&lines, "-jose", &["nobody"]);
    check(&lines, "\"was here\" OR nobody", &["José was here", "nobody"]);
    check(&lines, "\"was  here\"", &[]);
    check(&lines, "/jos..p/", &["JOSE\u{301}PHINE"]);
    check(&lines, "/^no.*y$/", &["nobody"]);
}

#[test]
fn a_word_or_phrase_never_spans_values_or_records() {
    let two = |second, one: &str, other: &str| Line {
        values: vec![("content", one.to_owned()), ("title", other.to_owned())],
        ..message(second, "")
    };
    let lines = [two(3, "ab", "cd"), two(2, "x", "bc"), two(1, "c", "d")];
    check(&lines, "bc", &["x"]);
    check(&lines, "/bc/", &["x"]);
    check(&lines, "dx", &[]);
    check(&lines, "ab cd", &["ab"]);
    check(&lines, "\"b\u{1f}c\"", &[]);
}

#[test]
fn a_word_over_the_border_of_two_records_hides_none() {
    let lines = [message(3, "aab"), message(2, "ab"), message(1, "a"), message(0, "bab")];
    check(&lines, "ab", &["aab", "ab", "bab"]);
    let many: Vec<Line> = (0..3000).map(|second| message(second, ["a", "b", "", "ab"][second as usize % 4])).collect();
    assert_eq!(counts_of(&[Memory::new("facebook", &many, 5000)], "ab").count, 750);
}

#[test]
fn filters_choose_company_section_kind_person_and_thread() {
    let chat = |second, text: &str, who, thread| Line { who: Some(who), thread: Some(thread), ..message(second, text) };
    let lines = [
        chat(9, "one", "Rosa Quill", "Family"),
        chat(8, "two", "Sam", "Family & Friends"),
        chat(7, "three", "José", "Work"),
        Line { section: 1, ..message(6, "four") },
    ];
    let exports = [Memory::new("facebook", &lines, 2), Memory::new("whatsapp", &lines[..1], 2)];
    let table: [(&str, &[&str]); 14] = [
        ("co:face", &["one", "two", "three", "four"]),
        ("company:WHATSAPP", &["one"]),
        ("-co:facebook", &["one"]),
        ("export:whatsapp-rosa.quill-2026-01-15", &["one"]),
        ("kind:login", &["four"]),
        ("kind:login,message co:facebook", &["one", "two", "three", "four"]),
        ("section:Logins", &["four"]),
        ("from:quill co:facebook", &["one"]),
        ("from:jose", &["three"]),
        ("from:josè", &[]),
        ("in:\"family &\"", &["two"]),
        ("in:key-work", &["three"]),
        ("from:sam OR from:jose", &["two", "three"]),
        ("co:facebook -from:Rosa -kind:login", &["two", "three"]),
    ];
    for (query, expected) in table {
        assert_eq!(found(&exports, query), expected, "{query}");
    }
}

#[test]
fn an_exact_name_stands_alone_and_half_a_name_for_all_that_hold_it() {
    let exports = [Memory::new("x", &[message(2, "one")], 2), Memory::new("xing", &[message(1, "two")], 2)];
    assert_eq!(found(&exports, "co:x"), ["one"]);
    assert_eq!(found(&exports, "co:xi"), ["two"]);
    assert_eq!(found(&exports, "co:X,xing"), ["one", "two"]);
    assert_eq!(found(&exports, "co:nobody"), [""; 0]);
}

#[test]
fn a_field_filter_says_where_words_are_sought() {
    let lines = [
        Line { values: vec![("content", "paris".to_owned()), ("address.city", "London".to_owned())], ..message(3, "") },
        Line { values: vec![("content", "hello".to_owned()), ("address.city", "Paris".to_owned())], ..message(2, "") },
        message(1, "Paris alone"),
    ];
    check(&lines, "field:city", &["paris", "hello"]);
    check(&lines, "field:address.city paris", &["hello"]);
    check(&lines, "(field:city) paris", &["paris", "hello"]);
    check(&lines, "field:cit (paris OR london)", &["paris", "hello"]);
    check(&lines, "field:city /^par/", &["hello"]);
    check(&lines, "field:city -paris", &["paris"]);
    check(&lines, "-field:city", &["Paris alone"]);
    check(&lines, "field:city field:content london", &["paris"]);
    check(&lines, "field:city OR alone", &["paris", "hello", "Paris alone"]);
}

#[test]
fn category_and_origin_speak_of_the_same_value() {
    let line = |second, city: &str| Line {
        values: vec![("content", city.to_owned()), ("guess", "dogs".to_owned())],
        ..message(second, "")
    };
    let mut export = Memory::new("facebook", &[line(2, "dogs"), message(1, "dogs")], 2);
    export.field("guess").origin = Origin::Inferred;
    export.field("content").category = Some("gps".to_owned());
    let exports = [export];
    assert_eq!(found(&exports, "how:inferred dogs").len(), 1);
    assert_eq!(found(&exports, "cat:gps origin:observed").len(), 2);
    assert_eq!(found(&exports, "cat:gps origin:inferred").len(), 0);
    assert_eq!(found(&exports, "(cat:gps) (origin:inferred)").len(), 1);
    assert_eq!(found(&exports, "has:place").len(), 2);
}

#[test]
fn times_are_those_on_the_wall_as_written() {
    let civil = jiff::civil::date(2018, 12, 31).at(23, 30, 0, 0);
    let lines = [
        Line { time: Time::at_offset(civil, -120), ..message(0, "new year in Greenwich, not here") },
        Line { time: Time::local(jiff::civil::date(2019, 1, 1).at(0, 0, 0, 0)), ..message(0, "midnight") },
        Line { time: Time::day(jiff::civil::date(2018, 5, 3)), ..message(0, "a day") },
        Line { time: None, ..message(0, "no time") },
    ];
    check(&lines, "on:2018", &["new year in Greenwich, not here", "a day"]);
    check(&lines, "before:2019", &["new year in Greenwich, not here", "a day"]);
    check(&lines, "after:2018", &["midnight"]);
    check(&lines, "on:2018-05-03", &["a day"]);
    check(&lines, "has:time -on:2018", &["midnight"]);
    check(&lines, "-has:time", &["no time"]);
    let years = counts_of(&[Memory::new("facebook", &lines, 2)], "-zebra").years;
    assert_eq!(years, [(None, 1), (Some(2018), 2), (Some(2019), 1)]);
}

#[test]
fn links_and_media_are_seen_in_values() {
    let lines = [message(3, "see HTTPS://example.org"), message(2, "IMG-1.jpg"), message(1, "http is a protocol")];
    check(&lines, "has:link", &["see HTTPS://example.org"]);
    check(&lines, "has:media", &["IMG-1.jpg"]);
    check(&lines, "has:link,media", &["see HTTPS://example.org", "IMG-1.jpg"]);
}

fn phone(field: u32, normal: &str, as_written: &str, mine: bool) -> StoredIdentifier {
    StoredIdentifier {
        kind: IdKind::Phone,
        normal: normal.to_owned(),
        field,
        mine,
        as_written: as_written.to_owned(),
        rule: "E.164".to_owned(),
        entry: 0,
        place: 0,
        at: 0,
        records: 1,
        first: None,
        last: None,
    }
}

#[test]
fn an_identifier_is_found_in_any_spelling_and_by_whose_it_is() {
    let contact = |second, number: &str| Line { values: vec![("phone", number.to_owned())], ..message(second, "") };
    let lines = [
        contact(4, "+44 7700 900123"),
        contact(3, "07700 900123"),
        contact(2, "+447700900456"),
        message(1, "+447700900123"),
    ];
    let mut facebook = Memory::new("facebook", &lines, 2);
    facebook.identifiers.push(phone(0, "+447700900123", "+44 7700 900123", true));
    facebook.identifiers.push(phone(0, "+447700900456", "+447700900456", false));
    let mut whatsapp = Memory::new("whatsapp", &[contact(0, "+447700900123")], 2);
    whatsapp.identifiers.push(phone(0, "+447700900123", "+447700900123", false));
    let exports = [facebook, whatsapp];
    let mine = ["+44 7700 900123", "07700 900123", "+447700900123"];
    for query in ["mine:+447700900123", "mine:\"07700 900123\"", "mine:0044-7700-900123", "mine:phone", "mine:900123"] {
        assert_eq!(found(&exports, query), mine, "{query}");
    }
    assert_eq!(found(&exports, "others:447700900"), ["+447700900456"]);
    assert_eq!(found(&exports, "mine:900456"), [""; 0]);
}

#[test]
fn from_me_is_the_owner_of_the_account() {
    let by = |second, who| Line { who: Some(who), ..message(second, who) };
    let exports = [Memory::new("facebook", &[by(3, "Rosa.Quill"), by(2, "James"), by(1, "You")], 2)];
    assert_eq!(found(&exports, "from:me"), ["Rosa.Quill", "You"]);
    assert_eq!(found(&exports, "from:me,jam"), ["Rosa.Quill", "James", "You"]);
}

#[test]
fn records_come_newest_first_with_those_without_time_last() {
    let untimed = |text: &str| Line { time: None, ..message(0, text) };
    let lines = [untimed("none a"), message(5, "five a"), message(9, "nine"), message(5, "five b"), untimed("none b")];
    let exports = [Memory::new("facebook", &lines, 2), Memory::new("whatsapp", &[message(5, "five c")], 2)];
    let texts = |sort| {
        let hits = page_of(&exports, "", sort, None, 100).hits;
        hits.iter().map(|hit| view_of(&exports, "", *hit).values[0].1.clone()).collect::<Vec<_>>()
    };
    assert_eq!(texts(Sort::Newest), ["nine", "five a", "five b", "five c", "none a", "none b"]);
    assert_eq!(texts(Sort::Oldest), ["five a", "five b", "five c", "nine", "none a", "none b"]);
}

#[test]
fn a_page_says_whether_more_follow() {
    let exports = [Memory::new("facebook", &[message(1, "a"), message(2, "a"), message(3, "b")], 2)];
    assert!(page_of(&exports, "a", Sort::Newest, None, 1).more);
    assert!(!page_of(&exports, "a", Sort::Newest, None, 2).more);
    let none = page_of(&exports, "a", Sort::Newest, None, 0);
    assert!(none.more && none.hits.is_empty());
}

#[test]
fn a_rare_word_is_found_behind_thousands_of_records_in_order() {
    let text = |n: i64| if n % 1700 == 3 { "needle" } else { "hay" };
    let lines: Vec<Line> = (0..9000).map(|n| message(n * 7919 % 9000, text(n))).collect();
    let exports = [Memory::new("facebook", &lines[..4000], 1500), Memory::new("whatsapp", &lines[4000..], 1500)];
    for sort in [Sort::Newest, Sort::Oldest] {
        let all = page_of(&exports, "needle", sort, None, 100);
        let times: Vec<_> = all.hits.iter().map(|hit| view_of(&exports, "", *hit).time).collect();
        let in_order = if sort == Sort::Newest { times.is_sorted_by(|a, b| a >= b) } else { times.is_sorted() };
        assert!(in_order && times.len() == 6);
        let first = page_of(&exports, "needle", sort, None, 4);
        let second = page_of(&exports, "needle", sort, first.hits.last().copied(), 4);
        assert_eq!((first.more, second.more), (true, false));
        assert_eq!([first.hits, second.hits].concat(), all.hits);
    }
}

#[test]
fn a_page_behind_a_record_that_is_gone_says_so() {
    let exports = [Memory::new("facebook", &[message(1, "a")], 2)];
    let gone = Hit { segment: 0, batch: 7, row: 0 };
    let page = page_of(&exports, "a", Sort::Newest, Some(gone), 10);
    assert!(page.hits.is_empty());
    assert_eq!(page.unread.len(), 1);
}

#[test]
fn what_a_newer_export_holds_too_counts_once() {
    let mut export = Memory::new("facebook", &[message(1, "a"), message(2, "a"), message(3, "b")], 2);
    export.shadowed.insert((0, 1));
    let exports = [export];
    assert_eq!(counts_of(&exports, "a").count, 1);
    assert_eq!(counts_of(&exports, "").count, 2);
    assert_eq!(found(&exports, ""), ["b", "a"]);
}

#[test]
fn a_damaged_batch_costs_its_records_and_is_told() {
    let mut export = Memory::new("facebook", &[message(1, "a"), message(2, "a"), message(3, "a")], 1);
    export.damaged = Some(1);
    let exports = [export];
    let counts = counts_of(&exports, "a");
    assert_eq!((counts.count, counts.exact, counts.unread.len()), (2, false, 1));
    let page = page_of(&exports, "a", Sort::Newest, None, 10);
    assert_eq!((page.hits.len(), page.unread), (2, vec!["batch 1 is damaged".to_owned()]));
}

#[test]
fn counts_have_facets_by_count_and_name() {
    let lines = [message(1, "a"), message(2, "a"), Line { section: 1, ..message(40_000_000, "a") }];
    let exports = [Memory::new("whatsapp", &lines[..1], 2), Memory::new("facebook", &lines, 2)];
    for query in ["a", ""] {
        let counts = counts_of(&exports, query);
        let section = |company: &str, id: &str| (company.to_owned(), id.to_owned());
        assert_eq!(counts.count, 4, "{query:?}");
        assert!(counts.exact);
        assert_eq!(counts.companies, [("facebook".to_owned(), 3), ("whatsapp".to_owned(), 1)]);
        assert_eq!(
            counts.sections,
            [
                (section("facebook", "messages"), 2),
                (section("facebook", "logins"), 1),
                (section("whatsapp", "messages"), 1)
            ]
        );
        assert_eq!(counts.kinds, [(Kind::Message, 3), (Kind::Login, 1)]);
        assert_eq!(counts.years, [(Some(2001), 3), (Some(2002), 1)]);
    }
}

#[test]
fn counting_everything_reads_no_records() {
    let exports = [Memory::new("facebook", &[message(1, "a"), message(2, "b")], 1)];
    assert_eq!(counts_of(&exports, "").count, 2);
    assert_eq!(exports[0].asked.load(Relaxed), 0);
    assert_eq!(counts_of(&exports, "a").count, 1);
    assert_eq!(exports[0].asked.load(Relaxed), 2);
}

#[test]
fn batches_outside_the_time_asked_for_are_not_read() {
    let lines: Vec<Line> = (0..10).map(|year| message(year * 31_557_600, "a")).collect();
    let exports = [Memory::new("facebook", &lines, 1)];
    assert_eq!(counts_of(&exports, "on:2005").count, 1);
    assert_eq!(exports[0].asked.load(Relaxed), 1);
}

#[test]
fn a_ticket_cancelled_before_stops_all_work() {
    let exports = [Memory::new("facebook", &(0..5000).map(|n| message(n, "a")).collect::<Vec<_>>(), 100)];
    let ticket = Ticket::default();
    ticket.clone().cancel();
    let query = Query::parse("-zebra").expect("a right query");
    let sources = sources(&exports);
    let plans = Plans::new(&query, &sources);
    let page = pages::find(&plans, Request { sort: Sort::Newest, after: None, limit: 10 }, &ticket);
    assert!(page.cancelled && page.hits.is_empty());
    let counts = counting::count(&plans, &ticket);
    assert_eq!((counts.count, counts.exact), (0, false));
}

#[test]
fn a_ticket_cancelled_on_the_way_stops_within_the_batches_at_hand() {
    let ticket = Ticket::default();
    let mut export = Memory::new("facebook", &(0..5000).map(|n| message(n, "a")).collect::<Vec<_>>(), 10);
    export.cancels = Some((5, ticket.clone()));
    let exports = [export];
    let query = Query::parse("-zebra").expect("a right query");
    let counts = counting::count(&Plans::new(&query, &sources(&exports)), &ticket);
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    assert!(exports[0].asked.load(Relaxed) <= 5 + cores, "of 500 batches");
    assert!(counts.count <= 10 * (5 + cores as u64) && !counts.exact);
}

#[test]
fn a_view_tells_everything_of_a_hit_and_where_the_terms_stand() {
    let line = Line {
        who: Some("Rosa Quill"),
        thread: Some("Family"),
        values: vec![("sender", "Rosa".to_owned()), ("content", "Café CAFE\u{301} José".to_owned())],
        ..message(0, "")
    };
    let exports = [Memory::new("facebook", &[line], 2)];
    let hit = Hit { segment: 0, batch: 0, row: 0 };
    let view = view_of(&exports, "cafe OR josé OR /ros./ -sam", hit);
    assert_eq!(view.export, "facebook-rosa.quill-2026-01-15");
    assert_eq!((view.company.as_str(), view.company_name.as_str()), ("facebook", "FACEBOOK"));
    assert_eq!((view.section.as_str(), view.section_name.as_str(), view.kind), SECTIONS[0]);
    assert_eq!(view.time, at(1_000_000_000));
    assert_eq!((view.who.as_deref(), view.thread.as_deref()), (Some("Rosa Quill"), Some("Family")));
    assert_eq!(view.text.as_deref(), Some("Café CAFE\u{301} José"));
    assert_eq!((view.entry.as_str(), view.place.as_str()), ("inbox/message_1.json", "messages[0]"));
    let marked: Vec<(usize, &str)> =
        view.matches.iter().filter_map(|m| Some((m.value, view.values.get(m.value)?.1.get(m.start..m.end)?))).collect();
    assert_eq!(marked, [(0, "Rosa"), (1, "Café"), (1, "CAFE\u{301}"), (1, "José")]);
    let scoped = view_of(&exports, "field:sender o", hit);
    assert_eq!(scoped.matches, [Match { value: 0, start: 1, end: 2 }]);
}

#[test]
fn a_view_of_no_record_is_none() {
    let exports = [Memory::new("facebook", &[message(1, "a")], 2)];
    let hits = [(1, 0, 0), (0, 1, 0), (0, 0, 1)].map(|(segment, batch, row)| Hit { segment, batch, row });
    let query = Query::parse("a").expect("a right query");
    assert!(shown::views(&sources(&exports), &query, &hits).iter().all(Option::is_none));
}
