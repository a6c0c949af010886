//! The audit as JSON, to the letter of the contract `offdesk.audit/1`: the command line and the API give the same.

mod two_lines;

use std::collections::BTreeMap;

use offdesk_domain::audit::{Audit, AuditedActivity, Mix};
use offdesk_domain::money::to_minor_text;
use offdesk_domain::time::Period;
use offdesk_domain::{Currency, EntryKind, Price, Worth};
use offdesk_import::{Problem, Report};
use rust_decimal::Decimal;
use serde::Serialize;

use self::two_lines::TwoLinesJson;
use super::AuditReport;

/// `offdesk.audit/1`.
#[derive(Serialize)]
pub struct AuditJson<'r> {
    schema: &'static str,
    currency: String,
    worth: WorthJson,
    period: PeriodJson,
    sources: Vec<SourceJson<'r>>,
    activities: Vec<ActivityJson<'r>>,
    summary: SummaryJson,
    start_with: Option<&'r str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    failed: Vec<FailedJson<'r>>,
}

/// The worth a list was judged by.
#[derive(Serialize)]
pub(crate) struct WorthJson {
    basis: &'static str,
    hour: String,
    target: String,
    ceiling: String,
}

/// The days a list is about.
#[derive(Serialize)]
pub(crate) struct PeriodJson {
    from: Option<String>,
    to: Option<String>,
    weeks: f64,
}

impl WorthJson {
    pub(crate) fn of(worth: &Worth) -> Self {
        let money = |amount: Decimal| to_minor_text(amount, worth.currency);
        Self {
            basis: worth.basis.word(),
            hour: money(worth.hour),
            target: money(worth.target),
            ceiling: money(worth.ceiling),
        }
    }
}

impl PeriodJson {
    pub(crate) fn of(period: Option<Period>, weeks: Decimal) -> Self {
        Self {
            from: period.map(|period| period.from.to_string()),
            to: period.map(|period| period.to.to_string()),
            weeks: number(weeks),
        }
    }
}

#[derive(Serialize)]
struct SourceJson<'r> {
    file: &'r str,
    format: &'r str,
    kind: &'static str,
    rows: u64,
    entries: u64,
    hours: f64,
    skipped: u64,
    questions: &'r [String],
    warnings: Vec<WarningJson<'r>>,
}

#[derive(Serialize)]
struct WarningJson<'r> {
    line: Option<u64>,
    column: Option<&'r str>,
    code: &'static str,
    message: &'r str,
}

#[derive(Serialize)]
struct ActivityJson<'r> {
    name: &'r str,
    entries: u64,
    hours: f64,
    hours_per_week: f64,
    hours_per_year: f64,
    price: Option<PriceJson<'r>>,
    below_worth: bool,
    value_per_year: Option<String>,
    price_per_year: Option<String>,
    gap_per_year: Option<String>,
    verdict: Option<&'static str>,
    reason: &'static str,
}

#[derive(Serialize)]
struct PriceJson<'r> {
    place: String,
    currency: String,
    low: String,
    likely: String,
    high: String,
    occupation: Option<&'r str>,
    confidence: f64,
    source: &'r str,
}

#[derive(Serialize)]
struct SummaryJson {
    hours: f64,
    hours_below_per_week: f64,
    hours_below_per_year: f64,
    value: String,
    price: String,
    gap: String,
    mix: BTreeMap<&'static str, f64>,
    hours_unpriced: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<RangeJson>,
    two_lines: TwoLinesJson,
}

#[derive(Serialize)]
struct RangeJson {
    hours_below_per_week: [f64; 2],
    value: [String; 2],
    price: [String; 2],
    gap: [String; 2],
}

#[derive(Serialize)]
struct FailedJson<'r> {
    file: &'r str,
    code: &'static str,
    line: Option<u64>,
    message: &'r str,
    hint: &'r str,
}

