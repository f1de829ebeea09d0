//! Whole chats: bytes in, records out.

use super::{chat_title, looks_like_chat};
use crate::decode::Decoder;
use crate::decode::time::Clock;
use crate::emit::collect::{Collected, Collection};
use crate::record::IdKind;
use crate::sheets::{FieldPattern, FieldRule, Section};

fn section() -> Section {
    let field = |text| FieldPattern::parse(text).expect("well formed");
    Section { who: vec![field("sender")], text: vec![field("text")], ..Section::default() }
}

fn read_as(name: &str, section: &Section, bytes: &[u8]) -> Collection {
    let found = Collection::of(Decoder::Chat, section, false, name, bytes);
    assert_eq!(found.error, None);
    found
}

fn read(text: &str) -> Collection {
    read_as("WhatsApp Chat with Rosa Quill.txt", &section(), text.as_bytes())
}

/// Time, who, event and text of a record, the parts that are not there as `-`.
fn shown(record: &Collected) -> String {
    let time = record.time.map(|time| time.to_string());
    let part = |part: Option<&str>| part.unwrap_or("-").to_owned();
    let (who, event) = (part(record.who.as_deref()), part(record.get("event")));
    format!("{} {who} {event}: {}", part(time.as_deref()), part(record.get("text")))
}

fn check(text: &str, expected: &[&str]) {
    let found = read(text);
    assert_eq!(found.records.iter().map(shown).collect::<Vec<_>>(), expected);
}

#[test]
fn an_android_chat_gives_one_record_a_message() {
    let text = "1/2/24, 3:04 PM - Messages and calls are end-to-end encrypted. Tap to learn more.\n\
                1/13/24, 3:05 PM - Rosa Quill: hello\nsecond line\n\nfourth: line\n\
                1/14/24, 12:06 AM - Ben: IMG-20240102-WA0001.jpg (file attached)\na caption\n";
    check(
        text,
        &[
            "2024-01-02T15:04:00 - system: Messages and calls are end-to-end encrypted. Tap to learn more.",
            "2024-01-13T15:05:00 Rosa Quill -: hello\nsecond line\n\nfourth: line",
            "2024-01-14T00:06:00 Ben -: IMG-20240102-WA0001.jpg (file attached)\na caption",
        ],
    );
    let found = read(text);
    let places: Vec<&str> = found.records.iter().map(|record| record.locator.as_str()).collect();
    assert_eq!(places, ["line 1", "line 2", "line 6"]);
    assert_eq!(found.values_of("date"), ["1/2/24, 3:04 PM", "1/13/24, 3:05 PM", "1/14/24, 12:06 AM"]);
    let picture = &found.records[2];
    assert_eq!(picture.get("attachment"), Some("IMG-20240102-WA0001.jpg"));
    assert_eq!(picture.get("attachment_kind"), Some("image"));
    assert_eq!(picture.get("caption"), Some("a caption"));
    assert!(found.records.iter().all(|record| record.inside && record.thread.as_deref() == Some("Rosa Quill")));
    assert_eq!(found.problems, []);
}

#[test]
fn an_ios_chat_marks_what_the_app_says_itself() {
    let text = "[02.01.24, 15:04:05] Rosa Quill: \u{200e}Nachrichten sind Ende-zu-Ende-verschlüsselt.\r\n\
                [13.01.24, 15:04:06] Rosa Quill: Hallo\r\n\
                \u{200e}[13.01.24, 15:05:10] ~\u{202f}Ben: \u{200e}<Anhang: 00000002-PHOTO-2024-01-13-15-05-10.jpg>\r\n\
                [13.01.24, 15:06:10] \u{202a}+44 7700 900123\u{202c}: \u{200e}Sprachanruf, \u{200e}Keine Antwort\r\n";
    let found = read_as("WhatsApp Chat - Rosa Quill/_chat.txt", &section(), text.as_bytes());
    let expected = [
        "2024-01-02T15:04:05 - system: Nachrichten sind Ende-zu-Ende-verschlüsselt.",
        "2024-01-13T15:04:06 Rosa Quill -: Hallo",
        "2024-01-13T15:05:10 Ben -: <Anhang: 00000002-PHOTO-2024-01-13-15-05-10.jpg>",
        "2024-01-13T15:06:10 +44 7700 900123 call: Sprachanruf, Keine Antwort",
    ];
    assert_eq!(found.records.iter().map(shown).collect::<Vec<_>>(), expected);
    assert_eq!(found.values_of("chat"), ["Rosa Quill"]);
    assert_eq!(found.values_of("sender_as_written"), ["~\u{202f}Ben"]);
    assert_eq!(found.values_of("attachment_kind"), ["image"]);
    assert_eq!(found.values_of("call"), ["Keine Antwort"]);
    assert_eq!(found.records[0].thread.as_deref(), Some("Rosa Quill"));
}

