use super::*;
use proptest::prelude::*;

/// A query in one line: `&` all, `|` any, `!` not, words as they are sought, filters as `name=values`.
fn shown(expr: &Expr) -> String {
    let list = |parts: &[Expr], sign: &str| parts.iter().map(shown).collect::<Vec<_>>().join(sign);
    match expr {
        Expr::All(parts) => format!("({})", list(parts, " & ")),
        Expr::Any(parts) => format!("[{}]", list(parts, " | ")),
        Expr::Not(part) => format!("!{}", shown(part)),
        Expr::Term(Term::Text(needle)) => match (&needle.exact, &needle.accented) {
            (Some(exact), _) => format!("{exact}="),
            (None, Some(accented)) => format!("{accented}^"),
            (None, None) => needle.folded.clone(),
        },
        Expr::Term(Term::Regex(pattern)) => format!("/{}/", pattern.written()),
        Expr::Filter(filter) => format!("{filter:?}").replace('"', "'"),
    }
}

fn whole(text: &str) -> String {
    shown(&Query::parse(text).expect("a right query").root)
}

fn typed(text: &str) -> String {
    shown(&Query::typing(text).expect("a right beginning").root)
}

#[test]
fn words_phrases_and_signs() {
    let table = [
        ("", "()"),
        ("  Lunch  tomorrow ", "(lunch & tomorrow)"),
        ("José", "(josé^)"),
        ("\"See You,  Rosa\"", "(see you,  rosa)"),
        (r#""say \"hi\"""#, "(say \"hi\")"),
        ("\"Café\"= x", "(Café= & x)"),
        ("\"a\"=b", "(a & =b)"),
        ("-cat -\"a b\" -/x/", "(!cat & !a b & !/x/)"),
        ("well-known -", "(well-known & -)"),
        ("-(a b)", "(!(a & b))"),
        ("a OR b c", "([a | b] & c)"),
        ("rosa pizza OR pasta", "(rosa & [pizza | pasta])"),
        ("a OR b OR -c", "([a | b | !c])"),
        ("(a OR b) c", "(([a | b]) & c)"),
        ("((a))", "(((a)))"),
        ("or ORANGE", "(or & orange)"),
        ("\"a\"b", "(a & b)"),
        ("a\u{1f}b", "(a & b)"),
        ("\"a\u{1f}b\"", "(a b)"),
    ];
    for (text, expected) in table {
        assert_eq!(whole(text), expected, "{text:?}");
    }
}

#[test]
fn brackets_and_slashes_inside_words_are_text() {
    let table = [
        (":) f(x)", "(:) & f(x))"),
        ("(f(x) OR b)", "(([f(x) | b]))"),
        ("/lun.h/ /A/i", "(/lun.h/ & /A/)"),
        ("/see you/", "(/see you/)"),
        (r"/a\/b/ /a/b/", "(/a/b/ & /a/b/)"),
        ("/home/rosa", "(/home/rosa)"),
        ("(/a/)", "((/a/))"),
    ];
    for (text, expected) in table {
        assert_eq!(whole(text), expected, "{text:?}");
    }
}

#[test]
fn addresses_and_times_are_words() {
    for text in
        ["https://example.com/a:b", "12:30", "re:", "mailto:rosa@example.com", "aa:bb:cc", "std::io", "x:y", "a1:b"]
    {
        assert_eq!(whole(text), format!("({text})"), "{text:?}");
    }
}

#[test]
fn filters_read_their_values() {
    let table = [
        ("co:whatsapp", "Company(['whatsapp'])"),
        ("COMPANY:WhatsApp,facebook", "Company(['WhatsApp', 'facebook'])"),
        ("from:\"Rosa Quill\"", "From(['Rosa Quill'])"),
        ("from:\"Quill, Rosa\",Sam", "From(['Quill, Rosa', 'Sam'])"),
        ("in:Family", "In(['Family'])"),
        ("kind:message,Post", "Kind([Message, Post])"),
        ("how:given", "Origin([Provided])"),
        ("origin:others", "Origin([ThirdParty])"),
        ("has:link", "Has([Link])"),
        ("field:messages[].content", "Field(['messages[].content'])"),
        ("cat:location", "Category(['location'])"),
        ("mine:+447700900123", "Mine(['+447700900123'])"),
        ("others:rosa@example.com", "Others(['rosa@example.com'])"),
        ("export:facebook-rosa.quill-2026-01-15", "Export(['facebook-rosa.quill-2026-01-15'])"),
        ("section:logins", "Section(['logins'])"),
        ("with:ana", "With(['ana'])"),
        ("during:1970", "Time([0..31536000000])"),
        ("at:evening", "At([61200000..79200000])"),
        ("at:night", "At([79200000..86400000, 0..18000000])"),
        ("at:18,9:30", "At([64800000..68400000, 34200000..34260000])"),
        ("is:sensitive", "Sensitive"),
        ("has:photo,phone", "Has([Photo, Phone])"),
        ("archive:x", "Export(['x'])"),
        ("id:+447700900123", "Id(['+447700900123'])"),
    ];
    for (text, expected) in table {
        assert_eq!(whole(text), format!("({expected})"), "{text:?}");
        assert_eq!(whole(&format!("-{text}")), format!("(!{expected})"), "{text:?}");
        assert_eq!(whole(&format!("({text})")), format!("(({expected}))"), "{text:?}");
    }
}

#[test]
fn before_on_and_after_share_out_all_times() {
    let span = |text: &str| match Query::parse(text).expect("a date").root {
        Expr::All(parts) => match parts.as_slice() {
            [Expr::Filter(Filter::Time(spans))] => spans.clone(),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    let one = |text: &str| span(text).pop().expect("a span");
    assert_eq!(one("before:2019-05"), i64::MIN..1_556_668_800_000);
    assert_eq!(one("on:2019-05"), 1_556_668_800_000..1_559_347_200_000);
    assert_eq!(one("after:2019-05"), 1_559_347_200_000..i64::MAX);
    assert_eq!(span("on:2018,2019-05").len(), 2);
}

#[test]
fn a_mistake_tells_where_and_what_was_expected() {
    let table = [
        ("see \"you", 4..5, "a closing quote"),
        ("(a OR b", 0..1, "a closing bracket"),
        ("é (a", 3..4, "a closing bracket"),
        ("a OR b)", 6..7, "an opening bracket before this one"),
        ("a ()", 2..4, "something between the brackets"),
        ("a OR", 2..4, "something behind OR"),
        ("OR a", 0..2, "something before OR"),
        ("\"\"", 0..2, "something to search for"),
        ("/lun", 0..1, "a closing / of the regular expression"),
        ("a /(/", 2..5, "a regular expression (unclosed group)"),
        ("compnay:x", 0..8, "`company:` (in quotes it is text)"),
        ("a -compnay:x", 3..11, "`company:` (in quotes it is text)"),
        ("kind:mesage", 5..11, "`message`"),
        ("kind:post,mesage", 10..16, "`message`"),
        (
            "origin:guessed",
            7..14,
            "one of provided given observed inferred derived generated made third-party thirdparty others other collected",
        ),
        ("has:links", 4..9, "`link`"),
        ("before:soon", 7..11, "a year, month or day: 2019, 2019-05, 2019-05-03"),
        ("on:2019-13", 3..10, "a year, month or day: 2019, 2019-05, 2019-05-03"),
        ("at:25", 3..5, "morning, afternoon, evening, night or an hour (18, 18:30)"),
        ("is:old", 3..6, "one of sensitive"),
        ("co: x", 0..3, "a company"),
        ("from:Rosa,", 0..10, "the name of who wrote or did it"),
        ("from:\"Rosa", 5..6, "a closing quote"),
    ];
    for (text, place, expected) in table {
        let mistake = Query::parse(text).expect_err(text);
        assert_eq!((mistake.start..mistake.end, mistake.expected.as_str()), (place, expected), "{text:?}");
    }
}

#[test]
fn brackets_without_end_are_a_mistake_and_not_a_crash() {
    let mistake = Query::parse(&"(".repeat(100_000)).expect_err("too deep");
    assert_eq!(mistake.expected, "fewer brackets inside each other");
    assert!(Query::typing(&"-(".repeat(100_000)).is_err());
}

#[test]
fn what_is_still_typed_is_read_as_far_as_it_goes() {
    let table = [
        ("see \"you tom", "(see & you tom)"),
        ("(a OR b", "(([a | b]))"),
        ("a OR", "(a)"),
        ("a (", "(a)"),
        ("a \"", "(a)"),
        ("a /", "(a)"),
        ("/lun.", "(/lun./)"),
        ("a co:", "(a)"),
        ("a co:wh,", "(a & Company(['wh']))"),
        ("kind:mes", "(Kind([Message]))"),
        ("kind:p", "(Kind([Place, Photo, Payment, Post, Profile]))"),
        ("how:ob", "(Origin([Observed]))"),
        ("has:l", "(Has([Link]))"),
        ("lunch before:20", "(lunch)"),
        ("before:2019-", "()"),
        ("from:\"Rosa Q", "(From(['Rosa Q']))"),
        ("at:ev", "(At([61200000..79200000]))"),
        ("at:18:", "()"),
        ("compnay:x", "(compnay:x)"),
        ("a -", "(a & -)"),
        ("a OR b)", "([a | b)])"),
    ];
    for (text, expected) in table {
        assert_eq!(typed(text), expected, "{text:?}");
    }
}

#[test]
fn half_a_word_counts_only_at_the_end() {
    assert!(Query::typing("kind:mes lunch").is_err());
    assert!(Query::typing("before:20 lunch").is_err());
    assert!(Query::parse("kind:mes").is_err());
    assert!(Query::typing("kind:zebra").is_err());
}

#[test]
fn an_unknown_filter_is_text_while_it_is_typed_and_is_named() {
    let query = Query::typing("lunch compnay:x -colour:red").expect("text");
    assert_eq!(shown(&query.root), "(lunch & compnay:x & !colour:red)");
    assert_eq!(query.unknown, ["compnay", "colour"]);
    assert!(Query::typing("re: https://example.com co:x").expect("text").unknown.is_empty());
}

#[test]
fn terms_are_those_a_hit_may_show() {
    let query = Query::parse("a -b (c OR /d/) field:e").expect("a right query");
    assert_eq!(query.terms().len(), 3);
    assert!(Query::parse(" ").expect("nothing").is_empty());
    assert!(!query.is_empty());
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_stumble(text in "[a-d\u{e9}\"()/:, \\\\OR\u{1f}-]{0,30}|.*") {
        for read in [Query::parse(&text), Query::typing(&text)] {
            if let Err(mistake) = read {
                prop_assert!(mistake.start <= mistake.end && mistake.end <= text.len());
                prop_assert!(text.get(mistake.start..mistake.end).is_some());
            }
        }
    }
}
