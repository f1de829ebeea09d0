//! One invented person's three companies, and an engine that answers from them: keys in, screen out.

pub use crate::fixture_companies::{companies, matrix, overview};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::path::PathBuf;
use tellall::import::{ExportProgress, Step};
use tellall::query::{Counts, Hit, HitView, Match};
use tellall::record::{Fate, IdKind, Kind, Origin, Time};
use tellall::report::{EvidenceReport, FieldHeld, LedgerLine, Matrix, Overlap, SharedIdentifier, ValueHeld};
use tellall::tui::data::{Part, SharedIds};
use tellall::tui::keys::Key;
use tellall::tui::look::Look;
use tellall::tui::model::{Found, Offer};
use tellall::tui::{Effect, Model, Msg, Reply, update, view};

pub const PHONE: &str = "+447700900123";

/// A model being driven, with an engine that answers at once.
pub struct Driver {
    pub model: Model,
    /// What the screens wanted that has no answer: quitting, copying and the like.
    pub wanted: Vec<Effect>,
    /// The index is empty.
    pub empty: bool,
}

impl Driver {
    pub fn new(look: Look, width: u16, height: u16) -> Self {
        let today = Some(jiff::civil::date(2026, 11, 24));
        let mut driver =
            Self { model: Model::new(Look { today, ..look }, (width, height)), wanted: Vec::new(), empty: false };
        driver.perform(vec![Effect::Load]);
        driver
    }

    pub fn sized(width: u16, height: u16) -> Self {
        Self::new(Look::default(), width, height)
    }

    pub fn empty(width: u16, height: u16) -> Self {
        Self::empty_in(Look::default(), (width, height))
    }

    pub fn empty_in(look: Look, size: (u16, u16)) -> Self {
        let mut driver = Self { model: Model::new(look, size), wanted: Vec::new(), empty: true };
        driver.perform(vec![Effect::Load]);
        driver
    }

    /// Presses keys: characters as they are, `\n` for Enter, `\t` for Tab, `\x1b` for Esc.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        for c in keys.chars() {
            let key = match c {
                '\n' => Key::Enter,
                '\t' => Key::Tab,
                '\u{1b}' => Key::Esc,
                '↓' => Key::Down,
                '↑' => Key::Up,
                c => Key::Char(c),
            };
            self.send(Msg::Key(key));
        }
        self
    }

    pub fn send(&mut self, msg: Msg) -> &mut Self {
        let effects = update(&mut self.model, msg);
        self.perform(effects);
        self
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let answers = answers(&effect, self.empty);
            if answers.is_empty() {
                self.wanted.push(effect);
            }
            for answer in answers {
                self.send(answer);
            }
        }
    }

    pub fn frame(&self) -> (Buffer, Position) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.model.size.0, self.model.size.1));
        let cursor = view(&self.model, &mut buffer);
        (buffer, cursor)
    }

    /// The screen as lines, and where the cursor is.
    pub fn shown(&self) -> String {
        let (buffer, cursor) = self.frame();
        let mut lines: Vec<String> = (0..buffer.area.height).map(|y| row(&buffer, y)).collect();
        lines.push(format!("cursor {},{}", cursor.x, cursor.y));
        lines.join("\n")
    }

    pub fn row(&self, y: u16) -> String {
        row(&self.frame().0, y)
    }

    /// Whether some row of the screen holds this text.
    pub fn shows(&self, text: &str) -> bool {
        self.shown().contains(text)
    }
}

fn row(buffer: &Buffer, y: u16) -> String {
    let mut line = String::new();
    let mut skip = 0;
    for x in 0..buffer.area.width {
        let symbol = buffer.cell((x, y)).map_or(" ", |cell| cell.symbol());
        if skip > 0 {
            skip -= 1;
            continue;
        }
        line.push_str(symbol);
        skip = tellall::text::width(symbol).saturating_sub(1);
    }
    line.trim_end().to_owned()
}

