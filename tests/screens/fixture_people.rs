//! Invented people and what they wrote: a family's group of every kind of message, and one conversation of half a million.

#![allow(
    clippy::single_range_in_vec_init,
    clippy::unnecessary_wraps,
    reason = "one match is a list of one; a worker may fail"
)]

use std::collections::HashMap;
use std::sync::Arc;
use tellall::query::Hit;
use tellall::record::IdKind;
use tellall::report::{
    Account, Attachment, Conversation, Line, Member, People, Person, PersonIdentifier, Reaction, Row, Suggestion,
    Thread,
};
use tellall::tui::model::{PeopleFound, Sought, Verdict, WantedThread};
use tellall::tui::{Effect, Msg, Reply};

/// Sunday 30 October 2022, 18:50.
const EVENING: i64 = 1_667_155_800_000;
const HUGE: usize = 500_000;

pub fn answers(effect: &Effect, empty: bool) -> Vec<Msg> {
    let reply = |ask: &u64, reply| vec![Msg::Reply { ask: *ask, reply: Box::new(reply) }];
    match effect {
        Effect::People { ask } if empty => {
            let people = People { people: Vec::new(), suggestions: Vec::new() };
            reply(ask, Reply::People(Box::new(PeopleFound { people, conversations: Vec::new() })))
        }
        Effect::People { ask } => reply(ask, people(Verdict::Open)),
        Effect::Judge { ask, verdict, .. } => reply(ask, people(*verdict)),
        Effect::Thread { ask, wanted } => reply(ask, Reply::Thread(thread(wanted))),
        Effect::Lines { ask, thread, from, count, .. } => {
            let lines = (*from..(from + count).min(thread.rows.len())).map(|at| line(&thread.conversation.id, at));
            reply(ask, Reply::Lines { from: *from, lines: lines.collect() })
        }
        Effect::Seek { ask, sought: Sought::Id(_), .. } => reply(ask, Reply::Sought(Some(2))),
        Effect::Seek { ask, sought: Sought::Match { forward, .. }, from, .. } => {
            let at = [2, 4].into_iter().find(|at| if *forward { at > from } else { at < from });
            reply(ask, Reply::Sought(at))
        }
        Effect::Around { ask, query, .. } if query.contains("Sunday") => {
            reply(ask, Reply::Around(Some(((0..6).map(|at| line("c00000001", at)).collect(), 2))))
        }
        Effect::Around { ask, .. } => reply(ask, Reply::Around(None)),
        _ => Vec::new(),
    }
}

fn people(verdict: Verdict) -> Reply {
    let account =
        |company: &str, name: &str, messages| Account { company: company.into(), name: name.into(), messages };
    let phone = |value: &str, companies: &[&str]| PersonIdentifier {
        kind: IdKind::Phone,
        value: value.into(),
        companies: companies.iter().map(ToString::to_string).collect(),
    };
    let person = |id: &str, name: &str, accounts: Vec<Account>, identifiers: Vec<PersonIdentifier>| Person {
        id: id.into(),
        name: name.into(),
        names: vec![name.into()],
        companies: accounts.iter().map(|one| one.company.clone()).collect(),
        identifiers,
        messages: accounts.iter().map(|one| one.messages).sum(),
        accounts,
        first: Some("2015-02-01T08:00:00Z".into()),
        last: Some("2022-10-30T19:02:00Z".into()),
        why: Vec::new(),
    };
    let mut sam = person(
        "p00000001",
        "Sam Okafor",
        vec![account("facebook", "Sam Okafor", 6077), account("whatsapp", "Sam Okafor", 11_204)],
        vec![phone("+447700900987", &["facebook", "whatsapp"])],
    );
    sam.why = vec!["one contact record of whatsapp holds them (contacts.json)".into()];
    let other = person("p00000002", "Sam Okafor", vec![account("instagram", "Sam Okafor", 1121)], Vec::new());
    let mut never = person("p00000005", "José Ibarra", Vec::new(), vec![phone("+447700900456", &["facebook"])]);
    never.companies = vec!["facebook".into()];
    (never.first, never.last) = (None, None);
    let people = vec![
        sam,
        person("p00000003", "Mum", vec![account("whatsapp", "Mum", 12_771)], Vec::new()),
        other,
        person("p00000004", "山田 花子", vec![account("instagram", "山田 花子", 988)], Vec::new()),
        never,
    ];
    let suggestion = Suggestion {
        id: "s00000001".into(),
        people: ["p00000001".into(), "p00000002".into()],
        name: "Sam Okafor".into(),
        why: "they have the same name; many people do".into(),
        accepted: verdict == Verdict::Same,
        dismissed: verdict == Verdict::NotSame,
    };
    let conversations =
        vec![family(), huge(), direct("c00000003", "facebook", 6077), direct("c00000004", "whatsapp", 11_204)];
    let people = People { people, suggestions: vec![suggestion] };
    Reply::People(Box::new(PeopleFound { people, conversations }))
}

