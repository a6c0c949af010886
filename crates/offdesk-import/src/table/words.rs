//! The words tables use for their columns, weekdays, weeks and totals, in English, German, French, Spanish,
//! Italian, Portuguese and Dutch.

use crate::options::Field;
use crate::table::Unit;

/// Header names by meaning, the plainest first; lower case, words separated by one space.
const COLUMNS: &[(Field, &str)] = &[
    (
        Field::Date,
        "date|work date|entry date|spent date|date worked|start date|datum|arbeitsdatum|fecha|data|day|tag|jour|día|dia|giorno|dag|dato|\
         startdatum|date de début|fecha inicio|fecha de inicio|data inicio|data de início|data inizio|begindatum|when|wann|quand|cuándo|wanneer",
    ),
    (
        Field::EndDate,
        "end date|enddatum|date de fin|fecha fin|fecha de fin|data fine|data fim|data de fim|einddatum",
    ),
    (
        Field::Start,
        "start|start time|starttime|started|started at|start at|begin|begin time|beginning|from|clock in|clocked in|clock in time|punch in|check in|time in|in|\
         von|beginn|anfang|startzeit|uhrzeit von|kommen|début|debut|heure de début|heure début|arrivée|de|inicio|hora inicio|hora de inicio|hora inicial|desde|entrada|\
         inizio|ora inizio|ora di inizio|dalle|entrata|início|hora início|hora de início|begintijd|starttijd|van|aanvang",
    ),
    (
        Field::End,
        "end|end time|endtime|ended|ended at|end at|finish|finished|finish time|stop|stop time|stopped|to|until|till|clock out|clocked out|clock out time|punch out|check out|time out|out|\
         bis|ende|endzeit|uhrzeit bis|gehen|fin|heure de fin|heure fin|départ|à|hora fin|hora de fin|hora final|hasta|salida|\
         fine|ora fine|ora di fine|alle|uscita|fim|hora fim|hora de fim|até|saída|eindtijd|einde|tot",
    ),
    (
        Field::Hours,
        "hours|hrs|hours worked|hours spent|worked hours|total hours|hour|h|hr|std|stunden|stunde|arbeitsstunden|anzahl stunden|heures|nombre d heures|horas|horas trabajadas|\
         ore|ore lavorate|horas trabalhadas|uren|aantal uren|qty|quantity|menge",
    ),
    (
        Field::Duration,
        "duration|time spent|spent time|time worked|time tracked|tracked time|time logged|logged time|time|spent|tracked|logged|elapsed|length|effort|worked|\
         minutes|minute|mins|min|seconds|secs|sec|milliseconds|ms|\
         dauer|zeitaufwand|aufwand|arbeitszeit|zeit|minuten|sekunden|durée|duree|temps passé|temps|secondes|duración|duracion|tiempo|tiempo empleado|minutos|segundos|\
         durata|tempo|minuti|secondi|duração|duracao|duur|tijdsduur|bestede tijd|tijd|seconden|total time|total|gesamt|netto",
    ),
    (
        Field::Email,
        "email|e mail|mail|email address|e mail address|user email|correo|correo electrónico|adresse e mail|courriel|e mailadresse",
    ),
    (
        Field::FirstName,
        "first name|firstname|given name|vorname|prénom|prenom|voornaam",
    ),
    (
        Field::LastName,
        "last name|lastname|surname|family name|nachname|familienname|apellido|apellidos|cognome|sobrenome|apelido|achternaam",
    ),
    (
        Field::Person,
        "person|user|employee|user name|username|employee name|member|team member|worker|staff|staff member|resource|consultant|freelancer|assignee|author|who|name|full name|\
         mitarbeiter|mitarbeiterin|benutzer|bearbeiter|wer|personne|utilisateur|employé|employe|salarié|collaborateur|persona|usuario|empleado|empleada|trabajador|nombre|\
         utente|dipendente|collaboratore|nome|pessoa|usuário|utilizador|funcionário|colaborador|persoon|medewerker|gebruiker|werknemer|naam|nom",
    ),
    (
        Field::Client,
        "client|customer|client name|customer name|account|account name|company|kunde|kundin|kunden|kundenname|auftraggeber|mandant|entreprise|cliente|azienda|empresa|klant|opdrachtgever|bedrijf",
    ),
    (
        Field::Project,
        "project|matter|job|project name|matter name|job name|case|engagement|projekt|projektname|auftrag|kostenstelle|projet|dossier|affaire|mission|proyecto|obra|progetto|commessa|projeto",
    ),
    (
        Field::Task,
        "task|activity|service|task name|activity name|activity type|work type|service item|tätigkeit|taetigkeit|aktivität|aufgabe|leistung|leistungsart|vorgang|arbeit|\
         tâche|tache|activité|activite|prestation|tarea|actividad|servicio|attività|attivita|compito|servizio|tarefa|atividade|serviço|taak|activiteit|werkzaamheden|type of work",
    ),
    (
        Field::Description,
        "notes|description|note|what|comment|comments|memo|details|detail|summary|subject|title|text|remark|remarks|narrative|work done|work performed|what i did|work description|entry|\
         beschreibung|bemerkung|bemerkungen|notiz|notizen|kommentar|was|betreff|titel|anmerkung|commentaire|commentaires|descriptif|remarque|remarques|objet|libellé|quoi|\
         descripción|descripcion|notas|nota|comentario|comentarios|detalle|concepto|descrizione|commento|oggetto|descrição|descricao|observação|observações|comentário|\
         omschrijving|beschrijving|opmerking|opmerkingen|toelichting|notitie|notities|wat",
    ),
    (
        Field::Tags,
        "tags|tag|labels|label|category|categories|kategorie|kategorien|schlagworte|schlagwörter|étiquettes|catégorie|catégories|etiquetas|categoría|categorías|etichette|categoria|categorie|type|group",
    ),
    (
        Field::Zone,
        "time zone|timezone|tz|zeitzone|fuseau horaire|zona horaria|fuso orario|fuso horário|tijdzone",
    ),
    (
        Field::Id,
        "entry id|time entry id|uuid|guid|external id|worklog id",
    ),
];

