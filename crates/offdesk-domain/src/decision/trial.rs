//! Trying a few assignments first: what it is worth to see them before deciding.

use super::chance::Doubt;
use statrs::distribution::{Beta, ContinuousCDF};
use statrs::function::beta::ln_beta;
use statrs::function::factorial::ln_binomial;

/// A fault rate that nobody has seen is believed as if so many deliverables had been.
const SEEN: f64 = 10.0;

/// What a handoff gives by its fault rate, in a line: `constant + slope * p`; keeping it gives nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Payoff {
    /// Without faults.
    pub constant: f64,
    /// For a fault rate of one, on top.
    pub slope: f64,
}

/// What is believed of a fault rate: as if so many with and without a fault had been seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Belief {
    /// With a fault; above 0.
    pub faults: f64,
    /// Without; above 0.
    pub clean: f64,
}

impl Belief {
    /// What is believed of a fault rate that is only assumed.
    #[must_use]
    pub fn assumed(rate: f64) -> Self {
        let rate = rate.clamp(0.01, 0.99);
        Self {
            faults: rate * SEEN,
            clean: (1.0 - rate) * SEEN,
        }
    }

    /// What is believed of a fault rate in doubt: a range as the belief of the same mean and spread; `None` where it has none.
    #[must_use]
    pub fn of(doubt: Doubt) -> Option<Self> {
        let (low, likely, high) = match doubt {
            Doubt::Beta { a, b } => {
                return (a > 0.0 && b > 0.0).then_some(Self {
                    faults: a,
                    clean: b,
                });
            }
            Doubt::Triangular { low, likely, high } => (low, likely, high),
        };
        let mean = (low + likely + high) / 3.0;
        let (left, right, whole) = (likely - low, high - likely, high - low);
        let spread = (whole * whole - left * right) / 18.0;
        let seen = mean * (1.0 - mean) / spread - 1.0;
        (seen.is_finite() && seen > 0.0 && mean > 0.0 && mean < 1.0).then_some(Self {
            faults: mean * seen,
            clean: (1.0 - mean) * seen,
        })
    }

    /// The same as a doubt to be drawn.
    #[must_use]
    pub fn doubt(self) -> Doubt {
        Doubt::Beta {
            a: self.faults,
            b: self.clean,
        }
    }

    pub(super) fn mean(self) -> f64 {
        self.faults / (self.faults + self.clean)
    }
}

/// The pay-off expected without a trial.
#[must_use]
pub fn expected(payoff: Payoff, belief: Belief) -> f64 {
    payoff.constant + payoff.slope * belief.mean()
}

/// What it would be worth to know the fault rate exactly; `None` for a belief that is none.
#[must_use]
pub fn value_of_knowing(payoff: Payoff, belief: Belief) -> Option<f64> {
    let beta = Beta::new(belief.faults, belief.clean).ok()?;
    let next = Beta::new(belief.faults + 1.0, belief.clean).ok()?;
    if payoff.slope == 0.0 {
        return Some(0.0);
    }
    let border = (-payoff.constant / payoff.slope).clamp(0.0, 1.0);
    // Mean of max(0, constant + slope p): the part of the belief on the side where it pays.
    let below = (beta.cdf(border), belief.mean() * next.cdf(border));
    let (share, mean) = if payoff.slope < 0.0 {
        below
    } else {
        (1.0 - below.0, belief.mean() - below.1)
    };
    let known = payoff.constant * share + payoff.slope * mean;
    Some(known - expected(payoff, belief).max(0.0))
}

/// What a trial of so many assignments is worth, all of them reviewed.
#[must_use]
pub fn value_of_trial(payoff: Payoff, belief: Belief, assignments: u32) -> f64 {
    let Belief { faults, clean } = belief;
    let n = f64::from(assignments);
    let mean: f64 = (0..=assignments)
        .map(|seen| {
            let k = f64::from(seen);
            let log = ln_binomial(u64::from(assignments), u64::from(seen))
                + ln_beta(faults + k, clean + n - k)
                - ln_beta(faults, clean);
            let after = Belief {
                faults: faults + k,
                clean: clean + n - k,
            };
            log.exp() * expected(payoff, after).max(0.0)
        })
        .sum();
    mean - expected(payoff, belief).max(0.0)
}

/// The chance of at most so many faults among deliverables that nobody checks (beta-binomial).
#[must_use]
pub fn chance_of_at_most(belief: Belief, unchecked: u32, faults: u32) -> f64 {
    let n = f64::from(unchecked);
    (0..=faults.min(unchecked))
        .map(|seen| {
            let k = f64::from(seen);
            let log = ln_binomial(u64::from(unchecked), u64::from(seen))
                + ln_beta(belief.faults + k, belief.clean + n - k)
                - ln_beta(belief.faults, belief.clean);
            log.exp()
        })
        .sum()
}
