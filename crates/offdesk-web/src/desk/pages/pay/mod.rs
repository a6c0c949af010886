//! Pay: what is owed and since when, what is on no statement yet, and all that is done in one sitting.

pub mod bill;
pub mod bills;
pub mod changes;
mod correcting;
pub mod details;
pub mod hours_files;
pub mod milestone;
mod one;
pub mod open_lines;
pub mod parts;
pub mod week;
pub mod week_parts;

pub use self::one::{page as show, statement_page};

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::actor::Permission;
use offdesk_actions::budgets::{Which, Whose, list_budgets};
use offdesk_actions::pay::{
    LeftForNext, Overview, StatementSummary, Unstated, list_left_for_next, list_statements,
    load_overview, load_payer,
};
use offdesk_actions::timesheets::list_submitted;
use offdesk_domain::Day;
use offdesk_domain::pay::Details;
use offdesk_domain::pay::file::Kind;

use self::parts::{standing, statements_table};
use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::form::Form;
use crate::desk::layout::{Field, desk_page, said, wrong};
use crate::desk::pages::budgets;
use crate::words;

/// So many statements are listed besides those of which something is owed.
const LATEST: u32 = 50;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move { Ok(shown(pay_page(&ask, &Form::default(), None).await?)) })
}

/// The page, with what went wrong.
///
/// # Errors
/// Those of the actor and of the store.
pub async fn pay_page(ask: &Ask, form: &Form, error: Option<&Error>) -> Result<Markup, Error> {
    let may = ask.may(Permission::Manage);
    let (overview, latest, account_of, weeks, budgets) = ask
        .read(move |tx, actor, moment| {
            let overview = load_overview(tx, actor, moment)?;
            let latest = list_statements(tx, actor, None, LATEST)?;
            let account = match may {
                true => (load_payer(tx, actor)?, list_left_for_next(tx, actor)?),
                false => (None, Vec::new()),
            };
            let weeks = list_submitted(tx, actor)?;
            let budgets = list_budgets(tx, actor, Which::All, None, moment)?;
            Ok((overview, latest, account, weeks, budgets))
        })
        .await?;
    let (payer, for_next) = account_of;
    let settled: Vec<&StatementSummary> = latest.iter().filter(|one| !one.is_owed()).collect();
    let body = html! {
        h1 { "Pay" }
        p.lead { "What you owe for accepted work, and since when. offdesk moves no money: it writes the file for your bank, and notes what you paid." }
        (said(if error.is_none() { note_of(ask) } else { "" }))
        (wrong(error))
        @if overview.owed.is_empty() && overview.unstated.is_empty() && overview.back.is_empty() && latest.is_empty() {
            p { "Nothing to pay yet. Accept work on the page " a href="/review" { "Review" } ", and what it pays stands here." }
        }
        @if !weeks.is_empty() {
            section aria-labelledby="weeks" {
                h2 #weeks { "Hours to approve" }
                (week_parts::weeks_table(&weeks, &|one| format!("/people/{}/weeks/{}", one.person_id, one.monday)))
            }
        }
        p { a href="/pay/bills" { "Bills that came in" } }
        (owed(&overview, (may, &for_next), form, error))
        (owed_back(&overview))
        (unstated(&overview, may, form, error))
        (budgets::section(ask, &budgets, Whose::Workspace, form, error))
        @if !settled.is_empty() {
            section aria-labelledby="settled" {
                h2 #settled { "Paid and earlier" }
                (statements_table(&settled, overview.today, "/pay/statements"))
            }
        }
        @if !latest.is_empty() { (journals()) }
        @if may { (account(payer.as_ref(), form, error)) }
    };
    Ok(desk_page(ask, "Pay", &body))
}

fn note_of(ask: &Ask) -> &'static str {
    match ask.query.text("done") {
        "drawn" => {
            "The statements are drawn up. Write the file for your bank below, and note what you paid."
        }
        "paid" => "It is noted that they are paid.",
        "account" => "The account you pay from is noted.",
        "budget" => "The budget is set.",
        "no_budget" => "The budget is taken away.",
        _ => "",
    }
}