/// Words that say a column holds no time, whatever numbers stand in it.
const NO_TIME: &[&str] = &[
    "rate",
    "amount",
    "price",
    "cost",
    "billable",
    "currency",
    "invoice",
    "invoiced",
    "tax",
    "vat",
    "fee",
    "budget",
    "preis",
    "betrag",
    "satz",
    "stundensatz",
    "währung",
    "kosten",
    "prix",
    "montant",
    "taux",
    "tarif",
    "coût",
    "devise",
    "precio",
    "importe",
    "tarifa",
    "coste",
    "moneda",
    "prezzo",
    "importo",
    "tariffa",
    "costo",
    "valuta",
    "preço",
    "valor",
    "taxa",
    "custo",
    "moeda",
    "tarief",
    "bedrag",
    "prijs",
    "abrechenbar",
    "facturable",
    "rounded",
    "mileage",
    "km",
    "break",
    "breaks",
    "lunch",
    "pause",
    "pausen",
    "pausa",
    "descanso",
    "pauze",
    "id",
    "no",
    "nr",
    "number",
    "nummer",
    "code",
    "#",
    "week",
    "woche",
    "kw",
    "semaine",
    "semana",
    "settimana",
    "month",
    "monat",
    "mois",
    "mes",
    "mese",
    "mês",
    "maand",
    "year",
    "jahr",
    "année",
    "año",
    "anno",
    "ano",
    "jaar",
];

/// Columns of breaks: not subtracted from start and end, so they are asked about.
const BREAKS: &[&str] = &[
    "break", "breaks", "lunch", "pause", "pausen", "pausa", "descanso", "pauze",
];

/// Cells that begin a row of sums.
const TOTALS: &[&str] = &[
    "total",
    "totals",
    "sum",
    "grand total",
    "subtotal",
    "sub total",
    "weekly total",
    "week total",
    "summe",
    "gesamt",
    "gesamtsumme",
    "insgesamt",
    "zwischensumme",
    "somme",
    "total général",
    "sous total",
    "suma",
    "total general",
    "totale",
    "somma",
    "soma",
    "totaal",
    "subtotaal",
];

/// Columns that name the week of a row.
const WEEKS: &[&str] = &[
    "week",
    "week of",
    "week starting",
    "week beginning",
    "week ending",
    "week commencing",
    "week start",
    "week end",
    "calendar week",
    "iso week",
    "wk",
    "woche",
    "woche ab",
    "kw",
    "kalenderwoche",
    "semaine",
    "semaine du",
    "semana",
    "semana del",
    "settimana",
    "sett",
    "weeknummer",
    "weeknr",
    "date",
    "datum",
    "fecha",
    "data",
];

