//! What the loader says of right and wrong sheets.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::sheets::ThreadName;
use crate::sheets::{EntryPath, GlossaryForm};

const HEAD: &str = "\
id = 'acme'
name = 'Acme'
controller = 'Acme Ltd'
[[detect]]
paths = ['acme/**']
weight = 10
says = 'folder acme'
";

const SECTION: &str = "\
[[section]]
id = 'logins'
name = 'Log-ins'
category = 'login'
files = ['logins']
";

fn right(text: &str) -> Sheet {
    match Sheet::parse(text) {
        Ok(sheet) => sheet,
        Err(mistakes) => panic!("{}\n{text}", listed(&mistakes)),
    }
}

fn listed(mistakes: &[Mistake]) -> String {
    mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The mistakes of [`HEAD`] and `rest`; lines count from the first of `rest`.
fn mistakes(rest: &str) -> Vec<Mistake> {
    let before = HEAD.lines().count();
    let mut found = Sheet::parse(&format!("{HEAD}{rest}")).expect_err("the sheet is wrong");
    for mistake in &mut found {
        mistake.line = mistake.line.saturating_sub(before);
    }
    found
}

/// `rest` behind [`HEAD`] has one mistake, which is told so.
fn check(rest: &str, told: &str) {
    assert_eq!(listed(&mistakes(rest)), told, "{rest}");
}

/// A line in [`SECTION`] is wrong and told so, without the line's number.
fn check_line(line: &str, told: &str) {
    check(&format!("{SECTION}{line}\n"), &format!("line {}: {told}", SECTION.lines().count() + 1));
}

#[test]
fn every_sheet_compiled_in_is_right_and_has_its_own_id() {
    for (id, text) in BUILTIN {
        assert_eq!(right(text).id, *id);
    }
    assert_eq!(Sheets::builtin().all.len(), BUILTIN.len());
}

#[test]
fn a_section_says_where_its_values_are() {
    let sheet = right(&format!(
        "{HEAD}{SECTION}records = ['log[]']\ntime = ['at:ms', 'day']\nwho = 'name'\nthread = ['^title']\nthread_key = '{{folder}}'\n\
         kind = 'login'\nwhose = 'mine'\norigin = 'observed'\n[section.fields]\n'ip' = {{ category = 'ip', id = 'ip' }}\n"
    ));
    let section = sheet.section("logins").unwrap();
    assert_eq!(section.records[0].as_str(), "log[]");
    assert_eq!(section.time.len(), 2);
    assert_eq!(section.who[0].as_str(), "name", "a single text is a list of one");
    assert_eq!(section.thread_key, Some(ThreadName::Folder));
    assert_eq!(section.fields[0].1.id, Some(crate::record::IdKind::Ip));
}

#[test]
fn field_rules_keep_their_order_and_a_field_may_have_several() {
    let sheet = right(&format!(
        "{HEAD}[fields]\n'z' = {{ category = 'ip' }}\n'a' = [{{ value = 'email', category = 'email' }}, {{ category = 'phone' }}]\n"
    ));
    let rules: Vec<_> = sheet.fields.iter().map(|(p, rule)| (p.as_str(), rule.category.as_deref().unwrap())).collect();
    assert_eq!(rules, [("z", "ip"), ("a", "email"), ("a", "phone")]);
}

#[test]
fn defaults_come_behind_what_a_section_says() {
    let sheet = right(&format!("{HEAD}[defaults]\nrecords = ['[]']\ntime = ['date']\n{SECTION}time = ['at:s']\n"));
    let section = sheet.section("logins").unwrap();
    let times: Vec<_> = section.time.iter().map(|(pattern, _)| pattern.as_str()).collect();
    assert_eq!(times, ["at", "date"]);
    assert!(section.records.is_empty(), "records found by structure stay so");
}

#[test]
fn a_part_belongs_to_the_section_above_and_reads_no_entries() {
    let part = "[[section.part]]\nid = 'p'\nname = 'P'\ncategory = 'name'\nrecords = ['p[]']\n";
    let sheet = right(&format!("{HEAD}{SECTION}{part}[section.part.fields]\n'x' = {{ secret = true }}\n"));
    assert_eq!(sheet.sections.len(), 1);
    assert!(sheet.section("p").unwrap().fields[0].1.secret);
    let without = part.replace("records = ['p[]']\n", "");
    check(
        &format!("{SECTION}{without}"),
        "line 6: section `p` is a part and has no right `records`; add `records = [\"…\"]`: where its records are in the entries of \
         the section above",
    );
}

#[test]
fn a_mistake_is_told_with_line_reason_and_cure() {
    check_line("record = []", "section `logins`: unknown key `record`; did you mean `records`?");
    check_line("kind = 'logn'", "section `logins`: `logn` is no `kind`; did you mean `login`?");
    check_line(
        "origin = 'seen'",
        "section `logins`: `seen` is no `origin`; use provided, observed, inferred, generated or third-party",
    );
    check_line("decoder = 'jsn'", "section `logins`: `jsn` is no `decoder`; did you mean `json`?");
    check_line("whose = 'me'", "section `logins`: `me` is no `whose`; use mine, others or mixed");
    check_line("expected = 'yes'", "section `logins`: `expected` is a text; write true or false");
    check_line("who = [3]", "section `logins`: `who` is a number; write a list of texts: [\"…\", \"…\"]");
    check_line(
        "rest = 'chats'",
        "section `logins`: `rest` names `chats`, which is no section; add such a section, or take the line out",
    );
    check_line(
        "repeats = 'chats'",
        "section `logins`: `repeats` names `chats`, which is no section; add such a section, or take the line out",
    );
    check_line(
        "thread_key = '{file}'",
        "section `logins`: `thread_key`: `{file}`: use {folder}, {stem}, {item} or a field; see docs/sheets.md",
    );
    check_line(
        "records = ['a[b']",
        "section `logins`: `records`: `a[b`: `[` must be followed by `]`; see docs/sheets.md",
    );
    check_line(
        "records = ['a.\"b']",
        "section `logins`: `records`: `a.\"b`: a quotation mark is not closed; see docs/sheets.md",
    );
}

#[test]
fn patterns_clocks_and_expressions_are_tried_at_once() {
    let wrong = |line: &str| listed(&mistakes(&format!("{SECTION}{line}\n")));
    assert!(wrong("time = ['at:minutes']").contains("`minutes` is no clock: use auto, utc, s, ms"));
    assert!(wrong("head = '('").contains("`head`: not a regular expression: unclosed group"));
    assert!(wrong("keys = 3").contains("`keys` is a number"));
    assert!(
        listed(&mistakes("[[skip]]\nfiles = ['{a']\nwhy = 'x'\n"))
            .contains("line 2: skip: `files`: `{a`: `{` is not closed")
    );
}

#[test]
fn a_secret_is_not_walked_as_json() {
    check(
        &format!("{SECTION}[section.fields]\n'a' = {{ json = true, secret = true }}\n"),
        "line 7: field `a`: `json` does not go with `secret` or `value`; give the fields inside rules of their own",
    );
    check_line("markup = 'xml'", "section `logins`: `xml` is no `markup`; use html or mrkdwn");
}

#[test]
fn what_is_missing_is_named_with_what_it_is_for() {
    let bare = listed(&Sheet::parse("id = 'x'").unwrap_err());
    assert!(
        bare.contains("the sheet has no `name`; add `name = \"…\"`: the name people know the company by"),
        "{bare}"
    );
    assert!(bare.contains("the sheet has no `controller`"), "{bare}");
    assert!(bare.contains("the weights of all `[[detect]]` add up to 0"), "{bare}");
    check(
        "[[section]]\nid = 'a'\nname = 'A'\nfiles = ['a']\n",
        "line 1: section `a` has no category; add `category = \"…\"`, or rules with a category under [section.fields]",
    );
    check(
        "[[section]]\nid = 'a'\nname = 'A'\ncategory = 'ip'\n",
        "line 2: section `a` reads nothing; add `files = [\"…\"]` or `keys = [\"…\"]`",
    );
}

#[test]
fn ids_are_unique_and_plain() {
    check(&format!("{SECTION}{SECTION}"), "line 7: a second section `logins`; give it an id of its own");
    let shouted = HEAD.replace("'acme'\n", "'Acme Inc'\n");
    let told = listed(&Sheet::parse(&shouted).unwrap_err());
    assert!(told.contains("line 1: `Acme Inc` is no id; use small letters"), "{told}");
}

#[test]
fn all_mistakes_are_told_in_the_order_of_the_file() {
    let found = mistakes(&format!("{SECTION}knd = 'login'\nrest = 'x'\n[section.fields]\n'ip' = {{ idd = 'ip' }}\n"));
    let lines: Vec<usize> = found.iter().map(|mistake| mistake.line).collect();
    assert_eq!(lines, [6, 7, 9]);
}

#[test]
fn recipients_and_choices_name_their_fields() {
    let sheet = right(&format!(
        "{HEAD}{SECTION}[section.recipient]\nname = 'who'\ndirection = 'gave'\nbasis = 'list'\n\
         [section.choice]\nwhat = 'Sharing: {{label}}'\nvalue = ['a', 'b']\nabout = 'sharing'\n"
    ));
    let section = sheet.section("logins").unwrap();
    assert_eq!(section.recipients[0].name[0].as_str(), "who");
    assert_eq!(section.choice.as_ref().unwrap().value.len(), 2);
    let wrong = format!("{SECTION}[section.recipient]\nname = 'who'\ndirection = 'took'\nbasis = 'x'\n");
    assert!(listed(&mistakes(&wrong)).contains("`took` is no `direction`; use gave, received or targeted"));
    let wrong = format!("{SECTION}[section.choice]\nwhat = 'x'\nvalue = 'a'\nabout = 'advert'\n");
    assert!(listed(&mistakes(&wrong)).contains("`advert` is no `about`; use ads, sharing"));
}

#[test]
fn several_recipients_and_those_of_some_records_alone() {
    let sheet = right(&format!(
        "{HEAD}{SECTION}[[section.recipient]]\nname = 'who'\ndirection = 'targeted'\nbasis = 'shown'\n\
         [[section.recipient]]\nname = 'who'\ndirection = 'gave'\nbasis = 'list'\nwhere = 'why[]'\nis = '^List$'\n"
    ));
    let recipients = &sheet.section("logins").unwrap().recipients;
    assert_eq!(recipients.iter().map(|one| one.only.is_some()).collect::<Vec<_>>(), [false, true]);
    let wrong = format!("{SECTION}[section.recipient]\nname = 'who'\ndirection = 'gave'\nbasis = 'x'\nis = 'List'\n");
    assert!(listed(&mistakes(&wrong)).contains("has `is` without `where`"), "{}", listed(&mistakes(&wrong)));
}

#[test]
fn a_glossary_and_a_manifest_name_their_entries_and_columns() {
    let sheet = right(&format!(
        "{HEAD}{SECTION}[glossary]\nfiles = 'a.csv'\nform = 'table'\nfile = 'File'\ndescription = 'What'\n\
         [manifest]\nfiles = 'm'\nrecords = 'files[]'\nfile = 'name'\ncount = 'n'\n"
    ));
    let form = GlossaryForm::Table { file: "File".to_owned(), field: None, description: "What".to_owned() };
    assert_eq!(sheet.glossary.unwrap().form, form);
    assert_eq!(sheet.manifest.unwrap().section.records[0].as_str(), "files[]");
    check(
        "[glossary]\nform = 'list'\n",
        "line 1: `glossary` of the sheet has no right `files`; add `files = [\"…\"]`: entries that explain the fields",
    );
    assert!(listed(&mistakes("[manifest]\nfiles = 'm'\n")).contains("has no right `count`"));
}

#[test]
fn what_is_no_toml_is_told_with_its_line() {
    let found = mistakes("[[section]]\nid = 'a\n");
    assert_eq!(found[0].line, 2, "{found:?}");
    let twice = mistakes("[fields]\n'ip' = { id = 'ip' }\n'ip' = { id = 'email' }\n");
    assert!(listed(&twice).contains("several rules for one field are a list"), "{twice:?}");
}

#[test]
fn a_folder_adds_its_sheets_and_reports_the_broken_ones() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("acme.toml"), HEAD).unwrap();
    std::fs::write(folder.path().join("facebook.toml"), HEAD.replace("'acme'\n", "'facebook'\n")).unwrap();
    std::fs::write(folder.path().join("broken.toml"), "id = 3").unwrap();
    std::fs::write(folder.path().join("notes.txt"), "no sheet").unwrap();
    let mut sheets = Sheets::builtin();
    let before = sheets.all.len();
    let broken = sheets.add_folder(folder.path());
    assert_eq!(sheets.all.len(), before + 1, "one is new, one takes the place of another");
    assert_eq!(sheets.get("facebook").unwrap().name, "Acme");
    assert_eq!(broken.len(), 1);
    assert!(broken[0].0.ends_with("broken.toml"));
    assert!(sheets.add_folder(&folder.path().join("absent")).is_empty());
}

