//! What has happened to a handoff, in words: the same on every page and in every terminal.

/// What happened, as the history has it in words.
#[must_use]
pub fn happened(event: &str) -> &'static str {
    match event {
        "propose" => "proposed",
        "accept" => "accepted",
        "decline" => "declined",
        "begin" => "begun",
        "pass_trial" => "an assignment of the trial looked at and accepted",
        "trial_passed" => "trial passed",
        "move_rung" => "the rung moved",
        "change_checking" => "checking changed",
        "pay_beside" => "hours that may be paid twice",
        "miss_occurrences" => "not given and not kept",
        "move_zone" => "the person is in another zone now",
        "end_trial" => "trial ended early",
        "pause" => "paused",
        "resume" => "resumed",
        "end" => "ended",
        "propose_change" => "change proposed",
        "accept_change" => "change accepted",
        "decline_change" => "change declined",
        "decline_assignment_change" => "change of an assignment declined",
        "lapse_assignment_change" => "change of an assignment not answered in time",
        "withdraw_change" => "change taken back",
        _ => "changed",
    }
}
