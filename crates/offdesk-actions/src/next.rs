//! What to hand off next: the ranked list that page, command and API share.

pub mod crowded;
pub mod json;
pub mod problem;
pub mod rollout;
mod taken_out;
mod weighed;

use std::cmp::Reverse;

use offdesk_domain::Day;
use offdesk_domain::PriceRange;
use offdesk_domain::audit::{Audit, AuditedActivity, HandoffOutlook, Verdict};
use offdesk_store::Uuid;
use offdesk_store::activities::ActivityRow;
use rust_decimal::Decimal;

pub use self::taken_out::{TakenOut, WhyOut};
use self::weighed::{best_option, hour_of};
use crate::hours::Hours;
use crate::options::HandoffOption;

/// A gain that has grown by this much since it was put off is looked at again before its day.
const GROWN: Decimal = Decimal::from_parts(15, 0, 0, false, 1);

/// An activity that could be handed off.
#[derive(Debug, Clone)]
pub struct NextActivity<'h> {
    /// The activity, judged.
    pub judged: &'h AuditedActivity,
    /// The activity as kept.
    pub row: &'h ActivityRow,
    /// What handing it off would bring: with the best of the owner's own options, else with the usual numbers.
    pub handoff: HandoffOutlook,
    /// The best of the owner's own options.
    pub option: Option<&'h HandoffOption>,
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
    /// The price of an hour: of the owner's own option with fees and employer's share, where they have said one, else the market's; `None`
    /// where nobody is paid by the hour, or no price is known.
    #[must_use]
    pub fn price(&self) -> Option<PriceRange> {
        let market = self.judged.activity.price.as_ref();
        let market = market.map(|price| price.range);
        match self.option {
            Some(option) => hour_of(option, &self.handoff.case, market),
            None => market,
        }
    }

    /// What says how ready it is, by the price of an hour that it has here. Without a capital and a full stop.
    #[must_use]
    pub fn readiness_in_words(&self, audit: &Audit) -> String {
        let price = self.price().map(|price| price.likely);
        self.judged
            .readiness_in_words(price, audit.worth.hour, audit.weeks)
    }

    /// The day on which it comes back, where it is put off.
    #[must_use]
    pub fn back(&self) -> Option<Day> {
        self.row.back_day.and_then(Day::from_number)
    }

    /// Whether it would bring half as much again as when it was judged.
    #[must_use]
    pub fn has_grown(&self) -> bool {
        let gain = self.handoff.first_year_gain;
        self.judged_gain
            .is_some_and(|then| gain > Decimal::ZERO && gain >= then.saturating_mul(GROWN))
    }
}

/// What can be handed off, in order; what is better kept; and what was put off.
#[derive(Debug, Clone)]
pub struct NextList<'h> {
    /// The audit it is of.
    pub audit: &'h Audit,
    /// What is open, the most worthwhile first: by the net value of a year and readiness together.
    pub open: Vec<NextActivity<'h>>,
    /// What is better kept, or dropped: below the worth line by its hour, and yet it brings nothing to hand it off.
    pub better_kept: Vec<NextActivity<'h>>,
    /// What is handed off already: proposed to somebody, or done by them.
    pub handed_off: Vec<NextActivity<'h>>,
    /// What was put off until a later day, the earliest first.
    pub put_off: Vec<NextActivity<'h>>,
    /// What is never to be handed off.
    pub never: Vec<NextActivity<'h>>,
}

impl<'h> NextList<'h> {
    /// The activity to start with.
    #[must_use]
    pub fn start_with(&self) -> Option<&NextActivity<'h>> {
        self.open.first()
    }

    /// All of them: open, better kept, handed off, put off, never.
    pub fn all(&self) -> impl Iterator<Item = &NextActivity<'h>> {
        let open = self.open.iter().chain(&self.better_kept);
        let open = open.chain(&self.handed_off);
        open.chain(&self.put_off).chain(&self.never)
    }

    /// An activity of any of the lists.
    #[must_use]
    pub fn find(&self, id: Uuid) -> Option<&NextActivity<'h>> {
        self.all().find(|next| next.row.id == id)
    }
}

/// Ranks what can be handed off; `None` where it was not said what an hour is worth.
#[must_use]
pub fn rank(hours: &Hours) -> Option<NextList<'_>> {
    let audit = &hours.report.as_ref()?.audit;
    let mut list = NextList {
        audit,
        open: Vec::new(),
        better_kept: Vec::new(),
        handed_off: Vec::new(),
        put_off: Vec::new(),
        never: Vec::new(),
    };
    let today = i64::from(hours.today.0);
    for judged in &audit.activities {
        let Some(mut next) = candidate(hours, audit, judged) else {
            continue;
        };
        if hours.handed_off.contains(&next.row.id) {
            list.handed_off.push(next);
            continue;
        }
        match next.row.judgement.as_deref() {
            Some("never") => list.never.push(next),
            Some("not_now") => {
                let is_day = next.row.back_day.is_some_and(|day| day <= today);
                next.back_for = if is_day {
                    Some(Back::Day)
                } else {
                    next.has_grown().then_some(Back::Numbers)
                };
                if next.back_for.is_none() {
                    list.put_off.push(next);
                } else if next.handoff.pays() {
                    list.open.push(next);
                } else {
                    list.better_kept.push(next);
                }
            }
            _ if next.handoff.pays() => list.open.push(next),
            _ => list.better_kept.push(next),
        }
    }
    // Equal ones stay in the order of the audit.
    list.open.sort_by_key(|next| Reverse(next.handoff.score()));
    list.better_kept
        .sort_by_key(|next| Reverse(next.handoff.first_year_gain));
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
    let may_go = judged.verdict == Verdict::Delegate || judged.activity.stays.is_none();
    let kept = hours.options.get(&row.id).filter(|_| may_go);
    let weighed = kept.and_then(|kept| best_option(hours, audit, judged, (row.id, kept)));
    let (handoff, option) = match weighed {
        Some((handoff, option)) => (handoff, Some(option)),
        None => (judged.handoff?, None),
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
        option,
        back_for: None,
        judged_gain,
    })
}
