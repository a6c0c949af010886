//! When handoffs were live.

use std::collections::HashMap;

use offdesk_domain::Day;
use offdesk_domain::returns::{EarnedSince, Standing, live_days, live_moves};
use offdesk_domain::time::Period;
use offdesk_store::returns::firsts::list_firsts;
use offdesk_store::returns::list_moves;
use offdesk_store::{Scope, Uuid};

use super::days::Days;
use crate::error::Error;

/// The days on which each handoff was live: from its begin, or from the agreed start where something was earned before, without pauses, to
/// its end.
pub(crate) fn live_of(
    scope: &mut Scope<'_, '_>,
    days: &Days,
    today: Day,
) -> Result<HashMap<Uuid, Vec<Period>>, Error> {
    let mut moves: HashMap<Uuid, Vec<(Day, Standing)>> = HashMap::new();
    for row in list_moves(scope)? {
        let standing = match row.state.as_str() {
            "trial" | "active" => Standing::Live,
            "accepted" => Standing::Agreed,
            _ => Standing::Idle,
        };
        let at = days.day(row.at);
        moves
            .entry(row.handoff_id)
            .or_default()
            .push((at, standing));
    }
    let firsts = list_firsts(scope)?.into_iter();
    let earned: HashMap<Uuid, EarnedSince> = firsts
        .filter_map(|row| {
            let last = moves.get(&row.handoff_id).and_then(|it| it.last());
            let ended = last.filter(|(_, standing)| *standing == Standing::Idle);
            let until = ended.map_or(today, |(day, _)| *day);
            let retainer = row.retainer_day.filter(|day| *day <= i64::from(until.0));
            let first = [row.earned_day, retainer].into_iter().flatten().min()?;
            let agreed = Day::from_number(row.start_day)?;
            let first = Day::from_number(first)?;
            Some((row.handoff_id, EarnedSince { agreed, first }))
        })
        .collect();
    let live = moves
        .into_iter()
        .map(|(id, moves)| {
            let moves = live_moves(&moves, earned.get(&id).copied());
            (id, live_days(&moves, today))
        })
        .filter(|(_, days)| !days.is_empty());
    Ok(live.collect())
}