/// The same two messages in the header of each phone: 31 December 2023, 15:04, and 1 January 2024, 9:05.
#[test]
fn every_class_of_header_is_read() {
    let classes = [
        ("31/12/2023, 15:04 - ", "01/01/2024, 09:05 - "),
        ("31/12/23 15:04 - ", "01/01/24 09:05 - "),
        ("12/31/23, 3:04 PM - ", "1/1/24, 9:05 AM - "),
        ("12/31/23, 3:04\u{202f}PM - ", "1/1/24, 9:05\u{202f}AM - "),
        ("31/12/2023, 3:04 p. m. - ", "1/1/2024, 9:05 a. m. - "),
        ("31/12/2023, 3:04\u{a0}μ.μ. - ", "1/1/2024, 9:05\u{a0}π.μ. - "),
        ("31.12.23, 15:04 - ", "01.01.24, 09:05 - "),
        ("31.12.2023 klo 15.04 - ", "1.1.2024 klo 9.05 - "),
        ("31-12-2023 15:04 - ", "01-01-2024 09:05 - "),
        ("2023-12-31 15:04 - ", "2024-01-01 09:05 - "),
        ("2023. 12. 31. 15:04 - ", "2024. 01. 01. 9:05 - "),
        ("2023. 12. 31. du. 3:04 - ", "2024. 01. 01. de. 9:05 - "),
        ("2023. 12. 31. 오후 3:04 - ", "2024. 1. 1. 오전 9:05 - "),
        ("2023년 12월 31일 오후 3:04 - ", "2024년 1월 1일 오전 9:05 - "),
        ("2023/12/31 下午3:04 - ", "2024/1/1 上午9:05 - "),
        ("2023/12/31 15:04 - ", "2024/01/01 9:05 - "),
        ("2023年12月31日 15:04 - ", "2024年1月1日 9:05 - "),
        ("R5/12/31 15:04 - ", "R6/1/1 9:05 - "),
        ("31/12/2566 15:04 - ", "1/1/2567 09:05 - "),
        ("12/31/2566 BE, 3:04 PM - ", "1/1/2567 BE, 9:05 AM - "),
        ("15:04, 31/12/2023 - ", "09:05, 01/01/2024 - "),
        ("٣١\u{200f}/١٢\u{200f}/٢٠٢٣، ٣:٠٤ م - ", "١\u{200f}/١\u{200f}/٢٠٢٤، ٩:٠٥ ص - "),
        ("۱۴۰۲/۱۰/۱۰،\u{200f} ۱۵:۰۴ - ", "۱۴۰۲/۱۰/۱۱،\u{200f} ۹:۰۵ - "),
        ("३१/१२/२०२३, ३:०४ अपराह्न - ", "१/१/२०२४, ९:०५ पूर्वाह्न - "),
        ("31.12.2023, 15:04 – ", "01.01.2024, 09:05 – "),
        ("[12/31/23, 3:04:00 PM] ", "[1/1/24, 9:05:00 AM] "),
        ("[12/31/23, 3:04:00\u{202f}PM] ", "[1/1/24, 9:05:00\u{202f}AM] "),
        ("[31/12/2023 15:04:00] ", "[01/01/2024 09:05:00] "),
        ("[31.12.23, 15:04:00] ", "[01.01.24, 09:05:00] "),
        ("[31/12/23 15.04.00] ", "[01/01/24 09.05.00] "),
        ("[31-12-23 15:04:00] ", "[01-01-24 09:05:00] "),
        ("[2023-12-31, 15:04:00] ", "[2024-01-01, 09:05:00] "),
        ("[15:04:00, 31/12/2023] ", "[09:05:00, 01/01/2024] "),
        ("[31/12/2566 BE 15:04:00] ", "[1/1/2567 BE 09:05:00] "),
        ("\u{200f}[31\u{200f}/12\u{200f}/2023، 3:04:00 م] ", "\u{200f}[1\u{200f}/1\u{200f}/2024، 9:05:00 ص] "),
        ("31.12.23, 15:04:00: ", "01.01.24, 09:05:00: "),
    ];
    for (first, second) in classes {
        let found = read(&format!("{first}Rosa: a\n{second}Ben: b\nc\n"));
        let expected = ["2023-12-31T15:04:00 Rosa -: a", "2024-01-01T09:05:00 Ben -: b\nc"];
        assert_eq!(found.records.iter().map(shown).collect::<Vec<_>>(), expected, "{first}");
        assert_eq!(found.problems, [], "{first}");
    }
}

