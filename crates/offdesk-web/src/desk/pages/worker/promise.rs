//! The worker promise, as it is shown at the invitation and on a worker's pages.

use maud::{Markup, html};

/// What is promised; a test holds each of them against what the program does.
const PROMISES: [&str; 8] = [
    "No screenshots, keystrokes, activity percentages, location, online status or last-seen. There are no columns for them, and imports drop them.",
    "Your hours are what you type. The owner sees totals per assignment, no timeline.",
    "Scope is frozen when you accept. A later change reopens pay and date, and holds only once you accept it.",
    "Questions get an answer-by time that stands in the handoff. The clock on your due date stops while you wait.",
    "When a deliverable is returned, each finding points at a step or an acceptance criterion and says fault or preference. After the second time the owner must fix the blueprint or accept.",
    "No score of a person, no ranking between people, no public ratings. Trust is per blueprint.",
    "You can read, correct and export everything about you, and keep your record when you leave.",
    "A review that is not done within the days in the handoff counts as accepted.",
];

/// The promise.
pub fn promise() -> Markup {
    html! {
        section aria-labelledby="promise" {
            h2 #promise { "What is promised to you" }
            ol { @for line in PROMISES { li { (line) } } }
        }
    }
}
