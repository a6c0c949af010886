//! What the owner sees about a worker: every column of the tables that hold something about them, read from the schema itself. A
//! column that nobody has described is shown under its own name, and a test fails until somebody has.

mod handoff;
mod work;

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
const TABLES: [(&str, &str, &[Column]); 16] = [
    ("person", "You", handoff::PERSON),
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
    ("handoff", "What is handed off to you", handoff::HANDOFF),
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
        work::RECURRENCE,
    ),
    ("assignment", "Each assignment", work::ASSIGNMENT),
    (
        "assignment_step",
        "Steps of an assignment",
        &[
            ("step", "Which step is ticked"),
            ("ticked_by", "That you ticked it"),
            ("ticked_at", "When it was ticked"),
        ],
    ),
    ("question", "What you ask", work::QUESTION),
    ("deliverable", "What you hand in", work::DELIVERABLE),
    (
        "deliverable_file",
        "Files you hand in",
        &[
            ("name", "Its name"),
            ("length", "Its length"),
            ("received", "How much of it has come"),
            ("round", "With which deliverable it was handed in"),
            ("created_by", "That you sent it"),
            ("created_at", "When"),
        ],
    ),
    ("review", "What was said of it", work::REVIEW),
    ("finding", "What was found in it", work::FINDING),
    (
        "supervision",
        "What it cost them beside your pay",
        work::SUPERVISION,
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
    let tables = TABLES.iter().map(|(table, title, known)| {
        let all = columns(table).unwrap_or_default();
        let fields = all.into_iter().filter_map(|column| {
            let words = known.iter().find(|(name, _)| *name == column);
            if words.is_none() && CONNECTING.contains(&column) {
                return None;
            }
            let is_of_business = OF_BUSINESS.contains(&(*table, column));
            Some(ShownField {
                words: words.map_or_else(|| column.to_owned(), |(_, words)| (*words).to_owned()),
                seen_by: if is_of_business {
                    SeenBy::Business
                } else {
                    SeenBy::Both
                },
            })
        });
        ShownTable {
            title,
            fields: fields.collect(),
        }
    });
    tables.filter(|table| !table.fields.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every column is described or only connects rows, and nothing is described that is not there.
    #[test]
    fn every_column_about_a_worker_is_described() {
        for (table, _, known) in TABLES {
            let there = columns(table).unwrap();
            for column in &there {
                let is_known = known.iter().any(|(name, _)| name == column);
                assert!(
                    is_known || CONNECTING.contains(column),
                    "{table}.{column} is not described"
                );
            }
            for (column, _) in known {
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
            let is_listed = TABLES.iter().any(|(known, ..)| *known == table);
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
        for (table, ..) in TABLES {
            for column in columns(table).unwrap() {
                let is_watching = watching.iter().any(|word| column.contains(word));
                assert!(!is_watching, "{table}.{column}");
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
        assert_eq!(hidden[0], "What they reckon it brings them");
        assert_eq!(hidden.len(), OF_BUSINESS.len());
        assert_eq!(all.len(), TABLES.len() - 1);
    }
}