#[test]
fn every_encoding_gives_the_same_records() {
    let text = "31.12.23, 15:04 - Rosa: дом 🏠\r\n01.01.24, 09:05 - Ben: ok\r\n";
    let little: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [text.as_bytes(), format!("\u{feff}{text}").as_bytes(), &little, &big] {
        let found = read_as("chat.txt", &section(), bytes);
        assert_eq!(found.values_of("text"), ["дом 🏠", "ok"]);
        assert_eq!(found.problems, []);
    }
}

#[test]
fn a_chat_with_one_unreadable_date_keeps_the_rest() {
    let text =
        "13.01.24, 15:04 - Rosa: a\n99.99.24, 15:05 - Ben: b\n13.01.24, 25:61 - Ben: c\n14.01.24, 15:06 - Rosa: d\n";
    check(text, &["2024-01-13T15:04:00 Rosa -: a", "- Ben -: b", "- Ben -: c", "2024-01-14T15:06:00 Rosa -: d"]);
    let problem = |line: &str, what: &str| (line.to_owned(), what.to_owned());
    let expected =
        [problem("line 2", "not a time: \"99.99.24, 15:05\""), problem("line 3", "not a time: \"13.01.24, 25:61\"")];
    assert_eq!(read(text).problems, expected);
}

#[test]
fn an_unknown_half_of_the_day_is_no_time_rather_than_a_wrong_one() {
    let text = "13.01.24, 3:04 xy - Rosa: a\n13.01.24, 15:05 Uhr - Rosa: b\n";
    check(text, &["- Rosa -: a", "2024-01-13T15:05:00 Rosa -: b"]);
}

#[test]
fn thousands_of_unreadable_dates_are_counted_not_listed() {
    let text = "15/8/1443 هـ, 15:04 - Rosa: a\n".repeat(150);
    let found = read(&text);
    assert_eq!((found.records.len(), found.problems.len()), (150, 101));
    assert_eq!(found.problems.last().map(|(_, what)| what.as_str()), Some("50 more dates could not be read"));
}

#[test]
fn a_pasted_chat_belongs_to_the_message_it_was_pasted_into() {
    let text = "13.01.24, 15:04 - Rosa: look:\n[1/2/24, 3:04:05 PM] Ben: x\n1/2/24, 3:04 PM - Ben: y\n\
                13.01.24, 15:05 - Rosa: funny\n13.01.24, 15:06 - Ben: yes\n";
    let pasted = "2024-01-13T15:04:00 Rosa -: look:\n[1/2/24, 3:04:05 PM] Ben: x\n1/2/24, 3:04 PM - Ben: y";
    check(text, &[pasted, "2024-01-13T15:05:00 Rosa -: funny", "2024-01-13T15:06:00 Ben -: yes"]);
}

#[test]
fn a_chat_pasted_from_the_same_phone_is_told_by_its_line_ends() {
    let line = |n: u32| format!("[13.01.24, 15:0{n}:00] Rosa: {n}\r\n");
    let text = format!("{}[13.01.24, 15:06:00] Ben: old\n[12.01.24, 15:00:00] Rosa: older\r\n{}", line(1), line(7));
    let text = format!("{text}{}{}{}{}", line(8), line(8), line(8), line(9));
    let found = read(&text);
    assert_eq!(found.records.len(), 7);
    assert_eq!(found.records[1].get("text"), Some("old\n[12.01.24, 15:00:00] Rosa: older"));
}

