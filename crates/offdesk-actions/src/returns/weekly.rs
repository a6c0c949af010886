//! The questions of a week: what the freed hours became, and the one about stress, with raw figures beside the owner's usual ones.

pub mod json;
mod said;

use offdesk_domain::returns::{Answer, AnswerError, Became, Dials, is_at_risk, monday_of, usual};
use offdesk_domain::{Day, Seconds};
use offdesk_store::pay::weeks::{
    FreedHoursRow, list_freed_hours, list_stress, save_freed_hours, save_stress,
};
use offdesk_store::{Scope, Tx};
use rust_decimal::Decimal;

pub use self::said::SaidOfHours;
use self::said::no_hours;
use super::days::Days;
use super::live::live_of;
use super::stress::{OwnTimes, last_whole_week, own_times};
use super::{Audience, report_of};
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::Error;
use crate::moment::Moment;
use crate::near::near;

/// So many weeks are shown, with the one that is asked about.
const SHOWN: i32 = 12;
/// A week has so many seconds.
const WHOLE_WEEK: i64 = 7 * 86_400;

impl From<AnswerError> for Error {
    fn from(error: AnswerError) -> Self {
        Self::invalid("stress", error.code(), error.to_string())
            .hint("answer with a number from 1 to 5")
    }
}

/// The answers of a week; what is `None` is left as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NewWeek {
    /// What the freed hours became.
    pub became: Option<SaidOfHours>,
    /// The answer about stress, from 1 to 5.
    pub stress: Option<i64>,
}

/// A week with its answers.
#[derive(Debug, Clone, PartialEq)]
pub struct AnsweredWeek {
    /// Its Monday.
    pub monday: Day,
    /// What the freed hours became.
    pub became: Option<Became>,
    /// What the one who asks has answered about stress.
    pub stress: Option<Answer>,
    /// Hours of work in all sources.
    pub hours: Seconds,
    /// What was usual before it: the median of up to eight weeks; `None` below four.
    pub usual_hours: Option<Decimal>,
    /// Hours on its Saturday and Sunday.
    pub weekend: Seconds,
    /// Days without any work.
    pub free_days: u32,
    /// Evenings and changes of activity, from the entries with clock times; `None` where the week has none.
    pub dials: Option<Dials>,
}

/// The answers of the last weeks.
#[derive(Debug, Clone, PartialEq)]
pub struct Weekly {
    /// The Monday of the week that is asked about: the last whole one.
    pub asked: Day,
    /// Something was handed off in that week, whether it is over by now or not, so hours may have been freed.
    pub is_handed_off: bool,
    /// Stress was high in the last two weeks with an answer, one right after the other.
    pub is_at_risk: bool,
    /// The weeks, the one that is asked about last.
    pub weeks: Vec<AnsweredWeek>,
}

impl Weekly {
    /// The week that is asked about.
    #[must_use]
    pub fn asked_week(&self) -> Option<&AnsweredWeek> {
        self.weeks.last()
    }
}

/// The answers of the last weeks, with the stress of the one who asks and of nobody else.
///
/// # Errors
/// Those of the actor and of the store.
pub fn load_weekly(tx: &mut Tx<'_>, actor: &Actor, moment: Moment) -> Result<Weekly, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    weekly_of(&mut scope, actor, moment)
}

fn weekly_of(scope: &mut Scope<'_, '_>, actor: &Actor, moment: Moment) -> Result<Weekly, Error> {
    let asked = last_whole_week(Days::of(scope)?.today(moment));
    let first = Day(asked.0 - 7 * (SHOWN - 1));
    let became = list_freed_hours(scope, (first.0.into(), asked.0.into()))?;
    let stress = list_stress(scope, actor.account, 60)?;
    let answers: Vec<(Day, Answer)> = stress
        .iter()
        .filter_map(|(day, answer)| Some((Day::from_number(*day)?, Answer::new(*answer).ok()?)))
        .filter(|(day, _)| *day <= asked)
        .collect();
    // Eight weeks before the first that is shown are what is usual there.
    let from = Day(first.0 - 7 * 8);
    let own = own_times(scope, (from.0.into(), i64::from(asked.0) + 6))?;
    let OwnTimes {
        by_day: days,
        dials,
    } = own;
    let hours_of = |monday: i32| -> i64 {
        days.range(i64::from(monday)..i64::from(monday) + 7)
            .map(|(_, seconds)| *seconds)
            .sum()
    };
    let week = |monday: i32| {
        let number = i64::from(monday);
        let row = became.iter().find(|row| row.week_day == number);
        let before: Vec<Decimal> = (1..=8)
            .rev()
            .map(|back| hours_of(monday - 7 * back))
            .filter(|seconds| *seconds > 0)
            .map(|seconds| Seconds(seconds).hours())
            .collect();
        let worked = days.range(number..number + 7).filter(|(_, it)| **it > 0);
        AnsweredWeek {
            monday: Day(monday),
            became: row.map(|row| Became {
                work: Seconds(row.work),
                rest: Seconds(row.rest),
                vanished: Seconds(row.vanished),
            }),
            stress: answers
                .iter()
                .find(|(day, _)| day.0 == monday)
                .map(|(_, answer)| *answer),
            hours: Seconds(hours_of(monday)),
            usual_hours: usual(&before),
            weekend: Seconds(days.range(number + 5..number + 7).map(|(_, it)| *it).sum()),
            dials: dials.get(&Day(monday)).copied(),
            free_days: 7_u32.saturating_sub(u32::try_from(worked.count()).unwrap_or(7)),
        }
    };
    let mondays = (0..SHOWN).map(|at| first.0 + 7 * at);
    Ok(Weekly {
        asked,
        is_handed_off: was_live(scope, asked, moment)?,
        is_at_risk: is_at_risk(&answers),
        weeks: mondays.map(week).collect(),
    })
}

