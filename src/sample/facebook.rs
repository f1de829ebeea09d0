//! Facebook: the 2024 JSON in two parts, the JSON of 2019, the HTML of 2023, and a download that was cut off.

use super::person::{
    ADVERTISING_ID, DEVICE_ID, EMAIL, FRIENDS, HOME_IP, NAME, PHONE_SPACED, TRAVEL_IP, USERNAME, WORK_EMAIL,
};
use super::{Zip, meta_json, picture};
use serde_json::{Value, json};

pub fn exports() -> Vec<(String, Vec<u8>)> {
    let whole = cut_export();
    let keep = whole.len() * 7 / 10;
    vec![
        ("facebook-rosa.quill-2024-11-02-AbCd1234.zip".to_owned(), part_one()),
        ("facebook-rosa.quill-2024-11-02-EfGh5678.zip".to_owned(), part_two()),
        ("facebook-rosa.quill.zip".to_owned(), of_2019()),
        ("facebook-rosa.quill-2023-05-20-QwErTy12.zip".to_owned(), html_of_2023()),
        ("facebook-rosa.quill-2021-06-01-ZzYyXx11.zip".to_owned(), whole[..keep].to_vec()),
    ]
}

/// Profile, ads, security and contacts of 2024.
fn part_one() -> Vec<u8> {
    Zip::new()
        .add("personal_information/profile_information/profile_information.json", meta_json(&profile("profile_v2")))
        .add("personal_information/other_personal_information/your_imported_contacts.json", meta_json(&imported_contacts()))
        .add("connections/friends/your_friends.json", meta_json(&friends("friends_v2")))
        .add("connections/followers/no-data.txt", "")
        .add("ads_information/advertisers_using_your_activity_or_information.json", meta_json(&advertisers()))
        .add("ads_information/other_categories_used_to_reach_you.json", meta_json(&json!({ "bcts": ["Frequent travellers", "Gardening", "Away from home town"] })))
        .add("ads_information/ad_preferences.json", meta_json(&ad_preferences()))
        .add("ads_information/information_you_ve_submitted_to_advertisers.json", meta_json(&lead_forms()))
        .add("apps_and_websites_off_of_facebook/your_activity_off_meta_technologies.json", meta_json(&off_platform()))
        .add("apps_and_websites_off_of_facebook/connected_apps_and_websites.json", meta_json(&connected_apps()))
        .add("security_and_login_information/account_activity.json", meta_json(&account_activity()))
        .add("security_and_login_information/where_you_re_logged_in.json", meta_json(&sessions()))
        .add("security_and_login_information/mobile_devices.json", meta_json(&mobile_devices()))
        .add("security_and_login_information/browser_cookies.json", meta_json(&json!({ "datr_stats_v2": { "Xk3dZQabc123-4567_": [1_700_000_000, 1_710_000_000], "9aLm_zzTopQrs_2024": [1_730_000_000] } })))
        .add("logged_information/search/your_search_history.json", meta_json(&searches()))
        .add("logged_information/location/primary_location.json", meta_json(&json!({ "primary_location_v2": { "city_region_pairs": [["Bath", "Somerset"]], "zipcode": ["BA1"] } })))
        .add("logged_information/other_logged_information/ads_interests.json", meta_json(&json!({ "topics_v2": ["Allotments", "Käsekuchen", "Trains", "Books"] })))
        .add("logged_information/other_logged_information/friend_peer_group.json", meta_json(&json!({ "friend_peer_group_v2": "Established Adult Life" })))
        .add("logged_information/interactions/something_meta_added_last_week.json", meta_json(&json!([{ "timestamp": 1_730_100_000, "media": [], "label_values": [{ "label": "Surface", "value": "Feed" }, { "label": "Reason", "value": "Seen twice" }], "fbid": "7001" }])))
        .finish()
}

/// Messages, posts and media of 2024.
fn part_two() -> Vec<u8> {
    let inbox = "your_facebook_activity/messages/inbox";
    Zip::new()
        .add(format!("{inbox}/benzoe_1234567890/message_1.json").as_str(), meta_json(&chat_with_ben(true)))
        .add(format!("{inbox}/joseibarra_2233445566/message_1.json").as_str(), meta_json(&chat_with_jose()))
        .add(format!("{inbox}/benzoe_1234567890/photos/1001.jpg").as_str(), picture::photo("2023:11:14 22:10:00"))
        .add("your_facebook_activity/messages/secret_conversations.json", meta_json(&secret_conversations()))
        .add("your_facebook_activity/messages/autofill_information.json", meta_json(&json!({ "autofill_information_v2": { "FULL_NAME": [NAME], "EMAIL": [EMAIL], "PHONE": [PHONE_SPACED], "CITY": ["Bath"], "COUNTRY": ["GB"] } })))
        .add("your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json", meta_json(&posts()))
        .add("your_facebook_activity/comments_and_reactions/comments.json", meta_json(&comments()))
        .add("your_facebook_activity/comments_and_reactions/likes_and_reactions_1.json", meta_json(&reactions()))
        .add("your_facebook_activity/groups/no-data.txt", "")
        .finish()
}

