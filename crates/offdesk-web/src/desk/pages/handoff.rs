//! One handoff before it is made: what it takes, when it is square, beside another one; and putting it off.

mod beside;
mod own;

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::activities::load_activity;
use offdesk_actions::hours::Hours;
use offdesk_actions::next::{NextActivity, NextList, rank};
use offdesk_actions::options::{Subject, subject_of};
use offdesk_actions::store::Uuid;
use offdesk_domain::decision::{Advice, Because};

use super::activity::blueprint_of;
use super::decision::sure;
use super::handoffs::of_activity;
use super::next::{may_edit, net, open_again, pays_back, readiness, why};
use crate::desk::ask::{Answer, Ask, page as shown, see};
use crate::desk::errors::sentence;
use crate::desk::form::Form;
use crate::desk::layout::{Field, desk_page, wrong};
use crate::words;

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
        (own::own(list, next))
        (own::takes(list, next))
        p.actions { a.button href={ "/next/" (next.row.id) "/decision" } { @if next.option.is_some() { "See all options side by side" } @else { "Weigh who should do it" } } }
        p.quiet { "Two or three people side by side, with your own figures." }
        @if let Ok(subject) = subject_of(hours, id, hours.options.get(&id)) { (how(next, &subject)) }
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
        _ if !next.handoff.pays() => {
            return html! {
                div.banner role="note" { div { (better_kept(next)) } }
            };
        }
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

/// Why it is better kept.
fn better_kept(next: &NextActivity<'_>) -> &'static str {
    if next.handoff.is_too_short() {
        return "Better kept within the weeks you look ahead: over a year of work it would bring more than it takes.";
    }
    match (next.handoff.advice, next.handoff.because) {
        (Advice::Drop, _) => {
            "Better dropped: it brings less than the cheapest way of having it done."
        }
        (_, Because::NoHours) => {
            "Better kept: talk, review and set-up take back the hours it would free."
        }
        (_, Because::NoDifference) => {
            "Better kept: handing it off comes to less than an hour of yours either way."
        }
        _ => "Better kept: handing it off costs more than it gives.",
    }
}

fn figures(list: &NextList<'_>, next: &NextActivity<'_>) -> Markup {
    let currency = list.audit.worth.currency;
    let market = next.price().filter(|_| next.option.is_none());
    html! {
        dl.parts {
            div { dt { @match next.option {
                Some(_) if next.handoff.advice == Advice::Drop => "is what a year without it brings, if nobody does it",
                Some(option) => { "is the net value of a year with " bdi { (words::shown(&option.name, 60)) } ", by your own figures" },
                None => "is the net value of a year, after everything, with a freelancer at the market\u{2019}s price",
            } } dd { "about " (net(next, currency)) } }
            div { dt { "a week" } dd { (words::hours_long(next.judged.hours_per_week)) } }
            @if let Some(price) = market { div { dt { "an hour, from " (words::rate(price.low, currency)) " to " (words::rate(price.high, currency)) } dd { (words::rate(price.likely, currency)) } } }
            @if next.handoff.advice != Advice::Drop { div { dt { "is when your set-up is paid back" } dd { (pays_back(next)) } } }
        }
        p { (readiness(next)) ": " (why(list.audit, next)) "." }
    }
}

/// Where every number comes from.
fn how(next: &NextActivity<'_>, subject: &Subject) -> Markup {
    let option = next.option.or(subject.options.first());
    html! {
        details {
            summary { "How we got this" }
            p { "The net value is what weighing it gives at the likeliest figures: everything it brings and takes within the weeks, in today\u{2019}s money. Figures of fewer weeks than your year are weighed over all of it, set-up once; of more weeks, the year\u{2019}s share counts. Its place in the list is that times readiness, " (next.handoff.readiness) " of 100." }
            @if let Some(option) = option {
                dl.facts.inputs { @for line in subject.inputs(option) { (sure::input(&line)) } }
            }
            p { small { "What nobody said is assumed, the same for all work. Weigh it with your own figures, and they take the place of these." } }
        }
    }
}

fn judging(next: &NextActivity<'_>, form: &Form, error: Option<&Error>) -> Markup {
    html! {
        section #judge aria-labelledby="judge-title" {
            h2 #judge-title { "Not this one?" }
            form method="post" action={ "/next/" (next.row.id) "/judgement" } {
                (Field { help: "A few words, such as: busy until May. It is shown when you look at it again.", ..Field::text("reason", "Why", form.text("reason")) }.show(error))
                p.actions {
                    button.plain name="judgement" value="not_now" { "Not now: ask me again in 90 days" }
                    button.plain name="judgement" value="never" { "Never" }
                }
            }
        }
    }
}