#[test]
fn a_sheet_may_state_the_order_of_dates() {
    let text = "1/2/24, 15:04 - Rosa: a\n1/3/24, 15:04 - Rosa: a\n";
    let time = |format: &str| {
        let field = FieldPattern::parse("date").expect("well formed");
        let section = Section { time: vec![(field, Clock::Text(format.to_owned()))], ..section() };
        let found = read_as("chat.txt", &section, text.as_bytes());
        let times: Vec<_> =
            found.records.iter().filter_map(|record| record.time).map(|time| time.to_string()).collect();
        (times.join(" "), found.problems.len())
    };
    assert_eq!(time("%d/%m/%y"), ("2024-02-01T15:04:00 2024-03-01T15:04:00".to_owned(), 0));
    assert_eq!(time("%m/%d/%y"), ("2024-01-02T15:04:00 2024-01-03T15:04:00".to_owned(), 0));
    assert_eq!(time("%y/%m/%d"), (String::new(), 2));
}

#[test]
fn an_undecided_order_is_said_once() {
    let found = read("1/2/24, 3:04 PM - Rosa: a\n1/2/24, 3:05 PM - Rosa: b\n");
    assert_eq!(found.records[0].time.map(|time| time.to_string()).as_deref(), Some("2024-01-02T15:04:00"));
    let expected = "dates read as month/day/year; day/month/year would fit as well";
    assert_eq!(found.problems, [("line 1".to_owned(), expected.to_owned())]);
}

#[test]
fn system_lines_that_quote_a_colon_are_nobodys() {
    let text = "13.01.24, 15:04 - Rosa: a\n13.01.24, 15:05 - Rosa changed the subject to \"A: B\"\n\
                13.01.24, 15:06 - +44 7700 900123 created group \"Quills\"\n13.01.24, 15:07 - Ben: once\n";
    let found = read(text);
    let who: Vec<_> = found.records.iter().map(|record| record.who.as_deref().unwrap_or("-")).collect();
    assert_eq!(who, ["Rosa", "-", "-", "Ben"]);
    assert_eq!(found.values_of("event"), ["system", "system"]);
}

#[test]
fn senders_are_numbers_or_names() {
    let rule = |value: Option<&str>, id| {
        let field = FieldPattern::parse("sender").expect("well formed");
        (field, FieldRule { value: value.map(str::to_owned), id: Some(id), ..FieldRule::default() })
    };
    let fields = vec![rule(Some("phone"), IdKind::Phone), rule(None, IdKind::Name)];
    let text = "13.01.24, 15:04 - \u{202a}+44 7700 900123\u{202c}: a\n13.01.24, 15:05 - Rosa Quill: b\n";
    let found = read_as("chat.txt", &Section { fields, ..section() }, text.as_bytes());
    let kinds: Vec<_> = found.identifiers.iter().map(|(kind, normal, _)| (*kind, normal.as_str())).collect();
    assert_eq!(kinds, [(IdKind::Phone, "+447700900123"), (IdKind::Name, "rosa quill")]);
}

#[test]
fn polls_places_calls_deletions_and_edits_become_fields() {
    let text = "13.01.24, 15:04 - Rosa: POLL:\nWhich?\nOPTION: Pen (2 votes)\nOPTION: Ink (1 vote)\n\
                13.01.24, 15:05 - Ben: Standort: https://maps.google.com/?q=51.5,-0.12\n\
                13.01.24, 15:06 - Verpasster Sprachanruf\n\
                13.01.24, 15:07 - Ben: Diese Nachricht wurde gelöscht\n\
                13.01.24, 15:08 - Ben: hi @\u{2068}Rosa Quill\u{2069} <This message was edited>\n\
                13.01.24, 15:09 - Ben: <Medien weggelassen>\n";
    let found = read(text);
    let of = |record: usize, path: &str| found.records[record].get(path).unwrap_or("-").to_owned();
    assert_eq!((of(0, "event"), of(0, "poll.question")), ("poll".to_owned(), "Which?".to_owned()));
    let options =
        |path| found.records[0].values.iter().filter(move |(known, _)| known == path).map(|(_, text)| text.as_str());
    assert_eq!(options("poll.options[]").collect::<Vec<_>>(), ["Pen", "Ink"]);
    assert_eq!(options("poll.votes[]").collect::<Vec<_>>(), ["2", "1"]);
    assert_eq!((of(1, "latitude"), of(1, "longitude")), ("51.5".to_owned(), "-0.12".to_owned()));
    assert_eq!(
        (of(1, "location"), of(1, "attachment_kind")),
        ("https://maps.google.com/?q=51.5,-0.12".to_owned(), "location".to_owned())
    );
    assert_eq!(found.values_of("event"), ["poll", "missed call", "deleted"]);
    assert_eq!((of(4, "edited"), of(4, "mentions[]")), ("true".to_owned(), "Rosa Quill".to_owned()));
    assert_eq!((of(5, "attachment_kind"), of(5, "attachment_omitted")), ("omitted".to_owned(), "true".to_owned()));
}

