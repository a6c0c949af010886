//! First drafts: from what was done, and from pasted notes.

mod rhythm;
mod texts;

use std::collections::BTreeMap;

use super::lines::{Fences, clean_lines, marker, one_line};
use super::pieces::pieces;
use super::read::known;
use super::{Blueprint, Known, Piece};
use crate::{Day, Seconds};

/// With this ends what a draft from entries says of itself.
const ORDERED: &str = ": what was written more than once, in its usual order.";
/// A longer line is no title.
const LONGEST_TITLE: usize = 80;

/// A time entry, as far as a draft is made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoneWork {
    /// Entries with the same number say the same.
    pub wording: usize,
    /// What it says.
    pub text: String,
    /// The day.
    pub day: Option<Day>,
    /// When it began, in seconds since midnight where the business is.
    pub start: Option<u32>,
    /// How long it took.
    pub seconds: Seconds,
    /// Where it was filed.
    pub project: String,
    /// Its tags, with commas between them.
    pub tags: String,
}

/// A draft of an activity from its entries: the commonest texts that recur, in their usual order within a day, how long a day of it
/// usually takes, when it usually begins. Numbers, addresses and the names that change from one time to the next are left out; a single
/// word is no step, and is named above them.
#[must_use]
pub fn from_work(title: &str, works: &[DoneWork]) -> Blueprint {
    let drafted = texts::drafted(works);
    Blueprint {
        title: one_line(title),
        minutes: rhythm::usual_minutes(works),
        preface: origin(works, &drafted.words),
        trigger: rhythm::trigger(works),
        steps: drafted.steps,
        ..Blueprint::default()
    }
}

/// What the draft was made of.
fn origin(works: &[DoneWork], words: &[String]) -> String {
    if works.is_empty() {
        return String::new();
    }
    let days = || works.iter().filter_map(|work| work.day);
    let mut text = match works.len() {
        1 => "A draft from one entry".to_owned(),
        count => format!("A draft from {count} entries"),
    };
    if let (Some(first), Some(last)) = (days().min(), days().max()) {
        if first == last {
            text += &format!(", {first}");
        } else {
            text += &format!(", {first} to {last}");
        }
    }
    text += ORDERED;
    // A project is often a customer; whoever follows the page need not read them.
    let tags = most_frequent(works.iter().flat_map(|work| work.tags.split(',')));
    if !tags.is_empty() {
        text += &format!(" Tags: {}.", tags.join(", "));
    }
    if !words.is_empty() {
        text += &format!(
            " Of {} only the word was written: say what is done, step by step.",
            words.join(", ")
        );
    }
    text
}

/// Whether a text is what a draft from entries says of itself.
pub(super) fn is_origin(text: &str) -> bool {
    text.starts_with("A draft from ") && text.contains(ORDERED)
}

fn most_frequent<'w>(values: impl Iterator<Item = &'w str>) -> Vec<String> {
    const MOST: usize = 3;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for value in values.map(one_line).filter(|value| !value.is_empty()) {
        *counts.entry(value).or_default() += 1;
    }
    let mut all: Vec<(String, usize)> = counts.into_iter().collect();
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    all.into_iter().take(MOST).map(|(value, _)| value).collect()
}

/// A draft from pasted notes. What is in the form already is taken as it is. Else headings are known by their words, with or without signs of Markdown; lists, else lines, become steps.
///
/// ```
/// use offdesk_domain::blueprint::from_notes;
/// let draft = from_notes("Weekly report\nTrigger: every Friday\n- open the sheet\n- send it to Ana");
/// assert_eq!(draft.title, "Weekly report");
/// assert_eq!(draft.trigger, "every Friday");
/// assert_eq!(draft.step_texts().collect::<Vec<_>>(), ["open the sheet", "send it to Ana"]);
/// ```
#[must_use]
pub fn from_notes(notes: &str) -> Blueprint {
    let in_form = Blueprint::of(notes);
    if clean_lines(notes).join("\n").trim_end() == in_form.markdown().trim_end() {
        return in_form;
    }
    structured(notes, true)
}

