//! The return: what handoffs really gave, held against what was expected of them. Reckoned anew from what is kept whenever it is asked for.

pub mod bands;
mod cash;
mod days;
mod fees;
mod forecast;
pub mod json;
mod known;
mod live;
mod month;
mod one;
mod rates;
pub mod receipts;
mod reckon;
mod remembered;
mod retained;
mod stated;
pub mod stress;
pub mod tables;
pub mod two_lines;
pub mod weekly;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use offdesk_domain::handoff::{Reason, State};
use offdesk_domain::returns::{
    Baseline, Became, BreakEven, Cash, Forecast, HourValues, Quality, Return, Verdict, headline,
};
use offdesk_domain::time::Period;
use offdesk_domain::{Currency, Day, Money, Seconds};
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Scope, Tx, Uuid};
use rust_decimal::Decimal;

pub(crate) use self::cash::earned_by_handoff;
pub(crate) use self::days::Days;
pub(crate) use self::forecast::{case_of, seconds};
use self::known::load_known;
pub(crate) use self::live::{live_of, live_of_one};
pub use self::month::Month;
pub use self::rates::UsedRate;
use self::reckon::Reckoning;
use crate::actor::{Actor, Permission};
use crate::error::Error;
use crate::moment::Moment;
use crate::options::read_all;
use crate::workspaces::Settings;
use crate::worths::{DatedWorth, read_worths, worth_in};

/// A week of a handoff, or of all.
#[derive(Debug, Clone, PartialEq)]
pub struct WeekLine {
    /// Its Monday.
    pub monday: Day,
    /// What it gave.
    pub found: Return,
    /// Hours that were planned for it; `None` where nothing was planned.
    pub planned: Option<Seconds>,
}

/// What one handoff gave.
#[derive(Debug, Clone)]
pub struct HandoffReturn {
    /// The handoff.
    pub id: Uuid,
    /// Its activity.
    pub activity: (Uuid, String),
    /// The blueprint it is done by.
    pub blueprint: (Uuid, String),
    /// Who does it.
    pub person: (Uuid, String),
    /// Why it was handed off.
    pub reason: Reason,
    /// Where it stands.
    pub state: State,
    /// The first and the last day on which it was live, within what is looked at.
    pub days: Period,
    /// So many whole weeks it was live.
    pub weeks: u32,
    /// So many assignments were accepted.
    pub accepted: u32,
    /// What the activity took before; `None` where nobody knows.
    pub baseline: Option<Baseline>,
    /// What it gave.
    pub found: Return,
    /// What was expected of it.
    pub forecast: Option<Forecast>,
    /// What all weeks of the plan come to if they go on as those until now did; `None` where nothing was planned.
    pub on_course_for: Option<Seconds>,
    /// What was planned for the days that are looked at.
    pub planned: Option<Seconds>,
    /// Where its break-even is; hours of which nobody said what they became count as work. `None` without a worth or a baseline.
    pub break_even: Option<BreakEven>,
    /// What reviews have found.
    pub quality: Quality,
    /// What to do; `None` without a worth, or where it is not known what it took before.
    pub verdict: Option<Verdict>,
    /// Week by week.
    pub by_week: Vec<WeekLine>,
}

impl HandoffReturn {
    /// Whether it has ended.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self.state, State::Ended(_))
    }
}

/// What all handoffs gave.
#[derive(Debug, Clone)]
pub struct ReturnReport {
    /// Whom it is made for.
    pub audience: Audience,
    /// The workspace's settings.
    pub settings: Settings,
    /// The worth that counts today; `None` before one was said, and for others.
    pub worth: Option<DatedWorth>,
    /// What an hour is worth by what it became.
    pub values: HourValues,
    /// The month that is looked at; `None` for all time.
    pub month: Option<Month>,
    /// The days that are looked at.
    pub period: Period,
    /// In all.
    pub found: Return,
    /// What was planned in all, of the handoffs of which something was.
    pub planned: Option<Seconds>,
    /// The handoffs that were live in these days, the first one first.
    pub handoffs: Vec<HandoffReturn>,
    /// Of what is there in all, what came in or was paid by no handoff that has begun; `None` where nothing was.
    pub by_none: Option<Return>,
    /// Week by week, with those in which nothing was live.
    pub weeks: Vec<WeekLine>,
    /// Month by month, whatever month is looked at.
    pub months: Vec<(Month, Return)>,
    /// The rates that costs of agents in other currencies count at.
    pub rates: Vec<UsedRate>,
    /// What the owner said the hours became, by the Monday of the week.
    pub became: BTreeMap<Day, Became>,
    /// Today.
    pub today: Day,
    /// The workspace's revision that this is of.
    pub revision: i64,
}

