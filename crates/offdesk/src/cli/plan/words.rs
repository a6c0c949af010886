//! A plan in words.

use std::time::Duration;

use offdesk_actions::plan::explained::{Explained, Row};
use offdesk_actions::plan::words::{in_the_way, instead};
use offdesk_actions::plan::{Changes, Clash, Planned, Planning, Status};
use offdesk_import::problem::shown;

use crate::cli::values::MOST_SECONDS;

/// Of a list so many lines are shown.
const MOST_SHOWN: usize = 20;

/// What to type for more time than there was, behind what it is for; nothing where there is no more to be had.
fn more_time(limit: Duration) -> String {
    let seconds = limit.as_secs_f64();
    if seconds >= MOST_SECONDS {
        return String::new();
    }
    let more = [60.0, 600.0, 3_600.0].into_iter().find(|it| *it > seconds);
    format!(
        " Try more of it:  --seconds {}",
        more.unwrap_or(MOST_SECONDS)
    )
}

pub(super) fn words(
    plan: &Planned,
    planning: &Planning,
    changes: &Changes,
    limit: Duration,
) -> String {
    let mut out = plan.status_in_words();
    if plan.status == Status::Unknown {
        out += &more_time(limit);
    }
    out.push('\n');
    out += &clashes(plan);
    if matches!(plan.status, Status::Optimal | Status::Feasible) {
        out += &choices(plan);
    }
    let unused = planning.unused().iter();
    let mut not_considered: Vec<String> = unused
        .map(|one| row(&one.person, &shown(&one.in_words())))
        .collect();
    let excluded = planning.excluded().iter();
    not_considered.extend(excluded.map(|one| row(&one.activity, &shown(&one.reason))));
    out += &list("Not considered:", not_considered);
    out + &explained(plan, changes, limit)
}

/// What single changes do.
fn explained(plan: &Planned, changes: &Changes, limit: Duration) -> String {
    if changes.told.is_empty() && changes.left_out == 0 {
        return String::new();
    }
    let rows = Explained::of(plan, changes);
    let mut out = "\nWhy: planned again, each time with one thing changed.\n".to_owned();
    out += &list("What limits you:", wide(&rows.limits));
    let lines = |rows: &[Row]| rows.iter().map(|(what, does)| row(what, does)).collect();
    out += &list(
        "If you handed it over all the same:",
        lines(&rows.handed_over),
    );
    out += &list("Why these people:", lines(&rows.chosen));
    if rows.unproven > 0 {
        out += &format!(
            "\n{} of these were not proven in time: the figure lies within the range beside it.\n",
            rows.unproven
        );
    }
    if changes.left_out > 0 {
        out += &format!(
            "\nFor {} other changes the time was up.{}\n",
            changes.left_out,
            more_time(limit)
        );
    }
    out
}

/// Rows whose first column is as wide as it has to be.
fn wide(rows: &[Row]) -> Vec<String> {
    let width = rows.iter().map(|(what, _)| what.chars().count()).max();
    let width = width.unwrap_or(0).clamp(32, 60);
    let rows = rows.iter();
    rows.map(|(what, does)| row_of(width, what, does)).collect()
}

/// Who does what, and what stays with the owner.
fn choices(plan: &Planned) -> String {
    let handed = plan.choices.iter().zip(&plan.options);
    let handed: Vec<String> = handed
        .map(|((what, who), option)| {
            let which = option.map_or(String::new(), |at| format!(" (options[{at}])"));
            row(what, &format!("{}{which}", shown(who)))
        })
        .collect();
    let mut out = String::new();
    if !handed.is_empty() {
        out.push('\n');
    }
    for line in handed {
        out += &line;
    }
    let kept = plan.kept.iter();
    out + &list(
        "Stays with you:",
        kept.map(|what| format!("  {}\n", shown(what))).collect(),
    )
}

/// The limits that are in the way.
fn clashes(plan: &Planned) -> String {
    let mut out = String::new();
    out += &as_many_as_shown(&plan.clash, in_the_way);
    if let Some(change) = plan.change_in_words() {
        out += &format!("{change}\n");
    }
    out + &as_many_as_shown(&plan.smallest_change, instead)
}

fn as_many_as_shown(clashes: &[Clash], words: fn(&Clash) -> String) -> String {
    let shown = clashes.iter().take(MOST_SHOWN);
    let mut out: String = shown.map(|clash| format!("  {}\n", words(clash))).collect();
    let more = clashes.len().saturating_sub(MOST_SHOWN);
    if more > 0 {
        out += &format!("  and {more} more; all of them with --json\n");
    }
    out
}

/// A line of two columns.
fn row(left: &str, right: &str) -> String {
    row_of(32, left, right)
}

/// A line of two columns, the first of some width.
fn row_of(width: usize, left: &str, right: &str) -> String {
    format!("  {:<width$} {}\n", shown(left), right)
}

/// Lines below a heading, as many as are shown; nothing where there is none.
fn list(heading: &str, lines: Vec<String>) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let mut out = format!("\n{heading}\n");
    let more = lines.len().saturating_sub(MOST_SHOWN);
    out.extend(lines.into_iter().take(MOST_SHOWN));
    if more > 0 {
        out += &format!("  and {more} more; all of them with --json\n");
    }
    out
}