#[test]
fn a_loose_ios_chat_has_no_thread_and_a_renamed_one_its_file_name() {
    let text = "13.01.24, 15:04 - Rosa: a\n";
    let thread = |name: &str| read_as(name, &section(), text.as_bytes()).records[0].thread.clone();
    assert_eq!(thread("_chat.txt"), None);
    assert_eq!(thread("_chat 2.txt"), None);
    assert_eq!(thread("export.zip/_chat.txt"), None);
    assert_eq!(thread("in/Discussion WhatsApp avec Rosa Quill.zip/_chat.txt").as_deref(), Some("Rosa Quill"));
    assert_eq!(thread("holiday with rosa.txt").as_deref(), Some("holiday with rosa"));
}

#[test]
fn text_without_a_single_header_is_kept_line_by_line() {
    let found = read("first\n\n  second\nthird");
    assert_eq!(found.values_of("text"), ["first", "  second", "third"]);
    assert_eq!(found.records[1].locator, "line 3");
    let what = "no line begins with a date and a time; kept as lines of text";
    assert_eq!(found.problems, [("line 1".to_owned(), what.to_owned())]);
    let nothing = read("");
    assert!(nothing.records.is_empty() && nothing.problems.is_empty());
}

#[test]
fn lines_above_the_first_header_are_kept() {
    check("cut off\nhere\n13.01.24, 15:04 - Rosa: a\n", &["- - -: cut off\nhere", "2024-01-13T15:04:00 Rosa -: a"]);
}

#[test]
fn what_was_read_before_damage_is_kept_and_the_damage_told() {
    struct Breaks(usize);
    impl std::io::Read for Breaks {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let text = b"13.01.24, 15:04 - Rosa: a\n13.01.24, 15:05 - Rosa: b";
            let part =
                text.get(self.0..).filter(|part| !part.is_empty()).ok_or_else(|| std::io::Error::other("bad CRC"))?;
            let count = part.len().min(buffer.len()).min(7);
            buffer[..count].copy_from_slice(&part[..count]);
            self.0 += count;
            Ok(count)
        }
    }
    let section = section();
    let mut paths = crate::emit::Paths::new(0, 1, false);
    let mut found = Collection::default();
    let rules = crate::emit::Rules { section: &section, shared: &[] };
    let mut emitter = crate::emit::Emitter::new(rules, &mut paths, &mut found, "chat.txt");
    let outcome = super::decode(&mut Breaks(0), &mut emitter);
    emitter.finish();
    assert_eq!(outcome.expect_err("the bytes ended in damage").to_string(), "bad CRC");
    assert_eq!(found.values_of("text"), ["a", "b"]);
}

#[test]
fn a_message_larger_than_a_value_may_be_is_cut_and_said() {
    let line = "x".repeat(1 << 20);
    let body = format!("{line}\n").repeat(20);
    let found = read(&format!("13.01.24, 15:04 - Rosa: {body}13.01.24, 15:05 - Ben: b\n"));
    assert_eq!(found.records.len(), 2);
    assert!(found.records[0].get("text").is_some_and(|text| text.len() > 15 << 20 && text.len() <= 16 << 20));
    let what = "the message is larger than 16 MiB; lines of it are left out";
    assert_eq!(found.problems, [("line 1".to_owned(), what.to_owned())]);
}

