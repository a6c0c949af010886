//! How people are paid and where their money goes: noted by the owner or by the person, shown with most of the account's number hidden.

mod typed;

pub use self::typed::{NewDetails, hidden};
use self::typed::{Parts, of_details};

use offdesk_domain::pay::{Cycle, Details, Rounding};
use offdesk_store::pay::person_pay::{
    PayerRow, PersonPayRow, load_payer as stored_payer, load_person_pay, save_payer,
    save_person_pay,
};
use offdesk_store::{Scope, Tx, Uuid};

use super::damaged;
use super::drawing::Manner;
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::{Error, ErrorKind, on_conflict};
use crate::moment::Moment;
use crate::people;
use crate::people::own::own;

/// How a person is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonPay {
    /// How often.
    pub cycle: Cycle,
    /// How amounts are rounded.
    pub rounding: Rounding,
    /// Where the money goes, where that is known.
    pub details: Option<Details>,
    /// Version, for changes; 0 where nothing was noted yet.
    pub version: i64,
}

/// A change of how a person is paid; what is not said stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PersonPayChange {
    /// How often: `weekly`, `half_monthly`, `monthly` or `from_20th`.
    pub cycle: Option<String>,
    /// `exact_sum` or `each_cell`.
    pub rounding: Option<String>,
    /// Where the money goes.
    pub details: Option<NewDetails>,
}

/// How a person of the open workspace is paid; for owners only.
///
/// # Errors
/// `not_found`.
pub fn load_pay_of(tx: &mut Tx<'_>, actor: &Actor, person: Uuid) -> Result<PersonPay, Error> {
    let mut scope = actor.within(tx, Permission::Manage)?;
    people::load(&mut scope, person)?;
    load(&mut scope, person)
}

/// Changes how a person is paid; for owners only.
///
/// # Errors
/// `not_found`, `pay.cycle`, `pay.rounding`, `pay.kind`, `pay.iban`, `pay.bic`, `pay.email`, `pay.holder`.
pub fn change_pay_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    person: Uuid,
    change: &PersonPayChange,
    moment: Moment,
) -> Result<PersonPay, Error> {
    let mut scope = actor.within(tx, Permission::Manage)?;
    scope.hold()?;
    people::load(&mut scope, person)?;
    save(&mut scope, actor, person, change, moment)
}

/// How the person is paid that the actor is.
///
/// # Errors
/// Those of the actor and of the store.
pub fn load_own_pay_details(tx: &mut Tx<'_>, actor: &Actor) -> Result<PersonPay, Error> {
    let (mut scope, person) = own(tx, actor)?;
    load(&mut scope, person.id)
}

/// Notes where the money of the person goes that the actor is. How often and how it is rounded is not theirs to say.
///
/// # Errors
/// `pay.kind`, `pay.iban`, `pay.bic`, `pay.email`, `pay.holder`.
pub fn change_own_pay_details(
    tx: &mut Tx<'_>,
    actor: &Actor,
    details: &NewDetails,
    moment: Moment,
) -> Result<PersonPay, Error> {
    let (mut scope, person) = own(tx, actor)?;
    scope.hold()?;
    let change = PersonPayChange {
        details: Some(details.clone()),
        ..PersonPayChange::default()
    };
    save(&mut scope, actor, person.id, &change, moment)
}

/// The account that is paid from, where it is known; for owners only.
///
/// # Errors
/// Those of the actor and of the store.
pub fn load_payer(tx: &mut Tx<'_>, actor: &Actor) -> Result<Option<Details>, Error> {
    payer(&mut actor.within(tx, Permission::Manage)?)
}

