//! What kind of personal data a field is, and which identifiers stand in it, each with its reason.

#[cfg(test)]
mod consistency;
mod digest;
mod identifier;
mod kind;
mod label;
mod phone;
pub mod secret;
mod vocabulary;
mod votes;

pub use digest::{Digest, digests_of, is_digest};
pub use identifier::{Normal, is_nothing, normalise, sniff};
pub use label::{Evidence, Label, TECHNICAL, label, parts_of};
pub use phone::{calling_code, complete_phone, region_of};
pub use vocabulary::{Category, Special, categories, category, degrees_of, is_pattern, value_is};

use crate::decode::time::Clock;
use crate::record::IdKind;
use crate::sheets::Part;
use regex::Regex;
use std::sync::LazyLock;

/// The kind of identifier a field's name tells, by the vocabulary.
pub fn id_of_path(path: &[Part<'_>]) -> Option<IdKind> {
    let (key, _) = naming_keys(path)?;
    let key = vocabulary::normalise_key(key);
    let found = vocabulary::category_of_key(&key)?;
    let kind = if is_advertising(&key) { Some(IdKind::AdvertisingId) } else { id_of_category(&found.id) };
    kind.filter(|_| may_sniff(path))
}

/// Whether a key says that its value is an id for advertising: these are compared across companies as a kind of their own.
fn is_advertising(key: &str) -> bool {
    static KEYS: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(^|_)(idfa|gaid|aaid|adid|advertis(ing|er)_?ids?|ad_?id)(_|$)").ok());
    KEYS.as_ref().is_some_and(|keys| keys.is_match(key))
}

/// The identifiers that values of a category are.
fn id_of_category(category: &str) -> Option<IdKind> {
    Some(match category {
        "phone" => IdKind::Phone,
        "email" => IdKind::Email,
        "ip" => IdKind::Ip,
        "device_id" | "mac" => IdKind::Device,
        "username" => IdKind::Username,
        _ => return None,
    })
}

/// Whether values of a field nothing is known of may prove themselves. Versions look like IP addresses, and are none.
pub fn may_sniff(path: &[Part<'_>]) -> bool {
    !matches!(path.iter().rev().find_map(key_of), Some(key) if key.to_ascii_lowercase().contains("version"))
}

/// The clock of a field whose name says that it holds the time of its record.
pub fn clock_of(path: &[Part<'_>]) -> Option<Clock> {
    static TIMES: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"^(timestamp|time|date|date_time|datetime|when|day|at|created|updated|modified|sent|published|start_time|login_time|last_(seen|active|login|activity)(_time|_at|_date)?|.+_(timestamp|time|date|at|on|timestamp_ms)|timestamp_(ms|s|us)|date_.+)$",
        )
        .ok()
    });
    static NO_TIMES: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"zone|birth|expir|duration|spent|format|_of_day|^last_time$|real_time|full_time").ok()
    });
    let key = vocabulary::normalise_key(path.last().and_then(key_of)?);
    let hit = |regex: &LazyLock<Option<Regex>>| regex.as_ref().is_some_and(|regex| regex.is_match(&key));
    (hit(&TIMES) && !hit(&NO_TIMES)).then_some(Clock::Auto)
}

fn key_of<'a>(part: &Part<'a>) -> Option<&'a str> {
    match part {
        Part::Key(key) => Some(key),
        Part::Item => None,
    }
}

/// Keys that say nothing by themselves: the key above them is asked instead (`vocabulary.md` section 7.2).
const GENERIC_KEYS: [&str; 11] =
    ["value", "name", "string", "key", "text", "id", "data", "items", "list", "label", "key()"];

/// The key that names a field, and the one above it.
fn naming_keys<'a>(path: &[Part<'a>]) -> Option<(&'a str, Option<&'a str>)> {
    let mut keys = path.iter().rev().filter_map(key_of).filter(|key| *key != "{}" && *key != "label_values");
    let (key, above) = (keys.next()?, keys.next());
    match above {
        Some(above) if GENERIC_KEYS.contains(&key.to_ascii_lowercase().as_str()) => Some((above, keys.next())),
        _ => Some((key, above)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_no_ip_address() {
        assert!(!may_sniff(&[Part::Key("appVersion")]));
        assert!(may_sniff(&[Part::Key("address")]));
    }

    #[test]
    fn a_generic_key_borrows_the_name_above_it() {
        assert_eq!(id_of_path(&[Part::Key("IP Address"), Part::Key("value")]), Some(IdKind::Ip));
        assert_eq!(id_of_path(&[Part::Key("emails"), Part::Item]), Some(IdKind::Email));
        assert_eq!(id_of_path(&[Part::Key("advertisingId")]), Some(IdKind::AdvertisingId));
        assert_eq!(id_of_path(&[Part::Key("deviceId")]), Some(IdKind::Device));
        assert_eq!(id_of_path(&[Part::Key("colour"), Part::Key("value")]), None);
    }

    #[test]
    fn an_advertising_id_is_no_mere_device_id() {
        assert_eq!(id_of_path(&[Part::Key("advertisingId")]), Some(IdKind::AdvertisingId));
        assert_eq!(id_of_path(&[Part::Key("device_id")]), Some(IdKind::Device));
    }

    #[test]
    fn names_of_times_are_known_and_birthdays_are_none() {
        for key in ["timestamp", "createdAt", "login_time", "Date", "sent_at", "timestamp_ms"] {
            assert_eq!(clock_of(&[Part::Key(key)]), Some(Clock::Auto), "{key}");
        }
        for key in ["birth_date", "time_zone", "time_spent", "expiry_date", "name"] {
            assert_eq!(clock_of(&[Part::Key(key)]), None, "{key}");
        }
    }
}
