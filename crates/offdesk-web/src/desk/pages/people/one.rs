//! One person: what they are paid since when, what they were let into, what is handed off to them, and their invitation.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::actor::Permission;
use offdesk_actions::agents::{WhichCosts, list_rates, load_costs};
use offdesk_actions::budgets::{Which, Whose, list_budgets};
use offdesk_actions::mails::is_set_up;
use offdesk_actions::pay::today_of;
use offdesk_actions::people::{PersonDetail, load_person};
use offdesk_actions::store::people::access::AccessRow;
use offdesk_domain::person::{PersonKind, PersonState, Unit};

use super::edit::terms_fields;
use super::{capacity, kind, place, record};
use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::form::Form;
use crate::desk::layout::{Field, desk_page, moment, said, wrong};
use crate::desk::pages::handoffs::table as handoff_table;
use crate::desk::pages::members::invited;
use crate::desk::pages::next::may_edit;
use crate::desk::pages::{agents, budgets};
use crate::words;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        Ok(shown(
            person_page(&ask, &Form::default(), None, None).await?,
        ))
    })
}

/// The page, with what went wrong, or with the link of an invitation.
///
/// # Errors
/// `not_found`.
pub async fn person_page(
    ask: &Ask,
    form: &Form,
    error: Option<&Error>,
    link: Option<&str>,
) -> Result<Markup, Error> {
    let id = ask.id("person")?;
    let (detail, record, (has_mail, today), budgets, rates, costs) = ask
        .read(move |tx, actor, moment| {
            let detail = load_person(tx, actor, id, moment)?;
            let record = record::load(tx, actor, id, &detail.handoffs)?;
            let budgets = list_budgets(tx, actor, Which::OfPerson(id), None, moment)?;
            let rates = match detail.kind {
                PersonKind::Agent => Some(list_rates(tx, actor, id)?),
                _ => None,
            };
            let costs = load_costs(tx, actor, WhichCosts::By(id), moment)?;
            let has_mail = is_set_up(tx)?;
            let today = today_of(tx, actor, moment)?;
            Ok((detail, record, (has_mail, today), budgets, rates, costs))
        })
        .await?;
    let name = words::shown(&detail.row.name, 80);
    let body = html! {
        p { a href="/people" { "People" } }
        h1 { bdi { (name) } }
        (said(if error.is_none() && link.is_none() { note_of(ask) } else { "" }))
        (wrong(error))
        @if let Some(link) = link { (invited(&detail.row.email, link)) }
        (facts(&detail))
        @if may_edit(ask) { p.actions {
            @if detail.state == PersonState::Active { a.button href={ "/handoffs/new?person=" (id) } { "Hand something off to them" } }
            a.button.plain href={ "/people/" (id) "/edit" } { "Change" }
            a.button.plain href={ "/people/" (id) "/weeks/" (today) } { "Their hours" }
            a.button.plain href={ "/people/" (id) "/hours" } { "Hours from a tracker" }
            @if ask.may(Permission::Manage) { a.button.plain href={ "/people/" (id) "/pay" } { "How they are paid" } }
        } }
        (handoffs(&detail))
        (record::section(&record))
        (agents::costs_section(&costs))
        @if let Some(rates) = &rates { (agents::rates_section(rates, may_edit(ask), form, error)) }
        (budgets::section(ask, &budgets, Whose::Person(id), form, error))
        (terms(ask, &detail, form, error))
        (access(ask, &detail, form, error))
        (invitation(ask, &detail, has_mail))
        @if may_edit(ask) { (leaving(&detail)) }
    };
    Ok(desk_page(ask, &name, &body))
}

