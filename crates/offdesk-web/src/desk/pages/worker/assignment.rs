//! An assignment as the person sees it who does it: what exactly is wanted, step by step, with a place to ask at each; handing in.

mod doing;
mod handing;
mod receiving;
mod said;

pub(in crate::desk::pages) use self::doing::{handed_in, removed};
pub(in crate::desk::pages) use self::handing::{files_field, files_waiting};
pub(in crate::desk::pages) use self::receiving::{Purpose, receive};

pub use self::doing::{answer, ask_about, deliver, remove_file, set_hours, tick};

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::assignments::own::{OwnAssignment, terms_of};
use offdesk_actions::assignments::{AssignmentDetail, load_assignment};
use offdesk_actions::people::own::{OwnHandoff, load_own_handoff};
use offdesk_domain::assignment::State;
use offdesk_domain::blueprint::{Piece, length_text};

use self::handing::handing_in;
pub(super) use self::said::{asked, found};
use self::said::{rounds, to_change};
use super::work::{reply, standing, zone_of};
use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::form::Form;
use crate::desk::layout::{desk_page, moment, said as done, wrong};
use crate::desk::once::once_field;
use crate::desk::pages::blueprints::{attached, text};
use crate::desk::pages::work::{agreed, needs};
use crate::markdown::{Files, rendered_with};
use crate::words;

/// All that the page shows.
pub(super) struct Shown {
    pub(super) detail: AssignmentDetail,
    pub(super) handoff: OwnHandoff,
    pub(super) path: String,
    /// The zone of their clock.
    pub(super) zone: Option<String>,
    /// What tells the forms of this page from those of another one.
    once: Markup,
}

impl Shown {
    fn zone(&self) -> Option<&str> {
        self.zone.as_deref()
    }

    fn own(&self) -> Result<OwnAssignment, Error> {
        let row = self.detail.row.clone();
        Ok(OwnAssignment {
            course: self.detail.course,
            terms: terms_of(&row.unit, &row.amount, &row.currency)?,
            minutes: self.detail.blueprint.minutes,
            row,
        })
    }

    /// The files that links of the blueprint may lead to.
    fn files<'f>(&'f self, path: &'f str) -> Files<'f> {
        let rows = &self.detail.attachments;
        Files { rows, path }
    }

    fn is_in_hand(&self) -> bool {
        self.detail.course.state.is_in_hand()
    }
}

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let page = assignment_page(&ask, &Form::default(), None).await?;
        Ok(shown(page))
    })
}

pub(super) async fn assignment_page(
    ask: &Ask,
    form: &Form,
    error: Option<&Error>,
) -> Result<Markup, Error> {
    let id = ask.id("assignment")?;
    let once = once_field(ask, &Form::default());
    let seen = ask
        .read(move |tx, actor, _| {
            let detail = load_assignment(tx, actor, id)?;
            let handoff = load_own_handoff(tx, actor, detail.row.handoff_id)?.handoff;
            Ok(Shown {
                path: format!("/my/assignments/{id}"),
                zone: zone_of(&detail.person, actor).map(str::to_owned),
                detail,
                handoff,
                once,
            })
        })
        .await?;
    let own = seen.own()?;
    let title = words::shown(&own.row.title, 160);
    let files = format!("{}/files", seen.path);
    let body = html! {
        p { a href="/my/work" { "My work" } }
        h1 { bdi { (title) } }
        (done(if error.is_none() { note_of(ask) } else { "" }))
        (wrong(error))
        p.lead { (standing(&own, seen.zone())) }
        (facts(&seen, &own))
        (needs(&seen.detail, &files))
        (agreed(&own.row, seen.zone()))
        @if matches!(own.course.state, State::Assigned { .. }) {
            (reply(&own))
            p.quiet { "Declining is free: nothing is held against you." @if own.row.before.is_some() { " Steps are ticked and work is handed in once you have answered; where you decline, at once, as you agreed to it." } }
        }
        (to_change(&seen))
        // What exactly is wanted: the blueprint, with its steps to tick.
        (text(&seen.detail.blueprint, Some(&steps(&seen)), seen.files(&files)))
        (attached(&seen.detail.attachments, &files))
        (questions(&seen))
        @if seen.is_in_hand() { (handing_in(&seen, form, error)) }
        (rounds(&seen))
    };
    Ok(desk_page(ask, &title, &body))
}

fn note_of(ask: &Ask) -> &'static str {
    match ask.query.text("done") {
        "asked" => "Your question is asked. Your due date stands still until it is answered.",
        "hours" => "The time is noted.",
        "removed" => "The file is removed.",
        "agree" => {
            "You have taken it. Its price and its date stay as they are unless you accept a change."
        }
        "handed_in" => "It is handed in.",
        _ => "",
    }
}

