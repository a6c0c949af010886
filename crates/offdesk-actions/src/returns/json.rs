//! The return as JSON, `offdesk.return/1`: the command line and the API give the same. It holds the owner's worth, so no worker ever gets it.

mod lines;
mod own_hours;
mod stress;

use offdesk_domain::money::to_minor_text;
use offdesk_domain::returns::{BreakEven, Forecast, Quality, Verdict, reasons};
use offdesk_domain::time::Period;
use serde::Serialize;

pub use self::lines::BecameJson;
pub(crate) use self::lines::hours;
use self::lines::{ApartJson, CashJson, HoursJson, LinesJson, per_hour};
use self::own_hours::OwnHoursJson;
use self::stress::StressJson;
use super::bands::BecameBands;
use super::stress::StressDials;
use super::{HandoffReturn, ReturnReport, UsedRate, WeekLine};
use crate::error::Error;
use crate::named::NamedJson;
use crate::pay::json::text;

/// `offdesk.return/1`.
#[derive(Debug, Serialize)]
pub struct ReturnJson {
    schema: &'static str,
    currency: String,
    month: Option<String>,
    period: PeriodJson,
    worth: Option<WorthJson>,
    headline: String,
    #[serde(flatten)]
    in_all: LinesJson,
    planned_hours: Option<f64>,
    handoffs: Vec<HandoffJson>,
    by_no_handoff: Option<CashJson>,
    weeks: Vec<WeekJson>,
    months: Vec<MonthJson>,
    own_hours: Option<OwnHoursJson>,
    stress: Option<StressJson>,
    rates: Vec<UsedRateJson>,
}

#[derive(Debug, Serialize)]
struct UsedRateJson {
    of: String,
    rate: String,
    day: String,
    source: String,
}

impl UsedRateJson {
    fn of(used: &UsedRate) -> Self {
        Self {
            of: used.of.to_string(),
            rate: used.rate.round_dp(8).normalize().to_string(),
            day: used.day.to_string(),
            source: used.source.clone(),
        }
    }
}

#[derive(Debug, Serialize)]
struct PeriodJson {
    from: String,
    to: String,
}

impl PeriodJson {
    fn of(period: Period) -> Self {
        Self {
            from: period.from.to_string(),
            to: period.to.to_string(),
        }
    }
}

#[derive(Debug, Serialize)]
struct WorthJson {
    work_hour: String,
    rest_hour: String,
}

#[derive(Debug, Serialize)]
struct HandoffJson {
    id: String,
    activity: NamedJson,
    person: NamedJson,
    reason: &'static str,
    state: &'static str,
    from: String,
    to: String,
    weeks: u32,
    accepted: u32,
    hours_before_known: bool,
    headline: String,
    #[serde(flatten)]
    lines: LinesJson,
    forecast: Option<ForecastJson>,
    break_even: Option<BreakEvenJson>,
    quality: QualityJson,
    verdict: Option<VerdictJson>,
    by_week: Vec<WeekOfOneJson>,
}

#[derive(Debug, Serialize)]
struct ForecastJson {
    hours: f64,
    planned_so_far: f64,
    on_course_for: f64,
}

#[derive(Debug, Serialize)]
struct BreakEvenJson {
    state: &'static str,
    week: Option<u32>,
    planned_week: Option<u32>,
    moved_by_weeks: Option<i64>,
}

#[derive(Debug, Serialize)]
struct QualityJson {
    checked: u32,
    without_fault: u32,
    low: Option<f64>,
    high: Option<f64>,
    own: Option<f64>,
    level: &'static str,
}

#[derive(Debug, Serialize)]
struct VerdictJson {
    advice: &'static str,
    because: &'static str,
    reasons: Vec<String>,
}

#[derive(Debug, Serialize)]
struct WeekOfOneJson {
    week: String,
    bought_back: ApartJson,
    planned: Option<f64>,
    supervision: f64,
}

#[derive(Debug, Serialize)]
struct WeekJson {
    #[serde(flatten)]
    week: WeekOfOneJson,
    became: Option<BecameJson>,
}

#[derive(Debug, Serialize)]
struct MonthJson {
    month: String,
    hours: HoursJson,
    cash: CashJson,
    price_per_hour_bought_back: Option<String>,
}

