//! Identifiers in their normal forms: equal for equal ones, however they are written.

use super::phone;
use super::vocabulary::value_is;
use crate::index::fold::fold;
use crate::record::IdKind;
use std::net::{IpAddr, Ipv4Addr};

/// An identifier in its normal form, and the rule that made it so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normal {
    pub value: String,
    pub rule: String,
}

impl Normal {
    fn new(value: impl Into<String>, rule: &str) -> Self {
        Self { value: value.into(), rule: rule.to_owned() }
    }
}

/// Values exports write where they have nothing to say.
const NOTHING: [&str; 10] =
    ["n/a", "none", "null", "unknown", "not available", "not applicable", "default", "\\n", "deleted", "undefined"];

/// Whether a value is a word that an export writes where it has nothing to say.
pub fn is_nothing(value: &str) -> bool {
    value.len() <= 16 && NOTHING.contains(&value.trim().to_lowercase().as_str())
}

/// The normal form of an identifier: equal for equal ones. `None` if the value is none of that kind.
///
/// A national phone number whose region is not known yet becomes `~` and its digits; [`super::complete_phone`] finishes it.
pub fn normalise(kind: IdKind, value: &str) -> Option<Normal> {
    let value = value.trim().trim_matches('"');
    if value.is_empty() || value.len() > 512 || NOTHING.contains(&value.to_lowercase().as_str()) {
        return None;
    }
    match kind {
        IdKind::Phone => phone::normalise(value),
        IdKind::Email => email(value),
        IdKind::Ip => ip(value),
        IdKind::Device => device(value),
        IdKind::AdvertisingId => advertising(value),
        IdKind::Cookie => (value.len() >= 8).then(|| Normal::new(value, "cookie value as written")),
        IdKind::Username => username(value),
        IdKind::AccountId => (value.len() >= 8).then(|| Normal::new(value, "account id as written")),
        IdKind::Name | IdKind::Address => words(value),
        IdKind::Birthday => birthday(value),
        IdKind::Payment => Some(Normal::new(value.to_lowercase(), "payment method as written")),
        IdKind::Url => url(value),
        IdKind::Hash => super::digest::normalise(value),
    }
}

/// The kind of a value that proves itself, in a field nothing is known of.
pub fn sniff(value: &str) -> Option<IdKind> {
    if !(7..=254).contains(&value.len()) {
        return None;
    }
    let bytes = value.as_bytes();
    if memchr::memchr(b'@', bytes).is_some() {
        return value_is("email", value).then_some(IdKind::Email);
    }
    match bytes[0] {
        b'+' => phone::looks_international(value).then_some(IdKind::Phone),
        _ if super::digest::looks_like(bytes) => Some(IdKind::Hash),
        first if first.is_ascii_hexdigit() || first == b'[' => ip_of(value).map(|_| IdKind::Ip),
        _ => None,
    }
}

fn email(value: &str) -> Option<Normal> {
    let value = value.strip_prefix("mailto:").unwrap_or(value);
    let value = value.rsplit_once('<').map_or(value, |(_, tail)| tail.trim_end_matches('>'));
    let lower = value.to_lowercase();
    let (local, domain) = lower.rsplit_once('@')?;
    // Before 2018 Facebook wrote `<id>@facebook.com` for people: an account id, no mailbox.
    let is_id = domain == "facebook.com" && local.bytes().all(|b| b.is_ascii_digit());
    let plausible = value_is("email", value) && !local.starts_with('.') && !local.ends_with('.');
    (plausible && !is_id).then(|| Normal::new(lower.as_str(), "e-mail address, letter case ignored"))
}

