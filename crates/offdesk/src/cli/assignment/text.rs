//! Assignments as text for people.

use jiff::tz::TimeZone;
use offdesk_actions::assignments::inputs::Shown;
use offdesk_actions::assignments::recurring::RecurrenceDetail;
use offdesk_actions::assignments::{AssignmentDetail, AssignmentSummary, OpenQuestion};
use offdesk_domain::recurrence::left_out;
use offdesk_import::problem::shown;

use super::super::budget::told;
use super::super::column::Column;
use super::super::desk::{cut, day_in_words, hours_in_words};
use super::super::output::{when, when_micros};

/// Titles stand in a column of at most so many places.
const TITLE_WIDTH: usize = 34;
/// Names stand in a column of at most so many places.
const NAME_WIDTH: usize = 16;

/// A state in words.
fn state(word: &str) -> String {
    word.replace('_', " ")
}

/// The list.
pub fn list(rows: &[AssignmentSummary], zone: &TimeZone) -> String {
    let titles = rows.iter().map(|one| one.row.title.as_str());
    let titles = Column::of("ASSIGNMENT", TITLE_WIDTH, titles);
    let name = |one: &AssignmentSummary| one.person.clone().unwrap_or_default();
    let all: Vec<String> = rows.iter().map(name).collect();
    let names = all.iter().map(String::as_str);
    let names = Column::of("PERSON", NAME_WIDTH, names);
    let mut out = format!(
        "{:>6}  {}  {}  {:<21}  STATE\n",
        "NUMBER",
        titles.heading(),
        names.heading(),
        "DUE"
    );
    for one in rows {
        out += &format!(
            "{:>6}  {}  {}  {:<21}  {}\n",
            one.row.number,
            titles.cell(&one.row.title),
            names.cell(one.person.as_deref().unwrap_or_default()),
            when(one.course.due, zone),
            state(&one.row.state)
        );
    }
    out
}

/// What was agreed before a change that waits for an answer.
fn agreed(detail: &AssignmentDetail, zone: &TimeZone) -> String {
    let Some(before) = &detail.row.before else {
        return String::new();
    };
    format!(
        "  agreed until they take the change: {}, due {}, {} {}, version {} of the blueprint\n",
        shown(&before.title),
        when_micros(before.due_at, zone),
        before.amount,
        detail.row.currency,
        before.blueprint_number
    )
}

/// One of them.
pub fn one(detail: &AssignmentDetail, zone: &TimeZone) -> String {
    let row = &detail.row;
    let mut out = format!(
        "{} {}: {}\n",
        row.number,
        shown(&row.title),
        state(&row.state)
    );
    let due = when(detail.course.due, zone);
    out += &if detail.is_blind() {
        format!("  due {due}; who made it is said once it is judged\n")
    } else {
        format!(
            "  {}, due {due}, {} {} for one {}, version {} of the blueprint\n",
            shown(&detail.person.name),
            row.amount,
            row.currency,
            row.unit,
            row.blueprint_number
        )
    };
    out += &agreed(detail, zone);
    out += &told(&detail.budgets);
    if let Some(back) = detail.off_until {
        let name = shown(&detail.person.name);
        out += &format!("  {name} is off, back on {}\n", day_in_words(back));
    }
    if row.seconds > 0 {
        out += &format!("  {} h typed in\n", hours_in_words(row.seconds));
    }
    if let Some(at) = row.accept_at {
        out += &format!(
            "  counts as accepted on {} where nobody looks\n",
            when_micros(at, zone)
        );
    }
    out += &inputs(detail);
    for (place, step) in (1_i64..).zip(detail.blueprint.step_texts()) {
        let tick = if detail.ticked.contains(&place) {
            "x"
        } else {
            " "
        };
        let mut lines = step.lines();
        let first = lines.next().unwrap_or_default();
        out += &format!("  [{tick}] {place} {}\n", cut(first, 70));
        for line in lines.filter(|line| !line.trim().is_empty()) {
            out += &format!("        {}\n", shown(line.trim_end()));
        }
    }
    for file in detail.files_beside() {
        out += &format!("  with it: {}\n", shown(&file.name));
    }
    for question in &detail.questions {
        out += &format!("  asked: {}\n", shown(&question.text));
        out += &match (&question.answered, question.answer.is_empty()) {
            (None, _) => format!("    waits for an answer   id {}\n", question.id),
            (Some(_), true) => "    taken back\n".to_owned(),
            (Some(_), false) => format!("    answered: {}\n", shown(&question.answer)),
        };
    }
    for deliverable in detail.deliverables.iter().rev() {
        out += &format!("  handed in, round {}: ", deliverable.round);
        let files = detail
            .files
            .iter()
            .filter(|file| file.round == Some(deliverable.round));
        let mut parts = vec![shown(&deliverable.text), shown(&deliverable.link)];
        parts.extend(files.map(|file| shown(&file.name)));
        parts.retain(|part| !part.is_empty());
        out += &format!("{}\n", parts.join(", "));
        if let Some(ticked) = ticked(detail, deliverable.round) {
            out += &format!("    {ticked}\n");
        }
    }
    for finding in &detail.findings {
        let place = match (finding.step, finding.criterion) {
            (Some(step), _) => format!(" at step {step}"),
            (None, Some(criterion)) => format!(" at criterion {criterion}"),
            (None, None) => String::new(),
        };
        let late = if finding.is_escape {
            ", found later"
        } else {
            ""
        };
        out += &format!(
            "  {}{place}{late}: {}\n",
            finding.kind,
            shown(&finding.text)
        );
    }
    for line in &detail.supervision {
        let hours = hours_in_words(line.seconds);
        out += &format!("  your time, {}: {hours} h   id {}\n", line.kind, line.id);
    }
    out += &format!("  Id: {}\n", row.id);
    out
}

