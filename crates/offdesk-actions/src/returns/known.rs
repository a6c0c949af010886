//! What the store knows that a return is reckoned from, read once for all handoffs.

use std::collections::{BTreeMap, HashMap, HashSet};

use offdesk_domain::assignment::Supervised;
use offdesk_domain::coverage::Coverage;
use offdesk_domain::person::{Terms, Unit, in_force_or_first};
use offdesk_domain::returns::{Baseline, Became, Flow, Supervision};
use offdesk_domain::time::Period;
use offdesk_domain::trust::Tally;
use offdesk_domain::{Currency, Day, EntryKind, Seconds};
use offdesk_store::handoffs::former::list_changed_terms;
use offdesk_store::handoffs::{HandoffRow, list_handoffs};
use offdesk_store::pay::weeks::list_freed_hours;
use offdesk_store::people::list_people;
use offdesk_store::returns::{
    CheckedDayRow, DayOf, WorkedRows, list_logged, list_spent, list_worked,
};
use offdesk_store::{Scope, Uuid};
use rust_decimal::Decimal;

use super::cash::{flows, of_those_that_began};
use super::days::Days;
use super::live::live_of;
use super::rates::UsedRate;
use crate::error::Error;
use crate::handoffs::{HandoffSummary, summaries};
use crate::hours::log_coverage;
use crate::pay::dated_terms;

/// All that a return is reckoned from.
pub(super) struct Known {
    /// The handoffs that were ever live, or of which anything was spent, paid or came in, with their names; the first first.
    pub handoffs: Vec<HandoffSummary>,
    /// When each was live.
    pub live: HashMap<Uuid, Vec<Period>>,
    /// Which days the logs speak about.
    pub coverage: Coverage,
    /// What was logged of each activity.
    pub logged: HashMap<Uuid, BTreeMap<Day, Seconds>>,
    /// What looking after each handoff took.
    pub spent: HashMap<Uuid, BTreeMap<Day, Supervision>>,
    /// What each has earned for those who do the work, and what agents cost under it.
    pub cash: HashMap<Uuid, BTreeMap<Day, Vec<Flow>>>,
    /// What came in by no single handoff, or by one that never began.
    pub loose: BTreeMap<Day, Vec<Flow>>,
    /// The rates that costs of agents count at.
    pub rates: Vec<UsedRate>,
    /// So many were accepted of each.
    pub accepted: HashMap<Uuid, BTreeMap<Day, u64>>,
    /// What was checked of each.
    pub checked: HashMap<Uuid, Vec<CheckedDayRow>>,
    /// The days on which work began by another version of the blueprint of each.
    pub versions: HashMap<Uuid, Vec<Day>>,
    /// The days from which on other terms of each held.
    pub terms: HashMap<Uuid, Vec<Day>>,
    /// What was agreed in each since when, where other terms came to hold.
    pub dated: HashMap<Uuid, Vec<(Day, Terms)>>,
    /// What the freed hours became, by the Monday of their week.
    pub became: BTreeMap<Day, Became>,
}

fn day(number: i64) -> Option<Day> {
    Day::from_number(number)
}

