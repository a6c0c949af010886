//! The columns of a person and of a handoff, in words for the person they are about.

use super::Column;

pub(super) const PERSON: &[Column] = &[
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

pub(super) const HANDOFF: &[Column] = &[
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
