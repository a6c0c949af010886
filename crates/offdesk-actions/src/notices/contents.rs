//! What the daily mail says: what waits, with its number and its age, and where to see it. Names and what was said stay on the pages.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use offdesk_domain::budget::Standing;
use offdesk_store::assignments::load_assignment;
use offdesk_store::assignments::questions::list_answered_since;
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Scope, Tx};
use rust_decimal::Decimal;

use super::digest::membership;
use super::gone::of_gone;
use super::standing::of_standing;
use crate::actor::{Actor, Permission};
use crate::assignments::own::{OwnAssignment, list_own_work};
use crate::budgets::{BudgetStanding, Whose, passed_between};
use crate::desk::{DeskWaits, Kind, News, Wait, load_desk};
use crate::error::Error;
use crate::moment::{Moment, on_clock};
use crate::people::own::{OwnHandoff, list_own_handoffs};

/// After which moment a budget was passed, and up to which one, that somebody is told of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Passed {
    /// They were told of what was before; of none where they were never told.
    pub(crate) after: Option<i64>,
    /// What comes later is told later.
    pub(crate) until: i64,
}

/// So many lines of a kind are written.
const LINES: usize = 10;
/// How many more there are of a kind is counted up to so many.
const COUNTED: u32 = 200;
/// What is due within so many seconds is told beforehand.
const SOON_SECONDS: i64 = 36 * 3600;

/// The text of somebody's daily mail, without its links' beginning; `None` where nothing waits for them, or they have no part here any more.
pub(crate) fn contents(
    tx: &mut Tx<'_>,
    actor: &Actor,
    clock: &TimeZone,
    passed: Passed,
    moment: Moment,
) -> Result<Option<String>, Error> {
    let Ok(workspace) = membership(actor) else {
        return Ok(None);
    };
    let name = load_workspace(&mut Scope::new(tx, workspace))?.name;
    let lines = if actor.may(Permission::Work) {
        of_worker(tx, actor, clock, passed, moment)?
    } else {
        let scope = &mut actor.within(tx, Permission::See)?;
        let budgets = passed_between(scope, passed.after, passed.until, moment)?;
        of_business(
            &load_desk(tx, actor, COUNTED, moment)?,
            &budgets,
            passed,
            clock,
        )
    };
    if lines.is_empty() {
        return Ok(None);
    }
    Ok(Some(format!("{name}\n\n{}", lines.join("\n"))))
}

/// A kind of thing with its heading: the first ones, and how many more there are.
pub(super) fn listed<T>(heading: &str, all: &[T], line: impl Fn(&T) -> String) -> Vec<String> {
    if all.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![heading.to_owned()];
    lines.extend(all.iter().take(LINES).map(|one| format!("  {}", line(one))));
    let more = all.len().saturating_sub(LINES);
    let is_all = u32::try_from(all.len()).is_ok_and(|count| count < COUNTED);
    match (more, is_all) {
        (0, _) => {}
        (more, true) => lines.push(format!("  and {more} more")),
        (more, false) => lines.push(format!("  and at least {more} more")),
    }
    lines.push(String::new());
    lines
}

fn of_business(
    desk: &DeskWaits,
    budgets: &[(Standing, BudgetStanding)],
    passed: Passed,
    clock: &TimeZone,
) -> Vec<String> {
    let mut lines = Vec::new();
    for (kind, heading) in [
        (
            Wait::Question,
            "Answers needed; their due dates stand still meanwhile:",
        ),
        (Wait::Review, "Deliverables to look at:"),
        (Wait::Overdue, "Due, and not there yet:"),
    ] {
        let waits: Vec<_> = desk.waits.iter().filter(|it| it.kind == kind).collect();
        lines.extend(listed(heading, &waits, |wait| {
            let since = said(wait.since, clock);
            format!("{} {}, since {since}", wait.number, wait.title)
        }));
    }
    lines.extend(of_news(&desk.news, passed));
    lines.extend(of_budgets(budgets));
    let hours = desk.bought_back.net().hours().round_dp(1).normalize();
    if !lines.is_empty() && hours > Decimal::ZERO {
        lines.push(format!("Hours bought back in the last seven days: {hours}"));
    }
    lines
}

