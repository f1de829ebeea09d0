use crate::decode::Decoder;
use crate::emit::collect::{Collected, Collection};
use crate::record::IdKind;
use crate::sheets::{FieldPattern, Section, ThreadName};
use proptest::prelude::*;

fn read(text: impl AsRef<[u8]>) -> Collection {
    Collection::of(Decoder::Mbox, &Section::default(), false, "mail.mbox", text.as_ref())
}

/// The only message.
fn one(text: impl AsRef<[u8]>) -> Collected {
    let mut found = read(text);
    assert_eq!((found.problems.len(), &found.error), (0, &None), "{:?}", found.problems);
    assert_eq!(found.records.len(), 1);
    found.records.remove(0)
}

fn texts(found: &Collection) -> Vec<&str> {
    found.values_of("text")
}

#[test]
fn a_mailbox_has_a_record_for_each_message() {
    let found = read(
        "From 1790000000000000000@xxx Tue Mar 05 10:11:12 +0000 2024\r\nX-GM-THRID: 1790000000000000000\r\nX-Gmail-Labels: Inbox,\"Boats, old\",=?UTF-8?Q?Wichtig=2CG=C3=A4ste?=\r\nDate: Tue, 05 Mar 2024 11:11:12 +0100\r\nFrom: =?UTF-8?Q?Ben_Zo=C3=AB?= <ben.zoe@example.org>\r\nTo: rosa.quill@example.com,\r\n\tSam Okafor <sam.okafor@example.com>\r\nSubject: The\r\n boat\r\n\r\nHello\r\n>From here on\r\n>>From there\r\n\r\nFrom the sea\r\n\r\nFrom 1790000000000000001@xxx Wed Mar 06 10:11:12 +0000 2024\r\nSubject: Second\r\n\r\nbye\r\n",
    );
    assert_eq!(found.records.len(), 2);
    let first = &found.records[0];
    assert_eq!(first.locator, "message 1");
    assert_eq!(first.time.map(|time| time.to_string()).as_deref(), Some("2024-03-05T11:11:12+01:00"));
    let values: Vec<String> = first.values.iter().map(|(path, value)| format!("{path}={value}")).collect();
    assert_eq!(
        values,
        [
            "X-GM-THRID=1790000000000000000",
            "Date=Tue, 05 Mar 2024 11:11:12 +0100",
            "From.name=Ben Zoë",
            "From.email=ben.zoe@example.org",
            "To[].email=rosa.quill@example.com",
            "To[].name=Sam Okafor",
            "To[].email=sam.okafor@example.com",
            "Subject=The boat",
            "X-Gmail-Labels[]=Inbox",
            "X-Gmail-Labels[]=Boats, old",
            "X-Gmail-Labels[]=Wichtig",
            "X-Gmail-Labels[]=Gäste",
            "text=Hello\nFrom here on\n>From there\n\nFrom the sea",
        ]
    );
    // Without a date of its own it has that of the line in front of it.
    assert_eq!(found.records[1].time.map(|time| time.to_string()).as_deref(), Some("2024-03-06T10:11:12Z"));
    let emails: Vec<&str> = found
        .identifiers
        .iter()
        .filter(|(kind, ..)| *kind == IdKind::Email)
        .map(|(_, value, _)| value.as_str())
        .collect();
    assert_eq!(emails, ["ben.zoe@example.org", "rosa.quill@example.com", "sam.okafor@example.com"]);
}

#[test]
fn messages_of_one_thread_are_called_by_their_subject() {
    let field = |path: &str| FieldPattern::parse(path).map(ThreadName::Field).ok();
    let section = Section {
        thread: field("Subject").into_iter().collect(),
        thread_key: field("X-GM-THRID"),
        ..Section::default()
    };
    let text = b"From 1@xxx \nSubject: boat\nX-GM-THRID: 7\n\na\n\nFrom 2@xxx \nSubject: rope\nX-GM-THRID: 8\n\nb\n";
    let found = Collection::of(Decoder::Mbox, &section, false, "mail.mbox", text);
    let threads: Vec<Option<&str>> = found.records.iter().map(|record| record.thread.as_deref()).collect();
    assert_eq!(threads, [Some("boat"), Some("rope")]);
}

#[test]
fn other_mailboxes_begin_their_messages_with_an_address_and_a_time() {
    let text = "From ben@example.org Tue Mar  5 10:11:12 2024\nSubject: a\n\nFrom all of us, at last\nFrom: x\n\nFrom MAILER-DAEMON Wed Mar  6 10:11 2024\nSubject: b\n\nb\n";
    assert_eq!(texts(&read(text)), ["From all of us, at last\nFrom: x", "b"]);
}

#[test]
fn a_single_message_is_read_to_its_end_whatever_its_lines_begin_with() {
    let found = one(
        "Return-Path: <ben@example.org>\nReceived: by mail.example.net; Tue, 5 Mar 2024 10:11:13 +0000\nReceived: from phone ([IPv6:2001:db8::7]) by mail.example.org; Tue, 5 Mar 2024 10:11:12 +0000\nX-Spam-Score: 1\nDKIM-Signature: v=1; b=AAAA\nSubject: a\n\nFrom me 10:11:12 2024\n\nFrom you 10:11:12\n",
    );
    assert_eq!(found.get("text"), Some("From me 10:11:12 2024\n\nFrom you 10:11:12"));
    assert_eq!(found.get("Return-Path"), Some("ben@example.org"));
    assert_eq!(found.get("Received[].ip"), Some("2001:db8::7"));
    assert_eq!(found.get("headers[]"), Some("X-Spam-Score: 1"));
    assert_eq!(found.time.map(|time| time.to_string()).as_deref(), Some("2024-03-05T10:11:13Z"));
}

