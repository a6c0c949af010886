//! Whether a handoff pays: net value, cash, hours freed, price per hour bought back, and when it breaks even.
//!
//! The formulas are those of the science document, section 2.2. Figures here are forecasts, not amounts of money:
//! they are computed in binary and rounded where they are shown.

mod band;
mod calendar;
mod case;
pub mod chance;
pub mod choice;
pub mod comparison;
mod inputs;
mod names;
mod paid;
mod parts;
mod practice;
pub mod queue;
pub mod rollout;
mod so_far;
mod square;
pub mod trial;
pub mod usual;

use self::calendar::{Calendar, Week};
pub use self::case::{Case, CaseError};
pub use self::inputs::{INPUTS, Input, Row};
pub use self::paid::{Paid, Work};
pub use self::parts::Parts;
use self::rollout::WeekLive;
pub use self::so_far::CostSoFar;
use self::square::Square;

/// Weeks in a year, as the discount and turnover count them.
const YEAR: f64 = 52.0;

/// What a handoff comes to, over the weeks of its case.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decision {
    /// What an hour freed is worth.
    pub worth: f64,
    /// What an hour of the person costs, loaded.
    pub loaded_rate: f64,
    /// Present value of everything.
    pub net_value: f64,
    /// Paid to the person.
    pub cash: f64,
    /// Hours of the owner's, net of set-up, talk, review and turnover.
    pub hours_freed: f64,
    /// Cash over hours freed; `None` where no hour is freed.
    pub price_per_hour_bought_back: Option<f64>,
    /// The time from which the sum since the beginning stays at nothing or above to the end; `None` where it does not.
    pub break_even_times: Option<u32>,
    /// The week of it, from 1.
    pub break_even_week: Option<u32>,
    /// The worth of a freed hour at which the net value is nothing; `None` where no hour is freed.
    pub break_even_hour: Option<f64>,
    /// Faults that get out.
    pub escaped_faults: f64,
    /// Faults that would get out if the owner went on doing it.
    pub escaped_faults_if_kept: f64,
    /// Present value of the hours freed, in hours.
    pub pv_hours: f64,
    /// Present value of the cash.
    pub pv_cash: f64,
    /// Present value of the quality.
    pub pv_quality: f64,
}

/// What to do with an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// Hand it to the person.
    Delegate,
    /// Let a machine do it: nobody's time is in it.
    Automate,
    /// Go on doing it.
    Keep,
    /// Stop doing it: nobody needs it as much as it costs.
    Drop,
}

/// Why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// The owner's hour is worth more than the price of buying it back.
    Focus,
    /// The person does it better.
    Better,
    /// It costs more than it gives.
    Price,
    /// It frees no hours: talk, review and set-up take them all.
    NoHours,
    /// It comes to less than an hour of the owner's either way.
    NoDifference,
    /// What it brings is less than the cheapest way of having it done.
    NotNeeded,
}

impl Decision {
    /// What the hours freed are worth if they are used as the case says: a line of its own beside cash and hours.
    #[must_use]
    pub fn opportunity(&self) -> f64 {
        self.hours_freed * self.worth
    }

    /// What to do, and why. Less than one hour's worth either way is no difference.
    ///
    /// The reason is focus where the person's time for an hour of the owner's costs less than that is worth, be they slower or quicker, and
    /// the hours bought back are worth what is paid for them; what pays otherwise does so because their work is better.
    #[must_use]
    pub fn verdict(&self, case: &Case) -> (Advice, Because) {
        let is_cheaper = self.loaded_rate * case.get(Input::SteadyRatio) < self.worth;
        let hours_pay = self.worth * self.pv_hours > self.pv_cash;
        let is_automatic =
            case.get(Input::SteadyRatio) == 0.0 && case.get(Input::FirstTimeRatio) == 0.0;
        if self.net_value.abs() < case.get(Input::ValueOfWorkHour) {
            return (Advice::Keep, Because::NoDifference);
        }
        if self.net_value <= 0.0 {
            let why = if self.hours_freed <= 0.0 {
                Because::NoHours
            } else {
                Because::Price
            };
            return (Advice::Keep, why);
        }
        let advice = if is_automatic {
            Advice::Automate
        } else {
            Advice::Delegate
        };
        // Where no hour comes back, what an hour is worth is no reason.
        let why = if self.hours_freed > 0.0 && is_cheaper && hours_pay {
            Because::Focus
        } else {
            Because::Better
        };
        (advice, why)
    }
}

/// One assignment: the owner's hours it frees, what it costs, its quality, and the faults that get out.
struct Assignment {
    hours: f64,
    /// The person's hours, with what is done again.
    person: f64,
    cash: f64,
    quality: f64,
    escaped: f64,
}

fn assignment(case: &Case, learned: f64, is_reviewed: bool) -> Assignment {
    let get = |input| case.get(input);
    let share = if is_reviewed {
        1.0
    } else {
        get(Input::ReviewShare)
    };
    let caught = get(Input::FaultRate) * share * get(Input::Detection);
    let ratio = get(Input::SteadyRatio).max(get(Input::FirstTimeRatio) * learned);
    let person = get(Input::OwnerHours) * ratio + caught * get(Input::ReworkHours);
    let escaped = get(Input::FaultRate) * (1.0 - share * get(Input::Detection));
    Assignment {
        hours: get(Input::OwnerHours)
            - get(Input::CommunicationHours)
            - share * get(Input::ReviewHours)
            - caught * get(Input::ExplainHours),
        person,
        cash: case.loaded_rate() * person + get(Input::CostEachTime),
        quality: get(Input::EscapeCost) * (get(Input::OwnFaultRate) - escaped)
            + get(Input::QualityGain),
        escaped,
    }
}

