//! Names of entries, and the patterns sheets write for them.

use unicode_normalization::UnicodeNormalization as _;

/// An entry's name made comparable: lower case, composed (NFC), `\` as `/`, and everything that exports and unpackers write for an
/// apostrophe, a blank or a character Windows forbids as `_`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryPath {
    /// Comparable form.
    pub key: String,
}

impl EntryPath {
    pub fn new(name: &str) -> Self {
        let key = comparable(name);
        Self { key: key.trim_start_matches("./").trim_start_matches('/').to_owned() }
    }

    /// The name without its folders.
    pub fn base(&self) -> &str {
        self.key.rsplit_once('/').map_or(self.key.as_str(), |(_, base)| base)
    }
}

/// A pattern for entry names. It describes the end of a path, from any folder on:
///
/// * `profile_information` and `groups/settings`: this file, in whatever folder; without an extension, each of [`EXTENSIONS`] will do
/// * `#`: one or more digits, `*`: anything within one name, `**`: any number of folders, `{a,b}`: a or b
/// * `/lists/sessions`: from the root of the export, which may be wrapped in one folder
///
/// Letter case does not matter, nor which of `'`, `’`, `_`, blank and the like is written (see [`EntryPath`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryPattern {
    written: String,
    rooted: bool,
    /// What `{a,b}` spells out.
    alternatives: Vec<Alternative>,
}

/// Extensions that need not be written.
pub const EXTENSIONS: [&str; 5] = ["json", "html", "htm", "txt", "csv"];

/// More alternatives of one pattern would be a mistake of its author.
const MOST_ALTERNATIVES: usize = 64;

#[derive(Debug, Clone, PartialEq, Eq)]
struct Alternative {
    segments: Vec<Segment>,
    /// The longest plain text in it: a path without this cannot match.
    needle: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    /// `**`
    Deep,
    Plain(String),
    Glob(Vec<Piece>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// `#`
    Digits,
    /// `*`
    Any,
}

impl EntryPattern {
    /// The pattern written `text`; an error is a sentence for the sheet's author.
    pub fn parse(text: &str) -> Result<Self, String> {
        let comparable = comparable(text);
        let (rooted, rest) = match comparable.strip_prefix('/') {
            Some(rest) => (true, rest),
            None => (false, comparable.as_str()),
        };
        let spelled = spell_out(rest).map_err(|why| format!("`{text}`: {why}"))?;
        let alternatives = spelled.iter().map(|one| Alternative::parse(one));
        let alternatives = alternatives.collect::<Result<_, _>>().map_err(|why| format!("`{text}`: {why}"))?;
        Ok(Self { written: text.to_owned(), rooted, alternatives })
    }

    /// As the sheet writes it.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    pub fn matches(&self, path: &EntryPath) -> bool {
        self.alternatives.iter().any(|one| path.key.contains(&one.needle) && self.fits(one, &path.key))
    }

    fn fits(&self, alternative: &Alternative, path: &str) -> bool {
        let names: Vec<&str> = path.split('/').collect();
        if !self.rooted {
            return (0..names.len()).any(|from| fits(&alternative.segments, names.get(from..).unwrap_or_default()));
        }
        let unwrapped = names.get(1..).unwrap_or_default();
        fits(&alternative.segments, &names) || fits(&alternative.segments, unwrapped)
    }

    /// What the base names that match have in common, by [`name_key`]; `None` where no table can tell.
    pub fn name_keys(&self) -> Option<Vec<String>> {
        self.alternatives.iter().map(|one| one.segments.last().and_then(Segment::name_key)).collect()
    }
}

/// A base name with each run of digits as `#`, for look-up in tables. Equal for all names that a pattern without `*` matches.
pub fn name_key(base: &str) -> String {
    let mut key = String::with_capacity(base.len());
    for c in base.chars() {
        match c {
            '0'..='9' | '#' if key.ends_with('#') => {}
            '0'..='9' => key.push('#'),
            _ => key.push(c),
        }
    }
    key
}