/// The same of notes that are for a page with a title of its own: their first line is none.
pub(super) fn of_notes(notes: &str) -> Blueprint {
    structured(notes, false)
}

fn structured(notes: &str, has_title: bool) -> Blueprint {
    let (text, said) = with_headings(notes);
    let mut blueprint = Blueprint::of(&text);
    if has_title && blueprint.title.is_empty() {
        take_title(&mut blueprint);
    }
    if blueprint.steps.is_empty() {
        take_steps(&mut blueprint);
    }
    for (known, text) in said {
        let section = blueprint.section(known);
        let joined = if section.is_empty() {
            text
        } else {
            format!("{text}\n\n{section}")
        };
        blueprint.set_section(known, &joined);
    }
    // What is put together here is read once more, so that it is what its own text says.
    Blueprint::of(&blueprint.markdown())
}

/// Lines such as `Steps:` as headings, and lines such as `Trigger: every Friday` taken out.
fn with_headings(notes: &str) -> (String, Vec<(Known, String)>) {
    let mut fences = Fences::default();
    let (mut lines, mut said) = (Vec::new(), Vec::new());
    for line in clean_lines(notes) {
        if fences.takes(&line) || line.starts_with('#') {
            lines.push(line);
            continue;
        }
        let bare = line.trim_matches(['*', '_', ' ']);
        let is_marked = bare.len() < line.len() && line.starts_with(['*', '_']);
        match bare.split_once(':') {
            Some((name, "")) if known(name).is_some() => {
                lines.push(format!("## {}", name.trim()));
            }
            Some((name, text)) if line.starts_with(bare) || is_marked => {
                match known(name.trim_matches(['*', '_', ' '])) {
                    Some(known) => said.push((known, text.trim_matches(['*', ' ']).to_owned())),
                    None => lines.push(line),
                }
            }
            None if is_marked && known(bare).is_some() => lines.push(format!("## {bare}")),
            _ => lines.push(line),
        }
    }
    (lines.join("\n"), said)
}

/// A short first line is the title.
fn take_title(blueprint: &mut Blueprint) {
    let text = std::mem::take(&mut blueprint.preface);
    let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let is_title = marker(first).is_none()
        && !first.is_empty()
        && first.chars().count() <= LONGEST_TITLE
        && !first.starts_with(['`', '~', '>', '|']);
    if is_title {
        blueprint.title = one_line(first.trim_end_matches(':'));
        blueprint.preface = rest.trim_start_matches('\n').to_owned();
    } else {
        blueprint.preface = text;
    }
}

/// Lists become steps; where there are none, lines do.
fn take_steps(blueprint: &mut Blueprint) {
    let found = pieces(&blueprint.preface);
    let first = found
        .iter()
        .position(|piece| matches!(piece, Piece::Item(_)));
    if let Some(first) = first {
        let before: Vec<&str> = found.iter().take(first).map(Piece::text).collect();
        blueprint.preface = before.join("\n\n");
        blueprint.steps = found.into_iter().skip(first).collect();
        return;
    }
    let has_list = |text: &str| {
        pieces(text)
            .iter()
            .any(|piece| matches!(piece, Piece::Item(_)))
    };
    if blueprint
        .others
        .iter()
        .any(|section| has_list(&section.text))
    {
        for section in std::mem::take(&mut blueprint.others) {
            if !has_list(&section.text) {
                blueprint.others.push(section);
                continue;
            }
            let heading = format!("### {}", section.heading);
            blueprint
                .steps
                .push(Piece::Text(heading.trim_end().to_owned()));
            blueprint.steps.extend(pieces(&section.text));
        }
        return;
    }
    if blueprint.preface.contains("```") || blueprint.preface.contains("~~~") {
        return;
    }
    let lines = std::mem::take(&mut blueprint.preface);
    let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
    blueprint.steps = lines.map(|line| Piece::Item(line.to_owned())).collect();
}
