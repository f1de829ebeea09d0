//! Amazon: zips for each category, zips in zips, and the folders with titles.

use crate::archive::*;
use std::collections::BTreeMap;
use tellall::record::{Direction, IdKind};

const ADVERTISERS: &str = "\u{feff}Advertisers who brought audiences in which you are included\r\n\r\nExample Motors\r\nSample Insurance Ltd\r\n";

const ORDERS: &str = "\"Website\",\"Order ID\",\"Order Date\",\"ASIN\",\"Product Name\",\"Shipping Address\"\r\n\"Amazon.com\",\"111-1\",\"2020-01-02T03:04:05Z\",\"B000000001\",\"Boat\",\"12 Fiction Street\"\r\n";

#[test]
fn the_folders_of_all_categories_unpacked_side_by_side_are_one_export() {
    let imported = Imported::sample("amazon");
    assert_eq!(imported.export().company, "amazon");
    assert_eq!(imported.export().layout.as_deref(), Some("G1"));
    assert_eq!(imported.problems(), [""; 0]);
    assert_eq!(imported.with_fate("failed"), [""; 0]);
    assert_eq!(imported.with_fate("generic"), [""; 0]);
    assert_eq!(imported.with_fate("skipped"), ["Retail.OrderHistory.1/Retail.OrderHistory.1.schema.json"]);
    assert_eq!(imported.with_fate("media"), ["Alexa/audio-1.wav"]);
    let expected = BTreeMap::from(
        [
            ("ad_clicks", 1),
            ("ad_opt_out", 2),
            ("advertisers_with_your_data", 6),
            ("advertising_sentences", 6),
            ("alexa_contacts", 2),
            ("amazon_audiences", 3),
            ("audible", 1),
            ("cart", 2),
            ("consents", 2),
            ("devices", 2),
            ("digital_orders", 3),
            ("file_descriptions", 2),
            ("games", 1),
            ("kindle", 1),
            ("lists", 4),
            ("location", 2),
            ("logins", 2),
            ("mails", 1),
            ("music", 1),
            ("notifications", 1),
            ("orders", 5),
            ("payment_methods", 1),
            ("profile", 1),
            ("readme", 1),
            ("returns", 1),
            ("searches", 3),
            ("third_party_audiences", 2),
            ("tokens", 1),
            ("video", 2),
            ("video_recommendations", 2),
            ("voice", 2),
        ]
        .map(|(section, count)| (section.to_owned(), count)),
    );
    assert_eq!(imported.counts(), expected);
}

#[test]
fn advertisers_who_brought_you_are_recipients_whatever_language_the_sentence_is_in() {
    let imported = Imported::sample("amazon");
    let recipients = imported.recipients();
    let of = |direction| -> Vec<(&str, u64)> {
        let found = recipients.iter().filter(|one| one.direction == direction);
        found.map(|one| (one.name.as_str(), one.records)).collect()
    };
    let gave = [
        ("Tidewater Travel", 2),
        ("Larkspur Garden Shop", 1),
        ("Marea Viajes, S.L.", 1),
        ("Northwind Insurance", 1),
        ("Quillmark Media, Inc.", 1),
    ];
    assert_eq!(of(Direction::Gave), gave, "the same file in another region is other data");
    assert_eq!(of(Direction::Targeted), [("Harbour Fitness", 1)]);
    assert_eq!(imported.meaning("third_party_audiences", "audience"), ("segment".to_owned(), "third-party".to_owned()));
    assert_eq!(imported.meaning("amazon_audiences", "audience"), ("segment".to_owned(), "inferred".to_owned()));
}

#[test]
fn a_list_with_nothing_below_its_sentence_names_nobody() {
    let imported = Archive::new()
        .file("Advertising.3/Advertising.AdvertiserAudiences.csv", "\u{feff}Advertisers who brought audiences\r\n\r\n")
        .import_as("Advertising.3.zip");
    assert_eq!(imported.recipients(), []);
    assert_eq!(imported.counts()["advertising_sentences"], 1);
}

#[test]
fn opt_outs_and_consents_are_choices() {
    let choices = Imported::sample("amazon").choices();
    let shown: Vec<_> = choices.iter().map(|one| (one.about.as_str(), one.what.as_str(), one.value.as_str())).collect();
    let expected = [
        ("ads", "Advertising based on your interests", "ES:OptedOut"),
        ("ads", "Advertising based on your interests", "UK:Not OptedOut"),
        ("sharing", "Cookies for advertising", "Granted"),
        ("sharing", "Share voice recordings for improvement", "Denied"),
    ];
    assert_eq!(shown, expected);
}

