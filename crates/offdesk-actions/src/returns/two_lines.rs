//! Two lines: what an hour of the owner's could be bought for, before and now, against its worth and the target, and without the work below the
//! worth that takes the most time. Pictures, tables and JSON are made of it.

use offdesk_domain::audit::Audit;
use offdesk_domain::money::Money;
use offdesk_domain::returns::{effective_hour, without_top};
use offdesk_domain::{Currency, Worth};
use rust_decimal::Decimal;

use super::bands::BecameBands;
use crate::sheet::{Cell, Table};

const COLUMNS: [&str; 4] = ["line", "without", "currency", "hour"];

/// What an hour of the owner's could be bought for.
#[derive(Debug, Clone, PartialEq)]
pub struct TwoLines {
    /// The currency of all amounts.
    pub currency: Currency,
    /// What an hour is worth.
    pub worth: Decimal,
    /// What it should become.
    pub target: Decimal,
    /// What it could be bought for before the first handoff; `None` where that is not looked at, or no hour has a price.
    pub before: Option<Decimal>,
    /// What it could be bought for now; `None` where no hour has a price.
    pub now: Option<Decimal>,
    /// The same without some activities, by their names.
    pub without: Vec<(Vec<String>, Decimal)>,
}

impl TwoLines {
    fn against(worth: &Worth) -> Self {
        Self {
            currency: worth.currency,
            worth: worth.hour,
            target: worth.target,
            before: None,
            now: None,
            without: Vec::new(),
        }
    }

    /// Those of an audit, which knows of no time before.
    #[must_use]
    pub fn of_audit(audit: &Audit) -> Self {
        let work = audit.work();
        let name = |at: usize| Some(audit.activities.get(at)?.activity.name.clone());
        let without = without_top(&work, &audit.worth).into_iter();
        Self {
            now: effective_hour(&work),
            without: without
                .map(|it| (it.gone.into_iter().filter_map(name).collect(), it.hour))
                .collect(),
            ..Self::against(&audit.worth)
        }
    }

    /// Those of the hours before the first handoff and now.
    #[must_use]
    pub fn of_hours(found: &BecameBands) -> Self {
        let names = |all: &[(offdesk_store::Uuid, String)]| {
            let names = all.iter().map(|(_, name)| name.clone());
            names.collect()
        };
        let without = found.without.iter();
        Self {
            before: found.before.bands.effective_hour(),
            now: found.now.bands.effective_hour(),
            without: without.map(|it| (names(&it.activities), it.hour)).collect(),
            ..Self::against(&found.worth)
        }
    }

    /// A row for each line, and for what an hour could be bought for without some work. No lines are a table without rows.
    #[must_use]
    pub fn to_table(lines: Option<&Self>) -> Table {
        Table {
            name: "effective hour",
            columns: &COLUMNS,
            rows: lines.map_or_else(Vec::new, Self::rows),
        }
    }

    fn rows(&self) -> Vec<Vec<Cell>> {
        let row = |line: &str, without: &[String], amount: Decimal| {
            vec![
                Cell::text(line),
                Cell::text(without.join(", ")),
                Cell::text(self.currency.to_string()),
                Cell::Money(Money::new(amount, self.currency)),
            ]
        };
        let lines = [
            ("worth", Some(self.worth)),
            ("target", Some(self.target)),
            ("before", self.before),
            ("now", self.now),
        ];
        let known = lines
            .into_iter()
            .filter_map(|(line, hour)| Some(row(line, &[], hour?)));
        let without = self.without.iter();
        let without = without.map(|(names, hour)| row("now", names, *hour));
        known.chain(without).collect()
    }
}