#[test]
fn every_example_of_the_documentation_is_right() {
    let pages = include_str!("../../../docs/sheets.md");
    let blocks: Vec<&str> = pages.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(blocks.len() > 10, "the documentation has examples");
    for block in blocks {
        let is_whole = block.lines().any(|line| line.starts_with("id = "));
        let starts_section = block.starts_with("[section");
        let lead = if starts_section { SECTION } else { "" };
        if is_whole && !block.starts_with('[') {
            right(block)
        } else {
            right(&format!("{HEAD}{lead}{block}"))
        };
    }
}

fn builtin(id: &str) -> Sheet {
    right(BUILTIN.iter().find(|(known, _)| *known == id).unwrap().1)
}

fn facebook() -> Sheet {
    builtin("facebook")
}

#[test]
fn facebook_is_read_in_every_layout() {
    let sheet = facebook();
    let find = |name: &str| {
        let found = sheet.section_of(&EntryPath::new(name), b"");
        found.map(|at| sheet.sections[at].id.clone()).unwrap_or_default()
    };
    for (name, section) in [
        ("html/messages.htm", "messages_2017"),
        ("messages/17.html", "messages_2017"),
        ("html/contact_info.htm", "contact_info"),
        ("messages/inbox/BenZoe_abc123/message_1.json", "messages"),
        ("messages/inbox/BenZoe_abc123/message.html", "messages"),
        ("about_you/your_address_books.json", "uploaded_contacts"),
        ("about_you/face_recognition.json", "face"),
        ("ads_and_businesses/your_off-facebook_activity.json", "off_facebook"),
        ("security_and_login_information/used_ip_addresses.json", "ip_addresses"),
        ("following_and_followers/following.json", "friend_requests"),
        ("comments_and_reactions/posts_and_comments.json", "reactions"),
        ("friends_and_followers/friends.json", "friends"),
        ("apps_and_websites_off_of_facebook/apps_and_websites.json", "connected_apps"),
        ("your_activity_across_facebook/messages/archived_threads/a_1/message_2.json", "messages"),
        (
            "facebook-rosa-2026-01-15-a1b2c3d4/your_facebook_activity/messages/e2ee_cutover/a_1/message_1.json",
            "messages",
        ),
        ("security_and_login_information/where_you’re_logged_in.json", "sessions"),
        ("security_and_login_information/where_you_re_logged_in.html", "sessions"),
        ("your_facebook_activity/groups/your_group_messages/123.json", "group_messages"),
        ("logged_information/interactions/profile_visits.json", "visits"),
        ("your_facebook_activity/posts/album/0.json", "photos"),
        ("your_facebook_activity/messages/inbox/a_1/photos/1.jpg", ""),
        ("a_file_of_next_year.json", ""),
    ] {
        assert_eq!(find(name), section, "{name}");
    }
}

