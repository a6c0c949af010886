//! The return as a table, CSV: a row for each handoff, or for each week.

use offdesk_domain::Seconds;
use offdesk_domain::money::to_minor_text;
use offdesk_domain::returns::Return;

use super::ReturnReport;
use crate::csv::{guarded, push_row};

const OF_HANDOFFS: [&str; 21] = [
    "handoff",
    "activity",
    "person",
    "reason",
    "state",
    "from",
    "to",
    "weeks",
    "accepted",
    "before_seconds",
    "left_seconds",
    "supervision_seconds",
    "bought_back_measured_seconds",
    "bought_back_claimed_seconds",
    "planned_seconds",
    "currency",
    "cash_out",
    "price_per_hour",
    "checked",
    "without_fault",
    "advice",
];
const OF_WEEKS: [&str; 6] = [
    "week",
    "bought_back_measured_seconds",
    "bought_back_claimed_seconds",
    "planned_seconds",
    "supervision_seconds",
    "cash_out",
];

fn seconds(time: Seconds) -> String {
    time.0.to_string()
}

fn cash(found: &Return) -> String {
    to_minor_text(found.cash.net_out(), found.cash.currency())
}

/// A row for each handoff, under a row of names.
#[must_use]
pub fn handoffs_csv(report: &ReturnReport) -> String {
    let mut out = String::new();
    push_row(&mut out, &OF_HANDOFFS);
    for one in &report.handoffs {
        let hours = &one.found.hours;
        let back = hours.bought_back();
        let price = one.found.price_per_hour();
        let currency = report.currency();
        push_row(
            &mut out,
            &[
                one.id.to_string(),
                guarded(&one.activity.1),
                guarded(&one.person.1),
                one.reason.word().to_owned(),
                one.state.word().to_owned(),
                one.days.from.to_string(),
                one.days.to.to_string(),
                one.weeks.to_string(),
                one.accepted.to_string(),
                seconds(hours.baseline.total()),
                seconds(hours.residual.total()),
                seconds(hours.supervision.total()),
                seconds(back.measured),
                seconds(back.claimed),
                one.planned.map_or_else(String::new, seconds),
                currency.to_string(),
                cash(&one.found),
                price.map_or_else(String::new, |price| to_minor_text(price, currency)),
                one.quality.clean.all.to_string(),
                one.quality.clean.good.to_string(),
                one.verdict
                    .as_ref()
                    .map_or_else(String::new, |it| it.advice.word().to_owned()),
            ],
        );
    }
    out
}

/// A row for each week of all handoffs, under a row of names.
#[must_use]
pub fn weeks_csv(report: &ReturnReport) -> String {
    let mut out = String::new();
    push_row(&mut out, &OF_WEEKS);
    for line in &report.weeks {
        let back = line.found.hours.bought_back();
        push_row(
            &mut out,
            &[
                line.monday.to_string(),
                seconds(back.measured),
                seconds(back.claimed),
                line.planned.map_or_else(String::new, seconds),
                seconds(line.found.hours.supervision.total()),
                cash(&line.found),
            ],
        );
    }
    out
}
