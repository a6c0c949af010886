//! A worker's own statement, with where it stands; nothing of anybody else's.

use maud::html;
use offdesk_actions::pay::{load_own_statement, pdf, statement};

use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::attachment::attachment;
use crate::desk::layout::desk_page;
use crate::desk::pages::pay::parts::{lines, payments, standing};
use crate::words;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let number = ask.number("statement")?;
        let detail = ask
            .read(move |tx, actor, _| load_own_statement(tx, actor, number))
            .await?;
        let one = &detail.summary;
        let title = one.reference();
        let body = html! {
            p { a href="/my/pay" { "Pay" } }
            h1 { (title) }
            dl.facts.brief {
                div { dt { "Period" } dd { (words::day(one.period.from)) " – " (words::day(one.period.to)) } }
                div { dt { "To be paid" } dd { (one.balance) } }
                div { dt { "Owed to you" } dd { (one.owed) } }
                div { dt { "Stands" } dd { (standing(one, ask.moment.today())) } }
            }
            p.actions {
                a.button.plain href={ "/my/statements/" (number) "/pdf" } download { "As a PDF" }
                a.button.plain href={ "/my/statements/" (number) "/table" } download { "As a table (CSV)" }
            }
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
        let text = statement::to_csv(&detail.statement, &|id| detail.activity(id));
        let name = format!("{}.csv", detail.summary.reference());
        Ok(attachment(&name, "text/csv; charset=utf-8", text))
    })
}

/// The same as a PDF.
pub fn paper(ask: Ask) -> Answer {
    Box::pin(async move {
        let number = ask.number("statement")?;
        let detail = ask
            .read(move |tx, actor, _| load_own_statement(tx, actor, number))
            .await?;
        let file = pdf::to_pdf(&detail, ask.moment.today());
        let name = format!("{}.pdf", detail.summary.reference());
        Ok(attachment(&name, "application/pdf", file))
    })
}
