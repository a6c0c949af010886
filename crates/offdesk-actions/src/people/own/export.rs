//! Everything about a worker as JSON, `offdesk.own_record/1`, for themselves to keep.

use offdesk_domain::assignment::State;
use offdesk_store::Tx;
use serde_json::{Value, json};

use super::json::{EventJson, OwnHandoffJson};
use super::shown::kept::kept;
use super::{list_own_handoffs, load_own_record};
use crate::actor::{Actor, Permission};
use crate::assignments::json::AssignmentJson;
use crate::assignments::{Which, list_assignments, load_assignment};
use crate::error::Error;
use crate::handoffs::history;
use crate::moment::{Moment, at};
use crate::people::PersonFields;
use crate::people::json::day;

/// So many assignments are read at a time.
const PAGE: u32 = 200;

/// Everything about the actor in the open workspace, `kept` from the same tables as what the owner sees. What the owner expects of a handoff is not in it.
///
/// # Errors
/// Those of the actor and of the store.
pub fn export_own_record(tx: &mut Tx<'_>, actor: &Actor, moment: Moment) -> Result<Value, Error> {
    let record = load_own_record(tx, actor, moment)?;
    let own = list_own_handoffs(tx, actor)?;
    let mut scope = actor.within(tx, Permission::Work)?;
    let mut handoffs = Vec::with_capacity(own.len());
    for handoff in own {
        let history = history(&mut scope, handoff.id)?;
        let history: Vec<EventJson> = history.iter().map(EventJson::of).collect();
        let mut one = json!(OwnHandoffJson::of(&handoff));
        one["history"] = json!(history);
        handoffs.push(one);
    }
    let row = &record.row;
    let kept = kept(&mut scope, row.id, actor.account)?;
    let assignments = assignments(tx, actor)?;
    let fields = PersonFields::of(row);
    let terms = record.terms.iter().map(|row| {
        json!({
            "from": day(row.from_day), "unit": row.unit, "amount": row.amount,
            "currency": row.currency, "note": row.note, "noted_at": at(row.created_at),
        })
    });
    let access = record.access.iter().map(|row| {
        json!({
            "what": row.what, "location": row.location, "granted": day(row.granted_day),
            "revoked": row.revoked_day.and_then(day), "noted_at": at(row.created_at),
        })
    });
    Ok(json!({
        "schema": "offdesk.own_record/1",
        "workspace": actor.workspace_name,
        "account": {"name": actor.name, "email": actor.email},
        "person": {
            "kind": row.kind, "name": row.name, "email": row.email, "place": row.place,
            "zone": row.zone, "working_hours": row.working_hours, "languages": row.languages,
            "skills": row.skills, "capacity_hours_per_week": fields.capacity, "fees": row.fees,
            "notes": row.notes, "off_until": row.off_until.and_then(day), "state": row.state,
            "added_at": at(row.created_at), "changed_at": at(row.changed_at), "version": row.version,
        },
        "terms": terms.collect::<Vec<_>>(),
        "access": access.collect::<Vec<_>>(),
        "handoffs": handoffs,
        "assignments": assignments,
        "kept": kept,
    }))
}

/// All of the actor's assignments, with what they handed in, asked and were told.
fn assignments(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Value>, Error> {
    let mut all = Vec::new();
    for state in State::WORDS {
        let which = Which {
            state: Some(state.to_owned()),
            person: None,
        };
        let mut after = None;
        loop {
            let page = list_assignments(tx, actor, &which, after, PAGE)?;
            for one in &page {
                let detail = load_assignment(tx, actor, one.row.id)?;
                all.push(json!(AssignmentJson::of(&detail)));
            }
            after = page.last().map(|one| (one.row.due_at, one.row.id));
            if page.len() < usize::try_from(PAGE).unwrap_or(usize::MAX) {
                break;
            }
        }
    }
    Ok(all)
}
