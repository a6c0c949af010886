//! The board: what was given by where it stands, a column for each. On a phone the columns are sections below each other.

use maud::{Markup, html};
use offdesk_actions::actor::Actor;
use offdesk_actions::assignments::{AssignmentSummary, count_open, list_asked, list_done_since};
use offdesk_actions::store::Tx;
use offdesk_actions::{Error, Moment};

use super::{COUNTED, rows_of, state_in_words};
use crate::desk::layout::moment as shown_at;
use crate::words;

/// Assignments of a column.
const CARDS: u32 = 8;
/// What was accepted in the last so many seconds is done lately.
const LATELY: i64 = 14 * 24 * 3600;

/// The columns of what is open, with the states in each.
const COLUMNS: [(&str, &str, &[&str]); 4] = [
    ("board-given", "Given", &["assigned", "agreed"]),
    (ASKED, "Asked", &["waiting"]),
    ("board-doing", "Doing", &["in_progress", "returned"]),
    ("board-to-review", "To review", &["delivered"]),
];

/// The column of what waits for an answer, whatever its state.
const ASKED: &str = "board-asked";

/// A column.
pub(super) struct Column {
    id: &'static str,
    name: &'static str,
    /// How many there are in each of its states.
    counts: Vec<(&'static str, u64)>,
    rows: Vec<AssignmentSummary>,
}

/// All columns, the first of each by when it is due; what is done the latest first.
pub(super) fn load(tx: &mut Tx<'_>, actor: &Actor, moment: Moment) -> Result<Vec<Column>, Error> {
    let open = count_open(tx, actor, COUNTED)?;
    let (asked, in_all) = list_asked(tx, actor, (CARDS as usize, COUNTED))?;
    let waiting = open
        .iter()
        .find(|it| it.0 == "waiting")
        .map_or(0, |it| it.1);
    // Under a change that nobody has answered a question waits as well: that stands with what was asked, and not with what was given.
    let changing = in_all.saturating_sub(waiting);
    let mut all = Vec::with_capacity(COLUMNS.len() + 1);
    for (id, name, states) in COLUMNS {
        let mut rows = Vec::new();
        if id == ASKED {
            let counts = vec![("waiting", waiting), ("assigned", changing)];
            all.push(Column {
                id,
                name,
                counts,
                rows: asked.clone(),
            });
            continue;
        }
        for state in states {
            let more = u32::try_from(changing).unwrap_or(u32::MAX);
            rows.extend(rows_of(tx, actor, state, None, CARDS.saturating_add(more))?);
        }
        rows.retain(|one| one.row.open_questions == 0);
        rows.sort_by_key(|one| (one.row.due_at, one.row.id));
        rows.truncate(CARDS as usize);
        let counts = open.iter().filter(|(state, _)| states.contains(state));
        let counts = counts.map(|(state, count)| match *state {
            "assigned" => ("assigned", count.saturating_sub(changing)),
            state => (state, *count),
        });
        all.push(Column {
            id,
            name,
            counts: counts.collect(),
            rows,
        });
    }
    all.push(Column {
        id: "board-done",
        name: "Done lately",
        counts: Vec::new(),
        rows: list_done_since(tx, actor, moment.after(-LATELY), CARDS)?,
    });
    Ok(all)
}

/// The columns side by side.
pub(super) fn board(columns: &[Column], zone: &str) -> Markup {
    html! {
        div.board { @for column in columns {
            section aria-labelledby=(column.id) {
                h2 #(column.id) { (column.name) @if !column.counts.is_empty() { ", " (column.counts.iter().map(|it| it.1).sum::<u64>()) } }
                @if column.rows.is_empty() { p.quiet { "None." } } @else {
                    ul { @for one in &column.rows { li { (card(one, zone)) } } }
                }
                (all_of(column))
            }
        } }
    }
}

fn card(one: &AssignmentSummary, zone: &str) -> Markup {
    let row = &one.row;
    html! {
        a href={ "/work/" (row.id) } data-find { (row.number) " " bdi { (words::shown(&row.title, 80)) } }
        small { @match &one.person { Some(name) => bdi { (words::shown(name, 60)) }, None => "who did it, once it is judged" } }
        small { @match row.accepted_at { Some(at) => { "accepted " (shown_at(at, Some(zone))) }, None => { "due " (shown_at(row.due_at, Some(zone))) } } }
    }
}

/// Where all of a column stand, where it does not show them all; those of what is done stand below for either view.
fn all_of(column: &Column) -> Markup {
    let shown = column.rows.len() as u64;
    let is_whole = column.counts.iter().map(|it| it.1).sum::<u64>() <= shown;
    html! {
        @if !is_whole {
            p.quiet { "All: " @for (at, (state, count)) in column.counts.iter().filter(|it| it.1 > 0).enumerate() {
                @if at > 0 { ", " }
                a href={ "/work?state=" (state) } { (state_in_words(state)) " (" (count) ")" }
            } }
        }
    }
}
