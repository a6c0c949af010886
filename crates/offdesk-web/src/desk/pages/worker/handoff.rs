//! A handoff as the person it is to sees it: the terms, the blueprint, how it is checked; accept or decline.

use maud::{Markup, html};
use offdesk_actions::activities::Seen;
use offdesk_actions::actor::Actor;
use offdesk_actions::blueprints::comparing::compare;
use offdesk_actions::handoffs::HandoffAnswer;
use offdesk_actions::people::own::{
    OwnDraft, OwnHandoff, OwnHandoffDetail, answer_own_change, answer_own_handoff,
    load_own_attachment, load_own_handoff, load_own_record, write_own_draft,
};
use offdesk_actions::store::{Tx, Uuid};
use offdesk_actions::{Error, Moment};
use offdesk_domain::Day;
use offdesk_domain::blueprint::Blueprint;
use offdesk_domain::handoff::{State, newer_version};
use offdesk_domain::person::Terms;

use super::work::zone_of;
use crate::desk::ask::{Answer, Ask, page as shown, see};
use crate::desk::attachment::{BYTES, attachment};
use crate::desk::errors::{again, sentence};
use crate::desk::form::Form;
use crate::desk::layout::{Area, Field, desk_page, said, wrong};
use crate::desk::pages::blueprints::{attached, difference_of, sections};
use crate::desk::pages::handoffs::{agreed_line, history};
use crate::desk::undecided::{decided, undecided};
use crate::markdown::Files;
use crate::words;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move { Ok(shown(own_handoff_page(&ask, &Form::default(), None).await?)) })
}

async fn own_handoff_page(ask: &Ask, form: &Form, error: Option<&Error>) -> Result<Markup, Error> {
    let id = ask.id("handoff")?;
    let (detail, zone) = ask
        .read(move |tx, actor, moment| {
            let record = load_own_record(tx, actor, moment)?;
            let zone = zone_of(&record.row, actor).map(str::to_owned);
            Ok((load_own_handoff(tx, actor, id)?, zone))
        })
        .await?;
    let handoff = &detail.handoff;
    let name = words::shown(&handoff.activity, 120);
    let body = html! {
        p { a href="/my/handoffs" { "Handed off to you" } }
        h1 { bdi { (name) } }
        (said(if ask.query.text("done") == "written" { "It is saved as a draft. The owner reads it and publishes it." } else { "" }))
        (wrong(error))
        p.lead { (sentence(&handoff.state.in_words())) }
        (terms(handoff, detail.before.as_ref()))
        @if handoff.state == State::Proposed { (answering(handoff, "answer", ["Accept it", "Decline it"], form)) }
        @if let Some((change, why)) = &handoff.change {
            section.card aria-labelledby="change" {
                h2 #change { "A change is proposed" }
                p { (sentence(&agreed_line(change))) " Until you accept it, what was agreed holds." }
                @if !why.is_empty() { p { "Why: " bdi { (words::shown(why, 1000)) } } }
                (answering(handoff, "change/answer", ["Accept the change", "Keep what was agreed"], form))
            }
        }
        (text(&detail, form, error))
        (history(&detail.history, zone.as_deref()))
    };
    Ok(desk_page(ask, &name, &body))
}

fn terms(handoff: &OwnHandoff, before: Option<&(Day, Terms)>) -> Markup {
    html! {
        dl.facts.brief {
            div { dt { "Your pay" } dd { (handoff.agreed.terms) } }
            div { dt { "From" } dd { (words::day(handoff.agreed.start)) @if let Some((since, terms)) = before { small { "Before that: " (terms) ", from " (words::day(*since)) "." } } } }
            div { dt { "Trial" } dd { @match handoff.trial_length {
                0 => "none",
                1 => "the first assignment",
                count => { "the first " (count) " assignments" }
            } } }
            div { dt { "Checked" } dd { (handoff.checking.in_words()) } }
            div { dt { "Sent out" } dd { @if handoff.sends_out { "by you" } @else { "by the owner" } } }
            div { dt { "Your questions" } dd { "are answered within " (handoff.answer_by_hours) " hours; your due date waits meanwhile" } }
            div { dt { "No review" } dd { "within " (handoff.accept_after_days) " days counts as accepted" } }
            @if !handoff.note.is_empty() { div { dt { "For you to know" } dd { bdi { (words::shown(&handoff.note, 2000)) } } } }
        }
    }
}

fn answering(handoff: &OwnHandoff, path: &str, [yes, no]: [&str; 2], form: &Form) -> Markup {
    html! {
        form method="post" action={ "/my/handoffs/" (handoff.id) "/" (path) } {
            input type="hidden" name="version" value=(handoff.version);
            (undecided())
            (Field { help: "The owner reads it.", ..Field::text("said", "What you want to say (optional)", form.text("said")) }.show(None))
            div.row {
                button name="answer" value="accept" { (yes) }
                button.plain name="answer" value="decline" { (no) }
            }
            p.quiet { "Declining is free: nothing is held against you." }
        }
    }
}

