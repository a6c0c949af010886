//! The warnings: what makes a blueprint hard to follow, each with a remedy. Hints, never gates.

mod reading;
mod secrets;
mod steps;
mod words;

use super::Blueprint;
pub(super) use reading::sentence_count;
pub(super) use words::{has_any, vague_word};

/// A warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// `L1` to `L14`.
    pub code: &'static str,
    /// What was found, in a sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub remedy: &'static str,
}

/// What is known of a blueprint beside its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Circumstances {
    /// It has a version with a date: it was published, or its text says so.
    pub has_version: bool,
    /// Somebody else has followed it once.
    pub is_followed: bool,
}

fn warning(code: &'static str, message: impl Into<String>, remedy: &'static str) -> Warning {
    Warning {
        code,
        message: message.into(),
        remedy,
    }
}

/// All warnings about a blueprint, in the order of their codes.
///
/// ```
/// use offdesk_domain::blueprint::{Blueprint, Circumstances, warnings};
/// let blueprint = Blueprint::of("## Steps\n\n1. Reply as needed.\n");
/// let found = warnings(&blueprint, Circumstances::default());
/// assert!(found.iter().any(|warning| warning.code == "L3" && warning.message.contains("as needed")));
/// ```
#[must_use]
pub fn warnings(blueprint: &Blueprint, circumstances: Circumstances) -> Vec<Warning> {
    let is_english = reading::is_english(blueprint);
    let mut all = Vec::new();
    if is_english {
        all.extend(steps::without_verb(blueprint));
    }
    all.extend(steps::several_actions(blueprint, is_english));
    all.extend(steps::conditions(blueprint));
    all.extend(vague(blueprint));
    all.extend(steps::long_runs(blueprint));
    all.extend(steps::without_sections(blueprint));
    if !circumstances.has_version && !says_version(blueprint) {
        all.push(warning(
            "L6",
            "it has no version and no date",
            "publish it: offdesk keeps the number and the day",
        ));
    }
    all.extend(steps::checks(blueprint));
    if !circumstances.is_followed {
        all.push(warning(
            "L8",
            "nobody else has followed it yet",
            "let a second person do it once by the page alone, and count their questions",
        ));
    }
    if blueprint.minutes.is_none() {
        all.push(warning(
            "L9",
            "nothing says how long it takes",
            "write the expected time: \"Expected time: 20 min\"",
        ));
    }
    all.extend(reading::hard_to_read(blueprint, is_english));
    all.extend(secrets::secrets(blueprint));
    if blueprint.review_by.is_none() {
        all.push(warning(
            "L12",
            "nothing says when to look whether it still holds",
            "write a day: \"Review by: 2027-06-01\"",
        ));
    }
    all.extend(steps::endless(blueprint));
    if !blueprint.has_steps() {
        all.push(warning(
            "L14",
            "there is no step: nothing says what to do, and there is nothing to tick or to ask at",
            "write what is done, one action a line, each with a verb first",
        ));
    }
    all
}

fn vague(blueprint: &Blueprint) -> Vec<Warning> {
    let steps = blueprint.step_texts().map(|text| ("step", text));
    let criteria = blueprint
        .criterion_texts()
        .map(|text| ("acceptance criterion", text));
    let stops = blueprint.stop_texts().map(|text| ("rule", text));
    let prose = [
        ("outcome", blueprint.outcome.as_str()),
        ("trigger", blueprint.trigger.as_str()),
    ];
    let all = steps.chain(criteria).chain(stops).chain(prose);
    let found = all.filter_map(|(what, text)| Some((what, text, vague_word(text)?)));
    found
        .map(|(what, text, word)| {
            warning(
                "L3",
                format!("\"{word}\" in the {what} \"{}\"", super::gate::short(text)),
                "say how much, how often, or by when",
            )
        })
        .collect()
}

fn says_version(blueprint: &Blueprint) -> bool {
    let text = blueprint.preface.to_lowercase();
    let has_number = text.contains(|c: char| c.is_ascii_digit());
    has_number && has_any(&text, &["version", "date", "stand", "updated"])
}
