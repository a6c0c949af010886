//! One handoff before it is made: what it takes, when it is square, beside another one; and putting it off.

mod beside;
mod own;

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::activities::load_activity;
use offdesk_actions::hours::Hours;
use offdesk_actions::next::{NextActivity, NextList, rank};
use offdesk_actions::store::Uuid;
use offdesk_domain::audit::OutlookParts;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::activity::blueprint_of;
use super::handoffs::of_activity;
use super::next::{may_edit, open_again, pays_back, readiness};
use crate::audit::start;
use crate::decision::curve::{Course, draw};
use crate::decision::figures::exact;
use crate::desk::ask::{Answer, Ask, page as shown, see};
use crate::desk::errors::sentence;
use crate::desk::form::Form;
use crate::desk::layout::{Field, desk_page, wrong};
use crate::words;

/// The picture shows so many weeks.
const WEEKS: u32 = 52;
/// Weeks that stand in the table of numbers.
const TABLE: [u32; 7] = [0, 1, 4, 8, 13, 26, 52];

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("activity")?;
        let hours = ask.hours().await?;
        match detail(&ask, &hours, id, &Form::default(), None).await? {
            Some(page) => Ok(shown(page)),
            // It is there, but there is nothing to hand off: it stays, or has no price.
            None => Ok(see(&format!("/activities/{id}"))),
        }
    })
}

/// The page of an activity; `None` where it is there but is none to hand off.
///
/// # Errors
/// `not_found`, also for the one beside it.
pub async fn detail(
    ask: &Ask,
    hours: &Hours,
    id: Uuid,
    form: &Form,
    error: Option<&Error>,
) -> Result<Option<Markup>, Error> {
    let list = rank(hours);
    let Some((list, next)) = list
        .as_ref()
        .and_then(|list| list.find(id).map(|next| (list, next)))
    else {
        ask.read(move |tx, actor, _| load_activity(tx, actor, id))
            .await?;
        return Ok(None);
    };
    let with = match ask.query.text("with") {
        "" => None,
        text => {
            let other = Uuid::try_parse(text).ok().and_then(|id| list.find(id));
            Some(other.ok_or_else(|| Error::not_found("activity"))?)
        }
    };
    let name = words::shown(&next.judged.activity.name, 120);
    let body = html! {
        p { a href="/next" { "Next" } }
        h1 { bdi { (name) } }
        (wrong(error))
        (state(ask, next))
        (figures(list, next))
        @match (&next.option, next.parts) {
            (Some(option), _) => (own::own(list, next, option)),
            (None, Some(parts)) => {
                (takes(list, parts))
                (picture(list, next, parts))
                (why(list, next, parts))
                p.actions { a.button href={ "/next/" (next.row.id) "/decision" } { "Weigh who should do it" } }
                p.quiet { "Two or three people side by side, with your own figures." }
            }
            (None, None) => {}
        }
        (beside::beside(list, next, with))
        @if may_edit(ask) { (judging(next, form, error)) }
        (blueprint_of(ask, next.row.id).await?)
        (of_activity(ask, next.row.id).await?)
        p { a href={ "/activities/" (next.row.id) } { "Its wordings, its price, its name" } }
    };
    Ok(Some(desk_page(ask, &name, &body)))
}

fn state(ask: &Ask, next: &NextActivity<'_>) -> Markup {
    let said = match (next.row.judgement.as_deref(), next.back()) {
        (Some("not_now"), _) if next.back_for.is_some() => {
            "It was put off and is back, with new numbers."
        }
        (Some("not_now"), _) => "It is put off.",
        (Some("never"), _) => "It stays with you.",
        _ => return html! {},
    };
    html! {
        div.banner role="note" {
            div {
                (said)
                @if let (true, Some(day)) = (next.back_for.is_none(), next.back()) { " It comes back on " (words::day(day)) "." }
                @if !next.row.judgement_reason.is_empty() { " Why: " bdi { (sentence(&words::shown(&next.row.judgement_reason, 400))) } }
            }
            @if may_edit(ask) { (open_again(next.row.id, "Open it again")) }
        }
    }
}

fn figures(list: &NextList<'_>, next: &NextActivity<'_>) -> Markup {
    let currency = list.audit.worth.currency;
    let price = next.price();
    html! {
        dl.parts {
            div { dt { @match &next.option {
                Some(option) => { "is the net value in the year with " bdi { (words::shown(&option.name, 60)) } ", by your own figures" },
                None => "is left of the first year, after set-up, ramp and review",
            } } dd { "about " (words::about(next.handoff.first_year_gain, currency)) } }
            div { dt { "a week" } dd { (words::hours_long(next.judged.hours_per_week)) } }
            @if next.option.is_none() { div { dt { "an hour, from " (words::rate(price.low, currency)) " to " (words::rate(price.high, currency)) } dd { (words::rate(price.likely, currency)) } } }
            div { dt { "is when your set-up is paid back" } dd { (pays_back(next)) } }
        }
        p { (readiness(next)) ": " (start::reason(list.audit, next.judged)) "." }
    }
}

