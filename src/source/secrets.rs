//! What was masked at import stays masked when the archive is read again.

use crate::classify::secret::{self, Named};
use crate::index::Segment;
use crate::record::ValueType;
use serde_json::Value;
use std::collections::HashSet;

/// The secrets of one export: fields whose values the index holds masked only, and whatever looks like one.
#[derive(Default)]
pub struct Secrets {
    /// The last two keys of a field's path, or its only one.
    fields: HashSet<Keys>,
}

/// The key above, and the key.
type Keys = (Option<String>, String);

impl Secrets {
    pub fn of(segment: &Segment) -> Self {
        let masked = |value: &String| value.starts_with('‹') && value.ends_with(" characters›");
        let fields = segment.catalog.fields.iter().filter(|field| field.examples.iter().any(masked));
        Self { fields: fields.map(|field| last_keys(&field.path)).collect() }
    }

    /// A plain value below these keys, as it may be shown.
    pub fn shown(&self, above: Option<&str>, key: &str, value: &str) -> String {
        if self.is_secret(above, key, value) {
            return secret::mask("secret", value);
        }
        // JSON may stand in a string.
        if value.trim_start().starts_with(['{', '['])
            && let Ok(mut inner) = serde_json::from_str::<Value>(value)
        {
            self.hide(None, "", &mut inner);
            return inner.to_string();
        }
        secret::without_secrets(value).unwrap_or_else(|| value.to_owned())
    }

    /// A cell of a table, or a line of a page, under the path of its field.
    pub fn shown_at(&self, path: &str, value: &str) -> String {
        let (above, key) = last_keys(path);
        self.shown(above.as_deref(), &key, value)
    }

    /// A line of text; `Password: x` has a key too.
    pub fn line(&self, line: &str) -> String {
        let Some((key, value)) = line.split_once(": ") else { return self.shown(None, "", line) };
        format!("{key}: {}", self.shown(None, key.trim(), value))
    }

    /// Masks the secrets in a document or a piece of one that stands below these keys.
    pub fn hide(&self, above: Option<&str>, key: &str, value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.hide(above, key, item)),
            Value::Object(members) => {
                let above = (!key.is_empty()).then_some(key);
                members.iter_mut().for_each(|(name, member)| self.hide(above, name, member));
            }
            Value::String(text) => *text = self.shown(above, key, text),
            Value::Number(number) => {
                let number = number.to_string();
                if self.is_secret(above, key, &number) {
                    *value = Value::String(secret::mask("secret", &number));
                }
            }
            Value::Bool(_) | Value::Null => {}
        }
    }

    fn is_secret(&self, above: Option<&str>, key: &str, value: &str) -> bool {
        let known = || self.fields.contains(&(above.map(str::to_owned), key.to_owned()));
        let named = || Named::of_key(key).is_some_and(|named| named.holds(value, ValueType::String));
        !key.is_empty() && !value.is_empty() && (known() || named())
    }
}

/// `a.b[].c` → `b`, `c`
fn last_keys(path: &str) -> Keys {
    let plain = path.replace("[]", "");
    let mut keys = plain.rsplit('.').filter(|key| !key.is_empty()).map(str::to_owned);
    let key = keys.next().unwrap_or_default();
    (keys.next(), key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn secrets() -> Secrets {
        Secrets { fields: [last_keys("[].call.link"), last_keys("pin")].into() }
    }

    #[test]
    fn a_field_that_the_index_holds_masked_is_masked_in_the_archive_too() {
        let mut piece = json!([{ "call": { "link": "abc" }, "link": "https://example.com", "pin": 1234 }]);
        secrets().hide(None, "", &mut piece);
        let shown = json!([{
            "call": { "link": "‹secret, 3 characters›" }, "link": "https://example.com", "pin": "‹secret, 4 characters›"
        }]);
        assert_eq!(piece, shown);
    }

    #[test]
    fn what_looks_or_is_called_like_a_secret_is_masked_wherever_it_stands() {
        let secrets = secrets();
        assert_eq!(secrets.shown(None, "password", "hunter2"), "‹secret, 7 characters›");
        assert_eq!(secrets.line("Password: hunter2"), "Password: ‹secret, 7 characters›");
        assert_eq!(
            secrets.shown(None, "raw", "{\"private_key\":\"abc\"}"),
            "{\"private_key\":\"‹secret, 3 characters›\"}"
        );
        assert!(
            secrets.line("see https://example.com/a?access_token=abcDEF123456").ends_with("‹secret, 12 characters›")
        );
        assert_eq!(secrets.line("Rosa: see you at 9: bring cake"), "Rosa: see you at 9: bring cake");
        assert_eq!(secrets.shown_at("pin", ""), "");
    }
}
