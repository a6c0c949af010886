//! In which order to hand over what pays, when the owner has few hours a week for it and freed hours fund the next.

mod would_do;

use offdesk_domain::Currency;
use offdesk_domain::decision::rollout::{Rollout, Time, Waiting, Week, best_order, follow, weeks};
use offdesk_domain::money::to_minor_text;
use rust_decimal::Decimal;
use serde::Serialize;

pub use self::would_do::WouldDo;
use super::{NextActivity, NextList};
use crate::error::Error;

/// So many of the list are put in order, the most worthwhile.
pub const MOST: usize = 12;

/// What the owner has for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RolloutTerms {
    /// Hours a week for set-ups.
    pub owner_hours: f64,
    /// Weeks to look ahead.
    pub weeks: u32,
    /// Share of freed hours that goes into further set-ups.
    pub reinvested: f64,
}

impl Default for RolloutTerms {
    fn default() -> Self {
        Self {
            owner_hours: 4.0,
            weeks: 26,
            reinvested: 0.5,
        }
    }
}

impl RolloutTerms {
    /// Terms as somebody has typed them.
    ///
    /// # Errors
    /// `next.roll_out` about the one that cannot be.
    pub fn checked(self) -> Result<Self, Error> {
        let refuse = |field, message: &str| Err(Error::invalid(field, "next.roll_out", message));
        if !(self.owner_hours > 0.0 && self.owner_hours <= 80.0) {
            return refuse(
                "owner_hours",
                "the hours a week for set-ups are above 0 and at most 80",
            );
        }
        if !(1..=104).contains(&self.weeks) {
            return refuse("weeks", "the weeks to look ahead are from 1 to 104");
        }
        if !(0.0..=1.0).contains(&self.reinvested) {
            return refuse(
                "reinvested",
                "the share of freed hours put in again is from 0 to 1",
            );
        }
        Ok(self)
    }
}

/// An order of handing over.
#[derive(Debug, Clone)]
pub struct RolloutPlan<'l, 'h> {
    /// What it was made of.
    pub terms: RolloutTerms,
    /// The activities that pay, as the list ranks them.
    pub activities: Vec<&'l NextActivity<'h>>,
    /// The same as they wait for their set-up.
    pub waiting: Vec<Waiting>,
    /// The best order and what comes of it.
    pub best: Rollout,
    /// The best order week by week.
    pub weeks: Vec<Week>,
    /// What the same bring in the order of their gain alone.
    pub by_gain: f64,
    /// Numbers of those that would lose within the weeks, so that they are in no order.
    pub not_within: Vec<usize>,
    /// Activities that pay but were left out, because there are too many.
    pub left_out: usize,
}

impl RolloutPlan<'_, '_> {
    /// What it brings before the set-ups are taken off.
    #[must_use]
    pub fn before_set_up(&self) -> f64 {
        self.best.value + self.best.setup_cost
    }

    /// Whether another than the one with the largest gain comes first, because its hours fund the rest.
    #[must_use]
    pub fn is_quick_win_first(&self) -> bool {
        let first = self.best.order.first().copied();
        let order = by_gain(&self.activities);
        let largest = order.into_iter().find(|at| self.best.order.contains(at));
        first != largest && self.best.value > self.by_gain
    }
}

/// Puts the activities that pay in order; `None` where none does.
#[must_use]
pub fn roll_out<'l, 'h>(
    list: &'l NextList<'h>,
    terms: RolloutTerms,
) -> Option<RolloutPlan<'l, 'h>> {
    let activities = that_pay_most(list);
    if activities.is_empty() {
        return None;
    }
    let (waiting, time) = within(&activities, terms);
    let best = best_order(&waiting, time);
    let not_within = (0..activities.len())
        .filter(|at| !best.order.contains(at))
        .collect();
    let mut order = by_gain(&activities);
    order.retain(|at| best.order.contains(at));
    let by_gain = follow(&waiting, &order, time).value;
    Some(RolloutPlan {
        terms,
        left_out: list.open.len() - activities.len(),
        weeks: weeks(&waiting, &best.order, time),
        activities,
        waiting,
        best,
        by_gain,
        not_within,
    })
}

/// The activities that are put in order, as the list ranks them: those with the largest gain. The list ranks by readiness as well, so the
/// first of it need not be them. All that is open pays: what does not is better kept.
fn that_pay_most<'l, 'h>(list: &'l NextList<'h>) -> Vec<&'l NextActivity<'h>> {
    let open: Vec<&NextActivity<'h>> = list.open.iter().collect();
    let mut most = by_gain(&open);
    most.truncate(MOST);
    most.sort_unstable();
    let most = most.into_iter();
    most.filter_map(|at| open.get(at).copied()).collect()
}

