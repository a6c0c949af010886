//! Blueprints as text for people.

use jiff::Timestamp;
use offdesk_actions::blueprints::BlueprintDetail;
use offdesk_actions::blueprints::comparing::DiffLine;
use offdesk_actions::store::blueprints::BlueprintRow;
use offdesk_domain::blueprint::{GatePart, PARTS, Warning};
use offdesk_import::problem::shown;

use super::super::column::Column;

/// Titles stand in a column of at most so many places.
const TITLE_WIDTH: usize = 34;

/// The list.
pub fn list(rows: &[BlueprintRow]) -> String {
    let titles = rows.iter().map(|row| row.title.as_str());
    let column = Column::of("BLUEPRINT", TITLE_WIDTH, titles);
    let mut out = format!("  {}  PARTS   STATE\n", column.heading());
    for row in rows {
        let title = column.cell(&row.title);
        let missing = row.missing.split_whitespace().count();
        let state = match (row.published, row.has_draft()) {
            (0, _) => "draft".to_owned(),
            (published, false) => format!("version {published}"),
            (published, true) => format!("version {published}, and a draft"),
        };
        out += &format!(
            "  {title}  {} of 7  {state}\n",
            7_usize.saturating_sub(missing)
        );
    }
    out
}

/// How many of the seven parts are there, what is missing with its remedy, and the hints.
pub fn checked(title: &str, parts: &[GatePart], warnings: &[Warning]) -> String {
    let there = parts.iter().filter(|part| part.is_there).count();
    let mut out = format!(
        "{}: {there} of {} parts are there\n",
        shown(title),
        PARTS.len()
    );
    for part in parts.iter().filter(|part| !part.is_there) {
        out += &format!(
            "  missing  {} {}: {}\n",
            part.code,
            part.name,
            shown(&part.missing)
        );
        out += &format!("           {}\n", part.remedy);
    }
    for warning in warnings {
        out += &format!("  hint     {} {}\n", warning.code, shown(&warning.message));
        out += &format!("           {}\n", warning.remedy);
    }
    out
}

/// What became of a blueprint, and what is missing.
pub fn done(what: &str, detail: &BlueprintDetail) -> String {
    let mut out = format!("{what}: {}\n", shown(&detail.row.title));
    let missing: Vec<String> = detail
        .gate()
        .iter()
        .filter(|part| !part.is_there)
        .map(|part| part.name.to_lowercase())
        .collect();
    out += &match missing.len() {
        0 if detail.blueprint.has_steps() => "  All 7 parts are there.\n".to_owned(),
        0 => "  All 7 parts are there, but no step: nothing says what to do.\n".to_owned(),
        count => format!(
            "  {} of 7 parts are there; missing: {}\n",
            7_usize.saturating_sub(count),
            missing.join(", ")
        ),
    };
    out += &format!("  Id: {}\n", detail.row.id);
    out
}

/// Lines that went and came, each with a sign before it.
pub fn difference(lines: &[DiffLine]) -> String {
    let line = |line: &DiffLine| match line {
        DiffLine::Same(text) => format!("      {}\n", shown(text)),
        DiffLine::Removed(text) => format!("    - {}\n", shown(text)),
        DiffLine::Added(text) => format!("    + {}\n", shown(text)),
        DiffLine::Gap => "      ...\n".to_owned(),
    };
    lines.iter().map(line).collect()
}

/// The versions, the newest first.
pub fn versions(detail: &BlueprintDetail) -> String {
    let lines = detail.versions.iter().map(|version| {
        let (state, at) = match version.published {
            Some((at, _)) if version.is_untested => ("published, without a test run,", at),
            Some((at, _)) => ("published", at),
            None => ("a draft, saved", version.changed_at),
        };
        let note = match version.note.is_empty() {
            true => String::new(),
            false => format!(": {}", shown(&version.note)),
        };
        format!(
            "  {}  {state} {} by {}{note}\n",
            version.number,
            day_of(at),
            shown(&version.author)
        )
    });
    lines.collect()
}

/// The day of a moment, in UTC.
fn day_of(micros: i64) -> String {
    Timestamp::from_microsecond(micros).map_or_else(
        |_| "?".to_owned(),
        |at| at.strftime("%-d %b %Y").to_string(),
    )
}
