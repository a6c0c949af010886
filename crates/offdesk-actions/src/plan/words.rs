//! How good a plan is and what is in its way, in sentences that every door says alike.

use offdesk_domain::worth::grouped;
use rust_decimal::{Decimal, RoundingStrategy};

use super::{Clash, Planned, Status, shown};

/// Of what rules options out so much is told in a line.
const MOST_REASONS: usize = 5;

impl Planned {
    /// How much better another plan could be, as a share of this one.
    #[must_use]
    pub fn gap(&self) -> f64 {
        let value = self.value_per_week.abs();
        if self.bound <= self.value_per_week {
            0.0
        } else if value > 0.0 {
            (self.bound - self.value_per_week) / value
        } else {
            1.0
        }
    }

    /// How good it is, in a sentence or two.
    #[must_use]
    pub fn status_in_words(&self) -> String {
        let value = amount(self.value_per_week);
        match self.status {
            Status::Optimal => {
                format!("The best plan brings {value} a week. No other brings more.")
            }
            Status::Feasible if self.gap() >= 1.0 => format!(
                "This plan brings {value} a week. A better one may exist: none brings more than {}.",
                amount(self.bound)
            ),
            Status::Feasible => format!(
                "This plan brings {value} a week. A better one may exist, by {:.2} % at most.",
                self.gap() * 100.0
            ),
            Status::Unknown => "The time was up before a plan was found.".to_owned(),
            Status::Infeasible => "No plan does all that is required.".to_owned(),
        }
    }

    /// What stands before the smallest change; `None` where there is none.
    #[must_use]
    pub fn change_in_words(&self) -> Option<&'static str> {
        self.smallest_change.first().map(|first| {
            if first.is_known {
                "The smallest change that would do:"
            } else {
                "A change that would do, not proven to be the smallest:"
            }
        })
    }
}

/// An amount of a problem.
pub(super) fn amount(amount: f64) -> String {
    let amount = Decimal::try_from(amount).unwrap_or_default().round_dp(2);
    let minus = if amount < Decimal::ZERO { "-" } else { "" };
    format!("{minus}{}", grouped(amount.abs().normalize()))
}

/// An amount that is enough: rounded up.
fn at_least(least: f64) -> String {
    let least = Decimal::try_from(least).unwrap_or_default().round_dp(6);
    let least = least.round_dp_with_strategy(2, RoundingStrategy::AwayFromZero);
    grouped(least.normalize())
}

/// A limit as it would have to be.
#[must_use]
pub fn instead(clash: &Clash) -> String {
    if let Some(change) = &clash.change {
        return shown(change);
    }
    let [has, needs] = [clash.has, clash.needs].map(Option::unwrap_or_default);
    format!(
        "{} {} instead of {}",
        shown(&clash.limit),
        at_least(needs),
        amount(has)
    )
}

/// A limit that is in the way, and what would do.
#[must_use]
pub fn in_the_way(clash: &Clash) -> String {
    let limit = shown(&clash.limit);
    match (clash.has, clash.needs) {
        (Some(has), Some(needs)) => format!(
            "{limit} is {}; with {} there would be one",
            amount(has),
            at_least(needs)
        ),
        (Some(has), None) if clash.is_known => {
            format!("{limit} is {}; more of it alone is not enough", amount(has))
        }
        (Some(has), None) => format!(
            "{limit} is {}; the time was up before what would do was known",
            amount(has)
        ),
        _ if clash.reasons.is_empty() => format!("{limit}: there are none"),
        _ => {
            let all = clash.reasons.len();
            let told = clash.reasons.iter().take(MOST_REASONS);
            let told: Vec<String> = told.map(|reason| shown(reason)).collect();
            let more = all.saturating_sub(MOST_REASONS);
            let more = if more > 0 {
                format!("; and {more} more")
            } else {
                String::new()
            };
            format!(
                "{limit}: none is left; {all} ruled out: {}{more}",
                told.join("; ")
            )
        }
    }
}
