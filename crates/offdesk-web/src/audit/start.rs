//! The one activity to hand off first, and why this one.

use maud::{Markup, html};
use offdesk_domain::audit::{Audit, AuditedActivity, HandoffOutlook};
use rust_decimal::Decimal;

use super::headline::weeks;
use crate::words;

/// Where to start; where nothing pays back its set-up, that; where nothing is below the line, nothing.
pub fn start(audit: &Audit) -> Markup {
    let first = audit.start_with.and_then(|at| audit.activities.get(at));
    let first = first.and_then(|activity| {
        let handoff = activity.handoff?;
        Some(First {
            activity,
            handoff,
            person: None,
            price: activity.activity.likely(),
        })
    });
    start_with(audit, first)
}

/// The activity to start with.
#[derive(Debug, Clone, Copy)]
pub struct First<'f> {
    /// The activity.
    pub activity: &'f AuditedActivity,
    /// What handing it off would bring.
    pub handoff: HandoffOutlook,
    /// By whom, where the owner has weighed it.
    pub person: Option<&'f str>,
    /// The price of an hour, where it has one.
    pub price: Option<Decimal>,
}

/// The same with an activity chosen elsewhere, such as the first one that was not put off.
pub fn start_with(audit: &Audit, first: Option<First<'_>>) -> Markup {
    html! {
        @if let Some(first) = first {
            section.first aria-labelledby="start" { (one(audit, first)) }
        } @else if audit.summary.gap > Decimal::ZERO {
            section.first aria-labelledby="start" {
                h2 #start { "Nothing here to start with yet" }
                p { "None of these activities brings more than it takes within a year: set-up, learning, talk, review and faults are counted, and half of the freed hours as worked. Your own figures may say otherwise." }
            }
        }
    }
}

fn one(audit: &Audit, first: First<'_>) -> Markup {
    let First {
        activity,
        handoff,
        person,
        price,
    } = first;
    let currency = audit.worth.currency;
    html! {
        h2 #start { "Start with this one: " bdi.name { (words::shown(&activity.activity.name, 120)) } }
        p {
            (words::hours_long(activity.hours_per_week)) " a week"
            @match (person, price) {
                (Some(person), _) => { ", with " bdi { (words::shown(person, 60)) } ", by your own figures" }
                (None, Some(price)) => { ", about " (words::about(price, currency)) " an hour" }
                (None, None) => {}
            }
            ". "
            @if let Some(week) = handoff.payback_week { "Pays back your set-up time in week " (week) ". " }
            "First-year gain about " (words::about(handoff.first_year_gain, currency))
            ", after everything"
            @if audit.summary.range.is_some() { " (a guess, from " (weeks(audit)) " of data)" }
            "."
        }
        p { (ready(audit, first)) }
    }
}

/// How ready it is to be handed off, and what says so.
fn ready(audit: &Audit, first: First<'_>) -> String {
    let degree = match first.handoff.steps() {
        4.. => "Ready to hand off",
        3 => "Nearly ready to hand off",
        _ => "It needs some preparation",
    };
    let activity = first.activity;
    let reason = activity.readiness_in_words(first.price, audit.worth.hour, audit.weeks);
    format!("{degree}: {reason}. It comes first by its net value a year and readiness together.")
}
