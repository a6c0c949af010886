//! The audit: from exports and the owner's worth to what lies below the line and what to hand off first.

mod clusters;
pub(crate) mod collector;
mod corrected;
pub mod csv;
pub(crate) mod doubles;
mod families;
pub(crate) mod grouping;
pub mod json;
mod keys;
mod names;
mod naming;
mod occupied;
pub(crate) mod overlaps;
mod pricing;
mod reading;
pub(crate) mod repeated;

use std::sync::Arc;

use offdesk_domain::activity::Folder;
use offdesk_domain::audit::{Audit, Frame, audit};
use offdesk_domain::time::Period;
use offdesk_domain::{Currency, Place, Worth};
use offdesk_import::{Input, Options, Problem, Report};
use rust_decimal::Decimal;

pub use offdesk_import::{Problem as SourceProblem, Report as SourceReport, Severity};

use self::collector::{Collector, Job};
use self::grouping::Market;
use self::overlaps::{remark, take_doubles};
use crate::price::Figures;
use crate::rules::{OwnPrices, Rules};

/// A week told from memory stands for so many days seen.
const REMEMBERED_DAYS: u32 = 5;

/// What is asked.
pub struct AuditRequest<'r> {
    /// The owner's rates.
    pub worth: Worth,
    /// Where the work would be bought.
    pub place: Place,
    /// Weeks worked in a year.
    pub weeks_per_year: Decimal,
    /// What market prices are made from.
    pub figures: Figures,
    /// What is known about the files.
    pub import: Options<'r>,
    /// The owner's rules.
    pub rules: Rules,
    /// The owner's prices.
    pub prices: OwnPrices,
    /// Whether every price is to say why; that takes longer.
    pub explains: bool,
}

/// The answer, with what was read.
#[derive(Debug, Clone)]
pub struct AuditReport {
    /// The figures.
    pub audit: Audit,
    /// What was read of every file, in their order.
    pub sources: Vec<Report>,
    /// Files that could not be read, with the reason.
    pub failed: Vec<(String, Problem)>,
    /// Where the work would be bought.
    pub place: Place,
    /// What the market prices are, in one line.
    pub price_basis: String,
    /// Prices given for activities that are not there.
    pub unused_prices: Vec<String>,
}

impl AuditReport {
    /// The report's currency.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.audit.worth.currency
    }

    /// Whether something could not be read, so that the answer is of a part only.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        !self.failed.is_empty() || self.sources.iter().any(|source| source.bad > 0)
    }

    /// Rows that were not understood, over all sources.
    #[must_use]
    pub fn bad_rows(&self) -> u64 {
        self.sources.iter().map(|source| source.bad).sum()
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, thiserror::Error)]
pub enum AuditError {
    /// No exchange rate leads from the prices of a place to the currency of the worth.
    #[error(
        "prices in {place} are in {prices}, your worth is in {worth}, and I know no exchange rate of {worth}"
    )]
    Currency {
        /// The place.
        place: Place,
        /// Currency of its prices.
        prices: Currency,
        /// Currency of the worth.
        worth: Currency,
    },
    /// There is no such place.
    #[error("there are no prices for {place}")]
    Place {
        /// The place.
        place: Place,
    },
    /// No file could be read; the first problem, and its file.
    #[error("{problem}")]
    Unread {
        /// The file.
        file: String,
        /// The problem.
        problem: Problem,
    },
    /// The files hold no entry that counts.
    #[error("there is no entry to count in {}", if .sources.len() == 1 { "this file" } else { "these files" })]
    Nothing {
        /// What was read.
        sources: Vec<Report>,
    },
}

/// Reads the files and answers.
///
/// A file that cannot be read is reported beside the answer from the others; where none can, there is none.
///
/// # Errors
/// [`AuditError`].
pub fn run_audit(
    request: AuditRequest<'_>,
    inputs: Vec<Result<Input, (String, Problem)>>,
) -> Result<AuditReport, AuditError> {
    check_place(&request)?;
    let mut folder = Folder::new();
    let named = request
        .prices
        .names()
        .map(|name| (folder.fold(name).to_owned(), name.to_owned()))
        .collect();
    let keeps_ledger = inputs.len() > 1;
    let job = Arc::new(Job {
        rules: request.rules,
        named,
        keeps_ledger,
    });
    let mut all = Collector::new(Arc::clone(&job));
    let mut sources: Vec<Report> = Vec::new();
    let mut failed = Vec::new();
    let mut ledgers = Vec::new();
    for read in reading::read_all(inputs, &request.import, &job) {
        match read {
            Ok((report, collector)) => {
                if keeps_ledger {
                    all.take(collector);
                } else {
                    all = collector;
                }
                ledgers.push(std::mem::take(&mut all.ledger));
                sources.push(report);
            }
            Err(failure) => failed.push(failure),
        }
    }
    if let (true, Some((file, problem))) = (sources.is_empty(), failed.first()) {
        return Err(AuditError::Unread {
            file: file.clone(),
            problem: problem.clone(),
        });
    }
    take_doubles(
        &mut all,
        &mut sources,
        &ledgers,
        request.import.person.is_some(),
    );
    remark(&all, &mut sources, keeps_ledger, &request.import);
    if sources.iter().all(|source| source.entries == 0) {
        return Err(nothing(sources));
    }
    if sources.iter().any(|source| source.has_totals) {
        all.days.forget();
    }
    let period = stated_period(&sources);
    let days_logged = match (all.occupied.days(), period) {
        (0, None) => REMEMBERED_DAYS,
        (0, Some(period)) => u32::try_from(period.to.0 - period.from.0 + 1).unwrap_or(1),
        (days, _) => days,
    };
    let frame = Frame {
        worth: request.worth,
        period,
        weeks: period.map_or(Decimal::ONE, Period::weeks),
        days_logged,
        weeks_per_year: request.weeks_per_year,
    };
    let market = Market {
        place: request.place,
        currency: frame.worth.currency,
        figures: request.figures,
        own: request.prices,
        explains: request.explains,
    };
    let activities = grouping::activities(&all, &job, &market);
    let has = |name: &str| {
        activities
            .iter()
            .any(|activity| activity.name.to_lowercase() == name.to_lowercase())
    };
    let unused_prices = market
        .own
        .names()
        .filter(|name| !has(name))
        .map(str::to_owned)
        .collect();
    Ok(AuditReport {
        audit: audit(frame, activities),
        sources,
        failed,
        place: request.place,
        price_basis: offdesk_pricing::basis_of(request.place),
        unused_prices,
    })
}

/// The days that the sources cover whose entries count.
fn stated_period(sources: &[Report]) -> Option<Period> {
    let days = sources
        .iter()
        .filter(|source| source.entries > 0)
        .filter_map(|source| source.days);
    days.reduce(|(a, b), (c, d)| (a.min(c), b.max(d)))
        .map(|(from, to)| Period { from, to })
}

/// Refuses a place that is not known, and a worth that no exchange rate leads to, before any file is read.
fn check_place(request: &AuditRequest<'_>) -> Result<(), AuditError> {
    let place = request.place;
    let Some(prices) = offdesk_pricing::currency_of(place) else {
        return Err(AuditError::Place { place });
    };
    let worth = request.worth.currency;
    if request.figures.lead_to(place, worth) {
        return Ok(());
    }
    Err(AuditError::Currency {
        place,
        prices,
        worth,
    })
}

fn nothing(sources: Vec<Report>) -> AuditError {
    AuditError::Nothing { sources }
}
