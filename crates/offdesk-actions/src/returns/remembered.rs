//! What the ledger comes to, kept until something is added to it: years of postings are gone through once, and not with each look.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use offdesk_domain::pay::Booked;
use offdesk_store::pay::ledger_end::load_end;
use offdesk_store::returns::cash::{EarnedRows, StatementFrameRow};
use offdesk_store::{Scope, Uuid};

use super::stated::{StatedDay, earned_of_all, stated_days};
use crate::error::Error;

/// So many are kept.
const MOST: usize = 4;

/// What the ledger of a workspace comes to.
pub(super) struct Reckoned {
    /// What was earned and stands on no statement yet.
    pub(super) earned: EarnedRows,
    /// What stands on statements.
    pub(super) stated: Vec<StatedDay>,
    /// In which periods.
    pub(super) booked: Booked,
}

/// Which database, which workspace, and the end of its ledger. The hash of the last posting is that of all before it, and what stands
/// on a statement is among them: another ledger has another.
type Key = (bool, Uuid, i64, Vec<u8>);

static KEPT: Mutex<VecDeque<(Key, Arc<Reckoned>)>> = Mutex::new(VecDeque::new());

/// What the ledger comes to as it is now.
pub(super) fn reckoned(
    scope: &mut Scope<'_, '_>,
    frames: &BTreeMap<i64, StatementFrameRow>,
) -> Result<Arc<Reckoned>, Error> {
    let end = load_end(scope)?;
    let key = end.map(|(postings, hash)| (scope.is_server(), scope.workspace().0, postings, hash));
    let kept = || KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(key) = &key {
        let known = kept();
        let found = known.iter().find(|(other, _)| other == key);
        if let Some((_, found)) = found {
            return Ok(Arc::clone(found));
        }
    }
    let mut earned = earned_of_all(scope)?;
    let (stated, booked) = stated_days(&earned, frames)?;
    // Its lines are in what stands on statements now.
    earned.stated = Vec::new();
    let made = Arc::new(Reckoned {
        earned,
        stated,
        booked,
    });
    if let Some(key) = key {
        let mut known = kept();
        known.retain(|(other, _)| (other.0, other.1) != (key.0, key.1));
        known.push_front((key, Arc::clone(&made)));
        known.truncate(MOST);
    }
    Ok(made)
}
