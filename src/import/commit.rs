//! Who an export is of, and how its fields are labelled when it is committed.

use super::discover::{Found, file_name, layout, slug, stem};
use super::explained::Glossary;
use super::work::Own;
use super::{ExportProgress, Job, Step};
use crate::classify::{self, Evidence};
use crate::index::catalog::{Role, Stamp};
use crate::index::writer::{FieldDraft, FieldLabel};
use crate::index::{Ledger, LedgerEntry, Manifest, Part, SegmentWriter};
use crate::record::{Fate, IdKind, Problem, Time};
use crate::report::mask;
use crate::sheets::{FieldRule, Section, Sheet};
use anyhow::Context as _;
use std::collections::BTreeMap;
use std::time::Instant;

/// Problems kept in words; all are counted.
const MOST_PROBLEMS: usize = 1000;

/// What is known of an export before it is read.
pub struct Identity {
    pub parts: Vec<Part>,
    /// Equal if importing again would change nothing.
    pub digest: String,
    pub company: String,
    pub company_name: String,
    pub started: Instant,
}

impl Identity {
    /// Reads the archives once for their digests.
    pub fn of(job: &Job<'_>, found: &Found) -> anyhow::Result<Self> {
        let started = Instant::now();
        let sheet = found.sheet.map(|sheet| &job.sheets.all[sheet]);
        let company = sheet.map_or_else(|| format!("unknown:{}", found.slug()), |sheet| sheet.id.clone());
        let mut whole = blake3::Hasher::new();
        // What reads an export belongs to what is read: a better program or sheet gives a better index.
        whole.update(env!("CARGO_PKG_VERSION").as_bytes());
        whole.update(sheet.map_or("", |sheet| sheet.digest.as_str()).as_bytes());
        whole.update(company.as_bytes());
        for word in [&job.options.account, &job.options.as_of].into_iter().flatten().chain(&job.options.owners) {
            whole.update(word.as_bytes());
        }
        let mut parts = Vec::new();
        for archive in &found.parts {
            let (hash, bytes) = archive.digest().with_context(|| format!("reading {}", archive.path.display()))?;
            whole.update(hash.as_bytes());
            parts.push(Part {
                file: file_name(&archive.path),
                path: std::path::absolute(&archive.path)
                    .unwrap_or_else(|_| archive.path.clone())
                    .to_string_lossy()
                    .into_owned(),
                bytes,
                blake3: hash.to_hex().to_string(),
            });
        }
        Ok(Self {
            parts,
            digest: whole.finalize().to_hex().to_string(),
            company,
            company_name: found.company_name(job.sheets),
            started,
        })
    }
}

/// What reading an export found out besides its records.
#[derive(Debug, Default)]
pub struct Outcome {
    pub entries: Vec<LedgerEntry>,
    pub problems: Vec<Problem>,
    pub problems_total: u64,
    /// Identifiers that profile sections state to be the owner's: the account is called by one.
    pub own: Own,
    pub last: Option<Time>,
    /// Entries that are not read, or not to their end, since the person stopped the import and keeps what was in.
    pub undone: u64,
}

/// Commits the segment and gives its id.
pub fn commit(
    job: &Job<'_>,
    found: &Found,
    identity: Identity,
    writer: SegmentWriter,
    outcome: Outcome,
    sections: &[&Section],
) -> anyhow::Result<String> {
    job.progress.update(job.line, |line: &mut ExportProgress| line.step = Step::Committing);
    let sheet = found.sheet.map(|sheet| &job.sheets.all[sheet]);
    let account = found.account.clone().or_else(|| account_of(&outcome.own));
    let as_of = found.as_of.clone().or_else(|| outcome.last.map(|time| time.civil().date().to_string()));
    let mut fates: BTreeMap<Fate, u64> = BTreeMap::new();
    for entry in &outcome.entries {
        *fates.entry(entry.fate).or_default() += 1;
    }
    let incomplete = outcome.undone > 0;
    let mut warnings = found.warnings.clone();
    if incomplete {
        let (undone, all) = (outcome.undone, outcome.entries.len());
        warnings.push(format!(
            "Incomplete: its import was stopped before {undone} of {all} entries were read; import the archive again for the rest."
        ));
    }
    let ledger = Ledger { entries: outcome.entries, problems: outcome.problems };
    let id = export_id(&identity.company, account.as_deref(), as_of.as_deref(), found);
    let replaces = replaced(job, &identity, &id);
    let manifest = Manifest {
        format: crate::index::FORMAT,
        id,
        company: identity.company,
        company_name: identity.company_name,
        account,
        as_of,
        layout: layout(sheet, &found.parts),
        parts: identity.parts,
        digest: identity.digest,
        records: 0,
        entries: fates,
        problems: outcome.problems_total,
        first: None,
        last: None::<Stamp>,
        seconds: identity.started.elapsed().as_secs_f64(),
        warnings,
        incomplete,
        files: 0,
    };
    let glossary = Glossary::of(sheet, &found.parts);
    let labels = Labels { sheet, sections, glossary };
    let id = writer.commit(job.lock, manifest, &ledger, replaces.as_deref(), &|draft| labels.label(draft))?;
    Ok(id)
}

