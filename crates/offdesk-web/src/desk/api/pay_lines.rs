//! Lines that are on no statement yet, for owners and for the one who earned them.

use axum::http::StatusCode;
use offdesk_actions::Error;
use offdesk_actions::actor::Actor;
use offdesk_actions::pay::json::OpenLinesJson;
use offdesk_actions::pay::{OpenLine, list_open_lines, list_own_open_lines};
use offdesk_actions::store::Tx;

use super::json;
use crate::desk::ask::{Answer, Ask};
use crate::desk::paging::{Key, Paging, paged};

/// A page of lines that are on no statement yet.
pub fn open_lines(ask: Ask) -> Answer {
    open_page(ask, list_open_lines)
}

/// Those of the worker who asks.
pub fn own_open_lines(ask: Ask) -> Answer {
    open_page(ask, list_own_open_lines)
}

type Lines = fn(&mut Tx<'_>, &Actor, Option<i64>, u32) -> Result<Vec<OpenLine>, Error>;

fn open_page(ask: Ask, lines: Lines) -> Answer {
    Box::pin(async move {
        let paging = Paging::of(&ask)?;
        let (before, most) = (paging.place(Key::of)?, paging.most);
        let all = ask
            .read(move |tx, actor, _| lines(tx, actor, before, most + 1))
            .await?;
        let (page, last) = paged(&all, most);
        let next = last.map(|one| one.posting.to_string());
        json(StatusCode::OK, &OpenLinesJson::of(page, next))
    })
}
