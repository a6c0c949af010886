//! A decision about an activity of the desk.

use std::fmt::Write as _;

use offdesk_actions::Error;
use offdesk_actions::actor::Actor;
use offdesk_actions::decide::{Figure, Question, answer};
use offdesk_actions::options::{
    HandoffOption, NewOptions, OptionKind, Source, Subject, keep_options, load_subject,
};
use offdesk_actions::store::Store;
use offdesk_domain::decision::Input;

use super::args::ASKED;
use super::asked::{ask_five, range_in_words};
use super::{DecideCommand, compared, inputs};
use crate::cli::error::CliError;
use crate::cli::find::find_activity;
use crate::cli::import::ask;
use crate::cli::{Done, Session, exit, output};
use crate::clock;
use crate::interrupt::INTERRUPTED;

/// Runs it.
pub fn run(command: &DecideCommand, session: Session) -> Done {
    let (store, actor) = command.at.open()?;
    let mut subject = subject_named(command, &store, &actor)?;
    if let Some(other) = subject.other_currency {
        output::say(&format!(
            "What you kept of it is in {other} and does not count: this workspace is in {}.\n",
            subject.currency
        ));
    }
    let at = option_at(&mut subject, command)?;
    let typed = command.figures.typed(subject.currency)?;
    let mut said = typed.figures;
    if let Some(option) = subject.options.get_mut(at) {
        without_rate(option, &said)?;
    }
    let is_asked = session.may_ask && !command.figures.compare && !command.defaults;
    if let Some(option) = subject.options.get(at).filter(|_| is_asked) {
        output::say(&format!(
            "{}: five questions. One number, or low, likely and high; Enter takes what stands in brackets.\n",
            subject.name
        ));
        let mut is_over = false;
        let answers = ask_five(&subject, option, &said, |words| {
            let typed = ask(words);
            is_over = typed.is_none();
            typed
        });
        if is_over {
            output::say("\nStopped. Nothing was changed.\n");
            return Ok(INTERRUPTED);
        }
        said.extend(answers);
    }
    put(&mut subject, at, said);
    subject.value_when_done = typed.value_when_done.or(subject.value_when_done);
    let option = subject.options.get(at).cloned();
    let option = option.ok_or_else(|| Error::not_found("option"))?;
    if command.defaults {
        return inputs::of_subject(&subject, &option, command.json);
    }
    if command.figures.compare {
        let weighed = subject.weigh().map_err(missing)?;
        save(command, &store, &actor, &subject)?;
        let html = command.html.as_deref();
        return compared::give(&subject, &weighed, command.json, html);
    }
    let question = subject.question(&option).map_err(missing)?;
    let question = Question {
        name: Some(format!("{} with {}", subject.name, option.name)),
        ..question
    };
    save(command, &store, &actor, &subject)?;
    let found = answer(&question);
    command.give(&question, &found, &from_the_desk(&subject, &option))
}

/// The place of the option that is meant; a new one is put behind the others.
fn option_at(subject: &mut Subject, command: &DecideCommand) -> Result<usize, CliError> {
    let at = match &command.figures.option {
        None => 0,
        Some(name) => {
            let is_meant =
                |option: &HandoffOption| option.name.to_lowercase() == name.trim().to_lowercase();
            // What the desk offers by itself makes way for the first that has a name.
            if !subject.is_kept {
                subject.options.clear();
            }
            match subject.options.iter().position(is_meant) {
                Some(at) => at,
                None => {
                    subject.options.push(HandoffOption {
                        name: name.trim().to_owned(),
                        kind: command.figures.kind.unwrap_or(OptionKind::Freelancer),
                        figures: Vec::new(),
                    });
                    subject.options.len() - 1
                }
            }
        }
    };
    if let (Some(kind), Some(option)) = (command.figures.kind, subject.options.get_mut(at)) {
        option.kind = kind;
    }
    Ok(at)
}

