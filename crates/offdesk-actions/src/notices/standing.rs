//! What the daily mail says to a worker of how their work stands: trials that are passed, and how much of it is looked at from now on.

use offdesk_store::Tx;
use offdesk_store::activities::load_activity;
use offdesk_store::handoffs::events::list_noted_of;
use offdesk_store::handoffs::load_handoff;

use super::contents::{Passed, listed};
use crate::actor::Actor;
use crate::error::Error;
use crate::people::own::own;

/// So many are told of a kind at most.
const MOST: u32 = 50;

/// What has changed of it since the last mail.
pub(super) fn of_standing(
    tx: &mut Tx<'_>,
    actor: &Actor,
    passed: Passed,
) -> Result<Vec<String>, Error> {
    let Some(after) = passed.after else {
        return Ok(Vec::new());
    };
    let (mut scope, person) = own(tx, actor)?;
    let mut lines = Vec::new();
    for (word, heading) in [
        ("trial_passed", "Your trial is passed:"),
        ("move_rung", "More or less of your work is looked at now:"),
    ] {
        let mut told = Vec::new();
        for event in list_noted_of(&mut scope, word, person.id, (after, MOST))? {
            let handoff = load_handoff(&mut scope, event.handoff_id)?;
            let Some(handoff) = handoff.filter(|_| event.at <= passed.until) else {
                continue;
            };
            let activity = load_activity(&mut scope, handoff.activity_id)?;
            let name = activity.map_or_else(String::new, |it| it.name);
            told.push(match event.detail.as_str() {
                "" => name,
                rule => format!("{name}: {rule}"),
            });
        }
        lines.extend(listed(heading, &told, String::clone));
    }
    Ok(lines)
}
