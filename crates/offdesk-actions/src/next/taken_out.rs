//! What of the gap is on the list, and what was taken out of it and why.

use offdesk_domain::audit::{AuditedActivity, KeepReason, Summary, Verdict};
use rust_decimal::Decimal;

use super::{NextActivity, NextList};

/// Why activities below the worth line are not on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyOut {
    /// Handing them off brings nothing.
    BetterKept,
    /// Somebody else does them, or was asked to.
    HandedOff,
    /// They were put off.
    NotNow,
    /// They were ruled out.
    Never,
    /// Only the owner can do them.
    OnlyYou,
}

impl WhyOut {
    /// The word, as in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::BetterKept => "better_kept",
            Self::HandedOff => "handed_off",
            Self::NotNow => "not_now",
            Self::Never => "never",
            Self::OnlyYou => "only_you",
        }
    }

    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::BetterKept => "better kept",
            Self::HandedOff => "handed off",
            Self::NotNow => "put off",
            Self::Never => "never",
            Self::OnlyYou => "only you",
        }
    }
}

/// What was taken out of the gap for a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenOut {
    /// The reason.
    pub why: WhyOut,
    /// How many activities.
    pub activities: usize,
    /// Their gap of a year.
    pub gap: Decimal,
}

impl NextList<'_> {
    /// The sums over what is open: the gap that the list can still close.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let is_open = |judged: &AuditedActivity| {
            let mut open = self.open.iter();
            open.any(|next| std::ptr::eq(next.judged, judged))
        };
        self.audit.summary_of(is_open)
    }

    /// What is below the worth line and not on the list, by why; without reasons that took nothing out.
    #[must_use]
    pub fn taken_out(&self) -> Vec<TakenOut> {
        let of_list = |why, list: &[NextActivity<'_>]| {
            let below = list.iter().filter(|next| next.judged.is_below);
            sum(why, below.map(|next| next.judged))
        };
        let ceiling = self.audit.worth.ceiling;
        let mine = self.audit.activities.iter().filter(|judged| {
            judged.verdict == Verdict::Keep(KeepReason::Mine)
                && judged
                    .activity
                    .likely()
                    .is_some_and(|likely| likely < ceiling)
        });
        let all = [
            of_list(WhyOut::BetterKept, &self.better_kept),
            of_list(WhyOut::HandedOff, &self.handed_off),
            of_list(WhyOut::NotNow, &self.put_off),
            of_list(WhyOut::Never, &self.never),
            sum(WhyOut::OnlyYou, mine),
        ];
        all.into_iter().filter(|out| out.activities > 0).collect()
    }
}

fn sum<'a>(why: WhyOut, activities: impl Iterator<Item = &'a AuditedActivity>) -> TakenOut {
    let none = TakenOut {
        why,
        activities: 0,
        gap: Decimal::ZERO,
    };
    activities.fold(none, |out, judged| TakenOut {
        activities: out.activities + 1,
        gap: out
            .gap
            .saturating_add(judged.yearly.map_or(Decimal::ZERO, |yearly| yearly.gap)),
        ..out
    })
}
