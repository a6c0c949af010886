//! Warnings about the steps: verbs, several actions in one, conditions, long runs, checks, repetition.

use super::super::gate::short;
use super::super::{Blueprint, Piece};
use super::words::{has_any, is_verb, words};
use super::{Warning, warning};

/// So many items may follow one another without a pause.
const MOST_IN_A_RUN: usize = 9;
/// More words than stand on a page.
const PAGE_WORDS: usize = 450;
/// Words that a step can begin with, and that are no verb.
const NO_VERBS: &str = " a an the this that these those my your our their his her its some any all each every both new old \
    in on at by from for with to of into as and or but so because there it he she they we i you is are was were be \
    must should can may might will would could please always never also not no first second third next ";
/// Words that begin a condition or a repetition, after which the verb comes later.
const OPENERS: [&str; 12] = [
    "if", "when", "while", "until", "before", "after", "once", "unless", "for", "repeat", "then",
    "finally",
];
/// Steps by which somebody looks whether it is right.
const CHECKS: [&str; 20] = [
    "check",
    "checks",
    "verify",
    "compare",
    "confirm",
    "proofread",
    "review",
    "test",
    "validate",
    "reconcile",
    "count",
    "double check",
    "make sure",
    "look over",
    "read again",
    "reread",
    "prüfe",
    "prüfen",
    "kontrolliere",
    "vergleiche",
];
/// Steps that cannot be taken back.
const FINAL: [&str; 14] = [
    "send", "submit", "publish", "pay", "delete", "transfer", "ship", "order", "post", "sign",
    "refund", "file", "sende", "bezahle",
];
/// Words at which one pauses.
const PAUSES: [&str; 8] = [
    "pause", "stop", "check", "wait", "verify", "confirm", "ask", "compare",
];

fn numbered(blueprint: &Blueprint) -> impl Iterator<Item = (usize, &str)> {
    blueprint
        .step_texts()
        .enumerate()
        .map(|(at, text)| (at + 1, text))
}

fn first_word(text: &str) -> String {
    // No word that is looked for here is longer.
    let start: String = text.chars().take(80).collect();
    words(&start).into_iter().next().unwrap_or_default()
}

fn begins_with_verb(text: &str) -> bool {
    let first = first_word(text);
    if is_verb(&first) || OPENERS.contains(&first.as_str()) {
        return true;
    }
    let is_other_form = ["ing", "tion", "ment", "ness", "ly", "ity"]
        .iter()
        .any(|ending| first.ends_with(ending));
    let is_plural = first.ends_with('s') && !first.ends_with("ss");
    !(first.is_empty()
        || NO_VERBS.contains(&format!(" {first} "))
        || is_other_form
        || is_plural
        || first.starts_with(|c: char| c.is_numeric()))
}

pub(super) fn without_verb(blueprint: &Blueprint) -> Vec<Warning> {
    numbered(blueprint)
        .filter(|(_, text)| !begins_with_verb(text))
        .map(|(number, text)| {
            warning(
                "L1",
                format!(
                    "step {number} does not begin with a verb: \"{}\"",
                    short(text)
                ),
                "begin with what to do: \"Open\", \"Send\", \"Compare\"",
            )
        })
        .collect()
}

pub(super) fn several_actions(blueprint: &Blueprint, is_english: bool) -> Vec<Warning> {
    numbered(blueprint)
        .filter(|(_, text)| has_several_actions(text, is_english))
        .map(|(number, text)| {
            warning(
                "L1",
                format!(
                    "step {number} has more than one action: \"{}\"",
                    short(text)
                ),
                "make a step of each action",
            )
        })
        .collect()
}

fn has_several_actions(text: &str, is_english: bool) -> bool {
    let first_line = text.lines().next().unwrap_or_default();
    let words = words(first_line);
    if has_any(first_line, &["and then", "und dann", "then also"]) {
        return true;
    }
    let after_and = words
        .windows(2)
        .any(|pair| matches!(pair, [joint, word] if joint == "and" && is_verb(word)));
    let mut sentences = first_line.split(['.', ';']).map(str::trim);
    sentences.next();
    let after_stop = sentences.any(|sentence| is_verb(&first_word(sentence)));
    is_english && (after_and || after_stop)
}