/// A base name without an extension that patterns need not write.
pub fn data_stem(base: &str) -> Option<&str> {
    base.rsplit_once('.').filter(|(_, extension)| EXTENSIONS.contains(extension)).map(|(stem, _)| stem)
}

impl Alternative {
    fn parse(text: &str) -> Result<Self, String> {
        let segments: Vec<Segment> = text.split('/').map(Segment::parse).collect::<Result<_, _>>()?;
        let texts = segments.iter().flat_map(Segment::texts);
        let needle = texts.max_by_key(|text| text.len()).unwrap_or_default().to_owned();
        Ok(Self { segments, needle })
    }
}

impl Segment {
    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "" => return Err("a folder has no name; write one `/` between names".to_owned()),
            "**" => return Ok(Self::Deep),
            _ if text.contains("**") => return Err("`**` stands alone between two `/`".to_owned()),
            _ => {}
        }
        let mut pieces: Vec<Piece> = Vec::new();
        for c in text.chars() {
            match (c, pieces.last_mut()) {
                ('#', _) => pieces.push(Piece::Digits),
                ('*', _) => pieces.push(Piece::Any),
                (_, Some(Piece::Text(text))) => text.push(c),
                _ => pieces.push(Piece::Text(c.to_string())),
            }
        }
        Ok(match pieces.as_slice() {
            [Piece::Text(text)] => Self::Plain(text.clone()),
            _ => Self::Glob(pieces),
        })
    }

    fn texts(&self) -> Vec<&str> {
        match self {
            Self::Deep => Vec::new(),
            Self::Plain(text) => vec![text],
            Self::Glob(pieces) => pieces.iter().filter_map(Piece::text).collect(),
        }
    }

    fn name_key(&self) -> Option<String> {
        match self {
            Self::Deep => None,
            Self::Plain(text) => Some(name_key(text)),
            Self::Glob(pieces) if pieces.contains(&Piece::Any) => None,
            Self::Glob(pieces) => {
                let spelled: String = pieces.iter().map(|piece| piece.text().unwrap_or("#")).collect();
                Some(name_key(&spelled))
            }
        }
    }

    fn fits(&self, name: &str) -> bool {
        match self {
            Self::Deep => false,
            Self::Plain(text) => text == name,
            Self::Glob(pieces) => glob(pieces, name),
        }
    }
}

impl Piece {
    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Digits | Self::Any => None,
        }
    }
}

/// Whether the segments describe the whole list of names.
fn fits(segments: &[Segment], names: &[&str]) -> bool {
    match (segments, names) {
        ([], []) | ([Segment::Deep], [_, ..]) => true,
        ([Segment::Deep, rest @ ..], _) => (0..names.len()).any(|at| fits(rest, names.get(at..).unwrap_or_default())),
        ([last], [base]) => last.fits(base) || data_stem(base).is_some_and(|stem| last.fits(stem)),
        ([first, rest @ ..], [name, tail @ ..]) => first.fits(name) && fits(rest, tail),
        _ => false,
    }
}

fn glob(pieces: &[Piece], name: &str) -> bool {
    match pieces {
        [] => name.is_empty(),
        [Piece::Any] => true,
        [Piece::Text(text), rest @ ..] => name.strip_prefix(text.as_str()).is_some_and(|name| glob(rest, name)),
        [Piece::Digits, rest @ ..] => {
            let digits = name.bytes().take_while(u8::is_ascii_digit).count();
            (1..=digits).rev().any(|taken| name.get(taken..).is_some_and(|name| glob(rest, name)))
        }
        [Piece::Any, rest @ ..] => {
            let ends = name.char_indices().map(|(at, _)| at).chain([name.len()]);
            ends.into_iter().any(|at| name.get(at..).is_some_and(|name| glob(rest, name)))
        }
    }
}

