//! The raw dials of stress of a week, beside what was usual in the eight weeks before it and before anything was handed off. The answers to
//! the question about stress are none of it: they are of the one who gave them alone.

use std::collections::BTreeMap;

use offdesk_domain::pay::moments;
use offdesk_domain::returns::{Clocked, Dials, Reading, WeekDials, dials, monday_of, readings};
use offdesk_domain::time::Period;
use offdesk_domain::{Day, Seconds};
use offdesk_store::entries::list_dated;
use offdesk_store::returns::items::{ItemRow, first_given, list_asked, list_items};
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Scope, Tx};
use rust_decimal::Decimal;

use super::days::Days;
use super::known::names_of_people;
use super::live::live_of;
use super::month::Month;
use crate::actor::{Actor, Permission};
use crate::error::Error;
use crate::moment::Moment;
use crate::workspaces::Settings;

/// So many weeks before are what is usual.
const BEFORE: i32 = 8;
const DAY_MICROS: i64 = 86_400_000_000;
/// Days of work of a week of which nobody has logged any.
const USUAL_DAYS: u32 = 5;

/// The dials of a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StressDials {
    /// The Monday of the week: the last whole one of what is looked at.
    pub monday: Day,
    /// The first day on which something was handed off.
    pub began: Option<Day>,
    /// Each dial.
    pub readings: Vec<Reading>,
}

impl StressDials {
    /// The dials of which anything is known.
    pub fn known(&self) -> impl Iterator<Item = &Reading> {
        self.readings.iter().filter(|it| it.is_known())
    }
}

/// The dials of the last whole week, or of the last one that a month has whole.
///
/// # Errors
/// Those of the actor and of the store.
pub fn load_stress_dials(
    tx: &mut Tx<'_>,
    actor: &Actor,
    month: Option<Month>,
    moment: Moment,
) -> Result<StressDials, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let days = Days::of(&mut scope)?;
    let today = days.today(moment);
    let last = last_whole_week(today);
    let monday = month.map_or(last, |month| {
        last_whole_week(Day(month.period().to.0 + 1)).min(last)
    });
    let live = live_of(&mut scope, &days, today)?;
    let firsts = live
        .values()
        .filter_map(|periods| Some(periods.first()?.from));
    let began = firsts.min();
    let figures = Figures::load(&mut scope, &days, monday)?;
    let before = match began {
        Some(day) => Figures::load(&mut scope, &days, monday_of(day))?.before(),
        None => Vec::new(),
    };
    Ok(StressDials {
        monday,
        began,
        readings: readings(&figures.week(monday), &figures.before(), &before),
    })
}

/// The Monday of the last week that was over before a day.
pub(super) fn last_whole_week(today: Day) -> Day {
    Day(monday_of(today).0 - 7)
}

/// What is known of a week and of the eight before it.
struct Figures<'d> {
    days: &'d Days,
    monday: Day,
    own: OwnTimes,
    items: Vec<ItemRow>,
    first_given: Option<i64>,
    asked: Vec<i64>,
}

impl<'d> Figures<'d> {
    fn load(scope: &mut Scope<'_, '_>, days: &'d Days, monday: Day) -> Result<Self, Error> {
        let whole = Period {
            from: Day(monday.0 - 7 * BEFORE),
            to: Day(monday.0 + 6),
        };
        let span = (whole.from.0.into(), whole.to.0.into());
        let at = span_of(days, whole);
        Ok(Self {
            days,
            monday,
            own: own_times(scope, span)?,
            items: list_items(scope, at)?,
            first_given: first_given(scope)?,
            asked: list_asked(scope, at)?,
        })
    }

    fn before(&self) -> Vec<WeekDials> {
        let mondays = (1..=BEFORE).rev().map(|back| Day(self.monday.0 - 7 * back));
        mondays.map(|monday| self.week(monday)).collect()
    }

    /// The dials of a week, in the order of all dials.
    fn week(&self, monday: Day) -> WeekDials {
        let number = i64::from(monday.0);
        let worked = self.own.by_day.range(number..number + 7);
        let seconds: i64 = worked.clone().map(|(_, seconds)| *seconds).sum();
        let worked = worked.filter(|(_, seconds)| **seconds > 0).count();
        let worked = u32::try_from(worked).unwrap_or(7);
        let is_logged = seconds > 0;
        let clocked = self.own.dials.get(&monday).copied();
        let (start, end) = span_of(self.days, week_of(monday));
        let has_items = self.first_given.is_some_and(|first| first < end);
        let open = self
            .items
            .iter()
            .filter(|item| item.given_at < end && item.ended_at.is_none_or(|ended| ended >= end));
        let late = open.clone().filter(|item| item.due_at < end);
        let oldest = late.map(|item| (end - item.given_at) / DAY_MICROS).max();
        let asked = self.asked.iter().filter(|at| (start..end).contains(*at));
        let days_of_work = if worked > 0 { worked } else { USUAL_DAYS };
        let each_day = Decimal::from(asked.count()) / Decimal::from(days_of_work);
        [
            is_logged.then(|| Seconds(seconds).hours()),
            clocked.and_then(Dials::off_hours),
            has_items.then(|| Decimal::from(open.count())),
            has_items.then(|| Decimal::from(oldest.unwrap_or(0))),
            clocked.and_then(Dials::switches_per_hour),
            has_items.then_some(each_day),
            is_logged.then(|| Decimal::from(7_u32.saturating_sub(worked))),
        ]
    }
}

fn week_of(monday: Day) -> Period {
    Period {
        from: monday,
        to: Day(monday.0 + 6),
    }
}

/// The moments of days, in microseconds.
fn span_of(days: &Days, period: Period) -> (i64, i64) {
    moments(period, days.zone()).map_or((0, 0), |(from, to)| {
        (from.as_microsecond(), to.as_microsecond())
    })
}

/// The owner's own time of some days, without that of people who do the work.
pub(super) struct OwnTimes {
    /// By the number of the day.
    pub(super) by_day: BTreeMap<i64, i64>,
    /// What the entries with clock times say, on the workspace's clock, by the Monday of their week.
    pub(super) dials: BTreeMap<Day, Dials>,
}

/// That of the days from one to another.
pub(super) fn own_times(
    scope: &mut Scope<'_, '_>,
    (from, to): (i64, i64),
) -> Result<OwnTimes, Error> {
    let mut rows = list_dated(scope, from, to)?;
    let mut by_day: BTreeMap<i64, i64> = BTreeMap::new();
    if rows.is_empty() {
        let dials = BTreeMap::new();
        return Ok(OwnTimes { by_day, dials });
    }
    let names = names_of_people(scope)?;
    let workspace = load_workspace(scope)?;
    let zone = Days::in_zone(&workspace.zone);
    let working = Settings::of(&workspace)?.working_day;
    for row in &mut rows {
        row.person = row.person.to_lowercase();
    }
    rows.retain(|row| !names.contains(&row.person));
    for row in &rows {
        *by_day.entry(row.day).or_default() += row.seconds;
    }
    let shift = |at: i64| {
        let found = jiff::Timestamp::from_second(at);
        at + found.map_or(0, |at| i64::from(zone.zone().to_offset(at).seconds()))
    };
    let entries = rows.into_iter().filter_map(|row| {
        let (start, end) = row.clock?;
        Some(Clocked {
            start: shift(start),
            end: shift(end),
            activity: row.activity_id,
            who: row.person,
        })
    });
    let dials = dials(entries.collect(), working);
    Ok(OwnTimes { by_day, dials })
}