/// What has happened since the last mail, and what is due. Names stay on the pages.
fn of_news(news: &[News], passed: Passed) -> Vec<String> {
    let mut lines = Vec::new();
    for (kind, heading) in [
        (Kind::Declined, "Declined; nobody does them now:"),
        (Kind::Expired, "Nobody said in time whether they take them:"),
        (Kind::Missed, "Came back and were not given:"),
        (Kind::Forgotten, "Came back too late to be kept:"),
        (
            Kind::PaidBeside,
            "Hours that were accepted by rule and may be paid twice:",
        ),
        (
            Kind::HandoffAccepted,
            "Handoffs that were accepted; nothing is given under them yet:",
        ),
        (Kind::HandoffDeclined, "Handoffs that were declined:"),
        (
            Kind::ChangeAccepted,
            "Changes of handoffs that were accepted:",
        ),
        (
            Kind::ChangeDeclined,
            "Changes that were declined; what was agreed goes on:",
        ),
        (
            Kind::ChangeLapsed,
            "Changes that nobody answered in time; what was agreed goes on:",
        ),
        (Kind::RungMoved, "More or less is checked now of:"),
        (Kind::TrialPassed, "Trials that are passed:"),
        (
            Kind::ZoneMoved,
            "Whoever does them has moved, and what comes back has not:",
        ),
        (
            Kind::DraftWaiting,
            "Drafts of blueprints to read and publish:",
        ),
        (Kind::BlueprintDue, "Blueprints to look at again:"),
        (Kind::Access, "Access to take back of people who have gone:"),
    ] {
        let is_new = |it: &&News| {
            it.kind == kind
                && (kind.is_due()
                    || (passed.after.is_none_or(|at| it.at > at) && it.at <= passed.until))
        };
        let of: Vec<&News> = news.iter().filter(is_new).collect();
        lines.extend(listed(heading, &of, |one| {
            let number = one.number.map_or_else(String::new, |it| format!("{it} "));
            match (kind, one.why.as_str()) {
                (Kind::Missed | Kind::Forgotten | Kind::PaidBeside, why) if !why.is_empty() => {
                    format!("{number}{}: {why}", one.title)
                }
                (Kind::RungMoved, how) => format!("{}: {how}", one.title),
                (Kind::BlueprintDue, day) => format!("{}, since {day}", one.title),
                _ => format!("{number}{}", one.title),
            }
        }));
    }
    lines
}

/// How many budgets were passed, and in which currency; whose they are and how much they are stands on the pages.
fn of_budgets(budgets: &[(Standing, BudgetStanding)]) -> Vec<String> {
    let mut lines = Vec::new();
    for (standing, heading) in [
        (Standing::Over, "Budgets of this month that are passed:"),
        (
            Standing::Near,
            "Budgets of this month that are near their end:",
        ),
    ] {
        let of: Vec<_> = budgets.iter().filter(|it| it.0 == standing).collect();
        lines.extend(listed(heading, &of, |(_, one)| {
            let whose = match one.whose {
                Whose::Workspace => "the whole workspace",
                Whose::Person(_) => "a person",
                Whose::Handoff(_) => "a handoff",
            };
            let percent = one.reckoned.percent;
            format!("{whose}, {}: {percent} % of it", one.row.currency)
        }));
    }
    lines
}

fn of_worker(
    tx: &mut Tx<'_>,
    actor: &Actor,
    clock: &TimeZone,
    passed: Passed,
    moment: Moment,
) -> Result<Vec<String>, Error> {
    let work = list_own_work(tx, actor)?;
    let soon = moment.after(SOON_SECONDS);
    let due: Vec<&OwnAssignment> = work
        .in_hand
        .iter()
        .filter(|it| it.row.due_at <= soon && it.row.state != "waiting")
        .collect();
    let returned: Vec<&OwnAssignment> = work
        .in_hand
        .iter()
        .filter(|it| it.row.state == "returned" && it.row.due_at > soon)
        .collect();
    let mut lines = Vec::new();
    for (heading, all) in [
        (
            "Given to you; say whether you take it, declining is free:",
            work.to_answer.iter().collect(),
        ),
        ("Due soon:", due),
        ("Returned with what was found:", returned),
    ] {
        lines.extend(listed(heading, &all, |one| {
            let due = said(one.row.due_at, clock);
            format!("{}, due {due}", one.row.title)
        }));
    }
    lines.extend(of_handoffs(&list_own_handoffs(tx, actor)?));
    lines.extend(of_answers(tx, actor, passed)?);
    lines.extend(of_standing(tx, actor, passed)?);
    lines.extend(of_gone(tx, actor, passed, moment)?);
    Ok(lines)
}

/// What is proposed to a worker and waits for their answer.
fn of_handoffs(all: &[OwnHandoff]) -> Vec<String> {
    let mut lines = Vec::new();
    for (is_change, heading) in [
        (false, "Proposed to you; declining is free:"),
        (true, "Changes that wait for your answer:"),
    ] {
        let of = |it: &&OwnHandoff| it.is_waiting() && it.change.is_some() == is_change;
        let of: Vec<&OwnHandoff> = all.iter().filter(of).collect();
        lines.extend(listed(heading, &of, |it| it.activity.clone()));
    }
    lines
}

/// Assignments in which a worker was answered since the last mail; what was said stays on the page.
fn of_answers(tx: &mut Tx<'_>, actor: &Actor, passed: Passed) -> Result<Vec<String>, Error> {
    let mut scope = actor.within(tx, Permission::Work)?;
    // Whoever was never told is told of nothing that was before.
    let Some(after) = passed.after else {
        return Ok(Vec::new());
    };
    let mut titles: Vec<String> = Vec::new();
    for question in list_answered_since(&mut scope, actor.account, after, COUNTED)? {
        let is_later = question.answered.is_some_and(|(_, at)| at > passed.until);
        let row = load_assignment(&mut scope, question.assignment_id)?;
        let title = row.map(|row| row.title);
        titles.extend(title.filter(|it| !is_later && !titles.contains(it)));
    }
    let heading = "Your questions were answered in:";
    Ok(listed(heading, &titles, String::clone))
}

/// A moment on somebody's clock.
fn said(micros: i64, clock: &TimeZone) -> String {
    let at = Timestamp::from_microsecond(micros).unwrap_or_default();
    on_clock(at, clock)
}