/// Weekdays from Monday on, by language: full name, then abbreviations.
const WEEKDAYS: [[&str; 7]; 7] = [
    [
        "monday|mon|mo",
        "tuesday|tue|tues|tu",
        "wednesday|wed|we",
        "thursday|thu|thur|thurs|th",
        "friday|fri|fr",
        "saturday|sat|sa",
        "sunday|sun|su",
    ],
    [
        "montag|mo|mon",
        "dienstag|di|die",
        "mittwoch|mi|mit",
        "donnerstag|do|don",
        "freitag|fr|fre",
        "samstag|sa|sam|sonnabend",
        "sonntag|so|son",
    ],
    [
        "lundi|lun|lu",
        "mardi|mar|ma",
        "mercredi|mer|me",
        "jeudi|jeu|je",
        "vendredi|ven|ve",
        "samedi|sam|sa",
        "dimanche|dim|di",
    ],
    [
        "lunes|lun|lu",
        "martes|mar|ma",
        "miércoles|mié|mie|mi|miercoles",
        "jueves|jue|ju",
        "viernes|vie|vi",
        "sábado|sáb|sab|sa|sabado",
        "domingo|dom|do",
    ],
    [
        "lunedì|lun|lu|lunedi",
        "martedì|mar|ma|martedi",
        "mercoledì|mer|me|mercoledi",
        "giovedì|gio|gi|giovedi",
        "venerdì|ven|ve|venerdi",
        "sabato|sab|sa",
        "domenica|dom|do",
    ],
    [
        "segunda|seg|segunda feira",
        "terça|ter|terca|terça feira",
        "quarta|qua|quarta feira",
        "quinta|qui|quinta feira",
        "sexta|sex|sexta feira",
        "sábado|sáb|sab|sabado",
        "domingo|dom",
    ],
    [
        "maandag|ma|maa",
        "dinsdag|di|din",
        "woensdag|wo|woe",
        "donderdag|do|don",
        "vrijdag|vr|vri",
        "zaterdag|za|zat",
        "zondag|zo|zon",
    ],
];