/// The address a value is, whatever port or brackets stand around it.
pub fn ip_of(value: &str) -> Option<IpAddr> {
    let value = value.trim();
    let bare = value.strip_prefix('[').and_then(|rest| rest.split_once(']')).map_or(value, |(inside, _)| inside);
    let bare = bare.split_once('%').map_or(bare, |(address, _)| address);
    if let Ok(address) = bare.parse::<IpAddr>() {
        return Some(address);
    }
    let (address, port) = bare.rsplit_once(':')?;
    port.parse::<u16>().ok().and_then(|_| address.parse::<Ipv4Addr>().ok()).map(IpAddr::V4)
}

fn ip(value: &str) -> Option<Normal> {
    let address = ip_of(value)?.to_canonical();
    let linkable = match address {
        IpAddr::V4(v4) => {
            let carrier_grade = v4.octets()[0] == 100 && (64..128).contains(&v4.octets()[1]);
            !(v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_unspecified()
                || v4.is_broadcast()
                || carrier_grade)
        }
        IpAddr::V6(v6) => {
            !(v6.is_loopback() || v6.is_unspecified() || v6.is_unique_local() || v6.is_unicast_link_local())
        }
    };
    linkable.then(|| Normal::new(address.to_string(), "IP address in canonical form"))
}

fn device(value: &str) -> Option<Normal> {
    let plain: String = value.chars().filter(|c| !matches!(c, ':' | '-')).collect::<String>().to_lowercase();
    let is_id = plain.len() >= 8 && plain.bytes().any(|b| b.is_ascii_digit()) && !plain.contains(char::is_whitespace);
    let is_blank = plain.bytes().all(|b| matches!(b, b'0' | b'f')) || plain == "020000000000";
    (is_id && !is_blank).then(|| Normal::new(plain, "device identifier, letter case and separators ignored"))
}

fn advertising(value: &str) -> Option<Normal> {
    let lower = value.to_lowercase();
    // All zeros is what a phone answers whose owner opted out: it points at nobody.
    let opted_out = lower.bytes().all(|b| matches!(b, b'0' | b'-'));
    (value_is("uuid", value) && !opted_out).then(|| Normal::new(lower, "advertising id, letter case ignored"))
}

fn username(value: &str) -> Option<Normal> {
    let last = value.trim_end_matches('/').rsplit('/').next().unwrap_or(value);
    let name = last.trim_start_matches('@').to_lowercase();
    let plausible = (3..=64).contains(&name.len()) && !name.contains(char::is_whitespace) && !name.contains('?');
    plausible.then(|| Normal::new(name, "user name, letter case and leading @ ignored"))
}

fn words(value: &str) -> Option<Normal> {
    let mut folded = String::new();
    fold(value, &mut folded);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    (!words.is_empty()).then(|| Normal::new(words.join(" "), "words, letter case and accents ignored"))
}

/// Dates of birth with the month in words. In figures, day and month could be mistaken.
const BIRTHDAYS: [&str; 4] = ["%d-%b-%Y", "%d %b %Y", "%b %d, %Y", "%d %B %Y"];

/// Dates that begin with the year, whatever stands between the figures, and those that name the month.
fn birthday(value: &str) -> Option<Normal> {
    let by_format = |format: &&str| jiff::civil::Date::strptime(format, value).ok();
    let by_year = value.get(..10).unwrap_or(value).replace(['/', '.'], "-").parse().ok();
    let date: jiff::civil::Date = by_year.or_else(|| BIRTHDAYS.iter().find_map(by_format))?;
    Some(Normal::new(date.to_string(), "date of birth"))
}