/// The same account five years earlier, in one folder, as it was re-zipped by hand.
fn of_2019() -> Vec<u8> {
    let root = "Mein Facebook";
    Zip::new()
        .add(format!("{root}/profile_information/profile_information.json").as_str(), meta_json(&profile("profile")))
        .add(format!("{root}/about_you/your_address_books.json").as_str(), meta_json(&address_book()))
        .add(format!("{root}/about_you/friend_peer_group.json").as_str(), meta_json(&json!({ "friend_peer_group": "Starting Adult Life" })))
        .add(format!("{root}/ads_and_businesses/ads_interests.json").as_str(), meta_json(&json!({ "topics": ["Cats", "Allotments"] })))
        .add(format!("{root}/ads_and_businesses/advertisers_who_uploaded_a_contact_list_with_your_information.json").as_str(), meta_json(&json!({ "custom_audiences": ["Example Shoes Ltd", "Example Rail"] })))
        .add(format!("{root}/security_and_login_information/used_ip_addresses.json").as_str(), meta_json(&json!({ "used_ip_address": ["203.0.113.47", "192.0.2.200"] })))
        .add(format!("{root}/friends/friends.json").as_str(), meta_json(&friends("friends")))
        .add(format!("{root}/messages/inbox/BenZoe_a1b2c3/message_1.json").as_str(), meta_json(&chat_with_ben(false)))
        .add(format!("{root}/location/location_history.json").as_str(), meta_json(&json!({ "location_history": [{ "name": "Bath, Somerset", "coordinate": { "latitude": 51.3811, "longitude": -2.3590 }, "creation_timestamp": 1_546_300_800 }] })))
        .add(format!("{root}/search_history/your_search_history.json").as_str(), meta_json(&json!({ "searches": [{ "timestamp": 1_546_300_900, "title": "You searched Facebook", "data": [{ "text": "allotment rules" }] }] })))
        .add("__MACOSX/Mein Facebook/._index", [0, 5, 22, 7])
        .finish()
}

fn profile(key: &str) -> Value {
    json!({ key: {
        "name": { "full_name": NAME, "first_name": "Rosa", "middle_name": "", "last_name": "Quill" },
        "emails": { "emails": [EMAIL], "previous_emails": ["rosa.q@old.example"], "pending_emails": [], "ad_account_emails": [WORK_EMAIL] },
        "birthday": { "year": 1988, "month": 4, "day": 9 },
        "gender": { "gender_option": "FEMALE", "pronoun": "FEMALE" },
        "current_city": { "name": "Bath, Somerset", "timestamp": 0 },
        "hometown": { "name": "Köln, Germany", "timestamp": 0 },
        "relationship": { "status": "Married", "anniversary": {}, "timestamp": 1_400_000_000 },
        "family_members": [{ "name": "Marta Quill", "relation": "Mother", "timestamp": 1_400_000_000 }],
        "languages": [{ "name": "German" }, { "name": "English" }],
        "religious_view": { "name": "Quaker" },
        "blood_info": { "blood_donor_status": "unregistered" },
        "phone_numbers": [{ "phone_type": "Mobile", "phone_number": PHONE_SPACED, "verified": true, "creation_time": 1_333_238_400 }],
        "username": USERNAME,
        "profile_uri": "https://www.facebook.com/rosa.quill",
        "registration_timestamp": 1_233_446_400
    } })
}

fn imported_contacts() -> Value {
    let contact = |friend: &super::person::Friend| {
        let mut labels = vec![
            json!({ "label": "Name", "value": friend.name }),
            json!({ "label": "Contact point", "value": friend.phone }),
        ];
        if let Some(email) = friend.email {
            labels.push(json!({ "label": "Contact point", "value": email }));
        }
        labels.push(json!({ "label": "Created time", "timestamp_value": 1_580_000_000 }));
        json!({ "dict": labels })
    };
    let uploaded: Vec<Value> = FRIENDS.iter().filter(|friend| friend.on_facebook).map(contact).collect();
    json!({ "media": [], "label_values": [{ "label": "Contacts", "ent_field_name": "contacts", "vec": uploaded }], "fbid": "5001", "ent_name": "ImportedContacts" })
}

