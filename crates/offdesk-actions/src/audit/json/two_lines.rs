//! What an hour could be bought for, in the summary of an audit.

use offdesk_domain::audit::Audit;
use offdesk_domain::money::to_minor_text;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::returns::two_lines::TwoLines;

/// What an hour with a price could be bought for, and without the top one or two below the worth.
#[derive(Serialize)]
pub(super) struct TwoLinesJson {
    effective_hour: Option<String>,
    without: Vec<WithoutJson>,
}

#[derive(Serialize)]
struct WithoutJson {
    activities: Vec<String>,
    effective_hour: String,
}

impl TwoLinesJson {
    pub(super) fn of(audit: &Audit) -> Self {
        let money = |amount: Decimal| to_minor_text(amount, audit.worth.currency);
        let lines = TwoLines::of_audit(audit);
        let without = lines.without.into_iter();
        Self {
            effective_hour: lines.now.map(money),
            without: without
                .map(|(activities, hour)| WithoutJson {
                    activities,
                    effective_hour: money(hour),
                })
                .collect(),
        }
    }
}
