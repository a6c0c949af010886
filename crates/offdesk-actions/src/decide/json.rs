//! What was decided, as JSON; figures are numbers, not rounded, in the currency of the case.

mod drop;

use offdesk_domain::decision::{Advice, Because};
use serde::Serialize;

use self::drop::DropJson;
use super::{Answer, Choice, Next, Question, Weighed};
use crate::options::{Subject, figures_json, range_json};

/// `offdesk.decision/1`; within a comparison without its schema.
#[derive(Serialize)]
pub struct DecisionJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
    net_value: f64,
    cash: f64,
    hours_freed: f64,
    opportunity: f64,
    price_per_hour_bought_back: Option<f64>,
    break_even_times: Option<u32>,
    break_even_week: Option<u32>,
    break_even_hour: Option<f64>,
    escaped_faults: f64,
    escaped_faults_if_kept: f64,
    verdict: &'static str,
    reason: &'static str,
    worth: f64,
    loaded_rate: f64,
    pv_hours: f64,
    pv_cash: f64,
    pv_quality: f64,
    next: Option<&'static str>,
    range: Option<RangeJson>,
    tornado: Vec<SpanJson>,
    trial: Option<u32>,
    trials: Vec<TrialJson>,
    drop: Option<DropJson>,
    course: Vec<f64>,
    assumed: Vec<&'static str>,
}

#[derive(Serialize)]
struct RangeJson {
    mean: f64,
    p5: f64,
    p50: f64,
    p95: f64,
    chance_of_loss: f64,
    value_of_knowing: f64,
}

#[derive(Serialize)]
struct SpanJson {
    input: &'static str,
    low: f64,
    high: f64,
}

#[derive(Serialize)]
struct TrialJson {
    assignments: u32,
    worth: f64,
}

/// The word of a verdict.
pub(crate) fn verdict_word(advice: Advice) -> &'static str {
    match advice {
        Advice::Delegate => "delegate",
        Advice::Automate => "automate",
        Advice::Keep => "keep",
        Advice::Drop => "drop",
    }
}

/// The word of a reason.
pub(crate) fn reason_word(because: Because) -> &'static str {
    match because {
        Because::Focus => "focus",
        Because::Better => "better",
        Because::Price => "price",
        Because::NoHours => "no_hours",
        Because::NoDifference => "no_difference",
        Because::NotNeeded => "not_needed",
    }
}

fn next_word(next: Next) -> Option<&'static str> {
    match next {
        Next::Go => Some("go"),
        Next::TryFirst => Some("try_first"),
        Next::FindOut => Some("find_out"),
        Next::Unknown => None,
    }
}

impl DecisionJson {
    /// A case and what came of it.
    #[must_use]
    pub fn of(question: &Question, found: &Answer) -> Self {
        Self {
            schema: Some("offdesk.decision/1"),
            currency: question.currency.map(|currency| currency.to_string()),
            ..Self::within(question, found)
        }
    }

    /// The same within another answer, which has the schema and the currency.
    fn within(question: &Question, found: &Answer) -> Self {
        let decision = &found.decision;
        Self {
            schema: None,
            currency: None,
            net_value: decision.net_value,
            cash: decision.cash,
            hours_freed: decision.hours_freed,
            opportunity: decision.opportunity(),
            price_per_hour_bought_back: decision.price_per_hour_bought_back,
            break_even_times: decision.break_even_times,
            break_even_week: decision.break_even_week,
            break_even_hour: decision.break_even_hour,
            escaped_faults: decision.escaped_faults,
            escaped_faults_if_kept: decision.escaped_faults_if_kept,
            verdict: verdict_word(found.verdict),
            reason: reason_word(found.because),
            worth: decision.worth,
            loaded_rate: decision.loaded_rate,
            pv_hours: decision.pv_hours,
            pv_cash: decision.pv_cash,
            pv_quality: decision.pv_quality,
            next: next_word(found.next),
            range: found.chances.as_ref().map(|chances| RangeJson {
                mean: chances.mean,
                p5: chances.p5,
                p50: chances.p50,
                p95: chances.p95,
                chance_of_loss: chances.chance_of_loss,
                value_of_knowing: chances.value_of_knowing,
            }),
            tornado: found
                .tornado
                .iter()
                .map(|(input, [low, high])| SpanJson {
                    input: input.key(),
                    low: *low,
                    high: *high,
                })
                .collect(),
            trials: found
                .trials
                .iter()
                .map(|trial| TrialJson {
                    assignments: trial.assignments,
                    worth: trial.worth,
                })
                .collect(),
            trial: found.trial.map(|trial| trial.assignments),
            drop: found
                .dropped
                .as_ref()
                .map(|dropped| DropJson::of(dropped, found.drop_doubt.as_ref())),
            course: found.course.clone(),
            assumed: question.assumed.iter().map(|row| row.key).collect(),
        }
    }
}