fn member(name: &str, messages: u64) -> Member {
    Member { name: name.into(), messages, you: name == "Rosa Quill" }
}

fn family() -> Conversation {
    Conversation {
        id: "c00000001".into(),
        company: "whatsapp".into(),
        title: "Family".into(),
        members: vec![member("Mum", 5), member("Rosa Quill", 2), member("Sam Okafor", 1), member("Ana", 1)],
        messages: 12,
        first: Some("2022-10-30T18:51:00Z".into()),
        last: Some("2022-10-31T08:40:00Z".into()),
        half: false,
        exports: vec!["whatsapp-rosa-2026-01-15".into()],
    }
}

fn huge() -> Conversation {
    Conversation {
        id: "c00000002".into(),
        company: "instagram".into(),
        title: "Allotment".into(),
        members: vec![member("Rosa Quill", HUGE as u64)],
        messages: HUGE as u64,
        half: true,
        ..family()
    }
}

fn direct(id: &str, company: &str, messages: u64) -> Conversation {
    let members = vec![member("Sam Okafor", messages), member("Rosa Quill", 90)];
    Conversation { id: id.into(), company: company.into(), title: "Sam Okafor".into(), members, messages, ..family() }
}

fn thread(wanted: &WantedThread) -> Result<(Arc<Thread>, usize), String> {
    let (conversation, at, count) = match wanted {
        WantedThread::With(_) => (family(), 2, 12),
        WantedThread::Id(id) if id == "c00000002" => (huge(), HUGE - 1, HUGE),
        WantedThread::Id(_) => (family(), 11, 12),
    };
    let row = |at: usize| {
        let next_day = if at >= 10 { 13 * 3_600_000 } else { 0 };
        let hit = Hit { segment: 0, batch: 0, row: at as u32 };
        Row { ms: EVENING + at as i64 * 60_000 + next_day, zone: 0, hit }
    };
    let rows = (0..count).map(row).collect();
    Ok((Arc::new(Thread { conversation, rows, files: HashMap::new() }), at))
}

fn line(thread: &str, at: usize) -> Line {
    if thread != "c00000001" && thread != "c00000003" && thread != "c00000004" {
        return said("Rosa Quill", &format!("message {at}"), at);
    }
    let file = |name: &str, why: Option<&str>| Attachment {
        written: name.to_owned(),
        name: name.into(),
        held: why.is_none(),
        why: why.map(str::to_owned),
    };
    match at {
        0 => said("Mum", "who is around this weekend?", at),
        1 => said("Mum", "we are!", at),
        2 => {
            let reaction = Reaction { sign: "👍".into(), who: Some("Mum".into()) };
            let line = said("Rosa Quill", "shall we do lunch on Sunday? 日曜", at);
            Line { reactions: vec![reaction], message_id: Some("1002".into()), matches: vec![12..17], ..line }
        }
        3 => Line { reply_to: Some("1002".into()), ..said("Mum", "yes please", at) },
        4 => {
            let text = "the lunch booking is for 7 of us\nthe usual place, 1pm, and whoever comes late pays for the cake that everybody eats before";
            Line { matches: vec![4..9], edited: true, ..said("Mum", text, at) }
        }
        5 => {
            Line { text: None, attachments: vec![file("IMG-20221030-WA0004.jpg", None)], ..said("Sam Okafor", "", at) }
        }
        6 => said("Ana", "متى نلتقي؟ \u{202e}gnp.exe\u{1b}[2J", at),
        7 => Line { quoted: Some("the usual place, 1pm".into()), ..said("Rosa Quill", "which one?", at) },
        8 => Line { text: None, deleted: true, ..said("Mum", "", at) },
        9 => Line { who: None, event: true, ..said("", "Jo changed the group description", at) },
        10 => said("Mum", "who brings the cake 🎂", at),
        _ => Line {
            text: None,
            attachments: vec![file("voice message", Some("the export was made without media"))],
            ..said("Mum", "", at)
        },
    }
}

fn said(who: &str, text: &str, at: usize) -> Line {
    Line {
        time: Some("2022-10-30T18:50:00Z".into()),
        who: (!who.is_empty()).then(|| who.to_owned()),
        you: who == "Rosa Quill",
        text: (!text.is_empty()).then(|| text.to_owned()),
        export: "whatsapp-rosa-2026-01-15".into(),
        entry: "WhatsApp Chat with Family.txt".into(),
        locator: format!("WhatsApp Chat with Family.txt#line {}", at + 1),
        ..Line::default()
    }
}
