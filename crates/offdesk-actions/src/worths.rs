//! What the owner's hour is worth, with its history.

pub mod json;

use offdesk_domain::price::MOST_AN_HOUR;
use offdesk_domain::{Basis, Currency, Day, Worth, WorthError};
use offdesk_store::workspaces::load_workspace;
use offdesk_store::worths::{WorthRow, insert_worth, list_worths as stored};
use offdesk_store::{Scope, Tx, Uuid};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;
use crate::pay::{day_or_today, today_in};

/// The figures of a basis, as kept and as given by programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figures {
    /// Income wanted or made in a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub income: Option<Decimal>,
    /// Working days a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<Decimal>,
    /// Working hours a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Decimal>,
    /// Hours really worked in the year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours_worked: Option<Decimal>,
    /// Profit of the business in a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profit: Option<Decimal>,
    /// What the business pays the owner in a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner_pay: Option<Decimal>,
    /// Salary of somebody who would replace the owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salary: Option<Decimal>,
    /// Wages as a share of what an employee costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wage_share: Option<Decimal>,
    /// Worth of an hour, stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Decimal>,
}

impl Figures {
    /// The basis of a word with these figures.
    ///
    /// # Errors
    /// `worth.basis` for an unknown word, `worth.missing` where a figure is missing.
    pub fn basis(&self, word: &str) -> Result<Basis, Error> {
        let need = |value: Option<Decimal>, field: &'static str| {
            value.ok_or_else(|| {
                let name = field.replace('_', " ");
                Error::invalid(field, "worth.missing", format!("the {name} is missing"))
            })
        };
        let hours_worked = || need(self.hours_worked, "hours_worked");
        Ok(match word {
            "wanted" => Basis::Wanted {
                income: need(self.income, "income")?,
                days: self.days.unwrap_or(Decimal::from(250)),
                hours: self.hours.unwrap_or(Decimal::from(8)),
            },
            "made" => Basis::Made {
                income: need(self.income, "income")?,
                hours_worked: hours_worked()?,
            },
            "profit" => Basis::Profit {
                profit: need(self.profit, "profit")?,
                owner_pay: self.owner_pay.unwrap_or_default(),
                hours_worked: hours_worked()?,
            },
            "replacement" => Basis::Replacement {
                salary: need(self.salary, "salary")?,
                wage_share: self.wage_share.unwrap_or(Decimal::new(705, 3)),
            },
            "stated" => Basis::Stated {
                hour: need(self.rate, "rate")?,
            },
            "revenue" => Basis::Revenue,
            _ => {
                return Err(Error::invalid(
                    "basis",
                    "worth.basis",
                    format!("\"{word}\" is no basis for the worth of an hour"),
                )
                .hint("use wanted, made, profit, replacement or stated"));
            }
        })
    }

    /// The figures of a basis.
    #[must_use]
    pub fn of(basis: &Basis) -> Self {
        let none = Self::default();
        match *basis {
            Basis::Wanted {
                income,
                days,
                hours,
            } => Self {
                income: Some(income),
                days: Some(days),
                hours: Some(hours),
                ..none
            },
            Basis::Made {
                income,
                hours_worked,
            } => Self {
                income: Some(income),
                hours_worked: Some(hours_worked),
                ..none
            },
            Basis::Profit {
                profit,
                owner_pay,
                hours_worked,
            } => Self {
                profit: Some(profit),
                owner_pay: Some(owner_pay),
                hours_worked: Some(hours_worked),
                ..none
            },
            Basis::Replacement { salary, wage_share } => Self {
                salary: Some(salary),
                wage_share: Some(wage_share),
                ..none
            },
            Basis::Stated { hour } => Self {
                rate: Some(hour),
                ..none
            },
            Basis::Revenue => none,
        }
    }
}

/// What is said of the worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWorth {
    /// Since which day; today where none is given.
    pub from: Option<Day>,
    /// Basis in one word.
    pub basis: String,
    /// Its figures.
    pub figures: Figures,
    /// Target as a multiple.
    pub multiple: Option<Decimal>,
    /// The most to pay for an hour.
    pub ceiling: Option<Decimal>,
}

/// A worth with the day it counts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedWorth {
    /// Its id.
    pub id: Uuid,
    /// Since which day.
    pub from: Day,
    /// The rates.
    pub worth: Worth,
}

impl From<WorthError> for Error {
    fn from(error: WorthError) -> Self {
        let hint = match &error {
            WorthError::Revenue => "take what is left of it: the profit and what you pay yourself",
            WorthError::NotPositive { .. } => "type a figure above zero",
            _ => "",
        };
        Self::invalid("basis", error.code(), error.to_string()).hint(hint)
    }
}

