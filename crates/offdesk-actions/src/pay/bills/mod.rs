//! Bills that come in, from agencies and whoever else sends one: recorded, held against what was accepted, queried, approved, and paid by the
//! payments of the statement that an approved one has. So nothing is paid twice, by a bill and by a statement.

mod approving;
pub mod json;
mod recording;
mod shown;
mod taxed;
mod typed;
mod work;

pub use self::approving::{Approval, approve_bill, query_bill, remove_bill};
pub use self::recording::{
    LONGEST_FILE, NewBill, NewBillLine, load_bill_file, record_bill, save_bill_file,
};
pub use self::shown::{BillDetail, BillWork, ShownLine};
pub use self::typed::lines_of;

use offdesk_store::pay::bills::{BillRow, list_bills as stored, load_bill as stored_one};
use offdesk_store::{Scope, Tx, Uuid};

use crate::activities::Seen;
use crate::actor::{Actor, Permission};
use crate::error::{Error, ErrorKind};

/// A page of bills before an id, the latest first.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_bills(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: Option<Uuid>,
    most: u32,
) -> Result<Vec<BillDetail>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let rows = stored(&mut scope, before, most)?;
    let all = rows.into_iter().map(|row| shown::detail(&mut scope, row));
    all.collect()
}

/// The ids of the latest bills of a number, however its letters are written; nothing is matched for it.
///
/// # Errors
/// Those of the actor and of the store.
pub fn find_bills(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: &str,
    most: u32,
) -> Result<Vec<Uuid>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let wanted = number.trim().to_lowercase();
    let mut rows = stored(&mut scope, None, most)?;
    rows.retain(|row| row.number.to_lowercase() == wanted);
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// A bill with what matches of it.
///
/// # Errors
/// `not_found`.
pub fn load_bill(tx: &mut Tx<'_>, actor: &Actor, id: Uuid) -> Result<BillDetail, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let row = load(&mut scope, id)?;
    shown::detail(&mut scope, row)
}

fn load(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<BillRow, Error> {
    stored_one(scope, id)?.ok_or_else(|| Error::not_found("bill"))
}

fn load_seen(scope: &mut Scope<'_, '_>, id: Uuid, seen: Seen) -> Result<BillRow, Error> {
    let row = load(scope, id)?;
    if seen.is_some_and(|seen| seen != row.version) {
        return Err(changed());
    }
    Ok(row)
}

fn changed() -> Error {
    Error::new(
        ErrorKind::Conflict,
        "bill.changed",
        "something has happened to this bill since you opened it",
    )
    .hint("look at it again, then repeat what you wanted")
}
