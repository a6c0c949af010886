//! What the daily mail says to a worker of what they had and have no more.

use offdesk_store::Tx;

use super::contents::{Passed, listed};
use crate::actor::Actor;
use crate::assignments::own::OwnAssignment;
use crate::assignments::own_gone::list_own_gone;
use crate::error::Error;
use crate::moment::Moment;

/// What a worker had and has no more since the last mail: nobody works on what was taken back.
pub(super) fn of_gone(
    tx: &mut Tx<'_>,
    actor: &Actor,
    passed: Passed,
    moment: Moment,
) -> Result<Vec<String>, Error> {
    let Some(after) = passed.after else {
        return Ok(Vec::new());
    };
    let gone = list_own_gone(tx, actor, Some(after), moment)?;
    let mut lines = Vec::new();
    for (state, heading) in [
        ("cancelled", "Taken back from you; do not work on them:"),
        ("expired", "Not answered in time, so not given any more:"),
    ] {
        let is_told =
            |it: &&OwnAssignment| it.row.state == state && it.row.changed_at <= passed.until;
        let of: Vec<_> = gone.assignments.iter().filter(is_told).collect();
        lines.extend(listed(heading, &of, |it| it.row.title.clone()));
    }
    let heading = "Nothing is given to you at the moment under:";
    lines.extend(listed(heading, &gone.handoffs, |it| {
        format!("{}, {}", it.activity, it.state.in_words())
    }));
    Ok(lines)
}
