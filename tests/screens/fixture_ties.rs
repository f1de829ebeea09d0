//! Third parties, choices, contradictions and what is missing, of the invented person.

use tellall::record::{Direction, Origin};
use tellall::report::{
    Change, ChoiceChange, ChoiceReport, Completeness, Contradiction, ContradictionSide, Diff, DiffSide,
    RecipientDetail, RecipientEvidence, RecipientReport, Retention, SectionCompleteness,
};
use tellall::tui::data::Ties;

pub fn ties() -> Ties {
    Ties {
        recipients: vec![
            recipient("Harbour Shoes", Direction::Gave, "activity off the platform", 1240),
            recipient("Harbour Shoes", Direction::Targeted, "a list with you on it", 3),
            recipient("Northwind Pharmacy", Direction::Gave, "activity off the platform", 88),
            recipient("Quiz of the Day", Direction::Received, "an app you connected", 1),
        ],
        choices: vec![
            choice("facebook", "face recognition", "off", "face"),
            choice("whatsapp", "Share account information with Facebook", "yes", "sharing"),
            choice("instagram", "Ads based on data from partners", "allowed", "ads"),
        ],
        contradictions: vec![Contradiction {
            about: "birth date".into(),
            sides: vec![
                side("facebook", "1989-06-02", Origin::Provided),
                side("instagram", "1987-01-01", Origin::Inferred),
            ],
        }],
        completeness: vec![completeness("facebook"), completeness("whatsapp")],
        retention: vec![
            retention("facebook", "Communications", "2012-04-01T09:00:00Z"),
            retention("whatsapp", "Location", "2019-06-14T18:20:00Z"),
        ],
    }
}

const EXPORT: &str = "facebook-rosa-2026-01-15";

fn recipient(name: &str, direction: Direction, basis: &str, records: u64) -> RecipientReport {
    let place = |row: u64| RecipientEvidence {
        export: EXPORT.into(),
        entry: "ads_information/your_off-meta_activity.json".into(),
        locator: format!("off_facebook_activity_v2[{row}]"),
    };
    RecipientReport {
        name: name.into(),
        direction,
        companies: vec!["facebook".into()],
        basis: basis.into(),
        first: Some("2024-05-01T09:00:00Z".into()),
        last: Some("2026-01-02T09:00:00Z".into()),
        records,
        evidence: (0..records.min(2)).map(place).collect(),
        names: vec![name.into()],
        why: Vec::new(),
        months: [("2024-05".to_owned(), records / 4), ("2026-01".to_owned(), records - records / 4)].into(),
        details: vec![
            RecipientDetail { what: "PURCHASE".into(), records: records / 2 },
            RecipientDetail { what: "VIEW_CONTENT".into(), records: records - records / 2 },
        ],
    }
}

fn choice(company: &str, what: &str, value: &str, about: &str) -> ChoiceReport {
    ChoiceReport {
        company: company.into(),
        section: "settings".into(),
        what: what.into(),
        value: value.into(),
        time: Some("2021-02-08T07:30:00Z".into()),
        about: about.into(),
        export: format!("{company}-rosa-2026-01-15"),
        entry: "settings.json".into(),
        locator: "settings[0]".into(),
    }
}

fn side(company: &str, value: &str, origin: Origin) -> ContradictionSide {
    ContradictionSide {
        company: company.into(),
        export: format!("{company}-rosa-2026-01-15"),
        section: "profile".into(),
        field: "profile_v2.birthday".into(),
        value: value.into(),
        origin,
        entry: "profile_information.json".into(),
        locator: "profile_v2".into(),
    }
}

fn completeness(company: &str) -> Completeness {
    let section = |id: &str, name: &str, state: &str, records, ask: Option<&str>| SectionCompleteness {
        section: id.into(),
        name: name.into(),
        state: state.into(),
        records,
        note: None,
        ask: ask.map(str::to_owned),
    };
    Completeness {
        export: format!("{company}-rosa-2026-01-15"),
        company: company.into(),
        sections: vec![
            section("messages", "Messages", "present", 288_410, None),
            section("posts", "Posts", "empty", 0, None),
            section(
                "location",
                "Location history",
                "absent",
                0,
                Some("Tick \"Location\" when you ask for the export. The right is GDPR Art. 15."),
            ),
            section(
                "contacts",
                "Contacts you uploaded",
                "not offered",
                0,
                Some("Ask in writing: exports of this layout never hold it."),
            ),
        ],
        beyond: vec!["What advertisers' lists said of you: ask the advertisers.".into()],
    }
}

fn retention(company: &str, category: &str, oldest: &str) -> Retention {
    Retention {
        company: company.into(),
        category: category.to_lowercase(),
        category_label: category.into(),
        oldest: oldest.into(),
        newest: "2026-01-14T09:00:00Z".into(),
    }
}

/// Between two exports of Facebook.
pub fn diff(before: &str, after: &str) -> Diff {
    let side = |export: &str, records| DiffSide {
        export: export.into(),
        company: "facebook".into(),
        account: Some("rosa.quill".into()),
        as_of: Some("2026-01-15".into()),
        records,
    };
    let change = |change: &str, what: &str, before, after| Change {
        change: change.into(),
        what: what.into(),
        before,
        after,
        origin: None,
    };
    Diff {
        before: side(before, 360_000),
        after: side(after, 381_220),
        sections: vec![change("changed", "messages", 270_000, 288_410), change("gone", "location", 9_118, 0)],
        fields: vec![change("added", "ads · inferred_interests[]", 0, 616)],
        categories: vec![change("gone", "Location", 9_118, 0)],
        recipients: vec![change("added", "Northwind Pharmacy", 0, 88)],
        identifiers: vec![change("added", "phone +447700900456", 0, 1)],
        choices: vec![ChoiceChange {
            change: "changed".into(),
            what: "face recognition".into(),
            about: "face".into(),
            before: Some("on".into()),
            after: Some("off".into()),
        }],
    }
}