pub(super) fn conditions(blueprint: &Blueprint) -> Vec<Warning> {
    let mut all = Vec::new();
    for (number, text) in numbered(blueprint) {
        let line = text.lines().next().unwrap_or_default();
        let words = words(line);
        let is_condition = |word: &String| {
            matches!(
                word.as_str(),
                "if" | "unless" | "wenn" | "falls" | "otherwise" | "except"
            )
        };
        if words.iter().skip(1).any(is_condition) && !words.first().is_some_and(is_condition) {
            all.push(warning(
                "L2",
                format!("step {number} hides a condition: \"{}\"", short(line)),
                "put the condition first: \"If the amount differs, ask.\"",
            ));
        }
        let alternatives = words
            .iter()
            .filter(|word| matches!(word.as_str(), "or" | "oder"))
            .count();
        if alternatives >= 2 && !has_any(line, &["one of"]) {
            all.push(warning(
                "L2",
                format!(
                    "step {number} gives several ways in one sentence: \"{}\"",
                    short(line)
                ),
                "write \"one of the following\" and list the ways under it",
            ));
        }
    }
    all
}

pub(super) fn long_runs(blueprint: &Blueprint) -> Option<Warning> {
    let (mut run, mut longest, mut start, mut at, mut number) = (0_usize, 0, 0, 0, 0_usize);
    for piece in &blueprint.steps {
        let is_pause = match piece {
            Piece::Text(_) => true,
            Piece::Item(text) => {
                number += 1;
                PAUSES.contains(&first_word(text).as_str())
            }
        };
        if is_pause {
            run = 0;
            continue;
        }
        if run == 0 {
            start = number;
        }
        run += 1;
        if run > longest {
            (longest, at) = (run, start);
        }
    }
    (longest > MOST_IN_A_RUN).then(|| {
        warning(
            "L4",
            format!("{longest} steps follow one another from step {at} on, without a pause"),
            "put in a check, or a heading, after fewer than ten",
        )
    })
}

pub(super) fn without_sections(blueprint: &Blueprint) -> Option<Warning> {
    let has_groups = blueprint
        .steps
        .iter()
        .any(|piece| matches!(piece, Piece::Text(_)));
    let count: usize = blueprint
        .steps
        .iter()
        .map(|piece| piece.text().split_whitespace().count())
        .sum();
    (count > PAGE_WORDS && !has_groups).then(|| {
        warning(
            "L5",
            format!("the steps have {count} words without a heading between them"),
            "divide them: \"### Before\", \"### In the call\", \"### After\"",
        )
    })
}

pub(super) fn checks(blueprint: &Blueprint) -> Option<Warning> {
    let mut steps = numbered(blueprint).peekable();
    steps.peek()?;
    let (mut check, mut last) = (None, None);
    for (number, text) in steps {
        if check.is_none() && has_any(text, &CHECKS) {
            check = Some(number);
        } else if last.is_none() && FINAL.contains(&first_word(text).as_str()) {
            last = Some(number);
        }
    }
    let remedy = "put a check before the step that cannot be taken back";
    match (check, last) {
        (None, _) => Some(warning(
            "L7",
            "no step looks whether it is right while it can still be put right",
            remedy,
        )),
        (Some(check), Some(last)) if check > last => Some(warning(
            "L7",
            format!(
                "the first check, step {check}, comes after step {last}, which cannot be taken back"
            ),
            remedy,
        )),
        _ => None,
    }
}

pub(super) fn endless(blueprint: &Blueprint) -> Vec<Warning> {
    let is_repeated = |text: &str| {
        has_any(
            text,
            &[
                "repeat",
                "keep",
                "again and again",
                "continue",
                "wiederhole",
                "wiederholen",
            ],
        )
    };
    let has_end = |text: &str| {
        has_any(
            text,
            &[
                "until",
                "till",
                "times",
                "no more",
                "for each",
                "for every",
                "all",
                "twice",
                "bis",
                "every",
                "each",
                "to the end",
            ],
        )
    };
    let keeps_something = |text: &str| has_any(text, &["keep the", "keep a", "keep all"]);
    numbered(blueprint)
        .filter(|(_, text)| is_repeated(text) && !has_end(text) && !keeps_something(text))
        .map(|(number, text)| {
            warning(
                "L13",
                format!(
                    "step {number} is repeated without an end: \"{}\"",
                    short(text)
                ),
                "say until when: \"until the list is empty\", \"three times\"",
            )
        })
        .collect()
}