fn text(detail: &OwnHandoffDetail, form: &Form, error: Option<&Error>) -> Markup {
    let handoff = &detail.handoff;
    let files = format!("/my/handoffs/{}/attachments", handoff.id);
    html! {
        section aria-labelledby="blueprint" {
            h2 #blueprint { "How it is done: " bdi { (words::shown(&handoff.blueprint, 160)) } ", version " (handoff.agreed.blueprint) }
            @if let Some(newer) = newer_version(handoff.agreed.blueprint, handoff.published) { p.quiet { "Agreed by version " (handoff.agreed.blueprint) "; " (newer) "." } }
        }
        @match &detail.draft {
            Some(draft) => (drafting(handoff, draft, form, error)),
            None => (sections(&Blueprint::of(&detail.text), Files { rows: &detail.attachments, path: &files })),
        }
        (attached(&detail.attachments, &files))
        @if let (Some(text), Some((change, _))) = (&detail.proposed_text, &handoff.change) {
            section aria-labelledby="other" {
                h2 #other { "What is other in the text of version " (change.blueprint) }
                (difference_of(&compare(&detail.text, text)))
            }
            details {
                summary { "Version " (change.blueprint) ", which is proposed" }
                (sections(&Blueprint::of(text), Files { rows: &detail.proposed_attachments, path: &files }))
                (attached(&detail.proposed_attachments, &files))
            }
        }
    }
}

/// The draft that is theirs to write, as it stands and to change.
fn drafting(handoff: &OwnHandoff, draft: &OwnDraft, form: &Form, error: Option<&Error>) -> Markup {
    let is_typed = form.fields().any(|(name, _)| name == "text");
    let text = if is_typed {
        form.raw("text")
    } else {
        &draft.text
    };
    html! {
        p { "Nothing of this page is published yet: it is yours to write. Do the work once, or watch the recording, and write what you do, one action a line." }
        (sections(&Blueprint::of(&draft.text), Files::default()))
        details open[is_typed] {
            summary { "Write it" }
            form method="post" action={ "/my/handoffs/" (handoff.id) "/draft" } {
                input type="hidden" name="version" value=(draft.version);
                (Area { name: "text", label: "How it is done", help: "Plain notes will do, one action a line: they become the steps, and what they do not speak of stays. Headings of the second level are the parts: Outcome, Trigger, Inputs, Steps, Acceptance criteria, Stop and ask, Examples, Links.", value: text, rows: 24 }.show(error))
                (Field::text("note", "Note for the owner (optional)", form.text("note")).show(error))
                button { "Save the draft" }
            }
        }
    }
}

/// Writes the draft.
pub fn write(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("handoff")?, ask.form().await?);
        let (text, note, seen) = (
            form.raw("text").to_owned(),
            form.text("note").to_owned(),
            form.version(),
        );
        let done = ask
            .write(move |tx, actor, moment| {
                write_own_draft(tx, actor, id, &text, &note, seen, moment)
            })
            .await;
        match done {
            Ok(_) => Ok(see(&format!("/my/handoffs/{id}?done=written"))),
            Err(error) => again(&error, own_handoff_page(&ask, &form, Some(&error))).await,
        }
    })
}

/// Gives an attachment out.
pub fn download_attachment(ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, file) = (ask.id("handoff")?, ask.id("attachment")?);
        let file = ask
            .read(move |tx, actor, _| load_own_attachment(tx, actor, id, file))
            .await?;
        Ok(attachment(&file.name, BYTES, file.bytes))
    })
}

/// Accepts or declines the proposal.
pub fn answer(ask: Ask) -> Answer {
    answered(ask, answer_own_handoff)
}

/// Accepts or declines a change of what was agreed.
pub fn answer_change(ask: Ask) -> Answer {
    answered(ask, answer_own_change)
}

/// An action that notes an answer: to the proposal, or to a change.
type Reply = fn(&mut Tx<'_>, &Actor, Uuid, HandoffAnswer, &str, Seen, Moment) -> Result<(), Error>;

/// Answers by what was sent: the proposal, or a change.
fn answered(mut ask: Ask, action: Reply) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("handoff")?, ask.form().await?);
        let (said, seen) = (form.text("said").to_owned(), form.version());
        let word = decided(&form, "answer", "handoff.answer");
        let done = match word.and_then(HandoffAnswer::of) {
            Ok(answer) => ask
                .write(move |tx, actor, moment| action(tx, actor, id, answer, &said, seen, moment))
                .await
                .map(|()| answer),
            Err(error) => Err(error),
        };
        match done {
            Ok(HandoffAnswer::Accept) => Ok(see("/my/handoffs?done=accepted")),
            Ok(HandoffAnswer::Decline) => Ok(see("/my/handoffs?done=declined")),
            Err(error) => again(&error, own_handoff_page(&ask, &form, Some(&error))).await,
        }
    })
}
