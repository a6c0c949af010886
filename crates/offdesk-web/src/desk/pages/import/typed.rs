//! Lines that were typed in, to be put right or removed one by one.

use maud::{Markup, html};
use offdesk_actions::remembered::{TypedLine, change_typed_line, remove_typed_line};
use offdesk_actions::store::sources::SourceRow;
use offdesk_domain::Seconds;

use super::coming::refuse;
use crate::desk::ask::{Answer, Ask, see};
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
        "changed" => "The line is changed.",
        "removed" => "The line is removed.",
        _ => return None,
    })
}

/// The latest lines, each with its form.
pub fn table(lines: &[TypedLine]) -> Markup {
    if lines.is_empty() {
        return html! {};
    }
    html! {
        section aria-labelledby="lines" {
            h2 #lines { "What you typed in" }
            p { "Your latest lines. Put one right, or remove it; its hours follow." }
            table.rows {
                thead { tr { th scope="col" { "Day" } th scope="col" { "Line" } th scope="col" { "Remove" } } }
                tbody { @for line in lines {
                    @let (path, text) = (format!("/import/log-lines/{}", line.id), typed(line));
                    tr {
                        th scope="row" { (words::day(line.day)) @if line.counted == 0 { br; small { "does not count: another source has these hours" } } }
                        td data-label="Line" {
                            form.row method="post" action=(path) {
                                input type="text" name="line" value=(text) maxlength="420" required aria-label={ "Line: " (text) };
                                input type="date" name="day" value=(line.day) aria-label={ "Day of: " (text) };
                                button.plain.small aria-label={ "Change " (text) } { "Change" }
                            }
                        }
                        td { form method="post" action={ (path) "/removal" } { button.away.small aria-label={ "Remove " (text) } { "Remove" } } }
                    }
                } }
            }
        }
    }
}

/// A line as it would be typed: `1:30 inbox`.
fn typed(line: &TypedLine) -> String {
    let minutes = line.seconds / 60;
    format!("{}:{:02} {}", minutes / 60, minutes % 60, line.text)
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

/// Puts another line in the place of one.
pub fn change_line(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("line")?;
        let form = ask.form().await?;
        let line = form.text("line").to_owned();
        let done = match form.day("day") {
            Ok(day) => {
                ask.write(move |tx, actor, moment| {
                    change_typed_line(tx, actor, id, &line, day, moment)
                })
                .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(_) => Ok(see("/import?line=changed#lines")),
            Err(error) if error.code == "not_found" => Err(error),
            Err(error) => refuse(&ask, &form, &error).await,
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
