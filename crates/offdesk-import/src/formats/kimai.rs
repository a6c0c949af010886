//! Kimai: the CSV export (comma or `;`, headers in the user's language, columns chosen by admins, no zone) and
//! the API's JSON, whose dates end in an offset without a colon.

use offdesk_domain::EntryKind;
use serde::Deserialize;

use crate::detect::Format;
use crate::formats::instants::{Giver, Stamped};
use crate::input::Input;
use crate::options::Field;
use crate::problem::Problem;
use crate::reading::Reading;
use crate::table::layout::SkipRule;
use crate::table::{Layout, Skip};
use crate::text::json;
use crate::text::scalar::{Named, Scalar, TagList};

/// The API's timesheet.
pub const API: Format = Format {
    id: "kimai.api",
    label: "Kimai API",
    kind: EntryKind::Measured,
    sniff: |head| {
        head.json
            .has_all(&["begin", "end", "duration", "activity", "project"])
    },
    read: read_api,
};

/// The CSV export; header names by the translations of Kimai 1 and 2.
pub static CSV: Layout = Layout {
    id: "kimai",
    label: "Kimai export",
    all_of: &[
        &["from", "to", "internal price"],
        &["von", "bis", "interner preis"],
        &["da", "a", "costo interno"],
        // Without the permission to see rates:
        &["from", "to", "customer", "activity"],
        &["von", "bis", "kunde", "tätigkeit", "dauer"],
        &["de", "à", "client", "activité", "durée"],
        &["de", "para", "cliente", "actividad", "duración"],
        &["de", "para", "cliente", "atividade", "duração"],
        &["van", "tot", "klant", "activiteit", "duur"],
        &["da", "a", "cliente", "attività", "durata"],
    ],
    columns: &[
        (Field::Date, &["date", "datum", "fecha", "data"]),
        (Field::Start, &["from", "von", "de", "van", "da"]),
        (Field::End, &["to", "bis", "à", "para", "tot", "a"]),
        (
            Field::Duration,
            &[
                "duration",
                "dauer",
                "durée",
                "duración",
                "duração",
                "duur",
                "durata",
            ],
        ),
        (
            Field::Person,
            &[
                "name",
                "nom",
                "nombre",
                "nome",
                "naam",
                "user",
                "username",
                "benutzer",
                "utilisateur",
                "usuario",
                "usuário",
                "gebruiker",
                "utente",
            ],
        ),
        (
            Field::Email,
            &["e-mail", "email", "courriel", "correo electrónico"],
        ),
        (
            Field::Client,
            &["customer", "kunde", "client", "cliente", "klant"],
        ),
        (
            Field::Project,
            &[
                "project", "projekt", "projet", "proyecto", "projeto", "progetto",
            ],
        ),
        (
            Field::Task,
            &[
                "activity",
                "tätigkeit",
                "activité",
                "actividad",
                "atividade",
                "activiteit",
                "attività",
            ],
        ),
        (
            Field::Description,
            &[
                "description",
                "beschreibung",
                "descripción",
                "descrição",
                "beschrijving",
                "descrizione",
            ],
        ),
        (
            Field::Tags,
            &[
                "tags",
                "schlagworte",
                "mots-clés",
                "etiquetas",
                "labels",
                "etichette",
            ],
        ),
        (Field::Id, &["id"]),
    ],
    skip: &[SkipRule {
        columns: &["type", "typ", "tipo"],
        when: not_timesheet,
    }],
    clean: Some(without_guard),
    ..Layout::NONE
};

fn not_timesheet(value: &str) -> Option<Skip> {
    let is_timesheet = value.is_empty() || value.eq_ignore_ascii_case("timesheet");
    (!is_timesheet).then_some(Skip {
        code: "import.other_type",
        why: "an item of another type than a timesheet",
    })
}

/// Takes off the `' ` that Kimai puts before texts a spreadsheet could take for a formula.
fn without_guard(text: &str) -> &str {
    match text.strip_prefix("' ") {
        Some(rest) if rest.starts_with(['=', '-', '@', '+']) || rest.contains("DDE") => rest,
        _ => text,
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Row {
    id: Scalar,
    begin: Scalar,
    end: Scalar,
    duration: Scalar,
    #[serde(rename = "break")]
    pause: Scalar,
    description: Scalar,
    #[serde(rename = "type")]
    kind: Scalar,
    category: Scalar,
    user: Named,
    project: Named,
    activity: Named,
    customer: Named,
    tags: TagList,
}

fn read_api(input: &mut Input, reading: &mut Reading<'_>) -> Result<(), Problem> {
    let mut giver = Giver::new(reading);
    json::each_element::<Row>(input, |number, row| {
        giver.step()?;
        give(&mut giver, &row, &format!("/{}", number - 1));
        Ok(())
    })?;
    giver.finish(input.length())
}

fn give(giver: &mut Giver<'_, '_>, row: &Row, place: &str) {
    let id = row.id.written();
    let owner = row.project.owner.as_deref();
    let client = match owner {
        Some(customer) => &customer.name,
        None => &row.customer.name,
    };
    let stamped = Stamped {
        place,
        start: (row.begin.text(), "begin"),
        end: (row.end.text(), "end"),
        seconds: row.duration.whole(),
        pause: row.pause.whole().unwrap_or(0),
        person: &row.user.name,
        email: &row.user.email,
        person_id: &row.user.id,
        client,
        project: &row.project.name,
        project_id: &row.project.id,
        task: &row.activity.name,
        description: without_guard(row.description.text()),
        tags: row.tags.joined(),
        id: &id,
        ..Stamped::default()
    };
    // `category` tells work from holidays and sickness in newer versions.
    let is_off = matches!(
        row.category.text(),
        "holiday" | "sickness" | "parental" | "overtime"
    );
    if let Some(skip) = not_timesheet(row.kind.text()) {
        giver.leave_out(&stamped, Problem::left_out(skip.code, skip.why));
    } else if is_off {
        let problem = Problem::left_out("import.break", "time off").value(row.category.text());
        giver.leave_out(&stamped, problem);
    } else if row.end.is_nothing() {
        let problem = Problem::left_out("import.running", "this entry is still running");
        giver.leave_out(&stamped, problem);
    } else if row.duration.whole().is_none() && !row.duration.is_nothing() {
        let problem = Problem::bad(
            "import.duration",
            "the duration is no whole number of seconds",
        );
        giver.leave_out(&stamped, problem.value(&row.duration.written()));
    } else {
        giver.give(&stamped);
    }
}