#[test]
fn orders_keep_their_time_in_every_form_it_is_written_in() {
    let orders = Imported::sample("amazon").section("orders");
    let times: Vec<_> = orders.iter().map(|order| order.time.as_deref().expect("a time")).collect();
    let expected = [
        "2016-11-27T09:14:55Z",
        "2019-03-14T18:05:09Z",
        "2023-12-01T20:11:12.345Z",
        "2024-06-01T10:00:00Z",
        "2024-11-02T07:30:00Z",
    ];
    assert_eq!(times, expected);
    assert_eq!(orders[0].text.as_deref(), Some("Garden \"Snips\", red"));
    assert_eq!(orders[1].value("Ship Date"), Some("2019-03-15T08:00:00Z and 2019-03-18T08:00:00.500Z"));
    assert_eq!(orders[2].value("Gift Message"), Some("Happy birthday Marta! 🎂"));
}

#[test]
fn dates_of_old_orders_begin_with_the_month() {
    let orders = ORDERS.replace("2020-01-02T03:04:05Z", "03/04/2019 18:05:09 UTC");
    let imported = Archive::new().file("Retail.OrderHistory.1.csv", orders).import_as("Retail.OrderHistory.1.zip");
    assert_eq!(imported.section("orders")[0].time.as_deref(), Some("2019-03-04T18:05:09"));
}

#[test]
fn a_search_tells_address_device_and_words() {
    let imported = Imported::sample("amazon");
    let search = &imported.section("searches")[0];
    assert_eq!(search.time.as_deref(), Some("2024-06-01T09:51:02Z"));
    assert_eq!(search.value("Keywords"), Some("peak flow meter"));
    assert_eq!(imported.meaning("searches", "Customer IP"), ("ip".to_owned(), "observed".to_owned()));
    assert_eq!(imported.meaning("searches", "Keywords"), ("search".to_owned(), "observed".to_owned()));
    let ips = imported.identifiers(IdKind::Ip);
    assert_eq!(ips.keys().collect::<Vec<_>>(), ["198.51.100.23", "2001:db8::47", "203.0.113.47"]);
    assert!(ips.values().all(|mine| *mine));
}

#[test]
fn the_owner_is_known_by_her_identifiers_and_her_contacts_by_theirs() {
    let imported = Imported::sample("amazon");
    let has = |kind, value: &str, mine: bool| {
        assert_eq!(imported.identifiers(kind).get(value), Some(&mine), "{value} in {:?}", imported.identifiers(kind));
    };
    has(IdKind::Email, "rosa.quill@example.com", true);
    has(IdKind::Email, "ben.zoe@example.org", false);
    has(IdKind::Phone, "+447700900456", false);
    has(IdKind::Phone, "+447700900789", false);
    has(IdKind::Device, "a81f33d07c2e94b5", true);
    has(IdKind::Username, "rosa_quill", true);
    has(IdKind::AccountId, "A00000000ROSA", true);
}

#[test]
fn tokens_are_not_kept() {
    let imported = Imported::sample("amazon");
    assert!(!imported.index_holds("invented-refresh-token"));
    assert!(!imported.index_holds("invented-push-token"));
    assert_eq!(imported.section("tokens")[0].time.as_deref(), Some("2023-02-01T12:00:00Z"));
}

#[test]
fn the_zips_of_a_folder_are_one_export_an_empty_one_among_them() {
    let advertising = Archive::new().file("Advertising.AdvertiserAudiences.csv", ADVERTISERS).zip();
    let orders = Archive::new().file("Retail.OrderHistory.1.csv", ORDERS).zip();
    let folder = Archive::new()
        .file("Advertising.1.zip", advertising)
        .file("Retail.OrderHistory.1.zip", orders)
        .file("Retail.CartItems.1.zip", Archive::new().zip())
        .file("AmazonSmile.zip", Archive::new().file("charity.csv", "Charity,Date\r\nBoats,2020-01-02\r\n").zip());
    let imported = folder.import_folder();
    assert_eq!(imported.export().company, "amazon");
    assert_eq!(imported.export().parts.len(), 4);
    assert_eq!(imported.counts()["orders"], 1);
    assert_eq!(imported.recipients().len(), 2);
}

#[test]
fn zips_in_a_zip_are_read_where_they_are() {
    let advertising = Archive::new().file("Advertising.1/Advertising.AdvertiserAudiences.csv", ADVERTISERS).zip();
    let orders = Archive::new().file("Retail.OrderHistory.1.csv", ORDERS).zip();
    let imported = Archive::new()
        .file("Advertising.1.zip", advertising)
        .file("Your Orders/Retail.OrderHistory.1.zip", orders)
        .file("FileDescriptions.csv", "\u{feff}File name,Description\r\nRetail.OrderHistory.1.csv,Your orders\r\n")
        .import_as("Your Orders.zip");
    assert_eq!(imported.export().company, "amazon");
    assert_eq!(imported.counts()["orders"], 1);
    assert_eq!(imported.counts()["advertisers_with_your_data"], 2);
    assert_eq!(imported.section("file_descriptions")[0].text.as_deref(), Some("Your orders"));
}

