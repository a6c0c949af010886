//! The best of an activity's own options, as the ranking takes it.

use offdesk_domain::decision::{Case, Decision, Input, decide};
use offdesk_store::Uuid;
use rust_decimal::Decimal;

use crate::hours::Hours;
use crate::options::{KeptOptions, OptionKind, subject_of};

/// An option at the likeliest figures.
#[derive(Debug, Clone, PartialEq)]
pub struct WeighedOption {
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: OptionKind,
    /// Its likeliest figures.
    pub case: Case,
    /// What comes of it.
    pub decision: Decision,
    /// The net value in whole cents.
    pub gain: Decimal,
}

impl WeighedOption {
    /// The owner's hours before it begins.
    #[must_use]
    pub fn setup_hours(&self) -> f64 {
        self.case.get(Input::BlueprintHours) + self.case.get(Input::OnboardingHours)
    }
}

/// The option with the highest net value; `None` where what was typed no longer makes a case.
pub(super) fn best_option(hours: &Hours, id: Uuid, kept: &KeptOptions) -> Option<WeighedOption> {
    let subject = subject_of(hours, id, Some(kept), None).ok()?;
    if !subject.is_kept {
        return None;
    }
    let weighed = subject.options.iter().filter_map(|option| {
        let case = subject.question(option).ok()?.case;
        let decision = decide(&case);
        let gain = Decimal::try_from(decision.net_value).ok()?.round_dp(2);
        Some(WeighedOption {
            name: option.name.clone(),
            kind: option.kind,
            case,
            decision,
            gain,
        })
    });
    weighed.max_by_key(|option| option.gain)
}
