//! Hours that a person has tracked with another tool go into their timesheet: the file is looked at, rows that name no handoff or several are asked
//! about, the rest goes into the open weeks, once, and can be undone as long as they are open.

mod changing;
pub mod json;
mod planning;
mod reading;

pub use self::changing::{import_hours, undo_hours};
pub use self::planning::{Fate, HoursGroup, LeftOut};

use offdesk_domain::Seconds;
use offdesk_store::hours_imports::{
    HoursImportRow, insert_hours_import, list_hours_imports as stored,
    load_hours_import as stored_one, save_hours_match,
};
use offdesk_store::people::PersonRow;
use offdesk_store::{Scope, Tx, Uuid};

use self::planning::{Plan, plan};
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;
use crate::people::{self, own::own};
use crate::uploads::file_name;

/// So many bytes a file may have.
pub const LONGEST_FILE: usize = 8 * 1024 * 1024;
/// So many letters the key of rows may have.
const LONGEST_KEY: usize = 1_000;

/// Whose hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Those of the person the actor is.
    Own,
    /// Those of somebody, for the owner's side.
    Of(Uuid),
}

impl Whose {
    fn open<'s, 'c>(
        self,
        tx: &'s mut Tx<'c>,
        actor: &Actor,
        permission: Permission,
    ) -> Result<(Scope<'s, 'c>, PersonRow), Error> {
        match self {
            Self::Own => own(tx, actor),
            Self::Of(person) => {
                let mut scope = actor.within(tx, permission)?;
                let row = people::load(&mut scope, person)?;
                Ok((scope, row))
            }
        }
    }
}

/// A file of hours with what became of it, or would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursFile {
    /// The file.
    pub row: HoursImportRow,
    /// Whose hours.
    pub person: String,
    /// What becomes of its rows, by their client, project and task; empty once it is imported.
    pub groups: Vec<HoursGroup>,
    /// The rows that are left out; nothing once it is imported.
    pub left_out: LeftOut,
    /// The handoffs by the hour that rows may go under: id and activity.
    pub handoffs: Vec<(Uuid, String)>,
}

impl HoursFile {
    /// Whether something is to be said before it can be imported.
    #[must_use]
    pub fn is_asking(&self) -> bool {
        let asks = |group: &HoursGroup| matches!(group.fate, Fate::Asked(_));
        self.groups.iter().any(asks)
    }

    /// The name of a handoff's activity.
    #[must_use]
    pub fn activity(&self, handoff: Uuid) -> &str {
        let found = self.handoffs.iter().find(|(id, _)| *id == handoff);
        found.map_or("", |(_, activity)| activity)
    }
}

fn looked_at(row: HoursImportRow, person: &PersonRow, plan: Plan) -> HoursFile {
    HoursFile {
        row: HoursImportRow {
            format: plan.format,
            ..row
        },
        person: person.name.clone(),
        groups: plan.groups,
        left_out: plan.left_out,
        handoffs: plan.handoffs,
    }
}

fn detail(
    scope: &mut Scope<'_, '_>,
    person: &PersonRow,
    row: HoursImportRow,
    moment: Moment,
) -> Result<HoursFile, Error> {
    if row.state == "looked_at" {
        let plan = plan(scope, person, &row, moment)?;
        return Ok(looked_at(row, person, plan));
    }
    Ok(HoursFile {
        row,
        person: person.name.clone(),
        groups: Vec::new(),
        left_out: LeftOut::default(),
        handoffs: Vec::new(),
    })
}

fn load(scope: &mut Scope<'_, '_>, person: &PersonRow, id: Uuid) -> Result<HoursImportRow, Error> {
    stored_one(scope, person.id, id)?.ok_or_else(|| Error::not_found("file of hours"))
}

fn in_state(row: HoursImportRow, state: &str) -> Result<HoursImportRow, Error> {
    if row.state == state {
        return Ok(row);
    }
    let message = match row.state.as_str() {
        "looked_at" => "this file is not imported yet",
        "imported" => "this file is imported",
        _ => "the import of this file was undone",
    };
    Err(Error::new(ErrorKind::Conflict, "hours.not_now", message))
}

