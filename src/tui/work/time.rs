//! When and where: counts of all records by hour and by place, and the records of a moment or an area.

use super::Desk;
use crate::query::{Hit, HitView, Query, scan};
use crate::report;
use crate::tui::model::{Effect, Reply};
use crate::tui::screens::time::events::PAGE;
use std::sync::Arc;

/// Records of a moment that can be listed; the search finds the others.
const MOST: usize = 20_000;

pub(super) fn perform(desk: &Desk, job: Effect) {
    let shelf = desk.shelf();
    let views = |hits: &[Hit]| -> Vec<HitView> {
        scan::views(&shelf.store, &Query::default(), hits).into_iter().flatten().collect()
    };
    match job {
        Effect::Hours { ask, clock } => {
            let hours = report::hours(&shelf.store, &clock);
            if let Some(sentence) = hours.unread.first() {
                desk.trouble(sentence.as_str());
            }
            desk.reply(ask, Reply::Hours(Arc::new(hours)));
        }
        Effect::Moment { ask, clock, only, moment } => {
            let (hits, total) = report::hits_at(&shelf.store, &clock, &only, &moment, MOST);
            let views = views(hits.get(..PAGE).unwrap_or(&hits));
            desk.reply(ask, Reply::Moment { hits, total, views });
        }
        Effect::Places { ask, only } => {
            let places = report::places(&shelf.store, &only);
            if let Some(sentence) = places.unread.first() {
                desk.trouble(sentence.as_str());
            }
            desk.reply(ask, Reply::Places(Arc::new(places)));
        }
        Effect::InArea { ask, only, area } => {
            let (hits, total) = report::hits_in(&shelf.store, &only, &area, MOST);
            let views = views(hits.get(..PAGE).unwrap_or(&hits));
            desk.reply(ask, Reply::Moment { hits, total, views });
        }
        Effect::Views { ask, epoch, hits } if epoch == shelf.epoch => {
            desk.reply(ask, Reply::Page { first: false, views: views(&hits), more: true });
        }
        _ => {}
    }
}
