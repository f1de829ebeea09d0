//! What a field's name, its values and the path of its entry say together.

use super::kind;
use super::label::{Evidence, MAJORITY, Verdict, parts_of};
use super::vocabulary::{self, Category, Special};

/// What must speak for a category besides the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Needed {
    /// The values: stronger than what a sheet says of a whole section.
    Values,
    /// That the whole name tells it, in a section that a sheet explains: an amount, a device, an IP address among what was bought.
    WholeName,
    /// That the category is of a value and not of records, where only names tell the kind of the record.
    OwnName,
    /// Nothing, but for special categories and ambiguous words.
    Name,
}

impl Needed {
    /// Whether `category`, named by `key`, may outrank what is known of the whole section.
    fn allows(self, category: &Category, key: &str, section: Option<&str>) -> bool {
        let is_of_people = matches!(section, Some("friends" | "contacts"));
        match self {
            Self::Values | Self::Name => true,
            Self::WholeName => {
                OF_VALUES.contains(&category.id.as_str())
                    && vocabulary::is_whole_name(category, key)
                    && !is_of_people
                    && section != Some("settings")
            }
            Self::OwnName => {
                let is_of_messages =
                    category.id == "comm_meta" && matches!(section, Some("messages" | "email_content"));
                is_of_messages
                    || Self::WholeName.allows(category, key, section)
                    || !is_of_people
                        && OF_THINGS.contains(&category.id.as_str())
                        && vocabulary::is_whole_name(category, key)
                    || category.special >= Special::Article9
                    || !(kind::is_of_records(category) || is_of_people && OF_PEOPLE.contains(&category.id.as_str()))
            }
        }
    }
}

/// In a list of people these say who is in it.
const OF_PEOPLE: [&str; 3] = ["name", "username", "account_id"];

/// Who wrote, and to whom, where the record is a message.
fn is_of_messages(category: &Category, section: Option<&str>) -> bool {
    category.id == "comm_meta" && matches!(section, Some("messages" | "email_content"))
}

/// Kinds of records that are also values in records of another kind: the device of a log-in, the card of a payment, a file of a message.
const OF_THINGS: [&str; 7] = ["device", "card", "apps", "documents", "education", "job", "picture"];

/// Categories of single values, whatever the record around them is about.
const OF_VALUES: [&str; 11] =
    ["ip", "mac", "device_id", "user_agent", "os", "gps", "birth_date", "email", "phone", "transaction", "country"];

/// The name, the values and the path of the entry; special categories and ambiguous words need a second vote.
pub(super) fn by_votes(evidence: &Evidence<'_>, needed: Needed) -> Verdict {
    let parts = parts_of(evidence.path);
    let (key, above) = match evidence.label {
        Some(label) => (label, super::naming_keys(&parts).map(|(key, _)| key)),
        None => super::naming_keys(&parts)?,
    };
    let key = vocabulary::normalise_key(key);
    let above = above.filter(|_| needed != Needed::WholeName);
    let (named, category) = [Some(key.clone()), above.map(vocabulary::normalise_key)]
        .into_iter()
        .flatten()
        .filter(|key| !vocabulary::is_technical(key))
        .find_map(|key| vocabulary::category_of_key(&key).map(|category| (key, category)))?;
    let by_path = vocabulary::path_speaks_for(category, evidence.entry);
    let by_values = votes_of_values(category, evidence);
    let mut votes = vec![format!("the name \"{named}\"")];
    votes.extend(by_path.then(|| format!("the file {}", file_name(evidence.entry))));
    votes.extend(
        by_values.map(|(pattern, hits)| format!("{hits} of {} values sampled ({pattern})", evidence.samples.len())),
    );
    if (needed == Needed::Values && by_values.is_none()) || !needed.allows(category, &named, evidence.section_category)
    {
        return None;
    }
    let second = by_path || by_values.is_some() || is_of_messages(category, evidence.section_category);
    let is_told_in_full = vocabulary::length_of_name(category, &named) >= vocabulary::NAMES_ITSELF;
    let needs_second = is_ambiguous(&named)
        || category.special == Special::Article10
        || (category.special == Special::Article9 && !is_told_in_full);
    (second || !needs_second).then(|| (Some(category), votes.join(", ")))
}

fn votes_of_values(category: &Category, evidence: &Evidence<'_>) -> Option<(&'static str, usize)> {
    if evidence.is_text || evidence.samples.is_empty() {
        return None;
    }
    let category = vocabulary::category(&category.id)?;
    category.values.iter().find_map(|pattern| {
        let hits = evidence.samples.iter().filter(|value| vocabulary::value_is(pattern, value)).count();
        (hits as f64 >= evidence.samples.len() as f64 * MAJORITY).then_some((pattern.as_str(), hits))
    })
}

/// Words that mean too many things to label a field alone (`vocabulary.md` section 5).
pub(super) fn is_ambiguous(key: &str) -> bool {
    const WORDS: [&str; 33] = [
        "orientation",
        "race",
        "weight",
        "height",
        "cycle",
        "pin",
        "pan",
        "court",
        "position",
        "tribes",
        "brand",
        "point",
        "bookmark",
        "segments",
        "story",
        "title",
        "note",
        "content",
        "body",
        "text",
        "from",
        "to",
        "partner",
        "business",
        "activity",
        "products",
        "platform",
        "model",
        "subject",
        "event",
        "events",
        "looking_for",
        "interested_in",
    ];
    WORDS.contains(&key)
}

fn file_name(entry: &str) -> &str {
    entry.rsplit('/').next().unwrap_or(entry)
}
