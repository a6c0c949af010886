//! What the owner sees about a worker: every column of the tables that hold something about them, read from the schema itself. A
//! column that nobody has described is shown under its own name, and a test fails until somebody has.

mod assignments;
pub(super) mod kept;
mod pay;
mod sums;

use offdesk_store::copy::columns;

/// A field that is kept of a worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownField {
    /// What it is, in words.
    pub words: String,
    /// Who sees it.
    pub seen_by: SeenBy,
}

/// Who sees a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeenBy {
    /// The worker and those who run the business.
    Both,
    /// Those who run the business alone, since it is not about the worker.
    Business,
}

/// What is kept in one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownTable {
    /// What it is about.
    pub title: &'static str,
    /// Its fields.
    pub fields: Vec<ShownField>,
}

/// A column with what it is in words; none for numbers that only connect rows.
type Column = (&'static str, &'static str);

/// The tables that hold something about a worker, and their columns in words.
const TABLES: [(&str, &str, &[Column]); 21] = [
    ("person", "You", PERSON),
    (
        "person_terms",
        "What you are paid",
        &[
            ("from_day", "From which day on"),
            (
                "unit",
                "For what: an hour, an assignment, a milestone, a month",
            ),
            ("amount", "How much"),
            ("currency", "In which currency"),
            ("note", "What they noted with it"),
            ("created_at", "When it was noted"),
        ],
    ),
    (
        "person_access",
        "What you were let into",
        &[
            ("what", "What it is"),
            ("location", "Where it is"),
            ("granted_day", "Since which day"),
            ("revoked_day", "The day it was taken back"),
            ("created_at", "When it was noted"),
        ],
    ),
    ("person_invitation", "Your invitation", &[]),
    ("handoff", "What is handed off to you", HANDOFF),
    (
        "handoff_event",
        "What became of it",
        &[
            (
                "event",
                "What happened: proposed, accepted, paused and so on",
            ),
            ("state", "How it stood afterwards"),
            ("detail", "What was said with it"),
            ("account_id", "Who did it"),
            ("door", "By a page, a program or on the machine itself"),
            ("at", "When"),
        ],
    ),
    (
        "recurrence",
        "When work comes back to you",
        assignments::RECURRENCE,
    ),
    ("assignment", "Each assignment", assignments::ASSIGNMENT),
    ("assignment_step", "The steps you ticked", assignments::STEP),
    ("question", "What you asked", assignments::QUESTION),
    (
        "deliverable",
        "What you handed in",
        assignments::DELIVERABLE,
    ),
    ("deliverable_file", "Your files", assignments::FILE),
    (
        "assignment_input",
        "What you were given for it",
        assignments::INPUT,
    ),
    ("review", "What a review said", assignments::REVIEW),
    ("finding", "What was found", assignments::FINDING),
    (
        "supervision",
        "What they spent on it",
        assignments::SUPERVISION,
    ),
    (
        "mailbox",
        "Work that comes to you by mail",
        assignments::MAILBOX,
    ),
    (
        "mailed",
        "Which messages became your assignments",
        &[("message_hash", "By what a message is known again")],
    ),
    (
        "digest",
        "Your daily mail",
        &[
            ("account_id", "That it is yours"),
            ("is_on", "Whether you want it"),
            ("hour", "At which hour"),
            (
                "next_at",
                "When it is looked next whether something waits for you",
            ),
            ("sent_day", "The day of the last one"),
            (
                "told_at",
                "Up to when budgets were told; you are told of none",
            ),
        ],
    ),
    (
        "feed",
        "Your calendar of due dates",
        &[
            ("account_id", "That it is yours"),
            (
                "token_hash",
                "By what its address is known; the address itself is not kept",
            ),
            ("created_at", "When its address was made"),
        ],
    ),
    (
        "event",
        "The log of changes",
        &[
            ("at", "When you changed something"),
            ("account_id", "That it was you"),
            ("door", "By a page, a program or on the machine itself"),
            ("action", "What you did, such as accepting a handoff"),
            ("object", "To what"),
            ("detail", "What it came to"),
        ],
    ),
];

