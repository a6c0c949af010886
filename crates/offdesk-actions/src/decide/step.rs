//! How to go on with a choice: at once, after a trial that is worth it, or after finding out more.

use offdesk_domain::decision::comparison::Chance;
use offdesk_domain::decision::trial::{Payoff, value_of_trial};
use offdesk_domain::decision::{Case, Input};

use super::Answer;

/// Trials that are weighed.
const TRIALS: [u32; 3] = [5, 10, 20];
/// A choice that is the best one this often needs no trial.
const SURE: f64 = 0.8;

/// How to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// It is sure enough, or knowing everything would be worth less than an hour.
    Go,
    /// Try a few assignments first: there is a trial that is worth it.
    TryFirst,
    /// It is not sure, and no trial would tell: find out more of what matters most.
    FindOut,
    /// Nothing is known of the doubt: no ranges were given.
    Unknown,
}

/// So many assignments to try, all of them reviewed, before deciding.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trial {
    /// How many.
    pub assignments: u32,
    /// What seeing them is worth on average, in the currency of the case.
    pub worth: f64,
}

/// How sure a choice is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    /// Share of draws in which it is the best.
    pub best: f64,
    /// What knowing everything would bring on average beside it.
    pub knowing: f64,
    /// An hour of the owner's.
    pub hour: f64,
}

impl Step {
    /// Whether more thinking is not worth it: the choice is nearly always the best, or knowing everything would bring less than an hour.
    fn is_sure(self) -> bool {
        self.best >= SURE || self.knowing < self.hour
    }

    /// How to go on, and the trial to make where that is it.
    pub(super) fn next(self, trials: &[Trial], review: f64) -> (Next, Option<Trial>) {
        if self.is_sure() {
            return (Next::Go, None);
        }
        let left = |trial: &Trial| trial.worth - f64::from(trial.assignments) * review;
        let best = trials.iter().max_by(|a, b| left(a).total_cmp(&left(b)));
        best.map_or((Next::FindOut, None), |trial| {
            (Next::TryFirst, Some(*trial))
        })
    }
}

/// What a review of one assignment takes of the owner.
pub(super) fn review_of(case: &Case) -> f64 {
    case.get(Input::ReviewHours) * case.worth()
}

/// The trials of a way that are worth more than their reviews take and an hour of the owner's, beside the best other choice. They show
/// what the fault rate is, and nothing else; so they are never worth more than knowing everything.
pub(super) fn trials(case: &Case, way: &Chance, instead: f64, step: Step) -> Vec<Trial> {
    let Some((payoff, belief)) = way.by_faults else {
        return Vec::new();
    };
    let beside = Payoff {
        constant: payoff.constant - instead,
        ..payoff
    };
    let review = review_of(case);
    let all = TRIALS.map(|assignments| Trial {
        assignments,
        worth: value_of_trial(beside, belief, assignments).min(step.knowing),
    });
    let is_worth_it = |trial: &Trial| {
        trial.worth >= step.hour && trial.worth > f64::from(trial.assignments) * review
    };
    all.into_iter().filter(is_worth_it).collect()
}

impl Answer {
    /// Takes the next step, with its trials where it is one.
    pub(super) fn go_on(&mut self, step: Step, trials: Vec<Trial>, review: f64) {
        (self.next, self.trial) = step.next(&trials, review);
        self.trials = if self.trial.is_some() {
            trials
        } else {
            Vec::new()
        };
    }
}
