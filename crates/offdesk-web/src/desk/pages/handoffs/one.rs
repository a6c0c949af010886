//! One handoff: where it stands, what was agreed, what is expected, its history, and what can be done.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::assignments::count_of_handoff;
use offdesk_actions::assignments::mailed::mailbox_of;
use offdesk_actions::assignments::records::record_of_handoff;
use offdesk_actions::assignments::recurring::list_recurrences;
use offdesk_actions::budgets::{Which, Whose, list_budgets};
use offdesk_actions::handoffs::{Expectation, Handoff, HandoffDetail, load_handoff, load_so_far};
use offdesk_actions::people::list_off;
use offdesk_actions::store::handoffs::events::HandoffEventRow;
use offdesk_domain::handoff::{Reason, Running, SentBy, State, happened, newer_version};
use rust_decimal::Decimal;

use super::forms::{changing, checking, ending, proposing};
use super::mailbox;
use super::recurring::section;
use super::standing::agreed_line;
use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::errors::sentence;
use crate::desk::form::Form;
use crate::desk::layout::{Field, desk_page, moment, said, wrong};
use crate::desk::pages::budgets;
use crate::desk::pages::next::may_edit;
use crate::desk::pages::pay::milestone;
use crate::desk::pages::people::record_of_work;
use crate::desk::pages::work::{COUNTED, off_line, zone_of};
use crate::desk::undecided::undecided;
use crate::words;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move { Ok(shown(handoff_page(&ask, &Form::default(), None).await?)) })
}

/// The page, with what went wrong.
///
/// # Errors
/// `not_found`.
pub async fn handoff_page(ask: &Ask, form: &Form, error: Option<&Error>) -> Result<Markup, Error> {
    handoff_page_with(ask, form, error, None).await
}

/// The page, with an address for assignments that was made just now.
///
/// # Errors
/// `not_found`.
pub(super) async fn handoff_page_with(
    ask: &Ask,
    form: &Form,
    error: Option<&Error>,
    address: Option<&str>,
) -> Result<Markup, Error> {
    let id = ask.id("handoff")?;
    let (detail, given, recurrences, zone, record, mailbox, budgets, so_far, off) = ask
        .read(move |tx, actor, moment| {
            let detail = load_handoff(tx, actor, id)?;
            let given = count_of_handoff(tx, actor, id, COUNTED)?;
            let recurrences = list_recurrences(tx, actor, id)?;
            let record = record_of_handoff(tx, actor, id)?;
            let mailbox = mailbox_of(tx, actor, id)?;
            let person = detail.summary.handoff.row.person_id;
            let around = Which::Around {
                handoff: id,
                person,
            };
            let budgets = list_budgets(tx, actor, around, None, moment)?;
            let zone = zone_of(tx, actor)?;
            let only = std::slice::from_ref(&detail.summary);
            let so_far = load_so_far(tx, actor, only, moment)?.pop();
            let so_far = so_far.unwrap_or_default();
            let off = list_off(tx, actor, [person], moment)?.remove(&person);
            Ok((
                detail,
                given,
                recurrences,
                zone,
                record,
                mailbox,
                budgets,
                so_far,
                off,
            ))
        })
        .await?;
    let (summary, handoff) = (&detail.summary, &detail.summary.handoff);
    let person = words::shown(&summary.person, 80);
    let title = format!("{} to {person}", words::shown(&summary.activity, 80));
    let body = html! {
        p { a href="/handoffs" { "Handoffs" } }
        h1 { bdi { (words::shown(&summary.activity, 80)) } " to " bdi { (person) } }
        (said(if error.is_none() { note_of(ask) } else { "" }))
        (wrong(error))
        p.lead { (sentence(&handoff.state.in_words())) }
        @if handoff.state.is_open() { (off_line(off)) }
        (facts(&detail, given))
        @if may_edit(ask) { (next_step(&detail, &person, form)) }
        (open_change(ask, &detail, &person))
        @if handoff.state.is_agreed() { (record_of_work(&record)) }
        @if handoff.state.is_agreed() || !recurrences.is_empty() {
            (section(ask, handoff, (&recurrences, &zone), form, error))
        }
        @if may_edit(ask) && handoff.state.is_agreed() { (mailbox::section(id, mailbox.as_ref(), address, &zone, form, error)) }
        (expected(handoff))
        @if so_far.since.is_some() { p { "So far: earned " (so_far.money_in_words()) "; your own time " (so_far.time_in_words()) "." } }
        (budgets::section(ask, &budgets, Whose::Handoff(id), form, error))
        @if may_edit(ask) {
            @if detail.has_milestones { (milestone::section(&id.to_string(), form, error)) }
            @if handoff.state.is_agreed() { (changing(&detail, form, error)) }
            @if handoff.state.is_open() { (checking(handoff, form, error)) }
            @if matches!(handoff.state, State::Proposed | State::Declined) { (proposing(handoff, form, error)) }
            @if !matches!(handoff.state, State::Ended(_)) { (ending(&detail, form, error)) }
        }
        (history(&detail.history, ask.zone()))
    };
    Ok(desk_page(ask, &title, &body))
}

