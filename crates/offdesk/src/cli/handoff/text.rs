//! Handoffs as text for people.

use offdesk_actions::handoffs::{HandoffDetail, HandoffSummary, SoFar};
use offdesk_domain::handoff::{Reason, Scope, SentBy, happened, newer_version};
use offdesk_import::problem::shown;

use super::super::column::Column;
use super::super::desk::day_in_words;
use super::super::output::when_micros;

/// Names stand in columns of at most so many places.
const NAME_WIDTH: usize = 24;

/// The list, each with what it cost so far.
pub fn list(all: &[HandoffSummary], so_far: &[SoFar]) -> String {
    let activities = all.iter().map(|it| it.activity.as_str());
    let activities = Column::of("ACTIVITY", NAME_WIDTH, activities);
    let people = all.iter().map(|it| it.person.as_str());
    let people = Column::of("PERSON", NAME_WIDTH, people);
    let mut out = format!("  {}  {}  STATE\n", activities.heading(), people.heading());
    for (summary, so_far) in all.iter().zip(so_far) {
        out += &format!(
            "  {}  {}  {}\n",
            activities.cell(&summary.activity),
            people.cell(&summary.person),
            summary.handoff.state.in_words()
        );
        if so_far.since.is_some() {
            out += &format!(
                "      so far: earned {}; your own time {}\n",
                so_far.money_in_words(),
                so_far.time_in_words()
            );
        }
    }
    out
}

fn agreed(scope: &Scope) -> String {
    format!(
        "{}, by version {} of the blueprint, from {}",
        scope.terms,
        scope.blueprint,
        day_in_words(scope.start)
    )
}

/// One handoff with its history.
pub fn whole(detail: &HandoffDetail) -> String {
    let (summary, handoff) = (&detail.summary, &detail.summary.handoff);
    let why = match handoff.reason {
        Reason::Focus => "focus: it frees your hours",
        Reason::Better => "better: they do it better",
    };
    let sender = match handoff.sent_by {
        SentBy::Owner => "by you",
        SentBy::Worker => "by them",
    };
    let mut out = format!(
        "{} to {}: {}\n",
        shown(&summary.activity),
        shown(&summary.person),
        handoff.state.in_words()
    );
    out += &format!("  By: {}\n", shown(&summary.blueprint));
    out += &format!("  Agreed: {}\n", agreed(&handoff.agreement.agreed));
    if let Some((since, terms)) = &detail.before {
        out += &format!("    Before that: {terms}, from {}\n", day_in_words(*since));
    }
    let number = handoff.agreement.agreed.blueprint;
    if let Some(newer) = newer_version(number, detail.published) {
        out += &format!("    Agreed by version {number}; {newer}.\n");
    }
    if let Some(change) = &handoff.agreement.proposed {
        out += &format!("  A change is open: {}\n", agreed(change));
    }
    out += &format!("  Why: {why}\n");
    out += &format!("  Checked: {}\n", handoff.checking.in_words());
    if handoff.state.is_agreed() || detail.lapsed > 0 {
        out += &format!("    {}\n", handoff.checking.worst_case(detail.lapsed));
    }
    out += &format!(
        "  Sent out {sender}; questions answered within {} hours; counts as accepted after {} days\n",
        handoff.row.answer_by_hours, handoff.row.accept_after_days
    );
    for (number, title) in &detail.open {
        out += &format!("  Not done: {number} {}\n", shown(title));
    }
    out += "\nHistory\n";
    for event in &detail.history {
        let said = if event.detail.is_empty() {
            String::new()
        } else {
            format!(": {}", shown(&event.detail))
        };
        out += &format!(
            "  {}  {}, {}{said}\n",
            when_micros(event.at, &detail.zone),
            happened(&event.event),
            shown(&event.account_name)
        );
    }
    out += &format!("\n  Id: {}\n", handoff.row.id);
    out
}
