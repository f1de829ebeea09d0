use super::*;
use crate::query::{HitView, Query, scan};
use crate::report::tests::stored;
use tempfile::TempDir;

const TWICE_IN_BATH_ONCE_IN_SYDNEY: &str = r#"{ "locations": [
    { "latitudeE7": 513811000, "longitudeE7": -23590000, "timestamp": "2022-03-05T08:00:00Z" },
    { "latitudeE7": 513814000, "longitudeE7": -23594000, "timestamp": "2022-03-04T08:00:00Z" },
    { "latitudeE7": -338688000, "longitudeE7": 1512093000, "timestamp": "2023-01-01T08:00:00Z" },
    { "latitudeE7": 0, "longitudeE7": 0, "timestamp": "2023-01-02T08:00:00Z" },
    { "source": "WIFI", "timestamp": "2023-01-03T08:00:00Z" }
] }"#;

fn travels() -> (TempDir, Store) {
    stored("google", &[("Takeout/Location History (Timeline)/Records.json", TWICE_IN_BATH_ONCE_IN_SYDNEY)])
}

#[test]
fn records_of_an_export_are_counted_by_place_and_found_again() {
    let (_home, store) = travels();
    let found = places(&store, &Only::default());
    let cells: Vec<(i64, i64, u64)> = found.cells.iter().map(|cell| (cell.north, cell.east, cell.records)).collect();
    assert_eq!(cells, [(-33_869, 151_209, 1), (51_381, -2360, 1), (51_381, -2359, 1)]);
    assert_eq!((found.records, found.side, found.unread.len()), (3, 1, 0));

    let bath = Area { north: 51_000..52_000, east: -3000..-2000 };
    let days = |hits: &[Hit]| -> Vec<String> {
        let views = scan::views(&store, &Query::default(), hits).into_iter().flatten();
        views.map(|view: HitView| view.time.expect("a time").to_string().chars().take(10).collect()).collect()
    };
    let (hits, total) = hits_in(&store, &Only::default(), &bath, 9);
    assert_eq!((days(&hits), total), (vec!["2022-03-04".to_owned(), "2022-03-05".to_owned()], 2));
    let (hits, total) = hits_in(&store, &Only::default(), &bath, 1);
    assert_eq!((days(&hits), total), (vec!["2022-03-04".to_owned()], 2));
    let others = Only { company: Some("facebook".into()), ..Only::default() };
    assert_eq!(places(&store, &others).records, 0);
    assert_eq!(hits_in(&store, &others, &bath, 9), (Vec::new(), 0));
}

/// The halves and texts of these paths, in this order, read from these values.
fn check(given: &[(&str, &str)], expected: &[(i64, i64)]) {
    let named: Vec<Named> = given.iter().map(|(path, _)| Named::of_path(path)).collect();
    let values: Vec<&str> = given.iter().map(|(_, value)| *value).collect();
    let readings = of_names(named.iter().map(Some));
    let points: Vec<(i64, i64)> = readings
        .iter()
        .filter_map(|reading| reading.point(&values))
        .map(|point| (point.north.div_euclid(1000), point.east.div_euclid(1000)))
        .collect();
    assert_eq!(points, expected, "{given:?}");
}

#[test]
fn places_are_read_however_a_company_writes_them() {
    check(&[("place.latitude", "51.3811"), ("place.name", "Bath"), ("place.longitude", "-2.3590")], &[(51_381, -2359)]);
    check(&[("lon", "-2.359"), ("lat", "51.381")], &[(51_381, -2359)]);
    check(&[("centerLatE7", "513811000"), ("centerLngE7", "-23590000")], &[(51_381, -2359)]);
    check(&[("geometry.coordinates[]", "-2.359"), ("geometry.coordinates[]", "51.381")], &[(51_381, -2359)]);
    check(&[("tweet.geo.coordinates[]", "51.381"), ("tweet.geo.coordinates[]", "-2.359")], &[(51_381, -2359)]);
    check(&[("timelinePath[].point", "51.3811°, -2.3590°")], &[(51_381, -2359)]);
    check(&[("position.LatLng", "geo:51.3811,-2.3590")], &[(51_381, -2359)]);
    check(&[("GEO", "51.3811;-2.3590")], &[(51_381, -2359)]);
    let two =
        [("Low latitude", "51.1"), ("Low longitude", "-2.1"), ("High latitude", "52.2"), ("High longitude", "-1.2")];
    check(&two, &[(51_100, -2100), (52_200, -1200)]);
}

#[test]
fn what_is_no_place_is_none() {
    check(&[("latitude", "0.0"), ("longitude", "0.0")], &[]);
    check(&[("latitude", "91"), ("longitude", "2")], &[]);
    check(&[("latitude", "NaN"), ("longitude", "2")], &[]);
    check(&[("latitude", "51.3")], &[]);
    check(&[("home.latitude", "51.3"), ("work.longitude", "2")], &[]);
    check(&[("city", "Bath, Somerset")], &[]);
}

#[test]
fn with_too_many_cells_ten_by_ten_become_one() {
    let mut gathered = Gathered { side: 1, cells: HashMap::new() };
    let all = MOST as i64 + 1;
    for at in 0..all {
        gathered.add(Point { north: (at % 512) * 1000, east: (at / 512) * 1000 });
    }
    assert_eq!(gathered.side, 10);
    assert!(gathered.cells.len() < MOST / 50, "{}", gathered.cells.len());
    assert_eq!(gathered.cells.values().map(|(records, _)| *records).sum::<u64>(), all.unsigned_abs());
    let (records, sum) = gathered.cells[&(0, 0)];
    assert_eq!((records, sum), (100, Point { north: 450_000, east: 450_000 }));
}
