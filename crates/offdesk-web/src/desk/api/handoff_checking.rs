//! How a handoff is checked, changed after it was proposed.

use offdesk_actions::handoffs::{NewChecking, change_checking};
use offdesk_domain::handoff::CheckingChange;
use serde::Deserialize;

use super::handoffs::done;
use super::read;
use crate::desk::ask::{Answer, Ask};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Checked {
    version: i64,
    critical: Option<bool>,
    #[serde(default)]
    check_all: bool,
    in_a_row: Option<u32>,
    answer_by_hours: Option<u32>,
    accept_after_days: Option<u32>,
}

/// Changes how one is checked.
pub fn check(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("handoff")?;
        let sent = ask.bytes().await?;
        let checked: Checked = read(&sent)?;
        let new = NewChecking {
            change: CheckingChange {
                is_critical: checked.critical,
                is_back_to_all: checked.check_all,
                in_a_row: checked.in_a_row,
            },
            answer_by_hours: checked.answer_by_hours,
            accept_after_days: checked.accept_after_days,
        };
        done(&ask, &sent, move |tx, actor, moment| {
            change_checking(tx, actor, id, new, Some(checked.version), moment)
        })
        .await
    })
}