/// `offdesk.comparison/1`.
#[derive(Serialize)]
pub struct ComparisonJson<'s> {
    schema: &'static str,
    activity: String,
    name: &'s str,
    currency: String,
    kept: bool,
    own: serde_json::Value,
    value_when_done: Option<serde_json::Value>,
    options: Vec<OptionJson<'s>>,
    choice: &'static str,
    person: Option<&'s str>,
    best: f64,
    keep_best: f64,
    drop_best: f64,
    drop_value: Option<f64>,
    drop: Option<DropJson>,
    no_difference: Option<&'s str>,
    value_of_knowing: f64,
    next: Option<&'static str>,
    trial: Option<u32>,
    trial_with: Option<&'s str>,
    trial_worth: Option<f64>,
}

#[derive(Serialize)]
struct OptionJson<'s> {
    name: &'s str,
    kind: &'static str,
    figures: serde_json::Value,
    best: f64,
    decision: DecisionJson,
}

impl<'s> ComparisonJson<'s> {
    /// The ways of an activity and what came of them.
    #[must_use]
    pub fn of(subject: &'s Subject, weighed: &'s Weighed) -> Self {
        let options = subject.options.iter().zip(&weighed.sides);
        let name_at = |at: usize| subject.options.get(at).map(|option| option.name.as_str());
        let word = |choice: Choice| match choice {
            Choice::Way(at) => {
                weighed
                    .sides
                    .get(at)
                    .map_or("delegate", |side| match side.answer.verdict {
                        Advice::Automate => "automate",
                        _ => "delegate",
                    })
            }
            Choice::Keep => "keep",
            Choice::Drop => "drop",
        };
        Self {
            schema: "offdesk.comparison/1",
            activity: subject.id.to_string(),
            name: &subject.name,
            currency: subject.currency.to_string(),
            kept: subject.is_kept,
            own: figures_json(&subject.own_figures()),
            value_when_done: subject.value_when_done.map(range_json),
            options: options
                .map(|(option, side)| OptionJson {
                    name: &option.name,
                    kind: option.kind.word(),
                    figures: figures_json(&option.figures),
                    best: side.best,
                    decision: DecisionJson::within(&side.question, &side.answer),
                })
                .collect(),
            choice: word(weighed.choice),
            person: match weighed.choice {
                Choice::Way(at) => name_at(at),
                Choice::Keep | Choice::Drop => None,
            },
            best: weighed.best(),
            keep_best: weighed.keep_best,
            drop_best: weighed.drop_best,
            drop_value: weighed.dropped.map(|it| it.net_value),
            drop: weighed
                .dropped
                .as_ref()
                .map(|dropped| DropJson::of(dropped, weighed.drop_doubt.as_ref())),
            no_difference: weighed.same_as.and_then(|choice| match choice {
                Choice::Way(at) => name_at(at),
                Choice::Keep => Some("keep"),
                Choice::Drop => Some("drop"),
            }),
            value_of_knowing: weighed.value_of_knowing,
            next: next_word(weighed.next),
            trial: weighed.trial.map(|(_, trial)| trial.assignments),
            trial_with: weighed.trial.and_then(|(at, _)| name_at(at)),
            trial_worth: weighed.trial.map(|(_, trial)| trial.worth),
        }
    }
}
