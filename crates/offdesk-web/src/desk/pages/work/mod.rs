//! Work: what was given, by whom it waits, and the way to give something.

mod agreed;
mod arranging;
mod behalf;
mod board;
mod changes;
mod giving;
mod needs;
mod of_handoff;
pub(super) mod one;
mod spending;

pub(super) use self::agreed::agreed;
pub use self::behalf::{deliver, remove_file};
use self::board::{Column, board};
pub(super) use self::changes::spent_of;
pub use self::changes::{answer, cancel, change, close, correct, escape, reassign, reply, spend};
pub use self::giving::give;
pub(super) use self::giving::off_line;
use self::giving::{Needed, Refused, given, giving, needed};
pub(super) use self::needs::needs;
use self::of_handoff::OfHandoff;
pub use self::one::page as show;
pub(super) use self::one::{content, findings, shown_at, steps, steps_in};

use std::collections::BTreeMap;

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::actor::Actor;
use offdesk_actions::assignments::{
    AssignmentSummary, OpenQuestion, Which, count_open, list_assignments, list_open_questions,
};
use offdesk_actions::handoffs::{HandoffSummary, SoFar, list_handoffs, load_so_far};
use offdesk_actions::people::list_off;
use offdesk_actions::store::{Tx, Uuid};
use offdesk_actions::workspaces::load_settings;
use offdesk_domain::Day;
use offdesk_domain::handoff::State;

use super::blueprints::place_of;
use super::handoffs::costs;
use super::next::may_edit;
use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::form::Form;
use crate::desk::layout::{desk_page, moment, wrong};
use crate::desk::paging::paged;
use crate::words;

/// Rows of each state on the page; the rest is behind a link.
const ROWS: u32 = 30;
/// Rows of one state.
const ROWS_OF_ONE: u32 = 200;
/// Questions on the page.
const QUESTIONS: u32 = 20;
/// A state with more than this many is counted no further.
pub(super) const COUNTED: u32 = 10_000;
/// Handoffs to choose from.
const CHOICES: u32 = 200;
/// Handoffs of which it stands what they cost so far.
const COSTS: usize = 12;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move { Ok(shown(work_page(&ask, &Refused::default()).await?)) })
}

/// The zone moments are shown and typed in: the workspace's, else UTC.
pub(super) fn zone_of(tx: &mut Tx<'_>, actor: &Actor) -> Result<String, Error> {
    let settings = load_settings(tx, actor)?.0;
    Ok(settings.zone.unwrap_or_else(|| "UTC".to_owned()))
}

/// A state in words, as it stands on somebody's desk.
pub(super) fn state_in_words(word: &str) -> &'static str {
    match word {
        "assigned" => "given",
        "agreed" => "taken on",
        "in_progress" => "being done",
        "waiting" => "waits for your answer",
        "delivered" => "to review",
        "returned" => "returned",
        "accepted" => "accepted",
        "closed" => "closed",
        "declined" => "declined",
        "cancelled" => "taken back",
        "expired" => "nobody answered",
        "missed" => "missed",
        _ => "somewhere else",
    }
}

async fn work_page(ask: &Ask, refused: &Refused) -> Result<Markup, Error> {
    let (form, error) = (&refused.form, refused.error.as_ref());
    let (state, may_edit) = (ask.query.text("state").to_owned(), may_edit(ask));
    let is_board = ask.query.text("view") == "board" && state.is_empty();
    let Work {
        zone,
        of_handoff,
        only,
        after,
        groups,
        columns,
        questions,
        costs: spent,
        handoffs,
        needed,
        off,
    } = load(ask, &state, may_edit, form).await?;
    let is_whole = of_handoff.is_none() && state.is_empty();
    let body = html! {
        h1 { "Work" }
        p.lead { "What was given, who has it, and what waits for you. Step in, or leave it alone." }
        @if error.is_none() { (given(ask)) }
        (wrong(error))
        @if is_whole { (views(is_board)) }
        @if let Some(of) = &of_handoff { (of.show(&zone)) } @else if !state.is_empty() {
            p { a href="/work" { "Everything that is open" } }
            (table(&only, &format!("Those that are {}, the earliest due first", state_in_words(&state)), &zone))
            @if let Some((due, id)) = after { p { a href={ "/work?state=" (state) "&after=" (due) "." (id) } { "Later ones" } } }
        } @else {
            (asked(&questions))
            @if is_board { (board(&columns, &zone)) } @else if groups.is_empty() { p { "Nothing is on anybody's desk." } }
            @for (word, count, rows) in &groups {
                section aria-labelledby=(word) {
                    h2 #(word) { (words::capital(state_in_words(word))) ", " (count) }
                    (table(rows, "The earliest due first", &zone))
                    @if *count > u64::from(ROWS) { p { a href={ "/work?state=" (word) } { "All of them" } } }
                }
            }
            p.quiet { "Done: " a href="/work?state=accepted" { "accepted" } ", " a href="/work?state=closed" { "closed" } ". "
                "Not done: " @for (at, word) in ["declined", "expired", "missed", "cancelled"].into_iter().enumerate() { @if at > 0 { ", " } a href={ "/work?state=" (word) } { (state_in_words(word)) } } "." }
            (cost_so_far(&spent))
        }
        @if may_edit { (giving(&handoffs, &off, &needed, refused, (ask, &zone))) }
    };
    Ok(desk_page(ask, "Work", &body))
}

