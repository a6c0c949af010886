//! My work: what is to do by its due date, with expected time and pay; accept or decline; off until.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::actor::Actor;
use offdesk_actions::assignments::own::{OwnAssignment, OwnWork, list_own_work};
use offdesk_actions::assignments::own_gone::{OwnGone, list_own_gone};
use offdesk_actions::people::own::{OwnHandoff, OwnRecord, list_own_handoffs, load_own_record};
use offdesk_actions::store::people::PersonRow;
use offdesk_domain::assignment::{Acceptance, Missed, State};
use offdesk_domain::blueprint::length_text;

use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::layout::{Field, desk_page, moment, said, wrong};
use crate::words;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move { Ok(shown(work_page(&ask, None).await?)) })
}

/// The page, with what went wrong.
///
/// # Errors
/// Those of the actor and of the store.
pub(super) async fn work_page(ask: &Ask, error: Option<&Error>) -> Result<Markup, Error> {
    let (work, gone, record, handoffs) = ask
        .read(|tx, actor, moment| {
            Ok((
                list_own_work(tx, actor)?,
                list_own_gone(tx, actor, None, moment)?,
                load_own_record(tx, actor, moment)?,
                list_own_handoffs(tx, actor)?,
            ))
        })
        .await?;
    let body = html! {
        h1 { "My work" }
        (said(if error.is_none() { note_of(ask) } else { "" }))
        (wrong(error))
        (proposals(&handoffs))
        (lists(ask, &work, zone_of(&record.row, ask.actor()?)))
        (no_more(&gone, zone_of(&record.row, ask.actor()?)))
        (off(&record, error))
    };
    Ok(desk_page(ask, "My work", &body))
}

fn note_of(ask: &Ask) -> &'static str {
    match ask.query.text("done") {
        "agree" => {
            "You have taken it. Its price and its date stay as they are unless you accept a change."
        }
        "decline" => {
            "You have declined. That is free, and nothing is held against you. What you agreed to before goes on as agreed."
        }
        "handed_in" => "It is handed in.",
        "off" => "It is noted until when you are off.",
        "back" => "It is noted that you are back.",
        _ => "",
    }
}

fn proposals(handoffs: &[OwnHandoff]) -> Markup {
    let waiting: Vec<&OwnHandoff> = handoffs.iter().filter(|it| it.is_waiting()).collect();
    html! {
        @for handoff in waiting {
            div.banner { span {
                a href={ "/my/handoffs/" (handoff.id) } { bdi { (words::shown(&handoff.activity, 120)) } }
                @if handoff.change.is_some() { ": a change waits for your answer." } @else { ": it is proposed to hand this off to you. Your answer is awaited." }
            } }
        }
    }
}

fn lists(ask: &Ask, work: &OwnWork, zone: Option<&str>) -> Markup {
    // What came back is begun already: it stands first.
    let is_returned = |one: &&OwnAssignment| one.course.state == State::Returned;
    let (returned, to_do): (Vec<_>, Vec<_>) = work.in_hand.iter().partition(is_returned);
    let is_empty =
        work.to_answer.is_empty() && work.in_hand.is_empty() && work.handed_in.is_empty();
    html! {
        @if is_empty { p { "Nothing is to do. When something is given to you, it stands here with its due date and its pay, and you say whether you take it." } }
        @if !returned.is_empty() {
            section aria-labelledby="returned" {
                h2 #returned { "Returned to you" }
                @for one in &returned { article.card { (card(ask, one, zone)) } }
            }
        }
        @if !work.to_answer.is_empty() {
            section aria-labelledby="answer" {
                h2 #answer { "Do you take it?" }
                p.quiet { "Declining is free: nothing is held against you." }
                @for one in &work.to_answer { article.card {
                    (card(ask, one, zone))
                    (reply(one))
                } }
            }
        }
        @if !to_do.is_empty() {
            section aria-labelledby="to-do" {
                h2 #to-do { "To do" }
                @for one in &to_do { article.card { (card(ask, one, zone)) } }
            }
        }
        @if !work.handed_in.is_empty() {
            section aria-labelledby="handed-in" {
                h2 #handed-in { "Handed in" }
                @for one in &work.handed_in { article.card { (card(ask, one, zone)) } }
            }
        }
    }
}

