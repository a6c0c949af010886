//! Downloads of pay: pay files, journals, and a statement as a table.

use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use offdesk_actions::Error;
use offdesk_actions::pay::journal::Tool;
use offdesk_actions::pay::{
    WantedFile, load_statement, today_of, write_desk_journal, write_pay_file,
};
use offdesk_domain::Currency;
use offdesk_domain::pay::file::Kind;
use serde::Deserialize;

use super::letting_in::refuse_key;
use super::read_if_any;
use crate::desk::ask::{Answer, Ask};
use crate::desk::attachment::{as_paper, as_table, attachment};
use crate::desk::form::day_of;

/// The lines of one as a table.
pub fn table(ask: Ask) -> Answer {
    Box::pin(async move {
        let number = ask.number("statement")?;
        let detail = ask
            .read(move |tx, actor, _| load_statement(tx, actor, number))
            .await?;
        as_table(&detail, &ask)
    })
}

/// One as a PDF.
pub fn paper(ask: Ask) -> Answer {
    Box::pin(async move {
        let number = ask.number("statement")?;
        let (detail, today) = ask
            .read(move |tx, actor, moment| {
                let detail = load_statement(tx, actor, number)?;
                Ok((detail, today_of(tx, actor, moment)?))
            })
            .await?;
        Ok(as_paper(&detail, today))
    })
}

/// What a pay file is asked for with.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Wanted {
    statements: Vec<i64>,
    currency: Option<String>,
    day: Option<String>,
    again: bool,
}

/// Writes a pay file of what is owed.
pub fn file(mut ask: Ask) -> Answer {
    Box::pin(async move {
        // It says where people's money goes; and what was written once is not written again anyway.
        refuse_key(&ask)?;
        let sent = ask.bytes().await?;
        let typed: Wanted = read_if_any(&sent)?;
        let wanted = WantedFile {
            kind: kind_of(ask.part("kind"))?,
            statements: typed.statements,
            currency: currency_of(typed.currency.as_deref().unwrap_or_default())?,
            day: day_of("day", typed.day.as_deref())?,
            again: typed.again,
        };
        write(&ask, wanted).await
    })
}

/// Writes the file, and gives it.
///
/// # Errors
/// Those of a pay file.
pub async fn write(ask: &Ask, wanted: WantedFile) -> Result<Response, Error> {
    let written = ask
        .write(move |tx, actor, moment| write_pay_file(tx, actor, &wanted, moment))
        .await?;
    let file = written.file;
    let mut response = attachment(&file.name, file.media_type, file.bytes);
    // What waits for the next file is told beside the file, which has no place for it.
    for (one, why) in written.for_next.iter().take(MOST_TOLD) {
        if let Ok(value) = HeaderValue::from_str(&format!("{}: {why}", one.reference())) {
            let name = HeaderName::from_static("offdesk-left-out");
            response.headers_mut().append(name, value);
        }
    }
    Ok(response)
}

/// So many statements that wait for the next file are named at most.
const MOST_TOLD: usize = 20;

/// The kind of a word.
///
/// # Errors
/// `not_found` for a kind that is none.
pub fn kind_of(word: &str) -> Result<Kind, Error> {
    Kind::of(word).ok_or_else(|| Error::not_found("kind of pay file"))
}

/// Only what is owed in a currency, where one is named.
///
/// # Errors
/// `pay.currency`.
pub fn currency_of(text: &str) -> Result<Option<Currency>, Error> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let read = text.trim().to_uppercase().parse();
    let wrong = |error: offdesk_domain::money::MoneyError| {
        Error::invalid("currency", "pay.currency", error.to_string())
    };
    read.map(Some).map_err(wrong)
}

/// All statements and payments as a journal.
pub fn journal(ask: Ask) -> Answer {
    Box::pin(async move {
        let tool = Tool::of(ask.part("tool")).ok_or_else(|| Error::not_found("journal"))?;
        let text = ask
            .read(move |tx, actor, _| write_desk_journal(tx, actor, tool))
            .await?;
        let name = match tool {
            Tool::Ledger => "journal.hledger",
            Tool::Beancount => "journal.beancount",
        };
        Ok(attachment(name, "text/plain; charset=utf-8", text))
    })
}
