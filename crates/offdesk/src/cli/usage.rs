//! What is wrong with a command line, told like every other error.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::error::CliError;
use super::exit;

/// The error for a command line that was not understood.
pub fn error(error: &clap::Error, program: &clap::Command) -> CliError {
    let text = |kind: ContextKind| error.get(kind).map(words).filter(|text| !text.is_empty());
    let option = text(ContextKind::InvalidArg).unwrap_or_default();
    let (code, message) = match error.kind() {
        ErrorKind::InvalidSubcommand => (
            "usage.command",
            format!(
                "there is no command \"{}\"",
                text(ContextKind::InvalidSubcommand).unwrap_or_default()
            ),
        ),
        ErrorKind::UnknownArgument if !option.starts_with('-') => {
            ("usage.word", format!("\"{option}\" is one word too many"))
        }
        ErrorKind::UnknownArgument => ("usage.option", format!("there is no option {option}")),
        ErrorKind::MissingRequiredArgument => ("usage.missing", format!("{option} is missing")),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            ("usage.value", of_value(error, &option))
        }
        ErrorKind::ArgumentConflict => (
            "usage.conflict",
            format!(
                "{option} cannot be together with {}",
                text(ContextKind::PriorArg).unwrap_or_else(|| "another option".to_owned())
            ),
        ),
        _ => ("usage.other", first_paragraph(error)),
    };
    let command = typed(program);
    let mut answer = CliError::new(exit::USAGE, code, message);
    if let Some(near) = error
        .get(ContextKind::SuggestedSubcommand)
        .and_then(nearest)
    {
        answer = answer.line(format!("did you mean:  {command} {near}"));
    }
    if let Some(near) = text(ContextKind::SuggestedArg) {
        answer = answer.line(format!("did you mean:  {near}"));
    }
    if let Some(near) = text(ContextKind::SuggestedValue) {
        answer = answer.line(format!("did you mean:  {near}"));
    }
    if let Some(valid) = text(ContextKind::ValidValue) {
        answer = answer.line(format!("it can be: {valid}"));
    }
    answer.line(format!("all options:  {command} --help"))
}

/// What is wrong with the value of an option, with the value's own reason where there is one.
fn of_value(error: &clap::Error, option: &str) -> String {
    let value = error
        .get(ContextKind::InvalidValue)
        .map(words)
        .unwrap_or_default();
    if value.is_empty() {
        return format!("{option} needs a value");
    }
    let why = std::error::Error::source(error).map(ToString::to_string);
    let why = why.unwrap_or_else(|| "that is not one of its values".to_owned());
    let value = offdesk_import::problem::shown(&value);
    format!("{option} cannot be \"{value}\": {why}")
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(several) => several.join(", "),
        ContextValue::String(one) => one.clone(),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// Of several that are near the nearest one, which comes last.
fn nearest(value: &ContextValue) -> Option<String> {
    match value {
        ContextValue::Strings(several) => several.last().cloned(),
        other => Some(words(other)).filter(|text| !text.is_empty()),
    }
}

/// What clap says of the rest, without its advice.
fn first_paragraph(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let first = text.split("\n\n").next().unwrap_or_default();
    first.trim_start_matches("error: ").trim().to_owned()
}

/// The command that was typed, as far as it is one.
fn typed(program: &clap::Command) -> String {
    let name = std::env::args()
        .skip(1)
        .find(|word| program.find_subcommand(word).is_some());
    name.map_or("offdesk".to_owned(), |name| format!("offdesk {name}"))
}
