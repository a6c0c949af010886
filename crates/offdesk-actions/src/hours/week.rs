//! The hours of a usual week, by their clock times.

use offdesk_store::Tx;
use offdesk_store::entries::list_spans;
use offdesk_store::sources::list_published;
use offdesk_store::workspaces::load_workspace;
use rust_decimal::prelude::ToPrimitive;

use super::covered::coverage_of;
use crate::actor::{Actor, Permission};
use crate::error::Error;
use crate::options::WEEKS_SEEN;
use crate::workspaces::Settings;

/// Seconds of every hour of the week, from Monday 0:00, on average over the weeks covered: 7 rows of 24.
pub type WeekGrid = [[i64; 24]; 7];

/// The week of the last thirteen weeks that have clock times; `None` where none have.
///
/// # Errors
/// Those of the actor and of the store.
pub fn load_week(tx: &mut Tx<'_>, actor: &Actor) -> Result<Option<WeekGrid>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let zone = Settings::of(&load_workspace(&mut scope)?)?.zone;
    let zone = zone.and_then(|name| jiff::tz::TimeZone::get(&name).ok());
    let sources = list_published(&mut scope)?;
    let Some(window) = coverage_of(&mut scope, &sources)?.last_weeks(WEEKS_SEEN) else {
        return Ok(None);
    };
    let (first, last) = (window.period.from.0.into(), window.period.to.0.into());
    let weeks = window.weeks.ceil().to_i64().unwrap_or(1);
    let mut grid: WeekGrid = [[0; 24]; 7];
    let mut is_any = false;
    for (start, end) in list_spans(&mut scope, first, last)? {
        let shift = zone.as_ref().map_or(0, |zone| {
            jiff::Timestamp::from_second(start)
                .map_or(0, |at| i64::from(zone.to_offset(at).seconds()))
        });
        let (mut from, to) = (start + shift, (end + shift).min(start + shift + 86_400));
        while from < to {
            let next = (from.div_euclid(3600) + 1) * 3600;
            let upto = next.min(to);
            // 1970 began on a Thursday.
            let day = (from.div_euclid(86_400) + 3).rem_euclid(7);
            let hour = from.rem_euclid(86_400) / 3600;
            if let (Ok(day), Ok(hour)) = (usize::try_from(day), usize::try_from(hour)) {
                grid[day][hour] += upto - from;
                is_any = true;
            }
            from = upto;
        }
    }
    for hour in grid.iter_mut().flatten() {
        *hour /= weeks.max(1);
    }
    Ok(is_any.then_some(grid))
}