fn note_of(ask: &Ask) -> &'static str {
    match ask.query.text("done") {
        "proposed" => {
            "It is proposed. What was expected of it is kept, to be held against what comes."
        }
        "answered" => "The answer is noted.",
        "moved" => "Done. It stands in the history below.",
        "changing" => "The change is proposed. Until it is accepted, what was agreed holds.",
        "checking" => "From now on it is checked in this way.",
        "withdrawn" => "The change is taken back.",
        "milestone" => "The milestone is noted. It stands on the next statement.",
        "repeats" => "It comes back by itself. When it is due next stands below.",
        "no_mailbox" => "That address leads nowhere any more.",
        "budget" => "The budget is set.",
        "no_budget" => "The budget is taken away.",
        "zone" => "It comes back on the clock of that zone now.",
        "stopped" => "It comes back no more. What was given stays.",
        _ => "",
    }
}

fn facts(detail: &HandoffDetail, given: u64) -> Markup {
    let (summary, handoff) = (&detail.summary, &detail.summary.handoff);
    let row = &handoff.row;
    html! {
        dl.facts.brief {
            div { dt { "Activity" } dd { a href={ "/activities/" (row.activity_id) } { bdi { (words::shown(&summary.activity, 120)) } } } }
            div { dt { "Person" } dd { a href={ "/people/" (row.person_id) } { bdi { (words::shown(&summary.person, 80)) } } } }
            div { dt { "Blueprint" } dd { a href={ "/blueprints/" (row.blueprint_id) "/versions/" (row.agreed.blueprint_number) } { bdi { (words::shown(&summary.blueprint, 120)) } } ", version " (row.agreed.blueprint_number) @if detail.published == 0 { " (a draft)" }
                @if let Some(newer) = newer_version(handoff.agreement.agreed.blueprint, detail.published) { small { "Agreed by version " (row.agreed.blueprint_number) "; " (newer) "." } } } }
            div { dt { "Terms" } dd { (handoff.agreement.agreed.terms) ", from " (words::day(handoff.agreement.agreed.start)) @if let Some((since, terms)) = &detail.before { small { "Before that: " (terms) ", from " (words::day(*since)) "." } } } }
            @if handoff.state.is_agreed() || given > 0 { div { dt { "Assignments" } dd { a href={ "/work?handoff=" (row.id) } { "All of them (" (given) ")" } small { "Without what waits for a review, which is blind." } } } }
            div { dt { "Why" } dd { @match handoff.reason { Reason::Focus => "focus: it frees your hours", Reason::Better => "better: they do it better" } } }
            div { dt { "Checked" } dd { (handoff.checking.in_words()) @if handoff.state.is_agreed() || detail.lapsed > 0 { small { (handoff.checking.worst_case(detail.lapsed)) } } } }
            div { dt { "Sent out" } dd { @match handoff.sent_by { SentBy::Owner => "by you", SentBy::Worker => "by them" } } }
            div { dt { "Questions" } dd { "answered within " (row.answer_by_hours) " hours; their due date waits meanwhile" } }
            div { dt { "No review" } dd { "counts as accepted after " (row.accept_after_days) " days" } }
            @if !row.note.is_empty() { div { dt { "They were told" } dd { bdi { (words::shown(&row.note, 2000)) } } } }
        }
    }
}