impl WeekOfOneJson {
    fn of(line: &WeekLine) -> Self {
        let found = &line.found.hours;
        Self {
            week: line.monday.to_string(),
            bought_back: ApartJson::of(found.bought_back()),
            planned: line.planned.map(hours),
            supervision: hours(found.supervision.total()),
        }
    }
}

fn break_even(at: BreakEven) -> BreakEvenJson {
    let (state, week, planned) = match at {
        BreakEven::Reached { week, planned } => ("reached", Some(week), planned),
        BreakEven::Ahead { week, planned } => ("ahead", Some(week), planned),
        BreakEven::OutOfSight { planned } => ("out_of_sight", None, planned),
    };
    BreakEvenJson {
        state,
        week,
        planned_week: planned,
        moved_by_weeks: at.moved_by(),
    }
}

fn quality(quality: &Quality) -> QualityJson {
    let range = quality.clean.range();
    QualityJson {
        checked: quality.clean.all,
        without_fault: quality.clean.good,
        low: range.map(|it| it.0),
        high: range.map(|it| it.1),
        own: quality.own,
        level: quality.level().word(),
    }
}

fn verdict(verdict: &Verdict) -> VerdictJson {
    VerdictJson {
        advice: verdict.advice.word(),
        because: verdict.because.word(),
        reasons: reasons(verdict),
    }
}

fn forecast(one: &HandoffReturn, forecast: &Forecast) -> ForecastJson {
    ForecastJson {
        hours: hours(forecast.planned()),
        planned_so_far: hours(one.planned.unwrap_or_default()),
        on_course_for: hours(one.on_course_for.unwrap_or_default()),
    }
}

impl ReturnJson {
    /// A report as JSON, with the owner's own hours and the raw dials of stress where they go along.
    ///
    /// # Errors
    /// `pay.too_large`.
    pub fn of(
        report: &ReturnReport,
        own_hours: Option<&BecameBands>,
        stress: Option<&StressDials>,
    ) -> Result<Self, Error> {
        let has_worth = report.worth.is_some();
        let currency = report.currency();
        let handoffs = report.handoffs.iter().map(|one| {
            let named = |(id, name): &(offdesk_store::Uuid, String)| NamedJson::of(*id, name);
            Ok(HandoffJson {
                id: one.id.to_string(),
                activity: named(&one.activity),
                person: named(&one.person),
                reason: one.reason.word(),
                state: one.state.word(),
                from: one.days.from.to_string(),
                to: one.days.to.to_string(),
                weeks: one.weeks,
                accepted: one.accepted,
                hours_before_known: one.baseline.is_some(),
                headline: report.headline_of(&one.found)?,
                lines: LinesJson::of(&one.found, has_worth)?,
                forecast: one.forecast.as_ref().map(|it| forecast(one, it)),
                break_even: one.break_even.map(break_even),
                quality: quality(&one.quality),
                verdict: one.verdict.as_ref().map(verdict),
                by_week: one.by_week.iter().map(WeekOfOneJson::of).collect(),
            })
        });
        let weeks = report.weeks.iter().map(|line| WeekJson {
            week: WeekOfOneJson::of(line),
            became: report.became.get(&line.monday).copied().map(BecameJson::of),
        });
        let months = report.months.iter().map(|(month, found)| MonthJson {
            month: month.to_string(),
            hours: HoursJson::of(found),
            cash: CashJson::of(found),
            price_per_hour_bought_back: per_hour(found.price_per_hour(), currency),
        });
        Ok(Self {
            schema: "offdesk.return/1",
            rates: report.rates.iter().map(UsedRateJson::of).collect(),
            currency: currency.to_string(),
            month: report.month.map(|month| month.to_string()),
            period: PeriodJson::of(report.period),
            worth: has_worth.then(|| WorthJson {
                work_hour: text(report.values.work),
                rest_hour: to_minor_text(report.values.rest, currency),
            }),
            headline: report.headline_of(&report.found)?,
            in_all: LinesJson::of(&report.found, has_worth)?,
            planned_hours: report.planned.map(hours),
            handoffs: handoffs.collect::<Result<_, Error>>()?,
            by_no_handoff: report.by_none.as_ref().map(CashJson::of),
            weeks: weeks.collect(),
            months: months.collect(),
            own_hours: own_hours.map(OwnHoursJson::of),
            stress: stress.map(StressJson::of),
        })
    }
}
