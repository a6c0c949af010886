//! An assignment as the person sees it who does it: what exactly is wanted, step by step, with a place to ask at each; handing in.

mod doing;
mod receiving;
mod said;

pub(in crate::desk::pages) use self::doing::{handed_in, removed};
pub(in crate::desk::pages) use self::receiving::{Purpose, receive};

pub use self::doing::{answer, ask_about, deliver, remove_file, set_hours, tick};

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::assignments::own::{OwnAssignment, terms_of};
use offdesk_actions::assignments::{AssignmentDetail, load_assignment};
use offdesk_actions::people::own::{OwnHandoff, load_own_handoff};
use offdesk_actions::store::assignments::files::FileRow;
use offdesk_domain::Seconds;
use offdesk_domain::assignment::State;
use offdesk_domain::blueprint::{Piece, length_text};
use offdesk_domain::person::Unit;

pub(super) use self::said::{asked, found};
use self::said::{rounds, to_change};
use super::work::{reply, standing, zone_of};
use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::errors::sentence;
use crate::desk::form::Form;
use crate::desk::layout::{Area, Field, desk_page, moment, said as done, wrong};
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
    let seen = ask
        .read(move |tx, actor, _| {
            let detail = load_assignment(tx, actor, id)?;
            let handoff = load_own_handoff(tx, actor, detail.row.handoff_id)?.handoff;
            Ok(Shown {
                path: format!("/my/assignments/{id}"),
                zone: zone_of(&detail.person, actor).map(str::to_owned),
                detail,
                handoff,
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

/// The files that have come and are not handed in, each with a button to remove it.
pub(in crate::desk::pages) fn files_waiting(files: &[FileRow], path: &str) -> Markup {
    html! {
        @for file in files.iter().filter(|file| file.round.is_none()) {
            form.row method="post" action={ (path) "/files/" (file.id) "/removal" } {
                span { bdi { (words::shown(&file.name, 120)) } @if file.received < file.length { " (did not come whole)" } }
                button.plain.small { "Remove it" }
            }
        }
    }
}

/// Where files are chosen that are handed in; what is wrong with one stands beside it.
pub(in crate::desk::pages) fn files_field(label: &str, error: Option<&Error>) -> Markup {
    let fault = error.filter(|error| error.field == "file");
    let described = match fault {
        Some(_) => "file-help file-fault",
        None => "file-help",
    };
    html! {
        div.field {
            label for="file" { (label) }
            p.help #file-help { "Up to 100 MB each. They go in with the button below." }
            input #file type="file" name="file" multiple aria-invalid=[fault.map(|_| "true")] aria-describedby=(described);
            @if let Some(fault) = fault { p.fault #file-fault { (sentence(&fault.message)) } }
        }
    }
}

fn handing_in(seen: &Shown, form: &Form, error: Option<&Error>) -> Markup {
    let row = &seen.detail.row;
    let kept = words::rounded(Seconds(row.seconds).hours(), 2)
        .normalize()
        .to_string();
    let hours = match (form.text("hours"), row.seconds) {
        ("", 0) => "",
        ("", _) => kept.as_str(),
        (typed, _) => typed,
    };
    let is_hourly = row.unit == Unit::Hour.word();
    html! {
        section.card aria-labelledby="hand-in" {
            h2 #hand-in { "Hand it in" }
            p { "A text, a link, files: one of them is enough." }
            (files_waiting(&seen.detail.files, &seen.path))
            form method="post" action={ (seen.path) "/deliverables" } enctype="multipart/form-data" {
                input type="hidden" name="version" value=(row.version);
                // The Enter key presses the first button: time is noted and nothing is handed in by it.
                button.hidden tabindex="-1" aria-hidden="true" formaction={ (seen.path) "/hours" } formnovalidate { "For now" }
                (Area { name: "text", label: "Text", help: "What you made, or a word about it.", value: form.text("text"), rows: 5 }.show(error))
                (Field { kind: "url", ..Field::text("link", "Link", form.text("link")) }.show(error))
                (files_field("Files", error))
                (Field { class: "number", help: "In all, as you would say it: 1.5. The owner sees this sum and nothing else of your time.", ..Field::text("hours", if is_hourly { "Hours it took: they are what is paid" } else { "Hours it took (optional)" }, hours) }.show(error))
                @if error.is_some_and(|error| error.code == "assignment.no_hours") {
                    label.choice { input type="checkbox" name="without_hours" value="1"; span { "Hand it in without hours: I am paid nothing for it, or they stand in my week" } }
                }
                div.actions {
                    button { "Hand it in" }
                    button.plain formaction={ (seen.path) "/hours" } formnovalidate { "Only note the time" }
                }
            }
            p.quiet { "Whether it is looked at is drawn by chance once it is in. What is not picked is accepted." }
        }
    }
}
