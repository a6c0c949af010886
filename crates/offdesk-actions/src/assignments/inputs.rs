//! Inputs: what a blueprint needs to be followed, and what of it an assignment has: they have it already, a link to it, or a file.

use offdesk_domain::activity::one_line;
use offdesk_domain::blueprint::Blueprint;
use offdesk_store::assignments::files::FileRow;
use offdesk_store::assignments::inputs::{InputRow, insert_input};
use offdesk_store::blueprints::versions::load_version;
use offdesk_store::{Scope, Tx, Uuid};

use super::AssignmentDetail;
use super::files::is_length;
use super::mailed::keep;
use super::sending::give_file;
use super::typed::link_of;
use crate::actor::{Actor, Permission};
use crate::error::{Error, ErrorKind};
use crate::handoffs;
use crate::moment::Moment;

/// What somebody has of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GivenInput {
    /// They have it already.
    Have,
    /// It is behind a link.
    Link(String),
    /// It comes with the assignment as a file.
    File {
        /// Its name.
        name: String,
        /// What is in it.
        bytes: Vec<u8>,
    },
    /// It was sent before as a file, by whoever gives it.
    Sent(Uuid),
    /// It is a file of the assignment that is taken back, and goes along.
    Along(Uuid),
}

/// An input of a blueprint that is given with an assignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInput {
    /// The input: as the blueprint says it, or words that stand in one input alone.
    pub name: String,
    /// What they have of it.
    pub given: GivenInput,
}

/// What becomes of a required input of which nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WithoutInput {
    /// The assignment says so, and it is given: knowingly, or by itself or by mail, where nobody can be asked.
    #[default]
    Noted,
    /// It is not given before something is said.
    Refused,
}

impl WithoutInput {
    /// What becomes of it where somebody gives it, and says whether they do so knowingly.
    #[must_use]
    pub fn knowingly(is_knowing: bool) -> Self {
        match is_knowing {
            true => Self::Noted,
            false => Self::Refused,
        }
    }
}

/// An input as an assignment shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShownInput<'d> {
    /// The input.
    pub name: &'d str,
    /// Whether it is required.
    pub is_required: bool,
    /// What they have of it, where something is said.
    pub given: Option<Shown<'d>>,
}

/// What somebody has of an input, as an assignment shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown<'d> {
    /// They have it already.
    Have,
    /// It is behind a link.
    Link(&'d str),
    /// It came with the assignment as a file.
    File(&'d FileRow),
}

impl AssignmentDetail {
    /// The inputs of the version it is done by with what is said of each, then what was given for another version.
    #[must_use]
    pub fn inputs_shown(&self) -> Vec<ShownInput<'_>> {
        let given = |name: &str| {
            let row = self.inputs.iter().find(|row| row.name == name)?;
            Some(self.shown(row))
        };
        let names: Vec<(&str, bool)> = self.blueprint.input_texts().collect();
        let former = self.inputs.iter();
        let former = former.filter(|row| names.iter().all(|(name, _)| *name != row.name));
        let former = former.map(|row| ShownInput {
            name: &row.name,
            is_required: false,
            given: Some(self.shown(row)),
        });
        let all = names.iter().map(|(name, is_required)| ShownInput {
            name,
            is_required: *is_required,
            given: given(name),
        });
        all.chain(former).collect()
    }

    fn shown<'d>(&'d self, row: &'d InputRow) -> Shown<'d> {
        let file = self.files.iter().find(|file| row.file_id == Some(file.id));
        match (row.link.as_str(), file) {
            ("", Some(file)) => Shown::File(file),
            ("", None) => Shown::Have,
            (link, _) => Shown::Link(link),
        }
    }

    /// The files that came with it and are of no input.
    pub fn files_beside(&self) -> impl Iterator<Item = &FileRow> {
        let is_of_input =
            |file: &FileRow| self.inputs.iter().any(|row| row.file_id == Some(file.id));
        self.files_given().filter(move |file| !is_of_input(file))
    }
}

/// The inputs of what would be given under a handoff now, each with whether it is required; none before its blueprint is published.
///
/// # Errors
/// `not_found`.
pub fn inputs_of_handoff(
    tx: &mut Tx<'_>,
    actor: &Actor,
    handoff: Uuid,
) -> Result<Vec<(String, bool)>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let handoff = handoffs::load(&mut scope, handoff)?;
    let (blueprint, number) = (handoff.blueprint_id, handoff.agreed.blueprint_number);
    let version = load_version(&mut scope, blueprint, number)?;
    let Some(version) = version.filter(|it| it.published.is_some()) else {
        return Ok(Vec::new());
    };
    let blueprint = Blueprint::of(&version.text);
    let inputs = blueprint.input_texts();
    Ok(inputs
        .map(|(name, is_required)| (name.to_owned(), is_required))
        .collect())
}