/// The activities as they wait for their set-up, and the owner's time for that.
fn within(activities: &[&NextActivity<'_>], terms: RolloutTerms) -> (Vec<Waiting>, Time) {
    let waiting = activities
        .iter()
        .map(|next| Waiting::of(&next.handoff.case, terms.weeks));
    let time = Time {
        weeks: terms.weeks,
        hours_per_week: terms.owner_hours,
        reinvested: terms.reinvested,
    };
    (waiting.collect(), time)
}

/// Numbers of the activities, the largest gain first.
fn by_gain(activities: &[&NextActivity<'_>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..activities.len()).collect();
    let gain = |at: &usize| activities.get(*at).map(|next| next.handoff.first_year_gain);
    order.sort_by_key(|at| std::cmp::Reverse(gain(at)));
    order
}

/// `offdesk.rollout/1`.
#[derive(Serialize)]
pub struct RolloutJson<'r> {
    schema: &'static str,
    workspace: String,
    currency: String,
    owner_hours_per_week: f64,
    reinvested: f64,
    look_ahead_weeks: u32,
    value: String,
    value_before_set_up: String,
    set_up_cost: String,
    value_by_gain: String,
    quick_win_first: bool,
    left_out: usize,
    not_within: Vec<&'r str>,
    order: Vec<RolloutStepJson<'r>>,
    weeks: Vec<RolloutWeekJson<'r>>,
}

#[derive(Serialize)]
struct RolloutStepJson<'r> {
    place: usize,
    id: String,
    name: &'r str,
    setup_hours: f64,
    begun_in_week: Option<u32>,
    live_from_week: Option<u32>,
    first_year_gain: String,
}

#[derive(Serialize)]
struct RolloutWeekJson<'r> {
    week: usize,
    hours: f64,
    hours_freed: f64,
    value: String,
    set_up: Vec<SpentJson<'r>>,
}

#[derive(Serialize)]
struct SpentJson<'r> {
    name: &'r str,
    hours: f64,
}

impl<'r> RolloutJson<'r> {
    /// The plan as JSON; `None` for a list in which nothing pays gives an empty one.
    #[must_use]
    pub fn of(
        list: &NextList<'_>,
        terms: RolloutTerms,
        plan: Option<&'r RolloutPlan<'_, '_>>,
        workspace: &str,
    ) -> Self {
        let currency = list.audit.worth.currency;
        let money =
            |value: f64| to_minor_text(Decimal::try_from(value).unwrap_or_default(), currency);
        let name = |at: usize| {
            let next = plan.and_then(|plan| plan.activities.get(at));
            next.map_or("", |next| next.judged.activity.name.as_str())
        };
        Self {
            schema: "offdesk.rollout/1",
            workspace: workspace.to_owned(),
            currency: currency.to_string(),
            owner_hours_per_week: terms.owner_hours,
            reinvested: terms.reinvested,
            look_ahead_weeks: terms.weeks,
            value: money(plan.map_or(0.0, |plan| plan.best.value)),
            value_before_set_up: money(plan.map_or(0.0, RolloutPlan::before_set_up)),
            set_up_cost: money(plan.map_or(0.0, |plan| plan.best.setup_cost)),
            value_by_gain: money(plan.map_or(0.0, |plan| plan.by_gain)),
            quick_win_first: plan.is_some_and(RolloutPlan::is_quick_win_first),
            left_out: plan.map_or(0, |plan| plan.left_out),
            not_within: plan
                .into_iter()
                .flat_map(|plan| plan.not_within.iter().map(|at| name(*at)))
                .collect(),
            order: plan.map_or_else(Vec::new, |plan| steps(plan, currency)),
            weeks: plan.map_or_else(Vec::new, |plan| weeks_of(plan, currency)),
        }
    }
}

fn steps<'r>(plan: &'r RolloutPlan<'_, '_>, currency: Currency) -> Vec<RolloutStepJson<'r>> {
    let order = (1..).zip(&plan.best.order);
    let steps = order.filter_map(|(place, at)| {
        let next = plan.activities.get(*at)?;
        Some(RolloutStepJson {
            place,
            id: next.row.id.to_string(),
            name: &next.judged.activity.name,
            setup_hours: plan.waiting.get(*at)?.setup_hours,
            begun_in_week: plan.best.begun_in_week.get(*at).copied().flatten(),
            live_from_week: plan.best.live_from_week.get(*at).copied().flatten(),
            first_year_gain: to_minor_text(next.handoff.first_year_gain, currency),
        })
    });
    steps.collect()
}

fn weeks_of<'r>(plan: &'r RolloutPlan<'_, '_>, currency: Currency) -> Vec<RolloutWeekJson<'r>> {
    let spent = |(at, hours): &(usize, f64)| {
        let next = plan.activities.get(*at)?;
        Some(SpentJson {
            name: &next.judged.activity.name,
            hours: *hours,
        })
    };
    let weeks = (1..).zip(&plan.weeks).map(|(week, of)| RolloutWeekJson {
        week,
        hours: of.hours,
        hours_freed: of.hours_freed,
        value: to_minor_text(Decimal::try_from(of.value).unwrap_or_default(), currency),
        set_up: of.spent.iter().filter_map(spent).collect(),
    });
    weeks.collect()
}