const PERSON: &[Column] = &[
    (
        "kind",
        "Whether you are a freelancer, employed or an agency",
    ),
    ("name", "Your name"),
    ("email", "Your e-mail address"),
    ("place", "The country you work in"),
    ("zone", "Your time zone"),
    ("working_hours", "When you work, in your words"),
    ("languages", "Your languages"),
    ("skills", "What you can do"),
    ("capacity_per_week", "How many hours a week you have"),
    ("fees", "What is paid beside your terms"),
    ("notes", "What they noted of you"),
    ("account_id", "That you have joined"),
    ("off_until", "Until when you are off"),
    ("state", "Whether you still work here"),
    ("created_at", "When you were added"),
    ("changed_at", "When any of this was changed"),
];

const HANDOFF: &[Column] = &[
    ("reason", "Why: it frees their hours, or you do it better"),
    ("unit", "What is paid for"),
    ("amount", "How much"),
    ("currency", "In which currency"),
    (
        "blueprint_number",
        "Which version of the blueprint was agreed",
    ),
    ("start_day", "From which day on"),
    ("change_unit", "What would be paid for after a change"),
    ("change_amount", "How much after a change"),
    ("change_currency", "In which currency after a change"),
    (
        "change_blueprint_number",
        "Which version of the blueprint after a change",
    ),
    ("change_start_day", "From which day on after a change"),
    ("change_note", "Why it would change"),
    ("expected", "What they reckon it brings them"),
    ("note", "What they told you with it"),
    ("sent_by", "Who sends out what you made"),
    ("is_critical", "Whether all of it is always checked"),
    ("rung", "How much of it is checked"),
    (
        "in_a_row",
        "How many without a fault in a row make them check less",
    ),
    ("clean_in_row", "How many are without a fault in a row now"),
    (
        "answer_by_hours",
        "Within how many hours they answer your questions",
    ),
    (
        "accept_after_days",
        "After how many days without a review it counts as accepted",
    ),
    ("trial_length", "How many assignments the trial has"),
    ("trial_done", "How many of them were accepted"),
    ("state", "How it stands"),
    ("paused_from", "How it stood before it was paused"),
    ("end_reason", "Why it has ended"),
    ("created_by", "Who handed it off"),
    ("created_at", "When"),
    ("changed_at", "When something happened last"),
];

/// Columns that only connect rows, or count changes.
const CONNECTING: [&str; 10] = [
    "workspace_id",
    "id",
    "version",
    "person_id",
    "handoff_id",
    "activity_id",
    "blueprint_id",
    "invitation_id",
    "assignment_id",
    "recurrence_id",
];

/// The only columns a worker is not shown: they are about the owner's hour.
const OF_BUSINESS: [(&str, &str); 6] = [
    ("handoff", "expected"),
    ("supervision", "kind"),
    ("supervision", "captured"),
    ("supervision", "seconds"),
    ("supervision", "account_id"),
    ("supervision", "created_at"),
];

/// Everything that is kept about a worker and that the owner can see, from the schema.
#[must_use]
pub fn shown_to_owner() -> Vec<ShownTable> {
    let tables = all_tables().map(|(table, title, known)| {
        let all = columns(table).unwrap_or_default();
        let fields = all.into_iter().filter_map(|column| {
            let words = known.iter().find(|(name, _)| *name == column);
            if words.is_none() && CONNECTING.contains(&column) {
                return None;
            }
            Some(ShownField {
                words: words.map_or_else(|| column.to_owned(), |(_, words)| (*words).to_owned()),
                seen_by: seen_by(table, column),
            })
        });
        ShownTable {
            title,
            fields: fields.collect(),
        }
    });
    tables.filter(|table| !table.fields.is_empty()).collect()
}

