//! WhatsApp: the account report, and three chats from phones of three languages.

use super::person::{FRIENDS, PHONE, PHONE_SPACED};
use super::{Zip, meta_json, picture};
use serde_json::{Value, json};

pub fn exports() -> Vec<(String, Vec<u8>)> {
    vec![
        ("My account info.zip".to_owned(), account_report()),
        ("WhatsApp Chat with Ben Zoë.txt".to_owned(), english_chat().into_bytes()),
        ("WhatsApp-Chat mit Marta Quill.zip".to_owned(), german_chat()),
        ("Chat de WhatsApp con José Ibarra.txt".to_owned(), spanish_chat().into_bytes()),
    ]
}

fn account_report() -> Vec<u8> {
    let page = "<html><head><title>WhatsApp account information</title></head><body><h1>Contents</h1></body></html>";
    let twin = |title: &str| {
        format!(
            "<html><head><title>{title}</title></head><body><h1>{title}</h1><p>See the JSON file.</p></body></html>"
        )
    };
    Zip::new()
        .add("index.html", page)
        .add("whatsapp_account_information/registration_information.json", meta_json(&registration()))
        .add("whatsapp_account_information/registration_information.html", twin("Registration information"))
        .add("whatsapp_account_information/user_information.json", meta_json(&user()))
        .add("whatsapp_account_information/user_information.html", twin("User information"))
        .add("whatsapp_account_information/avatars_information.json", meta_json(&json!({ "wa_avatars": [] })))
        .add("whatsapp_connections/contacts.json", meta_json(&contacts()))
        .add("whatsapp_connections/contacts.html", twin("Contacts"))
        .add("whatsapp_connections/groups.json", meta_json(&groups()))
        .add("whatsapp_settings/account_settings.json", meta_json(&settings()))
        .add("whatsapp_settings/terms_of_service.json", meta_json(&terms()))
        .add("__MACOSX/whatsapp_connections/._contacts.json", [0, 5, 22, 7])
        .finish()
}

fn registration() -> Value {
    json!({ "wa_registration_info": { "registration_timestamp": 1_577_880_000, "platform": "ANDROID", "last_known_ip": super::person::HOME_IP } })
}

fn user() -> Value {
    json!({
        "media": [], "fbid": "900001",
        "label_values": [
            { "label": "Phone number", "value": PHONE_SPACED },
            { "label": "About", "value": "Bücher, Bäume & Brot 🌳" },
            { "label": "About Set Time", "timestamp_value": 1_600_000_000 },
            { "label": "About Expiry Time", "timestamp_value": 0 },
            { "label": "Report Generation Time", "timestamp_value": 1_730_505_600 },
            { "label": "Device Activity", "vec": [
                { "dict": [
                    { "label": "Device", "value": "0" },
                    { "label": "Last Active Time", "timestamp_value": 1_730_470_000 },
                    { "label": "Online Since", "timestamp_value": 0 }
                ] },
                { "dict": [
                    { "label": "Device", "value": "3" },
                    { "label": "Last Active Time", "timestamp_value": 1_730_400_000 }
                ] }
            ] }
        ]
    })
}

fn contacts() -> Value {
    let numbers: Vec<&str> = FRIENDS.iter().filter(|friend| friend.on_whatsapp).map(|friend| friend.phone).collect();
    json!({ "wa_contacts": numbers })
}

fn groups() -> Value {
    json!({ "wa_groups": [
        { "group_name": "Familie Quill", "creation_timestamp": 1_580_000_000 },
        { "group_name": "Allotment 14b 🥕", "creation_timestamp": 1_620_000_000 }
    ] })
}

fn settings() -> Value {
    json!({ "wa_settings": {
        "device_info": [
            { "device_id": 0, "app_version": "2.24.20.89", "device_manufacturer": "Example", "device_model": "Phone 9", "operating_system_version": "14" },
            { "device_id": 3, "app_version": "2.2442.9", "device_manufacturer": "Example", "device_model": "Desktop", "operating_system_version": "11" }
        ],
        "last_seen": "My contacts", "profile_photo": "Everyone", "read_receipts": true,
        "facebook_data_sharing": "Opted out of sharing account information with Facebook",
        "blocked_contacts": ["+447700900999"]
    } })
}

