//! A worker's desk for programs: what is to do, how it is going, what it pays.

use axum::http::StatusCode;
use offdesk_actions::Error;
use offdesk_actions::Moment;
use offdesk_actions::actor::Actor;
use offdesk_actions::assignments::json::{OwnPayJson, OwnProgressJson, OwnWorkJson};
use offdesk_actions::assignments::own::{list_own_past, list_own_work, load_own_pay};
use offdesk_actions::assignments::own_gone::list_own_gone;
use offdesk_actions::people::own::{list_own_standings, load_own_record};
use offdesk_actions::store::Tx;

use super::json;
use crate::desk::ask::{Answer, Ask};
use crate::desk::paging::{Key, Paging, paged};

/// So many assignments are told of with the pay.
const PAID: u32 = 60;

/// What is to do.
///
/// # Errors
/// Those of the actor and of the store.
pub(super) fn load_work(
    tx: &mut Tx<'_>,
    actor: &Actor,
    moment: Moment,
) -> Result<OwnWorkJson, Error> {
    let record = load_own_record(tx, actor, moment)?;
    let off_until = record.off_until.map(|day| day.date().to_string());
    let work = list_own_work(tx, actor)?;
    let gone = list_own_gone(tx, actor, None, moment)?.assignments;
    let name = &record.row.name;
    Ok(OwnWorkJson::of(&work, &gone, name, off_until))
}

/// What is to do.
pub fn work(ask: Ask) -> Answer {
    Box::pin(async move { json(StatusCode::OK, &ask.read(load_work).await?) })
}

/// How it is going.
pub fn progress(ask: Ask) -> Answer {
    Box::pin(async move {
        let paging = Paging::of(&ask)?;
        let (before, most) = (paging.place(Key::of)?, paging.most);
        let (standings, past, record) = ask
            .read(move |tx, actor, moment| {
                Ok((
                    list_own_standings(tx, actor)?,
                    list_own_past(tx, actor, before, most + 1)?,
                    load_own_record(tx, actor, moment)?,
                ))
            })
            .await?;
        let (page, last) = paged(&past, most);
        let next = last.map(|one| (one.assignment.row.due_at, one.assignment.row.id).text());
        let answer = OwnProgressJson::of(&standings, page, &record.row.name, next);
        json(StatusCode::OK, &answer)
    })
}

/// What it pays.
pub fn pay(ask: Ask) -> Answer {
    Box::pin(async move {
        let answer = ask
            .read(|tx, actor, moment| {
                let record = load_own_record(tx, actor, moment)?;
                let pay = load_own_pay(tx, actor, PAID)?;
                Ok(OwnPayJson::of(&pay, &record.row.name))
            })
            .await?;
        json(StatusCode::OK, &answer)
    })
}