/// What is given of the inputs of a blueprint, by their places; all that are required have to be there where it is asked for.
///
/// # Errors
/// `assignment.input` for words that stand in none or in several, `assignment.inputs` with what is missing.
pub(super) fn placed<'n>(
    given: &'n [NewInput],
    blueprint: &Blueprint,
    without: WithoutInput,
) -> Result<Vec<(i64, String, &'n GivenInput)>, Error> {
    let inputs: Vec<(&str, bool)> = blueprint.input_texts().collect();
    let mut all: Vec<(i64, String, &GivenInput)> = Vec::new();
    for one in given {
        let is_taken = |place| all.iter().any(|(taken, ..)| *taken == place);
        let (place, name) = place_of(&one.name, &inputs, is_taken)?;
        if is_taken(place) {
            return Err(unknown(&one.name, "is given twice", &inputs));
        }
        all.push((place, name.to_owned(), &one.given));
    }
    let missing = (1_i64..).zip(&inputs).filter(|(place, (_, is_required))| {
        *is_required && all.iter().all(|(given, ..)| given != place)
    });
    let missing: Vec<&str> = missing.map(|(_, (name, _))| *name).collect();
    if without == WithoutInput::Refused && !missing.is_empty() {
        return Err(Error::new(
            ErrorKind::Invalid,
            "assignment.inputs",
            format!(
                "the blueprint needs what nothing is said of: {}",
                missing.join("; ")
            ),
        )
        .hint("say of each that they have it, or give a link or a file"));
    }
    Ok(all)
}

/// The input that is meant: the one of these words, wherever their lines break, whose place is free where several have them; or the only
/// one in which they stand.
fn place_of<'b>(
    said: &str,
    inputs: &[(&'b str, bool)],
    is_taken: impl Fn(i64) -> bool,
) -> Result<(i64, &'b str), Error> {
    // A browser sends other line breaks than a blueprint has.
    let exact = one_line(said);
    let wanted = exact.to_lowercase();
    let placed = || (1_i64..).zip(inputs.iter().map(|(name, _)| *name));
    let same = || placed().filter(|(_, name)| one_line(name) == exact);
    let alike = || placed().filter(|(_, name)| one_line(name).to_lowercase() == wanted);
    let free = same().chain(alike()).find(|(place, _)| !is_taken(*place));
    if let Some(found) = free.or_else(|| alike().next()) {
        return Ok(found);
    }
    let mut found = placed().filter(|(_, name)| one_line(name).to_lowercase().contains(&wanted));
    match (found.next(), found.next(), wanted.is_empty()) {
        (Some(found), None, false) => Ok(found),
        (Some(_), Some(_), false) => Err(unknown(said, "stands in several inputs", inputs)),
        _ => Err(unknown(said, "is no input of the blueprint", inputs)),
    }
}

fn unknown(said: &str, why: &str, inputs: &[(&str, bool)]) -> Error {
    let shown = offdesk_import::problem::shown(said);
    let names: Vec<&str> = inputs.iter().map(|(name, _)| *name).collect();
    let hint = match names.is_empty() {
        true => "the version that is published has no inputs".to_owned(),
        false => format!("its inputs are: {}", names.join("; ")),
    };
    Error::invalid("inputs", "assignment.input", format!("\"{shown}\" {why}")).hint(hint)
}

/// Keeps what is given with an assignment that is there.
///
/// # Errors
/// `assignment.link`, `file.empty`, `file.long`, `file.gone`, `file.incomplete`.
pub(super) fn keep_inputs(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    assignment: Uuid,
    given: Vec<(i64, String, &GivenInput)>,
    moment: Moment,
) -> Result<(), Error> {
    for (place, name, given) in given {
        let mut row = InputRow {
            place,
            name,
            link: String::new(),
            file_id: None,
        };
        match given {
            GivenInput::Have => {}
            GivenInput::Link(link) if link.trim().is_empty() => {
                return Err(
                    Error::invalid("inputs", "assignment.link", "the link is empty")
                        .hint("give a link, or leave it out where they have it already"),
                );
            }
            GivenInput::Link(link) => row.link = link_of(link)?,
            GivenInput::File { name, bytes } => {
                is_length(i64::try_from(bytes.len()).unwrap_or(i64::MAX))?;
                row.file_id = Some(keep(scope, actor, assignment, name, bytes, moment)?);
            }
            GivenInput::Sent(file) => {
                row.file_id = Some(give_file(scope, actor, assignment, *file, moment)?);
            }
            GivenInput::Along(file) => row.file_id = Some(*file),
        }
        insert_input(scope, assignment, &row)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_are_found_by_their_words() {
        let inputs = [
            ("Access to the inbox\n(ask Noor)", true),
            ("Logo", true),
            ("logo", true),
            ("Price list", false),
        ];
        let place = |said: &str, taken: &[i64]| {
            place_of(said, &inputs, |place| taken.contains(&place)).map(|found| found.0)
        };
        let is = |said: &str, taken: &[i64], expected: i64| {
            assert_eq!(place(said, taken).ok(), Some(expected), "{said} {taken:?}");
        };
        // A browser breaks lines otherwise; what is written alike has places of its own.
        is("Access to the inbox\r\n(ask Noor)", &[], 1);
        is("logo", &[], 3);
        is("Logo", &[], 2);
        is("LOGO", &[2], 3);
        is("Logo", &[2, 3], 2);
        is("price", &[], 4);
        for wrong in ["", "o", "letterhead"] {
            let code = place(wrong, &[]).map_err(|error| error.code);
            assert_eq!(code, Err("assignment.input"), "{wrong}");
        }
    }
}
