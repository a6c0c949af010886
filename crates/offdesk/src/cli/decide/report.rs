//! The answer as JSON.

use offdesk_actions::decide::{Answer, Next, Question};
use offdesk_domain::decision::{Advice, Because};
use serde::Serialize;

use super::key_of;

/// The answer as JSON; figures are numbers, in the currency of the case.
#[derive(Serialize)]
pub(super) struct Report {
    schema: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
    net_value: f64,
    cash: f64,
    hours_freed: f64,
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
    range: Option<Range>,
    tornado: Vec<Span>,
    trials: Vec<Trial>,
    course: Vec<f64>,
    assumed: Vec<&'static str>,
}

#[derive(Serialize)]
struct Range {
    mean: f64,
    p5: f64,
    p50: f64,
    p95: f64,
    chance_of_loss: f64,
    value_of_knowing: f64,
}

#[derive(Serialize)]
struct Span {
    input: &'static str,
    low: f64,
    high: f64,
}

#[derive(Serialize)]
struct Trial {
    assignments: u32,
    worth: f64,
}

impl Report {
    pub(super) fn of(question: &Question, found: &Answer) -> Self {
        let decision = &found.decision;
        Self {
            schema: "offdesk.decision/1",
            currency: question.currency.map(|currency| currency.to_string()),
            net_value: decision.net_value,
            cash: decision.cash,
            hours_freed: decision.hours_freed,
            price_per_hour_bought_back: decision.price_per_hour_bought_back,
            break_even_times: decision.break_even_times,
            break_even_week: decision.break_even_week,
            break_even_hour: decision.break_even_hour,
            escaped_faults: decision.escaped_faults,
            escaped_faults_if_kept: decision.escaped_faults_if_kept,
            verdict: match found.verdict {
                Advice::Delegate => "delegate",
                Advice::Automate => "automate",
                Advice::Keep => "keep",
            },
            reason: match found.because {
                Because::Focus => "focus",
                Because::Better => "better",
                Because::Price => "price",
                Because::NoHours => "no_hours",
                Because::NoDifference => "no_difference",
            },
            worth: decision.worth,
            loaded_rate: decision.loaded_rate,
            pv_hours: decision.pv_hours,
            pv_cash: decision.pv_cash,
            pv_quality: decision.pv_quality,
            next: match found.next {
                Next::Go => Some("go"),
                Next::TryFirst => Some("try_first"),
                Next::Unknown => None,
            },
            range: found.chances.as_ref().map(|chances| Range {
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
                .map(|(input, [low, high])| Span {
                    input: key_of(*input),
                    low: *low,
                    high: *high,
                })
                .collect(),
            trials: found
                .trials
                .iter()
                .map(|(assignments, worth)| Trial {
                    assignments: *assignments,
                    worth: *worth,
                })
                .collect(),
            course: found.course.clone(),
            assumed: question.assumed.iter().map(|row| row.key).collect(),
        }
    }
}
