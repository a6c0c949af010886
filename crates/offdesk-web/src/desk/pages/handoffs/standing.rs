//! What was agreed and what happened, in words, the same for both sides.

use offdesk_domain::handoff::Scope;

use crate::words;

/// What was agreed or is proposed, in a line.
#[must_use]
pub fn agreed_line(scope: &Scope) -> String {
    format!(
        "{}, by version {} of the blueprint, from {}",
        scope.terms,
        scope.blueprint,
        words::day(scope.start)
    )
}

/// What happened, as the history has it in words.
#[must_use]
pub fn happened(event: &str) -> &'static str {
    match event {
        "propose" => "proposed",
        "accept" => "accepted",
        "decline" => "declined",
        "begin" => "begun",
        "pass_trial" => "an assignment of the trial accepted",
        "change_checking" => "checking changed",
        "miss_occurrences" => "not given and not kept",
        "end_trial" => "trial ended early",
        "pause" => "paused",
        "resume" => "resumed",
        "end" => "ended",
        "propose_change" => "change proposed",
        "accept_change" => "change accepted",
        "decline_change" => "change declined",
        "withdraw_change" => "change taken back",
        _ => "changed",
    }
}
