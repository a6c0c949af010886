//! What a form changes of an activity.

use super::activity_page;
use crate::desk::ask::{Answer, Ask, see};
use crate::desk::errors::again;
use crate::desk::form::Form;
use offdesk_actions::Error;
use offdesk_actions::activities::{
    Judgement, judge_activity, keep_activity, merge_activity, price_activity, rename_activity,
    split_activity,
};
use offdesk_actions::store::Uuid;
use offdesk_actions::store::activities::ActivityRow;
use offdesk_domain::PriceRange;
use offdesk_domain::audit::Stays;

pub(super) fn version(form: &Form) -> Option<i64> {
    form.text("version").parse().ok()
}

async fn done(
    ask: &Ask,
    form: &Form,
    result: Result<ActivityRow, Error>,
    note: &str,
) -> Result<axum::response::Response, Error> {
    match result {
        Ok(row) if form.text("back").is_empty() => Ok(see(&format!("/activities/{}", row.id))),
        Ok(_) => Ok(see(&format!("/hours?done={note}#activities"))),
        Err(error) => again(&error, activity_page(ask, form, Some(&error))).await,
    }
}

/// Renames it.
pub fn rename(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("activity")?, ask.form().await?);
        let (name, seen) = (form.text("name").to_owned(), version(&form));
        let result = ask
            .write(move |tx, actor, moment| rename_activity(tx, actor, id, &name, seen, moment))
            .await;
        done(&ask, &form, result, "renamed").await
    })
}

/// Merges it into another.
pub fn merge(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("activity")?, ask.form().await?);
        let into = Uuid::try_parse(form.text("into")).map_err(|_| Error::not_found("activity"))?;
        let seen = version(&form);
        let result = ask
            .write(move |tx, actor, moment| merge_activity(tx, actor, id, into, seen, moment))
            .await;
        done(&ask, &form, result, "merged").await
    })
}

/// Splits wordings off.
pub fn split(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("activity")?, ask.form().await?);
        let wordings = form
            .all("wording")
            .map(|text| Uuid::try_parse(text).map_err(|_| Error::not_found("wording")))
            .collect::<Result<Vec<_>, _>>()?;
        let (name, seen) = (form.text("split_name").to_owned(), version(&form));
        let result = ask
            .write(move |tx, actor, moment| {
                split_activity(tx, actor, id, &wordings, &name, seen, moment)
            })
            .await;
        done(&ask, &form, result, "split").await
    })
}

/// Says whether it stays.
pub fn keep(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("activity")?, ask.form().await?);
        let stays = match form.text("stays") {
            "" => None,
            "mine" => Some(Stays::Mine),
            "rest" => Some(Stays::Rest),
            other => {
                return Err(Error::invalid(
                    "stays",
                    "activity.stays",
                    format!("\"{other}\" is neither mine nor rest"),
                ));
            }
        };
        let seen = version(&form);
        let result = ask
            .write(move |tx, actor, moment| keep_activity(tx, actor, id, stays, seen, moment))
            .await;
        done(&ask, &form, result, "kept").await
    })
}

/// Prices it.
pub fn price(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("activity")?, ask.form().await?);
        let result = match read_price(&form) {
            Ok(price) => {
                let seen = version(&form);
                ask.write(move |tx, actor, moment| {
                    price_activity(tx, actor, id, price, seen, moment)
                })
                .await
            }
            Err(error) => Err(error),
        };
        done(&ask, &form, result, "priced").await
    })
}

pub(super) fn read_price(form: &Form) -> Result<Option<PriceRange>, Error> {
    if form.is_ticked("market") {
        return Ok(None);
    }
    match (form.amount("low")?, form.amount("high")?) {
        (Some(low), Some(high)) => Ok(Some(PriceRange::between(low, high))),
        (Some(one), None) | (None, Some(one)) => Ok(Some(PriceRange::new(one, one, one))),
        (None, None) => Err(Error::invalid(
            "low",
            "price.missing",
            "type what you would pay for an hour",
        )),
    }
}

/// Keeps the owner's judgement.
pub fn judge(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("activity")?, ask.form().await?);
        let judgement = Judgement::of(form.text("judgement")).ok_or_else(|| {
            Error::invalid(
                "judgement",
                "judgement.unknown",
                "choose open, not now or never",
            )
        })?;
        let (reason, seen) = (form.text("reason").to_owned(), version(&form));
        let result = ask
            .write(move |tx, actor, moment| {
                judge_activity(tx, actor, id, judgement, &reason, seen, moment)
            })
            .await;
        done(&ask, &form, result, "kept").await
    })
}