fn note_of(ask: &Ask) -> &'static str {
    match ask.query.text("done") {
        "added" => "They are added. Hand something off to them, or invite them with one link.",
        "changed" => "What is known of them is changed.",
        "terms" => {
            "The terms are noted. Handoffs that were agreed keep theirs until they are changed there."
        }
        "unnoted" => "Those terms are gone.",
        "granted" => "The access is noted.",
        "rate" => "The rate is noted. It counts from its day on.",
        "no_rate" => "The rate is taken away.",
        "usage" => "The usage is noted.",
        "budget" => "The budget is set.",
        "no_budget" => "The budget is taken away.",
        "revoked" => "It is noted that this access was taken back.",
        "sent" => "The invitation is on its way, by mail.",
        "active" => "They can be handed work again.",
        "former" => "They are kept as former. Look below at what they still can get into.",
        _ => "",
    }
}

fn facts(detail: &PersonDetail) -> Markup {
    let row = &detail.row;
    let line = |label: &str, value: &str| {
        html! { @if !value.is_empty() { div { dt { (label) } dd { bdi { (words::shown(value, 400)) } } } } }
    };
    let off = detail.off_until().map(words::day);
    html! {
        @if detail.state == PersonState::Former { p { span.tag { "former" } } }
        @if let Some(back) = off { p.notice { "Off, back on " (back) "." } }
        dl.facts.brief {
            div { dt { "What they are" } dd { (kind(row)) } }
            div { dt { "Paid now" } dd { @match &detail.now { Some(terms) => (terms), None => "nobody has said" } } }
            (line("E-mail address", &row.email))
            (line("Where", &place(row)))
            (line("Time zone", &row.zone))
            (line("When they work", &row.working_hours))
            (line("Hours a week", &capacity(row)))
            (line("Languages", &row.languages))
            (line("What they can do", &row.skills))
            (line("Fees", &row.fees))
            (line("Notes", &row.notes))
        }
    }
}

fn handoffs(detail: &PersonDetail) -> Markup {
    html! {
        section aria-labelledby="handoffs" {
            h2 #handoffs { "Handed off to them" }
            @if detail.handoffs.is_empty() { p { "Nothing yet." } }
            @else { (handoff_table(&detail.handoffs, None, "The latest first.")) }
        }
    }
}

fn terms(ask: &Ask, detail: &PersonDetail, form: &Form, error: Option<&Error>) -> Markup {
    let id = detail.row.id;
    let unit = |word: &str| Unit::of(word).map_or("", Unit::name);
    let is_open =
        error.is_some_and(|error| matches!(error.field, "unit" | "amount" | "currency" | "from"));
    html! {
        section aria-labelledby="terms" {
            h2 #terms { "What they are paid" }
            @if detail.terms.is_empty() { p { "Nobody has said yet. A handoff begins with these terms, and can have its own." } } @else {
                table.rows {
                    thead { tr { th scope="col" { "From" } th.figure scope="col" { "Amount" } th scope="col" { "For" } th scope="col" { "Note" } @if may_edit(ask) { th scope="col" { "Noted by mistake" } } } }
                    tbody { @for row in detail.terms.iter().rev() { tr {
                        th scope="row" { (words::day_numbered(row.from_day)) }
                        td.figure data-label="Amount" { (row.amount) " " (row.currency) }
                        td data-label="For" { (unit(&row.unit)) }
                        td data-label="Note" { @if !row.note.is_empty() { bdi { (words::shown(&row.note, 200)) } } }
                        @if may_edit(ask) { td { form method="post" action={ "/people/" (id) "/terms/" (row.id) "/removal" } {
                            button.plain.small aria-label={ "Take away the terms from " (words::day_numbered(row.from_day)) } { "Take away" }
                        } } }
                    } } }
                }
            }
            @if may_edit(ask) { details open[is_open] {
                summary { "Note new terms" }
                form method="post" action={ "/people/" (id) "/terms" } {
                    (terms_fields(form, error.filter(|_| is_open)))
                    (Field { kind: "date", class: "short", help: "Empty: from today on.", ..Field::text("from", "From", form.text("from")) }.show(error.filter(|_| is_open)))
                    (Field::text("terms_note", "Note (optional)", form.text("terms_note")).show(error))
                    button.plain { "Note the terms" }
                }
            } }
        }
    }
}