/// The one thing to do next, where there is one.
fn next_step(detail: &HandoffDetail, person: &str, form: &Form) -> Markup {
    let handoff = &detail.summary.handoff;
    let path = format!("/handoffs/{}", handoff.row.id);
    let go = |what: &str, label: &str, is_plain: bool| {
        html! { form method="post" action={ (path) "/move" } {
            input type="hidden" name="version" value=(handoff.row.version);
            button.plain[is_plain] name="move" value=(what) { (label) }
        } }
    };
    html! {
        @match handoff.state {
            State::Proposed if detail.has_joined => p { bdi { (person) } " answers on their own page." },
            State::Proposed => form method="post" action={ (path) "/answer" } {
                input type="hidden" name="version" value=(handoff.row.version);
                (undecided())
                p { bdi { (person) } " has not joined: note the answer they gave you." }
                (Field::text("said", "What they said (optional)", form.text("said")).show(None))
                div.row {
                    button name="answer" value="accept" { "They accept" }
                    button.plain name="answer" value="decline" { "They decline" }
                }
            },
            State::Running(Running::Accepted) => div.actions {
                (go("begin", if handoff.row.trial_length > 0 { "Begin the trial" } else { "Begin" }, false))
                (go("pause", "Pause", true))
            },
            State::Running(Running::Trial { .. }) => div.actions {
                (go("end_trial", "End the trial: it works", true))
                (go("pause", "Pause", true))
            },
            State::Running(Running::Active) => div.actions { (go("pause", "Pause", true)) },
            State::Paused(_) => div.actions { (go("resume", "Go on with it", false)) },
            State::Declined | State::Ended(_) => {}
        }
    }
}

fn open_change(ask: &Ask, detail: &HandoffDetail, person: &str) -> Markup {
    let handoff = &detail.summary.handoff;
    let Some(change) = &handoff.agreement.proposed else {
        return html! {};
    };
    let path = format!("/handoffs/{}/change", handoff.row.id);
    html! {
        section.card aria-labelledby="open" {
            h2 #open { "A change is open" }
            p { (sentence(&agreed_line(change))) " Until it is accepted, what was agreed holds." }
            @if !handoff.row.change_note.is_empty() { p { "Why: " bdi { (words::shown(&handoff.row.change_note, 1000)) } } }
            @if may_edit(ask) {
                div.actions {
                    @if detail.has_joined { span { bdi { (person) } " answers on their own page." } } @else {
                        form method="post" action={ (path) "/answer" } {
                            input type="hidden" name="version" value=(handoff.row.version);
                            button name="answer" value="accept" { "They accept" }
                            " "
                            button.plain name="answer" value="decline" { "They decline" }
                        }
                    }
                    form method="post" action={ (path) "/removal" } {
                        input type="hidden" name="version" value=(handoff.row.version);
                        button.plain { "Take it back" }
                    }
                }
            }
        }
    }
}

/// What was reckoned when it was handed off.
fn expected(handoff: &Handoff) -> Markup {
    let all = Expectation::of(&handoff.row.expected);
    let (Some(currency), Some(freed)) = (all.currency, all.hours_freed) else {
        return html! {
            section aria-labelledby="expected" {
                h2 #expected { "What you expected" }
                p {
                    @if let Some(hours) = all.hours_per_week { "It took " (words::hours_long(hours)) " a week of yours. " }
                    "What it brings was not weighed when you handed it off: "
                    a href={ "/next/" (handoff.row.activity_id) "/decision" } { "weigh it" }
                    @if handoff.state == State::Proposed { ", then propose it again" } "."
                }
            }
        };
    };
    let money = |amount: Decimal| words::about(amount, currency);
    html! {
        section aria-labelledby="expected" {
            h2 #expected { "What you expected" }
            p.quiet { @if all.is_kept { "From the options you kept for it." } @else { "From your hours and what is assumed; you had kept no option under their name." } " It is kept as it was when you handed it off, and only you see it." }
            dl.parts {
                @if let Some(value) = all.net_value { div { dt { "net value in the year" } dd { "about " (money(value)) } } }
                div { dt { "of your hours freed in the year" } dd { (words::hours_about(freed)) } }
                @if let Some(price) = all.price_per_hour { div { dt { "is the price of an hour bought back" } dd { (money(price)) } } }
                @if let Some(week) = all.break_even_week { div { dt { "is when it has paid for itself" } dd { "week " (week) } } }
            }
            @if let Some(why) = &all.unweighed { p { "What it brings in money was not weighed: " (why) "." } }
        }
    }
}

/// The history of a handoff, the latest first.
pub fn history(rows: &[HandoffEventRow], zone: Option<&str>) -> Markup {
    html! {
        section aria-labelledby="history" {
            h2 #history { "History" }
            table.rows {
                thead { tr { th scope="col" { "When" } th scope="col" { "What" } th scope="col" { "By" } th scope="col" { "Said" } } }
                tbody { @for row in rows { tr {
                    th scope="row" { (moment(row.at, zone)) }
                    td data-label="What" { (happened(&row.event)) }
                    td data-label="By" { bdi { (words::shown(&row.account_name, 80)) } }
                    td data-label="Said" { @if !row.detail.is_empty() { bdi { (words::shown(&row.detail, 1000)) } } }
                } } }
            }
        }
    }
}
