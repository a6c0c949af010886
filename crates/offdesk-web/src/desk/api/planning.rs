//! A handoff weighed, and who should do what, from what is sent; nothing of it is kept.

mod waiting;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::http::{Method, StatusCode};
use axum::response::Response;
use offdesk_actions::actor::Permission;
use offdesk_actions::decide::json::DecisionJson;
use offdesk_actions::decide::{Question, answer};
use offdesk_actions::next::problem::{DeskLimits, problem_of};
use offdesk_actions::next::rank;
use offdesk_actions::people::list_people;
use offdesk_actions::plan::json::PlanJson;
use offdesk_actions::plan::{Found, Limits, Planning};
use offdesk_actions::store::people::PersonRow;
use offdesk_actions::{Error, Moment};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

pub use self::waiting::while_awaited;
use self::waiting::{busy, places};
use super::activities::no_worth;
use super::json;
use super::table::Line;
use crate::desk::ask::{Answer, Ask};
use crate::desk::form::Form;
use crate::desk::routes::Access;

/// The largest problem that is read.
const LARGEST_PROBLEM: usize = 16 << 20;
/// So many people of the desk are planned with.
const MOST_PEOPLE: u32 = 500;
/// A plan is searched so long unless something else is said, and at most so long; single changes have as long again.
const USUAL_SECONDS: f64 = 5.0;
const MOST_SECONDS: f64 = 10.0;

pub(super) fn lines() -> Vec<Line> {
    let see = Access::May(Permission::See);
    vec![
        (
            Method::POST,
            "/api/v1/decision",
            see,
            decision,
            "Weighs a handoff: the case of offdesk decide, a number or [low, likely, high] for each input; nothing is kept",
            &[
                ("name", "string?"),
                ("currency", "string?"),
                ("value_when_done", "range?"),
                ("value_of_work_hour", "range"),
                ("value_of_rest_hour", "range?"),
                ("share_redeployed", "range?"),
                ("owner_hours", "range"),
                ("times_per_week", "range"),
                ("weeks", "range?"),
                ("rate", "range"),
                ("load", "range?"),
                ("first_time_ratio", "range?"),
                ("steady_ratio", "range?"),
                ("learning_rate", "range?"),
                ("communication_hours", "range?"),
                ("review_hours", "range?"),
                ("full_review_times", "range?"),
                ("review_share", "range?"),
                ("fault_rate", "range?"),
                ("detection", "range?"),
                ("rework_hours", "range?"),
                ("explain_hours", "range?"),
                ("escape_cost", "range?"),
                ("own_fault_rate", "range?"),
                ("blueprint_hours", "range?"),
                ("onboarding_hours", "range?"),
                ("training_hours", "range?"),
                ("discount_rate", "range?"),
                ("leavings_per_year", "range?"),
                ("quality_gain", "range?"),
                ("cost_each_time", "range?"),
            ],
            "offdesk.decision/1",
        ),
        (
            Method::GET,
            "/api/v1/plan",
            see,
            of_desk,
            "Finds who should do what of the desk's own people, activities and options; cash_per_week= and owner_setup_hours= limit it",
            &[],
            "offdesk.plan/1",
        ),
        (
            Method::POST,
            "/api/v1/plan",
            see,
            plan,
            "Finds who should do what: the problem of offdesk plan; seconds= says how long, explain=1 plans again with one thing changed; nothing is kept",
            &[
                ("people", "array"),
                ("activities", "array"),
                ("cash_per_week", "number?"),
                ("owner_setup_hours", "number?"),
                ("owner_works", "array?"),
                ("set_ups", "array?"),
                ("forbidden", "array?"),
                ("required_pairs", "array?"),
            ],
            "offdesk.plan/1",
        ),
    ]
}

/// Weighs a case.
fn decision(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let sent = text(ask.bytes().await?)?;
        Ask::apart(move || {
            let question = Question::parse(&sent)?;
            let found = answer(&question);
            json(StatusCode::OK, &DecisionJson::of(&question, &found))
        })
        .await
    })
}

/// Solves the problem of the desk.
fn of_desk(ask: Ask) -> Answer {
    Box::pin(async move {
        let terms = Terms::of(&ask.query)?;
        let limits = limits_of(&ask.query)?;
        let hours = ask.hours().await?;
        let people = desk_people(&ask).await?;
        let moment = ask.desk.moment;
        while_awaited(move |gone| {
            let list = rank(&hours).ok_or_else(no_worth)?;
            let problem = problem_of(&hours, &list, &people, limits).to_string();
            solved(&problem, terms, moment, gone)
        })
        .await
    })
}

