//! One activity: its wordings, its price, its name, what becomes of it.

mod changes;

pub use self::changes::{judge, keep, merge, price, rename, split};

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::activities::{ActivityDetail, load_activity};
use offdesk_actions::actor::Permission;
use offdesk_actions::blueprints::list_blueprints_of;
use offdesk_actions::hours::Hours;
use offdesk_actions::store::Uuid;
use offdesk_actions::store::activities::ActivityRow;
use offdesk_domain::money::typed_amount;

use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::form::Form;
use crate::desk::layout::{Field, desk_page, wrong};
use crate::desk::pages::handoffs::of_activity;
use crate::words;

/// So many wordings are listed.
const WORDINGS: usize = 200;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move { Ok(shown(activity_page(&ask, &Form::default(), None).await?)) })
}

async fn activity_page(ask: &Ask, form: &Form, error: Option<&Error>) -> Result<Markup, Error> {
    let id = ask.id("activity")?;
    let detail = ask
        .read(move |tx, actor, _| load_activity(tx, actor, id))
        .await?;
    let hours = ask.hours().await?;
    let may_edit = ask.actor()?.may(Permission::Edit);
    let body = html! {
        p { a href="/hours" { "Hours" } }
        h1 { bdi { (words::shown(&detail.row.name, 120)) } }
        (wrong(error))
        (figures(&hours, &detail.row))
        (blueprint_of(ask, id).await?)
        (of_activity(ask, id).await?)
        @if may_edit {
            (naming(&detail.row, form, error))
            (pricing(&hours, &detail.row, form, error))
            (keeping(&detail.row))
            (judging(&detail.row, form, error))
            (merging(&hours, &detail.row))
        }
        (wordings(&detail, may_edit, form, error))
    };
    Ok(desk_page(ask, &detail.row.name, &body))
}

/// The blueprints of an activity, or the way to write one.
///
/// # Errors
/// Those of the store.
pub async fn blueprint_of(ask: &Ask, id: Uuid) -> Result<Markup, Error> {
    let rows = ask
        .read(move |tx, actor, _| list_blueprints_of(tx, actor, id))
        .await?;
    let may_edit = ask.actor()?.may(Permission::Edit);
    Ok(html! {
        @if !rows.is_empty() {
            p { "How it is done: "
                @for (at, row) in rows.iter().enumerate() {
                    @if at > 0 { ", " }
                    a href={ "/blueprints/" (row.id) } { bdi { (words::shown(&row.title, 120)) } }
                }
            }
        } @else if may_edit {
            p.actions { a.button href={ "/blueprints/new?activity=" (id) } { "Write its blueprint" } }
        }
    })
}

fn figures(hours: &Hours, row: &ActivityRow) -> Markup {
    let found = hours.report.as_ref().and_then(|report| {
        let audit = &report.audit;
        let activity = audit
            .activities
            .iter()
            .find(|it| it.activity.name == row.name)?;
        Some((activity, audit.worth.currency))
    });
    html! {
        @if let Some((activity, currency)) = found {
            dl.parts {
                div { dt { "a week" } dd { (words::hours_long(activity.hours_per_week)) } }
                @if let Some(price) = &activity.activity.price {
                    div { dt { "is what an hour of it costs, from " (words::rate(price.range.low, currency)) " to " (words::rate(price.range.high, currency)) } dd { (words::rate(price.range.likely, currency)) } }
                }
                @if let Some(yearly) = activity.yearly.filter(|_| activity.is_below) {
                    div { dt { "a year is the gap to your own hour" } dd { "about " (words::about(yearly.gap, currency)) } }
                }
            }
            @if let Some(price) = &row.price { p { small { "Price: " (price.source) @if let Some(code) = &price.occupation { " (occupation " (code) ")" } } } }
        }
    }
}

fn naming(row: &ActivityRow, form: &Form, error: Option<&Error>) -> Markup {
    let typed = form.text("name");
    let value = if typed.is_empty() { &row.name } else { typed };
    html! {
        form.row method="post" action={ "/activities/" (row.id) "/name" } {
            input type="hidden" name="version" value=(row.version);
            (Field { is_needed: true, ..Field::text("name", "Name", value) }.show(error))
            button.plain { "Rename" }
        }
    }
}

/// A kept amount as it would be typed: with a fourth digit where three could be read as thousands.
fn unmistakable(kept: &str) -> String {
    match typed_amount(kept, None) {
        Ok(_) => kept.to_owned(),
        Err(_) => format!("{kept}0"),
    }
}

