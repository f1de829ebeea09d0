//! Places in archives as a worker would open them, and how exports go.

use tellall::export::What;
use tellall::source::{Around, Fold, Form, Line};
use tellall::tui::model::{ExportNews, Opened};
use tellall::tui::screens::record::Wanted;
use tellall::tui::{Effect, Msg, Reply};

/// As the evidence of the identifier writes it.
pub const WRITTEN: &str = "07700900123";

pub fn answers(effect: &Effect) -> Vec<Msg> {
    let reply = |ask: &u64, reply| Msg::Reply { ask: *ask, reply: Box::new(reply) };
    let news = |ask, news| reply(ask, Reply::Export(news));
    match effect {
        Effect::Source { ask, wanted } => vec![reply(ask, Reply::Source(Ok(Box::new(opened(wanted)))))],
        Effect::MeasureExport { ask, job } => {
            let rows = match &job.what {
                What::Records { query, .. } if query.is_empty() => 381_220,
                What::Marked { places, .. } => places.len() as u64,
                _ => 2026,
            };
            vec![news(ask, ExportNews::Size { rows, bytes: Some(rows * 420) })]
        }
        Effect::CompletePath { ask, typed } => {
            let paths = vec![format!("{typed}archive/"), format!("{typed}archive-2026.zip")];
            vec![news(ask, ExportNews::Paths(paths))]
        }
        _ => Vec::new(),
    }
}

/// A conversation for a hit of a search, a profile for the evidence of an identifier.
fn opened(wanted: &Wanted) -> Opened {
    match wanted {
        Wanted::View(_) => text(),
        _ => json(),
    }
}

fn line(depth: u16, fold: Fold, name: &str, cell: &str) -> Line {
    Line { depth, fold, number: None, name: name.into(), cells: vec![cell.into()] }
}

pub fn json() -> Opened {
    let lines = vec![
        line(0, Fold::Open, "", "{ 1 key }"),
        line(1, Fold::Open, "profile_v2", "{ 9 keys }"),
        line(2, Fold::Closed, "", "… 4 before"),
        line(3, Fold::Closed, "name", "{ 3 keys }"),
        line(4, Fold::Leaf, "full_name", "\"Rosa Quill\""),
        line(4, Fold::Leaf, "first_name", "\"Rosa\""),
        line(4, Fold::Leaf, "last_name", "\"Quill\""),
        line(3, Fold::Leaf, "gender", "\"\u{202e}FEMALE\u{1b}[2J\""),
        line(2, Fold::Open, "phone_numbers", "[ 2 items ]"),
        line(3, Fold::Open, "[0]", "{ 3 keys }"),
        line(4, Fold::Leaf, "phone_type", "\"Mobile\""),
        line(4, Fold::Leaf, "phone_number", &format!("\"{WRITTEN}\"")),
        line(4, Fold::Leaf, "verified", "true"),
        line(3, Fold::Closed, "[1]", "{ 2 keys }"),
        line(4, Fold::Leaf, "phone_number", "\"+44 7700 900456\""),
        line(4, Fold::Leaf, "verified", "false"),
        line(2, Fold::Leaf, "registration_timestamp", "1233446400"),
    ];
    let around = Around { file: "facebook-rosa.quill.zip".into(), form: Form::Json, lines, place: 9..13 };
    let entry = "personal_information/profile_information/profile_information.json".into();
    let place = "profile_v2.phone_numbers[0]".into();
    Opened { export: "facebook-rosa.quill-2026-01-15".into(), entry, place, around, missing: None }
}

fn text() -> Opened {
    let line = |number: u64| Line {
        number: Some(number),
        ..line(
            0,
            Fold::Leaf,
            "",
            match number % 4 {
                0 => "31/10/2026, 14:17 - Mum: shall we do lunch on Sunday? 日曜",
                1 => {
                    "31/10/2026, 14:19 - Rosa Quill: the lunch booking is for 7 of us, the usual place, 1pm, and please tell Jo since he never reads this"
                }
                2 => "31/10/2026, 14:20 - Sam Okafor: 👨\u{200d}👩\u{200d}👧 lunch 🏃",
                _ => "31/10/2026, 14:21 - Mum: ok",
            },
        )
    };
    let around = Around {
        file: "WhatsApp Chat with Family.zip".into(),
        form: Form::Text,
        lines: (20_317..=20_517).map(line).collect(),
        place: 100..101,
    };
    let entry = "WhatsApp Chat with Family.txt".into();
    Opened { export: "whatsapp-rosa-2024-11-01".into(), entry, place: "line 20417".into(), around, missing: None }
}

pub fn table() -> Opened {
    let row = |number: u64| Line {
        number: Some(number),
        cells: vec![
            format!("2024-05-{:02}T07:08:09Z", number % 28 + 1),
            format!("192.0.2.{number}"),
            "Firefox on Linux".into(),
            if number.is_multiple_of(3) {
                String::new()
            } else {
                "Leeds, United Kingdom, and a long way from there".into()
            },
        ],
        ..line(0, Fold::Leaf, "", "")
    };
    let head = ["Time", "IP Address", "Device", "Place"].map(str::to_owned).to_vec();
    let lines: Vec<Line> =
        [Line { cells: head, ..line(0, Fold::Leaf, "", "") }].into_iter().chain((1..=40).map(row)).collect();
    let around = Around { file: "linkedin-rosa.zip".into(), form: Form::Table, lines, place: 17..18 };
    let (export, entry) = ("linkedin-rosa-2026-01-15".into(), "Logins.csv".into());
    Opened { export, entry, place: "row 17".into(), around, missing: None }
}

pub fn page_from_index() -> Opened {
    let lines = vec![
        line(0, Fold::Leaf, "heading", "Rosa Quill"),
        line(0, Fold::Leaf, "text", "Café? @home"),
        line(0, Fold::Leaf, "", "second line"),
        line(0, Fold::Leaf, "date", "Mar 15, 2025 3:52 pm"),
    ];
    let around = Around { file: "facebook-rosa.quill-2026-01-15".into(), form: Form::Page, lines, place: 0..4 };
    Opened {
        export: "facebook-rosa.quill-2026-01-15".into(),
        entry: "messages/inbox/ben_1/message_1.html".into(),
        place: "block 1".into(),
        around,
        missing: Some("/home/rosa/Downloads/facebook-rosa.quill.zip is not there any more".into()),
    }
}