fn terms() -> Value {
    json!({ "wa_terms_of_service": [
        { "version": "2016-08-25", "accepted_timestamp": 1_472_200_000, "title": "Terms of Service and Privacy Policy" },
        { "version": "2021-05-15", "accepted_timestamp": 1_621_100_000, "title": "Terms of Service and Privacy Policy" }
    ] })
}

/// Android, English, day first, with what other people can put into one's export: escape codes, bidi overrides, pasted chats.
fn english_chat() -> String {
    let (open, close) = ("\u{202a}", "\u{202c}");
    [
        "13/02/2024, 09:14 - Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, can read or listen to them. Tap to learn more.",
        "13/02/2024, 09:15 - Rosa Quill: Did the café on Milsom Street reopen?",
        "13/02/2024, 09:17 - Ben Zoë: Yes! lunch on Sunday?",
        "I can be there at 1pm",
        "13/02/2024, 09:18 - Rosa Quill: <Media omitted>",
        "14/02/2024, 20:01 - Ben Zoë: look: \u{1b}]0;pwned\u{7} and \u{1b}[2J and \u{9b}31m",
        "14/02/2024, 20:02 - Ben Zoë: invoice\u{202e}fdp.exe is not a pdf",
        "14/02/2024, 20:05 - Rosa Quill: This is what they wrote:",
        "[12.02.24, 08:00:00] Somebody: not a message of this chat",
        "14/02/2024, 20:06 - Ben Zoë: This message was deleted",
        "14/02/2024, 20:07 - Rosa Quill: ok <This message was edited>",
        "15/02/2024, 07:30 - Ben Zoë: location: https://maps.google.com/?q=51.3811,-2.3590",
        &format!("15/02/2024, 07:41 - {open}+44 7700 900999{close}: who is this?"),
        "15/02/2024, 07:45 - Missed voice call",
        "29/02/2024, 23:59 - Rosa Quill: my new number stays 07700 900123 👍🏽",
        "",
    ]
    .join("\n")
}

/// iOS, German, with media: one photo is there, one is missing.
fn german_chat() -> Vec<u8> {
    let mark = "\u{200e}";
    let chat = [
        format!("[02.01.24, 15:04:01] Marta Quill: {mark}Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt."),
        "[02.01.24, 15:04:05] Rosa Quill: Hallo Mama, frohes Neues!".to_owned(),
        format!("{mark}[02.01.24, 15:05:10] Marta Quill: {mark}<Anhang: 00000003-PHOTO-2024-01-02-15-05-10.jpg>"),
        format!("{mark}[02.01.24, 15:05:44] Marta Quill: {mark}<Anhang: 00000004-PHOTO-2024-01-02-15-05-44.jpg>"),
        "[02.01.24, 15:06:00] Rosa Quill: Wie schön! Grüße an Tante Käthe".to_owned(),
        "und an alle".to_owned(),
        "[14.01.24, 08:30:59] Marta Quill: Dein Kuchenrezept, bitte 🎂".to_owned(),
        format!("{mark}[14.01.24, 08:31:30] Marta Quill: {mark}Diese Nachricht wurde gelöscht."),
    ]
    .join("\r\n");
    Zip::new()
        .add("_chat.txt", chat + "\r\n")
        .add("00000003-PHOTO-2024-01-02-15-05-10.jpg", picture::photo("2024:01:02 14:58:11"))
        .finish()
}

/// Android, Spanish, twelve-hour clock with a narrow space before its mark.
fn spanish_chat() -> String {
    let (am, pm) = ("\u{202f}a.\u{a0}m.", "\u{202f}p.\u{a0}m.");
    [
        format!("25/12/23, 9:00{am} - Los mensajes y las llamadas están cifrados de extremo a extremo."),
        format!("25/12/23, 9:01{am} - José Ibarra: ¡Feliz Navidad, Rosa! ¿Qué tal el corazón de tu madre?"),
        format!("25/12/23, 9:30{am} - Rosa Quill: Mucho mejor, gracias José"),
        format!("25/12/23, 1:15{pm} - José Ibarra: <Multimedia omitido>"),
        format!("6/1/24, 11:59{pm} - José Ibarra: Eliminaste este mensaje"),
        format!("7/1/24, 12:05{am} - Rosa Quill: mañana te llamo, mi número es {PHONE}"),
        String::new(),
    ]
    .join("\n")
}
