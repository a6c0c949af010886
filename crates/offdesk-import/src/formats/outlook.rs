//! Outlook: the calendar exported as CSV. Headers in the user's language, often Windows-1252, recurrence already
//! expanded, no zone.

use offdesk_domain::EntryKind;

use crate::options::Field;
use crate::table::layout::SkipRule;
use crate::table::{Layout, Skip};

/// The calendar.
pub static CSV: Layout = Layout {
    id: "outlook.calendar",
    label: "Outlook calendar",
    kind: EntryKind::Implied,
    all_of: &[
        &[
            "subject",
            "start date",
            "start time",
            "end date",
            "end time",
        ],
        &[
            "betreff",
            "beginnt am",
            "beginnt um",
            "endet am",
            "endet um",
        ],
        &[
            "asunto",
            "fecha de comienzo",
            "comienzo",
            "fecha de finalización",
            "finalización",
        ],
        &[
            "objet",
            "date de début",
            "heure de début",
            "date de fin",
            "heure de fin",
        ],
    ],
    columns: &[
        (
            Field::Description,
            &["subject", "betreff", "asunto", "objet"],
        ),
        (
            Field::Date,
            &[
                "start date",
                "beginnt am",
                "fecha de comienzo",
                "date de début",
            ],
        ),
        (
            Field::Start,
            &["start time", "beginnt um", "comienzo", "heure de début"],
        ),
        (
            Field::EndDate,
            &[
                "end date",
                "endet am",
                "fecha de finalización",
                "date de fin",
            ],
        ),
        (
            Field::End,
            &["end time", "endet um", "finalización", "heure de fin"],
        ),
        (
            Field::Tags,
            &["categories", "kategorien", "categorías", "catégories"],
        ),
    ],
    tag_separator: ";",
    skip: &[
        SkipRule {
            columns: &[
                "all day event",
                "ganztägiges ereignis",
                "todo el día",
                "journée entière",
            ],
            when: |value| {
                is_true(value).then_some(Skip {
                    code: "import.all_day",
                    why: "an all-day event",
                })
            },
        },
        SkipRule {
            columns: &["private", "privat", "privado", "privé"],
            when: |value| {
                is_true(value).then_some(Skip {
                    code: "import.private",
                    why: "a private event",
                })
            },
        },
        SkipRule {
            columns: &[
                "show time as",
                "zeitspanne zeigen als",
                "mostrar hora como",
                "afficher la disponibilité",
            ],
            when: is_free,
        },
    ],
    remark: "an appointment is time that was planned; whether it was worked is not known",
    ..Layout::NONE
};

fn is_true(value: &str) -> bool {
    matches!(
        value.to_lowercase().as_str(),
        "true" | "1" | "yes" | "wahr" | "ein" | "ja" | "verdadero" | "sí" | "vrai" | "oui"
    )
}

/// Free is 0, tentative 1, busy 2, out of office 3, working elsewhere 4, or the word for it.
fn is_free(value: &str) -> Option<Skip> {
    let (code, why) = match value.to_lowercase().as_str() {
        "0" | "free" | "frei" | "libre" | "disponible" => ("import.free", "shown as free"),
        "3"
        | "out of office"
        | "away"
        | "abwesend"
        | "außer haus"
        | "fuera de la oficina"
        | "absent(e)"
        | "absent" => ("import.away", "shown as out of office"),
        _ => return None,
    };
    Some(Skip { code, why })
}
