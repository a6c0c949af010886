//! `offdesk pay weeks`, `week`, `approve` and `give-back`: hours that people type for a week.

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::assignments::seconds_of_hours;
use offdesk_actions::timesheets::json::{TimesheetsJson, WeekJson};
use offdesk_actions::timesheets::{
    Decision, NewLine, NewWeek, Week, WeekSummary, decide_week, list_submitted, load_week_of,
    save_week_for,
};
use offdesk_domain::Day;
use offdesk_import::problem::shown;
use rust_decimal::Decimal;

use super::super::audit::json;
use super::super::desk::{At, day_in_words, hours_in_words};
use super::super::error::CliError;
use super::super::people::find_person;
use super::super::values::{self, day};
use super::super::{Done, exit, output};
use super::today;
use crate::clock;

/// The weeks of hours that wait to be approved
#[derive(Args, Debug)]
pub struct WeeksArgs {
    /// Print JSON (offdesk.timesheets/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// The hours of a person in a week; typed for a person who has not joined
#[derive(Args, Debug)]
pub struct WeekArgs {
    /// Name or id
    #[arg(value_name = "WHO")]
    who: String,
    /// A day of the week; the week that runs where none is named
    #[arg(long, value_name = "DAY", value_parser = day)]
    of: Option<Day>,
    /// Hours of a day, such as 2026-11-23=3:30; may come several times
    #[arg(long, value_name = "DAY=HOURS", value_parser = hours)]
    hours: Vec<(Day, Decimal)>,
    /// The activity they are typed under, where several are paid by the hour
    #[arg(long, value_name = "ACTIVITY", requires = "hours")]
    under: Option<String>,
    /// Nothing was worked on the working days that have come and of which nothing is said
    #[arg(long)]
    rest_off: bool,
    /// A day on which nothing was worked, or will be; may come several times
    #[arg(long, value_name = "DAY", value_parser = day)]
    off: Vec<Day>,
    /// The week is complete: hand it in
    #[arg(long)]
    complete: bool,
    /// Print JSON (offdesk.week_hours/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// Approve a week that was handed in, which earns its hours
#[derive(Args, Debug)]
pub struct ApproveArgs {
    #[command(flatten)]
    which: WhichWeek,
    /// Pay them beside the hours of the same days that are paid with assignments
    #[arg(long)]
    beside: bool,
}

#[derive(Args, Debug)]
struct WhichWeek {
    /// Name or id
    #[arg(value_name = "WHO")]
    who: String,
    /// A day of the week; the week that runs where none is named
    #[arg(long, value_name = "DAY", value_parser = day)]
    of: Option<Day>,
    /// Print JSON (offdesk.week_hours/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// Give a week back that was handed in, with a word about why; one that was
/// approved is opened again, and what it has earned stays
#[derive(Args, Debug)]
pub struct GiveBackArgs {
    #[command(flatten)]
    which: WhichWeek,
    /// What is to be put right; they read it
    #[arg(long, value_name = "TEXT")]
    say: String,
}

fn hours(text: &str) -> Result<(Day, Decimal), String> {
    let (on, hours) = text
        .split_once('=')
        .ok_or_else(|| "write it as 2026-11-23=3:30".to_owned())?;
    Ok((day(on)?, values::hours(hours)?))
}

fn give(week: &Week, as_json: bool) -> Done {
    if as_json {
        output::print(&json::to_text(&WeekJson::of(week))?)?;
        return Ok(0);
    }
    let mut out = format!(
        "{}, week of {}: {}, {} h\n",
        shown(&week.person),
        day_in_words(week.monday),
        week.state.word(),
        hours_in_words(week.time().0)
    );
    for line in &week.lines {
        out += &format!(
            "  {}  {:>6} h  {}\n",
            line.day,
            hours_in_words(line.time.0),
            shown(&line.activity)
        );
    }
    for beside in &week.beside {
        out += &format!(
            "  {}  {:>6} h  {}, paid with #{}\n",
            beside.days_in_words(),
            hours_in_words(beside.time.0),
            shown(&beside.activity),
            beside.assignment
        );
    }
    for day in &week.off {
        out += &format!("  {day}  not worked\n");
    }
    if !week.said.is_empty() {
        out += &format!("  given back: {}\n", shown(&week.said));
    }
    output::print(&out)?;
    Ok(0)
}

impl WeeksArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let all: Result<Vec<WeekSummary>, Error> =
            store.read(move |tx| list_submitted(tx, &actor)).wait();
        let all = all?;
        if self.json {
            output::print(&json::to_text(&TimesheetsJson::of(&all, None))?)?;
            return Ok(0);
        }
        let mut out = String::new();
        for one in &all {
            out += &format!(
                "{}  {:>6} h  {}\n",
                one.monday,
                hours_in_words(one.time.0),
                shown(&one.person)
            );
        }
        if out.is_empty() {
            out = "No hours wait to be approved.\n".to_owned();
        }
        output::print(&out)?;
        Ok(0)
    }
}

impl WeekArgs {
    /// The week with what was typed over what is there.
    fn typed(&self, week: &Week) -> Result<NewWeek, CliError> {
        let mut new = NewWeek {
            lines: Vec::new(),
            off: week.off.clone(),
            rest_is_off: self.rest_off,
            is_complete: self.complete,
            seen: Some(week.version),
        };
        for line in &week.lines {
            new.lines.push(NewLine {
                handoff: line.handoff,
                day: line.day,
                seconds: line.time.0,
                note: line.note.clone(),
            });
        }
        for day in &self.off {
            new.off.retain(|off| off != day);
            new.off.push(*day);
        }
        for (day, hours) in &self.hours {
            let under = self.handoff(week)?;
            let seconds = seconds_of_hours("hours", *hours)?;
            new.lines
                .retain(|line| line.handoff != under || line.day != *day);
            new.off.retain(|off| off != day);
            if seconds > 0 {
                new.lines.push(NewLine {
                    handoff: under,
                    day: *day,
                    seconds,
                    note: String::new(),
                });
            }
        }
        Ok(new)
    }