/// The steps that were ticked when a round was handed in; none where that was not kept, or there are no steps.
pub fn ticked(detail: &AssignmentDetail, round: i64) -> Option<String> {
    let count = detail.blueprint_of_round(round).step_texts().count();
    let places = detail.ticked_in(round).filter(|_| count > 0)?;
    let places: Vec<String> = places.iter().map(i64::to_string).collect();
    Some(match places.is_empty() {
        true => format!("no step of {count} was ticked"),
        false => format!("steps ticked: {} of {count}", places.join(", ")),
    })
}

/// What waits for an answer.
pub fn questions(open: &[OpenQuestion], zone: &TimeZone) -> String {
    open.iter()
        .map(|one| {
            let step = one.question.step.map_or_else(String::new, |step| format!(", step {step}"));
            format!(
                "{} {}{step}\n  {} asks since {}: {}\n  offdesk assignment answer {} \"...\" --question {}\n",
                one.assignment.number,
                shown(&one.assignment.title),
                shown(&one.person),
                when_micros(one.question.asked_at, zone),
                shown(&one.question.text),
                one.assignment.number,
                one.question.id
            )
        })
        .collect()
}

/// A recurrence with its next occurrences.
pub fn recurrence(detail: &RecurrenceDetail, zone: &TimeZone) -> String {
    let row = &detail.row;
    let mut out = format!(
        "{} in {}: {}\n",
        shown(&row.rule),
        shown(&row.zone),
        row.state
    );
    let off = detail.days_off();
    if !off.is_empty() {
        out += &format!("  Days off: {}\n", shown(&off));
    }
    if let Some(gap) = left_out(&row.rule) {
        out += &format!("  Note: {gap}\n");
    }
    for next in &detail.next {
        out += &format!("  due {}\n", when(next.at, zone));
    }
    out += &format!("  Id: {}\n", row.id);
    out
}

/// What it needs, and what of it is there.
fn inputs(detail: &AssignmentDetail) -> String {
    let inputs = detail.inputs_shown().into_iter();
    let lines = inputs.map(|input| {
        let what = match input.given {
            Some(Shown::Link(link)) => shown(link),
            Some(Shown::File(file)) => format!("the file {}", shown(&file.name)),
            Some(Shown::Have) => "is there already".to_owned(),
            None if input.is_required => "nothing is said of it: ask".to_owned(),
            None => "optional".to_owned(),
        };
        format!("  needs {}: {what}\n", cut(input.name, 70))
    });
    lines.collect()
}
