//! Third parties by whatever name companies write: one party for "Larkspur Ltd" and "larkspur", and for a name and a handle that a
//! record states together. Never because names look alike.

use crate::index::fold::folded;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// What follows the name of a firm and says only of what form it is, as single words without dots.
const LEGAL_FORMS: [&str; 46] = [
    "ab",
    "ag",
    "aps",
    "as",
    "asa",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "cv",
    "doo",
    "eg",
    "eirl",
    "ev",
    "gbr",
    "gmbh",
    "inc",
    "incorporated",
    "kft",
    "kg",
    "kgaa",
    "lda",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "ltda",
    "mbh",
    "nv",
    "ohg",
    "oy",
    "oyj",
    "plc",
    "pte",
    "pty",
    "pvt",
    "sa",
    "sarl",
    "sas",
    "se",
    "sl",
    "spa",
    "srl",
    "ug",
];

/// Number of a party.
pub type Party = usize;

/// Names as written and the party each belongs to.
#[derive(Debug, Default)]
pub struct Parties {
    /// By name as written.
    known: HashMap<String, usize>,
    /// By what counts of a name.
    by_key: HashMap<String, usize>,
    names: Vec<Name>,
}

#[derive(Debug)]
struct Name {
    written: String,
    /// Another name of the same party, or itself.
    same_as: usize,
    kind: Form,
    records: u64,
    /// Why it is the same as another.
    why: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Name,
    Domain,
    Handle,
}

impl Parties {
    /// The party a record names, by all the names it states for it; the first is what people read. `place` is where it stands.
    pub fn of(&mut self, names: &[&str], place: &dyn Fn() -> String) -> Option<Party> {
        let (first, others) = names.split_first()?;
        let first = self.number(first);
        self.names[first].records += 1;
        for other in others {
            let other = self.number(other);
            self.join(first, other, place);
        }
        Some(self.root(first))
    }

    /// Settles a party of [`Parties::of`] after all records were seen: parties may have been joined since.
    pub fn root(&self, mut party: Party) -> Party {
        while self.names[party].same_as != party {
            party = self.names[party].same_as;
        }
        party
    }

    /// What people call each party: the name most often written, a name rather than a domain, a domain rather than a handle.
    pub fn called(&self) -> BTreeMap<Party, Called> {
        let mut called: BTreeMap<Party, Vec<&Name>> = BTreeMap::new();
        for at in 0..self.names.len() {
            called.entry(self.root(at)).or_default().push(&self.names[at]);
        }
        called.into_iter().map(|(party, names)| (party, Called::of(names))).collect()
    }

    fn number(&mut self, written: &str) -> usize {
        if let Some(&known) = self.known.get(written) {
            return known;
        }
        let (key, kind) = key_of(written);
        let at = self.names.len();
        let same_as = *self.by_key.entry(key).or_insert(at);
        let why = (same_as != at).then(|| {
            format!(
                "\"{written}\" and \"{}\" differ only in letter case, punctuation or legal form",
                self.names[same_as].written
            )
        });
        self.names.push(Name { written: written.to_owned(), same_as, kind, records: 0, why });
        self.known.insert(written.to_owned(), at);
        at
    }

    fn join(&mut self, one: usize, other: usize, place: &dyn Fn() -> String) {
        let (a, b) = (self.root(one), self.root(other));
        if a != b {
            let why = format!(
                "\"{}\" and \"{}\" stand together in {}",
                self.names[one].written,
                self.names[other].written,
                place()
            );
            // The older one stays, so that the order of records does not matter.
            let (keep, join) = (a.min(b), a.max(b));
            self.names[join].same_as = keep;
            self.names[join].why.get_or_insert(why);
        }
    }
}

/// A party as people call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    pub name: String,
    /// All its names, the first most often written.
    pub names: Vec<String>,
    /// Why they are one.
    pub why: Vec<String>,
}

impl Called {
    fn of(mut names: Vec<&Name>) -> Self {
        names.sort_by_key(|name| (name.kind, Reverse(name.records), name.written.clone()));
        let mut why: Vec<String> = names.iter().filter_map(|name| name.why.clone()).collect();
        why.sort();
        Self {
            name: names.first().map(|name| name.written.clone()).unwrap_or_default(),
            names: names.iter().map(|name| name.written.clone()).collect(),
            why,
        }
    }
}

/// What counts of a name: letters without case and accents, without legal form; of a domain what stands before its path.
fn key_of(written: &str) -> (String, Form) {
    let plain = folded(written.trim());
    if let Some(handle) = plain.strip_prefix('@') {
        return (format!("@{handle}"), Form::Handle);
    }
    if let Some(domain) = domain_of(&plain) {
        return (format!("domain {domain}"), Form::Domain);
    }
    // "S.à r.l." and "sarl" are one word.
    let dotless = plain.replace(['.', '\''], "").replace("s a r l", "sarl").replace("sa rl", "sarl");
    let mut words: Vec<&str> = dotless.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    while words.len() > 1 && words.last().is_some_and(|word| LEGAL_FORMS.contains(word)) {
        words.pop();
    }
    if words.is_empty() { (plain, Form::Name) } else { (words.join(" "), Form::Name) }
}

/// `https://www.larkspur.example/shop` → `larkspur.example`.
fn domain_of(text: &str) -> Option<&str> {
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    let host = text.split('/').next()?.strip_prefix("www.").or(text.split('/').next())?;
    let is_domain = host.contains('.')
        && host
            .split('.')
            .all(|label| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
        && host.rsplit('.').next().is_some_and(|last| last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphabetic()));
    is_domain.then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parties(records: &[&[&str]]) -> Vec<Called> {
        let mut parties = Parties::default();
        for names in records {
            parties.of(names, &|| "ads.json#[0]".to_owned());
        }
        parties.called().into_values().collect()
    }

    fn names(records: &[&[&str]]) -> Vec<Vec<String>> {
        parties(records).into_iter().map(|called| called.names).collect()
    }

    #[test]
    fn legal_form_case_and_accents_do_not_part_a_firm_from_itself() {
        for other in [
            "Larkspur Ltd",
            "LARKSPUR",
            "Larkspur Ltd.",
            "larkspur, Inc.",
            "Larkspur GmbH & Co. KG",
            "Lárkspur S.à r.l.",
        ] {
            assert_eq!(names(&[&["Larkspur"], &[other]]).len(), 1, "{other}");
        }
    }

    #[test]
    fn names_that_only_look_alike_stay_apart() {
        for other in ["Larkspur Garden", "Larkspurs", "larkspur.example", "@larkspur", "Lark Spur"] {
            assert_eq!(names(&[&["Larkspur"], &[other]]).len(), 2, "{other}");
        }
        assert_eq!(names(&[&["Co"], &["Inc"]]).len(), 2, "a name that is nothing but a legal form is a name");
    }

    #[test]
    fn a_handle_stated_with_a_name_joins_them_and_whatever_else_carries_it() {
        let found = parties(&[&["Larkspur Ltd", "@larkspur"], &["@larkspur"], &["larkspur.example"]]);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].name.as_str(), found[0].names.len()), ("Larkspur Ltd", 2));
        assert_eq!(found[0].why, ["\"Larkspur Ltd\" and \"@larkspur\" stand together in ads.json#[0]"]);
    }

    #[test]
    fn a_domain_is_known_without_scheme_www_and_path() {
        assert_eq!(names(&[&["https://www.larkspur.example/shop"], &["larkspur.example"]]).len(), 1);
    }
}