fn address_book() -> Value {
    let contact = |friend: &super::person::Friend| json!({ "name": friend.name, "details": [{ "contact_point": friend.phone }], "created_timestamp": 1_500_000_000, "updated_timestamp": 1_540_000_000 });
    let uploaded: Vec<Value> = FRIENDS.iter().filter(|friend| friend.on_facebook).take(3).map(contact).collect();
    json!({ "address_book": { "address_book": uploaded } })
}

fn friends(key: &str) -> Value {
    let friend = |(at, friend): (usize, &super::person::Friend)| json!({ "name": friend.name, "timestamp": 1_300_000_000 + at as i64 * 1_000_000 });
    json!({ key: FRIENDS.iter().enumerate().map(friend).collect::<Vec<_>>() })
}

fn advertisers() -> Value {
    let row = |name: &str, list: bool, visit: bool| json!({ "advertiser_name": name, "has_data_file_custom_audience": list, "has_remarketing_custom_audience": !list, "has_in_person_store_visit": visit });
    json!({ "custom_audiences_all_types_v2": [
        row("Example Shoes Ltd", true, false),
        row("Example Rail", true, true),
        row("Example Data Broker", true, false),
        row("shop.example.com", false, false)
    ] })
}

fn ad_preferences() -> Value {
    json!({ "media": [], "label_values": [
        { "label": "Data about your activity from partners", "ent_field_name": "ads_from_partner_data", "value": "Not allowed" },
        { "label": "Categories used to reach you", "ent_field_name": "ads_categories", "value": "Allowed" },
        { "label": "Social interactions in ads", "ent_field_name": "ads_social", "value": "Friends" }
    ], "fbid": "6001", "ent_name": "AdPreferences" })
}

fn lead_forms() -> Value {
    json!({ "lead_gen_info_v2": [
        { "label": "Full name", "value": NAME },
        { "label": "Work email", "value": WORK_EMAIL },
        { "label": "Phone number", "value": PHONE_SPACED }
    ] })
}

fn off_platform() -> Value {
    let event = |id: i64, kind: &str, time: i64| json!({ "id": id, "type": kind, "timestamp": time });
    json!({ "off_facebook_activity_v2": [
        { "name": "shop.example.com", "events": [event(1_234_567_890_123, "PAGE_VIEW", 1_729_000_000), event(1_234_567_890_123, "PURCHASE", 1_729_000_600), event(1_234_567_890_123, "PAGE_VIEW", 1_729_500_000)] },
        { "name": "Example Rail", "events": [event(9_876_543_210, "CUSTOM", 1_728_000_000)] },
        { "name": "clinic.example", "events": [] }
    ] })
}

fn connected_apps() -> Value {
    json!({ "installed_apps_v2": [
        { "name": "Example Music", "added_timestamp": 1_500_000_000, "user_app_scoped_id": 10_153_000_000_001_i64, "category": "active" },
        { "name": "Example Quiz", "added_timestamp": 1_380_000_000, "removed_timestamp": 1_520_000_000, "user_app_scoped_id": 10_153_000_000_002_i64, "category": "removed" }
    ] })
}

fn account_activity() -> Value {
    let row = |action: &str, time: i64, ip: &str, city: &str| json!({ "action": action, "timestamp": time, "ip_address": ip, "user_agent": "Mozilla/5.0 (X11; Linux x86_64) ExampleBrowser/9", "datr_cookie": "Xk3d***", "city": city, "region": "Somerset", "country": "GB", "site_name": "www.facebook.com" });
    json!({ "account_activity_v2": [
        row("Login", 1_730_000_000, HOME_IP, "Bath"),
        row("Session updated", 1_729_900_000, HOME_IP, "Bath"),
        row("Login", 1_720_000_000, TRAVEL_IP, "Köln"),
        row("Password change", 1_710_000_000, HOME_IP, "Bath")
    ] })
}

fn sessions() -> Value {
    json!({ "active_sessions_v2": [
        { "created_timestamp": 1_729_000_000, "updated_timestamp": 1_730_400_000, "ip_address": HOME_IP, "user_agent": "Mozilla/5.0 (Android 14) ExampleBrowser/9", "datr_cookie": "9aLm***", "device": "Phone 9", "location": "Bath, England, United Kingdom", "app": "Facebook", "session_type": "DEVICE_BASED" }
    ] })
}

