//! `offdesk pay details` and `account`: where people's money goes, and where it comes from.

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::pay::json::PayDetailsJson;
use offdesk_actions::pay::{
    NewDetails, PersonPay, PersonPayChange, change_pay_of, hidden, load_pay_of, load_payer,
    set_payer,
};
use offdesk_domain::pay::Details;
use offdesk_import::problem::shown;

use super::super::audit::json;
use super::super::desk::At;
use super::super::people::find_person;
use super::super::{Done, output};
use crate::clock;

/// How a person is paid: how often, how it is rounded, where the money goes
#[derive(Args, Debug)]
pub struct DetailsArgs {
    /// Name or id
    #[arg(value_name = "WHO")]
    who: String,
    /// weekly, half_monthly, monthly or from_20th
    #[arg(long, value_name = "PERIOD")]
    cycle: Option<String>,
    /// exact_sum, or each_cell: each day of each activity by itself
    #[arg(long, value_name = "RULE")]
    rounding: Option<String>,
    /// The number of their bank account
    #[arg(long, value_name = "IBAN", requires = "holder")]
    iban: Option<String>,
    /// Whose bank account it is
    #[arg(long, value_name = "NAME")]
    holder: Option<String>,
    /// Its bank
    #[arg(long, value_name = "BIC", requires = "iban")]
    bic: Option<String>,
    /// The address of their PayPal account
    #[arg(long, value_name = "EMAIL", conflicts_with_all = ["iban", "wise", "payoneer"])]
    paypal: Option<String>,
    /// The address of their Wise account
    #[arg(long, value_name = "EMAIL", conflicts_with_all = ["iban", "payoneer"])]
    wise: Option<String>,
    /// The address of their Payoneer account
    #[arg(long, value_name = "EMAIL", conflicts_with = "iban")]
    payoneer: Option<String>,
    /// Print JSON (offdesk.pay_details/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// The bank account that is paid from; a SEPA file names it
#[derive(Args, Debug)]
pub struct AccountArgs {
    /// Its number
    #[arg(long, value_name = "IBAN", requires = "holder")]
    iban: Option<String>,
    /// Whose it is
    #[arg(long, value_name = "NAME", requires = "iban")]
    holder: Option<String>,
    /// Its bank
    #[arg(long, value_name = "BIC", requires = "iban")]
    bic: Option<String>,
    /// Print JSON (offdesk.pay_details/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl DetailsArgs {
    fn change(&self) -> PersonPayChange {
        let at = |kind: &str, email: &Option<String>| {
            email.clone().map(|email| NewDetails {
                kind: kind.to_owned(),
                email,
                ..NewDetails::default()
            })
        };
        let bank = self.iban.clone().map(|iban| NewDetails {
            kind: "bank".to_owned(),
            holder: self.holder.clone().unwrap_or_default(),
            iban,
            bic: self.bic.clone().unwrap_or_default(),
            email: String::new(),
        });
        let details = bank
            .or_else(|| at("paypal", &self.paypal))
            .or_else(|| at("wise", &self.wise))
            .or_else(|| at("payoneer", &self.payoneer));
        PersonPayChange {
            cycle: self.cycle.clone(),
            rounding: self.rounding.clone(),
            details,
        }
    }

    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let person = find_person(&store, &actor, &self.who)?;
        let change = self.change();
        let moment = clock::moment();
        let done: Result<PersonPay, Error> = if change == PersonPayChange::default() {
            store.read(move |tx| load_pay_of(tx, &actor, person)).wait()
        } else {
            store
                .write(move |tx| change_pay_of(tx, &actor, person, &change, moment))
                .wait()
        };
        let pay = done?;
        if self.json {
            output::print(&json::to_text(&PayDetailsJson::of(&pay))?)?;
        } else {
            output::print(&format!(
                "Paid {}. {}\n{}",
                pay.cycle.name(),
                pay.rounding.in_words(),
                account(pay.details.as_ref())
            ))?;
        }
        Ok(0)
    }
}

impl AccountArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let moment = clock::moment();
        let done: Result<Option<Details>, Error> = match self.iban {
            None => store.read(move |tx| load_payer(tx, &actor)).wait(),
            Some(iban) => {
                let new = NewDetails {
                    kind: "bank".to_owned(),
                    holder: self.holder.unwrap_or_default(),
                    iban,
                    bic: self.bic.unwrap_or_default(),
                    email: String::new(),
                };
                store
                    .write(move |tx| set_payer(tx, &actor, &new, moment))
                    .wait()
            }
        };
        let details = done?;
        if self.json {
            let answer = PayDetailsJson::of_account(details.as_ref());
            output::print(&json::to_text(&answer)?)?;
        } else {
            output::print(&account(details.as_ref()))?;
        }
        Ok(0)
    }
}

fn account(details: Option<&Details>) -> String {
    match details {
        None => "No account is known.\n".to_owned(),
        Some(Details::Bank { holder, .. }) => format!(
            "Bank account of {}: {}\n",
            shown(holder),
            details.map(hidden).unwrap_or_default()
        ),
        Some(other) => format!("{}: {}\n", other.word(), shown(&hidden(other))),
    }
}
