//! Invented persons with the truth about them: exports of five to fourteen companies in which the same identifiers stand in every
//! spelling, beside near misses. What `shared` finds is measured against what was planted.

use super::scale::Draw;
use crate::classify;
use crate::record::IdKind;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Name and contents of a file, as the company calls it.
pub type File = (String, Vec<u8>);

/// A person, the exports they got, and what is true of them.
#[derive(Debug, Default)]
pub struct Made {
    /// By company: the files of its export.
    pub exports: BTreeMap<&'static str, Vec<File>>,
    pub truth: BTreeMap<(IdKind, String), Truth>,
    /// Numbers, addresses and names that look like the owner's and are not.
    pub not_mine: BTreeSet<(IdKind, String)>,
    /// What was written as a digest before anybody wrote it plain.
    later: Vec<(IdKind, String, &'static str)>,
}

/// Who holds an identifier.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Truth {
    pub mine: bool,
    pub companies: BTreeSet<&'static str>,
}

/// Somebody as the exports write of them: one person's identifiers.
#[derive(Debug, Clone)]
struct Who {
    name: String,
    /// E.164.
    phone: String,
    email: String,
}

/// Everything a company may be told of the owner and whom they know.
struct Person<'d> {
    draw: &'d mut Draw,
    made: &'d mut Made,
    company: &'static str,
    owner: Who,
    work_email: String,
    username: String,
    home_ip: String,
    /// An address many people share.
    office_ip: String,
    friends: Vec<Who>,
    /// The owner's sister, one digit apart.
    relative: Who,
}

type Writer = fn(&mut Person<'_>) -> Vec<File>;

/// Companies in the order they are taken: the first five always.
const COMPANIES: [(&str, Writer); 14] = [
    ("facebook", facebook),
    ("whatsapp", whatsapp),
    ("google", google),
    ("x", x),
    ("unknown:broker", broker),
    ("telegram", telegram),
    ("instagram", instagram),
    ("linkedin", linkedin),
    ("discord", discord),
    ("tiktok", tiktok),
    ("snapchat", snapchat),
    ("spotify", spotify),
    ("reddit", reddit),
    ("netflix", netflix),
];

/// A person made of a number, with exports of so many companies (5 to 14). The same numbers make the same person.
pub fn person(seed: u64, companies: usize) -> Made {
    let mut draw = Draw(seed.wrapping_mul(0x9e37_79b9).wrapping_add(1));
    let mut made = Made::default();
    let american = seed.is_multiple_of(3);
    let number = |at: usize| if american { format!("+1202555{:04}", 100 + at) } else { format!("+447700900{at:03}") };
    let base = draw.below(20);
    let owner =
        Who { name: "Rosa Quill".to_owned(), phone: number(base), email: format!("rosa.quill{seed}@example.com") };
    let relative = Who {
        name: "Marta Quill".to_owned(),
        phone: number(base + 1),
        email: format!("marta.quill{seed}@example.com"),
    };
    let friends: Vec<Who> = (0..12)
        .map(|at| Who {
            // Two friends have the same name: that makes them no one person.
            name: format!("Friend {}", if at == 11 { 10 } else { at }),
            phone: number(40 + at * 3),
            email: format!("friend{at}.of{seed}@example.org"),
        })
        .collect();
    for (company, write) in COMPANIES.iter().take(companies.clamp(5, COMPANIES.len())) {
        let mut person = Person {
            draw: &mut draw,
            made: &mut made,
            company,
            owner: owner.clone(),
            work_email: format!("r.quill{seed}@quill-and-sons.example"),
            username: format!("rosaquill{seed}"),
            home_ip: format!("203.0.113.{}", seed % 200 + 1),
            office_ip: format!("198.51.100.{}", seed % 200 + 1),
            friends: friends.clone(),
            relative: relative.clone(),
        };
        let files = write(&mut person);
        made.exports.insert(company, files);
    }
    for (kind, normal, company) in std::mem::take(&mut made.later) {
        if let Some(truth) = made.truth.get_mut(&(kind, normal)) {
            truth.companies.insert(company);
        }
    }
    made.not_mine.insert((IdKind::Phone, relative.phone));
    made.not_mine.insert((IdKind::Email, relative.email));
    made
}

impl Person<'_> {
    fn plant(&mut self, kind: IdKind, normal: &str, mine: bool) {
        let truth = self.made.truth.entry((kind, normal.to_owned())).or_default();
        truth.mine |= mine;
        truth.companies.insert(self.company);
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.draw.below(n) == 0
    }

    /// The owner's number in some spelling.
    fn my_phone(&mut self) -> String {
        let phone = self.owner.phone.clone();
        self.plant(IdKind::Phone, &phone, true);
        self.spelt(&phone)
    }

    fn my_email(&mut self) -> String {
        let email = if self.one_in(3) { self.work_email.clone() } else { self.owner.email.clone() };
        self.plant(IdKind::Email, &email, true);
        self.cased(&email)
    }

    fn my_ip(&mut self) -> String {
        let ip = if self.one_in(3) { self.office_ip.clone() } else { self.home_ip.clone() };
        self.plant(IdKind::Ip, &ip, true);
        ip
    }

    /// Some of the people the owner knows, as name, number and address in some spelling.
    fn contacts(&mut self) -> Vec<(String, String, String)> {
        let mut all = self.friends.clone();
        all.push(self.relative.clone());
        let mut told = Vec::new();
        for who in all {
            if self.one_in(3) {
                continue;
            }
            self.plant(IdKind::Phone, &who.phone, false);
            let email = if self.one_in(2) {
                self.plant(IdKind::Email, &who.email, false);
                self.cased(&who.email)
            } else {
                String::new()
            };
            told.push((who.name, self.spelt(&who.phone), email));
        }
        told
    }

    /// The same, where a company holds nothing but numbers.
    fn contacts_by_number(&mut self) -> Vec<String> {
        let mut numbers = Vec::new();
        for who in self.friends.clone().into_iter().chain([self.relative.clone()]) {
            if !self.one_in(3) {
                self.plant(IdKind::Phone, &who.phone, false);
                numbers.push(self.spelt(&who.phone));
            }
        }
        numbers
    }

    /// A number as people write it: with plus, blanks, 00, digits alone, as dialled at home, with an extension.
    fn spelt(&mut self, e164: &str) -> String {
        let digits = e164.trim_start_matches('+');
        let (code, national) = if digits.starts_with("44") { digits.split_at(2) } else { digits.split_at(1) };
        let (area, rest) = national.split_at(if code == "44" { 4 } else { 3 });
        match self.draw.below(8) {
            0 => format!("+{code} {area} {rest}"),
            1 => format!("+{code}-{area}-{rest}"),
            2 => digits.to_owned(),
            3 => format!("00{digits}"),
            4 if code == "44" => format!("0{area} {rest}"),
            4 => {
                let (exchange, line) = rest.split_at(3);
                format!("({area}) {exchange}-{line}")
            }
            5 if code == "44" => format!("+44 (0) {area} {rest}"),
            6 => format!("+{code} {area} {rest} ext. 12"),
            7 => format!("tel:{e164}"),
            _ => e164.to_owned(),
        }
    }

    fn cased(&mut self, email: &str) -> String {
        match self.draw.below(3) {
            0 => email.to_uppercase(),
            1 => email.replacen('r', "R", 1),
            _ => email.to_owned(),
        }
    }
}

