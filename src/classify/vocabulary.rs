//! The table of categories and value patterns, `vocabulary.toml`, ready to match.

use crate::record::Origin;
use regex::{Regex, RegexSet};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// GDPR marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Special {
    No,
    /// Often reveals a special category without being one.
    Proxy,
    /// GDPR Art. 9.
    #[serde(rename = "art9")]
    Article9,
    /// GDPR Art. 10.
    #[serde(rename = "art10")]
    Article10,
}

/// One category of the vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    pub id: String,
    pub label: String,
    /// W3C DPV term, such as `pd:EmailAddress`.
    pub dpv: String,
    pub special: Special,
    /// How companies usually get it.
    pub origin: Origin,
    key: String,
    #[serde(default)]
    path: String,
    #[serde(default)]
    pub(super) values: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pattern {
    id: String,
    regex: String,
    #[serde(default)]
    proves: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    category: Vec<Category>,
    pattern: Vec<Pattern>,
}

// The table is compiled in; the tests below hold it well formed, so an empty one never stands in for it.
static TABLE: LazyLock<Table> = LazyLock::new(|| toml::from_str(include_str!("vocabulary.toml")).unwrap_or_default());
static KEYS: LazyLock<(RegexSet, Vec<Regex>)> = LazyLock::new(|| {
    let keys: Vec<&str> = TABLE.category.iter().map(|c| c.key.as_str()).collect();
    let each = keys.iter().filter_map(|key| Regex::new(key).ok()).collect();
    (RegexSet::new(&keys).unwrap_or_else(|_| RegexSet::empty()), each)
});
/// Which categories tell the whole of a key. A regex finds its first alternative, which need not be the longest.
static WHOLE: LazyLock<RegexSet> = LazyLock::new(|| {
    let whole = TABLE.category.iter().map(|category| format!("^(?:{})$", category.key));
    RegexSet::new(whole).unwrap_or_else(|_| RegexSet::empty())
});
static PATHS: LazyLock<Vec<Option<Regex>>> = LazyLock::new(|| {
    let path = |c: &Category| if c.path.is_empty() { None } else { Regex::new(&format!("(?i){}", c.path)).ok() };
    TABLE.category.iter().map(path).collect()
});
static VALUES: LazyLock<HashMap<&str, Regex>> = LazyLock::new(|| {
    TABLE.pattern.iter().filter_map(|p| Regex::new(&p.regex).ok().map(|regex| (p.id.as_str(), regex))).collect()
});

/// All categories, in the vocabulary's order.
pub fn categories() -> &'static [Category] {
    &TABLE.category
}

/// The category with this id.
pub fn category(id: &str) -> Option<&'static Category> {
    TABLE.category.iter().find(|category| category.id == id)
}

/// Whether `id` names a pattern of values: `phone`, `email`, `ip`, …
pub fn is_pattern(id: &str) -> bool {
    id == "ip" || TABLE.pattern.iter().any(|pattern| pattern.id == id)
}

/// Whether a value is of a named pattern of the vocabulary.
pub fn value_is(pattern: &str, value: &str) -> bool {
    let value = value.trim();
    if value.is_empty() || value.len() > 256 {
        return false;
    }
    match pattern {
        "ip" => value_is("ipv4", value) || value_is("ipv6", value),
        "ipv6" => super::identifier::ip_of(value).is_some_and(|ip| ip.is_ipv6()),
        "phone" => super::phone::looks_international(value),
        "iban" => matches(pattern, value) && iban_is_valid(value),
        "date" => matches(pattern, value) && date_is_real(value),
        "geouri" | "latlngdeg" => matches(pattern, value) && is_on_earth(value),
        "latlon" => matches(pattern, value) && value.parse::<f64>().is_ok_and(|degrees| degrees.abs() <= 180.0),
        "card" | "imei" => matches(pattern, value) && luhn(value),
        _ => matches(pattern, value),
    }
}

fn matches(pattern: &str, value: &str) -> bool {
    VALUES.get(pattern).is_some_and(|regex| regex.is_match(value))
}

