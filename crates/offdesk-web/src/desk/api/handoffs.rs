//! Handoffs.

use axum::http::StatusCode;
use axum::response::Response;
use offdesk_actions::activities::Seen;
use offdesk_actions::actor::Actor;
use offdesk_actions::handoffs::json::{HandoffJson, HandoffsJson};
use offdesk_actions::handoffs::{
    self as actions, HandoffAnswer, HandoffDetail, NewHandoff, NewScope, answer_change_for,
    answer_for, list_handoffs, load_handoff, load_so_far, move_handoff, propose_change,
    propose_handoff, withdraw_change,
};
use offdesk_actions::people::NewTerms;
use offdesk_actions::store::{Tx, Uuid};
use offdesk_actions::{Error, Moment};
use offdesk_domain::handoff::{Reason, SentBy};
use serde::Deserialize;

use super::{json, make, read};
use crate::desk::ask::{Answer, Ask};
use crate::desk::form::day_of;
use crate::desk::pages::blueprints::place_of;
use crate::desk::pages::handoffs::{move_of, place_text};
use crate::desk::paging::{Paging, paged};

/// A page of them.
pub fn list(ask: Ask) -> Answer {
    Box::pin(async move {
        let paging = Paging::of(&ask)?;
        let (before, most) = (paging.place(place_of)?, paging.most);
        let (all, so_far) = ask
            .read(move |tx, actor, moment| {
                let all = list_handoffs(tx, actor, before, most + 1)?;
                let so_far = load_so_far(tx, actor, &all, moment)?;
                Ok((all, so_far))
            })
            .await?;
        let (page, last) = paged(&all, most);
        json(
            StatusCode::OK,
            &HandoffsJson::of(page, &so_far, last.map(place_text)),
        )
    })
}

/// One of them.
pub fn show(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("handoff")?;
        let detail = ask
            .read(move |tx, actor, _| load_handoff(tx, actor, id))
            .await?;
        json(StatusCode::OK, &HandoffJson::of(&detail))
    })
}

