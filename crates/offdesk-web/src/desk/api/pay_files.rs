//! Downloads of pay: pay files, journals, and a statement as a table.

use offdesk_actions::Error;
use offdesk_actions::pay::journal::Tool;
use offdesk_actions::pay::{
    self as actions, WantedFile, load_statement, write_desk_journal, write_pay_file,
};
use offdesk_domain::pay::file::Kind;

use crate::desk::ask::{Answer, Ask};
use crate::desk::attachment::{as_paper, as_table, attachment};

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
        let detail = ask
            .read(move |tx, actor, _| load_statement(tx, actor, number))
            .await?;
        Ok(as_paper(&detail, ask.moment.today()))
    })
}

/// A pay file of what is owed.
pub fn file(ask: Ask) -> Answer {
    Box::pin(async move {
        let wanted = wanted_file(&ask)?;
        let written = ask
            .read(move |tx, actor, moment| write_pay_file(tx, actor, &wanted, moment))
            .await?;
        let file = written.file;
        Ok(attachment(&file.name, file.media_type, file.bytes))
    })
}

/// The pay file that a path and what stands behind its question mark ask for.
///
/// # Errors
/// `not_found` for a kind that is none, `pay.reference`, `form.day`, `pay.currency`.
fn wanted_file(ask: &Ask) -> Result<WantedFile, Error> {
    let kind = Kind::of(ask.part("kind")).ok_or_else(|| Error::not_found("kind of pay file"))?;
    let named = ask.query.all("statement").filter(|text| !text.is_empty());
    let statements: Result<Vec<i64>, Error> = named.map(actions::number_of).collect();
    let currency = match ask.query.text("currency") {
        "" => None,
        text => Some(text.to_uppercase().parse().map_err(
            |error: offdesk_domain::money::MoneyError| {
                Error::invalid("currency", "pay.currency", error.to_string())
            },
        )?),
    };
    Ok(WantedFile {
        kind,
        statements: statements?,
        currency,
        day: ask.query.day("day")?,
    })
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