fn meta(name: &str, value: &Value) -> File {
    (name.to_owned(), super::meta_json(value).into_bytes())
}

fn plain(name: &str, value: &Value) -> File {
    (name.to_owned(), value.to_string().into_bytes())
}

fn text(name: &str, text: String) -> File {
    (name.to_owned(), text.into_bytes())
}

fn facebook(person: &mut Person<'_>) -> Vec<File> {
    let (phone, email, ip) = (person.my_phone(), person.my_email(), person.my_ip());
    let book: Vec<Value> = person
        .contacts()
        .into_iter()
        .map(|(name, phone, email)| {
            let points: Vec<Value> = [phone, email]
                .into_iter()
                .filter(|text| !text.is_empty())
                .map(|text| json!({ "contact_point": text }))
                .collect();
            json!({ "name": name, "details": points, "created_timestamp": 1_500_000_000 })
        })
        .collect();
    let profile = json!({ "profile_v2": {
        "name": { "full_name": person.owner.name }, "emails": { "emails": [email], "previous_emails": [] },
        "phone_numbers": [{ "phone_type": "Mobile", "phone_number": phone, "verified": true }], "username": person.username,
    } });
    vec![
        meta("personal_information/profile_information/profile_information.json", &profile),
        meta("about_you/your_address_books.json", &json!({ "address_book": { "address_book": book } })),
        meta("security_and_login_information/used_ip_addresses.json", &json!({ "used_ip_address": [ip] })),
    ]
}