/// Patterns a value of which needs no other sign, with the category they prove.
pub(super) fn proven_category(value: &str) -> Option<(&'static Category, &'static str)> {
    let proof = TABLE.pattern.iter().filter(|pattern| pattern.proves).find(|pattern| value_is(&pattern.id, value))?;
    let category = TABLE.category.iter().find(|category| category.values.contains(&proof.id))?;
    Some((category, &proof.id))
}

/// Letters in which `religion`, `politics`, `ethnicity` and `sexuality` name a special category without a second vote: to miss one is
/// worse than to name one too many. Shorter words (`race`, `union`, `pin`) mean too much else.
pub(super) const NAMES_ITSELF: usize = 8;

/// The category a normalised key names: a special one that is told in full, then the longest match, then the vocabulary's order.
pub(super) fn category_of_key(key: &str) -> Option<&'static Category> {
    let (set, each) = &*KEYS;
    let whole = WHOLE.matches(key);
    let part = |at: usize| each.get(at).and_then(|regex| regex.find(key)).map_or("", |found| found.as_str());
    let length = |at: usize| if whole.matched(at) { key.len() } else { part(at).len() };
    let is_told = |at: usize| {
        let is_special = TABLE.category.get(at).is_some_and(|category| category.special == Special::Article9);
        is_special && part(at).trim_matches('_').len() >= NAMES_ITSELF
    };
    let best = set.matches(key).into_iter().max_by_key(|&at| (is_told(at), length(at), std::cmp::Reverse(at)))?;
    TABLE.category.get(best)
}

/// How much of a normalised key names a category: the letters without the joints at both ends.
pub(super) fn length_of_name(category: &Category, key: &str) -> usize {
    let at = TABLE.category.iter().position(|known| known.id == category.id);
    let regex = at.and_then(|at| KEYS.1.get(at));
    regex.and_then(|regex| regex.find(key)).map_or(0, |found| found.as_str().trim_matches('_').len())
}

/// Whether a normalised key names a category and nothing else.
pub(super) fn is_whole_name(category: &Category, key: &str) -> bool {
    let at = TABLE.category.iter().position(|known| known.id == category.id);
    at.is_some_and(|at| WHOLE.matches(key).matched(at))
}

/// Whether the path of entry and field speaks for a category.
pub(super) fn path_speaks_for(category: &Category, path: &str) -> bool {
    let at = TABLE.category.iter().position(|known| known.id == category.id);
    at.and_then(|at| PATHS.get(at)).and_then(Option::as_ref).is_some_and(|regex| regex.is_match(path))
}

/// Keys that carry no category by themselves.
pub(super) fn is_technical(key: &str) -> bool {
    static TECHNICAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(concat!(
            r"^(type|id|key|kind|version|count|index|date|time|timestamp|ts|created(_at)?|updated(_at)?|start_time|end_time|",
            r"url|uri|link|href|width|height|size|status|state|format|source|value|items|data|list|results|enabled|is_.*|has_.*|",
            r"deleted|color|colour|etag|hash|mime_type|order|position)$"
        ))
        .ok()
    });
    TECHNICAL.as_ref().is_some_and(|regex| regex.is_match(key))
}

/// Keys of what only a program needs.
pub(super) fn is_of_the_program(key: &str) -> bool {
    matches_key(&PROGRAM, key)
}

/// Keys of what a file is made of and of what kind a record is.
pub(super) fn is_of_form(key: &str) -> bool {
    matches_key(&FORM, key)
}

/// Keys that, where their value is a truth, are marks of a program.
pub(super) fn is_flag(key: &str) -> bool {
    matches_key(&FLAGS, key)
}

static PROGRAM: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(version|(schema|format|timer|expire_timer)_version|etag|mime_type)$").ok());
static FORM: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(type|kind|width|height|content_type|media_type|file_?type|mimetype)$").ok());
static FLAGS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(is_.*|has_.*|archived|hidden|deleted|remote_install)$").ok());

/// Keys of what is to be shown, allowed or told.
pub(super) fn is_wish(key: &str) -> bool {
    matches_key(&WISHES, key)
}

