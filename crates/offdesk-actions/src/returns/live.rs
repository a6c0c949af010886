//! When handoffs were live.

use std::collections::HashMap;

use offdesk_domain::Day;
use offdesk_domain::returns::{EarnedSince, Standing, live_days, live_moves};
use offdesk_domain::time::Period;
use offdesk_store::handoffs::events::list_states_of;
use offdesk_store::returns::firsts::{FirstRow, list_firsts, load_first};
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
        let at = (days.day(row.at), standing(&row.state));
        moves.entry(row.handoff_id).or_default().push(at);
    }
    let firsts = list_firsts(scope)?.into_iter();
    let firsts: HashMap<Uuid, FirstRow> = firsts.map(|row| (row.handoff_id, row)).collect();
    let live = moves
        .into_iter()
        .map(|(id, moves)| (id, live(&moves, firsts.get(&id), today)))
        .filter(|(_, days)| !days.is_empty());
    Ok(live.collect())
}

/// Those of one handoff.
pub(crate) fn live_of_one(
    scope: &mut Scope<'_, '_>,
    days: &Days,
    handoff: Uuid,
    today: Day,
) -> Result<Vec<Period>, Error> {
    let moves: Vec<(Day, Standing)> = list_states_of(scope, handoff)?
        .into_iter()
        .map(|(state, at)| (days.day(at), standing(&state)))
        .collect();
    let first = load_first(scope, handoff)?;
    Ok(live(&moves, first.as_ref(), today))
}

fn standing(state: &str) -> Standing {
    match state {
        "trial" | "active" => Standing::Live,
        "accepted" => Standing::Agreed,
        _ => Standing::Idle,
    }
}

fn live(moves: &[(Day, Standing)], first: Option<&FirstRow>, today: Day) -> Vec<Period> {
    let earned = first.and_then(|row| {
        let ended = moves.last().filter(|(_, it)| *it == Standing::Idle);
        let until = ended.map_or(today, |(day, _)| *day);
        let retainer = row.retainer_day.filter(|day| *day <= i64::from(until.0));
        let first = [row.earned_day, retainer].into_iter().flatten().min()?;
        let agreed = Day::from_number(row.start_day)?;
        let first = Day::from_number(first)?;
        Some(EarnedSince { agreed, first })
    });
    live_days(&live_moves(moves, earned), today)
}