/// What the page shows: those of one handoff or of one state alone, or each state with how many there are and the questions.
#[derive(Default)]
struct Work {
    zone: String,
    of_handoff: Option<OfHandoff>,
    only: Vec<AssignmentSummary>,
    /// Where the next page of them begins.
    after: Option<(i64, Uuid)>,
    groups: Vec<(&'static str, u64, Vec<AssignmentSummary>)>,
    /// The same on the board.
    columns: Vec<Column>,
    questions: Vec<OpenQuestion>,
    /// What those that are live cost so far; one more than is shown, where there are more.
    costs: Vec<(HandoffSummary, SoFar)>,
    handoffs: Vec<HandoffSummary>,
    /// What the handoff that is chosen, or the only one, needs.
    needed: Needed,
    /// Who of them is off, and until when.
    off: BTreeMap<Uuid, Day>,
}

async fn load(ask: &Ask, state: &str, may_edit: bool, form: &Form) -> Result<Work, Error> {
    let state = state.to_owned();
    let chosen = match form.text("handoff") {
        "" => ask.query.text("handoff"),
        chosen => chosen,
    };
    let one = Uuid::try_parse(ask.query.text("handoff")).ok();
    let before = ask.query.text("before").parse().ok();
    let after = place_of(ask.query.text("after"));
    let (chosen, form) = (chosen.to_owned(), form.clone());
    let is_board = ask.query.text("view") == "board";
    ask.read(move |tx, actor, moment| {
        let mut work = Work {
            zone: zone_of(tx, actor)?,
            of_handoff: match one {
                Some(id) => Some(of_handoff::load(tx, actor, id, before)?),
                None => None,
            },
            ..Work::default()
        };
        let is_whole = state.is_empty() && one.is_none();
        if is_whole && is_board {
            work.columns = board::load(tx, actor, moment)?;
        } else if is_whole {
            for (word, count) in count_open(tx, actor, COUNTED)? {
                if count > 0 {
                    let rows = rows_of(tx, actor, word, None, ROWS)?;
                    work.groups.push((word, count, rows));
                }
            }
        }
        if is_whole {
            let mut live = list_handoffs(tx, actor, None, CHOICES)?;
            live.retain(|it| matches!(it.handoff.state, State::Running(_) | State::Paused(_)));
            live.truncate(COSTS + 1);
            let so_far = load_so_far(tx, actor, &live, moment)?;
            work.costs = live.into_iter().zip(so_far).collect();
            work.questions = list_open_questions(tx, actor, QUESTIONS)?;
        } else if one.is_none() {
            let rows = rows_of(tx, actor, &state, after, ROWS_OF_ONE + 1)?;
            let (page, last) = paged(&rows, ROWS_OF_ONE);
            work.after = last.map(|it| (it.row.due_at, it.row.id));
            work.only = page.to_vec();
        }
        if may_edit {
            work.handoffs = list_handoffs(tx, actor, None, CHOICES)?;
            work.handoffs
                .retain(|it| matches!(it.handoff.state, State::Running(_)));
            let people = work.handoffs.iter().map(|it| it.handoff.row.person_id);
            work.off = list_off(tx, actor, people, moment)?;
            work.needed = needed(tx, actor, &work.handoffs, (&chosen, &form))?;
        }
        Ok(work)
    })
    .await
}

fn rows_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    state: &str,
    after: Option<(i64, Uuid)>,
    most: u32,
) -> Result<Vec<AssignmentSummary>, Error> {
    let which = Which {
        state: Some(state.to_owned()),
        person: None,
    };
    list_assignments(tx, actor, &which, after, most)
}

fn table(rows: &[AssignmentSummary], caption: &str, zone: &str) -> Markup {
    html! {
        @if rows.is_empty() { p { "There is none." } } @else {
            table.rows {
                caption { (caption) }
                thead { tr { th scope="col" { "Assignment" } th scope="col" { "Person" } th scope="col" { "Due" } th scope="col" { "Price" } } }
                tbody { @for one in rows { tr {
                    th scope="row" { a href={ "/work/" (one.row.id) } data-find { (one.row.number) " " bdi { (words::shown(&one.row.title, 120)) } } }
                    td data-label="Person" { @match &one.person { Some(name) => bdi { (words::shown(name, 80)) }, None => span.quiet { "once it is judged" } } }
                    td data-label="Due" { (moment(one.row.due_at, Some(zone))) }
                    td data-label="Price" { @if one.person.is_some() { (one.row.amount) " " (one.row.currency) " for one " (one.row.unit) } }
                } } }
            }
        }
    }
}

/// The list first, and the board.
fn views(is_board: bool) -> Markup {
    html! {
        nav.actions aria-label="How it is shown" {
            a.button.plain.small href="/work" aria-current=[(!is_board).then_some("page")] { "List" }
            a.button.plain.small href="/work?view=board" aria-current=[is_board.then_some("page")] { "Board" }
        }
    }
}

/// What the handoffs that are live cost so far against what was expected by now.
fn cost_so_far(all: &[(HandoffSummary, SoFar)]) -> Markup {
    html! {
        @if !all.is_empty() {
            section aria-labelledby="costs" {
                h2 #costs { "Cost so far" }
                (costs(all.get(..COSTS).unwrap_or(all)))
                @if all.len() > COSTS { p { a href="/handoffs" { "All handoffs" } } }
            }
        }
    }
}

fn asked(questions: &[OpenQuestion]) -> Markup {
    html! {
        @if !questions.is_empty() {
            section.card aria-labelledby="asked" {
                h2 #asked { "Answer needed" }
                ul { @for one in questions { li {
                    bdi { (words::shown(&one.person, 80)) } " asks in "
                    a href={ "/work/" (one.assignment.id) } { (one.assignment.number) " " bdi { (words::shown(&one.assignment.title, 120)) } }
                    ": " bdi { (words::shown(&one.question.text, 400)) }
                } } }
            }
        }
    }
}
