//! The question the project exists for: what ties the companies together, with evidence that can be opened.

use crate::world::*;
use serde_json::Value;

fn shared(args: &[&str]) -> Value {
    tellall(&[&["shared", "--reveal", "--json"], args].concat()).ended(0).json()
}

/// The identifier of this value, which two companies or more hold.
fn identifier(kind: &str, value: &str) -> Value {
    let shared = shared(&["--mine", "--kind", kind]);
    let found = list(&shared, "identifiers").iter().find(|one| one["value"] == value);
    found.unwrap_or_else(|| panic!("{kind} {value} is not shared: {shared:#}")).clone()
}

fn companies(identifier: &Value) -> Vec<&str> {
    list(identifier, "companies").iter().map(|company| company.as_str().expect("an id")).collect()
}

/// Opens each place with `record`, and finds the value there in the field named.
fn check_evidence(identifier: &Value) {
    let evidence = list(identifier, "evidence");
    let mut holders = texts(evidence, "company");
    holders.sort_unstable();
    holders.dedup();
    assert_eq!(holders, companies(identifier), "there is evidence for each company, and for no other");
    for place in evidence {
        let (export, locator) = (text(place, "export"), text(place, "locator"));
        let record = tellall(&["record", export, locator, "--json"]).ended(0).json();
        for same in ["export", "company", "section", "entry"] {
            assert_eq!(record[same], place[same]);
        }
        let here = list(&record, "values")
            .iter()
            .any(|value| value["field"] == place["field"] && text(value, "value").contains(text(place, "as_written")));
        assert!(here, "{} is not where {place:#} says: {record:#}", place["as_written"]);
        let read = tellall(&["record", export, locator]).ended(0).out;
        assert!(read.contains(text(place, "as_written")), "people can read it there too: {read}");
    }
}

#[test]
fn the_phone_number_that_whatsapp_and_facebook_both_hold_is_found_with_evidence() {
    let phone = identifier("phone", "+447700900123");
    assert_eq!(companies(&phone), ["facebook", "unknown:larkspur", "whatsapp"]);
    assert_eq!(phone["owner"], "mine");
    check_evidence(&phone);
    let exports = texts(list(&phone, "evidence"), "export");
    for export in [FACEBOOK_2019, FACEBOOK_2023, FACEBOOK_2024, LARKSPUR, WHATSAPP] {
        assert!(exports.contains(&export), "{export} holds it too");
    }
}

#[test]
fn a_national_number_is_completed_by_the_owners_region_and_says_so() {
    let phone = identifier("phone", "+447700900123");
    let places = list(&phone, "evidence");
    let at_larkspur = places.iter().find(|place| place["company"] == "unknown:larkspur").expect("evidence");
    assert_eq!(text(at_larkspur, "as_written"), "07700 900123");
    assert_eq!(text(at_larkspur, "rule"), "E.164 from national format, region GB");
    let at_whatsapp = places.iter().find(|place| place["company"] == "whatsapp").expect("evidence");
    assert_eq!(text(at_whatsapp, "as_written"), "+44 7700 900123");
    assert_eq!(text(at_whatsapp, "rule"), "E.164 from international format");
}

/// `FRIENDS` of `src/sample/person.rs`: seven people; Ben, Marta, José and Sam are both `on_whatsapp` and `on_facebook`.
#[test]
fn four_numbers_of_other_people_are_at_facebook_and_whatsapp() {
    let shared = shared(&["--others", "--kind", "phone"]);
    let identifiers = list(&shared, "identifiers");
    let mut values = texts(identifiers, "value");
    values.sort_unstable();
    assert_eq!(values, ["+12025550117", "+12025550143", "+447700900456", "+447700900789"]);
    for identifier in identifiers {
        assert_eq!(identifier["owner"], "other");
        assert_eq!(companies(identifier), ["facebook", "whatsapp"]);
        check_evidence(identifier);
    }
    let overlaps = list(&shared, "overlaps");
    assert_eq!(overlaps.len(), 1, "{overlaps:#?}");
    assert_eq!((&overlaps[0]["count"], &overlaps[0]["owner"]), (&Value::from(4), &Value::from("other")));
}

#[test]
fn the_email_address_is_at_facebook_and_at_the_shop() {
    let email = identifier("email", "rosa.quill@example.com");
    assert_eq!(companies(&email), ["facebook", "unknown:larkspur"]);
    check_evidence(&email);
}

#[test]
fn the_address_of_the_router_at_home_is_at_three_companies() {
    let ip = identifier("ip", "203.0.113.47");
    assert_eq!(companies(&ip), ["facebook", "unknown:larkspur", "whatsapp"]);
    check_evidence(&ip);
    let ips = shared(&["--kind", "ip"]);
    assert_eq!(
        list(&ips, "identifiers").len(),
        1,
        "192.168.1.7 is everybody's, and the others are at one company alone"
    );
}