/// Keeps a problem in words while there are few; counts it always.
pub fn keep_problem(outcome: &mut Outcome, problem: Problem) {
    outcome.problems_total += 1;
    if outcome.problems.len() < MOST_PROBLEMS {
        outcome.problems.push(problem);
    }
}

/// The account's name: a user name, else an e-mail address, else a telephone number with its middle hidden, since ids are shown
/// everywhere.
fn account_of(own: &Own) -> Option<String> {
    let own = |kind| own.get(&kind).map(|(_, value)| value);
    let named = own(IdKind::Username).or_else(|| own(IdKind::Email)).cloned();
    named.or_else(|| own(IdKind::Phone).map(|phone| mask(IdKind::Phone, phone)))
}

/// Company, account and day; without an account, the archive's name stands for it.
fn export_id(company: &str, account: Option<&str>, as_of: Option<&str>, found: &Found) -> String {
    // `unknown:larkspur` is named by its archive already.
    let (company, known) = company.split_once(':').map_or((company, ""), |(unknown, name)| (unknown, name));
    let archive = found.parts.first().map(|part| slug(&stem(&part.path))).unwrap_or_default();
    let name = if archive.is_empty() { known.to_owned() } else { archive };
    let name = name.strip_prefix(company).map_or(name.as_str(), |rest| rest.trim_start_matches('-')).to_owned();
    let who = account.map(slug).filter(|who| !who.is_empty()).unwrap_or(name);
    // A file name that ends in the date says it already.
    let day = as_of.filter(|day| !who.ends_with(day));
    [company, &who].into_iter().chain(day).filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join("-")
}

/// An older import of the same archives, or of fewer parts of the same export: the new one takes its place.
fn replaced(job: &Job<'_>, identity: &Identity, id: &str) -> Option<String> {
    let held = |part: &Part| identity.parts.iter().any(|known| known.blake3 == part.blake3);
    let older = job.store.segments.iter().map(|segment| &segment.manifest).find(|manifest| {
        manifest.company == identity.company && !manifest.parts.is_empty() && manifest.parts.iter().all(held)
    });
    older
        .or_else(|| job.store.get(id).map(|segment| &segment.manifest).filter(|known| known.parts.iter().all(held)))
        .map(|known| known.id.clone())
}

/// Labels fields by the sheet's rules and the vocabulary.
struct Labels<'a> {
    sheet: Option<&'a Sheet>,
    /// By their numbers in the segment.
    sections: &'a [&'a Section],
    glossary: Glossary,
}

impl Labels<'_> {
    fn label(&self, draft: &FieldDraft<'_>) -> FieldLabel {
        let section = self.sections.get(draft.section as usize).copied();
        let rule = self.rule(section, draft);
        let label = classify::label(&Evidence {
            entry: draft.entry,
            path: draft.path,
            label: draft.label.or(rule.and_then(|rule| rule.label.as_deref())),
            samples: draft.samples,
            rule,
            section_category: section.and_then(|section| section.category.as_deref()),
            section_origin: section.and_then(|section| section.origin),
            is_text: draft.role == Role::Text,
        });
        FieldLabel {
            category: label.category.map(str::to_owned),
            origin: label.origin,
            why: label.why,
            label: rule.and_then(|rule| rule.label.clone()),
            description: self.glossary.of_field(draft.entry, draft.path).map(str::to_owned),
        }
    }

    /// The first rule that holds: of the section, then of the sheet; one for a pattern of values if most samples are of it.
    fn rule<'s>(&'s self, section: Option<&'s Section>, draft: &FieldDraft<'_>) -> Option<&'s FieldRule> {
        let own = section.map(|section| section.fields.as_slice()).unwrap_or_default();
        let shared = self.sheet.map(|sheet| sheet.fields.as_slice()).unwrap_or_default();
        let mut rules =
            draft.rules.iter().filter_map(|&at| own.iter().chain(shared).nth(at as usize)).map(|(_, rule)| rule);
        rules.find(|rule| rule.value.as_ref().is_none_or(|pattern| mostly(pattern, draft.samples)))
    }
}

fn mostly(pattern: &str, samples: &[String]) -> bool {
    let hits = samples.iter().filter(|value| classify::value_is(pattern, value)).count();
    hits > 0 && hits * 2 > samples.len()
}