fn answers(effect: &Effect, empty: bool) -> Vec<Msg> {
    let reply = |ask: &u64, reply| Msg::Reply { ask: *ask, reply: Box::new(reply) };
    let data = |part| Msg::Data { epoch: 1, part: Box::new(part) };
    match effect {
        Effect::Photo { ask, wanted, room } => vec![reply(ask, Reply::Photo(super::frames_photo::photo(wanted, room)))],
        Effect::Guides { ask } => vec![reply(ask, Reply::Guides(guides()))],
        Effect::Load if empty => vec![data(Part::Overview {
            companies: Vec::new(),
            exports: Vec::new(),
            matrix: Matrix { companies: Vec::new(), rows: Vec::new() },
            damaged: Vec::new(),
        })],
        Effect::Load => vec![
            data(overview()),
            data(Part::Shared(shared())),
            data(Part::Fields(fields())),
            data(Part::Ties(super::fixture_ties::ties())),
        ],
        Effect::Diff { ask, before, after } => {
            vec![reply(ask, Reply::Diff(Ok(Box::new(super::fixture_ties::diff(before, after)))))]
        }
        Effect::LoadShared { least } => vec![data(Part::Shared(SharedIds { least: *least, ..shared() }))],
        Effect::Search { ask, text, .. } => search(text).into_iter().map(|answer| reply(ask, answer)).collect(),
        Effect::More { ask } => vec![reply(ask, Reply::Page { first: false, views: vec![hit(9)], more: false })],
        Effect::Values { ask, .. } => vec![reply(ask, values())],
        Effect::View { ask, .. } | Effect::Find { ask, .. } => vec![reply(ask, Reply::Record(Ok(Box::new(record()))))],
        Effect::Ledger { ask } => vec![reply(ask, Reply::Ledger(ledger()))],
        Effect::Archives { ask } => {
            vec![reply(ask, Reply::Archives { found: found(), folders: vec!["~/Downloads".into()] })]
        }
        other => [
            super::fixture_people::answers(other, empty),
            super::fixture_held::answers(other),
            super::fixture_source::answers(other),
            super::fixture_time::answers(other, empty),
            super::fixture_map::answers(other, empty),
        ]
        .concat(),
    }
}

fn search(text: &str) -> Vec<Reply> {
    if let Some(start) = text.find("after:x") {
        let (start, end) = (start + 6, text.len());
        return vec![Reply::Mistake { start, end, expected: "a date such as 2019-05".into() }];
    }
    if text.contains("nothing") {
        return vec![
            Reply::Page { first: true, views: Vec::new(), more: false },
            Reply::Counts(Counts { exact: true, ..Counts::default() }),
        ];
    }
    let mut replies =
        vec![Reply::Page { first: true, views: (0..7).map(hit).collect(), more: false }, Reply::Counts(counts())];
    if text.contains("phone") {
        let filter = "field:\"profile_v2.phone_numbers[].phone_number\"".to_owned();
        let name = "profile_v2.phone_numbers[].phone_number".to_owned();
        replies.push(Reply::Offers(vec![Offer { what: "field", name, filter }]));
    }
    replies
}

fn counts() -> Counts {
    Counts {
        count: 2026,
        exact: true,
        companies: vec![("whatsapp".into(), 1204), ("facebook".into(), 822)],
        sections: vec![(("whatsapp".into(), "messages".into()), 1204), (("facebook".into(), "posts".into()), 822)],
        kinds: vec![(Kind::Message, 1871), (Kind::Post, 155)],
        years: vec![(None, 2), (Some(2025), 24), (Some(2026), 2000)],
        unread: Vec::new(),
    }
}

