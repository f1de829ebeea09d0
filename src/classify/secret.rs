//! Secrets: what opens something to whoever reads it. They are known by their own form, by the parameter of an address they stand
//! in, or by the key above them; no company is known here. Ordinary text is never touched: what is no long run of visible letters
//! is passed over after a look at one byte in many.

use super::vocabulary::normalise_key;
use crate::record::ValueType;
use crate::sheets::Part;
use regex::{Captures, Regex};
use std::borrow::Cow;
use std::sync::LazyLock;

/// A secret stands in a run of visible ASCII at least this long.
const SHORTEST: usize = 20;

/// What is written in place of a secret: its kind and length.
pub fn mask(kind: &str, value: &str) -> String {
    format!("‹{kind}, {} characters›", value.chars().count())
}

/// The text with the secrets in it masked; `None` if there are none.
pub fn without_secrets(text: &str) -> Option<String> {
    if !has_long_run(text.as_bytes()) {
        return None;
    }
    let forms = FORMS.as_ref()?;
    let mut told = Cow::Borrowed(text);
    if forms.marks.is_match(text) {
        forms.shapes.iter().for_each(|(kind, shape)| hide(&mut told, shape, kind));
    }
    if memchr::memchr2(b'=', b'%', text.as_bytes()).is_some() {
        hide(&mut told, &forms.parameter, "secret");
        hide(&mut told, &forms.short_parameter, "secret");
    }
    if may_be_bot_token(text.as_bytes()) {
        hide(&mut told, &forms.bot_token, "bot token");
    }
    if memchr::memchr(b'@', text.as_bytes()).is_some() {
        hide(&mut told, &forms.user_info, "password");
    }
    match told {
        Cow::Owned(told) => Some(told),
        Cow::Borrowed(_) => None,
    }
}

/// How sure the name of a field is that it holds a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// `password`, `private_key`: whatever stands there.
    Sure,
    /// `token`, `secret`: also words for other things.
    Likely,
}

