//! What is done with pay: statements drawn up, payments noted and taken back, lines put right, the account that is paid from.

use offdesk_actions::Error;
use offdesk_actions::pay::{
    CameBack, NewDetails, NewPayment, NewReturn, NewRun, Noting, Returned, WantedFile,
    draw_up_statements, note_paid_file, note_paid_in_full, note_payment, note_refund,
    note_returned_payment, set_payer,
};

use super::correcting::put_right;
use super::{pay_page, statement_page};
use crate::desk::api::{give_pay_file, pay_currency_of, pay_kind_of};
use crate::desk::ask::{Answer, Ask, see};
use crate::desk::errors::again;
use crate::desk::form::Form;

/// Draws statements up.
pub fn draw_up(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let done = match form.day("until") {
            Ok(until) => {
                let run = NewRun {
                    until,
                    people: Vec::new(),
                };
                ask.write(move |tx, actor, moment| draw_up_statements(tx, actor, &run, moment))
                    .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(_) => Ok(see("/pay?done=drawn")),
            Err(error) => again(&error, pay_page(&ask, &form, Some(&error))).await,
        }
    })
}

/// Notes that the ticked statements are paid.
pub fn pay_several(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let numbers: Vec<i64> = form
            .all("statement")
            .filter_map(|text| text.parse().ok())
            .collect();
        let done = match form.day("day") {
            Ok(day) => {
                ask.write(move |tx, actor, moment| {
                    note_paid_in_full(tx, actor, &numbers, day, moment)
                })
                .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(_) => Ok(see("/pay?done=paid")),
            Err(error) => again(&error, pay_page(&ask, &form, Some(&error))).await,
        }
    })
}

/// Notes that all that stands in a pay file was paid.
pub fn pay_file(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let file = ask.part("file").to_owned();
        let done = match form.day("day") {
            Ok(day) => {
                ask.write(move |tx, actor, moment| note_paid_file(tx, actor, &file, day, moment))
                    .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(_) => Ok(see("/pay?done=paid")),
            Err(error) => again(&error, pay_page(&ask, &form, Some(&error))).await,
        }
    })
}

/// Writes a pay file of what is owed, and gives it.
pub fn write_file(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let wanted = || {
            Ok(WantedFile {
                kind: pay_kind_of(form.text("kind"))?,
                statements: form
                    .all("statement")
                    .filter_map(|text| text.parse().ok())
                    .collect(),
                currency: pay_currency_of(form.text("currency"))?,
                day: form.day("pay_on")?,
                again: form.is_ticked("again"),
            })
        };
        let done = match wanted() {
            Ok(wanted) => give_pay_file(&ask, wanted).await,
            Err(error) => Err(error),
        };
        match done {
            Ok(file) => Ok(file),
            Err(error) => again(&error, pay_page(&ask, &form, Some(&error))).await,
        }
    })
}

/// Notes the account that is paid from.
pub fn set_account(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let new = details_of(&form);
        let done = ask
            .write(move |tx, actor, moment| set_payer(tx, actor, &new, moment))
            .await;
        match done {
            Ok(_) => Ok(see("/pay?done=account")),
            Err(error) => again(&error, pay_page(&ask, &form, Some(&error))).await,
        }
    })
}

/// Where money goes, as it was typed.
#[must_use]
pub fn details_of(form: &Form) -> NewDetails {
    NewDetails {
        kind: form.text("kind").to_owned(),
        holder: form.text("holder").to_owned(),
        iban: form.text("iban").to_owned(),
        bic: form.text("bic").to_owned(),
        email: form.text("email").to_owned(),
    }
}

fn payment_of(form: &Form) -> Result<NewPayment, Error> {
    let typed = |name: &str| Some(form.text(name).to_owned()).filter(|text| !text.is_empty());
    Ok(NewPayment {
        amount: typed("amount"),
        day: form.day("day")?,
        fee: typed("fee"),
        sent: typed("sent").map(|sent| (sent, form.text("sent_currency").to_owned())),
        rate: typed("rate"),
        rate_day: form.day("rate_day")?,
        source: form.text("rate_source").to_owned(),
        note: form.text("note").to_owned(),
    })
}

/// Notes a payment.
pub fn pay(ask: Ask) -> Answer {
    noted(ask, note_payment, "paid")
}

/// Notes that somebody paid back what a statement left below nothing.
pub fn refund(ask: Ask) -> Answer {
    noted(ask, note_refund, "refunded")
}

fn noted(mut ask: Ask, note: Noting, word: &'static str) -> Answer {
    Box::pin(async move {
        let (number, form) = (ask.number("statement")?, ask.form().await?);
        let done = match payment_of(&form) {
            Ok(new) => {
                ask.write(move |tx, actor, moment| note(tx, actor, number, &new, moment))
                    .await
            }
            Err(error) => Err(error),
        };
        after(&ask, number, &form, done.map(|_| word)).await
    })
}

/// Notes that a payment came back.
pub fn give_back(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let number = ask.number("statement")?;
        let payment = u64::try_from(ask.number("payment")?);
        let payment = payment.map_err(|_| Error::not_found("payment"))?;
        let form = ask.form().await?;
        let what = CameBack::ticked(form.is_ticked("row"));
        let fee_back = form.is_ticked("fee_back");
        let done = match form.day("came_back") {
            Ok(day) => {
                ask.write(move |tx, actor, moment| {
                    let new = NewReturn {
                        what,
                        day,
                        fee_back,
                    };
                    note_returned_payment(tx, actor, (number, payment), new, moment)
                })
                .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(returned) => Ok(see(&returned_path(number, &returned))),
            Err(error) => after(&ask, number, &form, Err(error)).await,
        }
    })
}

/// The page of the statement, told which others of the row came back and which stay paid.
fn returned_path(number: i64, returned: &Returned) -> String {
    let mut path = format!("/pay/statements/{number}?done=returned");
    for beside in &returned.row {
        let word = if beside.came_back { "with" } else { "stays" };
        path += &format!("&{word}={}", beside.statement);
    }
    path
}

/// Puts a line of a statement right.
pub fn correct(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (number, form) = (ask.number("statement")?, ask.form().await?);
        let done = put_right(&ask, &form).await;
        after(&ask, number, &form, done.map(|()| "corrected")).await
    })
}

/// Back to the page of the statement, with what was done or what went wrong.
async fn after(
    ask: &Ask,
    number: i64,
    form: &Form,
    done: Result<&'static str, Error>,
) -> Result<axum::response::Response, Error> {
    match done {
        Ok(word) => Ok(see(&format!("/pay/statements/{number}?done={word}"))),
        Err(error) => again(&error, statement_page(ask, number, form, Some(&error))).await,
    }
}
