//! Uber: riders, what they ate, and drivers.

use crate::archive::*;
use std::collections::BTreeMap;
use tellall::record::IdKind;

#[test]
fn the_export_of_a_rider_is_read_to_the_last_table() {
    let imported = Imported::sample("uber");
    assert_eq!(imported.export().company, "uber");
    assert_eq!(imported.export().layout.as_deref(), Some("rider"));
    assert_eq!(imported.problems(), [""; 0]);
    assert_eq!(imported.with_fate("failed"), [""; 0]);
    assert_eq!(imported.with_fate("generic"), [""; 0]);
    let expected = BTreeMap::from(
        [
            ("app_events", 2),
            ("messages", 2),
            ("orders", 1),
            ("payment_methods", 1),
            ("profile", 1),
            ("saved_places", 1),
            ("trips", 3),
        ]
        .map(|(section, count)| (section.to_owned(), count)),
    );
    assert_eq!(imported.counts(), expected);
}

#[test]
fn a_trip_is_a_movement_with_places_and_a_price() {
    let imported = Imported::sample("uber");
    let trips = imported.section("trips");
    assert_eq!(trips[0].time.as_deref(), Some("2018-04-05T05:52:02Z"));
    assert_eq!(trips[0].text.as_deref(), Some("12 Fiction Street, Bath BA1 0XX, GB"));
    assert_eq!(trips[1].value("Dropoff Address"), Some("Clínica Ejemplo, Sevilla"));
    assert_eq!(trips[1].value("City"), Some("1042"), "a city may be a number");
    let means = |field: &str| imported.meaning("trips", field).0;
    assert_eq!(means("Begin Trip Lat"), "gps");
    assert_eq!(means("Dropoff Address"), "address");
    assert_eq!(means("Fare Amount"), "transaction");
}

#[test]
fn a_trip_that_never_began_keeps_the_time_it_was_asked_for() {
    let trips = Imported::sample("uber").section("trips");
    assert_eq!(trips[2].time.as_deref(), Some("2024-11-01T08:00:00Z"));
}

#[test]
fn the_app_knows_device_place_and_address_on_the_net() {
    let imported = Imported::sample("uber");
    let mine = |kind, value: &str| assert_eq!(imported.identifiers(kind).get(value), Some(&true), "{value}");
    mine(IdKind::Ip, "203.0.113.47");
    mine(IdKind::AdvertisingId, "38400000-8cf0-11bd-b23e-10b96e40000d");
    mine(IdKind::Device, "a81f33d07c2e94b5");
    mine(IdKind::Email, "rosa.quill@example.com");
    assert_eq!(imported.meaning("profile", "Rider Rating"), ("opinion".to_owned(), "third-party".to_owned()));
}

#[test]
fn messages_with_drivers_have_both_sides() {
    let messages = Imported::sample("uber").section("messages");
    assert_eq!(messages[0].who.as_deref(), Some("Driver"));
    assert_eq!(messages[1].text.as_deref(), Some("¡Voy!"));
}

#[test]
fn tables_of_drivers_may_have_semicolons_and_a_word_for_nothing() {
    let imported = Archive::new()
        .file("driver_lifetime_trips-0.csv", "city_name;product_type_name;status;request_timestamp_local;request_timestamp_utc;begintrip_lat;begintrip_lng;begintrip_address;original_fare_local;license_plate\nSevilla;UberX;completed;2021-03-04 10:00:00;2021-03-04 09:00:00;37.3886;-5.9953;Calle Ejemplo 2;12,50;0000 XXX\nSevilla;UberX;rider_canceled;\\N;\\N;\\N;\\N;\\N;\\N;\\N\n")
        .file("driver_online_offline-0.csv", "earner_state,begin_timestamp_local,begin_timestamp_utc,end_timestamp_utc,begin_lat,begin_lng\nontrip,2021-03-04 10:00:00,2021-03-04 09:00:00,2021-03-04 09:20:00,37.3886,-5.9953\n")
        .file("driver_dispatches_offered_accepted_completed_trips-0.csv", "start_timestamp_local,start_timestamp_utc,dispatches,accepts\n2021-03-04 10:00:00,2021-03-04 09:00:00,5,3\n")
        .file("driver_profile_data-0.csv", "field,value\nemail,rosa.quill@example.com\n")
        .import_as("Uber Data 0001.zip");
    assert_eq!(imported.companies(), ["uber"]);
    assert_eq!(imported.export().layout.as_deref(), Some("driver"));
    assert_eq!(imported.problems(), [""; 0]);
    let trips = imported.section("driver_trips");
    assert_eq!(trips[0].time.as_deref(), Some("2021-03-04T09:00:00Z"), "the column says that it is UTC");
    assert_eq!(trips[0].text.as_deref(), Some("Calle Ejemplo 2"));
    let values: Vec<&str> = trips[1].values.iter().map(|(_, value)| value.as_str()).collect();
    assert_eq!(values, ["Sevilla", "UberX", "rider_canceled"]);
    assert_eq!(imported.counts()["driver_hours"], 1);
    assert_eq!(imported.counts()["driver_offers"], 1);
    assert_eq!(imported.identifiers(IdKind::Email).get("rosa.quill@example.com"), Some(&true));
}

#[test]
fn trips_in_a_file_of_another_name_are_known_by_their_columns() {
    let table = "City,Product Type,Trip or Order Status,Request Time,Begin Trip Time,Begin Trip Lat,Begin Trip Lng,Begin Trip Address,Dropoff Time\n1,UberX,COMPLETED,2024-05-06 07:00:00 +0000 UTC,2024-05-06 07:08:09 +0000 UTC,0.1,0.2,\"1 Example St\",2024-05-06 07:20:00 +0000 UTC\n";
    let imported = Archive::new().file("viajes/tabla.csv", table).import_as("datos.zip");
    assert_eq!(imported.companies(), ["uber"]);
    assert_eq!(imported.counts()["trips"], 1);
}

#[test]
fn trips_of_another_company_are_not_uber() {
    let other = Archive::new().file("trips.csv", "City,Product,Request Time,Begin Lat\nBath,Van,2024-05-06,51.3\n");
    assert!(other.import_as("rides.zip").companies()[0].starts_with("unknown"));
}

#[test]
fn means_of_payment_and_orders_have_the_time_their_columns_tell() {
    let imported = Archive::new()
        .file("Uber Data/Account and Profile/payment_methods.csv", "Type,Billing Country,Last Four,Created Time\nVisa,GB,4242,2020-01-02 03:04:05 +0000 UTC\n")
        .file("Uber Data/Eats/user_orders-0.csv", "City Name,Restaurant Name,Request Time (Local),Order Status,Item Name\nBath,Noodle Larkspur,2024-05-06 19:00:00,completed,Ramen\n")
        .file("Uber Data/Rider/trips_data.csv", "City,Product Type,Trip or Order Status,Request Time,Begin Trip Time,Begin Trip Lat\n1,UberX,COMPLETED,2024-05-06 07:00:00 +0000 UTC,2024-05-06 07:08:09 +0000 UTC,51.38\n")
        .import_as("Uber Data 0002.zip");
    let time = |section: &str| imported.section(section)[0].time.clone();
    assert_eq!(time("payment_methods").as_deref(), Some("2020-01-02T03:04:05Z"));
    assert_eq!(time("orders").as_deref(), Some("2024-05-06T19:00:00"), "local: no zone is told");
}
