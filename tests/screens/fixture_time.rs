//! When the invented person's records were made.

use super::fixture::hit;
use std::sync::Arc;
use tellall::query::Hit;
use tellall::record::Kind;
use tellall::report::{Group, Hours, Lane, Moment, hour_of};
use tellall::tui::{Effect, Msg, Reply};

pub fn answers(effect: &Effect, empty: bool) -> Vec<Msg> {
    let reply = |ask: &u64, reply| vec![Msg::Reply { ask: *ask, reply: Box::new(reply) }];
    match effect {
        Effect::Hours { ask, .. } => reply(ask, Reply::Hours(Arc::new(if empty { Hours::default() } else { hours() }))),
        Effect::Moment { ask, moment: Moment::Untimed, .. } => {
            let views = vec![super::fixture::record()];
            reply(ask, Reply::Moment { hits: vec![Hit { segment: 0, batch: 0, row: 9 }], total: 41, views })
        }
        Effect::Moment { ask, .. } => {
            let hits = (0..90).map(|row| Hit { segment: 0, batch: 0, row }).collect();
            reply(ask, Reply::Moment { hits, total: 90, views: (0..60).map(hit).collect() })
        }
        Effect::Views { ask, hits, .. } => {
            let views = hits.iter().map(|found| hit(found.row as usize)).collect();
            reply(ask, Reply::Page { first: false, views, more: true })
        }
        _ => Vec::new(),
    }
}

/// Ten years: more in summer, more at noon, nothing in February 2019.
fn hours() -> Hours {
    let lane = |company: &str, kind, category: &str, weight: u64| {
        let hours = (2016..2026).flat_map(move |year: i16| {
            (1..=12i8).flat_map(move |month| (1..=28i8).step_by(3).map(move |day| (year, month, day)))
        });
        let hours = hours.filter(|(year, month, _)| (*year, *month) != (2019, 2)).map(|(year, month, day)| {
            let summer = u64::from(6 - (i64::from(month) - 6).unsigned_abs().min(5) as u8);
            let hour = (12 + day % 5) % 24;
            (hour_of(jiff::civil::date(year, month, day).at(hour, 0, 0, 0)), weight * summer * summer)
        });
        let group = Group { company: company.into(), kind, categories: vec![category.into()] };
        Lane { group, hours: hours.collect(), days_only: 0, without: 0 }
    };
    let mut lanes = vec![
        lane("facebook", Kind::Message, "Communications", 4),
        lane("facebook", Kind::Place, "Location", 9),
        lane("whatsapp", Kind::Message, "Communications", 6),
    ];
    lanes[0].without = 41;
    Hours { lanes, unread: Vec::new() }
}