fn takes(list: &NextList<'_>, parts: OutlookParts) -> Markup {
    let currency = list.audit.worth.currency;
    let per_week = |amount: Decimal| format!("{} a week", words::money(amount, currency));
    html! {
        section aria-labelledby="takes" {
            h2 #takes { "What it takes of you" }
            table.rows {
                thead { tr { th scope="col" { "When" } th scope="col" { "What" } th.figure scope="col" { "Your hours" } th.figure scope="col" { "It brings" } } }
                tbody {
                    tr {
                        th scope="row" { "Before" }
                        td data-label="What" { "You write down how it is done, and show it once." }
                        td.figure data-label="Your hours" { (words::hours(parts.setup_hours)) }
                        td.figure data-label="It brings" { (words::money(-parts.setup, currency)) }
                    }
                    tr {
                        th scope="row" { "The first " (parts.ramp_weeks) " weeks" }
                        td data-label="What" { "They need double the time, and you look over a quarter of it." }
                        td.figure data-label="Your hours" { (words::hours(parts.ramp_review)) " a week" }
                        td.figure data-label="It brings" { (per_week(parts.ramp)) }
                    }
                    tr {
                        th scope="row" { "Afterwards" }
                        td data-label="What" { "They need the time you needed, and you look over a twelfth of it." }
                        td.figure data-label="Your hours" { (words::hours(parts.steady_review)) " a week" }
                        td.figure data-label="It brings" { (per_week(parts.steady)) }
                    }
                }
            }
        }
    }
}

fn picture(list: &NextList<'_>, next: &NextActivity<'_>, parts: OutlookParts) -> Markup {
    let currency = list.audit.worth.currency;
    let sum = |week: u32| parts.sum_after(Decimal::from(week));
    let sums: Vec<f64> = (0..=WEEKS)
        .map(|week| sum(week).to_f64().unwrap_or_default())
        .collect();
    let title = match next.handoff.payback_week {
        Some(week) => format!("You are square in week {week}"),
        None => "You are not square within a year".to_owned(),
    };
    let amount = |value: f64| words::about(exact(value), currency);
    let more = format!(
        "It begins at {} for set-up and ends at {} after {WEEKS} weeks of work.",
        words::about(sum(0), currency),
        words::about(sum(WEEKS), currency)
    );
    html! {
        section aria-labelledby="course" {
            h2 #course { (title) }
            figure { (draw(&Course {
                id: "course-picture",
                title: &title,
                more: &more,
                sums: &sums,
                band: &[],
                square: next.handoff.payback_week.and_then(|week| usize::try_from(week).ok()),
                amount: &amount,
            })) }
            details {
                summary { "Show numbers" }
                table.rows {
                    caption { "What it has brought after so many weeks of work, set-up included." }
                    thead { tr { th scope="col" { "Week" } th.figure scope="col" { "Sum" } } }
                    tbody { @for week in TABLE { tr { th scope="row" { (week) } td.figure data-label="Sum" { (words::money(sum(week), currency)) } } } }
                }
            }
        }
    }
}

fn why(list: &NextList<'_>, next: &NextActivity<'_>, parts: OutlookParts) -> Markup {
    let audit = list.audit;
    let currency = audit.worth.currency;
    let hours = words::hours(next.judged.hours_per_week);
    let (worth, likely) = (
        words::rate(audit.worth.hour, currency),
        words::rate(next.price().likely, currency),
    );
    html! {
        details {
            summary { "How we got this" }
            dl.why {
                dt { "Hours a week: " (hours) }
                dd { (words::count(next.judged.activity.entries, "entry", "entries")) ", " (words::hours(next.judged.activity.mix.total().hours())) " hours in " (words::hours(audit.weeks)) " weeks." }
                dt { "Your hour: " (worth) }
                dd { (sentence(&audit.worth.basis.reckoning())) }
                dt { "An hour of it: " (likely) }
                dd { @if let Some(price) = &next.row.price { (sentence(&price.source)) } }
                dt { "A week of the ramp: " (words::money(parts.ramp, currency)) }
                dd { (hours) " \u{d7} (" (worth) " \u{2212} 2 \u{d7} " (likely) " \u{2212} " (worth) " \u{f7} 4): double the time is bought, and a quarter of the hours goes into your review." }
                dt { "A week afterwards: " (words::money(parts.steady, currency)) }
                dd { (hours) " \u{d7} (" (worth) " \u{2212} " (likely) " \u{2212} " (worth) " \u{f7} 12)." }
                dt { "The first year: about " (words::about(next.handoff.first_year_gain, currency)) }
                dd { (parts.ramp_weeks) " weeks of ramp, the rest of " (words::hours(audit.weeks_per_year)) " weeks of work afterwards, less " (words::hours(parts.setup_hours)) " hours of set-up at " (worth) "." }
                dt { "Its place in the list" }
                dd { "First-year gain times readiness, " (next.handoff.readiness) " of 100: " (start::reason(audit, next.judged)) "." }
            }
            p { small { "These shares are assumptions, the same for all work: they stand for somebody who knows the trade but not your business." } }
        }
    }
}

fn judging(next: &NextActivity<'_>, form: &Form, error: Option<&Error>) -> Markup {
    html! {
        section #judge aria-labelledby="judge-title" {
            h2 #judge-title { "Not this one?" }
            form method="post" action={ "/next/" (next.row.id) "/judgement" } {
                (Field { help: "Needed for never. It is shown when you look at it again.", ..Field::text("reason", "Why", form.text("reason")) }.show(error))
                p.actions {
                    button.plain name="judgement" value="not_now" { "Not now: ask me again in 90 days" }
                    button.plain name="judgement" value="never" { "Never" }
                }
            }
        }
    }
}