static WISHES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(show|hide|notify|allow|disallow|receive)_.+|(^|_)(notifications?(_enabled)?|opt(ed)?_(in|out)|private_account|is_disabled)$").ok()
});

fn matches_key(regex: &LazyLock<Option<Regex>>, key: &str) -> bool {
    regex.as_ref().is_some_and(|regex| regex.is_match(key))
}

/// `latitudeE7` → `latitude_e7`, `E-mail Address` → `e_mail_address`.
pub(super) fn normalise_key(key: &str) -> String {
    let mut out = String::with_capacity(key.len() + 4);
    let mut before = ' ';
    for c in key.chars() {
        if c.is_alphanumeric() {
            if c.is_uppercase() && (before.is_lowercase() || before.is_ascii_digit()) {
                out.push('_');
            }
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
        before = c;
    }
    out.truncate(out.trim_end_matches('_').len());
    out
}

fn luhn(value: &str) -> bool {
    let digits: Vec<u32> = value.chars().filter_map(|c| c.to_digit(10)).collect();
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, &digit)| match (at % 2, digit * 2) {
            (0, _) => digit,
            (_, doubled) if doubled > 9 => doubled - 9,
            (_, doubled) => doubled,
        })
        .sum();
    digits.len() >= 12 && sum.is_multiple_of(10)
}

/// ISO 13616: letters as numbers, the first four characters last, modulo 97 is 1.
fn iban_is_valid(value: &str) -> bool {
    let plain: String = value.chars().filter(|c| !c.is_whitespace()).collect();
    let Some((head, tail)) = plain.split_at_checked(4) else { return false };
    let remainder = tail.chars().chain(head.chars()).try_fold(0u32, |rest, c| {
        let digit = c.to_digit(36)?;
        Some(if digit > 9 { (rest * 100 + digit) % 97 } else { (rest * 10 + digit) % 97 })
    });
    (15..=34).contains(&plain.len()) && remainder == Some(1)
}

/// Whether day and month are in the calendar, in any of the orders the pattern allows. Years are not judged.
fn date_is_real(value: &str) -> bool {
    let mut numbers = value.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse::<u32>().ok());
    let (first, second, third) = (numbers.next(), numbers.next(), numbers.next());
    let is = |month: u32, day: u32| (1..=12).contains(&month) && (1..=DAYS_AT_MOST[month as usize - 1]).contains(&day);
    match (first, second, third) {
        (Some(day), Some(month), Some(year)) if year > 31 => is(month, day) || is(day, month),
        (Some(_), Some(month), Some(day)) | (Some(month), Some(day), None) => is(month, day),
        (Some(joined), None, None) if value.starts_with("--") => is(joined / 100, joined % 100),
        (Some(joined), None, None) => is(joined / 100 % 100, joined % 100),
        _ => false,
    }
}

const DAYS_AT_MOST: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

fn is_on_earth(value: &str) -> bool {
    degrees_of(value).is_some()
}

