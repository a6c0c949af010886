//! What is kept of assignments, in words, for the person who does them.

use super::Column;

pub(super) const RECURRENCE: &[Column] = &[
    ("title", "What comes back"),
    ("note", "What you are told with each"),
    ("rule", "By which rule"),
    ("start_wall", "From when on"),
    ("zone", "On the clock of which zone"),
    ("off_weekdays", "Which days of the week are off"),
    ("off_days", "Which other days are off"),
    ("lead_hours", "How long before it is due you are given it"),
    ("done_wall", "Which one was the last"),
    ("next_at", "When the next one is given"),
    ("state", "Whether it goes on"),
    ("created_by", "Who made it"),
    ("created_at", "When"),
    ("changed_at", "When it was changed"),
];

pub(super) const ASSIGNMENT: &[Column] = &[
    ("number", "Its number"),
    (
        "blueprint_number",
        "Which version of the blueprint it is done by",
    ),
    ("title", "What it is"),
    ("note", "What you were told with it"),
    ("unit", "What is paid for"),
    ("amount", "How much"),
    ("currency", "In which currency"),
    (
        "due_at",
        "When it is due; time you wait for an answer is added",
    ),
    ("state", "How it stands"),
    ("answer_by", "By when you say whether you take it"),
    ("waiting_since", "Since when you wait for an answer"),
    ("open_questions", "How many questions of yours wait"),
    ("accept_at", "When it counts as accepted without a review"),
    ("accepted_at", "When it was accepted"),
    (
        "acceptance",
        "How: after a review, by rule, or because nobody looked in time",
    ),
    ("rounds", "How many times you handed something in"),
    ("returns", "How many times it was returned"),
    ("on_time", "Whether the first deliverable was there in time"),
    ("picked", "Whether it was picked for a review"),
    ("has_fault", "Whether a fault was found"),
    ("is_trial", "Whether it was part of the trial"),
    ("seconds", "The time you typed in, as one sum"),
    ("occurrence", "Which time of a recurrence it is"),
    ("missed_why", "Why it was not given, where it was not"),
    ("wake_at", "When a rule looks at it next"),
    ("agreed_at", "When you took it"),
    (
        "agreed_state",
        "While a change waits for your answer: how what you agreed to stood",
    ),
    ("agreed_due", "When that was due"),
    (
        "agreed_number",
        "Which version of the blueprint it was done by",
    ),
    ("agreed_returns", "How many times it was returned"),
    ("agreed_title", "What it was"),
    ("agreed_note", "What you were told with it"),
    ("agreed_amount", "How much it paid"),
    ("agreed_then", "When you took it"),
    (
        "answer_by_hours",
        "Within how many hours your questions are answered",
    ),
    (
        "accept_after_days",
        "After how many days without a review it counts as accepted",
    ),
    ("delivered_at", "When you handed something in last"),
    ("created_by", "Who gave it"),
    ("created_at", "When"),
    ("changed_at", "When something happened last"),
];

pub(super) const STEP: &[Column] = &[("step", "Which step"), ("ticked_by", "Who ticked it")];

pub(super) const QUESTION: &[Column] = &[
    ("step", "At which step"),
    ("text", "What you asked"),
    ("asked_by", "That it was you"),
    ("asked_at", "When"),
    ("answer_by", "By when they answer"),
    ("answer", "The answer"),
    ("answered_by", "Who answered"),
    ("answered_at", "When they answered"),
    (
        "draft_number",
        "The draft of the blueprint the answer went into",
    ),
    ("blueprint_number", "The version that the step is of"),
];

pub(super) const DELIVERABLE: &[Column] = &[
    ("round", "Which round"),
    ("text", "What you wrote"),
    ("link", "Your link"),
    ("drawn", "The number that was drawn once it was in"),
    ("one_in", "One in how many was looked at then"),
    ("blueprint_number", "The version you did it by"),
    ("ticked", "Which steps you had ticked then"),
    ("created_by", "That it was you"),
    ("created_at", "When"),
];

pub(super) const FILE: &[Column] = &[
    ("round", "With which round"),
    ("name", "Its name"),
    ("length", "How long it is"),
    ("received", "How much of it has come"),
    ("created_by", "That it was you"),
    ("created_at", "When"),
];

pub(super) const INPUT: &[Column] = &[
    ("place", "Which input of the blueprint"),
    ("name", "What it is"),
    ("link", "A link to it"),
    ("file_id", "The file of it"),
];

pub(super) const REVIEW: &[Column] = &[
    ("round", "Which round"),
    ("verdict", "Accepted or returned"),
    ("met", "Which criteria hold"),
    ("note", "What they said"),
    ("reviewed_by", "Who looked"),
    ("created_at", "When"),
];

pub(super) const FINDING: &[Column] = &[
    ("round", "In which round"),
    ("kind", "A fault or a preference"),
    ("step", "At which step"),
    ("criterion", "At which criterion"),
    ("text", "What it is"),
    ("is_escape", "Whether it was found after it was accepted"),
    ("found_by", "Who found it"),
    ("created_at", "When"),
];

pub(super) const SUPERVISION: &[Column] = &[
    ("kind", "What they did: reviewing, answering or doing again"),
    ("captured", "How long a page of theirs was open for it"),
    ("seconds", "How long it took them"),
    ("account_id", "Whose time it was"),
    ("created_at", "When they spent it"),
];

/// The address of a handoff.
pub(super) const MAILBOX: &[Column] = &[
    (
        "token_hash",
        "By what its address is known; the address itself is not kept",
    ),
    ("due_hours", "After how many hours what comes is due"),
    ("created_by", "Who made the address"),
    ("created_at", "When it was made"),
];