/// Notes the bank account that is paid from; for owners only.
///
/// # Errors
/// `pay.iban`, `pay.bic`, `pay.holder`.
pub fn set_payer(
    tx: &mut Tx<'_>,
    actor: &Actor,
    new: &NewDetails,
    moment: Moment,
) -> Result<Option<Details>, Error> {
    let mut scope = actor.within(tx, Permission::Manage)?;
    scope.hold()?;
    let details = Details::bank(&new.holder, &new.iban, Some(&new.bic)).map_err(of_details)?;
    let version = stored_payer(&mut scope)?.map_or(0, |row| row.version);
    let parts = Parts::of(Some(&details));
    let row = PayerRow {
        holder: parts.holder,
        iban: parts.iban,
        bic: parts.bic,
        changed_at: moment.micros(),
        version,
    };
    save_payer(&mut scope, &row).map_err(on_conflict(changed))?;
    note(&mut scope, actor, moment, "set_payer", "", "")?;
    Ok(Some(details))
}

pub(super) fn payer(scope: &mut Scope<'_, '_>) -> Result<Option<Details>, Error> {
    let row = stored_payer(scope)?;
    row.map(|row| Details::bank(&row.holder, &row.iban, Some(&row.bic)))
        .transpose()
        .map_err(|_| damaged("the account that is paid from"))
}

/// Where money goes, as it is kept.
pub(super) fn details_of(row: &PersonPayRow) -> Result<Option<Details>, Error> {
    let read = match row.kind.as_str() {
        "" => return Ok(None),
        "bank" => Details::bank(&row.holder, &row.iban, Some(&row.bic)).map(Some),
        word => Details::at(word, &row.email),
    };
    match read {
        Ok(Some(details)) => Ok(Some(details)),
        _ => Err(damaged("where somebody's money goes")),
    }
}

fn load(scope: &mut Scope<'_, '_>, person: Uuid) -> Result<PersonPay, Error> {
    let Some(row) = load_person_pay(scope, person)? else {
        return Ok(PersonPay {
            cycle: Manner::USUAL.cycle,
            rounding: Manner::USUAL.rounding,
            details: None,
            version: 0,
        });
    };
    let manner = Manner::of(&row.cycle, &row.rounding)?;
    Ok(PersonPay {
        cycle: manner.cycle,
        rounding: manner.rounding,
        details: details_of(&row)?,
        version: row.version,
    })
}

fn save(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    person: Uuid,
    change: &PersonPayChange,
    moment: Moment,
) -> Result<PersonPay, Error> {
    let mut pay = load(scope, person)?;
    if let Some(word) = &change.cycle {
        pay.cycle = Cycle::of(word)
            .map_err(|error| Error::invalid("cycle", error.code(), error.to_string()))?;
    }
    if let Some(word) = &change.rounding {
        pay.rounding = Rounding::of(word.trim()).ok_or_else(|| {
            let shown = offdesk_import::problem::shown(word);
            let message = format!("\"{shown}\" is no rule of rounding");
            Error::invalid("rounding", "pay.rounding", message).hint("it is exact_sum or each_cell")
        })?;
    }
    if let Some(new) = &change.details {
        pay.details = new.read(pay.details.take())?;
    }
    let parts = Parts::of(pay.details.as_ref());
    let row = PersonPayRow {
        person_id: person,
        cycle: pay.cycle.word().to_owned(),
        rounding: pay.rounding.word().to_owned(),
        kind: pay.details.as_ref().map_or("", Details::word).to_owned(),
        holder: parts.holder,
        iban: parts.iban,
        bic: parts.bic,
        email: parts.email,
        changed_at: moment.micros(),
        version: pay.version,
    };
    save_person_pay(scope, &row).map_err(on_conflict(changed))?;
    // Which account it is stays out of the log.
    let told = if change.details.is_some() {
        &row.kind
    } else {
        ""
    };
    note(scope, actor, moment, "change_pay", person, told)?;
    Ok(PersonPay {
        version: pay.version + 1,
        ..pay
    })
}

fn changed() -> Error {
    Error::new(
        ErrorKind::Conflict,
        "pay.details_changed",
        "somebody has changed this since you opened it",
    )
    .hint("look at it again, then repeat what you wanted")
}