/// What they had and have no more, of the last two weeks.
fn no_more(gone: &OwnGone, zone: Option<&str>) -> Markup {
    html! {
        @if !gone.assignments.is_empty() || !gone.handoffs.is_empty() {
            section aria-labelledby="gone" {
                h2 #gone { "No longer yours to do" }
                ul {
                    @for one in &gone.assignments { li {
                        a href={ "/my/assignments/" (one.row.id) } { bdi { (words::shown(&one.row.title, 160)) } } ", due " (moment(one.row.due_at, zone)) ": " (standing(one, zone))
                    } }
                    @for handoff in &gone.handoffs { li {
                        a href={ "/my/handoffs/" (handoff.id) } { bdi { (words::shown(&handoff.activity, 120)) } } ": " (handoff.state.in_words()) ". Nothing is given to you under it at the moment."
                    } }
                }
            }
        }
    }
}

fn card(ask: &Ask, one: &OwnAssignment, zone: Option<&str>) -> Markup {
    html! {
        h3 { a href={ "/my/assignments/" (one.row.id) } data-find { bdi { (words::shown(&one.row.title, 160)) } } }
        p { strong { "Due " (moment(one.row.due_at, zone)) }
            @if one.course.is_overdue(ask.moment.now) { " " span.tag.missing { "overdue" } } }
        p { (standing(one, zone)) }
        p.quiet { @if let Some(minutes) = one.minutes { "About " (length_text(minutes)) " \u{b7} " } (one.terms) }
    }
}

/// How an assignment stands, for the one who does it.
pub(super) fn standing(one: &OwnAssignment, zone: Option<&str>) -> Markup {
    let by = |at: Option<i64>| at.map(|at| moment(at, zone));
    html! {
        @match one.course.state {
            State::Assigned { waits, before, .. } => { @if before.is_some() { "A change of what you agreed to, not answered yet" } @else { "Given to you, not answered yet" } @if let Some(by) = by(one.row.answer_by) { "; say so by " (by) } "." @if waits.is_some() { " What you have asked still waits for an answer; your due date stands still meanwhile." } },
            State::Agreed => "You have taken it; nothing is begun.",
            State::InProgress => "You are at it.",
            State::Waiting(_) => "It waits for an answer to your question. Your due date stands still meanwhile.",
            State::Delivered { .. } => { "It is looked at." @if let Some(by) = by(one.row.accept_at) { " If nobody has looked by " (by) ", it counts as accepted." } },
            State::Returned => "It was returned: there is something to change.",
            State::Accepted { how, .. } | State::Closed { how } => (accepted(how)),
            State::Declined => "You have declined it.",
            State::Cancelled => "It was taken back.",
            State::Expired => "Nobody answered in time, so it is not given any more.",
            State::Missed => (missed(one.row.missed_why.as_deref())),
        }
    }
}

/// Why an occurrence was never given, to the one who would have done it.
fn missed(why: Option<&str>) -> &'static str {
    match why.and_then(Missed::of) {
        None | Some(Missed::Late) => "It was due before it could be given.",
        Some(Missed::Off) => "You were off, so it was not given to you.",
        Some(_) => "Nothing was given under its handoff then.",
    }
}

fn accepted(how: Acceptance) -> &'static str {
    match how {
        Acceptance::Reviewed => "Accepted: it was looked at.",
        Acceptance::NotPicked => "Accepted: it was not picked to be looked at.",
        Acceptance::TimedOut => "Accepted: nobody looked in time, so it counts as accepted.",
    }
}

/// Take it, or not.
pub(super) fn reply(one: &OwnAssignment) -> Markup {
    html! {
        form method="post" action={ "/my/assignments/" (one.row.id) "/reply" } {
            input type="hidden" name="version" value=(one.row.version);
            div.row {
                button name="answer" value="agree" { "Accept it" }
                button.plain name="answer" value="decline" { "Decline it" }
            }
        }
    }
}

/// The zone in which somebody reads times: their own, else that of the workspace.
pub(super) fn zone_of<'z>(row: &'z PersonRow, actor: &'z Actor) -> Option<&'z str> {
    let zones = [row.zone.as_str(), actor.zone.as_str()];
    zones.into_iter().find(|zone| !zone.is_empty())
}

fn off(record: &OwnRecord, error: Option<&Error>) -> Markup {
    html! {
        section aria-labelledby="off" {
            h2 #off { "I\u{2019}m off until" }
            @if let Some(back) = record.off_until {
                p { "You are off, back on " (words::day(back)) "." }
                form method="post" action="/my/off" { button.plain { "I am back" } }
            } @else {
                form.row method="post" action="/my/off" {
                    (Field { kind: "date", class: "short", is_needed: true, help: "The first day on which you are back.", ..Field::text("off_until", "Back on", "") }.show(error))
                    button.plain { "Note it" }
                }
            }
            p { a href="/notices" { "The daily mail, and due dates in your calendar" } }
        }
    }
}
