//! A company is taught by a file in the config folder, without Rust.

use crate::world::*;

const SHEET: &str = r#"id = "larkspur"
name = "Larkspur Garden Shop"
controller = "Larkspur Example Ltd"

[request]
place = "larkspur.example › Account › Your data"
steps = ["Ask for it."]

[[detect]]
paths = ["larkspur/customer_profile.json"]
weight = 10
says = "a customer profile"

[[section]]
id = "orders"
name = "Orders"
kind = "payment"
files = ["larkspur/orders"]
time = ["Order Date"]
text = ["Item"]
category = "purchase"
origin = "observed"
whose = "mine"
expected = true

[[section]]
id = "partners"
name = "Partners"
kind = "ad"
files = ["larkspur/data_partners"]
records = ["sharedWith[]"]
time = ["sharedOn"]
text = ["partnerName"]
category = "advertiser"
origin = "third-party"
[section.recipient]
name = ["partnerName"]
direction = "received"
basis = "data partner"

[[skip]]
files = ["larkspur/logo.png"]
why = "the logo of the shop"
"#;

/// A home that knows Larkspur by a sheet of its own.
fn taught(sheet: &str) -> Home {
    let home = Home::new();
    home.file("config/tellall/sheets/larkspur.toml", sheet);
    home
}

#[test]
fn a_sheet_in_the_config_folder_makes_an_unknown_company_known() {
    let home = taught(SHEET);
    let report = home.import(&samples().join("larkspur"));
    let export = &list(&report, "exports")[0];
    assert_eq!((text(export, "company"), text(export, "id")), ("larkspur", "larkspur-data-export-2025-03-01"));
    assert_eq!(count_in(&home, "co:larkspur section:orders kind:payment"), 3);
    assert_eq!(count_in(&home, "section:orders on:2024-04-02 seeds"), 1);
    let recipients = home.run(&["recipients", "--json"]).ended(0).json();
    let rows = list(&recipients, "recipients");
    assert_eq!(texts(rows, "name"), ["Example Analytics Ltd", "Example Shoes Ltd"]);
    assert_eq!((text(&rows[0], "direction"), text(&rows[0], "basis")), ("received", "data partner"));
    let skipped = home.run(&["ledger", "--fate", "skipped", "--json"]).ended(0).json();
    assert_eq!(texts(list(&skipped, "entries"), "why"), ["the logo of the shop"]);
    let companies = home.run(&["companies", "--json"]).ended(0).json();
    let known = texts(list(&companies, "companies"), "id");
    assert!(known.contains(&"larkspur") && known.contains(&"facebook"), "{known:?}");
    assert_eq!(held_sections(&home), ["orders", "partners"]);
}

/// What is measured by the lists of `src/schemas` stands beside each company; of a company without a list nothing is claimed.
#[test]
fn companies_tells_how_much_of_what_is_known_of_their_exports_is_explained() {
    let home = taught(SHEET);
    let companies = home.run(&["companies", "--json"]).ended(0).json();
    let coverage = |id: &str| {
        let rows = list(&companies, "companies");
        rows.iter().find(|row| text(row, "id") == id).map(|row| row["coverage"].clone()).expect("it is listed")
    };
    let number = |id: &str, key: &str| coverage(id)[key].as_u64().expect("a number");
    assert!(number("facebook", "known") > 1000 && number("uber", "known") > 10, "{companies:#}");
    assert!(number("facebook", "explained") * 10 >= number("facebook", "known") * 9, "{companies:#}");
    assert!(coverage("larkspur").is_null());
    let shown = home.run(&["companies"]).ended(0).out;
    let row = |id: &str| shown.lines().find(|line| line.starts_with(id)).expect("a row").to_owned();
    assert!(row("facebook").contains(&format!("% of {}", number("facebook", "known"))), "{shown}");
    assert!(!row("larkspur").contains('%'), "{shown}");
}

fn held_sections(home: &Home) -> Vec<String> {
    let completeness = home.run(&["completeness", "--json"]).ended(0).json();
    let sections = list(&list(&completeness, "completeness")[0], "sections").to_vec();
    sections.iter().map(|section| text(section, "section").to_owned()).collect()
}

#[test]
fn without_the_sheet_the_same_archive_is_unknown() {
    let home = Home::new();
    let report = home.import(&samples().join("larkspur"));
    assert_eq!(text(&list(&report, "exports")[0], "company"), "unknown:larkspur");
    home.run(&["recipients"]).ended(1);
}

