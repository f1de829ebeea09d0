//! Telephone numbers, in whatever way somebody wrote them, as E.164.

use super::Normal;
use crate::digit;
use phonenumber::metadata::DATABASE;
use phonenumber::{Mode, country};
use std::borrow::Cow;
use std::str::FromStr;

/// Marks a national number whose region is not known yet.
const NATIONAL: char = '~';

/// The E.164 form, or `~digits` for a national number; `None` if it is no phone number.
pub fn normalise(value: &str) -> Option<Normal> {
    let number = dialled(value)?;
    if let Some(international) = number.strip_prefix("00").filter(|rest| !rest.starts_with('0')) {
        return e164(&format!("+{international}"), "E.164 from an international number with 00");
    }
    if number.starts_with('+') {
        return e164(&number, "E.164 from international format");
    }
    let plain_international = (11..=15).contains(&number.len()) && !number.starts_with('0');
    plain_international
        .then(|| e164(&format!("+{number}"), "E.164 from digits only, read as international"))
        .flatten()
        .or_else(|| {
            let rule = "national format, region not known".to_owned();
            (7..=15).contains(&number.len()).then(|| Normal { value: format!("{NATIONAL}{number}"), rule })
        })
}

/// The E.164 form of a number normalised as `~digits`, for a region such as "GB".
pub fn complete_phone(normal: &str, region: &str) -> Option<Normal> {
    let digits = normal.strip_prefix(NATIONAL)?;
    let id = country::Id::from_str(region).ok()?;
    let number = phonenumber::parse(Some(id), digits).ok()?;
    // The region's general plan, not its assigned ranges: numbers are assigned faster than tables of them are made.
    let plan = DATABASE.by_id(region)?.descriptors().general();
    if !plan.is_match(&number.national().to_string()) {
        return None;
    }
    let value = number.format().mode(Mode::E164).to_string();
    Some(Normal { value, rule: format!("E.164 from national format, region {region}") })
}

/// The region ("GB") of an E.164 number.
pub fn region_of(e164: &str) -> Option<String> {
    let number = phonenumber::parse(None, e164).ok()?;
    let assigned = number.country().id().map(|id| id.as_ref().to_owned());
    assigned.or_else(|| {
        let regions = DATABASE.by_code(&number.country().code())?;
        let main = regions.iter().find(|region| region.is_main_country_for_code()).or(regions.first())?;
        Some(main.id().to_owned())
    })
}

/// The calling code of a region, without plus: "44" for "GB".
pub fn calling_code(region: &str) -> Option<String> {
    DATABASE.by_id(region).map(|plan| plan.country_code().to_string())
}

/// Whether a value is a phone number in international form, told by itself.
pub fn looks_international(value: &str) -> bool {
    dialled(value).is_some_and(|number| number.starts_with('+') && (8..=16).contains(&number.len()))
}

fn e164(number: &str, rule: &str) -> Option<Normal> {
    let plausible = (8..=16).contains(&number.len()) && !number.starts_with("+0");
    let parsed = phonenumber::parse(None, number).ok().filter(|_| plausible)?;
    let value = parsed.format().mode(Mode::E164).to_string();
    Some(Normal { value, rule: rule.to_owned() })
}

/// The digits (and leading plus) of a value that holds nothing but a phone number; extensions are dropped.
/// The crate dials letters (`+3367a829916`), so only what looks like a number gets there.
fn dialled(value: &str) -> Option<String> {
    let value = bare(value.trim());
    let value = without_extension(&value);
    if !(6..=40).contains(&value.len()) {
        return None;
    }
    let value = value.replace("(0)", "");
    let mut number = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '+' | '＋' if number.is_empty() => number.push('+'),
            ' '
            | '('
            | ')'
            | '.'
            | '-'
            | '/'
            | '\u{a0}'
            | '\u{202f}'
            | '‐'
            | '‑'
            | '–'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {}
            _ => number.push(char::from(b'0' + digit::worth(c)?)),
        }
    }
    let digits = number.trim_start_matches('+').len();
    (5..=17).contains(&digits).then_some(number)
}

/// The number in what stands for one: `tel:+44…`, WhatsApp's `44…@s.whatsapp.net`, `https://wa.me/44…`, which is always international.
fn bare(value: &str) -> Cow<'_, str> {
    let international = |number: &str| Cow::Owned(format!("+{}", number.trim_start_matches('+')));
    if let Some(number) = ["@s.whatsapp.net", "@c.us"].iter().find_map(|end| value.strip_suffix(end)) {
        // `44…:12` is one of the devices of the number.
        return international(number.split_once(':').map_or(number, |(number, _)| number));
    }
    let address = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://"));
    let chat = ["wa.me/", "api.whatsapp.com/send?phone=", "api.whatsapp.com/send/?phone="];
    match address.and_then(|address| chat.iter().find_map(|start| address.strip_prefix(start))) {
        Some(number) => international(number.split(['?', '&', '/']).next().unwrap_or(number)),
        None => Cow::Borrowed(value.trim_start_matches("tel:")),
    }
}

fn without_extension(value: &str) -> &str {
    let lower = value.to_ascii_lowercase();
    let at = [" ext", " x", ";ext=", " extension"].iter().filter_map(|mark| lower.find(mark)).min();
    at.and_then(|at| value.get(..at)).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(value: &str) -> Option<String> {
        normalise(value).map(|normal| normal.value)
    }

    #[test]
    fn every_spelling_of_one_number_is_one_number() {
        let spellings = [
            "+44 7700 900123",
            "+447700900123",
            "00447700900123",
            "447700900123",
            "+44 (0)7700 900-123",
            "+44.7700.900.123",
            "\u{202a}+44 7700 900123\u{202c}",
            "+44\u{a0}7700\u{a0}900123",
            "tel:+447700900123",
            "+44 7700 900123 ext. 5",
            "+٤٤ ٧٧٠٠ ٩٠٠١٢٣",
            "＋４４７７００９００１２３",
            "447700900123@s.whatsapp.net",
            "447700900123:7@s.whatsapp.net",
            "447700900123@c.us",
            "https://wa.me/447700900123",
            "https://wa.me/447700900123?text=hello",
            "https://api.whatsapp.com/send?phone=447700900123&text=hello",
        ];
        for spelling in spellings {
            assert_eq!(normal(spelling).as_deref(), Some("+447700900123"), "{spelling}");
        }
    }

    #[test]
    fn a_national_number_waits_for_its_region() {
        assert_eq!(normal("07700 900123").as_deref(), Some("~07700900123"));
        let complete = complete_phone("~07700900123", "GB").expect("a GB mobile");
        assert_eq!(complete.value, "+447700900123");
        assert_eq!(complete.rule, "E.164 from national format, region GB");
        assert_eq!(normal("(202) 555-0100").as_deref(), Some("~2025550100"));
        assert_eq!(complete_phone("~2025550100", "US").map(|n| n.value).as_deref(), Some("+12025550100"));
    }

    #[test]
    fn the_region_of_a_number_is_known() {
        assert_eq!(region_of("+447700900123").as_deref(), Some("GB"));
        assert_eq!(region_of("+12025550100").as_deref(), Some("US"));
    }

    #[test]
    fn what_is_no_number_is_none() {
        for value in [
            "",
            "12",
            "+3367a829916",
            "rosa@example.com",
            "2024-01-02T03:04:05",
            "hello 12345678",
            "+",
            "1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16.17.18",
        ] {
            assert_eq!(normal(value), None, "{value}");
        }
    }
}
