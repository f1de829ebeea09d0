//! Where the invented person's records were made: at home in Bath mostly, by train to Bristol, and once far away.

use super::fixture::hit;
use std::sync::Arc;
use tellall::query::Hit;
use tellall::report::{Cell, Places, Point};
use tellall::tui::{Effect, Msg, Reply};

pub fn answers(effect: &Effect, empty: bool) -> Vec<Msg> {
    let reply = |ask: &u64, reply| vec![Msg::Reply { ask: *ask, reply: Box::new(reply) }];
    match effect {
        Effect::Places { ask, only } => {
            let nothing = empty || only.company.as_deref().is_some_and(|company| company != "facebook");
            reply(ask, Reply::Places(Arc::new(if nothing { Places::default() } else { places() })))
        }
        Effect::InArea { ask, area, .. } => {
            let of = |cell: &&Cell| area.north.contains(&cell.north) && area.east.contains(&cell.east);
            let total = places().cells.iter().filter(of).map(|cell| cell.records).sum();
            let rows = 0..u32::try_from(total).unwrap_or(u32::MAX).min(90);
            let hits: Vec<Hit> = rows.map(|row| Hit { segment: 0, batch: 0, row }).collect();
            let views = (0..hits.len().min(60)).map(hit).collect();
            reply(ask, Reply::Moment { hits, total, views })
        }
        _ => Vec::new(),
    }
}

fn places() -> Places {
    let cell = |north: i64, east: i64, records: u64| {
        let times = records.cast_signed();
        Cell { north, east, records, sum: Point { north: north * 1000 * times, east: east * 1000 * times } }
    };
    let cells = vec![
        cell(-33_869, 151_209, 61),
        cell(40_713, -74_006, 7),
        cell(51_380, -2_360, 18_204),
        cell(51_387, -2_365, 911),
        cell(51_449, -2_581, 1_422),
        cell(51_507, -128, 212),
        cell(60_170, 24_941, 3),
    ];
    let records = cells.iter().map(|cell| cell.records).sum();
    Places { cells, side: 1, records, unread: Vec::new() }
}