fn mobile_devices() -> Value {
    json!({ "devices_v2": [
        { "type": "Phone 9", "os": "Android", "update_time": 1_730_000_000, "advertiser_id": ADVERTISING_ID, "udid": DEVICE_ID, "family_device_id": "7d0f9f3e-0000-4000-8000-1234567890ab", "device_locale": "en_GB", "redact_tokens": [], "push_tokens": [] }
    ] })
}

fn searches() -> Value {
    let row = |time: i64, text: &str| json!({ "timestamp": time, "title": "You searched Facebook", "data": [{ "text": text }], "attachments": [{ "data": [{ "text": text }] }] });
    json!({ "searches_v2": [row(1_729_000_000, "José Ibarra"), row(1_728_000_000, "allotment society bath"), row(1_727_000_000, "käsekuchen rezept")] })
}

fn secret_conversations() -> Value {
    json!({ "secret_conversations_v2": { "has_sent_message": true, "has_received_message": true, "tincan_devices": [], "armadillo_devices": [
        { "device_type": "ANDROID", "device_manufacturer": "Example", "device_model": "Phone 9", "device_os_version": "14", "last_connected_ip": HOME_IP, "last_active_time": 1_730_300_000, "online_since": 0 }
    ] } })
}

fn message(sender: &str, time: i64, content: &str, new_layout: bool) -> Value {
    let mut message = json!({ "sender_name": sender, "timestamp_ms": time, "content": content });
    if new_layout {
        message["is_geoblocked_for_viewer"] = json!(false);
    } else {
        message["type"] = json!("Generic");
    }
    message
}

/// What both exports of the account hold stands in both, word for word; 2024 has more.
fn chat_with_ben(new_layout: bool) -> Value {
    let say = |sender: &str, time: i64, content: &str| message(sender, time, content, new_layout);
    let mut messages = vec![
        say("Ben Zoë", 1_546_400_000_000, "Happy new year! 🎉"),
        say(NAME, 1_546_399_000_000, "is this the café you meant? 😊"),
        say("Ben Zoë", 1_546_398_000_000, "we could take the train"),
    ];
    if new_layout {
        let mut with_photo = say("Ben Zoë", 1_700_000_060_000, "");
        with_photo["photos"] = json!([{ "uri": "your_facebook_activity/messages/inbox/benzoe_1234567890/photos/1001.jpg", "creation_timestamp": 1_700_000_055 }]);
        let mut with_ip = say(NAME, 1_700_000_000_123, "café? 😊");
        with_ip["ip"] = json!(HOME_IP);
        with_ip["reactions"] = json!([{ "reaction": "❤", "actor": "Ben Zoë" }, { "reaction": "😂", "actor": NAME }]);
        let mut call = say("Ben Zoë", 1_699_990_000_000, "Ben called you.");
        call["call_duration"] = json!(187);
        messages.splice(0..0, [with_photo, with_ip, call]);
    }
    json!({ "participants": [{ "name": "Ben Zoë" }, { "name": NAME }], "messages": messages, "title": "Ben Zoë", "is_still_participant": true, "thread_path": "inbox/benzoe_1234567890", "magic_words": [] })
}

fn chat_with_jose() -> Value {
    let say = |sender: &str, time: i64, content: &str| message(sender, time, content, true);
    let mut unsent = say("José Ibarra", 1_690_000_100_000, "");
    unsent["is_unsent"] = json!(true);
    json!({ "participants": [{ "name": "José Ibarra" }, { "name": NAME }], "messages": [
        unsent,
        say("José Ibarra", 1_690_000_000_000, "¿vienes el sábado?\nllevo a los niños"),
        say(NAME, 1_689_999_000_000, "sí! \u{202e}olé\u{202c}"),
        say("Facebook user", 1_600_000_000_000, "deleted people still talk")
    ], "title": "José Ibarra", "is_still_participant": true, "thread_path": "inbox/joseibarra_2233445566", "magic_words": [] })
}

fn posts() -> Value {
    json!([
        { "timestamp": 1_720_000_000, "title": "Rosa Quill was at Pulteney Bridge.", "data": [{ "post": "Back home 🌉" }], "attachments": [{ "data": [{ "place": { "name": "Pulteney Bridge", "coordinate": { "latitude": 51.3829, "longitude": -2.3577 }, "address": "Bath" } }] }], "tags": [{ "name": "Marta Quill" }] },
        { "timestamp": 1_710_000_000, "data": [{ "post": "Erste Kartoffeln!" }, { "update_timestamp": 1_710_000_300 }], "attachments": [{ "data": [{ "media": { "uri": "your_facebook_activity/posts/media/5.jpg", "creation_timestamp": 1_710_000_000, "media_metadata": { "photo_metadata": { "exif_data": [{ "upload_ip": TRAVEL_IP, "taken_timestamp": 1_709_990_000, "camera_model": "Phone 9", "latitude": 51.38, "longitude": -2.36 }] } } } }] }] },
        { "timestamp": 1_700_000_000, "title": "Rosa Quill shared a link.", "attachments": [{ "data": [{ "external_context": { "name": "How to sow beans", "url": "https://garden.example/beans" } }] }] }
    ])
}