/// The owner's hours that are left of each time: talk, review, explaining; while all of it is reviewed, and afterwards.
#[must_use]
pub fn hours_left(case: &Case) -> [f64; 2] {
    [true, false]
        .map(|is_reviewed| case.get(Input::OwnerHours) - assignment(case, 0.0, is_reviewed).hours)
}

/// Weighs a handoff.
#[must_use]
pub fn decide(case: &Case) -> Decision {
    let calendar = Calendar::of(case);
    let get = |input| case.get(input);
    let (worth, loaded_rate) = (case.worth(), case.loaded_rate());
    let (onboarding, training) = (
        get(Input::OnboardingHours),
        loaded_rate * get(Input::TrainingHours),
    );
    let leavings = get(Input::LeavingsPerYear) / YEAR;
    let setup = case.setup_hours();
    let full = get(Input::FullReviewTimes);
    let (mut hours, mut cash) = (-setup, training);
    let (mut pv_hours, mut pv_cash, mut pv_quality) = (-setup, training, 0.0);
    let mut escaped = 0.0;
    let mut square = Square::begun(-case.setup_cost());
    let (mut number, mut times, mut week) = (0.0, 0_u32, 0_u32);
    for Week { discount, done, .. } in &calendar.weeks {
        week += 1;
        while number < *done {
            number += 1.0;
            times += 1;
            let one = assignment(case, calendar.practice.learned(number), number <= full);
            hours += one.hours;
            cash += one.cash;
            escaped += one.escaped;
            pv_hours += discount * one.hours;
            pv_cash += discount * one.cash;
            pv_quality += discount * one.quality;
            square.add(discount * (worth * one.hours - one.cash + one.quality));
            square.stays_from(times, week);
        }
        hours -= leavings * onboarding;
        cash += leavings * training;
        pv_hours -= discount * leavings * onboarding;
        pv_cash += discount * leavings * training;
        square.add(-discount * leavings * (worth * onboarding + training));
    }
    Decision {
        worth,
        loaded_rate,
        net_value: worth * pv_hours - pv_cash + pv_quality,
        cash,
        hours_freed: hours,
        price_per_hour_bought_back: (hours > 0.0).then(|| cash / hours),
        break_even_times: square.from.map(|(times, _)| times),
        break_even_week: square.from.map(|(_, week)| week),
        break_even_hour: (pv_hours > 0.0).then(|| (pv_cash - pv_quality) / pv_hours),
        escaped_faults: escaped,
        escaped_faults_if_kept: number * get(Input::OwnFaultRate),
        pv_hours,
        pv_cash,
        pv_quality,
    }
}

/// The sum of everything since the beginning, in present value, at the end of each week from 0: the set-up alone.
#[must_use]
pub fn course(case: &Case) -> Vec<f64> {
    let mut so_far = -case.setup_cost();
    let mut points = vec![so_far];
    let calendar = Calendar::of(case);
    for (week, live) in calendar.weeks.iter().zip(weekly_by(case, &calendar)) {
        so_far += week.discount * live.value;
        points.push(so_far);
    }
    points
}

/// What the work brings and frees in a week, in the order of the weeks since it was handed over; not discounted.
#[must_use]
pub fn weekly(case: &Case) -> Vec<WeekLive> {
    weekly_by(case, &Calendar::of(case))
}

/// A week once the work is learned and reviewed in part: on average over a cycle, so that work that comes once in four weeks counts a
/// quarter of it in each.
#[must_use]
pub fn steady_week(case: &Case) -> WeekLive {
    // Practice brings the time down to the steady one in the end, unless nothing is learned.
    let is_learned = case.get(Input::LearningRate) < 1.0;
    let one = assignment(case, if is_learned { 0.0 } else { 1.0 }, false);
    let turnover = turnover(case);
    let times = case.get(Input::TimesPerWeek);
    WeekLive {
        value: times * (case.worth() * one.hours - one.cash + one.quality) + turnover.value,
        hours_freed: times * one.hours + turnover.hours_freed,
    }
}

/// What changing the person now and then takes of each week.
fn turnover(case: &Case) -> WeekLive {
    let leavings = case.get(Input::LeavingsPerYear) / YEAR;
    let onboarding = leavings * case.get(Input::OnboardingHours);
    let training = leavings * case.loaded_rate() * case.get(Input::TrainingHours);
    WeekLive {
        value: -(case.worth() * onboarding + training),
        hours_freed: -onboarding,
    }
}

fn weekly_by(case: &Case, calendar: &Calendar) -> Vec<WeekLive> {
    let full = case.get(Input::FullReviewTimes);
    let lost = turnover(case);
    let mut number = 0.0;
    let weeks = calendar.weeks.iter().map(|week| {
        let mut live = lost;
        while number < week.done {
            number += 1.0;
            let one = assignment(case, calendar.practice.learned(number), number <= full);
            live.value += case.worth() * one.hours - one.cash + one.quality;
            live.hours_freed += one.hours;
        }
        live
    });
    weeks.collect()
}
