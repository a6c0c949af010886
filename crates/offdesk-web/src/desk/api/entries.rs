//! Single entries, and pages of them.

use axum::http::{Method, StatusCode};
use axum::response::Response;
use offdesk_actions::Error;
use offdesk_actions::actor::Permission;
use offdesk_actions::entries::{Cursor, EntryId, entries_json, entry_json};
use offdesk_actions::store::Tx;

use super::{Described, body};
use crate::desk::ask::Ask;
use crate::desk::paging::Paging;
use crate::desk::routes::{Access, Handle, PATIENCE, Route};

/// The routes of entries, which programs ask for one by one.
pub(super) fn routes() -> [Route; 2] {
    let route = |path, handle, summary, answer| Route {
        method: Method::GET,
        path,
        access: Access::May(Permission::See),
        handle: Handle::Looking(handle),
        patience: PATIENCE,
        described: Some(Described {
            summary,
            fields: &[],
            answer,
        }),
    };
    [
        route(
            "/api/v1/entries",
            list,
            "A page of entries, the latest day first; before= takes the last page's next, most= at most 200",
            "offdesk.entries/1",
        ),
        route(
            "/api/v1/entries/{entry}",
            show,
            "An entry by its id",
            "offdesk.entry/1",
        ),
    ]
}

fn list(tx: &mut Tx<'_>, ask: &Ask) -> Result<Response, Error> {
    let paging = Paging::of(ask)?;
    let before = paging.place(Cursor::of)?;
    let page = entries_json(tx, ask.actor()?, before, paging.most)?;
    Ok(body(StatusCode::OK, page))
}

fn show(tx: &mut Tx<'_>, ask: &Ask) -> Result<Response, Error> {
    let entry = entry_json(tx, ask.actor()?, EntryId::parse(ask.part("entry"))?)?;
    Ok(body(StatusCode::OK, entry))
}
