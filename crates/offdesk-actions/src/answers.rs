//! Requests of programs that may be sent twice: the second one gets the answer of the first, and nothing is done again.

use offdesk_store::answers::{AnswerRow, insert_answer, load_answer};
use offdesk_store::{Scope, Tx};

use crate::actor::{Actor, Permission};
use crate::error::{Error, ErrorKind};
use crate::moment::{Moment, digest};

/// The longest key.
const LONGEST_KEY: usize = 200;

/// What a program asks, to tell whether it is the same again.
#[derive(Debug, Clone)]
pub struct Request {
    /// The key it gave.
    pub key: String,
    /// Digest of method, path and body.
    pub digest: [u8; 32],
}

impl Request {
    /// A request with its key.
    ///
    /// # Errors
    /// `request.key` for an empty or a long one.
    pub fn new(key: &str, method: &str, path: &str, body: &[u8]) -> Result<Self, Error> {
        if key.is_empty() || key.len() > LONGEST_KEY {
            return Err(Error::invalid(
                "",
                "request.key",
                format!("an idempotency key has between 1 and {LONGEST_KEY} signs"),
            ));
        }
        Ok(Self {
            key: key.to_owned(),
            digest: digest(&[method.as_bytes(), path.as_bytes(), body]),
        })
    }
}

/// An answer: its status and its body, and whether it was given before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// HTTP status.
    pub status: u16,
    /// Body.
    pub body: String,
    /// It was given before; nothing was done now.
    pub is_replayed: bool,
}

/// The answer that a request was given before; `None` where it is the first.
///
/// # Errors
/// `request.key_reused` where the key was used for something else.
pub fn load_given(
    tx: &mut Tx<'_>,
    actor: &Actor,
    permission: Permission,
    request: &Request,
) -> Result<Option<Given>, Error> {
    let workspace = actor.workspace_for(permission)?;
    let known = load_answer(&mut Scope::new(tx, workspace), actor.account, &request.key)?;
    let Some(known) = known else {
        return Ok(None);
    };
    if known.request != request.digest {
        return Err(Error::new(
            ErrorKind::Invalid,
            "request.key_reused",
            "this idempotency key was used for another request",
        )
        .hint("make a new key for every request that is not a repetition"));
    }
    Ok(Some(Given {
        status: u16::try_from(known.status).unwrap_or(200),
        body: known.body,
        is_replayed: true,
    }))
}

/// Does something once under a key. The answer is kept in the same transaction as what it tells of, so that of two requests
/// at the same time one is undone.
///
/// # Errors
/// Those of the action; `request.key_reused` where the key was used for something else.
pub fn once(
    tx: &mut Tx<'_>,
    actor: &Actor,
    permission: Permission,
    request: &Request,
    moment: Moment,
    action: impl FnOnce(&mut Tx<'_>) -> Result<(u16, String), Error>,
) -> Result<Given, Error> {
    if let Some(given) = load_given(tx, actor, permission, request)? {
        return Ok(given);
    }
    let workspace = actor.workspace_for(permission)?;
    let (status, body) = action(tx)?;
    let answer = AnswerRow {
        request: request.digest.to_vec(),
        status: status.into(),
        body: body.clone(),
    };
    let mut scope = Scope::new(tx, workspace);
    insert_answer(
        &mut scope,
        actor.account,
        &request.key,
        &answer,
        moment.micros(),
    )?;
    Ok(Given {
        status,
        body,
        is_replayed: false,
    })
}
