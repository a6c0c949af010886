//! The form of a person: a new one, or one that is changed.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::people::{PersonFields, load_person};
use offdesk_domain::person::{PersonKind, Unit};

use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::form::Form;
use crate::desk::layout::{Area, Field, choice, desk_page, wrong};
use crate::words;

/// The page of a new person; its fields may stand in the address, such as those of an option that was weighed.
pub fn new_page(ask: Ask) -> Answer {
    Box::pin(async move {
        let fields = fields_of(&ask.query);
        let form = ask.query.clone();
        Ok(shown(new_person(&ask, &fields, &form, None)))
    })
}

/// The page to change a person.
pub fn edit_page(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("person")?;
        let detail = ask
            .read(move |tx, actor, moment| load_person(tx, actor, id, moment))
            .await?;
        let fields = PersonFields::of(&detail.row);
        Ok(shown(change_page(&ask, &fields, detail.row.version, None)?))
    })
}

/// The fields of a person as they were typed.
pub fn fields_of(form: &Form) -> PersonFields {
    let text = |name: &str| form.text(name).to_owned();
    PersonFields {
        kind: Some(text("kind"))
            .filter(|kind| !kind.is_empty())
            .unwrap_or_else(|| PersonKind::Freelancer.word().to_owned()),
        name: text("name"),
        email: text("email"),
        place: text("place"),
        zone: text("zone"),
        working_hours: text("working_hours"),
        languages: text("languages"),
        skills: text("skills"),
        capacity: text("capacity"),
        fees: text("fees"),
        notes: form.raw("notes").to_owned(),
    }
}

/// The page of a new person, with what went wrong.
pub fn new_person(ask: &Ask, fields: &PersonFields, form: &Form, error: Option<&Error>) -> Markup {
    let body = html! {
        p { a href="/people" { "People" } }
        h1 { "Add a person" }
        p.lead { "A name and what they are is enough to begin with." }
        (wrong(error))
        form method="post" action="/people" {
            @if !form.text("activity").is_empty() { input type="hidden" name="activity" value=(form.text("activity")); }
            (first_fields(fields, error))
            fieldset {
                legend { "What they are paid (optional)" }
                (terms_fields(form, error))
            }
            details open[error.is_some_and(|error| matches!(error.field, "place" | "zone" | "working_hours" | "languages" | "skills" | "capacity" | "fees" | "notes"))] {
                summary { "Place, hours, languages, skills" }
                (other_fields(fields, error))
            }
            button { "Add the person" }
        }
    };
    desk_page(ask, "Add a person", &body)
}

/// The page to change a person, with what went wrong.
///
/// # Errors
/// `not_found`.
pub fn change_page(
    ask: &Ask,
    fields: &PersonFields,
    version: i64,
    error: Option<&Error>,
) -> Result<Markup, Error> {
    let id = ask.id("person")?;
    let body = html! {
        p { a href={ "/people/" (id) } { bdi { (words::shown(&fields.name, 80)) } } }
        h1 { "Change a person" }
        (wrong(error))
        form method="post" action={ "/people/" (id) } {
            input type="hidden" name="version" value=(version);
            (first_fields(fields, error))
            (other_fields(fields, error))
            button { "Save" }
        }
    };
    Ok(desk_page(ask, "Change a person", &body))
}

fn first_fields(fields: &PersonFields, error: Option<&Error>) -> Markup {
    let kinds = PersonKind::ALL.map(|kind| (kind.word(), kind.name()));
    html! {
        (Field { is_needed: true, ..Field::text("name", "Name", &fields.name) }.show(error))
        (choice("kind", "What they are", &fields.kind, &kinds))
        (Field { kind: "email", help: "An invitation counts for this address only.", ..Field::text("email", "E-mail address (optional)", &fields.email) }.show(error))
    }
}

fn other_fields(fields: &PersonFields, error: Option<&Error>) -> Markup {
    html! {
        div.row {
            (Field { class: "short", help: "Two letters, such as PH.", ..Field::text("place", "Country", &fields.place) }.show(error))
            (Field { help: "Such as Asia/Manila.", ..Field::text("zone", "Time zone", &fields.zone) }.show(error))
            (Field { class: "number", ..Field::text("capacity", "Hours a week they have", &fields.capacity) }.show(error))
        }
        (Field { help: "Such as Monday to Friday, 9 to 13.", ..Field::text("working_hours", "When they work", &fields.working_hours) }.show(error))
        (Field::text("languages", "Languages", &fields.languages).show(error))
        (Field::text("skills", "What they can do", &fields.skills).show(error))
        (Field { help: "What is paid beside their terms, such as 5 % to a marketplace.", ..Field::text("fees", "Fees", &fields.fees) }.show(error))
        (Area { name: "notes", label: "Notes", help: "Once they have joined, they can read everything that is known of them, this too.", value: &fields.notes, rows: 4 }.show(error))
    }
}

/// The fields of terms.
pub fn terms_fields(form: &Form, error: Option<&Error>) -> Markup {
    let units = Unit::ALL.map(|unit| (unit.word(), unit.name()));
    html! {
        div.row {
            (Field { class: "number", ..Field::text("amount", "Amount", form.text("amount")) }.show(error))
            (Field { class: "short", help: "Three letters, such as USD. Empty: that of the workspace.", ..Field::text("currency", "Currency", form.text("currency")) }.show(error))
            (choice("unit", "For", form.text("unit"), &units))
        }
    }
}