fn access(ask: &Ask, detail: &PersonDetail, form: &Form, error: Option<&Error>) -> Markup {
    let id = detail.row.id;
    let open = detail.open_access().count();
    let may_edit = may_edit(ask);
    let row = |row: &AccessRow| {
        html! { tr {
            th scope="row" { bdi { (words::shown(&row.what, 160)) } }
            td data-label="Where" { @if !row.location.is_empty() { bdi { (words::shown(&row.location, 200)) } } }
            td data-label="Granted" { (words::day_numbered(row.granted_day)) }
            td data-label="Taken back" { @match row.revoked_day {
                Some(revoked) => (words::day_numbered(revoked)),
                None if may_edit => form method="post" action={ "/people/" (id) "/access/" (row.id) "/revocation" } {
                    button.plain.small aria-label={ "Taken back: " (words::shown(&row.what, 80)) } { "Taken back" }
                },
                None => "not yet",
            } }
        } }
    };
    html! {
        section aria-labelledby="access" {
            h2 #access { "What they were let into" }
            @if detail.state == PersonState::Former && open > 0 {
                p.notice { (words::count(u64::try_from(open).unwrap_or(0), "access is", "accesses are")) " to be taken back." }
            }
            @if detail.access.is_empty() { p { "Nothing is noted. What stands here is not forgotten when they go." } } @else {
                table.rows {
                    thead { tr { th scope="col" { "What" } th scope="col" { "Where" } th scope="col" { "Granted" } th scope="col" { "Taken back" } } }
                    tbody { @for access in &detail.access { (row(access)) } }
                }
            }
            @if may_edit { details open[error.is_some_and(|error| matches!(error.field, "what" | "location"))] {
                summary { "Note an access" }
                form method="post" action={ "/people/" (id) "/access" } {
                    (Field { is_needed: true, help: "Such as booking system, shared mailbox. Never a password.", ..Field::text("what", "What", form.text("what")) }.show(error))
                    (Field::text("location", "Where (optional)", form.text("location")).show(error))
                    (Field { kind: "date", class: "short", help: "Empty: today.", ..Field::text("granted", "Since", form.text("granted")) }.show(error))
                    button.plain { "Note it" }
                }
            } }
        }
    }
}

fn invitation(ask: &Ask, detail: &PersonDetail, has_mail: bool) -> Markup {
    let may = ask.may(Permission::Administer);
    let row = &detail.row;
    if detail.kind == PersonKind::Agent || detail.state == PersonState::Former {
        return html! {};
    }
    html! {
        section aria-labelledby="invitation" {
            h2 #invitation { "Their own page" }
            @if row.account_id.is_some() {
                p { "They have joined. They see what is handed off to them, their own terms and what you see about them; never your worth, what you expect, or what others are paid." }
            } @else {
                p { "With one link they join, and answer what is handed off to them themselves." }
                @for (_, until) in &detail.invitations { p { "An invitation is open until " (moment(*until, ask.zone())) "." } }
                @if !may { p { "An owner of the workspace can invite them." } }
                @else if row.email.is_empty() { p { "Write their e-mail address down first: the link counts for it alone." } }
                @else {
                    form method="post" action={ "/people/" (row.id) "/invitation" } { div.row {
                        @if has_mail { button name="by" value="mail" { "Send an invitation by mail" } }
                        button.plain[has_mail] { "Make the link" }
                    } }
                }
            }
        }
    }
}

fn leaving(detail: &PersonDetail) -> Markup {
    let path = format!("/people/{}/state", detail.row.id);
    html! {
        @if detail.state == PersonState::Former {
            form method="post" action=(path) {
                input type="hidden" name="version" value=(detail.row.version);
                button.plain name="state" value="active" { "They work here again" }
            }
        } @else {
            details {
                summary { "They have left" }
                form method="post" action=(path) {
                    input type="hidden" name="version" value=(detail.row.version);
                    p { "Their record stays. What is handed off to them has to be ended first." }
                    button.away name="state" value="former" { "Keep them as former" }
                }
            }
        }
    }
}
