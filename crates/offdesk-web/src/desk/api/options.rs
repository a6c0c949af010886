//! Who could do an activity, side by side; and in which order to hand over.

use axum::http::StatusCode;
use axum::response::Response;
use offdesk_actions::Error;
use offdesk_actions::decide::json::ComparisonJson;
use offdesk_actions::decide::{NO_AMOUNT, VALUE_WHEN_DONE, brings};
use offdesk_actions::next::rank;
use offdesk_actions::next::rollout::{RolloutJson, roll_out};
use offdesk_actions::options::{
    HandoffOption, NewOptions, OptionKind, Subject, keep_options, read_figures,
};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::activities::no_worth;
use super::{json, read};
use crate::desk::ask::{Answer, Ask};
use crate::desk::pages::decision::subject;
use crate::desk::pages::rollout::terms_of;

/// The options of an activity, weighed.
pub fn show(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("activity")?;
        weighed(subject(&ask, id).await?).await
    })
}

/// What comes of a subject; the draws are no work for a thread that serves others.
async fn weighed(subject: Subject) -> Result<Response, Error> {
    Ask::apart(move || {
        let weighed = subject.weigh()?;
        json(StatusCode::OK, &ComparisonJson::of(&subject, &weighed))
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewComparison {
    #[serde(default)]
    currency: Option<String>,
    #[serde(default)]
    own: Map<String, Value>,
    #[serde(default)]
    value_when_done: Option<Value>,
    options: Vec<OptionSent>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OptionSent {
    name: String,
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    figures: Map<String, Value>,
}

/// Keeps the options of an activity, and answers with what comes of them; none forgets them.
pub fn keep(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("activity")?;
        let new = of_sent(read(&ask.bytes().await?)?)?;
        let subject = ask
            .write(move |tx, actor, moment| keep_options(tx, actor, id, &new, moment))
            .await?;
        weighed(subject).await
    })
}

fn of_sent(sent: NewComparison) -> Result<NewOptions, Error> {
    let options = sent.options.into_iter().map(|option| {
        let kind = option.kind.as_deref().unwrap_or("freelancer");
        let kind = OptionKind::of(kind).ok_or_else(|| {
            Error::invalid(
                "kind",
                "decide.options",
                "there is no such kind of a person",
            )
            .hint("use freelancer, in_house, agency or agent")
        })?;
        Ok(HandoffOption {
            name: option.name,
            kind,
            figures: read_figures(&option.figures)?,
        })
    });
    let sent_brings = sent.value_when_done.filter(|it| !it.is_null());
    let brought = sent_brings.map(|value| {
        brings(&value).ok_or_else(|| {
            let message = format!("{VALUE_WHEN_DONE} {NO_AMOUNT}");
            Error::invalid(VALUE_WHEN_DONE, "decide.value", message)
        })
    });
    Ok(NewOptions {
        currency: sent.currency,
        own: read_figures(&sent.own)?,
        value_when_done: brought.transpose()?,
        options: options.collect::<Result<_, Error>>()?,
    })
}

/// In which order to hand over.
pub fn order(ask: Ask) -> Answer {
    Box::pin(async move {
        let hours = ask.hours().await?;
        let terms = terms_of(&ask.query)?;
        Ask::apart(move || {
            let list = rank(&hours).ok_or_else(no_worth)?;
            let plan = roll_out(&list, terms);
            let name = &hours.settings.name;
            json(
                StatusCode::OK,
                &RolloutJson::of(&list, terms, plan.as_ref(), name),
            )
        })
        .await
    })
}