fn facts(seen: &Shown, own: &OwnAssignment) -> Markup {
    let row = &own.row;
    html! {
        dl.facts.brief {
            div { dt { "Due" } dd { (moment(row.due_at, seen.zone())) } }
            @if let Some(minutes) = own.minutes { div { dt { "Expected time" } dd { "about " (length_text(minutes)) } } }
            div { dt { "Your pay" } dd { (own.terms) } }
            @if seen.detail.files_beside().next().is_some() { div { dt { "With it" } dd { @for file in seen.detail.files_beside() { p { a href={ "/my/assignments/" (row.id) "/files/" (file.id) } { bdi { (words::shown(&file.name, 120)) } } } } } } }
            @if !row.note.is_empty() { div { dt { "For this time" } dd { bdi { (words::shown(&row.note, 4000)) } } } }
            div { dt { "Your questions" } dd { "are answered within " (row.answer_by_hours) " hours; your due date waits meanwhile" } }
            div { dt { "No review" } dd { "within " (row.accept_after_days) " days counts as accepted" } }
            div { dt { "Part of" } dd { a href={ "/my/handoffs/" (row.handoff_id) } { bdi { (words::shown(&seen.handoff.activity, 120)) } } ", by version " (row.blueprint_number) " of the blueprint" } }
        }
    }
}

fn steps(seen: &Shown) -> Markup {
    let mut place = 0_i64;
    let pieces = seen.detail.blueprint.steps.iter().map(|piece| match piece {
        Piece::Item(text) => {
            place += 1;
            (Some(place), text.as_str())
        }
        Piece::Text(text) => (None, text.as_str()),
    });
    let pieces: Vec<(Option<i64>, &str)> = pieces.collect();
    let files = format!("{}/files", seen.path);
    html! {
        @if !pieces.is_empty() {
            section aria-labelledby="steps" {
                h2 #steps { "Steps" }
                @if seen.is_in_hand() { p.quiet { (seen.detail.ticked.len()) " of " (place) " ticked" } }
                ol.steps { @for (place, text) in pieces {
                    @match place {
                        Some(place) => (step(seen, place, text)),
                        None => li.prose { (rendered_with(text, seen.files(&files))) },
                    }
                } }
            }
        }
    }
}

fn step(seen: &Shown, place: i64, text: &str) -> Markup {
    let is_done = seen.detail.ticked.contains(&place);
    let mark = if is_done { "\u{2713}" } else { "" };
    html! {
        li.step id={ "step-" (place) } {
            @if seen.is_in_hand() {
                form method="post" action={ (seen.path) "/steps/" (place) } data-inplace {
                    button.tick id={ "tick-" (place) } name="done" value=(if is_done { "" } else { "1" }) aria-pressed=(if is_done { "true" } else { "false" }) aria-label={ "Step " (place) " is done" } { (mark) }
                }
            } @else { span.tick aria-hidden="true" { (mark) } }
            div.prose {
                p.quiet { "Step " (place) @if is_done { ", done" } }
                (rendered_with(text, seen.files(&format!("{}/files", seen.path))))
                @if seen.detail.open_findings_at(place).next().is_some() { (found(seen.detail.open_findings_at(place), None)) }
                (asked(seen.detail.questions.iter().filter(|it| it.step == Some(place) && it.blueprint_number == seen.detail.row.blueprint_number), seen.zone()))
                @if seen.is_in_hand() {
                    details { summary { "Ask about this step" } (asking(seen, Some(place))) }
                }
            }
        }
    }
}

fn asking(seen: &Shown, step: Option<i64>) -> Markup {
    let place = step.unwrap_or(0);
    html! {
        form method="post" action={ (seen.path) "/questions" } {
            (seen.once)
            @if step.is_some() { input type="hidden" name="step" value=(place); }
            div.field {
                label for={ "ask-" (place) } { "Your question" }
                textarea id={ "ask-" (place) } name="question" rows="3" maxlength="4000" required {}
            }
            button.plain { "Ask it" }
        }
    }
}

fn questions(seen: &Shown) -> Markup {
    let all = seen.detail.questions.iter();
    let whole = all
        .filter(|it| it.step.is_none() || it.blueprint_number != seen.detail.row.blueprint_number);
    html! {
        section aria-labelledby="questions" {
            h2 #questions { "Questions to the whole" }
            (asked(whole, seen.zone()))
            @if seen.is_in_hand() {
                details { summary { "Ask something" } (asking(seen, None)) }
            } @else { p.quiet { "You can ask once you have taken it and until it is handed in." } }
        }
    }
}