#[test]
fn facebook_layouts_are_told_by_their_folders() {
    let sheet = facebook();
    let layout = |names: &[&str]| {
        let paths: Vec<EntryPath> = names.iter().map(|name| EntryPath::new(name)).collect();
        sheet.layout_of(&paths).map(|layout| layout.id.clone()).unwrap_or_default()
    };
    assert_eq!(layout(&["html/messages.htm", "index.htm"]), "L0");
    assert_eq!(layout(&["about_you/viewed.json", "messages/inbox/a/message_1.json"]), "L1");
    assert_eq!(layout(&["x/comments_and_reactions/comments.json", "x/posts/your_posts_1.json"]), "L2");
    assert_eq!(layout(&["your_activity_across_facebook/posts/a.json"]), "L3");
    assert_eq!(layout(&["rosa/your_facebook_activity/posts/a.json"]), "L4");
    assert_eq!(layout(&["photos/a.jpg"]), "");
}

#[test]
fn facebook_and_messenger_are_told_apart_by_what_chats_hold() {
    let score = |sheet: &Sheet, entry: &str, head: &str| {
        sheet.score(&[EntryPath::new(entry)], &mut |_| head.as_bytes().to_vec()).0
    };
    let (facebook, messenger) = (facebook(), builtin("messenger"));
    let encrypted =
        r#"{"participants":["Ben Zoë","Rosa Quill"],"threadName":"Rosa Quill_3","messages":[{"senderName":"#;
    let plain = r#"{"participants":[{"name":"Rosa Quill"}],"messages":[{"sender_name":"Rosa Quill""#;
    assert!(score(&messenger, "messages/Rosa Quill_3.json", encrypted) >= 10);
    assert_eq!(score(&facebook, "messages/Rosa Quill_3.json", encrypted), 0);
    assert_eq!(score(&messenger, "messages/inbox/rosa_1/message_1.json", plain), 0);
    assert!(score(&facebook, "messages/inbox/rosa_1/message_1.json", plain) < 10, "Instagram writes the same");
    assert!(score(&facebook, "your_facebook_activity/x/no-data.txt", "") >= 10);
}

