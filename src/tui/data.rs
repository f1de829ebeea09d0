//! What the screens know of the index: reports, as they last came. A screen never sees a container, a sheet or the engine.

use crate::record::{IdKind, Kind, Origin};
use crate::report::{
    ChoiceReport, CompanyOverview, Completeness, Contradiction, EvidenceReport, ExportReport, FieldHeld, Held, Matrix,
    RecipientReport, Retention, SharedIdentifier,
};
use std::collections::BTreeMap;

/// Everything that is known, part by part as it arrives.
#[derive(Debug, Clone)]
pub struct Data {
    /// Counts the states of the index; what refers to rows of an older one is no longer asked for.
    pub epoch: u64,
    /// The overview has come: an empty list of companies means an empty index.
    pub loaded: bool,
    pub companies: Vec<CompanyOverview>,
    pub exports: Vec<ExportReport>,
    pub matrix: Matrix,
    pub fields: Vec<FieldHeld>,
    pub shared: SharedIds,
    pub ties: Ties,
    pub findings: Vec<crate::tui::findings::Finding>,
    /// The first screens' numbers, narrowed as it says.
    pub held: Option<Box<Held>>,
    /// Sentences about parts of the index that could not be opened.
    pub damaged: Vec<String>,
}

impl Default for Data {
    fn default() -> Self {
        Self {
            epoch: 0,
            loaded: false,
            companies: Vec::new(),
            exports: Vec::new(),
            matrix: Matrix { companies: Vec::new(), rows: Vec::new() },
            fields: Vec::new(),
            shared: SharedIds::default(),
            ties: Ties::default(),
            findings: Vec::new(),
            held: None,
            damaged: Vec::new(),
        }
    }
}

/// A piece of [`Data`] on its way to the model.
#[derive(Debug, Clone)]
pub enum Part {
    Overview { companies: Vec<CompanyOverview>, exports: Vec<ExportReport>, matrix: Matrix, damaged: Vec<String> },
    Fields(Vec<FieldHeld>),
    Shared(SharedIds),
    Ties(Ties),
    Held(Box<Held>),
}

/// What else ties companies together, what was chosen, what is missing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ties {
    pub recipients: Vec<RecipientReport>,
    pub choices: Vec<ChoiceReport>,
    pub contradictions: Vec<Contradiction>,
    pub completeness: Vec<Completeness>,
    pub retention: Vec<Retention>,
}

/// Identifiers for the IDs screen: the person's own first, then by number of companies.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SharedIds {
    pub identifiers: Vec<SharedIdentifier>,
    pub overlaps: Vec<crate::report::Overlap>,
    /// Others' identifiers are listed if at least so many companies hold them.
    pub least: usize,
}

impl SharedIds {
    pub fn new(mut identifiers: Vec<SharedIdentifier>, overlaps: Vec<crate::report::Overlap>, least: usize) -> Self {
        identifiers
            .sort_by_cached_key(|id| (id.owner != "mine", usize::MAX - id.companies.len(), id.kind, id.value.clone()));
        Self { identifiers, overlaps, least }
    }
}

impl Data {
    /// Takes a part in; findings follow from all parts.
    pub fn take(&mut self, epoch: u64, part: Part, today: Option<jiff::civil::Date>) {
        self.epoch = epoch;
        match part {
            Part::Overview { companies, exports, matrix, damaged } => {
                (self.loaded, self.held) = (true, None);
                (self.companies, self.exports, self.matrix, self.damaged) = (companies, exports, matrix, damaged);
            }
            Part::Fields(fields) => self.fields = fields,
            Part::Shared(shared) => self.shared = shared,
            Part::Ties(ties) => self.ties = ties,
            Part::Held(held) => self.held = Some(held),
        }
        self.findings = crate::tui::findings::findings(self, today);
    }

    /// Nothing was imported yet, as far as is known.
    pub fn is_empty(&self) -> bool {
        self.loaded && self.companies.is_empty()
    }