/// Keeps a file, and says what would become of its rows. Nothing goes into the timesheet yet.
///
/// # Errors
/// `hours.long`, `hours.empty`, and those of the importer.
pub fn look_at_hours(
    tx: &mut Tx<'_>,
    actor: &Actor,
    whose: Whose,
    (file, bytes): (&str, &[u8]),
    moment: Moment,
) -> Result<HoursFile, Error> {
    let (mut scope, person) = whose.open(tx, actor, Permission::Edit)?;
    if bytes.len() > LONGEST_FILE {
        let message = "a file of hours has at most 8 MB";
        return Err(Error::invalid("file", "hours.long", message).hint("export a shorter period"));
    }
    let row = HoursImportRow {
        id: moment.id(),
        person_id: person.id,
        file: file_name(file),
        format: String::new(),
        state: "looked_at".to_owned(),
        entries: 0,
        seconds: 0,
        created_by: actor.account,
        created_at: moment.micros(),
        changed_at: moment.micros(),
        version: 1,
    };
    insert_hours_import(&mut scope, &row, bytes)?;
    detail(&mut scope, &person, row, moment)
}

/// A file with what became of it, or would.
///
/// # Errors
/// `not_found`.
pub fn load_hours_file(
    tx: &mut Tx<'_>,
    actor: &Actor,
    whose: Whose,
    id: Uuid,
    moment: Moment,
) -> Result<HoursFile, Error> {
    let (mut scope, person) = whose.open(tx, actor, Permission::See)?;
    let row = load(&mut scope, &person, id)?;
    detail(&mut scope, &person, row, moment)
}

/// The files of a person before an id, the latest first.
///
/// # Errors
/// `not_found`.
pub fn list_hours_files(
    tx: &mut Tx<'_>,
    actor: &Actor,
    whose: Whose,
    before: Option<Uuid>,
    most: u32,
) -> Result<Vec<HoursImportRow>, Error> {
    let (mut scope, person) = whose.open(tx, actor, Permission::See)?;
    Ok(stored(&mut scope, person.id, before, most)?)
}

/// What is said about rows of a key: the handoff they are for, or that they are for none. It is remembered for the next file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursAnswer {
    /// The key.
    pub key: String,
    /// The handoff; none where they are for none.
    pub handoff: Option<Uuid>,
}

/// Notes what is said about rows, and says what would become of the file then.
///
/// # Errors
/// `not_found`, `hours.not_now`, `hours.key`, `timesheet.handoff`.
pub fn answer_hours(
    tx: &mut Tx<'_>,
    actor: &Actor,
    whose: Whose,
    id: Uuid,
    answers: &[HoursAnswer],
    moment: Moment,
) -> Result<HoursFile, Error> {
    let (mut scope, person) = whose.open(tx, actor, Permission::Edit)?;
    scope.hold()?;
    let row = in_state(load(&mut scope, &person, id)?, "looked_at")?;
    let before = plan(&mut scope, &person, &row, moment)?;
    for answer in answers {
        if answer.key.is_empty() || answer.key.chars().count() > LONGEST_KEY {
            let message = "no rows are named that something is said of";
            return Err(Error::invalid("key", "hours.key", message));
        }
        let is_theirs = |handoff: Uuid| before.handoffs.iter().any(|(id, _)| *id == handoff);
        if answer.handoff.is_some_and(|handoff| !is_theirs(handoff)) {
            return Err(Error::invalid(
                "handoff",
                "timesheet.handoff",
                "hours go under a handoff of theirs that is agreed and paid by the hour",
            ));
        }
        let key = (person.id, answer.key.as_str());
        save_hours_match(&mut scope, key, answer.handoff, moment.micros())?;
    }
    let told = format!("{} answers", answers.len());
    note(&mut scope, actor, moment, "answer_hours", id, told)?;
    detail(&mut scope, &person, row, moment)
}

/// The time of rows.
#[must_use]
pub fn time_of(groups: &[HoursGroup]) -> Seconds {
    Seconds(groups.iter().map(|group| group.time.0).sum())
}