/// Reads all of it.
pub(super) fn load_known(
    scope: &mut Scope<'_, '_>,
    currency: Currency,
    (days_of, today): (&Days, Day),
) -> Result<Known, Error> {
    let day_of = |micros| days_of.number(micros);
    let live = live_of(scope, days_of, today)?;
    let mut accepted: HashMap<Uuid, BTreeMap<Day, u64>> = HashMap::new();
    let WorkedRows {
        accepted: days,
        versions,
        checked: looked_at,
    } = list_worked(scope, &day_of)?;
    let mut checked: HashMap<Uuid, Vec<CheckedDayRow>> = HashMap::new();
    for row in looked_at {
        checked.entry(row.handoff_id).or_default().push(row);
    }
    for row in &days {
        if let Some(day) = day(row.day) {
            let of = accepted.entry(row.handoff_id).or_default();
            *of.entry(day).or_default() += row.assignments;
        }
    }
    let (cash, loose, rates) = flows(scope, &days, currency, (days_of, today))?;
    let spent = spent_of(scope, &day_of)?;
    let first = |id: Uuid| {
        let live = live.get(&id).and_then(|it| Some(it.first()?.from));
        let mut paid = cash.get(&id).into_iter().flatten();
        let paid = paid.find(|(_, flows)| flows.iter().any(|it| !it.is_in));
        let paid = paid.map(|(day, _)| *day);
        let spent = spent.get(&id).and_then(|it| Some(*it.first_key_value()?.0));
        live.or(paid.into_iter().chain(spent).min())
    };
    let mut rows: Vec<(Day, HandoffRow)> = list_handoffs(scope, (i64::MAX, Uuid::max()), u32::MAX)?
        .into_iter()
        .filter_map(|row| Some((first(row.id)?, row)))
        .collect();
    rows.sort_by_key(|(first, row)| (*first, row.id));
    let rows: Vec<HandoffRow> = rows.into_iter().map(|(_, row)| row).collect();
    let known: HashSet<Uuid> = rows.iter().map(|row| row.id).collect();
    let (cash, loose) = of_those_that_began(cash, loose, |id| known.contains(id));
    let terms = days_by_handoff(list_changed_terms(scope)?);
    let mut dated = HashMap::new();
    for row in rows.iter().filter(|row| terms.contains_key(&row.id)) {
        dated.insert(row.id, dated_terms(scope, row)?);
    }
    Ok(Known {
        loose,
        coverage: log_coverage(scope)?,
        logged: logged_of(scope)?,
        spent,
        cash,
        rates,
        became: became_of(scope)?,
        versions: days_by_handoff(versions),
        terms,
        dated,
        handoffs: summaries(scope, rows)?,
        live,
        accepted,
        checked,
    })
}

/// The names and addresses, in small letters, by which a log may name those who do the work.
pub(super) fn names_of_people(scope: &mut Scope<'_, '_>) -> Result<HashSet<String>, Error> {
    let people = list_people(scope, ("", "", Uuid::nil()), u32::MAX)?;
    let names = people
        .iter()
        .flat_map(|person| [person.name.to_lowercase(), person.email.to_lowercase()]);
    Ok(names.filter(|name| !name.is_empty()).collect())
}

/// What was logged of each activity. What those who do the work have logged of it is none of the owner's hours.
fn logged_of(scope: &mut Scope<'_, '_>) -> Result<HashMap<Uuid, BTreeMap<Day, Seconds>>, Error> {
    let names = names_of_people(scope)?;
    let mut all: HashMap<Uuid, BTreeMap<Day, Seconds>> = HashMap::new();
    for row in list_logged(scope)? {
        let who = row.person.to_lowercase();
        let Some(day) = day(row.day).filter(|_| !names.contains(&who)) else {
            continue;
        };
        *all.entry(row.activity_id)
            .or_default()
            .entry(day)
            .or_default() += Seconds(row.seconds);
    }
    Ok(all)
}

fn spent_of(
    scope: &mut Scope<'_, '_>,
    day_of: DayOf<'_>,
) -> Result<HashMap<Uuid, BTreeMap<Day, Supervision>>, Error> {
    let mut all: HashMap<Uuid, BTreeMap<Day, Supervision>> = HashMap::new();
    for row in list_spent(scope, day_of)? {
        if let (Some(day), Some(kind)) = (day(row.day), Supervised::of(&row.kind)) {
            let of = all
                .entry(row.handoff_id)
                .or_default()
                .entry(day)
                .or_default();
            *of = of.with(kind, Seconds(row.seconds));
        }
    }
    Ok(all)
}

fn days_by_handoff(rows: Vec<(Uuid, i64)>) -> HashMap<Uuid, Vec<Day>> {
    let mut all: HashMap<Uuid, Vec<Day>> = HashMap::new();
    for (handoff, number) in rows {
        all.entry(handoff).or_default().extend(day(number));
    }
    all
}

