//! The columns of assignments and what belongs to them, in words for the person who does them.

use super::Column;

pub(super) const RECURRENCE: &[Column] = &[
    ("title", "What comes back"),
    ("note", "What they told you with it"),
    ("rule", "By which rule"),
    ("start_wall", "From when on"),
    ("zone", "By the clock of which time zone"),
    ("off_weekdays", "On which days of the week it does not come"),
    ("off_days", "On which other days it does not come"),
    ("lead_hours", "How long before its due date it is given"),
    ("done_wall", "Which one was given last"),
    ("next_at", "When the next one is given"),
    ("state", "Whether it still comes back"),
    ("created_by", "Who made it"),
    ("created_at", "When"),
    ("changed_at", "When something happened last"),
];

pub(super) const ASSIGNMENT: &[Column] = &[
    ("number", "Its number"),
    (
        "blueprint_number",
        "By which version of the blueprint it is done",
    ),
    ("title", "What is done"),
    ("note", "What they told you with it"),
    ("unit", "What is paid for"),
    ("amount", "How much"),
    ("currency", "In which currency"),
    ("due_at", "When it is due"),
    ("state", "How it stands"),
    ("answer_by", "By when you say whether you take it"),
    ("waiting_since", "Since when you wait for an answer"),
    ("open_questions", "How many of your questions wait"),
    ("accept_at", "When it counts as accepted where nobody looks"),
    ("accepted_at", "When it was accepted"),
    (
        "acceptance",
        "How: looked at, not picked, or nobody looked in time",
    ),
    ("rounds", "How often something was handed in"),
    ("returns", "How often it was returned"),
    ("on_time", "Whether the first deliverable was there in time"),
    ("picked", "Whether it was picked to be looked at"),
    ("has_fault", "Whether a fault was found in it"),
    ("is_trial", "Whether it was one of the trial"),
    ("seconds", "The time you typed in, as one sum"),
    ("occurrence", "Which one it is of those that come back"),
    ("wake_at", "When a rule has something to do with it"),
    ("agreed_at", "When you took it"),
    ("delivered_at", "When you handed something in last"),
    ("created_by", "Who gave it"),
    ("created_at", "When"),
    ("changed_at", "When something happened last"),
];

pub(super) const QUESTION: &[Column] = &[
    ("step", "At which step"),
    ("text", "Your question"),
    ("asked_by", "That you asked"),
    ("asked_at", "When"),
    ("answer_by", "By when it is to be answered"),
    ("answer", "The answer"),
    ("answered_by", "Who answered"),
    ("answered_at", "When"),
    ("draft_number", "Into which draft of the blueprint it went"),
];

pub(super) const DELIVERABLE: &[Column] = &[
    ("round", "Which time it was handed in"),
    ("text", "Your text"),
    ("link", "Your link"),
    ("drawn", "The number drawn by chance, once it was in"),
    ("one_in", "That one in so many was looked at then"),
    ("created_by", "That you handed it in"),
    ("created_at", "When"),
];

pub(super) const REVIEW: &[Column] = &[
    ("round", "Of which time it was handed in"),
    ("verdict", "Accepted or returned"),
    ("met", "Which criteria hold"),
    ("note", "What was said"),
    ("reviewed_by", "Who of them looked"),
    ("created_at", "When"),
];

pub(super) const FINDING: &[Column] = &[
    ("round", "Of which time it was handed in"),
    ("kind", "A fault or a preference"),
    ("step", "At which step"),
    ("criterion", "At which criterion"),
    ("text", "What was found"),
    ("is_escape", "Whether it was found after it was accepted"),
    ("found_by", "Who found it"),
    ("created_at", "When"),
];

pub(super) const SUPERVISION: &[Column] = &[
    ("kind", "Looking, answering or doing again"),
    ("captured", "The time their page took"),
    ("seconds", "The time that counts"),
    ("account_id", "Whose time of theirs"),
    ("created_at", "When"),
];
