//! Handoffs as text for people.

use offdesk_actions::handoffs::{Expectation, HandoffDetail, HandoffSummary, SoFar};
use offdesk_domain::handoff::{Reason, Scope, SentBy, happened, newer_version};
use offdesk_import::problem::shown;
use offdesk_web::words;

use super::super::amounts::about;
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
    out += &expected(&Expectation::of(&handoff.row.expected));
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

/// What was expected of it when it was handed off.
fn expected(all: &Expectation) -> String {
    let Some(freed) = all.hours_freed else {
        let hours = all.hours_per_week.map_or_else(String::new, |hours| {
            format!("it took {} a week of yours; ", words::hours_long(hours))
        });
        return format!("  Expected: {hours}what it brings was not weighed\n");
    };
    let from = if all.is_kept {
        "from the option you kept"
    } else {
        "from your hours and what is assumed"
    };
    let mut out = format!("  Expected of a year, {from}:\n");
    if let Some(value) = all.net_value {
        out += &format!("    net value about {}\n", about(value, all.currency));
    }
    out += &format!("    {} of yours freed\n", words::hours_long(freed));
    if let Some(price) = all.price_per_hour {
        let price = about(price, all.currency);
        out += &format!("    an hour bought back for about {price}\n");
    }
    if let Some(week) = all.break_even_week {
        out += &format!("    paid for itself in week {week}\n");
    }
    if let Some(why) = &all.unweighed {
        out += &format!("    not weighed in money: {why}\n");
    }
    out
}
