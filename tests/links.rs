//! Links between companies, measured: invented persons whose exports hold the same identifiers in every spelling, beside near
//! misses. Every link that is true must be found, and no other.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use tellall::container::Budget;
use tellall::import::{self, Options, Progress};
use tellall::index::Store;
use tellall::record::IdKind;
use tellall::report::{self, Certainty, Decisions, SharedFilter, Values};
use tellall::sample::persons::{self, Made};
use tellall::sheets::Sheets;

/// An identifier at a company, and whether it is the owner's.
type Link = (IdKind, String, String, bool);

struct Imported {
    _folder: tempfile::TempDir,
    store: Store,
    made: Made,
}

fn import(seed: u64, companies: usize, sheets: &Sheets) -> Imported {
    let made = persons::person(seed, companies);
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let mut paths = Vec::new();
    for (company, files) in &made.exports {
        let path = folder.path().join(format!("{}.zip", company.trim_start_matches("unknown:")));
        let mut zip = zip::ZipWriter::new(fs::File::create(&path).expect("the file"));
        for (name, bytes) in files {
            zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).expect("a zip takes it");
            zip.write_all(bytes).expect("the disk takes it");
        }
        zip.finish().expect("the zip");
        paths.push(path);
    }
    let store = Store::open(&folder.path().join("index")).expect("an index");
    let (options, progress, budget) = (Options::default(), Progress::default(), Budget::default());
    let outcomes =
        import::import(&store, sheets, &paths, &options, &progress, &budget).expect("the index can be written");
    let known: BTreeSet<String> =
        outcomes.into_iter().map(|one| one.expect("every zip is an export").company).collect();
    let expected: BTreeSet<String> = made.exports.keys().map(|company| (*company).to_owned()).collect();
    assert_eq!(known, expected, "every company is recognised");
    let store = store.reload().expect("the index can be read");
    Imported { _folder: folder, store, made }
}

fn found(imported: &Imported) -> BTreeSet<Link> {
    let shared = report::shared(&imported.store, &SharedFilter::default(), Values::Shown);
    let kinds = [IdKind::Phone, IdKind::Email, IdKind::Ip];
    let rows = shared.identifiers.into_iter().filter(|row| kinds.contains(&row.kind));
    rows.flat_map(|row| {
        let mine = row.owner == "mine";
        row.companies.into_iter().map(move |company| (row.kind, row.value.clone(), company, mine))
    })
    .collect()
}

fn truth(imported: &Imported) -> BTreeSet<Link> {
    let shared = imported.made.truth.iter().filter(|(_, truth)| truth.companies.len() >= 2);
    let rows = shared.flat_map(|((kind, value), truth)| {
        truth.companies.iter().map(|company| (*kind, value.clone(), (*company).to_owned(), truth.mine))
    });
    rows.collect()
}

/// Thirty persons of five to fourteen companies: nothing false, nothing missed.
#[test]
#[allow(clippy::print_stdout, reason = "the numbers are what one runs this for")]
fn every_true_link_is_found_and_no_other() {
    let sheets = Sheets::builtin();
    let (mut right, mut wrong, mut missed) = (0, Vec::new(), Vec::new());
    for seed in 0..30u64 {
        let imported = import(seed, 5 + seed as usize % 10, &sheets);
        let (found, truth) = (found(&imported), truth(&imported));
        right += found.intersection(&truth).count();
        wrong.extend(found.difference(&truth).map(|link| (seed, link.clone())));
        missed.extend(truth.difference(&found).map(|link| (seed, link.clone())));
    }
    println!(
        "links: {right} right, {} wrong, {} missed: precision {:.3}, recall {:.3}",
        wrong.len(),
        missed.len(),
        right as f64 / (right + wrong.len()) as f64,
        right as f64 / (right + missed.len()) as f64
    );
    assert!(right > 1000, "{right} links were compared");
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(missed.len() * 100 <= right, "{missed:#?}");
}

/// A relative's number, one digit apart, is hers; two friends of one name stay two; an address of a whole office is only likely.
#[test]
fn near_misses_are_told_apart() {
    let imported = import(4, 10, &Sheets::builtin());
    let shared =
        report::shared(&imported.store, &SharedFilter { companies: 1, ..SharedFilter::default() }, Values::Shown);
    for row in &shared.identifiers {
        let key = (row.kind, row.value.clone());
        assert!(row.owner != "mine" || !imported.made.not_mine.contains(&key), "{key:?} is not the owner's");
        assert!(row.kind != IdKind::Ip || row.certainty == Certainty::Likely, "{key:?} may be shared by an office");
        assert!(!matches!(row.kind, IdKind::Name | IdKind::Hash), "{key:?} is no proof");
    }
    let people = report::people(&imported.store, &Decisions::default(), &[], Values::Shown);
    let namesakes = people.people.iter().filter(|person| person.names.iter().any(|name| name == "Friend 10")).count();
    assert!(namesakes >= 2, "two people called Friend 10 are two: {namesakes}");
}