/// The texts that `{a,b}` stands for.
fn spell_out(text: &str) -> Result<Vec<String>, String> {
    let Some((before, rest)) = text.split_once('{') else {
        return if text.contains('}') { Err("`}` without `{`".to_owned()) } else { Ok(vec![text.to_owned()]) };
    };
    let Some((inside, after)) = rest.split_once('}') else {
        return Err("`{` is not closed by `}`".to_owned());
    };
    if before.contains('}') || inside.contains('{') {
        return Err("`{…}` cannot stand in another".to_owned());
    }
    let tails = spell_out(after)?;
    let mut spelled = Vec::new();
    for choice in inside.split(',') {
        spelled.extend(tails.iter().map(|tail| format!("{before}{choice}{tail}")));
    }
    if spelled.len() > MOST_ALTERNATIVES {
        return Err(format!("more than {MOST_ALTERNATIVES} alternatives; write several patterns"));
    }
    Ok(spelled)
}

/// What an apostrophe becomes on its way through zip tools: UTF-8 read as Windows-1252, as Latin-1 and as code page 437, entities,
/// percent signs, and the escapes of `unzip` and of JSON. All in lower case.
const APOSTROPHES: [&str; 11] = [
    "\u{e2}\u{20ac}\u{2122}",
    "\u{e2}\u{80}\u{99}",
    "\u{3b3}\u{e7}\u{f6}",
    "&#039;",
    "&#39;",
    "&apos;",
    "&rsquo;",
    "%27",
    "%e2%80%99",
    "#u2019",
    "\\u2019",
];

/// Names and patterns alike, before they are compared.
fn comparable(text: &str) -> String {
    let mut lower: String =
        if text.is_ascii() { text.to_ascii_lowercase() } else { text.nfc().flat_map(char::to_lowercase).collect() };
    if !text.is_ascii() || text.bytes().any(|b| matches!(b, b'&' | b'%' | b'#' | b'\\')) {
        for written in APOSTROPHES {
            if lower.contains(written) {
                lower = lower.replace(written, "_");
            }
        }
    }
    lower.chars().map(plain).collect()
}

