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
pub(super) const LINES: usize = 10;
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
        let most = u32::try_from(LINES).unwrap_or(u32::MAX);
        let scope = &mut actor.within(tx, Permission::See)?;
        let budgets = passed_between(scope, passed.after, passed.until, moment)?;
        of_business(
            &load_desk(tx, actor, most, moment)?,
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
        if waits.is_empty() {
            continue;
        }
        lines.push(heading.to_owned());
        for wait in waits.into_iter().take(LINES) {
            let since = said(wait.since, clock);
            lines.push(format!("  {} {}, since {since}", wait.number, wait.title));
        }
        lines.push(String::new());
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
        if of.is_empty() {
            continue;
        }
        lines.push(heading.to_owned());
        for one in of.into_iter().take(LINES) {
            let number = one.number.map_or_else(String::new, |it| format!("{it} "));
            lines.push(match (kind, one.why.as_str()) {
                (Kind::Missed | Kind::Forgotten | Kind::PaidBeside, why) if !why.is_empty() => {
                    format!("  {number}{}: {why}", one.title)
                }
                (Kind::RungMoved, how) => format!("  {}: {how}", one.title),
                (Kind::BlueprintDue, day) => format!("  {}, since {day}", one.title),
                _ => format!("  {number}{}", one.title),
            });
        }
        lines.push(String::new());
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
        if of.is_empty() {
            continue;
        }
        lines.push(heading.to_owned());
        for (_, one) in of.into_iter().take(LINES) {
            let whose = match one.whose {
                Whose::Workspace => "the whole workspace",
                Whose::Person(_) => "a person",
                Whose::Handoff(_) => "a handoff",
            };
            let percent = one.reckoned.percent;
            lines.push(format!(
                "  {whose}, {}: {percent} % of it",
                one.row.currency
            ));
        }
        lines.push(String::new());
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
        if all.is_empty() {
            continue;
        }
        lines.push(heading.to_owned());
        for one in all.into_iter().take(LINES) {
            let due = said(one.row.due_at, clock);
            lines.push(format!("  {}, due {due}", one.row.title));
        }
        lines.push(String::new());
    }
    lines.extend(of_handoffs(&list_own_handoffs(tx, actor)?));
    lines.extend(of_answers(tx, actor, passed)?);
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
        if of.is_empty() {
            continue;
        }
        lines.push(heading.to_owned());
        lines.extend(of.iter().take(LINES).map(|it| format!("  {}", it.activity)));
        lines.push(String::new());
    }
    lines
}

/// Assignments in which a worker was answered since the last mail; what was said stays on the page.
fn of_answers(tx: &mut Tx<'_>, actor: &Actor, passed: Passed) -> Result<Vec<String>, Error> {
    let mut scope = actor.within(tx, Permission::Work)?;
    let most = u32::try_from(LINES).unwrap_or(u32::MAX);
    // Whoever was never told is told of nothing that was before.
    let Some(after) = passed.after else {
        return Ok(Vec::new());
    };
    let mut titles: Vec<String> = Vec::new();
    for question in list_answered_since(&mut scope, actor.account, after, most)? {
        let is_later = question.answered.is_some_and(|(_, at)| at > passed.until);
        let row = load_assignment(&mut scope, question.assignment_id)?;
        let title = row.map(|row| format!("  {}", row.title));
        titles.extend(title.filter(|it| !is_later && !titles.contains(it)));
    }
    if titles.is_empty() {
        return Ok(titles);
    }
    titles.insert(0, "Your questions were answered in:".to_owned());
    titles.push(String::new());
    Ok(titles)
}

/// A moment on somebody's clock.
fn said(micros: i64, clock: &TimeZone) -> String {
    let at = Timestamp::from_microsecond(micros).unwrap_or_default();
    on_clock(at, clock)
}
