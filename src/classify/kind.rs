//! The kind of a record, where no sheet tells it: what the lists around a field, its file and the folders are called.

use super::label::parts_of;
use super::vocabulary::{self, Category, Special};
use super::votes::is_ambiguous;
use crate::record::Origin;
use crate::sheets::Part;
use regex::Regex;
use std::sync::LazyLock;

/// Kinds of records. Other categories are of a value: a name, a place, a number.
const KINDS: [&str; 39] = [
    "login",
    "browsing",
    "search",
    "clicks",
    "usage",
    "viewing",
    "listening",
    "calls",
    "reactions",
    "messages",
    "email_content",
    "posts",
    "voice",
    "contacts",
    "friends",
    "groups",
    "job",
    "education",
    "transaction",
    "purchase",
    "card",
    "interest",
    "likes",
    "opinion",
    "settings",
    "inferred",
    "segment",
    "advertiser",
    "documents",
    "picture",
    "travel",
    "apps",
    "device",
    "health",
    "biometric",
    "ethnicity",
    "religion",
    "politics",
    "sexual",
];

/// Names that say what a value is, and nothing of the record around it.
const OF_VALUES: [&str; 12] =
    ["content", "text", "body", "title", "status", "caption", "subject", "name", "event", "app", "topic", "purpose"];

/// Whether a category is of whole records.
pub(super) fn is_of_records(category: &Category) -> bool {
    KINDS.contains(&category.id.as_str())
}

/// What a record is by the names around it, and the name that tells it: the innermost list first, then the file, then its folders.
pub(super) fn of_record(entry: &str, path: &str) -> Option<(&'static Category, String)> {
    let parts = parts_of(path);
    let around = parts.iter().rev().filter_map(|part| match part {
        Part::Key(key) => Some(*key),
        Part::Item => None,
    });
    let mut steps = entry.rsplit('/');
    let file = steps.next().map(|name| name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    let folders = steps.filter(|folder| !is_of_activity(folder));
    let special = entry.split('/').find_map(|step| special(step).map(|kind| (kind, step.to_owned())));
    let named =
        around.skip(1).chain(file).chain(folders).find_map(|name| named(name).map(|kind| (kind, name.to_owned())));
    special.or(named).or_else(|| of_place(entry))
}

/// A folder or file that is called by a special category holds nothing else: sessions in `Fitbit` are health.
fn special(step: &str) -> Option<&'static Category> {
    let stem = step.rsplit_once('.').map_or(step, |(stem, _)| stem);
    let key = vocabulary::normalise_key(stem);
    named(stem).filter(|kind| kind.special == Special::Article9 && vocabulary::is_whole_name(kind, &key))
}

/// Companies put nearly everything into folders of "activity".
fn is_of_activity(folder: &str) -> bool {
    vocabulary::normalise_key(folder).split('_').any(|word| word == "activity")
}

/// How a company got records, where a name tells more than their kind does: whom one follows or blocks is given, what other companies
/// told is theirs.
pub(super) fn origin_of(name: &str) -> Option<Origin> {
    let key = vocabulary::normalise_key(name);
    [(&GIVEN, Origin::Provided), (&TOLD, Origin::ThirdParty), (&CONCLUDED, Origin::Inferred)]
        .into_iter()
        .find_map(|(regex, origin)| matches(regex, &key).then_some(origin))
}

/// Whether a place holds what a company concluded: `inferredAgeInfo.age`.
pub(super) fn is_concluded(path: &str) -> bool {
    matches(&CONCLUDED, &vocabulary::normalise_key(path))
}

static GIVEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(^|_)(following(s)?|follows|followed|unfollow(s|ed)|block(s|ed|ing|ed_users)?|mut(e|es|ed|ing)|restricted|close_friends|reactions?|votes?|shares?)(_|$)").ok()
});
static TOLD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(^|_)(off_([a-z]+_)+activity|data_partners?|third_part(y|ies)|(web|app)_interactions)(_|$)").ok()
});
static CONCLUDED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(^|_)(inferred|inferences?|derived|predicted|estimated|cohort)(_|$)").ok());

fn matches(regex: &LazyLock<Option<Regex>>, key: &str) -> bool {
    regex.as_ref().is_some_and(|regex| regex.is_match(key))
}

fn named(name: &str) -> Option<&'static Category> {
    let key = vocabulary::normalise_key(name);
    if OF_VALUES.contains(&key.as_str()) || is_ambiguous(&key) || vocabulary::is_technical(&key) {
        return None;
    }
    vocabulary::category_of_key(&key).filter(|category| is_of_records(category))
}

/// The first kind that the whole path of the entry speaks for.
fn of_place(entry: &str) -> Option<(&'static Category, String)> {
    let kind = vocabulary::categories().iter().filter(|category| is_of_records(category));
    kind.into_iter().find(|category| vocabulary::path_speaks_for(category, entry)).map(|kind| (kind, entry.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(entry: &str, path: &str, kind: Option<&str>) {
        assert_eq!(of_record(entry, path).map(|(kind, _)| kind.id.as_str()), kind, "{entry} {path}");
    }

    #[test]
    fn the_innermost_list_tells_the_kind_before_the_file_does() {
        check("messages/inbox/message_1.json", "messages[].reactions[].actor", Some("reactions"));
        check("messages/inbox/message_1.json", "messages[].sticker", Some("messages"));
    }

    #[test]
    fn a_file_tells_the_kind_before_its_folder_does() {
        check("activity/messages/search_history.csv", "when", Some("search"));
        check("activity/messages/x.csv", "when", Some("messages"));
    }

    #[test]
    fn a_folder_of_a_special_category_holds_nothing_else() {
        check("Fitbit/All sessions/2024.json", "duration", Some("health"));
        check("benefits/sessions.json", "duration", Some("login"));
    }

    #[test]
    fn a_folder_of_activity_says_less_than_any_other() {
        check("your_activity/posts/x.csv", "when", Some("posts"));
        check("posts/your_activity/x.csv", "when", Some("posts"));
    }

    #[test]
    fn names_tell_who_gave_the_records() {
        assert_eq!(origin_of("blocked_users"), Some(Origin::Provided));
        assert_eq!(origin_of("followers"), None);
        assert_eq!(origin_of("OffTikTokActivityDataList"), Some(Origin::ThirdParty));
        assert!(is_concluded("[].ageMeta.inferredAgeInfo.age[]"));
        assert!(!is_concluded("[].age"));
    }

    #[test]
    fn the_name_of_a_value_tells_no_kind() {
        check("x.json", "rows[].content.value", None);
        check("x.json", "rows[].place", None);
    }
}