fn plain(c: char) -> char {
    match c {
        '\\' => '/',
        '\'' | '’' | '‘' | 'ʼ' | '´' | '`' | '′' | ' ' | '\u{a0}' | '\u{202f}' | ':' | '"' | '<' | '>' | '|' | '?'
        | '&' => '_',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, matching: &[&str], others: &[&str]) {
        let pattern = EntryPattern::parse(pattern).expect("the pattern is well formed");
        for name in matching {
            assert!(pattern.matches(&EntryPath::new(name)), "`{}` should match `{name}`", pattern.as_str());
        }
        for name in others {
            assert!(!pattern.matches(&EntryPath::new(name)), "`{}` should not match `{name}`", pattern.as_str());
        }
    }

    #[test]
    fn a_bare_name_is_found_in_any_folder_with_any_data_extension() {
        check(
            "profile_information",
            &[
                "profile_information.json",
                "a/b/Profile_Information.HTML",
                "profile_information.htm",
                "x\\profile_information.csv",
            ],
            &[
                "profile_information.jpg",
                "my_profile_information.json",
                "profile_information/x.json",
                "profile_information_2.json",
            ],
        );
        check("connections.csv", &["Connections.csv", "x/Connections.CSV"], &["connections.json"]);
    }

    #[test]
    fn a_name_with_folders_is_the_end_of_a_path() {
        check(
            "groups/settings",
            &["groups/settings.json", "a/b/groups/settings.json"],
            &["settings.json", "my_groups/settings.json"],
        );
    }

    #[test]
    fn a_leading_slash_means_the_root_or_one_wrapper_folder() {
        check(
            "/messages/**/message_#",
            &["messages/inbox/rosa_1/message_1.json", "export-2026/messages/inbox/rosa_1/message_12.html"],
            &["a/b/messages/inbox/rosa_1/message_1.json", "messages/inbox/rosa_1/message_x.json"],
        );
        check("/user", &["account/user.json", "user.json"], &["activities/a_1/users/user.json"]);
    }

    #[test]
    fn wildcards_stay_within_their_bounds() {
        check("message_#", &["message_1.json", "message_120.json"], &["message_.json", "message_1a.json"]);
        check("part#of#", &["part1of12.csv"], &["partof1.csv"]);
        check("*.mbox", &["Mail/All mail.mbox"], &["mbox", "Mail.mbox/x.json"]);
        check("a/*/c", &["a/b/c.json"], &["a/b/b/c.json", "a/c.json"]);
        check("a/**/c", &["a/c.json", "a/b/c.json", "a/b/b/c.json"], &["a.json", "a/b/d.json"]);
        check("a/**", &["a/b.json", "x/a/b/c.jpg"], &["a.json", "ba/b.json"]);
        check(
            "{sent,received}_friend_{requests,invites}",
            &["sent_friend_requests.json", "received_friend_invites.json"],
            &["friend_requests.json"],
        );
    }

    #[test]
    fn an_apostrophe_is_the_same_however_a_tool_writes_it() {
        let spelled = [
            "where_you're_logged_in.json",
            "where_you’re_logged_in.json",
            "where_you_re_logged_in.json",
            "where_you\u{e2}\u{80}\u{99}re_logged_in.json",
            "where_youâ€™re_logged_in.json",
            "where_youΓÇÖre_logged_in.json",
            "where_you&#039;re_logged_in.json",
            "where_you%27re_logged_in.json",
            "where_you%E2%80%99re_logged_in.json",
            "where_you#U2019re_logged_in.json",
        ];
        check("where_you're_logged_in", &spelled, &["where_youre_logged_in.json"]);
        check("where_you_re_logged_in", &spelled, &[]);
    }

    #[test]
    fn blanks_composition_and_forbidden_characters_do_not_matter() {
        check(
            "Email Addresses",
            &["Email_Addresses.csv", "email addresses.csv", "Email\u{a0}Addresses.csv"],
            &["emailaddresses.csv"],
        );
        check("Ça va/Verlauf", &["C\u{327}a va/Verlauf.json"], &["Ca va/Verlauf.json"]);
        check("Purchases & Reservations/**", &["Purchases _ Reservations/a.json"], &[]);
    }

    #[test]
    fn a_pattern_that_cannot_be_meant_is_refused_with_the_reason() {
        for (pattern, why) in [
            ("", "`a_folder has no name"),
            ("a//b", "has no name"),
            ("a**b", "stands alone"),
            ("{a,b", "not closed"),
            ("a}", "without `{`"),
            ("{a,{b,c}}", "cannot stand in another"),
        ] {
            let error = EntryPattern::parse(pattern).expect_err("the pattern is wrong");
            assert!(error.contains(why.trim_start_matches("`a_folder ")), "{pattern}: {error}");
        }
    }

    #[test]
    fn names_that_match_have_the_key_of_their_pattern() {
        for (pattern, base) in [("message_#", "message_12"), ("past_7_days", "past_7_days"), ("#", "100200")] {
            let pattern = EntryPattern::parse(pattern).expect("the pattern is well formed");
            assert_eq!(pattern.name_keys(), Some(vec![name_key(base)]));
        }
        let open = EntryPattern::parse("comments*").expect("the pattern is well formed");
        assert_eq!(open.name_keys(), None);
    }

    proptest::proptest! {
        #[test]
        fn no_name_and_no_pattern_panics(pattern in ".{0,40}", name in ".{0,60}") {
            if let Ok(pattern) = EntryPattern::parse(&pattern) {
                pattern.matches(&EntryPath::new(&name));
            }
        }

        #[test]
        fn a_comparable_name_is_its_own_comparable_name(name in "[a-zA-Z0-9_'’ /&.]{0,40}") {
            let once = EntryPath::new(&name);
            proptest::prop_assert_eq!(&EntryPath::new(&once.key), &once);
        }
    }
}
