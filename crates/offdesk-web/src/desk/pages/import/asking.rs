//! The questions that a file leaves open, and the address at which it is looked at with the answers.

use crate::desk::ask::Ask;
use crate::desk::layout::Field;
use maud::{Markup, html};
use offdesk_actions::actor::Permission;
use offdesk_actions::imports::Choices;
use offdesk_actions::store::Uuid;
use offdesk_actions::store::uploads::UploadRow;

/// The question about the zone, where the workspace has none yet; the browser puts in its own.
pub(super) fn asking_zone(ask: &Ask) -> Markup {
    let help = if ask.may(Permission::Manage) {
        "Such as Europe/Berlin. It becomes that of the workspace: without one, times that carry none count as those of UTC, and so does the day of what you type in."
    } else {
        "Such as Europe/Berlin. Times that carry none are read on its clock; the workspace has no zone yet."
    };
    html! {
        div data-zone="" { (Field { help, ..Field::text("zone", "Which time zone are you in?", "") }.show(None)) }
    }
}

/// The one question that no row of the file answers, as two buttons.
pub(super) fn asking_order(upload: &UploadRow, choices: &Choices) -> Markup {
    // The order is what is asked, and how the file is written was found.
    let kept = fields_of(choices).filter(|(name, _)| name != "date_order" && name != "format");
    html! {
        form method="get" action={ "/import/" (upload.id) } {
            @for (name, value) in kept { input type="hidden" name=(name) value=(value); }
            p.actions {
                button name="date_order" value="dmy" { "The day comes first" }
                button.plain name="date_order" value="mdy" { "The month comes first" }
            }
        }
    }
}

/// What was chosen, field by field.
fn fields_of(choices: &Choices) -> impl Iterator<Item = (String, &str)> {
    let texts = [
        ("zone", &choices.zone),
        ("date_order", &choices.date_order),
        ("format", &choices.format),
        ("person", &choices.person),
        ("from", &choices.from),
        ("to", &choices.to),
    ];
    let texts = texts.into_iter().filter(|(_, value)| !value.is_empty());
    let texts = texts.map(|(name, value)| (name.to_owned(), value.as_str()));
    let columns = choices.map.iter();
    let columns = columns.map(|(field, column)| (format!("map-{field}"), column.as_str()));
    let long = choices.allow_long.then(|| ("allow_long".to_owned(), "1"));
    texts.chain(columns).chain(long)
}

/// The address at which an upload is looked at with choices; nothing of the form but these is in it.
pub(super) fn looked_at_like(upload: Uuid, choices: &Choices) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(fields_of(choices));
    format!("/import/{upload}?{}", query.finish())
}
