//! Larkspur, a shop nobody has heard of: no sheet knows it, it is read by its structure alone.

use super::Zip;
use super::person::{ADVERTISING_ID, DEVICE_ID, EMAIL, HOME_IP, NAME, PHONE_NATIONAL};
use serde_json::json;

pub fn exports() -> Vec<(String, Vec<u8>)> {
    let profile = json!({ "customer": {
        "customerId": "LK-0099812", "fullName": NAME, "emailAddress": EMAIL, "phoneNumber": PHONE_NATIONAL,
        "birthDate": "1988-04-09", "marketingConsent": false, "createdAt": "2021-03-14T10:11:12Z"
    } });
    let devices = json!({ "devices": [
        { "advertisingId": ADVERTISING_ID, "deviceId": DEVICE_ID, "model": "Phone 9", "lastSeenAt": "2025-02-27T21:04:00Z", "ipAddress": HOME_IP },
        { "advertisingId": "00000000-0000-0000-0000-000000000000", "model": "Tablet", "lastSeenAt": "2024-11-01T08:00:00Z", "ipAddress": "192.168.1.7" }
    ] });
    let orders = "Order ID;Order Date;Item;Amount;Shipping Address\r\n\
        5001;2023-11-24 18:02:11;Garden fork, long handle;34.90 GBP;\"14 Walcot Parade, Bath BA1 5NF\"\r\n\
        5002;2024-04-02 09:15:40;\"Seeds; mixed\";12.00 GBP;\"14 Walcot Parade, Bath BA1 5NF\"\r\n\
        5003;2025-01-19 20:44:03;Book: \"Soil\";18.50 GBP;\"14 Walcot Parade, Bath BA1 5NF\"\r\n";
    let partners = json!({ "sharedWith": [
        { "partnerName": "Example Analytics Ltd", "purpose": "measurement", "sharedOn": "2024-06-01" },
        { "partnerName": "Example Shoes Ltd", "purpose": "advertising", "sharedOn": "2024-09-15" }
    ] });
    let log = "2025-02-27T21:03:58Z login ok\n2025-02-20T07:12:00Z login failed\n";
    let zip = Zip::new()
        .add("larkspur/customer_profile.json", serde_json::to_string_pretty(&profile).unwrap_or_default())
        .add("larkspur/devices.json", serde_json::to_string(&devices).unwrap_or_default())
        .add("larkspur/orders.csv", orders)
        .add("larkspur/data_partners.json", serde_json::to_string(&partners).unwrap_or_default())
        .add("larkspur/access.log", log)
        .add("larkspur/logo.png", b"\x89PNG\r\n\x1a\n")
        .finish();
    vec![("larkspur-data-export-2025-03-01.zip".to_owned(), zip)]
}
