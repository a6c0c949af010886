//! People as text for people.

use offdesk_actions::people::{OffDays, PersonDetail, PersonFields};
use offdesk_actions::store::people::PersonRow;
use offdesk_domain::Day;
use offdesk_domain::person::{PersonKind, PersonState, Unit};
use offdesk_import::problem::shown;

use super::super::column::Column;
use super::super::desk::day_in_words;

/// Names stand in a column of at most so many places.
const NAME_WIDTH: usize = 30;

fn kind(row: &PersonRow) -> &'static str {
    PersonKind::of(&row.kind).map_or("", PersonKind::name)
}

fn now(row: &PersonRow, off: Option<Day>) -> String {
    if row.state == PersonState::Former.word() {
        return "former".to_owned();
    }
    match off {
        Some(back) => format!("off, back on {}", day_in_words(back)),
        None if row.account_id.is_some() => "has joined".to_owned(),
        None => "not joined".to_owned(),
    }
}

/// The list.
pub fn list(rows: &[PersonRow], off: &OffDays) -> String {
    let names = rows.iter().map(|row| row.name.as_str());
    let column = Column::of("PERSON", NAME_WIDTH, names);
    let mut out = format!("  {}  KIND        NOW\n", column.heading());
    for row in rows {
        let name = column.cell(&row.name);
        out += &format!(
            "  {name}  {:<10}  {}\n",
            kind(row),
            now(row, off.off_until(row))
        );
    }
    out
}

/// What was done, with what stands after it.
pub fn done(what: &str, detail: &PersonDetail) -> String {
    let mut out = format!("{what}: {}\n", shown(&detail.row.name));
    out += &paid(detail);
    out += &format!("  Id: {}\n", detail.row.id);
    out
}

fn paid(detail: &PersonDetail) -> String {
    match &detail.now {
        Some(terms) => format!("  Paid now: {terms}\n"),
        None => match detail.terms.iter().min_by_key(|terms| terms.from_day) {
            Some(first) => {
                let from = Day::from_number(first.from_day).unwrap_or(Day(0));
                format!(
                    "  Paid from {} on; nothing holds before.\n",
                    day_in_words(from)
                )
            }
            None => "  Nobody has said what they are paid.\n".to_owned(),
        },
    }
}

/// One person with all that belongs to them.
pub fn whole(detail: &PersonDetail) -> String {
    let row = &detail.row;
    let fields = PersonFields::of(row);
    let mut out = format!(
        "{}, {}, {}\n",
        shown(&row.name),
        kind(row),
        now(row, detail.off_until)
    );
    out += &paid(detail);
    for (label, value) in [
        ("E-mail", &row.email),
        ("Place", &row.place),
        ("Zone", &row.zone),
        ("Works", &row.working_hours),
        ("Hours a week", &fields.capacity),
        ("Languages", &row.languages),
        ("Can do", &row.skills),
        ("Fees", &row.fees),
        ("Notes", &row.notes),
    ] {
        if !value.is_empty() {
            out += &format!("  {label}: {}\n", shown(value));
        }
    }
    if !detail.terms.is_empty() {
        out += "\nTerms\n";
    }
    for terms in detail.terms.iter().rev() {
        let from = Day::from_number(terms.from_day).unwrap_or(Day(0));
        let unit = Unit::of(&terms.unit).map_or("", Unit::name);
        out += &format!(
            "  from {}: {} {} {unit}\n",
            day_in_words(from),
            terms.amount,
            terms.currency
        );
    }
    if !detail.handoffs.is_empty() {
        out += "\nHanded off to them\n";
    }
    for summary in &detail.handoffs {
        out += &format!(
            "  {}: {}\n",
            shown(&summary.activity),
            summary.handoff.state.in_words()
        );
    }
    if !detail.access.is_empty() {
        out += "\n";
        out += &access(detail);
    }
    out += &format!("\n  Id: {}\n", row.id);
    out
}

/// What a person was let into.
pub fn access(detail: &PersonDetail) -> String {
    if detail.access.is_empty() {
        return "Nothing is noted that they were let into.\n".to_owned();
    }
    let mut out = "Let into\n".to_owned();
    for row in &detail.access {
        let day = |number| day_in_words(Day::from_number(number).unwrap_or(Day(0)));
        let place = if row.location.is_empty() {
            String::new()
        } else {
            format!(", {}", shown(&row.location))
        };
        let back = match row.revoked_day {
            Some(number) => format!("taken back {}", day(number)),
            None => "not taken back".to_owned(),
        };
        out += &format!(
            "  {}{place}: since {}, {back}\n",
            shown(&row.what),
            day(row.granted_day)
        );
    }
    out
}
