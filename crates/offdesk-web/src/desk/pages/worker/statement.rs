//! A worker's own statement, with where it stands; nothing of anybody else's.

use maud::html;
use offdesk_actions::pay::{load_own_statement, today_of};

use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::attachment::{as_paper, as_table};
use crate::desk::layout::desk_page;
use crate::desk::pages::pay::parts::{facts, lines, payments};

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let number = ask.number("statement")?;
        let (detail, today) = ask
            .read(move |tx, actor, moment| {
                let detail = load_own_statement(tx, actor, number)?;
                Ok((detail, today_of(tx, actor, moment)?))
            })
            .await?;
        let one = &detail.summary;
        let title = one.reference();
        let body = html! {
            p { a href="/my/pay" { "Pay" } }
            h1 { (title) }
            (facts(one, today, ["To be paid", "Owed to you"], "/my/statements"))
            (lines(&detail))
            (payments(&detail))
            p.quiet { "Something is wrong in it? Say so: what is put right stands on the next statement." }
        };
        Ok(shown(desk_page(&ask, &title, &body)))
    })
}

/// Its lines as a table.
pub fn table(ask: Ask) -> Answer {
    Box::pin(async move {
        let number = ask.number("statement")?;
        let detail = ask
            .read(move |tx, actor, _| load_own_statement(tx, actor, number))
            .await?;
        as_table(&detail, &ask)
    })
}

/// The same as a PDF.
pub fn paper(ask: Ask) -> Answer {
    Box::pin(async move {
        let number = ask.number("statement")?;
        let (detail, today) = ask
            .read(move |tx, actor, moment| {
                let detail = load_own_statement(tx, actor, number)?;
                Ok((detail, today_of(tx, actor, moment)?))
            })
            .await?;
        Ok(as_paper(&detail, today))
    })
}