/// Whether any handoff was live on a day of a week.
fn was_live(scope: &mut Scope<'_, '_>, monday: Day, moment: Moment) -> Result<bool, Error> {
    let days = Days::of(scope)?;
    let live = live_of(scope, &days, days.today(moment))?;
    let mut periods = live.values().flatten();
    Ok(periods.any(|it| it.from.0 <= monday.0 + 6 && it.to >= monday))
}

/// Notes the answers of a week, by any day of it; a later answer counts in the place of an earlier one. A week that is not over yet may
/// be answered, too; one that has not begun may not.
///
/// # Errors
/// `return.nothing` where nothing is said, `return.week` for a week to come, `return.hours` for times that no week has, `return.stress`.
pub fn answer_week(
    tx: &mut Tx<'_>,
    actor: &Actor,
    day: Day,
    new: NewWeek,
    moment: Moment,
) -> Result<Weekly, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    let monday = monday_of(day);
    if new.became.is_none() && new.stress.is_none() {
        return Err(
            Error::invalid("became", "return.nothing", "there is no answer in this")
                .hint("say what the hours became, or answer the question about stress"),
        );
    }
    if monday > Days::of(&mut scope)?.today(moment) {
        return Err(Error::invalid(
            "week",
            "return.week",
            format!("the week of {monday} has not begun yet"),
        )
        .hint("answer for the week that is over"));
    }
    near("week", monday, monday)?;
    let stress = new.stress.map(Answer::new).transpose()?;
    if let Some(said) = new.became {
        let became = time_of(&mut scope, said, monday, moment)?;
        let row = FreedHoursRow {
            week_day: monday.0.into(),
            work: became.work.0,
            rest: became.rest.0,
            vanished: became.vanished.0,
            account_id: actor.account,
            changed_at: moment.micros(),
        };
        save_freed_hours(&mut scope, row)?;
        let told = format!(
            "work {} s, rest {} s, vanished {} s",
            row.work, row.rest, row.vanished
        );
        note(
            &mut scope,
            actor,
            moment,
            "answer_week",
            monday.to_string(),
            told,
        )?;
    }
    if let Some(stress) = stress {
        let number = i64::from(stress.number());
        save_stress(
            &mut scope,
            actor.account,
            monday.0.into(),
            number,
            moment.micros(),
        )?;
        // That it was answered stands in the audit log; what was answered is nobody else's.
        note(
            &mut scope,
            actor,
            moment,
            "answer_stress",
            monday.to_string(),
            "",
        )?;
    }
    weekly_of(&mut scope, actor, moment)
}

fn time_of(
    scope: &mut Scope<'_, '_>,
    said: SaidOfHours,
    monday: Day,
    moment: Moment,
) -> Result<Became, Error> {
    let bought_back = match said {
        SaidOfHours::Time(_) | SaidOfHours::Unknown => Seconds::ZERO,
        _ => {
            let report = report_of(scope, None, Audience::Own, moment)?;
            let line = report.weeks.iter().find(|line| line.monday == monday);
            line.map_or(Seconds::ZERO, |line| line.found.hours.bought_back().total())
        }
    };
    let became = said.time(bought_back);
    if said == SaidOfHours::Unknown {
        return Ok(became);
    }
    let parts = [became.work, became.rest, became.vanished];
    let is_time = parts.iter().all(|part| (0..=WHOLE_WEEK).contains(&part.0));
    if is_time && (1..=WHOLE_WEEK).contains(&became.total().0) {
        return Ok(became);
    }
    Err(no_hours())
}