impl ReturnReport {
    /// Whether there is nothing to tell: nothing was handed off, and nothing came in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.handoffs.is_empty() && self.by_none.is_none()
    }

    /// The currency of all amounts that are in a sum.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.settings.currency
    }

    /// Whether it is still the day it is of.
    #[must_use]
    pub fn is_of(&self, moment: Moment) -> bool {
        Days::in_zone(self.settings.zone.as_deref().unwrap_or_default()).today(moment) == self.today
    }

    /// The sentence that a return begins with.
    ///
    /// # Errors
    /// `pay.too_large`.
    pub fn headline_of(&self, found: &Return) -> Result<String, Error> {
        let values = self.worth.as_ref().map(|_| self.values);
        headline(found, values).map_err(|error| too_large(&error))
    }
}

/// Whom a return is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The owner's side: with everything.
    Own,
    /// Somebody it is shared with: without the worth, and without all that can be reckoned back to it.
    Others,
}

/// What the handoffs of the open workspace gave, in a month or in all.
///
/// # Errors
/// Those of the actor and of the store; `pay.too_large`.
pub fn load_return(
    tx: &mut Tx<'_>,
    actor: &Actor,
    month: Option<Month>,
    moment: Moment,
) -> Result<ReturnReport, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    report_of(&mut scope, month, Audience::Own, moment)
}

/// The same for somebody it is shared with.
///
/// # Errors
/// As [`load_return`].
pub fn load_return_for(
    tx: &mut Tx<'_>,
    actor: &Actor,
    month: Option<Month>,
    audience: Audience,
    moment: Moment,
) -> Result<ReturnReport, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    report_of(&mut scope, month, audience, moment)
}

/// What the handoffs of a workspace gave.
pub(crate) fn report_of(
    scope: &mut Scope<'_, '_>,
    month: Option<Month>,
    audience: Audience,
    moment: Moment,
) -> Result<ReturnReport, Error> {
    let workspace = load_workspace(scope)?;
    let settings = Settings::of(&workspace)?;
    let days = Days::in_zone(&workspace.zone);
    let today = days.today(moment);
    let worths = read_worths(scope)?;
    let worth = worth_in(&worths, settings.currency, today)
        .filter(|_| audience == Audience::Own)
        .cloned();
    let known = load_known(scope, settings.currency, (&days, today))?;
    let rates = known.rates.clone();
    let rest = rest_value(scope, worth.as_ref())?;
    let hour = worth.as_ref().map_or(Decimal::ZERO, |it| it.worth.hour);
    let values = HourValues {
        work: Money::new(hour, settings.currency),
        rest,
    };
    let reckoning = Reckoning::of(known, values, worth.is_some(), today)?;
    let whole = reckoning.whole();
    let period = month.map_or(whole, Month::period);
    let mut handoffs = reckoning.handoffs(period)?;
    // What has to be seen to is said first, and what is over last.
    handoffs.sort_by_key(|it| {
        let advice = it.verdict.as_ref().map(|it| it.advice);
        let back = it.found.hours.bought_back().total();
        (it.is_over(), Reverse(advice), back)
    });
    let weeks = reckoning.weeks(&handoffs, period)?;
    let loose = reckoning.loose(period)?;
    let planned = handoffs.iter().filter_map(|it| it.planned);
    Ok(ReturnReport {
        planned: planned.reduce(|sum, it| sum + it),
        found: reckoning.sum(handoffs.iter().map(|it| &it.found).chain([&loose]))?,
        by_none: Some(loose).filter(|it| it.cash != Cash::none(settings.currency)),
        months: reckoning.months()?,
        became: reckoning.into_became(),
        rates,
        audience,
        settings,
        worth,
        values,
        month,
        period,
        handoffs,
        weeks,
        today,
        revision: workspace.revision,
    })
}

/// What an hour off is worth: what the owner has said where they weighed who could do something, else half of an hour's worth.
fn rest_value(scope: &mut Scope<'_, '_>, worth: Option<&DatedWorth>) -> Result<Decimal, Error> {
    use offdesk_domain::decision::Input;
    let Some(worth) = worth.map(|it| &it.worth) else {
        return Ok(Decimal::ZERO);
    };
    let mut kept: Vec<_> = read_all(scope)?.into_iter().collect();
    kept.sort_by_key(|(id, _)| *id);
    let said = kept
        .iter()
        .filter(|(_, options)| options.currency == worth.currency)
        .flat_map(|(_, options)| &options.own)
        .find(|(input, _)| *input == Input::ValueOfRestHour);
    let said = said.and_then(|(_, [_, likely, _])| Decimal::try_from(*likely).ok());
    Ok(said.unwrap_or(worth.hour / Decimal::TWO))
}

pub(crate) fn too_large(_: &offdesk_domain::MoneyError) -> Error {
    offdesk_domain::pay::PayError::TooLarge.into()
}