/// Terms of which all parts are said, or none.
fn terms(
    unit: Option<String>,
    amount: Option<String>,
    currency: Option<String>,
) -> Option<NewTerms> {
    if unit.is_none() && amount.is_none() && currency.is_none() {
        return None;
    }
    Some(NewTerms {
        unit: unit.unwrap_or_else(|| "hour".to_owned()),
        amount: amount.unwrap_or_default(),
        currency: currency.unwrap_or_default(),
        ..NewTerms::default()
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Proposal {
    activity: Uuid,
    blueprint: Uuid,
    person: Uuid,
    reason: Option<String>,
    unit: Option<String>,
    amount: Option<String>,
    currency: Option<String>,
    start: Option<String>,
    #[serde(default)]
    unpublished: bool,
    #[serde(default)]
    note: String,
    sent_by: Option<String>,
    #[serde(default)]
    critical: bool,
    rung: Option<u8>,
    in_a_row: Option<u32>,
    answer_by_hours: Option<u32>,
    accept_after_days: Option<u32>,
    trial_length: Option<u32>,
}

impl Proposal {
    fn read(self) -> Result<NewHandoff, Error> {
        let usual = NewHandoff::new(self.activity, self.blueprint, self.person);
        let reason = match &self.reason {
            None => usual.reason,
            Some(word) => Reason::of(word).ok_or_else(|| {
                Error::invalid("reason", "handoff.reason", "this is no reason")
                    .hint("it is focus or better")
            })?,
        };
        let sent_by = match &self.sent_by {
            None => usual.sent_by,
            Some(word) => SentBy::of(word).ok_or_else(|| {
                Error::invalid("sent_by", "handoff.sent_by", "nobody of that kind sends it")
                    .hint("it is owner or worker")
            })?,
        };
        Ok(NewHandoff {
            reason,
            terms: terms(self.unit, self.amount, self.currency),
            start: day_of("start", self.start.as_deref())?,
            is_unpublished: self.unpublished,
            note: self.note,
            sent_by,
            is_critical: self.critical,
            rung: self.rung.unwrap_or(usual.rung),
            in_a_row: self.in_a_row.unwrap_or(usual.in_a_row),
            answer_by_hours: self.answer_by_hours.unwrap_or(usual.answer_by_hours),
            accept_after_days: self.accept_after_days.unwrap_or(usual.accept_after_days),
            trial_length: self.trial_length.unwrap_or(usual.trial_length),
            ..usual
        })
    }
}

/// Proposes one.
pub fn propose(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let sent = ask.bytes().await?;
        let new = read::<Proposal>(&sent)?.read()?;
        done(&ask, &sent, move |tx, actor, moment| {
            propose_handoff(tx, actor, &new, moment)
        })
        .await
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    version: i64,
    answer: String,
    #[serde(default)]
    said: String,
}

/// Notes the answer of a person who has not joined.
pub fn answer(ask: Ask) -> Answer {
    answered(ask, answer_for)
}

/// An action that notes an answer: to the proposal, or to a change.
type Reply = fn(
    &mut Tx<'_>,
    &Actor,
    Uuid,
    HandoffAnswer,
    &str,
    Seen,
    Moment,
) -> Result<HandoffDetail, Error>;

/// Notes an answer by what was sent: to the proposal, or to a change.
fn answered(mut ask: Ask, action: Reply) -> Answer {
    Box::pin(async move {
        let id = ask.id("handoff")?;
        let sent = ask.bytes().await?;
        let said: Said = read(&sent)?;
        let answer = HandoffAnswer::of(&said.answer)?;
        done(&ask, &sent, move |tx, actor, moment| {
            let seen = Some(said.version);
            action(tx, actor, id, answer, &said.said, seen, moment)
        })
        .await
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Moving {
    version: i64,
    r#move: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    open: String,
    #[serde(default)]
    said: String,
}

/// Lets something happen to one.
pub fn go(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("handoff")?;
        let sent = ask.bytes().await?;
        let moving: Moving = read(&sent)?;
        let what = move_of(&moving.r#move, &moving.reason, &moving.open)?;
        done(&ask, &sent, move |tx, actor, moment| {
            let seen = Some(moving.version);
            move_handoff(tx, actor, id, what, &moving.said, seen, moment)
        })
        .await
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scope {
    version: i64,
    unit: Option<String>,
    amount: Option<String>,
    currency: Option<String>,
    start: Option<String>,
    #[serde(default)]
    newest_blueprint: bool,
    #[serde(default)]
    note: String,
}

/// Proposes one again, on other terms.
pub fn propose_again(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("handoff")?;
        let sent = ask.bytes().await?;
        let scope: Scope = read(&sent)?;
        let start = day_of("start", scope.start.as_deref())?;
        let new = NewScope {
            terms: terms(scope.unit, scope.amount, scope.currency),
            start,
            takes_newest: scope.newest_blueprint,
            note: scope.note,
        };
        done(&ask, &sent, move |tx, actor, moment| {
            let seen = Some(scope.version);
            actions::propose_again(tx, actor, id, &new, seen, moment)
        })
        .await
    })
}

/// Proposes a change of scope.
pub fn change(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("handoff")?;
        let sent = ask.bytes().await?;
        let scope: Scope = read(&sent)?;
        let new = NewScope {
            start: day_of("start", scope.start.as_deref())?,
            terms: terms(scope.unit, scope.amount, scope.currency),
            takes_newest: scope.newest_blueprint,
            note: scope.note,
        };
        done(&ask, &sent, move |tx, actor, moment| {
            propose_change(tx, actor, id, &new, Some(scope.version), moment)
        })
        .await
    })
}

/// Notes what a person who has not joined says to the open change.
pub fn answer_change(ask: Ask) -> Answer {
    answered(ask, answer_change_for)
}

/// Takes the open change back.
pub fn withdraw(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("handoff")?;
        let detail = ask
            .write(move |tx, actor, moment| withdraw_change(tx, actor, id, None, moment))
            .await?;
        json(StatusCode::OK, &HandoffJson::of(&detail))
    })
}

/// Changes one and answers with it.
pub(super) async fn done(
    ask: &Ask,
    sent: &[u8],
    action: impl FnOnce(&mut Tx<'_>, &Actor, Moment) -> Result<HandoffDetail, Error> + Send + 'static,
) -> Result<Response, Error> {
    make(ask, sent, move |tx, actor, moment| {
        Ok(HandoffJson::of(&action(tx, actor, moment)?))
    })
    .await
}