impl Named {
    /// What the key of a field says of its values.
    pub fn of(path: &[Part<'_>]) -> Option<Self> {
        let mut keys = path.iter().rev().filter_map(super::key_of).filter(|key| !matches!(*key, "{}" | "value"));
        Self::of_key(keys.next()?)
    }

    /// The same of one key, as the company writes it.
    pub fn of_key(key: &str) -> Option<Self> {
        let key = normalise_key(key);
        let forms = FORMS.as_ref()?;
        if forms.sure_key.is_match(&key) {
            Some(Self::Sure)
        } else if matches!(key.as_str(), "token" | "tokens" | "secret" | "secrets" | "signature_key" | "session_key") {
            Some(Self::Likely)
        } else {
            None
        }
    }

    /// Whether a value of such a field is one. That there is a password, or when it was set, is none.
    pub fn holds(self, value: &str, kind: ValueType) -> bool {
        const NO_SECRETS: [&str; 14] = [
            "true", "false", "yes", "no", "null", "none", "n/a", "on", "off", "set", "not set", "enabled", "disabled",
            "changed",
        ];
        if matches!(kind, ValueType::Boolean | ValueType::Time) || NO_SECRETS.contains(&value.to_lowercase().as_str()) {
            return false;
        }
        let like_a_token = || kind == ValueType::String && value.len() >= 8 && !value.contains(char::is_whitespace);
        self == Self::Sure || like_a_token()
    }
}

/// Whether there is a run of [`SHORTEST`] visible letters. Looks at the last byte of where one could be first, and jumps behind
/// what breaks it: of ordinary text most bytes are never read.
fn has_long_run(bytes: &[u8]) -> bool {
    let mut begin = 0;
    while let Some(window) = bytes.get(begin..begin + SHORTEST) {
        match window.iter().rposition(|byte| !byte.is_ascii_graphic()) {
            None => return true,
            Some(broken) => begin += broken + 1,
        }
    }
    false
}

/// Two dots after a letter that account numbers in Base64 begin with: the form itself costs more.
fn may_be_bot_token(bytes: &[u8]) -> bool {
    bytes.len() >= 56 && memchr::memchr_iter(b'.', bytes).take(2).count() == 2
}

fn hide(text: &mut Cow<'_, str>, form: &Regex, kind: &str) {
    let masked = form.replace_all(text, |found: &Captures<'_>| hidden(found, kind));
    if let Cow::Owned(masked) = masked {
        // A form may fit what is no secret, and leave it as it is.
        if masked != **text {
            *text = Cow::Owned(masked);
        }
    }
}

/// What was found, with the group `secret` of it masked, or all of it.
fn hidden(found: &Captures<'_>, kind: &str) -> String {
    let whole = &found[0];
    let secret = found.name("secret").map_or(whole, |secret| secret.as_str());
    if secret.starts_with('‹') || found.name("short").is_some() && !looks_random(secret) {
        return whole.to_owned();
    }
    whole.replacen(secret, &mask(kind, secret), 1)
}

/// Words are in one case and without figures; keys are not.
fn looks_random(value: &str) -> bool {
    let has = |is: fn(&u8) -> bool| value.bytes().any(|byte| is(&byte));
    has(u8::is_ascii_digit) || has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase)
}

struct Forms {
    /// What one of the shapes begins with, or holds.
    marks: Regex,
    shapes: Vec<(&'static str, Regex)>,
    /// Names of parameters that hold nothing else, and those that are words as well.
    parameter: Regex,
    short_parameter: Regex,
    bot_token: Regex,
    user_info: Regex,
    sure_key: Regex,
}

/// Kind, how it begins, and the whole of it.
const SHAPES: [(&str, &str, &str); 12] = [
    (
        "private key",
        "-----BEGIN ",
        r"(?s)-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----.*?(?:-----END (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|\z)",
    ),
    ("web token", "eyJ", r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*){1,3}"),
    ("Slack token", "xox[a-z][-.]|xapp-", r"\b(?:xox[a-z](?:\.xox[a-z])?-|xapp-\d-)[A-Za-z0-9-]{10,}"),
    ("GitHub token", "gh[opsur]_|github_pat_", r"\b(?:gh[opsur]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})"),
    ("GitLab token", "glpat-", r"\bglpat-[A-Za-z0-9_-]{20,}"),
    ("AWS key", "A[KSR][IO]A|AIDA", r"\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}\b"),
    ("Google key", r"AIza|ya29\.", r"\b(?:AIza[A-Za-z0-9_-]{35}|ya29\.[A-Za-z0-9_-]{20,})"),
    ("API key", "[rs]k_(?:live|test)_|whsec_|npm_", r"\b(?:[rs]k_(?:live|test)_|whsec_|npm_)[A-Za-z0-9]{16,}"),
    ("API key", "sk-", r"\bsk-(?:(?:ant|proj|or)-[A-Za-z0-9_-]{20,}|[A-Za-z0-9]{32,})"),
    ("bot token", ":AA", r"\b\d{8,10}:AA[A-Za-z0-9_-]{33}"),
    (
        "webhook",
        "hooks/|services/T",
        r"(?:hooks\.slack\.com/[a-z]+/|/webhooks/)(?P<secret>[A-Za-z0-9]+(?:/[A-Za-z0-9_-]+)+)",
    ),
    ("token", "[Bb]earer ", r"\b[Bb]earer (?P<secret>[A-Za-z0-9._~+/-]{20,}=*)"),
];

/// Parameters of addresses that sign or authorise.
const PARAMETERS: &str = concat!(
    "token|access_token|refresh_token|id_token|auth_token|authtoken|oauth_token|session_token|signature|",
    "x-amz-signature|x-amz-credential|x-amz-security-token|x-goog-signature|x-goog-credential|awsaccesskeyid|key-pair-id|",
    "api_key|apikey|client_secret|secret|password|passwd|pwd|jwt|hmac|sessionid|session_id|access_key",
);
const SHORT_PARAMETERS: &str = "sig|auth|policy|hm|oh|sid|otp";

/// Keys of fields that hold secrets.
const SURE_KEYS: &str = concat!(
    r"^(?:.+_)?(?:password|passwd|passphrase|pass_phrase|password_hash|password_salt|hashed_password|private_key|privatekey|api_key|apikey|",
    "api_secret|client_secret|app_secret|consumer_secret|signing_secret|webhook_secret|mfa_secret|totp_secret|otp_secret|secret_key|",
    "secret_access_key|access_key_secret|access_token|refresh_token|auth_token|authtoken|oauth_token|bot_token|id_token|",
    "session_token|csrf_token|bearer_token|push_token|registration_token|webhook_token|verification_token|token_secret|",
    "signing_key|encryption_key|backup_codes?|recovery_codes?|recovery_key)$",
);

/// Ends of values in addresses, also inside another address.
fn parameter(names: &str, value: &str) -> String {
    format!(r"(?i)(?:[?&#;]|%3f|%26|%23)(?:{names})(?:=|%3d)(?P<secret>{value})")
}

static FORMS: LazyLock<Option<Forms>> = LazyLock::new(forms);

fn forms() -> Option<Forms> {
    let marks: Vec<&str> = SHAPES.iter().map(|(_, mark, _)| *mark).collect();
    let shape = |(kind, _, shape): &(&'static str, &str, &str)| Some((*kind, Regex::new(shape).ok()?));
    let short =
        parameter(SHORT_PARAMETERS, r"(?P<short>[A-Za-z0-9._~+/=-]{8,}(?:%[0-57-9a-f][0-9a-f][A-Za-z0-9._~+/=-]*)*)");
    Some(Forms {
        marks: Regex::new(&marks.join("|")).ok()?,
        shapes: SHAPES.iter().map(shape).collect::<Option<_>>()?,
        parameter: Regex::new(&parameter(
            PARAMETERS,
            r#"(?:[^\s&"'<>#%;)\]}‹]|%[013-57-9a-f][0-9a-f]|%2[0-57-9a-f])+"#,
        ))
        .ok()?,
        short_parameter: Regex::new(&short).ok()?,
        bot_token: Regex::new(r"\b[A-Z][A-Za-z0-9_-]{22,28}\.[A-Za-z0-9_-]{6,7}\.[A-Za-z0-9_-]{27,45}").ok()?,
        user_info: Regex::new(r"://[^/\s:@]+:(?P<secret>[^/\s@]+)@").ok()?,
        sure_key: Regex::new(SURE_KEYS).ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(without_secrets(text).as_deref(), Some(expected), "{text}");
    }

    /// Twelve letters and figures, as often as is asked for.
    fn random(times: usize) -> String {
        "aB3dE6gH9jK2".repeat(times)
    }

    #[test]
    fn the_forms_are_well_formed() {
        assert!(forms().is_some());
    }

    #[test]
    fn tokens_are_known_by_their_form_and_keep_kind_and_length() {
        let r = random(4);
        check(&format!("use xoxe-123456789012-{r} now"), "use ‹Slack token, 66 characters› now");
        check(&format!("xoxe.xoxp-1-{r}"), "‹Slack token, 60 characters›");
        check(&format!("ghp_{}", random(3)), "‹GitHub token, 40 characters›");
        check(&format!("key AKIA{}", "ABCD2345EFGH6789"), "key ‹AWS key, 20 characters›");
        check(&format!("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.{r}"), "‹web token, 85 characters›");
        check(&format!("MTAwMDAwMDAwMDAwMDAwMDAx.GaBcDe.{}ab", random(3)), "‹bot token, 70 characters›");
        check(&format!("123456789:AA{}{}", random(2), "aB3dE6gH9"), "‹bot token, 45 characters›");
        check(&format!("Authorization: Bearer {r}"), "Authorization: Bearer ‹token, 48 characters›");
        check(
            "see -----BEGIN RSA PRIVATE KEY-----\nMIIBOgIBAAJBAKj34GkxFhD90vcNLYLInFEX\n-----END RSA PRIVATE KEY----- ok",
            "see ‹private key, 98 characters› ok",
        );
    }

    #[test]
    fn parameters_that_sign_or_authorise_lose_their_value_and_addresses_stay() {
        check(
            "https://files.example.com/a.png?t=1&token=abc123&x=2",
            "https://files.example.com/a.png?t=1&token=‹secret, 6 characters›&x=2",
        );
        check(
            "https://cdn.example.com/a.png?ex=65f0&is=65e1&hm=0123456789abcdef0123&",
            "https://cdn.example.com/a.png?ex=65f0&is=65e1&hm=‹secret, 20 characters›&",
        );
        check(
            "https://s3.example.com/a?X-Amz-Credential=AKI%2F2024%2Fus&X-Amz-Signature=00ff&X-Amz-Expires=60",
            "https://s3.example.com/a?X-Amz-Credential=‹secret, 15 characters›&X-Amz-Signature=‹secret, 4 characters›&X-Amz-Expires=60",
        );
        check(
            "https://a.example.com/?to=https%3A%2F%2Fb.example.com%2F%3Ftoken%3Dabc%26x%3D1",
            "https://a.example.com/?to=https%3A%2F%2Fb.example.com%2F%3Ftoken%3D‹secret, 3 characters›%26x%3D1",
        );
        check("https://rosa:letmein@intern.example.com/", "https://rosa:‹password, 7 characters›@intern.example.com/");
        check(
            "https://discord.example.com/api/webhooks/12345/aB3dE6gH9jK2",
            "https://discord.example.com/api/webhooks/‹webhook, 18 characters›",
        );
    }

    #[test]
    fn ordinary_text_is_never_touched() {
        for text in [
            "",
            "see you at the allotment on Sunday, bring the dahlias",
            "https://larkspur.example/shop?item=dahlia&colour=red&auth=partner",
            "https://larkspur.example/policy?policy=cookies-and-terms#token",
            "2024-11-05T09:10:11.123456+00:00",
            "38400000-8cf0-11bd-b23e-10b96e40000d",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)",
            "the token=ring and the secret=sauce are old jokes",
            "rosa.quill@example.com wrote to https://example.org/@ben",
            "com.example.android.settings.notifications.preferences.background",
            "Łukasz Żak: ¿qué tal? 山田花子さん、こんにちはこんにちはこんにちは",
            "eyJustAWord.and.another.one.that.is.long",
            "https://sk-noveny.example/sk-learn-is-a-library-for-machines",
            "aGVsbG8gd29ybGQgaGVsbG8gd29ybGQ=",
        ] {
            assert_eq!(without_secrets(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_masked_stays_masked() {
        let once = without_secrets("https://files.example.com/a?token=abc123").expect("a secret");
        assert_eq!(without_secrets(&once), None);
    }

    #[test]
    fn keys_name_secrets_and_facts_about_them_are_none() {
        let of = |key: &str| Named::of(&[Part::Key(key)]);
        for key in [
            "password",
            "Password",
            "apiKey",
            "API Key",
            "private_key",
            "bot_token",
            "discord_bot_token",
            "accessToken",
        ] {
            assert_eq!(of(key), Some(Named::Sure), "{key}");
        }
        assert_eq!(Named::of(&[Part::Key("password"), Part::Key("value")]), Some(Named::Sure));
        assert_eq!(of("token"), Some(Named::Likely));
        for key in ["secret_conversations", "password_changed_at", "token_count", "keyboard", "passport", "name"] {
            assert_eq!(of(key), None, "{key}");
        }
        assert!(Named::Sure.holds("correct horse", ValueType::String));
        assert!(!Named::Sure.holds("true", ValueType::Boolean));
        assert!(!Named::Sure.holds("Enabled", ValueType::String));
        assert!(Named::Likely.holds("a1b2c3d4e5", ValueType::String));
        assert!(!Named::Likely.holds("a garden in June", ValueType::String));
    }

    proptest::proptest! {
        #[test]
        fn a_long_run_is_found_wherever_it_stands(text in "[ a-zé]{0,80}") {
            let runs = text.as_bytes().split(|byte| !byte.is_ascii_graphic());
            let longest = runs.map(<[u8]>::len).max().unwrap_or_default();
            proptest::prop_assert_eq!(has_long_run(text.as_bytes()), longest >= SHORTEST);
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,200}") {
            let _ = without_secrets(&text);
        }
    }
}
