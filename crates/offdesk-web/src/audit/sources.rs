//! The files: what was read of each, what was left out and why, what the owner is asked about them.

use std::cmp::Reverse;

use maud::{Markup, html};
use offdesk_actions::audit::{AuditReport, Severity, SourceProblem, SourceReport};
use offdesk_domain::EntryKind;

use crate::words;

/// Files written out one by one; the rest is counted.
const MOST_FILES: usize = 40;
/// Kinds of problems, decisions and questions written out for each file; the rest is counted.
const MOST_LINES: usize = 8;

/// The files of a report.
pub fn sources(report: &AuditReport) -> Markup {
    let more = report.sources.get(MOST_FILES..).unwrap_or_default();
    let asked = report
        .sources
        .iter()
        .any(|source| !source.questions.is_empty());
    html! {
        h3 { "Sources" }
        ul {
            @for source in report.sources.iter().take(MOST_FILES) { (one(source)) }
            @if !more.is_empty() {
                li { "and " (more.len()) " more files: " (words::count(more.iter().map(|source| source.entries).sum(), "entry", "entries")) "." }
            }
            @for (file, problem) in report.failed.iter().take(MOST_FILES) { (failure(file, problem)) }
            @if report.failed.len() > MOST_FILES {
                li { "and " (report.failed.len() - MOST_FILES) " more files that could not be read." }
            }
        }
        @if asked {
            h3 { "Questions" }
            ul {
                @for source in report.sources.iter().take(MOST_FILES) { (questions(source)) }
            }
        }
    }
}

fn one(source: &SourceReport) -> Markup {
    let kind = match source.kind {
        Some(EntryKind::Implied) => ", implied",
        Some(EntryKind::Remembered) => ", from memory",
        Some(EntryKind::Measured) | None => ", measured",
    };
    let mut counts: Vec<_> = source.counts.iter().collect();
    counts.sort_by_key(|((severity, _), count)| (Reverse(*severity), Reverse(**count)));
    html! {
        li {
            strong { bdi.file { (words::shown(&source.file, 200)) } } ": "
            @if !source.label.is_empty() { bdi { (words::shown(&source.label, 200)) } "; " }
            (words::count(source.entries, "entry", "entries")) ", " (words::hours(source.seconds.hours())) " h" (kind)
            @if source.skipped > 0 { "; " (words::count(source.skipped, "row", "rows")) " left out" }
            "."
            @if !source.decisions.is_empty() {
                " " small { (capped(source.decisions.iter().map(|text| words::shown(text, 200)).collect())) "." }
            }
            @if !counts.is_empty() {
                ul {
                    @for ((severity, code), count) in counts.iter().take(MOST_LINES) {
                        li { (reason(source, *severity, code, **count)) }
                    }
                    @if counts.len() > MOST_LINES { li { "and " (counts.len() - MOST_LINES) " more reasons: see them with --json." } }
                }
            }
        }
    }
}

/// How often something was met, with the place of the first time.
fn reason(source: &SourceReport, severity: Severity, code: &str, count: u64) -> Markup {
    let rows = words::count(count, "row", "rows");
    let first = source.problems.iter().find(|problem| problem.code == code);
    let is_of_file = first.is_some_and(|problem| problem.line.is_none());
    html! {
        @match severity {
            Severity::Note if is_of_file => "Note",
            Severity::Note => { (rows) " to know about" }
            Severity::LeftOut => { (rows) " left out" }
            Severity::Bad | Severity::Fatal => { (rows) " not understood" }
        }
        @if let Some(problem) = first {
            @if count > 1 && !is_of_file { ", the first" }
            ": " bdi { (words::shown(&problem.to_string(), 300)) }
            @if !problem.hint.is_empty() { " (" bdi { (words::shown(&problem.hint, 200)) } ")" }
        } @else {
            ": " (code)
        }
        "."
    }
}

fn failure(file: &str, problem: &SourceProblem) -> Markup {
    html! {
        li {
            strong { bdi.file { (words::shown(file, 200)) } } ": could not be read: "
            bdi { (words::shown(&problem.to_string(), 300)) } "."
            @if !problem.hint.is_empty() { " What to do: " bdi { (words::shown(&problem.hint, 300)) } "." }
            " " small { "Code: " (problem.code) }
        }
    }
}

fn questions(source: &SourceReport) -> Markup {
    html! {
        @for question in source.questions.iter().take(MOST_LINES) {
            li { bdi.file { (words::shown(&source.file, 200)) } ": " bdi { (words::shown(question, 300)) } }
        }
        @if source.questions.len() > MOST_LINES {
            li { bdi.file { (words::shown(&source.file, 200)) } ": and " (source.questions.len() - MOST_LINES) " more." }
        }
    }
}

fn capped(mut texts: Vec<String>) -> String {
    let more = texts.len().saturating_sub(MOST_LINES);
    texts.truncate(MOST_LINES);
    if more > 0 {
        texts.push(format!("and {more} more"));
    }
    texts.join("; ")
}