fn with_parts(kind: &str, parts: &[(&str, &str)]) -> String {
    let mut text = format!("Content-Type: multipart/{kind}; boundary=\"b:1\"\n\npreamble\n");
    for (headers, body) in parts {
        text.extend(["--b:1\n", headers, "\n\n", body, "\n"]);
    }
    text + "--b:1--\nepilogue\n"
}

#[test]
fn plain_text_goes_before_html_that_says_the_same() {
    let html = ("Content-Type: text/html; charset=utf-8", "<style>p{}</style><p>Hello &amp; <b>bye</b></p><br>more");
    let plain = (
        "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable",
        "Zo=EB =\nsays hello",
    );
    let text = |parts: &[(&str, &str)], kind: &str| {
        one(format!("Subject: x\n{}", with_parts(kind, parts))).get("text").unwrap_or_default().to_owned()
    };
    assert_eq!(text(&[plain, html], "alternative"), "Zoë says hello");
    assert_eq!(text(&[html, plain], "alternative"), "Zoë says hello");
    assert_eq!(text(&[("", "  \n"), html], "alternative"), "Hello & bye\n\nmore".replace("\n\n", "\n"));
    assert_eq!(text(&[plain, html], "mixed"), "Zoë says hello\n\nHello & bye\nmore");
    assert_eq!(
        text(&[("Content-Type: text/html\nContent-Transfer-Encoding: base64", "PHA+WsOpPC9wPg==")], "mixed"),
        "Zé"
    );
}

#[test]
fn files_are_named_and_counted_and_their_bytes_passed_over() {
    let found = one(format!(
        "Subject: x\n{}",
        with_parts(
            "mixed",
            &[
                ("", "see the plan"),
                (
                    "Content-Type: application/pdf; name=\"x\"\nContent-Disposition: attachment; filename*=UTF-8''na%C3%AFve.pdf\nContent-Transfer-Encoding: base64",
                    "QUJD\nREVG"
                ),
                ("Content-Type: text/plain\nContent-Disposition: attachment; filename=notes.txt", "12345"),
                ("Content-Type: message/rfc822", "Subject: =?utf-8?q?Zo=C3=AB?=\n\nforwarded words"),
            ]
        )
    ));
    let files: Vec<&str> = found
        .values
        .iter()
        .filter(|(path, _)| path.starts_with("attachments"))
        .map(|(_, value)| value.as_str())
        .collect();
    assert_eq!(files, ["naïve.pdf", "application/pdf", "6", "notes.txt", "text/plain", "6", "Zoë", "message/rfc822"]);
    assert_eq!(found.get("text"), Some("see the plan\n\nforwarded words"));
}

#[test]
fn parts_in_parts_are_found_even_if_a_border_is_missing() {
    let inner = with_parts("alternative", &[("Content-Type: text/html", "<p>inside</p>")]).replace("b:1", "inner");
    let cut = inner.split("--inner--").next().unwrap_or_default();
    let (headers, body) = cut.split_once("\n\n").unwrap_or_default();
    let text = with_parts("mixed", &[(headers, body), ("", "after")]);
    assert_eq!(one(format!("Subject: x\n{text}")).get("text"), Some("inside\n\nafter"));
}

#[test]
fn a_date_that_is_none_and_an_unknown_charset_cost_nothing_else() {
    let found = read("Subject: x\nDate: sometime\nContent-Type: text/plain; charset=x-nobody\n\nZo\u{eb}");
    assert_eq!(texts(&found), ["Zoë"]);
    assert_eq!(found.records[0].time, None);
}

#[test]
fn absurd_messages_are_cut_and_said_so() {
    let long = format!("Subject: {}\n\n{}", "x".repeat(200_000), "line of text\n".repeat(500_000));
    let found = read(long);
    assert_eq!(found.records.len(), 1);
    assert!(found.values_of("text")[0].len() <= 4 << 20);
    assert_eq!(found.problems.len(), 1);
    let numbers: Vec<String> = (0..10_000).map(|n| n.to_string()).collect();
    let deep: String =
        numbers.iter().flat_map(|n| ["Content-Type: multipart/mixed; boundary=", n, "\n\n--", n, "\n"]).collect();
    assert_eq!(read(format!("Subject: x\n{deep}")).records.len(), 1);
    assert_eq!(read("a:\n".repeat(200_000)).problems.len(), 1);
    assert_eq!(read("").records.len(), 0);
    assert_eq!(read("From a 10:11:12\n\n\nFrom b 10:11:12\n").problems.len(), 2);
}

#[test]
fn mail_is_known_by_its_first_lines() {
    use super::looks_like_mail;
    assert!(looks_like_mail(b"From 1790000000000000000@xxx Mon Jan 01 00:00:00 +0000 2026\n"));
    assert!(looks_like_mail(b"From ben@example.org Tue Mar  5 10:11:12 2024\nSubject: a"));
    assert!(looks_like_mail(b"Delivered-To: rosa@example.com\nReceived: by x\n\n"));
    assert!(!looks_like_mail(b"From the sea we came\n"));
    assert!(!looks_like_mail(b"Received: 3 parcels\nFrom: Ben\n"));
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
        read(bytes);
    }

    #[test]
    fn any_lines_are_read(text in "(From a 10:11:12\n|\n|Content-Type: multipart/mixed; boundary=b\n|--b\n|--b--\n|Content-Type: message/rfc822\n|Content-Transfer-Encoding: base64\n|Q=\n|To: <a@b, \"\n|Subject: =\\?a\\?Q\\?=\\?=\n){0,40}") {
        read(text);
    }
}
