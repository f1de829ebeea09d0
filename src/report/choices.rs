//! Settings, consents and opt-outs on record, found by the sheets and, where layouts differ by language, by meaning.

use super::rows::{self, Record};
use super::{Values, mask};
use crate::classify;
use crate::index::catalog::Role;
use crate::index::{FieldMeta, Store};
use crate::sheets::{FieldPattern, Section, Sheets};
use regex::Regex;
use serde::Serialize;
use std::sync::LazyLock;

/// `choices --json`: one choice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ChoiceReport {
    pub company: String,
    pub section: String,
    pub what: String,
    pub value: String,
    pub time: Option<String>,
    /// ads, sharing, tracking, face, location, contacts, other.
    pub about: String,
    pub export: String,
    pub entry: String,
    /// Accepted by `tellall record EXPORT LOCATOR`.
    pub locator: String,
}

impl ChoiceReport {
    /// It is about sharing with Facebook or Meta.
    fn names_facebook(&self) -> bool {
        let said = format!("{} {}", self.what, self.value).to_lowercase();
        self.about == "sharing"
            && self.company != "facebook"
            && ["facebook", "meta "].iter().any(|name| said.contains(name))
    }

    /// How near it is to the statement this program was written for, that an app shares with Facebook: 2, said in words; 1, a switch that names Facebook; 0, another choice.
    pub fn nearness(&self) -> u8 {
        u8::from(self.names_facebook()) * (1 + u8::from(self.value.trim().contains(' ')))
    }
}

/// Every choice on record, by company and what it is about.
pub fn choices(store: &Store, sheets: &Sheets, values: Values) -> Vec<ChoiceReport> {
    let mut found = Vec::new();
    let chosen = |section: &Section| section.choice.is_some() || section.kind == Some(crate::record::Kind::Setting);
    rows::each(store, sheets, &chosen, &mut |sheet, section, record| {
        for (field, value) in &record.values {
            if let Some((what, about)) = choice(section, record, field, value) {
                let value = shown(field, record, value, values);
                found.push(report(&sheet.id, section, record, what, about, value));
            }
        }
    });
    found.sort();
    found.dedup();
    found
}

/// A time as a time; and a choice may name somebody: a blocked number.
fn shown(field: &FieldMeta, record: &Record<'_>, value: &str, values: Values) -> String {
    if let Some(time) = record.time
        && (field.role == Role::Time || value == (time.ms / 1000).to_string())
    {
        return time.to_string();
    }
    match classify::sniff(value).filter(|_| values == Values::Masked) {
        Some(kind) => mask(kind, value),
        None => value.to_owned(),
    }
}

/// What a value decides, and about what, if it is a choice at all.
fn choice(section: &Section, record: &Record<'_>, field: &FieldMeta, value: &str) -> Option<(String, String)> {
    let stated = section.choice.as_ref().filter(|choice| rows::is_meant(&choice.value, section, &field.path));
    if let Some(choice) = stated {
        let is_other = |category: &String| field.category.as_ref() == Some(category);
        if choice.except.iter().any(is_other) || choice.is.as_ref().is_some_and(|form| !form.is_match(value)) {
            return None;
        }
        let about = by_meaning(&name_of(field)).map_or_else(|| choice.about.clone(), str::to_owned);
        return Some((what(&choice.what, section, record, field), about));
    }
    let name = name_of(field);
    by_meaning(&name).map(|about| (name, about.to_owned()))
}

/// The sheet's sentence, its blanks filled in: `{label}` is the name of the field that holds the value, `{FIELD}` what that field of
/// the record says.
fn what(sentence: &str, section: &Section, record: &Record<'_>, field: &FieldMeta) -> String {
    let mut filled = String::new();
    let mut rest = sentence;
    while let Some((before, blank, after)) = rest
        .split_once('{')
        .and_then(|(before, tail)| tail.split_once('}').map(|(blank, after)| (before, blank, after)))
    {
        filled.push_str(before);
        filled.push_str(&match blank {
            "label" => name_of(field),
            path => value_of(path, section, record).unwrap_or_default(),
        });
        rest = after;
    }
    filled + rest
}

