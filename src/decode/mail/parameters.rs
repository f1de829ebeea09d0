//! `text/plain; charset=utf-8; name*0*=UTF-8''na%C3%AF; name*1="ve.pdf"`: a value and its parameters.

use super::words;
use crate::decode::{charset, transfer};

/// Parameters of one header beyond which they are left out.
const MOST: usize = 200;

/// A header with parameters.
#[derive(Debug, Default)]
pub struct Parameters {
    /// In lower case.
    pub value: String,
    list: Vec<(String, String)>,
}

impl Parameters {
    pub fn of(header: &[u8]) -> Self {
        let text = charset::text(header, None);
        let mut pieces = split(&text).into_iter();
        let value = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
        let pair = |piece: String| {
            let (name, value) = piece.split_once('=')?;
            Some((name.trim().to_ascii_lowercase(), value.trim().to_owned()))
        };
        Self { value, list: pieces.filter_map(pair).take(MOST).collect() }
    }

    /// A parameter as text, put together and decoded.
    pub fn get(&self, name: &str) -> Option<String> {
        self.plain(name).or_else(|| self.extended(name))
    }

    fn plain(&self, name: &str) -> Option<String> {
        let found = self.list.iter().find(|(known, _)| known == name)?;
        Some(words::decoded(found.1.as_bytes()))
    }

    /// `name*`, or `name*0`, `name*1*`, … in the order of their numbers.
    fn extended(&self, name: &str) -> Option<String> {
        let mut pieces: Vec<(u32, bool, &str)> = self
            .list
            .iter()
            .filter_map(|(known, value)| {
                let tail = known.strip_prefix(name)?.strip_prefix('*')?;
                let (number, coded) = tail.strip_suffix('*').map_or((tail, tail.is_empty()), |number| (number, true));
                Some((number.parse().unwrap_or(0), coded, value.as_str()))
            })
            .collect();
        pieces.sort_by_key(|(number, ..)| *number);
        let (_, coded, first) = pieces.first()?;
        let label = coded.then(|| first.split('\'').next()).flatten().unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        for (at, (_, coded, value)) in pieces.iter().enumerate() {
            // The first piece begins with charset and language.
            let value = if at == 0 && *coded { value.splitn(3, '\'').last().unwrap_or(value) } else { value };
            bytes.extend(if *coded { transfer::percent(value.as_bytes()) } else { value.as_bytes().to_vec() });
        }
        Some(charset::text(&bytes, Some(label.as_str()).filter(|label| !label.is_empty())))
    }
}

/// Pieces between semicolons that are not in quotes; the quotes are taken off.
fn split(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let (mut quoted, mut escaped) = (false, false);
    for c in text.chars() {
        let is_escape = quoted && c == '\\' && !escaped;
        match c {
            _ if is_escape => {}
            '"' if !escaped => quoted = !quoted,
            ';' if !quoted => pieces.push(String::new()),
            c => pieces.last_mut().map(|piece| piece.push(c)).unwrap_or_default(),
        }
        escaped = is_escape;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_found_with_and_without_quotes() {
        let found = Parameters::of(br#"Text/Plain; charset=UTF-8; name="a;b \"c\".txt""#);
        assert_eq!(found.value, "text/plain");
        assert_eq!(found.get("charset").as_deref(), Some("UTF-8"));
        assert_eq!(found.get("name").as_deref(), Some(r#"a;b "c".txt"#));
        assert_eq!(found.get("boundary"), None);
    }

    #[test]
    fn names_in_pieces_and_in_other_alphabets_are_put_together() {
        let check = |header: &str, expected: &str| {
            assert_eq!(Parameters::of(header.as_bytes()).get("filename").as_deref(), Some(expected), "{header}");
        };
        check("attachment; filename*=UTF-8''na%C3%AFve%20plan.pdf", "naïve plan.pdf");
        check("attachment; filename*1=ve.pdf; filename*0*=iso-8859-1'en'na%EF", "naïve.pdf");
        check("attachment; filename=\"=?UTF-8?Q?na=C3=AFve?= plan.pdf\"", "naïve plan.pdf");
        check("attachment; filename*0=\"a.\"; filename*1=\"pdf\"", "a.pdf");
    }
}
