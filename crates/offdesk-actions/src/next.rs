//! What to hand off next: the ranked list that page, command and API share.

pub mod crowded;
pub mod json;
pub mod rollout;
mod weighed;

use std::cmp::Reverse;

use offdesk_domain::Day;
use offdesk_domain::PriceRange;
use offdesk_domain::audit::{Audit, AuditedActivity, HandoffOutlook, OutlookParts, Verdict};
use offdesk_store::Uuid;
use offdesk_store::activities::ActivityRow;
use rust_decimal::Decimal;

pub use self::weighed::WeighedOption;
use self::weighed::best_option;
use crate::hours::Hours;

/// A gain that has grown by this much since it was put off is looked at again before its day.
const GROWN: Decimal = Decimal::from_parts(15, 0, 0, false, 1);

/// An activity that could be handed off.
#[derive(Debug, Clone)]
pub struct NextActivity<'h> {
    /// The activity, judged.
    pub judged: &'h AuditedActivity,
    /// The activity as kept.
    pub row: &'h ActivityRow,
    /// What handing it off would bring.
    pub handoff: HandoffOutlook,
    /// What the first outlook is put together from; `None` where only the owner's own options speak for it.
    pub parts: Option<OutlookParts>,
    /// The best of the owner's own options, which goes before the first outlook.
    pub option: Option<WeighedOption>,
    /// It was put off, and is back.
    pub back_for: Option<Back>,
    /// What it would have brought when it was judged, in the worth's currency.
    pub judged_gain: Option<Decimal>,
}

/// Why an activity that was put off is back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Back {
    /// Its day has come.
    Day,
    /// It would bring half as much again as when it was put off.
    Numbers,
}

impl NextActivity<'_> {
    /// The price of an hour.
    #[must_use]
    pub fn price(&self) -> PriceRange {
        let price = self.judged.activity.price.as_ref();
        price.map_or(
            PriceRange::new(Decimal::ZERO, Decimal::ZERO, Decimal::ZERO),
            |price| price.range,
        )
    }

    /// The day on which it comes back, where it is put off.
    #[must_use]
    pub fn back(&self) -> Option<Day> {
        self.row.back_day.and_then(Day::from_number)
    }

    /// How ready it is, in steps from none to four: ready, nearly ready, in need of preparation.
    #[must_use]
    pub fn steps(&self) -> u8 {
        match self.handoff.readiness {
            90.. => 4,
            75..90 => 3,
            50..75 => 2,
            25..50 => 1,
            0..25 => 0,
        }
    }

    /// Whether it would bring half as much again as when it was judged.
    #[must_use]
    pub fn has_grown(&self) -> bool {
        let gain = self.handoff.first_year_gain;
        self.judged_gain
            .is_some_and(|then| gain > Decimal::ZERO && gain >= then * GROWN)
    }
}

/// What can be handed off, in order, and what was put off.
#[derive(Debug, Clone)]
pub struct NextList<'h> {
    /// The audit it is of.
    pub audit: &'h Audit,
    /// What is open, the most worthwhile first: by the gain of the first year and readiness together.
    pub open: Vec<NextActivity<'h>>,
    /// What was put off until a later day, the earliest first.
    pub put_off: Vec<NextActivity<'h>>,
    /// What is never to be handed off.
    pub never: Vec<NextActivity<'h>>,
}

impl<'h> NextList<'h> {
    /// The activity to start with, where one pays back its set-up.
    #[must_use]
    pub fn start_with(&self) -> Option<&NextActivity<'h>> {
        let first = self.open.first();
        first.filter(|next| next.handoff.first_year_gain > Decimal::ZERO)
    }

    /// An activity of any of the three lists.
    #[must_use]
    pub fn find(&self, id: Uuid) -> Option<&NextActivity<'h>> {
        let mut all = self.open.iter().chain(&self.put_off).chain(&self.never);
        all.find(|next| next.row.id == id)
    }
}

/// Ranks what can be handed off; `None` where it was not said what an hour is worth.
#[must_use]
pub fn rank(hours: &Hours) -> Option<NextList<'_>> {
    let audit = &hours.report.as_ref()?.audit;
    let mut list = NextList {
        audit,
        open: Vec::new(),
        put_off: Vec::new(),
        never: Vec::new(),
    };
    let today = i64::from(hours.today.0);
    for judged in &audit.activities {
        let Some(mut next) = candidate(hours, audit, judged) else {
            continue;
        };
        match next.row.judgement.as_deref() {
            Some("never") => list.never.push(next),
            Some("not_now") => {
                let is_day = next.row.back_day.is_some_and(|day| day <= today);
                next.back_for = if is_day {
                    Some(Back::Day)
                } else {
                    next.has_grown().then_some(Back::Numbers)
                };
                if next.back_for.is_some() {
                    list.open.push(next);
                } else {
                    list.put_off.push(next);
                }
            }
            _ => list.open.push(next),
        }
    }
    // Equal ones stay in the order of the audit.
    list.open.sort_by_key(|next| Reverse(next.handoff.score()));
    list.put_off.sort_by_key(|next| next.row.back_day);
    Some(list)
}

/// An activity that could be handed off: below the worth line, or with options of the owner's own.
fn candidate<'h>(
    hours: &'h Hours,
    audit: &'h Audit,
    judged: &'h AuditedActivity,
) -> Option<NextActivity<'h>> {
    let row = hours.row_of(judged)?;
    let option = hours
        .options
        .get(&row.id)
        .filter(|_| matches!(judged.verdict, Verdict::Delegate) || judged.activity.stays.is_none())
        .and_then(|kept| best_option(hours, row.id, kept));
    let handoff = match &option {
        Some(option) => HandoffOutlook {
            first_year_gain: option.gain,
            payback_week: option.decision.break_even_week,
            readiness: audit.readiness(judged),
        },
        None => judged.handoff?,
    };
    let judged_gain = row
        .judged_gain
        .as_ref()
        .filter(|(_, currency)| *currency == audit.worth.currency.to_string())
        .and_then(|(amount, _)| amount.parse().ok());
    Some(NextActivity {
        judged,
        row,
        handoff,
        parts: audit.outlook_parts(judged),
        option,
        back_for: None,
        judged_gain,
    })
}