fn pricing(hours: &Hours, row: &ActivityRow, form: &Form, error: Option<&Error>) -> Markup {
    let own = row.price.as_ref().filter(|price| price.is_own);
    let value = |name: &str, of: Option<&str>| -> String {
        let typed = form.text(name);
        if typed.is_empty() {
            of.map(unmistakable).unwrap_or_default()
        } else {
            typed.to_owned()
        }
    };
    let (low, high) = (
        value("low", own.map(|price| price.low.as_str())),
        value("high", own.map(|price| price.high.as_str())),
    );
    let number = |name, label, value| Field {
        class: "number",
        ..Field::text(name, label, value)
    };
    html! {
        form method="post" action={ "/activities/" (row.id) "/price" } {
            input type="hidden" name="version" value=(row.version);
            div.row role="group" aria-labelledby="own-price" {
                strong.whole-row #own-price { "Your own price of an hour, in " (hours.settings.currency.code()) }
                (number("low", "from", &low).show(error))
                (number("high", "to", &high).show(error))
                button.plain { "Set the price" }
                @if own.is_some() { button.plain name="market" value="1" { "Back to the market price" } }
            }
        }
    }
}

fn keeping(row: &ActivityRow) -> Markup {
    let stays = row.stays.as_deref().unwrap_or("");
    let choices = [
        ("", "work that can be handed off"),
        ("mine", "only I can do it"),
        ("rest", "it is rest, not work"),
    ];
    html! {
        form.row method="post" action={ "/activities/" (row.id) "/stays" } {
            input type="hidden" name="version" value=(row.version);
            (crate::desk::layout::choice("stays", "What it is", stays, &choices))
            button.plain { "Note it" }
        }
    }
}

fn judging(row: &ActivityRow, form: &Form, error: Option<&Error>) -> Markup {
    let judgement = row.judgement.as_deref().unwrap_or("open");
    let typed = form.text("reason");
    let reason = if typed.is_empty() {
        row.judgement_reason.as_str()
    } else {
        typed
    };
    let choices = [
        ("open", "open"),
        ("not_now", "not now: it comes back in 90 days"),
        ("never", "never"),
    ];
    html! {
        form.row method="post" action={ "/activities/" (row.id) "/judgement" } {
            input type="hidden" name="version" value=(row.version);
            (crate::desk::layout::choice("judgement", "Handing it off", judgement, &choices))
            (Field { help: "Needed for not now and never.", ..Field::text("reason", "Why", reason) }.show(error))
            button.plain { "Keep that" }
        }
    }
}

fn wordings(detail: &ActivityDetail, may_edit: bool, form: &Form, error: Option<&Error>) -> Markup {
    let rows = detail.wordings.iter().take(WORDINGS);
    let can_split = may_edit && detail.wordings.len() > 1;
    let list = html! {
        table.rows.takes[can_split] {
            caption { "What its entries say, the most time first." }
            thead { tr { @if can_split { th scope="col" { "Take" } } th scope="col" { "Wording" } th.figure scope="col" { "Entries" } th.figure scope="col" { "Hours" } } }
            tbody { @for (row, entries, seconds) in rows {
                @let text = said_by(row);
                tr {
                    @if can_split { td { input type="checkbox" name="wording" value=(row.id) aria-label={ "Take out: " (text) }; } }
                    th scope="row" { bdi { (text) } }
                    td.figure data-label="Entries" { (entries) }
                    td.figure data-label="Hours" { (words::hours(seconds.hours())) }
                }
            } }
        }
    };
    html! {
        section aria-labelledby="wordings" {
            h2 #wordings { "Wordings" }
            @if can_split {
                form method="post" action={ "/activities/" (detail.row.id) "/split" } {
                    input type="hidden" name="version" value=(detail.row.version);
                    (list)
                    @if detail.wordings.len() > WORDINGS { p { "and " (detail.wordings.len() - WORDINGS) " more" } }
                    div.row {
                        (Field { is_needed: true, ..Field::text("split_name", "The ticked ones become", form.text("split_name")) }.show(error))
                        button.plain { "Split them off" }
                    }
                }
            } @else { (list) }
        }
    }
}

/// What a wording says: its text, else where its entries were filed.
fn said_by(row: &offdesk_actions::store::wordings::WordingRow) -> String {
    let parts = [&row.description, &row.task, &row.project, &row.tags];
    let text = parts.into_iter().find(|text| !text.trim().is_empty());
    text.map_or_else(|| "(nothing)".to_owned(), |text| words::shown(text, 120))
}

fn merging(hours: &Hours, row: &ActivityRow) -> Markup {
    let mut others: Vec<&ActivityRow> = hours.rows.values().filter(|it| it.id != row.id).collect();
    others.sort_by(|a, b| a.name_key.cmp(&b.name_key));
    html! {
        @if !others.is_empty() {
            form.row method="post" action={ "/activities/" (row.id) "/merge" } {
                input type="hidden" name="version" value=(row.version);
                div.field {
                    label for="into" { "Merge it into" }
                    select #into name="into" { @for other in others { option value=(other.id) { (words::shown(&other.name, 80)) } } }
                }
                button.plain { "Merge" }
            }
        }
    }
}
