//! One field's category and origin, with the reason: the sheet first, then the votes of key, path and values.

use super::kind;
use super::vocabulary::{self, Category, Special};
use super::votes::{Needed, by_votes};
use crate::record::Origin;
use crate::sheets::{FieldRule, Part};

/// What is known of a field when it is labelled.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// The entry it stands in, for the vote of its path.
    pub entry: &'a str,
    /// `messages[].content`
    pub path: &'a str,
    /// The field's name in the person's language, if the export tells one.
    pub label: Option<&'a str>,
    /// Distinct non-empty values, at most 200.
    pub samples: &'a [String],
    /// The sheet's rule for the field, if any.
    pub rule: Option<&'a FieldRule>,
    /// The section's category and origin, if the sheet tells.
    pub section_category: Option<&'a str>,
    pub section_origin: Option<Origin>,
    /// The field is what a person reads: its words say nothing about it.
    pub is_text: bool,
}

/// A field's label with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Id of a category; `None`: technical or not understood.
    pub category: Option<&'static str>,
    pub origin: Origin,
    /// Rule, votes, sample size, in words.
    pub why: String,
}

/// Values that must be of a pattern before they vote, of all that were sampled.
pub(super) const MAJORITY: f64 = 0.8;

/// Labels a field. Free text is never labelled by its words.
pub fn label(evidence: &Evidence<'_>) -> Label {
    let kind = match evidence.section_category {
        None => kind::of_record(evidence.entry, evidence.path),
        Some(_) => None,
    };
    let reason = match &kind {
        Some((_, name)) => format!("\"{name}\" holds records of this kind"),
        None => "the sheet says so of the whole section".to_owned(),
    };
    let guess = kind.as_ref().map(|(kind, name)| guessed(evidence, kind, name));
    let evidence = guess.as_ref().unwrap_or(evidence);
    let own = if kind.is_some() { Needed::OwnName } else { Needed::WholeName };
    let (category, why) = by_sheet(evidence)
        .or_else(|| by_proof(evidence))
        .or_else(|| by_votes(evidence, Needed::Values))
        .or_else(|| choice(evidence))
        .or_else(|| technical(evidence))
        .or_else(|| by_votes(evidence, own))
        .or_else(|| by_section(evidence, reason))
        .or_else(|| by_votes(evidence, Needed::Name))
        .unwrap_or_else(|| (None, "nothing tells what this is".to_owned()));
    Label { category: category.map(|category| category.id.as_str()), origin: origin(evidence, category), why }
}

/// The evidence with a kind of record that its names tell in the place of a sheet's word.
fn guessed<'a>(evidence: &Evidence<'a>, kind: &'static Category, name: &str) -> Evidence<'a> {
    let origin = evidence.section_origin.or_else(|| kind::origin_of(name)).unwrap_or(kind.origin);
    Evidence { section_category: Some(&kind.id), section_origin: Some(origin), ..*evidence }
}

/// Categories that companies get in one way, whatever they stand beside: an IP address among what a person typed is observed.
const OF_ONE_ORIGIN: [&str; 8] = ["ip", "mac", "device_id", "user_agent", "comm_meta", "account_id", "gps", "card"];

/// The sheet's word on the field; "made by the company" for a record's own number; its category's usual origin, if it is of one origin
/// and of another kind than its section, and the section's data are provided or observed; the sheet's word on the section; the
/// category's usual origin.
fn origin(evidence: &Evidence<'_>, category: Option<&'static Category>) -> Origin {
    let usual = category.map(|category| category.origin);
    let is_own_kind = category.is_some_and(|category| {
        OF_ONE_ORIGIN.contains(&category.id.as_str()) && evidence.section_category != Some(&category.id)
    });
    let is_first_hand = matches!(evidence.section_origin, Some(Origin::Provided | Origin::Observed));
    let is_seen = matches!(evidence.section_origin, Some(Origin::Generated)) && usual == Some(Origin::Observed);
    let is_number = is_own_number(evidence) || is_number_of(evidence, category) || is_token(evidence, category);
    let of_device = category.is_some_and(|category| category.id == "device_id");
    let made = Some(Origin::Generated).filter(|_| is_number && !of_device);
    let own = made.filter(|_| is_first_hand).or(usual.filter(|_| is_own_kind && (is_first_hand || is_seen)));
    let stated = evidence.rule.and_then(|rule| rule.origin);
    let concluded = Some(Origin::Inferred).filter(|_| evidence.rule.is_none() && kind::is_concluded(evidence.path));
    stated.or(concluded).or(own).or(evidence.section_origin).or(usual).unwrap_or(Origin::Provided)
}