#[test]
fn an_export_of_instagram_is_not_taken_for_facebook() {
    let entries = [
        (
            "your_instagram_activity/messages/inbox/rosa_1/message_1.json",
            r#"{"messages":[{"sender_name":"Rosa Quill"}]}"#,
        ),
        (
            "security_and_login_information/login_and_profile_creation/login_activity.json",
            r#"{"account_history_login_history":["#,
        ),
        ("personal_information/profile_information/a.json", r#"{"profile_user":[{"string_map_data":{"#),
        ("logged_information/recent_searches/a.json", "{}"),
    ];
    let paths: Vec<EntryPath> = entries.iter().map(|(name, _)| EntryPath::new(name)).collect();
    let (points, _) = facebook().score(&paths, &mut |at| entries[at].1.as_bytes().to_vec());
    assert!(points < 10, "{points}");
}

#[test]
fn one_folder_of_a_facebook_export_is_recognised_by_the_form_of_its_keys() {
    let paths = [EntryPath::new("security_and_login_information/account_activity.json")];
    let (sheet, head) = (facebook(), r#"{ "account_activity_v2": [ { "action": "Login" } ] }"#);
    let (points, says) = sheet.score(&paths, &mut |_| head.as_bytes().to_vec());
    assert!(points >= 10, "{points} {says:?}");
}

#[test]
fn an_archive_is_known_by_its_name() {
    let sheet = facebook();
    let name = sheet.archive_name("facebook-rosa.quill-2026-01-15-aB3dE5fG.zip").unwrap();
    assert_eq!((&name["account"], &name["date"], &name["part"]), ("rosa.quill", "2026-01-15", "aB3dE5fG"));
    assert_eq!(&name["family"], "facebook-rosa.quill-2026-01-15");
    assert_eq!(&sheet.archive_name("facebook-rosaquill.zip").unwrap()["account"], "rosaquill");
    assert!(sheet.archive_name("instagram-rosa-2026-01-15-aB3dE5fG.zip").is_none());
}

#[test]
fn what_facebook_writes_for_nothing_is_skipped_with_a_sentence() {
    let sheet = facebook();
    let why = |name: &str| sheet.skip_of(&EntryPath::new(name)).map(str::to_owned);
    assert_eq!(why("posts/no-data.txt"), Some("Facebook writes this where a section is empty".to_owned()));
    assert_eq!(why("posts/your_posts_1.json"), None);
}

#[test]
fn a_key_tells_a_section_where_a_renamed_file_does_not() {
    let sheet = facebook();
    let find = |head: &str| {
        sheet.section_of(&EntryPath::new("renamed.json"), head.as_bytes()).map(|at| sheet.sections[at].id.as_str())
    };
    assert_eq!(find(r#"{"off_facebook_activity_v2": ["#), Some("off_facebook"));
    assert_eq!(find(r#"{"installed_apps": ["#), Some("connected_apps"));
    assert_eq!(find(r#"{"x": {"installed_apps": 1}}"#), None);
}
