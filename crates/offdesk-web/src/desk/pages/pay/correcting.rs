//! Putting a line right, whether it is on a statement or on none yet.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::assignments::seconds_of_hours;
use offdesk_actions::pay::{Correction, correct_posting};

use crate::desk::ask::Ask;
use crate::desk::form::Form;
use crate::desk::layout::{Field, choice};

/// The form for one of some lines, each with its number; hours are asked for where any line has them.
pub fn correction_form(
    action: &str,
    lines: &[(String, String)],
    has_hours: bool,
    form: &Form,
    error: Option<&Error>,
) -> Markup {
    html! {
        form method="post" action=(action) {
            (choice("line", "Which line", form.text("line"), lines))
            @if has_hours { (Field { class: "number", help: "Empty: as they are.", ..Field::text("hours", "The hours that are right", form.text("hours")) }.show(error)) }
            (Field { class: "number", help: "With neither hours nor a price all of it is taken back.", ..Field::text("price", "The price that is right", form.text("price")) }.show(error))
            (Field { help: "It stands on the statement. Needed where it comes to more than stands there.", ..Field::text("note", "Why", form.text("note")) }.show(error))
            button.away { "Put it right" }
        }
    }
}

/// What is put right, and of which line.
///
/// # Errors
/// `not_found` where no line is named, and those of hours.
fn correction_of(form: &Form) -> Result<(u64, Correction), Error> {
    let line = form.text("line").parse();
    let line = line.map_err(|_| Error::not_found("line"))?;
    let hours = form.hours("hours")?;
    let correction = Correction {
        seconds: hours.map(|it| seconds_of_hours("hours", it)).transpose()?,
        price: Some(form.text("price").to_owned()),
        note: form.text("note").to_owned(),
    };
    Ok((line, correction))
}

/// Puts the line right that a form names.
///
/// # Errors
/// Those of the form, and of the correction.
pub async fn put_right(ask: &Ask, form: &Form) -> Result<(), Error> {
    let (line, correction) = correction_of(form)?;
    let done =
        ask.write(move |tx, actor, moment| correct_posting(tx, actor, line, &correction, moment));
    done.await.map(|_| ())
}
