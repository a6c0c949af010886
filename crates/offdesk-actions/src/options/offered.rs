//! What a workspace itself knows of an activity: how often it comes back, how long it takes, what an hour costs.

use std::collections::HashMap;

use offdesk_domain::audit::AuditedActivity;
use offdesk_domain::coverage::Coverage;
use offdesk_domain::decision::Input;
use offdesk_domain::decision::usual::{USUAL_RATIO, USUAL_SHARE, hours_each, rest_of, weeks_of};
use offdesk_domain::time::{Period, week_of};
use offdesk_domain::{Day, Seconds};
use offdesk_store::times::{days_by_activity, sum_by_day};
use offdesk_store::{Scope, Uuid};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::decide::Figure;
use crate::error::Error;
use crate::hours::Hours;

/// Of so many last weeks that are spoken about the entries are looked at.
pub const WEEKS_SEEN: u16 = 13;
/// Of fewer days than this nobody can tell how they differ.
const FEW_DAYS: u64 = 5;

/// How an activity comes back: one time is a day on which it was done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rhythm {
    /// Days on which it was done.
    pub days: u64,
    /// Hours on such a day, on average.
    pub hours: f64,
    /// How far that average may be off.
    pub error: f64,
}

impl Rhythm {
    /// The days, to reckon with.
    #[must_use]
    pub fn times(&self) -> f64 {
        float(self.days)
    }
}

/// The days of all activities, and of the weeks themselves.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rhythms {
    /// By activity.
    pub activities: HashMap<Uuid, Rhythm>,
    /// Weeks seen, as a number with a fraction.
    pub weeks: f64,
    /// Hours of each week that was seen from Monday to Sunday.
    pub whole_weeks: Vec<f64>,
}

/// The days of the last quarter. Reads every entry of it.
pub(crate) fn rhythms_of(scope: &mut Scope<'_, '_>, coverage: &Coverage) -> Result<Rhythms, Error> {
    let Some(window) = coverage.last_weeks(WEEKS_SEEN) else {
        return Ok(Rhythms::default());
    };
    let (first, last) = (
        i64::from(window.period.from.0),
        i64::from(window.period.to.0),
    );
    let rows = days_by_activity(scope, first, last)?;
    let activities = rows.iter().map(|row| {
        let days = float(row.days);
        let hours = Seconds(row.seconds).hours_f64() / days;
        let squares = float(row.square_minutes.unsigned_abs()) / 3600.0 / days;
        let spread = (squares - hours * hours).max(0.0).sqrt();
        let error = if row.days < FEW_DAYS {
            hours / 2.0
        } else {
            (2.0 * spread / days.sqrt()).max(hours / 10.0)
        };
        let rhythm = Rhythm {
            days: row.days,
            hours,
            error: error.min(hours * 0.9),
        };
        (row.activity_id, rhythm)
    });
    let mut by_week: HashMap<i64, i64> = HashMap::new();
    for (day, seconds) in sum_by_day(scope, first, last)? {
        *by_week.entry(week_of(day)).or_default() += seconds;
    }
    let is_whole = |week: &i64| {
        let day = |number: i64| Day::from_number(week * 7 + number);
        let days = day(-3).zip(day(3));
        days.is_some_and(|(from, to)| {
            i64::from(from.0) >= first && coverage.has_all(Period { from, to })
        })
    };
    let mut whole: Vec<(i64, i64)> = by_week.into_iter().filter(|(w, _)| is_whole(w)).collect();
    whole.sort_unstable();
    Ok(Rhythms {
        activities: activities.collect(),
        weeks: number(window.weeks),
        whole_weeks: whole
            .into_iter()
            .map(|(_, seconds)| Seconds(seconds).hours_f64())
            .collect(),
    })
}

#[expect(clippy::cast_precision_loss, reason = "days and minutes of a quarter")]
fn float(number: u64) -> f64 {
    number as f64
}

/// A figure the workspace has, and where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// The figure.
    pub figure: Figure,
    /// Where it comes from, in a sentence without a full stop.
    pub from: String,
}

fn offer(input: Input, range: [f64; 3], from: impl Into<String>) -> Offer {
    Offer {
        figure: (input, range),
        from: from.into(),
    }
}

fn number(value: Decimal) -> f64 {
    value.to_f64().unwrap_or_default()
}

/// What the workspace knows of an activity, as far as it was judged.
pub(super) fn offers(hours: &Hours, id: Uuid, judged: Option<&AuditedActivity>) -> Vec<Offer> {
    let weeks = weeks_of(number(hours.settings.weeks_per_year));
    let rhythm = hours.rhythms.activities.get(&id);
    let mut all = of_worth(hours);
    all.push(offer(
        Input::ShareRedeployed,
        USUAL_SHARE,
        "a half, until you have seen what the freed hours went to",
    ));
    all.extend(rhythm.map(of_rhythm).or_else(|| judged.map(of_judged)));
    all.push(offer(
        Input::Weeks,
        [weeks; 3],
        "the weeks you work in a year",
    ));
    all.extend(of_price(hours, id));
    all.push(offer(
        Input::SteadyRatio,
        USUAL_RATIO,
        "an assumption: somebody who knows the trade",
    ));
    all
}

fn of_worth(hours: &Hours) -> Vec<Offer> {
    let Some(dated) = &hours.worth else {
        return Vec::new();
    };
    let worth = &dated.worth;
    let (hour, target) = (number(worth.hour), number(worth.target.max(worth.hour)));
    let since = dated.from;
    vec![
        offer(
            Input::ValueOfWorkHour,
            [hour / 2.0, hour, target],
            format!("your worth since {since}, from half of it to your target"),
        ),
        offer(
            Input::ValueOfRestHour,
            [rest_of(hour); 3],
            "half of your worth: about what people give up for an hour off",
        ),
    ]
}

fn of_rhythm(rhythm: &Rhythm) -> Offer {
    let around = [-rhythm.error, 0.0, rhythm.error];
    offer(
        Input::OwnerHours,
        around.map(|error| hours_each(rhythm.hours + error)),
        format!(
            "the average of {} days with it in your entries",
            rhythm.days
        ),
    )
}

/// Without days of the last weeks: by entries, or as people remember a week.
fn of_judged(judged: &AuditedActivity) -> Offer {
    let from = if judged.activity.mix.is_remembered() {
        "an assumption: about an hour each time, at most five times a week"
    } else {
        "an assumption: each entry is a time, and a day has one"
    };
    let around = [0.5, 1.0, 1.5];
    offer(
        Input::OwnerHours,
        around.map(|share| hours_each(judged.hours_each * share)),
        from,
    )
}

fn of_price(hours: &Hours, id: Uuid) -> Option<Offer> {
    let row = hours.rows.get(&id)?.price.as_ref()?;
    let price =
        crate::hours::price_of(row).filter(|price| price.currency == hours.settings.currency)?;
    let range = price.range;
    let from = if row.is_own {
        "your own price of an hour of it"
    } else {
        "the market's price of an hour of it"
    };
    Some(offer(
        Input::Rate,
        [range.low, range.likely, range.high].map(number),
        from,
    ))
}
