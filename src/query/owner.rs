//! Identifiers in queries: whose they are, and all the ways in which they are written.

use super::filter::Filter;
use super::parse::Expr;
use super::source::Source;
use crate::classify::normalise;
use crate::index::StoredIdentifier;
use crate::index::fold::folded;
use crate::record::IdKind;
use hashbrown::{HashMap, HashSet};

/// What all exports together know of the account owner. Empty unless the query asks for it.
#[derive(Debug, Default)]
pub struct Owner {
    /// Kind and normal form of every identifier that some field states to be the owner's.
    mine: HashSet<(IdKind, String)>,
    /// Side tables that could not be read.
    pub unread: Vec<String>,
}

/// Names of the owner in one export.
#[derive(Debug)]
pub struct OwnNames(HashSet<String>);

/// The identifiers that a filter asks for, by the field they stand in.
#[derive(Debug, Default)]
pub struct Spellings(HashMap<u32, FieldSpellings>);

/// How the identifiers sought are written in one field.
#[derive(Debug, Default)]
struct FieldSpellings {
    kinds: Vec<IdKind>,
    normals: HashSet<String>,
    /// Normal forms and forms as written, folded; values are compared with these as a whole.
    whole: HashSet<String>,
    /// The same, as long as they are few enough to be looked for inside each value.
    parts: Vec<String>,
    /// Digits of phone numbers by the last of them: a value may leave out the country.
    numbers: HashMap<String, Vec<String>>,
}

/// More spellings than this are not looked for inside values, only as whole values.
const PARTS: usize = 64;

/// So many digits tell a number apart without its country.
const NATIONAL: usize = 7;

impl Owner {
    pub fn of(sources: &[&dyn Source], root: &Expr) -> Self {
        let mut owner = Self::default();
        if !asks_for_owner(root) {
            return owner;
        }
        for source in sources {
            match source.identifiers() {
                Ok(all) => {
                    let mine = all.iter().filter(|identifier| identifier.mine);
                    owner.mine.extend(mine.map(|identifier| (identifier.kind, identifier.normal.clone())));
                }
                Err(error) => owner.unread.push(error.to_string()),
            }
        }
        owner
    }

    /// By which names the owner may stand as the sender in an export.
    pub fn names(&self, source: &dyn Source) -> OwnNames {
        let account = source.manifest().account.as_deref();
        let known = self.mine.iter().map(|(_, normal)| normal.as_str());
        let written = identifiers(source).iter().filter(|id| self.is_mine(id)).map(|id| id.as_written.as_str());
        OwnNames(["me", "you"].into_iter().chain(account).chain(known).chain(written).map(folded).collect())
    }

    /// Where identifiers that are the owner's (or not) and one of these values stand in an export.
    pub fn spellings(&self, values: &[String], source: &dyn Source, mine: bool) -> Spellings {
        let sought: Vec<SoughtId> = values.iter().map(|value| SoughtId::new(value)).collect();
        let mut spellings = Spellings::default();
        for id in identifiers(source) {
            if self.is_mine(id) == mine && sought.iter().any(|sought| sought.is(id)) {
                spellings.0.entry(id.field).or_default().add(id);
            }
        }
        spellings
    }

    fn is_mine(&self, id: &StoredIdentifier) -> bool {
        id.mine || self.mine.contains(&(id.kind, id.normal.clone()))
    }
}

/// A table that cannot be read was told of in [`Owner::of`], which reads them all.
fn identifiers(source: &dyn Source) -> &[StoredIdentifier] {
    source.identifiers().unwrap_or_default()
}

fn asks_for_owner(expr: &Expr) -> bool {
    match expr {
        Expr::All(parts) | Expr::Any(parts) => parts.iter().any(asks_for_owner),
        Expr::Not(part) => asks_for_owner(part),
        Expr::Filter(Filter::Mine(_) | Filter::Others(_) | Filter::Id(_)) => true,
        Expr::Filter(Filter::From(names)) => names.iter().any(|name| name.eq_ignore_ascii_case("me")),
        Expr::Filter(_) | Expr::Term(_) => false,
    }
}

impl OwnNames {
    pub fn is_name(&self, name: &str) -> bool {
        self.0.contains(&folded(name))
    }
}

impl Spellings {
    pub fn stand_in(&self, field: u32) -> bool {
        self.0.contains_key(&field)
    }

    /// Whether a value of this field is, or holds, one of the identifiers.
    pub fn are_in(&self, field: u32, value: &str) -> bool {
        self.0.get(&field).is_some_and(|spellings| spellings.are_in(value))
    }
}

impl FieldSpellings {
    fn add(&mut self, id: &StoredIdentifier) {
        if !self.kinds.contains(&id.kind) {
            self.kinds.push(id.kind);
        }
        for form in [folded(&id.normal), folded(&id.as_written)] {
            if !form.is_empty() && self.whole.insert(form.clone()) {
                self.parts.push(form);
            }
        }
        if let (IdKind::Phone, Some((end, digits))) = (id.kind, national(&id.normal)) {
            self.numbers.entry(end).or_default().push(digits);
        }
        self.normals.insert(id.normal.clone());
    }

    fn are_in(&self, value: &str) -> bool {
        let plain = folded(value);
        self.whole.contains(&plain)
            || (self.parts.len() <= PARTS && self.parts.iter().any(|part| plain.contains(part)))
            || self.is_number(value)
            || self.kinds.iter().any(|kind| normalise(*kind, value).is_some_and(|it| self.normals.contains(&it.value)))
    }

    fn is_number(&self, value: &str) -> bool {
        if self.numbers.is_empty() {
            return false;
        }
        let Some((end, digits)) = national(value) else { return false };
        self.numbers.get(&end).is_some_and(|known| known.iter().any(|number| number.ends_with(&digits)))
    }
}

/// The last digits of a phone number, and all that count.
fn national(text: &str) -> Option<(String, String)> {
    let digits = significant_digits(text);
    let end = digits.get(digits.len().checked_sub(NATIONAL)?..)?.to_owned();
    Some((end, digits))
}

/// A value of `mine:` or `others:`.
struct SoughtId<'a> {
    written: &'a str,
    folded: String,
    digits: String,
}

impl<'a> SoughtId<'a> {
    /// Fewer digits than this are no part of a phone number one would ask for.
    const DIGITS: usize = 4;

    fn new(written: &'a str) -> Self {
        let looks_like_number = written.chars().all(|c| c.is_ascii_digit() || " +-./()".contains(c));
        let digits = if looks_like_number { significant_digits(written) } else { String::new() };
        Self { written, folded: folded(written), digits }
    }

    fn is(&self, id: &StoredIdentifier) -> bool {
        id.kind.id() == self.folded
            || folded(&id.normal).contains(&self.folded)
            || folded(&id.as_written).contains(&self.folded)
            || (id.kind == IdKind::Phone && self.is_number(&id.normal))
            || normalise(id.kind, self.written).is_some_and(|normal| normal.value == id.normal)
    }

    fn is_number(&self, normal: &str) -> bool {
        self.digits.len() >= Self::DIGITS && significant_digits(normal).contains(&self.digits)
    }
}

/// Digits without the zeros that stand for "national" or "abroad".
fn significant_digits(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.trim_start_matches('0').to_owned()
}