    fn handoff(&self, week: &Week) -> Result<offdesk_actions::store::Uuid, CliError> {
        let wanted = self.under.as_deref().map(str::to_lowercase);
        let fits = |name: &str| {
            wanted
                .as_ref()
                .is_none_or(|wanted| name.to_lowercase() == *wanted)
        };
        let found: Vec<_> = week
            .handoffs
            .iter()
            .filter(|(_, name)| fits(name))
            .collect();
        match found.as_slice() {
            [(id, _)] => Ok(*id),
            [] => Err(CliError::new(
                exit::NOTHING,
                "timesheet.handoff",
                "nothing of that is handed off to them by the hour",
            )),
            several => {
                let error = CliError::new(
                    exit::CONFLICT,
                    "timesheet.handoff",
                    "several activities are handed off to them by the hour",
                );
                Err(several.iter().fold(error, |error, (_, name)| {
                    error.line(format!("--under \"{}\"", shown(name)))
                }))
            }
        }
    }

    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let person = find_person(&store, &actor, &self.who)?;
        let (of, moment, who) = (self.of, clock::moment(), actor.clone());
        let of = of.or_else(|| self.hours.first().map(|(day, _)| *day));
        let of = of.or_else(|| self.off.first().copied());
        let week: Result<Week, Error> = store
            .read(move |tx| load_week_of(tx, &who, person, of, moment))
            .wait();
        let week = week?;
        let is_typed = !self.hours.is_empty() || !self.off.is_empty();
        if !is_typed && !self.complete && !self.rest_off {
            return give(&week, self.json);
        }
        let new = self.typed(&week)?;
        let monday = week.monday;
        let done: Result<Week, Error> = store
            .write(move |tx| save_week_for(tx, &actor, person, monday, &new, moment))
            .wait();
        give(&done?, self.json)
    }
}

impl WhichWeek {
    fn decide(self, decision: Decision) -> Done {
        let (store, actor) = self.at.open()?;
        let person = find_person(&store, &actor, &self.who)?;
        let moment = clock::moment();
        let day = self.of.unwrap_or(today(&store, &actor)?);
        let done: Result<Week, Error> = store
            .write(move |tx| decide_week(tx, &actor, person, day, &decision, None, moment))
            .wait();
        give(&done?, self.json)
    }
}

impl ApproveArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        self.which.decide(if self.beside {
            Decision::ApproveBeside
        } else {
            Decision::Approve
        })
    }
}

impl GiveBackArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        self.which.decide(Decision::Return(self.say))
    }
}
