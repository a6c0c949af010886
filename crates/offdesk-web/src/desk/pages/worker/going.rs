//! How it's going: where a worker's own work stands on the ladder, by its exact rule, and what was said of what they handed in.

use maud::{Markup, html};
use offdesk_actions::assignments::own::{OwnPast, list_own_past};
use offdesk_actions::people::own::{OwnHandoff, list_own_standings, load_own_record};
use offdesk_domain::trust::{Ladder, Record};

use super::assignment::{asked, found};
use super::work::{standing, zone_of};
use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::errors::sentence;
use crate::desk::layout::{desk_page, moment};
use crate::desk::pages::blueprints::place_of;
use crate::desk::paging::paged;
use crate::words;

/// So many assignments are on one page.
const ROWS: u32 = 30;
/// The rungs, as they are for the one whose work is checked.
const RUNGS: [&str; 4] = [
    "Every one is checked",
    "Every second one",
    "Every fourth one",
    "Every tenth one",
];

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let before = place_of(ask.query.text("before"));
        let (standings, past, zone) = ask
            .read(move |tx, actor, moment| {
                let standings = list_own_standings(tx, actor)?;
                let past = list_own_past(tx, actor, before, ROWS + 1)?;
                let record = load_own_record(tx, actor, moment)?;
                Ok((
                    standings,
                    past,
                    zone_of(&record.row, actor).map(str::to_owned),
                ))
            })
            .await?;
        let body = html! {
            h1 { "How it\u{2019}s going" }
            p.lead { "Where your work stands, by the same rule for everybody. There is no score, and nobody is held against you." }
            @if standings.is_empty() && past.is_empty() { p { "Nothing yet. Once you have handed something in, what was said of it stands here." } }
            @for (handoff, record, ladder) in &standings { (one(handoff, record, ladder)) }
            (history(&past, zone.as_deref(), before.is_some()))
        };
        Ok(shown(desk_page(&ask, "How it's going", &body)))
    })
}

fn one(handoff: &OwnHandoff, record: &Record, ladder: &Ladder) -> Markup {
    let is_critical = handoff.checking.is_critical;
    html! {
        section.card {
            h2 { bdi { (words::shown(&handoff.activity, 120)) } }
            @if let Some((done, of)) = handoff.trial() { p { "The trial: " (done) " of " (of) " accepted. Until it is over each one is looked at." } }
            @if !is_critical {
                ol.ladder { @for (at, name) in RUNGS.iter().enumerate() {
                    li aria-current=[(at == ladder.rung()).then_some("step")] { (name) }
                } }
            }
            p { strong { (sentence(&ladder.in_words())) } }
            @if !is_critical { p.quiet { "Which one is checked is drawn by chance once it is in. Any fault, and all are checked again; a preference moves nothing; one that nobody looked at in time does not count." } }
            dl.facts.brief {
                div { dt { "Right the first time" } dd { (record.first_time.in_words()) } }
                div { dt { "In time" } dd { (record.on_time.in_words()) } }
                div { dt { "Returned for a fault" } dd { (record.rework.in_words()) } }
                div { dt { "Fault found later" } dd { (record.escapes.in_words()) } }
            }
        }
    }
}

fn history(past: &[OwnPast], zone: Option<&str>, is_later: bool) -> Markup {
    let (page, last) = paged(past, ROWS);
    html! {
        @if !page.is_empty() {
            section aria-labelledby="history" {
                h2 #history { "What was said" }
                @for one in page { (said(one, zone)) }
                nav.actions aria-label="More of it" {
                    @if is_later { a href="/my/progress" { "The latest" } }
                    @if let Some(last) = last {
                        a href={ "/my/progress?before=" (last.assignment.row.due_at) "." (last.assignment.row.id) } { "Earlier ones" }
                    }
                }
            }
        }
    }
}

fn said(one: &OwnPast, zone: Option<&str>) -> Markup {
    let row = &one.assignment.row;
    html! {
        article.card {
            h3 { a href={ "/my/assignments/" (row.id) } { bdi { (words::shown(&row.title, 160)) } } }
            p.quiet { "Due " (moment(row.due_at, zone)) @match row.on_time.as_deref() { Some("yes") => ", there in time", Some(_) => ", there later", None => "" } "." }
            p { (standing(&one.assignment, zone)) }
            @for review in &one.reviews {
                @if !review.note.is_empty() { p { bdi { (words::shown(&review.note, 2000)) } } }
            }
            @if !one.findings.is_empty() { (found(one.findings.iter(), None)) }
            (asked(one.questions.iter(), zone))
        }
    }
}