/// A category, or none for what is technical, with the reason.
pub(super) type Verdict = Option<(Option<&'static Category>, String)>;

fn by_sheet(evidence: &Evidence<'_>) -> Verdict {
    let id = evidence.rule?.category.as_deref()?;
    let category = vocabulary::category(id);
    (category.is_some() || id == TECHNICAL).then(|| (category, "the sheet says so".to_owned()))
}

/// The section's category. When a message was sent and read, and its number, is not what it says.
fn by_section(evidence: &Evidence<'_>, reason: String) -> Verdict {
    let id = match evidence.section_category? {
        "messages" | "email_content" if is_about_a_message(evidence) => "comm_meta",
        id => id,
    };
    let category = vocabulary::category(id);
    (category.is_some() || id == TECHNICAL).then_some((category, reason))
}

/// When it was sent, its own number, and the number of its chat.
fn is_about_a_message(evidence: &Evidence<'_>) -> bool {
    let is_number = || last_key(evidence.path).is_some_and(|key| key.ends_with("_id"));
    let is_time = || super::clock_of(&parts_of(evidence.path)).is_some();
    !evidence.is_text && (is_time() || is_own_number(evidence) || is_number())
}

/// What a sheet calls data that nobody would call personal.
pub const TECHNICAL: &str = "other";

/// Where the kind of a record says what a person did, chose or bought.
const OF_EVENTS: [&str; 9] =
    ["login", "usage", "clicks", "reactions", "settings", "calls", "travel", "purchase", "transaction"];

/// What only steers a program, whatever section it stands in: versions, types of files, flags whose name tells nothing of a person, the
/// headings of pages. Flags in settings are choices, and nothing of a special category is called technical.
fn technical(evidence: &Evidence<'_>) -> Verdict {
    let section = evidence.section_category.and_then(vocabulary::category);
    if evidence.is_text || section.is_some_and(|section| section.special >= Special::Article9) {
        return None;
    }
    let key = last_key(evidence.path)?;
    let is_flag = || {
        evidence.section_category != Some("settings")
            && vocabulary::is_flag(&key)
            && vocabulary::category_of_key(&key).is_none()
            && evidence.samples.iter().all(|value| is_truth(value))
    };
    let is_kind =
        || vocabulary::is_of_form(&key) && section.is_some_and(|section| !OF_EVENTS.contains(&section.id.as_str()));
    let of_page = is_page(evidence.entry) && evidence.path == "section";
    (of_page || vocabulary::is_of_the_program(&key) || is_kind() || is_flag())
        .then(|| (None, format!("\"{key}\" only steers a program")))
}

/// Whether others may see a field is a choice, of whatever kind the field is: `politics_displayed`. So is a truth about what is to be
/// shown, allowed or told: `allow_comments`.
fn choice(evidence: &Evidence<'_>) -> Verdict {
    let key = last_key(evidence.path)?;
    let is_seen = key.ends_with("_displayed") || ["displayed", "visibility"].contains(&key.as_str());
    let is_wish = || vocabulary::is_wish(&key) && evidence.samples.iter().all(|value| is_truth(value));
    let category = vocabulary::category("settings").filter(|_| !evidence.is_text && (is_seen || is_wish()))?;
    Some((Some(category), format!("\"{key}\" tells what is shown or done")))
}

/// The last name in a path, as the vocabulary writes names.
fn last_key(path: &str) -> Option<String> {
    parts_of(path).iter().rev().find_map(|part| match part {
        Part::Key(key) => Some(vocabulary::normalise_key(key)),
        Part::Item => None,
    })
}

/// The number a company gave the record itself. In lists of people a number stands for a person.
fn is_own_number(evidence: &Evidence<'_>) -> bool {
    let of_people = matches!(evidence.section_category, None | Some("friends" | "contacts"));
    !of_people && last_key(evidence.path).is_some_and(|key| ["id", "uuid", "guid"].contains(&key.as_str()))
}

/// A number by which a company keeps its records (`order_id`), not one that names another record (`parent_id`), a device or a person.
fn is_number_of(evidence: &Evidence<'_>, category: Option<&Category>) -> bool {
    const OF_THINGS: [&str; 13] = [
        "purchase",
        "income",
        "transaction",
        "posts",
        "comm_meta",
        "messages",
        "groups",
        "search",
        "travel",
        "usage",
        "interest",
        "listening",
        "calls",
    ];
    const OTHERS: [&str; 10] =
        ["parent", "reply", "replied", "quoted", "video", "photo", "sku", "sender", "recipient", "application"];
    let of_things = category.is_some_and(|category| OF_THINGS.contains(&category.id.as_str()));
    of_things
        && last_key(evidence.path)
            .is_some_and(|key| key.ends_with("_id") && !OTHERS.iter().any(|other| key.contains(other)))
}

/// A token is a secret that nobody chose.
fn is_token(evidence: &Evidence<'_>, category: Option<&Category>) -> bool {
    category.is_some_and(|category| category.id == "secret")
        && last_key(evidence.path).is_some_and(|key| key.contains("token"))
}

fn is_page(entry: &str) -> bool {
    let entry = entry.to_ascii_lowercase();
    [".html", ".htm"].iter().any(|end| entry.ends_with(end))
}

fn is_truth(value: &str) -> bool {
    ["true", "false", "yes", "no", "on", "off", "0", "1"].contains(&value.trim().to_ascii_lowercase().as_str())
}

/// Values that need no other sign: e-mails, IP addresses, IBANs.
fn by_proof(evidence: &Evidence<'_>) -> Verdict {
    if evidence.is_text || evidence.path.to_ascii_lowercase().contains("version") {
        return None;
    }
    let (category, pattern) = evidence.samples.iter().find_map(|value| vocabulary::proven_category(value))?;
    let hits = evidence.samples.iter().filter(|value| vocabulary::value_is(pattern, value)).count();
    let is_special = category.special == Special::Article9;
    let named = last_key(evidence.path).and_then(|key| vocabulary::category_of_key(&key));
    if is_special && named.is_some_and(|named| named.special == Special::Article9) {
        return None;
    }
    let is_told = is_special && evidence.samples.len() <= FEW;
    (is_told || hits as f64 >= evidence.samples.len() as f64 * MAJORITY).then(|| {
        (Some(category), format!("{hits} of {} values sampled are of the pattern {pattern}", evidence.samples.len()))
    })
}

/// Among so few values one that names a belief or an orientation is enough: to miss it is worse than to name one too many.
const FEW: usize = 20;

/// The parts of a printed path: `a.b[].c`.
pub fn parts_of(path: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    for piece in path.split('.') {
        let key = piece.trim_end_matches("[]");
        if !key.is_empty() {
            parts.push(Part::Key(key));
        }
        parts.extend(std::iter::repeat_n(Part::Item, (piece.len() - key.len()) / 2));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence<'a>(entry: &'a str, path: &'a str, samples: &'a [String]) -> Evidence<'a> {
        Evidence {
            entry,
            path,
            label: None,
            samples,
            rule: None,
            section_category: None,
            section_origin: None,
            is_text: false,
        }
    }

    fn texts(values: &[&str]) -> Vec<String> {
        values.iter().map(|&value| value.to_owned()).collect()
    }

    #[test]
    fn the_sheet_has_the_first_word() {
        let rule = FieldRule { category: Some("phone".into()), origin: Some(Origin::Observed), ..FieldRule::default() };
        let samples = texts(&["rosa@example.com"]);
        let found = label(&Evidence { rule: Some(&rule), ..evidence("x.json", "a.email", &samples) });
        assert_eq!((found.category, found.origin), (Some("phone"), Origin::Observed));
        assert_eq!(found.why, "the sheet says so");
    }

    #[test]
    fn values_that_prove_themselves_need_no_name() {
        let samples =
            texts(&["203.0.113.7", "2001:db8::7", "203.0.113.8", "203.0.113.9", "203.0.113.10", "198.51.100.2"]);
        let found = label(&evidence("x.json", "rows[].quux", &samples));
        assert_eq!(found.category, Some("ip"));
        assert_eq!(found.why, "5 of 6 values sampled are of the pattern ipv4");
    }

    #[test]
    fn free_text_is_not_labelled_by_its_words() {
        let samples = texts(&["rosa@example.com"]);
        let found = label(&Evidence { is_text: true, ..evidence("x.json", "quux", &samples) });
        assert_eq!(found.category, None);
    }

    #[test]
    fn a_sheets_word_on_a_section_is_weaker_than_values_and_stronger_than_a_name() {
        let of = |path: &str, value: &str| {
            let samples = texts(&[value]);
            let evidence = evidence("ads/interests.json", path, &samples);
            label(&Evidence { section_category: Some("inferred"), ..evidence }).category
        };
        assert_eq!(of("topics[]", "Gardening"), Some("inferred"));
        assert_eq!(of("user_agent", "Mozilla/5.0 (X11)"), Some("user_agent"));
        assert_eq!(of("phone_number", "+44 7700 900123"), Some("phone"));
    }

    #[test]
    fn without_a_sheet_the_names_around_a_field_tell_the_kind_of_its_record() {
        let of = |entry: &str, path: &str, value: &str| {
            let samples = texts(&[value]);
            let found = label(&evidence(entry, path, &samples));
            (found.category, found.origin)
        };
        assert_eq!(of("a/followers.json", "[].since", "2022"), (Some("friends"), Origin::Observed));
        assert_eq!(of("posts.json", "[].colour_scheme", "dark"), (Some("posts"), Origin::Provided));
        assert_eq!(of("posts.json", "[].ip_address", "203.0.113.7"), (Some("ip"), Origin::Observed));
        assert_eq!(of("messages/chat.json", "[].sender", "Ben"), (Some("comm_meta"), Origin::Observed));
        assert_eq!(of("orders.csv", "currency", "GBP"), (Some("transaction"), Origin::Observed));
    }

    #[test]
    fn a_value_of_its_own_kind_outranks_the_section_by_its_whole_name() {
        let samples = texts(&["14"]);
        let of = |path: &str, section: &'static str| {
            label(&Evidence { section_category: Some(section), ..evidence("x.csv", path, &samples) }).category
        };
        assert_eq!(of("os_version", "usage"), Some("os"));
        assert_eq!(of("os_version_seen_last", "usage"), Some("usage"));
        assert_eq!(of("email", "settings"), Some("settings"));
    }

    #[test]
    fn words_for_a_belief_or_an_orientation_prove_themselves() {
        for (value, category) in [("Quaker", "religion"), ("bisexual", "sexual")] {
            let samples = texts(&[value]);
            assert_eq!(label(&evidence("data.json", "descriptors[].choices[]", &samples)).category, Some(category));
        }
        let samples = texts(&["M and F"]);
        assert_eq!(label(&evidence("data.json", "User.interested_in", &samples)).category, Some("sexual"));
    }

    #[test]
    fn a_special_category_needs_a_second_vote() {
        let samples = texts(&["landscape"]);
        assert_eq!(label(&evidence("display.json", "orientation", &samples)).category, None);
        assert_eq!(label(&evidence("dating/profile.json", "orientation", &samples)).category, Some("sexual"));
    }

    #[test]
    fn what_only_steers_a_program_is_not_of_its_section() {
        let of = |entry: &str, path: &str, value: &str, section: &'static str| {
            let samples = texts(&[value]);
            label(&Evidence { section_category: Some(section), ..evidence(entry, path, &samples) }).category
        };
        assert_eq!(of("chats.json", "[].chat.archived", "true", "comm_meta"), None);
        assert_eq!(of("chats.json", "[].version", "3", "comm_meta"), None);
        assert_eq!(of("pins.html", "section", "Pins", "interest"), None);
        assert_eq!(of("chats.json", "[].section", "Pins", "interest"), Some("interest"));
        assert_eq!(of("chats.json", "[].is_private", "true", "settings"), Some("settings"));
        assert_eq!(of("people.json", "[].has_children", "true", "posts"), Some("posts"));
        assert_eq!(of("people.json", "[].is_vegan", "true", "religion"), Some("religion"));
    }

    #[test]
    fn the_kind_of_a_record_is_technical_unless_it_tells_what_happened() {
        let of = |path: &str, section: &'static str| {
            let samples = texts(&["photo"]);
            label(&Evidence { section_category: Some(section), ..evidence("x.json", path, &samples) }).category
        };
        assert_eq!(of("[].type", "picture"), None);
        assert_eq!(of("[].width", "picture"), None);
        assert_eq!(of("[].type", "login"), Some("login"));
        assert_eq!(of("[].type", "sexual"), Some("sexual"));
    }

    #[test]
    fn who_may_see_a_belief_is_a_choice_and_no_belief() {
        let samples = texts(&["true"]);
        let found = label(&Evidence {
            section_category: Some("sexual"),
            ..evidence("user.json", "profile.politics_displayed", &samples)
        });
        assert_eq!(found.category, Some("settings"));
        assert_eq!(found.why, "\"politics_displayed\" tells what is shown or done");
    }

    #[test]
    fn a_records_own_number_is_made_by_the_company_and_a_persons_is_not() {
        let samples = texts(&["42"]);
        let of = |section: &'static str| {
            let section = Evidence {
                section_category: Some(section),
                section_origin: Some(Origin::Provided),
                ..evidence("x.json", "[].id", &samples)
            };
            label(&section).origin
        };
        assert_eq!(of("posts"), Origin::Generated);
        assert_eq!(of("friends"), Origin::Provided);
    }

    #[test]
    fn the_time_of_a_message_is_not_what_it_says() {
        let samples = texts(&["2022-01-07 08:05:00"]);
        let of = |path: &str| {
            let section = Evidence {
                section_category: Some("messages"),
                section_origin: Some(Origin::Provided),
                ..evidence("chats.json", path, &samples)
            };
            let found = label(&section);
            (found.category, found.origin)
        };
        assert_eq!(of("[].sent_at"), (Some("comm_meta"), Origin::Observed));
        assert_eq!(of("[].conversation_id"), (Some("comm_meta"), Origin::Generated));
        assert_eq!(of("[].body"), (Some("messages"), Origin::Provided));
    }

    #[test]
    fn a_sheet_may_call_a_field_technical() {
        let rule = FieldRule { category: Some(TECHNICAL.into()), ..FieldRule::default() };
        let samples = texts(&["1"]);
        let evidence = Evidence { section_category: Some("posts"), ..evidence("x.json", "rkey", &samples) };
        assert_eq!(label(&Evidence { rule: Some(&rule), ..evidence }).category, None);
    }

    #[test]
    fn a_field_of_its_own_kind_has_its_own_origin() {
        let samples = texts(&["203.0.113.7"]);
        let of = |origin| {
            let section = Evidence {
                section_category: Some("posts"),
                section_origin: Some(origin),
                ..evidence("x.json", "ip", &samples)
            };
            label(&section).origin
        };
        assert_eq!(of(Origin::Provided), Origin::Observed);
        assert_eq!(of(Origin::ThirdParty), Origin::ThirdParty);
    }

    #[test]
    fn a_special_category_that_names_itself_needs_no_second_vote() {
        let samples = texts(&["Quaker"]);
        for (path, category) in
            [("profile.religion", "religion"), ("profile.politics", "politics"), ("[].sexuality[]", "sexual")]
        {
            assert_eq!(label(&evidence("user.json", path, &samples)).category, Some(category), "{path}");
        }
    }

    #[test]
    fn a_version_is_no_address() {
        let samples = texts(&["2.24.1.7"]);
        assert_ne!(label(&evidence("x.json", "app_version", &samples)).category, Some("ip"));
    }

    #[test]
    fn what_nothing_tells_stays_open() {
        let found = label(&evidence("x.json", "quux", &texts(&["1"])));
        assert_eq!((found.category, found.why.as_str()), (None, "nothing tells what this is"));
    }
}
