//! The three companies, what each holds, and the exports they came in.

use std::collections::BTreeMap;
use tellall::record::{Kind, Origin, Problem};
use tellall::report::{CompanyOverview, EntryCounts, ExportReport, Matrix, MatrixCell, MatrixRow, PartReport};
use tellall::tui::data::Part;

pub fn overview() -> Part {
    let (companies, matrix) = (companies(), matrix());
    let exports = vec![export("facebook", 2), export("whatsapp", 0), export("instagram", 1)];
    Part::Overview { companies, exports, matrix, damaged: Vec::new() }
}

pub fn companies() -> Vec<CompanyOverview> {
    vec![
        company("facebook", "Facebook", 381_220, &["Health", "Religion"], "2026-01-15", [34, 51, 9, 0, 6]),
        company("whatsapp", "WhatsApp", 214_907, &[], "2024-11-01", [80, 20, 0, 0, 0]),
        company("instagram", "Instagram", 66_013, &["Health"], "2026-10-12", [20, 60, 15, 5, 0]),
    ]
}

fn company(id: &str, name: &str, records: u64, special: &[&str], as_of: &str, origins: [u64; 5]) -> CompanyOverview {
    let months: BTreeMap<i32, u64> = (0..120i32)
        .map(|month| (2016 * 12 + month, records / 200 + u64::from(month.unsigned_abs() % 17) * 90))
        .collect();
    CompanyOverview {
        id: id.into(),
        name: name.into(),
        exports: vec![format!("{id}-rosa-{as_of}")],
        records,
        fields: records / 1300,
        special: special.iter().map(ToString::to_string).collect(),
        first: Some("2016-01-11T08:00:00Z".into()),
        last: Some(format!("{as_of}T07:00:00Z")),
        as_of: Some(as_of.into()),
        origins: origins.map(|share| share * records / 100),
        categories: vec![
            ("Communications".into(), false, records / 2),
            ("Location".into(), false, records / 5),
            ("Health".into(), !special.is_empty(), records / 90),
        ],
        kinds: vec![(Kind::Message, records / 2), (Kind::Place, records / 5)],
        months,
        problems: 3,
        failed: 1,
    }
}

fn export(company: &str, failed: u64) -> ExportReport {
    ExportReport {
        id: format!("{company}-rosa-2026-01-15"),
        company: company.into(),
        account: Some("rosa.quill".into()),
        as_of: Some("2026-01-15".into()),
        layout: None,
        parts: vec![PartReport { file: format!("{company}.zip"), bytes: 1 << 20, blake3: String::new() }],
        entries: EntryCounts { total: 204, read: 180, generic: 10, media: 10, skipped: 4 - failed, failed },
        records: 1000,
        fields: 30,
        first: None,
        last: None,
        problems: vec![Problem { entry: "posts/x.json".into(), locator: "[17]".into(), what: "not a time".into() }],
        problems_total: 1,
        warnings: Vec::new(),
        incomplete: false,
        seconds: 0.4,
        already: false,
    }
}

pub fn matrix() -> Matrix {
    let cell =
        |records| Some(MatrixCell { fields: 3, records, origins: vec![Origin::Provided], first: None, last: None });
    let row = |label: &str, special, cells| MatrixRow {
        category: label.to_lowercase(),
        category_label: label.into(),
        special,
        cells,
    };
    Matrix {
        companies: vec!["facebook".into(), "whatsapp".into(), "instagram".into()],
        rows: vec![
            row("Communications", false, vec![cell(288_410), cell(214_000), cell(812)]),
            row("Contact", false, vec![cell(212), cell(41), cell(4)]),
            row("Health", true, vec![cell(37), None, cell(2)]),
            row("Ads & inferences", false, vec![cell(1_312), None, None]),
        ],
    }
}
