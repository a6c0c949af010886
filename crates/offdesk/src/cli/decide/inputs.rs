//! Every input with its number and where it comes from: what `--defaults` opens.

use std::fmt::Write as _;

use offdesk_actions::decide::Question;
use offdesk_actions::options::{HandoffOption, InputLine, Source, Subject};
use offdesk_domain::decision::INPUTS;
use serde::Serialize;

use super::asked::range_in_words;
use crate::cli::audit::json::to_text;
use crate::cli::{Done, output};

/// `offdesk.inputs/1`.
#[derive(Serialize)]
struct InputsJson {
    schema: &'static str,
    inputs: Vec<InputJson>,
}

#[derive(Serialize)]
struct InputJson {
    input: &'static str,
    low: f64,
    likely: f64,
    high: f64,
    source: &'static str,
    from: String,
    what: &'static str,
}

/// The inputs of an activity's option.
pub fn of_subject(subject: &Subject, option: &HandoffOption, is_json: bool) -> Done {
    let missing = INPUTS
        .iter()
        .filter(|row| row.is_needed() && subject.figure(option, row.input).is_none());
    let missing: Vec<&str> = missing.map(|row| row.key).collect();
    give(&subject.inputs(option), &missing, is_json)
}

/// The inputs of a case.
pub fn of_case(question: &Question, is_json: bool) -> Done {
    let lines: Vec<InputLine> = INPUTS
        .iter()
        .map(|row| {
            let likely = question.case.get(row.input);
            let range = question
                .ranges
                .iter()
                .find(|(input, _)| *input == row.input);
            let is_assumed = question.assumed.iter().any(|it| it.input == row.input);
            InputLine {
                row,
                range: range.map_or([likely; 3], |(_, [low, high])| [*low, likely, *high]),
                source: if is_assumed {
                    Source::Assumed
                } else {
                    Source::Said
                },
            }
        })
        .collect();
    give(&lines, &[], is_json)
}

fn give(lines: &[InputLine], missing: &[&str], is_json: bool) -> Done {
    if is_json {
        let inputs = lines.iter().map(|line| {
            let [low, likely, high] = line.range;
            InputJson {
                input: line.row.key,
                low,
                likely,
                high,
                source: line.source.word(),
                from: line.source.words(),
                what: line.row.what,
            }
        });
        output::print(&to_text(&InputsJson {
            schema: "offdesk.inputs/1",
            inputs: inputs.collect(),
        })?)?;
        return Ok(0);
    }
    let mut out = String::new();
    for line in lines {
        let (key, range) = (line.row.key, range_in_words(line.range));
        let from = line.source.words();
        // Writing to a string does not fail.
        let _ = writeln!(
            out,
            "{key:<20} {range:<18} {}\n{:<40}{from}",
            line.row.what, ""
        );
    }
    for key in missing {
        let _ = writeln!(out, "{key:<20} not known yet");
    }
    let _ = writeln!(out, "\nChange any of them:  --set KEY=RANGE");
    output::print(&out)?;
    Ok(0)
}