fn whatsapp(person: &mut Person<'_>) -> Vec<File> {
    let phone = person.my_phone();
    let ip = person.my_ip();
    let numbers: Vec<String> = person.contacts_by_number();
    vec![
        meta("whatsapp_connections/contacts.json", &json!({ "wa_contacts": numbers })),
        meta(
            "whatsapp_account_information/registration_information.json",
            &json!({ "wa_registration_info": { "registration_timestamp": 1_577_880_000, "platform": "ANDROID", "last_known_ip": ip } }),
        ),
        meta(
            "whatsapp_account_information/user_information.json",
            &json!({ "media": [], "fbid": "900001", "label_values": [{ "label": "Phone number", "value": phone }] }),
        ),
    ]
}

fn google(person: &mut Person<'_>) -> Vec<File> {
    let (email, phone, ip) = (person.my_email(), person.my_phone(), person.my_ip());
    let mut cards = String::new();
    for (name, phone, email) in person.contacts() {
        let mail = if email.is_empty() { String::new() } else { format!("EMAIL;TYPE=INTERNET:{email}\r\n") };
        // Writing to a String cannot fail.
        let _ =
            write!(cards, "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nTEL;TYPE=CELL:{phone}\r\n{mail}END:VCARD\r\n");
    }
    let subscriber = format!(
        "<html><body><div class=\"section\"><h2>GOOGLE SUBSCRIBER INFORMATION</h2><ul><li>Google Account ID: 100000000000000000001</li><li>Name: Rosa Quill</li><li>e-Mail: {email}</li></ul></div><div class=\"section\"><h2>ACCOUNT RECOVERY</h2><ul><li>Contact e-Mail: {email}</li><li>Recovery SMS: {phone} [GB]</li></ul></div><div class=\"section\"><h2>IP ACTIVITY</h2><table><tr><th>Timestamp</th><th>IP Address</th><th>Activity Type</th></tr><tr><td>2024-02-25 04:34:32 Z</td><td>{ip}</td><td>Login</td></tr></table></div></body></html>"
    );
    vec![
        text(
            "Takeout/archive_browser.html",
            "<html><head><title>Google Takeout</title></head><body><h1>Your archive</h1></body></html>".to_owned(),
        ),
        text("Takeout/Google Account/rosa.SubscriberInfo.html", subscriber),
        text("Takeout/Contacts/All Contacts/All Contacts.vcf", cards),
    ]
}

fn x(person: &mut Person<'_>) -> Vec<File> {
    let (email, phone, ip) = (person.my_email(), person.my_phone(), person.my_ip());
    let contacts: Vec<Value> = person
        .contacts()
        .into_iter()
        .map(|(_, phone, email)| {
            let emails: Vec<String> = Some(email).filter(|email| !email.is_empty()).into_iter().collect();
            json!({ "contact": { "id": "1", "emails": emails, "phoneNumbers": [phone] } })
        })
        .collect();
    let script = |part: &str, value: &Value| {
        text(&format!("data/{part}.js"), format!("window.YTD.{}.part0 = {value}", part.replace('-', "_")))
    };
    vec![
        text("data/manifest.js", "window.__THAR_CONFIG = {\"userInfo\":{\"accountId\":\"900000001\",\"userName\":\"rosaquill\",\"displayName\":\"Rosa Quill\"},\"dataTypes\":{}}".to_owned()),
        script("account", &json!([{ "account": { "email": email, "createdVia": "web", "username": person.username, "accountId": "900000001", "createdAt": "2014-03-04T05:06:07.000Z", "accountDisplayName": "Rosa Quill" } }])),
        script("phone-number", &json!([{ "device": { "phoneNumber": phone } }])),
        script("ip-audit", &json!([{ "ipAudit": { "accountId": "900000001", "createdAt": "2024-02-03T04:05:06.000Z", "loginIp": ip } }])),
        script("contact", &Value::Array(contacts)),
    ]
}

/// A company nobody has heard of, which holds digests of contact details.
fn broker(person: &mut Person<'_>) -> Vec<File> {
    let mut rows = Vec::new();
    let all: Vec<(IdKind, String, bool)> =
        [(IdKind::Email, person.owner.email.clone(), true), (IdKind::Phone, person.owner.phone.clone(), true)]
            .into_iter()
            .chain(person.friends.iter().map(|who| (IdKind::Email, who.email.clone(), false)))
            .collect();
    for (kind, normal, mine) in all {
        let digests = classify::digests_of(kind, &normal);
        let digest = &digests[person.draw.below(digests.len())];
        // A digest ties only if somebody else holds what it is of.
        if mine || person.made.truth.contains_key(&(kind, normal.clone())) {
            person.plant(kind, &normal, mine);
        } else {
            person.made.later.push((kind, normal.clone(), person.company));
        }
        rows.push(json!({ "match_key": digest.hex, "segment": "travel" }));
    }
    rows.push(json!({ "match_key": "9e107d9d372bb6826bd81d3542a419d6", "segment": "nobody" }));
    vec![plain("broker/audience_matches.json", &Value::Array(rows))]
}