/// The activity that is meant, with all that is known of it.
fn subject_named(
    command: &DecideCommand,
    store: &Store,
    actor: &Actor,
) -> Result<Subject, CliError> {
    let id = find_activity(store, actor, &command.what.to_string_lossy()).map_err(|error| {
        error.line("or name a case file that is there:  offdesk decide CASE.json")
    })?;
    let (who, moment) = (actor.clone(), clock::moment());
    let found: Result<Subject, Error> = store
        .read(move |tx| load_subject(tx, &who, id, moment))
        .wait();
    Ok(found?)
}

/// A program has no hourly rate: one that is said now is refused, one that was kept of a person does not count any more.
fn without_rate(option: &mut HandoffOption, said: &[Figure]) -> Result<(), CliError> {
    if option.kind.has(Input::Rate) {
        return Ok(());
    }
    if said.iter().any(|(input, _)| *input == Input::Rate) {
        let error = Error::invalid("rate", "decide.options", "a program has no hourly rate");
        return Err(error
            .hint("say what one time of it costs:  --set cost_each_time=0.40")
            .into());
    }
    let before = option.figures.len();
    option.figures.retain(|(input, _)| *input != Input::Rate);
    if option.figures.len() < before {
        output::say(&format!(
            "The hourly rate you kept of {} does not count: a program has none.\n",
            option.name
        ));
    }
    Ok(())
}

/// Puts what was said in the place of what was known.
fn put(subject: &mut Subject, at: usize, said: Vec<Figure>) {
    for (input, range) in said {
        let figures = match subject.options.get_mut(at) {
            Some(option) if !input.is_of_owner() => &mut option.figures,
            _ => &mut subject.own,
        };
        figures.retain(|(known, _)| *known != input);
        figures.push((input, range));
    }
}

/// What is missing, with the option that says it.
fn missing(error: Error) -> CliError {
    if error.code != "decide.missing" {
        return error.into();
    }
    let asked = ASKED.iter().find(|(input, _)| input.key() == error.field);
    let say = match asked {
        Some((_, option)) => format!("{option} RANGE"),
        None => format!("--set {}=RANGE", error.field),
    };
    let message = error.message.clone();
    CliError::new(exit::USAGE, "decide.missing", message)
        .line(format!("say it:  {say}   (14, or 8,14,25)"))
}

/// Keeps what was said, where that is wanted.
fn save(
    command: &DecideCommand,
    store: &Store,
    actor: &Actor,
    subject: &Subject,
) -> Result<(), CliError> {
    if !command.figures.save {
        return Ok(());
    }
    let new = NewOptions {
        currency: None,
        own: subject.own.clone(),
        value_when_done: subject.value_when_done,
        options: subject.options.clone(),
    };
    let (id, who, moment) = (subject.id, actor.clone(), clock::moment());
    let kept: Result<Subject, Error> = store
        .write(move |tx| keep_options(tx, &who, id, &new, moment))
        .wait();
    kept?;
    output::say(&format!(
        "Kept with {}: offdesk next ranks it by these figures.\n",
        subject.name
    ));
    Ok(())
}

/// What the desk knows and nobody had to type.
fn from_the_desk(subject: &Subject, option: &HandoffOption) -> String {
    let mut out = String::new();
    for line in subject.inputs(option) {
        let from = match line.source {
            Source::Workspace(from) => from,
            Source::Kind(why) => why.to_owned(),
            Source::Said | Source::Assumed => continue,
        };
        let is_first = out.is_empty();
        // Writing to a string does not fail.
        let _ = writeln!(
            out,
            "{}  {:<20} {}\n{:<23}{from}",
            if is_first { "\nFrom your desk:\n" } else { "" },
            line.row.key,
            range_in_words(line.range),
            ""
        );
    }
    if subject.figure(option, Input::TimesPerWeek).is_some() {
        out += "\nOpen and change any of them:  --defaults, --set KEY=RANGE\n";
    }
    out
}
