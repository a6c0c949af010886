//! Giving an assignment.

use offdesk_actions::Error;
use offdesk_actions::assignments::inputs::{GivenInput, NewInput, WithoutInput};
use offdesk_actions::assignments::json::AssignmentJson;
use offdesk_actions::assignments::{NewAssignment, give_assignment, moment_of};
use offdesk_actions::store::Uuid;
use serde::Deserialize;

use super::{make, read};
use crate::desk::ask::{Answer, Ask};
use crate::words;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    due: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    note: String,
    answer_by: Option<String>,
    amount: Option<String>,
    #[serde(default)]
    inputs: Vec<Input>,
    #[serde(default)]
    without_inputs: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    name: String,
    link: Option<String>,
    file: Option<Uuid>,
}

impl Input {
    fn read(self) -> Result<NewInput, Error> {
        let given = match (self.link, self.file) {
            (None, None) => GivenInput::Have,
            (Some(link), None) => GivenInput::Link(link),
            (None, Some(file)) => GivenInput::Sent(file),
            (Some(_), Some(_)) => {
                let name = words::shown(&self.name, 80);
                let message = format!("\"{name}\" has both a link and a file");
                return Err(
                    Error::invalid("inputs", "assignment.input", message).hint("give one of them")
                );
            }
        };
        let name = self.name;
        Ok(NewInput { name, given })
    }
}

/// Gives one.
pub fn give(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let handoff = ask.id("handoff")?;
        let sent = ask.bytes().await?;
        let new: New = read(&sent)?;
        let answer_by = new.answer_by.as_deref();
        let new = NewAssignment {
            due: Some(moment_of("due", &new.due, None)?),
            answer_by: answer_by
                .map(|text| moment_of("answer_by", text, None))
                .transpose()?,
            title: new.title,
            note: new.note,
            amount: new.amount,
            inputs: new
                .inputs
                .into_iter()
                .map(Input::read)
                .collect::<Result<_, Error>>()?,
            without: WithoutInput::knowingly(new.without_inputs),
        };
        make(&ask, &sent, move |tx, actor, moment| {
            let given = give_assignment(tx, actor, handoff, &new, moment).map_err(or_without)?;
            Ok(AssignmentJson::of(&given))
        })
        .await
    })
}

/// Says how it is given without what the blueprint needs.
fn or_without(error: Error) -> Error {
    match error.code {
        "assignment.inputs" => error.hint(
            "name each in inputs, with a link or a file where they do not have it, or send without_inputs",
        ),
        _ => error,
    }
}
