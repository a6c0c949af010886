//! Lines that were typed in, to be put right or removed one by one.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::remembered::{TypedFields, TypedLine, change_typed_fields, remove_typed_line};
use offdesk_actions::store::Uuid;
use offdesk_actions::store::sources::SourceRow;
use offdesk_domain::Seconds;

use super::page_of;
use crate::desk::ask::{Answer, Ask, page_with, see};
use crate::desk::errors::{sentence, status_of};
use crate::desk::form::Form;
use crate::words;

/// So many lines are shown; all are told by the API.
pub const SHOWN: u32 = 20;

/// What became of a line, by the word in the address.
pub fn note(word: &str) -> Option<&'static str> {
    Some(match word {
        "unused" => {
            "Logged, but it does not count: another source has these hours already. It counts again where that one is undone."
        }
        "partly" => {
            "Logged. A part of it does not count, since another source has these hours already."
        }
        "changed-unused" => {
            "The line is changed, but it does not count: another source has these hours already."
        }
        "changed-partly" => {
            "The line is changed. A part of it does not count, since another source has these hours already."
        }
        "changed" => "The line is changed.",
        "removed" => "The line is removed.",
        _ => return None,
    })
}

/// A line whose change was refused.
pub struct Refused<'r> {
    id: Uuid,
    form: &'r Form,
    /// Why.
    pub error: &'r Error,
}

/// The latest lines, each with its form.
pub fn table(lines: &[TypedLine], refused: Option<&Refused<'_>>) -> Markup {
    if lines.is_empty() {
        return html! {};
    }
    html! {
        section aria-labelledby="lines" {
            h2 #lines { "What you typed in" }
            p { "Your latest lines. Put one right, or remove it; its hours follow." }
            table.rows {
                thead { tr { th scope="col" { "Day" } th scope="col" { "Line" } th scope="col" { "Remove" } } }
                tbody { @for line in lines { (row(line, refused.filter(|it| it.id == line.id))) } }
            }
        }
    }
}

fn row(line: &TypedLine, refused: Option<&Refused<'_>>) -> Markup {
    let path = format!("/import/log-lines/{}", line.id);
    let name = format!("{} {}", line.length(), line.text);
    let sent = |field: &str, now: String| match refused {
        Some(refused) => refused.form.text(field).to_owned(),
        None => now,
    };
    html! {
        tr {
            th scope="row" { (words::day(line.day)) @if let Some(part) = part(line) { br; small { (part) } } }
            td data-label="Line" {
                form.row method="post" action=(path) {
                    @if let Some(refused) = refused { p.wrong { (sentence(&refused.error.message)) } }
                    input.number type="text" name="length" value=(sent("length", line.length())) maxlength="20" required aria-label={ "Length of: " (name) };
                    input type="text" name="text" value=(sent("text", line.text.clone())) maxlength="400" required aria-label={ "Line: " (name) };
                    input type="date" name="day" value=(sent("day", line.day.to_string())) aria-label={ "Day of: " (name) };
                    button.plain.small aria-label={ "Change " (name) } { "Change" }
                }
            }
            td { form method="post" action={ (path) "/removal" } { button.away.small aria-label={ "Remove " (name) } { "Remove" } } }
        }
    }
}

/// What of a line counts, where that is not all.
fn part(line: &TypedLine) -> Option<String> {
    match line.counted {
        0 => Some("does not count: another source has these hours".to_owned()),
        counted if counted < line.seconds => Some(format!(
            "{} of it count: another source has the rest",
            words::hours_long(Seconds(counted).hours())
        )),
        _ => None,
    }
}

/// The question before all lines are undone together.
pub fn sure(source: &SourceRow) -> Markup {
    html! {
        p {
            label { input type="checkbox" name="sure" value="1" required; " Yes, all of it: "
                (words::count(source.entries, "typed line", "typed lines")) ", " (words::hours_long(Seconds(source.seconds).hours())) ", which stand in no file"
            }
        }
        p { "To take a single line back, go to " a href="/import#lines" { "what you typed in" } "." }
    }
}

/// Changes a line, field by field.
pub fn change_line(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("line")?;
        let form = ask.form().await?;
        let of = |day| TypedFields {
            length: form.text("length").to_owned(),
            text: form.text("text").to_owned(),
            day,
        };
        let done = match form.day("day").map(of) {
            Ok(fields) => {
                ask.write(move |tx, actor, moment| {
                    change_typed_fields(tx, actor, id, &fields, moment)
                })
                .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(line) if line.counted == 0 => Ok(see("/import?line=changed-unused#lines")),
            Ok(line) if line.counted < line.seconds => Ok(see("/import?line=changed-partly#lines")),
            Ok(_) => Ok(see("/import?line=changed#lines")),
            Err(error) if error.code == "not_found" => Err(error),
            Err(error) => {
                let refused = Refused {
                    id,
                    form: &form,
                    error: &error,
                };
                let page = page_of(&ask, &Form::default(), None, "", Some(&refused)).await?;
                Ok(page_with(status_of(&error), page))
            }
        }
    })
}

/// Removes a line.
pub fn remove_line(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("line")?;
        ask.write(move |tx, actor, moment| remove_typed_line(tx, actor, id, moment))
            .await?;
        Ok(see("/import?line=removed#lines"))
    })
}
