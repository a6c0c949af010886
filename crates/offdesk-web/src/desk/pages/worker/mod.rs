//! A worker's own pages: what is handed off to them, and what is known of them. Phone first.

pub mod assignment;
mod going;
mod handoff;
mod pay;
mod promise;
mod record;
mod statement;
mod week;
mod work;

pub use self::going::page as progress;
pub use self::handoff::{
    answer, answer_change, download_attachment, page as show, write as write_draft,
};
pub use self::pay::{change as change_pay, page as pay};
pub use self::promise::promise;
pub use self::record::{change as change_record, file as record_file, page as record, set_off};
pub use self::statement::{page as own_statement, paper as own_paper, table as own_table};
pub use self::week::{page as week, save as save_week};
pub use self::work::page as work;

use maud::{Markup, html};
use offdesk_actions::people::own::{OwnHandoff, list_own_handoffs};

use super::handoffs::agreed_line;
use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::errors::sentence;
use crate::desk::layout::{desk_page, said};
use crate::words;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let all = ask
            .read(|tx, actor, _| list_own_handoffs(tx, actor))
            .await?;
        let waiting: Vec<&OwnHandoff> = all.iter().filter(|it| it.is_waiting()).collect();
        let others: Vec<&OwnHandoff> = all.iter().filter(|it| !it.is_waiting()).collect();
        let note = match ask.query.text("done") {
            "accepted" => {
                "You have accepted. What was agreed stays as it is until you accept a change."
            }
            "declined" => "You have declined. That is free, and nothing is held against you.",
            _ => "",
        };
        let body = html! {
            h1 { "Handed off to you" }
            (said(note))
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
            (promise())
        };
        Ok(shown(desk_page(&ask, "Handed off to you", &body)))
    })
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
