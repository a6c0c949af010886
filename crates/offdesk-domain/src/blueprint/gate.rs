//! The gate: what has to be there before somebody else can follow a blueprint. Seven parts, each there or missing, never a score.

use super::accountable::fault;
use super::limits::has_limit;
use super::warnings::{has_any, vague_word};
use super::{Blueprint, Piece};

/// One of the seven parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatePart {
    /// `G1` to `G7`.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Whether it is there.
    pub is_there: bool,
    /// Whether something of its form is written, though it is not known for what it should be: a reader may judge otherwise.
    pub is_written: bool,
    /// What is missing, in a sentence without a full stop; empty where nothing is.
    pub missing: String,
    /// What to write.
    pub remedy: &'static str,
}

/// Words by which an input is known to be about access.
const ACCESS: [&str; 22] = [
    "access",
    "accesses",
    "account",
    "accounts",
    "login",
    "logins",
    "log in",
    "sign in",
    "signed in",
    "password",
    "passwords",
    "permission",
    "permissions",
    "rights",
    "key",
    "keys",
    "invited",
    "zugang",
    "zugriff",
    "konto",
    "acceso",
    "accès",
];

/// The seven parts: code and name.
pub const PARTS: [(&str, &str); 7] = [
    ("G1", "Outcome"),
    ("G2", "Trigger"),
    ("G3", "Inputs and access"),
    ("G4", "Acceptance criteria"),
    ("G5", "A good example"),
    ("G6", "When to stop and ask"),
    ("G7", "One accountable person"),
];

/// Which of the seven parts are there.
///
/// ```
/// use offdesk_domain::blueprint::{Blueprint, gate};
/// let parts = gate(&Blueprint::of("# Inbox\n\n## Trigger\n\nEvery morning.\n"));
/// let there: Vec<&str> = parts.iter().filter(|part| part.is_there).map(|part| part.name).collect();
/// assert_eq!(there, ["Trigger"]);
/// ```
#[must_use]
pub fn gate(blueprint: &Blueprint) -> [GatePart; 7] {
    let part = |at: usize, found: Found, remedy| {
        let (is_written, missing) = match found {
            Found::There => (true, String::new()),
            Found::Doubtful(why) => (true, why),
            Found::Missing(why) => (false, why),
        };
        GatePart {
            code: PARTS[at].0,
            name: PARTS[at].1,
            is_there: missing.is_empty(),
            is_written,
            missing,
            remedy,
        }
    };
    [
        part(
            0,
            outcome(blueprint),
            "write in one sentence what is there when it is done: \"Every patient of tomorrow has a reminder.\"",
        ),
        part(
            1,
            said(&blueprint.trigger, "nothing says when it is done"),
            "write when it is done: \"Every weekday at 9:00\", \"When an order comes in\"",
        ),
        part(
            2,
            inputs(blueprint),
            "list what it takes and what lets one in: \"Access to the shared inbox\", or \"No access needed\"",
        ),
        part(
            3,
            criteria(blueprint),
            "list what must be true of the result, each to be answered by yes or no: \"Every message of today has an answer or a date\"",
        ),
        part(
            4,
            said(&blueprint.examples, "there is no example of a good result"),
            "paste one result that was right, or a link to it",
        ),
        part(
            5,
            stops(blueprint),
            "write when to stop, with the limit: \"Spend up to 50, ask above\"; or \"No money is spent and nothing is signed\"",
        ),
        part(
            6,
            owner(&blueprint.owner),
            "name exactly one person who answers for it: \"Owner: Noor\"",
        ),
    ]
}

/// What is found of a part.
enum Found {
    There,
    /// Something is written, and does not say what it should, as far as its words tell.
    Doubtful(String),
    Missing(String),
}

fn said(text: &str, missing: &str) -> Found {
    if has_letters(text) {
        Found::There
    } else {
        Found::Missing(missing.to_owned())
    }
}

/// What is missing where no item says anything: the section itself, or only its being a list.
fn unlisted(pieces: &[Piece], missing: &str) -> Found {
    let is_prose = |piece: &Piece| !piece.text().starts_with('#') && has_letters(piece.text());
    let why = match pieces.iter().any(is_prose) {
        true => "it is not a list yet: write each on a line of its own that begins with a dash",
        false => missing,
    };
    Found::Missing(why.to_owned())
}

fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

fn outcome(blueprint: &Blueprint) -> Found {
    let text = blueprint.outcome.trim();
    match super::warnings::sentence_count(text) {
        0 => Found::Missing("nothing says what is there when it is done".to_owned()),
        1 => Found::There,
        count => Found::Doubtful(format!("the outcome has {count} sentences; one is enough")),
    }
}

fn inputs(blueprint: &Blueprint) -> Found {
    let mut inputs = blueprint
        .input_texts()
        .map(|(text, _)| text)
        .filter(|text| has_letters(text))
        .peekable();
    if inputs.peek().is_none() {
        return unlisted(&blueprint.inputs, "no inputs are listed");
    }
    if inputs.any(|text| has_any(text, &ACCESS)) {
        return Found::There;
    }
    Found::Doubtful("nothing says which access is needed".to_owned())
}

fn criteria(blueprint: &Blueprint) -> Found {
    let mut criteria = blueprint
        .criterion_texts()
        .filter(|text| has_letters(text))
        .peekable();
    if criteria.peek().is_none() {
        return unlisted(&blueprint.criteria, "nothing says what a right result is");
    }
    let vague = criteria.find_map(|text| vague_word(text).map(|word| (text, word)));
    match vague {
        Some((text, word)) => Found::Doubtful(format!(
            "\"{}\" cannot be answered by yes or no: \"{word}\" says too little",
            short(text)
        )),
        None => Found::There,
    }
}

fn stops(blueprint: &Blueprint) -> Found {
    let mut stops = blueprint
        .stop_texts()
        .filter(|text| has_letters(text))
        .peekable();
    if stops.peek().is_none() {
        return unlisted(&blueprint.stops, "nothing says when to stop and ask");
    }
    if stops.any(has_limit) {
        return Found::There;
    }
    let why = "no rule says up to which amount, or to what signature, they decide alone";
    Found::Doubtful(why.to_owned())
}

fn owner(owner: &str) -> Found {
    if !has_letters(owner) {
        return Found::Missing("nobody answers for it".to_owned());
    }
    match fault(owner) {
        Some(why) => Found::Doubtful(format!("\"{}\" {why}", short(owner))),
        None => Found::There,
    }
}

/// The beginning of a text, to name it by.
pub(super) fn short(text: &str) -> String {
    const MOST: usize = 60;
    let line = super::lines::one_line(text);
    if line.chars().count() <= MOST {
        return line;
    }
    let start: String = line.chars().take(MOST - 1).collect();
    format!("{}…", start.trim_end())
}
