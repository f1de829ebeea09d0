//! The sheet format against the hardest exports: their drafts are read without mistakes and find what they should.

use tellall::sheets::{EntryPath, Sheet};

fn draft(id: &str) -> Sheet {
    let text = match id {
        "google" => include_str!("sheet_drafts/google.toml"),
        "discord" => include_str!("sheet_drafts/discord.toml"),
        _ => include_str!("sheet_drafts/telegram.toml"),
    };
    match Sheet::parse(text) {
        Ok(sheet) => sheet,
        Err(mistakes) => {
            let lines: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
            panic!("{id}: {}", lines.join("\n"))
        }
    }
}

fn check(sheet: &Sheet, entry: &str, head: &str, section: Option<&str>) {
    let found = sheet.section_of(&EntryPath::new(entry), head.as_bytes()).map(|at| sheet.sections[at].id.as_str());
    assert_eq!(found, section, "{entry}");
}

fn score(sheet: &Sheet, entries: &[(&str, &str)]) -> u32 {
    let paths: Vec<EntryPath> = entries.iter().map(|(name, _)| EntryPath::new(name)).collect();
    sheet.score(&paths, &mut |at| entries[at].1.as_bytes().to_vec()).0
}

#[test]
fn google_is_read_in_any_language_by_names_keys_and_first_bytes() {
    let sheet = draft("google");
    let activity = r#"[{"header":"Search","title":"Searched for tide table","time":"2026-02-03T04:05:06.789Z"}]"#;
    check(&sheet, "Takeout/My Activity/Search/MyActivity.json", activity, Some("searches"));
    check(&sheet, "Takeout/Meine Aktivitäten/Google Suche/MeineAktivitäten.html", "", Some("searches"));
    check(&sheet, "Takeout/My Activity/Ads/My Activity.json", activity, Some("activity"));
    check(&sheet, "Takeout/YouTube und YouTube Music/Verlauf/Wiedergabeverlauf.json", activity, Some("watched"));
    check(&sheet, "Zeitleiste.json", r#"{"semanticSegments": ["#, Some("timeline"));
    check(&sheet, "Takeout/Chrome/Verlauf.json", r#"{"Browser History": [{"title":"x"}]}"#, Some("browser"));
    check(
        &sheet,
        "Takeout/Google Fotos/Fotos von 2022/a.jpg.supple.json",
        r#"{"title":"a.jpg","photoTakenTime":{"#,
        Some("photo_records"),
    );
    check(&sheet, "Takeout/Mail/All mail.mbox", "From 1@xxx", None);
    assert!(score(&sheet, &[("Takeout/archive_browser.html", ""), ("Takeout/Keep/a.json", "{}")]) >= 10);
    assert!(sheet.archive_name("takeout-20260102T030405Z-3-001.zip").is_some_and(|name| &name["part"] == "001"));
}

#[test]
fn discord_is_read_whatever_its_folders_are_called() {
    let sheet = draft("discord");
    for folder in ["messages", "Messages", "Nachrichten"] {
        check(&sheet, &format!("package/{folder}/c400000000000000004/messages.json"), "", Some("messages"));
        check(&sheet, &format!("{folder}/400000000000000004/messages.csv"), "", Some("messages"));
    }
    check(&sheet, "Compte/user.json", "", Some("account"));
    check(&sheet, "package/Account/user.json", "", Some("account"));
    check(&sheet, "package/Activities/Activities_1/users/user.json", "", None);
    check(&sheet, "activity/analytics/events-2024-00000-of-00001.json", "", Some("analytics"));
    assert!(
        score(
            &sheet,
            &[("Compte/user.json", "{\"discriminator\":\"0\""), ("Messages/c400000000000000004/channel.json", "")]
        ) >= 10
    );
    assert!(sheet.section("payments").is_some_and(|part| part.records.len() == 2));
}

#[test]
fn telegram_keeps_several_sections_in_one_file() {
    let sheet = draft("telegram");
    check(&sheet, "DataExport_2026-01-02/result.json", "", Some("messages"));
    check(&sheet, "chat.json", r#"{"name":"Ben","type":"personal_chat","id":700,"messages":["#, Some("messages"));
    check(&sheet, "DataExport_2026-01-02/chats/chat_01/messages2.html", "", Some("messages_html"));
    let parts: Vec<&str> = sheet.sections[0].parts.iter().map(|part| part.id.as_str()).collect();
    assert_eq!(parts, ["profile", "contacts", "frequent", "sessions"]);
}