#[test]
fn the_folders_with_titles_have_other_columns_for_the_same_things() {
    let imported = Archive::new()
        .file("Your Amazon Orders/Order History.csv", "\u{feff}ASIN,Billing Address,Carrier Name & Tracking Number,Currency,Order Date,Order ID,Original Quantity,Payment Method Type,Product Name,Shipping Address,Total Amount\n\"B000000001\",\"12 Fiction Street Bath\",\"AMZN(QA1)\",GBP,2026-01-02T03:04:05Z,026-1,1,Visa - 0042,Boat,\"12 Fiction Street Bath\",9.99\n")
        .file("Your Amazon Orders/Cart History.csv", "ASIN,CartDomain,CartList,DateAddedToCart,ProductName,Quantity\nB000000002,amazon.co.uk,active,2026-01-03T03:04:05Z,Oar,2\n")
        .file("Your Shopping Search/Search Queries.csv", "Customer IP,Device Model,First Search Query String,First Search Time (GMT),Keywords,Session ID\n203.0.113.47,Pixel 7,k=oar,2026-01-03T03:00:00Z,oar,258-1\n")
        .file("Your Returns & Refunds/Refund Details.csv", "Amount Refunded,Currency,Order ID,Refund Completion Date,Reversal Reason\n9.99,GBP,026-1,2026-01-09T03:04:05Z,It sank\n")
        .file("Your Fire TV Device & Setup/Device Registration.csv", "Device Name,IP Address,Last Time Registered,Serial Number\nTelly,203.0.113.47,2026-01-01T00:00:00Z,G000AA0000000002\n")
        .file("Additional Data/Alexa/Alexa/NLU/Intent-2-1.csv", "Timestamp,Utterance,Intent\n2026-01-01T00:00:00Z,play boats,PlayMusic\n")
        .file("Additional Data/Request All Your Data.Detail Page Glance View Impressions/Impressions-1.csv", "ASIN,creation_date,customer_city,customer_country,customer_postal_code,device_type,http_referer,product_name,user_agent\nB000000002,2026-01-03T03:02:00Z,Bath,GB,BA1 0XX,Mobile,https://www.larkspur.example/oars,Oar,Mozilla/5.0 (X11; Linux x86_64)\n")
        .file("FileDescriptions.csv", "File name,Description\nOrder History.csv,Your orders\n")
        .import_as("All Data Categories.1.zip");
    assert_eq!(imported.export().company, "amazon");
    assert_eq!(imported.export().layout.as_deref(), Some("G2"));
    assert_eq!(imported.problems(), [""; 0]);
    assert_eq!(imported.with_fate("generic"), [""; 0]);
    let expected = ["cart", "devices", "file_descriptions", "orders", "page_views", "returns", "searches", "voice"];
    assert_eq!(imported.counts().keys().collect::<Vec<_>>(), expected);
    assert_eq!(imported.meaning("page_views", "customer_postal_code"), ("location".to_owned(), "observed".to_owned()));
    assert_eq!(imported.meaning("voice", "Intent"), ("inferred".to_owned(), "inferred".to_owned()));
    assert_eq!(imported.section("page_views")[0].text.as_deref(), Some("Oar"));
    assert_eq!(imported.identifiers(IdKind::Address).len(), 1);
}

#[test]
fn tables_whose_names_were_changed_are_known_by_their_columns() {
    let imported = Archive::new()
        .file("Bestellungen/Tabelle.csv", ORDERS)
        .file("Suche/Tabelle.csv", "Session ID,First Search Time (GMT),First Search Query String,Customer IP\n258-1,2020-01-01T00:00:00Z,boat,203.0.113.47\n")
        .import_as("amazonas.zip");
    assert_eq!(imported.companies(), ["amazon"]);
    assert_eq!(imported.counts()["orders_renamed"], 1);
    assert_eq!(imported.counts()["searches_renamed"], 1);
}

#[test]
fn the_same_category_as_json_is_read_too() {
    let imported = Archive::new()
        .file(
            "Retail.OrderHistory.2/Retail.OrderHistory.2.json",
            r#"[{"orderId":"1","orderDate":"2020-01-02T03:04:05Z","title":"Boat"}]"#,
        )
        .import_as("Retail.OrderHistory.2.zip");
    assert_eq!(imported.companies(), ["amazon"]);
    let order = &imported.section("orders")[0];
    assert_eq!(order.time.as_deref(), Some("2020-01-02T03:04:05Z"));
    assert_eq!(order.text.as_deref(), Some("Boat"));
}

#[test]
fn a_table_of_orders_of_another_shop_is_not_amazon() {
    let other = Archive::new().file("orders.csv", "Order ID,Order Date,SKU,Item\n1,2020-01-02,X,Boat\n");
    assert!(other.import_as("shop.zip").companies()[0].starts_with("unknown"));
}
