//! `offdesk assignment repeat`, `repeats`, `move` and `stop`: work that comes back.

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::actor::Actor;
use offdesk_actions::assignments::json::{RecurrenceJson, RecurrencesJson};
use offdesk_actions::assignments::recurring::{
    LEAD_HOURS, NewRecurrence, RecurrenceChange, RecurrenceDetail, change_recurrence,
    create_recurrence, days_off, list_recurrences, start_of, stop_recurrence,
};
use offdesk_actions::store::{Store, Uuid};

use super::super::audit::json;
use super::super::desk::At;
use super::super::error::CliError;
use super::super::handoff::Which;
use super::super::{Done, exit, output};
use super::{shown_in, text, zone_of};
use crate::clock;

/// Let work of a handoff come back by a rule, as calendars write it
#[derive(Args, Debug)]
pub struct RepeatArgs {
    #[command(flatten)]
    handoff: Which,
    /// When it is due: FREQ=WEEKLY;BYDAY=MO or FREQ=MONTHLY;BYMONTHDAY=-1
    #[arg(long, value_name = "RULE")]
    rule: String,
    /// The first moment it may be due, on the clock of the zone: 2026-03-02T17:00
    #[arg(long, value_name = "WHEN")]
    start: String,
    /// The zone of that clock; the workspace's where none is named
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// A day off: SA, SU, or a date; may be repeated
    #[arg(long = "off", value_name = "DAY")]
    days_off: Vec<String>,
    /// Give it so many hours before it is due
    #[arg(long, value_name = "HOURS", default_value_t = LEAD_HOURS)]
    lead: i64,
    /// What is done
    #[arg(long, value_name = "TEXT", default_value = "")]
    title: String,
    /// What the person is told with each
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
    /// Print JSON (offdesk.recurrence/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl RepeatArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (off_weekdays, off_days) = days_off(self.days_off.iter().map(String::as_str))?;
        let (store, actor) = self.at.open()?;
        let zone = match self.zone {
            Some(zone) => Some(zone),
            None => zone_of(&store, &actor)?.and_then(|it| it.iana_name().map(str::to_owned)),
        };
        let zone = zone.ok_or_else(|| {
            CliError::new(
                exit::USAGE,
                "recurrence.zone",
                "the workspace has no time zone",
            )
            .line("name one:  --zone Europe/Berlin")
        })?;
        let new = NewRecurrence {
            start: Some(start_of(&self.start)?),
            title: self.title,
            note: self.note,
            rule: self.rule,
            zone,
            off_weekdays,
            off_days,
            lead_hours: self.lead,
        };
        let handoff = self.handoff.find(&store, &actor)?.summary.handoff.row.id;
        let (who, moment) = (actor.clone(), clock::moment());
        let made: Result<RecurrenceDetail, Error> = store
            .write(move |tx| create_recurrence(tx, &who, handoff, &new, moment))
            .wait();
        print(&store, &actor, &made?, self.json)
    }
}

fn print(store: &Store, actor: &Actor, detail: &RecurrenceDetail, as_json: bool) -> Done {
    if as_json {
        output::print(&json::to_text(&RecurrenceJson::of(detail))?)?;
    } else {
        output::print(&text::recurrence(detail, &shown_in(store, actor)?))?;
    }
    Ok(0)
}

/// When work of a handoff comes back
#[derive(Args, Debug)]
pub struct RepeatsArgs {
    #[command(flatten)]
    handoff: Which,
    /// Print JSON (offdesk.recurrences/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl RepeatsArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let handoff = self.handoff.find(&store, &actor)?.summary.handoff.row.id;
        let who = actor.clone();
        let all: Result<Vec<RecurrenceDetail>, Error> = store
            .read(move |tx| list_recurrences(tx, &who, handoff))
            .wait();
        let all = all?;
        if self.json {
            output::print(&json::to_text(&RecurrencesJson::of(&all, None))?)?;
        } else if all.is_empty() {
            output::print("Nothing of this handoff comes back by itself.\n")?;
        } else {
            let zone = shown_in(&store, &actor)?;
            let texts: String = all.iter().map(|one| text::recurrence(one, &zone)).collect();
            output::print(&texts)?;
        }
        Ok(0)
    }
}

/// Stop a recurrence; what was given stays
#[derive(Args, Debug)]
pub struct StopArgs {
    /// Id of the recurrence
    #[arg(value_name = "ID")]
    id: Uuid,
    /// Print JSON (offdesk.recurrence/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl StopArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let (id, who, moment) = (self.id, actor.clone(), clock::moment());
        let stopped: Result<RecurrenceDetail, Error> = store
            .write(move |tx| stop_recurrence(tx, &who, id, None, moment))
            .wait();
        print(&store, &actor, &stopped?, self.json)
    }
}

/// Move a recurrence to the clock of another zone, where the hour stays, or give it
/// other days off
#[derive(Args, Debug)]
pub struct MoveArgs {
    /// Id of the recurrence
    #[arg(value_name = "ID")]
    id: Uuid,
    /// The zone, such as Asia/Manila
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// A day off, in the place of those it had: SA, SU, or a date; may be repeated
    #[arg(long = "off", value_name = "DAY", conflicts_with = "no_off")]
    days_off: Vec<String>,
    /// It has no days off any more
    #[arg(long)]
    no_off: bool,
    /// Print JSON (offdesk.recurrence/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl MoveArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let (id, who, moment) = (self.id, actor.clone(), clock::moment());
        let is_said = self.no_off || !self.days_off.is_empty();
        let off = is_said.then(|| days_off(self.days_off.iter().map(String::as_str)));
        let change = RecurrenceChange {
            zone: self.zone,
            days_off: off.transpose()?,
        };
        let moved: Result<RecurrenceDetail, Error> = store
            .write(move |tx| change_recurrence(tx, &who, id, change, None, moment))
            .wait();
        print(&store, &actor, &moved?, self.json)
    }
}
