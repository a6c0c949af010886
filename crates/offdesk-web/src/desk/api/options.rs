//! Who could do an activity, side by side; and in which order to hand over.

use axum::http::StatusCode;
use offdesk_actions::actor::Permission;
use offdesk_actions::decide::json::ComparisonJson;
use offdesk_actions::next::rank;
use offdesk_actions::next::rollout::{RolloutJson, roll_out};
use offdesk_actions::options::{
    HandoffOption, NewOptions, OptionKind, keep_options, read_figures, subject_of,
};
use offdesk_actions::{Error, ErrorKind};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::activities::no_worth;
use super::{change, json, read};
use crate::desk::ask::{Answer, Ask};
use crate::desk::pages::rollout::terms_of;

/// The options of an activity, weighed.
pub fn show(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("activity")?;
        let hours = ask.hours().await?;
        let rhythms = ask.rhythms().await?;
        let subject = subject_of(&hours, id, hours.options.get(&id), Some(&rhythms))?;
        let (subject, weighed) = Ask::apart(move || {
            let weighed = subject.weigh()?;
            Ok((subject, weighed))
        })
        .await?;
        json(StatusCode::OK, &ComparisonJson::of(&subject, &weighed))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewComparison {
    #[serde(default)]
    currency: Option<String>,
    #[serde(default)]
    own: Map<String, Value>,
    #[serde(default)]
    value_when_done: Option<f64>,
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
        let sent = ask.bytes().await?;
        let new = of_sent(read(&sent)?)?;
        change(
            &ask,
            Permission::Edit,
            &sent,
            StatusCode::OK,
            move |tx, actor, moment| {
                let subject = keep_options(tx, actor, id, &new, moment)?;
                let weighed = subject.weigh()?;
                value(&ComparisonJson::of(&subject, &weighed))
            },
        )
        .await
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
    let brings = sent.value_when_done;
    if brings.is_some_and(|brings| !(0.0..=1e9).contains(&brings)) {
        let message = "value_when_done is an amount from 0 on";
        return Err(Error::invalid("value_when_done", "decide.value", message));
    }
    Ok(NewOptions {
        currency: sent.currency,
        own: read_figures(&sent.own)?,
        value_when_done: brings,
        options: options.collect::<Result<_, Error>>()?,
    })
}

/// In which order to hand over.
pub fn order(ask: Ask) -> Answer {
    Box::pin(async move {
        let hours = ask.hours().await?;
        let terms = terms_of(&ask.query)?;
        let answer = Ask::apart(move || {
            let list = rank(&hours).ok_or_else(no_worth)?;
            let plan = roll_out(&list, terms);
            let name = &hours.settings.name;
            value(&RolloutJson::of(&list, terms, plan.as_ref(), name))
        })
        .await?;
        json(StatusCode::OK, &answer)
    })
}

/// An answer that outlives what it is made of.
fn value(answer: &impl Serialize) -> Result<Value, Error> {
    serde_json::to_value(answer)
        .map_err(|error| Error::new(ErrorKind::Failed, "json.failed", error.to_string()))
}
