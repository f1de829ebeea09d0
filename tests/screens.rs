//! The screens, from outside: keys in, screen out. Frames are compared with `tests/snapshots`, which were read by a person.

#[path = "screens/bidi.rs"]
mod bidi;
#[path = "screens/fixture.rs"]
mod fixture;
#[path = "screens/fixture_companies.rs"]
mod fixture_companies;
#[path = "screens/fixture_held.rs"]
mod fixture_held;
#[path = "screens/fixture_map.rs"]
mod fixture_map;
#[path = "screens/fixture_people.rs"]
mod fixture_people;
#[path = "screens/fixture_source.rs"]
mod fixture_source;
#[path = "screens/fixture_ties.rs"]
mod fixture_ties;
#[path = "screens/fixture_time.rs"]
mod fixture_time;
#[path = "screens/footer.rs"]
mod footer;
#[path = "screens/frames_guide.rs"]
mod frames_guide;
#[path = "screens/frames_map.rs"]
mod frames_map;
#[path = "screens/frames_people.rs"]
mod frames_people;
#[path = "screens/frames_photo.rs"]
mod frames_photo;
#[path = "screens/frames_source.rs"]
mod frames_source;
#[path = "screens/frames_time.rs"]
mod frames_time;
#[path = "screens/hostile.rs"]
mod hostile;
#[path = "screens/ids.rs"]
mod ids;
#[path = "screens/importing.rs"]
mod importing;
#[path = "screens/journeys.rs"]
mod journeys;
#[path = "screens/journeys_narrow.rs"]
mod journeys_narrow;
#[path = "screens/journeys_search.rs"]
mod journeys_search;
#[path = "screens/live.rs"]
mod live;
#[path = "screens/matrix.rs"]
mod matrix;
#[path = "screens/mono.rs"]
mod mono;
#[path = "screens/sizes.rs"]
mod sizes;
