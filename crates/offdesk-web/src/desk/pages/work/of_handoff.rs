//! The assignments of one handoff, the latest first. What waits for a review is not among them: it would say whose it is.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::actor::Actor;
use offdesk_actions::assignments::{AssignmentSummary, count_of_handoff, list_of_handoff};
use offdesk_actions::handoffs::load_handoff;
use offdesk_actions::store::{Tx, Uuid};

use super::{COUNTED, ROWS_OF_ONE, table};
use crate::words;

/// A page of them.
pub(super) struct OfHandoff {
    id: Uuid,
    activity: String,
    person: String,
    count: u64,
    rows: Vec<AssignmentSummary>,
}

/// Those of a handoff before a number.
pub(super) fn load(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    before: Option<i64>,
) -> Result<OfHandoff, Error> {
    let summary = load_handoff(tx, actor, id)?.summary;
    Ok(OfHandoff {
        id,
        activity: summary.activity,
        person: summary.person,
        count: count_of_handoff(tx, actor, id, COUNTED)?,
        rows: list_of_handoff(tx, actor, id, before, ROWS_OF_ONE)?,
    })
}

impl OfHandoff {
    pub(super) fn show(&self, zone: &str) -> Markup {
        let is_full = self.rows.len() >= usize::try_from(ROWS_OF_ONE).unwrap_or(usize::MAX);
        let last = self.rows.last().filter(|_| is_full);
        html! {
            p { a href="/work" { "Everything that is open" } }
            section aria-labelledby="of-handoff" {
                h2 #of-handoff { a href={ "/handoffs/" (self.id) } { bdi { (words::shown(&self.activity, 80)) } " to " bdi { (words::shown(&self.person, 60)) } } ", " (self.count) }
                (table(&self.rows, "The latest first; what waits for a review stands there alone", zone))
                @if let Some(last) = last { p { a href={ "/work?handoff=" (self.id) "&before=" (last.row.number) } { "Earlier ones" } } }
            }
        }
    }
}