fn owed(
    overview: &Overview,
    (may, for_next): (bool, &[LeftForNext]),
    form: &Form,
    error: Option<&Error>,
) -> Markup {
    let today = overview.today;
    if overview.owed.is_empty() {
        return html! {};
    }
    html! {
        section aria-labelledby="owed" {
            h2 #owed { "Owed" }
            dl.parts { @for total in &overview.totals { div { dt { "owed" } dd { (total) } } } }
            form method="post" action="/pay/payments" {
                table.rows {
                    thead { tr {
                        @if may { th scope="col" { "Paid" } }
                        th scope="col" { "Who" } th scope="col" { "Statement" } th scope="col" { "Period" } th.figure scope="col" { "Owed" } th scope="col" { "Stands" }
                    } }
                    tbody { @for one in &overview.owed { tr {
                        @if may { td data-label="Paid" { input type="checkbox" name="statement" value=(one.row.number) aria-label={ (one.reference()) " of " (words::shown(&one.person, 80)) " is paid" }; } }
                        th scope="row" { bdi { (words::shown(&one.person, 80)) } }
                        td data-label="Statement" { a href={ "/pay/statements/" (one.row.number) } data-find { (one.reference()) } }
                        td data-label="Period" { (words::days(one.period.from, one.period.to)) }
                        td.figure data-label="Owed" { (one.owed) }
                        td data-label="Stands" { (standing(one, today)) }
                    } } }
                }
                @if may {
                    (Field { kind: "date", class: "short", help: "Empty: today.", ..Field::text("day", "Paid on", form.text("day")) }.show(error))
                    @if overview.owed.iter().any(|one| one.filed.is_some()) { p { "Of what stands in a pay file the amount there is noted, of all else what is owed." } }
                    button { "Note the ticked ones as paid" }
                }
            }
            @if may { (files_paid(overview)) }
            @if may { (pay_files(&overview.owed, for_next, form, error)) }
        }
    }
}

fn owed_back(overview: &Overview) -> Markup {
    html! {
        @if !overview.back.is_empty() {
            section aria-labelledby="back" {
                h2 #back { "Owed back to you" }
                p { "Corrections came to more than was earned. It is taken off what they earn next; where they pay it back, note it on the statement." }
                ul { @for one in &overview.back { li {
                    bdi { (words::shown(&one.person, 80)) } ": " (one.back) ", by "
                    a href={ "/pay/statements/" (one.row.number) } { (one.reference()) }
                } } }
            }
        }
    }
}

/// The pay files that are not noted as paid, each with a button that notes all of it.
fn files_paid(overview: &Overview) -> Markup {
    let filed = overview.owed.iter().filter_map(|one| one.filed.as_ref());
    let files: std::collections::BTreeMap<&str, Day> = filed
        .map(|filed| (filed.file.as_str(), filed.day))
        .collect();
    html! {
        @for (file, day) in files {
            form method="post" action={ "/pay/files/" (file) "/payment" } {
                p { (file) " of " (words::day(day)) " is not noted as paid. " button.plain { "Note all of it as paid today" } }
            }
        }
    }
}