#[test]
fn a_sheet_with_a_mistake_is_told_with_line_and_cure_and_left_out() {
    let broken = SHEET.replace("weight = 10", "weigth = 10");
    let home = taught(&broken);
    let line = broken.lines().position(|line| line.starts_with("weigth")).expect("it is there") + 1;
    let ran = home.run(&["import", "--json", samples().join("larkspur").to_str().expect("UTF-8")]).ended(0);
    assert_eq!(text(&list(&ran.json(), "exports")[0], "company"), "unknown:larkspur");
    let file = home.path().join("config/tellall/sheets/larkspur.toml");
    assert!(ran.err.contains(&format!("{}: line {line}: ", file.display())), "{}", ran.err);
    assert!(ran.err.contains("`weight`"), "the cure is named: {}", ran.err);
}

#[test]
fn companies_check_ends_with_0_if_there_is_no_mistake_and_with_2_if_there_is() {
    let home = Home::new();
    let right = home.file("right.toml", SHEET);
    let ran = home.run(&["companies", "check", right.to_str().expect("UTF-8")]).ended(0);
    assert_eq!(ran.err, "tellall: larkspur: 2 sections, no mistakes\n");
    let wrong = home.file("wrong.toml", SHEET.replace("kind = \"payment\"", "kind = \"paymnet\""));
    let ran = home.run(&["companies", "check", wrong.to_str().expect("UTF-8")]).ended(2);
    let line = SHEET.lines().position(|line| line == "kind = \"payment\"").expect("it is there") + 1;
    assert!(ran.out.contains(&format!("wrong.toml: line {line}: ")) && ran.out.contains("payment"), "{}", ran.out);
    let broken = home.file("broken.toml", "id = \"x");
    assert!(!home.run(&["companies", "check", broken.to_str().expect("UTF-8")]).ended(2).out.is_empty());
    let ran = home.run(&["companies", "check", "nowhere.toml"]).ended(2);
    assert!(ran.err.starts_with("tellall: reading nowhere.toml: "), "{}", ran.err);
}

#[test]
fn the_example_of_the_documentation_is_right() {
    let docs = include_str!("../../docs/sheets.md");
    let sheet = docs.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a whole sheet");
    let home = Home::new();
    let file = home.file("acme.toml", sheet);
    home.run(&["companies", "check", file.to_str().expect("UTF-8")]).ended(0);
}

const GUILD: &str = r#"id = "guild"
name = "Guild"
controller = "Guild Example Ltd"

[[detect]]
paths = ["members.json"]
weight = 10
says = "members"

[[names]]
files = ["members"]
records = ["[]"]
id = ["id"]
name = ["names.shown", "login"]
within = '<@(\w+)>'

[[section]]
id = "chat"
name = "Chat"
kind = "message"
files = ["chat"]
records = ["[]"]
time = ["at:s"]
who = ["by"]
thread = ["room"]
text = ["says"]
unique = ["id"]
category = "messages"

[[section]]
id = "pages"
name = "Pages"
files = ["page#.html"]
instead = ["/chat"]
category = "messages"
"#;

/// Ids are shown by the names the export tells; a message in two folders is one; pages beside the data are left out.
#[test]
fn a_sheet_tells_what_ids_stand_for_and_which_records_and_files_say_the_same() {
    let home = Home::new();
    home.file("config/tellall/sheets/guild.toml", GUILD);
    home.file(
        "guild/members.json",
        r#"[{"id":"u1","login":"rosa","names":{"shown":"Rosa Quill"}},{"id":"r9","login":"Kitchen"}]"#,
    );
    let said = r#"{"id":7,"at":1700000000,"by":"u1","room":"r9","says":"soup, <@u1>?"}"#;
    home.file("guild/a/chat.json", format!("[{said}]"));
    home.file("guild/chat.json", format!(r#"[{said},{{"id":8,"at":1700000001,"by":"u2","room":"r9","says":"no"}}]"#));
    home.file("guild/page1.html", "<html><body>soup</body></html>");
    let report = home.import(&home.path().join("guild"));
    assert_eq!(text(&list(&report, "exports")[0], "company"), "guild");
    let found = home.run(&["search", "--json", "soup"]).ended(0).json();
    let hits = list(&found, "hits");
    assert_eq!((&found["count"], hits.len()), (&1.into(), 1), "{found:#}");
    let shown = ["who", "thread", "text"].map(|part| text(&hits[0], part));
    assert_eq!(shown, ["Rosa Quill", "Kitchen", "soup, @Rosa Quill?"]);
    assert_eq!(count_in(&home, "section:chat"), 2);
    assert_eq!(count_in(&home, r#"from:"Rosa Quill""#), 1);
    let skipped = home.run(&["ledger", "--fate", "skipped", "--json"]).ended(0).json();
    assert_eq!(texts(list(&skipped, "entries"), "why"), ["says the same as chat.json, which is read"]);
}