/// Latitude and longitude written as one text: `geo:51.38,-2.36;u=35`, `51.38°, -2.36°`, `51.38;-2.36` (a calendar's GEO),
/// `(51.38 , -2.36)`, `Latitude, Longitude: 51.38, -2.36`.
pub fn degrees_of(value: &str) -> Option<(f64, f64)> {
    let number = |text: &str| text.trim_matches(|c: char| c.is_whitespace() || "()°".contains(c)).parse::<f64>().ok();
    let pair = value.split('?').next().and_then(|place| place.rsplit(':').next())?;
    let (latitude, rest) = pair.split_once([',', ';'])?;
    let (latitude, longitude) = (number(latitude)?, number(rest.split([',', ';']).next()?)?);
    (latitude.abs() <= 90.0 && longitude.abs() <= 180.0).then_some((latitude, longitude))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compiled_in_table_is_well_formed() {
        let table: Table = toml::from_str(include_str!("vocabulary.toml")).expect("vocabulary.toml parses");
        assert_eq!(table.category.len(), 71);
        for category in &table.category {
            Regex::new(&category.key).expect("the key regex compiles");
            Regex::new(&category.path).expect("the path regex compiles");
            for value in &category.values {
                assert!(table.pattern.iter().any(|p| p.id == *value), "{} names the pattern {value}", category.id);
            }
        }
        for pattern in &table.pattern {
            Regex::new(&pattern.regex).expect("the value regex compiles");
        }
    }

    #[test]
    fn the_longest_name_wins() {
        let id = |key: &str| category_of_key(&normalise_key(key)).map(|c| c.id.as_str());
        assert_eq!(id("phone_number"), Some("phone"));
        assert_eq!(id("E-mail Address"), Some("email"));
        assert_eq!(id("ipAddress"), Some("ip"));
        assert_eq!(id("latitudeE7"), Some("gps"));
        assert_eq!(id("has_data_file_custom_audience"), Some("advertiser"));
        assert_eq!(id("quux"), None);
        assert_eq!(id("religion_preference"), Some("religion"), "a belief is never hidden behind a longer word");
    }

    #[test]
    fn names_in_other_languages_are_known() {
        let id = |key: &str| category_of_key(&normalise_key(key)).map(|c| c.id.as_str());
        for (key, category) in [
            ("Geburtsdatum", "birth_date"),
            ("Date de naissance", "birth_date"),
            ("Prénom", "name"),
            ("Numéro de téléphone", "phone"),
            ("Correo electrónico", "email"),
            ("Código postal", "address"),
            ("IP-Adresse", "ip"),
            ("Adresse IP", "ip"),
            ("Sexuelle Orientierung", "sexual"),
            ("Religión", "religion"),
            ("Geslacht", "gender"),
        ] {
            assert_eq!(id(key), Some(category), "{key}");
        }
    }

    #[test]
    fn a_place_is_read_however_its_pair_is_written() {
        let texts = [
            "geo:51.38,-2.36;u=35",
            "geo:51.38,-2.36?z=4",
            "51.38°, -2.36°",
            "51.38;-2.36",
            "(51.38 , -2.36)",
            "Latitude, Longitude: 51.38, -2.36",
            "51.38,-2.36,12.5",
        ];
        assert_eq!(texts.map(degrees_of), [Some((51.38, -2.36)); 7]);
        assert_eq!(["51.38", "91,0", "0,181", "Bath, Somerset"].map(degrees_of), [None; 4]);
    }

    #[test]
    fn values_are_checked_beyond_their_looks() {
        assert!(value_is("iban", "GB82 WEST 1234 5698 7654 32"));
        assert!(!value_is("iban", "GB83 WEST 1234 5698 7654 32"));
        assert!(value_is("card", "4111 1111 1111 1111"));
        assert!(!value_is("card", "4111 1111 1111 1112"));
        assert!(value_is("ip", "2001:db8::1"));
        assert!(!value_is("ip", "10:30"));
    }

    #[test]
    fn every_kind_of_value_has_a_check() {
        for (pattern, right, wrong) in [
            ("phone", "+447700900123", "447700900123"),
            ("email", "rosa.quill@example.com", "rosa.quill@example"),
            ("ip", "203.0.113.47", "203.0.113.256"),
            ("uuid", "7d0f6c1e-2f6b-4f0d-9c38-0a7a5d5b1c11", "7d0f6c1e-2f6b-4f0d-9c38"),
            ("mac", "00:00:5E:00:53:01", "00:00:5E:00:53"),
            ("latlngdeg", "51.3811°, -2.3590°", "91.0°, -2.3590°"),
            ("geouri", "geo:51.3811,-2.3590?z=12", "geo:51.3811,-190.0"),
            ("latlon", "-122.4194", "-222.4194"),
            ("date", "1987-04-12", "1987-13-12"),
            ("date", "19870412", "19870432"),
            ("date", "--0412", "--0230"),
            ("date", "12/31/1987", "31/31/1987"),
            ("date", "31.12.1987", "31.02.1987"),
        ] {
            assert!(value_is(pattern, right), "{right} is of {pattern}");
            assert!(!value_is(pattern, wrong), "{wrong} is not of {pattern}");
        }
    }
}