#[test]
fn the_advertising_id_of_the_phone_is_at_facebook_and_at_the_shop() {
    let id = identifier("advertising-id", "38400000-8cf0-11bd-b23e-10b96e40000d");
    assert_eq!(companies(&id), ["facebook", "unknown:larkspur"]);
    check_evidence(&id);
    let all = shared(&["--kind", "advertising-id", "--companies", "1"]);
    let zeros = list(&all, "identifiers").iter().any(|id| text(id, "value").starts_with("00000000"));
    assert!(!zeros, "an id of zeros is nobody's");
}

#[test]
fn the_device_is_the_same_at_facebook_and_at_the_shop() {
    let device = identifier("device", "a81f33d07c2e94b5");
    assert_eq!(companies(&device), ["facebook", "unknown:larkspur"]);
    check_evidence(&device);
}

#[test]
fn overlaps_count_the_identifiers_that_are_listed() {
    let shared = shared(&[]);
    let identifiers = list(&shared, "identifiers");
    for overlap in list(&shared, "overlaps") {
        let all_hold = |one: &&Value| {
            list(overlap, "companies").iter().all(|company| list(one, "companies").contains(company))
                && one["kind"] == overlap["kind"]
                && one["owner"] == overlap["owner"]
        };
        let expected = identifiers.iter().filter(all_hold).count() as u64;
        assert_eq!(overlap["count"], expected, "{overlap}");
    }
}

#[test]
fn more_companies_may_be_asked_for() {
    let values = |least: &str| list(&shared(&["--companies", least]), "identifiers").len();
    assert_eq!(values("3"), 2, "the phone number and the address of the router");
    assert!(values("1") > values("2"));
    tellall(&["shared", "--companies", "4"]).ended(1);
}

#[test]
fn a_value_said_to_be_ones_own_is() {
    let before = tellall(&["shared", "--kind", "phone", "--mine", "--reveal"]).ended(0).out;
    assert!(!before.contains("+447700900789"));
    let after = tellall(&["shared", "--kind", "phone", "--mine", "--reveal", "--owner", "+447700900789"]).ended(0).out;
    assert!(after.contains("phone +447700900789 (yours): facebook, whatsapp"), "{after}");
}

#[test]
fn third_parties_are_told_with_what_they_did() {
    let recipients = tellall(&["recipients", "--json"]).ended(0).json();
    let of = |name: &str| {
        let rows = list(&recipients, "recipients").iter().filter(|row| row["name"] == name);
        let mut did: Vec<String> =
            rows.map(|row| format!("{} {} {}", text(row, "direction"), text(row, "basis"), row["records"])).collect();
        did.sort();
        did
    };
    assert_eq!(of("Example Shoes Ltd"), ["gave contact list or activity used as an audience 3"]);
    assert_eq!(of("shop.example.com")[0], "gave activity off platform 3");
    assert_eq!(of("Example Music"), ["received connected app 1"]);
    assert!(of("Uploaded or used a list").is_empty(), "what a page says of an advertiser is no advertiser");
}

#[test]
fn the_opt_out_of_sharing_with_facebook_is_on_record() {
    let choices = tellall(&["choices", "--json"]).ended(0).json();
    let opted =
        list(&choices, "choices").iter().find(|choice| choice["what"] == "facebook_data_sharing").expect("it is there");
    assert_eq!(text(opted, "value"), "Opted out of sharing account information with Facebook");
    assert_eq!(text(opted, "about"), "sharing");
    let record = tellall(&["record", text(opted, "export"), text(opted, "locator")]).ended(0).out;
    assert!(record.contains("Opted out of sharing account information with Facebook"));
}

#[test]
fn the_number_is_the_owners_in_the_reports_of_before_2018_too() {
    let home = Home::new();
    let cell = |label: &str, value: &str| format!("<tr><td>{label}</td><td>{value}</td></tr>");
    let report = [cell("Phone number", "+44 7700 900123"), cell("Shared with Facebook", "No")].concat();
    let lists = "<h2>Contacts</h2><ul><li>+447700900456</li></ul>";
    home.file("old/whatsapp/access.html", format!("<h1>Account information</h1><table>{report}</table>{lists}"));
    home.file("old/whatsapp/portability.json", r#"{"contacts":["+447700900456"],"groups":["Allotment"]}"#);
    let page = format!("<h1>Rosa Quill</h1><h2>Contact Info</h2><table>{}</table>", cell("Phones", "+447700900123"));
    home.file("old/facebook/html/contact_info.htm", page);
    home.file("old/facebook/html/wall.htm", "<h1>Wall</h1><div>nothing</div>");
    home.import(&home.path().join("old"));
    let shared = home.run(&["shared", "--mine", "--reveal", "--json"]).ended(0).json();
    let row = &list(&shared, "identifiers")[0];
    assert_eq!(
        (text(row, "value"), &row["companies"]),
        ("+447700900123", &serde_json::json!(["facebook", "whatsapp"]))
    );
    let choices = home.run(&["choices", "--json"]).ended(0).json();
    let sharing: Vec<_> = list(&choices, "choices").iter().filter(|choice| choice["about"] == "sharing").collect();
    assert_eq!(sharing.len(), 1);
    assert_eq!((text(sharing[0], "what"), text(sharing[0], "value")), ("Shared with Facebook", "No"));
}