/// The people of the desk who may be planned with.
///
/// # Errors
/// Those of the actor and of the store.
pub async fn desk_people(ask: &Ask) -> Result<Vec<PersonRow>, Error> {
    ask.read(|tx, actor, _| list_people(tx, actor, None, MOST_PEOPLE))
        .await
}

/// The limits as typed; empty ones are none.
///
/// # Errors
/// `form.amount`, `plan.value`.
pub fn limits_of(form: &Form) -> Result<DeskLimits, Error> {
    let limit = |name: &'static str, typed: Option<Decimal>| {
        let number = typed.map(|number| number.to_f64().unwrap_or(f64::NAN));
        if number.is_some_and(|number| !(0.0..=1e9).contains(&number)) {
            let message = "a limit is 0 or more, and at most a billion";
            return Err(Error::invalid(name, "plan.value", message));
        }
        Ok(number)
    };
    Ok(DeskLimits {
        cash_per_week: limit("cash_per_week", form.amount("cash_per_week")?)?,
        owner_setup_hours: limit("owner_setup_hours", form.number("owner_setup_hours")?)?,
    })
}

/// The plan of a problem, as an answer.
fn solved(
    problem: &str,
    terms: Terms,
    moment: fn() -> Moment,
    gone: &AtomicBool,
) -> Result<Response, Error> {
    let planning = Planning::parse(problem)?;
    let found = solve(&planning, terms, moment, gone)?;
    let left_aside = planning.left_aside();
    json(
        StatusCode::OK,
        &PlanJson::of(&found.plan, left_aside, &found.changes, found.seconds),
    )
}

/// Solves a problem that is sent.
fn plan(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let terms = Terms::of(&ask.query)?;
        let sent = text(ask.bytes_up_to(LARGEST_PROBLEM).await?)?;
        let moment = ask.desk.moment;
        while_awaited(move |gone| solved(&sent, terms, moment, gone)).await
    })
}

/// How long is searched, and whether it is to be explained.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    /// So long for the plan, and for its explanation again.
    pub limit: Duration,
    /// Whether single changes are planned, too.
    pub is_explained: bool,
}

impl Terms {
    /// Those of a page, which says why in any case.
    #[must_use]
    pub fn of_page() -> Self {
        Self {
            limit: Duration::from_secs_f64(USUAL_SECONDS),
            is_explained: true,
        }
    }

    /// Those behind the question mark.
    ///
    /// # Errors
    /// `plan.seconds`.
    fn of(query: &Form) -> Result<Self, Error> {
        let seconds = match query.text("seconds") {
            "" => Some(USUAL_SECONDS),
            typed => typed.parse().ok(),
        };
        let seconds = seconds.filter(|seconds| (0.01..=MOST_SECONDS).contains(seconds));
        let refused = || {
            let message = format!("seconds is a number from 0.01 to {MOST_SECONDS}");
            Error::invalid("seconds", "plan.seconds", message)
                .hint("for longer ones use the command:  offdesk plan PROBLEM.json --seconds N")
        };
        Ok(Self {
            limit: Duration::from_secs_f64(seconds.ok_or_else(refused)?),
            is_explained: matches!(query.text("explain"), "1" | "true"),
        })
    }
}

/// The best plan within the time of a request; it ends as well when nobody waits for it any more.
///
/// # Errors
/// `plan.value`, `plan.busy`.
pub fn solve(
    planning: &Planning,
    terms: Terms,
    moment: fn() -> Moment,
    gone: &AtomicBool,
) -> Result<Found, Error> {
    let _place = places().try_acquire().map_err(|_| busy())?;
    let began = moment().now;
    let found = planning.find(&Limits {
        plan: terms.limit,
        changes: terms.is_explained.then_some(terms.limit),
        elapsed: &|| Duration::try_from(moment().now.duration_since(began)).unwrap_or_default(),
        is_stopped: &|| gone.load(Ordering::Relaxed),
    })?;
    Ok(found)
}

fn text(sent: Vec<u8>) -> Result<String, Error> {
    String::from_utf8(sent)
        .map_err(|_| Error::invalid("", "json.invalid", "what was sent is no UTF-8 text"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever may see held every processor with plans at once.
    #[test]
    fn no_more_plans_are_worked_out_than_there_are_places() {
        let moment = || Moment {
            now: jiff::Timestamp::UNIX_EPOCH,
            random: |_| {},
        };
        let planning = Planning::parse(r#"{"people":[],"activities":[]}"#).unwrap();
        let solve = || {
            let gone = AtomicBool::new(false);
            solve(&planning, Terms::of_page(), moment, &gone)
        };
        let all = u32::try_from(places().available_permits()).unwrap();
        let held = places().try_acquire_many(all).unwrap();
        assert_eq!(solve().err().unwrap().code, "plan.busy");
        drop(held);
        assert!(solve().is_ok());
    }
}