/// A header name for comparison: bracketed parts and signs taken out, single spaces.
#[must_use]
pub fn plain(key: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_u32;
    for c in key.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            c if c.is_alphanumeric() || c == '#' => out.extend(c.to_lowercase()),
            _ => out.push(' '),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How surely a header means a field: 0 not at all, more is surer.
#[must_use]
pub fn header_score(field: Field, key: &str) -> u32 {
    let name = plain(key);
    let Some((_, names)) = COLUMNS.iter().find(|(known, _)| *known == field) else {
        return 0;
    };
    if let Some(rank) = names.split('|').position(|known| known == name) {
        return 1000_u32.saturating_sub(u32::try_from(rank).unwrap_or(900));
    }
    if means_no_time(key) && is_when_or_how_long(field) {
        return 0;
    }
    let padded = format!(" {name} ");
    let longest = names
        .split('|')
        .filter(|known| known.len() > 2 && padded.contains(&format!(" {known} ")))
        .map(str::len)
        .max();
    longest.map_or(0, |length| {
        u32::try_from(length).unwrap_or(0).min(30) * 100
            / u32::try_from(name.len().max(1)).unwrap_or(1)
    })
}

/// Whether a header is one of the names known for columns, exactly.
#[must_use]
pub fn is_column(header: &str) -> bool {
    let name = plain(header);
    COLUMNS
        .iter()
        .any(|(_, names)| names.split('|').any(|known| known == name))
}

fn is_when_or_how_long(field: Field) -> bool {
    matches!(
        field,
        Field::Date | Field::EndDate | Field::Start | Field::End | Field::Hours | Field::Duration
    )
}

/// Whether a header says that its numbers are money, breaks or ordinals.
#[must_use]
pub fn means_no_time(key: &str) -> bool {
    plain(key).split(' ').any(|word| NO_TIME.contains(&word))
}

/// Whether a header names breaks.
#[must_use]
pub fn is_break(key: &str) -> bool {
    plain(key).split(' ').any(|word| BREAKS.contains(&word))
}

/// Whether a cell begins a row of sums, or a header names a column of sums.
#[must_use]
pub fn is_total(cell: &str) -> bool {
    if cell.is_empty() || cell.len() > 24 || cell.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    TOTALS.contains(&plain(cell).as_str())
}

/// Whether a header names the week of a row.
#[must_use]
pub fn is_week(key: &str) -> bool {
    WEEKS.contains(&plain(key).as_str())
}

/// The unit a header states, such as `Time (min)`, `Minutes`, `Dauer [s]`.
#[must_use]
pub fn unit(key: &str) -> Option<Unit> {
    let words = key.split(|c: char| !c.is_alphanumeric());
    words
        .rev()
        .find_map(|word| match word.to_lowercase().as_str() {
            "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunden" | "heures" | "horas"
            | "ore" | "uren" | "decimal" => Some(Unit::Hours),
            "min" | "mins" | "minute" | "minutes" | "minuten" | "minutos" | "minuti" => {
                Some(Unit::Minutes)
            }
            "s" | "sec" | "secs" | "second" | "seconds" | "sekunden" | "secondes" | "segundos"
            | "secondi" | "seconden" => Some(Unit::Seconds),
            "ms" | "milliseconds" | "millis" => Some(Unit::Milliseconds),
            _ => None,
        })
}

/// The weekday (Monday is 0) a word names, in each language that has the word.
#[must_use]
pub fn weekdays(word: &str) -> [Option<u8>; 7] {
    let word = plain(word);
    WEEKDAYS.map(|days| {
        let at = days
            .iter()
            .position(|names| names.split('|').any(|name| name == word))?;
        u8::try_from(at).ok()
    })
}

/// A text without the weekday it begins with, and the weekday by language; `None` where it begins with none.
#[must_use]
pub fn weekday_prefix(text: &str) -> Option<([Option<u8>; 7], &str)> {
    let end = text.find(|c: char| !c.is_alphabetic())?;
    let (word, rest) = text.split_at_checked(end)?;
    let days = weekdays(word);
    if days.iter().all(Option::is_none) {
        return None;
    }
    Some((
        days,
        rest.trim_start_matches(['.', ',', ' ', '\u{a0}', '/', '-', '(']),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The field a header means most.
    fn best(header: &str) -> Option<Field> {
        COLUMNS
            .iter()
            .map(|(field, _)| (header_score(*field, header), *field))
            .filter(|(score, _)| *score > 0)
            .max_by_key(|(score, _)| *score)
            .map(|(_, field)| field)
    }

    #[test]
    fn headers_in_seven_languages() {
        for (headers, field) in [
            (
                "date, datum, fecha, data, day, work date, date worked",
                Field::Date,
            ),
            (
                "start, from, von, clock in, hora inicio, heure de début, dalle, starttijd",
                Field::Start,
            ),
            (
                "end, to, bis, until, clock out, hora fin, heure de fin, alle, eindtijd",
                Field::End,
            ),
            (
                "hours, std., heures, horas, ore, uren, hours worked, stunden",
                Field::Hours,
            ),
            (
                "duration, time spent, dauer, durée, duración, durata, duração, duur, time (min), minutes",
                Field::Duration,
            ),
            (
                "user, employee, mitarbeiter, personne, usuario, dipendente, utilizador, medewerker",
                Field::Person,
            ),
            (
                "client, customer, kunde, cliente, klant, client name",
                Field::Client,
            ),
            (
                "project, matter, job, projekt, projet, proyecto, progetto, projeto",
                Field::Project,
            ),
            (
                "task, activity, service, tätigkeit, tâche, tarea, attività, tarefa, taak",
                Field::Task,
            ),
            (
                "notes, description, what, beschreibung, commentaire, descripción, descrizione, descrição, omschrijving",
                Field::Description,
            ),
            (
                "tags, category, schlagworte, étiquettes, etiquetas",
                Field::Tags,
            ),
            ("e-mail, email address, correo", Field::Email),
        ] {
            for header in headers.split(", ") {
                assert_eq!(best(header), Some(field), "{header}");
            }
        }
        for header in [
            "hourly rate",
            "billable hours amount",
            "xyzzy",
            "",
            "invoice date no",
        ] {
            assert!(
                best(header).is_none_or(|field| !is_when_or_how_long(field)),
                "{header} {:?}",
                best(header)
            );
        }
    }

    #[test]
    fn units_and_weekdays() {
        assert_eq!(unit("time (min)"), Some(Unit::Minutes));
        assert_eq!(unit("dauer [s]"), Some(Unit::Seconds));
        assert_eq!(unit("duration"), None);
        assert_eq!(weekdays("Mo")[1], Some(0));
        assert_eq!(weekdays("Di")[1], Some(1));
        assert_eq!(weekdays("dim.")[2], Some(6));
        assert_eq!(weekday_prefix("Mon 9 Feb").unwrap().1, "9 Feb");
        assert_eq!(weekday_prefix("Do, 12.02.2026").unwrap().1, "12.02.2026");
        assert!(weekday_prefix("Mayhem 9").is_none());
        assert!(is_total("Total:") && is_total("Summe") && !is_total("Totalschaden"));
    }
}