impl<'r> AuditJson<'r> {
    /// The report as JSON.
    #[must_use]
    pub fn of(report: &'r AuditReport) -> Self {
        let audit = &report.audit;
        let currency = report.currency();
        Self {
            schema: "offdesk.audit/1",
            currency: currency.to_string(),
            worth: WorthJson::of(&audit.worth),
            period: PeriodJson::of(audit.period, audit.weeks),
            sources: report.sources.iter().map(source).collect(),
            activities: audit
                .activities
                .iter()
                .map(|activity| of_activity(activity, currency))
                .collect(),
            summary: summary(audit, currency),
            start_with: audit
                .start_with
                .and_then(|at| audit.activities.get(at))
                .map(|a| a.activity.name.as_str()),
            failed: report
                .failed
                .iter()
                .map(|(file, problem)| failed(file, problem))
                .collect(),
        }
    }
}

fn source(report: &Report) -> SourceJson<'_> {
    SourceJson {
        file: &report.file,
        format: &report.format,
        kind: report.kind.map_or("measured", EntryKind::word),
        rows: report.rows,
        entries: report.entries,
        hours: report.seconds.hours_f64(),
        skipped: report.skipped,
        questions: &report.questions,
        warnings: report
            .problems
            .iter()
            .map(|problem| WarningJson {
                line: problem.line,
                column: (!problem.column.is_empty()).then_some(problem.column.as_str()),
                code: problem.code,
                message: &problem.message,
            })
            .collect(),
    }
}

fn failed<'r>(file: &'r str, problem: &'r Problem) -> FailedJson<'r> {
    FailedJson {
        file,
        code: problem.code,
        line: problem.line,
        message: &problem.message,
        hint: &problem.hint,
    }
}

fn of_activity(judged: &AuditedActivity, currency: Currency) -> ActivityJson<'_> {
    let money = |amount: Decimal| to_minor_text(amount, currency);
    ActivityJson {
        name: &judged.activity.name,
        entries: judged.activity.entries,
        hours: judged.activity.mix.total().hours_f64(),
        hours_per_week: number(judged.hours_per_week),
        hours_per_year: number(judged.hours_per_year),
        price: judged.activity.price.as_ref().map(price),
        below_worth: judged.is_below,
        value_per_year: judged.yearly.map(|yearly| money(yearly.value)),
        price_per_year: judged.yearly.map(|yearly| money(yearly.price)),
        gap_per_year: judged.yearly.map(|yearly| money(yearly.gap)),
        verdict: judged.verdict.word(),
        reason: judged.verdict.reason(),
    }
}

fn price(price: &Price) -> PriceJson<'_> {
    let money = |amount: Decimal| to_minor_text(amount, price.currency);
    PriceJson {
        place: price.place.to_string(),
        currency: price.currency.to_string(),
        low: money(price.range.low),
        likely: money(price.range.likely),
        high: money(price.range.high),
        occupation: price.occupation.as_deref(),
        confidence: f64::from(price.confidence) / 100.0,
        source: &price.source,
    }
}

fn summary(audit: &Audit, currency: Currency) -> SummaryJson {
    let summary = &audit.summary;
    let money = |amount: Decimal| to_minor_text(amount, currency);
    let both = |(low, high): (Decimal, Decimal)| [money(low), money(high)];
    SummaryJson {
        hours: summary.mix.total().hours_f64(),
        hours_below_per_week: number(summary.hours_below_per_week),
        hours_below_per_year: number(summary.hours_below_per_year),
        value: money(summary.value),
        price: money(summary.price),
        gap: money(summary.gap),
        mix: mix(summary.mix),
        hours_unpriced: summary.unpriced.hours_f64(),
        range: summary.range.map(|range| RangeJson {
            hours_below_per_week: [
                number(range.hours_below_per_week.0),
                number(range.hours_below_per_week.1),
            ],
            value: both(range.value),
            price: both(range.price),
            gap: both(range.gap),
        }),
        two_lines: TwoLinesJson::of(audit),
    }
}

fn mix(mix: Mix) -> BTreeMap<&'static str, f64> {
    EntryKind::ALL
        .into_iter()
        .map(|kind| (kind.word(), mix.of(kind).hours_f64()))
        .collect()
}

/// The nearest float, by way of the digits: a sixth must not end in a digit of its own.
#[must_use]
pub fn number(value: Decimal) -> f64 {
    value.to_string().parse().unwrap_or_default()
}