fn telegram(person: &mut Person<'_>) -> Vec<File> {
    let phone = person.my_phone();
    let contacts: Vec<Value> = person
        .contacts_by_number()
        .into_iter()
        .map(|phone| json!({ "user_id": 7, "first_name": "F", "last_name": "", "phone_number": phone, "date": "2024-01-02T03:04:05", "date_unixtime": "1704164645" }))
        .collect();
    let ip = person.my_ip();
    vec![plain(
        "DataExport_2024-11-02/result.json",
        &json!({
            "about": "Here is the data you requested.",
            "personal_information": { "user_id": 100_200_300, "first_name": "Rosa", "last_name": "Quill", "phone_number": phone, "username": format!("@{}", person.username), "bio": "" },
            "contacts": { "about": "Your contacts.", "list": contacts },
            "sessions": { "about": "", "list": [{ "last_active": "2024-11-01T10:00:00", "last_ip": ip, "last_country": "GB", "application_name": "Telegram", "platform": "Android" }] },
            "chats": { "about": "", "list": [] }
        }),
    )]
}

fn instagram(person: &mut Person<'_>) -> Vec<File> {
    let (phone, email) = (person.my_phone(), person.my_email());
    let contacts: Vec<Value> = person
        .contacts_by_number()
        .into_iter()
        .map(|phone| {
            json!({ "title": "", "media_map_data": {}, "string_map_data": { "First Name": { "value": "F" }, "Contact Information": { "value": phone }, "Imported Time": { "timestamp": 1_600_000_000 } } })
        })
        .collect();
    let cell = |value: &str| json!({ "href": "", "value": value, "timestamp": 0 });
    vec![
        meta(
            "personal_information/personal_information/personal_information.json",
            &json!({ "profile_user": [{ "title": "", "media_map_data": {}, "string_map_data": { "Email": cell(&email), "Phone Number": cell(&phone), "Username": cell(&person.username), "Name": cell("Rosa Quill") } }] }),
        ),
        meta("connections/contacts/synced_contacts.json", &json!({ "contacts_contact_info": contacts })),
    ]
}

fn linkedin(person: &mut Person<'_>) -> Vec<File> {
    let email = person.my_email();
    let phone = person.my_phone();
    let mut contacts = String::new();
    for (name, phone, email) in person.contacts() {
        // Writing to a String cannot fail.
        let _ =
            writeln!(contacts, "MOBILE_CONTACTS,{name},,,,\"{email}\",\"{phone}\",\"11/16/21, 9:40 AM\",,,,{name},,,,");
    }
    vec![
        text(
            "Email Addresses.csv",
            format!("Email Address,Confirmed,Primary,Updated On\n{email},Yes,Yes,\"11/16/21, 9:40 AM\"\n"),
        ),
        text("PhoneNumbers.csv", format!("Extension,Number,Type\n,{phone},MOBILE\n")),
        text(
            "Profile.csv",
            "First Name,Last Name,Maiden Name,Address,Birth Date,Headline\nRosa,Quill,,,,Gardener\n".to_owned(),
        ),
        text(
            "Registration.csv",
            "Registered At,Registration Ip,Subscription Types\n\"11/16/21, 9:40 AM\",,\n".to_owned(),
        ),
        text(
            "Contacts.csv",
            format!(
                "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt,Addresses,Sites,InstantMessageHandles,FullName,Birthday,Location,BookmarkedAt,Profiles\n{contacts}"
            ),
        ),
    ]
}

fn discord(person: &mut Person<'_>) -> Vec<File> {
    let (phone, email, ip) = (person.my_phone(), person.my_email(), person.my_ip());
    vec![
        plain(
            "package/account/user.json",
            &json!({ "id": "400000000000000001", "username": person.username, "global_name": "Rosa", "discriminator": 0, "email": email, "verified": true, "phone": phone, "ip": ip, "flags": [], "user_sessions": [] }),
        ),
        plain("package/messages/index.json", &json!({ "400000000000000004": "Direct Message with benzoe" })),
        plain(
            "package/messages/c400000000000000004/channel.json",
            &json!({ "id": "400000000000000004", "type": "DM", "recipients": ["400000000000000001"] }),
        ),
        plain(
            "package/messages/c400000000000000004/messages.json",
            &json!([{ "ID": 400_000_000_000_000_010_u64, "Timestamp": "2023-05-01 10:00:00", "Contents": "hello", "Attachments": "" }]),
        ),
    ]
}

