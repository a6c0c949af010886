//! One import, and its undoing.

use std::sync::Arc;

use maud::html;
use offdesk_actions::Error;
use offdesk_actions::imports::{Remarks, list_sources, typed_lines_of, undo_source};
use offdesk_domain::Seconds;

use super::looking::problems;
use super::{days_of, hints, typed};
use crate::desk::ask::{Answer, Ask, page as shown, see};
use crate::desk::errors::sentence;
use crate::desk::layout::{desk_page, said};
use crate::words;

/// What came of reading a calendar again.
fn read_again(fresh: &str) -> String {
    match fresh.parse::<u64>() {
        Ok(0) => "The calendar was read: what is no longer in it counts no more.".to_owned(),
        Ok(fresh) => {
            let entries = words::count(fresh, "entry", "entries");
            format!("The calendar was read: {entries} new or changed.")
        }
        Err(_) => String::new(),
    }
}

/// An import.
pub fn source(ask: Ask) -> Answer {
    Box::pin(async move {
        let number = ask.number("source")?;
        let sources = ask.read(|tx, actor, _| list_sources(tx, actor)).await?;
        let source = sources
            .into_iter()
            .find(|source| source.number == number)
            .ok_or_else(|| Error::not_found("import"))?;
        let remarks = Remarks::of_source(&source);
        let note = if ask.query.is_ticked("new") {
            format!(
                "Imported {}.",
                words::count(source.entries, "entry", "entries")
            )
        } else {
            read_again(ask.query.text("read"))
        };
        let found: Vec<_> = remarks
            .problems
            .iter()
            .map(|it| {
                let place = it
                    .line
                    .map_or(String::new(), |line| format!("line {line}: "));
                let hint = hints::said_on_page(&it.code, &it.hint);
                (it.line, format!("{place}{}", it.message), hint)
            })
            .collect();
        let body = html! {
            h1 { bdi { (words::shown(&source.file, 80)) } }
            (said(&note))
            dl.facts {
                div { dt { "Format" } dd { (source.label) } }
                div { dt { "Entries" } dd { (words::count(source.entries, "entry", "entries")) ", " (words::hours_long(Seconds(source.seconds).hours())) ", " (source.kind) } }
                div { dt { "Days" } dd { (days_of(&source)) } }
                @if source.skipped > 0 { div { dt { "Left out" } dd { (words::count(source.skipped, "row", "rows")) @if source.bad > 0 { ", " (source.bad) " of them not understood" } } } }
                @for decision in &remarks.decisions { div { dt { "Read as" } dd { (sentence(decision)) } } }
            }
            (problems(&found))
            p.actions { a.button href="/hours" { "See where the hours go" } a.button.plain href="/import" { "Import more" } }
            form #undo method="post" action={ "/sources/" (number) "/removal" } {
                @if source.format == "log" { (typed::sure(&source)) }
                button.away { "Undo this import" }
            }
        };
        Ok(shown(desk_page(&ask, "Import", &body)))
    })
}

/// Undoes an import.
pub fn undo(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let number = ask.number("source")?;
        let form = ask.form().await?;
        let typed = ask
            .read(move |tx, actor, _| typed_lines_of(tx, actor, number))
            .await?;
        // What was typed stands in no file from which it could come again.
        if !form.is_ticked("sure") && typed.is_some() {
            return Ok(see(&format!("/sources/{number}?sure=1#undo")));
        }
        let (store, actor, moment) = (
            Arc::clone(&ask.desk.store),
            ask.actor()?.clone(),
            ask.moment,
        );
        Ask::apart(move || undo_source(&store, &actor, number, moment)).await?;
        Ok(see("/import?undone=1"))
    })
}