fn value_of(path: &str, section: &Section, record: &Record<'_>) -> Option<String> {
    let pattern = [FieldPattern::parse(path).ok()?];
    let mut values = record.values.iter();
    values.find(|(field, _)| rows::is_meant(&pattern, section, &field.path)).map(|(_, value)| (*value).to_owned())
}

/// The field's name as a person reads it.
fn name_of(field: &FieldMeta) -> String {
    field.label.clone().unwrap_or_else(|| last_telling(&field.path).to_owned())
}

/// The last key of a path that says something: `settings.Private account.value` is about the private account.
fn last_telling(path: &str) -> &str {
    const EMPTY: [&str; 3] = ["value", "timestamp", "href"];
    let mut keys = path.rsplit('.').map(|key| key.trim_end_matches("[]"));
    let last = keys.next().unwrap_or(path);
    keys.next().filter(|_| EMPTY.contains(&last)).unwrap_or(last)
}

/// What a setting is about, by the words of its name. "Facebook" or "Meta" together with sharing is the statement this program was
/// written for; its key differs by layout and language, so it is found by meaning (`whatsapp.md` A3).
fn by_meaning(name: &str) -> Option<&'static str> {
    static MEANINGS: LazyLock<Vec<(&str, Option<Regex>)>> = LazyLock::new(|| {
        let table = [
            (
                "sharing",
                r"(?i)(facebook|meta\b).*(shar|opt|consent|partag|teil|compart|condivi|delen)|(shar|opt.?(in|out)|partag|compart|condivi|geteilt).*(facebook|meta\b)",
            ),
            ("ads", r"(?i)\bads?\b|advert|personali[sz]ed|targeted|werb|publicit|anunci|pubblicit"),
            ("tracking", r"(?i)track|off.?(facebook|meta)|cookie|suivi"),
            ("face", r"(?i)face.?recog|facial|gesicht|visage|rostro"),
            ("location", r"(?i)location|standort|localisation|ubicaci"),
            ("contacts", r"(?i)contact.*(sync|upload)|(sync|upload).*contact"),
            ("sharing", r"(?i)opt.?(in|out)|consent|shar(e|ing)"),
        ];
        table.iter().map(|(about, regex)| (*about, Regex::new(regex).ok())).collect()
    });
    MEANINGS.iter().find(|(_, regex)| regex.as_ref().is_some_and(|regex| regex.is_match(name))).map(|(about, _)| *about)
}

fn report(
    company: &str,
    section: &Section,
    record: &Record<'_>,
    what: String,
    about: String,
    value: String,
) -> ChoiceReport {
    ChoiceReport {
        company: company.to_owned(),
        section: section.id.clone(),
        what,
        value,
        time: record.time.map(|time| time.to_string()),
        about,
        export: record.segment.manifest.id.clone(),
        entry: record.entry.to_owned(),
        locator: record.locator(),
    }
}

#[cfg(test)]
mod tests {
    use super::{by_meaning, last_telling};

    #[test]
    fn a_choice_is_called_by_the_last_key_that_says_something() {
        assert_eq!(last_telling("settings[].Private account.value"), "Private account");
        assert_eq!(last_telling("label_values.Consent"), "Consent");
        assert_eq!(last_telling("opted_in[]"), "opted_in");
        assert_eq!(last_telling("value"), "value");
    }

    #[test]
    fn sharing_with_facebook_is_found_in_any_words() {
        for name in [
            "Shared with Facebook",
            "facebook_data_sharing_opt_out",
            "Share my account info with Facebook",
            "Compartido con Facebook",
            "Partagé avec Facebook",
        ] {
            assert_eq!(by_meaning(name), Some("sharing"), "{name}");
        }
        assert_eq!(by_meaning("Personalised ads"), Some("ads"));
        assert_eq!(by_meaning("Theme"), None);
    }
}