fn tiktok(person: &mut Person<'_>) -> Vec<File> {
    let (phone, email, ip) = (person.my_phone(), person.my_email(), person.my_ip());
    vec![plain(
        "user_data_tiktok.json",
        &json!({
            "Profile": { "Profile Information": { "ProfileMap": { "userName": person.username, "emailAddress": email, "telephoneNumber": phone, "birthDate": "12-Apr-1987", "bioDescription": "" } } },
            "Activity": { "Login History": { "LoginHistoryList": [{ "Date": "2024-05-06 07:08:09", "IP": ip, "DeviceModel": "Pixel 7", "DeviceSystem": "Android 14", "NetworkType": "Wi-Fi", "Carrier": "Example" }] } },
            "Ads and data": { "Ad Interests": { "AdInterestCategories": "Gardening" } },
            "Comment": { "Comments": { "CommentsList": [] } }
        }),
    )]
}

fn snapchat(person: &mut Person<'_>) -> Vec<File> {
    let (phone, email, ip) = (person.my_phone(), person.my_email(), person.my_ip());
    vec![
        plain(
            "json/account.json",
            &json!({ "Basic Information": { "Username": person.username, "Name": "Rosa Quill", "Creation Date": "2015-03-04 05:06:07 UTC", "Registration IP": ip, "Country": "GB" }, "Device Information": {}, "Device History": [], "Login History": [] }),
        ),
        plain(
            "json/account_history.json",
            &json!({ "Email Change": [{ "Date": "2015-03-04 05:06:07 UTC", "Email Address": email }], "Mobile Number Change": [{ "Date": "2015-03-04 05:06:07 UTC", "Mobile Number": phone }] }),
        ),
        plain("json/friends.json", &json!({ "Friends": [] })),
    ]
}

fn spotify(person: &mut Person<'_>) -> Vec<File> {
    let (phone, email) = (person.my_phone(), person.my_email());
    vec![
        plain(
            "Spotify Account Data/Userdata.json",
            &json!({ "username": person.username, "email": email, "country": "GB", "createdFromFacebook": false, "birthdate": "1987-04-12", "gender": "female", "postalCode": null, "mobileNumber": phone, "mobileOperator": null, "mobileBrand": null, "creationTime": "2015-03-04" }),
        ),
        plain(
            "Spotify Account Data/StreamingHistory_music_0.json",
            &json!([{ "endTime": "2024-05-06 07:08", "artistName": "The Examples", "trackName": "Example Song", "msPlayed": 61000 }]),
        ),
    ]
}

fn reddit(person: &mut Person<'_>) -> Vec<File> {
    let (phone, email, ip) = (person.my_phone(), person.my_email(), person.my_ip());
    let other = person.my_ip();
    vec![
        text(
            "statistics.csv",
            format!(
                "statistic,value\naccount name,{}\nexport time,2024-11-02 10:00:00 UTC\nis_deleted,False\nregistration date,2015-03-04 05:06:07 UTC\nemail verified,True\nemail address,{email}\n",
                person.username
            ),
        ),
        text("linked_phone_number.csv", format!("phone_number\n{phone}\n")),
        text("ip_logs.csv", format!("date,ip\nregistration ip,{ip}\n2024-10-01 05:06:07 UTC,{other}\n")),
        text("posts.csv", "id,permalink,date,ip,subreddit,gildings,title,url,body\n".to_owned()),
    ]
}

fn netflix(person: &mut Person<'_>) -> Vec<File> {
    let (phone, email) = (person.my_phone(), person.my_email());
    vec![
        text("ACCOUNT/AccountDetails.csv", format!("First Name,Last Name,Email Address,Phone Number,Country Of Registration,Country Of Signup,Primary Lang,Cookie Disclosure,Membership Status,Customer Creation Timestamp\nRosa,Quill,{email},{phone},GB,GB,en,,Current,2019-05-06 07:08:09\n")),
        text("CONTENT_INTERACTION/ViewingActivity.csv", "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country\nRosa,2024-05-06 20:00:00,00:41:00,,Example Show: Pilot,,Example TV,00:41:00,00:41:00,GB (United Kingdom)\n".to_owned()),
    ]
}