/// Who sees a column.
fn seen_by(table: &'static str, column: &'static str) -> SeenBy {
    let field = (table, column);
    if OF_BUSINESS.contains(&field) || pay::OF_BUSINESS.contains(&field) {
        return SeenBy::Business;
    }
    SeenBy::Both
}

/// Those of work, and those of pay.
fn all_tables() -> impl Iterator<Item = &'static (&'static str, &'static str, &'static [Column])> {
    TABLES.iter().chain(&pay::TABLES)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every column is described or only connects rows, and nothing is described that is not there.
    #[test]
    fn every_column_about_a_worker_is_described() {
        for (table, _, known) in all_tables() {
            let there = columns(table).unwrap();
            for column in &there {
                let is_known = known.iter().any(|(name, _)| name == column);
                assert!(
                    is_known || CONNECTING.contains(column),
                    "{table}.{column} is not described"
                );
            }
            for (column, _) in *known {
                assert!(there.contains(column), "{table} has no {column}");
            }
        }
    }

    /// A table that refers to a person or a handoff holds something about a worker.
    #[test]
    fn every_table_about_a_worker_is_listed() {
        for table in offdesk_store::copy::tables() {
            let all = columns(table).unwrap();
            let is_about = all
                .iter()
                .any(|it| matches!(*it, "person_id" | "handoff_id"));
            let is_listed = all_tables().any(|(known, ..)| *known == table);
            assert!(!is_about || is_listed, "{table} is about people");
        }
    }

    /// The worker promise: there is no column for what somebody does at their machine, where they are or when they were last seen.
    #[test]
    fn no_column_watches_anybody() {
        let watching = [
            "screen",
            "keystroke",
            "mouse",
            "activity_level",
            "idle",
            "location_",
            "latitude",
            "gps",
            "online",
            "last_seen",
            "seen_at",
            "ip_",
            "webcam",
            "score",
        ];
        for (table, ..) in all_tables() {
            for column in columns(table).unwrap() {
                let is_watching = watching.iter().any(|word| column.contains(word));
                assert!(!is_watching, "{table}.{column}");
            }
        }
    }

    /// The owner sees totals per assignment, no timeline: of what is done inside one no moment is kept but of what somebody else waits for.
    #[test]
    fn no_moment_is_kept_of_what_is_done_inside_an_assignment() {
        let waited_for = [
            ("question", "asked_at"),
            ("question", "answered_at"),
            ("deliverable", "created_at"),
            ("deliverable_file", "created_at"),
        ];
        // These are of what the owner's side does.
        let of_owner = ["review", "finding", "supervision", "agent_usage"];
        for (table, ..) in all_tables() {
            let columns = columns(table).unwrap();
            if !columns.contains(&"assignment_id") || of_owner.contains(table) {
                continue;
            }
            let moments = columns.iter().filter(|it| it.ends_with("_at"));
            for column in moments {
                assert!(waited_for.contains(&(table, column)), "{table}.{column}");
            }
        }
    }

    #[test]
    fn the_list_says_what_is_not_shown() {
        let all = shown_to_owner();
        let hidden: Vec<&str> = all
            .iter()
            .flat_map(|table| &table.fields)
            .filter(|field| field.seen_by == SeenBy::Business)
            .map(|field| field.words.as_str())
            .collect();
        // What a payment cost besides, how it was exchanged, and the note of it, come last.
        let of_pay = hidden.len() - pay::OF_BUSINESS.len();
        assert_eq!(
            hidden[..of_pay],
            [
                "What they reckon it brings them",
                "What they did: reviewing, answering or doing again",
                "How long a page of theirs was open for it",
                "How long it took them",
                "Whose time it was",
                "When they spent it",
            ]
        );
        assert_eq!(hidden[of_pay], "What a payment cost them besides");
        assert_eq!(all.len(), all_tables().count() - 1);
    }
}
