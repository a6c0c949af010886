//! What the work of a person shows: counts and ranges for each handoff, its rung and the rule of it, and no score.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::actor::Actor;
use offdesk_actions::assignments::records::{record_of_handoff, record_of_person};
use offdesk_actions::handoffs::HandoffSummary;
use offdesk_actions::store::{Tx, Uuid};
use offdesk_domain::trust::{Ladder, Record};

use crate::desk::errors::sentence;
use crate::words;

/// What the work of a person shows: in all, and by handoff.
pub(super) struct Shown {
    all: Record,
    by_handoff: Vec<(Uuid, String, Record, Ladder)>,
}

/// Reads it.
pub(super) fn load(
    tx: &mut Tx<'_>,
    actor: &Actor,
    person: Uuid,
    handoffs: &[HandoffSummary],
) -> Result<Shown, Error> {
    let mut by_handoff = Vec::new();
    for summary in handoffs.iter().filter(|it| it.handoff.state.is_agreed()) {
        let id = summary.handoff.row.id;
        let (record, ladder) = record_of_handoff(tx, actor, id)?;
        by_handoff.push((id, summary.activity.clone(), record, ladder));
    }
    Ok(Shown {
        all: record_of_person(tx, actor, person)?,
        by_handoff,
    })
}

/// As a section of their page.
pub(super) fn section(shown: &Shown) -> Markup {
    html! {
        section aria-labelledby="record" {
            h2 #record { "How their work went" }
            @if shown.all.on_time.all == 0 { p { "Too early to say: nothing was handed in yet." } } @else {
                (figures(&shown.all))
                p.quiet { "Few numbers say little: where a range stands, the true share lies in it 19 times of 20. Only faults count against the work, a preference never does. There is no score, and nobody is ranked." }
            }
            @if !shown.by_handoff.is_empty() {
                table.rows {
                    caption { "By what is handed off" }
                    thead { tr { th scope="col" { "Activity" } th scope="col" { "Right the first time" } th scope="col" { "On time" } th scope="col" { "Checked" } } }
                    tbody { @for (id, activity, record, ladder) in &shown.by_handoff { tr {
                        th scope="row" { a href={ "/handoffs/" (id) } { bdi { (words::shown(activity, 120)) } } }
                        td data-label="Right the first time" { (record.first_time.in_words()) }
                        td data-label="On time" { (record.on_time.in_words()) }
                        td data-label="Checked" { (ladder.label()) small { (ladder.in_words()) } }
                    } } }
                }
            }
        }
    }
}

fn figures(record: &Record) -> Markup {
    html! {
        dl.facts.brief {
            div { dt { "Right the first time" } dd { (record.first_time.in_words()) } }
            div { dt { "On time" } dd { (record.on_time.in_words()) } }
            div { dt { "Returned for a fault" } dd { (record.rework.in_words()) } }
            div { dt { "Fault found later" } dd { (record.escapes.in_words()) } }
        }
    }
}

/// What the work of one handoff shows, with its rung and the rule of it, as a section of its page.
pub fn record_of_work((record, ladder): &(Record, Ladder)) -> Markup {
    html! {
        section aria-labelledby="record" {
            h2 #record { "How the work went" }
            p { strong { (words::capital(ladder.label())) } ". " (sentence(&ladder.in_words())) }
            @if record.on_time.all == 0 { p { "Too early to say more: nothing was handed in yet." } } @else { (figures(record)) }
        }
    }
}
