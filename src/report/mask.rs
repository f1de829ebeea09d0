//! Hides what identifies somebody, so that equal values stay visibly equal and counts stay the same.

use crate::classify;
use crate::index::FieldMeta;
use crate::index::catalog::Role;
use crate::record::{IdKind, ValueType};

const DOTS: &str = "•••••";

/// Hides an identifier: `+1•••••0100`, `r•••••@example.com`, `203.0.•••••`.
pub fn mask(kind: IdKind, value: &str) -> String {
    match kind {
        IdKind::Phone => phone(value),
        IdKind::Email => match value.rsplit_once('@') {
            Some((local, domain)) => format!("{}{DOTS}@{domain}", head(local, 1)),
            None => ends(value),
        },
        IdKind::Ip => ip(value),
        IdKind::Url => match value.split_once('/') {
            Some((host, _)) => format!("{host}/{DOTS}"),
            None => value.to_owned(),
        },
        IdKind::Birthday => format!("{}-{DOTS}", head(value, 4)),
        IdKind::Name | IdKind::Username | IdKind::Address => format!("{}{DOTS}", head(value, 1)),
        IdKind::Device
        | IdKind::AdvertisingId
        | IdKind::Cookie
        | IdKind::AccountId
        | IdKind::Payment
        | IdKind::Hash => ends(value),
    }
}

/// An example of a field as a masked report shows it.
pub fn example(field: &FieldMeta, value: &str) -> String {
    let category = field.category.as_deref();
    match field.kind {
        ValueType::Number if category.is_some_and(|category| POINTING_NUMBERS.contains(&category)) => {
            return DOTS.to_owned();
        }
        ValueType::Number | ValueType::Boolean | ValueType::Time => return value.to_owned(),
        ValueType::String => {}
    }
    if field.role == Role::Text {
        return format!("‹{} characters›", value.chars().count());
    }
    let kind = category.and_then(kind_of_category).or_else(|| classify::sniff(value));
    match kind {
        Some(kind) => mask(kind, value),
        None if category == Some("gps") => DOTS.to_owned(),
        None if field.role == Role::Who || field.role == Role::Thread => mask(IdKind::Name, value),
        None if names_people(category) || has_identifier_inside(value) => ends(value),
        None => value.to_owned(),
    }
}

/// Categories whose numbers point at a person, a place or an account by themselves.
const POINTING_NUMBERS: [&str; 9] =
    ["phone", "gps", "birth_date", "account_id", "official_id", "card", "bank", "device_id", "mac"];

fn kind_of_category(category: &str) -> Option<IdKind> {
    Some(match category {
        "phone" => IdKind::Phone,
        "email" => IdKind::Email,
        "ip" => IdKind::Ip,
        "name" | "family" => IdKind::Name,
        "username" => IdKind::Username,
        "address" | "home" | "work_place" => IdKind::Address,
        "birth_date" => IdKind::Birthday,
        "device_id" | "mac" => IdKind::Device,
        "account_id" | "official_id" | "vehicle" => IdKind::AccountId,
        "cookie" | "secret" => IdKind::Cookie,
        "card" | "bank" => IdKind::Payment,
        _ => return None,
    })
}

/// Categories whose texts are about, or by, other people.
fn names_people(category: Option<&str>) -> bool {
    const PEOPLE: [&str; 10] = [
        "contacts",
        "friends",
        "messages",
        "comm_meta",
        "email_content",
        "posts",
        "calls",
        "reactions",
        "documents",
        "groups",
    ];
    category.is_some_and(|category| PEOPLE.contains(&category))
}

fn has_identifier_inside(value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    value.contains('@') || (digits >= 7 && value.contains('+'))
}

fn phone(value: &str) -> String {
    let Some(digits) = value.strip_prefix('+') else { return ends(value) };
    let code = classify::region_of(value).and_then(|region| classify::calling_code(&region)).unwrap_or_default();
    let code = if digits.starts_with(&code) { code } else { String::new() };
    format!("+{code}{DOTS}{}", tail(value, 4))
}

fn ip(value: &str) -> String {
    let separator = if value.contains(':') { ':' } else { '.' };
    let mut parts = value.split(separator);
    match (parts.next(), parts.next()) {
        (Some(one), Some(two)) => format!("{one}{separator}{two}{separator}{DOTS}"),
        _ => ends(value),
    }
}

fn ends(value: &str) -> String {
    if value.chars().count() < 8 { DOTS.to_owned() } else { format!("{DOTS}{}", tail(value, 4)) }
}

fn head(value: &str, count: usize) -> String {
    value.chars().take(count).collect()
}

fn tail(value: &str, count: usize) -> String {
    let skip = value.chars().count().saturating_sub(count);
    value.chars().skip(skip).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_stay_equal_and_unreadable() {
        assert_eq!(mask(IdKind::Phone, "+12025550100"), "+1•••••0100");
        assert_eq!(mask(IdKind::Phone, "+447700900123"), "+44•••••0123");
        assert_eq!(mask(IdKind::Email, "rosa.quill@example.com"), "r•••••@example.com");
        assert_eq!(mask(IdKind::Ip, "203.0.113.7"), "203.0.•••••");
        assert_eq!(mask(IdKind::Ip, "2001:db8::1"), "2001:db8:•••••");
        assert_eq!(mask(IdKind::Device, "38400000-8cf0-11bd-b23e-10b96e40000d"), "•••••000d");
        assert_eq!(mask(IdKind::Name, "Rosa Quill"), "R•••••");
        assert_eq!(mask(IdKind::Cookie, "short"), "•••••");
    }
}
