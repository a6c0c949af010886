//! A worker's own pages: what is handed off to them, and what is known of them. Phone first.

mod handoff;
mod promise;
mod record;

pub use self::handoff::{answer, answer_change, page as show};
pub use self::promise::promise;
pub use self::record::{change as change_record, file as record_file, page as record, set_off};

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::people::own::{OwnHandoff, OwnRecord, list_own_handoffs, load_own_record};

use super::handoffs::agreed_line;
use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::errors::sentence;
use crate::desk::form::Form;
use crate::desk::layout::{Field, desk_page, said, wrong};
use crate::words;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move { Ok(shown(own_page(&ask, None).await?)) })
}

/// The page, with what went wrong.
///
/// # Errors
/// Those of the actor and of the store.
pub async fn own_page(ask: &Ask, error: Option<&Error>) -> Result<Markup, Error> {
    let (all, record) = ask
        .read(|tx, actor, moment| {
            Ok((
                list_own_handoffs(tx, actor)?,
                load_own_record(tx, actor, moment)?,
            ))
        })
        .await?;
    let waiting: Vec<&OwnHandoff> = all.iter().filter(|it| it.is_waiting()).collect();
    let others: Vec<&OwnHandoff> = all.iter().filter(|it| !it.is_waiting()).collect();
    let note = match ask.query.text("done") {
        "accepted" => {
            "You have accepted. What was agreed stays as it is until you accept a change."
        }
        "declined" => "You have declined. That is free, and nothing is held against you.",
        "off" => "It is noted until when you are off.",
        "back" => "It is noted that you are back.",
        _ => "",
    };
    let body = html! {
        h1 { "Handed off to you" }
        (said(if error.is_none() { note } else { "" }))
        (wrong(error))
        @if all.is_empty() { p { "Nothing yet. When something is proposed to you, it stands here with its terms, and you accept or decline." } }
        @if !waiting.is_empty() {
            section aria-labelledby="waiting" {
                h2 #waiting { "Waiting for your answer" }
                @for handoff in waiting { (card(handoff)) }
            }
        }
        @if !others.is_empty() {
            section aria-labelledby="others" {
                h2 #others { "Agreed and earlier" }
                @for handoff in others { (card(handoff)) }
            }
        }
        (off(&record, error))
        (promise())
    };
    Ok(desk_page(ask, "Handed off to you", &body))
}

fn card(handoff: &OwnHandoff) -> Markup {
    html! {
        article.card {
            h3 { a href={ "/my/handoffs/" (handoff.id) } data-find { bdi { (words::shown(&handoff.activity, 120)) } } }
            p { (sentence(&handoff.state.in_words())) }
            @match &handoff.change {
                Some((change, _)) => p { "A change is proposed: " (agreed_line(change)) "." },
                None => p { (sentence(&agreed_line(&handoff.agreed))) },
            }
        }
    }
}

fn off(record: &OwnRecord, error: Option<&Error>) -> Markup {
    html! {
        section aria-labelledby="off" {
            h2 #off { "I\u{2019}m off until" }
            @if let Some(back) = record.off_until {
                p { "You are off, back on " (words::day(back)) "." }
                form method="post" action="/my/off" { button.plain { "I am back" } }
            } @else {
                form.row method="post" action="/my/off" {
                    (Field { kind: "date", class: "short", is_needed: true, help: "The first day on which you are back.", ..Field::text("off_until", "Back on", "") }.show(error))
                    button.plain { "Note it" }
                }
            }
        }
    }
}

/// What was typed where it is not right.
fn typed(form: &Form, name: &str, now: &str) -> String {
    match form.text(name) {
        "" => now.to_owned(),
        text => text.to_owned(),
    }
}