    /// A company's name for people; its id if no more is known.
    pub fn name<'a>(&'a self, company: &'a str) -> &'a str {
        let known = self.companies.iter().find(|known| known.id == company);
        known.map_or(company, |known| known.name.as_str())
    }

    pub fn records(&self) -> u64 {
        self.companies.iter().map(|company| company.records).sum()
    }

    /// What is known of a field of a record.
    pub fn field(&self, company: &str, section: &str, path: &str) -> Option<&FieldHeld> {
        let same = |field: &&FieldHeld| field.company == company && field.field == path;
        let mut of_path = self.fields.iter().filter(same).peekable();
        let first = of_path.peek().copied();
        of_path.find(|field| field.section == section).or(first)
    }

    /// Records of companies by month.
    pub fn months(companies: &[CompanyOverview]) -> BTreeMap<i32, u64> {
        let mut sums = BTreeMap::new();
        for (&month, &count) in companies.iter().flat_map(|company| &company.months) {
            *sums.entry(month).or_insert(0u64) += count;
        }
        sums
    }
}

/// How a company got an identifier, by its best evidence: what the person gave goes before what was observed, and so on.
pub fn origin_at(identifier: &SharedIdentifier, company: &str) -> Option<Origin> {
    evidence_at(identifier, company).map(|evidence| evidence.origin).min()
}

/// The evidence of one company.
pub fn evidence_at<'a>(
    identifier: &'a SharedIdentifier,
    company: &'a str,
) -> impl Iterator<Item = &'a EvidenceReport> + use<'a> {
    identifier.evidence.iter().filter(move |evidence| evidence.company == company)
}

/// Kinds of identifier in the words of screens.
pub fn kind_word(kind: IdKind) -> &'static str {
    match kind {
        IdKind::Email => "e-mail",
        IdKind::Ip => "IP",
        IdKind::AdvertisingId => "ad id",
        IdKind::AccountId => "account",
        other => other.id(),
    }
}

/// Kinds of identifier in a sentence.
pub fn kind_noun(kind: IdKind) -> &'static str {
    match kind {
        IdKind::Phone => "phone number",
        IdKind::Email => "e-mail address",
        IdKind::Ip => "IP address",
        IdKind::Device => "device",
        IdKind::AdvertisingId => "advertising id",
        IdKind::Cookie => "cookie",
        IdKind::Username => "user name",
        IdKind::AccountId => "account id",
        IdKind::Name => "name",
        IdKind::Birthday => "birthday",
        IdKind::Address => "address",
        IdKind::Payment => "payment id",
        IdKind::Url => "link",
        IdKind::Hash => "hash",
    }
}

/// Kinds of records, in the plural.
pub fn kind_plural(kind: Kind) -> &'static str {
    match kind {
        Kind::Message => "messages",
        Kind::Search => "searches",
        Kind::Place => "places",
        Kind::Login => "logins",
        Kind::Ad => "ads",
        Kind::Contact => "contacts",
        Kind::Photo => "photos",
        Kind::Payment => "payments",
        Kind::Post => "posts",
        Kind::Event => "events",
        Kind::File => "files",
        Kind::Profile => "profile",
        Kind::Setting => "settings",
        Kind::Thread => "conversations",
        Kind::Other => "other",
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// Companies that hold nothing, by id and name.
    pub fn companies(all: &[(&str, &str)]) -> Data {
        let company = |(id, name): &(&str, &str)| CompanyOverview {
            id: (*id).to_owned(),
            name: (*name).to_owned(),
            exports: Vec::new(),
            records: 0,
            fields: 0,
            special: Vec::new(),
            first: None,
            last: None,
            as_of: None,
            origins: [0; 5],
            categories: Vec::new(),
            kinds: Vec::new(),
            months: BTreeMap::new(),
            problems: 0,
            failed: 0,
        };
        Data { loaded: true, companies: all.iter().map(company).collect(), ..Data::default() }
    }
}
