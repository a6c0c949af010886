//! What to hand off next: the ranked list that page, command and API share.

pub mod json;

use std::cmp::Reverse;

use offdesk_domain::Day;
use offdesk_domain::PriceRange;
use offdesk_domain::audit::{Audit, AuditedActivity, HandoffOutlook, OutlookParts};
use offdesk_store::Uuid;
use offdesk_store::activities::ActivityRow;
use rust_decimal::Decimal;

use crate::hours::Hours;

/// An activity that could be handed off.
#[derive(Debug, Clone, Copy)]
pub struct NextActivity<'h> {
    /// The activity, judged.
    pub judged: &'h AuditedActivity,
    /// The activity as kept.
    pub row: &'h ActivityRow,
    /// What handing it off would bring.
    pub handoff: HandoffOutlook,
    /// What that is put together from.
    pub parts: OutlookParts,
    /// It was put off, and its day has come.
    pub is_back: bool,
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
    for judged in &audit.activities {
        let (Some(handoff), Some(parts)) = (judged.handoff, audit.outlook_parts(judged)) else {
            continue;
        };
        let Some(row) = hours.row_of(judged) else {
            continue;
        };
        let is_put_off = row.judgement.as_deref() == Some("not_now");
        let today = i64::from(hours.today.0);
        let is_back = is_put_off && row.back_day.is_some_and(|day| day <= today);
        let next = NextActivity {
            judged,
            row,
            handoff,
            parts,
            is_back,
        };
        match row.judgement.as_deref() {
            Some("never") => list.never.push(next),
            Some("not_now") if !is_back => list.put_off.push(next),
            _ => list.open.push(next),
        }
    }
    // Equal ones stay in the order of the audit.
    list.open.sort_by_key(|next| Reverse(next.handoff.score()));
    list.put_off.sort_by_key(|next| next.row.back_day);
    Some(list)
}