fn became_of(scope: &mut Scope<'_, '_>) -> Result<BTreeMap<Day, Became>, Error> {
    let rows = list_freed_hours(scope, (i64::MIN, i64::MAX))?.into_iter();
    let known = rows.filter_map(|row| {
        let became = Became {
            work: Seconds(row.work),
            rest: Seconds(row.rest),
            vanished: Seconds(row.vanished),
        };
        Some((day(row.week_day)?, became))
    });
    Ok(known.collect())
}

impl Known {
    /// Whether what was agreed for a day is paid by the assignment.
    pub(super) fn is_by_assignment(&self, row: &HandoffRow, day: Day) -> bool {
        let dated = self.dated.get(&row.id).map_or(&[][..], Vec::as_slice);
        let held = in_force_or_first(dated, day);
        let now = Unit::of(&row.agreed.unit);
        held.map(|terms| terms.unit).or(now) == Some(Unit::Assignment)
    }

    /// When the other handoffs of an activity were live.
    pub(super) fn others(&self, handoff: &HandoffRow) -> Vec<Period> {
        self.of_activity(handoff.activity_id)
            .filter(|row| row.id != handoff.id)
            .flat_map(|row| self.live.get(&row.id).into_iter().flatten().copied())
            .collect()
    }

    fn of_activity(&self, activity: Uuid) -> impl Iterator<Item = &HandoffRow> {
        let rows = self.handoffs.iter().map(|it| &it.handoff.row);
        rows.filter(move |row| row.activity_id == activity)
    }

    /// What an activity took before any handoff of it: from the log where it speaks about the time before, else what was told when it
    /// was handed off.
    pub(super) fn baseline(&self, handoff: &HandoffRow, told: Option<Seconds>) -> Option<Baseline> {
        let firsts = self
            .of_activity(handoff.activity_id)
            .filter_map(|row| self.live.get(&row.id)?.first().map(|it| it.from));
        let first = firsts.min()?;
        let weeks = self.coverage.weeks_before(first);
        let logged = self.logged.get(&handoff.activity_id);
        let before: Seconds = logged
            .into_iter()
            .flat_map(|days| days.range(..first).map(|(_, time)| *time))
            .sum();
        if let Some(weeks) = weeks
            && before > Seconds::ZERO
        {
            let per_week = (Decimal::from(before.0) / weeks).round();
            return Some(Baseline {
                per_week: Seconds(per_week.try_into().unwrap_or(i64::MAX)),
                kind: EntryKind::Measured,
            });
        }
        let told = told.filter(|told| *told > Seconds::ZERO);
        told.map(|per_week| Baseline {
            per_week,
            kind: EntryKind::Remembered,
        })
    }

    /// Whether somebody else has done the activity before, and had stopped when this one began.
    pub(super) fn has_earlier(&self, handoff: &HandoffRow) -> bool {
        let live = |id| self.live.get(&id).map_or(&[][..], Vec::as_slice);
        let Some(own) = live(handoff.id).first() else {
            return false;
        };
        let is_earlier = |last: &Period| last.to < own.from;
        self.of_activity(handoff.activity_id)
            .filter(|row| row.id != handoff.id && row.state == "ended")
            .any(|row| live(row.id).last().is_some_and(is_earlier))
    }

    /// What was checked of a handoff within days, and of it what had no fault.
    pub(super) fn tally(&self, handoff: Uuid, within: Period) -> Tally {
        let rows = self.checked.get(&handoff).into_iter().flatten();
        let inside = rows.filter(|row| day(row.day).is_some_and(|day| within.has(day)));
        let number = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        inside.fold(Tally::default(), |sum, row| Tally {
            good: sum
                .good
                .saturating_add(number(row.checked.saturating_sub(row.with_fault))),
            all: sum.all.saturating_add(number(row.checked)),
        })
    }

    /// So many assignments of a handoff were accepted within days.
    pub(super) fn accepted(&self, handoff: Uuid, within: Period) -> u64 {
        let days = self.accepted.get(&handoff).into_iter();
        days.flat_map(|days| days.range(within.from..=within.to))
            .map(|(_, count)| *count)
            .sum()
    }
}
