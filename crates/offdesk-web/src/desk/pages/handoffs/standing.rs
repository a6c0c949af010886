//! Where a handoff stands and what was agreed, in words, the same for both sides.

use offdesk_domain::handoff::{Checking, Running, Scope, State};

use crate::words;

/// Where a handoff stands.
#[must_use]
pub fn standing(state: State) -> String {
    match state {
        State::Proposed => "proposed, not answered yet".to_owned(),
        State::Declined => "declined".to_owned(),
        State::Running(running) => running_words(running),
        State::Paused(running) => format!("paused; before: {}", running_words(running)),
        State::Ended(reason) => format!("ended: {}", reason.name()),
    }
}

fn running_words(running: Running) -> String {
    match running {
        Running::Accepted => "accepted, not begun yet".to_owned(),
        Running::Trial { done, of } => format!("on trial, {done} of {of} accepted"),
        Running::Active => "active".to_owned(),
    }
}

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

/// How much is checked, and what moves it.
#[must_use]
pub fn checked_line(checking: Checking) -> String {
    if checking.is_critical {
        return "every deliverable, always: one fault would be too many".to_owned();
    }
    let share = match checking.rung {
        0 => "every deliverable",
        1 => "every second deliverable, picked at random",
        2 => "every fourth deliverable, picked at random",
        _ => "every tenth deliverable, picked at random",
    };
    let move_up = if checking.rung < 3 {
        format!(
            "; {} without a fault in a row, and fewer are checked",
            checking.in_a_row
        )
    } else {
        String::new()
    };
    format!("{share}{move_up}; any fault, and all are checked again")
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