fn url(value: &str) -> Option<Normal> {
    let rest = value.split_once("://").map(|(_, rest)| rest).or_else(|| value.starts_with("www.").then_some(value))?;
    let rest = rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/');
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.to_lowercase();
    let full = if path.is_empty() { host } else { format!("{host}/{path}") };
    (full.contains('.')).then(|| Normal::new(full, "address without scheme and www"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: IdKind, value: &str, expected: Option<&str>) {
        assert_eq!(normalise(kind, value).map(|n| n.value).as_deref(), expected, "{kind:?} {value}");
    }

    #[test]
    fn emails_differ_by_tag_but_not_by_case() {
        check(IdKind::Email, "Rosa.Quill@Example.COM", Some("rosa.quill@example.com"));
        check(IdKind::Email, "Rosa <rosa.quill@example.com>", Some("rosa.quill@example.com"));
        check(IdKind::Email, "rosa+shop@example.com", Some("rosa+shop@example.com"));
        check(IdKind::Email, "1234567@facebook.com", None);
        check(IdKind::Email, "rosa at example", None);
    }

    #[test]
    fn ip_addresses_lose_port_and_spelling() {
        check(IdKind::Ip, "203.0.113.7:443", Some("203.0.113.7"));
        check(IdKind::Ip, "2001:DB8:0:0::1", Some("2001:db8::1"));
        check(IdKind::Ip, "::ffff:203.0.113.7", Some("203.0.113.7"));
        check(IdKind::Ip, "192.168.1.4", None);
        check(IdKind::Ip, "N/A", None);
    }

    #[test]
    fn a_birthday_is_a_day_whatever_stands_between_its_figures() {
        check(IdKind::Birthday, "1987-04-12T00:00:00.000Z", Some("1987-04-12"));
        check(IdKind::Birthday, "1987/04/12", Some("1987-04-12"));
        check(IdKind::Birthday, "04/12/1987", None);
    }

    #[test]
    fn an_advertising_id_of_zeros_points_at_nobody() {
        check(IdKind::AdvertisingId, "00000000-0000-0000-0000-000000000000", None);
        check(
            IdKind::AdvertisingId,
            "38400000-8CF0-11BD-B23E-10B96E40000D",
            Some("38400000-8cf0-11bd-b23e-10b96e40000d"),
        );
    }

    #[test]
    fn a_date_of_birth_may_have_its_month_in_words_and_lie_before_1970() {
        check(IdKind::Birthday, "1987-04-12", Some("1987-04-12"));
        check(IdKind::Birthday, "12-Apr-1957", Some("1957-04-12"));
        check(IdKind::Birthday, "Apr 12, 1987", Some("1987-04-12"));
        check(IdKind::Birthday, "12 April 1987", Some("1987-04-12"));
        check(IdKind::Birthday, "04/12/1987", None);
    }

    #[test]
    fn an_address_may_lack_its_scheme_if_it_begins_with_www() {
        check(IdKind::Url, "www.linkedin.com/in/ben-zoe", Some("linkedin.com/in/ben-zoe"));
        check(IdKind::Url, "https://larkspur.example/", Some("larkspur.example"));
        check(IdKind::Url, "larkspur", None);
    }

    #[test]
    fn a_device_is_an_id_and_not_a_model() {
        check(IdKind::Device, "A81F-C29B-7701", Some("a81fc29b7701"));
        check(IdKind::Device, "Pixel 9", None);
        check(IdKind::Device, "02:00:00:00:00:00", None);
    }

    #[test]
    fn user_names_are_found_in_profile_links() {
        check(IdKind::Username, "https://www.facebook.com/Rosa.Quill", Some("rosa.quill"));
        check(IdKind::Username, "@rosaquill", Some("rosaquill"));
        check(IdKind::Username, "Rosa Quill", None);
    }

    #[test]
    fn only_values_that_prove_themselves_are_sniffed() {
        assert_eq!(sniff("rosa@example.com"), Some(IdKind::Email));
        assert_eq!(sniff("203.0.113.7"), Some(IdKind::Ip));
        assert_eq!(sniff("2001:db8::1"), Some(IdKind::Ip));
        assert_eq!(sniff("+44 7700 900123"), Some(IdKind::Phone));
        assert_eq!(sniff("447700900123"), None);
        assert_eq!(sniff("deadbeef"), None);
        assert_eq!(sniff("write to rosa@example.com"), None);
    }
}
