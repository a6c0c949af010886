//! What is kept of a worker's pay, in words.

use super::Column;

/// The tables and their columns.
pub(super) const TABLES: [(&str, &str, &[Column]); 10] = [
    (
        "person_pay",
        "How you are paid",
        &[
            ("cycle", "How often"),
            ("rounding", "How amounts are rounded"),
            ("kind", "By a bank or a payment service"),
            ("holder", "Whose account it is"),
            ("iban", "Its number"),
            ("bic", "Its bank"),
            ("email", "Its e-mail address"),
            ("changed_at", "When this was noted"),
        ],
    ),
    (
        "statement",
        "Your statements",
        &[
            ("number", "Its number"),
            ("currency", "In which currency"),
            ("from_day", "From which day on"),
            (
                "to_day",
                "Until which day; below nothing where it is for a bill",
            ),
            ("bill_number", "The number of the bill it is for"),
            ("bill_tax", "The tax of that bill"),
            ("bill_to", "Until which day, where it is for a bill"),
            ("rounding", "How amounts are rounded"),
            ("sum", "What it comes to"),
            ("carried", "What an earlier one left below nothing"),
            ("state", "Whether it is paid"),
            ("owed", "What is owed of it"),
            ("created_at", "When it was drawn up"),
        ],
    ),
    (
        "former_terms",
        "What was agreed before",
        &[
            ("from_day", "From which day on"),
            ("unit", "For what"),
            ("amount", "How much"),
            ("currency", "In which currency"),
        ],
    ),
    (
        "timesheet",
        "Your weeks",
        &[
            ("week_day", "The week"),
            ("state", "Whether it is handed in, approved or given back"),
            ("off_days", "The days on which you did not work"),
            ("said", "Why it was given back"),
            ("submitted_at", "When you handed it in"),
            ("decided_by", "Who approved it or gave it back"),
            ("decided_at", "When"),
            ("changed_at", "When something happened last"),
        ],
    ),
    (
        "timesheet_line",
        "The hours you typed for a week",
        &[
            ("week_day", "The week"),
            ("day", "On which day"),
            ("seconds", "How long"),
            ("note", "What you did"),
        ],
    ),
    ("posting", "What you have earned and were paid", POSTING),
    (
        "budget",
        "Budgets of theirs that your work counts for",
        BUDGET,
    ),
    ("bill", "Your bills", BILL),
    (
        "bill_line",
        "The lines of your bills",
        &[
            ("bill_id", "Of which bill"),
            ("place", "In which place"),
            ("text", "What it says"),
            ("assignment_id", "Which assignment it names"),
            ("day", "Which day it names"),
            ("amount", "What is billed"),
        ],
    ),
    (
        "bill_file",
        "Your bills as they came",
        &[
            ("bill_id", "Of which bill"),
            ("name", "The name of the file"),
            ("bytes", "What is in it"),
        ],
    ),
];

/// Columns that say what the business pays or means to pay, and not what the worker gets.
pub(super) const OF_BUSINESS: [(&str, &str); 16] = [
    ("posting", "fee"),
    ("posting", "fee_currency"),
    ("posting", "sent"),
    ("posting", "sent_currency"),
    ("posting", "rate"),
    ("posting", "rate_day"),
    ("posting", "rate_source"),
    ("posting", "note"),
    ("budget", "subject_id"),
    ("budget", "amount"),
    ("budget", "currency"),
    ("budget", "warn_at"),
    ("budget", "blocks"),
    ("budget", "created_at"),
    ("budget", "changed_at"),
    ("bill", "note"),
];

const BUDGET: &[Column] = &[
    ("subject_id", "Whether it is for you or for a handoff"),
    ("amount", "How much they mean to spend in a month"),
    ("currency", "In which currency"),
    ("warn_at", "From which share on they are warned"),
    ("blocks", "Whether they give nothing that would pass it"),
    ("created_at", "When it was set first"),
    ("changed_at", "When it was set last"),
];

const POSTING: &[Column] = &[
    ("number", "Its number"),
    ("at", "When it was written"),
    (
        "kind",
        "Earned, reversed, stated, paid, or a payment that came back",
    ),
    ("currency", "In which currency"),
    ("of_number", "What is reversed, or which payment came back"),
    ("statement", "Of which statement"),
    ("assignment_id", "By which assignment"),
    ("day", "On which day"),
    ("counted", "Whether hours, times or days are counted"),
    ("quantity", "How much of it"),
    ("quantity_of", "Days of the month, where days are counted"),
    ("unit", "What is paid for"),
    ("amount", "The price, or what was paid"),
    ("fee", "What a payment cost them besides"),
    ("fee_currency", "In which currency that was"),
    ("sent", "What they sent before it was exchanged"),
    ("sent_currency", "In which currency that was"),
    ("rate", "At which rate it was exchanged"),
    ("rate_day", "Of which day the rate is"),
    ("rate_source", "Who says so"),
    ("note", "What they noted with a payment"),
    ("hash", "A hash that shows whether the line was changed"),
];

const BILL: &[Column] = &[
    ("number", "Its number"),
    ("number_key", "By what the number is known again"),
    ("day", "Its day"),
    ("from_day", "From which day on it is for"),
    ("to_day", "Until which day"),
    ("currency", "In which currency"),
    ("tax", "The tax on top"),
    ("note", "What they noted with it"),
    (
        "said",
        "What they asked about it, or said when they approved it",
    ),
    ("state", "Whether it was queried or approved"),
    ("statement", "The statement it is paid by"),
    ("created_by", "Who recorded it"),
    ("created_at", "When it was recorded"),
    ("changed_at", "When something happened to it last"),
];