#[test]
fn a_chat_is_told_from_other_text_by_its_beginning() {
    assert!(looks_like_chat("\u{feff}1/2/24, 3:04 PM - Rosa: a\nmore\n1/2/24, 3:05 PM - Ben: b\n1/2/24, 3:06 PM - B"));
    assert!(looks_like_chat("\u{200e}[02.01.24, 15:04:05] Rosa: \u{200e}x\r\n[02.01.24, 15:04:06] Rosa: y\r\n"));
    assert!(looks_like_chat("1/2/24, 3:04 PM - Rosa: a"));
    assert!(!looks_like_chat("1/2/24, 3:04 PM - nobody speaks\n"));
    assert!(!looks_like_chat("[2024-01-02 15:04:05] INFO: started\n[2024-01-02 15:04:06] WARN: slow\n"));
    assert!(!looks_like_chat("Shopping\n1/2/24, 3:05 PM - Ben: b\nmilk\nbread\n"));
    assert!(!looks_like_chat(""));
}

#[test]
fn every_title_of_the_table_gives_the_name_back() {
    for (before, after) in super::tokens::titles() {
        let stem = format!("{before}Rosa Quill{after}");
        assert_eq!(chat_title(&stem).as_deref(), Some("Rosa Quill"), "{stem}");
    }
}

/// Words of the app in every language, each in the header of its phone.
#[test]
fn every_word_of_the_table_is_understood_in_a_chat() {
    let tokens = super::tokens::Tokens::load();
    for (before, after) in &tokens.files {
        let ios = before.starts_with('<');
        let (head, file) =
            if ios { ("[13.01.24, 15:04:05]", "1-PHOTO-2.jpg") } else { ("13.01.24, 15:04 -", "IMG-1.jpg") };
        let found = read(&format!("{head} Rosa: a\n{head} Rosa: {before}{file}{after}\n"));
        assert_eq!(found.values_of("attachment"), [file], "{before}%{after}");
        assert_eq!(found.values_of("attachment_kind"), ["image"], "{before}%{after}");
    }
    for place in &tokens.places {
        let found = read(&format!("13.01.24, 15:04 - Rosa: {place}: https://maps.google.com/?q=1.5,2.5\n"));
        assert_eq!(found.values_of("latitude"), ["1.5"], "{place}");
    }
}

mod any {
    use super::{read_as, section};
    use proptest::prelude::*;

    /// Pieces of chats, so that random text reaches every branch.
    const PIECES: [&str; 30] = [
        "needle",
        "\n",
        "\r\n",
        "1/2/24, 3:04 PM - ",
        "[13.01.24, 15:04:05] ",
        "Rosa: ",
        "\u{200e}",
        "<",
        ">",
        "attached: ",
        "a.jpg",
        "POLL:\n",
        "OPTION: x (1 vote)",
        "@\u{2068}",
        "\u{2069}",
        "(file attached)",
        "https://maps.google.com/?q=",
        "1,2",
        "location: ",
        "R4/3/18",
        "٣",
        "/",
        ".",
        ":",
        "]",
        " - ",
        "\u{202f}",
        "\u{feff}",
        "~",
        "\"",
    ];

    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![3 => proptest::sample::select(&PIECES[..]).prop_map(str::to_owned), 1 => ".{0,6}"]
    }

    proptest! {
        // Each case reads the table of words anew.
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn text_never_panics_and_no_word_is_lost(pieces in proptest::collection::vec(piece(), 0..60)) {
            let text = pieces.concat();
            let found = read_as("chat.txt", &section(), text.as_bytes());
            let kept = ["date", "sender", "chat", "text"].into_iter().flat_map(|path| found.values_of(path));
            let kept: usize = kept.map(|value| value.matches("needle").count()).sum();
            prop_assert_eq!(kept, text.matches("needle").count());
        }

        #[test]
        fn bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            read_as("chat.txt", &section(), &bytes);
        }

        #[test]
        fn each_header_of_the_chat_is_one_record(bodies in proptest::collection::vec("[a-z ]{1,20}(\n[a-z ]{0,20}){0,3}", 1..20)) {
            let messages: Vec<String> = bodies.iter().map(|body| format!("13.01.24, 15:04 - Rosa: {body}\n")).collect();
            let text = messages.concat();
            let found = read_as("chat.txt", &section(), text.as_bytes());
            let bodies: Vec<&str> = bodies.iter().map(String::as_str).collect();
            prop_assert_eq!(found.values_of("text"), bodies);
        }
    }
}
