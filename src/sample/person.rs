//! Who Rosa Quill is, and whom she knows. The same values stand in the exports of all companies: these are the planted overlaps.

pub const NAME: &str = "Rosa Quill";
pub const USERNAME: &str = "rosa.quill";
/// The number WhatsApp and Facebook both hold.
pub const PHONE: &str = "+447700900123";
pub const PHONE_SPACED: &str = "+44 7700 900123";
pub const PHONE_NATIONAL: &str = "07700 900123";
pub const EMAIL: &str = "rosa.quill@example.com";
pub const WORK_EMAIL: &str = "r.quill@quill-and-sons.example";
/// Her router at home.
pub const HOME_IP: &str = "203.0.113.47";
pub const TRAVEL_IP: &str = "198.51.100.23";
pub const ADVERTISING_ID: &str = "38400000-8cf0-11bd-b23e-10b96e40000d";
pub const DEVICE_ID: &str = "a81f33d07c2e94b5";

/// Somebody in her address book.
pub struct Friend {
    pub name: &'static str,
    pub phone: &'static str,
    pub email: Option<&'static str>,
    /// The phone number is on WhatsApp's list of contacts.
    pub on_whatsapp: bool,
    /// The phone number was uploaded to Facebook.
    pub on_facebook: bool,
}

/// Seven people; four numbers are at both companies.
pub const FRIENDS: [Friend; 7] = [
    Friend {
        name: "Ben Zoë",
        phone: "+447700900456",
        email: Some("ben.zoe@example.org"),
        on_whatsapp: true,
        on_facebook: true,
    },
    Friend { name: "Marta Quill", phone: "+447700900789", email: None, on_whatsapp: true, on_facebook: true },
    Friend {
        name: "José Ibarra",
        phone: "+12025550143",
        email: Some("jose@example.net"),
        on_whatsapp: true,
        on_facebook: true,
    },
    Friend { name: "山田 花子", phone: "+447700900321", email: None, on_whatsapp: true, on_facebook: false },
    Friend {
        name: "Sam Okafor",
        phone: "+12025550117",
        email: Some("sam.okafor@example.com"),
        on_whatsapp: true,
        on_facebook: true,
    },
    Friend { name: "Łukasz Żak", phone: "+447700900654", email: None, on_whatsapp: true, on_facebook: false },
    Friend {
        name: "Dr Ana Ruiz",
        phone: "+12025550188",
        email: Some("a.ruiz@clinic.example"),
        on_whatsapp: false,
        on_facebook: true,
    },
];
