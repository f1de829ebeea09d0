//! Holds the sheets to one rule: a key that names a value by itself is of that value's category in every section of every company.

use super::vocabulary::{category_of_key, is_whole_name, normalise_key};
use crate::sheets::{FieldPattern, FieldRule, Sheet, Sheets};

/// Categories of values that a name tells whatever the record is about. Kinds of records are not among them: there the section tells.
const OF_VALUES: [&str; 20] = [
    "email",
    "phone",
    "address",
    "birth_date",
    "country",
    "ip",
    "mac",
    "device_id",
    "os",
    "user_agent",
    "gps",
    "gender",
    "language",
    "nationality",
    "official_id",
    "religion",
    "politics",
    "ethnicity",
    "age",
    "bank",
];

/// What is different for a reason: company (`*`: all), key, category, reason.
const EXCEPTIONS: [(&str, &str, &str, &str); 14] = [
    ("*", "city", "location", "a place seen; in a postal address it is of the address"),
    ("*", "state", "location", "a place seen; in a postal address it is of the address"),
    ("*", "push_token", "secret", "a token lets somebody send to the device"),
    ("*", "device_token", "secret", "a token lets somebody act as the device"),
    ("facebook", "address", "username", "the address of a website of one's own"),
    ("facebook", "gender", "sexual", "one field holds one's own gender or those looked for"),
    ("github", "address", "email", "stands below `emails`"),
    ("github", "state", "opinion", "of a review: approved or not"),
    ("google", "address", "email", "of mail: a blocked or forwarding address"),
    ("google", "address", "home", "where the devices of the home are"),
    ("google", "home_address", "home", "the vocabulary has a category for the home"),
    ("microsoft", "address", "email", "of who was invited"),
    ("discord", "platform_type", "contacts", "where a list of friends comes from"),
    ("signal", "sms", "comm_meta", "whether the message was sent as one"),
];

/// The values a rule may be limited to, with the category each proves.
const OF_FORMS: [(&str, &str); 7] = [
    ("email", "email"),
    ("phone", "phone"),
    ("ipv4", "ip"),
    ("ipv6", "ip"),
    ("useragent", "user_agent"),
    ("mac", "mac"),
    ("imei", "device_id"),
];

/// The category that a rule's key or form tells, where it tells one.
fn told<'r>(pattern: &FieldPattern, rule: &'r FieldRule) -> Option<(String, &'static str, &'r str)> {
    let given = rule.category.as_deref()?;
    if let Some(form) = &rule.value {
        return OF_FORMS
            .iter()
            .find(|(known, _)| known == form)
            .map(|(known, category)| ((*known).to_owned(), *category, given));
    }
    let key = normalise_key(pattern.last_key()?);
    let named = category_of_key(&key).filter(|named| is_whole_name(named, &key))?;
    OF_VALUES.contains(&named.id.as_str()).then_some((key, named.id.as_str(), given))
}

fn is_exception(company: &str, key: &str, category: &str) -> bool {
    let is = |known: &str, asked: &str| known == "*" || known == asked;
    EXCEPTIONS.iter().any(|(of, name, given, _)| is(of, company) && is(name, key) && *given == category)
}

fn check(sheet: &Sheet) -> Vec<String> {
    let shared = sheet.fields.iter().map(|rule| ("all sections", rule));
    let own = sheet.all_sections().flat_map(|section| section.fields.iter().map(|rule| (section.id.as_str(), rule)));
    let wrong = |(section, (pattern, rule)): (&str, &(FieldPattern, FieldRule))| {
        let (key, named, given) = told(pattern, rule)?;
        (named != given && !is_exception(&sheet.id, &key, given))
            .then(|| format!("{} {section}: `{}` is {given}, and \"{key}\" names {named}", sheet.id, pattern.as_str()))
    };
    shared.chain(own).filter_map(wrong).collect()
}

#[test]
fn one_key_has_one_category() {
    let wrong: Vec<String> = Sheets::builtin().all.iter().flat_map(check).collect();
    assert!(wrong.is_empty(), "mend the sheet, or give the reason in EXCEPTIONS:\n{}", wrong.join("\n"));
}

#[test]
fn a_key_of_another_category_is_told_with_its_place() {
    let sheet = "id = 'x'\nname = 'X'\ncontroller = 'X'\n[[detect]]\npaths = ['x']\nweight = 10\nsays = 'x'\n\
        [[section]]\nid = 'a'\nname = 'A'\nfiles = ['a']\ncategory = 'contacts'\norigin = 'provided'\n\
        [section.fields]\n'[].phone_number' = { category = 'contacts' }\n'[].city' = { category = 'location' }\n\
        '*' = { value = 'email', category = 'contacts' }\n'[].name' = { category = 'contacts' }\n";
    assert_eq!(
        check(&Sheet::parse(sheet).expect("the sheet is right")),
        [
            "x a: `[].phone_number` is contacts, and \"phone_number\" names phone",
            "x a: `*` is contacts, and \"email\" names email",
        ]
    );
}

#[test]
fn every_exception_has_a_reason_and_is_needed() {
    let all = Sheets::builtin();
    for (company, key, category, reason) in EXCEPTIONS {
        assert!(!reason.is_empty());
        let met = all.all.iter().filter(|sheet| company == "*" || company == sheet.id).any(|sheet| {
            let rules = sheet.fields.iter().chain(sheet.all_sections().flat_map(|section| &section.fields));
            rules
                .filter_map(|(pattern, rule)| told(pattern, rule))
                .any(|(name, named, given)| (key == "*" || name == key) && given == category && named != given)
        });
        assert!(met, "no sheet needs {company} {key} {category}");
    }
}
