//! The return as a table: a row for each handoff, or for each week; and the numbers of the pictures of the owner's own hours.

use offdesk_domain::Seconds;
use offdesk_domain::money::Money;
use offdesk_domain::returns::{Band, Return};

use super::ReturnReport;
use super::bands::{BandsOf, BecameBands};
use crate::sheet::{Cell, Table};

const OF_HANDOFFS: [&str; 23] = [
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
    "cash_in",
    "apart",
    "price_per_hour",
    "checked",
    "without_fault",
    "advice",
];
const OF_WEEKS: [&str; 9] = [
    "week",
    "bought_back_measured_seconds",
    "bought_back_claimed_seconds",
    "planned_seconds",
    "supervision_seconds",
    "currency",
    "cash_out",
    "cash_in",
    "apart",
];

const OF_BANDS: [&str; 3] = ["band", "before_hours_per_week", "now_hours_per_week"];

fn seconds(time: Seconds) -> Cell {
    Cell::Seconds(time)
}

/// What went out, and what came in.
fn cash(found: &Return) -> [Cell; 2] {
    let cash = &found.cash;
    [cash.out, cash.into].map(|amount| Cell::Money(Money::new(amount, cash.currency())))
}

/// What is in no sum, since no rate is known for it.
fn apart(found: &Return) -> Cell {
    let all: Vec<String> = found.cash.without_rate().map(|it| it.to_string()).collect();
    match all.is_empty() {
        true => Cell::Empty,
        false => Cell::text(all.join(", ")),
    }
}

/// What a row is called that is of no handoff which has begun.
pub const BY_NONE: &str = "by no handoff that has begun";

/// A row for each handoff, under a row of names; the last one where something came in by no handoff that has begun.
#[must_use]
pub fn handoffs_table(report: &ReturnReport) -> Table {
    let currency = report.currency();
    let rows = report.handoffs.iter().map(|one| {
        let hours = &one.found.hours;
        let back = hours.bought_back();
        let price = one.found.price_per_hour();
        let [out, came_in] = cash(&one.found);
        vec![
            Cell::text(one.id.to_string()),
            Cell::text(&one.activity.1),
            Cell::text(&one.person.1),
            Cell::text(one.reason.word()),
            Cell::text(one.state.word()),
            Cell::Day(one.days.from),
            Cell::Day(one.days.to),
            Cell::number(one.weeks),
            Cell::number(one.accepted),
            seconds(hours.baseline.total()),
            seconds(hours.residual.total()),
            seconds(hours.supervision.total()),
            seconds(back.measured),
            seconds(back.claimed),
            one.planned.map_or(Cell::Empty, seconds),
            Cell::text(currency.to_string()),
            out,
            came_in,
            apart(&one.found),
            price.map_or(Cell::Empty, |it| Cell::Money(Money::new(it, currency))),
            Cell::number(one.quality.clean.all),
            Cell::number(one.quality.clean.good),
            one.verdict
                .as_ref()
                .map_or(Cell::Empty, |it| Cell::text(it.advice.word())),
        ]
    });
    let by_none = report.by_none.iter().map(|found| {
        let [out, came_in] = cash(found);
        let own = Cell::text(currency.to_string());
        let of_money = [own, out, came_in, apart(found)];
        let mut row = vec![Cell::Empty; OF_HANDOFFS.len()];
        let first = OF_HANDOFFS.iter().position(|it| *it == "currency");
        for (place, cell) in row.iter_mut().skip(first.unwrap_or(0)).zip(of_money) {
            *place = cell;
        }
        if let Some(activity) = row.get_mut(1) {
            *activity = Cell::text(BY_NONE);
        }
        row
    });
    Table {
        name: "handoffs",
        columns: &OF_HANDOFFS,
        rows: rows.chain(by_none).collect(),
    }
}

/// A row for each week of all handoffs, under a row of names.
#[must_use]
pub fn weeks_table(report: &ReturnReport) -> Table {
    let rows = report.weeks.iter().map(|line| {
        let back = line.found.hours.bought_back();
        let [out, came_in] = cash(&line.found);
        vec![
            Cell::Day(line.monday),
            seconds(back.measured),
            seconds(back.claimed),
            line.planned.map_or(Cell::Empty, seconds),
            seconds(line.found.hours.supervision.total()),
            Cell::text(report.currency().to_string()),
            out,
            came_in,
            apart(&line.found),
        ]
    });
    Table {
        name: "weeks",
        columns: &OF_WEEKS,
        rows: rows.collect(),
    }
}

/// A row for each band of prices: the owner's own hours a week before the first handoff, and now.
#[must_use]
pub fn own_hours_table(found: Option<&BecameBands>) -> Table {
    let row = |found: &BecameBands, band: Band| {
        let hours = |of: &BandsOf| Cell::Hours(of.hours_per_week(band).round_dp(6));
        vec![
            Cell::text(band.word()),
            hours(&found.before),
            hours(&found.now),
        ]
    };
    let rows = found
        .into_iter()
        .flat_map(|found| Band::ALL.map(|band| row(found, band)));
    Table {
        name: "own hours",
        columns: &OF_BANDS,
        rows: rows.collect(),
    }
}