fn comments() -> Value {
    json!({ "comments_v2": [{ "timestamp": 1_715_000_000, "title": "Rosa Quill commented on Sam Okafor's post.", "data": [{ "comment": { "timestamp": 1_715_000_000, "comment": "Glückwunsch, Sam!", "author": NAME } }] }] })
}

fn reactions() -> Value {
    let row = |time: i64, reaction: &str, title: &str| json!({ "timestamp": time, "data": [{ "reaction": { "reaction": reaction, "actor": NAME } }], "title": title });
    json!([
        row(1_716_000_000, "LIKE", "Rosa Quill likes Łukasz Żak's photo."),
        row(1_714_000_000, "LOVE", "Rosa Quill reacted to a post in Allotments of Bath.")
    ])
}

/// The export of 2023 for the eye.
fn html_of_2023() -> Vec<u8> {
    let page = |title: &str, body: &str| {
        format!(
            "<html><head><meta charset=\"utf-8\"><title>{title}</title></head><body><div><h1>{title}</h1><div class=\"_a706\" role=\"main\">{body}</div></div></body></html>"
        )
    };
    let block = |heading: &str, text: &str, date: &str| {
        format!(
            "<div class=\"pam _3-95 _2ph- _a6-g uiBoxWhite noborder\"><h2 class=\"_3-95 _2pim _a6-h _a6-i\">{heading}</h2><div class=\"_2ph- _a6-p\"><div><div>{text}</div></div></div><div class=\"_3-94 _a6-o\">{date}</div></div>"
        )
    };
    let row = |label: &str, value: &str| {
        format!("<tr><td class=\"_2pin _a6_q\">{label}</td><td class=\"_2piu _a6_r\">{value}</td></tr>")
    };
    let chat = [
        block("Ben Zoë", "See you at Sally Lunn&#039;s &amp; then the caf&eacute;", "May 03, 2023 4:12 pm"),
        block(NAME, "Perfect 👌", "May 03, 2023 4:15 pm"),
    ]
    .concat();
    let profile = format!(
        "<div class=\"pam _3-95 _2ph- _a6-g uiBoxWhite noborder\"><table>{}{}{}</table></div>",
        row("Name", NAME),
        row("Phone numbers", PHONE_SPACED),
        row("Emails", EMAIL)
    );
    let advertisers = block("Example Shoes Ltd", "Uploaded or used a list", "");
    Zip::new()
        .add(
            "start_here.html",
            page(
                "Your information",
                "<a href=\"personal_information/profile_information/profile_information.html\">Profile</a>",
            ),
        )
        .add("personal_information/profile_information/profile_information.html", page("Profile information", &profile))
        .add("your_activity_across_facebook/messages/inbox/benzoe_1234567890/message_1.html", page("Ben Zoë", &chat))
        .add(
            "ads_information/advertisers_using_your_activity_or_information.html",
            page("Advertisers using your activity or information", &advertisers),
        )
        .add("your_activity_across_facebook/groups/no-data.txt", "")
        .add("files/style.css", "body{}")
        .finish()
}

/// An export of 2021 whose download broke off: whole entries first, one entry in pieces.
fn cut_export() -> Vec<u8> {
    let interests: Vec<String> = (0..40).map(|number| format!("Interest number {number}")).collect();
    // Incompressible, so that the cut falls into it.
    let mut state = 1u32;
    let noise: String = (0..6000)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(b'a' + ((state >> 24) % 26) as u8)
        })
        .collect();
    Zip::new()
        .add("ads_information/ads_interests.json", meta_json(&json!({ "topics_v2": interests })))
        .add("search/your_search_history.json", meta_json(&json!({ "searches_v2": [{ "timestamp": 1_620_000_000, "title": "You searched Facebook", "data": [{ "text": "bath spa trains" }] }] })))
        .add("posts/your_posts_1.json", meta_json(&json!([{ "timestamp": 1_621_000_000, "data": [{ "post": noise }] }])))
        .finish()
}