/// A message that holds lunch, older with its number.
pub fn hit(number: usize) -> HitView {
    let texts = [
        "the lunch booking is for 7 of us, the usual place, 1pm, and please tell Jo since he never reads this",
        "shall we do lunch on Sunday? 日曜",
        "lunch was great \u{202e}thanks\u{202c} for com\u{1b}[2Jing",
        "lunch poll: ramen / tacos / pho",
        "متى نلتقي؟ lunch",
        "👨\u{200d}👩\u{200d}👧 lunch 🏃",
        "Pret Lunch 8.45 GBP",
    ];
    let text = texts[number % texts.len()];
    let at = text.to_lowercase().find("lunch").unwrap_or_default();
    let facebook = number % 3 == 2;
    HitView {
        export: if facebook { "facebook-rosa.quill-2026-01-15" } else { "whatsapp-rosa-2024-11-01" }.into(),
        company: if facebook { "facebook" } else { "whatsapp" }.into(),
        company_name: if facebook { "Facebook" } else { "WhatsApp" }.into(),
        section: "messages".into(),
        section_name: "Messages".into(),
        kind: Kind::Message,
        time: Time::utc_s(1_793_386_620 - number as i64 * 4_000_000),
        who: Some(if number.is_multiple_of(2) { "Mum" } else { "Rosa Quill" }.into()),
        thread: Some(if facebook { "Sam Okafor" } else { "Family" }.into()),
        text: Some(text.into()),
        entry: "WhatsApp Chat with Family.txt".into(),
        place: format!("line {}", 20_417 + number),
        values: vec![("text".into(), text.into()), ("sender".into(), "Mum".into())],
        matches: vec![Match { value: 0, start: at, end: at + 5 }],
    }
}

/// One record.
pub fn record() -> HitView {
    let values = [
        ("profile_v2.name.full_name", "Rosa Quill"),
        ("profile_v2.phone_numbers[].phone_number", "+44 7700 900123"),
        ("profile_v2.emails.emails[]", "rosa.quill@example.com"),
    ];
    HitView {
        export: "facebook-rosa.quill-2026-01-15".into(),
        company: "facebook".into(),
        company_name: "Facebook".into(),
        section: "profile".into(),
        section_name: "Profile".into(),
        kind: Kind::Profile,
        time: None,
        who: None,
        thread: None,
        text: None,
        entry: "personal_information/profile_information/profile_information.json".into(),
        place: "profile_v2".into(),
        values: values.map(|(path, value)| (path.to_owned(), value.to_owned())).into(),
        matches: Vec::new(),
    }
}

fn values() -> Reply {
    let value = |value: &str, records, first: &str| ValueHeld {
        value: value.into(),
        records,
        first: Some(first.into()),
        hit: Hit { segment: 0, batch: 0, row: 0 },
    };
    let values = vec![value("+44 7700 900123", 12, "2012-04-01T09:00:00Z"), value("+44 7700 900456", 1, "2016-08-19")];
    Reply::Values { values, total: 2 }
}

pub fn fields() -> Vec<FieldHeld> {
    vec![
        field("facebook", "profile", "profile_v2.phone_numbers[].phone_number", "Contact", Origin::Provided, 12),
        field("facebook", "profile", "profile_v2.emails.emails[]", "Contact", Origin::Provided, 4),
        field("facebook", "ads", "inferred_interests[]", "Ads & inferences", Origin::Inferred, 616),
        field("facebook", "posts", "x_unknown", "Other", Origin::Observed, 34),
        field("whatsapp", "account", "account_info.phone", "Contact", Origin::Provided, 1),
        field("whatsapp", "messages", "text", "Communications", Origin::Provided, 214_000),
        field("instagram", "health", "cycle.start", "Health", Origin::ThirdParty, 2),
    ]
}

fn field(company: &str, section: &str, path: &str, category: &str, origin: Origin, records: u64) -> FieldHeld {
    FieldHeld {
        company: company.into(),
        section: section.into(),
        field: path.into(),
        label: None,
        description: None,
        category: category.to_lowercase(),
        category_label: category.into(),
        origin,
        special: category == "Health",
        kind: "string".into(),
        records,
        distinct: records.min(2),
        distinct_exact: records < 1000,
        first: Some("2012-04-01T09:00:00Z".into()),
        last: Some("2026-01-14T09:00:00Z".into()),
        examples: vec!["+44 7700 900123".into()],
        why: "the sheet says so".into(),
        at: vec![(0, 0)],
        section_name: section.into(),
    }
}

fn shared() -> SharedIds {
    let all = vec![
        identifier(
            IdKind::Ip,
            "203.0.113.47",
            "mine",
            &[("facebook", Origin::Observed), ("instagram", Origin::Observed)],
        ),
        identifier(
            IdKind::Phone,
            "+12025550142",
            "other",
            &[("facebook", Origin::Provided), ("whatsapp", Origin::Provided)],
        ),
        identifier(
            IdKind::Phone,
            PHONE,
            "mine",
            &[("facebook", Origin::Provided), ("whatsapp", Origin::Provided), ("instagram", Origin::Inferred)],
        ),
    ];
    let overlap = Overlap {
        companies: vec!["facebook".into(), "whatsapp".into()],
        kind: IdKind::Phone,
        owner: "other".into(),
        count: 37,
    };
    SharedIds::new(all, vec![overlap], 2)
}

