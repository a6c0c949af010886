//! What the Enter key does in a form whose buttons bind somebody: it presses the first button, so the first one binds nobody.

use maud::{Markup, html};
use offdesk_actions::Error;

use super::form::Form;

/// The first button of such a form, which nobody sees: the form comes back with what was typed, and asks.
pub fn undecided() -> Markup {
    html! { button.hidden tabindex="-1" aria-hidden="true" formnovalidate { "Nothing yet" } }
}

/// The first button of a form that has a harmless one: it does what that one does.
pub fn harmless(name: &str, value: &str) -> Markup {
    html! { button.hidden tabindex="-1" aria-hidden="true" name=(name) value=(value) { "For now" } }
}

/// The word of the button that was pressed.
///
/// # Errors
/// That code about the field, where none was.
pub fn decided<'f>(
    form: &'f Form,
    field: &'static str,
    code: &'static str,
) -> Result<&'f str, Error> {
    match form.text(field) {
        "" => Err(Error::invalid(field, code, "nothing is decided yet")
            .hint("what you typed is still here: press the button that you mean")),
        word => Ok(word),
    }
}