fn pay_files(
    owed: &[StatementSummary],
    for_next: &[LeftForNext],
    form: &Form,
    error: Option<&Error>,
) -> Markup {
    let has_filed = owed.iter().any(|one| one.filed.is_some());
    let is_chosen = |one: &StatementSummary| {
        let number = one.row.number.to_string();
        form.all("statement").any(|it| it == number)
    };
    html! {
        h3 { "The file for your bank" }
        p { "One row for each person and currency, of those who are paid that way: what is owed of all their statements. What is in it is noted, and is not in the next one." }
        @if !for_next.is_empty() {
            ul { @for left in for_next {
                li { (left.statement.reference()) " of " bdi { (words::shown(&left.statement.person, 80)) } ", " (left.statement.owed) ": " (left.why) "." }
            } }
        }
        form method="post" action="/pay/files" {
            (Field { kind: "date", class: "short", help: "Empty: today.", ..Field::text("pay_on", "To be paid on", form.text("pay_on")) }.show(error))
            (Field { class: "short", help: "Empty: all of them.", ..Field::text("currency", "Only in this currency", form.text("currency")) }.show(error))
            @if owed.len() > 1 { details open[owed.iter().any(is_chosen)] {
                summary { "Only some statements" }
                fieldset {
                    legend { "Those that are ticked; all of them where none is" }
                    @for one in owed {
                        label.choice { input type="checkbox" name="statement" value=(one.row.number) checked[is_chosen(one)]; " " (one.reference()) " of " bdi { (words::shown(&one.person, 80)) } ", " (one.owed) }
                    }
                }
            } }
            @if has_filed { label.choice { input type="checkbox" name="again" value="1" checked[form.is_ticked("again")]; " Also what stands in an earlier file and is not noted as paid" } }
            div.row { @for kind in Kind::ALL {
                button.plain name="kind" value=(kind.word()) { (words::capital(kind.name())) }
            } }
        }
    }
}

fn unstated(overview: &Overview, may: bool, form: &Form, error: Option<&Error>) -> Markup {
    let row = |one: &Unstated| {
        html! { tr {
            th scope="row" { a href={ "/people/" (one.person_id) } { bdi { (words::shown(&one.person, 80)) } } }
            td.figure data-label="Earned" { (one.sum) }
            td.figure data-label="Lines" { (one.lines) }
            td data-label="From" { (words::days(one.days.0, one.days.1)) }
            td data-label="Statement up to" { (words::day(one.until)) }
        } }
    };
    html! {
        section aria-labelledby="unstated" {
            @if !overview.unstated.is_empty() {
                h2 #unstated { "Earned, on no statement yet" }
                table.rows {
                    thead { tr { th scope="col" { "Who" } th.figure scope="col" { "Earned" } th.figure scope="col" { "Lines" } th scope="col" { "From" } th scope="col" { "Statement up to" } } }
                    tbody { @for one in &overview.unstated { (row(one)) } }
                }
                p { a href="/pay/lines" { "Each line, and put one right before it is on a statement" } }
            } @else { h2 #unstated { "New statements" } }
            @if may {
                form method="post" action="/pay/statements" {
                    p { "A statement takes what was accepted up to the end of the last period that is over. What is accepted or corrected later stands on the next one." }
                    (Field { kind: "date", class: "short", help: "Empty: the end of each person's last period.", ..Field::text("until", "Up to another day", form.text("until")) }.show(error))
                    button { "Draw statements up" }
                }
            }
        }
    }
}

fn journals() -> Markup {
    html! {
        section aria-labelledby="journals" {
            h2 #journals { "For your bookkeeper" }
            p { "All statements and payments as double entries, the same to the smallest unit." }
            ul {
                li { a href="/pay/journals/hledger" download { "A journal for hledger and ledger" } }
                li { a href="/pay/journals/beancount" download { "A journal for beancount" } }
            }
        }
    }
}

fn account(payer: Option<&Details>, form: &Form, error: Option<&Error>) -> Markup {
    let is_open = error.is_some_and(|error| matches!(error.field, "iban" | "bic" | "holder"));
    html! {
        section aria-labelledby="account" {
            h2 #account { "The account you pay from" }
            p { @match payer {
                Some(details) => { bdi { (parts::account(details)) } },
                None => "None is noted. A SEPA file names it; the other files do without.",
            } }
            details open[is_open] {
                summary { "Note the account" }
                form method="post" action="/pay/account" {
                    (Field { is_needed: true, ..Field::text("holder", "Whose account it is", form.text("holder")) }.show(error))
                    (Field { is_needed: true, ..Field::text("iban", "IBAN", form.text("iban")) }.show(error))
                    (Field::text("bic", "BIC (optional)", form.text("bic")).show(error))
                    button.plain { "Note it" }
                }
            }
        }
    }
}