/// Sets the worth from a day on. A ceiling above the worth is the worth: more would be paid than comes back.
///
/// # Errors
/// What the basis refuses; `worth.multiple` for a target below the worth.
pub fn set_worth(
    tx: &mut Tx<'_>,
    actor: &Actor,
    new: &NewWorth,
    moment: Moment,
) -> Result<Worth, Error> {
    let mut scope = actor.within(tx, Permission::Manage)?;
    let currency: Currency = load_workspace(&mut scope)?
        .currency
        .parse()
        .map_err(|_| damaged())?;
    let basis = new.figures.basis(&new.basis)?;
    let multiple = new.multiple.unwrap_or(Decimal::TWO);
    if multiple > Decimal::ZERO && multiple < Decimal::ONE {
        return Err(Error::invalid(
            "multiple",
            "worth.multiple",
            "the target would be below what your hour is worth now",
        )
        .hint("2 is usual; 1 leaves it as it is"));
    }
    let worth = Worth::new(basis, currency, multiple, new.ceiling)?;
    let row = WorthRow {
        id: moment.id(),
        from_day: day_or_today(&mut scope, "from", new.from, moment)?.0.into(),
        basis: basis.word().to_owned(),
        figures: serde_json::to_string(&Figures::of(&basis)).map_err(|_| damaged())?,
        multiple: multiple.normalize().to_string(),
        hour: worth.hour.to_string(),
        target: worth.target.to_string(),
        ceiling: worth.ceiling.to_string(),
        currency: currency.code().to_owned(),
        created_at: moment.micros(),
    };
    insert_worth(&mut scope, &row)?;
    let detail = format!(
        "{} {currency}: {}",
        worth.hour.round_dp(2),
        basis.reckoning()
    );
    note(&mut scope, actor, moment, "set_worth", basis.word(), detail)?;
    Ok(worth)
}

/// The history of the worth, the latest first: one that is said for a later day stands before the one that counts now.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_worths(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<DatedWorth>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    read_worths(&mut scope)
}

/// The worth that counts now; `None` where none was said yet.
///
/// # Errors
/// Those of the actor and of the store.
pub fn load_worth(
    tx: &mut Tx<'_>,
    actor: &Actor,
    moment: Moment,
) -> Result<Option<DatedWorth>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let rows = read_worths(&mut scope)?;
    let today = today_in(&mut scope, moment)?;
    let currency = load_workspace(&mut scope)?
        .currency
        .parse()
        .map_err(|_| damaged())?;
    let found = worth_in(&rows, currency, today).or_else(|| worth_on(&rows, today));
    Ok(found.cloned())
}

/// The worth that counts on a day: the last that was said to count from it or before; else the first one said.
pub(crate) fn worth_on(rows: &[DatedWorth], day: Day) -> Option<&DatedWorth> {
    rows.iter().find(|row| row.from <= day).or(rows.last())
}

/// The same among those that were said in a currency.
pub(crate) fn worth_in(rows: &[DatedWorth], currency: Currency, day: Day) -> Option<&DatedWorth> {
    let mut said = rows.iter().filter(|row| row.worth.currency == currency);
    let first = said.clone().next_back();
    said.find(|row| row.from <= day).or(first)
}

/// All worths of the open workspace, the latest first.
pub(crate) fn read_worths(scope: &mut Scope<'_, '_>) -> Result<Vec<DatedWorth>, Error> {
    stored(scope)?.iter().map(read).collect()
}

fn read(row: &WorthRow) -> Result<DatedWorth, Error> {
    let number = |text: &str| text.parse::<Decimal>().map_err(|_| damaged());
    let figures: Figures = serde_json::from_str(&row.figures).map_err(|_| damaged())?;
    Ok(DatedWorth {
        id: row.id,
        from: Day::from_number(row.from_day).ok_or_else(damaged)?,
        worth: Worth {
            basis: figures.basis(&row.basis)?,
            currency: row.currency.parse().map_err(|_| damaged())?,
            hour: number(&row.hour)?.clamp(Decimal::ZERO, MOST_AN_HOUR),
            target: number(&row.target)?.clamp(Decimal::ZERO, MOST_AN_HOUR * Decimal::ONE_THOUSAND),
            ceiling: number(&row.ceiling)?.clamp(Decimal::ZERO, MOST_AN_HOUR),
        },
    })
}

fn damaged() -> Error {
    Error::new(
        ErrorKind::Failed,
        "store.damaged",
        "a worth in the database is not understood",
    )
}