fn identifier(kind: IdKind, value: &str, owner: &str, held: &[(&str, Origin)]) -> SharedIdentifier {
    let evidence = held.iter().map(|(company, origin)| EvidenceReport {
        export: format!("{company}-rosa-2026-01-15"),
        company: (*company).into(),
        section: "profile".into(),
        field: "phone_number".into(),
        entry: "personal_information/profile_information.json".into(),
        locator: "profile_v2".into(),
        as_written: format!("0{}", &value.chars().skip(3).collect::<String>()),
        rule: "E.164 from national format, region GB".into(),
        origin: *origin,
        records: 1,
    });
    SharedIdentifier {
        certainty: tellall::report::Certainty::Certain,
        why: "the same number".to_owned(),
        kind,
        value: value.into(),
        owner: owner.into(),
        companies: held.iter().map(|(company, _)| (*company).to_owned()).collect(),
        evidence: evidence.collect(),
    }
}

fn ledger() -> Vec<LedgerLine> {
    let line = |entry: &str, fate, records, problems, why: Option<&str>| LedgerLine {
        export: "facebook-rosa-2026-01-15".into(),
        entry: entry.into(),
        size: None,
        fate,
        section: (fate == Fate::Read).then(|| "messages".to_owned()),
        records,
        problems,
        why: why.map(str::to_owned),
    };
    vec![
        line("messages/inbox/family/message_1.json", Fate::Read, 1200, 0, None),
        line("posts/x.json", Fate::Generic, 4, 1, None),
        line("media/photo.jpg", Fate::Media, 1, 0, None),
        line("start_here.html", Fate::Skipped, 0, 0, Some("a page that only links to the others")),
        line("broken.json", Fate::Failed, 0, 0, Some("damaged (CRC); nothing of it could be read")),
    ]
}

fn found() -> Vec<Found> {
    let found = |name: &str, bytes, company: Option<&str>| Found {
        paths: vec![PathBuf::from("/home/rosa/Downloads").join(name)],
        name: name.into(),
        bytes,
        company: company.map(str::to_owned),
    };
    vec![
        found("facebook-rosa.quill-2026-01-15.zip", 2_100_000_000, Some("Facebook")),
        Found {
            paths: (1..4).map(|part| PathBuf::from(format!("/home/rosa/Downloads/takeout-{part:03}.zip"))).collect(),
            ..found("takeout-001.zip (1 of 3)", 49_800_000_000, Some("Google"))
        },
        found("WhatsApp Chat with Family.zip", 312_000_000, Some("WhatsApp")),
        found("backup-laptop.tar.gz", 6_400_000_000, None),
    ]
}

/// An import half way through.
pub fn progress() -> Vec<ExportProgress> {
    let line = |file: &str, step, done, total, records| ExportProgress {
        files: vec![file.to_owned()],
        company: Some("Facebook".into()),
        step,
        done,
        total,
        records,
        entries: 7,
        entries_total: 204,
        problems: if step == Step::Waiting { 0 } else { 2 },
        failed: 0,
        now: if step == Step::Reading { "messages/inbox/family/message_1.json".into() } else { String::new() },
        outcome: (step == Step::Finished).then(|| Ok("facebook-rosa-2026-01-15".to_owned())),
        ..ExportProgress::default()
    };
    vec![
        line("facebook-rosa.quill-2026-01-15.zip", Step::Finished, 2_100_000_000, 2_100_000_000, 381_220),
        line("takeout-001.zip", Step::Reading, 430_000_000, 1_000_000_000, 12_880),
        line("WhatsApp Chat with Family.zip", Step::Waiting, 0, 312_000_000, 0),
    ]
}

/// Pages as the worker gives them: about all companies, then by company.
pub fn guides() -> Vec<tellall::report::Guide> {
    tellall::report::guides(&tellall::sheets::Sheets::builtin())
}
