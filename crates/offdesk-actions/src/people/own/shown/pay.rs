//! What is kept of a worker's pay, in words.

use super::Column;

/// The tables and their columns.
pub(super) const TABLES: [(&str, &str, &[Column]); 7] = [
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
            ("to_day", "Until which day"),
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
];

/// Columns that say what the business pays or means to pay, and not what the worker gets.
pub(super) const OF_BUSINESS: [(&str, &str); 15] = [
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
