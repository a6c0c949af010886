//! How people are paid, and the account that is paid from; of an account's number most is hidden.

use axum::http::StatusCode;
use offdesk_actions::pay::json::PayDetailsJson;
use offdesk_actions::pay::{
    NewDetails, PersonPayChange, change_pay_of, load_pay_of, load_payer, set_payer,
};
use serde::Deserialize;

use super::{json, read};
use crate::desk::ask::{Answer, Ask};

/// How a person is paid.
pub fn show(ask: Ask) -> Answer {
    Box::pin(async move {
        let person = ask.id("person")?;
        let pay = ask
            .read(move |tx, actor, _| load_pay_of(tx, actor, person))
            .await?;
        json(StatusCode::OK, &PayDetailsJson::of(&pay))
    })
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Details {
    cycle: Option<String>,
    rounding: Option<String>,
    kind: Option<String>,
    holder: String,
    iban: String,
    bic: String,
    email: String,
}

impl Details {
    fn read(self) -> PersonPayChange {
        PersonPayChange {
            cycle: self.cycle,
            rounding: self.rounding,
            details: self.kind.map(|kind| NewDetails {
                kind,
                holder: self.holder,
                iban: self.iban,
                bic: self.bic,
                email: self.email,
            }),
        }
    }
}

/// Changes how a person is paid; what is left out stays.
pub fn set(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let person = ask.id("person")?;
        let change = read::<Details>(&ask.bytes().await?)?.read();
        let pay = ask
            .write(move |tx, actor, moment| change_pay_of(tx, actor, person, &change, moment))
            .await?;
        json(StatusCode::OK, &PayDetailsJson::of(&pay))
    })
}

/// The account that is paid from.
pub fn payer(ask: Ask) -> Answer {
    Box::pin(async move {
        let details = ask.read(|tx, actor, _| load_payer(tx, actor)).await?;
        json(
            StatusCode::OK,
            &PayDetailsJson::of_account(details.as_ref()),
        )
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Account {
    holder: String,
    iban: String,
    #[serde(default)]
    bic: String,
}

/// Notes the account that is paid from.
pub fn set_account(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let account: Account = read(&ask.bytes().await?)?;
        let new = NewDetails {
            kind: "bank".to_owned(),
            holder: account.holder,
            iban: account.iban,
            bic: account.bic,
            email: String::new(),
        };
        let details = ask
            .write(move |tx, actor, moment| set_payer(tx, actor, &new, moment))
            .await?;
        json(
            StatusCode::OK,
            &PayDetailsJson::of_account(details.as_ref()),
        )
    })
}
