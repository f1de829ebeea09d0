//! Hashed identifiers: companies trade contact details as digests of them. A digest points back at whatever it is the digest of, if
//! that is known: of the e-mail addresses and phone numbers in the exports the usual digests are computed and compared.

use super::Normal;
use crate::record::IdKind;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// A digest of an identifier in one of the spellings companies hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// In small hexadecimal digits.
    pub hex: String,
    /// In words: "SHA-256 of the e-mail address".
    pub rule: String,
}

/// As [`looks_like`], of a text.
pub fn is_digest(value: &str) -> bool {
    looks_like(value.as_bytes())
}

/// Whether a value has the form of an MD5, SHA-1 or SHA-256 digest in hexadecimal digits, and is no number.
pub fn looks_like(value: &[u8]) -> bool {
    matches!(value.len(), 32 | 40 | 64)
        && value.iter().all(u8::is_ascii_hexdigit)
        && value.iter().any(u8::is_ascii_digit)
        && value.iter().any(u8::is_ascii_alphabetic)
}

pub fn normalise(value: &str) -> Option<Normal> {
    looks_like(value.as_bytes())
        .then(|| Normal { value: value.to_ascii_lowercase(), rule: "digest in hexadecimal digits".to_owned() })
}

/// The digests under which an e-mail address or E.164 number may stand elsewhere; none of other kinds.
pub fn digests_of(kind: IdKind, normal: &str) -> Vec<Digest> {
    let mut digests = Vec::new();
    for (spelling, text) in spellings(kind, normal) {
        let bytes = text.as_bytes();
        let all = [
            ("MD5", hex(&Md5::digest(bytes))),
            ("SHA-1", hex(&Sha1::digest(bytes))),
            ("SHA-256", hex(&Sha256::digest(bytes))),
        ];
        digests.extend(all.map(|(name, hex)| Digest { hex, rule: format!("{name} of the {spelling}") }));
    }
    digests
}

/// What is hashed: addresses in small letters; numbers with and without plus, with 00, and as dialled at home.
fn spellings(kind: IdKind, normal: &str) -> Vec<(&'static str, String)> {
    match kind {
        IdKind::Email => vec![("e-mail address", normal.to_owned())],
        IdKind::Phone => {
            let Some(digits) = normal.strip_prefix('+') else { return Vec::new() };
            let mut forms = vec![
                ("phone number", normal.to_owned()),
                ("phone number without plus", digits.to_owned()),
                ("phone number with 00", format!("00{digits}")),
            ];
            let code = super::region_of(normal).and_then(|region| super::calling_code(&region));
            if let Some(national) = code.as_deref().and_then(|code| digits.strip_prefix(code)) {
                forms.push(("phone number without country", national.to_owned()));
                forms.push(("phone number in national form", format!("0{national}")));
            }
            forms
        }
        _ => Vec::new(),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        // Writing to a String cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(kind: IdKind, normal: &str, hex: &str) -> Option<String> {
        digests_of(kind, normal).into_iter().find(|digest| digest.hex == hex).map(|digest| digest.rule)
    }

    /// Digests by `printf %s TEXT | md5sum`, `sha1sum`, `sha256sum`.
    #[test]
    fn the_usual_digests_of_an_address_are_known() {
        let of = |hex| rule(IdKind::Email, "rosa.quill@example.com", hex);
        assert_eq!(of("8780ea738835461ebb0efe7432fb20b5").as_deref(), Some("MD5 of the e-mail address"));
        assert_eq!(of("1b378a176d10d9267343711e0e38d455986988f0").as_deref(), Some("SHA-1 of the e-mail address"));
        assert_eq!(
            of("2476f6b124511bcb600bfb36eaaefd0508354b738e0a41c6b36709743f3d849b").as_deref(),
            Some("SHA-256 of the e-mail address")
        );
    }

    #[test]
    fn a_number_is_hashed_in_several_spellings() {
        let of = |hex| rule(IdKind::Phone, "+447700900123", hex);
        assert_eq!(
            of("a8acc3a90a7b4e4dc65e93db9240ed26523050ef754d63b75b5161de76781436").as_deref(),
            Some("SHA-256 of the phone number")
        );
        assert_eq!(
            of("033134b911b137918338415ee3d20a064b24773d36a3b02e8b99fdd3fcd6b4cd").as_deref(),
            Some("SHA-256 of the phone number without plus")
        );
        assert_eq!(
            of("ef03a7ae0c135a3e6bb6e0898460efc32a64aea33676b8b628bdc40ee1fe3dcc").as_deref(),
            Some("SHA-256 of the phone number in national form")
        );
    }

    #[test]
    fn a_digest_has_letters_and_digits_and_one_of_three_lengths() {
        assert!(looks_like(b"9e107d9d372bb6826bd81d3542a419d6"));
        assert!(!looks_like(b"9e107d9d372bb6826bd81d3542a419d"));
        assert!(!looks_like(b"12345678901234567890123456789012"), "a number");
        assert!(!looks_like(b"9e107d9d-372b-b682-6bd8-1d3542a419d6"), "a UUID");
    }
}
